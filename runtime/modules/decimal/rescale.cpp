// Operations on exponents and digits: quantize, neighbours, integers, logic.
#include <cstdlib>
#include "runtime/modules/decimal/number.h"

namespace krait::decimal {

void quantize(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, b, s, status)) return;
  if (a.kind == kInfinity || b.kind == kInfinity) {
    if (a.kind == b.kind) return r.set(a);
    return setInvalid(r, kInvalidOperation, status);
  }
  if (b.exp > s.emax || b.exp < s.etiny()) return setInvalid(r, kInvalidOperation, status);
  Number q;
  uint32_t more = 0;
  q.set(a);
  if (a.isZeroCoefficient()) {
    q.exp = b.exp;
  } else {
    const int64_t up = a.exp - b.exp;
    if (a.digits() + up > s.prec) return setInvalid(r, kInvalidOperation, status);
    if (up >= 0) {
      scaleUp(q.c, up);
    } else {
      const int cut = scaleDown(q.c, -up);
      more |= cut ? kRounded | kInexact : kRounded;
      if (roundsUp(cut, q.c, q.negative, s.rounding)) addLimb(q.c, 1);
    }
    q.exp = b.exp;
    if (q.adjusted() > s.emax || q.digits() > s.prec) return setInvalid(r, kInvalidOperation, status);
  }
  finalize(q, s, more);
  if (more & (kOverflow | kUnderflow)) return setInvalid(r, kInvalidOperation, status);
  status |= more;
  r.take(q);
}

void reduce(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, s, status)) return;
  r.set(a);
  finalize(r, s, status);
  if (!r.isFinite()) return;
  if (r.isZeroCoefficient()) {
    r.exp = 0;
    return;
  }
  const int64_t top = s.clamp ? s.etop() : s.emax;
  r.exp += dropZeros(r.c, top - r.exp);
}

void roundToInteger(Number& r, const Number& a, Rounding mode) {
  r.set(a);
  if (!a.isFinite() || a.exp >= 0) return;
  const int cut = scaleDown(r.c, -a.exp);
  if (roundsUp(cut, r.c, r.negative, mode)) addLimb(r.c, 1);
  r.exp = 0;
}
static void toIntegral(Number& r, const Number& a, const Settings& s, bool flags, uint32_t& status) {
  if (propagateNan(r, a, s, status)) return;
  r.set(a);
  if (!a.isFinite() || a.exp >= 0) return;
  if (a.isZeroCoefficient()) {
    r.exp = 0;
    return;
  }
  const int cut = scaleDown(r.c, -a.exp);
  r.exp = 0;
  if (roundsUp(cut, r.c, r.negative, s.rounding)) addLimb(r.c, 1);
  if (flags) status |= cut ? kRounded | kInexact : kRounded;
}
void toIntegralExact(Number& r, const Number& a, const Settings& s, uint32_t& status) { toIntegral(r, a, s, true, status); }
void toIntegralValue(Number& r, const Number& a, const Settings& s, uint32_t& status) { toIntegral(r, a, s, false, status); }

// ---- neighbours ----

static void largest(Number& r, const Settings& s, bool negative) {
  r.c.set(powerOfTen(s.prec));
  subtractLimb(r.c, 1);
  r.exp = s.etop();
  r.negative = negative;
  r.kind = kFinite;
}
/// The next representable number upwards or downwards.
static void next(Number& r, const Number& a, bool up, const Settings& s) {
  if (a.kind == kInfinity) {
    if (a.negative == up) return largest(r, s, a.negative);
    return r.set(a);
  }
  Settings directed = s;
  directed.rounding = up ? kCeiling : kFloor;
  uint32_t status = 0;
  Number fit;
  fit.set(a);
  finalize(fit, directed, status);
  if (status & (kInexact | kOverflow)) return r.set(fit);
  Number tiny(1, s.etiny() - 1);
  tiny.negative = !up;
  status = 0;
  add(r, fit, tiny, directed, status);
}
void nextPlus(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (!propagateNan(r, a, s, status)) next(r, a, true, s);
}
void nextMinus(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (!propagateNan(r, a, s, status)) next(r, a, false, s);
}
void nextToward(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, b, s, status)) return;
  const int order = compareNumbers(a, b);
  if (order == 0) {
    const bool sign = b.negative;
    r.set(a);
    r.negative = sign;
    return;
  }
  Number result;
  next(result, a, order < 0, s);
  r.set(result);
  if (r.kind == kInfinity) {
    status |= kOverflow | kRounded | kInexact;
  } else if (r.adjusted() < s.emin) {
    status |= kUnderflow | kSubnormal | kRounded | kInexact;
    if (r.isZeroCoefficient()) status |= kClamped;
  }
}

