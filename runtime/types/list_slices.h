// Slices beside those of sequence.h.
#pragma once
#include "runtime/types/sequence.h"

namespace krait {

/// Where a slice of small ints or None with a step that is not 0 begins in what has `size` items; how many it has.
inline int64_t stridedIn(int64_t size, Value start, Value stop, int64_t step, int64_t& from) {
  from = isNone(start) ? (step < 0 ? INT64_MAX : 0) : start.smallInt();
  int64_t to = isNone(stop) ? (step < 0 ? INT64_MIN : INT64_MAX) : stop.smallInt();
  const int64_t n = sliceAdjust(size, &from, &to, step);
  return n > 0 ? n : from = 0;
}

/// list[start:stop:step] of small ints or None, where step is not 0. Owned; null: MemoryError.
Value listSliceByParts(Value list, Value start, Value stop, Value step);

/// list[start:stop] = items of such parts; `items` is owned, consumed in any case, and moved from if nobody else has it.
int32_t listAssignByParts(Value list, Value start, Value stop, Value items);

} // namespace krait
