// Connections: opening, transactions, the statements that wait for reuse.
#include <cctype>
#include <climits>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <ctime>
#include <vector>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/unlisted.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/sqlite/database.h"
#include "runtime/object/audit.h"
#include "runtime/object/names.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::sqlite {

// ---- statements -----------------------------------------------------------------------------------

namespace {

constexpr size_t kMostStatements = 128;

/// The position behind blanks and comments.
const char* skipComments(const char* p) {
  for (;;) {
    while (*p && isspace(static_cast<unsigned char>(*p))) ++p;
    if (p[0] == '-' && p[1] == '-') {
      while (*p && *p != '\n') ++p;
    } else if (p[0] == '/' && p[1] == '*') {
      const char* end = strstr(p + 2, "*/");
      p = end ? end + 2 : p + strlen(p);
    } else {
      return p;
    }
  }
}

bool isDml(const char* sql) {
  sql = skipComments(sql);
  for (const char* word : {"insert", "update", "delete", "replace"})
    if (strncasecmp(sql, word, strlen(word)) == 0) return true;
  return false;
}
} // namespace

Statement* prepare(Connection* c, Value sql) {
  Utf8 bytes(sql);
  if (!bytes.ok()) return nullptr;
  auto use = [&](Statement* s) {
    s->inUse = true;
    return c->last = s;
  };
  if (c->last && !c->last->inUse && c->last->text == bytes.view()) return use(c->last);
  if (strlen(bytes.data()) != bytes.size()) {
    raise(programmingErrorType, "the query contains a null character");
    return nullptr;
  }
  for (auto [at, end] = c->statements->equal_range(bytes.view()); at != end; ++at)
    if (!at->second->inUse) return use(at->second);
  int most = sqlite3_limit(c->db, SQLITE_LIMIT_SQL_LENGTH, -1);
  if (bytes.size() > static_cast<size_t>(most)) {
    raise(dataErrorType, "query string is too large");
    return nullptr;
  }
  sqlite3_stmt* prepared = nullptr;
  const char* tail;
  int status = prepareText(c, bytes.data(), static_cast<int>(bytes.size() + 1), &prepared, &tail);
  if (!c->db) { // another thread has closed it
    sqlite3_finalize(prepared);
    checkUsable(c);
    return nullptr;
  }
  if (status != SQLITE_OK) {
    raiseError(c->db);
    return nullptr;
  }
  if (*skipComments(tail)) {
    sqlite3_finalize(prepared);
    raise(programmingErrorType, "You can only execute one statement at a time.");
    return nullptr;
  }
  if (!prepared) return nullptr;
  auto* s = new Statement{prepared, std::string(bytes.view()), isDml(bytes.data())};
  c->statements->emplace(s->text, s);
  return use(s);
}

namespace {
/// The connection no longer keeps it.
void drop(Connection* c, Statement* s) {
  s->kept = false;
  if (s->inUse) return;
  {
    Working work(c);
    sqlite3_finalize(s->prepared);
  }
  delete s;
}
} // namespace

int stepStatement(Connection* c, sqlite3_stmt* s) {
  Working work(c);
  return sqlite3_step(s);
}
int prepareText(Connection* c, const char* text, int size, sqlite3_stmt** s, const char** tail) {
  sqlite3* db = c->db;
  Working work(c);
  return sqlite3_prepare_v2(db, text, size, s, tail);
}

void giveBack(Connection* c, Statement* s) {
  if (endsLater(c, {.statement = s})) return;
  {
    Working work(c);
    sqlite3_reset(s->prepared);
  }
  s->inUse = false;
  if (!s->kept) return drop(c, s);
  if (c->statements->size() <= kMostStatements) {
    sqlite3_clear_bindings(s->prepared);
    return;
  }
  auto at = c->statements->equal_range(s->text).first;
  while (at->second != s) ++at;
  c->statements->erase(at);
  if (c->last == s) c->last = nullptr;
  drop(c, s);
}

// ---- transactions ---------------------------------------------------------------------------------

