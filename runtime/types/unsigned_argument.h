// What CPython's PyLong_AsUnsignedLong takes, and what it raises otherwise.
#pragma once
#include "runtime/object/errors.h"
#include "runtime/types/int.h"

namespace krait {

/// An int from 0 to 2^64 - 1. False with TypeError or OverflowError.
inline bool unsignedArgument(Value v, uint64_t* out) {
  if (!isInt(v)) return raise(TypeErrorType, "an integer is required"), false;
  if (intSign(v) < 0) return raise(OverflowErrorType, "can't convert negative value to unsigned int"), false;
  if (intBitLength(v) > 64) return raise(OverflowErrorType, "Python int too large to convert to C unsigned long"), false;
  *out = intToUint64Mask(v);
  return true;
}

} // namespace krait
