// zip, map and filter: the lazy builtins over several iterables or a function.
#include <algorithm>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slow_calls.h"
#include "runtime/object/slow_operators.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/many_steps.h"
#include "runtime/types/result_tuple.h"
#include "runtime/types/stepping.h"
#include "runtime/types/str_iter.h"

namespace krait {

static Value self(Value v) { return newRef(v); }

/// A tuple of iterators over args[from…], or null.
static Value iterateAll(const Args& args, size_t from) {
  size_t n = args.count - from;
  if (n == 0) return emptyTuple();
  Ref tuple(newTuple(static_cast<int64_t>(n)));
  if (!tuple) return Value();
  for (size_t i = 0; i < n; ++i) {
    Value it = iterate(args[from + i]);
    if (!it) return Value();
    asTuple(tuple)->items[i] = it;
  }
  return tuple.release();
}
// ---- zip --------------------------------------------------------------------

namespace {
ZipObject* asZip(Value v) { return v.as<ZipObject>(); }
} // namespace

static void zipDealloc(Object* o) {
  gcUntrack(o);
  auto* z = reinterpret_cast<ZipObject*>(o);
  xdecref(z->iterators);
  xdecref(z->result);
  dropHeld(z->held);
  releaseObjectOf<kLayoutGc>(zipType, o);
}
static int zipTraverse(Object* o, Visit visit, void* context) {
  auto* z = reinterpret_cast<ZipObject*>(o);
  if (int r = visit(z->iterators, context)) return r;
  if (int r = visitHeld(z->held, visit, context)) return r;
  return visit(z->result, context);
}
static Value zipConstruct(Type* t, const Args& args) {
  int32_t strict = 0;
  if (args.nameCount() > 1)
    return raise(TypeErrorType, "zip() takes at most 1 keyword argument (%zd given)", static_cast<int64_t>(args.nameCount()));
  for (size_t i = 0; i < args.nameCount(); ++i) {
    Value name = asTuple(args.names)->items[i];
    if (!strEqual(name, "strict"))
      return raise(TypeErrorType, "'%U' is an invalid keyword argument for zip()", name);
    strict = isTrue(args[args.count + i]);
    if (strict < 0) return Value();
  }
  Ref iterators(iterateAll(args, 0));
  if (!iterators) return Value();
  Value v = t == &zipType ? Value(&newObjectOf<ZipObject>(zipType)->header) : allocateOf(t, 0);
  if (!v) return v;
  asZip(v)->iterators = iterators.release();
  asZip(v)->strict = strict;
  for (Value& h : asZip(v)->held) h = kHoldsNothing;
  gcTrack(v.object());
  return v;
}

static Value raiseUneven(int64_t i, const char* how) {
  return raise(ValueErrorType, "zip() argument %d is %s than argument%s%d", static_cast<int>(i + 1), how,
               i == 1 ? " " : "s 1-", static_cast<int>(i));
}
/// Iterator `i` ended first: with strict=True all must end at the same time. Always false.
static bool checkEnds(ZipObject* z, int64_t i) {
  if (!z->strict || endOfSteps() < 0) return false;
  if (i) return raiseUneven(i, "shorter"), false;
  for (i = 1; i < asTuple(z->iterators)->size; ++i) {
    Ref item(stepOf(asTuple(z->iterators)->items[i]));
    if (item) return raiseUneven(i, "longer"), false;
    if (errorSet()) return false;
  }
  return false;
}
/// The item that the iterator of a list or tuple gives next, which stays where it is, the index to count up once it is taken, and how many
/// there are; null: there is none, or it is another iterator.
struct ItemAhead { const Value* item = nullptr; int64_t *index = nullptr, left = 0; };
[[gnu::always_inline]] static inline ItemAhead itemAhead(Value iterator) {
  const Layout* l = iterator.object()->layout;
  if (l == &listIteratorType.instanceLayout) [[likely]] {
    auto* it = iterator.as<ListIterator>();
    if (it->list && it->index < asList(it->list)->size) [[likely]] return {asList(it->list)->items + it->index, &it->index, asList(it->list)->size - it->index};
  } else if (l == &tupleIteratorType.instanceLayout) {
    auto* it = iterator.as<TupleIterator>();
    if (it->tuple && it->index < asTuple(it->tuple)->size) [[likely]] return {asTuple(it->tuple)->items + it->index, &it->index, asTuple(it->tuple)->size - it->index};
  }
  return {};
}
constexpr int64_t kMostColumns = 64; // as a text or a table has
/// The next items of as many iterators of lists and tuples, none of which stands there twice.
struct RowsAhead {
  const Value* items[kMostColumns];
  int64_t* indices[kMostColumns];
};
/// How many rows there are ahead: 0 of other iterators.
static int64_t lookAhead(const TupleObject* iterators, RowsAhead& ahead) {
  if (iterators->size > kMostColumns) return 0;
  int64_t rows = INT64_MAX;
  for (int64_t i = 0; i < iterators->size; ++i) {
    const ItemAhead column = itemAhead(iterators->items[i]);
    if (!column.item || iterators->items[i].object()->refs != 1) return 0;
    ahead.items[i] = column.item;
    ahead.indices[i] = column.index;
    rows = std::min(rows, column.left);
  }
  return rows;
}
/// Owned items of row `n` of them.
static void takeRow(const RowsAhead& ahead, int64_t columns, int64_t n, Value* row) {
  for (int64_t i = 0; i < columns; ++i) {
    row[i] = newRef(ahead.items[i][n]);
    ++*ahead.indices[i];
  }
}
/// Tuples of the next rows, up to `rows` of them or to a collection, which may step the iterators. How many; -1 with MemoryError.
static int64_t tuplesAhead(const RowsAhead& ahead, int64_t columns, Value* out, int64_t rows) {
  const uint64_t birth = gcState.birth;
  Value row[kMostColumns];
  int64_t n = 0;
  do {
    takeRow(ahead, columns, n, row);
    out[n] = krt_tuple_new(row, static_cast<uint64_t>(columns));
    if (!out[n]) return dropMany(out, n, nullptr, 0);
  } while (++n < rows && gcState.birth == birth);
  return n;
}
/// The items as the iterators step, into a new tuple, which is gone before the others are asked whether they end, too. False: one ended, or an error.
static bool stepRow(ZipObject* z, Ref& result) {
  TupleObject* t = asTuple(result);
  for (int64_t i = 0; i < t->size; ++i) t->items[i] = none(); // somebody may find it meanwhile
  for (int64_t i = 0; i < t->size; ++i) {
    Value item = stepThrough(asTuple(z->iterators)->items[i]);
    if (!item) {
      result.reset();
      return checkEnds(z, i);
    }
    t->items[i] = item;
  }
  return true;
}
/// A tuple that is there before its items, as one sees by the order in which they are collected at the end. Null: one iterator
/// ended, or an error.
static Value fillNew(ZipObject* z) {
  TupleObject* iterators = asTuple(z->iterators);
  Ref result(newTuple(iterators->size));
  if (!result) return Value();
  RowsAhead ahead;
  if (lookAhead(iterators, ahead) > 0) takeRow(ahead, iterators->size, 0, asTuple(result)->items);
  else if (!stepRow(z, result)) return Value();
  if (!z->result) {
    z->result = newRef(result);
    holdNothing(z->held);
  }
  return result.release();
}
/// Whether items may be made as the iterators step, so that they are younger than a tuple that waits for them.
static bool makesAny(ZipObject* z) {
  TupleObject* iterators = asTuple(z->iterators);
  for (int64_t i = 0; i < iterators->size; ++i) {
    const Type* t = typeOf(iterators->items[i]);
    if (t == &listIteratorType || t == &tupleIteratorType || t == &rangeIteratorType || t == &strAsciiIteratorType || t == &strIteratorType) continue;
    if (t != &dictKeyIteratorType && t != &dictValueIteratorType && t != &setIteratorType) return true;
  }
  return false;
}
/// Owned items of the two iterators; false: one ended, or an error.
static bool stepBoth(ZipObject* z, Value* pair) {
  TupleObject* iterators = asTuple(z->iterators);
  Ref a(stepThrough(iterators->items[0]));
  if (!a) return checkEnds(z, 0);
  Ref b(stepThrough(iterators->items[1]));
  if (!b) return checkEnds(z, 1);
  pair[0] = a.release();
  pair[1] = b.release();
  return true;
}
/// The next items of two lists or tuples that both have one left; else false, and nothing has happened.
[[gnu::always_inline]] static inline bool stepSequences(const ZipObject* z, Value* pair) {
  const Value* iterators = asTuple(z->iterators)->items;
  if (iterators[0] == iterators[1]) return false;
  const ItemAhead a = itemAhead(iterators[0]), b = itemAhead(iterators[1]);
  if (!a.item || !b.item) return false;
  pair[0] = newRef(*a.item);
  pair[1] = newRef(*b.item);
  ++*a.index;
  ++*b.index;
  return true;
}
/// The next items in the tuple that is kept.
static Value refill(ZipObject* z) {
  return refillTuple(z->result, [z](int64_t i) {
    Value item = stepThrough(asTuple(z->iterators)->items[i]);
    if (!item) checkEnds(z, i);
    return item;
  });
}
/// Of two iterators, and neither a tuple nor items of before are kept.
static inline bool keepsNothing(const ZipObject* z) {
  return !z->result && asTuple(z->iterators)->size == 2 && z->held[0] == kHoldsNothing && z->held[1] == kHoldsNothing;
}
bool zipOfSequences(Value v, Value* out) { return keepsNothing(asZip(v)) && stepSequences(asZip(v), out); }
int64_t zipTextsAhead(Value v, Value* out, int64_t room) {
  if (!keepsNothing(asZip(v))) return 0;
  RowsAhead ahead;
  const int64_t rows = std::min(lookAhead(asTuple(asZip(v)->iterators), ahead), room);
  int64_t n = 0;
  for (; n < rows && isExactStr(ahead.items[0][n]); ++n) {
    out[2 * n] = newRef(ahead.items[0][n]);
    out[2 * n + 1] = newRef(ahead.items[1][n]);
  }
  return n;
}
void zipSkip(Value v, int64_t rows) {
  for (int64_t i = 0; rows && i < 2; ++i) *itemAhead(asTuple(asZip(v)->iterators)->items[i]).index += rows;
}
/// zipPair() of two sequences, where no item of before dies now, whose death would come between the steps; else false, and nothing has happened.
[[gnu::always_inline]] static inline bool sequencesPair(ZipObject* z, Value* out) {
  if (z->result || asTuple(z->iterators)->size != 2) return false;
  const Value a = z->held[0], b = z->held[1];
  const bool holdsNone = a == kHoldsNothing && b == kHoldsNothing;
  if ((!holdsNone && !liveOn(a, b)) || !stepSequences(z, out)) return false;
  if (holdsNone && !out[0].isPointer() && !out[1].isPointer()) return true;
  holdNext(z->held[0], out[0]);
  holdNext(z->held[1], out[1]);
  return true;
}
/// Any other.
[[gnu::noinline]] static int32_t pairSlow(ZipObject* z, Value* out) {
  if (isReusable(z->result)) {
    out[0] = refill(z);
    return out[0] ? 1 : endOfSteps();
  }
  if (asTuple(z->iterators)->size != 2 || (z->result && makesAny(z))) {
    out[0] = krt_next_slow(Value(&z->header));
    return out[0] ? 1 : errorSet() ? -1 : 0;
  }
  if (z->result) { // somebody else has it
    if (!stepBoth(z, out)) return endOfSteps();
    return joinPair(z->result, out);
  }
  // As in the tuple that is not made, the item of before dies before the next iterator steps.
  for (int64_t i = 0; i < 2; ++i) {
    out[i] = stepThrough(asTuple(z->iterators)->items[i]);
    if (!out[i]) {
      checkEnds(z, i);
      if (i) decref(out[0]);
      return endOfSteps();
    }
    hold(z->result, z->held[i], out[i]);
  }
  return 2;
}
int32_t zipPair(Value v, Value* out) { return sequencesPair(asZip(v), out) ? 2 : pairSlow(asZip(v), out); }
/// How many more items takeMany() gives of it at least, if nothing runs; 0 of iterators that do not say.
static int64_t itemsLeft(Value iterator) {
  const Type* t = typeOf(iterator);
  if (t == &listIteratorType) {
    const auto* it = iterator.as<ListIterator>();
    return it->list ? asList(it->list)->size - it->index : 0;
  }
  if (t == &tupleIteratorType) {
    const auto* it = iterator.as<TupleIterator>();
    return it->tuple ? asTuple(it->tuple)->size - it->index : 0;
  }
  if (t == &rangeIteratorType) return iterator.as<RangeIterator>()->remaining;
  if (t == &strAsciiIteratorType || t == &strIteratorType) {
    const auto* it = iterator.as<StrIterator>();
    return it->text ? asStr(it->text)->length - it->index : 0;
  }
  if (t != &dictKeyIteratorType && t != &dictValueIteratorType) return 0;
  const auto* it = iterator.as<DictIterator>();
  const DictObject* d = it->dict ? asDict(it->dict) : nullptr;
  // Where entries were taken out, those that are left would have to be counted.
  return d && it->used == d->used && !d->split && d->entryCount == d->used ? std::min(it->remaining, d->entryCount - it->position) : 0;
}
/// Whether one iterator is in all places, in none twice, or neither. Of one that nobody else holds that is known.
enum class Places { Own, Shared, Mixed };
static Places placesOf(const TupleObject* iterators) {
  int64_t same = 0;
  for (int64_t i = 0; i < iterators->size; ++i) {
    if (iterators->items[i].object()->refs == 1) continue;
    for (int64_t k = 0; k < i; ++k) same += iterators->items[k] == iterators->items[i];
  }
  return !same ? Places::Own : same == iterators->size * (iterators->size - 1) / 2 ? Places::Shared : Places::Mixed;
}
/// Items of `rows` tuples, item i of tuple r at out[i * rows + r]; `shared`: at out[r * columns + i]. How many tuples; -1 with MemoryError.
static int64_t takeRows(const TupleObject* iterators, bool shared, Value* out, int64_t rows) {
  const int64_t columns = iterators->size;
  for (int64_t i = 0; i < columns; ++i) rows = std::min(rows, shared ? itemsLeft(iterators->items[0]) / columns : itemsLeft(iterators->items[i]));
  if (rows <= 0) return 0;
  if (shared) return takeMany(iterators->items[0], out, rows * columns) < 0 ? -1 : rows;
  for (int64_t i = 0; i < columns; ++i)
    if (takeMany(iterators->items[i], out + i * rows, rows) < 0) [[unlikely]] return dropMany(out, i * rows, nullptr, 0);
  return rows;
}
int64_t zipMany(Value v, Value* out, int64_t room) {
  const ZipObject* z = asZip(v);
  const TupleObject* iterators = asTuple(z->iterators);
  const int64_t columns = iterators->size;
  // Somebody holds the first tuple, so that the others are new. A collection may step the iterators meanwhile.
  if (columns < 2 || columns > kMostColumns || !z->result || isReusable(z->result)) return 0;
  if (columns > 2) {
    RowsAhead ahead;
    if (const int64_t rows = std::min(lookAhead(iterators, ahead), room)) return tuplesAhead(ahead, columns, out, rows);
  }
  const Places places = placesOf(iterators);
  if (places == Places::Mixed) return 0;
  const bool shared = places == Places::Shared;
  constexpr int64_t kMostItems = kMostColumns; // so that there is room for a row
  Value items[kMostItems], row[kMostColumns];
  for (int64_t n = 0;;) {
    const int64_t rows = takeRows(iterators, shared, items, std::min(kMostItems / columns, room - n));
    if (rows < 0) [[unlikely]] return dropMany(out, n, nullptr, 0);
    if (rows == 0) return n;
    const int64_t next = shared ? 1 : rows; // from an item of a tuple to the next one
    for (int64_t r = 0; r < rows; ++r) {
      Value* first = items + (shared ? r * columns : r);
      if (columns == 2) {
        out[n] = newPair(first[0], first[next]);
      } else {
        for (int64_t i = 0; i < columns; ++i) row[i] = first[i * next];
        out[n] = krt_tuple_new(row, static_cast<uint64_t>(columns));
      }
      if (out[n]) [[likely]] {
        ++n;
        continue;
      }
      while (++r < rows)
        for (int64_t i = 0; i < columns; ++i) decref(items[shared ? r * columns + i : i * rows + r]);
      return dropMany(out, n, nullptr, 0);
    }
  }
}
/// Whether nobody sees when the items of the tuple that is kept die, which is before the next ones are taken.
static inline bool mayStepTogether(Value kept) {
  if (!isReusable(kept)) return true;
  const Value a = asTuple(kept)->items[0], b = asTuple(kept)->items[1];
  return liveOn(a, b) || (diesUnseen(a) && diesUnseen(b));
}
static Value zipNext(Value v) {
  ZipObject* z = asZip(v);
  int64_t n = asTuple(z->iterators)->size;
  if (n == 0) return Value();
  Value pair[2];
  if (n != 2 || !mayStepTogether(z->result) || !stepSequences(z, pair)) {
    if (isReusable(z->result)) return refill(z);
    if (n != 2 || makesAny(z)) return fillNew(z);
    if (!stepBoth(z, pair)) return Value();
  }
  return nextPair(z->result, z->held, pair[0], pair[1]);
}
static Value zipReduce(Value v) {
  ZipObject* z = asZip(v);
  if (z->strict) return newTuple({asValue(typeOf(v)), z->iterators, boolean(true)});
  return newTuple({asValue(typeOf(v)), z->iterators});
}
static Value zipSetState(Value v, Value state) {
  int32_t strict = isTrue(state);
  if (strict < 0) return Value();
  asZip(v)->strict = strict;
  return none();
}
static constexpr MethodDef zipMethods[] = {
    {"__reduce__", zipReduce, "($self, /)", kMethodUnsigned}, {"__setstate__", zipSetState}, {}};

constinit Type zipType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "zip",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnGetAttr,
    .instanceLayout = {.type = &zipType, .size = sizeof(ZipObject), .flags = kLayoutGc},
    .dealloc = zipDealloc,
    .traverse = zipTraverse,
    .iter = self,
    .next = zipNext,
    .construct = zipConstruct,
    .make = [](Value a) { return zipConstruct(&zipType, {&a, a ? size_t{1} : 0, {}}); },
    .methods = zipMethods,
};

