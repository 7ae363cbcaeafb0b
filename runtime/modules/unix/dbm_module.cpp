// _dbm: the ndbm interface of Berkeley DB, as dbm.ndbm shows it.
//
// Neither a program nor this file contains any of the library, whose licence would
// bind them: it is loaded by name when the module is imported, and where it is not
// installed the import fails and `dbm` takes another of its modules.
#include <cerrno>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>

#include "runtime/memory/alloc.h"
#include "runtime/memory/unlisted.h"
#include "runtime/modules/module_exception.h"
#include "runtime/modules/path_argument.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

/// The interface as X/Open describes it, under the library's names.
struct DBM;
struct datum {
  char* dptr;
  int dsize;
};
constexpr int kReplace = 1;
DBM* (*dbm_open)(const char*, int, int);
void (*dbm_close)(DBM*);
datum (*dbm_fetch)(DBM*, datum);
datum (*dbm_firstkey)(DBM*);
datum (*dbm_nextkey)(DBM*);
int (*dbm_store)(DBM*, datum, datum, int);
int (*dbm_delete)(DBM*, datum);
int (*dbm_clearerr)(DBM*);

/// False: the library is not here.
bool loadLibrary() {
  void* const library = dlopen("libdb-5.3.so", RTLD_LAZY | RTLD_LOCAL);
  if (!library) return false;
  const struct { const char* name; void* function; } functions[] = {
      {"__db_ndbm_open", &dbm_open},         {"__db_ndbm_close", &dbm_close}, {"__db_ndbm_fetch", &dbm_fetch},
      {"__db_ndbm_firstkey", &dbm_firstkey}, {"__db_ndbm_nextkey", &dbm_nextkey}, {"__db_ndbm_store", &dbm_store},
      {"__db_ndbm_delete", &dbm_delete},     {"__db_ndbm_clearerr", &dbm_clearerr},
  };
  for (const auto& f : functions) {
    void* const found = dlsym(library, f.name);
    if (!found) return false;
    memcpy(f.function, &found, sizeof found);
  }
  return true;
}

struct DbmObject {
  Object header;
  DBM* handle;   // null: closed
  bool writable;
  int64_t count; // -1: not known
};
DbmObject* asDbm(Value v) { return v.as<DbmObject>(); }
extern Type dbmType;

Type* dbmError;

/// The open database, or null with an error.
DBM* handleOf(Value self) {
  if (!asDbm(self)->handle) raise(*dbmError, "DBM object has already been closed");
  return asDbm(self)->handle;
}

/// A key or value as a datum: bytes-like, or str as UTF-8.
class Datum {
public:
  /// False with an error; `message` is for what is neither, null: that of bytes-like objects.
  bool get(Value v, const char* message) {
    if (isStr(v)) {
      text_.reset(encodeStr(v, "utf-8", nullptr));
      if (!text_) return false;
      v = text_;
    }
    if (!bytes_.get(v)) {
      if (message && errorClearIf(TypeErrorType)) raise(TypeErrorType, message);
      return false;
    }
    datum_ = {reinterpret_cast<char*>(bytes_.data()), static_cast<int>(bytes_.size())};
    return true;
  }
  operator datum() const { return datum_; }

private:
  Ref text_;
  HeldBuffer bytes_;
  datum datum_ = {};
};
constexpr char kKeyMessage[] = "dbm mappings have bytes or string keys only";
constexpr char kValueMessage[] = "dbm mappings have bytes or string elements only";

Value bytesOf(datum d) { return newBytes(d.dptr, static_cast<size_t>(d.dsize)); }

/// After a failed change: what the system says, or `message`.
int32_t failChange(Value self, const char* message) {
  dbm_clearerr(asDbm(self)->handle);
  return fail(*dbmError, message);
}

int64_t lengthOf(Value self) {
  DBM* db = handleOf(self);
  if (!db) return -1;
  if (asDbm(self)->count < 0) {
    asDbm(self)->count = 0;
    for (datum key = dbm_firstkey(db); key.dptr; key = dbm_nextkey(db)) ++asDbm(self)->count;
  }
  return asDbm(self)->count;
}

Value subscript(Value self, Value name) {
  Datum key;
  if (!key.get(name, nullptr)) return Value();
  DBM* db = handleOf(self);
  if (!db) return Value();
  datum found = dbm_fetch(db, key);
  return found.dptr ? bytesOf(found) : raiseKeyError(name);
}

int32_t put(Value self, datum key, datum value) {
  asDbm(self)->count = -1;
  if (dbm_store(asDbm(self)->handle, key, value, kReplace) < 0) return failChange(self, "cannot add item to database");
  return 0;
}

int32_t setSubscript(Value self, Value name, Value v) {
  Datum key, value;
  if (!key.get(name, kKeyMessage)) return -1;
  DBM* db = handleOf(self);
  if (!db) return -1;
  if (v) return value.get(v, kValueMessage) ? put(self, key, value) : -1;
  asDbm(self)->count = -1;
  if (dbm_delete(db, key) >= 0) return 0;
  if (asDbm(self)->writable) return raiseKeyError(name), -1;
  return failChange(self, "cannot delete item from database");
}

