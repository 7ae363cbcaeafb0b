// What __setstate__ of an iterator over a sequence takes.
#pragma once
#include "runtime/object/errors.h"
#include "runtime/types/arguments.h"

namespace krait {

/// The index that an iterator shall continue at: an int and nothing that merely has an __index__. -1 with an error set, or any number.
inline int64_t iteratorState(Value state) {
  if (isInt(state)) return toSize(state);
  raise(TypeErrorType, "an integer is required");
  return -1;
}

} // namespace krait
