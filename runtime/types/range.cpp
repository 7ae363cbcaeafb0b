// range: start, stop, step and length as ints of any size, with everything that
// fits machine words done in them. Iterators in range_iterators.cpp.
#include "runtime/memory/alloc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/key.h"
#include "runtime/types/range.h"
#include "runtime/types/sequence.h"

namespace krait {

static RangeObject* asRange(Value v) { return v.as<RangeObject>(); }
static Value small(int64_t v) { return Value::ofSmallInt(v); }

/// Number of items: ints in, owned int out.
static Value rangeLengthOf(Value start, Value stop, Value step) {
  if (start.isSmallInt() && stop.isSmallInt() && step.isSmallInt()) {
    int64_t lo = start.smallInt(), hi = stop.smallInt(), by = step.smallInt();
    if (by > 0) return newIntUnsigned(lo < hi ? static_cast<uint64_t>((hi - lo - 1) / by) + 1 : 0);
    return newIntUnsigned(hi < lo ? static_cast<uint64_t>((lo - hi - 1) / -by) + 1 : 0);
  }
  bool up = intSign(step) > 0;
  Value lo = up ? start : stop, hi = up ? stop : start;
  if (intCompare(lo, hi) >= 0) return small(0);
  Ref by(up ? newRef(step) : intNegate(step));
  Ref difference(by ? intSub(hi, lo) : Value());
  Ref less(difference ? intSub(difference, small(1)) : Value());
  Ref quotient(less ? intFloorDiv(less, by) : Value());
  return quotient ? intAdd(quotient, small(1)) : Value();
}

/// All three owned; null ones pass the error on.
static Value makeRange(Ref start, Ref stop, Ref step) {
  if (!start || !stop || !step) return Value();
  if (const RecursionLevels level(1, " in comparison"); !level) return Value(); // of the step with 0
  Ref n(rangeLengthOf(start, stop, step));
  if (!n) return Value();
  auto* r = newObjectOf<RangeObject, 0>(rangeType);
  r->start = start.release();
  r->stop = stop.release();
  r->step = step.release();
  r->length = n.release();
  return Value(&r->header);
}

Value newRange(Value start, Value stop, Value step) {
  return makeRange(Ref::share(start), Ref::share(stop), Ref::share(step));
}

static void rangeDealloc(Object* o) {
  auto* r = reinterpret_cast<RangeObject*>(o);
  decref(r->start);
  decref(r->stop);
  decref(r->step);
  decref(r->length);
  releaseObjectOf<0>(rangeType, o);
}

static Value rangeConstruct(Type* t, const Args& args) {
  if (checkNoKeywords("range", args) < 0 || checkPositional("range", args, 1, 3) < 0) return Value();
  if (args.count == 1) {
    Ref stop(index(args[0]));
    return makeRange(Ref(small(0)), std::move(stop), Ref(small(1)));
  }
  Ref start(index(args[0]));
  if (!start) return Value();
  Ref stop(index(args[1]));
  if (!stop) return Value();
  Ref step(args.count == 3 ? index(args[2]) : small(1));
  if (!step) return Value();
  if (intSign(step) == 0) return raise(ValueErrorType, "range() arg 3 must not be zero");
  return makeRange(std::move(start), std::move(stop), std::move(step));
}

/// start + i * step, owned; i is an int of any size.
static Value itemAt(RangeObject* r, Value i) {
  if (i.isSmallInt() && r->start.isSmallInt() && r->step.isSmallInt()) {
    int64_t offset, result;
    if (!__builtin_mul_overflow(i.smallInt(), r->step.smallInt(), &offset) &&
        !__builtin_add_overflow(r->start.smallInt(), offset, &result))
      return newInt(result);
  }
  Ref offset(intMul(i, r->step));
  return offset ? intAdd(r->start, offset) : Value();
}

static int64_t rangeLength(Value v) { return toSize(asRange(v)->length); }

/// i is any int, negative from the end.
static Value itemChecked(RangeObject* r, Value i) {
  Ref adjusted(intSign(i) < 0 ? intAdd(r->length, i) : newRef(i));
  if (!adjusted) return Value();
  if (intSign(adjusted) < 0 || intCompare(adjusted, r->length) >= 0)
    return raise(IndexErrorType, "range object index out of range");
  return itemAt(r, adjusted);
}
static Value rangeItem(Value v, int64_t i) {
  Ref boxed(newInt(i));
  if (i < 0) return raise(IndexErrorType, "range object index out of range");
  return itemChecked(asRange(v), boxed);
}
/// r[slice] in machine words; null where these are not enough, or it takes an error.
static Value sliceQuickly(RangeObject* r, SliceObject* slice) {
  constexpr int64_t kLarge = int64_t{1} << 30; // no product of two leaves the words
  auto isWord = [](Value v) { return v.isSmallInt() && v.smallInt() > -kLarge && v.smallInt() < kLarge; };
  auto isPart = [&](Value v) { return isNone(v) || isWord(v); };
  if (!isWord(r->start) || !isWord(r->step) || !isWord(r->length) || !isPart(slice->start) || !isPart(slice->stop) || !isPart(slice->step)) return {};
  const int64_t step = isNone(slice->step) ? 1 : slice->step.smallInt();
  if (step == 0) return {};
  int64_t start = isNone(slice->start) ? (step < 0 ? kLarge : 0) : slice->start.smallInt();
  int64_t stop = isNone(slice->stop) ? (step < 0 ? -2 * kLarge : kLarge) : slice->stop.smallInt();
  sliceAdjust(r->length.smallInt(), &start, &stop, step);
  auto at = [r](int64_t i) { return Ref(newInt(r->start.smallInt() + i * r->step.smallInt())); };
  return makeRange(at(start), at(stop), Ref(newInt(r->step.smallInt() * step)));
}
static Value rangeSubscript(Value v, Value key) {
  RangeObject* r = asRange(v);
  if (isExact(key, sliceType))
    if (const Value part = sliceQuickly(r, key.as<SliceObject>())) return part;
  if (hasIndex(key)) {
    Ref i(index(key));
    return i ? itemChecked(r, i) : Value();
  }
  if (!isExact(key, sliceType))
    return raise(TypeErrorType, "range indices must be integers or slices, not %.200s", typeOf(key)->name);
  Ref bounds(callMethod(key, "indices", {r->length}));
  if (!bounds) return Value();
  TupleObject* t = asTuple(bounds);
  Ref step(intMul(r->step, t->items[2]));
  Ref start(step ? itemAt(r, t->items[0]) : Value());
  Ref stop(start ? itemAt(r, t->items[1]) : Value());
  return makeRange(std::move(start), std::move(stop), std::move(step));
}

static bool plainInt(Value v) { return isExactInt(v) || isExact(v, boolType); }

static bool isInSmall(int64_t i, int64_t start, int64_t stop, int64_t step) {
  if (step > 0 ? i < start || i >= stop : i > start || i <= stop) return false;
  return step == 1 || (i - start) % step == 0; // neither leaves 64 bits: small ints have 63
}
/// For an int: 1 in, 0 not, -1 error.
static int32_t containsInt(RangeObject* r, Value v) {
  if (v.isSmallInt() && r->start.isSmallInt() && r->stop.isSmallInt() && r->step.isSmallInt()) [[likely]]
    return isInSmall(v.smallInt(), r->start.smallInt(), r->stop.smallInt(), r->step.smallInt());
  bool up = intSign(r->step) > 0;
  if (up ? intCompare(r->start, v) > 0 || intCompare(v, r->stop) >= 0
         : intCompare(v, r->start) > 0 || intCompare(r->stop, v) >= 0)
    return 0;
  Ref offset(intSub(v, r->start));
  Ref rest(offset ? intMod(offset, r->step) : Value());
  return rest ? intSign(rest) == 0 : -1;
}
static int32_t rangeContains(Value v, Value item) {
  if (plainInt(item)) return containsInt(asRange(v), item);
  Ref it(iterate(v));
  if (!it) return -1;
  for (;;) {
    Ref x(next(it));
    if (!x) return errorSet() ? -1 : 0;
    int32_t r = equal(x, item);
    if (r) return r;
  }
}

// ---- `v in range(…)` (ir/passes/loose_ranges.cpp) ----

/// Stands for a range that nobody needs. Code never sees it.
alignas(16) static constinit Object looseRange = KRAIT_STATIC_HEADER(rangeType);

static bool areBounds(const Value* arguments, uint64_t count) {
  for (uint64_t n = 0; n < count; ++n)
    if (!arguments[n].isSmallInt()) return false;
  return count > 0 && (count < 3 || (count == 3 && arguments[2] != small(0)));
}

extern "C" Value krt_range_loose(Value callee, Slot arguments, uint64_t count) {
  if (callee == asValue(&rangeType) && areBounds(arguments, count)) [[likely]] return Value(&looseRange);
  const Ref held = Ref::share(callee); // the name may mean something else before there is an answer
  return call(held, Args{arguments, count, Value()});
}

extern "C" int32_t krt_contains_range(Value made, Value v, Slot arguments, uint64_t count) {
  if (made.object() != &looseRange) [[unlikely]] return contains(made, v);
  const Value start = count == 1 ? small(0) : arguments[0], stop = count == 1 ? arguments[0] : arguments[1], step = count == 3 ? arguments[2] : small(1);
  if (v.isSmallInt()) [[likely]] return isInSmall(v.smallInt(), start.smallInt(), stop.smallInt(), step.smallInt());
  const Ref range(newRange(start, stop, step));
  return range ? rangeContains(range, v) : -1;
}

static Value rangeRepr(Value v) {
  RangeObject* r = asRange(v);
  if (r->step == small(1)) return formatText("range(%R, %R)", r->start, r->stop);
  return formatText("range(%R, %R, %R)", r->start, r->stop, r->step);
}
static int64_t rangeHash(Value v) {
  RangeObject* r = asRange(v);
  bool empty = intSign(r->length) == 0, one = intCompare(r->length, small(1)) == 0;
  Ref key(newTuple({r->length, empty ? none() : r->start, empty || one ? none() : r->step}));
  return key ? hash(key) : -1;
}
static Value rangeCompare(Value a, Value b, int op) {
  if (!isExact(a, rangeType) || !isExact(b, rangeType) || (op != kEq && op != kNe)) return notImplemented();
  RangeObject *x = asRange(a), *y = asRange(b);
  bool same = intCompare(x->length, y->length) == 0;
  if (same && intSign(x->length)) {
    same = intCompare(x->start, y->start) == 0;
    if (same && intCompare(x->length, small(1)) != 0) same = intCompare(x->step, y->step) == 0;
  }
  return boolean(same == (op == kEq));
}
static int32_t rangeTruth(Value v) { return intSign(asRange(v)->length) != 0; }

/// Machine-word iterator if every number it will meet fits; null without error if not.
static Value shortIterator(Value startValue, Value stepValue, Value lengthValue) {
  int over[3];
  int64_t start = intToInt64(startValue, &over[0]), step = intToInt64(stepValue, &over[1]),
          n = intToInt64(lengthValue, &over[2]);
  if (over[0] || over[1] || over[2]) return Value();
  __int128 end = static_cast<__int128>(n) * step + start;
  if (end > INT64_MAX || end < INT64_MIN) return Value();
  auto* it = newObjectOf<RangeIterator, 0>(rangeIteratorType);
  it->current = it->start = start;
  it->step = step;
  it->remaining = n;
  return Value(&it->header);
}
extern "C" Value krt_range_iterator(int64_t current, int64_t step, int64_t left) {
  auto* it = newObjectOf<RangeIterator, 0>(rangeIteratorType);
  it->current = it->start = current;
  it->step = step;
  it->remaining = left;
  return Value(&it->header);
}
static Value makeIterator(Value start, Value step, Value n) {
  if (Value it = shortIterator(start, step, n)) return it;
  auto* it = reinterpret_cast<LongRangeIterator*>(newObject(&longRangeIteratorType.instanceLayout));
  it->start = newRef(start);
  it->step = newRef(step);
  it->length = newRef(n);
  it->index = small(0);
  return Value(&it->header);
}
static Value rangeIter(Value v) {
  RangeObject* r = asRange(v);
  return makeIterator(r->start, r->step, r->length);
}
static Value rangeReversed(Value v) {
  RangeObject* r = asRange(v);
  Ref last(intSub(r->length, small(1)));
  Ref start(last ? itemAt(r, last) : Value());
  Ref step(start ? intNegate(r->step) : Value());
  return step ? makeIterator(start, step, r->length) : Value();
}

static Value methodCount(Value v, Value item) {
  if (plainInt(item)) {
    int32_t r = containsInt(asRange(v), item);
    return r < 0 ? Value() : small(r);
  }
  Ref it(iterate(v));
  if (!it) return Value();
  for (int64_t n = 0;;) {
    Ref x(next(it));
    if (!x) return errorSet() ? Value() : newInt(n);
    int32_t r = equal(x, item);
    if (r < 0) return Value();
    n += r;
  }
}
static Value methodIndex(Value v, Value item) {
  RangeObject* r = asRange(v);
  if (plainInt(item)) {
    int32_t in = containsInt(r, item);
    if (in < 0) return Value();
    if (!in) return raise(ValueErrorType, "%R is not in range", item);
    Ref offset(intSub(item, r->start));
    return offset ? intFloorDiv(offset, r->step) : Value();
  }
  Ref it(iterate(v));
  if (!it) return Value();
  for (int64_t i = 0;; ++i) {
    Ref x(next(it));
    if (!x) return errorSet() ? Value() : raise(ValueErrorType, "sequence.index(x): x not in sequence");
    int32_t same = equal(x, item);
    if (same < 0) return Value();
    if (same) return newInt(i);
  }
}
static Value methodReduce(Value v) {
  RangeObject* r = asRange(v);
  Ref args(newTuple({r->start, r->stop, r->step}));
  return args ? newTuple({asValue(&rangeType), args}) : Value();
}

static constexpr MethodDef rangeMethods[] = {
    {"__reversed__", rangeReversed},
    {"__reduce__", methodReduce},
    {"count", methodCount},
    {"index", methodIndex},
    {},
};
static constexpr MemberDef rangeMembers[] = {
    {"start", MemberKind::Object, offsetof(RangeObject, start)},
    {"stop", MemberKind::Object, offsetof(RangeObject, stop)},
    {"step", MemberKind::Object, offsetof(RangeObject, step)},
    {},
};
static constexpr SequenceSlots rangeSequence = {
    .length = rangeLength, .item = rangeItem, .contains = rangeContains};
static constexpr MappingSlots rangeMapping = {.length = rangeLength, .subscript = rangeSubscript};
static constexpr NumberSlots rangeNumber = {.truth = rangeTruth};

constinit Type rangeType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "range",
    .base = &objectType,
    .flags = kTypeSequence | kTypeOwnGetAttr | kTypeMadeFlat,
    .instanceLayout = {.type = &rangeType, .size = sizeof(RangeObject)},
    .dealloc = rangeDealloc,
    .repr = rangeRepr,
    .hash = rangeHash,
    .compare = rangeCompare,
    .iter = rangeIter,
    .construct = rangeConstruct,
    .make = [](Value a) { return rangeConstruct(&rangeType, {&a, a ? size_t{1} : 0, {}}); },
    .number = &rangeNumber,
    .sequence = &rangeSequence,
    .mapping = &rangeMapping,
    .methods = rangeMethods,
    .members = rangeMembers,
    .doc = "The ints from start to stop by step: range(stop), range(start, stop[, step]).",
};

} // namespace krait
