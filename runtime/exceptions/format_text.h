// The format language of raise(), fail() and formatText(); see object/errors.h for the codes.
#pragma once
#include <cstdarg>
#include "runtime/abi/value.h"

namespace krait {

/// str built from `format`, or null with an error (of repr() or str() of an argument, or no memory).
Value formatTextV(const char* format, va_list arguments);

} // namespace krait
