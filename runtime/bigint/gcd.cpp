#include "runtime/bigint/gcd.h"
#include <utility>
#include "runtime/bigint/basic.h"
#include "runtime/bigint/divide.h"
#include "runtime/bigint/scratch.h"

namespace krait::bigint {

// J. Stein, "Computational problems associated with Racah algebra" (1967), without a branch in the loop but its end.
Limb gcdOfLimbs(Limb a, Limb b) {
  if (a == 0 || b == 0) return a | b;
  const int twos = __builtin_ctzll(a | b);
  a >>= __builtin_ctzll(a);
  b >>= __builtin_ctzll(b);
  while (a != b) {
    const Limb difference = a > b ? a - b : b - a;
    b = a > b ? b : a;
    a = difference >> __builtin_ctzll(difference);
  }
  return a << twos;
}

namespace {

/// After `odd` ? an odd : an even number of steps, the pair is ±(a·u - b·v) and ±(d·v - c·u).
struct Steps {
  Limb a = 1, b = 0, c = 0, d = 1;
  bool odd = false;
};

/// Euclid's steps on the leading bits x >= y that are those of the whole numbers, too.
Steps leadingSteps(Wide x, Wide y) {
  Steps s;
  while (high(y)) {
    Wide rest = x - y;
    Limb q = 1;
    for (; q < 8 && rest >= y; ++q) rest -= y;
    if (rest >= y) {
      const Wide more = rest / y;
      if (high(more)) break;
      q += low(more);
      rest -= more * y;
      if (q < low(more)) break;
    }
    // d, the larger of the new factors, fits a limb, and the next quotient cannot be another one.
    Limb d;
    if (__builtin_mul_overflow(q, s.d, &d) || __builtin_add_overflow(d, s.b, &d)) break;
    if (rest < d || y - rest < static_cast<Wide>(d) + s.d) break;
    s = {s.c, s.d, s.a + q * s.c, d, !s.odd};
    x = y;
    y = rest;
  }
  return s;
}

/// r = a·x - b·y, n limbs; not negative.
void difference(Limb* r, Limb a, const Limb* x, Limb b, const Limb* y, Size n) {
  multiplyLimb(r, x, n, a);
  subtractProduct(r, y, n, b);
}

} // namespace

Size gcd(Limb* r, const Limb* a, Size an, const Limb* b, Size bn) {
  if (an < bn) return gcd(r, b, bn, a, an);
  if (bn == 1) {
    r[0] = gcdOfLimbs(b[0], moduloLimb(a, an, b[0]));
    return 1;
  }
  Scratch<512> memory(4 * an + 1);
  if (!memory) return -1;
  Limb *u = memory.get(), *v = u + an, *s = v + an, *t = s + an; // t has one more, for a quotient
  Size un = an, vn = bn;
  copy(u, a, an);
  copy(v, b, bn);
  if (compare(u, un, v, vn) < 0) {
    std::swap(u, v);
    std::swap(un, vn);
  }
  while (vn > 1) {
    // u >= v. Their leading bits, aligned at u's.
    Steps steps;
    if (un - vn <= 1) {
      const auto shift = static_cast<unsigned>(__builtin_clzll(u[un - 1]));
      auto limb = [](const Limb* x, Size n, Size i) { return i >= 0 && i < n ? x[i] : 0; };
      auto leading = [&](const Limb* x, Size n) {
        Wide w = wide(limb(x, n, un - 1), limb(x, n, un - 2));
        return shift ? w << shift | limb(x, n, un - 3) >> (64 - shift) : w;
      };
      steps = leadingSteps(leading(u, un), leading(v, vn));
    }
    if (steps.b == 0) {
      if (!divide(t, s, u, un, v, vn)) return -1;
      std::swap(u, v);
      std::swap(v, s);
      const Size rest = significant(v, vn);
      un = vn;
      vn = rest;
    } else {
      clear(v + vn, un - vn);
      if (steps.odd) {
        difference(s, steps.b, v, steps.a, u, un);
        difference(t, steps.c, u, steps.d, v, un);
      } else {
        difference(s, steps.a, u, steps.b, v, un);
        difference(t, steps.d, v, steps.c, u, un);
      }
      std::swap(u, s);
      std::swap(v, t);
      vn = significant(v, un);
      un = significant(u, un);
    }
  }
  if (vn == 1) {
    r[0] = gcdOfLimbs(v[0], moduloLimb(u, un, v[0]));
    return 1;
  }
  copy(r, u, un);
  return un;
}

} // namespace krait::bigint
