// Making ranges from C++.
#pragma once
#include "runtime/types/sequence.h"

namespace krait {

/// range(start, stop, step) of three ints, step not zero.
Value newRange(Value start, Value stop, Value step);

} // namespace krait
