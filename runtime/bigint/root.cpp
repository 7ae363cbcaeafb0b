#include "runtime/bigint/root.h"
#include <cmath>
#include "runtime/bigint/basic.h"
#include "runtime/bigint/divide.h"
#include "runtime/bigint/multiply.h"
#include "runtime/bigint/scratch.h"

namespace krait::bigint {
namespace {

/// floor(√v).
Limb rootOf(Wide v) {
  if (v == 0) return 0;
  if (v >> 64 == 0) {
    auto s = static_cast<Limb>(std::sqrt(static_cast<double>(low(v))));
    while (static_cast<Wide>(s) * s > v) --s;
    while (static_cast<Wide>(s + 1) * (s + 1) <= v) ++s;
    return s;
  }
  // A guess that is not too small, and Newton's steps downwards.
  const double guess = std::sqrt(static_cast<double>(v)) * (1 + 1e-15);
  Limb s = guess >= 0x1p64 ? ~Limb{0} : static_cast<Limb>(guess);
  for (;;) {
    const Wide next = (s + v / s) >> 1;
    if (next >= s) return s;
    s = low(next);
  }
}

/// s = floor(√n) of the 2·sn limbs of n, whose top two bits are not both zero; the rest, over n's lower limbs, may have one bit
/// more than they: the answer. -1: no memory. `scratch` has 2·sn + 4 limbs.
int rootByHalves(Limb* s, Limb* n, Size sn, Limb* scratch) {
  if (sn == 1) {
    const Wide v = wide(n[1], n[0]);
    s[0] = rootOf(v);
    const Wide rest = v - static_cast<Wide>(s[0]) * s[0];
    n[0] = low(rest);
    n[1] = 0;
    return static_cast<int>(high(rest));
  }
  // n = (n1·B^l + m)·B^l + n0: root and rest of n1, then a quotient for the lower half of the root.
  const Size l = sn / 2, h = sn - l;
  Limb* upper = s + l;
  const int over = rootByHalves(upper, n + 2 * l, h, scratch);
  if (over < 0) return -1;
  // (rest·B^l + m) / (2·upper), where the rest may reach upper·2.
  if (over) subtract(n + 2 * l, n + 2 * l, upper, h); // the rest less upper: half a unit of the quotient more
  Limb *q = scratch, *r = q + sn - h + 2; // dividend h + l limbs, divisor h: l + 1 of quotient
  if (!divide(q, r, n + l, h + l, upper, h)) return -1;
  // The quotient by `upper`, B^l more where `over`; halved, with the odd one back in the remainder.
  q[l] += static_cast<Limb>(over);
  const bool odd = q[0] & 1;
  shiftRight(q, q, l + 1, 1);
  Limb carry = odd ? add(r, r, upper, h) : 0;
  // The quotient can be B^l, one too many for the lower half.
  copy(n + l, r, h);
  n[l + h] = carry;
  const bool full = q[l] != 0;
  copy(s, q, l);
  if (full) { // s has B^l - 1 there, and the rest grows by 2·upper
    for (Size i = 0; i < l; ++i) s[i] = ~Limb{0};
    Limb more = add(n + l, n + l, upper, h);
    more += add(n + l, n + l, upper, h);
    n[l + h] += more;
  }
  // What the square of the lower half takes; h + 1 limbs of rest above l limbs of n0.
  Limb* squared = scratch;
  if (!square(squared, s, l)) return -1;
  Limb top = n[l + h];
  n[l + h] = 0;
  const Limb borrow = subtract(n, n, sn, squared, 2 * l);
  auto sign = static_cast<int64_t>(top) - static_cast<int64_t>(borrow);
  while (sign < 0) { // s was one too large: the rest grows by 2s - 1
    sign += static_cast<int64_t>(add(n, n, s, sn));
    subtractLimb(s, s, sn, 1);
    sign += static_cast<int64_t>(add(n, n, s, sn));
  }
  return static_cast<int>(sign);
}

} // namespace

bool squareRoot(Limb* root, bool* exact, const Limb* a, Size n) {
  if (n == 1) {
    root[0] = rootOf(a[0]);
    *exact = root[0] * root[0] == a[0];
    return true;
  }
  // An even number of limbs, shifted by an even number of bits to the top.
  const Size sn = (n + 1) / 2;
  const auto bits = static_cast<unsigned>(__builtin_clzll(a[n - 1])) & ~1u;
  Scratch<512> memory(2 * sn + 2 * sn + 8);
  if (!memory) return false;
  Limb *x = memory.get(), *scratch = x + 2 * sn;
  const Size whole = 2 * sn - n; // 0 or 1
  clear(x, whole);
  if (bits) shiftLeft(x + whole, a, n, bits);
  else copy(x + whole, a, n);
  const int over = rootByHalves(root, x, sn, scratch);
  if (over < 0) return false;
  // Back: the root of a·4^k is that of a, times 2^k, and what its lower bits say.
  const auto k = static_cast<unsigned>(whole * 32) + bits / 2;
  Limb lost = 0;
  if (k) lost = shiftRight(root, root, sn, k);
  *exact = !over && !lost && significant(x, sn) == 0;
  return true;
}

} // namespace krait::bigint
