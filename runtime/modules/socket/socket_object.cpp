// The socket type. Every call that may block runs without the GIL; with a
// timeout the descriptor is non-blocking and poll() waits for it, until the
// deadline. Interrupted calls serve signals and go on.
#include <cerrno>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <memory>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>
#include <vector>
#include "runtime/memory/alloc.h"
#include "runtime/modules/socket/socket_object.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/threads/timeout.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::sockets {

double defaultTimeout = -1;

int32_t readTimeout(Value v, double* out) {
  if (isNone(v)) {
    *out = -1;
    return 0;
  }
  double seconds;
  if (secondsOf(v, 1, &seconds) < 0) return -1;
  if (seconds < 0) return fail(ValueErrorType, "Timeout value out of range");
  *out = seconds;
  return 0;
}

namespace {

/// Waits until `fd` is ready: 1, 0 at the deadline, -1 with an error.
int32_t waitReady(int fd, short events, double deadline) {
  for (;;) {
    double left = deadline - monotonicSeconds();
    if (left < 0) left = 0;
    pollfd item = {fd, events, 0};
    int status, error;
    {
      Blocking release;
      status = poll(&item, 1, static_cast<int>(std::ceil(left * 1000)));
      error = errno;
    }
    if (status >= 0) return status > 0;
    if (error != EINTR) return raiseOsError(error), -1;
    if (pollRequests.load() && servePoll() < 0) return -1;
  }
}

/// Calls `operation` (a system call: -1 and errno) as the socket's timeout says: its result, or -1 with an error.
/// `connecting`: the operation was begun; wait for it before asking for its outcome.
template <class F>
ssize_t perform(SocketObject* s, short events, F operation, bool connecting = false, double* sharedDeadline = nullptr) {
  double deadline = sharedDeadline ? *sharedDeadline : s->timeout > 0 ? monotonicSeconds() + s->timeout : 0;
  for (;;) {
    if (s->timeout > 0 || connecting) {
      int32_t ready = s->timeout > 0 ? waitReady(s->fd, events, deadline) : waitReady(s->fd, events, monotonicSeconds() + 1e9);
      if (ready < 0) return -1;
      if (!ready) return raise(TimeoutErrorType, "timed out"), -1;
    }
    ssize_t result;
    int error;
    {
      Blocking release;
      result = operation();
      error = errno;
    }
    if (result >= 0) return result;
    if (error == EINTR) {
      if (pollRequests.load() && servePoll() < 0) return -1;
    } else if (!(s->timeout > 0 && (error == EAGAIN || error == EWOULDBLOCK))) {
      raiseOsError(error);
      return -1;
    }
  }
}

bool intArgument(Value v, int* out) {
  int64_t n = toIndex(v, &OverflowErrorType);
  if (n == -1 && errorSet()) return false;
  *out = static_cast<int>(n);
  return true;
}

int32_t setNonBlocking(int fd, bool on) {
  int flag = on;
  if (ioctl(fd, FIONBIO, &flag) < 0) return raiseOsError(errno), -1;
  return 0;
}

Value done() { return newRef(none()); }

// ---- life -----------------------------------------------------------------------------------------

Value construct(Type* type, const Args&) {
  Value self = type->allocate(type, 0);
  if (self) {
    asSocket(self)->fd = -1;
    asSocket(self)->timeout = defaultTimeout;
  }
  return self;
}

int32_t takeDescriptor(SocketObject* s, int fd, int family, int kind, int protocol) {
  s->fd = fd;
  s->family = family;
  s->type = kind & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  s->protocol = protocol;
  if (kind & SOCK_NONBLOCK) {
    s->timeout = 0;
    return 0;
  }
  s->timeout = defaultTimeout;
  return defaultTimeout >= 0 ? setNonBlocking(fd, true) : 0;
}

/// Family, type and protocol of an existing descriptor, where not given (-1).
int32_t describe(int fd, int* family, int* kind, int* protocol) {
  Address address;
  if (getsockname(fd, address.get(), &address.length) < 0) {
    if (*family == -1) return raiseOsError(errno), -1;
    if (errno == EBADF || errno == ENOTSOCK) return raiseOsError(errno), -1;
  } else if (*family == -1) {
    *family = address.storage.ss_family;
  }
  for (auto [value, option] : {std::pair{kind, SO_TYPE}, std::pair{protocol, SO_PROTOCOL}}) {
    socklen_t size = sizeof(int);
    if (*value == -1 && getsockopt(fd, SOL_SOCKET, option, value, &size) < 0) return raiseOsError(errno), -1;
  }
  return 0;
}

int32_t init(Value self, const Args& args) {
  Value argv[4];
  Ref holder[2];
  if (bindArguments("socket", "($self, family=-1, type=-1, proto=-1, fileno=None)", args, argv, 4, holder) < 0) return -1;
  int family = -1, kind = -1, protocol = -1, fd;
  if ((argv[0] && !intArgument(argv[0], &family)) || (argv[1] && !intArgument(argv[1], &kind)) ||
      (argv[2] && !intArgument(argv[2], &protocol)))
    return -1;
  if (argv[3] && !isNone(argv[3])) {
    if (isFloat(argv[3])) return fail(TypeErrorType, "integer argument expected, got float");
    if (!intArgument(argv[3], &fd)) return -1;
    if (fd < 0) return fail(ValueErrorType, "negative file descriptor");
    if (describe(fd, &family, &kind, &protocol) < 0) return -1;
  } else {
    if (family == -1) family = AF_INET;
    if (kind == -1) kind = SOCK_STREAM;
    if (protocol == -1) protocol = 0;
    fd = socket(family, kind | SOCK_CLOEXEC, protocol);
    if (fd < 0) return raiseOsError(errno), -1;
  }
  return takeDescriptor(asSocket(self), fd, family, kind, protocol);
}

void finalize(Object* o) {
  auto* s = reinterpret_cast<SocketObject*>(o);
  if (s->fd == -1) return;
  Ref pending = errorTake();
  if (warn(ResourceWarningType, 1, "unclosed %R", Value(o)) < 0) {
    if (errorMatches(WarningType)) errorUnraisable(nullptr, Value(o));
    errorClear();
  }
  if (s->fd != -1) ::close(s->fd);
  s->fd = -1;
  errorRestore(pending.release());
}

void dealloc(Object* o) {
  if (reinterpret_cast<SocketObject*>(o)->fd != -1) {
    o->refs = 1;
    finalize(o);
    if (--o->refs > 0) return;
  }
  freeObject(o);
}

Value repr(Value self) {
  SocketObject* s = asSocket(self);
  return formatText("<socket object, fd=%d, family=%d, type=%d, proto=%d>", s->fd, s->family, s->type, s->protocol);
}

// ---- connecting -----------------------------------------------------------------------------------

Value acceptConnection(Value self) {
  SocketObject* s = asSocket(self);
  Address address;
  ssize_t fd = perform(s, POLLIN, [&] {
    address.length = sizeof address.storage;
    return accept4(s->fd, address.get(), &address.length, SOCK_CLOEXEC);
  });
  if (fd < 0) return Value();
  Ref shown(makeAddress(address));
  if (!shown) {
    ::close(static_cast<int>(fd));
    return Value();
  }
  return newTuple({newInt(fd), shown});
}

Value bindAddress(Value self, Value address) {
  SocketObject* s = asSocket(self);
  Address a;
  if (readAddress(s, address, &a, "bind") < 0) return Value();
  return ::bind(s->fd, a.get(), a.length) < 0 ? raiseOsError(errno) : done();
}

Value closeSocket(Value self) {
  SocketObject* s = asSocket(self);
  int fd = s->fd;
  if (fd == -1) return done();
  s->fd = -1;
  int status, error;
  {
    Blocking release;
    status = ::close(fd);
    error = errno;
  }
  return status < 0 && error != ECONNRESET ? raiseOsError(error) : done();
}

Value detach(Value self) {
  int fd = asSocket(self)->fd;
  asSocket(self)->fd = -1;
  return newInt(fd);
}

Value fileNumber(Value self) { return newInt(asSocket(self)->fd); }

/// 0, or errno; -1 with a Python error (timeout, signal).
int connectTo(SocketObject* s, Address& a) {
  int status, error;
  {
    Blocking release;
    status = ::connect(s->fd, a.get(), a.length);
    error = errno;
  }
  if (status == 0) return 0;
  bool waits = s->timeout > 0 ? error == EINPROGRESS || error == EINTR : error == EINTR && s->timeout != 0;
  if (error == EINTR && pollRequests.load() && servePoll() < 0) return -1;
  if (!waits) return error;
  int outcome = 0;
  ssize_t result = perform(
      s, POLLOUT,
      [&] {
        socklen_t size = sizeof outcome;
        return getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &outcome, &size);
      },
      true);
  return result < 0 ? -1 : outcome == EISCONN ? 0 : outcome;
}

