// _multiprocessing: SemLock, a named semaphore shared between processes that
// serves as semaphore or as re-entrant mutex.
//
// Every process counts its own acquisitions (`count`); the owner of a mutex is
// the thread that last acquired it here. The name is what a spawned child opens.
#include <cerrno>
#include <climits>
#include <cmath>
#include <ctime>
#include <fcntl.h>
#include <semaphore.h>
#include <string>
#include "runtime/memory/alloc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/arguments.h"
#include "runtime/types/codec.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

enum Kind : int { kRecursiveMutex = 0, kSemaphore = 1 };

struct SemLockObject {
  Object header;
  sem_t* handle;
  uint64_t owner; // thread ident of the last acquisition here
  int count;      // acquisitions by this process that were not released
  int maximum;
  int kind;
  Value name;     // str or None
};
SemLockObject* asSemLock(Value v) { return v.as<SemLockObject>(); }
bool isMine(SemLockObject* s) { return s->count > 0 && s->owner == currentThread()->ident; }

Value newSemLock(Type* type, sem_t* handle, int kind, int maximum, Value name) {
  Value self = allocateOf(type, 0);
  if (!self) return self;
  SemLockObject* s = asSemLock(self);
  s->handle = handle;
  s->kind = kind;
  s->maximum = maximum;
  s->name = newRef(name);
  return self;
}

Value construct(Type* type, const Args& args) {
  Value argv[5];
  Ref holder[2];
  if (bindArguments("SemLock", "(kind, value, maxvalue, name, unlink)", args, argv, 5, holder) < 0) return Value();
  int kind = 0, value = 0, maximum = 0;
  bool unlink = false;
  if (!intArgument(argv[0], &kind) || !intArgument(argv[1], &value) || !intArgument(argv[2], &maximum) ||
      !truthArgument(argv[4], &unlink))
    return Value();
  if (!isStr(argv[3])) return raise(TypeErrorType, "SemLock() argument 'name' must be str, not %T", argv[3]);
  if (kind != kRecursiveMutex && kind != kSemaphore) return raise(ValueErrorType, "unrecognized kind");
  Utf8 name(argv[3]);
  if (!name.ok()) return Value();
  sem_t* handle = sem_open(name.data(), O_CREAT | O_EXCL, 0600, static_cast<unsigned>(value));
  if (handle == SEM_FAILED) return raiseOsError(errno);
  if (unlink && sem_unlink(name.data()) < 0) {
    int error = errno;
    sem_close(handle);
    return raiseOsError(error);
  }
  Value self = newSemLock(type, handle, kind, maximum, unlink ? none() : argv[3]);
  if (!self) sem_close(handle);
  return self;
}

Value rebuild(Value type, const Value* argv) {
  int kind = 0, maximum = 0;
  if (!isInt(argv[0])) return raise(TypeErrorType, "_rebuild() argument 1 must be int, not %.50G", argv[0]);
  if (!intArgument(argv[1], &kind) || !intArgument(argv[2], &maximum)) return Value();
  if (!isNone(argv[3]) && !isStr(argv[3])) return raise(TypeErrorType, "_rebuild() argument 4 must be str or None, not %.50G", argv[3]);
  auto* handle = reinterpret_cast<sem_t*>(intToUint64Mask(argv[0]));
  const Utf8Argument name(argv[3]);
  if (!name.ok()) return Value();
  if (name.text()) {
    handle = sem_open(name.text(), 0);
    if (handle == SEM_FAILED) return raiseOsError(errno);
  }
  return newSemLock(type.as<Type>(), handle, kind, maximum, argv[3]);
}

void dealloc(Object* o) {
  auto* s = reinterpret_cast<SemLockObject*>(o);
  if (s->handle) sem_close(s->handle);
  clear(s->name);
  freeObject(o);
}

/// The moment `seconds` from now on the clock that sem_timedwait reads.
timespec deadlineAfter(double seconds) {
  timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  const double whole = std::floor(seconds);
  now.tv_sec += static_cast<time_t>(whole);
  now.tv_nsec += static_cast<long>((seconds - whole) * 1e9 + 0.5);
  now.tv_sec += now.tv_nsec / 1000000000;
  now.tv_nsec %= 1000000000;
  return now;
}

