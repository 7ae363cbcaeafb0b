// Tuples whose items are handed over instead (ir/passes/loose_tuples.cpp).
#pragma once
#include <cstdint>

namespace krait {

/// How many items a key has at the most for which krt_item_get_tuple and its like need not make the tuple.
constexpr uint32_t kMostLooseItems = 4;

/// Beside the number of a comparison (krt_tuples_compare): what the tuple is compared with stands on the left.
constexpr uint32_t kOtherFirst = 8;

} // namespace krait
