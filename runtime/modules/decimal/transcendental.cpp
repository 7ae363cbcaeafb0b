// exp, ln, log10 and powers.
//
// A result is computed in binary fixed point with a known bound of its error; what
// is that much smaller and larger is written with a few more digits than asked
// for, and when both agree so does everything between. If not, the precision is
// raised (Ziv, "Fast evaluation of elementary mathematical functions with
// correctly rounded last bit", 1991).
#include <cmath>
#include "runtime/modules/decimal/fixed_point.h"
#include "runtime/modules/decimal/number.h"

namespace krait::decimal {

namespace {

constexpr double kBitsOfDigit = 3.3219280948873624;

/// A value y / 2^bits·10^exp, at most 2^kDoubt units of y from the exact one.
struct Approximation {
  Natural y;
  int64_t bits, exp = 0;
  bool negative = false;
};
constexpr int64_t kDoubt = 10;

/// y·10^n / 2^bits
void takeDigits(Natural& y, int64_t n, int64_t bits) {
  multiply(y, y, powerOfTen(n));
  shiftRight(y, bits);
}

/// Calls `function(approximation)`, which has its `bits` set, until the digits are known; finalizes by `s`. The value has
/// `lost` zero bits behind the point.
template <class Function> void approximate(Number& r, int64_t lost, const Settings& s, uint32_t& status, Function function) {
  if (s.prec > kMostDigits || lost > kMostDigits) {
    exhausted = true;
    return r.setNan();
  }
  const int64_t digits = s.prec + 4;
  for (int64_t guard = 32;; guard *= 2) {
    Approximation a;
    a.bits = static_cast<int64_t>(static_cast<double>(digits) * kBitsOfDigit) + lost + guard;
    function(a);
    if (exhausted) return r.setNan();
    Natural low, high, doubt(1);
    shiftLeft(doubt, kDoubt);
    if (compare(a.y, doubt) <= 0) continue;
    const auto whole = static_cast<int64_t>(std::floor(static_cast<double>(a.y.bitLength() - a.bits) / kBitsOfDigit));
    const int64_t n = digits > whole ? digits - whole : 0;
    difference(low, a.y, doubt);
    add(high, a.y, doubt);
    takeDigits(low, n, a.bits);
    takeDigits(high, n, a.bits);
    if (exhausted) return r.setNan();
    if (compare(low, high) != 0) continue;
    // Cut off here; a sticky digit stands for the rest.
    r.c.swap(low);
    multiplyLimb(r.c, 10);
    addLimb(r.c, 1);
    r.exp = a.exp - n - 1;
    r.negative = a.negative;
    r.kind = kFinite;
    uint32_t more = kInexact | kRounded;
    finalize(r, s, more);
    status |= more & kSubnormal ? more | kUnderflow : more;
    return;
  }
}

/// y = c·10^e·2^bits, cut off.
void toFixed(Natural& y, const Natural& c, int64_t e, int64_t bits) {
  y.set(c);
  if (e >= 0) {
    scaleUp(y, e);
    return shiftLeft(y, bits);
  }
  Natural rest;
  // Divided by 5^-e and 2^-e.
  if (bits + e >= 0) shiftLeft(y, bits + e);
  Natural five;
  power(five, 5, static_cast<uint64_t>(-e));
  divide(y, rest, y, five);
  if (bits + e < 0) shiftRight(y, -(bits + e));
}

/// About the value of a finite number, infinite where a double is too small.
double roughValue(const Number& a) {
  if (a.isZeroCoefficient()) return 0;
  const double size = std::pow(10.0, log10Of(a.c) + static_cast<double>(a.exp));
  return a.negative ? -size : size;
}

Settings halfEven(const Settings& s) {
  Settings even = s;
  even.rounding = kHalfEven;
  return even;
}

/// 1, with as many zeros as fit, inexact.
void inexactOne(Number& r, const Settings& s, uint32_t& status) {
  r.c.set(powerOfTen(s.prec - 1));
  r.exp = -(s.prec - 1);
  r.negative = false;
  r.kind = kFinite;
  status |= kInexact | kRounded;
}
/// What is larger or smaller than every number of the context: rounding does the rest.
void beyond(Number& r, bool small, const Settings& s, uint32_t& status) {
  r.setSmall(1, small ? s.etiny() - 1 : s.emax + 1);
  finalize(r, s, status);
  status |= kInexact | kRounded;
}

} // namespace

void exponential(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, s, status)) return;
  if (a.kind == kInfinity) return a.negative ? r.setSmall(0) : r.setInfinity(false);
  if (a.isZeroCoefficient()) return r.setSmall(1);
  const Settings even = halfEven(s);
  const int64_t adjusted = a.adjusted();
  // Too far out for any exponent; or so near to 0 that only 1 remains.
  if (adjusted > 20) return beyond(r, a.negative, even, status);
  if (adjusted < -s.prec - 2) return inexactOne(r, s, status);
  const double magnitude = roughValue(a) * 0.4342944819032518;
  if (magnitude > static_cast<double>(s.emax) * 1.001 + 10) return beyond(r, false, even, status);
  if (magnitude < static_cast<double>(s.etiny()) * 1.001 - 10) return beyond(r, true, even, status);
  Natural c(a.c);
  const int64_t e = a.exp;
  const bool negative = a.negative;
  approximate(r, 0, even, status, [&](Approximation& at) {
    // |a| = k·ln 10 + rest. The errors of so many ln 10 stay below the rest's last bit.
    constexpr int64_t kGuard = 72;
    Natural x, k;
    toFixed(x, c, e, at.bits + kGuard);
    const Natural& ten = fixed::logarithmOfTen(at.bits + kGuard);
    if (exhausted) return;
    divide(k, x, x, ten);
    at.exp = static_cast<int64_t>(k.limb(0));
    if (negative) {
      difference(x, ten, x);
      at.exp = -at.exp - 1;
    }
    shiftRight(x, kGuard);
    fixed::exponential(at.y, x, at.bits);
  });
}

