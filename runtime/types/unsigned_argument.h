// What CPython's PyLong_AsUnsignedLong and its argument converters take, and what they raise otherwise.
#pragma once
#include "runtime/object/errors.h"
#include "runtime/types/int.h"

namespace krait {

/// An int from 0 to 2^64 - 1. False with TypeError or OverflowError, or what is said of a negative one.
inline bool unsignedArgument(Value v, uint64_t* out, const Type& negative = OverflowErrorType, const char* said = "can't convert negative value to unsigned int") {
  if (!isInt(v)) return raise(TypeErrorType, "an integer is required"), false;
  if (intSign(v) < 0) return raise(negative, "%s", said), false;
  if (intBitLength(v) > 64) return raise(OverflowErrorType, "Python int too large to convert to C unsigned long"), false;
  *out = intToUint64Mask(v);
  return true;
}
/// The same for arguments of functions: ValueError for a negative one.
inline bool positiveArgument(Value v, uint64_t* out) { return unsignedArgument(v, out, ValueErrorType, "value must be positive"); }

} // namespace krait
