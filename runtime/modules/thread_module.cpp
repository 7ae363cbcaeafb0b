// _thread: starting threads, locks, re-entrant locks.
#include <cmath>
#include <csignal>
#include <cstddef>
#include <ctime>
#include <pthread.h>
#include <semaphore.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "runtime/exceptions/exception.h"
#include "runtime/exceptions/traceback_text.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/parsed_int.h"
#include "runtime/modules/thread_local.h"
#include "runtime/object/names.h"
#include "runtime/object/parsed_rows.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/gil.h"
#include "runtime/threads/signals.h"
#include "runtime/threads/timeout.h"
#include "runtime/types/arguments.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"

namespace krait {
namespace {

constexpr double kTimeoutMax = 9223372036.0;

// ---- waiting ----------------------------------------------------------------------------------

timespec timespecOf(double seconds) {
  double whole = std::floor(seconds);
  return {static_cast<time_t>(whole), static_cast<long>((seconds - whole) * 1e9)};
}

/// Takes the semaphore: 1 taken, 0 not within `timeout` seconds (negative: for ever; 0: at once), -1 a signal
/// handler raised.
int32_t take(sem_t* semaphore, double timeout) {
  if (sem_trywait(semaphore) == 0) return 1;
  if (timeout == 0) return 0;
  double end = timeout > 0 ? monotonicSeconds() + timeout : 0;
  for (;;) {
    int status, error;
    {
      Blocking release;
      timespec deadline = timespecOf(end);
      status = timeout < 0 ? sem_wait(semaphore) : sem_clockwait(semaphore, CLOCK_MONOTONIC, &deadline);
      error = errno;
    }
    if (status == 0) return 1;
    if (error == ETIMEDOUT) return 0;
    if (error != EINTR) return fail(RuntimeErrorType, "waiting for a lock failed");
    if (pollRequests.load() && servePoll() < 0) return -1;
  }
}

/// Arguments of acquire: *timeout as take() has it. -1 with an error.
int32_t readTimeout(const Value* argv, double* timeout) {
  int blocking = 1;
  if (!parsedIntArgument(argv[0], &blocking)) return -1;
  double seconds = -1.0;
  if (argv[1] && secondsOf(argv[1], 1, &seconds) < 0) return -1;
  if (!blocking && seconds != -1.0) return fail(ValueErrorType, "can't specify a timeout for a non-blocking call");
  if (seconds < 0 && seconds != -1.0) return fail(ValueErrorType, "timeout value must be positive");
  *timeout = blocking ? seconds : 0;
  return 0;
}

constexpr const char* kAcquireSignature = "($self, blocking=True, timeout=-1)";

// ---- lock ---------------------------------------------------------------------------------------

struct LockObject {
  Object header;
  Value weakrefs;
  sem_t semaphore;
  bool locked;
};
LockObject* asLock(Value v) { return v.as<LockObject>(); }
extern Type lockType;

Value newLock() {
  auto* lock = reinterpret_cast<LockObject*>(newObject(&lockType.instanceLayout));
  if (!lock) return Value();
  sem_init(&lock->semaphore, 0, 1);
  return Value(&lock->header);
}

void deallocLock(Object* o) {
  auto* lock = reinterpret_cast<LockObject*>(o);
  if (lock->weakrefs) clearWeakrefs(o);
  sem_destroy(&lock->semaphore);
  freeObject(o);
}

Value acquireLock(Value self, const Value* argv) {
  double timeout;
  if (readTimeout(argv, &timeout) < 0) return Value();
  int32_t taken = take(&asLock(self)->semaphore, timeout);
  if (taken < 0) return Value();
  if (taken) asLock(self)->locked = true;
  return boolean(taken);
}

/// acquire(): what signals ask for is served before the caller goes on, not somewhere in what it calls next. (`with` must not
/// raise when it has the lock.)
Value acquireMethod(Value self, const Value* argv) {
  Value taken = acquireLock(self, argv);
  return taken && pollRequests.load() && servePoll() < 0 ? Value() : taken;
}

void unlock(LockObject* lock) {
  lock->locked = false;
  sem_post(&lock->semaphore);
}

Value releaseLock(Value self) {
  if (!asLock(self)->locked) return raise(RuntimeErrorType, "release unlocked lock");
  unlock(asLock(self));
  return newRef(none());
}
Value exitLock(Value self, const Args&) { return releaseLock(self); }
Value isLocked(Value self) { return boolean(asLock(self)->locked); }

Value reinitLock(Value self) {
  LockObject* lock = asLock(self);
  sem_init(&lock->semaphore, 0, 1);
  lock->locked = false;
  return newRef(none());
}

Value reprLock(Value self) {
  return formatText("<%s %T object at %p>", asLock(self)->locked ? "locked" : "unlocked", self,
                    static_cast<void*>(self.object()));
}

const MethodDef lockMethods[] = {
    {"acquire_lock", acquireMethod, kAcquireSignature, kMethodUnsigned},
    {"acquire", acquireMethod, kAcquireSignature, kMethodUnsigned},
    {"release_lock", releaseLock},
    {"release", releaseLock},
    {"locked_lock", isLocked},
    {"locked", isLocked},
    {"__enter__", acquireLock, kAcquireSignature, kMethodUnsigned},
    {"__exit__", exitLock, nullptr, kMethodPositional},
    {"_at_fork_reinit", reinitLock},
    {},
};

constinit Type lockType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_thread.lock",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnModule,
    .instanceLayout = {.type = &lockType, .size = sizeof(LockObject), .weakOffset = offsetof(LockObject, weakrefs)},
    .dealloc = deallocLock,
    .repr = reprLock,
    .methods = lockMethods,
};

// ---- re-entrant lock ------------------------------------------------------------------------------

struct RLockObject {
  Object header;
  Value weakrefs;
  sem_t semaphore;
  uint64_t owner; // thread ident; 0: free
  uint64_t count;
};
RLockObject* asRLock(Value v) { return v.as<RLockObject>(); }
bool ownsRLock(Value self) { return asRLock(self)->count > 0 && asRLock(self)->owner == currentThread()->ident; }

Value constructRLock(Type* type, const Args&) {
  Value self = type->allocate(type, 0);
  if (self) sem_init(&asRLock(self)->semaphore, 0, 1);
  return self;
}
int32_t initRLock(Value, const Args&) { return 0; }

void deallocRLock(Object* o) {
  auto* lock = reinterpret_cast<RLockObject*>(o);
  if (lock->weakrefs) clearWeakrefs(o);
  sem_destroy(&lock->semaphore);
  freeObject(o);
}

Value acquireRLock(Value self, const Value* argv) {
  double timeout;
  if (readTimeout(argv, &timeout) < 0) return Value();
  RLockObject* lock = asRLock(self);
  if (ownsRLock(self)) {
    ++lock->count;
    return boolean(true);
  }
  int32_t taken = take(&lock->semaphore, timeout);
  if (taken < 0) return Value();
  if (taken) {
    lock->owner = currentThread()->ident;
    lock->count = 1;
  }
  return boolean(taken);
}

Value releaseRLock(Value self) {
  if (!ownsRLock(self)) return raise(RuntimeErrorType, "cannot release un-acquired lock");
  RLockObject* lock = asRLock(self);
  if (--lock->count == 0) {
    lock->owner = 0;
    sem_post(&lock->semaphore);
  }
  return newRef(none());
}
Value exitRLock(Value self, const Args&) { return releaseRLock(self); }
Value isOwned(Value self) { return boolean(ownsRLock(self)); }

Value releaseSave(Value self) {
  RLockObject* lock = asRLock(self);
  if (lock->count == 0) return raise(RuntimeErrorType, "cannot release un-acquired lock");
  Ref count(newIntUnsigned(lock->count)), owner(newIntUnsigned(lock->owner));
  lock->count = 0;
  lock->owner = 0;
  sem_post(&lock->semaphore);
  return newTuple({count, owner});
}

Value acquireRestore(Value self, Value state) {
  if (!isTuple(state) || asTuple(state)->size != 2)
    return raise(TypeErrorType, "_acquire_restore() argument 1 must be 2-item tuple, not %T", state);
  if (take(&asRLock(self)->semaphore, -1) < 0) return Value();
  asRLock(self)->count = intToUint64Mask(asTuple(state)->items[0]);
  asRLock(self)->owner = intToUint64Mask(asTuple(state)->items[1]);
  return newRef(none());
}

Value reinitRLock(Value self) {
  sem_init(&asRLock(self)->semaphore, 0, 1);
  asRLock(self)->owner = asRLock(self)->count = 0;
  return newRef(none());
}

Value reprRLock(Value self) {
  RLockObject* lock = asRLock(self);
  return formatText("<%s %T object owner=%llu count=%llu at %p>", lock->count ? "locked" : "unlocked", self,
                    static_cast<unsigned long long>(lock->owner), static_cast<unsigned long long>(lock->count),
                    static_cast<void*>(self.object()));
}

const MethodDef rlockMethods[] = {
    {"acquire", acquireRLock, kAcquireSignature, kMethodUnsigned},
    {"release", releaseRLock},
    {"_is_owned", isOwned},
    {"_acquire_restore", acquireRestore, "($self, state, /)", kMethodUnsigned | kMethodParsed},
    {"_release_save", releaseSave},
    {"__enter__", acquireRLock, kAcquireSignature, kMethodUnsigned},
    {"__exit__", exitRLock, nullptr, kMethodPositional},
    {"_at_fork_reinit", reinitRLock},
    {},
};

constinit Type rlockType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_thread.RLock",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnModule,
    .instanceLayout = {.type = &rlockType, .size = sizeof(RLockObject), .weakOffset = offsetof(RLockObject, weakrefs)},
    .dealloc = deallocRLock,
    .repr = reprRLock,
    .init = initRLock,
    .construct = constructRLock,
    .methods = rlockMethods,
};

