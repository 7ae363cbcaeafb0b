// Who wants to know that the heap grows. A header of its own: nearly every file includes alloc.h.
#pragma once
#include <cstddef>

namespace krait {

/// Called when small blocks take one more MiB than ever before, with how many they had. It may not allocate.
extern void (*heapGrew)(size_t arenas);

} // namespace krait
