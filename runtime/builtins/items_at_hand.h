// Items of builtin containers without an iterator, for what runs no code between them.
#pragma once
#include "runtime/types/dict_table.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"

namespace krait {

/// What `take(next)` gives, where next() gives the items of a list, tuple, dict or view of its keys or values in turn, borrowed, and
/// then a null word; null of any other container.
template <class Take> inline Value takeItemsAtHand(Value container, const Take& take) {
  int64_t at = 0;
  if (isExactList(container) || isExactTuple(container)) {
    const bool isList = isExactList(container);
    const Value* items = isList ? asList(container)->items : asTuple(container)->items;
    const int64_t n = isList ? asList(container)->size : asTuple(container)->size;
    return take([&] { return at < n ? items[at++] : Value(); });
  }
  const Value d = dictIterated(container);
  if (!d || isExact(container, dictItemsType)) return {};
  const bool values = isExact(container, dictValuesType);
  return take([&] {
    DictEntry* e = dict_table::nextLive(asDict(d), &at);
    return !e ? Value() : values ? *dictValueSlot(*e) : e->key;
  });
}

} // namespace krait
