// exp and ln in binary fixed point: a Natural x with `bits` stands for x / 2^bits.
//
// Errors are bounded in units of the last place, so that the callers can prove
// the digits they take (transcendental.cpp).
#pragma once
#include "runtime/modules/decimal/natural.h"

namespace krait::decimal::fixed {

/// ln 2 and ln 10, at most 2 units too small or large. Valid until the next call with more bits.
const Natural& logarithmOfTwo(int64_t bits);
const Natural& logarithmOfTen(int64_t bits);

/// y = e**x for 0 <= x < 4, within 4 units.
void exponential(Natural& y, const Natural& x, int64_t bits);

/// y = |ln x| for 1/√2 - 1/8 < x < √2 + 1/8, within 4 units: whether the logarithm is negative.
bool logarithm(Natural& y, const Natural& x, int64_t bits);

} // namespace krait::decimal::fixed
