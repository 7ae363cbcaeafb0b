// The gamma function by Lanczos' approximation (Boost's rational form for 53 bits, N = 13, g = 6.0246…), as CPython
// computes it: programs print the last digits.
#include "runtime/modules/math_gamma.h"

#include <cmath>
#include <numbers>

#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/types/float.h"

namespace krait {

namespace {

constexpr double kG = 6.024680040776729583740234375, kGMinusHalf = 5.524680040776729583740234375;
constexpr double kLogPi = 1.144729885849400174143427351353058711647;
constexpr int kTerms = 13;
constexpr double kNumerator[kTerms] = {
    23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408};
constexpr double kDenominator[kTerms] = {0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535,
                                         2637558, 357423, 32670, 1925, 66, 1};
constexpr int kFactorials = 23; // (n - 1)! is exact up to here
constexpr double kSmall = 1e-20, kLarge = 200, kSplitPower = 140;

double lanczosSum(double x) {
  double numerator = 0, denominator = 0;
  if (x < 5) {
    for (int i = kTerms; --i >= 0;) {
      numerator = numerator * x + kNumerator[i];
      denominator = denominator * x + kDenominator[i];
    }
  } else {
    for (int i = 0; i < kTerms; ++i) {
      numerator = numerator / x + kNumerator[i];
      denominator = denominator / x + kDenominator[i];
    }
  }
  return numerator / denominator;
}

/// sin(pi x), exact at multiples of a half.
double sinPi(double x) {
  const double y = std::fmod(std::fabs(x), 2.0), pi = std::numbers::pi;
  double r = 0;
  switch (static_cast<int>(std::round(2.0 * y))) {
  case 0: r = std::sin(pi * y); break;
  case 1: r = std::cos(pi * (y - 0.5)); break;
  case 2: r = std::sin(pi * (1.0 - y)); break; // keeps the sign at 1
  case 3: r = -std::cos(pi * (y - 1.5)); break;
  default: r = std::sin(pi * (y - 2.0)); break;
  }
  return std::copysign(1.0, x) * r;
}

/// Of a number that is finite and no integer <= 0. Infinity: out of range.
double gammaOf(double x) {
  const double size = std::fabs(x);
  if (x == std::floor(x) && x <= kFactorials) {
    double r = 1;
    for (int i = 2; i < static_cast<int>(x); ++i) r *= i;
    return r;
  }
  if (size < kSmall) return 1.0 / x;
  if (size > kLarge) return x < 0 ? 0.0 / sinPi(x) : INFINITY;
  const double y = size + kGMinusHalf;
  // What rounding took from y.
  double z = size > kGMinusHalf ? (y - size) - kGMinusHalf : (y - kGMinusHalf) - size;
  z = z * kG / y;
  double r;
  if (x < 0) {
    r = -std::numbers::pi / sinPi(size) / size * std::exp(y) / lanczosSum(size);
    r -= z * r;
    if (size < kSplitPower) return r / std::pow(y, size - 0.5);
    const double root = std::pow(y, size / 2.0 - 0.25);
    return r / root / root;
  }
  r = lanczosSum(size) / std::exp(y);
  r += z * r;
  if (size < kSplitPower) return r * std::pow(y, size - 0.5);
  const double root = std::pow(y, size / 2.0 - 0.25);
  return r * root * root;
}

double logGammaOf(double x) {
  if (x == std::floor(x) && x <= 2) return 0;
  const double size = std::fabs(x);
  if (size < kSmall) return -std::log(size);
  double r = std::log(lanczosSum(size)) - kG;
  r += (size - 0.5) * (std::log(size + kG - 0.5) - 1);
  if (x < 0) r = kLogPi - std::log(std::fabs(sinPi(size))) - std::log(size) - r;
  return r;
}

bool isPole(double x) { return x <= 0 && x == std::floor(x); }

Value result(double r) { return std::isinf(r) ? raise(OverflowErrorType, "math range error") : newFloat(r); }

} // namespace

Value gammaFunction(Value, Value v) {
  const double x = toDouble(v);
  if (x == -1.0 && errorSet()) return Value();
  if (std::isnan(x) || (std::isinf(x) && x > 0)) return newFloat(x);
  if (std::isinf(x) || isPole(x)) return raise(ValueErrorType, "math domain error");
  return result(gammaOf(x));
}

Value lgammaFunction(Value, Value v) {
  const double x = toDouble(v);
  if (x == -1.0 && errorSet()) return Value();
  if (std::isnan(x)) return newFloat(x);
  if (std::isinf(x)) return newFloat(INFINITY);
  return isPole(x) ? raise(ValueErrorType, "math domain error") : result(logGammaOf(x));
}

} // namespace krait
