// Greatest common divisors by Lehmer's method: the leading 128 bits of both numbers decide on many steps of Euclid's algorithm
// at once, as long as Collins's condition proves their quotients (Brent and Zimmermann, "Modern Computer Arithmetic", 1.6.2).
#pragma once
#include "runtime/bigint/limb.h"

namespace krait::bigint {

/// r = gcd(a, b), for an, bn >= 1 and no leading zero limbs; r has min(an, bn) limbs. The limbs without leading zeros; -1: no
/// memory.
[[nodiscard]] Size gcd(Limb* r, const Limb* a, Size an, const Limb* b, Size bn);
/// The same of two words, of which one or both may be 0.
Limb gcdOfLimbs(Limb a, Limb b);

} // namespace krait::bigint
