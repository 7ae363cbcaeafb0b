// Slices of lists beside those of sequence.h.
#pragma once
#include "runtime/abi/value.h"

namespace krait {

/// list[start:stop:step]: start and stop are small ints or None, step is not 0. Owned; null: MemoryError.
Value listSliceByStep(Value list, Value start, Value stop, int64_t step);

} // namespace krait
