// posix: what the system is configured for, and extended attributes of files.
#include <cerrno>
#include <sys/xattr.h>
#include <unistd.h>
#include "runtime/modules/module_constants.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/posix/posix_shared.h"
#include "runtime/object/audit.h"
#include "runtime/threads/blocking.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::posix {
namespace {

constexpr ModuleConstant sysconfNames[] = {
#define KRAIT_SYSCONF_NAME(name) {#name, _##name},
#include "runtime/modules/posix/posix_names.def"
#undef KRAIT_SYSCONF_NAME
};
constexpr ModuleConstant confstrNames[] = {
#define KRAIT_CONFSTR_NAME(name) {#name, _##name},
#include "runtime/modules/posix/posix_names.def"
#undef KRAIT_CONFSTR_NAME
};
constexpr ModuleConstant pathconfNames[] = {
#define KRAIT_PATHCONF_NAME(name) {#name, _##name},
#include "runtime/modules/posix/posix_names.def"
#undef KRAIT_PATHCONF_NAME
};

/// A name of the table, or a number. False with an error.
template <size_t N> bool nameArgument(Value v, const ModuleConstant (&rows)[N], int* out) {
  if (isInt(v)) return intArgument(v, out);
  if (!isStr(v)) return raise(TypeErrorType, "configuration names must be strings or integers"), false;
  for (const ModuleConstant& row : rows) {
    if (!strEqual(v, row.name)) continue;
    *out = static_cast<int>(row.value);
    return true;
  }
  raise(ValueErrorType, "unrecognized configuration name");
  return false;
}

Value sysconfFunction(Value, Value v) {
  int name = 0;
  if (!nameArgument(v, sysconfNames, &name)) return Value();
  errno = 0;
  const long n = sysconf(name);
  return n == -1 && errno ? raiseOsError(errno) : newInt(n);
}
Value confstrFunction(Value, Value v) {
  int name = 0;
  if (!nameArgument(v, confstrNames, &name)) return Value();
  errno = 0;
  std::string text(255, '\0');
  size_t n = confstr(name, text.data(), text.size());
  if (n == 0) return errno ? raiseOsError(errno) : newRef(none());
  if (n > text.size()) {
    text.resize(n);
    n = confstr(name, text.data(), text.size());
  }
  return decodeFileSystem(text.data(), n - 1);
}
Value pathconfFunction(Value, const Value* argv) {
  Path path;
  int name = 0;
  if (!path.parse(argv[0], "pathconf", "path", true) || !nameArgument(argv[1], pathconfNames, &name)) return Value();
  errno = 0;
  const long n = path.isFd() ? fpathconf(path.fd(), name) : pathconf(path.text(), name);
  return n == -1 && errno ? done(-1, path) : newInt(n);
}
Value fpathconfFunction(Value, const Value* argv) {
  int fd = 0, name = 0;
  if (!fileDescriptorArgument(argv[0], &fd) || !nameArgument(argv[1], pathconfNames, &name)) return Value();
  errno = 0;
  const long n = fpathconf(fd, name);
  return n == -1 && errno ? raiseOsError(errno) : newInt(n);
}

template <size_t N> int32_t addNames(Value module, const char* name, const ModuleConstant (&rows)[N]) {
  Ref d(newDict());
  for (const ModuleConstant& row : rows)
    if (!d || dictSet(d, row.name, Value::ofSmallInt(row.value)) < 0) return -1;
  return moduleAdd(module, name, d.release());
}

// ---- extended attributes -----------------------------------------------------------------------

/// Path, attribute's name and whether to follow links. False with an error.
bool attributeArguments(const char* function, Value file, Value name, Value followed, Path* path, Ref* attribute, bool* follow) {
  if (!path->parse(file, function, "path", true, !name) || !flag(followed, true, follow) || !mayFollow(*path, *follow, function)) return false;
  if (name) attribute->reset(fileSystemPath(name));
  return !name || *attribute;
}

/// Asks with growing space: the bytes, or -1 and errno.
template <class F> ssize_t askForBytes(std::string* out, F ask) {
  for (size_t space : {size_t{128}, size_t{65536}}) {
    out->resize(space);
    const ssize_t n = ask(out->data(), space);
    if (n >= 0) out->resize(static_cast<size_t>(n));
    if (n >= 0 || errno != ERANGE) return n;
  }
  return -1;
}

Value getAttribute(Value, const Value* argv) {
  Path path;
  Ref name;
  bool follow;
  if (!attributeArguments("getxattr", argv[0], argv[1], argv[2], &path, &name, &follow)) return Value();
  const char* text = bytesView(name).data();
  std::string value;
  const ssize_t n = askForBytes(&value, [&](char* to, size_t size) {
    return path.fd() >= 0 ? fgetxattr(path.fd(), text, to, size) : follow ? getxattr(path.text(), text, to, size) : lgetxattr(path.text(), text, to, size);
  });
  return n < 0 ? done(-1, path) : newBytes(value);
}
Value setAttribute(Value, const Value* argv) {
  Path path;
  Ref name;
  bool follow;
  int flags = 0;
  HeldBuffer value;
  if (!attributeArguments("setxattr", argv[0], argv[1], argv[4], &path, &name, &follow) || !value.get(argv[2]) || !intArgument(argv[3], &flags))
    return Value();
  const char* text = bytesView(name).data();
  const auto size = static_cast<size_t>(value.size());
  return done(path.fd() >= 0 ? fsetxattr(path.fd(), text, value.data(), size, flags)
              : follow    ? setxattr(path.text(), text, value.data(), size, flags)
                          : lsetxattr(path.text(), text, value.data(), size, flags), path);
}
Value removeAttribute(Value, const Value* argv) {
  Path path;
  Ref name;
  bool follow;
  if (!attributeArguments("removexattr", argv[0], argv[1], argv[2], &path, &name, &follow)) return Value();
  const char* text = bytesView(name).data();
  return done(path.fd() >= 0 ? fremovexattr(path.fd(), text) : follow ? removexattr(path.text(), text) : lremovexattr(path.text(), text), path);
}
Value listAttributes(Value, const Value* argv) {
  Path path;
  bool follow;
  if (!attributeArguments("listxattr", argv[0] ? argv[0] : none(), Value(), argv[1], &path, nullptr, &follow)) return Value();
  std::string names;
  const char* text = path.text() ? path.text() : "."; // as under CPython, for a negative descriptor
  const ssize_t n = askForBytes(&names, [&](char* to, size_t size) {
    return path.fd() >= 0 ? flistxattr(path.fd(), to, size) : follow ? listxattr(text, to, size) : llistxattr(text, to, size);
  });
  if (n < 0) return done(-1, path);
  Ref list(newList(0));
  for (size_t at = 0; list && at < names.size();) {
    const size_t end = names.find('\0', at);
    Ref name(decodeFileSystem(names.data() + at, end - at));
    if (!name || listAppend(list, name) < 0) return Value();
    at = end + 1;
  }
  return list.release();
}

} // namespace

constinit const MethodDef configurationMethods[] = {
    {"sysconf", sysconfFunction, "($module, name, /)"},
    {"confstr", confstrFunction, "($module, name, /)"},
    {"pathconf", pathconfFunction, "($module, /, path, name)"},
    {"fpathconf", fpathconfFunction, "($module, fd, name, /)"},
    {"getxattr", audited<"os.getxattr", "0 1", getAttribute>, "($module, /, path, attribute, *, follow_symlinks=True)"},
    {"setxattr", audited<"os.setxattr", "0 1 2 3z", setAttribute>, "($module, /, path, attribute, value, flags=0, *, follow_symlinks=True)"},
    {"removexattr", audited<"os.removexattr", "0 1", removeAttribute>, "($module, /, path, attribute, *, follow_symlinks=True)"},
    {"listxattr", audited<"os.listxattr", "0", listAttributes>, "($module, /, path=None, *, follow_symlinks=True)"},
    {},
};

int32_t addConfigurationNames(Value module) {
  if (addNames(module, "sysconf_names", sysconfNames) < 0 || addNames(module, "confstr_names", confstrNames) < 0) return -1;
  return addNames(module, "pathconf_names", pathconfNames);
}

} // namespace krait::posix
