// Iterators over ranges: in machine words, and for ints of any size.
#include "runtime/memory/alloc.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/range.h"

namespace krait {

namespace {

Value self(Value v) { return newRef(v); }
RangeIterator* shortOf(Value v) { return v.as<RangeIterator>(); }
LongRangeIterator* longOf(Value v) { return v.as<LongRangeIterator>(); }

int64_t wrapAdd(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}
int64_t wrapMul(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b));
}
int64_t indexOf(RangeIterator* it) {
  if (!it->step) return 0;
  return static_cast<int64_t>(static_cast<uint64_t>(it->current) - static_cast<uint64_t>(it->start)) / it->step;
}

Value shortNext(Value v) {
  RangeIterator* it = shortOf(v);
  if (it->remaining <= 0) return Value();
  --it->remaining;
  int64_t current = it->current;
  it->current = wrapAdd(current, it->step);
  return newInt(current);
}
Value shortHint(Value v) { return newInt(shortOf(v)->remaining); }

Value reduceTo(Value start, Value stop, Value step, Value index) {
  Ref range(newRange(start, stop, step));
  Ref f(range ? builtinByName("iter") : Value());
  Ref args(f ? newTuple({range}) : Value());
  return args ? newTuple({f, args, index}) : Value();
}
Value shortReduce(Value v) {
  RangeIterator* it = shortOf(v);
  Ref start(newInt(it->start)), step(newInt(it->step)), at(newInt(indexOf(it)));
  Ref stop(newInt(wrapAdd(it->current, wrapMul(it->remaining, it->step))));
  return reduceTo(start, stop, step, at);
}
Value shortSetState(Value v, Value state) {
  int64_t i = toInt64(state);
  if (i == -1 && errorSet()) return Value();
  RangeIterator* it = shortOf(v);
  int64_t n = indexOf(it) + it->remaining;
  i = i < 0 ? 0 : i > n ? n : i;
  it->remaining = n - i;
  it->current = wrapAdd(it->start, wrapMul(i, it->step));
  return none();
}

void longDealloc(Object* o) {
  auto* it = reinterpret_cast<LongRangeIterator*>(o);
  decref(it->start);
  decref(it->step);
  decref(it->length);
  decref(it->index);
  freeObject(o);
}
Value longNext(Value v) {
  LongRangeIterator* it = longOf(v);
  if (intCompare(it->index, it->length) >= 0) return Value();
  Ref offset(intMul(it->index, it->step));
  Ref result(offset ? intAdd(it->start, offset) : Value());
  Value following = result ? intAdd(it->index, Value::ofSmallInt(1)) : Value();
  if (!following) return Value();
  assign(it->index, following);
  return result.release();
}
Value longHint(Value v) { return intSub(longOf(v)->length, longOf(v)->index); }
Value longReduce(Value v) {
  LongRangeIterator* it = longOf(v);
  Ref span(intMul(it->length, it->step));
  Ref stop(span ? intAdd(it->start, span) : Value());
  return stop ? reduceTo(it->start, stop, it->step, it->index) : Value();
}
Value longSetState(Value v, Value state) {
  LongRangeIterator* it = longOf(v);
  Ref i(index(state));
  if (!i) return Value();
  if (intSign(i) < 0) i.reset(Value::ofSmallInt(0));
  if (intCompare(i, it->length) > 0) i.reset(newRef(it->length));
  assign(it->index, i.release());
  return none();
}

constexpr MethodDef shortMethods[] = {{"__length_hint__", shortHint, "($self, /)"},
                                      {"__reduce__", shortReduce, "($self, /)"},
                                      {"__setstate__", shortSetState, "($self, state, /)"},
                                      {}};
constexpr MethodDef longMethods[] = {{"__length_hint__", longHint, "($self, /)"},
                                     {"__reduce__", longReduce, "($self, /)"},
                                     {"__setstate__", longSetState, "($self, state, /)"},
                                     {}};

} // namespace

constinit Type rangeIteratorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "range_iterator",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnGetAttr,
    .instanceLayout = {.type = &rangeIteratorType, .size = sizeof(RangeIterator)},
    .dealloc = freeObject,
    .iter = self,
    .next = shortNext,
    .methods = shortMethods,
};
constinit Type longRangeIteratorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "longrange_iterator",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnGetAttr,
    .instanceLayout = {.type = &longRangeIteratorType, .size = sizeof(LongRangeIterator)},
    .dealloc = longDealloc,
    .iter = self,
    .next = longNext,
    .methods = longMethods,
};

} // namespace krait
