// Splitting exception groups, for the methods and for `except*`.
#pragma once
#include "runtime/exceptions/exception.h"

namespace krait {

inline bool isExceptionGroup(Value v) { return isException(v) && isInstanceOf(v, BaseExceptionGroupType); }
/// The part of group `original` whose leaves are among the leaves of the exceptions in `kept` (a list), with the
/// structure of `original`: a new reference, None if nothing is left, or null with an error.
Value projectGroup(Value original, Value kept);

} // namespace krait
