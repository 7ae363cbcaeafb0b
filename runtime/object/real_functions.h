// What the hot runtime knows of functions of one float.
#pragma once

namespace krait {

/// math.sqrt of a float, without its errors: NaN below zero.
double realSqrt(double x);

} // namespace krait
