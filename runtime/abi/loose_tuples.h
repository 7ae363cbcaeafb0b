// Keys whose items are handed over instead of a tuple (ir/passes/loose_tuples.cpp).
#pragma once
#include <cstdint>

namespace krait {

/// How many items a key has at the most for which krt_item_get_tuple and its like need not make the tuple.
constexpr uint32_t kMostLooseItems = 4;

} // namespace krait
