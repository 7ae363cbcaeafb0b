// Blocks beyond the pools' sizes, up to a few KiB, that were given back and wait to be asked for again: what the
// system's allocator keeps at hand ends at 1 KiB, and beyond it a block that comes and goes costs hundreds of
// instructions. Tables of dicts and sets, longer lists and texts are of that size.
//
// One list for each size that malloc gives, so that no block is larger than one of malloc's. What waits is bounded,
// and all of it goes back once the bound is reached: it was of sizes that are not asked for any more.
// Only the holder of the GIL comes here.
#pragma once
#include <cstddef>
#include "runtime/abi/object.h"

namespace krait {

constexpr size_t kLargestKept = 8 * 1024 + 256; // a set's table of 512 slots, with what is behind it

/// So large is the block that glibc is shown at the start (alloc.cpp).
constexpr size_t kShownBlock = 512 << 10;

struct KeptBlocks {
  static constexpr size_t kCount = kLargestKept / 16 + 1;
  void* first[kCount];
  uint8_t counts[kCount];
  size_t bytes;
};
extern KeptBlocks keptBlocks;

/// A block of at least so many bytes, 9 or more, or null.
inline void* takeKeptBlock(size_t bytes) {
  if (bytes > kLargestKept) return nullptr;
  const size_t list = (bytes + 7) >> 4; // usable sizes are 8 more than multiples of 16
  void* block = keptBlocks.first[list];
  if (!block) return nullptr;
  keptBlocks.first[list] = *static_cast<void**>(block);
  --keptBlocks.counts[list];
  keptBlocks.bytes -= list << 4;
  return block;
}
/// Keeps a block of malloc's, or frees it.
void keepOrFree(void* block);
/// Frees what waits.
void freeKeptBlocks();

} // namespace krait
