// Sending and receiving: bytes, into buffers, with addresses, and messages with ancillary data.
#include "runtime/modules/parsed_int.h"
#include "runtime/modules/socket/socket_transfer.h"
#include <cstring>
#include <memory>
#include <sys/uio.h>
#include <vector>
#include "runtime/modules/socket/socket_wait.h"
#include "runtime/object/audit.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace krait::sockets {

namespace {

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

/// A tuple of what an iterable has.
Value tupleOf(Value v, const char* refusal) {
  Ref items(toFast(v, refusal));
  return items ? toTuple(items) : Value();
}

/// Views on all of an iterable of bytes-like objects, and the parts of a message in them.
struct Views {
  Ref owners;
  std::vector<std::unique_ptr<View>> views;
  std::vector<iovec> parts;
  /// The one that is no such object, with the error set, or null.
  Value add(uint32_t flags) {
    for (int64_t i = 0; i < asTuple(owners)->size; ++i) {
      Value owner = asTuple(owners)->items[i];
      const View& view = *views.emplace_back(std::make_unique<View>(owner, flags));
      if (!view.ok) return owner;
      parts.push_back({view.buffer.data, static_cast<size_t>(view.buffer.bytes)});
    }
    return Value();
  }
};

bool flagsArgument(Value v, int* out) {
  *out = 0;
  return !v || parsedIntArgument(v, out);
}

/// A size to be received; `refusal` says that it is negative or above `most`: -1 with an error.
int64_t receivedSize(Value v, const char* refusal, int64_t most = INT64_MAX) {
  int64_t n;
  if (!sizeArgument(v, &n)) return -1;
  return n < 0 || n > most ? fail(ValueErrorType, "%s", refusal) : n;
}
/// The same for the length of ancillary data, of which 32 bits are counted.
int64_t controlArgument(Value v) { return v ? receivedSize(v, "invalid ancillary data buffer length", INT32_MAX) : 0; }

} // namespace

Value receive(Value self, const Value* argv) {
  int flags;
  int64_t size = receivedSize(argv[0], "negative buffersize in recv");
  if (size < 0 || !flagsArgument(argv[1], &flags)) return Value();
  SocketObject* s = asSocket(self);
  BytesRoom room;
  if (!room.make(size)) return Value();
  ssize_t n = perform(s, POLLIN, [&] { return recv(s->fd, room.data(), room.size(), flags); });
  return n < 0 ? Value() : room.take(n);
}

Value receiveFrom(Value self, const Value* argv) {
  int flags;
  int64_t size = receivedSize(argv[0], "negative buffersize in recvfrom");
  if (size < 0 || !flagsArgument(argv[1], &flags)) return Value();
  SocketObject* s = asSocket(self);
  Address a;
  BytesRoom room;
  if (!room.make(size)) return Value();
  ssize_t n = perform(s, POLLIN, [&] {
    a.length = sizeof a.storage;
    return recvfrom(s->fd, room.data(), room.size(), flags, a.get(), &a.length);
  });
  if (n < 0) return Value();
  Ref data(room.take(n)), from(makeAddress(a));
  return data && from ? newTuple({data, from}) : Value();
}

namespace {

/// recv_into and recvfrom_into: the count, and the sender's address if asked for.
Value receiveInto(Value self, const Value* argv, bool withAddress) {
  int flags;
  int64_t size = argv[1] ? receivedSize(argv[1], withAddress ? "negative buffersize in recvfrom_into" : "negative buffersize in recv_into") : 0;
  if (size < 0 || !flagsArgument(argv[2], &flags)) return Value();
  View view(argv[0], kBufferWritable);
  if (!view.ok) {
    errorClear();
    return raise(TypeErrorType, "%s() argument 1 must be read-write bytes-like object, not %G", withAddress ? "recvfrom_into" : "recv_into", argv[0]);
  }
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

} // namespace

Value recvInto(Value self, const Value* argv) { return receiveInto(self, argv, false); }
Value recvFromInto(Value self, const Value* argv) { return receiveInto(self, argv, true); }

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
  return newRef(none());
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
  if (auditing && !auditTold("socket.sendto", {self, args[args.count - 1]})) return Value();
  ssize_t n = perform(s, POLLOUT, [&] {
    return sendto(s->fd, view.buffer.data, static_cast<size_t>(view.buffer.bytes), flags, a.get(), a.length);
  });
  return n < 0 ? Value() : newInt(n);
}

/// sendmsg(buffers[, ancdata[, flags[, address]]])
Value sendMessage(Value self, const Value* argv) {
  int flags;
  if (!flagsArgument(argv[2], &flags)) return Value();
  Views buffers{Ref(tupleOf(argv[0], "sendmsg() argument 1 must be an iterable")), {}, {}};
  Ref ancillary(argv[1] ? tupleOf(argv[1], "sendmsg() argument 2 must be an iterable") : newRef(emptyTuple()));
  if (!buffers.owners || !ancillary || buffers.add(kBufferSimple)) return Value();
  std::vector<char> control;
  for (int64_t i = 0; i < asTuple(ancillary)->size; ++i) {
    Value item = asTuple(ancillary)->items[i];
    int level, kind;
    if (!isTuple(item)) return raise(TypeErrorType, "[sendmsg() ancillary data items]() argument must be 3-item sequence, not %.50T", item);
    if (asTuple(item)->size != 3)
      return raise(TypeErrorType, "[sendmsg() ancillary data items]() argument must be sequence of length 3, not %lld",
                   static_cast<long long>(asTuple(item)->size));
    View data(asTuple(item)->items[2], kBufferSimple);
    if (!data.ok || !parsedIntArgument(asTuple(item)->items[0], &level) || !parsedIntArgument(asTuple(item)->items[1], &kind))
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
  message.msg_iov = buffers.parts.data();
  message.msg_iovlen = buffers.parts.size();
  message.msg_control = control.empty() ? nullptr : control.data();
  message.msg_controllen = control.size();
  ssize_t n = perform(s, POLLOUT, [&] { return sendmsg(s->fd, &message, flags); });
  return n < 0 ? Value() : newInt(n);
}

namespace {

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

} // namespace

Value recvMessage(Value self, const Value* argv) {
  int flags;
  const int64_t size = receivedSize(argv[0], "negative buffer size in recvmsg()"), control = size < 0 ? -1 : controlArgument(argv[1]);
  if (size < 0 || control < 0 || !flagsArgument(argv[2], &flags)) return Value();
  BytesRoom room;
  if (!room.make(size)) return Value();
  std::vector<iovec> parts = {{room.data(), room.size()}};
  return receiveMessage(asSocket(self), parts, control, flags, [](void* r, ssize_t n) { return static_cast<BytesRoom*>(r)->take(n); }, &room);
}

Value recvMessageInto(Value self, const Value* argv) {
  int flags;
  const int64_t control = controlArgument(argv[1]);
  if (control < 0 || !flagsArgument(argv[2], &flags)) return Value();
  Views buffers{Ref(tupleOf(argv[0], "recvmsg_into() argument 1 must be an iterable")), {}, {}};
  if (!buffers.owners) return Value();
  if (buffers.add(kBufferWritable)) {
    errorClear();
    return raise(TypeErrorType, "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers");
  }
  return receiveMessage(asSocket(self), buffers.parts, control, flags, [](void*, ssize_t n) { return newInt(n); }, nullptr);
}

} // namespace krait::sockets
