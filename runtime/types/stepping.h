// One step of an iterator where it is taken, for loops of builtins that ask many times.
#pragma once
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"

namespace krait {

/// stepThrough() of what steps anyhow (object/slow_iteration.cpp).
Value stepThroughSlow(Value iterator);
/// The same where somebody holds the iterator.
[[gnu::always_inline]] inline Value stepHeld(Value iterator) {
  const Type* t = typeOfObject(iterator.object());
  return t->next && !(t->flags & kTypeHeap) ? t->next(iterator) : stepThroughSlow(iterator);
}
/// The next item (owned) of an iterator over a list, a tuple or a range that has one left; else null, and nothing has happened.
[[gnu::always_inline]] inline Value stepAtOnce(Value iterator) {
  const Layout* l = iterator.object()->layout;
  if (l == &listIteratorType.instanceLayout) {
    auto* it = iterator.as<ListIterator>();
    if (it->list && it->index < asList(it->list)->size) [[likely]] return newRef(asList(it->list)->items[it->index++]);
  } else if (l == &tupleIteratorType.instanceLayout) {
    auto* it = iterator.as<TupleIterator>();
    if (it->tuple && it->index < asTuple(it->tuple)->size) [[likely]] return newRef(asTuple(it->tuple)->items[it->index++]);
  } else if (l == &rangeIteratorType.instanceLayout) {
    auto* it = iterator.as<RangeIterator>();
    if (it->remaining > 0) [[likely]] {
      const int64_t v = it->current;
      it->current = static_cast<int64_t>(static_cast<uint64_t>(v) + static_cast<uint64_t>(it->step));
      --it->remaining;
      return newInt(v);
    }
  }
  return Value();
}
/// As next(): the item (owned), or null at the end or with an error. Nobody calls it for an iterator that may go away meanwhile
/// unless the iterator is held.
[[gnu::always_inline]] inline Value stepOf(Value iterator) {
  const Value v = stepAtOnce(iterator);
  return v ? v : next(iterator);
}
/// The same for an iterator that ends with this one: a StopIteration stays raised, for who asks that one sees its value.
[[gnu::always_inline]] inline Value stepThrough(Value iterator) {
  const Value v = stepAtOnce(iterator);
  return v ? v : stepThroughSlow(iterator);
}
/// What a step of such an iterator has come to that gave no item: -1 with an error, 0 at the end.
inline int32_t endOfSteps() { return errorSet() && !errorClearIf(StopIterationType) ? -1 : 0; }
} // namespace krait
