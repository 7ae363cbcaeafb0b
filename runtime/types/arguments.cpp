// Argument conversions shared by the text types.
#include "runtime/types/arguments.h"
#include "runtime/object/names.h"
#include "runtime/types/bytes.h"

namespace krait {

bool sliceBound(Value v, int64_t* out) {
  if (!v || isNone(v)) return true;
  if (v.isSmallInt()) return *out = v.smallInt(), true;
  const NumberSlots* number = readyTypeOf(v)->number;
  if (!isInt(v) && !(number && number->index)) {
    raise(TypeErrorType, "slice indices must be integers or None or have an __index__ method");
    return false;
  }
  *out = toIndex(v, nullptr);
  return *out != -1 || !errorSet();
}

bool sizeArgumentSlow(Value v, int64_t* out) {
  Ref n(index(v));
  if (!n) return false;
  int overflow = 0;
  *out = intToInt64(n, &overflow);
  if (overflow) raise(OverflowErrorType, "Python int too large to convert to C ssize_t");
  return !overflow;
}

int64_t toSize(Value v) {
  int64_t n = -1;
  return sizeArgument(v, &n) ? n : -1;
}

bool optionalSizeArgument(Value v, int64_t* out) {
  *out = -1;
  if (!v || isNone(v)) return true;
  if (v.isSmallInt()) return *out = v.smallInt(), true;
  const NumberSlots* number = readyTypeOf(v)->number;
  if (!isInt(v) && !(number && number->index)) {
    raise(TypeErrorType, "argument should be integer or None, not '%.200T'", v);
    return false;
  }
  *out = toIndex(v, &OverflowErrorType);
  return *out != -1 || !errorSet();
}

[[gnu::noinline]] static bool intArgumentSlow(Value v, int* out) {
  Ref n(index(v));
  if (!n) return false;
  int overflow = 0;
  const int64_t wide = intToInt64(n, &overflow);
  if (overflow || wide != static_cast<int>(wide)) {
    raise(OverflowErrorType, "Python int too large to convert to C int");
    return false;
  }
  *out = static_cast<int>(wide);
  return true;
}
bool intArgument(Value v, int* out) {
  if (!v) return true;
  if (!v.isSmallInt() || v.smallInt() != static_cast<int>(v.smallInt())) [[unlikely]] return intArgumentSlow(v, out);
  *out = static_cast<int>(v.smallInt());
  return true;
}

bool flagArgument(Value v, bool* out) {
  int n = *out;
  if (!intArgument(v, &n)) return false;
  *out = n != 0;
  return true;
}

bool truthArgument(Value v, bool* out) {
  if (!v) return true;
  const int32_t truth = isTrue(v);
  *out = truth > 0;
  return truth >= 0;
}

bool writableArgument(const char* argument, Value v, Buffer* out) {
  if (getBuffer(v, out, kBufferWritable) >= 0) return true;
  errorClear();
  raise(TypeErrorType, "%s must be read-write bytes-like object, not %.50G", argument, v);
  return false;
}

/// `message` says name, how, number, plural and count.
static bool checkCount(const char* message, const char* exactly, const char* name, const Args& args, size_t least, size_t most) {
  if (args.hasNames() && args.nameCount()) {
    raise(TypeErrorType, "%s() takes no keyword arguments", name);
    return false;
  }
  if (args.count >= least && args.count <= most) return true;
  const bool few = args.count < least;
  const size_t wanted = few ? least : most;
  raise(TypeErrorType, message, name, least == most ? exactly : few ? "at least " : "at most ", wanted, wanted == 1 ? "" : "s", args.count);
  return false;
}

bool countArguments(const char* name, const Args& args, size_t least, size_t most) {
  return checkCount("%s expected %s%zu argument%s, got %zu", "", name, args, least, most);
}

bool countArgumentsOldSlow(const char* name, const Args& args, size_t least, size_t most) {
  return checkCount("%s() takes %s%zu argument%s (%zu given)", "exactly ", name, args, least, most);
}

bool fileDescriptorArgument(Value v, int* out) {
  Ref number = Ref::share(v);
  if (!isInt(v)) {
    Ref method(getAttrOptional(v, NAME(fileno)));
    if (!method) {
      if (!errorSet()) raise(TypeErrorType, "argument must be an int, or have a fileno() method.");
      return false;
    }
    number.reset(call(method));
    if (!number) return false;
    if (!isInt(number)) return raise(TypeErrorType, "fileno() returned a non-integer"), false;
  }
  if (!intArgument(number, out)) return false;
  if (*out < 0) return raise(ValueErrorType, "file descriptor cannot be a negative integer (%d)", *out), false;
  return true;
}

} // namespace krait
