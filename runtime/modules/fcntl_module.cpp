// fcntl: control of descriptors and locks on files.
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "runtime/modules/module_constants.h"
#include "runtime/modules/parsed_int.h"
#include "runtime/object/audit.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/arguments.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

constexpr size_t kArgumentBytes = 1024;

/// The last 32 bits of any int; null leaves *out alone.
bool maskedArgument(Value v, unsigned* out) {
  if (!v) return true;
  Ref number(index(v));
  if (number) *out = static_cast<unsigned>(intToUint64Mask(number));
  return static_cast<bool>(number);
}
/// Offsets and lengths; null leaves *out alone.
bool longArgument(Value v, int64_t* out) {
  if (!v) return true;
  *out = toInt64(v);
  return !(*out == -1 && errorSet());
}

/// Repeats an interrupted call after serving signals: its result, or -1 with an error.
template <class F> int perform(F operation) {
  for (;;) {
    int status, error;
    {
      Blocking release;
      status = operation();
      error = errno;
    }
    if (status >= 0) return status;
    if (error != EINTR) return raiseOsError(error), -1;
    if (pollRequests.load() && servePoll() < 0) return -1;
  }
}

/// Copies a bytes-like or str argument into a buffer: its size, or -1 with an error.
int64_t copyArgument(Value v, char* out, const char* function) {
  Ref bytes(isStr(v) ? encodeStr(v, "utf-8", nullptr) : newRef(v));
  Buffer view;
  if (!bytes || getBuffer(bytes, &view, kBufferSimple) < 0) return -1;
  auto size = static_cast<size_t>(view.bytes);
  bool fits = size <= kArgumentBytes;
  if (fits) {
    memcpy(out, view.data, size);
    out[size] = 0;
  }
  releaseBuffer(&view);
  return fits ? static_cast<int64_t>(size) : fail(ValueErrorType, "%s string arg too long", function);
}

bool isText(Value v) { return isStr(v) || isBytes(v); }

Value fcntlFunction(Value, const Value* argv) {
  int fd, code;
  unsigned number = 0;
  if (!fileDescriptorArgument(argv[0], &fd) || !intArgument(argv[1], &code)) return Value();
  if (!argv[2] || !isText(argv[2])) {
    if (!maskedArgument(argv[2], &number)) return Value();
    int status = perform([&] { return fcntl(fd, code, static_cast<int>(number)); });
    return status < 0 ? Value() : newInt(status);
  }
  char bytes[kArgumentBytes + 1];
  int64_t size = copyArgument(argv[2], bytes, "fcntl");
  if (size < 0 || perform([&] { return fcntl(fd, code, bytes); }) < 0) return Value();
  return newBytes(std::string_view(bytes, static_cast<size_t>(size)));
}

Value ioctlFunction(Value, const Value* argv) {
  int fd, number = 0;
  unsigned request = 0;
  if (!fileDescriptorArgument(argv[0], &fd) || !maskedArgument(argv[1], &request)) return Value();
  if (!argv[2] || !(isText(argv[2]) || readyTypeOf(argv[2])->buffer)) {
    if (!parsedIntArgument(argv[2], &number)) return Value();
    int status = perform([&] { return ioctl(fd, request, number); });
    return status < 0 ? Value() : newInt(status);
  }
  int32_t mutate = argv[3] ? isTrue(argv[3]) : 1;
  if (mutate < 0) return Value();
  Buffer view;
  if (mutate && !isText(argv[2])) {
    if (getBuffer(argv[2], &view, kBufferWritable) < 0) return Value();
    int status = perform([&] { return ioctl(fd, request, view.data); });
    releaseBuffer(&view);
    return status < 0 ? Value() : newInt(status);
  }
  char bytes[kArgumentBytes + 1];
  int64_t size = copyArgument(argv[2], bytes, "ioctl");
  if (size < 0 || perform([&] { return ioctl(fd, request, bytes); }) < 0) return Value();
  return newBytes(std::string_view(bytes, static_cast<size_t>(size)));
}

Value flockFunction(Value, const Value* argv) {
  int fd, operation;
  if (!fileDescriptorArgument(argv[0], &fd) || !intArgument(argv[1], &operation)) return Value();
  return perform([&] { return flock(fd, operation); }) < 0 ? Value() : newRef(none());
}

Value lockfFunction(Value, const Value* argv) {
  int fd, operation, whence = 0;
  int64_t length = 0, start = 0;
  if (!fileDescriptorArgument(argv[0], &fd) || !intArgument(argv[1], &operation)) return Value();
  struct flock lock = {};
  if (operation == LOCK_UN) lock.l_type = F_UNLCK;
  else if (operation & LOCK_SH) lock.l_type = F_RDLCK;
  else if (operation & LOCK_EX) lock.l_type = F_WRLCK;
  else return raise(ValueErrorType, "unrecognized lockf argument");
  if (!longArgument(argv[2], &length) || !longArgument(argv[3], &start) || !intArgument(argv[4], &whence)) return Value();
  lock.l_start = start;
  lock.l_len = length;
  lock.l_whence = static_cast<short>(whence);
  int command = operation & LOCK_NB ? F_SETLK : F_SETLKW;
  return perform([&] { return fcntl(fd, command, &lock); }) < 0 ? Value() : newRef(none());
}

