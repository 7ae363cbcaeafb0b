// Exceptions of the module.
#include "runtime/exceptions/base_exception.h"
#include "runtime/modules/sqlite/database.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait::sqlite {

#define ERROR(variable, text, parent)                                                                         \
  constinit krait::Type variable = {                                                                          \
      .header = KRAIT_STATIC_HEADER(typeType),                                                                \
      .name = "sqlite3." text,                                                                                \
      .base = &parent,                                                                                        \
      .flags = exceptions::kExceptionFlags | kTypeOwnModule,                                                  \
      KRAIT_REFERABLE_EXCEPTION_LAYOUT(variable, ExceptionObject, 0),                                         \
      .repr = exceptions::baseRepr,                                                                           \
      .str = exceptions::baseStr,                                                                             \
      .init = exceptions::baseInit,                                                                           \
      .construct = exceptions::baseNew,                                                                       \
  }
ERROR(warningType, "Warning", ExceptionType);
ERROR(errorType, "Error", ExceptionType);
ERROR(interfaceErrorType, "InterfaceError", errorType);
ERROR(databaseErrorType, "DatabaseError", errorType);
ERROR(dataErrorType, "DataError", databaseErrorType);
ERROR(operationalErrorType, "OperationalError", databaseErrorType);
ERROR(integrityErrorType, "IntegrityError", databaseErrorType);
ERROR(internalErrorType, "InternalError", databaseErrorType);
ERROR(programmingErrorType, "ProgrammingError", databaseErrorType);
ERROR(notSupportedErrorType, "NotSupportedError", databaseErrorType);

namespace {
const krait::Type& typeOfCode(int code) {
  switch (code) {
  case SQLITE_INTERNAL:
  case SQLITE_NOTFOUND: return internalErrorType;
  case SQLITE_NOMEM: return MemoryErrorType;
  case SQLITE_ERROR:
  case SQLITE_PERM:
  case SQLITE_ABORT:
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
  case SQLITE_READONLY:
  case SQLITE_INTERRUPT:
  case SQLITE_IOERR:
  case SQLITE_FULL:
  case SQLITE_CANTOPEN:
  case SQLITE_PROTOCOL:
  case SQLITE_EMPTY:
  case SQLITE_SCHEMA: return operationalErrorType;
  case SQLITE_TOOBIG: return dataErrorType;
  case SQLITE_CONSTRAINT:
  case SQLITE_MISMATCH: return integrityErrorType;
  case SQLITE_MISUSE:
  case SQLITE_RANGE: return interfaceErrorType;
  default: return databaseErrorType;
  }
}

struct Code {
  const char* name;
  int value;
};
const Code codes[] = {
#define KRAIT_SQLITE_CODE(name) {#name, name},
#include "runtime/modules/sqlite/error_codes.def"
#undef KRAIT_SQLITE_CODE
};
} // namespace

Value raiseError(sqlite3* db) {
  if (errorSet()) return Value();
  int extended = sqlite3_extended_errcode(db);
  const krait::Type& type = typeOfCode(sqlite3_errcode(db));
  Ref text(newStr(sqlite3_errmsg(db)));
  Ref error(text ? newException(type, text) : Value());
  if (!error || &type == &MemoryErrorType) return error ? raiseInstance(error.release()) : Value();
  const char* name = "unknown";
  for (const Code& code : codes)
    if (code.value == extended) name = code.name;
  Ref shown(newStr(name));
  if (setAttr(error, "sqlite_errorcode", newInt(extended)) < 0 || setAttr(error, "sqlite_errorname", shown) < 0)
    return Value();
  return raiseInstance(error.release());
}

int32_t checkUsable(Connection* c) {
  if (!c->initialised) return fail(programmingErrorType, "Base Connection.__init__ not called.");
  if (!c->db) return fail(programmingErrorType, "Cannot operate on a closed database.");
  if (c->checkThread && c->thread != currentThread()->ident)
    return fail(programmingErrorType,
                "SQLite objects created in a thread can only be used in that same thread. The object was created in "
                "thread id %llu and this is thread id %llu.",
                static_cast<unsigned long long>(c->thread), static_cast<unsigned long long>(currentThread()->ident));
  return 0;
}

} // namespace krait::sqlite
