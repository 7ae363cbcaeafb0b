// Digits, rounding, NaNs, order.
#include <cmath>
#include "runtime/modules/decimal/number.h"

namespace krait::decimal {

const Natural& powerOfTen(int64_t n) {
  constexpr int kKept = 257;
  static Natural kept[kKept], large;
  static int count = 0;
  static int64_t exponentOfLarge = -1;
  if (n > kMostDigits) {
    exhausted = true;
    n = 0;
  }
  if (n < kKept) {
    for (; count <= n; ++count) power(kept[count], 10, static_cast<uint64_t>(count));
    return kept[n];
  }
  // Of the larger ones the last: programs stay at a precision.
  if (n == exponentOfLarge) return large;
  power(large, 10, static_cast<uint64_t>(n));
  exponentOfLarge = large.isZero() ? -1 : n; // zero: there was no memory
  return large;
}

int64_t digitsOf(const Natural& c) {
  if (c.isZero()) return 1;
  if (c.count() == 1) {
    const uint64_t v = c.limb(0);
    // About log10 from the number of bits: right, or one too small.
    const int guess = ((64 - __builtin_clzll(v)) * 1233) >> 12;
    return guess + (v >= kWordTens.power[guess]);
  }
  if (const int64_t bits = c.bitLength(); bits <= 640) {
    const int64_t guess = (bits * 1233) >> 12; // the same
    return guess + (compare(c, powerOfTen(guess)) >= 0);
  }
  // The logarithm tells, unless it is so near to an integer that its error (half an ulp of each part) could matter.
  const double logarithm = log10Of(c);
  const double whole = std::floor(logarithm), part = logarithm - whole, doubt = (logarithm + 8) * 4e-15;
  if (part > doubt && part < 1 - doubt) return static_cast<int64_t>(whole) + 1;
  const auto n = static_cast<int64_t>(std::floor(logarithm + 0.5)); // c is near to 10**n
  return compare(c, powerOfTen(n)) < 0 ? n : n + 1;
}
int64_t Number::digits() const { return digitsOf(c); }

void scaleUp(Natural& c, int64_t n) {
  if (n <= 0) return;
  if (n < 20) multiplyLimb(c, kWordTens.power[n]);
  else multiply(c, c, powerOfTen(n));
}

int scaleDown(Natural& c, int64_t n) {
  if (n <= 0 || c.isZero()) return 0;
  if (n >= 20 && n > digitsOf(c)) {
    c.set(0);
    return 1;
  }
  int cut = 0;
  if (n < 20) {
    const unsigned __int128 twice = static_cast<unsigned __int128>(divideLimb(c, kWordTens.power[n])) * 2;
    return twice == 0 ? 0 : twice < kWordTens.power[n] ? 1 : twice == kWordTens.power[n] ? 5 : 9;
  }
  Natural rest;
  const Natural& unit = powerOfTen(n);
  if (unit.isZero()) return c.set(0), 0;
  divide(c, rest, c, unit);
  if (!rest.isZero()) {
    shiftLeft(rest, 1);
    const int order = compare(rest, unit);
    cut = order < 0 ? 1 : order == 0 ? 5 : 9;
  }
  return cut;
}

int64_t dropZeros(Natural& c, int64_t most) {
  int64_t dropped = 0;
  if (c.isZero()) return 0;
  for (int unit = 19; unit; unit = unit == 19 ? 16 : unit / 2)
    while (dropped + unit <= most && moduloLimb(c, kWordTens.power[unit]) == 0) {
      divideLimb(c, kWordTens.power[unit]);
      dropped += unit;
    }
  return dropped;
}

bool roundsUp(int cut, const Natural& c, bool negative, Rounding mode) {
  if (cut == 0) return false;
  switch (mode) {
  case kUp: return true;
  case kDown: return false;
  case kCeiling: return !negative;
  case kFloor: return negative;
  case kHalfUp: return cut >= 5;
  case kHalfDown: return cut > 5;
  case kHalfEven: return cut > 5 || (cut == 5 && c.isOdd());
  case k05Up: return moduloLimb(c, 5) == 0;
  }
  return false;
}

static void overflow(Number& n, const Settings& s, uint32_t& status) {
  const bool largest = s.rounding == kDown || s.rounding == k05Up || (s.rounding == kCeiling && n.negative) ||
                       (s.rounding == kFloor && !n.negative);
  if (largest) {
    n.c.set(powerOfTen(s.prec));
    subtractLimb(n.c, 1);
    n.exp = s.etop();
  } else {
    n.setInfinity(n.negative);
  }
  status |= kOverflow | kInexact | kRounded;
}

static void finalizeZero(Number& n, const Settings& s, uint32_t& status) {
  const int64_t top = s.clamp ? s.etop() : s.emax, bottom = s.etiny();
  if (n.exp > top) n.exp = top;
  else if (n.exp < bottom) n.exp = bottom;
  else return;
  status |= kClamped;
}

void finalize(Number& n, const Settings& s, uint32_t& status) {
  if (n.kind != kFinite) {
    // A payload keeps as many digits as fit.
    const int64_t room = s.prec - s.clamp;
    if (n.isNan() && !n.isZeroCoefficient() && n.digits() > room) {
      Natural quotient;
      divide(quotient, n.c, n.c, powerOfTen(room));
    }
    return;
  }
  if (n.isZeroCoefficient()) return finalizeZero(n, s, status);
  const int64_t digits = n.digits(), adjusted = n.exp + digits - 1;
  if (adjusted > s.emax) return overflow(n, s, status);
  if (s.clamp && n.exp > s.etop()) {
    scaleUp(n.c, n.exp - s.etop());
    n.exp = s.etop();
    status |= kClamped;
    if (adjusted < s.emin) status |= kSubnormal;
    return;
  }
  if (adjusted < s.emin) {
    status |= kSubnormal;
    const int64_t bottom = s.etiny();
    if (n.exp >= bottom) return;
    const int cut = scaleDown(n.c, bottom - n.exp);
    n.exp = bottom;
    if (roundsUp(cut, n.c, n.negative, s.rounding)) addLimb(n.c, 1);
    status |= kRounded;
    if (cut) {
      status |= kInexact | kUnderflow;
      if (n.isZeroCoefficient()) status |= kClamped;
    }
    return;
  }
  if (digits <= s.prec) return;
  const int cut = scaleDown(n.c, digits - s.prec);
  n.exp += digits - s.prec;
  status |= kRounded;
  if (cut) status |= kInexact;
  if (!roundsUp(cut, n.c, n.negative, s.rounding)) return;
  addLimb(n.c, 1);
  if (n.digits() <= s.prec) return;
  scaleDown(n.c, 1);
  ++n.exp;
  if (n.exp + s.prec - 1 > s.emax) overflow(n, s, status);
}

void setInvalid(Number& r, uint32_t condition, uint32_t& status) {
  r.setNan();
  status |= condition;
}

static void quietNan(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  const bool signals = a.kind == kSignalingNan;
  r.set(a);
  r.kind = kQuietNan;
  r.exp = 0;
  if (signals) status |= kInvalidOperation;
  finalize(r, s, status);
}
bool propagateNan(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (!a.isNan()) return false;
  quietNan(r, a, s, status);
  return true;
}
bool propagateNan(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (!a.isNan() && !b.isNan()) return false;
  const bool second = a.kind != kSignalingNan && (b.kind == kSignalingNan || !a.isNan());
  quietNan(r, second ? b : a, s, status);
  return true;
}

/// |a| and |b|, finite and not zero.
static int compareMagnitudes(const Number& a, const Number& b) {
  if (const int64_t distance = a.exp - b.exp; a.c.count() == 1 && b.c.count() == 1 && distance > -20 && distance < 20) {
    unsigned __int128 x = a.c.limb(0), y = b.c.limb(0);
    (distance > 0 ? x : y) *= kWordTens.power[distance > 0 ? distance : -distance];
    return x < y ? -1 : x > y;
  }
  if (a.exp == b.exp) return compare(a.c, b.c);
  const int64_t x = a.adjusted(), y = b.adjusted();
  if (x != y) return x < y ? -1 : 1;
  // Same order of magnitude: the exponents differ by less than the digits.
  Natural scaled(a.exp > b.exp ? a.c : b.c);
  scaleUp(scaled, a.exp > b.exp ? a.exp - b.exp : b.exp - a.exp);
  return a.exp > b.exp ? compare(scaled, b.c) : compare(a.c, scaled);
}

int compareNumbers(const Number& a, const Number& b) {
  const int x = a.isZero() ? 0 : a.negative ? -1 : 1, y = b.isZero() ? 0 : b.negative ? -1 : 1;
  if (x != y) return x < y ? -1 : 1;
  if (x == 0) return 0;
  int order;
  if (a.kind == kInfinity || b.kind == kInfinity) order = (a.kind == kInfinity) - (b.kind == kInfinity);
  else order = compareMagnitudes(a, b);
  return x < 0 ? -order : order;
}

int compareTotal(const Number& a, const Number& b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  int order;
  if (a.isNan() || b.isNan()) {
    // Numbers < sNaN < NaN, by payload among themselves.
    auto rank = [](const Number& n) { return n.kind == kQuietNan ? 2 : n.kind == kSignalingNan ? 1 : 0; };
    order = rank(a) != rank(b) ? rank(a) - rank(b) : compare(a.c, b.c);
  } else {
    order = a.negative ? -compareNumbers(a, b) : compareNumbers(a, b);
    if (order == 0 && a.kind == kFinite) order = a.exp < b.exp ? -1 : a.exp > b.exp;
  }
  order = order < 0 ? -1 : order > 0;
  return a.negative ? -order : order;
}

bool isInteger(const Number& a) {
  if (!a.isFinite()) return false;
  if (a.exp >= 0 || a.isZeroCoefficient()) return true;
  if (-a.exp >= a.digits()) return false;
  Natural quotient, rest;
  divide(quotient, rest, a.c, powerOfTen(-a.exp));
  return rest.isZero();
}
bool isOddInteger(const Number& a) {
  if (!isInteger(a) || a.exp > 0 || a.isZeroCoefficient()) return false;
  if (a.exp == 0) return a.c.isOdd();
  Number n;
  n.set(a);
  scaleDown(n.c, -a.exp);
  return n.c.isOdd();
}
void toInteger(Natural& out, const Number& a) {
  out.set(a.c);
  if (a.exp > 0) scaleUp(out, a.exp);
  else scaleDown(out, -a.exp);
}

} // namespace krait::decimal
