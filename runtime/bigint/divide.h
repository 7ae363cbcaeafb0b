// Quotients and remainders.
//
// Row by row (Knuth, volume 2, 4.3.1, algorithm D, with a reciprocal of the two top limbs after Möller and Granlund,
// "Improved division by invariant integers", 2011), and from some length by halves (Burnikel and Ziegler, "Fast recursive
// division", 1998, as in Brent and Zimmermann, "Modern Computer Arithmetic", 1.4.3).
#pragma once
#include "runtime/bigint/limb.h"

namespace krait::bigint {

/// a = q·b + r with r < b; an >= bn >= 1 and b has no leading zero limb. q has an - bn + 1 limbs, r has bn. False: no memory.
[[nodiscard]] bool divide(Limb* q, Limb* r, const Limb* a, Size an, const Limb* b, Size bn);

} // namespace krait::bigint
