// _signal: handlers, timers and masks.
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "runtime/modules/module_exception.h"
#include "runtime/modules/parsed_int.h"
#include "runtime/object/audit.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/signals.h"
#include "runtime/threads/thread_state.h"
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

constexpr int kDefault = 0, kIgnore = 1; // SIG_DFL and SIG_IGN as Python sees them
/// What signal.getsignal answers: null means nothing was set from here (a foreign handler: None).
Value dispositions[kSignalCount]; // SIG_DFL or SIG_IGN as they were given; callables are in signalHandlers
Value defaultIntHandler;

bool number(Value v, int* out) {
  if (!intArgument(v, out)) return false;
  return (*out >= 1 && *out < kSignalCount) || (raise(ValueErrorType, "signal number out of range"), false);
}

Value current(int signal) {
  if (signalHandlers[signal]) return signalHandlers[signal];
  if (dispositions[signal]) return dispositions[signal];
  struct sigaction action;
  if (sigaction(signal, nullptr, &action) < 0) return none();
  if (signal == SIGINT && action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN) return defaultIntHandler;
  if (action.sa_handler == SIG_DFL) return Value::ofSmallInt(kDefault);
  if (action.sa_handler == SIG_IGN) return Value::ofSmallInt(kIgnore);
  return none();
}

Value defaultIntHandlerFunction(Value, const Value*) {
  Ref e(call(asValue(&KeyboardInterruptType)));
  return e ? raiseInstance(e.release()) : Value();
}