int32_t containsKey(Value self, Value name) {
  DBM* db = handleOf(self);
  if (!db) return -1;
  if (!isStr(name) && !isBytes(name)) return fail(TypeErrorType, "dbm key must be bytes or string, not %.100T", name);
  Datum key;
  if (!key.get(name, nullptr)) return -1;
  return dbm_fetch(db, key).dptr != nullptr;
}

void closeDatabase(DbmObject* o) {
  if (!o->handle) return;
  dbm_close(o->handle);
  o->handle = nullptr;
  --unlistedOpen;
}
Value closeMethod(Value self) {
  closeDatabase(asDbm(self));
  return newRef(none());
}
Value keysMethod(Value self) {
  DBM* db = handleOf(self);
  Ref all(db ? newList(0) : Value());
  if (!all) return Value();
  for (datum key = dbm_firstkey(db); key.dptr; key = dbm_nextkey(db)) {
    Ref name(bytesOf(key));
    if (!name || listAppend(all, name) < 0) return Value();
  }
  return all.release();
}
Value getMethod(Value self, const Value* argv) {
  Datum key;
  DBM* db = key.get(argv[0], nullptr) ? handleOf(self) : nullptr;
  if (!db) return Value();
  datum found = dbm_fetch(db, key);
  return found.dptr ? bytesOf(found) : newRef(argv[1] ? argv[1] : none());
}
Value setDefaultMethod(Value self, const Value* argv) {
  Datum key, value;
  DBM* db = key.get(argv[0], nullptr) ? handleOf(self) : nullptr;
  if (!db) return Value();
  datum found = dbm_fetch(db, key);
  if (found.dptr) return bytesOf(found);
  Ref fallback(argv[1] ? newRef(argv[1]) : newBytes(""));
  if (!fallback || !value.get(fallback, kValueMessage) || put(self, key, value) < 0) return Value();
  return fallback.release();
}
Value enterMethod(Value self) { return newRef(self); }
Value exitMethod(Value self, const Args&) { return closeMethod(self); }

void dealloc(Object* o) {
  closeDatabase(reinterpret_cast<DbmObject*>(o));
  freeObject(o);
}

constexpr MethodDef methods[] = {
    {"close", closeMethod, "($self, /)"},
    {"keys", keysMethod, "($self, /)"},
    {"get", getMethod, "($self, key, default=None, /)"},
    {"setdefault", setDefaultMethod, "($self, key, default=b'', /)"},
    {"__enter__", enterMethod},
    {"__exit__", exitMethod},
    {},
};
constexpr MappingSlots mapping = {.length = lengthOf, .subscript = subscript, .setSubscript = setSubscript};
constexpr SequenceSlots sequence = {.contains = containsKey};

constinit Type dbmType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_dbm.dbm",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &dbmType, .size = sizeof(DbmObject)},
    .dealloc = dealloc,
    .sequence = &sequence,
    .mapping = &mapping,
    .methods = methods,
};

Value openDatabase(Value, const Value* argv) {
  if (argv[1] && !isStr(argv[1])) return raise(TypeErrorType, "open() argument 2 must be str, not %.50G", argv[1]);
  Ref path(fileSystemPath(argv[0]));
  if (!path) return Value();
  int mode = 0666;
  if (!intArgument(argv[2], &mode)) return Value();
  int flags = -1;
  if (!argv[1] || strEqual(argv[1], "r")) flags = O_RDONLY;
  else if (strEqual(argv[1], "w")) flags = O_RDWR;
  else if (strEqual(argv[1], "c") || strEqual(argv[1], "rw")) flags = O_RDWR | O_CREAT;
  else if (strEqual(argv[1], "n")) flags = O_RDWR | O_CREAT | O_TRUNC;
  if (flags < 0) return raise(*dbmError, "arg 2 to open should be 'r', 'w', 'c', or 'n'");
  DBM* db = dbm_open(bytesView(path).data(), flags, mode);
  if (!db) {
    // The module's own error, with the parts of an OSError.
    Ref number(newInt(errno)), words(newStr(strerror(errno))), name(fsPath(argv[0]));
    Ref error(words && name ? call(asValue(dbmError), {number, words, name}) : Value());
    return error ? raiseInstance(error.release()) : Value();
  }
  Object* o = newObject(&dbmType.instanceLayout);
  if (!o) return dbm_close(db), Value();
  reinterpret_cast<DbmObject*>(o)->handle = db;
  ++unlistedOpen;
  reinterpret_cast<DbmObject*>(o)->writable = flags != O_RDONLY;
  reinterpret_cast<DbmObject*>(o)->count = -1;
  return Value(o);
}

constexpr MethodDef functions[] = {{"open", openDatabase, "($module, filename, flags='r', mode=0o666, /)"}, {}};

int execute(Value module) {
  if (!loadLibrary()) return fail(ImportErrorType, "Berkeley DB (libdb-5.3.so) is not installed");
  dbmError = addModuleException(module, "_dbm", "error", OSErrorType);
  return dbmError ? moduleAdd(module, "library", newStr("Berkeley DB")) : -1;
}

} // namespace

extern "C" constinit const NativeModule krt_module_dbm = {"_dbm", functions, execute};

} // namespace krait
