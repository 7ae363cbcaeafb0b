// Products and squares.
//
// By size of the shorter operand: row by row; Karatsuba's two halves (Karatsuba
// and Ofman, 1962); three parts (Toom, 1963; evaluated at 0, 1, -1, 2 and
// infinity, interpolated by the sequence of Bodrato and Zanoni, "Integer and
// polynomial multiplication", 2007); the transform of transform.h. Operands of
// unlike length are cut into pieces of the shorter one's length.
#pragma once
#include "runtime/bigint/limb.h"

namespace krait::bigint {

/// r = a·b, an >= bn >= 1; r has an + bn limbs. False when there is no memory for intermediate results: r is undefined.
[[nodiscard]] bool multiply(Limb* r, const Limb* a, Size an, const Limb* b, Size bn);
/// r = a², n >= 1; r has 2n limbs.
[[nodiscard]] bool square(Limb* r, const Limb* a, Size n);

/// multiply() for any order of the lengths, 0 among them.
[[nodiscard]] bool multiplyAny(Limb* r, const Limb* a, Size an, const Limb* b, Size bn);

/// r = a·b row by row: no memory, quadratic time.
void multiplyRows(Limb* r, const Limb* a, Size an, const Limb* b, Size bn);
void squareRows(Limb* r, const Limb* a, Size n);

} // namespace krait::bigint