const MethodDef methods[] = {
    {"fcntl", audited<"fcntl.fcntl", "0 1 2z", fcntlFunction>, "($module, fd, cmd, arg=0, /)"},
    {"ioctl", audited<"fcntl.ioctl", "0 1 2z", ioctlFunction>, "($module, fd, request, arg=0, mutate_flag=True, /)"},
    {"flock", audited<"fcntl.flock", "0 1", flockFunction>, "($module, fd, operation, /)"},
    {"lockf", audited<"fcntl.lockf", "0 1 2z 3z 4z", lockfFunction>, "($module, fd, cmd, len=0, start=0, whence=0, /)"},
    {},
};

constexpr ModuleConstant constants[] = {
    KRAIT_MODULE_CONSTANT(LOCK_SH),     KRAIT_MODULE_CONSTANT(LOCK_EX),     KRAIT_MODULE_CONSTANT(LOCK_NB),      KRAIT_MODULE_CONSTANT(LOCK_UN),       KRAIT_MODULE_CONSTANT(F_DUPFD),
    KRAIT_MODULE_CONSTANT(F_DUPFD_CLOEXEC), KRAIT_MODULE_CONSTANT(F_GETFD), KRAIT_MODULE_CONSTANT(F_SETFD),      KRAIT_MODULE_CONSTANT(F_GETFL),       KRAIT_MODULE_CONSTANT(F_SETFL),
    KRAIT_MODULE_CONSTANT(F_GETLK),     KRAIT_MODULE_CONSTANT(F_SETLK),     KRAIT_MODULE_CONSTANT(F_SETLKW),     KRAIT_MODULE_CONSTANT(F_GETOWN),      KRAIT_MODULE_CONSTANT(F_SETOWN),
    KRAIT_MODULE_CONSTANT(F_GETSIG),    KRAIT_MODULE_CONSTANT(F_SETSIG),    KRAIT_MODULE_CONSTANT(F_RDLCK),      KRAIT_MODULE_CONSTANT(F_WRLCK),       KRAIT_MODULE_CONSTANT(F_UNLCK),
    KRAIT_MODULE_CONSTANT(F_GETLEASE),  KRAIT_MODULE_CONSTANT(F_SETLEASE),  KRAIT_MODULE_CONSTANT(F_GETPIPE_SZ), KRAIT_MODULE_CONSTANT(F_SETPIPE_SZ),  KRAIT_MODULE_CONSTANT(FD_CLOEXEC),
    KRAIT_MODULE_CONSTANT(F_OFD_GETLK), KRAIT_MODULE_CONSTANT(F_OFD_SETLK), KRAIT_MODULE_CONSTANT(F_OFD_SETLKW), KRAIT_MODULE_CONSTANT(F_NOTIFY),      KRAIT_MODULE_CONSTANT(FASYNC),
    KRAIT_MODULE_CONSTANT(F_ADD_SEALS), KRAIT_MODULE_CONSTANT(F_GET_SEALS), KRAIT_MODULE_CONSTANT(F_SEAL_SEAL),  KRAIT_MODULE_CONSTANT(F_SEAL_SHRINK), KRAIT_MODULE_CONSTANT(F_SEAL_GROW),
    KRAIT_MODULE_CONSTANT(F_SEAL_WRITE), KRAIT_MODULE_CONSTANT(LOCK_MAND),  KRAIT_MODULE_CONSTANT(LOCK_READ),    KRAIT_MODULE_CONSTANT(LOCK_WRITE),    KRAIT_MODULE_CONSTANT(LOCK_RW),
    KRAIT_MODULE_CONSTANT(DN_ACCESS),   KRAIT_MODULE_CONSTANT(DN_MODIFY),   KRAIT_MODULE_CONSTANT(DN_CREATE),    KRAIT_MODULE_CONSTANT(DN_DELETE),     KRAIT_MODULE_CONSTANT(DN_RENAME),
    KRAIT_MODULE_CONSTANT(DN_ATTRIB),   KRAIT_MODULE_CONSTANT(DN_MULTISHOT), KRAIT_MODULE_CONSTANT(F_SHLCK),    KRAIT_MODULE_CONSTANT(F_EXLCK),
    {"F_GETLK64", F_GETLK}, {"F_SETLK64", F_SETLK}, {"F_SETLKW64", F_SETLKW}, // one and the same where off_t has 64 bits
};

int exec(Value module) {
  return moduleAddConstants(module, constants);
}

} // namespace

extern "C" constinit const NativeModule krt_module_fcntl = {"fcntl", methods, exec};

} // namespace krait
