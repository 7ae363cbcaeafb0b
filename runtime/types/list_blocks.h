// Lists where they are made, and the plainest of them unmade, without a call.
#pragma once
#include "runtime/memory/pools.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

constexpr int64_t kFewWords = 16; // up to here a loop of moves costs no more than a call of memcpy

inline void copyFewWords(Value* to, const Value* from, int64_t n) {
  typedef uint64_t Pair __attribute__((vector_size(16), aligned(8)));
#pragma clang loop vectorize(disable) unroll(disable)
  for (int64_t i = 1; i < n; i += 2) {
    *reinterpret_cast<Pair*>(to + i - 1) = *reinterpret_cast<const Pair*>(from + i - 1);
    asm("" : "+r"(i)); // else it is made a call
  }
  if (n & 1) to[n - 1] = from[n - 1];
}

/// listAllocate of what comes from pools; null: ask that.
[[gnu::always_inline]] inline ListObject* takeList(int64_t size) {
  if (static_cast<uint64_t>(size) > kSmallLimit / sizeof(Value) || allocationHooks) [[unlikely]] return nullptr;
  void* items = nullptr;
  if (size) {
    items = takeBlock(static_cast<size_t>(size) * sizeof(Value));
    if (!items) [[unlikely]] return nullptr;
  }
  auto* l = reinterpret_cast<ListObject*>(takeObjectOf<kLayoutGc>(listType, kGcHeaderSize + sizeof(ListObject)));
  if (!l) [[unlikely]] {
    if (items) giveBack(items);
    return nullptr;
  }
  l->items = static_cast<Value*>(items);
  l->size = l->capacity = size;
  l->content = kContentEmpty;
  l->front = 0;
  return l;
}

/// listAllocate, behind a takeList that gave nothing.
ListObject* listAllocateSlow(int64_t size);
/// listAllocate, where it stands.
[[gnu::always_inline]] inline ListObject* makeList(int64_t size) {
  ListObject* l = takeList(size);
  return l ? l : listAllocateSlow(size);
}

/// listResize, where it stands if the array stays as it is.
inline int32_t resizeList(ListObject* l, int64_t size) {
  if (l->capacity < size || size < (l->capacity >> 1)) return listResize(l, size);
  l->size = size;
  return 0;
}

/// The block that a list's items are in.
inline Value* blockOf(const ListObject* l) { return l->items - l->front; }
/// Takes the first items out, which nobody owns any more, and moves none of the others: `count`, kMostDropped at most, of a list of more.
void listDropFirst(ListObject* l, int64_t count);
/// What is as quick by moving is moved.
constexpr int64_t kFewToMove = 64, kMostDropped = INT32_MAX;

/// First allocation of an empty list that will hold `size` items: exact, rounded to an even number. -1 with MemoryError.
int32_t listPreallocate(ListObject* l, int64_t size);
/// Of that.
inline int64_t evenCapacity(int64_t size) { return (size + 1) & ~int64_t{1}; }

/// xdecref of an item: those that die with their list are mostly texts, which need no call.
[[gnu::always_inline]] inline void dropItem(Value v) {
  if (!v || !v.isPointer()) return;
  Object* o = v.object();
  if (--o->refs != 0) return;
  const bool isText = o->layout == &strType.instanceLayout && !(asStr(v)->flags & kStrInterned);
  if (isText || o->layout == &bytesType.instanceLayout) releaseBlock(o);
  else destroy(o);
}

/// Whether nothing dies with an exact list.
inline bool diesAlone(const ListObject* l) { return l->content & kNoCounts; }

/// listToTuple of a list that ends with it: its items move.
Value listIntoTuple(Value list);
/// A tuple of what an iterator gives whose items are at hand (many_steps.h), without a list on the way where they are few.
/// *isDone: whether it is one; if not, nothing has happened.
Value tupleOfFew(Value iterator, bool* isDone);

/// The end of an exact list that dies alone.
[[gnu::always_inline]] inline void releaseList(ListObject* l) {
  gcUntrack(&l->header);
  if (l->items) releaseBlock(blockOf(l));
  releaseCollected(&l->header);
}

} // namespace krait
