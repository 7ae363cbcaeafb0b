// The collection at a program's end, which may be the last thing that anybody hears of it.
#pragma once
#include "runtime/abi/object.h"

namespace krait {

/// What gcCollectRemains() asks when finalizers and callbacks have been run: if it says so, what remains is left as it is. Null: no question.
inline constinit bool (*gcIsEnough)(const GcLinks* garbage) = nullptr;

} // namespace krait
