// The errno module: names and numbers, and the dict back.
#include <cerrno>

#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

#define E(name) {#name, name}
// In the order of the reference's dicts: where two names have a number, the later one is its name.
constexpr struct { const char* name; int value; } codes[] = {
    E(ENODEV), E(ENOCSI), E(EHOSTUNREACH), E(ENOMSG), E(EUCLEAN), E(EL2NSYNC), E(EL2HLT), E(ENODATA), E(ENOTBLK), E(ENOSYS), E(EPIPE),
    E(EINVAL), E(EOVERFLOW), E(EADV), E(EINTR), E(EUSERS), E(ENOTEMPTY), E(ENOBUFS), E(EPROTO), E(EREMOTE), E(ENAVAIL), E(ECHILD), E(ELOOP),
    E(EXDEV), E(E2BIG), E(ESRCH), E(EMSGSIZE), E(EAFNOSUPPORT), E(EBADR), E(EHOSTDOWN), E(EPFNOSUPPORT), E(ENOPROTOOPT), E(EBUSY),
    E(EWOULDBLOCK), E(EBADFD), E(EDOTDOT), E(EISCONN), E(ENOANO), E(ESHUTDOWN), E(ECHRNG), E(ELIBBAD), E(ENONET), E(EBADE), E(EBADF),
    E(EMULTIHOP), E(EIO), E(EUNATCH), E(EPROTOTYPE), E(ENOSPC), E(ENOEXEC), E(EALREADY), E(ENETDOWN), E(ENOTNAM), E(EACCES), E(ELNRNG),
    E(EILSEQ), E(ENOTDIR), E(ENOTUNIQ), E(EPERM), E(EDOM), E(EXFULL), E(ECONNREFUSED), E(EISDIR), E(EPROTONOSUPPORT), E(EROFS),
    E(EADDRNOTAVAIL), E(EIDRM), E(ECOMM), E(ESRMNT), E(EREMOTEIO), E(EL3RST), E(EBADMSG), E(ENFILE), E(ELIBMAX), E(ESPIPE), E(ENOLINK),
    E(ENETRESET), E(ETIMEDOUT), E(ENOENT), E(EEXIST), E(EDQUOT), E(ENOSTR), E(EBADSLT), E(EBADRQC), E(ELIBACC), E(EFAULT), E(EFBIG),
    E(EDEADLK), E(ENOTCONN), E(EDESTADDRREQ), E(ELIBSCN), E(ENOLCK), E(EISNAM), E(ECONNABORTED), E(ENETUNREACH), E(ESTALE), E(ENOSR),
    E(ENOMEM), E(ENOTSOCK), E(ESTRPIPE), E(EMLINK), E(ERANGE), E(ELIBEXEC), E(EL3HLT), E(ECONNRESET), E(EADDRINUSE), E(EOPNOTSUPP),
    E(EREMCHG), E(EAGAIN), E(ENAMETOOLONG), E(ENOTTY), E(ERESTART), E(ESOCKTNOSUPPORT), E(ETIME), E(EBFONT), E(EDEADLOCK), E(ETOOMANYREFS),
    E(EMFILE), E(ETXTBSY), E(EINPROGRESS), E(ENXIO), E(ENOPKG), E(ENOMEDIUM), E(EMEDIUMTYPE), E(ECANCELED), E(ENOKEY), E(EKEYEXPIRED),
    E(EKEYREVOKED), E(EKEYREJECTED), E(EOWNERDEAD), E(ENOTRECOVERABLE), E(ERFKILL), E(ENOTSUP)};
#undef E

int execute(Value module) {
  Ref names(newDict());
  for (auto& c : codes) {
    Ref text(internStr(c.name));
    Value number = Value::ofSmallInt(c.value);
    if (!names || !text || dictSet(names, number, text) < 0 || moduleAdd(module, c.name, number) < 0) return -1;
  }
  return moduleAdd(module, "errorcode", names.release());
}

} // namespace

extern "C" constinit const NativeModule krt_module_errno = {"errno", nullptr, execute};

} // namespace krait
