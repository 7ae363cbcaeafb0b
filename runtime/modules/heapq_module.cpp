// _heapq: binary heaps in lists. `<` may run code that changes the list's size,
// which is an error; items are held while they are compared.
#include <algorithm>
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slot_functions.h"
#include "runtime/types/function.h"
#include "runtime/types/key.h"
#include "runtime/types/list_blocks.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace {

/// a < b, where the first items in which two tuples differ are numbers, as in most entries of heaps: a priority, or a counter behind equal ones; else -1.
inline int32_t lessAtOnce(Value a, Value b) {
  if (!isExactTuple(a) || !isExactTuple(b)) return -1;
  const int64_t both = std::min(asTuple(a)->size, asTuple(b)->size);
  int64_t i = 0;
#pragma clang loop unroll(disable)
  while (i < both && asTuple(a)->items[i] == asTuple(b)->items[i]) ++i;
  if (i == both) return -1;
  const Value x = asTuple(a)->items[i], y = asTuple(b)->items[i];
  if (x.isSmallInt() && y.isSmallInt()) return x.smallInt() < y.smallInt();
  double p, q;
  if (!immediateAsDouble(x, &p) || !immediateAsDouble(y, &q)) return -1;
  return p < q ? 1 : p > q ? 0 : -1;
}

/// a < b: instances of one class with a method in Python are asked at once.
inline int32_t lessAsked(Value a, Value b) {
  if (!a.isPointer() || typeOfObject(a.object())->compare != slot_generics::compareGeneric) return compareBool(a, b, kLt);
  Ref answer(compareByMethod(a, b, kLt));
  return answer == boolean(true) ? 1 : answer == boolean(false) ? 0 : answer ? isTrue(answer) : -1;
}

/// `before` where no look at numbers tells.
template <bool kMax> [[gnu::noinline]] int32_t beforeOtherwise(ListObject* l, int64_t i, int64_t k, int64_t size) {
  Value a = l->items[i], b = l->items[k];
  if (const int32_t less = kMax ? plainlyLess(b, a) : plainlyLess(a, b); less >= 0) return less;
  Ref x = Ref::share(a), y = Ref::share(b);
  int32_t r = kMax ? lessAsked(y, x) : lessAsked(x, y);
  if (r >= 0 && l->size != size) return fail(RuntimeErrorType, "list changed size during iteration");
  return r;
}

/// a[i] < a[k] (min) or a[k] < a[i] (max): 1, 0, -1. The list must keep its size.
template <bool kMax> inline int32_t before(ListObject* l, int64_t i, int64_t k, int64_t size) {
  const Value a = l->items[kMax ? k : i], b = l->items[kMax ? i : k];
  if (a.isSmallInt() && b.isSmallInt()) return a.smallInt() < b.smallInt();
  const int32_t less = lessAtOnce(a, b);
  return less >= 0 ? less : beforeOtherwise<kMax>(l, i, k, size);
}

/// Moves the item at `position` towards the root until its parent is not behind it.
template <bool kMax> int32_t siftDown(ListObject* l, int64_t start, int64_t position) {
  int64_t size = l->size;
  if (position >= size) return fail(IndexErrorType, "index out of range");
  while (position > start) {
    int64_t parent = (position - 1) >> 1;
    int32_t r = before<kMax>(l, position, parent, size);
    if (r < 0) return -1;
    if (!r) break;
    std::swap(l->items[parent], l->items[position]);
    position = parent;
  }
  return 0;
}
/// Moves the smaller child up all the way to a leaf, then the item back to its place.
template <bool kMax> int32_t siftUp(ListObject* l, int64_t position) {
  int64_t size = l->size, start = position;
  if (position >= size) return fail(IndexErrorType, "index out of range");
  int64_t limit = size >> 1;
  while (position < limit) {
    int64_t child = 2 * position + 1;
    if (child + 1 < size) {
      int32_t r = before<kMax>(l, child, child + 1, size);
      if (r < 0) return -1;
      child += 1 - r;
    }
    std::swap(l->items[child], l->items[position]);
    position = child;
  }
  return siftDown<kMax>(l, start, position);
}

