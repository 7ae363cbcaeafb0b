// See deque.h. Comparisons may run code that changes the deque; every loop over
// items that compares checks `state` or bounds again, and raises CPython's errors.
#include "runtime/modules/deque.h"

#include <algorithm>

#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/object/type_name.h"
#include "runtime/types/arguments.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/key.h"
#include "runtime/types/sequence.h"
#include "runtime/types/sequence_compare.h"
#include "runtime/types/stepping.h"

namespace krait {

// ---- storage ----------------------------------------------------------------

/// Room for so many more.
static int32_t grow(DequeObject* d, int64_t more = 1) {
  if (d->capacity - d->size >= more) return 0;
  int64_t capacity = d->capacity ? d->capacity * 2 : 8;
  while (capacity - d->size < more) capacity *= 2;
  auto* ring = static_cast<Value*>(allocate(static_cast<size_t>(capacity) * sizeof(Value)));
  if (!ring) return -1;
  for (int64_t i = 0; i < d->size; ++i) ring[i] = d->at(i);
  deallocate(d->ring);
  d->ring = ring;
  d->capacity = capacity;
  d->head = 0;
  return 0;
}
/// The rightmost item, owned; the deque is not empty.
static Value takeRight(DequeObject* d) {
  ++d->state;
  return d->at(--d->size);
}
static Value takeLeft(DequeObject* d) {
  ++d->state;
  Value v = d->at(0);
  d->head = (d->head + 1) & (d->capacity - 1);
  --d->size;
  return v;
}
[[gnu::noinline]] static int32_t dropLeft(DequeObject* d) { return decref(takeLeft(d)), 0; }
/// Both take over `v`.
[[gnu::noinline]] static int32_t pushRightSlow(DequeObject* d, Value v) {
  if (d->size == d->capacity && grow(d) < 0) {
    decref(v);
    return -1;
  }
  ++d->size;
  d->at(d->size - 1) = v;
  ++d->state;
  return d->maxLength >= 0 && d->size > d->maxLength ? dropLeft(d) : 0;
}
[[gnu::always_inline]] static inline int32_t pushRight(DequeObject* d, Value v) {
  if (d->size == d->capacity) [[unlikely]] return pushRightSlow(d, v); // a frame
  d->at(d->size++) = v;
  ++d->state;
  return d->maxLength >= 0 && d->size > d->maxLength ? dropLeft(d) : 0;
}
static int32_t pushLeft(DequeObject* d, Value v) {
  if (d->size == d->capacity && grow(d) < 0) {
    decref(v);
    return -1;
  }
  d->head = (d->head - 1) & (d->capacity - 1);
  ++d->size;
  d->at(0) = v;
  ++d->state;
  if (d->maxLength >= 0 && d->size > d->maxLength) decref(takeRight(d));
  return 0;
}
static void clearDeque(DequeObject* d) {
  Value* ring = d->ring;
  int64_t head = d->head, n = d->size, mask = d->capacity - 1;
  d->ring = nullptr;
  d->capacity = d->head = d->size = 0;
  ++d->state;
  for (int64_t i = 0; i < n; ++i) decref(ring[(head + i) & mask]);
  deallocate(ring);
}

/// To the right of a deque without a bound, or of an empty one, which gets the last that it has room for: no code runs.
static int32_t appendAll(DequeObject* d, Value listOrTuple) {
  const bool inList = isExact(listOrTuple, listType);
  int64_t n = inList ? asList(listOrTuple)->size : asTuple(listOrTuple)->size;
  const int64_t passing = d->maxLength >= 0 && n > d->maxLength ? n - d->maxLength : 0;
  n -= passing;
  if (n == 0 || grow(d, n) < 0) return n ? -1 : 0;
  const Value* items = (inList ? asList(listOrTuple)->items : asTuple(listOrTuple)->items) + passing;
  for (int64_t i = 0; i < n; ++i) d->at(d->size++) = newRef(items[i]);
  return ++d->state, 0;
}

template <bool kRight> static int32_t extend(Value self, Value iterable) {
  Ref source;
  if (self == iterable) {
    source.reset(toList(iterable));
    if (!source) return -1;
    iterable = source;
  }
  const bool atOnce = kRight && (asDeque(self)->maxLength < 0 || asDeque(self)->size == 0) && (isExact(iterable, listType) || isExactTuple(iterable));
  if (atOnce) return appendAll(asDeque(self), iterable);
  Ref it(iterate(iterable));
  if (!it) return -1;
  for (;;) {
    Value v = stepOf(it); // one at a time: what it goes through may be this deque
    if (!v) return errorSet() ? -1 : 0;
    if ((kRight ? pushRight(asDeque(self), v) : pushLeft(asDeque(self), v)) < 0) return -1;
  }
}

/// Reverses the items [from, to).
static void reverseItems(DequeObject* d, int64_t from, int64_t to) {
  while (from < --to) std::swap(d->at(from++), d->at(to));
}
static void rotate(DequeObject* d, int64_t n) {
  int64_t size = d->size;
  if (size <= 1) return;
  n %= size;
  if (n < 0) n += size;
  if (n == 0) return;
  ++d->state;
  if (size == d->capacity) {
    d->head = (d->head - n) & (d->capacity - 1);
  } else if (n <= size / 2) {
    for (; n; --n) {
      Value v = d->at(size - 1);
      d->head = (d->head - 1) & (d->capacity - 1);
      d->at(0) = v;
    }
  } else {
    for (n = size - n; n; --n) {
      Value v = d->at(0);
      d->head = (d->head + 1) & (d->capacity - 1);
      d->at(size - 1) = v;
    }
  }
}
/// Takes item i out, owned. The fewer of those on either side are moved.
static Value removeAt(DequeObject* d, int64_t i) {
  Value v = d->at(i);
  if (i < d->size / 2) {
    for (; i > 0; --i) d->at(i) = d->at(i - 1);
    d->head = (d->head + 1) & (d->capacity - 1);
  } else {
    for (; i + 1 < d->size; ++i) d->at(i) = d->at(i + 1);
  }
  --d->size;
  ++d->state;
  return v;
}

// ---- slots ------------------------------------------------------------------

static void dequeDealloc(Object* o) {
  gcUntrack(o);
  if (!trashcanBegin(o)) return;
  auto* d = reinterpret_cast<DequeObject*>(o);
  if (d->weakrefs) clearWeakrefs(o);
  if (d->ring) clearDeque(d);
  freeObject(o);
  trashcanEnd();
}
static int dequeTraverse(Object* o, Visit visit, void* context) {
  auto* d = reinterpret_cast<DequeObject*>(o);
  for (int64_t i = 0; i < d->size; ++i)
    if (int r = visit(d->at(i), context)) return r;
  return 0;
}
static void dequeClearSlot(Object* o) { clearDeque(reinterpret_cast<DequeObject*>(o)); }

static Value dequeNew(Type* t, const Args&) {
  Value v = allocateOf(t, 0);
  if (!v) return v;
  asDeque(v)->maxLength = -1;
  gcTrack(v.object());
  return v;
}
static int32_t dequeInit(Value self, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments("deque", "(iterable=(), maxlen=None)", args, argv, 2, holder) < 0) return -1;
  int64_t maxLength = -1;
  if (argv[1] && !isNone(argv[1])) {
    if (!isInt(argv[1])) return fail(TypeErrorType, "an integer is required");
    maxLength = toSize(argv[1]);
    if (maxLength == -1 && errorSet()) return -1;
    if (maxLength < 0) return fail(ValueErrorType, "maxlen must be non-negative");
  }
  DequeObject* d = asDeque(self);
  d->maxLength = maxLength;
  if (d->size) clearDeque(d);
  return argv[0] ? extend<true>(self, argv[0]) : 0;
}

