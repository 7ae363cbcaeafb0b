// SQL functions, aggregates, collations and hooks written in Python, which take the GIL
// that SQLite runs without. A callback that raises makes the statement fail with a fixed
// text; the exception itself is shown only if enable_callback_tracebacks asked for it.
#include "runtime/modules/sqlite/database.h"
#include "runtime/object/names.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::sqlite {

bool callbackTracebacks = false;

namespace {

void dropReference(void* word) {
  Unblocking gil;
  decref(Value(static_cast<Object*>(word)));
}
Value callable(void* word) { return Value(static_cast<Object*>(word)); }

/// A callback raised: the error is shown or forgotten.
void forget(Value source) {
  if (callbackTracebacks) errorUnraisable(nullptr, source);
  else errorClear();
}

void failWith(sqlite3_context* context, const char* text, Value source) {
  bool memory = errorMatches(MemoryErrorType), overflow = errorMatches(OverflowErrorType);
  forget(source);
  if (memory) sqlite3_result_error_nomem(context);
  else if (overflow) sqlite3_result_error_toobig(context);
  else sqlite3_result_error(context, text, -1);
}

void callFunction(sqlite3_context* context, int count, sqlite3_value** values) {
  Unblocking gil;
  Value function = callable(sqlite3_user_data(context));
  Arguments given(values, count);
  Ref result(given.ok() ? call(function, given.args()) : Value());
  if (!result || setResult(context, result) < 0) failWith(context, "user-defined function raised exception", function);
}

/// The aggregate's instance of this group: borrowed, null before the first row (or after a failure).
Value* instanceSlot(sqlite3_context* context, bool make) {
  return static_cast<Value*>(sqlite3_aggregate_context(context, make ? sizeof(Value) : 0));
}

void stepAggregate(sqlite3_context* context, int count, sqlite3_value** values) {
  Unblocking gil;
  Value type = callable(sqlite3_user_data(context));
  Value* instance = instanceSlot(context, true);
  if (!*instance) {
    *instance = call(type);
    if (!*instance) return failWith(context, "user-defined aggregate's '__init__' method raised error", type);
  }
  Ref method(getAttr(*instance, NAME(step)));
  if (!method) return failWith(context, "user-defined aggregate's 'step' method not defined", type);
  Arguments given(values, count);
  Ref result(given.ok() ? call(method, given.args()) : Value());
  if (!result) failWith(context, "user-defined aggregate's 'step' method raised error", type);
}

void finishAggregate(sqlite3_context* context) {
  Unblocking gil;
  Value* slot = instanceSlot(context, false);
  if (!slot || !*slot) return; // no rows, or __init__ failed
  Ref instance(*slot);
  *slot = Value();
  Ref result(callMethod(instance, "finalize"));
  if (!result || setResult(context, result) < 0)
    failWith(context, "user-defined aggregate's 'finalize' method raised error", callable(sqlite3_user_data(context)));
}

int collate(void* word, int leftSize, const void* left, int rightSize, const void* right) {
  Unblocking gil;
  if (errorSet()) return 0;
  Ref a(newStr(std::string_view(static_cast<const char*>(left), static_cast<size_t>(leftSize))));
  Ref b(newStr(std::string_view(static_cast<const char*>(right), static_cast<size_t>(rightSize))));
  Ref result(a && b ? call(callable(word), {a, b}) : Value());
  int64_t order = result ? toInt64(result) : 0;
  if (errorSet()) {
    forget(callable(word));
    return 0;
  }
  return order < 0 ? -1 : order > 0;
}

bool registration(Value self, Value narg, int64_t* count) {
  if (checkUsable(asConnection(self)) < 0) return false;
  *count = toIndex(narg, &OverflowErrorType);
  return !(*count == -1 && errorSet());
}

Value createFunction(Value self, const Value* argv) {
  int64_t count;
  std::string name;
  if (!nameArgument(argv[0], "create_function", "'name'", &name) || !registration(self, argv[1], &count)) return Value();
  int32_t deterministic = argv[3] ? isTrue(argv[3]) : 0;
  if (deterministic < 0) return Value();
  int flags = SQLITE_UTF8 | (deterministic ? SQLITE_DETERMINISTIC : 0);
  sqlite3* db = asConnection(self)->db;
  int status = isNone(argv[2]) ? sqlite3_create_function_v2(db, name.c_str(), static_cast<int>(count), flags, nullptr,
                                                           nullptr, nullptr, nullptr, nullptr)
                               : sqlite3_create_function_v2(db, name.c_str(), static_cast<int>(count), flags,
                                                            newRef(argv[2]).object(), callFunction, nullptr, nullptr,
                                                            dropReference);
  return status == SQLITE_OK ? newRef(none()) : raise(operationalErrorType, "Error creating function");
}

Value createAggregate(Value self, const Value* argv) {
  int64_t count;
  std::string name;
  if (!nameArgument(argv[0], "create_aggregate", "'name'", &name) || !registration(self, argv[1], &count)) return Value();
  sqlite3* db = asConnection(self)->db;
  int status = isNone(argv[2]) ? sqlite3_create_function_v2(db, name.c_str(), static_cast<int>(count), SQLITE_UTF8, nullptr,
                                                           nullptr, nullptr, nullptr, nullptr)
                               : sqlite3_create_function_v2(db, name.c_str(), static_cast<int>(count), SQLITE_UTF8,
                                                            newRef(argv[2]).object(), nullptr, stepAggregate,
                                                            finishAggregate, dropReference);
  return status == SQLITE_OK ? newRef(none()) : raise(operationalErrorType, "Error creating aggregate");
}

/// `value` and `inverse` of a window function's instance; finalize() is asked at the end as for aggregates.
void currentValue(sqlite3_context* context) {
  Unblocking gil;
  Value* slot = instanceSlot(context, false);
  if (!slot || !*slot) return;
  Ref result(callMethod(*slot, "value"));
  if (!result || setResult(context, result) < 0)
    failWith(context, "user-defined aggregate's 'value' method raised error", callable(sqlite3_user_data(context)));
}
void inverseStep(sqlite3_context* context, int count, sqlite3_value** values) {
  Unblocking gil;
  Value* slot = instanceSlot(context, false);
  if (!slot || !*slot) return;
  Ref method(getAttr(*slot, "inverse"));
  Arguments given(values, count);
  Ref result(method && given.ok() ? call(method, given.args()) : Value());
  if (!result) failWith(context, "user-defined aggregate's 'inverse' method raised error", callable(sqlite3_user_data(context)));
}
Value createWindow(Value self, const Value* argv) {
  int64_t count;
  std::string name;
  if (!nameArgument(argv[0], "create_window_function", "1", &name) || !registration(self, argv[1], &count)) return Value();
  sqlite3* db = asConnection(self)->db;
  const int status = isNone(argv[2]) ? sqlite3_create_window_function(db, name.c_str(), static_cast<int>(count), SQLITE_UTF8, nullptr, nullptr,
                                                                      nullptr, nullptr, nullptr, nullptr)
                                     : sqlite3_create_window_function(db, name.c_str(), static_cast<int>(count), SQLITE_UTF8,
                                                                      newRef(argv[2]).object(), stepAggregate, finishAggregate, currentValue,
                                                                      inverseStep, dropReference);
  return status == SQLITE_OK ? newRef(none()) : raise(programmingErrorType, "%s", sqlite3_errmsg(db));
}

Value createCollation(Value self, const Value* argv) {
  std::string name;
  if (!nameArgument(argv[0], "create_collation", "1", &name) || checkUsable(asConnection(self)) < 0) return Value();
  if (!isNone(argv[1]) && !isCallable(argv[1])) return raise(TypeErrorType, "parameter must be callable");
  sqlite3* db = asConnection(self)->db;
  int status = isNone(argv[1]) ? sqlite3_create_collation_v2(db, name.c_str(), SQLITE_UTF8, nullptr, nullptr, nullptr)
                               : sqlite3_create_collation_v2(db, name.c_str(), SQLITE_UTF8, newRef(argv[1]).object(),
                                                             collate, dropReference);
  return status == SQLITE_OK ? newRef(none()) : raiseError(db);
}

int authorize(void* word, int action, const char* a, const char* b, const char* database, const char* trigger) {
  Unblocking gil;
  auto text = [](const char* s) { return s ? newStr(s) : newRef(none()); };
  Ref x(text(a)), y(text(b)), d(text(database)), t(text(trigger));
  Ref result(call(callable(word), {newInt(action), x, y, d, t}));
  int64_t answer = result && isInt(result) ? toInt64(result) : SQLITE_DENY;
  if (errorSet()) forget(callable(word));
  return static_cast<int>(answer);
}

int progress(void* word) {
  Unblocking gil;
  Ref result(call(callable(word)));
  int32_t stop = result ? isTrue(result) : -1;
  if (stop < 0) forget(callable(word));
  return stop != 0;
}

int trace(unsigned, void* word, void* statement, void* sql) {
  Unblocking gil;
  char* expanded = sqlite3_expanded_sql(static_cast<sqlite3_stmt*>(statement));
  Ref text(newStr(expanded ? expanded : static_cast<const char*>(sql)));
  sqlite3_free(expanded);
  Ref result(text ? call(callable(word), {text}) : Value());
  if (!result) forget(callable(word));
  return 0;
}

Value setAuthorizer(Value self, const Value* argv) {
  Connection* c = asConnection(self);
  if (checkUsable(c) < 0) return Value();
  bool none_ = isNone(argv[0]);
  assign(c->authorizer, none_ ? Value() : newRef(argv[0]));
  sqlite3_set_authorizer(c->db, none_ ? nullptr : authorize, none_ ? nullptr : argv[0].object());
  return newRef(none());
}

Value setProgressHandler(Value self, const Value* argv) {
  Connection* c = asConnection(self);
  int64_t n;
  if (!registration(self, argv[1], &n)) return Value();
  bool none_ = isNone(argv[0]);
  assign(c->progressHandler, none_ ? Value() : newRef(argv[0]));
  sqlite3_progress_handler(c->db, none_ ? 0 : static_cast<int>(n), none_ ? nullptr : progress, none_ ? nullptr : argv[0].object());
  return newRef(none());
}

Value setTraceCallback(Value self, const Value* argv) {
  Connection* c = asConnection(self);
  if (checkUsable(c) < 0) return Value();
  bool none_ = isNone(argv[0]);
  assign(c->traceCallback, none_ ? Value() : newRef(argv[0]));
  sqlite3_trace_v2(c->db, none_ ? 0 : SQLITE_TRACE_STMT, none_ ? nullptr : trace, none_ ? nullptr : argv[0].object());
  return newRef(none());
}

} // namespace

const MethodDef functionMethods[] = {
    {"create_function", createFunction, "($self, /, name, narg, func, *, deterministic=False)"},
    {"create_aggregate", createAggregate, "($self, /, name, n_arg, aggregate_class)"},
    {"create_window_function", createWindow, "($self, name, num_params, aggregate_class, /)"},
    {"blobopen", openBlob, "($self, table, column, row, /, *, readonly=False, name='main')"},
    {"create_collation", createCollation, "($self, name, callback, /)"},
    {"set_authorizer", setAuthorizer, "($self, /, authorizer_callback)"},
    {"set_progress_handler", setProgressHandler, "($self, /, progress_handler, n)"},
    {"set_trace_callback", setTraceCallback, "($self, /, trace_callback)"},
    {},
};

} // namespace krait::sqlite
