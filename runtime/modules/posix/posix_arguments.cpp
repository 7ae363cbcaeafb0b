// Arguments of the posix module's functions: paths, descriptors of folders, flags, numbers; and their usual results.
#include <cerrno>

#include "runtime/modules/parsed_int.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/posix/posix_shared.h"
#include "runtime/object/names.h"
#include "runtime/object/type_name.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait::posix {

namespace {

/// What a path may be, in the words of TypeErrors.
const char* allowedText(bool allowFd, bool allowNone) {
  if (allowFd) return allowNone ? "string, bytes, os.PathLike, integer or None" : "string, bytes, os.PathLike or integer";
  return allowNone ? "string, bytes, os.PathLike or None" : "string, bytes or os.PathLike";
}

bool descriptorInRange(Value number, int* out) { return narrowed(toIndex(number, nullptr), "fd", out); } // clipped

} // namespace

/// As under CPython, -1 is as if no path were given; other negative numbers are descriptors, which the system refuses.
bool Path::parseDescriptor(Value v, bool allowNone) {
  Ref number(index(v));
  if (!number || !descriptorInRange(number, &fd_)) return false;
  if (fd_ < -1) chars_ = nullptr;
  if (fd_ != -1) return true;
  if (!allowNone) return raiseOsError(EFAULT, v), false;
  chars_ = ".";
  object_.reset(newStr("."));
  return static_cast<bool>(object_);
}

bool Path::parse(Value v, const char* function, const char* argument, bool allowFd, bool allowNone) {
  if (!v || isNone(v)) {
    object_ = Ref::share(none());
    chars_ = ".";
    if (!allowNone) raise(TypeErrorType, "%s: %s should be %s, not NoneType", function, argument, allowedText(allowFd, false));
    return allowNone;
  }
  object_ = Ref::share(v);
  if (!isStr(v) && !krait::isBytes(v)) {
    if (allowFd && (isInt(v) || (readyTypeOf(v)->number && readyTypeOf(v)->number->index))) return parseDescriptor(v, allowNone);
    const bool isPathLike = static_cast<bool>(typeLookup(typeOf(v), NAME(__fspath__)));
    if (!isPathLike && readyTypeOf(v)->buffer) { // other bytes-like objects, deprecated
      HeldBuffer bytes;
      if (warn(DeprecationWarningType, 1, "%s: %s should be %s, not %.200s", function, argument, allowedText(allowFd, allowNone), shortName(typeOf(v))) < 0 ||
          !bytes.get(v))
        return false;
      encoded_.reset(newBytes(bytes.data(), static_cast<size_t>(bytes.size())));
      if (!encoded_) return false;
      chars_ = bytesView(encoded_).data();
      return bytes_ = true;
    }
    if (!isPathLike) {
      raise(TypeErrorType, "%s: %s should be %s, not %.200s", function, argument, allowedText(allowFd, allowNone), shortName(typeOf(v)));
      return false;
    }
    object_.reset(fsPath(v));
    if (!object_) return false;
  }
  bytes_ = krait::isBytes(object_);
  std::string_view text;
  if (!bytes_ && asStr(object_)->flags & kStrAscii) {
    text = {reinterpret_cast<const char*>(asStr(object_)->data()), static_cast<size_t>(asStr(object_)->length)};
  } else {
    if (!bytes_) encoded_.reset(encodeFileSystem(object_));
    if (!bytes_ && !encoded_) return false;
    text = bytesView(bytes_ ? object_ : encoded_);
  }
  chars_ = text.data(); // a null follows
  if (text.find('\0') == std::string_view::npos) return true;
  if (bytes_) raise(ValueErrorType, "%s: embedded null character in %s", function, argument);
  else raise(ValueErrorType, "embedded null byte");
  return false;
}

bool dirFd(Value v, int* out) {
  *out = AT_FDCWD;
  if (!v || isNone(v)) return true;
  Ref i(index(v));
  if (!i) {
    errorClear();
    raise(TypeErrorType, "argument should be integer or None, not %.200s", shortName(typeOf(v)));
    return false;
  }
  return descriptorInRange(i, out);
}
bool flag(Value v, bool fallback, bool* out) {
  *out = fallback;
  if (!v) return true;
  int32_t t = isTrue(v);
  *out = t > 0;
  return t >= 0;
}
bool mayFollow(const Path& path, bool follow, const char* function) {
  if (follow || !path.isFd() || path.fd() == 0) return true;
  return raise(ValueErrorType, "%s: cannot use fd and follow_symlinks together", function), false;
}
bool integer(Value v, int64_t* out) {
  *out = toInt64(v);
  return !(*out == -1 && errorSet());
}
bool deviceArgument(Value v, uint64_t* out) {
  if (!isInt(v)) return raise(TypeErrorType, "an integer is required"), false;
  if (intSign(v) < 0) return raise(OverflowErrorType, "can't convert negative int to unsigned"), false;
  if (intBitLength(v) > 64) return raise(OverflowErrorType, "int too big to convert"), false;
  *out = intToUint64Mask(v);
  return true;
}
Value done(int r, const Path& path) {
  if (r >= 0) return newRef(none());
  return raiseOsError(errno, path.object());
}
Value done(int r) { return r < 0 ? raiseOsError(errno) : newRef(none()); }
Value pathText(std::string_view s, bool bytes) { return bytes ? newBytes(s) : decodeFileSystem(s.data(), s.size()); }

} // namespace krait::posix