static int64_t dequeLength(Value v) { return asDeque(v)->size; }
static Value dequeAt(Value v, int64_t i) { return asDeque(v)->at(i); }
static Value dequeItem(Value v, int64_t i) {
  DequeObject* d = asDeque(v);
  if (i < 0 || i >= d->size) return raise(IndexErrorType, "deque index out of range");
  return newRef(d->at(i));
}
static int32_t dequeSetItem(Value v, int64_t i, Value item) {
  DequeObject* d = asDeque(v);
  if (i < 0 || i >= d->size) return fail(IndexErrorType, "deque index out of range");
  if (item) assign(d->at(i), newRef(item));
  else decref(removeAt(d, i));
  return 0;
}
static int32_t dequeContains(Value v, Value item) {
  DequeObject* d = asDeque(v);
  uint64_t state = d->state;
  for (int64_t i = 0; i < d->size; ++i) {
    Ref held = Ref::share(d->at(i));
    int32_t r = keysEqual(held, item);
    if (r) return r;
    if (d->state != state) return fail(RuntimeErrorType, "deque mutated during iteration");
  }
  return 0;
}
/// A deque of the same class with the same items: through the class for subclasses.
static Value dequeCopy(Value v) {
  DequeObject* d = asDeque(v);
  if (isExact(v, dequeType)) {
    Ref copy(dequeNew(&dequeType, Args()));
    asDeque(copy)->maxLength = d->maxLength;
    if (grow(asDeque(copy), d->size) < 0) return Value();
    for (int64_t i = 0; i < d->size; ++i) asDeque(copy)->ring[i] = newRef(d->at(i));
    asDeque(copy)->size = d->size;
    return copy.release();
  }
  Value type = asValue(typeOf(v));
  Ref limit(newInt(d->maxLength));
  Value result = d->maxLength < 0 ? call(type, {v}) : call(type, {v, limit});
  if (result && !isInstanceOf(result, dequeType)) {
    Ref wrong(result);
    return raise(TypeErrorType, "%.200s() must return a deque, not %.200s", typeOf(v)->name, typeOf(wrong)->name);
  }
  return result;
}
static Value dequeConcat(Value a, Value b) {
  if (!isInstanceOf(b, dequeType))
    return raise(TypeErrorType, "can only concatenate deque (not \"%.200s\") to deque", typeOf(b)->name);
  Ref result(dequeCopy(a));
  return result && extend<true>(result, b) == 0 ? result.release() : Value();
}
static Value dequeInplaceConcat(Value a, Value b) { return extend<true>(a, b) < 0 ? Value() : newRef(a); }
static Value dequeInplaceRepeat(Value v, int64_t times) {
  DequeObject* d = asDeque(v);
  int64_t n = d->size;
  if (n == 0 || times == 1) return newRef(v);
  if (times <= 0) {
    clearDeque(d);
    return newRef(v);
  }
  if (d->maxLength >= 0 && times * n > d->maxLength) times = (d->maxLength + n - 1) / n;
  else if (times > INT64_MAX / 16 / n) return raiseNoMemory();
  Ref items(toList(v));
  if (!items) return Value();
  for (int64_t k = 1; k < times; ++k)
    for (int64_t i = 0; i < n; ++i)
      if (pushRight(d, newRef(asList(items)->items[i])) < 0) return Value();
  return newRef(v);
}
static Value dequeRepeat(Value v, int64_t times) {
  Ref copy(dequeCopy(v));
  return copy ? dequeInplaceRepeat(copy, times) : Value();
}
static Value dequeRepr(Value v) {
  int32_t entered = reprEnter(v);
  if (entered < 0) return Value();
  if (entered > 0) return newStr("[...]");
  const char* name = shortName(typeOf(v));
  Ref list(toList(v));
  Value text;
  if (list) {
    if (asDeque(v)->maxLength >= 0)
      text = formatText("%s(%R, maxlen=%zd)", name, list.get(), asDeque(v)->maxLength);
    else
      text = formatText("%s(%R)", name, list.get());
  }
  reprLeave(v);
  return text;
}
static Value dequeCompare(Value a, Value b, int op) {
  if (!isInstanceOf(a, dequeType) || !isInstanceOf(b, dequeType)) return notImplemented();
  if (asDeque(a)->size != asDeque(b)->size && (op == kEq || op == kNe)) return boolean(op == kNe);
  return compareSequences(a, b, op, dequeLength, dequeAt);
}

