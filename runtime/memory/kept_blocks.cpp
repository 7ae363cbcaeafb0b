// See kept_blocks.h.
#include "runtime/memory/kept_blocks.h"
#include <algorithm>
#include <cstdlib>
#include <malloc.h>
#include <utility>

namespace krait {

KeptBlocks keptBlocks;

namespace {
constexpr size_t kLeastKept = 512;
constexpr size_t kMostBytes = 256 * 1024;
/// So many of a size: a few KiB of it, and two at least (one grows into the other).
constexpr uint8_t mostOf(size_t list) { return list < 256 ? 8 : 2; }

/// glibc maps blocks larger than any that it has seen freed one by one, has others in its heap, and gives the free end of that back
/// beyond twice the largest. Where two or three of the largest come and go, their pages would be given back and cleared again
/// each time; so that limit is twice as far here. Setting it stops glibc from moving both by itself.
[[gnu::noinline]] void largeBlockGoes(const void* block, size_t bytes) {
  constexpr size_t kPage = 4096, kMostMapped = 32 << 20, kMostKept = 64 << 20;
  static size_t largest = kShownBlock;
  const bool isMapped = reinterpret_cast<uintptr_t>(block) % kPage == 2 * sizeof(size_t); // behind the sizes that stand in front
  if (bytes <= largest || bytes >= kMostMapped || !isMapped) return;
  largest = bytes;
  mallopt(M_MMAP_THRESHOLD, static_cast<int>(bytes + 2 * sizeof(size_t)));
  mallopt(M_TRIM_THRESHOLD, static_cast<int>(std::min(4 * bytes, kMostKept)));
}
} // namespace

void keepOrFree(void* block) {
  // A list's blocks hold 8 bytes more than 16 times its number: all of it as the system's malloc has it, where another stands in
  // for that (a preloaded one, a memory checker) the next lower list.
  const size_t bytes = malloc_usable_size(block), list = (bytes - 8) >> 4;
  if (bytes < kLeastKept || list >= KeptBlocks::kCount || keptBlocks.counts[list] >= mostOf(list)) {
    if (bytes > kShownBlock) [[unlikely]] largeBlockGoes(block, bytes);
    free(block);
    return;
  }
  if (keptBlocks.bytes >= kMostBytes) [[unlikely]] freeKeptBlocks();
  *static_cast<void**>(block) = keptBlocks.first[list];
  keptBlocks.first[list] = block;
  ++keptBlocks.counts[list];
  keptBlocks.bytes += list << 4;
}

void freeKeptBlocks() {
  for (size_t list = 0; list < KeptBlocks::kCount; ++list) {
    for (void* block = std::exchange(keptBlocks.first[list], nullptr); block;) free(std::exchange(block, *static_cast<void**>(block)));
    keptBlocks.counts[list] = 0;
  }
  keptBlocks.bytes = 0;
}

} // namespace krait
