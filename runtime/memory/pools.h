// The inline halves of the allocator (alloc.cpp explains it), for what makes and
// frees objects most often: taking a block that was given back before, giving one
// back, and both for objects with their collector's links. Everything rare is a call.
#pragma once
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"

namespace krait {

constexpr size_t kGrain = 16, kSmallLimit = 512, kClassCount = kSmallLimit / kGrain;
constexpr size_t kPoolSize = 16 * 1024;

struct Pool {
  void* free;          // blocks given back, or never handed out; null: it ran dry
  Pool *next, *previous; // ring of its class, or list of empty pools of its arena (next only)
  uint32_t sizeClass, used;
  uint32_t watermark;  // byte offset of the first block that was never in the free list
  uint32_t inRing;     // stays there until somebody asks a pool that ran dry: mostly a block comes back before
  uint64_t unused;
};
static_assert(sizeof(Pool) % kGrain == 0);

struct Pools {
  char* base;               // the range that small blocks come from; of no size: none do
  size_t size;
  size_t unhooked;          // the size, or 0 while somebody wants to hear of blocks that come back
  Pool* rings[kClassCount]; // pools with free blocks first; noPool: none
};
extern Pools pools;
extern Pool noPool; // has no blocks

inline size_t placeInRange(const void* p) { return static_cast<size_t>(static_cast<const char*>(p) - pools.base); }
inline bool isSmallBlock(const void* p) { return placeInRange(p) < pools.size; }
inline Pool* poolOf(void* block) { return reinterpret_cast<Pool*>(reinterpret_cast<uintptr_t>(block) & ~(kPoolSize - 1)); }
inline uint32_t classOf(size_t bytes) { return static_cast<uint32_t>(bytes - 1) / static_cast<uint32_t>(kGrain); }
inline uint32_t blockBytes(uint32_t sizeClass) { return (sizeClass + 1) * kGrain; }

/// After a block came back to a pool that is in no ring, or empty now.
KRAIT_RARE void poolChanged(Pool* pool);
/// A block of a class whose first pool ran dry. Null where no blocks come from pools.
KRAIT_RARE void* takeBlockSlow(uint32_t sizeClass);
KRAIT_RARE void releaseBlockSlow(void* block);
KRAIT_RARE Object* newObjectSlow(const Layout* layout, int64_t items);

/// A block of 1 to 512 bytes. Null: ask `allocate`.
inline void* takeBlock(size_t bytes) {
  const uint32_t sizeClass = classOf(bytes);
  Pool* pool = pools.rings[sizeClass];
  void* block = pool->free;
  if (!block) [[unlikely]] return takeBlockSlow(sizeClass);
  pool->free = *static_cast<void**>(block);
  ++pool->used;
  return block;
}

/// A block of a class, if it takes no more than that: null where a pool ran dry.
inline void* takeBlockAtHand(uint32_t sizeClass) {
  Pool* pool = pools.rings[sizeClass];
  void* block = pool->free;
  if (!block) [[unlikely]] return nullptr;
  pool->free = *static_cast<void**>(block);
  ++pool->used;
  return block;
}

/// A small block back to its pool.
inline void giveBack(void* block) {
  Pool* pool = poolOf(block);
  *static_cast<void**>(block) = pool->free;
  pool->free = block;
  if (--pool->used == 0 || !pool->inRing) [[unlikely]] poolChanged(pool);
}

/// `deallocate` of something.
inline void releaseBlock(void* block) {
  if (placeInRange(block) < pools.unhooked) [[likely]] giveBack(block);
  else releaseBlockSlow(block);
}

/// Zeroes whole grains without a call: objects are short. `from` is aligned to 16.
inline void clearGrains(void* from, void* end) {
  typedef uint64_t Grain __attribute__((vector_size(16)));
  for (auto* p = static_cast<Grain*>(from); p < end; ++p) {
    *p = Grain{};
    asm("" : "+r"(p)); // else the loop becomes a call of memset
  }
}

/// An object of `bytes` in all (headerSize(layout) included): what stands below the header is zero, the header set,
/// the rest not. Null: ask newObject, or newObjectSlow.
inline Object* takeObject(const Layout* layout, size_t bytes) {
  if (bytes > kSmallLimit || allocationHooks) [[unlikely]] return nullptr;
  auto* block = static_cast<char*>(takeBlock(bytes));
  if (!block) [[unlikely]] return nullptr;
  const uint32_t flags = layout->flags; // read once: what is stored here could be it, for all that the compiler knows
  auto* o = reinterpret_cast<Object*>(block + headerSize(flags));
  typedef uint64_t Grain __attribute__((vector_size(16)));
  if (flags & kLayoutGc) reinterpret_cast<Grain*>(o)[-1] = Grain{};
  if (flags & kLayoutPrefix) reinterpret_cast<Grain*>(o)[-2] = Grain{};
  o->refs = 1;
  o->layout = layout;
  gcState.generations[0].count += flags & kLayoutGc;
  return o;
}

/// takeObject for a type whose instances have these flags: nothing is left to be asked of the layout.
template <uint32_t kFlags> inline Object* takeObjectOf(const Type& type, size_t bytes) {
  static_assert(!(kFlags & kLayoutPrefix));
  if (bytes > kSmallLimit || allocationHooks) [[unlikely]] return nullptr;
  auto* block = static_cast<char*>(takeBlock(bytes));
  if (!block) [[unlikely]] return nullptr;
  auto* o = reinterpret_cast<Object*>(block + (kFlags & kLayoutGc ? kGcHeaderSize : 0));
  if constexpr (kFlags & kLayoutGc) {
    *gcLinks(o) = GcLinks{};
    gcCountCreated();
  }
  o->refs = 1;
  o->layout = &type.instanceLayout;
  return o;
}

/// newObject for a type whose instances have these flags and are no larger than X.
template <class X, uint32_t kFlags = kLayoutGc> inline X* newObjectOf(const Type& type) {
  Object* o = takeObjectOf<kFlags>(type, (kFlags & kLayoutGc ? kGcHeaderSize : 0) + sizeof(X));
  if (!o) [[unlikely]] return reinterpret_cast<X*>(newObjectSlow(&type.instanceLayout, 0));
  __builtin_memset(static_cast<void*>(o + 1), 0, sizeof(X) - sizeof(Object));
  return reinterpret_cast<X*>(o);
}

/// freeObject, where it stands.
inline void releaseObject(Object* o) {
  const Layout* layout = o->layout;
  void* block = reinterpret_cast<char*>(o) - headerSize(layout);
  if (layout->flags & kLayoutGc) {
    gcUntrack(o);
    gcCountReleased();
  }
  releaseBlock(block);
}
/// The same as the end of a dealloc: instances of the type itself, untracked by now, are known to have these flags.
template <uint32_t kFlags> [[gnu::always_inline]] inline void releaseObjectOf(const Type& type, Object* o) {
  if (o->layout != &type.instanceLayout) [[unlikely]] return freeObject(o);
  if constexpr (kFlags & kLayoutGc) gcCountReleased();
  releaseBlock(reinterpret_cast<char*>(o) - (kFlags & kLayoutGc ? kGcHeaderSize : 0));
}

/// The same for a type that nobody derives from.
inline void releaseCollected(Object* o) {
  gcCountReleased();
  releaseBlock(reinterpret_cast<char*>(o) - kGcHeaderSize);
}

} // namespace krait
