// From how many limbs an algorithm is faster than the one before it, as tools/bench/bigint measured it.
#pragma once
#include "runtime/bigint/limb.h"

namespace krait::bigint {

constexpr Size kKaratsubaLimbs = 36, kToomLimbs = 140, kTransformLimbs = 3300;
constexpr Size kKaratsubaSquareLimbs = 64, kToomSquareLimbs = 180, kTransformSquareLimbs = 3000;
constexpr Size kDivideByHalvesLimbs = 60;

} // namespace krait::bigint
