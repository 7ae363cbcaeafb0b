// Cursors: executing statements and fetching rows. After execute the statement
// stands at its first row; fetching takes that row and steps on.
#include <cctype>
#include <cstddef>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/sqlite/database.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::sqlite {
namespace {

Connection* connectionOf(Cursor* c) { return asConnection(c->connection); }

void releaseStatement(Cursor* c) {
  Statement* s = c->statement;
  c->statement = nullptr;
  if (s) giveBack(connectionOf(c), s);
}

int32_t checkCursor(Cursor* c) {
  if (!c->initialised) return fail(programmingErrorType, "Base Cursor.__init__ not called.");
  if (c->closed) return fail(programmingErrorType, "Cannot operate on a closed cursor.");
  if (c->locked) return fail(programmingErrorType, "Recursive use of cursors not allowed.");
  return checkUsable(connectionOf(c));
}

/// Marks the cursor as in use while Python code may be called.
struct InUse {
  Cursor* cursor;
  explicit InUse(Cursor* c) : cursor(c) { c->locked = true; }
  ~InUse() { cursor->locked = false; }
  InUse(const InUse&) = delete;
  InUse& operator=(const InUse&) = delete;
};

void clearCursor(Object* o) {
  auto* c = reinterpret_cast<Cursor*>(o);
  if (c->connection) releaseStatement(c);
  for (Value* word : {&c->connection, &c->description, &c->lastRowId, &c->rowFactory, &c->converters}) clear(*word);
}
void dealloc(Object* o) {
  gcUntrack(o);
  auto* c = reinterpret_cast<Cursor*>(o);
  if (c->weakrefs) clearWeakrefs(o);
  clearCursor(o);
  freeObject(o);
}
int traverse(Object* o, Visit visit, void* context) {
  auto* c = reinterpret_cast<Cursor*>(o);
  for (Value v : {c->connection, c->description, c->lastRowId, c->rowFactory, c->converters})
    if (int stop = visit(v, context)) return stop;
  return 0;
}

Value construct(Type* type, const Args&) {
  Value self = type->allocate(type, 0);
  if (!self) return Value();
  Cursor* c = asCursor(self);
  c->description = newRef(none());
  c->lastRowId = newRef(none());
  c->rowFactory = newRef(none());
  c->arraySize = 1;
  c->rowCount = -1;
  if (!gcIsTracked(self.object())) gcTrack(self.object());
  return self;
}

int32_t init(Value self, const Args& args) {
  if (checkPositional("Cursor", args, 1, 1) < 0) return -1;
  if (!isInstanceOf(args[0], connectionType))
    return fail(TypeErrorType, "Cursor() argument 1 must be sqlite3.Connection, not %T", args[0]);
  Cursor* c = asCursor(self);
  if (c->locked) return fail(programmingErrorType, "Recursive use of cursors not allowed.");
  if (checkUsable(asConnection(args[0])) < 0) return -1;
  assign(c->connection, newRef(args[0]));
  assign(c->rowFactory, newRef(none()));
  c->initialised = true;
  c->closed = false;
  return 0;
}

/// The converter of a column by its declared type or by "name [type]": owned, None if none.
Value converterOf(Connection* connection, sqlite3_stmt* s, int column) {
  std::string key;
  if (connection->detectTypes & kParseColNames) {
    const char* name = sqlite3_column_name(s, column);
    std::string text = name ? name : "";
    size_t open = text.find('['), close = text.find(']', open == std::string::npos ? 0 : open);
    if (open != std::string::npos && close != std::string::npos) key = text.substr(open + 1, close - open - 1);
  }
  auto lookUp = [&]() {
    for (char& c : key) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    Value found = key.empty() ? Value() : dictGet(converters(), key.c_str());
    return xnewRef(found);
  };
  if (Value found = lookUp()) return found;
  if (connection->detectTypes & kParseDeclTypes) {
    const char* declared = sqlite3_column_decltype(s, column);
    key = declared ? declared : "";
    key = key.substr(0, key.find_first_of(" ("));
    if (Value found = lookUp()) return found;
  }
  return errorSet() ? Value() : newRef(none());
}

/// Sets description and converters for the statement's columns.
int32_t describe(Cursor* c) {
  Connection* connection = connectionOf(c);
  sqlite3_stmt* s = c->statement->prepared;
  int n = sqlite3_column_count(s);
  if (n == 0) {
    assign(c->description, newRef(none()));
    clear(c->converters);
    return 0;
  }
  Ref columns(newTuple(n)), list(connection->detectTypes ? newList(0) : Value());
  if (!columns) return -1;
  for (int i = 0; i < n; ++i) asTuple(columns)->items[i] = newRef(none());
  for (int i = 0; i < n; ++i) {
    std::string name = sqlite3_column_name(s, i);
    if (connection->detectTypes & kParseColNames) {
      size_t open = name.find('[');
      if (open != std::string::npos) name.resize(open > 0 && name[open - 1] == ' ' ? open - 1 : open);
    }
    Ref text(newStr(name));
    Ref column(text ? newTuple({text, none(), none(), none(), none(), none(), none()}) : Value());
    if (!column) return -1;
    assign(asTuple(columns)->items[i], column.release());
    if (!list) continue;
    Ref converter(converterOf(connection, s, i));
    if (!converter || listAppend(list, converter) < 0) return -1;
  }
  assign(c->description, columns.release());
  assign(c->converters, list.release());
  return 0;
}

/// One step: SQLITE_ROW, SQLITE_DONE, or -1 with an error.
int step(Cursor* c) {
  int status = stepStatement(connectionOf(c), c->statement->prepared);
  if (errorSet()) return -1; // a callback raised
  if (status == SQLITE_ROW || status == SQLITE_DONE) return status;
  raiseError(sqlite3_db_handle(c->statement->prepared));
  return -1;
}

/// Runs the prepared statement once with `parameters`.
int32_t runOnce(Cursor* c, Value parameters, bool multiple) {
  sqlite3* db = sqlite3_db_handle(c->statement->prepared);
  if (multiple) sqlite3_reset(c->statement->prepared);
  if (bindParameters(connectionOf(c), c->statement->prepared, parameters) < 0) return -1;
  int status = step(c);
  if (status < 0) return -1;
  if (!multiple && describe(c) < 0) return -1;
  if (c->statement->dml && status == SQLITE_DONE) c->rowCount += sqlite3_changes(db);
  if (!multiple) assign(c->lastRowId, newInt(sqlite3_last_insert_rowid(db)));
  if (status == SQLITE_DONE) {
    if (!multiple) releaseStatement(c);
  } else if (multiple) {
    return fail(programmingErrorType, "executemany() can only execute DML statements.");
  }
  return 0;
}

Value execute(Value self, const char* function, Value sql, Value parameters, bool multiple) {
  Cursor* c = asCursor(self);
  if (checkCursor(c) < 0) return Value();
  if (!isStr(sql)) return raise(TypeErrorType, "%s() argument 1 must be str, not %T", function, sql);
  InUse use(c);
  releaseStatement(c);
  assign(c->description, newRef(none()));
  c->rowCount = -1;
  Connection* connection = connectionOf(c);
  c->statement = prepare(connection, sql);
  if (!c->statement) return errorSet() ? Value() : newRef(self); // nothing but comments
  auto failed = [&] {
    releaseStatement(c);
    c->rowCount = -1;
    return Value();
  };
  const bool dml = c->statement->dml;
  if (multiple && !dml) {
    raise(programmingErrorType, "executemany() can only execute DML statements.");
    return failed();
  }
  if (dml) c->rowCount = 0;
  const bool automatic = sqlite3_get_autocommit(sqlite3_db_handle(c->statement->prepared));
  if (dml && !isNone(connection->isolationLevel) && automatic && beginTransaction(connection) < 0)
    return failed();
  if (!multiple) return runOnce(c, parameters, false) < 0 ? failed() : newRef(self);
  Ref iterator(iterate(parameters));
  if (!iterator) return failed();
  while (Value v = next(iterator)) {
    Ref item(v);
    if (runOnce(c, item, true) < 0) return failed();
  }
  if (errorSet()) return failed();
  releaseStatement(c);
  return newRef(self);
}

Value executeScript(Value self, Value script) {
  Cursor* c = asCursor(self);
  if (checkCursor(c) < 0) return Value();
  std::string text;
  if (!nameArgument(script, "executescript", "", &text)) return Value();
  Connection* connection = connectionOf(c);
  if (commitTransaction(connection) < 0) return Value();
  const char *at = text.data(), *end = at + text.size();
  while (at < end) {
    sqlite3_stmt* s = nullptr;
    if (checkUsable(connection) < 0) return Value();
    if (prepareText(connection, at, static_cast<int>(end - at), &s, &at) != SQLITE_OK) return raiseError(connection->db);
    if (!s) break;
    int status, finalStatus;
    do status = stepStatement(connection, s);
    while (status == SQLITE_ROW && !errorSet());
    {
      Working work(connection);
      finalStatus = sqlite3_finalize(s);
    }
    if (errorSet()) return Value();
    if (status != SQLITE_DONE || finalStatus != SQLITE_OK) return raiseError(connection->db);
  }
  return newRef(self);
}

/// The next row (owned), null without error at the end.
Value fetch(Value self) {
  Cursor* c = asCursor(self);
  if (checkCursor(c) < 0) return Value();
  if (!c->statement) return Value();
  InUse use(c);
  Connection* connection = connectionOf(c);
  sqlite3_stmt* s = c->statement->prepared;
  int n = sqlite3_data_count(s);
  Ref row(n ? newTuple(n) : newRef(emptyTuple()));
  if (!row) return Value();
  for (int i = 0; i < n; ++i) asTuple(row)->items[i] = newRef(none());
  for (int i = 0; i < n; ++i) {
    Value converter = c->converters && i < asList(c->converters)->size ? asList(c->converters)->items[i] : Value();
    Value v = columnValue(connection, s, i, converter);
    if (!v) return Value();
    assign(asTuple(row)->items[i], v);
  }
  int status = step(c);
  if (status < 0 || status == SQLITE_DONE) {
    if (c->statement->dml && status == SQLITE_DONE) c->rowCount = sqlite3_changes(sqlite3_db_handle(s)); // RETURNING
    Ref error = errorTake();
    releaseStatement(c);
    errorRestore(error.release());
    if (status < 0) return Value();
  }
  if (isNone(c->rowFactory)) return row.release();
  return call(c->rowFactory, {self, row});
}

Value fetchOne(Value self) {
  Value row = fetch(self);
  return row || errorSet() ? row : newRef(none());
}

/// Up to `most` rows; -1: all.
Value fetchList(Value self, int64_t most) {
  if (checkCursor(asCursor(self)) < 0) return Value();
  Ref list(newList(0));
  for (int64_t i = 0; list && i != most; ++i) {
    Ref row(fetch(self));
    if (!row) return errorSet() ? Value() : list.release();
    if (listAppend(list, row) < 0) return Value();
  }
  return list.release();
}
Value fetchAll(Value self) { return fetchList(self, -1); }
Value fetchMany(Value self, const Value* argv) {
  int64_t size = asCursor(self)->arraySize;
  if (argv[0]) {
    size = toIndex(argv[0], &OverflowErrorType);
    if (size == -1 && errorSet()) return Value();
  }
  return fetchList(self, size < 0 ? -1 : size);
}

Value closeCursor(Value self) {
  Cursor* c = asCursor(self);
  if (!c->initialised) return raise(programmingErrorType, "Base Cursor.__init__ not called.");
  if (c->locked) return raise(programmingErrorType, "Recursive use of cursors not allowed.");
  if (checkUsable(connectionOf(c)) < 0) return Value();
  releaseStatement(c);
  c->closed = true;
  return newRef(none());
}

Value iterSelf(Value self) { return newRef(self); }
Value ignored(Value, const Args&) { return newRef(none()); }

constexpr const char* kExecute = "($self, sql, parameters=(), /)";
const MethodDef methods[] = {
    {"execute", executeMethod, kExecute},
    {"executemany", executeManyMethod, "($self, sql, seq_of_parameters, /)"},
    {"executescript", executeScript, "($self, sql_script, /)"},
    {"fetchone", fetchOne, "($self, /)"},
    {"fetchmany", fetchMany, "($self, /, size=1)"},
    {"fetchall", fetchAll, "($self, /)"},
    {"close", closeCursor, "($self, /)"},
    {"setinputsizes", ignored, "($self, sizes, /)"},
    {"setoutputsize", ignored, "($self, size, column=None, /)"},
    {},
};
const MemberDef members[] = {
    {"connection", MemberKind::ObjectNone, offsetof(Cursor, connection), true},
    {"description", MemberKind::ObjectNone, offsetof(Cursor, description), true},
    {"arraysize", MemberKind::Int64, offsetof(Cursor, arraySize), false},
    {"lastrowid", MemberKind::ObjectNone, offsetof(Cursor, lastRowId), true},
    {"rowcount", MemberKind::Int64, offsetof(Cursor, rowCount), true},
    {"row_factory", MemberKind::ObjectNone, offsetof(Cursor, rowFactory), false},
    {},
};

} // namespace

constinit krait::Type cursorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "sqlite3.Cursor",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnModule,
    .instanceLayout = {.type = &cursorType, .size = sizeof(Cursor), .flags = kLayoutGc,
                       .weakOffset = offsetof(Cursor, weakrefs)},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearCursor,
    .iter = iterSelf,
    .next = fetch,
    .init = init,
    .construct = construct,
    .methods = methods,
    .members = members,
};

Value executeMethod(Value self, const Value* argv) {
  return execute(self, "execute", argv[0], argv[1] ? argv[1] : emptyTuple(), false);
}
Value executeManyMethod(Value self, const Value* argv) { return execute(self, "executemany", argv[0], argv[1], true); }
Value executeScriptMethod(Value self, const Value* argv) { return executeScript(self, argv[0]); }

Value newCursor(Value connection) {
  if (checkUsable(asConnection(connection)) < 0) return Value();
  Value self = construct(&cursorType, {});
  if (!self) return self;
  asCursor(self)->connection = newRef(connection);
  asCursor(self)->initialised = true;
  return self;
}

} // namespace krait::sqlite