// ---- methods ----------------------------------------------------------------

int32_t dequeAppend(DequeObject* d, Value v) { return pushRight(d, v); }
static Value methodAppend(Value self, Value v) { return pushRight(asDeque(self), newRef(v)) < 0 ? Value() : none(); }
static Value methodAppendLeft(Value self, Value v) { return pushLeft(asDeque(self), newRef(v)) < 0 ? Value() : none(); }
static Value methodPop(Value self) {
  if (!asDeque(self)->size) return raise(IndexErrorType, "pop from an empty deque");
  return takeRight(asDeque(self));
}
static Value methodPopLeft(Value self) {
  if (!asDeque(self)->size) return raise(IndexErrorType, "pop from an empty deque");
  return takeLeft(asDeque(self));
}
static Value methodExtend(Value self, Value v) { return extend<true>(self, v) < 0 ? Value() : none(); }
static Value methodExtendLeft(Value self, Value v) { return extend<false>(self, v) < 0 ? Value() : none(); }
static Value methodClear(Value self) {
  clearDeque(asDeque(self));
  return none();
}
static Value methodCount(Value self, Value v) {
  DequeObject* d = asDeque(self);
  uint64_t state = d->state;
  int64_t n = 0;
  for (int64_t i = 0; i < d->size; ++i) {
    Ref held = Ref::share(d->at(i));
    int32_t r = keysEqual(held, v);
    if (r < 0) return Value();
    n += r;
    if (d->state != state) return raise(RuntimeErrorType, "deque mutated during iteration");
  }
  return newInt(n);
}
static Value methodIndex(Value self, const Args& args) {
  if (refuseNames("deque.index", args) < 0 || !countArgumentsOld("index", args, 1, 3)) return Value();
  DequeObject* d = asDeque(self);
  int64_t start = 0, stop = d->size;
  if (args.count > 1 && sliceIndex(args[1], &start) < 0) return Value();
  if (args.count > 2 && sliceIndex(args[2], &stop) < 0) return Value();
  if (start < 0) start = start + d->size < 0 ? 0 : start + d->size;
  if (stop < 0) stop = stop + d->size < 0 ? 0 : stop + d->size;
  if (stop > d->size) stop = d->size;
  uint64_t state = d->state;
  for (int64_t i = start; i < stop; ++i) {
    Ref held = Ref::share(d->at(i));
    int32_t r = keysEqual(held, args[0]);
    if (r < 0) return Value();
    if (r) return newInt(i);
    if (d->state != state) return raise(RuntimeErrorType, "deque mutated during iteration");
  }
  return raise(ValueErrorType, "%R is not in deque", args[0]);
}
static Value methodInsert(Value self, const Args& args) {
  if (refuseNames("deque.insert", args) < 0 || !countArgumentsOld("insert", args, 2, 2)) return Value();
  int64_t i = toSize(args[0]);
  if (i == -1 && errorSet()) return Value();
  DequeObject* d = asDeque(self);
  if (d->maxLength == d->size) return raise(IndexErrorType, "deque already at its maximum size");
  int64_t n = d->size;
  if (i < 0) i = i + n < 0 ? 0 : i + n;
  if (i > n) i = n;
  if (i < n / 2) {
    if (pushLeft(d, newRef(args[1])) < 0) return Value();
    for (int64_t k = 0; k < i; ++k) std::swap(d->at(k), d->at(k + 1));
  } else {
    if (pushRight(d, newRef(args[1])) < 0) return Value();
    for (int64_t k = n; k > i; --k) std::swap(d->at(k), d->at(k - 1));
  }
  return none();
}
static Value methodRemove(Value self, Value v) {
  DequeObject* d = asDeque(self);
  const auto state = d->state;
  for (int64_t i = 0; i < d->size; ++i) {
    Ref held = Ref::share(d->at(i));
    int32_t r = keysEqual(held, v);
    if (r < 0) return Value();
    if (d->state != state) return raise(IndexErrorType, "deque mutated during iteration");
    if (r) {
      decref(removeAt(d, i));
      return none();
    }
  }
  return raise(ValueErrorType, "%R is not in deque", v);
}
static Value methodReverse(Value self) {
  reverseItems(asDeque(self), 0, asDeque(self)->size);
  return none();
}
static Value methodRotate(Value self, const Args& args) {
  if (!countArguments("deque.rotate", args, 0, 1)) return Value();
  int64_t n = args.count ? toSize(args[0]) : 1;
  if (n == -1 && errorSet()) return Value();
  rotate(asDeque(self), n);
  return none();
}
static Value methodReduce(Value self) {
  Ref state(callMethod(self, NAME(__getstate__)));
  Ref it(state ? iterate(self) : Value());
  if (!it) return Value();
  Ref limit(newInt(asDeque(self)->maxLength));
  Ref args(asDeque(self)->maxLength < 0 ? emptyTuple() : newTuple({emptyTuple(), limit}));
  return args ? newTuple({asValue(typeOf(self)), args, state, it}) : Value();
}
/// CPython's blocks of 64 items, the first one entered in the middle.
static Value methodSizeof(Value self) { return newInt(216 + (32 + asDeque(self)->size + 63) / 64 * 528); }
static Value getMaxLength(Value self, void*) {
  return asDeque(self)->maxLength < 0 ? none() : newInt(asDeque(self)->maxLength);
}

