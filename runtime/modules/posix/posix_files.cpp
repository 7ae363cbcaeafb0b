// posix: names of files: making, removing, linking and renaming them, their modes and times; the current folder.
#include <cerrno>
#include <climits>
#include <cmath>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/modules/embedded_files.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/posix/posix_shared.h"
#include "runtime/object/audit.h"
#include "runtime/object/type_name.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::posix {

namespace {

Value mkdirFunction(Value, const Value* argv) {
  Path path;
  int dir, mode = 0777;
  if (!path.parse(argv[0], "mkdir") || !intArgument(argv[1], &mode) || !dirFd(argv[2], &dir)) return Value();
  return done(mkdirat(dir, path.text(), static_cast<mode_t>(mode)), path);
}
Value removeAt(const Value* argv, const char* name, int flags) {
  Path path;
  int dir;
  if (!path.parse(argv[0], name) || !dirFd(argv[1], &dir)) return Value();
  return done(unlinkat(dir, path.text(), flags), path);
}
Value rmdirFunction(Value, const Value* argv) { return removeAt(argv, "rmdir", AT_REMOVEDIR); }
Value unlinkFunction(Value, const Value* argv) { return removeAt(argv, "unlink", 0); }
Value removeFunction(Value, const Value* argv) { return removeAt(argv, "remove", 0); }

Value renameAs(const char* function, const Value* argv) {
  Path from, to;
  int fromDir, toDir;
  if (!from.parse(argv[0], function, "src") || !to.parse(argv[1], function, "dst") || !dirFd(argv[2], &fromDir) || !dirFd(argv[3], &toDir))
    return Value();
  if (renameat(fromDir, from.text(), toDir, to.text()) < 0) return raiseOsError(errno, from.object(), to.object());
  return newRef(none());
}
Value renameFunction(Value, const Value* argv) { return renameAs("rename", argv); }
Value replaceFunction(Value, const Value* argv) { return renameAs("replace", argv); }
Value linkFunction(Value, const Value* argv) {
  Path from, to;
  int fromDir, toDir;
  bool follow;
  if (!from.parse(argv[0], "link", "src") || !to.parse(argv[1], "link", "dst") || !dirFd(argv[2], &fromDir) || !dirFd(argv[3], &toDir) ||
      !flag(argv[4], true, &follow))
    return Value();
  if (linkat(fromDir, from.text(), toDir, to.text(), follow ? AT_SYMLINK_FOLLOW : 0) < 0) return raiseOsError(errno, from.object(), to.object());
  return newRef(none());
}
Value symlinkFunction(Value, const Value* argv) {
  Path from, to;
  int dir;
  if (!from.parse(argv[0], "symlink", "src") || !to.parse(argv[1], "symlink", "dst") || !dirFd(argv[3], &dir)) return Value();
  if (symlinkat(from.text(), dir, to.text()) < 0) return raiseOsError(errno, from.object(), to.object());
  return newRef(none());
}
Value readlinkFunction(Value, const Value* argv) {
  Path path;
  int dir;
  if (!path.parse(argv[0], "readlink") || !dirFd(argv[1], &dir)) return Value();
  char buffer[PATH_MAX + 1];
  ssize_t n = readlinkat(dir, path.text(), buffer, PATH_MAX);
  return n < 0 ? done(-1, path) : pathText({buffer, static_cast<size_t>(n)}, path.isBytes());
}
Value chmodFunction(Value, const Value* argv) {
  Path path;
  int dir, mode;
  bool follow;
  if (!path.parse(argv[0], "chmod", "path", true) || !intArgument(argv[1], &mode) || !dirFd(argv[2], &dir) || !flag(argv[3], true, &follow))
    return Value();
  auto m = static_cast<mode_t>(mode);
  const int status = path.isFd() ? fchmod(path.fd(), m) : fchmodat(dir, path.text(), m, follow ? 0 : AT_SYMLINK_NOFOLLOW);
  if (status < 0 && !follow && errno == EOPNOTSUPP) { // of links themselves
    if (dir != AT_FDCWD) return raise(ValueErrorType, "chmod: cannot use dir_fd and follow_symlinks together");
    return raise(NotImplementedErrorType, "chmod: follow_symlinks unavailable on this platform");
  }
  return done(status, path);
}
Value fchmodFunction(Value, const Value* argv) {
  int fd, mode;
  return intArgument(argv[0], &fd) && intArgument(argv[1], &mode) ? done(fchmod(fd, static_cast<mode_t>(mode))) : Value();
}
Value accessFunction(Value, const Value* argv) {
  Path path;
  int dir, mode;
  bool effective, follow;
  if (!path.parse(argv[0], "access") || !intArgument(argv[1], &mode) || !dirFd(argv[2], &dir) || !flag(argv[3], false, &effective) ||
      !flag(argv[4], true, &follow))
    return Value();
  if (faccessat(dir, path.text(), mode, (effective ? AT_EACCESS : 0) | (follow ? 0 : AT_SYMLINK_NOFOLLOW)) == 0) return boolean(true);
  struct stat s;
  return boolean(isMissing(dir) && statEmbedded(path.text(), &s) && !(mode & (S_ISDIR(s.st_mode) ? W_OK : W_OK | X_OK)));
}
Value truncateFunction(Value, const Value* argv) {
  Path path;
  int64_t n;
  if (!path.parse(argv[0], "truncate", "path", true) || !integer(argv[1], &n)) return Value();
  return doneUnlessFd(path.isFd() ? ftruncate(path.fd(), n) : truncate(path.text(), n), path);
}
Value mkfifoFunction(Value, const Value* argv) {
  Path path;
  int dir, mode = 0666;
  if (!path.parse(argv[0], "mkfifo") || !intArgument(argv[1], &mode) || !dirFd(argv[2], &dir)) return Value();
  return done(mkfifoat(dir, path.text(), static_cast<mode_t>(mode)));
}

/// An int of seconds. False with an error set.
bool secondsArgument(Value v, time_t* out) {
  Ref number(index(v));
  if (!number) return false;
  int overflow;
  *out = intToInt64(number, &overflow);
  return !overflow || (raise(OverflowErrorType, "timestamp out of range for platform time_t"), false);
}
/// A time argument as seconds and nanoseconds.
bool timeArgument(Value v, bool nanoseconds, timespec* out) {
  if (nanoseconds) {
    Ref parts(divmod(v, Value::ofSmallInt(1000000000)));
    if (!parts) return false;
    if (!isTuple(parts) || asTuple(parts)->size != 2)
      return raise(TypeErrorType, "%.200s.__divmod__() must return a 2-tuple, not %.200s", shortName(typeOf(v)), shortName(typeOf(parts))), false;
    return secondsArgument(asTuple(parts)->items[0], &out->tv_sec) && integer(asTuple(parts)->items[1], &out->tv_nsec);
  }
  out->tv_nsec = 0;
  if (!isFloat(v)) return secondsArgument(v, &out->tv_sec);
  const double d = floatValue(v);
  if (std::isnan(d)) return raise(ValueErrorType, "Invalid value NaN (not a number)"), false;
  double whole = std::floor(d), part = std::floor((d - whole) * 1e9);
  if (part >= 1e9) part = 0, whole += 1;
  if (!(whole >= -0x1p63 && whole < 0x1p63)) return raise(OverflowErrorType, "timestamp out of range for platform time_t"), false;
  *out = {static_cast<time_t>(whole), static_cast<long>(part)};
  return true;
}
Value utimeFunction(Value, const Value* argv) {
  Path path;
  int dir;
  bool follow;
  if (!path.parse(argv[0], "utime", "path", true) || !dirFd(argv[3], &dir) || !flag(argv[4], true, &follow)) return Value();
  bool haveTimes = argv[1] && !isNone(argv[1]), haveNs = argv[2] != Value();
  if (haveTimes && haveNs) return raise(ValueErrorType, "utime: you may specify either 'times' or 'ns' but not both");
  timespec t[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}};
  if (haveTimes || haveNs) {
    Value pair = haveTimes ? argv[1] : argv[2];
    if (!isTuple(pair) || asTuple(pair)->size != 2)
      return raise(TypeErrorType, haveTimes ? "utime: 'times' must be either a tuple of two ints or None" : "utime: 'ns' must be a tuple of two ints");
    if (!timeArgument(asTuple(pair)->items[0], haveNs, &t[0]) || !timeArgument(asTuple(pair)->items[1], haveNs, &t[1])) return Value();
  }
  if (path.isFd() && dir != AT_FDCWD) return raise(ValueErrorType, "utime: can't specify dir_fd without matching path");
  if (!mayFollow(path, follow, "utime")) return Value();
  return done(path.isFd() ? futimens(path.fd(), t) : utimensat(dir, path.text(), t, follow ? 0 : AT_SYMLINK_NOFOLLOW));
}