Value connectMethod(Value self, Value address) {
  Address a;
  if (readAddress(asSocket(self), address, &a, "connect") < 0) return Value();
  int error = connectTo(asSocket(self), a);
  return error < 0 ? Value() : error ? raiseOsError(error) : done();
}

Value connectEx(Value self, Value address) {
  Address a;
  if (readAddress(asSocket(self), address, &a, "connect_ex") < 0) return Value();
  int error = connectTo(asSocket(self), a);
  if (error < 0) {
    if (!errorClearIf(TimeoutErrorType)) return Value();
    error = EWOULDBLOCK;
  }
  return newInt(error);
}

Value listenMethod(Value self, const Value* argv) {
  int backlog = SOMAXCONN < 128 ? SOMAXCONN : 128;
  if (argv[0] && !intArgument(argv[0], &backlog)) return Value();
  return ::listen(asSocket(self)->fd, backlog < 0 ? 0 : backlog) < 0 ? raiseOsError(errno) : done();
}

Value getPeerName(Value self) {
  Address a;
  return getpeername(asSocket(self)->fd, a.get(), &a.length) < 0 ? raiseOsError(errno) : makeAddress(a);
}
Value getSockName(Value self) {
  Address a;
  return getsockname(asSocket(self)->fd, a.get(), &a.length) < 0 ? raiseOsError(errno) : makeAddress(a);
}

