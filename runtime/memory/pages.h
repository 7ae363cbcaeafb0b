// Pages of memory, asked of the system ahead.
#pragma once
#include <cstddef>

namespace krait {

/// Gives the range, which begins on a page, its pages, as writing to each would: half as dear as a fault for each, or better. What the
/// system cannot do is left undone; errno stays.
void populatePages(char* from, size_t bytes);

} // namespace krait
