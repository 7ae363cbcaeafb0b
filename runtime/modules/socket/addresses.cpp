// Addresses between Python's tuples and the system's structures; name resolution.
#include <arpa/inet.h>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string>
#include <sys/un.h>
#include <unistd.h>
#include "runtime/modules/parsed_int.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/socket/socket_object.h"
#include "runtime/object/audit.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codec.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/unsigned_argument.h"

namespace krait::sockets {

Value raiseGaiError(int code) {
  if (code == EAI_SYSTEM) return raiseOsError(errno);
  Ref text(newStr(gai_strerror(code)));
  Ref error(text ? call(asValue(&gaierrorType), {newInt(code), text}) : Value());
  if (error) krt_raise(error);
  return Value();
}

int32_t resolveHost(const char* name, int family, Address* out) {
  addrinfo hints = {}, *found = nullptr;
  hints.ai_family = family;
  hints.ai_socktype = SOCK_DGRAM;
  if (!*name) hints.ai_flags = AI_PASSIVE;
  const char* host = *name ? name : nullptr;
  if (strcmp(name, "<broadcast>") == 0) {
    host = "255.255.255.255";
    hints.ai_family = AF_INET;
  }
  int status;
  {
    Blocking release;
    status = getaddrinfo(host, host ? nullptr : "0", &hints, &found);
  }
  if (status) {
    raiseGaiError(status);
    return -1;
  }
  memcpy(&out->storage, found->ai_addr, found->ai_addrlen);
  out->length = found->ai_addrlen;
  freeaddrinfo(found);
  return 0;
}

namespace {

/// A host name as text: str (idna for non-ASCII), bytes or bytearray; None is every host.
bool hostText(Value v, std::string* out) {
  if (isNone(v)) return true;
  if (isBytes(v) || isByteArray(v)) {
    HeldBuffer bytes;
    if (!bytes.get(v)) return false;
    out->assign(reinterpret_cast<const char*>(bytes.data()), static_cast<size_t>(bytes.size()));
    return true;
  }
  if (!isStr(v)) {
    raise(TypeErrorType, "str, bytes or bytearray expected, not %T", v);
    return false;
  }
  Ref encoded(asStr(v)->flags & kStrAscii ? encodeStr(v, "ascii", nullptr) : callMethod(v, "encode", {Ref(newStr("idna"))}));
  if (!encoded) return false;
  *out = bytesView(encoded);
  return true;
}

/// `function` is a name, or a name and brackets, as CPython has it.
bool inRange(int64_t port, const std::string& function, uint16_t* out) {
  if (port < 0 || port > 0xffff) return raise(OverflowErrorType, "%s: port must be 0-65535.", function.c_str()), false;
  *out = htons(static_cast<uint16_t>(port));
  return true;
}

/// A port of an address.
bool readPort(Value v, const char* function, uint16_t* out) {
  Ref number(index(v));
  if (!number) return false;
  const int64_t port = toIndex(number, nullptr); // clipped
  return inRange(port, std::string(function) + "()", out);
}

/// The flow information of an IPv6 address, in network order.
bool readFlow(Value v, uint32_t* out, const char* function) {
  const int64_t flow = toIndex(v, &OverflowErrorType);
  if (flow == -1 && errorSet()) return false;
  if (flow < 0 || flow > 0xfffff) return raise(OverflowErrorType, "%s: flowinfo must be 0-1048575.", function), false;
  *out = htonl(static_cast<uint32_t>(flow));
  return true;
}

int32_t readInternet(const SocketObject* s, Value address, Address* out, const char* function) {
  bool six = s->family == AF_INET6;
  if (!isTuple(address))
    return fail(TypeErrorType, "%s(): AF_INET%s address must be tuple, not %.500T", function, six ? "6" : "", address);
  TupleObject* t = asTuple(address);
  if (six ? t->size < 2 || t->size > 4 : t->size != 2)
    return six ? fail(TypeErrorType, "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])")
               : fail(TypeErrorType, "AF_INET address must be a pair (host, port)");
  std::string host;
  uint16_t port;
  if (!hostText(t->items[0], &host) || !readPort(t->items[1], function, &port)) return -1;
  if (resolveHost(host.c_str(), s->family, out) < 0) return -1;
  if (!six) {
    reinterpret_cast<sockaddr_in*>(&out->storage)->sin_port = port;
    return 0;
  }
  auto* in6 = reinterpret_cast<sockaddr_in6*>(&out->storage);
  in6->sin6_port = port;
  if (t->size > 2 && !readFlow(t->items[2], &in6->sin6_flowinfo, (std::string(function) + "()").c_str())) return -1;
  if (t->size > 3) in6->sin6_scope_id = static_cast<uint32_t>(intToUint64Mask(t->items[3]));
  return 0;
}

int32_t readUnix(Value address, Address* out, const char* function) {
  Ref path(isStr(address) ? encodeStr(address, "utf-8", "surrogateescape") : newRef(address));
  if (!path) return -1;
  Buffer bytes;
  if (getBuffer(path, &bytes, kBufferSimple) < 0) return -1;
  auto* un = reinterpret_cast<sockaddr_un*>(&out->storage);
  auto size = static_cast<size_t>(bytes.bytes);
  bool abstract = size == 0 || *static_cast<char*>(bytes.data) == 0; // without a name the system chooses one
  bool fits = size + (abstract ? 0 : 1) <= sizeof un->sun_path;
  if (fits) {
    memset(un, 0, sizeof *un);
    un->sun_family = AF_UNIX;
    memcpy(un->sun_path, bytes.data, size);
    out->length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + size + (abstract ? 0 : 1));
  }
  releaseBuffer(&bytes);
  return fits ? 0 : fail(OSErrorType, "AF_UNIX path too long");
}
} // namespace

