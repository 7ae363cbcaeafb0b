#include "runtime/bigint/divide.h"
#include "runtime/bigint/basic.h"
#include "runtime/bigint/multiply.h"
#include "runtime/bigint/scratch.h"
#include "runtime/bigint/thresholds.h"

namespace krait::bigint {
namespace {

/// floor((B³ - 1) / (d1·B + d0)) - B for a normalized divisor (their algorithm 6).
Limb reciprocalOfTwo(Limb d1, Limb d0) {
  Limb v = Reciprocal(d1).inverse, p = d1 * v + d0;
  if (p < d0) {
    --v;
    if (p >= d1) {
      --v;
      p -= d1;
    }
    p -= d1;
  }
  const Wide t = static_cast<Wide>(v) * d0;
  p += high(t);
  if (p < high(t)) {
    --v;
    if (wide(p, low(t)) >= wide(d1, d0)) --v;
  }
  return v;
}

// What follows divides n by a normalized d in place: the quotient's lower limbs to q, the rest over the lower limbs of n. The
// answer is the quotient's top limb, 0 or 1, or kNoMemory.
constexpr int kNoMemory = -1;

/// nn - dn limbs of quotient; dn >= 2.
int divideRows(Limb* q, Limb* n, Size nn, const Limb* d, Size dn) {
  const Limb d1 = d[dn - 1], d0 = d[dn - 2], inverse = reciprocalOfTwo(d1, d0);
  const Wide divisor = wide(d1, d0);
  const bool top = compare(n + nn - dn, d, dn) >= 0;
  if (top) subtract(n + nn - dn, n + nn - dn, d, dn);
  for (Size i = nn - 1; i >= dn; --i) {
    const Limb n2 = n[i], n1 = n[i - 1];
    Limb* at = n + i - dn;
    Limb digit;
    if (wide(n2, n1) == divisor) [[unlikely]] {
      digit = ~Limb{0};
      const Limb borrow = subtractProduct(at, d, dn, digit);
      if (borrow > n2) {
        --digit;
        add(at, at, d, dn);
      }
    } else {
      // Three limbs by two (their algorithm 5).
      const Wide product = static_cast<Wide>(inverse) * n2 + wide(n2, n1);
      digit = high(product);
      const Limb r1 = n1 - digit * d1;
      Wide rest = wide(r1, n[i - 2]) - static_cast<Wide>(d0) * digit - divisor;
      ++digit;
      if (high(rest) >= low(product)) {
        --digit;
        rest += divisor;
      }
      if (rest >= divisor) [[unlikely]] {
        ++digit;
        rest -= divisor;
      }
      const Limb borrow = dn > 2 ? subtractProduct(at, d, dn - 2, digit) : 0;
      const bool less = rest < borrow;
      rest -= borrow;
      n[i - 2] = low(rest);
      n[i - 1] = high(rest);
      if (less) [[unlikely]] {
        --digit;
        add(at, at, d, dn);
      }
    }
    q[i - dn] = digit;
  }
  return top;
}

int divideByHalves(Limb* q, Limb* n, const Limb* d, Size dn, Limb* product);

/// Subtracts from n, of dn limbs, what the lower `below` limbs of the divisor add to a quotient that was made of its upper ones,
/// and takes from the quotient (its top limb `top`) what was too much.
int correct(Limb* q, Size qn, int top, Limb* n, const Limb* d, Size dn, Size below, Limb* product) {
  if (!multiplyAny(product, q, qn, d, below)) return kNoMemory;
  auto borrow = static_cast<int>(subtract(n, n, dn, product, qn + below));
  if (top) borrow += static_cast<int>(subtract(n + qn, n + qn, dn - qn, d, below));
  while (borrow) {
    top -= static_cast<int>(subtractLimb(q, q, qn, 1));
    borrow -= static_cast<int>(add(n, n, d, dn));
  }
  return top;
}

/// qn limbs of quotient from the dn + qn of n; qn <= dn. `product` has dn limbs.
int divideShort(Limb* q, Size qn, Limb* n, const Limb* d, Size dn, Limb* product) {
  if (qn < kDivideByHalvesLimbs) return divideRows(q, n, dn + qn, d, dn);
  const Size below = dn - qn;
  const int top = divideByHalves(q, n + below, d + below, qn, product);
  return below == 0 || top == kNoMemory ? top : correct(q, qn, top, n, d, dn, below, product);
}

/// dn limbs of quotient from the 2·dn of n.
int divideByHalves(Limb* q, Limb* n, const Limb* d, Size dn, Limb* product) {
  if (dn < kDivideByHalvesLimbs) return divideRows(q, n, 2 * dn, d, dn);
  const Size lower = dn / 2, upper = dn - lower;
  const int top = divideShort(q + lower, upper, n + lower, d, dn, product);
  if (top == kNoMemory) return top;
  return divideShort(q, lower, n, d, dn, product) == kNoMemory ? kNoMemory : top;
}

/// divide() for a quotient much shorter than the divisor: the top limbs of both give it, at most 2 too large.
bool divideByTop(Limb* q, Limb* r, const Limb* a, Size an, const Limb* b, Size bn) {
  const Size qn = an - bn + 1, used = qn + 1, below = bn - used;
  const auto shift = static_cast<unsigned>(__builtin_clzll(b[bn - 1]));
  Scratch<> memory(an + 1 + qn + 2 * used);
  if (!memory) return false;
  Limb *rest = memory.get(), *n = rest + an + 1, *d = n + qn + used;
  auto take = [shift](Limb* to, const Limb* from, Size count) { // the limbs above from[0] … and its top bits
    if (!shift) return copy(to, from + 1, count), Limb{0};
    const Limb out = shiftLeft(to, from + 1, count, shift);
    to[0] |= from[0] >> (64 - shift);
    return out;
  };
  take(d, b + below - 1, used);
  n[qn + used - 1] = take(n, a + below - 1, qn + used - 1);
  if (qn < kDivideByHalvesLimbs) {
    divideRows(q, n, qn + used, d, used);
  } else {
    Scratch<> product(used);
    if (!product || divideShort(q, qn, n, d, used, product.get()) == kNoMemory) return false;
  }
  Limb borrow = 0;
  if (qn < kDivideByHalvesLimbs) {
    copy(rest, a, an);
    for (Size i = 0; i < qn; ++i) {
      const Limb out = subtractProduct(rest + i, b, bn, q[i]);
      if (i + bn < an) borrow += subtractLimb(rest + i + bn, rest + i + bn, an - i - bn, out);
      else borrow += out;
    }
  } else {
    if (!multiply(rest, b, bn, q, qn)) return false;
    borrow = rest[an];
    borrow += subtract(rest, a, rest, an);
  }
  while (borrow) {
    subtractLimb(q, q, qn, 1);
    borrow -= add(rest, rest, an, b, bn);
  }
  copy(r, rest, bn);
  return true;
}

} // namespace

bool divide(Limb* q, Limb* r, const Limb* a, Size an, const Limb* b, Size bn) {
  if (bn == 1) {
    r[0] = divideLimb(q, a, an, b[0]);
    return true;
  }
  const auto shift = static_cast<unsigned>(__builtin_clzll(b[bn - 1]));
  const Size qn = an - bn + 1;
  if (2 * qn + 2 <= bn) return divideByTop(q, r, a, an, b, bn);
  const bool isLong = bn >= kDivideByHalvesLimbs && qn >= kDivideByHalvesLimbs;
  Scratch<> memory(an + 1 + bn + (isLong ? bn : 0));
  if (!memory) return false;
  Limb *n = memory.get(), *d = n + an + 1, *product = d + bn;
  if (shift) {
    n[an] = shiftLeft(n, a, an, shift);
    shiftLeft(d, b, bn, shift);
  } else {
    copy(n, a, an);
    n[an] = 0;
    copy(d, b, bn);
  }
  // The top limb of n is less than the divisor's: no quotient's block has a top limb beyond its own.
  if (!isLong) {
    divideRows(q, n, an + 1, d, bn);
  } else {
    Size at = qn;
    for (Size part = qn % bn ? qn % bn : bn; at > 0; part = bn) {
      at -= part;
      if (divideShort(q + at, part, n + at, d, bn, product) == kNoMemory) return false;
    }
  }
  if (shift) shiftRight(r, n, bn, shift);
  else copy(r, n, bn);
  return true;
}

} // namespace krait::bigint
