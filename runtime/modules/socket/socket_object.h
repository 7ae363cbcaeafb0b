// Socket objects and addresses of the _socket module.
#pragma once
#include <sys/socket.h>
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait::sockets {

struct SocketObject {
  Object header;
  int fd;          // -1: closed
  int family, type, protocol;
  double timeout;  // seconds; -1: blocking, 0: non-blocking
};
inline SocketObject* asSocket(Value v) { return v.as<SocketObject>(); }

extern krait::Type socketType, herrorType, gaierrorType;
extern double defaultTimeout;

struct Address {
  sockaddr_storage storage;
  socklen_t length = sizeof(sockaddr_storage);
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

/// Fills `out` from Python's form of an address for the socket's family; `function` is named in errors. 0 or -1.
int32_t readAddress(const SocketObject* s, Value address, Address* out, const char* function);
/// Python's form: (host, port…) or a path; None for length 0.
Value makeAddress(Address& address);
/// Resolves a host name (or numeric address) into `out`, which says the family on success. 0 or -1.
int32_t resolveHost(const char* name, int family, Address* out);
Value numericHost(Address& address);
Value raiseGaiError(int code);

/// Seconds of a timeout argument: None is -1. 0, or -1 with an error.
int32_t readTimeout(Value v, double* out);
/// A socket object over a descriptor that it owns.
Value wrapDescriptor(krait::Type* type, int fd, int family, int kind, int protocol);

} // namespace krait::sockets