/// x = y + z, each with a sign.
static bool addSigned(Natural& x, const Natural& y, bool yNegative, const Natural& z, bool zNegative) {
  if (yNegative != zNegative) return yNegative ^ difference(x, y, z);
  add(x, y, z);
  return yNegative;
}

/// ln a, or log10 a, but for the special cases.
template <bool IsNatural> static void logarithm(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  // a = m·10^k with 1 <= m < 10; but near 1, where the result loses what a - 1 has in front, with k = 0.
  const int64_t adjusted = a.adjusted();
  int64_t k = adjusted, lost = 0;
  if (adjusted == 0 || adjusted == -1) {
    Number one(1), distance;
    uint32_t unused = 0;
    subtract(distance, a, one, kExact, unused);
    k = 0;
    lost = distance.adjusted() < 0 ? -4 * distance.adjusted() : 0;
  }
  const int64_t e = a.exp - k;
  Natural c(a.c);
  approximate(r, lost, halfEven(s), status, [&](Approximation& at) {
    constexpr int64_t kGuard = 72;
    const int64_t bits = at.bits + kGuard;
    Natural x, y, sum;
    toFixed(x, c, e, bits);
    // m = x·2^j with x about 1.
    int64_t j = x.bitLength() - 1 - bits;
    Natural top(x);
    if (const int64_t drop = x.bitLength() - 32; drop > 0) shiftRight(top, drop);
    else shiftLeft(top, -drop);
    if (top.limb(0) >= 0xb504f333) ++j; // √2
    if (j >= 0) shiftRight(x, j);
    else shiftLeft(x, -j);
    bool negative = fixed::logarithm(y, x, bits);
    if (j) {
      sum.set(fixed::logarithmOfTwo(bits));
      multiplyLimb(sum, static_cast<uint64_t>(j < 0 ? -j : j));
      negative = addSigned(y, y, negative, sum, j < 0);
    }
    if (k && IsNatural) {
      sum.set(fixed::logarithmOfTen(bits));
      multiplyLimb(sum, static_cast<uint64_t>(k < 0 ? -k : k));
      negative = addSigned(y, y, negative, sum, k < 0);
    }
    if (!IsNatural) {
      const Natural& ten = fixed::logarithmOfTen(bits);
      shiftLeft(y, bits);
      if (exhausted) return;
      divide(y, sum, y, ten);
      if (k) {
        sum.set(static_cast<uint64_t>(k < 0 ? -k : k));
        shiftLeft(sum, bits);
        negative = addSigned(y, y, negative, sum, k < 0);
      }
    }
    shiftRight(y, kGuard);
    at.y.swap(y);
    at.negative = negative;
  });
}