// ---- threads --------------------------------------------------------------------------------------

struct Body {
  Value function, args, keywords; // owned; keywords may be null
};
size_t stackBytes = 0;

void runBody(void* context) {
  auto* body = static_cast<Body*>(context);
  Ref result(callTupleDict(body->function, body->args, body->keywords));
  if (!result && !errorClearIf(SystemExitType)) errorUnraisable("in thread started by", body->function);
  decref(body->function);
  decref(body->args);
  xdecref(body->keywords);
  delete body;
}

Value startNewThread(Value, const Args& args) {
  if (checkPositional("start_new_thread", args, 2, 3) < 0) return Value();
  if (!isCallable(args[0])) return raise(TypeErrorType, "first arg must be callable");
  if (!isTuple(args[1])) return raise(TypeErrorType, "2nd arg must be a tuple");
  if (args.count > 2 && !isDict(args[2])) return raise(TypeErrorType, "optional 3rd arg must be a dictionary");
  auto* body = new Body{newRef(args[0]), newRef(args[1]), args.count > 2 ? newRef(args[2]) : Value()};
  uint64_t ident;
  if (startThread(runBody, body, stackBytes, &ident) < 0) {
    for (Value v : {body->function, body->args, body->keywords}) xdecref(v);
    delete body;
    return Value();
  }
  return newIntUnsigned(ident);
}

