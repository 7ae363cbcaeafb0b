// Size-class allocator in the manner of pymalloc.
//
// One address range, far from all others, is reserved on first use and grows: a
// process may be limited in what it reserves, or limit itself later. It is cut into arenas of
// 1 MiB, those into pools of 16 KiB, and a pool serves blocks of one size class
// (16, 32, … 512 bytes). A pool keeps a free list threaded through its blocks and
// a watermark below which blocks have been in it at least once: some are added after it ran dry. Pools with
// free blocks hang in a ring per class, and so do those that ran dry, until the next block is asked for: one that a
// program takes and gives back all the time costs no more than another. An empty pool goes back to its arena, and
// an arena whose pools are all empty gives its pages back to the system, but for the first few: a program that builds
// something large and drops it again would spend its time with pages (glibc keeps as much of what malloc() gave).
//
// A block's pool is found by masking its address, and whether a block is small at
// all by comparing with the range, so that no size needs to be stored.
// Only the holder of the GIL allocates.
#include "runtime/memory/pools.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <new>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "runtime/memory/gc.h"
#include "runtime/memory/heap_growth.h"
#include "runtime/memory/kept_blocks.h"
#include "runtime/memory/pages.h"
#include "runtime/object/errors.h"
#include "runtime/threads/thread_state.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KRAIT_SYSTEM_ALLOCATOR 1
#endif
#endif