Value signalFunction(Value, const Value* argv) {
  int n;
  if (!number(argv[0], &n)) return Value();
  if (!onMainThread()) return raise(ValueErrorType, "signal only works in main thread of the main interpreter");
  Value handler = argv[1];
  int64_t code = isInt(handler) ? toInt64(handler) : -1;
  if (!isCallable(handler) && !(isInt(handler) && (code == kDefault || code == kIgnore)))
    return raise(TypeErrorType, "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
  Ref old = Ref::share(current(n));
  if (isInt(handler)) {
    if (::signal(n, code == kDefault ? SIG_DFL : SIG_IGN) == SIG_ERR) return raiseOsError(errno);
    assign(signalHandlers[n], Value());
  } else {
    assign(signalHandlers[n], newRef(handler));
    errno = 0;
    catchSignal(n);
    if (errno == EINVAL) return raiseOsError(errno);
  }
  assign(dispositions[n], isInt(handler) ? newRef(handler) : Value());
  return old.release();
}
Value getsignalFunction(Value, const Value* argv) {
  int n;
  return number(argv[0], &n) ? newRef(current(n)) : Value();
}
Value raiseSignalFunction(Value, const Value* argv) {
  int n;
  if (!intArgument(argv[0], &n)) return Value();
  if (::raise(n) != 0) return raiseOsError(errno);
  return servePoll() < 0 ? Value() : newRef(none());
}
Value strsignalFunction(Value, const Value* argv) {
  int n;
  if (!number(argv[0], &n)) return Value();
  const char* text = strsignal(n);
  return text && strncmp(text, "Unknown", 7) != 0 ? newStr(text) : newRef(none());
}
Value alarmFunction(Value, const Value* argv) {
  int n;
  return intArgument(argv[0], &n) ? newInt(alarm(static_cast<unsigned>(n))) : Value();
}
Value pauseFunction(Value) {
  {
    Blocking release;
    pause();
  }
  return servePoll() < 0 ? Value() : newRef(none());
}

const Type* itimerErrorType;

/// Rounds up, so that a tiny delay does not mean "off".
timeval toTimeval(double s) {
  const double whole = std::floor(s);
  const auto micros = static_cast<suseconds_t>(std::ceil((s - whole) * 1e6));
  return {static_cast<time_t>(whole) + micros / 1000000, micros % 1000000};
}
Value raiseItimerError() {
  const int code = errno;
  Ref text(newStr(strerror(code)));
  Ref e(text ? call(asValue(itimerErrorType), {newInt(code), text.get()}) : Value());
  return e ? raiseInstance(e.release()) : Value();
}
Value timerResult(const itimerval& t) {
  auto seconds = [](const timeval& v) { return newFloat(static_cast<double>(v.tv_sec) + static_cast<double>(v.tv_usec) * 1e-6); };
  Ref a(seconds(t.it_value)), b(seconds(t.it_interval));
  return newTuple({a.get(), b.get()});
}
Value setitimerFunction(Value, const Value* argv) {
  int which;
  double first, interval = 0;
  if (!intArgument(argv[0], &which) || secondsOf(argv[1], 1, &first) < 0 || (argv[2] && secondsOf(argv[2], 1, &interval) < 0)) return Value();
  itimerval now = {toTimeval(interval), toTimeval(first)}, old;
  return setitimer(static_cast<__itimer_which>(which), &now, &old) < 0 ? raiseItimerError() : timerResult(old);
}
Value getitimerFunction(Value, const Value* argv) {
  int which;
  if (!intArgument(argv[0], &which)) return Value();
  itimerval t;
  return getitimer(static_cast<__itimer_which>(which), &t) < 0 ? raiseItimerError() : timerResult(t);
}
Value setWakeupFdFunction(Value, const Value* argv) {
  int fd;
  if (!parsedIntArgument(argv[0], &fd)) return Value();
  if (!onMainThread()) return raise(ValueErrorType, "set_wakeup_fd only works in main thread of the main interpreter");
  if (fd != -1) {
    struct stat status;
    if (fstat(fd, &status) < 0) return raiseOsError(errno);
    const int flags = fcntl(fd, F_GETFL);
    if (flags < 0) return raiseOsError(errno);
    if (!(flags & O_NONBLOCK)) return raise(ValueErrorType, "the fd %d must be in non-blocking mode", fd);
  }
  int old = signalWakeupFd;
  signalWakeupFd = fd;
  return newInt(old);
}
Value siginterruptFunction(Value, const Value* argv) {
  int n;
  int on;
  if (!number(argv[0], &n) || !intArgument(argv[1], &on)) return Value();
  struct sigaction action;
  if (sigaction(n, nullptr, &action) < 0) return raiseOsError(errno);
  action.sa_flags = on ? action.sa_flags & ~SA_RESTART : action.sa_flags | SA_RESTART;
  return sigaction(n, &action, nullptr) < 0 ? raiseOsError(errno) : newRef(none());
}

// ---- masks -------------------------------------------------------------------------------------

Value setOf(const sigset_t& set) {
  Ref result(newSet(Value()));
  for (int n = 1; result && n < kSignalCount; ++n)
    if (sigismember(&set, n) == 1 && setAdd(result, Value::ofSmallInt(n)) < 0) return Value();
  return result.release();
}
bool maskOf(Value iterable, sigset_t* out) {
  sigemptyset(out);
  Ref items(toTuple(iterable));
  for (int64_t i = 0; items && i < asTuple(items)->size; ++i) {
    Ref item(index(asTuple(items)->items[i]));
    if (!item) return false;
    int overflow;
    const int64_t n = intToInt64(item, &overflow);
    if (overflow || n < 1 || n >= kSignalCount)
      return raise(ValueErrorType, "signal number %lld out of range [1; %d]", static_cast<long long>(overflow ? -1 : n), kSignalCount - 1), false;
    sigaddset(out, static_cast<int>(n));
  }
  return static_cast<bool>(items);
}
Value pthreadSigmaskFunction(Value, const Value* argv) {
  int how;
  sigset_t mask, old;
  if (!intArgument(argv[0], &how) || !maskOf(argv[1], &mask)) return Value();
  int r = pthread_sigmask(how, &mask, &old);
  if (r) return raiseOsError(r);
  return servePoll() < 0 ? Value() : setOf(old);
}
Value sigpendingFunction(Value) {
  sigset_t set;
  return sigpending(&set) < 0 ? raiseOsError(errno) : setOf(set);
}
Value sigwaitFunction(Value, const Value* argv) {
  sigset_t mask;
  if (!maskOf(argv[0], &mask)) return Value();
  int n, r;
  {
    Blocking release;
    r = sigwait(&mask, &n);
  }
  return r ? raiseOsError(r) : newInt(n);
}
constinit const char* const infoFields[] = {"si_signo", "si_code", "si_errno", "si_pid", "si_uid", "si_status", "si_band"};
constinit const StructSequenceDef infoDef = {infoFields, 7, 7};
KRAIT_STRUCT_SEQUENCE_TYPE(infoType, "signal.struct_siginfo", kTypeOwnModule);

Value infoTuple(const siginfo_t& info) {
  const Value parts[] = {newInt(info.si_signo), newInt(info.si_code), newInt(info.si_errno), newInt(info.si_pid), newInt(info.si_uid),
                         newInt(info.si_status), newInt(info.si_band)};
  return newStructSequence(&infoType, &infoDef, parts);
}
Value sigwaitinfoFunction(Value, const Value* argv) {
  sigset_t mask;
  if (!maskOf(argv[0], &mask)) return Value();
  for (;;) {
    siginfo_t info;
    int r, error;
    {
      Blocking release;
      r = sigwaitinfo(&mask, &info);
      error = errno;
    }
    if (r >= 0) return infoTuple(info);
    if (error != EINTR) return raiseOsError(error);
    if (servePoll() < 0) return Value();
  }
}
Value sigtimedwaitFunction(Value, const Value* argv) {
  sigset_t mask;
  if (!maskOf(argv[0], &mask)) return Value();
  double left;
  if (secondsOf(argv[1], 1, &left) < 0) return Value();
  if (left < 0) return raise(ValueErrorType, "timeout must be non-negative");
  for (const double end = monotonicSeconds() + left;; left = std::max(0.0, end - monotonicSeconds())) {
    const double whole = std::floor(left);
    const timespec wait = {static_cast<time_t>(whole), static_cast<long>((left - whole) * 1e9)};
    siginfo_t info;
    int r, error;
    {
      Blocking release;
      r = sigtimedwait(&mask, &info, &wait);
      error = errno;
    }
    if (r >= 0) return infoTuple(info);
    if (error == EAGAIN) return newRef(none());
    if (error != EINTR) return raiseOsError(error);
    if (servePoll() < 0) return Value();
  }
}
Value pidfdSendSignalFunction(Value, const Value* argv) {
  int fd = 0, n = 0, flags = 0;
  if (!intArgument(argv[0], &fd) || !intArgument(argv[1], &n) || !intArgument(argv[3], &flags)) return Value();
  if (argv[2] && !isNone(argv[2])) return raise(TypeErrorType, "siginfo must be None");
  if (syscall(SYS_pidfd_send_signal, fd, n, nullptr, flags) < 0) return raiseOsError(errno);
  // A signal to ourselves is handled before the call returns.
  return servePoll() < 0 ? Value() : newRef(none());
}
Value pthreadKillFunction(Value, const Value* argv) {
  int n;
  if (!isInt(argv[0])) return raise(TypeErrorType, "pthread_kill() argument 1 must be int, not %G", argv[0]);
  if (!intArgument(argv[1], &n)) return Value();
  int r = pthread_kill(static_cast<pthread_t>(intToUint64Mask(argv[0])), n);
  if (r) return raiseOsError(r);
  return servePoll() < 0 ? Value() : newRef(none());
}
Value validSignalsFunction(Value) {
  sigset_t set;
  sigfillset(&set);
  return setOf(set);
}

constinit const MethodDef methods[] = {
    {"signal", signalFunction, "($module, signalnum, handler, /)"},
    {"getsignal", getsignalFunction, "($module, signalnum, /)"},
    {"raise_signal", raiseSignalFunction, "($module, signalnum, /)"},
    {"strsignal", strsignalFunction, "($module, signalnum, /)"},
    {"alarm", alarmFunction, "($module, seconds, /)"},
    {"pause", pauseFunction, "($module, /)"},
    {"setitimer", setitimerFunction, "($module, which, seconds, interval=0.0, /)"},
    {"getitimer", getitimerFunction, "($module, which, /)"},
    {"set_wakeup_fd", setWakeupFdFunction, "(fd, /, *, warn_on_full_buffer=True)", kMethodUnsigned},
    {"siginterrupt", siginterruptFunction, "($module, signalnum, flag, /)"},
    {"default_int_handler", defaultIntHandlerFunction, "($module, signalnum, frame, /)"},
    {"pthread_sigmask", pthreadSigmaskFunction, "($module, how, mask, /)"},
    {"pthread_kill", audited<"signal.pthread_kill", "0 1", pthreadKillFunction>, "($module, thread_id, signalnum, /)"},
    {"sigpending", sigpendingFunction, "($module, /)"},
    {"sigwait", sigwaitFunction, "($module, sigset, /)"},
    {"sigwaitinfo", sigwaitinfoFunction, "($module, sigset, /)"},
    {"sigtimedwait", sigtimedwaitFunction, "($module, sigset, timeout, /)"},
    {"pidfd_send_signal", pidfdSendSignalFunction, "($module, pidfd, signalnum, siginfo=None, flags=0, /)"},
    {"valid_signals", validSignalsFunction, "($module, /)"},
    {},
};

int execute(Value module) {
#define S(name) {#name, name}
  static const struct { const char* name; int64_t value; } constants[] = {
      S(SIGHUP), S(SIGINT), S(SIGQUIT), S(SIGILL), S(SIGTRAP), S(SIGABRT), S(SIGBUS), S(SIGFPE), S(SIGKILL), S(SIGUSR1), S(SIGSEGV),
      S(SIGUSR2), S(SIGPIPE), S(SIGALRM), S(SIGTERM), S(SIGSTKFLT), S(SIGCHLD), S(SIGCONT), S(SIGSTOP), S(SIGTSTP), S(SIGTTIN), S(SIGTTOU),
      S(SIGURG), S(SIGXCPU), S(SIGXFSZ), S(SIGVTALRM), S(SIGPROF), S(SIGWINCH), S(SIGIO), S(SIGPWR), S(SIGSYS), {"SIGIOT", SIGABRT},
      {"SIGCLD", SIGCHLD}, {"SIGPOLL", SIGIO}, {"SIGRTMIN", 34}, {"SIGRTMAX", 64}, {"NSIG", kSignalCount}, {"SIG_DFL", kDefault},
      {"SIG_IGN", kIgnore}, S(SIG_BLOCK), S(SIG_UNBLOCK), S(SIG_SETMASK), S(ITIMER_REAL), S(ITIMER_VIRTUAL), S(ITIMER_PROF)};
#undef S
  for (auto& c : constants)
    if (moduleAdd(module, c.name, Value::ofSmallInt(c.value)) < 0) return -1;
  Value handler = dictGet(moduleDict(module), "default_int_handler");
  if (!handler) return -1;
  defaultIntHandler = newRef(handler);
  structSequenceReady(&infoType, &infoDef);
  if (moduleAddType(module, &infoType) < 0) return -1;
  itimerErrorType = addModuleException(module, "signal", "itimer_error", OSErrorType);
  if (!itimerErrorType || moduleAdd(module, "ItimerError", newRef(asValue(itimerErrorType))) < 0) return -1;
  const Ref own(internStr("itimer_error")); // the class's name is not the module's
  return dictDelete(moduleDict(module), own);
}

} // namespace

extern "C" constinit const NativeModule krt_module_signal = {"_signal", methods, execute};

} // namespace krait
