// list.sort. A look at the keys picks how: small ints, floats, bools, exact strs and tuples or
// lists that begin with such are left alone if they are in order already, are sorted by
// words where that pays (word_sort.cpp), else by timsort with an order that does not leave
// C++; anything else asks `<` and may run code. The list is empty while it is being sorted,
// with capacity -1 to detect changes; but a few small ints or single characters, of which the words tell the order, are moved where they stand.
#include "runtime/memory/alloc.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slow_calls.h"
#include "runtime/types/list_blocks.h"
#include "runtime/types/word_sort.h"

namespace krait {
namespace {

struct GeneralOrder {
  int less(Value a, Value b) const { return compareBool(a, b, kLt); }
};
/// Instances of one class, whose own comparison is asked at once, and once more with all else if it has no answer.
struct OneClassOrder {
  Value (*compare)(Value a, Value b, int op);
  int less(Value a, Value b) const {
    if (typeOf(a)->compare != compare) [[unlikely]] return compareBool(a, b, kLt); // a comparison may have changed classes
    Ref answer(compare(a, b, kLt));
    if (answer == boolean(true)) return 1;
    if (answer == boolean(false)) return 0;
    if (!answer) return -1;
    return answer == notImplemented() ? compareBool(a, b, kLt) : isTrue(answer);
  }
};
/// Lists, and tuples of a class that leaves the order to them: items that are plain are compared in place.
struct RowOrder {
  int less(Value a, Value b) const {
    const int32_t plain = plainlyLess(a, b);
    return plain >= 0 ? plain : compareBool(a, b, kLt);
  }
};
/// Of one type of the library whose values are plain keys: dates.
struct PlainKeysOrder {
  int less(Value a, Value b) const {
    const int32_t order = orderPlainKeys(a, b);
    return order > 1 ? compareBool(a, b, kLt) : order < 0;
  }
};
/// Non-empty exact tuples.
struct TupleOrder {
  int less(Value a, Value b) const {
    TupleObject *x = asTuple(a), *y = asTuple(b);
    int64_t n = x->size < y->size ? x->size : y->size, i = 0;
    for (; i < n; ++i) {
      const Value left = x->items[i], right = y->items[i];
      if (left == right) continue;
      if (isExactStr(left) && isExactStr(right)) { // equal or not, one look
        if (const int order = strCompare(left, right)) return order < 0;
        continue;
      }
      const int32_t same = keysEqual(left, right);
      if (same < 0) return -1;
      if (!same) break;
    }
    if (i >= n) return x->size < y->size;
    const int32_t plain = plainlyLess(x->items[i], y->items[i]);
    return plain >= 0 ? plain : compareBool(x->items[i], y->items[i], kLt);
  }
};
/// The same; First orders their first items when those decide.
template <class First> struct TupleOrderBy {
  int less(Value a, Value b) const {
    const int order = First().order(asTuple(a)->items[0], asTuple(b)->items[0]);
    return order ? order < 0 : TupleOrder().less(a, b);
  }
};

template <class Order> bool sortBy(Span all, int64_t n, Order order = {}) { return TimSort<Order>(order, all, n).sort(all); }

/// Whether none of the keys is less than the one before it.
template <class Order> bool isInOrder(Span all, int64_t n) {
  for (int64_t i = 1; i < n; ++i)
    if (Order().less(all.keys[i], all.keys[i - 1])) return false;
  return true;
}
/// Keys that are all of `kind`, which is Order's.
template <class Order> bool sortKind(Span all, int64_t n, KeyKind kind) {
  return isInOrder<Order>(all, n) || sortByWords(all, n, kind, false) || sortBy<Order>(all, n);
}
/// Tuples whose first items are all of `kind`, which is First's. Where each of those is less than the next nothing else is asked.
template <class First> bool sortTuples(Span all, int64_t n, KeyKind kind) {
  int64_t i = 1;
  while (i < n && First().order(asTuple(all.keys[i - 1])->items[0], asTuple(all.keys[i])->items[0]) < 0) ++i;
  return i == n || sortByWords(all, n, kind, true) || sortBy<TupleOrderBy<First>>(all, n);
}

/// The class, other than int, that all keys are instances of; null if there is none.
const Type* commonClass(Span all, int64_t n) {
  const Type* t = readyTypeOf(all.keys[0]);
  if (t == &intType || !t->compare) return nullptr;
  for (int64_t i = 1; i < n; ++i)
    if (typeOf(all.keys[i]) != t) return nullptr;
  return t;
}

/// Chooses the order for these keys and sorts.
bool sortChoosing(Span all, int64_t n) {
  const bool tuples = isExactTuple(all.keys[0]) && Row(all.keys[0]).size > 0;
  const bool rows = tuples || (isExactList(all.keys[0]) && Row(all.keys[0]).size > 0);
  auto probe = [&](int64_t i) { return rows ? Row(all.keys[i]).items[0] : all.keys[i]; };
  KeyKind kind = kindOfKey(probe(0));
  int64_t i = 1;
  if (kind == KeyKind::SmallInt && !rows)
    while (i < n && all.keys[i].isSmallInt()) ++i;
  for (; i < n; ++i) {
    if (rows && !((tuples ? isExactTuple(all.keys[i]) : isExactList(all.keys[i])) && Row(all.keys[i]).size > 0))
      return sortBy<GeneralOrder>(all, n);
    if (kind != KeyKind::General) kind = joinKinds(kind, kindOfKey(probe(i)));
    else if (!rows) break;
  }
  if (rows && !tuples) return sortByWords(all, n, kind, true) || sortBy<RowOrder>(all, n);
  if (tuples) {
    switch (kind) {
    case KeyKind::SmallInt: return sortTuples<SmallIntOrder>(all, n, kind);
    case KeyKind::Float:
    case KeyKind::AnyFloat: return sortTuples<AnyFloatOrder>(all, n, kind);
    case KeyKind::Latin:
    case KeyKind::Str: return sortTuples<StrOrder>(all, n, kind);
    case KeyKind::Truth: return sortTuples<TruthOrder>(all, n, kind);
    case KeyKind::General: return sortBy<TupleOrder>(all, n);
    }
  }
  switch (kind) {
  case KeyKind::SmallInt: return sortKind<SmallIntOrder>(all, n, kind);
  case KeyKind::Float: return sortKind<FloatOrder>(all, n, kind);
  case KeyKind::AnyFloat: return sortKind<AnyFloatOrder>(all, n, kind);
  case KeyKind::Latin: return sortKind<LatinOrder>(all, n, kind);
  case KeyKind::Str: return sortKind<StrOrder>(all, n, kind);
  case KeyKind::Truth: return sortKind<TruthOrder>(all, n, kind);
  case KeyKind::General: break;
  }
  const Type* t = commonClass(all, n);
  if (t && t->flags & kTypePlainKey) return sortBy<PlainKeysOrder>(all, n);
  if (t && t->compare == tupleType.compare) return sortBy<RowOrder>(all, n);
  if (t) return sortBy(all, n, OneClassOrder{t->compare});
  return sortBy<GeneralOrder>(all, n);
}

/// Calls `key` on every item into `keys`; on error releases what was made.
bool makeKeys(Value key, Value* items, Value* keys, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    keys[i] = callKept(key, items[i]);
    if (!keys[i]) {
      while (--i >= 0) decref(keys[i]);
      return false;
    }
  }
  return true;
}

/// A few small ints, or shared characters, which stand in the order of their addresses: by insertion. False: there are others, and nothing was moved.
bool sortFewWords(Value* items, int64_t n, bool reverse) {
  constexpr int64_t kFewest = 2, kFew = 16;
  if (n < kFewest || n > kFew) return false;
  const bool ints = items[0].isSmallInt();
  for (int64_t i = 0; i < n; ++i) {
    constexpr uint64_t kEnd = sizeof krt_latin1_chars;
    if (ints ? !items[i].isSmallInt() : items[i].bits - latin1Char(0).bits >= kEnd) return false;
  }
  for (int64_t i = 1; i < n; ++i) {
    const Value moved = items[i];
    const auto word = static_cast<int64_t>(moved.bits);
    int64_t to = i;
    for (; to && (reverse ? static_cast<int64_t>(items[to - 1].bits) < word : static_cast<int64_t>(items[to - 1].bits) > word); --to) items[to] = items[to - 1];
    items[to] = moved;
  }
  return true;
}

} // namespace

