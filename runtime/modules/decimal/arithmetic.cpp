// Sums, products, quotients, roots, comparison.
#include "runtime/modules/decimal/number.h"

namespace krait::decimal {

void plus(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, s, status)) return;
  r.set(a);
  if (r.isZero()) r.negative = r.negative && s.rounding == kFloor;
  finalize(r, s, status);
}
void minus(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, s, status)) return;
  r.set(a);
  r.negative = !a.negative;
  if (r.isZero()) r.negative = s.rounding == kFloor && r.negative;
  finalize(r, s, status);
}
void absolute(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, s, status)) return;
  r.set(a);
  r.negative = false;
  finalize(r, s, status);
}

// ---- sums ----

static void addSigned(Number& r, const Number& a, const Number& b, bool bNegative, const Settings& s, uint32_t& status) {
  if (a.kind == kInfinity || b.kind == kInfinity) {
    if (a.kind == kInfinity && b.kind == kInfinity && a.negative != bNegative) return setInvalid(r, kInvalidOperation, status);
    return r.setInfinity(a.kind == kInfinity ? a.negative : bNegative);
  }
  const bool aIsBig = a.exp >= b.exp;
  const Number &big = aIsBig ? a : b, &small = aIsBig ? b : a;
  const bool bigSign = aIsBig ? a.negative : bNegative, smallSign = aIsBig ? bNegative : a.negative;
  const Natural* smallCoefficient = &small.c;
  Number tiny;
  int64_t exp = small.exp;
  if (!big.isZeroCoefficient() && big.exp != small.exp) {
    // What is far below the last digit is replaced by a one there: the same result, without a huge shift.
    const int64_t digits = big.digits(), limit = big.exp - 1 + (digits > s.prec ? 0 : digits - s.prec - 1);
    if (small.adjusted() < limit) {
      tiny.c.set(!small.isZeroCoefficient());
      smallCoefficient = &tiny.c;
      exp = limit;
    }
  }
  Number sum;
  const Natural* bigCoefficient = &big.c;
  if (big.exp != exp && !big.isZeroCoefficient()) {
    sum.c.set(big.c);
    scaleUp(sum.c, big.exp - exp);
    bigCoefficient = &sum.c;
  }
  if (bigSign == smallSign) {
    add(sum.c, *bigCoefficient, *smallCoefficient);
    sum.negative = bigSign;
  } else {
    sum.negative = difference(sum.c, *bigCoefficient, *smallCoefficient) ? smallSign : bigSign;
    if (sum.c.isZero()) sum.negative = s.rounding == kFloor;
  }
  sum.exp = exp;
  finalize(sum, s, status);
  r.take(sum);
}
void add(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (!propagateNan(r, a, b, s, status)) addSigned(r, a, b, b.negative, s, status);
}
void subtract(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (!propagateNan(r, a, b, s, status)) addSigned(r, a, b, !b.negative, s, status);
}

// ---- products ----

/// Not rounded. False: invalid.
static bool multiplyExactly(Number& r, const Number& a, const Number& b, uint32_t& status) {
  const bool negative = a.negative != b.negative;
  if (a.kind == kInfinity || b.kind == kInfinity) {
    if (a.isZero() || b.isZero()) return setInvalid(r, kInvalidOperation, status), false;
    r.setInfinity(negative);
    return true;
  }
  multiply(r.c, a.c, b.c);
  r.exp = a.exp + b.exp;
  r.negative = negative;
  r.kind = kFinite;
  return true;
}
void multiply(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (!propagateNan(r, a, b, s, status) && multiplyExactly(r, a, b, status)) finalize(r, s, status);
}
void fusedMultiplyAdd(Number& r, const Number& a, const Number& b, const Number& c, const Settings& s, uint32_t& status) {
  if (a.isNan() || b.isNan()) {
    // A signaling third comes before a quiet first or second.
    if (a.kind != kSignalingNan && b.kind != kSignalingNan && c.kind == kSignalingNan) propagateNan(r, c, s, status);
    else propagateNan(r, a, b, s, status);
    return;
  }
  Number product;
  if (!multiplyExactly(product, a, b, status)) return r.set(product);
  if (c.isNan()) {
    propagateNan(r, c, s, status);
    return;
  }
  addSigned(r, product, c, c.negative, s, status);
}

// ---- quotients ----

