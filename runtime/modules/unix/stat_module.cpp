// _stat: the parts of st_mode, and its text as ls shows it.
#include <sys/stat.h>

#include "runtime/modules/module_constants.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

/// A mode argument: false with an error set.
bool modeArgument(Value v, mode_t* out) {
  if (!isInt(v)) return raise(TypeErrorType, "an integer is required"), false;
  const int32_t negative = compareBool(v, Value::ofSmallInt(0), kLt);
  if (negative < 0) return false;
  if (negative) return raise(OverflowErrorType, "can't convert negative value to unsigned int"), false;
  Ref high(binary(v, Value::ofSmallInt(64), &NumberSlots::rshift, ">>"));
  if (!high) return false;
  if (isTrue(high)) return raise(OverflowErrorType, "Python int too large to convert to C unsigned long"), false;
  Ref low(binary(v, Value::ofSmallInt(32), &NumberSlots::rshift, ">>"));
  if (!low) return false;
  if (isTrue(low)) return raise(OverflowErrorType, "mode out of range"), false;
  *out = static_cast<mode_t>(toInt64(v));
  return true;
}

template <mode_t kKind> Value isKind(Value, Value v) {
  mode_t mode = 0;
  return modeArgument(v, &mode) ? boolean((mode & S_IFMT) == kKind) : Value();
}
/// Kinds of files that this system does not have.
Value isAbsentKind(Value, Value v) {
  mode_t mode = 0;
  return modeArgument(v, &mode) ? boolean(false) : Value();
}
template <mode_t kMask> Value masked(Value, Value v) {
  mode_t mode = 0;
  return modeArgument(v, &mode) ? newInt(mode & kMask) : Value();
}

char kindCharacter(mode_t mode) {
  switch (mode & S_IFMT) {
  case S_IFREG: return '-';
  case S_IFDIR: return 'd';
  case S_IFLNK: return 'l';
  case S_IFBLK: return 'b';
  case S_IFCHR: return 'c';
  case S_IFIFO: return 'p';
  case S_IFSOCK: return 's';
  default: return '?';
  }
}

Value fileMode(Value, Value v) {
  mode_t mode = 0;
  if (!modeArgument(v, &mode)) return Value();
  const char text[] = {
      kindCharacter(mode),
      mode & S_IRUSR ? 'r' : '-',
      mode & S_IWUSR ? 'w' : '-',
      mode & S_ISUID ? (mode & S_IXUSR ? 's' : 'S') : (mode & S_IXUSR ? 'x' : '-'),
      mode & S_IRGRP ? 'r' : '-',
      mode & S_IWGRP ? 'w' : '-',
      mode & S_ISGID ? (mode & S_IXGRP ? 's' : 'S') : (mode & S_IXGRP ? 'x' : '-'),
      mode & S_IROTH ? 'r' : '-',
      mode & S_IWOTH ? 'w' : '-',
      mode & S_ISVTX ? (mode & S_IXOTH ? 't' : 'T') : (mode & S_IXOTH ? 'x' : '-'),
  };
  return newStrAscii(text, sizeof text);
}

constexpr MethodDef functions[] = {
    {"S_ISDIR", isKind<S_IFDIR>},
    {"S_ISCHR", isKind<S_IFCHR>},
    {"S_ISBLK", isKind<S_IFBLK>},
    {"S_ISREG", isKind<S_IFREG>},
    {"S_ISFIFO", isKind<S_IFIFO>},
    {"S_ISLNK", isKind<S_IFLNK>},
    {"S_ISSOCK", isKind<S_IFSOCK>},
    {"S_ISDOOR", isAbsentKind},
    {"S_ISPORT", isAbsentKind},
    {"S_ISWHT", isAbsentKind},
    {"S_IMODE", masked<07777>},
    {"S_IFMT", masked<S_IFMT>},
    {"filemode", fileMode},
    {},
};

constexpr ModuleConstant kConstants[] = {
    KRAIT_MODULE_CONSTANT(S_IFDIR), KRAIT_MODULE_CONSTANT(S_IFCHR), KRAIT_MODULE_CONSTANT(S_IFBLK),
    KRAIT_MODULE_CONSTANT(S_IFREG), KRAIT_MODULE_CONSTANT(S_IFIFO), KRAIT_MODULE_CONSTANT(S_IFLNK),
    KRAIT_MODULE_CONSTANT(S_IFSOCK), {"S_IFDOOR", 0}, {"S_IFPORT", 0}, {"S_IFWHT", 0},
    KRAIT_MODULE_CONSTANT(S_ISUID), KRAIT_MODULE_CONSTANT(S_ISGID), KRAIT_MODULE_CONSTANT(S_ISVTX), {"S_ENFMT", S_ISGID},
    KRAIT_MODULE_CONSTANT(S_IREAD), KRAIT_MODULE_CONSTANT(S_IWRITE), KRAIT_MODULE_CONSTANT(S_IEXEC),
    KRAIT_MODULE_CONSTANT(S_IRWXU), KRAIT_MODULE_CONSTANT(S_IRUSR), KRAIT_MODULE_CONSTANT(S_IWUSR),
    KRAIT_MODULE_CONSTANT(S_IXUSR), KRAIT_MODULE_CONSTANT(S_IRWXG), KRAIT_MODULE_CONSTANT(S_IRGRP),
    KRAIT_MODULE_CONSTANT(S_IWGRP), KRAIT_MODULE_CONSTANT(S_IXGRP), KRAIT_MODULE_CONSTANT(S_IRWXO),
    KRAIT_MODULE_CONSTANT(S_IROTH), KRAIT_MODULE_CONSTANT(S_IWOTH), KRAIT_MODULE_CONSTANT(S_IXOTH),
    // Flags of other systems, with the numbers that CPython gives them everywhere.
    {"UF_NODUMP", 0x1}, {"UF_IMMUTABLE", 0x2}, {"UF_APPEND", 0x4}, {"UF_OPAQUE", 0x8}, {"UF_NOUNLINK", 0x10},
    {"UF_COMPRESSED", 0x20}, {"UF_HIDDEN", 0x8000}, {"SF_ARCHIVED", 0x10000}, {"SF_IMMUTABLE", 0x20000},
    {"SF_APPEND", 0x40000}, {"SF_NOUNLINK", 0x100000}, {"SF_SNAPSHOT", 0x200000},
    // Places in the tuple form of a stat result.
    {"ST_MODE", 0}, {"ST_INO", 1}, {"ST_DEV", 2}, {"ST_NLINK", 3}, {"ST_UID", 4}, {"ST_GID", 5}, {"ST_SIZE", 6},
    {"ST_ATIME", 7}, {"ST_MTIME", 8}, {"ST_CTIME", 9},
};

int execute(Value module) { return moduleAddConstants(module, kConstants); }

} // namespace

extern "C" constinit const NativeModule krt_module_stat = {"_stat", functions, execute};

} // namespace krait