Value shutdownMethod(Value self, Value how) {
  int number;
  if (!intArgument(how, &number)) return Value();
  return ::shutdown(asSocket(self)->fd, number) < 0 ? raiseOsError(errno) : done();
}

// ---- options --------------------------------------------------------------------------------------

Value setBlocking(Value self, Value flag) {
  int32_t on = isTrue(flag);
  if (on < 0) return Value();
  asSocket(self)->timeout = on ? -1 : 0;
  return setNonBlocking(asSocket(self)->fd, !on) < 0 ? Value() : done();
}
Value getBlocking(Value self) { return boolean(asSocket(self)->timeout != 0); }

Value setTimeout(Value self, Value v) {
  double timeout;
  if (readTimeout(v, &timeout) < 0) return Value();
  asSocket(self)->timeout = timeout;
  return setNonBlocking(asSocket(self)->fd, timeout >= 0) < 0 ? Value() : done();
}
Value getTimeout(Value self) {
  double timeout = asSocket(self)->timeout;
  return timeout < 0 ? newRef(none()) : newFloat(timeout);
}
Value timeoutAttribute(Value self, void*) { return getTimeout(self); }

Value getOption(Value self, const Value* argv) {
  int level, option, size = 0;
  if (!intArgument(argv[0], &level) || !intArgument(argv[1], &option) || (argv[2] && !intArgument(argv[2], &size)))
    return Value();
  if (size == 0) {
    int value = 0;
    socklen_t length = sizeof value;
    return getsockopt(asSocket(self)->fd, level, option, &value, &length) < 0 ? raiseOsError(errno) : newInt(value);
  }
  if (size < 0 || size > 1024) return raise(OSErrorType, "getsockopt buflen out of range");
  char bytes[1024];
  auto length = static_cast<socklen_t>(size);
  return getsockopt(asSocket(self)->fd, level, option, bytes, &length) < 0 ? raiseOsError(errno) : newBytes(bytes, length);
}

