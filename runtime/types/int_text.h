// Texts of integers beyond types/int.h.
#pragma once
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"

namespace krait {

/// sys.set_int_max_str_digits; 0: no limit.
extern int64_t intMaxStrDigits;
/// The decimal text of `x` in the kSmallDecimal bytes before `end`: where it begins.
constexpr size_t kSmallDecimal = 20;
char* smallDecimal(int64_t x, char* end);
/// How long that text is.
int64_t decimalLength(int64_t x);
/// int(text, base) of a str or bytes-like object.
Value intFromObjectText(Value text, int base);

} // namespace krait
