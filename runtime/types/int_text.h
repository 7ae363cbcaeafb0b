// Texts of integers beyond types/int.h.
#pragma once
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"

namespace krait {

/// sys.set_int_max_str_digits; 0: no limit.
extern int64_t intMaxStrDigits;
/// int(text, base) of a str or bytes-like object.
Value intFromObjectText(Value text, int base);

} // namespace krait
