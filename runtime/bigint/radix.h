// Numbers in any base from 2 to 36, both ways.
//
// Bases that are powers of two go bit by bit. The others go in chunks of as many
// digits as fit a limb, and from some length by halves at powers of the base
// (Knuth, volume 2, 4.4; Brent and Zimmermann, "Modern Computer Arithmetic", 1.7).
#pragma once
#include "runtime/bigint/limb.h"

namespace krait::bigint {

/// No fewer than the digits of a number of so many bits, and at most one or two more. 1 for no bits.
Size digitsAtMost(int64_t bits, int base);
/// No fewer limbs than n digits need.
Size limbsAtMost(Size n, int base);

/// Writes the digits (0-9a-z) of a, n limbs without leading zeros; room for digitsAtMost(): how many there are, without
/// leading zeros, "0" for no limbs. -1: no memory.
[[nodiscard]] Size toDigits(char* out, const Limb* a, Size n, int base);
/// r = the number with these n digits by value (0 … base - 1); r has limbsAtMost() limbs. The limbs without leading zeros; -1:
/// no memory.
[[nodiscard]] Size fromDigits(Limb* r, const uint8_t* digits, Size n, int base);

} // namespace krait::bigint
