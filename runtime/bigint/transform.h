// Products of long numbers by number-theoretic transforms.
//
// The operands are cut into pieces of some 84 bits, the coefficients of
// polynomials, whose product is computed modulo x^N - 1 and three primes of 62
// bits: forward transforms, products point by point, and a transform back. The
// Chinese remainder theorem gives the exact coefficients (Pollard, "The fast
// Fourier transform in a finite field", 1971). N is 2^k or 3·2^k.
#pragma once
#include "runtime/bigint/limb.h"

namespace krait::bigint {

/// r = a·b, an, bn >= 1; a and b may be the same array, which is then transformed once. False: no memory.
[[nodiscard]] bool multiplyByTransform(Limb* r, const Limb* a, Size an, const Limb* b, Size bn);

} // namespace krait::bigint