namespace {
int execute(Connection* c, const char* sql) {
  sqlite3* db = c->db;
  Working work(c);
  return sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
}
int32_t run(Connection* c, const char* sql) {
  if (!c->db) return checkUsable(c); // another thread has closed it
  if (execute(c, sql) == SQLITE_OK) return 0;
  raiseError(c->db);
  return -1;
}
} // namespace

int32_t beginTransaction(Connection* c) {
  std::string sql = "BEGIN ";
  sql += Utf8(c->isolationLevel).view();
  return run(c, sql.c_str());
}

int32_t commitTransaction(Connection* c) { return sqlite3_get_autocommit(c->db) ? 0 : run(c, "COMMIT"); }

// ---- work without the GIL ---------------------------------------------------------------------------

Working::Mark::Mark(Connection* c) : connection_(c), wasWorking_(c && c->working) {
  if (c) c->working = true;
}
Working::Mark::~Mark() {
  if (!connection_) return;
  connection_->working = wasWorking_;
  if (wasWorking_ || !connection_->ended) return;
  std::vector<Ended> all;
  all.swap(*connection_->ended);
  for (const Ended& e : all) {
    if (e.statement) giveBack(connection_, e.statement);
    else closeBlob(connection_, e.blob);
  }
}

bool endsLater(Connection* c, Ended what) {
  if (!c->working || !c->checkThread || c->thread == currentThread()->ident) return false;
  if (!c->ended) c->ended = new std::vector<Ended>;
  c->ended->push_back(what);
  return true;
}