namespace krait {

const AllocationHooks* allocationHooks = nullptr;
void (*heapGrew)(size_t) = nullptr;
Pool noPool;
constinit Pools pools = [] {
  Pools none{};
  for (Pool*& ring : none.rings) ring = &noPool;
  return none;
}();

namespace {

constexpr size_t kArenaSize = 1024 * 1024, kPoolsPerArena = kArenaSize / kPoolSize;
constexpr size_t kLargestRange = size_t{1} << 36;
/// What is kept for the time when memory is out: so many pools serve what cannot fail, while MemoryErrors are on their way.
constexpr size_t kReservePools = 8 * kPoolsPerArena;
/// So many empty arenas keep their pages.
constexpr size_t kMostKept = 64;

struct Arena {
  Pool* emptyPools;
  uint32_t poolsUsed;   // handed to classes
  uint32_t poolsCarved; // ever used
};

struct Allocator {
  char* frontier;          // first arena never used
  Arena* arenas;           // by number
  size_t firstUsable;      // no arena below it has an empty pool
  bool limited;            // the range could not grow once: what it does not need is missing elsewhere
  bool shortage;           // the next poll raises MemoryError
  size_t warnBelow;        // at so few free pools it is raised
  size_t poolsInUse;
  size_t absentPools;      // of arenas that were given back
  size_t keptArenas;       // all of whose pools are empty, and have been in use
  char* mallocStart;       // the part of malloc()'s heap that was added since
  char* mallocTouched;     // what is below has its pages
};
Allocator state = {nullptr, nullptr, 0, false, false, kReservePools, 0, 0, 0, nullptr, nullptr};

size_t freePools() { return pools.size / kPoolSize - state.poolsInUse - state.absentPools; }

/// Far from where the system places mappings by itself, so that the range can grow.
char* const kRangeHint = reinterpret_cast<char*>(uintptr_t{1} << 44);
constexpr size_t kRangeStep = 64 * kArenaSize;

char* mapRange(char* wanted, size_t bytes, int flags) {
  void* p = mmap(wanted, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | flags, -1, 0);
  return p == MAP_FAILED ? nullptr : static_cast<char*>(p);
}

void setRangeSize(size_t bytes) {
  pools.size = bytes;
  pools.unhooked = allocationHooks ? 0 : bytes;
}

/// madvise() for what may be left undone: errno stays. 0, or the error.
int advise(void* from, size_t bytes, int advice) {
  const int before = errno;
  const int error = madvise(from, bytes, advice) == 0 ? 0 : errno;
  errno = before;
  return error;
}

} // namespace

void populatePages(char* from, size_t bytes) {
#ifdef MADV_POPULATE_WRITE
  constexpr int kPopulate = MADV_POPULATE_WRITE;
#else
  constexpr int kPopulate = 23;
#endif
  static bool isKnown = true; // to the kernel: since Linux 5.14
  if (isKnown && advise(from, bytes, kPopulate) == EINVAL) isKnown = false;
}

namespace {

/// What is not small comes from the end of malloc()'s heap. That gets its pages ahead as pools do, but for a heap of a few pages.
void populateMalloced(void* block, size_t bytes) {
  constexpr ptrdiff_t kFew = 64 * 1024, kLeast = 32 * 1024, kShare = 16;
  char* const end = static_cast<char*>(block) + bytes;
  if (end <= state.mallocTouched || end - state.mallocStart < kFew || !state.mallocStart) [[likely]] return;
  char* const limit = static_cast<char*>(sbrk(0));
  if (end > limit) return; // a mapping of its own
  auto pageOf = [](char* p) { return reinterpret_cast<char*>((reinterpret_cast<uintptr_t>(p) + 4095) & ~uintptr_t{4095}); };
  char* const from = pageOf(std::max(state.mallocTouched, static_cast<char*>(block)));
  state.mallocTouched = std::min(limit, pageOf(end + std::max(kLeast, (end - state.mallocStart) / kShare)));
  if (state.mallocTouched > from) populatePages(from, static_cast<size_t>(state.mallocTouched - from));
}

/// The range has grown: what a heap has beyond its first MiBs may lie in large pages, of which the processor knows the places of
/// more bytes at once. In a smaller heap one that is not filled would be too much.
void allowLargePages(size_t before) {
  constexpr size_t kSmallHeap = 16 * kArenaSize;
  const size_t from = std::max(before, kSmallHeap);
  if (from >= pools.size) return;
  advise(pools.base + from, pools.size - from, MADV_HUGEPAGE); // the system may have none
}

[[gnu::cold, gnu::noinline]] void* outOfMemory() {
  // The reserve is exhausted as well: nothing can be promised any more.
  static const char text[] = "Fatal Python error: out of memory\n";
  if (fwrite(text, 1, sizeof text - 1, stderr) == 0) abort();
  abort();
}

// C++ containers cannot fail: once memory is out they get what was put aside for them, and MemoryError follows at the
// next poll. Large ones, whose sizes come from programs, are not theirs to hold (types/raw_output.h).
constexpr size_t kSpareBytes = 2 * kArenaSize;
std::atomic<void*> spare;

void openSpare() {
  void* block = spare.exchange(nullptr);
  if (!block) outOfMemory();
  free(block);
  state.shortage = true;
  requestPoll(kPollMemory);
}

/// A table of a hundred kilobytes that is made again and again costs more in pages that the system hands out and takes back
/// than in what is done with it. glibc keeps as much as twice the largest block from the system that it has seen freed, so it
/// is shown one; a larger one makes lists that grow side by side copy themselves instead of having their pages moved.
void keepLargeBlocks() {
  void* volatile block = malloc(kShownBlock); // or the compiler leaves both out
  free(block);
}

bool reserveRange() {
  spare = malloc(kSpareBytes);
  keepLargeBlocks();
  state.mallocStart = state.mallocTouched = static_cast<char*>(sbrk(0));
  std::set_new_handler(openSpare);
  state.arenas = reinterpret_cast<Arena*>(mapRange(nullptr, kLargestRange / kArenaSize * sizeof(Arena), 0));
  if (!state.arenas) return false;
  for (size_t range = kRangeStep; range >= kArenaSize; range /= 2) {
    char* p = mapRange(kRangeHint, range + kArenaSize, 0);
    if (!p) continue;
    char* aligned = reinterpret_cast<char*>((reinterpret_cast<uintptr_t>(p) + kArenaSize - 1) & ~(kArenaSize - 1));
    if (aligned != p) munmap(p, static_cast<size_t>(aligned - p));
    munmap(aligned + range, kArenaSize - static_cast<size_t>(aligned - p));
    pools.base = state.frontier = aligned;
    setRangeSize(range);
    allowLargePages(0);
    return true;
  }
  return false;
}

bool extendRange() {
  for (size_t step = kRangeStep; step >= kArenaSize; step /= 8) {
    if (pools.size + step > kLargestRange) continue;
    char* const end = pools.base + pools.size;
    char* p = mapRange(end, step, MAP_FIXED_NOREPLACE);
    if (p && p != end) munmap(p, step); // a kernel that does not know the flag
    if (p != end) continue;
    setRangeSize(pools.size + step);
    allowLargePages(pools.size - step);
    return true;
  }
  state.limited = true;
  return false;
}

// An arena without memory looks full, and nothing in it was ever used.
bool isAbsent(const Arena& arena) { return arena.poolsUsed == kPoolsPerArena && arena.poolsCarved == 0; }

/// Gives the addresses of an empty arena back, where they are scarce. The system places nothing of its own there.
bool dropArena(size_t number) {
  if (freePools() < 2 * kReservePools + kPoolsPerArena || munmap(pools.base + number * kArenaSize, kArenaSize) != 0) return false;
  state.arenas[number] = {nullptr, kPoolsPerArena, 0};
  state.absentPools += kPoolsPerArena;
  return true;
}

/// An absent arena's memory again; false: there is none.
bool restoreArena() {
  const auto all = static_cast<size_t>(state.frontier - pools.base) / kArenaSize;
  for (size_t i = 0; state.absentPools && i < all; ++i) {
    if (!isAbsent(state.arenas[i])) continue;
    char* const wanted = pools.base + i * kArenaSize;
    char* p = mapRange(wanted, kArenaSize, MAP_FIXED_NOREPLACE);
    if (p != wanted) {
      if (p) munmap(p, kArenaSize);
      return false;
    }
    state.arenas[i] = Arena{};
    state.absentPools -= kPoolsPerArena;
    state.firstUsable = std::min(state.firstUsable, i);
    return true;
  }
  return false;
}

/// Memory is out, and the reserve is being used: a MemoryError is due now, once more for every MiB, and for every pool
/// when little is left.
void warnOfShortage() {
  const size_t left = freePools();
  if (left > state.warnBelow) return;
  state.warnBelow = left > 2 * kPoolsPerArena ? left - kPoolsPerArena : left;
  state.shortage = true;
  requestPoll(kPollMemory);
}

/// Pools that are about to be used for the first time get their pages at once. As many as a sixteenth of what is in use, so that small heaps stay small.
void populate(char* firstPool, size_t poolsBehind) {
  constexpr size_t kShare = 16;
  static const char* populated = nullptr; // what is below, was; arenas that come back are not worth a second thought
  const size_t count = std::min(state.poolsInUse / kShare, poolsBehind);
  if (count == 0 || firstPool < populated) return;
  populated = firstPool + count * kPoolSize;
  populatePages(firstPool, count * kPoolSize);
}

Pool* takePoolFrom(size_t number) {
  Arena& arena = state.arenas[number];
  if (arena.poolsUsed++ == 0 && arena.poolsCarved == kPoolsPerArena) --state.keptArenas;
  if (Pool* pool = arena.emptyPools) {
    arena.emptyPools = pool->next;
    return pool;
  }
  char* pool = pools.base + number * kArenaSize + kPoolSize * arena.poolsCarved;
  populate(pool, kPoolsPerArena - arena.poolsCarved++);
  return reinterpret_cast<Pool*>(pool);
}

Pool* takePool() {
  if (!pools.base && !reserveRange()) return nullptr;
  if (freePools() <= kReservePools && !restoreArena() && !extendRange()) [[unlikely]] warnOfShortage();
  const size_t carved = static_cast<size_t>(state.frontier - pools.base) / kArenaSize;
  for (size_t i = state.firstUsable; i < carved; ++i) {
    if (state.arenas[i].poolsUsed < kPoolsPerArena) {
      state.firstUsable = i;
      return takePoolFrom(i);
    }
  }
  state.firstUsable = carved;
  if (state.frontier == pools.base + pools.size) return nullptr;
  state.frontier += kArenaSize;
  if (heapGrew && carved) heapGrew(carved);
  return takePoolFrom(carved);
}

void link(Pool* pool) {
  Pool*& ring = pools.rings[pool->sizeClass];
  pool->inRing = 1;
  if (ring == &noPool) {
    ring = pool->next = pool->previous = pool;
    return;
  }
  // Second: the first has more blocks than the one that came back here, which may run dry at once.
  pool->previous = ring;
  pool->next = ring->next;
  ring->next->previous = pool;
  ring->next = pool;
  if (!ring->free) ring = pool;
}
void unlink(Pool* pool) {
  Pool*& ring = pools.rings[pool->sizeClass];
  pool->inRing = 0;
  if (pool->next == pool) {
    ring = &noPool;
    return;
  }
  pool->previous->next = pool->next;
  pool->next->previous = pool->previous;
  if (ring == pool) ring = pool->next;
}

/// Threads the next blocks above the watermark: a few, so that pages which nobody needs stay untouched.
void thread(Pool* pool) {
  constexpr uint32_t kBatch = 2048;
  const uint32_t bytes = blockBytes(pool->sizeClass), room = static_cast<uint32_t>(kPoolSize) - pool->watermark;
  const uint32_t count = std::max(std::min(room, kBatch) / bytes, 1u);
  char* block = reinterpret_cast<char*>(pool) + pool->watermark;
  pool->watermark += count * bytes;
  pool->free = block;
  for (uint32_t i = 1; i < count; ++i, block += bytes) *reinterpret_cast<void**>(block) = block + bytes;
  *reinterpret_cast<void**>(block) = nullptr;
}

void releasePool(Pool* pool) {
  if (pool->inRing) unlink(pool);
  --state.poolsInUse;
  size_t number = static_cast<size_t>(reinterpret_cast<char*>(pool) - pools.base) / kArenaSize;
  Arena& arena = state.arenas[number];
  pool->next = arena.emptyPools;
  arena.emptyPools = pool;
  if (number < state.firstUsable) state.firstUsable = number;
  if (--arena.poolsUsed == 0 && state.limited) [[unlikely]] {
    if (!dropArena(number) && arena.poolsCarved == kPoolsPerArena) ++state.keptArenas;
  } else if (arena.poolsUsed == 0 && arena.poolsCarved == kPoolsPerArena) {
    if (state.keptArenas < kMostKept) {
      ++state.keptArenas;
    } else {
      madvise(pools.base + number * kArenaSize, kArenaSize, MADV_DONTNEED);
      arena.emptyPools = nullptr;
      arena.poolsCarved = 0;
    }
  }
  if (const size_t left = freePools(); left > state.warnBelow + kPoolsPerArena) [[unlikely]]
    state.warnBelow = std::min(left - kPoolsPerArena, kReservePools);
}

#ifdef KRAIT_SYSTEM_ALLOCATOR
constexpr bool kUsePools = false;
#else
constexpr bool kUsePools = true;
#endif

} // namespace

void* takeBlockSlow(uint32_t sizeClass) {
  if (!kUsePools) return nullptr;
  const uint32_t bytes = blockBytes(sizeClass);
  while (pools.rings[sizeClass] != &noPool) {
    Pool* pool = pools.rings[sizeClass];
    if (!pool->free && pool->watermark + bytes <= kPoolSize) thread(pool);
    if (pool->free) return takeBlock(bytes);
    unlink(pool);
  }
  Pool* pool = takePool();
  if (!pool) return outOfMemory();
  *pool = Pool{};
  pool->sizeClass = sizeClass;
  pool->watermark = sizeof(Pool);
  ++state.poolsInUse;
  thread(pool);
  link(pool);
  return takeBlock(bytes);
}

void poolChanged(Pool* pool) {
  if (pool->used == 0) {
    // An empty pool of each class stays: programs alternate around a boundary, be it that of an almost full pool.
    static Pool* kept[kClassCount];
    Pool*& other = kept[pool->sizeClass];
    if (state.limited || (other && other != pool && other->used == 0)) releasePool(pool);
    else other = pool;
  } else if (!pool->inRing) {
    link(pool);
  }
}

void* allocate(size_t bytes) {
  void* p;
  if (kUsePools && bytes <= kSmallLimit) {
    if (bytes == 0) bytes = 1;
    p = takeBlock(bytes);
  } else {
    p = kUsePools ? takeKeptBlock(bytes) : nullptr;
    if (!p) {
      p = malloc(bytes ? bytes : 1);
      if (!p) {
        raiseNoMemory();
        return nullptr;
      }
      populateMalloced(p, bytes);
    }
  }
  if (allocationHooks) [[unlikely]] allocationHooks->allocated(p, bytes);
  return p;
}

void* allocateZeroed(size_t bytes) {
  if (!kUsePools || bytes > kSmallLimit) {
    void* p = kUsePools ? takeKeptBlock(bytes) : nullptr;
    if (p) memset(p, 0, bytes);
    else p = calloc(1, bytes ? bytes : 1);
    if (!p) {
      raiseNoMemory();
      return nullptr;
    }
    if (allocationHooks) [[unlikely]] allocationHooks->allocated(p, bytes);
    return p;
  }
  void* p = allocate(bytes);
  memset(p, 0, bytes);
  return p;
}

size_t blockSize(void* block) {
  return isSmallBlock(block) ? blockBytes(poolOf(block)->sizeClass) : malloc_usable_size(block);
}

void deallocate(void* block) {
  if (block) releaseBlock(block);
}

void releaseBlockSlow(void* block) {
  if (allocationHooks) [[unlikely]] allocationHooks->released(block);
  if (isSmallBlock(block)) giveBack(block);
  else if (kUsePools) keepOrFree(block);
  else free(block);
}

void* reallocate(void* old, size_t bytes) {
  if (!old) return allocate(bytes);
  if (isSmallBlock(old) || (kUsePools && bytes <= kSmallLimit)) {
    size_t have = blockSize(old);
    if (isSmallBlock(old) && bytes <= have && bytes * 4 > have * 3) return old;
    void* p = allocate(bytes);
    if (!p) return nullptr;
    memcpy(p, old, have < bytes ? have : bytes);
    deallocate(old);
    return p;
  }
  if (allocationHooks) [[unlikely]] allocationHooks->released(old);
  void* p = realloc(old, bytes ? bytes : 1);
  if (!p) {
    if (allocationHooks) allocationHooks->allocated(old, malloc_usable_size(old));
    raiseNoMemory();
    return nullptr;
  }
  populateMalloced(p, bytes);
  if (allocationHooks) [[unlikely]] allocationHooks->allocated(p, bytes);
  return p;
}

void setAllocationHooks(const AllocationHooks* hooks) {
  allocationHooks = hooks;
  setRangeSize(pools.size);
}

bool takeMemoryShortage() {
  bool was = state.shortage;
  state.shortage = false;
  if (!spare && pools.size) spare = malloc(kSpareBytes);
  return was;
}

AllocatorStatistics allocatorStatistics() {
  AllocatorStatistics sum{};
  if (!pools.base) return sum;
  sum.arenasMapped = static_cast<size_t>(state.frontier - pools.base) / kArenaSize;
  sum.poolsInUse = state.poolsInUse;
  for (size_t i = 0; i < sum.arenasMapped; ++i) {
    for (uint32_t j = 0; j < state.arenas[i].poolsCarved; ++j) {
      auto* pool = reinterpret_cast<Pool*>(pools.base + i * kArenaSize + j * kPoolSize);
      sum.blocksInUse += pool->used;
      sum.bytesInUse += size_t{pool->used} * blockBytes(pool->sizeClass);
    }
  }
  return sum;
}

void forEachSmallBlock(void (*visit)(void*, size_t, void*), void* context) {
  if (!pools.base) return;
  const size_t arenas = static_cast<size_t>(state.frontier - pools.base) / kArenaSize;
  for (size_t i = 0; i < arenas; ++i) {
    for (uint32_t j = 0; j < state.arenas[i].poolsCarved; ++j) {
      auto* pool = reinterpret_cast<Pool*>(pools.base + i * kArenaSize + j * kPoolSize);
      if (!pool->used) continue;
      const uint32_t bytes = blockBytes(pool->sizeClass);
      for (uint32_t at = sizeof(Pool); at < pool->watermark; at += bytes) visit(reinterpret_cast<char*>(pool) + at, bytes, context);
    }
  }
}

Object* newObjectSlow(const Layout* layout, int64_t items) {
  size_t header = headerSize(layout);
  size_t itemBytes;
  if (__builtin_mul_overflow(static_cast<size_t>(items), static_cast<size_t>(layout->itemSize), &itemBytes) ||
      itemBytes > (size_t{1} << 60)) {
    raiseNoMemory();
    return nullptr;
  }
  auto* block = static_cast<char*>(allocateZeroed(header + layout->size + itemBytes));
  if (!block) return nullptr;
  auto* o = reinterpret_cast<Object*>(block + header);
  o->refs = 1;
  o->layout = layout;
  if (layout->flags & kLayoutGc) gcCountCreated();
  return o;
}

Object* newObject(const Layout* layout, int64_t items) {
  const size_t header = headerSize(layout);
  size_t bytes = header + layout->size;
  if (items) {
    constexpr int64_t kFewItems = 64; // cannot overflow
    if (items > kFewItems) [[unlikely]] return newObjectSlow(layout, items);
    bytes += static_cast<size_t>(items) * layout->itemSize;
  }
  Object* o = takeObject(layout, bytes);
  if (!o) [[unlikely]] return newObjectSlow(layout, items);
  clearGrains(o + 1, reinterpret_cast<char*>(o) - header + bytes);
  return o;
}

void freeObject(Object* o) { releaseObject(o); }

Object* resizeObject(Object* o, int64_t items) {
  const Layout* layout = o->layout;
  size_t header = headerSize(layout);
  bool tracked = (layout->flags & kLayoutGc) && gcIsTracked(o);
  if (tracked) gcUntrack(o);
  auto* block = static_cast<char*>(
      reallocate(reinterpret_cast<char*>(o) - header, header + layout->size + static_cast<size_t>(items) * layout->itemSize));
  if (!block) {
    if (tracked) gcTrack(o);
    return nullptr;
  }
  o = reinterpret_cast<Object*>(block + header);
  if (tracked) gcTrack(o);
  return o;
}

} // namespace krait
