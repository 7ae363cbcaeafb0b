// iter(bytes) and iter(bytearray).
#pragma once
#include "runtime/types/many_steps.h"

namespace krait {

/// Byte `index` while index < size now; an exhausted iterator drops its source.
struct ByteIterator { Object header; Value source; int64_t index; };
extern ManyStepsType bytesIteratorType, bytearrayIteratorType;
Value bytesIterate(Value v);
Value bytearrayIterate(Value v);

} // namespace krait
