// The _socket module: the type, functions on names and descriptors, constants.
#include <cerrno>
#include <fcntl.h>
#include <linux/can.h>
#include <linux/can/bcm.h>
#include <linux/can/isotp.h>
#include <linux/can/j1939.h>
#include <linux/can/raw.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include "runtime/exceptions/exception.h"
#include "runtime/exceptions/base_exception.h"
#include "runtime/modules/module_constants.h"
#include "runtime/modules/parsed_int.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/socket/socket_object.h"
#include "runtime/object/audit.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::sockets {

extern const MethodDef nameFunctions[];

// Subclasses of OSError without anything of their own: slots come from it.
#define ERROR(variable, text)                                                                                 \
  constinit krait::Type variable = {                                                                          \
      .header = KRAIT_STATIC_HEADER(typeType),                                                                \
      .name = text,                                                                                           \
      .base = &OSErrorType,                                                                                   \
      .flags = exceptions::kExceptionFlags | kTypeOwnModule,                                                  \
      KRAIT_REFERABLE_EXCEPTION_LAYOUT(variable, OsErrorObject, 4),                                           \
  }
ERROR(herrorType, "socket.herror");
ERROR(gaierrorType, "socket.gaierror");

namespace {

/// Cut, as in CPython.
bool descriptor(Value v, int* out) {
  const int64_t n = toInt64(v);
  if (n == -1 && errorSet()) return false;
  *out = static_cast<int>(n);
  return true;
}

Value closeFunction(Value, Value v) {
  int fd;
  if (!descriptor(v, &fd)) return Value();
  int status, error;
  {
    Blocking release;
    status = ::close(fd);
    error = errno;
  }
  return status < 0 && error != ECONNRESET ? raiseOsError(error) : newRef(none());
}

Value dupFunction(Value, Value v) {
  int fd;
  if (!descriptor(v, &fd)) return Value();
  int made = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  return made < 0 ? raiseOsError(errno) : newInt(made);
}

Value socketPair(Value, const Value* argv) {
  int numbers[3] = {AF_UNIX, SOCK_STREAM, 0}, pair[2];
  for (int i = 0; i < 3; ++i)
    if (!parsedIntArgument(argv[i], &numbers[i])) return Value();
  if (socketpair(numbers[0], numbers[1] | SOCK_CLOEXEC, numbers[2], pair) < 0) return raiseOsError(errno);
  Ref a(wrapDescriptor(&socketType, pair[0], numbers[0], numbers[1], numbers[2]));
  Ref b(wrapDescriptor(&socketType, pair[1], numbers[0], numbers[1], numbers[2]));
  return a && b ? newTuple({a, b}) : Value();
}

Value getDefaultTimeout(Value) { return defaultTimeout < 0 ? newRef(none()) : newFloat(defaultTimeout); }
Value setDefaultTimeout(Value, Value v) {
  double timeout;
  if (readTimeout(v, &timeout) < 0) return Value();
  defaultTimeout = timeout;
  return newRef(none());
}

Value setHostName(Value, Value v) {
  Ref name(fileSystemPath(v));
  if (!name) return Value();
  const int status = sethostname(bytesView(name).data(), bytesView(name).size());
  return status < 0 ? raiseOsError(errno) : newRef(none());
}

/// CMSG_LEN, CMSG_SPACE: the size of an item of ancillary data with `size` bytes.
template <size_t (*Measure)(size_t)> Value controlSize(Value, Value v) {
  int64_t size;
  if (!sizeArgument(v, &size)) return Value();
  constexpr int64_t kMost = 0x7fffffff;
  // One byte more takes a whole word of padding.
  if (size < 0 || size > kMost - static_cast<int64_t>(Measure(Measure(1) == CMSG_LEN(1) ? 0 : 1)))
    return raise(OverflowErrorType, "%s() argument out of range", Measure(1) == CMSG_LEN(1) ? "CMSG_LEN" : "CMSG_SPACE");
  return newInt(static_cast<int64_t>(Measure(static_cast<size_t>(size))));
}
size_t controlLength(size_t n) { return CMSG_LEN(n); }
size_t controlSpace(size_t n) { return CMSG_SPACE(n); }

const MethodDef functions[] = {
    {"CMSG_LEN", controlSize<controlLength>},
    {"CMSG_SPACE", controlSize<controlSpace>},
    {"close", closeFunction},
    {"dup", dupFunction},
    {"socketpair", socketPair, "(family=1, type=1, proto=0, /)", kMethodUnsigned},
    {"getdefaulttimeout", getDefaultTimeout},
    {"setdefaulttimeout", setDefaultTimeout},
    {"sethostname", audited<"socket.sethostname", "0", setHostName>},
    {},
};

constexpr ModuleConstant constants[] = {
#define KRAIT_CONSTANT_OF(name, value) {#name, static_cast<int64_t>(value)},
#define KRAIT_CONSTANT(name) {#name, static_cast<int64_t>(name)},
#include "runtime/modules/socket/constants.def"
#undef KRAIT_CONSTANT
#undef KRAIT_CONSTANT_OF
};

int exec(Value module) {
  if (moduleAddMethods(module, nameFunctions) < 0 || moduleAddType(module, &socketType) < 0 ||
      moduleAddType(module, &herrorType) < 0 || moduleAddType(module, &gaierrorType) < 0)
    return -1;
  if (moduleAdd(module, "SocketType", asValue(&socketType)) < 0 || moduleAdd(module, "error", asValue(&OSErrorType)) < 0 ||
      moduleAdd(module, "timeout", asValue(&TimeoutErrorType)) < 0 || moduleAdd(module, "has_ipv6", boolean(true)) < 0)
    return -1;
  if (moduleAdd(module, "BDADDR_ANY", newStr("00:00:00:00:00:00")) < 0 || moduleAdd(module, "BDADDR_LOCAL", newStr("00:00:00:FF:FF:FF")) < 0)
    return -1;
  return moduleAddConstants(module, constants);
}

} // namespace

extern "C" constinit const NativeModule krt_module_socket = {"_socket", functions, exec};

} // namespace krait::sockets
