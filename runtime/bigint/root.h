// Square roots with remainders (Zimmermann, "Karatsuba square root", 1999).
#pragma once
#include "runtime/bigint/limb.h"

namespace krait::bigint {

/// root = floor(√a), (n + 1) / 2 limbs; a has n >= 1 without leading zero limbs. *exact: whether a is its square. False: no
/// memory.
[[nodiscard]] bool squareRoot(Limb* root, bool* exact, const Limb* a, Size n);

} // namespace krait::bigint