void divide(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, b, s, status)) return;
  const bool negative = a.negative != b.negative;
  if (a.kind == kInfinity) return b.kind == kInfinity ? setInvalid(r, kInvalidOperation, status) : r.setInfinity(negative);
  if (b.kind == kInfinity) {
    status |= kClamped;
    return r.setSmall(0, s.etiny(), negative);
  }
  if (b.isZeroCoefficient()) {
    if (a.isZeroCoefficient()) return setInvalid(r, kDivisionUndefined, status);
    status |= kDivisionByZero;
    return r.setInfinity(negative);
  }
  const int64_t ideal = a.exp - b.exp;
  Number q;
  q.negative = negative;
  if (a.isZeroCoefficient()) {
    q.exp = ideal;
  } else {
    // With an endless precision only an exact quotient is possible: it has no more digits than that.
    const bool endless = s.prec > kMostDigits;
    const int64_t shift = b.digits() - a.digits() + (endless ? a.digits() + 4 * b.digits() : s.prec) + 1;
    Natural rest(shift < 0 ? b.c : a.c);
    scaleUp(rest, shift < 0 ? -shift : shift);
    if (exhausted) return;
    if (shift < 0) divide(q.c, rest, a.c, rest);
    else divide(q.c, rest, rest, b.c);
    q.exp = ideal - shift;
    if (!rest.isZero()) {
      if (endless) exhausted = true;
      // Sticky: neither exact nor half may be seen where there is more.
      if (moduloLimb(q.c, 5) == 0) addLimb(q.c, 1);
    } else {
      if (exhausted) return;
      q.exp += dropZeros(q.c, ideal - q.exp);
    }
  }
  finalize(q, s, status);
  r.take(q);
}

/// a = q·b + r for finite numbers, b not zero. False: the quotient has too many digits.
static bool divideFinite(Number& q, Number& r, const Number& a, const Number& b, const Settings& s) {
  const int64_t ideal = a.exp < b.exp ? a.exp : b.exp;
  Number quotient, rest;
  rest.set(a);
  rest.exp = ideal;
  quotient.negative = a.negative != b.negative;
  const int64_t distance = a.isZeroCoefficient() ? -1 : a.adjusted() - b.adjusted();
  if (distance < 0) {
    // Zero times; the rest gets the ideal exponent where that is possible.
    if (a.exp > ideal) {
      if (a.isZeroCoefficient() || a.exp - ideal <= kMaxPrec) scaleUp(rest.c, a.isZeroCoefficient() ? 0 : a.exp - ideal);
    }
  } else {
    if (distance > s.prec) return false;
    scaleUp(rest.c, a.exp - ideal);
    if (b.exp == ideal) {
      divide(quotient.c, rest.c, rest.c, b.c);
    } else {
      Natural divisor(b.c);
      scaleUp(divisor, b.exp - ideal);
      if (exhausted) return true;
      divide(quotient.c, rest.c, rest.c, divisor);
    }
    if (distance + 1 > s.prec && quotient.digits() > s.prec) return false;
  }
  q.take(quotient);
  r.take(rest);
  return true;
}

void divideBoth(Number& q, Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (propagateNan(q, a, b, s, status)) return r.set(q);
  const bool negative = a.negative != b.negative;
  if (a.kind == kInfinity) {
    if (b.kind == kInfinity) q.setNan();
    else q.setInfinity(negative);
    return setInvalid(r, kInvalidOperation, status);
  }
  if (b.kind == kInfinity) {
    r.set(a);
    finalize(r, s, status);
    return q.setSmall(0, 0, negative);
  }
  if (b.isZeroCoefficient()) {
    if (a.isZeroCoefficient()) {
      q.setNan();
      return setInvalid(r, kDivisionUndefined, status);
    }
    q.setInfinity(negative);
    return setInvalid(r, kDivisionByZero | kInvalidOperation, status);
  }
  if (!divideFinite(q, r, a, b, s)) {
    q.setNan();
    return setInvalid(r, kDivisionImpossible, status);
  }
  finalize(q, s, status);
  finalize(r, s, status);
}
void divideInteger(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, b, s, status)) return;
  const bool negative = a.negative != b.negative;
  if (a.kind == kInfinity) return b.kind == kInfinity ? setInvalid(r, kInvalidOperation, status) : r.setInfinity(negative);
  if (b.kind == kInfinity) return r.setSmall(0, 0, negative);
  if (b.isZeroCoefficient()) {
    if (a.isZeroCoefficient()) return setInvalid(r, kDivisionUndefined, status);
    status |= kDivisionByZero;
    return r.setInfinity(negative);
  }
  Number rest;
  if (!divideFinite(r, rest, a, b, s)) return setInvalid(r, kDivisionImpossible, status);
  finalize(r, s, status);
}
/// Cases that both remainders share. True: done.
static bool remainderSpecial(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, b, s, status)) return true;
  if (a.kind == kInfinity) return setInvalid(r, kInvalidOperation, status), true;
  if (b.kind == kInfinity) {
    r.set(a);
    finalize(r, s, status);
    return true;
  }
  if (!b.isZeroCoefficient()) return false;
  setInvalid(r, a.isZeroCoefficient() ? kDivisionUndefined : kInvalidOperation, status);
  return true;
}
void remainder(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (remainderSpecial(r, a, b, s, status)) return;
  Number q;
  if (!divideFinite(q, r, a, b, s)) return setInvalid(r, kDivisionImpossible, status);
  finalize(r, s, status);
}
void remainderNear(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (remainderSpecial(r, a, b, s, status)) return;
  Number q, rest, divisor;
  divisor.set(b);
  if (!divideFinite(q, rest, a, divisor, s)) return setInvalid(r, kDivisionImpossible, status);
  // Nearer to the next multiple? |b| - |rest| against |rest|, at the rest's exponent.
  Number twice;
  twice.set(rest);
  shiftLeft(twice.c, 1);
  twice.negative = false;
  divisor.negative = false;
  const int order = compareNumbers(twice, divisor);
  if (order > 0 || (order == 0 && q.c.isOdd())) {
    addLimb(q.c, 1);
    if (q.digits() > s.prec) return setInvalid(r, kDivisionImpossible, status);
    uint32_t unused = 0;
    divisor.negative = rest.negative;
    const bool sign = rest.negative;
    addSigned(rest, rest, divisor, !divisor.negative, kExact, unused);
    if (rest.isZeroCoefficient()) rest.negative = sign;
  }
  finalize(rest, s, status);
  r.take(rest);
}