Value setOption(Value self, const Value* argv) {
  int level, option, value;
  if (!intArgument(argv[0], &level) || !intArgument(argv[1], &option)) return Value();
  int fd = asSocket(self)->fd, status;
  if (argv[3]) {
    if (!isNone(argv[2])) return raise(TypeErrorType, "setsockopt() argument 3 must be None, not %T", argv[2]);
    if (!intArgument(argv[3], &value)) return Value();
    status = setsockopt(fd, level, option, nullptr, static_cast<socklen_t>(value));
  } else if (isInt(argv[2])) {
    if (!intArgument(argv[2], &value)) return Value();
    status = setsockopt(fd, level, option, &value, sizeof value);
  } else {
    Buffer bytes;
    if (getBuffer(argv[2], &bytes, kBufferSimple) < 0) return Value();
    status = setsockopt(fd, level, option, bytes.data, static_cast<socklen_t>(bytes.bytes));
    releaseBuffer(&bytes);
  }
  return status < 0 ? raiseOsError(errno) : done();
}

// ---- transferring ---------------------------------------------------------------------------------

/// A view on a bytes-like argument, released at the end of the scope.
struct View {
  Buffer buffer;
  bool ok;
  View(Value v, uint32_t flags) : ok(getBuffer(v, &buffer, flags) == 0) {}
  ~View() {
    if (ok) releaseBuffer(&buffer);
  }
  View(const View&) = delete;
  View& operator=(const View&) = delete;
};

bool flagsArgument(Value v, int* out) {
  *out = 0;
  return !v || intArgument(v, out);
}

/// A received size: -1 with an error.
int64_t sizeArgument(Value v, const char* function) {
  int64_t n = toIndex(v, &OverflowErrorType);
  if (n == -1 && errorSet()) return -1;
  if (n < 0) return raise(ValueErrorType, "negative buffersize in %s", function), -1;
  return n;
}

Value receive(Value self, const Value* argv) {
  int flags;
  int64_t size = sizeArgument(argv[0], "recv");
  if (size < 0 || !flagsArgument(argv[1], &flags)) return Value();
  SocketObject* s = asSocket(self);
  std::unique_ptr<char[]> bytes(new char[static_cast<size_t>(size) + 1]);
  ssize_t n = perform(s, POLLIN, [&] { return recv(s->fd, bytes.get(), static_cast<size_t>(size), flags); });
  return n < 0 ? Value() : newBytes(std::string_view(bytes.get(), static_cast<size_t>(n)));
}

Value receiveFrom(Value self, const Value* argv) {
  int flags;
  int64_t size = sizeArgument(argv[0], "recvfrom");
  if (size < 0 || !flagsArgument(argv[1], &flags)) return Value();
  SocketObject* s = asSocket(self);
  Address a;
  std::unique_ptr<char[]> bytes(new char[static_cast<size_t>(size) + 1]);
  ssize_t n = perform(s, POLLIN, [&] {
    a.length = sizeof a.storage;
    return recvfrom(s->fd, bytes.get(), static_cast<size_t>(size), flags, a.get(), &a.length);
  });
  if (n < 0) return Value();
  Ref data(newBytes(std::string_view(bytes.get(), static_cast<size_t>(n)))), from(makeAddress(a));
  return data && from ? newTuple({data, from}) : Value();
}

