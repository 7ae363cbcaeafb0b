// The layout of iter(str); the loop's fast path may inline its step.
#pragma once
#include "runtime/object/type.h"

namespace krait {

/// Code point `index` while index < length; an exhausted iterator drops its text.
struct StrIterator { Object header; Value text; int64_t index; };
extern Type strIteratorType, strAsciiIteratorType;

} // namespace krait
