// Subscripts of list: items, slices, slice assignment and deletion.
#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/list_slices.h"
#include "runtime/types/sequence.h"

namespace krait {

static void moveWords(Value* to, const Value* from, int64_t n) {
  std::memmove(static_cast<void*>(to), from, static_cast<size_t>(n) * sizeof(Value));
}

Value listSlice(Value list, int64_t from, int64_t to) {
  ListObject* x = asList(list);
  if (from < 0) from = 0;
  if (from > x->size) from = x->size;
  if (to < from) to = from;
  if (to > x->size) to = x->size;
  ListObject* l = listAllocate(to - from);
  if (!l) return Value();
  if (to > from) moveWords(l->items, x->items + from, to - from);
  if (!(x->content & kNoPointers))
    for (int64_t i = from; i < to; ++i) incref(x->items[i]);
  l->content = x->content;
  gcTrack(&l->header);
  return Value(&l->header);
}

/// n items from `start` on, `step` apart.
static Value listStride(const ListObject* from, int64_t start, int64_t step, int64_t n) {
  ListObject* l = listAllocate(n);
  if (!l) return Value();
  for (int64_t i = 0; i < n; ++i) l->items[i] = from->items[start + i * step];
  if (!(from->content & kNoPointers))
    for (int64_t i = 0; i < n; ++i) incref(l->items[i]);
  l->content = from->content;
  gcTrack(&l->header);
  return Value(&l->header);
}

Value listSliceByStep(Value list, Value start, Value stop, int64_t step) {
  const ListObject* l = asList(list);
  int64_t from = isNone(start) ? (step < 0 ? INT64_MAX : 0) : start.smallInt();
  int64_t to = isNone(stop) ? (step < 0 ? INT64_MIN : INT64_MAX) : stop.smallInt();
  const int64_t n = sliceAdjust(l->size, &from, &to, step);
  return n > 0 ? listStride(l, from, step, n) : newList(0);
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

/// What is known of the items of what toFast made.
static uint32_t asContent(Value items) { return isList(items) ? asList(items)->content : 0; }

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
  if (from < 0) from = 0;
  if (from > l->size) from = l->size;
  if (to < from) to = from;
  if (to > l->size) to = l->size;
  int64_t old = to - from, change = n - old;
  if (change == 0 && n && iterable && l->content & asContent(items) & kNoPointers) { // nothing is counted, nothing dies
    moveWords(l->items + from, source, n);
    l->content &= asContent(items);
    return 0;
  }
  if (l->size + change == 0) {
    listClear(l);
    return 0;
  }
  Removed removed;
  if (old && !removed.take(old)) {
    removed.count = 0;
    return -1;
  }
  if (old) moveWords(removed.items, l->items + from, old);
  if (change < 0) {
    int64_t tail = l->size - to;
    moveWords(l->items + to + change, l->items + to, tail);
    if (listResize(l, l->size + change) < 0) {
      errorClear();
      l->size += change;
    }
  } else if (change > 0) {
    int64_t size = l->size;
    if (listResize(l, size + change) < 0) {
      removed.count = 0;
      return -1;
    }
    moveWords(l->items + to + change, l->items + to, size - to);
  }
  uint32_t content = l->content;
  for (int64_t i = 0; i < n; ++i) {
    Value v = source[i];
    incref(v);
    l->items[from + i] = v;
    if (content) content &= contentBits(v);
  }
  l->content = content;
  return 0;
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
    if (n <= 0) return newList(0);
    if (step == 1) return listSlice(list, start, stop);
    return listStride(l, start, step, n);
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
  if (!removed.take(n)) {
    removed.count = 0;
    return -1;
  }
  for (int64_t i = 0; i < n; ++i) {
    Value& item = l->items[start + i * step];
    removed.items[i] = item;
    item = newRef(source[i]);
    l->content &= contentBits(source[i]);
  }
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
    l->content &= contentBits(v);
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
