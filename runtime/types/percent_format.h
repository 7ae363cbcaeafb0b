// `%` formatting of str and bytes: one engine. Bytes are formatted as the text
// of their Latin-1 code points.
#pragma once
#include "runtime/types/str.h"

namespace krait {

/// A format in its own type: str % args, or (bytes) Latin-1 text standing for a bytes object; the result alike.
Value formatPercent(Value format, Value args, bool bytes);

} // namespace krait
