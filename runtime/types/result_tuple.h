// Result tuples that an iterator keeps and fills again when nobody else holds them.
#pragma once
#include <algorithm>

#include "runtime/abi/entries.h"
#include "runtime/memory/gc.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

/// (a, b), both owned by the caller and consumed. `kept` (null at first) remembers the first tuple; while somebody else
/// holds that one, the others are new and not remembered.
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
  Value made = newPair(a, b);
  if (made && !kept) kept = newRef(made);
  return made;
}

/// The same of any number of items: `items` (all owned) are consumed.
inline Value reuseTuple(Value& kept, Value* items, int64_t count) {
  if (kept && kept.object()->refs == 1) {
    TupleObject* t = asTuple(kept);
    std::swap_ranges(items, items + count, t->items);
    Value result = newRef(kept);
    gcTrack(&t->header);
    for (int64_t i = 0; i < count; ++i) decref(items[i]);
    return result;
  }
  Value made = krt_tuple_new(items, static_cast<uint64_t>(count));
  if (made && !kept) kept = newRef(made);
  return made;
}

/// Whether nobody sees when it dies, and it holds nothing.
inline bool diesUnseen(Value v) {
  if (!v.isPointer()) return true;
  const Layout* l = v.object()->layout;
  return l == &strType.instanceLayout || l == &intType.instanceLayout || l == &floatType.instanceLayout || l == &bytesType.instanceLayout;
}

/// (a, b), both owned, for krt_next_pair: without a tuple where nobody can tell, since a kept one holds its items up to
/// the next step.
inline int32_t handOutPair(Value& kept, Value a, Value b, Value* out) {
  if (!kept && diesUnseen(a) && diesUnseen(b)) {
    out[0] = a;
    out[1] = b;
    return 2;
  }
  out[0] = reusePair(kept, a, b);
  return out[0] ? 1 : -1;
}

} // namespace krait