// ---- iterators --------------------------------------------------------------

namespace {
struct DequeIterator { Object header; Value deque; int64_t index; uint64_t state; int64_t remaining; };
DequeIterator* asIterator(Value v) { return v.as<DequeIterator>(); }
} // namespace

static Value makeIterator(Type& type, Value self) {
  auto* it = reinterpret_cast<DequeIterator*>(newObject(&type.instanceLayout));
  it->deque = newRef(self);
  it->state = asDeque(self)->state;
  it->remaining = asDeque(self)->size;
  gcTrack(&it->header);
  return Value(&it->header);
}
static Value dequeIter(Value self) { return makeIterator(dequeIteratorType, self); }
static Value methodReversed(Value self) { return makeIterator(dequeReverseIteratorType, self); }

template <bool kReverse> static Value iteratorNext(Value v) {
  DequeIterator* it = asIterator(v);
  DequeObject* d = asDeque(it->deque);
  if (kReverse && it->remaining == 0) return Value(); // the other one asks last, like the reference
  if (it->state != d->state) {
    it->remaining = 0;
    return raise(RuntimeErrorType, "deque mutated during iteration");
  }
  if (it->remaining == 0) return Value();
  --it->remaining;
  int64_t i = it->index++;
  return newRef(d->at(kReverse ? d->size - 1 - i : i));
}
template <bool kReverse> static int64_t iteratorMany(Value v, Value* out, int64_t room) {
  DequeIterator* it = asIterator(v);
  DequeObject* d = asDeque(it->deque);
  if (it->state != d->state) return 0; // an error
  const int64_t n = std::min(room, it->remaining), from = it->index;
  const Value* const ring = d->ring;
  const int64_t mask = d->capacity - 1, first = d->head + (kReverse ? d->size - 1 - from : from);
#pragma clang loop unroll(disable) vectorize(disable)
  for (int64_t i = 0; i < n; ++i) out[i] = newRef(ring[(kReverse ? first - i : first + i) & mask]);
  it->remaining -= n;
  it->index += n;
  return n;
}
static Value iteratorHint(Value v) { return newInt(asIterator(v)->remaining); }
static Value iteratorReduce(Value v) {
  DequeIterator* it = asIterator(v);
  Ref index(newInt(asDeque(it->deque)->size - it->remaining));
  Ref args(newTuple({it->deque, index}));
  return args ? newTuple({asValue(typeOf(v)), args}) : Value();
}
template <bool kReverse> static Value iteratorConstruct(Type* t, const Args& args) {
  // Keywords are ignored.
  if (args.count < 1) return raise(TypeErrorType, "function takes at least 1 argument (0 given)");
  if (args.count > 2) return raise(TypeErrorType, "function takes at most 2 arguments (%zd given)", args.count);
  if (!isInstanceOf(args[0], dequeType))
    return raise(TypeErrorType, "argument 1 must be collections.deque, not %.50G", args[0]);
  Ref it(makeIterator(*t, args[0]));
  int64_t skip = args.count > 1 ? toSize(args[1]) : 0;
  if (skip == -1 && errorSet()) return Value();
  for (; skip > 0; --skip) {
    Ref item(iteratorNext<kReverse>(it));
    if (!item) return errorSet() ? Value() : it.release();
  }
  return it.release();
}
static constexpr MethodDef iteratorMethods[] = {
    {"__length_hint__", iteratorHint, "($self, /)", kMethodUnsigned}, {"__reduce__", iteratorReduce, "($self, /)", kMethodUnsigned}, {}};