Value acquire(Value self, const Value* argv) {
  SemLockObject* s = asSemLock(self);
  bool block = true;
  if (!truthArgument(argv[0], &block)) return Value();
  const bool limited = argv[1] && !isNone(argv[1]);
  timespec deadline{};
  if (limited) {
    const double seconds = toDouble(argv[1]);
    if (seconds == -1.0 && errorSet()) return Value();
    deadline = deadlineAfter(seconds < 0 ? 0 : seconds);
  }
  if (s->kind == kRecursiveMutex && isMine(s)) {
    ++s->count;
    return boolean(true);
  }
  for (;;) {
    int status = sem_trywait(s->handle), error = errno;
    if (status < 0 && error == EAGAIN && block) {
      Blocking release;
      status = limited ? sem_timedwait(s->handle, &deadline) : sem_wait(s->handle);
      error = errno;
    }
    if (status == 0) break;
    if (error == EAGAIN || error == ETIMEDOUT) return boolean(false);
    if (error != EINTR) return raiseOsError(error);
    if (servePoll() < 0) return Value();
  }
  ++s->count;
  s->owner = currentThread()->ident;
  return boolean(true);
}

Value release(Value self) {
  SemLockObject* s = asSemLock(self);
  if (s->kind == kRecursiveMutex) {
    if (!isMine(s)) return raise(AssertionErrorType, "attempt to release recursive lock not owned by thread");
    if (s->count > 1) {
      --s->count;
      return newRef(none());
    }
  } else {
    int value;
    if (sem_getvalue(s->handle, &value) < 0) return raiseOsError(errno);
    if (value >= s->maximum) return raise(ValueErrorType, "semaphore or lock released too many times");
  }
  if (sem_post(s->handle) < 0) return raiseOsError(errno);
  --s->count;
  return newRef(none());
}

Value enter(Value self) {
  const Value none[2] = {};
  return acquire(self, none);
}
Value leave(Value self, const Args&) { return release(self); }
Value countMethod(Value self) { return newInt(asSemLock(self)->count); }
Value isMineMethod(Value self) { return boolean(isMine(asSemLock(self))); }
Value getValue(Value self) {
  int value;
  if (sem_getvalue(asSemLock(self)->handle, &value) < 0) return raiseOsError(errno);
  return newInt(value < 0 ? 0 : value);
}
Value isZero(Value self) {
  int value;
  if (sem_getvalue(asSemLock(self)->handle, &value) < 0) return raiseOsError(errno);
  return boolean(value == 0);
}
Value afterFork(Value self) {
  asSemLock(self)->count = 0;
  return newRef(none());
}
Value handleOf(Value self, void*) { return newIntUnsigned(reinterpret_cast<uintptr_t>(asSemLock(self)->handle)); }

constinit const MethodDef semLockMethods[] = {
    {"acquire", acquire, "($self, /, block=True, timeout=None)"},
    {"release", release, "($self, /)"},
    {"_count", countMethod, "($self, /)"},
    {"_is_mine", isMineMethod, "($self, /)"},
    {"_get_value", getValue, "($self, /)"},
    {"_is_zero", isZero, "($self, /)"},
    {"_rebuild", rebuild, "($type, handle, kind, maxvalue, name, /)", kMethodClass},
    {"_after_fork", afterFork, "($self, /)"},
    {"__enter__", enter, "($self, /)"},
    {"__exit__", leave, "($self, exc_type=None, exc_value=None, exc_tb=None, /)"},
    {},
};
constinit const MemberDef semLockMembers[] = {
    {"kind", MemberKind::Int32, offsetof(SemLockObject, kind)},
    {"maxvalue", MemberKind::Int32, offsetof(SemLockObject, maximum)},
    {"name", MemberKind::ObjectNone, offsetof(SemLockObject, name)},
    {"handle", handleOf},
    {},
};

constinit Type semLockType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_multiprocessing.SemLock",
    .base = &objectType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &semLockType, .size = sizeof(SemLockObject)},
    .dealloc = dealloc,
    .construct = construct,
    .methods = semLockMethods,
    .members = semLockMembers,
};

Value semUnlink(Value, Value v) {
  if (!isStr(v)) return raise(TypeErrorType, "sem_unlink() argument must be str, not %T", v);
  Utf8 name(v);
  if (!name.ok()) return Value();
  return sem_unlink(name.data()) < 0 ? raiseOsError(errno) : newRef(none());
}

constinit const MethodDef methods[] = {{"sem_unlink", semUnlink, "($module, name, /)"}, {}};

int execute(Value module) {
  typeReady(&semLockType);
  if (dictSet(semLockType.dict, "SEM_VALUE_MAX", Value::ofSmallInt(SEM_VALUE_MAX)) < 0 || moduleAddType(module, &semLockType) < 0)
    return -1;
  Ref flags(newDict());
  if (!flags || dictSet(flags, "HAVE_SEM_OPEN", Value::ofSmallInt(1)) < 0 ||
      dictSet(flags, "HAVE_SEM_TIMEDWAIT", Value::ofSmallInt(1)) < 0)
    return -1;
  return moduleAdd(module, "flags", flags.release());
}

} // namespace

extern "C" constinit const NativeModule krt_module_multiprocessing = {"_multiprocessing", methods, execute};

} // namespace krait
