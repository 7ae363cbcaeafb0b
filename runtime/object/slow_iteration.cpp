// Steps of the iterators that the hot path leaves: the builtin ones without a frame, the others by their type.
#include "runtime/object/protocol.h"
#include "runtime/object/slow_operators.h"
#include "runtime/types/byte_iter.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/iterators.h"
#include "runtime/types/many_steps.h"
#include "runtime/types/sequence.h"
#include "runtime/types/set_table.h"
#include "runtime/types/stepping.h"
#include "runtime/types/str.h"
#include "runtime/types/str_iter.h"

namespace krait {

namespace {

/// By what its type says.
[[gnu::noinline]] Value nextBy(Value iterator, UnaryFn step) {
  Value v = step(iterator);
  if (!v && errorSet()) errorClearIf(StopIterationType);
  return v;
}
/// The same of one with such a layout, whose next item is mostly at hand.
[[gnu::noinline]] Value nextKnown(Value iterator, const Layout* l) {
  if (l == &dictKeyIteratorType.instanceLayout)
    if (const DictEntry* e = dict_table::nextAtOnce(iterator.as<DictIterator>())) return newRef(e->key);
  if (l == &dictValueIteratorType.instanceLayout)
    if (DictEntry* e = dict_table::nextAtOnce(iterator.as<DictIterator>())) return newRef(*dictValueSlot(*e));
  if (l == &setIteratorType.instanceLayout) {
    const Value key = set_table::nextAtOnce(iterator.as<SetIterator>());
    if (key) [[likely]] return key;
  }
  if (l == &listReverseIteratorType.instanceLayout) {
    auto* it = iterator.as<ListReverseIterator>();
    if (it->list && it->index >= 0 && it->index < asList(it->list)->size) [[likely]] return newRef(asList(it->list)->items[it->index--]);
  }
  if (l == &strAsciiIteratorType.instanceLayout) {
    auto* it = iterator.as<StrIterator>();
    if (it->text && it->index < asStr(it->text)->length) [[likely]] return latin1Char(asStr(it->text)->data()[it->index++]);
  }
  if (l == &strIteratorType.instanceLayout) {
    auto* it = iterator.as<StrIterator>();
    if (it->text && it->index < asStr(it->text)->length) [[likely]] return newStrFromChar(asStr(it->text)->at(it->index++));
  }
  if (l == &bytesIteratorType.instanceLayout) {
    auto* it = iterator.as<ByteIterator>();
    const BytesObject* bytes = it->source ? it->source.as<BytesObject>() : nullptr;
    if (bytes && it->index < bytes->size) [[likely]] return Value::ofSmallInt(bytes->data[it->index++]);
  }
  return nextBy(iterator, l->type->next);
}
/// krt_next_pair of an item that its container goes on holding: the parts of a pair are taken out of it where it stands.
inline int32_t pairOf(Value item, Slot out) {
  if (!isExactTuple(item) || asTuple(item)->size != 2) {
    out[0] = newRef(item);
    return 1;
  }
  out[0] = newRef(asTuple(item)->items[0]);
  out[1] = newRef(asTuple(item)->items[1]);
  return 2;
}
/// krt_next_pair of what makes its items itself.
[[gnu::noinline]] int32_t nextWhole(Value iterator, Slot out) {
  if (const UnaryFn step = iterator.isPointer() ? iterator.object()->layout->type->next : nullptr) {
    out[0] = step(iterator);
    if (out[0]) return 1;
    return errorSet() && !errorClearIf(StopIterationType) ? -1 : 0;
  }
  out[0] = krt_next(iterator);
  return out[0] ? 1 : errorSet() ? -1 : 0;
}

} // namespace

Value stepThroughSlow(Value iterator) {
  const Type* t = typeOfObject(iterator.object());
  if (!t->next) return next(iterator);
  if (t == &generatorType) {
    Ref held = Ref::share(iterator);
    return t->next(iterator);
  }
  return t->flags & kTypeHeap ? nextWithStop(iterator) : t->next(iterator);
}

extern "C" {

Value krt_iter_slow(Value o) { return iterate(o); }
Value krt_next_slow(Value iterator) {
  if (!iterator.isPointer()) return next(iterator);
  const Layout* l = iterator.object()->layout;
  if (l->flags & kLayoutKnownSteps) return nextKnown(iterator, l);
  const UnaryFn step = l->type->next;
  return step ? nextBy(iterator, step) : next(iterator);
}

int32_t krt_next_pair(Value iterator, Slot out) {
  if (iterator.isPointer()) {
    const Layout* l = iterator.object()->layout;
    if (l == &listIteratorType.instanceLayout) {
      auto* it = iterator.as<ListIterator>();
      if (it->list && it->index < asList(it->list)->size) [[likely]] return pairOf(asList(it->list)->items[it->index++], out);
    }
    if (l == &tupleIteratorType.instanceLayout) {
      auto* it = iterator.as<TupleIterator>();
      if (it->tuple && it->index < asTuple(it->tuple)->size) [[likely]] return pairOf(asTuple(it->tuple)->items[it->index++], out);
    }
    if (l == &enumerateType.instanceLayout) return enumeratePair(iterator, out);
    if (l == &zipType.instanceLayout) return zipPair(iterator, out);
    if (l == &dictItemIteratorType.instanceLayout) return dictItemPair(iterator, out);
    if (l->type->flags & kTypeManySteps)
      if (const StepPair pair = static_cast<const ManyStepsType*>(l->type)->pair) return pair(iterator, out);
  }
  return nextWhole(iterator, out);
}

} // extern "C"

} // namespace krait
