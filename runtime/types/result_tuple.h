// Result tuples that an iterator keeps and fills again when nobody else holds them.
#pragma once
#include "runtime/memory/gc.h"
#include "runtime/types/sequence.h"

namespace krait {

/// (a, b), both owned by the caller and consumed. `kept` (null at first) remembers the tuple.
inline Value reusePair(Value& kept, Value a, Value b) {
  if (kept && kept.object()->refs == 1) {
    TupleObject* t = asTuple(kept);
    Value oldA = t->items[0], oldB = t->items[1];
    t->items[0] = a;
    t->items[1] = b;
    incref(kept);
    Value result = kept;
    // A tuple of plain items is not watched; these may need it.
    gcTrack(&t->header);
    decref(oldA);
    decref(oldB);
    return result;
  }
  Value pair[2] = {a, b};
  Value made = krt_tuple_new(pair, 2);
  if (!made) return made;
  assign(kept, newRef(made));
  return made;
}

} // namespace krait
