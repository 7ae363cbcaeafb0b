// Slices of lists beside those of sequence.h.
#pragma once
#include "runtime/abi/value.h"

namespace krait {

/// list[start:stop:step]: start and stop are small ints or None, step is not 0. Owned; null: MemoryError.
Value listSliceByStep(Value list, Value start, Value stop, int64_t step);

/// list[from:to] = items, which is owned, consumed in any case, and moved from if nobody else has it.
int32_t listAssignSlice(Value list, int64_t from, int64_t to, Value items);

} // namespace krait