int32_t listSort(Value list, Value key, bool reverse) {
  ListObject* l = asList(list);
  if (key && isNone(key)) key = Value();
  if (!key && sortFewWords(l->items, l->size, reverse)) return 0;
  Value* items = l->items;
  int64_t n = l->size, capacity = l->capacity;
  const uint32_t content = l->content, front = l->front;
  l->items = nullptr;
  l->size = 0;
  l->capacity = -1;
  l->content = kContentEmpty;
  l->front = 0;

  bool ok = true;
  Span all{items, nullptr};
  Value* keys = nullptr;
  if (key && n) {
    keys = static_cast<Value*>(allocate(static_cast<size_t>(n) * sizeof(Value)));
    ok = keys && makeKeys(key, items, keys, n);
    if (ok) {
      all = {keys, items};
    } else if (keys) {
      deallocate(keys);
      keys = nullptr;
    }
  }
  if (ok && n > 1) {
    // Stability in reverse: reverse, sort, reverse.
    if (reverse) reverseSpan(all, n);
    ok = sortChoosing(all, n);
    if (reverse) reverseSpan(all, n);
  }
  if (keys) {
    for (int64_t i = 0; i < n; ++i) decref(keys[i]);
    deallocate(keys);
  }
  if (l->capacity != -1 && ok) {
    raise(ValueErrorType, "list modified during sort");
    ok = false;
  }
  Value *stray = l->items, *strayBlock = blockOf(l);
  int64_t strayCount = l->size;
  l->items = items;
  l->size = n;
  l->capacity = capacity;
  l->content = content;
  l->front = front;
  if (stray) {
    while (--strayCount >= 0) xdecref(stray[strayCount]);
    deallocate(strayBlock);
  }
  return ok ? 0 : -1;
}

} // namespace krait
