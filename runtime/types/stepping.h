// One step of an iterator where it is taken, for loops of builtins that ask many times.
#pragma once
#include "runtime/object/protocol.h"
#include "runtime/types/iterators.h"

namespace krait {

/// As next(): the item (owned), or null at the end or with an error. Nobody calls it for an iterator that may go away meanwhile
/// unless the iterator is held.
inline Value stepOf(Value iterator) {
  const Type* t = typeOfObject(iterator.object());
  if (t == &listIteratorType) {
    auto* it = iterator.as<ListIterator>();
    if (it->list && it->index < asList(it->list)->size) [[likely]] return newRef(asList(it->list)->items[it->index++]);
  } else if (t == &tupleIteratorType) {
    auto* it = iterator.as<TupleIterator>();
    if (it->tuple && it->index < asTuple(it->tuple)->size) [[likely]] return newRef(asTuple(it->tuple)->items[it->index++]);
  }
  if (t == &generatorType || !t->next) return next(iterator);
  Value v = t->next(iterator);
  if (!v && errorSet()) [[unlikely]] errorClearIf(StopIterationType);
  return v;
}
/// The same for an iterator that ends with this one: a StopIteration stays raised, for who asks that one sees its value.
inline Value stepThrough(Value iterator) {
  const Type* t = typeOfObject(iterator.object());
  if (t == &listIteratorType || t == &tupleIteratorType || !t->next) return stepOf(iterator);
  if (t == &generatorType) {
    Ref held = Ref::share(iterator);
    return t->next(iterator);
  }
  return t->flags & kTypeHeap ? nextWithStop(iterator) : t->next(iterator);
}
/// What a step of such an iterator has come to that gave no item: -1 with an error, 0 at the end.
inline int32_t endOfSteps() { return errorSet() && !errorClearIf(StopIterationType) ? -1 : 0; }
/// Steps of it run no code but what may die at its end.
inline bool isQuiet(Value iterator) {
  const Type* t = typeOfObject(iterator.object());
  return t == &listIteratorType || t == &tupleIteratorType || t == &rangeIteratorType;
}

} // namespace krait