// ---- map --------------------------------------------------------------------

namespace {
struct MapObject { Object header; Value iterators, function; };
MapObject* asMap(Value v) { return v.as<MapObject>(); }
} // namespace

static void mapDealloc(Object* o) {
  gcUntrack(o);
  auto* m = reinterpret_cast<MapObject*>(o);
  xdecref(m->iterators);
  xdecref(m->function);
  releaseObjectOf<kLayoutGc>(mapType, o);
}
static int mapTraverse(Object* o, Visit visit, void* context) {
  auto* m = reinterpret_cast<MapObject*>(o);
  if (int r = visit(m->iterators, context)) return r;
  return visit(m->function, context);
}
static Value mapConstruct(Type* t, const Args& args) {
  if (rejectsKeywords(t, mapType) && checkNoKeywords("map", args) < 0) return Value();
  if (args.count < 2) return raise(TypeErrorType, "map() must have at least two arguments.");
  Ref iterators(iterateAll(args, 1));
  if (!iterators) return Value();
  Value v = t == &mapType ? Value(&newObjectOf<MapObject>(mapType)->header) : allocateOf(t, 0);
  if (!v) return v;
  asMap(v)->iterators = iterators.release();
  asMap(v)->function = newRef(args[0]);
  gcTrack(v.object());
  return v;
}
[[gnu::noinline]] static Value mapTwo(MapObject* m, const TupleObject* iterators) {
  const Value a = stepThrough(iterators->items[0]);
  if (!a) return Value();
  const Value b = stepThrough(iterators->items[1]);
  if (b) [[likely]] return krt_call2(m->function, a, b);
  decref(a);
  return Value();
}
[[gnu::noinline]] static Value mapAnyhow(MapObject* m) {
  TupleObject* iterators = asTuple(m->iterators);
  int64_t n = iterators->size;
  if (n == 1) {
    const Value item = stepThroughSlow(iterators->items[0]); // none was at hand
    return item ? callLast(m->function, item) : Value();
  }
  Value items[8];
  if (n > 8) {
    Ref list(newList(0));
    for (int64_t i = 0; i < n; ++i) {
      Ref item(stepThrough(iterators->items[i]));
      if (!item || listAppend(list, item) < 0) return Value();
    }
    return call(m->function, Args{asList(list)->items, static_cast<size_t>(n), Value()});
  }
  for (int64_t i = 0; i < n; ++i) {
    items[i] = stepThrough(iterators->items[i]);
    if (!items[i]) {
      while (--i >= 0) decref(items[i]);
      return Value();
    }
  }
  return krt_call_n(m->function, items, static_cast<uint64_t>(n));
}
static Value mapNext(Value v) {
  MapObject* m = asMap(v);
  const TupleObject* iterators = asTuple(m->iterators);
  if (iterators->size == 1)
    if (const Value item = stepAtOnce(iterators->items[0])) [[likely]] return callLast(m->function, item);
  return iterators->size == 2 ? mapTwo(m, iterators) : mapAnyhow(m);
}
static Value mapReduce(Value v) {
  MapObject* m = asMap(v);
  int64_t n = asTuple(m->iterators)->size;
  Ref args(newTuple(n + 1));
  if (!args) return Value();
  asTuple(args)->items[0] = newRef(m->function);
  for (int64_t i = 0; i < n; ++i) asTuple(args)->items[i + 1] = newRef(asTuple(m->iterators)->items[i]);
  return newTuple({asValue(typeOf(v)), args});
}
static constexpr MethodDef mapMethods[] = {{"__reduce__", mapReduce, "($self, /)", kMethodUnsigned}, {}};

