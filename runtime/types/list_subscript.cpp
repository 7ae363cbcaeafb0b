// Subscripts of list: items, slices, slice assignment and deletion.
#include <algorithm>
#include <cstring>
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/list_blocks.h"
#include "runtime/types/list_slices.h"
#include "runtime/types/sequence.h"

namespace krait {

static void moveWords(Value* to, const Value* from, int64_t n) {
  std::memmove(static_cast<void*>(to), from, static_cast<size_t>(n) * sizeof(Value));
}

/// As many items go from one slice to another at once.
constexpr int64_t kMostMoved = 32;

/// Both ends of a slice, brought into a list.
static inline void clip(const ListObject* l, int64_t& from, int64_t& to) {
  if (from < 0) from = 0;
  if (from > l->size) from = l->size;
  if (to < from) to = from;
  if (to > l->size) to = l->size;
}

/// The rest of a slice, whose n items are set.
static inline Value watchedSlice(ListObject* l, int64_t n, uint32_t content) {
  if (n > 0) l->content = content;
  shareItems(l->items, n, l->content);
  gcTrackNew(&l->header);
  return Value(&l->header);
}
static inline void copyStride(Value* to, const Value* from, int64_t step, int64_t n) {
#pragma clang loop vectorize(disable) unroll(disable)
  for (; n > 1; n -= 2, to += 2, from += 2 * step) {
    to[0] = from[0];
    to[1] = from[step];
  }
  if (n > 0) *to = *from;
}
[[gnu::noinline]] static Value longSlice(const ListObject* from, int64_t start, int64_t step, int64_t n) {
  ListObject* l = listAllocate(n);
  if (!l) return Value();
  if (step == 1) moveWords(l->items, from->items + start, n);
  else copyStride(l->items, from->items + start, step, n);
  return watchedSlice(l, n, from->content);
}
/// n items from `start` on, `step` apart.
[[gnu::always_inline]] static inline Value sliceOf(const ListObject* from, int64_t start, int64_t step, int64_t n) {
  ListObject* l = n <= kFewWords ? takeList(n) : nullptr;
  if (!l) return longSlice(from, start, step, n);
  if (step == 1) copyFewWords(l->items, from->items + start, n);
  else copyStride(l->items, from->items + start, step, n);
  return watchedSlice(l, n, from->content);
}

Value listSlice(Value list, int64_t from, int64_t to) {
  const ListObject* l = asList(list);
  clip(l, from, to);
  return sliceOf(l, from, 1, to - from);
}

/// Parts of a slice without a step, counted from the start and brought into a list.
static inline void boundsIn(const ListObject* l, Value start, Value stop, int64_t& from, int64_t& to) {
  from = isNone(start) ? 0 : start.smallInt();
  to = isNone(stop) ? l->size : stop.smallInt();
  if (from < 0) from += l->size;
  if (to < 0) to += l->size;
  clip(l, from, to);
}

static Value sliceByStep(const ListObject* l, Value start, Value stop, int64_t step) {
  int64_t from;
  const int64_t n = stridedIn(l->size, start, stop, step, from);
  return sliceOf(l, from, step, n);
}
Value listSliceByParts(Value list, Value start, Value stop, Value step) {
  const ListObject* l = asList(list);
  if (!isNone(step)) return sliceByStep(l, start, stop, step.smallInt());
  int64_t from, to;
  boundsIn(l, start, stop, from, to);
  return sliceOf(l, from, 1, to - from);
}

/// Items taken out of a list while it is inconsistent; they die at the end of the scope.
struct Removed {
  Value* items = nullptr;
  int64_t count = 0;
  Value local[8];
  bool take(int64_t n) {
    count = n;
    items = n <= 8 ? local : static_cast<Value*>(allocate(static_cast<size_t>(n) * sizeof(Value)));
    return items;
  }
  ~Removed() {
    for (int64_t i = count; --i >= 0;) xdecref(items[i]);
    if (items && items != local) deallocate(items);
  }
};

/// Makes room for n items where [from, to) are, which are taken out. -1, and nothing has changed: MemoryError.
static int32_t openGap(ListObject* l, int64_t from, int64_t to, int64_t n, Removed& removed) {
  const int64_t old = to - from, change = n - old, size = l->size;
  if (old && !(l->content & kNoCounts)) {
    if (!removed.take(old)) {
      removed.count = 0;
      return -1;
    }
    moveWords(removed.items, l->items + from, old);
  }
  if (change < 0 && from == 0 && n == 0 && size - to >= kFewToMove && to <= kMostDropped) {
    listDropFirst(l, to);
  } else if (change < 0) {
    moveWords(l->items + to + change, l->items + to, size - to);
    if (listResize(l, size + change) < 0) {
      errorClear();
      l->size = size + change;
    }
  } else if (change > 0) {
    if (listResize(l, size + change) < 0) {
      removed.count = 0;
      return -1;
    }
    moveWords(l->items + to + change, l->items + to, size - to);
  }
  return 0;
}

int32_t listSetSlice(Value list, int64_t from, int64_t to, Value iterable) {
  ListObject* l = asList(list);
  Ref items;
  const Value* source = nullptr;
  int64_t n = 0;
  if (iterable) {
    items = list == iterable ? Ref(listSlice(list, 0, l->size)) : Ref(toFast(iterable, "can only assign an iterable"));
    if (!items) return -1;
    if (isList(items)) {
      n = asList(items)->size;
      source = asList(items)->items;
    } else {
      n = asTuple(items)->size;
      source = asTuple(items)->items;
    }
  }
  clip(l, from, to);
  if (l->size - (to - from) + n == 0) {
    listClear(l);
    return 0;
  }
  Removed removed;
  if (openGap(l, from, to, n, removed) < 0) return -1;
  if (n == 0) return 0;
  const uint32_t known = isList(items) ? asList(items)->content : contentWith(l->content, source, n);
  moveWords(l->items + from, source, n);
  shareItems(source, n, known);
  l->content &= known;
  return 0;
}

[[gnu::noinline]] static int32_t assignSlice(Value list, int64_t from, int64_t to, Value iterable) {
  Ref held(iterable);
  if (!isExactList(iterable) || iterable.object()->refs != 1) return listSetSlice(list, from, to, iterable);
  ListObject *l = asList(list), *given = asList(iterable);
  const int64_t n = given->size;
  if (n == 0) return listSetSlice(list, from, to, Value());
  if (n == to - from) { // what was there dies with the list that was given
    std::swap_ranges(given->items, given->items + n, l->items + from);
    const uint32_t before = l->content;
    l->content &= given->content;
    given->content = before;
    return 0;
  }
  Removed removed;
  if (openGap(l, from, to, n, removed) < 0) return -1;
  moveWords(l->items + from, given->items, n);
  l->content &= given->content;
  given->size = 0;
  return 0;
}

int32_t listAssignByParts(Value list, Value start, Value stop, Value items) {
  ListObject* l = asList(list);
  int64_t from, to;
  boundsIn(l, start, stop, from, to);
  if (isExactList(items) && items.object()->refs == 1) {
    ListObject* given = asList(items);
    if (given->size == to - from && diesAlone(l) && diesAlone(given)) { // words alone move
      if (given->size <= kFewWords) copyFewWords(l->items + from, given->items, given->size);
      else moveWords(l->items + from, given->items, given->size);
      l->content &= given->content;
      releaseList(given);
      return 0;
    }
  }
  return assignSlice(list, from, to, items);
}

/// n items from `begin` on, `step` apart, put to `first` and what follows. Both may be of one list.
static inline void moveStride(Value* to, const Value* from, int64_t step, int64_t n) {
  if (step == -1 && from - to == n - 1) { // turned round where they are
    for (Value* last = to + n - 1; to < last; ++to, --last) std::swap(*to, *last);
    return;
  }
  uint64_t between[kMostMoved];
#pragma clang loop vectorize(disable) unroll(disable)
  for (int64_t i = 0; i < n; ++i) between[i] = from[i * step].bits;
#pragma clang loop vectorize(disable) unroll(disable)
  for (int64_t i = 0; i < n; ++i) to[i] = Value(between[i]);
}

extern "C" int32_t krt_slice_move(Value o, Value start, Value stop, Value source, Value from, Value to, int64_t step) {
  auto isPart = [](Value v) { return v.isSmallInt() || isNone(v); };
  if (!isExactList(o) || !isExactList(source) || !isPart(start) || !isPart(stop) || !isPart(from) || !isPart(to)) return 0;
  ListObject* l = asList(o);
  const ListObject* s = asList(source);
  if (!(l->content & s->content & kNoCounts)) return 0;
  int64_t first, last, begin;
  boundsIn(l, start, stop, first, last);
  const int64_t n = stridedIn(s->size, from, to, step, begin);
  if (n != last - first || n > kMostMoved) return 0;
  moveStride(l->items + first, s->items + begin, step, n);
  l->content &= s->content;
  return 1;
}

Value listSubscript(Value list, Value key) {
  ListObject* l = asList(list);
  if (key.isSmallInt()) {
    int64_t i = key.smallInt();
    if (i < 0) i += l->size;
    if (i < 0 || i >= l->size) return raise(IndexErrorType, "list index out of range");
    return newRef(l->items[i]);
  }
  if (isExact(key, sliceType)) {
    int64_t start, stop, step;
    if (sliceUnpack(key, &start, &stop, &step) < 0) return Value();
    int64_t n = sliceAdjust(l->size, &start, &stop, step);
    return sliceOf(l, n > 0 ? start : 0, step, n > 0 ? n : 0);
  }
  if (!hasIndex(key))
    return raise(TypeErrorType, "list indices must be integers or slices, not %.200s", typeOf(key)->name);
  int64_t i = toIndex(key, &IndexErrorType);
  if (i == -1 && errorSet()) return Value();
  if (i < 0) i += l->size;
  if (i < 0 || i >= l->size) return raise(IndexErrorType, "list index out of range");
  return newRef(l->items[i]);
}

static int32_t deleteExtended(ListObject* l, int64_t start, int64_t step, int64_t n) {
  if (n <= 0) return 0;
  if (step < 0) {
    start = start + step * (n - 1);
    step = -step;
  }
  Removed removed;
  if (!removed.take(n)) {
    removed.count = 0;
    return -1;
  }
  int64_t write = start;
  int64_t taken = 0;
  for (int64_t i = start; i < l->size; ++i) {
    if (taken < n && i == start + taken * step) {
      removed.items[taken++] = l->items[i];
    } else {
      l->items[write++] = l->items[i];
    }
  }
  l->size -= n;
  if (listResize(l, l->size) < 0) errorClear();
  return 0;
}

static int32_t assignExtended(Value list, int64_t start, int64_t stop, int64_t step, Value v) {
  Ref items = list == v ? Ref(listSlice(v, 0, asList(v)->size))
                        : Ref(toFast(v, "must assign iterable to extended slice"));
  if (!items) return -1;
  // The iterable may have changed the list.
  ListObject* l = asList(list);
  int64_t n = sliceAdjust(l->size, &start, &stop, step);
  int64_t given = isList(items) ? asList(items)->size : asTuple(items)->size;
  const Value* source = isList(items) ? asList(items)->items : asTuple(items)->items;
  if (given != n)
    return fail(ValueErrorType, "attempt to assign sequence of size %zd to extended slice of size %zd", given, n);
  if (n == 0) return 0;
  Removed removed;
  const bool dies = !(l->content & kNoCounts);
  if (dies && !removed.take(n)) {
    removed.count = 0;
    return -1;
  }
  const uint32_t known = isList(items) ? asList(items)->content : contentWith(l->content, source, n);
  shareItems(source, n, known);
  for (int64_t i = 0; i < n; ++i) {
    Value& item = l->items[start + i * step]; // what would come after the last may be no address
    if (dies) removed.items[i] = item;
    item = source[i];
  }
  l->content &= known;
  return 0;
}

int32_t listSetSubscript(Value list, Value key, Value v) {
  ListObject* l = asList(list);
  if (key.isSmallInt() || (!isExact(key, sliceType) && hasIndex(key))) {
    int64_t i = key.isSmallInt() ? key.smallInt() : toIndex(key, &IndexErrorType);
    if (i == -1 && errorSet()) return -1;
    if (i < 0) i += l->size;
    if (i < 0 || i >= l->size) return fail(IndexErrorType, "list assignment index out of range");
    if (!v) return listSetSlice(list, i, i + 1, Value());
    noteContent(l, v);
    assign(l->items[i], newRef(v));
    return 0;
  }
  if (!isExact(key, sliceType))
    return fail(TypeErrorType, "list indices must be integers or slices, not %.200s", typeOf(key)->name);
  int64_t start, stop, step;
  if (sliceUnpack(key, &start, &stop, &step) < 0) return -1;
  int64_t rawStart = start, rawStop = stop;
  int64_t n = sliceAdjust(l->size, &start, &stop, step);
  if (step == 1) return listSetSlice(list, start, stop, v);
  // l[5:2:step]: an insertion point is at start, not stop.
  if ((step < 0 && start < stop) || (step > 0 && start > stop)) stop = start;
  if (!v) return deleteExtended(l, start, step, n);
  return assignExtended(list, rawStart, rawStop, step, v);
}

} // namespace krait
