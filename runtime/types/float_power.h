// Powers of doubles, as libm's pow() gives them, without it where the exponent is 2 or one half.
//
// pow() is no more than 0.54 units in the last place off (what glibc says of its own, the one that ARM's optimized routines brought; the
// one before it was better), and 0.513 where number and result are neither huge nor tiny: 0.511 by its exponential function, the rest by
// the logarithm, in the measure of the result's own. x * x and sqrt(x) are the doubles nearest to the true value. So they are the same
// double unless the true value stands near the middle between two: how far x * x is from it is computed without rounding, and in 24
// of 25 cases that settles it. Without asking, every thousandth square would have another last digit than CPython's.
#pragma once
#include <bit>
#include <cmath>
#include <cstdint>

namespace krait {

/// libm's pow, out of sight of the compiler, which takes x * x for pow(x, 2).
extern "C" [[gnu::noinline]] double krt_library_pow(double base, double exponent);
/// powerTwoAnywhere(), out of line.
extern "C" [[gnu::noinline]] double krt_power_two_anywhere(double x);

namespace float_power {

/// Of a unit in the last place: what is closer to the true value of a square, or root, than that is nearest, however pow() rounds. Nothing is
/// where the errors computed here would lose digits of their own.
inline double clearOf(double number) {
  if (number > 0x1p-57 && number < 0x1p57) return 0.48;
  return number > 0x1p-900 ? 0.45 : 0;
}

/// x * x - product, exactly, where product is x * x rounded. T. J. Dekker, "A floating-point technique for extending the available precision", 1971.
inline double errorOfSquare(double x, double product) {
#ifdef __FP_FAST_FMA
  return __builtin_fma(x, x, -product);
#else
  const double scaled = x * 0x8000001p0, high = scaled - (scaled - x), low = x - high;
  return ((high * high - product) + (high + high) * low) + low * low;
#endif
}

/// From a positive double to the one before it. NaN for zero.
inline double stepBelow(double v) { return v - std::bit_cast<double>(std::bit_cast<uint64_t>(v) - 1); }

} // namespace float_power

/// pow(x, 2), wherever it is asked of.
inline double powerTwoAnywhere(double x) {
  using namespace float_power;
  const double square = x * x;
  const bool isClear = std::fabs(errorOfSquare(x, square)) < clearOf(square) * stepBelow(square);
  return isClear ? square : krt_library_pow(x, 2);
}

/// pow(x, 2). Mostly the square is neither huge nor tiny: then what is below its last place stands in the product of two ints, which takes
/// a third of the instructions of the error in doubles.
inline double powerTwo(double x) {
  constexpr int kPlaces = 52;
  constexpr int64_t kLeast = 1023 - 28, kKinds = 56; // exponents of x whose square lies between 0x1p-57 and 0x1p57
  constexpr uint64_t kHalf = uint64_t{1} << 63, kNear = static_cast<uint64_t>(0.02 * 0x1p64);
  const uint64_t bits = std::bit_cast<uint64_t>(x) << 1 >> 1, hidden = uint64_t{1} << kPlaces;
  const uint64_t digits = (bits & (hidden - 1)) | hidden;
  const auto product = static_cast<unsigned __int128>(digits) * digits;
  const int below = kPlaces + static_cast<int>(product >> (2 * kPlaces + 1)); // the product has 105 or 106 digits, of which 53 stay
  const uint64_t rest = static_cast<uint64_t>(product) << (64 - below);       // in 0x1p-64 of a unit in the last place
  const bool isClear = rest - (kHalf - kNear) > 2 * kNear;
  if (isClear && (bits >> kPlaces) - kLeast < kKinds) [[likely]] return x * x;
  return x == 0 ? 0 : krt_power_two_anywhere(x);
}

/// pow(x, 0.5).
inline double powerHalf(double x) {
  using namespace float_power;
  const double root = __builtin_sqrt(x), square = root * root;
  // x - root² is near twice the root times what the root is off.
  const double rest = (x - square) - errorOfSquare(root, square);
  const bool isClear = std::fabs(rest) < 2 * clearOf(x) * root * stepBelow(root);
  return isClear ? root : krt_library_pow(x, 0.5);
}

/// pow(x, y).
inline double powerOf(double x, double y) { return y == 2 ? powerTwo(x) : y == 0.5 ? powerHalf(x) : krt_library_pow(x, y); }

} // namespace krait
