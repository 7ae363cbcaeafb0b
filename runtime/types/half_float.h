// IEEE 754 binary16, as struct's 'e' and memoryview use it.
#pragma once
#include <cmath>
#include <cstdint>

namespace krait {

inline double halfToDouble(uint16_t h) {
  const int exponent = h >> 10 & 31;
  const int fraction = h & 1023;
  double d;
  if (exponent == 31) d = fraction ? std::nan("") : HUGE_VAL;
  else if (exponent == 0) d = std::ldexp(fraction, -24);
  else d = std::ldexp(1024 + fraction, exponent - 25);
  return h & 0x8000 ? -d : d;
}

/// Rounds half to even. False: too large.
inline bool doubleToHalf(double d, uint16_t* out) {
  const auto sign = static_cast<uint16_t>(std::signbit(d) ? 0x8000 : 0);
  if (std::isnan(d)) return *out = sign | 0x7e00, true;
  if (std::isinf(d)) return *out = sign | 0x7c00, true;
  if (d == 0) return *out = sign, true;
  int exponent;
  double fraction = std::frexp(std::fabs(d), &exponent) * 2; // in [1, 2)
  --exponent;
  if (exponent >= 16) return false;
  if (exponent < -25) return *out = sign, true; // rounds to zero
  if (exponent < -14) { // subnormal
    fraction = std::ldexp(fraction, 14 + exponent);
    exponent = 0;
  } else {
    fraction -= 1;
    exponent += 15;
  }
  fraction *= 1024;
  auto bits = static_cast<uint32_t>(fraction);
  fraction -= bits;
  if (fraction > 0.5 || (fraction == 0.5 && (bits & 1))) {
    if (++bits == 1024) {
      bits = 0;
      if (++exponent == 31) return false;
    }
  }
  *out = static_cast<uint16_t>(sign | exponent << 10 | bits);
  return true;
}

} // namespace krait