constinit Type mapType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "map",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnGetAttr | kTypeMadeFlat,
    .instanceLayout = {.type = &mapType, .size = sizeof(MapObject), .flags = kLayoutGc},
    .dealloc = mapDealloc,
    .traverse = mapTraverse,
    .iter = self,
    .next = mapNext,
    .construct = mapConstruct,
    .methods = mapMethods,
    .doc = "The results of a function on the items of one or more iterables.",
};

// ---- filter -----------------------------------------------------------------

namespace {
struct FilterObject { Object header; Value iterator, function; };
FilterObject* asFilter(Value v) { return v.as<FilterObject>(); }
} // namespace

static void filterDealloc(Object* o) {
  gcUntrack(o);
  auto* f = reinterpret_cast<FilterObject*>(o);
  xdecref(f->function);
  xdecref(f->iterator);
  releaseObjectOf<kLayoutGc>(filterType, o);
}
static int filterTraverse(Object* o, Visit visit, void* context) {
  auto* f = reinterpret_cast<FilterObject*>(o);
  if (int r = visit(f->iterator, context)) return r;
  return visit(f->function, context);
}
static Value filterConstruct(Type* t, const Args& args) {
  if (rejectsKeywords(t, filterType) && checkNoKeywords("filter", args) < 0) return Value();
  if (checkPositional("filter", args.positional(), 2, 2) < 0) return Value();
  Ref it(iterate(args[1]));
  if (!it) return Value();
  Value v = t == &filterType ? Value(&newObjectOf<FilterObject>(filterType)->header) : allocateOf(t, 0);
  if (!v) return v;
  asFilter(v)->iterator = it.release();
  asFilter(v)->function = newRef(args[0]);
  gcTrack(v.object());
  return v;
}
static Value filterTrue(FilterObject* f) {
  while (const Value item = stepThrough(f->iterator)) {
    const int32_t good = item.isSmallInt() ? item.smallInt() != 0 : isTrue(item);
    if (good > 0) [[likely]] return item;
    decref(item);
    if (good < 0) break;
  }
  return Value();
}
[[gnu::noinline]] static Value filterBy(FilterObject* f) {
  while (const Value item = stepThrough(f->iterator)) {
    Ref answer(callKept(f->function, item));
    const int32_t good = answer ? isTrue(answer) : -1;
    answer.reset();
    if (good > 0) return item;
    decref(item);
    if (good < 0) break;
  }
  return Value();
}
static Value filterNext(Value v) {
  FilterObject* f = asFilter(v);
  return isNone(f->function) || f->function == asValue(&boolType) ? filterTrue(f) : filterBy(f);
}
static Value filterReduce(Value v) {
  Ref args(newTuple({asFilter(v)->function, asFilter(v)->iterator}));
  return args ? newTuple({asValue(typeOf(v)), args}) : Value();
}
static constexpr MethodDef filterMethods[] = {{"__reduce__", filterReduce, "($self, /)", kMethodUnsigned}, {}};

constinit Type filterType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "filter",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnGetAttr | kTypeMadeFlat,
    .instanceLayout = {.type = &filterType, .size = sizeof(FilterObject), .flags = kLayoutGc},
    .dealloc = filterDealloc,
    .traverse = filterTraverse,
    .iter = self,
    .next = filterNext,
    .construct = filterConstruct,
    .methods = filterMethods,
    .doc = "The items for which a function answers true; with None, the items that are true.",
};

} // namespace krait