// ---- roots ----

void squareRoot(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, s, status)) return;
  if (a.isZero()) {
    r.set(a);
    r.exp = (a.exp - (a.exp & 1)) / 2;
    return finalize(r, s, status);
  }
  if (a.negative) return setInvalid(r, kInvalidOperation, status);
  if (a.kind == kInfinity) return r.setInfinity(false);
  Number root;
  root.c.set(a.c);
  const bool endless = s.prec > kMostDigits; // then only an exact root is possible
  const int64_t odd = a.exp & 1, digits = a.digits(), prec = endless ? digits + 2 : s.prec + 1;
  const int64_t length = odd ? (digits >> 1) + 1 : (digits + 1) >> 1, shift = prec - length;
  if (odd) scaleUp(root.c, 1);
  bool exact = true;
  if (shift >= 0) scaleUp(root.c, 2 * shift);
  else exact = scaleDown(root.c, -2 * shift) == 0;
  root.exp = (a.exp - odd) / 2 - shift;
  exact = squareRoot(root.c, root.c) && exact;
  if (exact) {
    // The ideal exponent.
    if (shift >= 0) scaleDown(root.c, shift);
    else scaleUp(root.c, -shift);
    root.exp += shift;
  } else {
    if (endless) exhausted = true;
    if (moduloLimb(root.c, 5) == 0) addLimb(root.c, 1);
  }
  Settings even = s;
  even.rounding = kHalfEven;
  finalize(root, even, status);
  r.take(root);
}

// ---- comparison ----

void compare(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, b, s, status)) return;
  const int order = compareNumbers(a, b);
  r.setSmall(order != 0, 0, order < 0);
}
void compareSignal(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (a.isNan() || b.isNan()) status |= kInvalidOperation;
  compare(r, a, b, s, status);
}

/// The larger (sign 1) or smaller; a single quiet NaN loses against a number.
static void choose(Number& r, const Number& a, const Number& b, int sign, bool byMagnitude, const Settings& s, uint32_t& status) {
  if ((a.kind == kQuietNan && !b.isNan()) || (b.kind == kQuietNan && !a.isNan())) {
    r.set(a.isNan() ? b : a);
    return finalize(r, s, status);
  }
  if (propagateNan(r, a, b, s, status)) return;
  int order = 0;
  if (byMagnitude) {
    Number x, y;
    x.set(a);
    y.set(b);
    x.negative = y.negative = false;
    order = compareNumbers(x, y);
  } else {
    order = compareNumbers(a, b);
  }
  if (order == 0) order = compareTotal(a, b);
  r.set(order * sign >= 0 ? a : b);
  finalize(r, s, status);
}
void maximum(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) { choose(r, a, b, 1, false, s, status); }
void minimum(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) { choose(r, a, b, -1, false, s, status); }
void maximumMagnitude(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) { choose(r, a, b, 1, true, s, status); }
void minimumMagnitude(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) { choose(r, a, b, -1, true, s, status); }

} // namespace krait::decimal
