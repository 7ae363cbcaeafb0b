// posix: posix_spawn, and the ways of waiting that tell more.
#include <cerrno>
#include <csignal>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>
#include "runtime/modules/parsed_int.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/posix/posix_shared.h"
#include "runtime/object/audit.h"
#include "runtime/startup/own_executable.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"

extern char** environ;

namespace krait::posix {
namespace {

// ---- spawning ----------------------------------------------------------------------------------

enum Action : int { kOpen = 0, kClose = 1, kDup2 = 2 };

class FileActions {
public:
  FileActions() { posix_spawn_file_actions_init(&actions_); }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  /// Reads the sequence of tuples; false with an error.
  bool read(Value sequence) {
    Ref items(toTuple(sequence));
    for (int64_t i = 0; items && i < asTuple(items)->size; ++i)
      if (!add(asTuple(items)->items[i])) return false;
    return static_cast<bool>(items);
  }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

private:
  bool add(Value item);
  posix_spawn_file_actions_t actions_;
};

bool FileActions::add(Value item) {
  if (!isTuple(item) || asTuple(item)->size == 0)
    return raise(TypeErrorType, "Each file_actions element must be a non-empty tuple"), false;
  const Value* part = asTuple(item)->items;
  const int64_t size = asTuple(item)->size;
  int kind = 0, fd = 0, number = 0;
  if (!intArgument(part[0], &kind)) return false;
  int error = 0;
  if (kind == kOpen) {
    int mode = 0;
    if (size != 5) return raise(TypeErrorType, "A open file_action tuple must have 5 elements"), false;
    Ref path(intArgument(part[1], &fd) ? fileSystemPath(part[2]) : Value());
    if (!path || !intArgument(part[3], &number) || !intArgument(part[4], &mode)) return false;
    error = posix_spawn_file_actions_addopen(&actions_, fd, bytesView(path).data(), number, static_cast<mode_t>(mode));
  } else if (kind == kClose) {
    if (size != 2) return raise(TypeErrorType, "A close file_action tuple must have 2 elements"), false;
    if (!intArgument(part[1], &fd)) return false;
    error = posix_spawn_file_actions_addclose(&actions_, fd);
  } else if (kind == kDup2) {
    if (size != 3) return raise(TypeErrorType, "A dup2 file_action tuple must have 3 elements"), false;
    if (!intArgument(part[1], &fd) || !intArgument(part[2], &number)) return false;
    error = posix_spawn_file_actions_adddup2(&actions_, fd, number);
  } else {
    return raise(TypeErrorType, "Unknown file_actions identifier"), false;
  }
  if (error) raiseOsError(error);
  return error == 0;
}

bool signalSet(Value sequence, sigset_t* out) {
  sigemptyset(out);
  Ref items(toTuple(sequence));
  for (int64_t i = 0; items && i < asTuple(items)->size; ++i) {
    const int64_t number = toInt64(asTuple(items)->items[i]);
    if (number == -1 && errorSet()) return false;
    if (number < 1 || number >= NSIG) return raise(ValueErrorType, "signal number %lld out of range", static_cast<long long>(number)), false;
    sigaddset(out, static_cast<int>(number));
  }
  return static_cast<bool>(items);
}

class Attributes {
public:
  Attributes() { posix_spawnattr_init(&attributes_); }
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  /// From setpgroup, resetids, setsid, setsigmask, setsigdef, scheduler (null where absent); false with an error.
  bool read(const Value* argv) {
    int flags = 0, group = 0;
    bool reset = false, session = false;
    if (argv[1] && !isInt(argv[1])) return raise(TypeErrorType, "'%T' object cannot be interpreted as an integer", argv[1]), false;
    if (!intArgument(argv[0], &group) || !truthArgument(argv[1], &reset) || !truthArgument(argv[2], &session)) return false;
    if (argv[0]) {
      posix_spawnattr_setpgroup(&attributes_, group);
      flags |= POSIX_SPAWN_SETPGROUP;
    }
    if (reset) flags |= POSIX_SPAWN_RESETIDS;
    if (session) flags |= POSIX_SPAWN_SETSID;
    sigset_t set;
    if (argv[3]) {
      if (!signalSet(argv[3], &set)) return false;
      posix_spawnattr_setsigmask(&attributes_, &set);
      flags |= POSIX_SPAWN_SETSIGMASK;
    }
    if (argv[4]) {
      if (!signalSet(argv[4], &set)) return false;
      posix_spawnattr_setsigdefault(&attributes_, &set);
      flags |= POSIX_SPAWN_SETSIGDEF;
    }
    if (argv[5] && !isNone(argv[5]) && !readScheduler(argv[5], &flags)) return false;
    posix_spawnattr_setflags(&attributes_, static_cast<short>(flags));
    return true;
  }
  const posix_spawnattr_t* get() const { return &attributes_; }

private:
  bool readScheduler(Value v, int* flags) {
    if (!isTuple(v) || asTuple(v)->size != 2) return raise(TypeErrorType, "A scheduler tuple must have two elements"), false;
    int policy = 0;
    if (!isNone(asTuple(v)->items[0])) {
      if (!intArgument(asTuple(v)->items[0], &policy)) return false;
      posix_spawnattr_setschedpolicy(&attributes_, policy);
      *flags |= POSIX_SPAWN_SETSCHEDULER;
    }
    Ref priority(getAttr(asTuple(v)->items[1], "sched_priority"));
    int number = 0;
    if (!priority || !intArgument(priority, &number)) return false;
    const sched_param param = {number};
    posix_spawnattr_setschedparam(&attributes_, &param);
    *flags |= POSIX_SPAWN_SETSCHEDPARAM;
    return true;
  }
  posix_spawnattr_t attributes_;
};

template <bool SearchesPath> Value spawn(Value, const Value* argv) {
  const char* name = SearchesPath ? "posix_spawnp" : "posix_spawn";
  Path path;
  std::vector<std::string> arguments, variables;
  if (!path.parse(argv[0], name)) return Value();
  if (!isList(argv[1]) && !isTuple(argv[1])) return raise(TypeErrorType, "%s: argv must be a tuple or list", name);
  if (!stringVector(argv[1], name, &arguments)) return Value();
  if (arguments.empty()) return raise(ValueErrorType, "%s: argv must not be empty", name);
  if (arguments[0].empty()) return raise(ValueErrorType, "%s: argv first element cannot be empty", name);
  if (!isMapping(argv[2])) return raise(TypeErrorType, "%s: environment must be a mapping object", name);
  if (!environmentVector(argv[2], &variables)) return Value();
  const bool direct = path.text() == ownExecutable();
  if (direct || startsOwnExecutable(arguments)) variables.push_back(executableMark(direct));
  FileActions actions;
  Attributes attributes;
  if ((argv[3] && !isNone(argv[3]) && !actions.read(argv[3])) || !attributes.read(argv + 4)) return Value();
  pid_t pid;
  const int error = (SearchesPath ? posix_spawnp : ::posix_spawn)(&pid, path.text(), actions.get(), attributes.get(),
                                                                   pointers(arguments).data(), pointers(variables).data());
  return error ? raiseOsError(error, path.object()) : newInt(pid);
}

// ---- waiting -----------------------------------------------------------------------------------

/// (pid, status, usage): the usage is of the class that the resource module has.
Value waitWithUsage(pid_t pid, int options) {
  int status = 0, error;
  struct rusage u;
  pid_t child;
  for (;;) {
    {
      Blocking release;
      child = wait4(pid, &status, options, &u);
      error = errno;
    }
    if (child >= 0) break;
    if (error != EINTR) return raiseOsError(error);
    if (servePoll() < 0) return Value();
  }
  if (child == 0) u = {};
  Ref resource(importModule("resource"));
  Ref type(resource ? getAttr(resource, "struct_rusage") : Value());
  if (!type) return Value();
  auto seconds = [](const timeval& t) { return newFloat(static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6); };
  Ref numbers(newList(0));
  for (Value owned : {seconds(u.ru_utime), seconds(u.ru_stime), newInt(u.ru_maxrss), newInt(u.ru_ixrss), newInt(u.ru_idrss), newInt(u.ru_isrss),
                      newInt(u.ru_minflt), newInt(u.ru_majflt), newInt(u.ru_nswap), newInt(u.ru_inblock), newInt(u.ru_oublock), newInt(u.ru_msgsnd),
                      newInt(u.ru_msgrcv), newInt(u.ru_nsignals), newInt(u.ru_nvcsw), newInt(u.ru_nivcsw)}) {
    Ref number(owned);
    if (!numbers || !number || listAppend(numbers, number) < 0) return Value();
  }
  Ref usage(call(type, {numbers.get()}));
  return usage ? newTuple({newInt(child), newInt(status), usage.get()}) : Value();
}
Value wait3Function(Value, const Value* argv) {
  int options = 0;
  return intArgument(argv[0], &options) ? waitWithUsage(-1, options) : Value();
}
Value wait4Function(Value, const Value* argv) {
  int pid = 0, options = 0;
  return parsedIntArgument(argv[0], &pid) && parsedIntArgument(argv[1], &options) ? waitWithUsage(pid, options) : Value();
}

constinit const char* const waitidFields[] = {"si_pid", "si_uid", "si_signo", "si_status", "si_code"};
constinit const StructSequenceDef waitidDef = {waitidFields, 5, 5};
KRAIT_STRUCT_SEQUENCE_TYPE(waitidResultType, "posix.waitid_result", kTypeOwnModule);

Value waitidFunction(Value, const Value* argv) {
  int kind, id, options, status, error;
  if (!parsedIntArgument(argv[0], &kind) || !parsedIntArgument(argv[1], &id) || !parsedIntArgument(argv[2], &options)) return Value();
  siginfo_t info = {};
  for (;;) {
    {
      Blocking release;
      status = waitid(static_cast<idtype_t>(kind), static_cast<id_t>(id), &info, options);
      error = errno;
    }
    if (status >= 0) break;
    if (error != EINTR) return raiseOsError(error);
    if (servePoll() < 0) return Value();
  }
  if (info.si_pid == 0) return newRef(none());
  const Value parts[] = {newInt(info.si_pid), newInt(info.si_uid), newInt(info.si_signo), newInt(info.si_status), newInt(info.si_code)};
  return newStructSequence(&waitidResultType, &waitidDef, parts);
}
Value openProcess(Value, const Value* argv) {
  int pid = 0, flags = 0;
  if (!parsedIntArgument(argv[0], &pid) || !parsedIntArgument(argv[1], &flags)) return Value();
  const long fd = syscall(SYS_pidfd_open, pid, flags);
  return fd < 0 ? raiseOsError(errno) : newInt(fd);
}

constexpr char kSpawnSignature[] = "($module, path, argv, env, /, *, file_actions=(), setpgroup=0, resetids=False, setsid=False, "
                                   "setsigmask=(), setsigdef=(), scheduler=None)";

} // namespace

constinit const MethodDef spawnMethods[] = {
    {"posix_spawn", audited<"os.posix_spawn", "0 1 2", spawn<false>>, kSpawnSignature},
    {"posix_spawnp", audited<"os.posix_spawn", "0 1 2", spawn<true>>, kSpawnSignature},
    {"wait3", wait3Function, "($module, /, options)"},
    {"wait4", wait4Function, "($module, /, pid, options)"},
    {"waitid", waitidFunction, "($module, idtype, id, options, /)"},
    {"pidfd_open", openProcess, "($module, /, pid, flags=0)"},
    {},
};

int32_t addSpawnTypes(Value module) {
  structSequenceReady(&waitidResultType, &waitidDef);
  return moduleAddType(module, &waitidResultType);
}

} // namespace krait::posix