/// recv_into and recvfrom_into: the count, and the sender's address if asked for.
Value receiveInto(Value self, const Value* argv, const char* function, bool withAddress) {
  int flags;
  int64_t size = argv[1] ? sizeArgument(argv[1], function) : 0;
  if (size < 0 || !flagsArgument(argv[2], &flags)) return Value();
  View view(argv[0], kBufferWritable);
  if (!view.ok) return Value();
  if (size == 0) size = view.buffer.bytes;
  if (size > view.buffer.bytes)
    return raise(ValueErrorType, withAddress ? "nbytes is greater than the length of the buffer"
                                             : "buffer too small for requested bytes");
  SocketObject* s = asSocket(self);
  Address a;
  ssize_t n = perform(s, POLLIN, [&] {
    a.length = sizeof a.storage;
    return recvfrom(s->fd, view.buffer.data, static_cast<size_t>(size), flags, withAddress ? a.get() : nullptr,
                    withAddress ? &a.length : nullptr);
  });
  if (n < 0) return Value();
  if (!withAddress) return newInt(n);
  Ref from(makeAddress(a));
  return from ? newTuple({newInt(n), from}) : Value();
}
Value recvInto(Value self, const Value* argv) { return receiveInto(self, argv, "recv_into", false); }
Value recvFromInto(Value self, const Value* argv) { return receiveInto(self, argv, "recvfrom_into", true); }

Value sendMethod(Value self, const Value* argv) {
  int flags;
  if (!flagsArgument(argv[1], &flags)) return Value();
  View view(argv[0], kBufferSimple);
  if (!view.ok) return Value();
  SocketObject* s = asSocket(self);
  ssize_t n = perform(s, POLLOUT, [&] { return send(s->fd, view.buffer.data, static_cast<size_t>(view.buffer.bytes), flags); });
  return n < 0 ? Value() : newInt(n);
}

Value sendAll(Value self, const Value* argv) {
  int flags;
  if (!flagsArgument(argv[1], &flags)) return Value();
  View view(argv[0], kBufferSimple);
  if (!view.ok) return Value();
  SocketObject* s = asSocket(self);
  double deadline = s->timeout > 0 ? monotonicSeconds() + s->timeout : 0;
  auto* data = static_cast<char*>(view.buffer.data);
  for (int64_t left = view.buffer.bytes; left > 0;) {
    ssize_t n = perform(s, POLLOUT, [&] { return send(s->fd, data, static_cast<size_t>(left), flags); }, false, &deadline);
    if (n < 0) return Value();
    data += n;
    left -= n;
    if (pollRequests.load() && servePoll() < 0) return Value();
  }
  return done();
}

Value sendTo(Value self, const Args& args) {
  if (args.count < 2 || args.count > 3)
    return raise(TypeErrorType, "sendto() takes 2 or 3 arguments (%zd given)", args.count);
  int flags;
  if (!flagsArgument(args.count == 3 ? args[1] : Value(), &flags)) return Value();
  SocketObject* s = asSocket(self);
  View view(args[0], kBufferSimple);
  Address a;
  if (!view.ok || readAddress(s, args[args.count - 1], &a, "sendto") < 0) return Value();
  ssize_t n = perform(s, POLLOUT, [&] {
    return sendto(s->fd, view.buffer.data, static_cast<size_t>(view.buffer.bytes), flags, a.get(), a.length);
  });
  return n < 0 ? Value() : newInt(n);
}

