// Timeouts as all calls that wait take them: seconds in a double, on the clock that nobody sets.
#pragma once
#include "runtime/abi/value.h"

namespace krait {

double monotonicSeconds();

/// The seconds that this number of `unit`s (of a second) makes, of either sign. 0, or -1: TypeError for what is neither
/// a float nor an index, ValueError for NaN, OverflowError for more nanoseconds than 64 bits count.
int32_t secondsOf(Value number, double unit, double* out);

} // namespace krait