/// `place` stands between "argument" and "must": of a function of several arguments "1 ".
int32_t checkList(Value v, const char* function, const char* place = "") {
  if (isList(v)) return 0;
  return fail(TypeErrorType, "%s() argument %smust be list, not %.50G", function, place, v);
}

Value heappush(Value, const Value* argv) {
  if (checkList(argv[0], "heappush", "1 ") < 0 || listAppend(argv[0], argv[1]) < 0) return Value();
  return siftDown<false>(asList(argv[0]), 0, asList(argv[0])->size - 1) < 0 ? Value() : none();
}
template <bool kMax> Value popFrom(Value heap) {
  ListObject* l = asList(heap);
  int64_t n = l->size;
  if (n == 0) return raise(IndexErrorType, "index out of range");
  if (n == 1) {
    Ref only = Ref::share(l->items[0]);
    return listSetSlice(heap, 0, 1, Value()) < 0 ? Value() : only.release();
  }
  Ref last(l->items[n - 1]);
  if (resizeList(l, n - 1) < 0) { // stays as large as it is
    errorClear();
    l->size = n - 1;
  }
  Ref top(l->items[0]);
  l->items[0] = last.release();
  return siftUp<kMax>(l, 0) < 0 ? Value() : top.release();
}
template <bool kMax> Value replaceTop(Value heap, Value item) {
  ListObject* l = asList(heap);
  if (l->size == 0) return raise(IndexErrorType, "index out of range");
  noteContent(l, item);
  Ref top(l->items[0]);
  l->items[0] = newRef(item);
  return siftUp<kMax>(l, 0) < 0 ? Value() : top.release();
}
template <bool kMax> int32_t makeHeap(Value heap) {
  ListObject* l = asList(heap);
  for (int64_t i = (l->size >> 1) - 1; i >= 0; --i)
    if (siftUp<kMax>(l, i) < 0) return -1;
  return 0;
}

Value heappop(Value, Value heap) { return checkList(heap, "heappop") < 0 ? Value() : popFrom<false>(heap); }
Value heappopMax(Value, Value heap) { return checkList(heap, "_heappop_max") < 0 ? Value() : popFrom<true>(heap); }
Value heapreplace(Value, const Value* argv) {
  return checkList(argv[0], "heapreplace", "1 ") < 0 ? Value() : replaceTop<false>(argv[0], argv[1]);
}
Value heapreplaceMax(Value, const Value* argv) {
  return checkList(argv[0], "_heapreplace_max", "1 ") < 0 ? Value() : replaceTop<true>(argv[0], argv[1]);
}
Value heapify(Value, Value heap) {
  return checkList(heap, "heapify") < 0 || makeHeap<false>(heap) < 0 ? Value() : none();
}
Value heapifyMax(Value, Value heap) {
  return checkList(heap, "_heapify_max") < 0 || makeHeap<true>(heap) < 0 ? Value() : none();
}
Value heappushpop(Value, const Value* argv) {
  if (checkList(argv[0], "heappushpop", "1 ") < 0) return Value();
  ListObject* l = asList(argv[0]);
  if (l->size == 0) return newRef(argv[1]);
  Ref top = Ref::share(l->items[0]);
  int32_t r = compareBool(top, argv[1], kLt);
  if (r < 0) return Value();
  if (!r) return newRef(argv[1]);
  if (l->size == 0) return raise(IndexErrorType, "index out of range");
  return replaceTop<false>(argv[0], argv[1]);
}

constexpr MethodDef heapqMethods[] = {
    {"heappush", heappush, "($module, heap, item, /)"},
    {"heappushpop", heappushpop, "($module, heap, item, /)"},
    {"heappop", heappop, "($module, heap, /)"},
    {"heapreplace", heapreplace, "($module, heap, item, /)"},
    {"heapify", heapify, "($module, heap, /)"},
    {"_heappop_max", heappopMax, "($module, heap, /)"},
    {"_heapify_max", heapifyMax, "($module, heap, /)"},
    {"_heapreplace_max", heapreplaceMax, "($module, heap, item, /)"},
    {},
};
} // namespace

extern "C" constinit const NativeModule krt_module_heapq = {"_heapq", heapqMethods, nullptr};

} // namespace krait