/// sendmsg(buffers[, ancdata[, flags[, address]]])
Value sendMessage(Value self, const Value* argv) {
  int flags;
  if (!flagsArgument(argv[2], &flags)) return Value();
  Ref buffers(toTuple(argv[0]));
  Ref ancillary(argv[1] ? toTuple(argv[1]) : newRef(emptyTuple()));
  if (!buffers || !ancillary) return Value();
  std::vector<std::unique_ptr<View>> views;
  std::vector<iovec> parts;
  for (int64_t i = 0; i < asTuple(buffers)->size; ++i) {
    views.push_back(std::make_unique<View>(asTuple(buffers)->items[i], kBufferSimple));
    if (!views.back()->ok) return Value();
    parts.push_back({views.back()->buffer.data, static_cast<size_t>(views.back()->buffer.bytes)});
  }
  std::vector<char> control;
  for (int64_t i = 0; i < asTuple(ancillary)->size; ++i) {
    Value item = asTuple(ancillary)->items[i];
    int level, kind;
    if (!isTuple(item) || asTuple(item)->size != 3)
      return raise(TypeErrorType, "[sendmsg() ancillary data items] must be 3-item sequences");
    View data(asTuple(item)->items[2], kBufferSimple);
    if (!data.ok || !intArgument(asTuple(item)->items[0], &level) || !intArgument(asTuple(item)->items[1], &kind))
      return Value();
    size_t at = control.size(), size = static_cast<size_t>(data.buffer.bytes);
    control.resize(at + CMSG_SPACE(size));
    auto* header = reinterpret_cast<cmsghdr*>(control.data() + at);
    header->cmsg_level = level;
    header->cmsg_type = kind;
    header->cmsg_len = CMSG_LEN(size);
    memcpy(CMSG_DATA(header), data.buffer.data, size);
  }
  SocketObject* s = asSocket(self);
  Address a;
  msghdr message = {};
  if (argv[3] && !isNone(argv[3])) {
    if (readAddress(s, argv[3], &a, "sendmsg") < 0) return Value();
    message.msg_name = a.get();
    message.msg_namelen = a.length;
  }
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  message.msg_control = control.empty() ? nullptr : control.data();
  message.msg_controllen = control.size();
  ssize_t n = perform(s, POLLOUT, [&] { return sendmsg(s->fd, &message, flags); });
  return n < 0 ? Value() : newInt(n);
}

/// [(level, type, data), …] of a received message.
Value ancillaryList(msghdr* message) {
  Ref list(newList(0));
  for (cmsghdr* h = CMSG_FIRSTHDR(message); h && list; h = CMSG_NXTHDR(message, h)) {
    size_t size = h->cmsg_len > CMSG_LEN(0) ? h->cmsg_len - CMSG_LEN(0) : 0;
    Ref data(newBytes(std::string_view(reinterpret_cast<char*>(CMSG_DATA(h)), size)));
    Ref item(data ? newTuple({newInt(h->cmsg_level), newInt(h->cmsg_type), data}) : Value());
    if (!item || listAppend(list, item) < 0) return Value();
  }
  return list.release();
}

/// The receiving half of recvmsg and recvmsg_into: `first` (owned) is put before the ancillary data, flags and address.
Value receiveMessage(SocketObject* s, std::vector<iovec>& parts, int64_t controlSize, int flags, Value (*first)(void*, ssize_t),
                     void* context) {
  std::vector<char> control(static_cast<size_t>(controlSize));
  Address a;
  msghdr message = {};
  ssize_t n = perform(s, POLLIN, [&] {
    a.length = sizeof a.storage;
    message.msg_name = a.get();
    message.msg_namelen = a.length;
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    message.msg_control = control.empty() ? nullptr : control.data();
    message.msg_controllen = control.size();
    return recvmsg(s->fd, &message, flags);
  });
  if (n < 0) return Value();
  a.length = message.msg_namelen;
  Ref head(first(context, n)), ancillary(ancillaryList(&message)), from(makeAddress(a));
  return head && ancillary && from ? newTuple({head, ancillary, newInt(message.msg_flags), from}) : Value();
}

Value recvMessage(Value self, const Value* argv) {
  int flags;
  int64_t size = sizeArgument(argv[0], "recvmsg()");
  int64_t control = size >= 0 && argv[1] ? sizeArgument(argv[1], "recvmsg()") : 0;
  if (size < 0 || control < 0 || !flagsArgument(argv[2], &flags)) return Value();
  std::unique_ptr<char[]> bytes(new char[static_cast<size_t>(size) + 1]);
  std::vector<iovec> parts = {{bytes.get(), static_cast<size_t>(size)}};
  return receiveMessage(
      asSocket(self), parts, control, flags,
      [](void* data, ssize_t n) { return newBytes(std::string_view(static_cast<char*>(data), static_cast<size_t>(n))); },
      bytes.get());
}

