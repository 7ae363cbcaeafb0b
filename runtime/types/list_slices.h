// Slices of lists beside those of sequence.h.
#pragma once
#include "runtime/abi/value.h"

namespace krait {

/// list[start:stop:step] of small ints or None, where step is not 0. Owned; null: MemoryError.
Value listSliceByParts(Value list, Value start, Value stop, Value step);

/// list[start:stop] = items of such parts; `items` is owned, consumed in any case, and moved from if nobody else has it.
int32_t listAssignByParts(Value list, Value start, Value stop, Value items);

} // namespace krait
