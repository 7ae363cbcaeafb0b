// OSError and its subclasses. `OSError(errno, …)` makes an instance of the
// errno's subclass, so the fields are filled in __new__, unless a subclass
// overrides __init__ but not __new__: then __init__ does it.
#include <cerrno>
#include "runtime/exceptions/base_exception.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace krait {
namespace exceptions {
namespace {

Value newOsError(Type* type, const Args& args);
int32_t initOsError(Value self, const Args& args);

OsErrorObject* asOsError(Value v) { return static_cast<OsErrorObject*>(asException(v)); }

bool filledByInit(const Type* type) { return type->init != initOsError && type->construct == newOsError; }

Type* typeOfErrno(int number) {
  switch (number) {
  case EAGAIN:
  case EALREADY:
  case EINPROGRESS: return &BlockingIOErrorType;
  case EPIPE:
  case ESHUTDOWN: return &BrokenPipeErrorType;
  case ECHILD: return &ChildProcessErrorType;
  case ECONNABORTED: return &ConnectionAbortedErrorType;
  case ECONNREFUSED: return &ConnectionRefusedErrorType;
  case ECONNRESET: return &ConnectionResetErrorType;
  case EEXIST: return &FileExistsErrorType;
  case ENOENT: return &FileNotFoundErrorType;
  case EISDIR: return &IsADirectoryErrorType;
  case ENOTDIR: return &NotADirectoryErrorType;
  case EINTR: return &InterruptedErrorType;
  case EACCES:
  case EPERM: return &PermissionErrorType;
  case ESRCH: return &ProcessLookupErrorType;
  case ETIMEDOUT: return &TimeoutErrorType;
  default: return nullptr;
  }
}

bool hasFields(const Args& args) { return args.count >= 2 && args.count <= 5; }
Value given(const Args& args, size_t i) {
  return hasFields(args) && i < args.count && !(i >= 2 && isNone(args[i])) ? args[i] : Value();
}

/// Fills the fields of a fresh instance from (errno, strerror[, filename[, winerror[, filename2]]]).
int32_t fill(Value self, const Args& args) {
  OsErrorObject* e = asOsError(self);
  Value filename = given(args, 2);
  size_t kept = args.count;
  if (filename) {
    const NumberSlots* number = readyTypeOf(filename)->number;
    if (typeOf(self) == &BlockingIOErrorType && number && (number->index || number->toInt || number->toFloat)) {
      Ref count(index(filename));
      if (!count) return -1;
      e->written = toIndex(count, &ValueErrorType);
      if (e->written == -1 && errorSet()) return -1;
    } else {
      assign(e->filename, newRef(filename));
      if (Value second = given(args, 4)) assign(e->filename2, newRef(second));
      kept = 2;
    }
  }
  if (Value number = given(args, 0)) assign(e->myerrno, newRef(number));
  if (Value text = given(args, 1)) assign(e->strerror, newRef(text));
  Value tuple = newTupleFrom(args.values, kept);
  if (!tuple) return -1;
  assign(e->args, tuple);
  return 0;
}

Value newOsError(Type* type, const Args& args) {
  typeReady(type);
  bool later = filledByInit(type);
  if (!later) {
    if (checkNoKeywords(type->name, args) < 0) return Value();
    if (type == &OSErrorType && hasFields(args) && isInt(args[0])) {
      int overflow = 0;
      int64_t number = intToInt64(args[0], &overflow);
      if (Type* found = overflow ? nullptr : typeOfErrno(static_cast<int>(number))) type = found;
    }
  }
  Ref self(allocateException(type, emptyTuple()));
  if (!self) return Value();
  asOsError(self)->written = -1;
  if (!later && fill(self, args) < 0) return Value();
  return self.release();
}

int32_t initOsError(Value self, const Args& args) {
  if (!filledByInit(typeOf(self))) return 0;
  if (noKeywords(self, args) < 0) return -1;
  return fill(self, args);
}

Value osErrorStr(Value self) {
  OsErrorObject* e = asOsError(self);
  Value number = e->myerrno ? e->myerrno : none(), text = e->strerror ? e->strerror : none();
  if (e->filename && e->filename2)
    return formatText("[Errno %S] %S: %R -> %R", number, text, e->filename, e->filename2);
  if (e->filename) return formatText("[Errno %S] %S: %R", number, text, e->filename);
  if (e->myerrno && e->strerror) return formatText("[Errno %S] %S", number, text);
  return baseStr(self);
}

Value osErrorReduce(Value self) {
  OsErrorObject* e = asOsError(self);
  Ref args = Ref::share(e->args);
  if (asTuple(args)->size == 2 && e->filename) {
    Value* items = asTuple(args)->items;
    args.reset(e->filename2 ? newTuple({items[0], items[1], e->filename, none(), e->filename2})
                            : newTuple({items[0], items[1], e->filename}));
    if (!args) return Value();
  }
  return e->dict ? newTuple({asValue(typeOf(self)), args, e->dict}) : newTuple({asValue(typeOf(self)), args});
}

Value getWritten(Value self, void*) {
  int64_t written = asOsError(self)->written;
  return written == -1 ? raise(AttributeErrorType, "characters_written") : newInt(written);
}

int32_t setWritten(Value self, Value v, void*) {
  OsErrorObject* e = asOsError(self);
  if (!v) {
    if (e->written == -1) return fail(AttributeErrorType, "characters_written");
    e->written = -1;
    return 0;
  }
  int64_t n = toIndex(v, &ValueErrorType);
  if (n == -1 && errorSet()) return -1;
  e->written = n;
  return 0;
}

#pragma clang diagnostic ignored "-Winvalid-offsetof"
const MethodDef methods[] = {{"__reduce__", osErrorReduce}, {}};
const GetSetDef attributes[] = {{"characters_written", getWritten, setWritten}, {}};
const MemberDef members[] = {
    {"errno", MemberKind::ObjectNone, offsetof(OsErrorObject, myerrno), false},
    {"strerror", MemberKind::ObjectNone, offsetof(OsErrorObject, strerror), false},
    {"filename", MemberKind::ObjectNone, offsetof(OsErrorObject, filename), false},
    {"filename2", MemberKind::ObjectNone, offsetof(OsErrorObject, filename2), false},
    {},
};

} // namespace
} // namespace exceptions