namespace {

// ---- life -------------------------------------------------------------------------------------------

void closeDatabase(Connection* c) {
  if (!c->db) return;
  std::vector<Statement*> all;
  for (auto& [text, statement] : *c->statements) all.push_back(statement);
  c->statements->clear(); // before their texts go
  c->last = nullptr;
  sqlite3* db = c->db;
  c->db = nullptr; // other threads see it closed before the GIL goes
  for (Statement* statement : all) drop(c, statement);
  {
    Working work(c);
    sqlite3_close_v2(db);
  }
  --unlistedOpen;
}

void clearConnection(Object* o) {
  auto* c = reinterpret_cast<Connection*>(o);
  for (Value* word : {&c->isolationLevel, &c->rowFactory, &c->textFactory, &c->traceCallback, &c->progressHandler,
                      &c->authorizer})
    clear(*word);
}
void dealloc(Object* o) {
  gcUntrack(o);
  auto* c = reinterpret_cast<Connection*>(o);
  if (c->statements) closeDatabase(c);
  delete c->statements;
  delete c->ended;
  clearConnection(o);
  freeObject(o);
}
int traverse(Object* o, Visit visit, void* context) {
  auto* c = reinterpret_cast<Connection*>(o);
  for (Value v : {c->isolationLevel, c->rowFactory, c->textFactory, c->traceCallback, c->progressHandler, c->authorizer})
    if (int stop = visit(v, context)) return stop;
  return 0;
}

Value construct(Type* type, const Args&) {
  Value self = type->allocate(type, 0);
  if (!self) return Value();
  Connection* c = asConnection(self);
  c->statements = new std::unordered_multimap<std::string_view, Statement*>;
  c->isolationLevel = newRef(emptyStr());
  c->rowFactory = newRef(none());
  c->textFactory = newRef(asValue(&strType));
  if (!gcIsTracked(self.object())) gcTrack(self.object());
  return self;
}

int32_t setIsolation(Value self, Value v, void*) {
  if (!v) return fail(AttributeErrorType, "cannot delete attribute");
  Connection* c = asConnection(self);
  if (isNone(v)) {
    assign(c->isolationLevel, newRef(v));
    return c->db ? commitTransaction(c) : 0;
  }
  if (!isStr(v)) return fail(TypeErrorType, "isolation_level must be str or None");
  Utf8 text(v);
  if (!text.ok()) return -1;
  for (const char* level : {"", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"})
    if (strcasecmp(text.data(), level) == 0) {
      assign(c->isolationLevel, newStr(level));
      return 0;
    }
  return fail(ValueErrorType, "isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'");
}

constexpr const char* kConnect =
    "($self, database, timeout=5.0, detect_types=0, isolation_level='', check_same_thread=True, factory=None, "
    "cached_statements=128, uri=False)";

int32_t init(Value self, const Args& args) {
  Value argv[8];
  Ref holder[2];
  if (bindArguments("Connection", kConnect, args, argv, 8, holder) < 0) return -1;
  Connection* c = asConnection(self);
  if (auditing && !auditTold("sqlite3.connect", {argv[0]})) return -1;
  Ref path(fileSystemPath(argv[0]));
  if (!path) return -1;
  double timeout = argv[1] ? toDouble(argv[1]) : 5.0;
  if (timeout == -1.0 && errorSet()) return -1;
  int64_t detect = argv[2] ? toIndex(argv[2], &OverflowErrorType) : 0;
  if (detect == -1 && errorSet()) return -1;
  bool checkThread = true, uri = false;
  int cached = 128; // of no use here
  if (!flagArgument(argv[4], &checkThread) || !intArgument(argv[6], &cached) || !truthArgument(argv[7], &uri)) return -1;
  closeDatabase(c);
  if (argv[3] && setIsolation(self, argv[3], nullptr) < 0) return -1;
  c->initialised = true;
  assign(c->rowFactory, newRef(none()));
  assign(c->textFactory, newRef(asValue(&strType)));
  c->detectTypes = static_cast<int>(detect);
  c->checkThread = checkThread;
  c->thread = currentThread()->ident;
  // One thread alone needs no locks of SQLite's own.
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | (uri ? SQLITE_OPEN_URI : 0) | (checkThread ? SQLITE_OPEN_NOMUTEX : 0);
  std::string name(bytesView(path));
  sqlite3* db;
  int status;
  {
    Working work(c);
    status = sqlite3_open_v2(name.c_str(), &db, flags, nullptr);
    const double milliseconds = timeout * 1000;
    if (status == SQLITE_OK) sqlite3_busy_timeout(db, std::abs(milliseconds) <= INT_MAX ? static_cast<int>(milliseconds) : 0);
  }
  c->db = db;
  if (status != SQLITE_OK) {
    raiseError(c->db);
    sqlite3_close_v2(c->db);
    c->db = nullptr;
    return -1;
  }
  ++unlistedOpen;
  sqlite3_extended_result_codes(c->db, 0);
  if (auditing && !auditTold("sqlite3.connect/handle", {self})) return -1;
  return 0;
}

Value closeMethod(Value self) {
  Connection* c = asConnection(self);
  if (!c->initialised) return raise(programmingErrorType, "Base Connection.__init__ not called.");
  if (c->db && checkUsable(c) < 0) return Value();
  closeDatabase(c);
  return newRef(none());
}

// ---- methods ----------------------------------------------------------------------------------------

Value cursorMethod(Value self, const Value* argv) {
  Connection* c = asConnection(self);
  if (checkUsable(c) < 0) return Value();
  Ref cursor(argv[0] ? call(argv[0], {self}) : newCursor(self));
  if (!cursor) return Value();
  if (!isInstanceOf(cursor, cursorType))
    return raise(TypeErrorType, "factory must return a cursor, not %.100T", cursor.get());
  if (!isNone(c->rowFactory)) assign(asCursor(cursor)->rowFactory, newRef(c->rowFactory));
  return cursor.release();
}

/// Connection.execute and relatives: a new cursor's method, where that takes `least` to `most` arguments.
using CursorMethod = Value (*)(Value cursor, const Value* argv);
Value throughCursor(Value self, const char* name, const Args& args, CursorMethod method, size_t least, size_t most) {
  const Value noFactory[1] = {};
  Ref cursor(cursorMethod(self, noFactory));
  if (!cursor || checkPositional(name, args, least, most) < 0) return Value();
  const Value argv[] = {args[0], args.count > 1 ? args[1] : Value()};
  return method(cursor, argv);
}
Value execute(Value self, const Args& args) { return throughCursor(self, "execute", args, executeMethod, 1, 2); }
Value executeMany(Value self, const Args& args) { return throughCursor(self, "executemany", args, executeManyMethod, 2, 2); }
Value executeScript(Value self, Value script) { return throughCursor(self, "executescript", {&script, 1, Value()}, executeScriptMethod, 1, 1); }

Value commit(Value self) {
  Connection* c = asConnection(self);
  return checkUsable(c) < 0 || commitTransaction(c) < 0 ? Value() : newRef(none());
}
Value rollback(Value self) {
  Connection* c = asConnection(self);
  if (checkUsable(c) < 0) return Value();
  return !sqlite3_get_autocommit(c->db) && run(c, "ROLLBACK") < 0 ? Value() : newRef(none());
}

Value enterContext(Value self) { return checkUsable(asConnection(self)) < 0 ? Value() : newRef(self); }
Value exitContext(Value self, const Value* argv) {
  bool failed = !isNone(argv[0]);
  Ref result(callMethod(self, failed ? "rollback" : "commit"));
  if (!result && !failed) { // a commit that failed is rolled back
    Ref error = errorTake();
    Ref undone(callMethod(self, "rollback"));
    if (!undone) errorChainContext(error.release());
    else errorRestore(error.release());
  }
  return result ? boolean(false) : Value();
}

Value interrupt(Value self) {
  if (!asConnection(self)->db) return raise(programmingErrorType, "Cannot operate on a closed database.");
  sqlite3_interrupt(asConnection(self)->db);
  return newRef(none());
}

Value iterDump(Value self) {
  if (checkUsable(asConnection(self)) < 0) return Value();
  Ref module(importModule("sqlite3.dump"));
  Ref function(module ? getAttr(module, "_iterdump") : Value());
  return function ? call(function, {self}) : Value();
}

Value backup(Value self, const Value* argv) {
  Connection* source = asConnection(self);
  if (checkUsable(source) < 0) return Value();
  if (!isInstanceOf(argv[0], connectionType))
    return raise(TypeErrorType, "backup() argument 'target' must be sqlite3.Connection, not %T", argv[0]);
  Connection* target = asConnection(argv[0]);
  if (checkUsable(target) < 0) return Value();
  if (target == source) return raise(ValueErrorType, "target cannot be the same connection instance");
  int64_t pages = argv[1] ? toIndex(argv[1], &OverflowErrorType) : -1;
  if (pages == -1 && errorSet()) return Value();
  bool report = argv[2] && !isNone(argv[2]);
  if (report && !isCallable(argv[2])) return raise(TypeErrorType, "progress argument must be a callable");
  std::string name = "main";
  if (argv[3] && !nameArgument(argv[3], "backup", "'name'", &name)) return Value();
  double pause = argv[4] ? toDouble(argv[4]) : 0.25;
  if (pause == -1.0 && errorSet()) return Value();
  sqlite3_backup* copy;
  {
    sqlite3 *to = target->db, *from = source->db;
    Working work(source, target);
    copy = sqlite3_backup_init(to, "main", from, name.c_str());
  }
  auto finish = [&] {
    Working work(source, target);
    sqlite3_backup_finish(copy);
  };
  if (!copy) return raiseError(target->db);
  int status;
  do {
    {
      Working work(source, target);
      status = sqlite3_backup_step(copy, pages == 0 ? -1 : static_cast<int>(pages));
    }
    if (report) {
      Ref result(call(argv[2], {newInt(status), newInt(sqlite3_backup_remaining(copy)), newInt(sqlite3_backup_pagecount(copy))}));
      if (!result) {
        finish();
        return Value();
      }
    }
    if (status == SQLITE_BUSY || status == SQLITE_LOCKED) {
      Blocking release;
      sqlite3_sleep(static_cast<int>(pause * 1000));
    }
  } while (status == SQLITE_OK || status == SQLITE_BUSY || status == SQLITE_LOCKED);
  finish();
  return status == SQLITE_DONE ? newRef(none()) : raiseError(target->db);
}

Value setLimit(Value self, const Value* argv) {
  int category, limit;
  if (!intArgument(argv[0], &category) || !intArgument(argv[1], &limit) || checkUsable(asConnection(self)) < 0) return Value();
  int old = sqlite3_limit(asConnection(self)->db, category, limit);
  return old < 0 ? raise(programmingErrorType, "'category' is out of bounds") : newInt(old);
}
Value getLimit(Value self, Value category) {
  Value argv[] = {category, Value::ofSmallInt(-1)};
  return setLimit(self, argv);
}

Value serialize(Value self, const Value* argv) {
  if (checkUsable(asConnection(self)) < 0) return Value();
  std::string name = "main";
  if (argv[0] && !nameArgument(argv[0], "serialize", "'name'", &name)) return Value();
  sqlite3_int64 size = 0;
  unsigned char* data;
  {
    sqlite3* db = asConnection(self)->db;
    Working work(asConnection(self));
    data = sqlite3_serialize(db, name.c_str(), &size, 0);
  }
  if (!data) return raise(operationalErrorType, "unable to serialize '%s'", name.c_str());
  Value made = newBytes(std::string_view(reinterpret_cast<char*>(data), static_cast<size_t>(size)));
  sqlite3_free(data);
  return made;
}

Value deserialize(Value self, const Value* argv) {
  if (checkUsable(asConnection(self)) < 0) return Value();
  Buffer view;
  if (isStr(argv[0])) { // its UTF-8
    Ref text(encodeStr(argv[0], "utf-8", nullptr));
    if (!text || getBuffer(text, &view, kBufferSimple) < 0) return Value();
  } else if (getBuffer(argv[0], &view, kBufferSimple) < 0) {
    return Value();
  }
  std::string name = "main";
  if (argv[1] && !nameArgument(argv[1], "deserialize", "'name'", &name)) return releaseBuffer(&view), Value();
  auto size = static_cast<sqlite3_uint64>(view.bytes);
  auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(size));
  if (copy) memcpy(copy, view.data, size);
  releaseBuffer(&view);
  if (!copy) return raiseNoMemory();
  int status;
  {
    sqlite3* db = asConnection(self)->db;
    Working work(asConnection(self));
    status = sqlite3_deserialize(db, name.c_str(), copy, static_cast<sqlite3_int64>(size), static_cast<sqlite3_int64>(size),
                                 SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  }
  return status == SQLITE_OK ? newRef(none()) : raiseError(asConnection(self)->db);
}

Value enableLoadExtension(Value self, Value enable) {
  int64_t on = toIndex(enable, &OverflowErrorType);
  if (on == -1 && errorSet()) return Value();
  if (auditing && !auditTold("sqlite3.enable_load_extension", {self, boolean(on != 0)})) return Value();
  if (checkUsable(asConnection(self)) < 0) return Value();
  if (sqlite3_enable_load_extension(asConnection(self)->db, on != 0) == SQLITE_OK) return newRef(none());
  return raise(operationalErrorType, "Error enabling load extension");
}

Value loadExtension(Value self, Value name) {
  std::string text;
  if (!nameArgument(name, "load_extension", "", &text)) return Value();
  if (auditing && !auditTold("sqlite3.load_extension", {self, name})) return Value();
  if (checkUsable(asConnection(self)) < 0) return Value();
  char* message = nullptr;
  int status;
  {
    sqlite3* db = asConnection(self)->db;
    Working work(asConnection(self));
    status = sqlite3_load_extension(db, text.c_str(), nullptr, &message);
  }
  if (status == SQLITE_OK) return newRef(none());
  raise(operationalErrorType, "%s", message);
  sqlite3_free(message);
  return Value();
}

/// What calling a connection gives: a statement that was prepared. Nothing can be done with one, so the connection keeps what sqlite made of it.
constinit krait::Type statementType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "sqlite3.Statement",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnModule,
    .instanceLayout = {.type = &statementType, .size = sizeof(Object)},
};

Value callConnection(Value self, const Args& args) {
  if (checkUsable(asConnection(self)) < 0) return Value();
  if (args.nameCount()) return raise(TypeErrorType, "sqlite3.Connection() takes no keyword arguments");
  if (args.count != 1) return raise(TypeErrorType, "function takes exactly 1 argument (%zd given)", args.count);
  if (!isStr(args[0])) return raise(TypeErrorType, "argument 1 must be str, not %T", args[0]);
  Statement* s = prepare(asConnection(self), args[0]);
  if (!s && errorSet()) return Value();
  if (s) giveBack(asConnection(self), s);
  return Value(newObject(&statementType.instanceLayout));
}

Value getIsolation(Value self, void*) {
  return checkUsable(asConnection(self)) < 0 ? Value() : newRef(asConnection(self)->isolationLevel);
}
Value getTotalChanges(Value self, void*) {
  return checkUsable(asConnection(self)) < 0 ? Value() : newInt(sqlite3_total_changes(asConnection(self)->db));
}
Value getInTransaction(Value self, void*) {
  return checkUsable(asConnection(self)) < 0 ? Value() : boolean(!sqlite3_get_autocommit(asConnection(self)->db));
}
template <krait::Type* type> Value getErrorType(Value, void*) { return newRef(asValue(type)); }

const MethodDef methods[] = {
    {"cursor", cursorMethod, "($self, /, factory=<unrepresentable>)"},
    {"close", closeMethod, "($self, /)"},
    {"commit", commit, "($self, /)"},
    {"rollback", rollback, "($self, /)"},
    {"execute", execute, "($self, sql, parameters=<unrepresentable>, /)"},
    {"executemany", executeMany, "($self, sql, parameters, /)"},
    {"executescript", executeScript, "($self, sql_script, /)"},
    {"enable_load_extension", enableLoadExtension, "($self, enable, /)"},
    {"load_extension", loadExtension, "($self, name, /)"},
    {"interrupt", interrupt, "($self, /)"},
    {"iterdump", iterDump, "($self, /)"},
    {"backup", backup, "($self, /, target, *, pages=-1, progress=None, name='main', sleep=0.25)"},
    {"setlimit", setLimit, "($self, category, limit, /)"},
    {"getlimit", getLimit, "($self, category, /)"},
    {"serialize", serialize, "($self, /, *, name='main')"},
    {"deserialize", deserialize, "($self, data, /, *, name='main')"},
    {"__enter__", enterContext, "($self, /)"},
    {"__exit__", exitContext, "($self, type, value, traceback, /)"},
    {},
};
const GetSetDef attributes[] = {
    {"isolation_level", getIsolation, setIsolation},
    {"total_changes", getTotalChanges},
    {"in_transaction", getInTransaction},
    {},
};
const MemberDef members[] = {
    {"row_factory", MemberKind::ObjectNone, offsetof(Connection, rowFactory), false},
    {"text_factory", MemberKind::ObjectNone, offsetof(Connection, textFactory), false},
    {"Warning", getErrorType<&warningType>},
    {"Error", getErrorType<&errorType>},
    {"InterfaceError", getErrorType<&interfaceErrorType>},
    {"DatabaseError", getErrorType<&databaseErrorType>},
    {"DataError", getErrorType<&dataErrorType>},
    {"OperationalError", getErrorType<&operationalErrorType>},
    {"IntegrityError", getErrorType<&integrityErrorType>},
    {"InternalError", getErrorType<&internalErrorType>},
    {"ProgrammingError", getErrorType<&programmingErrorType>},
    {"NotSupportedError", getErrorType<&notSupportedErrorType>},
    {},
};

} // namespace

constinit krait::Type connectionType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "sqlite3.Connection",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnModule,
    .instanceLayout = {.type = &connectionType, .size = sizeof(Connection), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearConnection,
    .call = callConnection,
    .init = init,
    .construct = construct,
    .methods = methods,
    .getset = attributes,
    .members = members,
};

} // namespace krait::sqlite
