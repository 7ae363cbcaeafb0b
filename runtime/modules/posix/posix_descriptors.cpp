// posix: reading and writing at positions and in parts, copying between
// descriptors, terminals, and descriptors that are no files.
#include <cerrno>
#include <climits>
#include <memory>
#include <pty.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utmp.h>
#include <vector>
#include "runtime/modules/parsed_int.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/posix/posix_shared.h"
#include "runtime/object/audit.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/gil.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"
#include "runtime/types/unsigned_argument.h"

namespace krait::posix {
namespace {

/// Calls `operation` without the GIL until no signal interrupts it: its result, or -1 with an error.
template <class F> int64_t perform(F operation) {
  for (;;) {
    int64_t result;
    int error;
    {
      Blocking release;
      result = operation();
      error = errno;
    }
    if (result >= 0) return result;
    if (error != EINTR) return raiseOsError(error), -1;
    if (servePoll() < 0) return -1;
  }
}
Value count(int64_t n) { return n < 0 ? Value() : newInt(n); }
Value finished(int64_t n) { return n < 0 ? Value() : newRef(none()); }

// ---- at positions and in parts -----------------------------------------------------------------

Value readAt(Value, const Value* argv) {
  int fd = 0;
  int64_t size = 0, offset;
  if (!intArgument(argv[0], &fd) || !sizeArgument(argv[1], &size) || !integer(argv[2], &offset)) return Value();
  if (size < 0) return raiseOsError(EINVAL);
  BytesRoom room;
  if (!room.make(size)) return Value();
  const int64_t n = perform([&] { return pread(fd, room.data(), room.size(), offset); });
  return n < 0 ? Value() : room.take(n);
}
Value writeAt(Value, const Value* argv) {
  int fd = 0;
  int64_t offset;
  HeldBuffer bytes;
  if (!intArgument(argv[0], &fd) || !bytes.get(argv[1]) || !integer(argv[2], &offset)) return Value();
  return count(perform([&] { return pwrite(fd, bytes.data(), static_cast<size_t>(bytes.size()), offset); }));
}

/// A sequence of buffers as the system wants it.
class Parts {
public:
  /// False with an error.
  bool get(Value sequence, const char* function, uint32_t flags) {
    if (!isSequence(sequence)) return raise(TypeErrorType, "%s() arg 2 must be a sequence", function), false;
    Ref items(toTuple(sequence));
    for (int64_t i = 0; items && i < asTuple(items)->size; ++i) {
      held_.push_back(std::make_unique<HeldBuffer>());
      if (!held_.back()->get(asTuple(items)->items[i], flags)) return false;
      vectors_.push_back({held_.back()->data(), static_cast<size_t>(held_.back()->size())});
    }
    return static_cast<bool>(items);
  }
  const iovec* data() const { return vectors_.data(); }
  int size() const { return static_cast<int>(vectors_.size()); }

private:
  std::vector<std::unique_ptr<HeldBuffer>> held_;
  std::vector<iovec> vectors_;
};

Value readParts(Value, const Value* argv) {
  int fd = 0;
  Parts parts;
  if (!intArgument(argv[0], &fd) || !parts.get(argv[1], "readv", kBufferWritable)) return Value();
  return count(perform([&] { return readv(fd, parts.data(), parts.size()); }));
}
Value writeParts(Value, const Value* argv) {
  int fd = 0;
  Parts parts;
  if (!intArgument(argv[0], &fd) || !parts.get(argv[1], "writev", kBufferSimple)) return Value();
  return count(perform([&] { return writev(fd, parts.data(), parts.size()); }));
}
Value readPartsAt(Value, const Value* argv) {
  int fd = 0, flags = 0;
  int64_t offset;
  Parts parts;
  if (!intArgument(argv[0], &fd) || !parts.get(argv[1], "preadv", kBufferWritable) || !integer(argv[2], &offset) || !intArgument(argv[3], &flags))
    return Value();
  return count(perform([&] { return preadv2(fd, parts.data(), parts.size(), offset, flags); }));
}
Value writePartsAt(Value, const Value* argv) {
  int fd = 0, flags = 0;
  int64_t offset;
  Parts parts;
  if (!intArgument(argv[0], &fd) || !parts.get(argv[1], "pwritev", kBufferSimple) || !integer(argv[2], &offset) || !intArgument(argv[3], &flags))
    return Value();
  return count(perform([&] { return pwritev2(fd, parts.data(), parts.size(), offset, flags); }));
}

// ---- copying -----------------------------------------------------------------------------------

/// An offset that may be None. False with an error; *pointer is null for None.
bool offsetArgument(Value v, off_t* storage, off_t** pointer) {
  *pointer = nullptr;
  if (!v || isNone(v)) return true;
  int64_t n;
  if (!integer(v, &n)) return false;
  *storage = n;
  *pointer = storage;
  return true;
}

Value sendFile(Value, const Value* argv) {
  int out = 0, in = 0;
  int64_t size = 0;
  off_t storage, *offset;
  if (!intArgument(argv[0], &out) || !intArgument(argv[1], &in) || !offsetArgument(argv[2], &storage, &offset) || !sizeArgument(argv[3], &size))
    return Value();
  return count(perform([&] { return sendfile(out, in, offset, static_cast<size_t>(size)); }));
}
Value copyRange(Value, const Value* argv) {
  int from = 0, to = 0;
  int64_t size = 0;
  off_t fromStorage, toStorage, *fromOffset, *toOffset;
  if (!intArgument(argv[0], &from) || !intArgument(argv[1], &to) || !sizeArgument(argv[2], &size)) return Value();
  if (size < 0) return raise(ValueErrorType, "negative value for 'count' not allowed");
  if (!offsetArgument(argv[3], &fromStorage, &fromOffset) || !offsetArgument(argv[4], &toStorage, &toOffset)) return Value();
  return count(perform([&] { return copy_file_range(from, fromOffset, to, toOffset, static_cast<size_t>(size), 0); }));
}
Value spliceFunction(Value, const Value* argv) {
  int from = 0, to = 0, flags = 0;
  int64_t size = 0;
  off_t fromStorage, toStorage, *fromOffset, *toOffset;
  if (!intArgument(argv[0], &from) || !intArgument(argv[1], &to) || !sizeArgument(argv[2], &size)) return Value();
  if (size < 0) return raise(ValueErrorType, "negative value for 'count' not allowed");
  if (!offsetArgument(argv[3], &fromStorage, &fromOffset) || !offsetArgument(argv[4], &toStorage, &toOffset) || !intArgument(argv[5], &flags))
    return Value();
  return count(perform([&] { return splice(from, fromOffset, to, toOffset, static_cast<size_t>(size), static_cast<unsigned>(flags)); }));
}
Value advise(Value, const Value* argv) {
  int fd = 0, advice = 0;
  int64_t offset, size;
  if (!intArgument(argv[0], &fd) || !integer(argv[1], &offset) || !integer(argv[2], &size) || !intArgument(argv[3], &advice)) return Value();
  return finished(perform([&] {
    const int error = posix_fadvise(fd, offset, size, advice);
    errno = error;
    return error ? -1 : 0;
  }));
}
Value allocate(Value, const Value* argv) {
  int fd = 0;
  int64_t offset, size;
  if (!intArgument(argv[0], &fd) || !integer(argv[1], &offset) || !integer(argv[2], &size)) return Value();
  return finished(perform([&] {
    const int error = posix_fallocate(fd, offset, size);
    errno = error;
    return error ? -1 : 0;
  }));
}
Value lockFile(Value, const Value* argv) {
  int fd = 0, command = 0;
  int64_t size;
  if (!intArgument(argv[0], &fd) || !intArgument(argv[1], &command) || !integer(argv[2], &size)) return Value();
  return finished(perform([&] { return lockf(fd, command, size); }));
}
Value syncFunction(Value) {
  Blocking release;
  sync();
  return none();
}

// ---- terminals ---------------------------------------------------------------------------------

void closeOnExec(int fd) { fcntl(fd, F_SETFD, FD_CLOEXEC); }

Value openTerminal(Value) {
  int master, slave;
  if (openpty(&master, &slave, nullptr, nullptr, nullptr) < 0) return raiseOsError(errno);
  closeOnExec(master);
  closeOnExec(slave);
  return newTuple({newInt(master), newInt(slave)});
}
Value forkTerminal(Value) {
  int master = -1;
  runForkHooks(ForkPhase::Before);
  const pid_t pid = forkpty(&master, nullptr, nullptr, nullptr);
  const int error = errno;
  if (pid == 0) gilAfterFork();
  runForkHooks(pid == 0 ? ForkPhase::InChild : ForkPhase::InParent);
  return pid < 0 ? raiseOsError(error) : newTuple({newInt(pid), newInt(master)});
}
Value loginTerminal(Value, Value v) {
  int fd = 0;
  return intArgument(v, &fd) ? done(login_tty(fd)) : Value();
}
Value controllingTerminal(Value) {
  char name[L_ctermid];
  return newStr(ctermid(name));
}
Value foregroundGroup(Value, Value v) {
  int fd = 0;
  if (!intArgument(v, &fd)) return Value();
  const pid_t group = tcgetpgrp(fd);
  return group < 0 ? raiseOsError(errno) : newInt(group);
}
Value setForegroundGroup(Value, const Value* argv) {
  int fd = 0, group = 0;
  return parsedIntArgument(argv[0], &fd) && parsedIntArgument(argv[1], &group) ? done(tcsetpgrp(fd, group)) : Value();
}

// ---- other descriptors -------------------------------------------------------------------------

Value makeEventFd(Value, const Value* argv) {
  int flags = EFD_CLOEXEC;
  uint64_t count;
  if (!positiveArgument(argv[0], &count)) return Value();
  if (count > UINT32_MAX) return raise(OverflowErrorType, "Python int too large for C unsigned int");
  if (!intArgument(argv[1], &flags)) return Value();
  const int fd = eventfd(static_cast<unsigned>(count), flags);
  return fd < 0 ? raiseOsError(errno) : newInt(fd);
}
Value readEventFd(Value, const Value* argv) {
  int fd = 0;
  eventfd_t value = 0;
  if (!fileDescriptorArgument(argv[0], &fd)) return Value();
  return perform([&] { return eventfd_read(fd, &value); }) < 0 ? Value() : newIntUnsigned(value);
}
Value writeEventFd(Value, const Value* argv) {
  int fd = 0;
  if (!fileDescriptorArgument(argv[0], &fd)) return Value();
  Ref number(index(argv[1]));
  if (!number) return Value();
  const eventfd_t value = intToUint64Mask(number);
  return finished(perform([&] { return eventfd_write(fd, value); }));
}
Value makeMemoryFile(Value, const Value* argv) {
  Ref name(fileSystemPath(argv[0]));
  int flags = MFD_CLOEXEC;
  if (!name || !intArgument(argv[1], &flags)) return Value();
  const int fd = memfd_create(bytesView(name).data(), static_cast<unsigned>(flags));
  return fd < 0 ? raiseOsError(errno) : newInt(fd);
}
Value makeDevice(Value, const Value* argv) {
  int major_ = 0, minor_ = 0;
  return intArgument(argv[0], &major_) && intArgument(argv[1], &minor_)
             ? newIntUnsigned(makedev(static_cast<unsigned>(major_), static_cast<unsigned>(minor_)))
             : Value();
}

constinit const char* const terminalFields[] = {"columns", "lines"};
constinit const StructSequenceDef terminalDef = {terminalFields, 2, 2};
KRAIT_STRUCT_SEQUENCE_TYPE(terminalSizeType, "os.terminal_size", kTypeOwnModule);
Value terminalSize(Value, const Value* argv) {
  int fd = 1;
  if (!intArgument(argv[0], &fd)) return Value();
  winsize w;
  if (ioctl(fd, TIOCGWINSZ, &w) < 0) return raiseOsError(errno);
  Value v[] = {newInt(w.ws_col), newInt(w.ws_row)};
  return newStructSequence(&terminalSizeType, &terminalDef, v);
}

template <unsigned (*Part)(dev_t)> Value devicePart(Value, Value v) {
  uint64_t device;
  return deviceArgument(v, &device) ? newInt(Part(device)) : Value();
}
unsigned majorOf(dev_t d) { return major(d); }
unsigned minorOf(dev_t d) { return minor(d); }

} // namespace

constinit const MethodDef descriptorMethods[] = {
    {"pread", readAt, "($module, fd, length, offset, /)"},
    {"pwrite", writeAt, "($module, fd, buffer, offset, /)"},
    {"readv", readParts, "($module, fd, buffers, /)"},
    {"writev", writeParts, "($module, fd, buffers, /)"},
    {"preadv", readPartsAt, "($module, fd, buffers, offset, flags=0, /)"},
    {"pwritev", writePartsAt, "($module, fd, buffers, offset, flags=0, /)"},
    {"sendfile", sendFile, "($module, /, out_fd, in_fd, offset, count)"},
    {"copy_file_range", copyRange, "($module, /, src, dst, count, offset_src=None, offset_dst=None)"},
    {"splice", spliceFunction, "($module, /, src, dst, count, offset_src=None, offset_dst=None, flags=0)"},
    {"posix_fadvise", advise, "($module, fd, offset, length, advice, /)"},
    {"posix_fallocate", allocate, "($module, fd, offset, length, /)"},
    {"lockf", audited<"os.lockf", "0 1 2", lockFile>, "($module, fd, command, length, /)"},
    {"sync", syncFunction, "($module, /)"},
    {"openpty", openTerminal, "($module, /)"},
    {"forkpty", audited<"os.forkpty", "", forkTerminal>, "($module, /)"},
    {"login_tty", loginTerminal, "($module, fd, /)"},
    {"ctermid", controllingTerminal, "($module, /)"},
    {"tcgetpgrp", foregroundGroup, "($module, fd, /)"},
    {"tcsetpgrp", setForegroundGroup, "($module, fd, pgid, /)"},
    {"eventfd", makeEventFd, "($module, /, initval, flags=EFD_CLOEXEC)"},
    {"eventfd_read", readEventFd, "($module, /, fd)"},
    {"eventfd_write", writeEventFd, "($module, /, fd, value)"},
    {"memfd_create", makeMemoryFile, "($module, /, name, flags=MFD_CLOEXEC)"},
    {"makedev", makeDevice, "($module, major, minor, /)"},
    {"get_terminal_size", terminalSize, "($module, fd=<unrepresentable>, /)"},
    {"major", devicePart<majorOf>, "($module, device, /)"},
    {"minor", devicePart<minorOf>, "($module, device, /)"},
    {},
};

int32_t addDescriptorTypes(Value module) {
  structSequenceReady(&terminalSizeType, &terminalDef);
  return moduleAddType(module, &terminalSizeType);
}

} // namespace krait::posix