/// What both logarithms share. True: done.
static bool logarithmSpecial(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, s, status)) return true;
  if (a.isZero()) return r.setInfinity(true), true;
  if (a.negative) return setInvalid(r, kInvalidOperation, status), true;
  if (a.kind == kInfinity) return r.setInfinity(false), true;
  return false;
}
/// a = 10**n: n.
static bool exactPowerOfTen(const Number& a, int64_t* n) {
  const int64_t zeros = a.digits() - 1;
  if (zeros > 100000 || compare(a.c, powerOfTen(zeros)) != 0) return false;
  *n = zeros + a.exp;
  return true;
}
void naturalLogarithm(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (logarithmSpecial(r, a, s, status)) return;
  int64_t n;
  if (exactPowerOfTen(a, &n) && n == 0) return r.setSmall(0);
  logarithm<true>(r, a, s, status);
}
void logarithm10(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (logarithmSpecial(r, a, s, status)) return;
  int64_t n;
  if (exactPowerOfTen(a, &n)) {
    r.setSmall(static_cast<uint64_t>(n < 0 ? -n : n), 0, n < 0);
    return finalize(r, halfEven(s), status);
  }
  logarithm<false>(r, a, s, status);
}

// ---- powers ----

/// |base|**e for an integer e, not zero, by squaring with spare digits in the context's range of exponents. Not rounded to `s`
/// yet.
static void powerByInteger(Number& r, const Number& base, const Number& exponent, const Settings& s, uint32_t& status) {
  Natural e;
  toInteger(e, exponent);
  Settings work = s;
  work.prec += exponent.digits() + exponent.exp + 2;
  work.rounding = kHalfEven;
  work.clamp = false;
  Number factor, result;
  factor.set(base);
  factor.negative = false;
  if (exponent.negative) {
    ++work.prec;
    Number one(1);
    divide(factor, one, factor, work, status);
  }
  result.set(factor);
  for (int64_t bit = e.bitLength() - 1; bit-- > 0 && !exhausted;) {
    multiply(result, result, result, work, status);
    if (e.bit(bit)) multiply(result, result, factor, work, status);
    if (!result.isFinite() || result.isZeroCoefficient()) break;
  }
  r.take(result);
}

/// A lower bound of log10 |log10 x| for a positive x that is not 1.
static int64_t leastOrderOfLog10(const Number& x) {
  const int64_t adjusted = x.adjusted(), least = adjusted < 0 ? -adjusted - 1 : adjusted;
  if (least > 0) return digitsOf(Natural(static_cast<uint64_t>(least))) - 1;
  Number one(1), distance;
  uint32_t unused = 0;
  subtract(distance, x, one, kExact, unused);
  return distance.adjusted() - (adjusted == 0 ? 2 : 1);
}