int32_t readAddress(const SocketObject* s, Value address, Address* out, const char* function) {
  switch (s->family) {
  case AF_INET:
  case AF_INET6: return readInternet(s, address, out, function);
  case AF_UNIX: return readUnix(address, out, function);
  default: return fail(OSErrorType, "%s(): bad family", function);
  }
}

Value numericHost(Address& address) {
  char text[NI_MAXHOST];
  int status = getnameinfo(address.get(), address.length, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
  return status ? raiseGaiError(status) : newStr(text);
}

Value makeAddress(Address& address) {
  if (address.length == 0) return newRef(none());
  switch (address.storage.ss_family) {
  case AF_INET: {
    Ref host(numericHost(address));
    return host ? newTuple({host, newInt(ntohs(reinterpret_cast<sockaddr_in*>(&address.storage)->sin_port))}) : Value();
  }
  case AF_INET6: {
    auto* in6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
    char text[INET6_ADDRSTRLEN];
    inet_ntop(AF_INET6, &in6->sin6_addr, text, sizeof text);
    Ref host(newStr(text));
    return host ? newTuple({host, newInt(ntohs(in6->sin6_port)), newInt(ntohl(in6->sin6_flowinfo)),
                            newInt(in6->sin6_scope_id)})
                : Value();
  }
  case AF_UNIX: {
    auto* un = reinterpret_cast<sockaddr_un*>(&address.storage);
    size_t size = address.length > offsetof(sockaddr_un, sun_path) ? address.length - offsetof(sockaddr_un, sun_path) : 0;
    if (size > 0 && un->sun_path[0] == 0) return newBytes(un->sun_path, size);
    return decodeFileSystem(un->sun_path, strnlen(un->sun_path, size));
  }
  default: return newTuple({newInt(address.storage.ss_family), Ref(newBytes(address.storage.__ss_padding, 14))});
  }
}

// ---- functions of the module that deal with names -------------------------------------------------

namespace {

Value getAddrInfo(Value, const Value* argv) {
  std::string host, service;
  bool hasService = !isNone(argv[1]);
  if (!isNone(argv[0]) && !isStr(argv[0]) && !isBytes(argv[0])) return raise(TypeErrorType, "getaddrinfo() argument 1 must be string or None");
  if (!hostText(argv[0], &host)) return Value();
  if (hasService) {
    if (isInt(argv[1])) {
      Ref text(str(argv[1]));
      if (!text) return Value();
      service = Utf8(text).view();
    } else if (isStr(argv[1])) {
      Utf8 text(argv[1]);
      if (!text.ok()) return Value();
      service = text.view();
    } else if (isBytes(argv[1])) {
      service = bytesView(argv[1]);
    } else {
      return raise(OSErrorType, "Int or String expected");
    }
  }
  addrinfo hints = {}, *found = nullptr;
  if (!parsedIntArgument(argv[2], &hints.ai_family) || !parsedIntArgument(argv[3], &hints.ai_socktype) ||
      !parsedIntArgument(argv[4], &hints.ai_protocol) || !parsedIntArgument(argv[5], &hints.ai_flags))
    return Value();
  int status;
  {
    Blocking release;
    status = getaddrinfo(isNone(argv[0]) ? nullptr : host.c_str(), hasService ? service.c_str() : nullptr, &hints, &found);
  }
  if (status) return raiseGaiError(status);
  Ref list(newList(0));
  for (addrinfo* a = found; a && list; a = a->ai_next) {
    Address address;
    memcpy(&address.storage, a->ai_addr, a->ai_addrlen);
    address.length = a->ai_addrlen;
    Ref shown(makeAddress(address)), canonical(newStr(a->ai_canonname ? a->ai_canonname : ""));
    Ref entry(shown ? newTuple({newInt(a->ai_family), newInt(a->ai_socktype), newInt(a->ai_protocol), canonical, shown})
                    : Value());
    if (!entry || listAppend(list, entry) < 0) list.reset();
  }
  freeaddrinfo(found);
  return list.release();
}

Value getNameInfo(Value, const Value* argv) {
  int flags;
  if (!parsedIntArgument(argv[1], &flags)) return Value();
  if (!isTuple(argv[0])) return raise(TypeErrorType, "getnameinfo() argument 1 must be a tuple");
  if (asTuple(argv[0])->size < 2) return raise(TypeErrorType, "getnameinfo(): illegal sockaddr argument");
  std::string host;
  int port;
  uint32_t flow = 0;
  Address address;
  if (!hostText(asTuple(argv[0])->items[0], &host) ||
      !parsedIntArgument(asTuple(argv[0])->items[1], &port) ||
      (asTuple(argv[0])->size > 2 && !readFlow(asTuple(argv[0])->items[2], &flow, "getnameinfo()")) || resolveHost(host.c_str(), AF_UNSPEC, &address) < 0)
    return Value();
  const TupleObject* parts = asTuple(argv[0]);
  if (address.storage.ss_family == AF_INET) {
    if (parts->size != 2) return raise(OSErrorType, "IPv4 sockaddr must be 2 tuple");
    reinterpret_cast<sockaddr_in*>(&address.storage)->sin_port = htons(static_cast<uint16_t>(port)); // cut, as in CPython
  } else {
    auto* in6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
    in6->sin6_port = htons(static_cast<uint16_t>(port));
    in6->sin6_flowinfo = flow;
    if (parts->size > 3) in6->sin6_scope_id = static_cast<uint32_t>(intToUint64Mask(parts->items[3]));
  }
  char name[NI_MAXHOST], service[NI_MAXSERV];
  int status;
  {
    Blocking release;
    status = getnameinfo(address.get(), address.length, name, sizeof name, service, sizeof service, flags);
  }
  if (status) return raiseGaiError(status);
  return newTuple({Ref(newStr(name)), Ref(newStr(service))});
}

/// The one argument of the functions that look a name up.
bool namedHost(Value v, std::string* out, const char* function) {
  if (isStr(v) || isBytes(v) || isByteArray(v)) return hostText(v, out);
  return raise(TypeErrorType, "%s() argument 1 must be str, bytes or bytearray, not %G", function, v), false;
}

Value getHostByName(Value, Value name) {
  std::string host;
  Address address;
  if (!namedHost(name, &host, "gethostbyname") || resolveHost(host.c_str(), AF_INET, &address) < 0) return Value();
  return numericHost(address);
}

/// (name, aliases, addresses)
Value describeHost(Value name, int family) {
  std::string host;
  Address address;
  if (!namedHost(name, &host, "gethostbyname_ex") || resolveHost(host.c_str(), family, &address) < 0) return Value();
  Ref numeric(numericHost(address)), aliases(newList(0)), addresses(newList(0)), shown(newStr(host));
  if (!numeric || !addresses || listAppend(addresses, numeric) < 0) return Value();
  return newTuple({shown, aliases, addresses});
}
Value getHostByNameEx(Value, Value name) { return describeHost(name, AF_INET); }

Value getHostByAddr(Value, Value name) {
  std::string host;
  Address address;
  if (!namedHost(name, &host, "gethostbyaddr") || resolveHost(host.c_str(), AF_UNSPEC, &address) < 0) return Value();
  char found[NI_MAXHOST];
  int status = getnameinfo(address.get(), address.length, found, sizeof found, nullptr, 0, NI_NAMEREQD);
  if (status) {
    Ref error(call(asValue(&herrorType), {newInt(1), Ref(newStr("Unknown host"))}));
    if (error) krt_raise(error);
    return Value();
  }
  Ref numeric(numericHost(address)), addresses(newList(0));
  if (!numeric || !addresses || listAppend(addresses, numeric) < 0) return Value();
  return newTuple({Ref(newStr(found)), Ref(newList(0)), addresses});
}

Value getHostName(Value) {
  char name[1024];
  if (gethostname(name, sizeof name) < 0) return raiseOsError(errno);
  return decodeFileSystem(name, strnlen(name, sizeof name));
}

/// A str argument as UTF-8; false with TypeError.
bool asciiArgument(Value v, std::string* out, const char* function, int position) {
  if (!isStr(v)) {
    raise(TypeErrorType, "%s() argument %d must be str, not %G", function, position, v);
    return false;
  }
  const Utf8Argument text(v);
  if (text.ok()) *out = text.text();
  return text.ok();
}

Value getServByName(Value, const Value* argv) {
  std::string name, protocol;
  if (!asciiArgument(argv[0], &name, "getservbyname", 1)) return Value();
  if (argv[1] && !asciiArgument(argv[1], &protocol, "getservbyname", 2)) return Value();
  servent* found = getservbyname(name.c_str(), argv[1] ? protocol.c_str() : nullptr);
  return found ? newInt(ntohs(static_cast<uint16_t>(found->s_port))) : raise(OSErrorType, "service/proto not found");
}

Value getServByPort(Value, const Value* argv) {
  std::string protocol;
  int number;
  uint16_t port;
  if (!parsedIntArgument(argv[0], &number) || !inRange(number, "getservbyport", &port)) return Value();
  if (argv[1] && !asciiArgument(argv[1], &protocol, "getservbyport", 2)) return Value();
  servent* found = getservbyport(port, argv[1] ? protocol.c_str() : nullptr);
  return found ? newStr(found->s_name) : raise(OSErrorType, "port/proto not found");
}

Value getProtoByName(Value, Value v) {
  std::string name;
  if (!asciiArgument(v, &name, "getprotobyname", 1)) return Value();
  protoent* found = getprotobyname(name.c_str());
  return found ? newInt(found->p_proto) : raise(OSErrorType, "protocol not found");
}

Value inetAton(Value, Value v) {
  std::string text;
  in_addr address;
  if (!asciiArgument(v, &text, "inet_aton", 1)) return Value();
  if (!inet_aton(text.c_str(), &address)) return raise(OSErrorType, "illegal IP address string passed to inet_aton");
  return newBytes(&address, sizeof address);
}

Value inetNtoa(Value, Value v) {
  Buffer bytes;
  if (getBuffer(v, &bytes, kBufferSimple) < 0) return Value();
  in_addr address;
  bool good = bytes.bytes == sizeof address;
  if (good) memcpy(&address, bytes.data, sizeof address);
  releaseBuffer(&bytes);
  return good ? newStr(inet_ntoa(address)) : raise(OSErrorType, "packed IP wrong length for inet_ntoa");
}

Value inetPton(Value, const Value* argv) {
  int family;
  if (!parsedIntArgument(argv[0], &family)) return Value();
  std::string text;
  if (!asciiArgument(argv[1], &text, "inet_pton", 2)) return Value();
  char packed[16];
  int status = inet_pton(family, text.c_str(), packed);
  if (status < 0) return raiseOsError(errno);
  if (status == 0) return raise(OSErrorType, "illegal IP address string passed to inet_pton");
  return newBytes(packed, family == AF_INET ? 4 : 16);
}

Value inetNtop(Value, const Value* argv) {
  int family;
  if (!parsedIntArgument(argv[0], &family)) return Value();
  Buffer bytes;
  if (getBuffer(argv[1], &bytes, kBufferSimple) < 0) return Value();
  char text[INET6_ADDRSTRLEN], packed[16];
  bool known = family == AF_INET || family == AF_INET6;
  bool good = known && bytes.bytes == (family == AF_INET ? 4 : 16);
  if (good) memcpy(packed, bytes.data, static_cast<size_t>(bytes.bytes));
  releaseBuffer(&bytes);
  if (!known) return raise(ValueErrorType, "unknown address family %d", family);
  if (!good) return raise(ValueErrorType, "invalid length of packed IP address string");
  inet_ntop(family, packed, text, sizeof text);
  return newStr(text);
}

/// htons() and ntohs(): a C int, and no more than 16 bits of it.
template <AuditText Name> Value swapShort(Value, Value v) {
  Ref whole(index(v));
  if (!whole) return Value();
  int overflow;
  const int64_t n = intToInt64(whole, &overflow);
  if (overflow) return raise(OverflowErrorType, "Python int too large to convert to C long");
  if (n > INT32_MAX) return raise(OverflowErrorType, "signed integer is greater than maximum");
  if (n < INT32_MIN) return raise(OverflowErrorType, "signed integer is less than minimum");
  if (n < 0) return raise(OverflowErrorType, "%s: can't convert negative Python int to C 16-bit unsigned integer", Name.text);
  if (n > UINT16_MAX) return raise(OverflowErrorType, "%s: Python int too large to convert to C 16-bit unsigned integer", Name.text);
  return newInt(ntohs(static_cast<uint16_t>(n)));
}
/// htonl() and ntohl(): an int, and no more than 32 bits of it.
Value swapLong(Value, Value v) {
  if (!isInt(v)) return raise(TypeErrorType, "expected int, %s found", typeOf(v)->name);
  uint64_t n;
  if (!unsignedArgument(v, &n)) return {};
  if (n > UINT32_MAX) return raise(OverflowErrorType, "int larger than 32 bits");
  return newInt(ntohl(static_cast<uint32_t>(n)));
}

Value nameToIndex(Value, Value v) {
  Ref name(fileSystemPath(v));
  if (!name) return Value();
  unsigned index = if_nametoindex(std::string(bytesView(name)).c_str());
  return index ? newInt(index) : raise(OSErrorType, "no interface with this name");
}

Value indexToName(Value, Value v) {
  uint64_t index;
  if (!unsignedArgument(v, &index)) return {};
  char name[IF_NAMESIZE];
  return if_indextoname(static_cast<unsigned>(index), name) ? newStr(name) : raiseOsError(errno);
}

Value nameIndex(Value) {
  struct if_nameindex* all = if_nameindex();
  if (!all) return raiseOsError(errno);
  Ref list(newList(0));
  for (auto* i = all; i->if_index && list; ++i) {
    Ref entry(newTuple({newInt(i->if_index), Ref(newStr(i->if_name))}));
    if (!entry || listAppend(list, entry) < 0) list.reset();
  }
  if_freenameindex(all);
  return list.release();
}

} // namespace

extern const MethodDef nameFunctions[];
constinit const MethodDef nameFunctions[] = {
    {"getaddrinfo", audited<"socket.getaddrinfo", "0 1 2z 3z 4z", getAddrInfo>, "(host, port, family=0, type=0, proto=0, flags=0)", kMethodUnsigned},
    {"getnameinfo", audited<"socket.getnameinfo", "0", getNameInfo>, "(sockaddr, flags, /)", kMethodUnsigned},
    {"gethostbyname", audited<"socket.gethostbyname", "0", getHostByName>},
    {"gethostbyname_ex", audited<"socket.gethostbyname", "0", getHostByNameEx>},
    {"gethostbyaddr", audited<"socket.gethostbyaddr", "0", getHostByAddr>},
    {"gethostname", audited<"socket.gethostname", "", getHostName>},
    {"getservbyname", audited<"socket.getservbyname", "0 1", getServByName>, "(servicename, protocolname=None, /)", kMethodUnsigned},
    {"getservbyport", audited<"socket.getservbyport", "0 1", getServByPort>, "(port, protocolname=None, /)", kMethodUnsigned},
    {"getprotobyname", getProtoByName},
    {"inet_aton", inetAton},
    {"inet_ntoa", inetNtoa},
    {"inet_pton", inetPton, "(address_family, ip_string, /)", kMethodUnsigned},
    {"inet_ntop", inetNtop, "(address_family, packed_ip, /)", kMethodUnsigned},
    {"ntohs", swapShort<"ntohs">},
    {"htons", swapShort<"htons">},
    {"ntohl", swapLong},
    {"htonl", swapLong},
    {"if_nametoindex", nameToIndex},
    {"if_indextoname", indexToName},
    {"if_nameindex", nameIndex},
    {},
};

} // namespace krait::sockets
