// Conversions of builtin methods' arguments, with the reference's messages.
// All answer false with an error set; the integer ones may run code (__index__).
#pragma once
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"

namespace krait {

/// A slice bound: null and None leave *out alone; clips to 64 bits.
bool sliceBound(Value v, int64_t* out);
/// A size or count; null leaves *out alone. OverflowError "Python int too large to convert to C ssize_t".
bool sizeArgumentSlow(Value v, int64_t* out);
inline bool sizeArgument(Value v, int64_t* out) {
  if (!v) return true;
  return v.isSmallInt() ? (*out = v.smallInt(), true) : sizeArgumentSlow(v, out);
}
/// The same for a value that must be there: -1 with an error set, or a number.
int64_t toSize(Value v);
/// A size where null and None mean -1. TypeError "argument should be integer or None, not 'str'".
bool optionalSizeArgument(Value v, int64_t* out);
/// A C int; null leaves *out alone. OverflowError.
bool intArgument(Value v, int* out);
/// A file descriptor: an int, or an object with fileno(). OverflowError beyond a C int, ValueError for a negative one.
bool fileDescriptorArgument(Value v, int* out);
/// An integer that stands for a truth value, as older functions want it; null leaves *out alone.
bool flagArgument(Value v, bool* out);
/// bool(v); null leaves *out alone.
bool truthArgument(Value v, bool* out);
/// A writable buffer, to be released by the caller; TypeError "readinto() argument must be read-write bytes-like object,
/// not bytes", where `argument` is "readinto() argument".
bool writableArgument(const char* argument, Value v, Buffer* out);
/// Generic-kind methods: `most` positional arguments at most, at least `least`, none by name.
/// Messages are "name expected at least 1 argument, got 0".
bool countArguments(const char* name, const Args& args, size_t least, size_t most);
/// The older form: "name() takes at least 1 argument (0 given)".
bool countArgumentsOldSlow(const char* name, const Args& args, size_t least, size_t most);
inline bool countArgumentsOld(const char* name, const Args& args, size_t least, size_t most) {
  return (!args.hasNames() && args.count >= least && args.count <= most) || countArgumentsOldSlow(name, args, least, most);
}

} // namespace krait
