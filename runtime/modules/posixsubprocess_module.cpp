// _posixsubprocess.fork_exec: what subprocess starts children with.
//
// Between fork and exec the child calls only async-signal-safe functions, unless
// there is a preexec_fn. A failure is written to the error pipe as
// "OSError:<errno in hex>:<note>", which the parent turns into an exception.
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <string>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>
#include "runtime/modules/id_argument.h"
#include "runtime/modules/parsed_int.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/posix/posix_shared.h"
#include "runtime/object/protocol.h"
#include "runtime/startup/own_executable.h"
#include "runtime/threads/gil.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace krait {
namespace {

struct Child {
  std::vector<std::string> arguments, programs, environment;
  std::vector<char*> argumentPointers, environmentPointers;
  bool hasEnvironment = false, closeOthers, restoreSignals, newSession;
  std::vector<int> kept; // sorted
  std::string directory, mark; // of own_executable.h, or empty
  bool hasDirectory = false;
  int inRead, inWrite, outRead, outWrite, errRead, errWrite, errorRead, errorWrite;
  int group;
  int64_t groupId = -1, userId = -1;
  std::vector<gid_t> extraGroups;
  bool hasExtraGroups = false;
  int mask = -1;
  Value preexec;
};

/// An id, or None, which leaves -1. False with an error.
bool optionalId(Value v, const char* what, int64_t* out) {
  uint32_t id;
  if (isNone(v)) return true;
  if (!idArgument(v, what, &id)) return false;
  *out = id == UINT32_MAX ? -1 : int64_t{id};
  return true;
}

bool isKept(const Child& c, int fd) {
  for (int k : c.kept)
    if (k == fd) return true;
  return false;
}

/// Closes everything above stderr that is not kept.
void closeOthers(const Child& c) {
  int from = 3;
  for (int k : c.kept) { // sorted: the gaps between them go
    if (k < from) continue;
    if (k > from) syscall(SYS_close_range, from, k - 1, 0);
    from = k + 1;
  }
  syscall(SYS_close_range, from, ~0u, 0);
}

bool clearCloseOnExec(int fd) {
  int flags = fcntl(fd, F_GETFD);
  return flags >= 0 && fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC) >= 0;
}

/// Puts `from` at `to`; equal ones only lose close-on-exec.
bool place(int from, int to) {
  if (from == to) return clearCloseOnExec(from);
  return from < 0 || dup2(from, to) >= 0;
}

/// Everything up to exec. Returns the note for the error pipe; errno says why.
const char* runChild(Child& c) {
  for (int k : c.kept)
    if (k != c.errorWrite && !clearCloseOnExec(k)) return "";
  for (int fd : {c.inWrite, c.outRead, c.errRead}) // the parent's ends
    if (fd >= 0) close(fd);
  close(c.errorRead);
  // A pipe end that sits at a low number must not be overwritten before its turn.
  if (c.outWrite == 0) c.outWrite = dup(c.outWrite);
  while (c.errWrite == 0 || c.errWrite == 1) c.errWrite = dup(c.errWrite); // the copy may be one of them, too
  if (!place(c.inRead, 0) || !place(c.outWrite, 1) || !place(c.errWrite, 2)) return "";
  if (c.hasDirectory && chdir(c.directory.c_str()) < 0) return "noexec";
  if (c.mask >= 0) umask(static_cast<mode_t>(c.mask));
  if (c.restoreSignals)
    for (int number : {SIGPIPE, SIGXFSZ}) signal(number, SIG_DFL);
  if (c.newSession) setsid();
  if (c.group >= 0 && setpgid(0, static_cast<pid_t>(c.group)) < 0) return "";
  if (c.hasExtraGroups && setgroups(c.extraGroups.size(), c.extraGroups.data()) < 0) return "";
  if (c.groupId >= 0 && setregid(static_cast<gid_t>(c.groupId), static_cast<gid_t>(c.groupId)) < 0) return "";
  if (c.userId >= 0 && setreuid(static_cast<uid_t>(c.userId), static_cast<uid_t>(c.userId)) < 0) return "";
  if (c.preexec) {
    Ref result(call(c.preexec));
    if (!result) {
      errorClear();
      errno = 0;
      return "Exception occurred in preexec_fn.";
    }
  }
  if (c.closeOthers) closeOthers(c);
  if (!c.mark.empty() && !c.hasEnvironment) putenv(c.mark.data());
  int worst = 0;
  for (std::string& program : c.programs) {
    if (c.hasEnvironment) execve(program.c_str(), c.argumentPointers.data(), c.environmentPointers.data());
    else execv(program.c_str(), c.argumentPointers.data());
    if (errno != ENOENT && errno != ENOTDIR && worst == 0) worst = errno;
  }
  if (worst) errno = worst;
  return "";
}

[[noreturn]] void child(Child& c) {
  const char* note = runChild(c);
  char text[128];
  int n = errno ? snprintf(text, sizeof text, "OSError:%X:%s", errno, note)
                : snprintf(text, sizeof text, "SubprocessError:0:%s", note);
  [[maybe_unused]] ssize_t written = write(c.errorWrite, text, static_cast<size_t>(n));
  _exit(255);
}