void power(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, b, s, status)) return;
  const bool odd = isOddInteger(b), negative = a.negative && odd;
  if (b.isZero()) {
    if (a.isZero()) return setInvalid(r, kInvalidOperation, status);
    return r.setSmall(1);
  }
  const bool whole = b.isFinite() && isInteger(b);
  if (a.isZero()) {
    if (b.negative) return r.setInfinity(negative);
    return r.setSmall(0, 0, negative);
  }
  if (a.negative && !whole) return setInvalid(r, kInvalidOperation, status);
  if (a.kind == kInfinity) return b.negative ? r.setSmall(0, 0, negative) : r.setInfinity(negative);
  // Against 1.
  Number one(1), size;
  size.set(a);
  size.negative = false;
  const int order = compareNumbers(size, one);
  if (b.kind == kInfinity) {
    if (order == 0) return inexactOne(r, s, status);
    return (order < 0) == b.negative ? r.setInfinity(false) : r.setSmall(0);
  }
  if (order == 0) {
    if (!whole) {
      inexactOne(r, s, status);
      return;
    }
    // Exactly 1, with the exponent that the product of ones has.
    if (b.negative) return r.setSmall(1, 0, negative);
    const int64_t most = s.prec - 1;
    int64_t zeros = most;
    if (a.exp == 0) {
      zeros = 0;
    } else if (a.exp >= -most && b.digits() + b.exp <= 18) {
      Natural n;
      toInteger(n, b);
      const auto product = static_cast<__int128>(-a.exp) * static_cast<int64_t>(n.limb(0));
      if (product <= most) zeros = static_cast<int64_t>(product);
      else status |= kRounded;
    } else {
      status |= kRounded;
    }
    r.c.set(powerOfTen(zeros));
    r.exp = -zeros;
    r.negative = negative;
    r.kind = kFinite;
    return;
  }
  // Beyond all exponents? log10(result) = b·log10(a).
  const bool shrinks = (order < 0) != b.negative;
  const int64_t limit = shrinks ? -s.etiny() : s.emax;
  if (leastOrderOfLog10(size) + b.adjusted() > digitsOf(Natural(static_cast<uint64_t>(limit)))) {
    beyond(r, shrinks, s, status);
    r.negative = negative;
    return;
  }
  Number result;
  if (whole) {
    powerByInteger(result, size, b, s, status);
  } else {
    // e**(b·ln a) with spare digits, each step rounded: not always the nearest, and the reference's choice.
    Settings work = kExact;
    work.prec = (size.digits() > s.prec ? size.digits() : s.prec) + 4 + 19;
    uint32_t unused = 0;
    naturalLogarithm(result, size, work, unused);
    multiply(result, result, b, work, unused);
    exponential(result, result, work, status);
    status |= kInexact | kRounded;
  }
  if (exhausted) return r.setNan();
  // The context's rounding says whether that is the largest number or infinity.
  if (result.kind == kInfinity) result.setSmall(1, s.emax + 1);
  result.negative = negative;
  finalize(result, s, status);
  r.take(result);
}

void powerModulo(Number& r, const Number& base, const Number& e, const Number& m, const Settings& s, uint32_t& status) {
  // Signaling NaNs first.
  for (const Number* n : {&base, &e, &m})
    if (n->kind == kSignalingNan) return static_cast<void>(propagateNan(r, *n, s, status));
  for (const Number* n : {&base, &e, &m})
    if (n->isNan()) return static_cast<void>(propagateNan(r, *n, s, status));
  if (!isInteger(base) || !isInteger(e) || !isInteger(m) || m.isZeroCoefficient() || (e.negative && !e.isZeroCoefficient()) ||
      (base.isZeroCoefficient() && e.isZeroCoefficient()) || m.adjusted() >= s.prec)
    return setInvalid(r, kInvalidOperation, status);
  Natural modulus, exponent, value;
  toInteger(modulus, m);
  toInteger(exponent, e);
  // base may be 1E+1000000: reduced in two parts.
  if (base.exp > 0) {
    Natural tens(static_cast<uint64_t>(base.exp));
    powerModulo(value, Natural(10), tens, modulus);
    multiply(value, value, base.c);
  } else {
    value.set(base.c);
    scaleDown(value, -base.exp);
  }
  powerModulo(value, value, exponent, modulus);
  const bool negative = base.negative && isOddInteger(e);
  r.c.swap(value);
  r.exp = 0;
  r.negative = negative;
  r.kind = kFinite; // less than the modulus, whose digits fit
}

} // namespace krait::decimal
