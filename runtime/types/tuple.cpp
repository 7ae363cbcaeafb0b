// tuple: words after the header. The empty exact tuple is one shared object.
// A tuple whose items cannot take part in a cycle is never tracked.
#include <cstring>
#include "runtime/memory/pools.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/item_search.h"
#include "runtime/types/iterators.h"
#include "runtime/types/key.h"
#include "runtime/types/sequence.h"
#include "runtime/types/sequence_compare.h"
#include "runtime/types/tuple_hash.h"
#include "runtime/types/tuple_instance.h"

namespace krait {

alignas(16) constinit TupleObject emptyTupleObject = {KRAIT_STATIC_HEADER(tupleType), 0, {}};

KRAIT_RARE static TupleObject* allocateTuple(int64_t size) {
  if (size > INT64_MAX / 16) {
    raiseNoMemory();
    return nullptr;
  }
  Object* o = newObject(&tupleType.instanceLayout, size);
  if (!o) return nullptr;
  auto* t = reinterpret_cast<TupleObject*>(o);
  t->size = size;
  return t;
}
/// The same with uninitialised words, for `size` > 0.
static inline TupleObject* takeTuple(int64_t size) {
  constexpr int64_t kFew = 32;
  if (size <= kFew) [[likely]] {
    size_t bytes = kGcHeaderSize + sizeof(TupleObject) + static_cast<size_t>(size) * sizeof(Value);
    if (auto* t = reinterpret_cast<TupleObject*>(takeObjectOf<kLayoutGc>(tupleType, bytes))) [[likely]] {
      t->size = size;
      t->hash = 0;
      return t;
    }
  }
  return allocateTuple(size);
}
static bool mayFormCycle(Value v) { return v.isPointer() && (v.object()->layout->flags & kLayoutGc); }
static inline Value trackIfNeeded(TupleObject* t) {
  for (int64_t i = 0; i < t->size; ++i) {
    if (mayFormCycle(t->items[i])) {
      gcTrackNew(&t->header);
      break;
    }
  }
  return Value(&t->header);
}
/// No memory for what should hold these.
KRAIT_RARE static Value dropped(const Value* owned, uint64_t count) {
  for (uint64_t i = 0; i < count; ++i) decref(owned[i]);
  return Value();
}

Value newPair(Value a, Value b) {
  TupleObject* t = takeTuple(2);
  if (!t) [[unlikely]] {
    const Value both[] = {a, b};
    return dropped(both, 2);
  }
  t->items[0] = a;
  t->items[1] = b;
  if (mayFormCycle(a) || mayFormCycle(b)) gcTrackNew(&t->header);
  return Value(&t->header);
}

extern "C" Value krt_tuple_pair(Owned a, Owned b) { return newPair(a, b); }

Value newTuple(int64_t size) {
  if (size == 0) return emptyTuple();
  TupleObject* t = takeTuple(size);
  if (!t) return Value();
#pragma clang loop unroll(disable) vectorize(disable)
  for (int64_t i = 0; i < size; ++i) {
    t->items[i] = Value();
    asm("" : "+r"(i)); // there are few: no call
  }
  gcTrackNew(&t->header);
  return Value(&t->header);
}
Value newTuple(std::initializer_list<Value> borrowed) { return newTupleFrom(borrowed.begin(), borrowed.size()); }
Value newTupleFrom(const Value* borrowed, size_t n) {
  if (n == 0) return emptyTuple();
  TupleObject* t = takeTuple(static_cast<int64_t>(n));
  if (!t) return Value();
  bool isTracked = false;
#pragma clang loop unroll(disable) vectorize(disable)
  for (size_t i = 0; i < n; ++i) {
    const Value v = t->items[i] = borrowed[i];
    if (!v.isPointer()) continue;
    incref(v);
    isTracked |= (v.object()->layout->flags & kLayoutGc) != 0;
  }
  if (isTracked) gcTrackNew(&t->header);
  return Value(&t->header);
}
extern "C" Value krt_tuple_new(Slot items, uint64_t count) {
  if (count == 0) return emptyTuple();
  TupleObject* t = takeTuple(static_cast<int64_t>(count));
  if (!t) [[unlikely]] return dropped(items, count);
  bool isTracked = false;
#pragma clang loop unroll(disable) vectorize(disable)
  for (uint64_t i = 0; i < count; ++i) {
    t->items[i] = items[i];
    isTracked |= mayFormCycle(items[i]);
  }
  if (isTracked) gcTrackNew(&t->header);
  return Value(&t->header);
}
Value tupleSlice(Value v, int64_t from, int64_t to) {
  TupleObject* t = asTuple(v);
  if (from < 0) from = 0;
  if (to > t->size) to = t->size;
  if (to < from) to = from;
  if (from == 0 && to == t->size && isExactTuple(v)) return newRef(v);
  return newTupleFrom(t->items + from, static_cast<size_t>(to - from));
}

// ---- slots ------------------------------------------------------------------

// What a tuple hashes to is kept in it, if that will always be the same: it holds nothing but atoms, and other such tuples.
bool tupleHashesHold = true; // of named tuples and their like, whose class could say otherwise

void tupleHashesForget(const Type* changed) {
  if (changed->flags & kTypeTuple) tupleHashesHold = false;
}

/// For those whose items' destructors may arrive at other containers.
[[gnu::noinline]] static void tupleDeallocDeep(Object* o) {
  if (!trashcanBegin(o)) return;
  auto* t = reinterpret_cast<TupleObject*>(o);
  for (int64_t i = t->size; --i >= 0;) xdecref(t->items[i]);
  releaseObjectOf<kLayoutGc>(tupleType, o);
  trashcanEnd();
}
/// Of one whose last item dies with it.
[[gnu::noinline]] static void tupleDeallocItems(Object* o) {
  auto* t = reinterpret_cast<TupleObject*>(o);
#pragma clang loop unroll(disable)
  for (Value* at = t->items + t->size; at != t->items;) {
    const Value v = *--at;
    if (!v.isPointer()) continue;
    if (!v) [[unlikely]] continue;
    Object* item = v.object();
    if (item->refs > 1) {
      --item->refs;
    } else if (item->refs == 1) {
      if (item->layout->flags & kLayoutGc) {
        t->size = at + 1 - t->items;
        return tupleDeallocDeep(o);
      }
      item->refs = 0;
      destroy(item);
    }
  }
  releaseObjectOf<kLayoutGc>(tupleType, o);
}
/// Of most, the items live on, or are no objects at all: that needs no registers saved.
static void tupleDealloc(Object* o) {
  auto* t = reinterpret_cast<TupleObject*>(o);
  gcUntrack(o);
#pragma clang loop unroll(disable)
  for (Value* at = t->items + t->size; at != t->items; --at) {
    const Value v = at[-1];
    if (!v.isPointer()) [[likely]] continue;
    asm volatile(""); // else both questions are answered before either is asked
    if (!v) [[unlikely]] continue;
    Object* item = v.object();
    if (item->refs > 1) {
      --item->refs;
    } else if (item->refs == 1) {
      t->size = at - t->items;
      return tupleDeallocItems(o);
    }
  }
  releaseObjectOf<kLayoutGc>(tupleType, o);
}
static int tupleTraverse(Object* o, Visit visit, void* context) {
  auto* t = reinterpret_cast<TupleObject*>(o);
  for (int64_t i = t->size; --i >= 0;)
    if (int r = visit(t->items[i], context)) return r;
  return 0;
}
static Value tupleConstruct(Type* type, const Args& args) {
  if (rejectsKeywords(type, tupleType) && checkNoKeywords("tuple", args) < 0) return Value();
  if (checkPositional("tuple", args.positional(), 0, 1) < 0) return Value();
  if (type == &tupleType) return args.count ? toTuple(args[0]) : emptyTuple();
  Ref items(args.count ? toTuple(args[0]) : emptyTuple());
  if (!items) return Value();
  int64_t n = asTuple(items)->size;
  Value v = allocateOf(type, n);
  if (!v) return v;
  asTuple(v)->size = n;
  for (int64_t i = 0; i < n; ++i) asTuple(v)->items[i] = newRef(asTuple(items)->items[i]);
  return v;
}
Value newTupleOf(Type* type, const Value* owned, uint32_t n) {
  const Value v = allocateOf(type, n);
  if (!v) [[unlikely]] {
    for (uint32_t i = 0; i < n; ++i) decref(owned[i]);
    return v;
  }
  asTuple(v)->size = n;
  for (uint32_t i = 0; i < n; ++i) asTuple(v)->items[i] = owned[i];
  return v;
}
static int64_t tupleLength(Value v) { return asTuple(v)->size; }
static Value tupleItem(Value v, int64_t i) {
  TupleObject* t = asTuple(v);
  if (i < 0 || i >= t->size) return raise(IndexErrorType, "tuple index out of range");
  return newRef(t->items[i]);
}
static int32_t tupleContains(Value v, Value item) {
  int64_t i = 0;
  return findItemFrom(asTuple(v)->items, &i, asTuple(v)->size, item);
}
static Value tupleConcat(Value a, Value b) {
  if (asTuple(a)->size == 0 && isExactTuple(b)) return newRef(b);
  if (!isTuple(b))
    return raise(TypeErrorType, "can only concatenate tuple (not \"%.200s\") to tuple", typeOf(b)->name);
  TupleObject *x = asTuple(a), *y = asTuple(b);
  if (y->size == 0 && isExactTuple(a)) return newRef(a);
  if (x->size + y->size == 0) return emptyTuple();
  TupleObject* t = takeTuple(x->size + y->size);
  if (!t) return Value();
  for (int64_t i = 0; i < x->size; ++i) t->items[i] = newRef(x->items[i]);
  for (int64_t i = 0; i < y->size; ++i) t->items[x->size + i] = newRef(y->items[i]);
  return trackIfNeeded(t);
}
static Value tupleRepeat(Value v, int64_t times) {
  TupleObject* x = asTuple(v);
  if ((x->size == 0 || times == 1) && isExactTuple(v)) return newRef(v);
  if (x->size == 0 || times <= 0) return emptyTuple();
  if (times > INT64_MAX / 16 / x->size) return raiseNoMemory();
  TupleObject* t = allocateTuple(x->size * times);
  if (!t) return Value();
  for (int64_t i = 0, at = 0; i < times; ++i)
    for (int64_t k = 0; k < x->size; ++k) t->items[at++] = newRef(x->items[k]);
  return trackIfNeeded(t);
}
static Value tupleSubscript(Value v, Value key) {
  TupleObject* t = asTuple(v);
  if (isExact(key, sliceType)) {
    int64_t start, stop, step;
    if (sliceUnpack(key, &start, &stop, &step) < 0) return Value();
    int64_t n = sliceAdjust(t->size, &start, &stop, step);
    if (n <= 0) return emptyTuple();
    if (step == 1) return tupleSlice(v, start, stop);
    TupleObject* result = takeTuple(n);
    if (!result) return Value();
    for (int64_t i = 0; i < n; ++i) result->items[i] = newRef(t->items[start + i * step]);
    return trackIfNeeded(result);
  }
  if (!key.isSmallInt() && !hasIndex(key))
    return raise(TypeErrorType, "tuple indices must be integers or slices, not %.200s", typeOf(key)->name);
  int64_t i = key.isSmallInt() ? key.smallInt() : toIndex(key, &IndexErrorType);
  if (i == -1 && errorSet()) return Value();
  if (i < 0) i += t->size;
  return tupleItem(v, i);
}

static inline int64_t hashKept(Value v, bool& isStable);

/// As keyHash. Clears `isStable` where it cannot be told that it will always be the same.
static inline int64_t hashItem(Value v, bool& isStable) {
  if (int64_t h; hashAtOnce(v, &h)) return h;
  if (v.isPointer()) {
    const Type* t = typeOfObject(v.object());
    if (t->hash == tupleType.hash) return hashKept(v, isStable);
    isStable &= t == &strType || t == &bytesType || t == &intType || t == &boolType || t == &noneType || t == &floatType || t == &typeType;
  }
  return keyHash(v);
}
static int64_t combinedHash(TupleObject* t, bool& isStable) {
  TupleHash all;
  bool isOwnStable = true;
  const int64_t n = t->size;
  for (int64_t i = 0; i < n; ++i) {
    int64_t lane = hashItem(t->items[i], isOwnStable);
    if (lane == -1) return -1;
    all.add(lane);
  }
  const auto hash = static_cast<int64_t>(all.result(n));
  if (isOwnStable) t->hash = hash;
  else isStable = false;
  return hash;
}
static inline int64_t hashKept(Value v, bool& isStable) {
  TupleObject* t = asTuple(v);
  return t->hash && tupleHashesHold ? t->hash : combinedHash(t, isStable);
}
[[gnu::noinline]] static uint64_t plainHashOfAll(const TupleObject* t) {
  TupleHash all;
  for (const Value *v = t->items, *end = v + t->size; v != end; ++v) {
    int64_t lane;
    if (!hashAtOnce(*v, &lane)) {
      if (isExactStr(*v)) lane = strHash(*v);
      else if (v->isImmediateFloat()) lane = numberHash(v->immediateFloat());
      else if (!plainKeyHash(*v, &lane)) return 0;
    }
    all.add(lane);
  }
  return all.result(t->size);
}
/// The same of ints, texts, bytes and plain keys alone, without code that could run; 0: it has others.
static inline uint64_t plainHash(const TupleObject* t) {
  if (t->size != 2 || !t->items[0].isSmallInt() || !t->items[1].isSmallInt()) return plainHashOfAll(t);
  TupleHash all; // of a place on a grid
  all.add(smallIntHash(t->items[0].smallInt()));
  all.add(smallIntHash(t->items[1].smallInt()));
  return all.result(2);
}
bool tupleKeepsHash(TupleObject* t) {
  if (!tupleHashesHold) return false;
  t->hash = static_cast<int64_t>(plainHash(t));
  return t->hash != 0;
}
int64_t tupleHashPlainly(const TupleObject* t) {
  TupleHash all;
  for (const Value *v = t->items, *end = v + t->size; v != end; ++v) {
    int64_t lane;
    if (!hashAtOnce(*v, &lane)) {
      // Numbers; classes, functions and whatever else is nothing but itself.
      if (v->isPointer() && typeOfObject(v->object())->hash != objectType.hash) return 0;
      lane = v->isPointer() ? objectType.hash(*v) : keyHash(*v);
    }
    all.add(lane);
  }
  return static_cast<int64_t>(all.result(t->size));
}
[[gnu::noinline]] static int64_t tupleHashSlow(Value v) {
  bool isStable = true;
  return hashKept(v, isStable);
}
int64_t tupleHash(Value v) {
  TupleObject* t = asTuple(v);
  if (t->hash && tupleHashesHold) return t->hash;
  const uint64_t plain = plainHash(t);
  if (!plain) return tupleHashSlow(v);
  return t->hash = static_cast<int64_t>(plain);
}
static Value tupleRepr(Value v) { return reprSequence(v, "(", ")", "(...)"); }
int32_t itemsPlainlyEqualFrom(int64_t i, const Value* x, const Value* y, int64_t n, int depth) {
  for (; i < n; ++i) {
    const Value a = x[i], b = y[i];
    if (a == b) continue;
    if (a.isSmallInt() && b.isSmallInt()) return 0;
    if (isExactStr(a) && isExactStr(b)) {
      if (!sameText(a, b)) return 0;
      continue;
    }
    if (isExactBytes(a) && isExactBytes(b)) {
      if (!sameBytes(a, b)) return 0;
      continue;
    }
    if (const int32_t same = plainlyEqual(a, b, depth + 1); same <= 0) return same;
  }
  return 1;
}
int32_t itemsPlainlyLess(const Value* x, int64_t m, const Value* y, int64_t n, int depth) {
  if (depth > kDeepestPlain) return -1;
  for (int64_t i = 0; i < m && i < n; ++i) {
    const Value a = x[i], b = y[i];
    if (a == b) continue;
    if (a.isSmallInt() && b.isSmallInt()) return a.smallInt() < b.smallInt();
    if (double p, q; immediateAsDouble(a, &p) && immediateAsDouble(b, &q)) {
      if (p == q) continue;
      return p < q;
    }
    const int32_t same = plainlyEqual(a, b, depth + 1);
    if (same < 0) return -1;
    if (!same) return plainlyLess(a, b, depth + 1);
  }
  return m < n;
}
static Value tupleCompare(Value a, Value b, int op) {
  if (!isTuple(a) || !isTuple(b)) return notImplemented();
  return compareSequences(
      a, b, op, [](Value v) { return asTuple(v)->size; }, [](Value v, int64_t i) { return asTuple(v)->items[i]; });
}

// What tuples would do that are made to be compared, and die behind that: the left one first, each from its end.
static_assert(kLt == 0 && kLe == 1 && kEq == 2 && kNe == 3 && kGt == 4 && kGe == 5, "the numbers of tuples.compare");
extern "C" Value krt_tuples_compare(Slot words, uint64_t count, uint32_t op) {
  Value result;
  if (recursionEnter(" in comparison") == 0) {
    const auto size = static_cast<int64_t>(count / 2);
    result = compareSequences<const Value*>(
        words, words + size, static_cast<int>(op), [size](const Value*) { return size; }, [](const Value* items, int64_t i) { return items[i]; });
    recursionLeave();
  }
  for (Value* half : {words, words + count / 2})
    for (uint64_t i = count / 2; i-- > 0;) decref(half[i]);
  return result;
}
static Value tupleIter(Value v) {
  auto* it = newObjectOf<TupleIterator>(tupleIteratorType);
  it->tuple = newRef(v);
  gcTrackNew(&it->header);
  return Value(&it->header);
}

// ---- methods ----------------------------------------------------------------

static Value methodGetNewArgs(Value self) {
  Ref copy(newTupleFrom(asTuple(self)->items, static_cast<size_t>(asTuple(self)->size)));
  return copy ? newTuple({copy}) : Value();
}
static Value methodIndex(Value self, const Value* argv) {
  int64_t start = 0, stop = INT64_MAX;
  if (sliceIndex(argv[1], &start) < 0 || sliceIndex(argv[2], &stop) < 0) return Value();
  TupleObject* t = asTuple(self);
  if (start < 0) {
    start += t->size;
    if (start < 0) start = 0;
  }
  if (stop < 0) stop += t->size;
  else if (stop > t->size) stop = t->size;
  const int32_t r = start < stop ? findItemFrom(t->items, &start, stop, argv[0]) : 0;
  if (r) return r < 0 ? Value() : newInt(start);
  return raise(ValueErrorType, "tuple.index(x): x not in tuple");
}
static Value methodCount(Value self, Value v) {
  int64_t n = 0;
  for (int64_t i = 0;; ++i) {
    const int32_t r = findItemFrom(asTuple(self)->items, &i, asTuple(self)->size, v);
    if (r <= 0) return r < 0 ? Value() : newInt(n);
    ++n;
  }
}

static Value methodSizeof(Value self) { return newInt(basicSize(typeOf(self)) + asTuple(self)->size * 8); }

static constexpr MethodDef tupleMethods[] = {
    {"__getnewargs__", methodGetNewArgs, "($self, /)"},
    {"index", methodIndex, "($self, value, start=0, stop=sys.maxsize, /)"},
    {"count", methodCount, "($self, value, /)"},
    {"__sizeof__", methodSizeof, "($self, /)"},
    {"__class_getitem__", newGenericAlias, nullptr, kMethodClass},
    {},
};
static constexpr SequenceSlots tupleSequence = {
    .length = tupleLength,
    .concat = tupleConcat,
    .repeat = tupleRepeat,
    .item = tupleItem,
    .contains = tupleContains,
};
static constexpr MappingSlots tupleMapping = {.length = tupleLength, .subscript = tupleSubscript};

constinit Type tupleType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "tuple",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeTuple | kTypeSequence | kTypeMatchSelf | kTypeOwnGetAttr | kTypeMadeFlat,
    .instanceLayout = {.type = &tupleType, .size = sizeof(TupleObject), .itemSize = 8, .flags = kLayoutGc | kLayoutTupleItems | kLayoutTupleIter, .lengthOffset = offsetof(TupleObject, size)},
    .dealloc = tupleDealloc,
    .traverse = tupleTraverse,
    .repr = tupleRepr,
    .hash = tupleHash,
    .compare = tupleCompare,
    .iter = tupleIter,
    .construct = tupleConstruct,
    .make = [](Value a) { return a ? toTuple(a) : emptyTuple(); },
    .sequence = &tupleSequence,
    .mapping = &tupleMapping,
    .methods = tupleMethods,
    .doc = "An immutable sequence; tuple(iterable) takes its items from the iterable.",
    .constructorSignature = "(iterable=(), /)",
};

} // namespace krait
