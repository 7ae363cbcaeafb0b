// Result tuples that an iterator keeps and fills again when nobody else holds them.
#pragma once
#include "runtime/abi/entries.h"
#include "runtime/memory/gc.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

/// Whether the tuple that is kept can be filled again.
inline bool isReusable(Value kept) { return kept && kept.object()->refs == 1; }

/// Fills the kept tuple (isReusable) with what `step(i)` gives (owned), for iterators that have it in hand while they ask:
/// what was at a place dies before the next item is made, and the items before a null one stay. Null after a null one.
template <class Step> Value refillTuple(Value kept, const Step& step) {
  Ref result = Ref::share(kept);
  TupleObject* t = asTuple(result);
  Value item;
  for (int64_t i = 0; i < t->size; ++i) {
    item = step(i);
    if (!item) break;
    assign(t->items[i], item);
  }
  t->hash = 0;
  gcTrack(&t->header); // a tuple of plain items is not watched; these may need it
  return item ? result.release() : Value();
}

/// (a, b), both owned by the caller and consumed. `kept` (null at first) remembers the first tuple; while somebody else
/// holds that one, the others are new and not remembered.
inline Value reusePair(Value& kept, Value a, Value b) {
  if (isReusable(kept)) {
    TupleObject* t = asTuple(kept);
    Value oldA = t->items[0], oldB = t->items[1];
    t->items[0] = a;
    t->items[1] = b;
    t->hash = 0;
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

/// Whether nobody sees when it dies, and it holds nothing.
inline bool diesUnseen(Value v) {
  if (!v.isPointer()) return true;
  const Layout* l = v.object()->layout;
  return l == &strType.instanceLayout || l == &intType.instanceLayout || l == &floatType.instanceLayout || l == &bytesType.instanceLayout;
}

/// Whether two that are let go live on, as others hold them: neither is all that the other leaves.
inline bool liveOn(Value a, Value b) { return !isLastReference(a) && !isLastReference(b) && (a != b || !a.isPointer()); }
/// hold(), where that lets nothing die.
inline void holdNext(Value& held, Value v) {
  const Value old = held;
  held = diesUnseen(v) ? kHoldsNothing : newRef(v);
  if (old.isPointer()) --old.object()->refs;
}
/// What a pair would keep up to the next step, where none is made. Whoever asks for the next item while the old one dies finds
/// the pair in use, as it would be: `kept` is a tuple that cannot be filled.
inline void hold(Value& kept, Value& held, Value v) {
  Value old = held;
  held = diesUnseen(v) ? kHoldsNothing : newRef(v);
  if (!old.isPointer()) return;
  if (!isLastReference(old)) return decref(old); // lives on
  kept = emptyTuple();
  decref(old);
  clear(kept);
}
template <size_t N> inline void holdNothing(Value (&held)[N]) {
  for (Value& h : held) {
    Value old = h;
    h = kHoldsNothing;
    decref(old);
  }
}
/// At the end of the iterator: as a tuple dies, from the last item to the first.
template <size_t N> inline void dropHeld(Value (&held)[N]) {
  for (size_t n = N; n-- > 0;) decref(held[n]);
}
template <size_t N> inline int visitHeld(const Value (&held)[N], Visit visit, void* context) {
  for (Value h : held)
    if (int stop = visit(h, context)) return stop;
  return 0;
}

/// (a, b), both owned, for the iterator's own __next__: the first pair holds what `held` did.
template <size_t N> inline Value nextPair(Value& kept, Value (&held)[N], Value a, Value b) {
  const bool isFirst = !kept;
  Value made = reusePair(kept, a, b);
  if (isFirst) holdNothing(held);
  return made;
}
/// pair[0], pair[1], owned, as one tuple in pair[0]: what krt_next_pair answers with 1, or -1 for an error.
inline int32_t joinPair(Value& kept, Value* pair) {
  pair[0] = reusePair(kept, pair[0], pair[1]);
  return pair[0] ? 1 : -1;
}

/// (a, b), both owned, for krt_next_pair: without a tuple, unless the iterator keeps one that it has handed out before.
template <size_t N> inline int32_t handOutPair(Value& kept, Value (&held)[N], Value a, Value b, Value* out) {
  out[0] = a;
  out[1] = b;
  if (kept) [[unlikely]] return joinPair(kept, out);
  hold(kept, held[0], a);
  hold(kept, held[1], b);
  return 2;
}

} // namespace krait
