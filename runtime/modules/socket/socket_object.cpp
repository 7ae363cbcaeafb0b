// The socket type: its life, connecting, and options. What sends and receives is in socket_transfer.cpp.
#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "runtime/exceptions/warnings.h"
#include "runtime/memory/alloc.h"
#include "runtime/modules/parsed_int.h"
#include "runtime/modules/socket/socket_object.h"
#include "runtime/modules/socket/socket_transfer.h"
#include "runtime/modules/socket/socket_wait.h"
#include "runtime/object/audit.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::sockets {

namespace {

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
  if (auditing && !auditTold("socket.__new__", {self, Value::ofSmallInt(family), Value::ofSmallInt(kind), Value::ofSmallInt(protocol)})) return -1;
  if (argv[3] && !isNone(argv[3])) {
    const int64_t number = toInt64(argv[3]);
    if (number == -1 && errorSet()) return -1;
    fd = static_cast<int>(number); // cut, as in CPython
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
  warnOfUnclosed(Value(o), "unclosed %R", Value(o));
  if (s->fd != -1) ::close(s->fd);
  s->fd = -1;
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
  if (!parsedIntArgument(argv[0], &backlog)) return Value();
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
  const int64_t on = toInt64(flag);
  if (on == -1 && errorSet()) return Value();
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
  if (!parsedIntArgument(argv[0], &level) || !parsedIntArgument(argv[1], &option) || (argv[2] && !parsedIntArgument(argv[2], &size)))
    return Value();
  if (size == 0 && asSocket(self)->family == AF_VSOCK) { // its options are wider
    uint64_t value = 0;
    socklen_t length = sizeof value;
    return getsockopt(asSocket(self)->fd, level, option, &value, &length) < 0 ? raiseOsError(errno) : newIntUnsigned(value);
  }
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
  int fd = asSocket(self)->fd, status;
  if (argv[3]) { // a length alone, of which CPython takes the last 32 bits
    Ref length(isNone(argv[2]) && parsedIntArgument(argv[0], &level) && parsedIntArgument(argv[1], &option) ? index(argv[3]) : Value());
    if (!length) return errorClear(), raise(TypeErrorType, "setsockopt() takes exactly 3 arguments (4 given)");
    status = setsockopt(fd, level, option, nullptr, static_cast<socklen_t>(intToUint64Mask(length)));
    return status < 0 ? raiseOsError(errno) : done();
  }
  if (!parsedIntArgument(argv[0], &level) || !parsedIntArgument(argv[1], &option)) return Value();
  if (isInt(argv[2]) && asSocket(self)->family == AF_VSOCK) {
    const uint64_t wide = intToUint64Mask(argv[2]);
    status = setsockopt(fd, level, option, &wide, sizeof wide);
  } else if (isInt(argv[2]) && parsedIntArgument(argv[2], &value)) {
    status = setsockopt(fd, level, option, &value, sizeof value);
  } else {
    errorClear(); // of an int beyond a C int: CPython goes on to ask for bytes
    Buffer bytes;
    if (getBuffer(argv[2], &bytes, kBufferSimple) < 0) return Value();
    status = setsockopt(fd, level, option, bytes.data, static_cast<socklen_t>(bytes.bytes));
    releaseBuffer(&bytes);
  }
  return status < 0 ? raiseOsError(errno) : done();
}

const MethodDef methods[] = {
    {"_accept", acceptConnection},
    {"bind", audited<"socket.bind", "s 0", bindAddress>},
    {"close", closeSocket},
    {"connect", audited<"socket.connect", "s 0", connectMethod>},
    {"connect_ex", audited<"socket.connect", "s 0", connectEx>},
    {"detach", detach},
    {"fileno", fileNumber},
    {"getpeername", getPeerName},
    {"getsockname", getSockName},
    {"getsockopt", getOption, "($self, level, option, buffersize=0, /)", kMethodUnsigned},
    {"listen", listenMethod, "($self, backlog=128, /)", kMethodUnsigned},
    {"recv", receive, "($self, bufsize, flags=0, /)", kMethodUnsigned},
    {"recv_into", recvInto, "($self, buffer, nbytes=0, flags=0)", kMethodUnsigned},
    {"recvfrom", receiveFrom, "($self, bufsize, flags=0, /)", kMethodUnsigned},
    {"recvfrom_into", recvFromInto, "($self, buffer, nbytes=0, flags=0)", kMethodUnsigned},
    {"recvmsg", recvMessage, "($self, bufsize, ancbufsize=0, flags=0, /)", kMethodUnsigned},
    {"recvmsg_into", recvMessageInto, "($self, buffers, ancbufsize=0, flags=0, /)", kMethodUnsigned},
    {"send", sendMethod, "($self, data, flags=0, /)", kMethodUnsigned},
    {"sendall", sendAll, "($self, data, flags=0, /)", kMethodUnsigned},
    {"sendto", sendTo},
    {"sendmsg", audited<"socket.sendmsg", "s 3", sendMessage>, "($self, buffers, ancdata=(), flags=0, address=None, /)", kMethodUnsigned},
    {"setblocking", setBlocking},
    {"getblocking", getBlocking},
    {"settimeout", setTimeout},
    {"gettimeout", getTimeout},
    {"setsockopt", setOption, "($self, level, option, value, optlen=0, /)", kMethodUnsigned},
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
    .flags = kTypeBaseType | kTypeOwnGetAttr,
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
