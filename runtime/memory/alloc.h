// Memory for objects and their parts. Objects come from size-class pools (up to
// 512 bytes) or the system; blocks are 16-byte aligned.
#pragma once
#include <cstddef>
#include "runtime/abi/object.h"

namespace krait {

/// Of a function that hot code calls rarely, and returns from: it keeps the registers that its caller would have to save all the time.
#define KRAIT_RARE [[gnu::noinline, clang::preserve_most]]

/// Never null for sizes up to 512 (a reserve serves them when memory is out, MemoryError follows at the next
/// poll); null with MemoryError raised above that.
void* allocate(size_t bytes);
void* allocateZeroed(size_t bytes);
/// May move. Null with MemoryError; then the old block is intact. `old` null allocates.
void* reallocate(void* old, size_t bytes);
void deallocate(void* block);
size_t blockSize(void* block);
/// It is a multiple of this; the sanitizer's blocks end where they were asked to.
#if defined(__has_feature) && __has_feature(address_sanitizer)
constexpr size_t kBlockGrain = 1;
#else
constexpr size_t kBlockGrain = 8;
#endif

/// A zeroed object of `layout` with `items` items: header set, count 1, links or prefix words zero, NOT tracked.
Object* newObject(const Layout* layout, int64_t items = 0);
/// Gives the memory back (destructor's last step). Untracks if still tracked.
void freeObject(Object* o);
/// Grows or shrinks a variable-sized object that nobody else refers to; may move; null with MemoryError (old freed never).
Object* resizeObject(Object* o, int64_t items);

/// True once after a small block had to come from the reserve: the poll then raises MemoryError.
bool takeMemoryShortage();

struct AllocatorStatistics {
  size_t arenasMapped, poolsInUse, blocksInUse, bytesInUse; // small blocks only
};
AllocatorStatistics allocatorStatistics();
/// Walks the small blocks, those that are free now (and then hold anything) among them.
void forEachSmallBlock(void (*visit)(void* block, size_t bytes, void* context), void* context);
/// Calls after every allocation / before every release of tracemalloc's kind; null: off.
struct AllocationHooks {
  void (*allocated)(void* block, size_t bytes);
  void (*released)(void* block);
};
extern const AllocationHooks* allocationHooks;
void setAllocationHooks(const AllocationHooks* hooks);

} // namespace krait
