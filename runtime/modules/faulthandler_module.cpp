// faulthandler: tracebacks on fatal signals, on user signals, after a timeout, and
// by hand.
//
// The watchdog is a thread without Python code. When its time is up it interrupts
// the thread that has the GIL by a signal of its own, and that thread writes the
// stacks: a running stack cannot be read from outside.
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>
#include "runtime/exceptions/frame_walk.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/fault_handler.h"
#include "runtime/threads/signals.h"
#include "runtime/threads/timeout.h"
#include "runtime/types/arguments.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"

namespace krait {
namespace {

/// The descriptor of a `file` argument, which it flushes; -1 with an error. *held is the file (owned), to be kept.
int descriptorOf(Value file, Ref* held) {
  Ref target = Ref::share(!file || isNone(file) ? Value() : file);
  if (!target) {
    Value stream = sysGet("stderr");
    if (!stream) return fail(RuntimeErrorType, "unable to get sys.stderr");
    if (isNone(stream)) return fail(RuntimeErrorType, "sys.stderr is None");
    target = Ref::share(stream);
  } else if (isInt(target)) {
    int fd = -1;
    if (!intArgument(target, &fd)) return -1;
    return fd < 0 ? fail(ValueErrorType, "file is not a valid file descripter") : fd;
  }
  Ref number(callMethod(target, "fileno"));
  if (!number) return -1;
  const int64_t fd = isInt(number) ? toInt64(number) : -1;
  errorClear();
  if (fd < 0 || fd > INT32_MAX) return fail(RuntimeErrorType, "file.fileno() is not a valid file descriptor");
  Ref flushed(callMethod(target, NAME(flush)));
  if (!flushed) errorClear();
  *held = std::move(target);
  return static_cast<int>(fd);
}

void keep(Value& slot, Ref& held) { assign(slot, held.release()); }

Value dumpTraceback(Value, const Value* argv) {
  bool all = true;
  Ref held;
  const int fd = descriptorOf(argv[0], &held);
  if (fd < 0 || !truthArgument(argv[1], &all)) return Value();
  if (all) dumpAllStacks(fd, nullptr);
  else dumpOwnStack(fd, nullptr);
  return newRef(none());
}

// ---- fatal signals -----------------------------------------------------------------------------

Value fatalFile;

Value enable(Value, const Value* argv) {
  bool all = true;
  Ref held;
  const int fd = descriptorOf(argv[0], &held);
  if (fd < 0 || !truthArgument(argv[1], &all)) return Value();
  keep(fatalFile, held);
  enableFaultHandler(fd, all);
  return newRef(none());
}
Value disable(Value) {
  const bool was = faultHandlerEnabled();
  disableFaultHandler();
  clear(fatalFile);
  return boolean(was);
}
Value isEnabled(Value) { return boolean(faultHandlerEnabled()); }

// ---- user signals ------------------------------------------------------------------------------

struct UserSignal {
  bool enabled, all, chain;
  int fd;
  Value file;
  struct sigaction previous;
};
UserSignal userSignals[kSignalCount];
void onUserSignal(int number, siginfo_t*, void* context);

int installUserSignal(int number, struct sigaction* previous) {
  struct sigaction action = {};
  action.sa_sigaction = onUserSignal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | (userSignals[number].chain ? SA_NODEFER : SA_RESTART);
  return sigaction(number, &action, previous);
}

void onUserSignal(int number, siginfo_t*, void* context) {
  UserSignal& user = userSignals[number];
  if (!user.enabled) return;
  const int saved = errno;
  const Interruption at = interruptionOf(context);
  if (user.all) dumpAllStacks(user.fd, &at);
  else dumpOwnStack(user.fd, &at);
  if (user.chain) {
    sigaction(number, &user.previous, nullptr);
    errno = saved;
    ::raise(number);
    installUserSignal(number, nullptr);
  }
  errno = saved;
}

bool userSignalNumber(Value v, int* out) {
  if (!intArgument(v, out)) return false;
  for (int fatal : {SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSEGV})
    if (*out == fatal) return raise(RuntimeErrorType, "signal %d cannot be registered, use enable() instead", *out), false;
  if (*out < 1 || *out >= kSignalCount) return raise(ValueErrorType, "signal number out of range"), false;
  return true;
}

Value registerSignal(Value, const Value* argv) {
  int number = 0;
  bool all = true, chain = false;
  Ref held;
  if (!userSignalNumber(argv[0], &number)) return Value();
  const int fd = descriptorOf(argv[1], &held);
  if (fd < 0 || !truthArgument(argv[2], &all) || !truthArgument(argv[3], &chain)) return Value();
  UserSignal& user = userSignals[number];
  ensureSignalStack();
  user.chain = chain;
  struct sigaction previous;
  if (installUserSignal(number, &previous) < 0) return raiseOsError(errno);
  if (!user.enabled) user.previous = previous;
  user.fd = fd;
  user.all = all;
  keep(user.file, held);
  user.enabled = true;
  return newRef(none());
}

Value unregisterSignal(Value, Value v) {
  int number = 0;
  if (!userSignalNumber(v, &number)) return Value();
  UserSignal& user = userSignals[number];
  const bool was = user.enabled;
  user.enabled = false;
  if (was) sigaction(number, &user.previous, nullptr);
  clear(user.file);
  return boolean(was);
}

// ---- the watchdog ------------------------------------------------------------------------------

struct Watchdog {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
  pthread_t thread;
  bool running = false, cancelled = false, repeat = false, leave = false;
  timespec delay{};
  int fd = 2;
  char header[64];
  Value file;
};
Watchdog watchdog;
volatile bool watchdogWrote;

int watchdogSignal() { return SIGRTMAX - 1; }

void onWatchdogSignal(int, siginfo_t*, void* context) {
  const int saved = errno;
  const Interruption at = interruptionOf(context);
  dumpAllStacks(watchdog.fd, &at, false);
  watchdogWrote = true;
  errno = saved;
}

void* watch(void*) {
  sigset_t every;
  sigfillset(&every);
  pthread_sigmask(SIG_SETMASK, &every, nullptr);
  pthread_mutex_lock(&watchdog.mutex);
  do {
    timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += watchdog.delay.tv_sec + (end.tv_nsec + watchdog.delay.tv_nsec) / 1000000000;
    end.tv_nsec = (end.tv_nsec + watchdog.delay.tv_nsec) % 1000000000;
    int status = 0;
    while (!watchdog.cancelled && status != ETIMEDOUT) status = pthread_cond_timedwait(&watchdog.changed, &watchdog.mutex, &end);
    if (watchdog.cancelled) break;
    faultWrite(watchdog.fd, watchdog.header);
    watchdogWrote = false;
    // The holder of the GIL writes; it is at most a moment away.
    pthread_kill(static_cast<pthread_t>(currentThread()->ident), watchdogSignal());
    for (int i = 0; i < 2000 && !watchdogWrote; ++i) usleep(500);
    if (watchdog.leave) _exit(1);
  } while (watchdog.repeat);
  pthread_mutex_unlock(&watchdog.mutex);
  return nullptr;
}

void cancelWatchdog() {
  if (!watchdog.running) return;
  pthread_mutex_lock(&watchdog.mutex);
  watchdog.cancelled = true;
  pthread_cond_signal(&watchdog.changed);
  pthread_mutex_unlock(&watchdog.mutex);
  pthread_join(watchdog.thread, nullptr);
  watchdog.running = false;
  clear(watchdog.file);
}

Value dumpTracebackLater(Value, const Value* argv) {
  double seconds;
  bool repeat = false, leave = false;
  Ref held;
  if (secondsOf(argv[0], 1, &seconds) < 0 || !truthArgument(argv[1], &repeat)) return Value();
  if (!(seconds > 0)) return raise(ValueErrorType, "timeout must be greater than 0");
  const int fd = descriptorOf(argv[2], &held);
  if (fd < 0 || !truthArgument(argv[3], &leave)) return Value();
  cancelWatchdog();
  ensureSignalStack();
  struct sigaction action = {};
  action.sa_sigaction = onWatchdogSignal;
  action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
  sigaction(watchdogSignal(), &action, nullptr);
  const auto whole = static_cast<long>(std::floor(seconds));
  const auto micros = static_cast<long>(std::floor((seconds - std::floor(seconds)) * 1e6));
  watchdog.delay = {whole, micros * 1000};
  const int n = snprintf(watchdog.header, sizeof watchdog.header, "Timeout (%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  snprintf(watchdog.header + n, sizeof watchdog.header - static_cast<size_t>(n), micros ? ".%06ld)!\n" : ")!\n", micros);
  watchdog.fd = fd;
  watchdog.repeat = repeat;
  watchdog.leave = leave;
  watchdog.cancelled = false;
  keep(watchdog.file, held);
  if (pthread_create(&watchdog.thread, nullptr, watch, nullptr) != 0)
    return raise(RuntimeErrorType, "unable to start watchdog thread");
  watchdog.running = true;
  return newRef(none());
}
Value cancelLater(Value) {
  cancelWatchdog();
  return newRef(none());
}

// ---- ways to die, for tests --------------------------------------------------------------------

void noCoreFile() {
  const rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
}
Value dieReading(Value, const Args&) {
  noCoreFile();
  volatile int* nowhere = nullptr;
  return newInt(*nowhere);
}
template <int Signal> Value dieBy(Value) {
  noCoreFile();
  ::raise(Signal);
  return newRef(none());
}
Value dieBySegmentationFault(Value, const Args&) { return dieBy<SIGSEGV>(Value()); }
[[gnu::noinline]] uintptr_t overflow(uintptr_t depth) {
  volatile char room[4096];
  room[0] = static_cast<char>(depth);
  if (depth == UINTPTR_MAX) return 0; // never reached
  return static_cast<uintptr_t>(room[0]) + overflow(depth + 1) + reinterpret_cast<uintptr_t>(&room);
}
Value dieByStackOverflow(Value) {
  noCoreFile();
  return newIntUnsigned(overflow(0));
}

constinit const MethodDef methods[] = {
    {"enable", enable, "(file=sys.stderr, all_threads=True)", kMethodUnsigned},
    {"disable", disable},
    {"is_enabled", isEnabled},
    {"dump_traceback", dumpTraceback, "(file=sys.stderr, all_threads=True)", kMethodUnsigned},
    {"dump_traceback_later", dumpTracebackLater, "(timeout, repeat=False, file=sys.stderr, exit=False)", kMethodUnsigned},
    {"cancel_dump_traceback_later", cancelLater},
    {"register", registerSignal, "(signum, file=sys.stderr, all_threads=True, chain=False)", kMethodUnsigned},
    {"unregister", unregisterSignal},
    {"_read_null", dieReading},
    {"_sigsegv", dieBySegmentationFault},
    {"_sigabrt", dieBy<SIGABRT>},
    {"_sigfpe", dieBy<SIGFPE>},
    {"_stack_overflow", dieByStackOverflow},
    {},
};

} // namespace

extern "C" constinit const NativeModule krt_module_faulthandler = {"faulthandler", methods, nullptr};

} // namespace krait