#define CLASS(Name, Base)                                                                                     \
  .header = KRAIT_STATIC_HEADER(typeType), .name = #Name, .base = &Base##Type,                                \
  .flags = exceptions::kBuiltinExceptionFlags, KRAIT_EXCEPTION_LAYOUT(Name##Type, OsErrorObject, 4),          \
  .repr = exceptions::baseRepr, .str = exceptions::osErrorStr, .init = exceptions::initOsError,               \
  .construct = exceptions::newOsError

constinit Type OSErrorType = {CLASS(OSError, Exception), .methods = exceptions::methods,
                              .getset = exceptions::attributes, .members = exceptions::members};
constinit Type BlockingIOErrorType = {CLASS(BlockingIOError, OSError)};
constinit Type ChildProcessErrorType = {CLASS(ChildProcessError, OSError)};
constinit Type ConnectionErrorType = {CLASS(ConnectionError, OSError)};
constinit Type BrokenPipeErrorType = {CLASS(BrokenPipeError, ConnectionError)};
constinit Type ConnectionAbortedErrorType = {CLASS(ConnectionAbortedError, ConnectionError)};
constinit Type ConnectionRefusedErrorType = {CLASS(ConnectionRefusedError, ConnectionError)};
constinit Type ConnectionResetErrorType = {CLASS(ConnectionResetError, ConnectionError)};
constinit Type FileExistsErrorType = {CLASS(FileExistsError, OSError)};
constinit Type FileNotFoundErrorType = {CLASS(FileNotFoundError, OSError)};
constinit Type InterruptedErrorType = {CLASS(InterruptedError, OSError)};
constinit Type IsADirectoryErrorType = {CLASS(IsADirectoryError, OSError)};
constinit Type NotADirectoryErrorType = {CLASS(NotADirectoryError, OSError)};
constinit Type PermissionErrorType = {CLASS(PermissionError, OSError)};
constinit Type ProcessLookupErrorType = {CLASS(ProcessLookupError, OSError)};
constinit Type TimeoutErrorType = {CLASS(TimeoutError, OSError)};

} // namespace krait