constinit ManyStepsType dequeIteratorType = withManySteps(
    iteratorTypeOf<DequeIterator, 1>(dequeIteratorType, "_collections._deque_iterator", iteratorNext<false>, iteratorMethods, 0, iteratorConstruct<false>),
    iteratorMany<false>);
constinit ManyStepsType dequeReverseIteratorType = withManySteps(
    iteratorTypeOf<DequeIterator, 1>(dequeReverseIteratorType, "_collections._deque_reverse_iterator", iteratorNext<true>, iteratorMethods, 0,
                                     iteratorConstruct<true>),
    iteratorMany<true>);

// ---- type -------------------------------------------------------------------

static constexpr MethodDef dequeMethods[] = {
    {"append", methodAppend},
    {"appendleft", methodAppendLeft},
    {"clear", methodClear},
    {"__copy__", dequeCopy},
    {"copy", dequeCopy},
    {"count", methodCount},
    {"extend", methodExtend},
    {"extendleft", methodExtendLeft},
    {"index", methodIndex},
    {"insert", methodInsert},
    {"pop", methodPop},
    {"popleft", methodPopLeft},
    {"__reduce__", methodReduce, "($self, /)", kMethodUnsigned},
    {"remove", methodRemove},
    {"__reversed__", methodReversed},
    {"reverse", methodReverse},
    {"rotate", methodRotate},
    {"__sizeof__", methodSizeof},
    {"__class_getitem__", newGenericAlias, nullptr, kMethodClass},
    {},
};
static constexpr GetSetDef dequeGetSet[] = {{"maxlen", getMaxLength}, {}};
static constexpr SequenceSlots dequeSequence = {
    .length = dequeLength,
    .concat = dequeConcat,
    .repeat = dequeRepeat,
    .item = dequeItem,
    .setItem = dequeSetItem,
    .contains = dequeContains,
    .inplaceConcat = dequeInplaceConcat,
    .inplaceRepeat = dequeInplaceRepeat,
};

constinit Type dequeType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "collections.deque",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeSequence | kTypeOwnGetAttr,
    .instanceLayout = {.type = &dequeType, .size = sizeof(DequeObject), .flags = kLayoutGc, .weakOffset = offsetof(DequeObject, weakrefs), .lengthOffset = offsetof(DequeObject, size)},
    .dealloc = dequeDealloc,
    .traverse = dequeTraverse,
    .clear = dequeClearSlot,
    .repr = dequeRepr,
    .hash = hashNotImplemented,
    .compare = dequeCompare,
    .iter = dequeIter,
    .init = dequeInit,
    .construct = dequeNew,
    .sequence = &dequeSequence,
    .methods = dequeMethods,
    .getset = dequeGetSet,
    .doc = "A sequence with fast ends: deque([iterable[, maxlen]]).",
};

} // namespace krait
