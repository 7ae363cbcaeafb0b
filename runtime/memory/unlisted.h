// Objects that are in none of the collector's lists, and whose death outsiders notice: what they hold is closed, or somebody is warned.
#pragma once
#include <cstdint>

namespace krait {

/// How many of them hold something open.
inline constinit int64_t unlistedOpen = 0;

} // namespace krait
