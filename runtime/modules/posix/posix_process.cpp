// posix: processes, users, environment, system facts.
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <grp.h>
#include <sched.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "runtime/modules/parsed_int.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/posix/posix_shared.h"
#include "runtime/object/audit.h"
#include "runtime/object/names.h"
#include "runtime/startup/own_executable.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/gil.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"

extern char** environ;

namespace krait::posix {

namespace {

template <class Id, Id (*Get)()> Value idFunction(Value) { return newInt(static_cast<int64_t>(Get())); }

Value exitNow(Value, const Value* argv) {
  int status;
  if (!intArgument(argv[0], &status)) return Value();
  _exit(status);
}
Value abortFunction(Value) { abort(); }

Value killFunction(Value, const Value* argv) {
  int pid;
  int64_t signal;
  if (!parsedIntArgument(argv[0], &pid) || !sizeArgument(argv[1], &signal)) return Value();
  // CPython cuts the number.
  if (kill(pid, static_cast<int>(signal)) < 0) return raiseOsError(errno);
  // A signal to ourselves is handled before the call returns.
  return servePoll() < 0 ? Value() : newRef(none());
}
Value killpgFunction(Value, const Value* argv) {
  int group, signal;
  return parsedIntArgument(argv[0], &group) && parsedIntArgument(argv[1], &signal) ? done(killpg(group, signal)) : Value();
}

// ---- fork, exec, wait --------------------------------------------------------------------------

Value beforeFork, afterInParent, afterInChild; // lists or null

} // namespace

void runForkHooks(ForkPhase phase) {
  Value hooks = phase == ForkPhase::Before ? beforeFork : phase == ForkPhase::InChild ? afterInChild : afterInParent;
  if (!hooks) return;
  Ref copy(toTuple(hooks));
  int64_t n = copy ? asTuple(copy)->size : 0;
  for (int64_t i = 0; i < n; ++i) {
    Value f = asTuple(copy)->items[phase == ForkPhase::Before ? n - 1 - i : i];
    Ref r(call(f));
    if (!r) errorUnraisable(nullptr, f);
  }
}

namespace {

Value registerAtFork(Value, const Value* argv) {
  auto add = [](Value& list, Value f) {
    if (!f) return true;
    if (!isCallable(f)) {
      raise(TypeErrorType, "callable expected, not %.200T", f);
      return false;
    }
    if (!list) list = newList(0);
    return list && listAppend(list, f) == 0;
  };
  if (!argv[0] && !argv[1] && !argv[2]) return raise(TypeErrorType, "At least one argument is required.");
  return add(beforeFork, argv[0]) && add(afterInChild, argv[1]) && add(afterInParent, argv[2]) ? newRef(none()) : Value();
}
Value forkFunction(Value) {
  runForkHooks(ForkPhase::Before);
  pid_t pid = fork();
  int code = errno;
  if (pid == 0) gilAfterFork();
  runForkHooks(pid == 0 ? ForkPhase::InChild : ForkPhase::InParent);
  return pid < 0 ? raiseOsError(code) : newInt(pid);
}

} // namespace

bool pathVector(Value sequence, std::vector<std::string>* out) {
  Ref items(toTuple(sequence));
  for (int64_t i = 0; items && i < asTuple(items)->size; ++i) {
    Ref bytes(fileSystemPath(asTuple(items)->items[i]));
    if (!bytes) return false;
    out->emplace_back(bytesView(bytes));
  }
  return static_cast<bool>(items);
}
bool stringVector(Value sequence, const char* what, std::vector<std::string>* out) {
  if (isList(sequence) || isTuple(sequence)) return pathVector(sequence, out);
  raise(TypeErrorType, "%s must be a tuple or list", what);
  return false;
}
std::vector<char*> pointers(std::vector<std::string>& v) {
  std::vector<char*> p;
  for (std::string& s : v) p.push_back(s.data());
  p.push_back(nullptr);
  return p;
}
bool startsOwnExecutable(const std::vector<std::string>& arguments) {
  return std::any_of(arguments.begin(), arguments.end(), [](const std::string& a) { return mentionsOwnExecutable(a); });
}
bool environmentVector(Value mapping, std::vector<std::string>* out) {
  Ref items(callMethod(mapping, "items"));
  Ref list(items ? toTuple(items) : Value());
  for (int64_t i = 0; list && i < asTuple(list)->size; ++i) {
    Value pair = asTuple(list)->items[i];
    Ref key(fileSystemPath(asTuple(pair)->items[0])), value(key ? fileSystemPath(asTuple(pair)->items[1]) : Value());
    if (!value) return false;
    if (bytesView(key).empty() || bytesView(key).find('=', 1) != std::string_view::npos)
      return raise(ValueErrorType, "illegal environment variable name"), false;
    out->push_back(std::string(bytesView(key)) + "=" + std::string(bytesView(value)));
  }
  return static_cast<bool>(list);
}
namespace {

Value execvFunction(Value, const Value* argv) {
  Path path;
  std::vector<std::string> arguments;
  if (!path.parse(argv[0], "execv") || !stringVector(argv[1], "execv() arg 2", &arguments)) return Value();
  if (arguments.empty()) return raise(ValueErrorType, "execv() arg 2 must not be empty");
  if (arguments[0].empty()) return raise(ValueErrorType, "execv() arg 2 first element cannot be empty");
  const bool own = path.text() == ownExecutable() || startsOwnExecutable(arguments);
  if (own) setenv(kExecutableWord, executableMark(path.text() == ownExecutable()).c_str() + sizeof kExecutableWord, 1);
  execv(path.text(), pointers(arguments).data());
  const int error = errno;
  if (own) unsetenv(kExecutableWord);
  errno = error;
  return done(-1);
}
Value execveFunction(Value, const Value* argv) {
  Path path;
  std::vector<std::string> arguments, variables;
  if (!path.parse(argv[0], "execve", "path", true) || !stringVector(argv[1], "execve: argv", &arguments) || !environmentVector(argv[2], &variables))
    return Value();
  if (arguments.empty()) return raise(ValueErrorType, "execve: argv must not be empty");
  if (arguments[0].empty()) return raise(ValueErrorType, "execve: argv first element cannot be empty");
  const bool direct = !path.isFd() && path.text() == ownExecutable();
  if (direct || startsOwnExecutable(arguments)) variables.push_back(executableMark(direct));
  if (path.fd() >= 0) fexecve(path.fd(), pointers(arguments).data(), pointers(variables).data());
  else execve(path.text(), pointers(arguments).data(), pointers(variables).data());
  return done(-1, path);
}
Value waitFor(pid_t pid, int options) {
  int status = 0;
  for (;;) {
    pid_t r;
    {
      Blocking release;
      r = waitpid(pid, &status, options);
    }
    if (r >= 0) return newTuple({newInt(r), newInt(status)});
    if (errno != EINTR) return raiseOsError(errno);
    if (servePoll() < 0) return Value();
  }
}
Value waitpidFunction(Value, const Value* argv) {
  int pid, options;
  return parsedIntArgument(argv[0], &pid) && parsedIntArgument(argv[1], &options) ? waitFor(pid, options) : Value();
}
Value waitFunction(Value) { return waitFor(-1, 0); }

template <int Kind> Value statusFunction(Value, const Value* argv) {
  int s;
  if (!intArgument(argv[0], &s)) return Value();
  switch (Kind) {
  case 0: return boolean(WIFEXITED(s));
  case 1: return newInt(WEXITSTATUS(s));
  case 2: return boolean(WIFSIGNALED(s));
  case 3: return newInt(WTERMSIG(s));
  case 4: return boolean(WIFSTOPPED(s));
  case 5: return newInt(WSTOPSIG(s));
  case 6: return boolean(WCOREDUMP(s));
  default: return boolean(WIFCONTINUED(s));
  }
}
Value exitCodeFunction(Value, const Value* argv) {
  int s;
  if (!intArgument(argv[0], &s)) return Value();
  if (WIFEXITED(s)) return newInt(WEXITSTATUS(s));
  if (WIFSIGNALED(s)) return newInt(-WTERMSIG(s));
  if (WIFSTOPPED(s)) return raise(ValueErrorType, "process stopped by delivery of signal %d", WSTOPSIG(s));
  return raise(ValueErrorType, "invalid wait status: %d", s);
}
Value systemFunction(Value, const Value* argv) {
  Ref command(fileSystemPath(argv[0]));
  if (!command) return Value();
  const bool own = mentionsOwnExecutable(bytesView(command));
  if (own) setenv(kExecutableWord, ownExecutable().c_str(), 1);
  int r;
  {
    Blocking release;
    r = system(bytesView(command).data());
  }
  if (own) unsetenv(kExecutableWord);
  return newInt(r);
}

// ---- environment -------------------------------------------------------------------------------

Value putenvFunction(Value, const Value* argv) {
  Ref name(fileSystemPath(argv[0])), value(name ? fileSystemPath(argv[1]) : Value());
  if (!value) return Value();
  if (bytesView(name).find('=') != std::string_view::npos) return raise(ValueErrorType, "illegal environment variable name");
  return done(setenv(bytesView(name).data(), bytesView(value).data(), 1));
}
Value unsetenvFunction(Value, const Value* argv) {
  Ref name(fileSystemPath(argv[0]));
  return name ? done(unsetenv(bytesView(name).data())) : Value();
}
Value environmentDict() {
  Ref d(newDict());
  for (char** e = environ; d && e && *e; ++e) {
    const char* equals = strchr(*e, '=');
    if (!equals) continue;
    Ref key(newBytes(*e, static_cast<size_t>(equals - *e))), value(newBytes(equals + 1, strlen(equals + 1)));
    if (!key || !value || !dictSetDefault(d, key, value)) return Value();
  }
  return d.release();
}

// ---- system facts ------------------------------------------------------------------------------

Value urandomFunction(Value, Value v) {
  int64_t n;
  if (!sizeArgument(v, &n)) return Value();
  if (n < 0) return raise(ValueErrorType, "negative argument not allowed");
  BytesRoom room;
  if (!room.make(n)) return Value();
  for (size_t have = 0; have < room.size();) {
    ssize_t r = getrandom(room.data() + have, room.size() - have, 0);
    if (r < 0 && errno != EINTR) return raiseOsError(errno);
    if (r > 0) have += static_cast<size_t>(r);
  }
  return room.take();
}
Value getrandomFunction(Value, const Value* argv) {
  int64_t n;
  int flags = 0;
  if (!sizeArgument(argv[0], &n) || !intArgument(argv[1], &flags)) return Value();
  if (n < 0) return raiseOsError(EINVAL);
  BytesRoom room;
  if (!room.make(n)) return Value();
  ssize_t r = getrandom(room.data(), room.size(), static_cast<unsigned>(flags));
  return r < 0 ? raiseOsError(errno) : room.take(r);
}
Value cpuCount(Value) {
  long n = sysconf(_SC_NPROCESSORS_ONLN);
  return n > 0 ? newInt(n) : newRef(none());
}
Value strerrorFunction(Value, Value v) {
  int n;
  return intArgument(v, &n) ? newStr(strerror(n)) : Value();
}
Value umaskFunction(Value, Value v) {
  int mask;
  return intArgument(v, &mask) ? newInt(umask(static_cast<mode_t>(mask))) : Value();
}
Value getloadavgFunction(Value) {
  double v[3];
  if (getloadavg(v, 3) != 3) return raise(OSErrorType, "Load averages are unobtainable");
  Ref a(newFloat(v[0])), b(newFloat(v[1])), c(newFloat(v[2]));
  return newTuple({a.get(), b.get(), c.get()});
}
Value niceFunction(Value, Value v) {
  int n;
  if (!intArgument(v, &n)) return Value();
  errno = 0;
  int r = nice(n);
  return r == -1 && errno ? raiseOsError(errno) : newInt(r);
}
Value getloginFunction(Value) {
  const char* name = getlogin();
  return name ? decodeFileSystem(name, strlen(name)) : raiseOsError(errno);
}
Value schedYield(Value) { return done(sched_yield()); }
Value getAffinity(Value, Value v) {
  int pid;
  cpu_set_t set;
  if (!parsedIntArgument(v, &pid)) return Value();
  if (sched_getaffinity(pid, sizeof set, &set) < 0) return raiseOsError(errno);
  Ref result(newSet(Value()));
  for (int i = 0; result && i < CPU_SETSIZE; ++i)
    if (CPU_ISSET(i, &set) && setAdd(result, Value::ofSmallInt(i)) < 0) return Value();
  return result.release();
}
Value getpgidFunction(Value, const Value* argv) {
  int pid;
  if (!parsedIntArgument(argv[0], &pid)) return Value();
  pid_t r = getpgid(pid);
  return r < 0 ? raiseOsError(errno) : newInt(r);
}
Value getsidFunction(Value, Value v) {
  int pid;
  if (!parsedIntArgument(v, &pid)) return Value();
  pid_t r = getsid(pid);
  return r < 0 ? raiseOsError(errno) : newInt(r);
}
Value setsidFunction(Value) { return done(setsid() < 0 ? -1 : 0); }
Value setpgidFunction(Value, const Value* argv) {
  int pid, group;
  return parsedIntArgument(argv[0], &pid) && parsedIntArgument(argv[1], &group) ? done(setpgid(pid, group)) : Value();
}
Value getgroupsFunction(Value) {
  gid_t groups[1024];
  int n = getgroups(1024, groups);
  if (n < 0) return raiseOsError(errno);
  Ref list(newList(0));
  for (int i = 0; list && i < n; ++i)
    if (listAppend(list, newInt(groups[i])) < 0) return Value();
  return list.release();
}
constinit const char* const unameFields[] = {"sysname", "nodename", "release", "version", "machine"};
constinit const StructSequenceDef unameDef = {unameFields, 5, 5};
KRAIT_STRUCT_SEQUENCE_TYPE(unameResultType, "posix.uname_result", kTypeOwnModule);
Value unameFunction(Value) {
  utsname u;
  if (uname(&u) < 0) return raiseOsError(errno);
  Value v[] = {newStr(u.sysname), newStr(u.nodename), newStr(u.release), newStr(u.version), newStr(u.machine)};
  return newStructSequence(&unameResultType, &unameDef, v);
}

constinit const char* const timesFields[] = {"user", "system", "children_user", "children_system", "elapsed"};
constinit const StructSequenceDef timesDef = {timesFields, 5, 5};
KRAIT_STRUCT_SEQUENCE_TYPE(timesResultType, "posix.times_result", kTypeOwnModule);
Value timesFunction(Value) {
  tms t;
  clock_t now = times(&t);
  auto tick = static_cast<double>(sysconf(_SC_CLK_TCK));
  auto s = [&](clock_t c) { return newFloat(static_cast<double>(c) / tick); };
  Value v[] = {s(t.tms_utime), s(t.tms_stime), s(t.tms_cutime), s(t.tms_cstime), s(now)};
  return newStructSequence(&timesResultType, &timesDef, v);
}

} // namespace

constinit const MethodDef processMethods[] = {
    {"getpid", idFunction<pid_t, getpid>, "($module, /)"},
    {"getppid", idFunction<pid_t, getppid>, "($module, /)"},
    {"getuid", idFunction<uid_t, getuid>, "($module, /)"},
    {"geteuid", idFunction<uid_t, geteuid>, "($module, /)"},
    {"getgid", idFunction<gid_t, getgid>, "($module, /)"},
    {"getegid", idFunction<gid_t, getegid>, "($module, /)"},
    {"getpgrp", idFunction<pid_t, getpgrp>, "($module, /)"},
    {"getpgid", getpgidFunction, "($module, /, pid)"},
    {"getsid", getsidFunction, "($module, pid, /)"},
    {"setsid", setsidFunction, "($module, /)"},
    {"setpgid", setpgidFunction, "($module, pid, pgrp, /)"},
    {"getgroups", getgroupsFunction, "($module, /)"},
    {"_exit", exitNow, "($module, /, status)"},
    {"abort", abortFunction, "($module, /)"},
    {"kill", audited<"os.kill", "0 1", killFunction>, "($module, pid, signal, /)"},
    {"killpg", audited<"os.killpg", "0 1", killpgFunction>, "($module, pgid, signal, /)"},
    {"register_at_fork", registerAtFork, "($module, /, *, before=<unrepresentable>, after_in_child=<unrepresentable>, after_in_parent=<unrepresentable>)"},
    {"fork", audited<"os.fork", "", forkFunction>, "($module, /)"},
    {"execv", audited<"os.exec", "0 1 n", execvFunction>, "($module, path, argv, /)"},
    {"execve", audited<"os.exec", "0 1 2", execveFunction>, "($module, /, path, argv, env)"},
    {"waitpid", waitpidFunction, "($module, pid, options, /)"},
    {"wait", waitFunction, "($module, /)"},
    {"WIFEXITED", statusFunction<0>, "($module, /, status)"},
    {"WEXITSTATUS", statusFunction<1>, "($module, /, status)"},
    {"WIFSIGNALED", statusFunction<2>, "($module, /, status)"},
    {"WTERMSIG", statusFunction<3>, "($module, /, status)"},
    {"WIFSTOPPED", statusFunction<4>, "($module, /, status)"},
    {"WSTOPSIG", statusFunction<5>, "($module, /, status)"},
    {"WCOREDUMP", statusFunction<6>, "($module, status, /)"},
    {"WIFCONTINUED", statusFunction<7>, "($module, /, status)"},
    {"waitstatus_to_exitcode", exitCodeFunction, "($module, /, status)"},
    {"system", audited<"os.system", "0b", systemFunction>, "($module, /, command)"},
    {"putenv", audited<"os.putenv", "0b 1b", putenvFunction>, "($module, name, value, /)"},
    {"unsetenv", audited<"os.unsetenv", "0b", unsetenvFunction>, "($module, name, /)"},
    {"urandom", urandomFunction, "($module, size, /)"},
    {"getrandom", getrandomFunction, "($module, /, size, flags=0)"},
    {"cpu_count", cpuCount, "($module, /)"},
    {"strerror", strerrorFunction, "($module, code, /)"},
    {"umask", umaskFunction, "($module, mask, /)"},
    {"getloadavg", getloadavgFunction, "($module, /)"},
    {"nice", niceFunction, "($module, increment, /)"},
    {"getlogin", getloginFunction, "($module, /)"},
    {"sched_yield", schedYield, "($module, /)"},
    {"sched_getaffinity", getAffinity, "($module, pid, /)"},
    {"uname", unameFunction, "($module, /)"},
    {"times", timesFunction, "($module, /)"},
    {},
};

int32_t addProcessParts(Value module) {
  structSequenceReady(&unameResultType, &unameDef);
  structSequenceReady(&timesResultType, &timesDef);
  if (moduleAddType(module, &unameResultType) < 0 || moduleAddType(module, &timesResultType) < 0) return -1;
  return moduleAdd(module, "environ", environmentDict());
}

} // namespace krait::posix