Value recvMessageInto(Value self, const Value* argv) {
  int flags;
  int64_t control = argv[1] ? sizeArgument(argv[1], "recvmsg_into()") : 0;
  if (control < 0 || !flagsArgument(argv[2], &flags)) return Value();
  Ref buffers(toTuple(argv[0]));
  if (!buffers) return Value();
  std::vector<std::unique_ptr<View>> views;
  std::vector<iovec> parts;
  for (int64_t i = 0; i < asTuple(buffers)->size; ++i) {
    views.push_back(std::make_unique<View>(asTuple(buffers)->items[i], kBufferWritable));
    if (!views.back()->ok) {
      if (!errorClearIf(BufferErrorType)) return Value();
      return raise(TypeErrorType, "recvmsg_into() argument 1 must be an iterable of read-write buffers, not %T", asTuple(buffers)->items[i]);
    }
    parts.push_back({views.back()->buffer.data, static_cast<size_t>(views.back()->buffer.bytes)});
  }
  return receiveMessage(asSocket(self), parts, control, flags, [](void*, ssize_t n) { return newInt(n); }, nullptr);
}

const MethodDef methods[] = {
    {"_accept", acceptConnection},
    {"bind", bindAddress},
    {"close", closeSocket},
    {"connect", connectMethod},
    {"connect_ex", connectEx},
    {"detach", detach},
    {"fileno", fileNumber},
    {"getpeername", getPeerName},
    {"getsockname", getSockName},
    {"getsockopt", getOption, "($self, level, option, buffersize=0, /)"},
    {"listen", listenMethod, "($self, backlog=128, /)"},
    {"recv", receive, "($self, bufsize, flags=0, /)"},
    {"recv_into", recvInto, "($self, buffer, nbytes=0, flags=0)"},
    {"recvfrom", receiveFrom, "($self, bufsize, flags=0, /)"},
    {"recvfrom_into", recvFromInto, "($self, buffer, nbytes=0, flags=0)"},
    {"recvmsg", recvMessage, "($self, bufsize, ancbufsize=0, flags=0, /)"},
    {"recvmsg_into", recvMessageInto, "($self, buffers, ancbufsize=0, flags=0, /)"},
    {"send", sendMethod, "($self, data, flags=0, /)"},
    {"sendall", sendAll, "($self, data, flags=0, /)"},
    {"sendto", sendTo},
    {"sendmsg", sendMessage, "($self, buffers, ancdata=(), flags=0, address=None, /)"},
    {"setblocking", setBlocking},
    {"getblocking", getBlocking},
    {"settimeout", setTimeout},
    {"gettimeout", getTimeout},
    {"setsockopt", setOption, "($self, level, option, value, optlen=0, /)"},
    {"shutdown", shutdownMethod},
    {},
};
const GetSetDef attributes[] = {{"timeout", timeoutAttribute}, {}};
const MemberDef members[] = {
    {"family", MemberKind::Int32, offsetof(SocketObject, family), true},
    {"type", MemberKind::Int32, offsetof(SocketObject, type), true},
    {"proto", MemberKind::Int32, offsetof(SocketObject, protocol), true},
    {},
};

} // namespace

constinit krait::Type socketType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_socket.socket",
    .base = &objectType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &socketType, .size = sizeof(SocketObject)},
    .dealloc = dealloc,
    .finalize = finalize,
    .repr = repr,
    .init = init,
    .construct = construct,
    .methods = methods,
    .getset = attributes,
    .members = members,
};

Value wrapDescriptor(krait::Type* type, int fd, int family, int kind, int protocol) {
  Ref self(construct(type, Args{}));
  if (!self || takeDescriptor(asSocket(self), fd, family, kind, protocol) < 0) {
    ::close(fd);
    return Value();
  }
  return self.release();
}

} // namespace krait::sockets