Value allocateLock(Value) { return newLock(); }
Value getIdent(Value) { return newIntUnsigned(currentThread()->ident); }
Value getNativeId(Value) { return newInt(syscall(SYS_gettid)); }
Value count(Value) { return newInt(threadCount()); }
Value exitThread(Value) { return raiseObject(SystemExitType, Value()); }

Value stackSize(Value, const Value* argv) {
  const auto old = static_cast<int64_t>(stackBytes);
  int64_t n = 0; // without an argument the default comes back
  if (!sizeArgument(argv[0], &n)) return Value();
  if (n < 0) return raise(ValueErrorType, "size must be 0 or a positive value");
  if (n > 0 && n < 32768) return raise(ValueErrorType, "size not valid: %zd bytes", n);
  stackBytes = static_cast<size_t>(n);
  return newInt(old);
}

Value interruptMain(Value, const Value* argv) {
  int64_t signal = SIGINT;
  if (argv[0]) {
    signal = toIndex(argv[0], &OverflowErrorType);
    if (signal == -1 && errorSet()) return Value();
  }
  if (signal < 1 || signal >= kSignalCount) return raise(ValueErrorType, "signal number out of range");
  struct sigaction current;
  const bool caught = sigaction(static_cast<int>(signal), nullptr, &current) == 0 && current.sa_handler != SIG_DFL && current.sa_handler != SIG_IGN;
  if (!caught) return newRef(none());
  signalArrived(static_cast<int>(signal));
  // In the main thread the handler runs before the call is over.
  return onMainThread() && servePoll() < 0 ? Value() : newRef(none());
}