// ---- exponents ----

void logB(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, s, status)) return;
  if (a.kind == kInfinity) return r.setInfinity(false);
  if (a.isZeroCoefficient()) {
    status |= kDivisionByZero;
    return r.setInfinity(true);
  }
  const int64_t adjusted = a.adjusted();
  r.setSmall(static_cast<uint64_t>(adjusted < 0 ? -adjusted : adjusted), 0, adjusted < 0);
  finalize(r, s, status);
}

/// b as an integer with exponent 0 and |b| <= limit. False: it is none.
static bool smallInteger(const Number& b, uint64_t limit, int64_t* out) {
  if (b.kind != kFinite || b.exp != 0 || compare(b.c, limit) > 0) return false;
  *out = static_cast<int64_t>(b.c.limb(0));
  if (b.negative) *out = -*out;
  return true;
}
void scaleB(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, b, s, status)) return;
  int64_t n;
  const uint64_t limit = 2 * (static_cast<uint64_t>(s.emax) + static_cast<uint64_t>(s.prec));
  if (!smallInteger(b, limit, &n)) return setInvalid(r, kInvalidOperation, status);
  r.set(a);
  if (a.kind == kInfinity) return;
  r.exp += n;
  finalize(r, s, status);
}

static void keepDigits(Natural& c, int64_t n) {
  Natural quotient;
  if (digitsOf(c) > n) divide(quotient, c, c, powerOfTen(n));
}
void shift(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, b, s, status)) return;
  int64_t n;
  if (!smallInteger(b, static_cast<uint64_t>(s.prec), &n)) return setInvalid(r, kInvalidOperation, status);
  r.set(a);
  if (a.kind == kInfinity) return;
  keepDigits(r.c, s.prec);
  if (n >= 0) {
    scaleUp(r.c, n);
    keepDigits(r.c, s.prec);
  } else {
    scaleDown(r.c, -n);
  }
}
void rotate(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, b, s, status)) return;
  int64_t n;
  if (!smallInteger(b, static_cast<uint64_t>(s.prec), &n)) return setInvalid(r, kInvalidOperation, status);
  r.set(a);
  if (a.kind == kInfinity) return;
  keepDigits(r.c, s.prec);
  if (n < 0) n += s.prec;
  // The top n digits come in at the bottom.
  Number top;
  top.c.set(r.c);
  scaleDown(top.c, s.prec - n);
  scaleUp(r.c, n);
  keepDigits(r.c, s.prec);
  add(r.c, r.c, top.c);
}

// ---- logic: digits 0 and 1 ----

/// The digits as text of length at most prec; false: not a logical operand.
static bool logicalDigits(const Number& a, const Settings& s, char** text, int64_t* length) {
  *text = nullptr;
  if (a.kind != kFinite || a.negative || a.exp != 0) return false;
  size_t count = 0;
  *text = newDigits(a.c, &count);
  *length = static_cast<int64_t>(count);
  for (const char* p = *text; p && *p; ++p)
    if (*p > '1') return false;
  return true;
}

template <class Combine> static void logical(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status, Combine combine) {
  char *x, *y;
  int64_t n, m;
  const bool first = logicalDigits(a, s, &x, &n), good = logicalDigits(b, s, &y, &m) && first;
  if (!good) {
    setInvalid(r, kInvalidOperation, status);
  } else {
    const int64_t length = n > m ? n : m;
    Number result;
    for (int64_t i = 0; i < length; ++i) {
      const bool p = i >= length - n && x[i - (length - n)] == '1', q = i >= length - m && y[i - (length - m)] == '1';
      multiplyLimb(result.c, 10);
      if (combine(p, q)) addLimb(result.c, 1);
    }
    keepDigits(result.c, s.prec);
    r.set(result);
  }
  free(x);
  free(y);
}
void andDigits(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  logical(r, a, b, s, status, [](bool x, bool y) { return x && y; });
}
void orDigits(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  logical(r, a, b, s, status, [](bool x, bool y) { return x || y; });
}
void xorDigits(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  logical(r, a, b, s, status, [](bool x, bool y) { return x != y; });
}
void invertDigits(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  char* text;
  int64_t n;
  const bool good = logicalDigits(a, s, &text, &n);
  free(text);
  if (!good) return setInvalid(r, kInvalidOperation, status);
  // 11…1 - a, digit by digit.
  Number ones;
  ones.c.set(powerOfTen(s.prec));
  divideLimb(ones.c, 9);
  Number low;
  low.c.set(a.c);
  keepDigits(low.c, s.prec);
  difference(ones.c, ones.c, low.c);
  r.set(ones);
}

} // namespace krait::decimal
