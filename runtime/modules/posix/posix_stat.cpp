// posix: what stat and statvfs tell.
#include <cerrno>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "runtime/modules/embedded_files.h"
#include "runtime/modules/posix/posix_shared.h"
#include "runtime/threads/blocking.h"
#include "runtime/types/arguments.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/struct_sequence.h"

namespace krait::posix {

namespace {

constinit const char* const statFields[] = {
    "st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", kUnnamedField, kUnnamedField, kUnnamedField,
    "st_atime", "st_mtime", "st_ctime", "st_atime_ns", "st_mtime_ns", "st_ctime_ns", "st_blksize", "st_blocks", "st_rdev"};
constinit const StructSequenceDef statDef = {statFields, 10, 19};
KRAIT_STRUCT_SEQUENCE_TYPE(statResultType, "os.stat_result", kTypeOwnModule);

/// stat_result(sequence, dict=None): times that nobody gives as floats are those of whole seconds.
Value statResultConstruct(Type* t, const Args& args) {
  Value made = structSequenceConstruct(t, args);
  if (!made) return {};
  constexpr int64_t kWholeSeconds = 7, kFloats = 10, kTimes = 3;
  Value* items = asTuple(made)->items;
  for (int64_t i = 0; i < kTimes; ++i)
    if (isNone(items[kFloats + i])) assign(items[kFloats + i], newRef(items[kWholeSeconds + i]));
  return made;
}

} // namespace

Value statResult(const struct stat& s) {
  auto time = [](const timespec& t) { return newFloat(static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec)); };
  auto ns = [](const timespec& t) { return newInt(t.tv_sec * 1000000000 + t.tv_nsec); };
  Value v[] = {newInt(s.st_mode), newIntUnsigned(s.st_ino), newIntUnsigned(s.st_dev), newIntUnsigned(s.st_nlink),
               newInt(s.st_uid), newInt(s.st_gid), newInt(s.st_size), newInt(s.st_atim.tv_sec), newInt(s.st_mtim.tv_sec),
               newInt(s.st_ctim.tv_sec), time(s.st_atim), time(s.st_mtim), time(s.st_ctim), ns(s.st_atim), ns(s.st_mtim),
               ns(s.st_ctim), newInt(s.st_blksize), newInt(s.st_blocks), newIntUnsigned(s.st_rdev)};
  return newStructSequence(&statResultType, &statDef, v);
}

namespace {

/// Whether what stat has not found is in the executable.
bool isEmbedded(const Path& path, int dir, struct stat* out) {
  const int code = errno;
  const bool isThere = !path.isFd() && isMissing(dir) && statEmbedded(path.text(), out);
  errno = code;
  return isThere;
}

Value statFunction(Value, const Value* argv) {
  Path path;
  int dir;
  bool follow;
  if (!path.parse(argv[0], "stat", "path", true) || !dirFd(argv[1], &dir) || !flag(argv[2], true, &follow)) return Value();
  if (path.isFd() && dir != AT_FDCWD) return raise(ValueErrorType, "stat: can't specify dir_fd without matching path");
  if (!mayFollow(path, follow, "stat")) return Value();
  struct stat s;
  int r;
  {
    Blocking release;
    r = path.isFd() ? fstat(path.fd(), &s) : fstatat(dir, path.text(), &s, follow ? 0 : AT_SYMLINK_NOFOLLOW);
  }
  return r < 0 && !isEmbedded(path, dir, &s) ? done(r, path) : statResult(s);
}
Value lstatFunction(Value, const Value* argv) {
  Path path;
  int dir;
  if (!path.parse(argv[0], "lstat") || !dirFd(argv[1], &dir)) return Value();
  struct stat s;
  int r = fstatat(dir, path.text(), &s, AT_SYMLINK_NOFOLLOW);
  return r < 0 && !isEmbedded(path, dir, &s) ? done(r, path) : statResult(s);
}
Value fstatFunction(Value, const Value* argv) {
  int fd;
  struct stat s;
  if (!intArgument(argv[0], &fd)) return Value();
  return fstat(fd, &s) < 0 ? raiseOsError(errno) : statResult(s);
}

constinit const char* const statvfsFields[] = {"f_bsize", "f_frsize", "f_blocks", "f_bfree", "f_bavail",
                                               "f_files", "f_ffree", "f_favail", "f_flag", "f_namemax", "f_fsid"};
constinit const StructSequenceDef statvfsDef = {statvfsFields, 10, 11};
KRAIT_STRUCT_SEQUENCE_TYPE(statvfsResultType, "os.statvfs_result", kTypeOwnModule);

Value statvfsResult(const struct statvfs& s) {
  Value v[] = {newIntUnsigned(s.f_bsize), newIntUnsigned(s.f_frsize), newIntUnsigned(s.f_blocks), newIntUnsigned(s.f_bfree),
               newIntUnsigned(s.f_bavail), newIntUnsigned(s.f_files), newIntUnsigned(s.f_ffree), newIntUnsigned(s.f_favail),
               newIntUnsigned(s.f_flag), newIntUnsigned(s.f_namemax), newIntUnsigned(s.f_fsid)};
  return newStructSequence(&statvfsResultType, &statvfsDef, v);
}
Value statvfsFunction(Value, const Value* argv) {
  Path path;
  if (!path.parse(argv[0], "statvfs", "path", true)) return Value();
  struct statvfs s;
  int r = path.isFd() ? fstatvfs(path.fd(), &s) : statvfs(path.text(), &s);
  return r < 0 ? done(r, path) : statvfsResult(s);
}
Value fstatvfsFunction(Value, Value v) {
  int fd;
  struct statvfs s;
  if (!intArgument(v, &fd)) return Value();
  return fstatvfs(fd, &s) < 0 ? raiseOsError(errno) : statvfsResult(s);
}

} // namespace

constinit const MethodDef statMethods[] = {
    {"stat", statFunction, "($module, /, path, *, dir_fd=None, follow_symlinks=True)"},
    {"lstat", lstatFunction, "($module, /, path, *, dir_fd=None)"},
    {"fstat", fstatFunction, "($module, /, fd)"},
    {"statvfs", statvfsFunction, "($module, /, path)"},
    {"fstatvfs", fstatvfsFunction, "($module, fd, /)"},
    {},
};

int32_t addStatTypes(Value module) {
  statResultType.construct = statResultConstruct;
  structSequenceReady(&statResultType, &statDef);
  structSequenceReady(&statvfsResultType, &statvfsDef);
  return moduleAddType(module, &statResultType) < 0 ? -1 : moduleAddType(module, &statvfsResultType);
}

} // namespace krait::posix
