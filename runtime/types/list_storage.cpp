// The array of a list: growth by CPython's rule, appending, and lists that are made
// with room for their items. Most have few: those come from pools at once.
#include <algorithm>
#include <cstring>
#include <utility>
#include "runtime/object/errors.h"
#include "runtime/object/slow_operators.h"
#include "runtime/types/float.h"
#include "runtime/types/iterators.h"
#include "runtime/types/list_blocks.h"

namespace krait {

/// A block of `capacity` words for the items, of which `size` stay at most. False, and nothing has changed: MemoryError.
[[gnu::noinline]] static bool moveItemsSlow(ListObject* l, int64_t capacity) {
  Value* items = nullptr;
  if (capacity == 0) deallocate(l->items);
  else if (items = static_cast<Value*>(reallocate(l->items, static_cast<size_t>(capacity) * sizeof(Value))); !items) return false;
  l->items = items;
  return true;
}
static inline bool moveItems(ListObject* l, int64_t size, int64_t capacity) {
  const size_t bytes = static_cast<size_t>(capacity) * sizeof(Value);
  if (capacity == 0 || size <= l->size || bytes > kSmallLimit || allocationHooks) return moveItemsSlow(l, capacity);
  Value* old = l->items; // a few items, and more are to come
  if (old && !isSmallBlock(old)) return moveItemsSlow(l, capacity);
  if (old && bytes <= blockBytes(poolOf(old)->sizeClass)) return true;
  auto* items = static_cast<Value*>(takeBlock(bytes));
  if (!items) return moveItemsSlow(l, capacity);
  l->items = items;
  if (!old) return true;
#pragma clang loop vectorize(disable) unroll(disable)
  for (int64_t i = 0, n = l->size; i < n; i += 2) { // blocks are aligned, and of an even number of words
    typedef uint64_t Pair __attribute__((vector_size(16)));
    *reinterpret_cast<Pair*>(items + i) = *reinterpret_cast<const Pair*>(old + i);
  }
  giveBack(old);
  return true;
}

/// The items of a list that had others before them move to the beginning of its block.
static void settle(ListObject* l) {
  Value* block = blockOf(l);
  std::memmove(static_cast<void*>(block), l->items, static_cast<size_t>(l->size) * sizeof(Value));
  l->items = block;
  l->capacity += l->front;
  l->front = 0;
}
void listDropFirst(ListObject* l, int64_t count) {
  l->items += count;
  l->front += static_cast<uint32_t>(count);
  l->capacity -= count;
  l->size -= count;
  // As many are moved as were taken out, at most.
  if (l->front > l->size || l->front > kMostDropped) {
    settle(l);
    if (listResize(l, l->size) < 0) errorClear();
  }
}

/// The room that a list which was too small for `size` items gets.
static inline int64_t roomFor(int64_t size) { return (size + (size >> 3) + 6) & ~int64_t{3}; }

int32_t listResize(ListObject* l, int64_t size) {
  if (l->capacity >= size && size >= (l->capacity >> 1)) {
    l->size = size;
    return 0;
  }
  int64_t capacity = 0, least = size;
  if (l->front) [[unlikely]] {
    // The room that was left behind is used, unless that were to happen again after a few items.
    const bool isEnough = l->front >= l->size / 4;
    settle(l);
    if (isEnough) return listResize(l, size);
    if (size > l->size) least = std::max(size, l->capacity);
  }
  if (size) {
    capacity = roomFor(least);
    if (size - l->size > capacity - size) capacity = (size + 3) & ~int64_t{3};
  }
  if (capacity > INT64_MAX / 16) {
    raiseNoMemory();
    return -1;
  }
  if (!moveItems(l, size, capacity)) return -1;
  l->size = size;
  l->capacity = capacity;
  return 0;
}

/// A block for `count` words, at least one and at most INT64_MAX / 16; null with MemoryError.
static Value* newWords(int64_t count) {
  const size_t bytes = static_cast<size_t>(count) * sizeof(Value);
  void* block = nullptr;
  if (bytes <= kSmallLimit && !allocationHooks) [[likely]] block = takeBlock(bytes);
  return static_cast<Value*>(block ? block : allocate(bytes));
}

[[gnu::noinline]] ListObject* listAllocateSlow(int64_t size) {
  Value* items = nullptr;
  if (size > 0) {
    if (size > INT64_MAX / 16) {
      raiseNoMemory();
      return nullptr;
    }
    items = newWords(size);
    if (!items) return nullptr;
  }
  auto* l = reinterpret_cast<ListObject*>(newObject(&listType.instanceLayout));
  l->items = items;
  l->size = l->capacity = size;
  l->content = kContentEmpty;
  l->front = 0;
  return l;
}
ListObject* listAllocate(int64_t size) { return makeList(size); }

int32_t listPreallocate(ListObject* l, int64_t size) {
  const int64_t capacity = evenCapacity(size);
  if (capacity > INT64_MAX / 16) {
    raiseNoMemory();
    return -1;
  }
  l->items = newWords(capacity);
  if (!l->items) return -1;
  l->capacity = capacity;
  return 0;
}

Value newList(int64_t size) {
  ListObject* l = listAllocate(size);
  if (!l) return Value();
  if (size > 0) {
    std::memset(static_cast<void*>(l->items), 0, static_cast<size_t>(size) * sizeof(Value));
    l->content = 0;
  }
  gcTrackNew(&l->header);
  return Value(&l->header);
}

Value newPieceList(int64_t most) {
  constexpr int64_t kUsual = 12;
  ListObject* l = listAllocate(most < kUsual ? most + 1 : kUsual);
  if (!l) return {};
  l->size = 0;
  gcTrackNew(&l->header);
  return Value(&l->header);
}

/// No memory for what should hold these.
KRAIT_RARE static Value dropped(const Value* owned, uint64_t count) {
  for (uint64_t i = 0; i < count; ++i) decref(owned[i]);
  return Value();
}
/// The items of a new list from `i` on.
static inline void takeOthers(ListObject* l, const Value* items, int64_t i, int64_t count) {
  uint32_t content = l->content;
#pragma clang loop unroll(disable)
  for (; i < count; ++i) {
    const Value v = items[i];
    l->items[i] = v;
    if (content) content &= contentBits(v);
  }
  l->content = content;
}
extern "C" Value krt_list_new(Slot items, uint64_t count) {
  ListObject* l = makeList(static_cast<int64_t>(count));
  if (!l) [[unlikely]] return dropped(items, count);
  Value* to = l->items;
  uint64_t i = 0;
#pragma clang loop unroll(disable) vectorize(disable)
  for (; i < count && items[i].isSmallInt(); ++i) to[i] = items[i]; // most are of one kind
  if (i) l->content = kContentOfInt;
  if (i < count) [[unlikely]] takeOthers(l, items, static_cast<int64_t>(i), static_cast<int64_t>(count));
  gcTrackNew(&l->header);
  return Value(&l->header);
}

/// What a builtin iterator has left, at most; 0: not known without running code.
static int64_t itemsLeft(Value iterator) {
  if (!iterator.isPointer()) return 0;
  const Layout* l = iterator.object()->layout;
  if (l == &listIteratorType.instanceLayout) {
    auto* it = iterator.as<ListIterator>();
    return it->list ? asList(it->list)->size - it->index : 0;
  }
  if (l == &rangeIteratorType.instanceLayout) return iterator.as<RangeIterator>()->remaining;
  if (l == &tupleIteratorType.instanceLayout) {
    auto* it = iterator.as<TupleIterator>();
    return it->tuple ? asTuple(it->tuple)->size - it->index : 0;
  }
  if (l == &dictKeyIteratorType.instanceLayout || l == &dictValueIteratorType.instanceLayout || l == &dictItemIteratorType.instanceLayout)
    return iterator.as<DictIterator>()->dict ? iterator.as<DictIterator>()->remaining : 0;
  return 0;
}

/// The room that a list has after `count` items were appended one by one.
static int64_t grownCapacity(int64_t count) {
  int64_t capacity = 0;
  while (capacity < count) capacity = roomFor(capacity + 1);
  return capacity;
}

constexpr int64_t kMostAhead = 1 << 12; // what the body of a comprehension may end early is no more than this

/// The same of enumerate and zip over such.
static int64_t roundsLeft(Value iterator) {
  if (isExact(iterator, enumerateType)) return itemsLeft(iterator.as<EnumerateObject>()->iterator);
  if (!isExact(iterator, zipType)) return itemsLeft(iterator);
  const TupleObject* all = asTuple(iterator.as<ZipObject>()->iterators);
  int64_t left = kMostAhead + 1;
  for (int64_t i = 0; i < all->size; ++i) {
    if (std::find(all->items, all->items + i, all->items[i]) != all->items + i) return 0; // steps more than once a round
    left = std::min(left, itemsLeft(all->items[i]));
  }
  return left;
}

extern "C" Value krt_list_new_for(Value iterator) {
  const int64_t left = roundsLeft(iterator);
  ListObject* l = makeList(left > 0 && left <= kMostAhead ? grownCapacity(left) : 0);
  if (!l) [[unlikely]] return Value();
  l->size = 0;
  gcTrackNew(&l->header);
  return Value(&l->header);
}

void listClear(ListObject* l) {
  Value *items = l->items, *block = blockOf(l);
  if (!items) return;
  int64_t i = l->size;
  uint32_t content = l->content;
  l->items = nullptr;
  l->size = l->capacity = l->front = 0;
  l->content = kContentEmpty;
  if (!(content & kNoCounts))
    while (--i >= 0) xdecref(items[i]);
  deallocate(block);
}

/// The owned item becomes the list's last; with an error it stays the caller's.
static inline int32_t appendOwned(ListObject* l, Value v) {
  int64_t n = l->size;
  if (n < l->capacity) {
    l->size = n + 1;
  } else if (listResize(l, n + 1) < 0) {
    return -1;
  }
  l->items[n] = v;
  noteContent(l, v);
  return 0;
}
int32_t listAppend(Value list, Value v) {
  if (appendOwned(asList(list), v) < 0) return -1;
  incref(v);
  return 0;
}
extern "C" int32_t krt_list_append_slow(Value list, Owned v) {
  if (appendOwned(asList(list), v) == 0) return 0;
  decref(v);
  return -1;
}

/// Nothing runs when it goes: a number, or what never dies.
static bool goesQuietly(Value old) {
  if (!old.isPointer()) return true;
  const Object* o = old.object();
  return o && (o->refs < 0 || o->layout == &floatType.instanceLayout || o->layout == &intType.instanceLayout);
}
static int32_t putNumber(ListObject* l, Value index, Value number) {
  noteContent(l, number);
  decref(std::exchange(l->items[index.smallInt()], number));
  return 1;
}
extern "C" int32_t krt_list_put_float_slow(Value list, Value index, double v) {
  ListObject* l = asList(list);
  return goesQuietly(l->items[index.smallInt()]) ? putNumber(l, index, newFloat(v)) : 0;
}
extern "C" int32_t krt_list_put_int_slow(Value list, Value index, Value v) {
  ListObject* l = asList(list);
  return goesQuietly(l->items[index.smallInt()]) ? putNumber(l, index, v) : 0;
}

int32_t listAdopt(ListObject* l, const Value* owned, int64_t count) {
  const int64_t n = l->size;
  if (count == 0) return 0;
  if (listResize(l, n + count) < 0) return -1;
  std::memcpy(static_cast<void*>(l->items + n), owned, static_cast<size_t>(count) * sizeof(Value));
  int64_t ints = 0; // most are of one kind
  while (ints < count && owned[ints].isSmallInt()) ++ints;
  if (ints) l->content &= contentBits(owned[0]);
  l->content = contentWith(l->content, owned + ints, count - ints);
  return 0;
}

} // namespace krait
