// Factorials and binomial coefficients, by products of halves.
#pragma once
#include "runtime/bigint/limb.h"

namespace krait::bigint {

/// No fewer limbs than n! has; -1 when that is beyond any memory.
Size factorialLimbsAtMost(Limb n);
/// r = n!: the limbs without leading zeros; -1: no memory.
[[nodiscard]] Size factorial(Limb* r, Limb n);

/// r = first·(first + 1)·…·last for first >= 1; r has productLimbsAtMost() limbs, which is -1 beyond any memory. The limbs
/// without leading zeros; -1: no memory.
Size productLimbsAtMost(Limb first, Limb last);
[[nodiscard]] Size productOfRange(Limb* r, Limb first, Limb last);

} // namespace krait::bigint
