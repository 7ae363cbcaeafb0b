// See item_search.h. Items are mostly of v's kind and tell by a look that they are
// others, or all of one other kind: the layout of what differs for sure is remembered, so
// that the next item of it takes one comparison.
#include "runtime/types/item_search.h"

#include "runtime/types/key.h"

namespace krait {
namespace {

/// Whether no value of the item's type equals `v`, because of what both are.
bool typesDiffer(Value item, Value v) {
  const Type *t = typeOfObject(item.object()), *u = typeOf(v);
  if (kindsDiffer(t, u)) return true;
  if (!comparesByIdentity(item)) return false;
  return comparesByIdentity(v) || (u->flags & kPlainKinds && !(u->flags & (kTypeHeap | kTypeRebased)));
}

/// `differs(item)`: that item, of v's kind, does not equal it. False: to be looked at closer.
template <class Differs> [[gnu::always_inline]] inline int64_t search(const Value* items, int64_t i, int64_t n, Value v, Differs differs) {
  const Layout* other = nullptr; // objects of it differ from v
  for (; i < n; ++i) {
    const Value item = items[i];
    if (item == v) return i;
    if (differs(item) || (item.isPointer() && item.object()->layout == other)) continue;
    const int32_t same = plainlyEqual(item, v);
    if (same > 0) return i;
    if (item.isPointer() && typesDiffer(item, v)) other = item.object()->layout;
    else if (same < 0) return i;
  }
  return n;
}

[[gnu::noinline]] int64_t searchText(const Value* items, int64_t i, int64_t n, Value v) {
  const StrObject* text = asStr(v);
  const int64_t length = text->length;
  const uint8_t first = text->data()[0]; // of an empty one the zero behind it
  return search(items, i, n, v, [&](Value item) {
    return isExactStr(item) && (asStr(item)->length != length || asStr(item)->data()[0] != first || !sameText(item, v));
  });
}
int64_t searchTuple(const Value* items, int64_t i, int64_t n, Value v) {
  const Value first = asTuple(v)->size ? asTuple(v)->items[0] : Value();
  return search(items, i, n, v, [&](Value item) {
    if (!isExactTuple(item) || !asTuple(item)->size) return false;
    const Value other = asTuple(item)->items[0];
    return other.isSmallInt() && first.isSmallInt() && other != first;
  });
}
[[gnu::noinline]] int64_t searchOther(const Value* items, int64_t i, int64_t n, Value v) {
  if (v.isSmallInt()) return search(items, i, n, v, [](Value item) { return item.isSmallInt(); });
  if (isExactTuple(v)) return searchTuple(items, i, n, v);
  return search(items, i, n, v, [](Value) { return false; });
}

} // namespace

int64_t firstToAsk(const Value* items, int64_t from, int64_t n, Value v) {
  if (!isExactStr(v)) return searchOther(items, from, n, v);
  // Among texts, most are others by their length; where both are interned, all are.
  const StrObject* text = asStr(v);
  for (; from < n; ++from) {
    const Value item = items[from];
    if (item == v) return from;
    if (!isExactStr(item)) return searchText(items, from, n, v);
    const StrObject* s = asStr(item);
    if (s->length == text->length && !(s->flags & text->flags & kStrInterned)) return searchText(items, from, n, v);
  }
  return n;
}

int32_t findItemFrom(const Value* items, int64_t* i, int64_t n, Value v) {
  for (; (*i = firstToAsk(items, *i, n, v)) < n; ++*i)
    if (const int32_t r = keysEqual(items[*i], v)) return r;
  return 0;
}

int64_t firstSame(const Value* items, int64_t from, int64_t n, Value v) {
  constexpr int64_t kBlock = 8; // compared without a branch each
  for (; n - from >= kBlock; from += kBlock) {
    bool met = false;
    for (int64_t k = 0; k < kBlock; ++k) met |= items[from + k] == v;
    if (met) break;
  }
  while (from < n && items[from] != v) ++from;
  return from;
}

} // namespace krait