Value getcwdFunction(Value) {
  char buffer[PATH_MAX + 1];
  return getcwd(buffer, sizeof buffer) ? decodeFileSystem(buffer, strlen(buffer)) : raiseOsError(errno);
}
Value getcwdbFunction(Value) {
  char buffer[PATH_MAX + 1];
  return getcwd(buffer, sizeof buffer) ? newBytes(buffer, strlen(buffer)) : raiseOsError(errno);
}
Value chdirFunction(Value, const Value* argv) {
  Path path;
  if (!path.parse(argv[0], "chdir", "path", true)) return Value();
  return done(path.isFd() ? fchdir(path.fd()) : chdir(path.text()), path);
}
Value fchdirFunction(Value, const Value* argv) {
  int fd;
  return fileDescriptorArgument(argv[0], &fd) ? done(fchdir(fd)) : Value();
}
Value fspathFunction(Value, const Value* argv) { return fsPath(argv[0]); }

/// Normal form of a path, as posixpath.normpath defines it.
Value normpathFunction(Value, const Value* argv) {
  if (!isStr(argv[0])) return raise(TypeErrorType, "_path_normpath() argument 'path' must be str, not %.50T", argv[0]);
  Ref bytes(encodeStr(argv[0], "utf-8", "surrogatepass"));
  if (!bytes) return Value();
  std::string_view p = bytesView(bytes);
  std::string out;
  size_t slashes = 0;
  while (slashes < p.size() && p[slashes] == '/') ++slashes;
  size_t lead = slashes == 2 ? 2 : slashes ? 1 : 0;
  std::string parts;
  for (size_t i = slashes; i < p.size();) {
    size_t end = p.find('/', i);
    if (end == std::string_view::npos) end = p.size();
    std::string_view part = p.substr(i, end - i);
    i = end + 1;
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      size_t cut = parts.rfind('/');
      std::string_view last = cut == std::string::npos ? std::string_view(parts) : std::string_view(parts).substr(cut + 1);
      if (!parts.empty() && last != "..") {
        parts.resize(cut == std::string::npos ? 0 : cut);
        continue;
      }
      if (parts.empty() && lead) continue;
    }
    if (!parts.empty()) parts += '/';
    parts += part;
  }
  out = std::string(lead, '/') + parts;
  if (out.empty()) out = ".";
  return decodeBytes(reinterpret_cast<const uint8_t*>(out.data()), out.size(), "utf-8", "surrogatepass");
}

} // namespace

