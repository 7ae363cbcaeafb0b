// Limbs: what all functions on natural numbers share.
//
// A natural number is an array of 64-bit limbs, the least significant first, and
// the count of them. Unless a function says otherwise, leading zero limbs are
// allowed, operands are borrowed, and a result is written to room of the caller's
// that overlaps no operand.
#pragma once
#include <cstdint>

namespace krait::bigint {

using Limb = uint64_t;
using Wide = unsigned __int128;
using Size = int64_t; // a number of limbs

constexpr Limb low(Wide w) { return static_cast<Limb>(w); }
constexpr Limb high(Wide w) { return static_cast<Limb>(w >> 64); }
constexpr Wide wide(Limb high, Limb low) { return static_cast<Wide>(high) << 64 | low; }
constexpr Limb multiplyHigh(Limb a, Limb b) { return high(static_cast<Wide>(a) * b); }

/// a + b + *carry and a - b - *carry; *carry is 0 or 1 before and after.
inline Limb addCarry(Limb a, Limb b, Limb* carry) {
  unsigned long long out;
  const Limb r = __builtin_addcll(a, b, *carry, &out);
  *carry = out;
  return r;
}
inline Limb subBorrow(Limb a, Limb b, Limb* borrow) {
  unsigned long long out;
  const Limb r = __builtin_subcll(a, b, *borrow, &out);
  *borrow = out;
  return r;
}

/// The number of limbs without leading zeros.
inline Size significant(const Limb* a, Size n) {
  while (n > 0 && a[n - 1] == 0) --n;
  return n;
}
/// Bits of a number without leading zero limbs.
inline int64_t bitLength(const Limb* a, Size n) { return n == 0 ? 0 : n * 64 - __builtin_clzll(a[n - 1]); }

} // namespace krait::bigint
