#include "runtime/bigint/combinatorics.h"
#include <cmath>
#include <utility>
#include "runtime/bigint/basic.h"
#include "runtime/bigint/multiply.h"
#include "runtime/bigint/scratch.h"

namespace krait::bigint {
namespace {

/// The limbs of so many numbers up to `last`, generously.
Size limbsOf(Limb count, Limb last) {
  const double limbs = static_cast<double>(count) * static_cast<double>(64 - __builtin_clzll(last)) / 64;
  return limbs > 0x1p55 ? -1 : static_cast<Size>(limbs) + 2;
}

/// first·(first + step)·…, count of them, none above `last`.
Size productOfSequence(Limb* r, Limb first, Limb step, Limb count, Limb last) {
  if (count <= 24) {
    r[0] = 1;
    Size n = 1;
    Limb factor = 1;
    for (Limb i = 0, x = first; i < count; ++i, x += step) {
      Limb both;
      if (!__builtin_mul_overflow(factor, x, &both)) {
        factor = both;
        continue;
      }
      r[n] = multiplyLimb(r, r, n, factor);
      n += r[n] != 0;
      factor = x;
    }
    r[n] = multiplyLimb(r, r, n, factor);
    return n + (r[n] != 0);
  }
  const Limb half = count / 2;
  const Size room = limbsOf(count - half, last) + 2;
  Scratch<128> memory(2 * room);
  if (!memory) return -1;
  Limb *x = memory.get(), *y = x + room;
  const Size xn = productOfSequence(x, first, step, half, last);
  if (xn < 0) return -1;
  const Size yn = productOfSequence(y, first + half * step, step, count - half, last);
  if (yn < 0 || !multiplyAny(r, x, xn, y, yn)) return -1;
  return significant(r, xn + yn);
}

} // namespace

Size productLimbsAtMost(Limb first, Limb last) {
  const Size limbs = last < first ? 0 : limbsOf(last - first + 1, last);
  return limbs < 0 ? -1 : limbs + 2;
}
Size productOfRange(Limb* r, Limb first, Limb last) {
  if (last < first) {
    r[0] = 1;
    return 1;
  }
  return productOfSequence(r, first, 1, last - first + 1, last);
}

Size factorialLimbsAtMost(Limb n) {
  const double limbs = std::lgamma(static_cast<double>(n) + 1) * 1.4426950408889634 * (1 + 1e-12) / 64;
  return limbs > 0x1p55 ? -1 : static_cast<Size>(limbs) + 3;
}

Size factorial(Limb* r, Limb n) {
  // n! = 2^(n - ones of n) times, over all i, the odd numbers up to n / 2^i: those in (n / 2^(i+1), n / 2^i] are multiplied to
  // the product of the smaller ones, and that to the result.
  const Size room = factorialLimbsAtMost(n) + 2;
  Scratch<128> memory(3 * room + 8);
  if (!memory) return -1;
  Limb *result = memory.get(), *product = result + room, *next = product + room;
  Size rn = 1, pn = 1;
  result[0] = product[0] = 1;
  for (int i = n ? 63 - __builtin_clzll(n) : -1; i >= 0; --i) {
    const Limb top = n >> i, first = ((n >> 1 >> i) + 1) | 1;
    if (first > top) continue;
    const Limb count = (top - first) / 2 + 1;
    Scratch<128> part(limbsOf(count, top) + 2);
    if (!part) return -1;
    const Size n1 = productOfSequence(part.get(), first, 2, count, top);
    if (n1 < 0 || !multiplyAny(next, part.get(), n1, product, pn)) return -1;
    pn = significant(next, n1 + pn);
    std::swap(product, next);
    if (!multiplyAny(next, result, rn, product, pn)) return -1;
    rn = significant(next, rn + pn);
    std::swap(result, next);
  }
  const Limb twos = n - static_cast<Limb>(__builtin_popcountll(n));
  const auto words = static_cast<Size>(twos / 64);
  const auto bits = static_cast<unsigned>(twos % 64);
  clear(r, words);
  if (!bits) {
    copy(r + words, result, rn);
    return words + rn;
  }
  r[words + rn] = shiftLeft(r + words, result, rn, bits);
  return words + rn + (r[words + rn] != 0);
}

} // namespace krait::bigint