constinit const MethodDef fileMethods[] = {
    {"mkdir", audited<"os.mkdir", "0 1o 2d", mkdirFunction>, "($module, /, path, mode=511, *, dir_fd=None)"},
    {"rmdir", audited<"os.rmdir", "0 1d", rmdirFunction>, "($module, /, path, *, dir_fd=None)"},
    {"unlink", audited<"os.remove", "0 1d", unlinkFunction>, "($module, /, path, *, dir_fd=None)"},
    {"remove", audited<"os.remove", "0 1d", removeFunction>, "($module, /, path, *, dir_fd=None)"},
    {"rename", audited<"os.rename", "0 1 2d 3d", renameFunction>, "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)"},
    {"replace", audited<"os.rename", "0 1 2d 3d", replaceFunction>, "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)"},
    {"link", audited<"os.link", "0 1 2d 3d", linkFunction>, "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)"},
    {"symlink", audited<"os.symlink", "0 1 3d", symlinkFunction>, "($module, /, src, dst, target_is_directory=False, *, dir_fd=None)"},
    {"readlink", readlinkFunction, "($module, /, path, *, dir_fd=None)"},
    {"chmod", audited<"os.chmod", "0 1 2d", chmodFunction>, "($module, /, path, mode, *, dir_fd=None, follow_symlinks=True)"},
    {"fchmod", audited<"os.chmod", "0 1 x", fchmodFunction>, "($module, /, fd, mode)"},
    {"access", accessFunction, "($module, /, path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)"},
    {"truncate", audited<"os.truncate", "0 1", truncateFunction>, "($module, /, path, length)"},
    {"mkfifo", mkfifoFunction, "($module, /, path, mode=438, *, dir_fd=None)"},
    {"utime", audited<"os.utime", "0 1 2 3d", utimeFunction>, "($module, /, path, times=None, *, ns=<unrepresentable>, dir_fd=None, follow_symlinks=True)"},
    {"getcwd", getcwdFunction, "($module, /)"},
    {"getcwdb", getcwdbFunction, "($module, /)"},
    {"chdir", audited<"os.chdir", "0", chdirFunction>, "($module, /, path)"},
    {"fchdir", audited<"os.chdir", "0", fchdirFunction>, "($module, /, fd)"},
    {"fspath", fspathFunction, "($module, /, path)"},
    {"_path_normpath", normpathFunction, "($module, /, path)"},
    {},
};

} // namespace krait::posix
