// A C int of a function that takes its arguments apart by a format, as CPython's older functions do, and all that take a process:
// what is out of range has other words there than runtime/types/arguments.h gives a lone int.
#pragma once
#include "runtime/abi/value.h"

namespace krait {

/// Null leaves *out alone. OverflowError "signed integer is greater than maximum", or of a C long. False with an error.
bool parsedIntArgument(Value v, int* out);
/// What fits a C int; OverflowError in which `what` is out of range. False with an error.
bool narrowed(int64_t n, const char* what, int* out);

} // namespace krait
