// Addition, subtraction, shifts, comparison, and a number by a limb: linear time, no memory.
#pragma once
#include <cstring>
#include "runtime/bigint/limb.h"

namespace krait::bigint {

inline void copy(Limb* r, const Limb* a, Size n) {
  if (n > 0) memcpy(r, a, static_cast<size_t>(n) * sizeof(Limb));
}
inline void clear(Limb* r, Size n) {
  if (n > 0) memset(r, 0, static_cast<size_t>(n) * sizeof(Limb));
}
/// -1, 0, 1. With two sizes there must be no leading zeros.
inline int compare(const Limb* a, const Limb* b, Size n) {
  while (--n >= 0)
    if (a[n] != b[n]) return a[n] < b[n] ? -1 : 1;
  return 0;
}
inline int compare(const Limb* a, Size an, const Limb* b, Size bn) {
  return an != bn ? (an < bn ? -1 : 1) : compare(a, b, an);
}

// Results of these may be an operand itself (the same address). They answer the carry or borrow.
Limb add(Limb* r, const Limb* a, const Limb* b, Size n);
Limb subtract(Limb* r, const Limb* a, const Limb* b, Size n);
/// r = a ± v, n limbs.
inline Limb addLimb(Limb* r, const Limb* a, Size n, Limb v) {
  Size i = 0;
  for (; v && i < n; ++i) {
    const Limb sum = a[i] + v;
    v = sum < v;
    r[i] = sum;
  }
  if (r != a) copy(r + i, a + i, n - i);
  return v;
}
inline Limb subtractLimb(Limb* r, const Limb* a, Size n, Limb v) {
  Size i = 0;
  for (; v && i < n; ++i) {
    const Limb x = a[i];
    r[i] = x - v;
    v = x < v;
  }
  if (r != a) copy(r + i, a + i, n - i);
  return v;
}
/// r = a ± b with an >= bn limbs; r has an.
inline Limb add(Limb* r, const Limb* a, Size an, const Limb* b, Size bn) {
  const Limb carry = add(r, a, b, bn);
  return addLimb(r + bn, a + bn, an - bn, carry);
}
inline Limb subtract(Limb* r, const Limb* a, Size an, const Limb* b, Size bn) {
  const Limb borrow = subtract(r, a, b, bn);
  return subtractLimb(r + bn, a + bn, an - bn, borrow);
}
/// r = |a - b|, n limbs: whether a < b.
bool subtractAbsolute(Limb* r, const Limb* a, const Limb* b, Size n);
/// r = -a modulo 2^(64n). r may be a.
void negate(Limb* r, const Limb* a, Size n);

/// By 0 < bits < 64; what is shifted out, at the other end of a limb. To the left r may be a or lie above it, to the
/// right r may be a or lie below it.
Limb shiftLeft(Limb* r, const Limb* a, Size n, unsigned bits);
Limb shiftRight(Limb* r, const Limb* a, Size n, unsigned bits);

// r = a·v + carry and r += a·v + carry, inline: for numbers of less than kShort limbs. r may be a. The answer is the limb beyond.
constexpr Size kShort = 8;
inline Limb multiplyShort(Limb* r, const Limb* a, Size n, Limb v, Limb carry) {
  for (Size i = 0; i < n; ++i) {
    const Wide t = static_cast<Wide>(a[i]) * v + carry;
    r[i] = low(t);
    carry = high(t);
  }
  return carry;
}
inline Limb addShort(Limb* r, const Limb* a, Size n, Limb v, Limb carry) {
  for (Size i = 0; i < n; ++i) {
    const Wide t = static_cast<Wide>(a[i]) * v + r[i] + carry;
    r[i] = low(t);
    carry = high(t);
  }
  return carry;
}

// A number by a limb; r may be a. They answer the limb beyond the n of r.
Limb multiplyLimb(Limb* r, const Limb* a, Size n, Limb v);
/// r += a·v
Limb addProduct(Limb* r, const Limb* a, Size n, Limb v);
/// r -= a·v
Limb subtractProduct(Limb* r, const Limb* a, Size n, Limb v);

/// A divisor d with its top bit set and floor((B² - 1) / d) - B (Möller and Granlund, "Improved division by invariant
/// integers", 2011).
struct Reciprocal {
  Limb divisor, inverse;
  explicit Reciprocal(Limb d) : divisor(d), inverse(low(wide(~d, ~Limb{0}) / d)) {}
};
/// (u1·B + u0) / d for u1 < d: the quotient; *rest its remainder. Their algorithm 4.
inline Limb divideWide(Limb u1, Limb u0, const Reciprocal& d, Limb* rest) {
  const Wide q = static_cast<Wide>(d.inverse) * u1 + wide(u1, u0);
  Limb q1 = high(q) + 1;
  Limb r = u0 - q1 * d.divisor;
  if (r > low(q)) {
    --q1;
    r += d.divisor;
  }
  if (r >= d.divisor) [[unlikely]] {
    ++q1;
    r -= d.divisor;
  }
  *rest = r;
  return q1;
}
/// q = a / v; the remainder. q may be a. v is not zero.
Limb divideLimb(Limb* q, const Limb* a, Size n, Limb v);
/// a % v
Limb moduloLimb(const Limb* a, Size n, Limb v);
/// q = a / 3 where that is exact. q may be a.
void divideBy3(Limb* q, const Limb* a, Size n);

int64_t countOnes(const Limb* a, Size n);
/// The number of zero bits below the lowest one; a is not zero.
int64_t trailingZeros(const Limb* a);

} // namespace krait::bigint
