// posix: opening files, and what can be done with every descriptor.
#include <cerrno>
#include <cstring>
#include <unistd.h>

#include "runtime/modules/embedded_files.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/posix/posix_shared.h"
#include "runtime/object/audit.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::posix {

namespace {

Value openFunction(Value, const Value* argv) {
  Path path;
  int dir, flags, mode = 0777;
  if (!path.parse(argv[0], "open") || !intArgument(argv[1], &flags) || !intArgument(argv[2], &mode) || !dirFd(argv[3], &dir)) return Value();
  if (auditing && !auditTold("open", {argv[0], Value(), Value::ofSmallInt(flags | O_CLOEXEC)})) return Value();
  int fd;
  do {
    Blocking release;
    fd = openat(dir, path.text(), flags | O_CLOEXEC, static_cast<mode_t>(mode));
  } while (fd < 0 && errno == EINTR && servePoll() == 0);
  if (errorSet()) return Value();
  if (fd < 0 && isMissing(dir) && (flags & O_ACCMODE) == O_RDONLY) fd = openEmbedded(path.text());
  return fd < 0 ? done(-1, path) : newInt(fd);
}
Value closeFunction(Value, const Value* argv) {
  int fd;
  if (!intArgument(argv[0], &fd)) return Value();
  int r = close(fd);
  return r < 0 && errno != EINTR ? raiseOsError(errno) : newRef(none());
}
Value closerangeFunction(Value, const Value* argv) {
  int low, high;
  if (!intArgument(argv[0], &low) || !intArgument(argv[1], &high)) return Value();
  for (int fd = std::max(low, 0); fd < high; ++fd) close(fd);
  return newRef(none());
}
Value readFunction(Value, const Value* argv) {
  int fd;
  int64_t n;
  if (!intArgument(argv[0], &fd) || !sizeArgument(argv[1], &n)) return Value();
  if (n < 0) return raiseOsError(EINVAL);
  BytesRoom room;
  if (!room.make(n)) return Value();
  for (;;) {
    ssize_t r;
    {
      Blocking release;
      r = read(fd, room.data(), room.size());
    }
    if (r >= 0) return room.take(r);
    if (errno != EINTR) return raiseOsError(errno);
    if (servePoll() < 0) return Value();
  }
}
Value writeFunction(Value, const Value* argv) {
  int fd;
  Buffer view;
  if (!intArgument(argv[0], &fd) || getBuffer(argv[1], &view, kBufferSimple) < 0) return Value();
  Value result;
  for (;;) {
    ssize_t r;
    {
      Blocking release;
      r = write(fd, view.data, static_cast<size_t>(view.bytes));
    }
    if (r >= 0) result = newInt(r);
    else if (errno != EINTR) raiseOsError(errno);
    else if (servePoll() == 0) continue;
    break;
  }
  releaseBuffer(&view);
  return result;
}
Value lseekFunction(Value, const Value* argv) {
  int fd, whence;
  int64_t to;
  if (!intArgument(argv[0], &fd) || !integer(argv[1], &to) || !intArgument(argv[2], &whence)) return Value();
  off_t r = lseek(fd, to, whence);
  return r < 0 ? raiseOsError(errno) : newInt(r);
}
Value dupFunction(Value, const Value* argv) {
  int fd;
  if (!intArgument(argv[0], &fd)) return Value();
  int r = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  return r < 0 ? raiseOsError(errno) : newInt(r);
}
Value dup2Function(Value, const Value* argv) {
  int fd, to;
  bool inheritable;
  if (!intArgument(argv[0], &fd) || !intArgument(argv[1], &to) || !flag(argv[2], true, &inheritable)) return Value();
  int r = inheritable ? dup2(fd, to) : dup3(fd, to, O_CLOEXEC);
  return r < 0 ? raiseOsError(errno) : newInt(r);
}
Value pipeWith(int flags) {
  int fds[2];
  if (pipe2(fds, flags) < 0) return raiseOsError(errno);
  return newTuple({Value::ofSmallInt(fds[0]), Value::ofSmallInt(fds[1])});
}
Value pipeFunction(Value) { return pipeWith(O_CLOEXEC); }
Value pipe2Function(Value, Value flags) {
  int f;
  return intArgument(flags, &f) ? pipeWith(f) : Value();
}
Value isattyFunction(Value, Value v) {
  int fd;
  return intArgument(v, &fd) ? boolean(isatty(fd)) : Value();
}
Value ttynameFunction(Value, Value v) {
  int fd;
  char name[256];
  if (!intArgument(v, &fd)) return Value();
  int r = ttyname_r(fd, name, sizeof name);
  return r ? raiseOsError(r) : decodeFileSystem(name, strlen(name));
}
template <int (*Sync)(int)> Value syncFunction(Value, const Value* argv) {
  int fd;
  if (!fileDescriptorArgument(argv[0], &fd)) return Value();
  Blocking release;
  return done(Sync(fd));
}
Value ftruncateFunction(Value, const Value* argv) {
  int fd;
  int64_t n;
  return intArgument(argv[0], &fd) && integer(argv[1], &n) ? done(ftruncate(fd, n)) : Value();
}
Value getInheritable(Value, const Value* argv) {
  int fd;
  if (!intArgument(argv[0], &fd)) return Value();
  int r = fcntl(fd, F_GETFD);
  return r < 0 ? raiseOsError(errno) : boolean(!(r & FD_CLOEXEC));
}
Value setInheritable(Value, const Value* argv) {
  int fd, on;
  if (!intArgument(argv[0], &fd) || !intArgument(argv[1], &on)) return Value();
  int r = fcntl(fd, F_GETFD);
  return r < 0 ? raiseOsError(errno) : done(fcntl(fd, F_SETFD, on ? r & ~FD_CLOEXEC : r | FD_CLOEXEC));
}
Value getBlocking(Value, const Value* argv) {
  int fd;
  if (!intArgument(argv[0], &fd)) return Value();
  int r = fcntl(fd, F_GETFL);
  return r < 0 ? raiseOsError(errno) : boolean(!(r & O_NONBLOCK));
}
Value setBlocking(Value, const Value* argv) {
  int fd, on;
  if (!intArgument(argv[0], &fd) || !intArgument(argv[1], &on)) return Value();
  int r = fcntl(fd, F_GETFL);
  return r < 0 ? raiseOsError(errno) : done(fcntl(fd, F_SETFL, on ? r & ~O_NONBLOCK : r | O_NONBLOCK));
}
Value deviceEncoding(Value, const Value* argv) {
  int fd;
  if (!intArgument(argv[0], &fd)) return Value();
  return isatty(fd) ? newStr("UTF-8") : newRef(none());
}

} // namespace

