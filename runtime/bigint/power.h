// Powers: modulo a number by windows of the exponent, modulo an odd one in Montgomery's form ("Modular multiplication without
// trial division", 1985); and those of a limb.
#pragma once
#include "runtime/bigint/limb.h"

namespace krait::bigint {

/// r = base^e modulo m, mn limbs. No leading zero limbs; base < m, which is more than 1. False: no memory.
[[nodiscard]] bool powerModulo(Limb* r, const Limb* base, Size bn, const Limb* e, Size en, const Limb* m, Size mn);

/// No fewer limbs than base^e has.
Size powerLimbsAtMost(Limb base, Limb e);
/// r = base^e with powerLimbsAtMost() limbs: the limbs without leading zeros; -1: no memory.
[[nodiscard]] Size power(Limb* r, Limb base, Limb e);

} // namespace krait::bigint