/// Whether `program`, seen from the child's folder, is the file of this executable.
bool isOwnExecutable(const Child& c, const std::string& program) {
  struct stat own, other;
  const bool relative = c.hasDirectory && !program.starts_with('/');
  const std::string path = relative ? c.directory + "/" + program : program;
  return stat(path.c_str(), &other) == 0 && stat(ownExecutable().c_str(), &own) == 0 && own.st_dev == other.st_dev && own.st_ino == other.st_ino;
}

/// A child that is, or starts, this executable learns that its arguments are meant for python3.
void markOwnChild(Child* c) {
  const bool direct = std::any_of(c->programs.begin(), c->programs.end(), [&](const std::string& p) { return isOwnExecutable(*c, p); });
  if (!direct && !std::any_of(c->arguments.begin(), c->arguments.end(), [](const std::string& a) { return mentionsOwnExecutable(a); }))
    return;
  c->mark = executableMark(direct);
  if (!c->hasEnvironment) return;
  c->environment.push_back(c->mark);
  c->environmentPointers = posix::pointers(c->environment);
}

/// Reads fork_exec's arguments; false with an error.
bool readArguments(const Args& args, Child* c) {
  if (!posix::pathVector(args[0], &c->arguments) || !posix::pathVector(args[1], &c->programs)) return false;
  c->argumentPointers = posix::pointers(c->arguments);
  int32_t closing = isTrue(args[2]);
  if (closing < 0) return false;
  c->closeOthers = closing;
  Ref kept(toTuple(args[3]));
  for (int64_t i = 0; kept && i < asTuple(kept)->size; ++i) {
    int64_t fd = toIndex(asTuple(kept)->items[i], &OverflowErrorType);
    if (fd < 0) return errorSet() || raise(ValueErrorType, "bad value(s) in fds_to_keep"), false;
    if (!c->kept.empty() && fd <= c->kept.back()) return raise(ValueErrorType, "bad value(s) in fds_to_keep"), false;
    c->kept.push_back(static_cast<int>(fd));
  }
  if (!kept) return false;
  if (!isNone(args[4])) {
    Ref directory(fileSystemPath(args[4]));
    if (!directory) return false;
    c->directory = bytesView(directory);
    c->hasDirectory = true;
  }
  if (!isNone(args[5])) {
    if (!posix::pathVector(args[5], &c->environment)) return false;
    c->environmentPointers = posix::pointers(c->environment);
    c->hasEnvironment = true;
  }
  int* descriptors[] = {&c->inRead, &c->inWrite, &c->outRead, &c->outWrite, &c->errRead, &c->errWrite, &c->errorRead, &c->errorWrite};
  for (size_t i = 0; i < 8; ++i) {
    int64_t fd = toIndex(args[6 + i], &OverflowErrorType);
    if (fd == -1 && errorSet()) return false;
    *descriptors[i] = static_cast<int>(fd);
  }
  int32_t restore = isTrue(args[14]), session = isTrue(args[15]);
  if (restore < 0 || session < 0) return false;
  c->restoreSignals = restore;
  c->newSession = session;
  if (!parsedIntArgument(args[16], &c->group) || !parsedIntArgument(args[20], &c->mask)) return false;
  if (!optionalId(args[17], "gid", &c->groupId) || !optionalId(args[19], "uid", &c->userId)) return false;
  if (!isNone(args[18])) {
    Ref groups(toTuple(args[18]));
    for (int64_t i = 0; groups && i < asTuple(groups)->size; ++i) {
      uint32_t id;
      if (!idArgument(asTuple(groups)->items[i], "gid", &id)) return errorClear(), raise(ValueErrorType, "invalid group id"), false;
      c->extraGroups.push_back(id);
    }
    if (!groups) return false;
    c->hasExtraGroups = true;
  }
  c->preexec = isNone(args[21]) ? Value() : args[21];
  markOwnChild(c);
  return true;
}

Value forkExec(Value, const Args& args) {
  constexpr size_t kCount = 23; // the last one allows vfork, which we do not use
  if (args.count != kCount) return raise(TypeErrorType, "fork_exec expected %zd arguments, got %zd", kCount, args.count);
  Child c;
  if (!readArguments(args, &c)) return Value();
  if (!isKept(c, c.errorWrite)) {
    // The error pipe is in fds_to_keep as subprocess passes it; keep it whatever the caller said.
    size_t at = 0;
    while (at < c.kept.size() && c.kept[at] < c.errorWrite) ++at;
    c.kept.insert(c.kept.begin() + static_cast<std::ptrdiff_t>(at), c.errorWrite);
  }
  pid_t pid = fork();
  if (pid == 0) {
    gilAfterFork();
    child(c);
  }
  return pid < 0 ? raiseOsError(errno) : newInt(pid);
}

const MethodDef methods[] = {{"fork_exec", forkExec}, {}};

} // namespace

extern "C" constinit const NativeModule krt_module_posixsubprocess = {"_posixsubprocess", methods, nullptr};

} // namespace krait