/// The thread's end releases the lock that threading waits for.
void releaseSentinel(void* context) {
  Ref lock(Value(static_cast<Object*>(context)));
  if (asLock(lock)->locked) unlock(asLock(lock));
}

Value setSentinel(Value) {
  ThreadState* thread = currentThread();
  Value lock = newLock();
  if (!lock) return Value();
  if (thread->onExit) decref(Value(static_cast<Object*>(thread->exitContext)));
  thread->onExit = releaseSentinel;
  thread->exitContext = newRef(lock).object();
  return lock;
}

// ---- errors of threads --------------------------------------------------------------------------

const char* const kHookFields[] = {"exc_type", "exc_value", "exc_traceback", "thread", nullptr};
const StructSequenceDef kHookDef = {kHookFields, 4, 4};
KRAIT_STRUCT_SEQUENCE_TYPE(exceptHookArgsType, "_thread._ExceptHookArgs", kTypeOwnModule);

Value exceptHook(Value, Value arguments) {
  if (typeOf(arguments) != &exceptHookArgsType)
    return raise(TypeErrorType, "_thread.excepthook argument type must be ExceptHookArgs");
  Value* part = asTuple(arguments)->items;
  if (part[0] == asValue(&SystemExitType)) return newRef(none());
  Value file = sysGet("stderr");
  Ref output = Ref::share(file && !isNone(file) ? file : Value());
  if (!output) {
    if (!isNone(part[3])) output.reset(getAttrOptional(part[3], Ref(newStr("_stderr"))));
    if (!output || isNone(output)) return errorClear(), newRef(none());
  }
  Ref name(isNone(part[3]) ? Value() : getAttrOptional(part[3], NAME(name)));
  Ref shown(name ? str(name) : formatText("%llu", static_cast<unsigned long long>(currentThread()->ident)));
  if (!exceptions::writeTexts(output, {Ref(newStr("Exception in thread ")), shown, Ref(newStr(":\n"))})) return Value();
  if (isException(part[1])) exceptions::displayTo(output, part[1]);
  Ref flushed(callMethod(output, NAME(flush)));
  return flushed ? newRef(none()) : Value();
}

const MethodDef methods[] = {
    {"start_new_thread", startNewThread},
    {"start_new", startNewThread},
    {"allocate_lock", allocateLock},
    {"allocate", allocateLock},
    {"exit_thread", exitThread},
    {"exit", exitThread},
    {"interrupt_main", interruptMain, "(signum=2, /)", kMethodUnsigned},
    {"get_ident", getIdent},
    {"get_native_id", getNativeId},
    {"_count", count},
    {"stack_size", stackSize, "(size=0, /)", kMethodUnsigned | kMethodParsed},
    {"_set_sentinel", setSentinel},
    {"_excepthook", exceptHook},
    {},
};

int exec(Value module) {
  typeReady(&lockType);
  if (moduleAdd(module, "LockType", asValue(&lockType)) < 0 || moduleAddType(module, &rlockType) < 0) return -1;
  structSequenceReady(&exceptHookArgsType, &kHookDef);
  if (moduleAddType(module, &exceptHookArgsType) < 0 || moduleAddType(module, &threadLocalType) < 0) return -1;
  if (moduleAdd(module, "error", asValue(&RuntimeErrorType)) < 0) return -1;
  return moduleAdd(module, "TIMEOUT_MAX", newFloat(kTimeoutMax));
}

} // namespace

extern "C" constinit const NativeModule krt_module_thread = {"_thread", methods, exec};

} // namespace krait