constinit const MethodDef openFileMethods[] = {
    {"open", openFunction, "($module, /, path, flags, mode=511, *, dir_fd=None)"},
    {"close", closeFunction, "($module, /, fd)"},
    {"closerange", closerangeFunction, "($module, fd_low, fd_high, /)"},
    {"read", readFunction, "($module, fd, length, /)"},
    {"write", writeFunction, "($module, fd, data, /)"},
    {"lseek", lseekFunction, "($module, fd, position, how, /)"},
    {"dup", dupFunction, "($module, fd, /)"},
    {"dup2", dup2Function, "($module, /, fd, fd2, inheritable=True)"},
    {"pipe", pipeFunction, "($module, /)"},
    {"pipe2", pipe2Function, "($module, flags, /)"},
    {"isatty", isattyFunction, "($module, fd, /)"},
    {"ttyname", ttynameFunction, "($module, fd, /)"},
    {"fsync", syncFunction<fsync>, "($module, /, fd)"},
    {"fdatasync", syncFunction<fdatasync>, "($module, /, fd)"},
    {"ftruncate", audited<"os.truncate", "0 1", ftruncateFunction>, "($module, fd, length, /)"},
    {"get_inheritable", getInheritable, "($module, fd, /)"},
    {"set_inheritable", setInheritable, "($module, fd, inheritable, /)"},
    {"get_blocking", getBlocking, "($module, fd, /)"},
    {"set_blocking", setBlocking, "($module, fd, blocking, /)"},
    {"device_encoding", deviceEncoding, "($module, /, fd)"},
    {},
};

} // namespace krait::posix
