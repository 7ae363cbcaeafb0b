// list: a growing array of words with sticky content bits. Growth, the order in
// which items die and getsizeof follow CPython's. The array is in list_storage.cpp, subscripts
// in list_subscript.cpp, sorting in list_sort.cpp, iterators in sequence_iterators.cpp.
#include <algorithm>
#include <cstring>
#include <utility>
#include "runtime/object/class_layout.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/dict.h"
#include "runtime/types/generator.h"
#include "runtime/types/int.h"
#include "runtime/types/item_search.h"
#include "runtime/types/iterators.h"
#include "runtime/types/key.h"
#include "runtime/types/list_blocks.h"
#include "runtime/types/many_steps.h"
#include "runtime/types/sequence.h"
#include "runtime/types/sequence_compare.h"
#include "runtime/types/str.h"

namespace krait {

/// The words of another array, without a call if they are few.
static inline void copyWords(Value* to, const Value* from, int64_t n) {
  if (n <= kFewWords) copyFewWords(to, from, n);
  else std::memcpy(static_cast<void*>(to), from, static_cast<size_t>(n) * sizeof(Value));
}

/// A list of shared references to `n` words, with room for `capacity`.
static inline Value listFrom(const Value* from, int64_t n, int64_t capacity, uint32_t content) {
  ListObject* l = makeList(capacity);
  if (!l) [[unlikely]] return Value();
  copyWords(l->items, from, n);
  shareItems(from, n, content);
  l->size = n;
  l->content = content;
  gcTrackNew(&l->header);
  return Value(&l->header);
}

/// Takes item i out: owned.
static inline Value takeOut(ListObject* l, int64_t i) {
  const Value v = l->items[i];
  const int64_t left = l->size - 1;
  if (i == 0 && left >= kFewToMove) {
    listDropFirst(l, 1);
    return v;
  }
  if (i < left) std::memmove(static_cast<void*>(l->items + i), l->items + i + 1, static_cast<size_t>(left - i) * sizeof(Value));
  if (resizeList(l, left) < 0) {
    errorClear();
    l->size = left;
  }
  if (left == 0) l->content = kContentEmpty;
  return v;
}

int32_t listInsert(Value list, int64_t i, Value v) {
  ListObject* l = asList(list);
  int64_t n = l->size;
  if (l->front && (i == 0 || i <= -n)) { // there was one before
    *--l->items = newRef(v);
    --l->front;
    ++l->capacity;
    ++l->size;
    noteContent(l, v);
    return 0;
  }
  if (resizeList(l, n + 1) < 0) return -1;
  if (i < 0) {
    i += n;
    if (i < 0) i = 0;
  }
  if (i > n) i = n;
  std::memmove(static_cast<void*>(l->items + i + 1), l->items + i, static_cast<size_t>(n - i) * sizeof(Value));
  l->items[i] = newRef(v);
  noteContent(l, v);
  return 0;
}

/// Appends `count` shared references; `from` may be the list's own array (of its size before). `known`: the content of `from`.
static int32_t extendFromArray(ListObject* l, const Value* from, int64_t count, bool self, uint32_t known) {
  if (count == 0) return 0;
  int64_t n = l->size;
  if (!l->items) {
    if (listPreallocate(l, count) < 0) return -1;
    l->size = count;
  } else if (resizeList(l, n + count) < 0) {
    return -1;
  }
  if (self) from = l->items;
  copyWords(l->items + n, from, count);
  shareItems(from, count, known);
  l->content &= known;
  return 0;
}

/// Makes room for what an iterable is said to have. -1 with MemoryError.
static int32_t reserveFor(ListObject* l, int64_t hint) {
  int64_t n = l->size;
  // A length that overflows is no length; all others are believed, and some have no memory anywhere.
  if (n > INT64_MAX / 16 - hint) return hint > INT64_MAX - n ? 0 : (raiseNoMemory(), -1);
  if (!l->items) return hint ? listPreallocate(l, hint) : 0;
  if (listResize(l, n + hint) < 0) return -1;
  l->size = n;
  return 0;
}
/// The characters of a text of Latin-1, which are there already, and immortal.
static inline void putCharacters(Value* to, const StrObject* s) {
  const uint8_t* const from = s->data();
  const int64_t n = s->length;
#pragma clang loop vectorize(disable) unroll(disable)
  for (int64_t i = 0; i < n; ++i) to[i] = latin1Char(from[i]);
}
/// What runs no code and cannot change meanwhile.
static int32_t extendFromText(ListObject* l, const StrObject* s) {
  if (reserveFor(l, s->length) < 0) return -1;
  if (s->length) l->content &= s->kind == 1 ? kNoCounts : 0;
  if (s->kind == 1) {
    putCharacters(l->items + l->size, s);
    l->size += s->length;
    return l->size < l->capacity ? listResize(l, l->size) : 0;
  }
  for (int64_t i = 0; i < s->length; ++i) {
    Value c = newStrFromChar(s->at(i));
    if (!c) return -1;
    l->items[l->size++] = c;
  }
  return l->size < l->capacity ? listResize(l, l->size) : 0;
}
static int32_t extendFromSet(ListObject* l, Value set) {
  if (reserveFor(l, asSet(set)->used) < 0) return -1;
  int64_t position = 0, hash;
  for (Value key; setNext(set, &position, &key, &hash);) {
    noteContent(l, key);
    l->items[l->size++] = newRef(key);
  }
  return l->size < l->capacity ? listResize(l, l->size) : 0;
}

/// The words of a range, which no code sees half done. 1: it has others than small ints.
static int32_t extendFromRange(ListObject* l, const RangeObject* r) {
  if (krt_numbers_are_objects || !r->start.isSmallInt() || !r->step.isSmallInt() || !r->length.isSmallInt()) return 1;
  const int64_t n = r->length.smallInt();
  int64_t last;
  if (n > 0 && (__builtin_mul_overflow(n - 1, r->step.smallInt(), &last) || __builtin_add_overflow(last, r->start.smallInt(), &last) ||
                last > Value::kSmallMax || last < Value::kSmallMin))
    return 1;
  if (reserveFor(l, n) < 0) return -1;
  if (n > 0) l->content &= kNoPointers | kNoCounts | kAllInt;
  for (int64_t i = 0, at = r->start.smallInt(); i < n; ++i, at += r->step.smallInt()) l->items[l->size++] = Value::ofSmallInt(at);
  return l->size < l->capacity ? listResize(l, l->size) : 0;
}

/// Of a dict or view, for which there is room.
static inline int32_t extendFromDict(ListObject* l, Value iterable, Value d) {
  if (dictItemsInto(l, iterable, d) < 0) return -1;
  return resizeList(l, l->size);
}

/// Appends owned items one by one, as far as others can tell; with an error they are gone.
static int32_t appendMany(ListObject* l, const Value* owned, int64_t count) {
  for (int64_t done = 0; done < count;) {
    const int64_t n = l->size;
    if (n == l->capacity) {
      if (listResize(l, n + 1) < 0) return static_cast<int32_t>(dropMany(nullptr, 0, owned + done, count - done));
      l->size = n;
    }
    const int64_t some = std::min(count - done, l->capacity - n);
    copyWords(l->items + n, owned + done, some);
    int64_t ints = 0; // most are of one kind
    while (ints < some && owned[done + ints].isSmallInt()) ++ints;
    if (ints) l->content &= kContentOfInt;
    l->content = contentWith(l->content, owned + done + ints, some - ints);
    l->size = n + some;
    done += some;
  }
  return 0;
}

/// By an iterator that has several steps at hand.
[[gnu::noinline]] static int32_t extendByMany(ListObject* l, Value it, TakeMany many) {
  constexpr int64_t kMost = 32;
  for (Value items[kMost];;) {
    int64_t n = many(it, items, kMost);
    if (n < 0 || appendMany(l, items, n) < 0) return -1;
    if (n == kMost) continue;
    items[0] = typeOf(it)->next(it); // there is no more, mostly
    if (!items[0]) return errorSet() && !errorClearIf(StopIterationType) ? -1 : resizeList(l, l->size);
    if (appendMany(l, items, 1) < 0) return -1;
  }
}

int32_t listExtend(Value list, Value iterable) {
  ListObject* l = asList(list);
  if (list == iterable && !isExactList(list)) { // by its own __iter__, which ends before the list grows
    const Ref items(newList(0));
    return items && listExtend(items, iterable) == 0 ? listExtend(list, items) : -1;
  }
  if (isExactList(iterable)) {
    ListObject* other = asList(iterable);
    return extendFromArray(l, other->items, other->size, list == iterable, other->content);
  }
  if (isExactTuple(iterable)) {
    const TupleObject* t = asTuple(iterable);
    return extendFromArray(l, t->items, t->size, false, contentWith(l->content, t->items, t->size));
  }
  if (Value d = dictIterated(iterable)) return reserveFor(l, dictSize(d)) < 0 ? -1 : extendFromDict(l, iterable, d);
  if (isExactStr(iterable)) return extendFromText(l, asStr(iterable));
  if (isExact(iterable, rangeType))
    if (const int32_t done = extendFromRange(l, iterable.as<RangeObject>()); done <= 0) return done;
  if (isExact(iterable, setType) || isExact(iterable, frozensetType)) return extendFromSet(l, iterable);
  Ref it(iterate(iterable));
  if (!it) return -1;
  int64_t hint = lengthHint(iterable, 8);
  if (hint < 0 || reserveFor(l, hint) < 0) return -1;
  UnaryFn step = typeOf(it)->next;
  if (const TakeMany many = manyOf(it)) return extendByMany(l, it, many);
  const bool isGenerator = isExact(it, generatorType);
  for (;;) {
    Value v = isGenerator ? generatorNext(it.as<GeneratorObject>()) : step(it);
    if (!v) {
      if (errorSet() && !errorClearIf(StopIterationType)) return -1;
      break;
    }
    int64_t at = l->size;
    if (at < l->capacity) {
      l->size = at + 1;
    } else if (listResize(l, at + 1) < 0) {
      decref(v);
      return -1;
    }
    l->items[at] = v;
    noteContent(l, v);
  }
  if (l->size < l->capacity && listResize(l, l->size) < 0) return -1;
  return 0;
}

Value newListOf(Value items) {
  if (isExactTuple(items)) {
    const TupleObject* t = asTuple(items);
    return listFrom(t->items, t->size, evenCapacity(t->size), contentWith(kContentEmpty, t->items, t->size));
  }
  if (isExactList(items)) return listFrom(asList(items)->items, asList(items)->size, evenCapacity(asList(items)->size), asList(items)->content);
  if (isExactStr(items) && asStr(items)->kind == 1) {
    const int64_t n = asStr(items)->length;
    ListObject* l = makeList(evenCapacity(n));
    if (!l) [[unlikely]] return Value();
    putCharacters(l->items, asStr(items));
    l->size = n;
    if (n) l->content = kNoCounts;
    gcTrackNew(&l->header);
    return Value(&l->header);
  }
  const bool isRange = isExact(items, rangeType);
  const Value d = isRange ? Value() : dictIterated(items);
  ListObject* l = makeList(d ? evenCapacity(dictSize(d)) : 0);
  if (!l) [[unlikely]] return Value();
  l->size = 0;
  gcTrackNew(&l->header);
  Ref list(Value(&l->header));
  int32_t done = d ? extendFromDict(l, items, d) : isRange ? extendFromRange(l, items.as<RangeObject>()) : 1;
  if (done > 0) done = listExtend(list, items);
  return done == 0 ? list.release() : Value();
}

int32_t listReverse(Value list) {
  ListObject* l = asList(list);
  for (int64_t i = 0, j = l->size - 1; i < j; ++i, --j) std::swap(l->items[i], l->items[j]);
  return 0;
}

Value listToTuple(Value list) {
  ListObject* l = asList(list);
  return newTupleFrom(l->items, static_cast<size_t>(l->size));
}

Value listIntoTuple(Value list) {
  ListObject* l = asList(list);
  if (l->size == 0) return emptyTuple();
  if (list.object()->refs != 1) return listToTuple(list); // it was watched: somebody has found it meanwhile
  return krt_tuple_new(l->items, static_cast<uint64_t>(std::exchange(l->size, 0)));
}

/// Owned items as a list; with an error they are gone.
static Value listOfMany(const Value* owned, int64_t n) {
  Ref list(newList(0));
  if (!list) return dropMany(owned, n, nullptr, 0), Value();
  return appendMany(asList(list), owned, n) == 0 ? list.release() : Value();
}
/// Iterators of builtins that nobody can ask how many items they have.
static bool hasNoHint(Value iterator) { return isExact(iterator, generatorType) || isExact(iterator, mapType) || isExact(iterator, filterType); }
Value tupleOfFew(Value iterator, bool* isDone) {
  constexpr int64_t kMost = 32;
  const TakeMany many = manyOf(iterator);
  Value items[kMost];
  int64_t n = many ? many(iterator, items, kMost) : 0;
  *isDone = many ? n != 0 : hasNoHint(iterator);
  if (!*isDone || n < 0) return Value();
  while (n < kMost) {
    const Value v = isExact(iterator, generatorType) ? generatorNext(iterator.as<GeneratorObject>()) : typeOf(iterator)->next(iterator);
    if (!v) {
      if (!errorSet() || errorClearIf(StopIterationType)) return krt_tuple_new(items, static_cast<uint64_t>(n));
      return dropMany(items, n, nullptr, 0), Value();
    }
    items[n++] = v;
    const int64_t more = many ? many(iterator, items + n, kMost - n) : 0;
    if (more < 0) return dropMany(items, n, nullptr, 0), Value();
    n += more;
  }
  const Ref list(listOfMany(items, n));
  return list && listExtend(list, iterator) == 0 ? listIntoTuple(list) : Value();
}

extern "C" int32_t krt_list_extend(Value list, Value iterable) {
  if (listExtend(list, iterable) == 0) return 0;
  // [*x] words the error itself.
  if (errorMatches(TypeErrorType) && !typeOf(iterable)->iter && !isSequence(iterable)) {
    errorClear();
    return fail(TypeErrorType, "Value after * must be an iterable, not %.200s", typeOf(iterable)->name);
  }
  return -1;
}
extern "C" Value krt_list_to_tuple(Value list) { return listToTuple(list); }

// ---- slots ------------------------------------------------------------------

/// Of a subclass, or one whose items die with it.
[[gnu::noinline]] static void listDeallocDeep(Object* o) {
  gcUntrack(o);
  auto* l = reinterpret_cast<ListObject*>(o);
  if (!trashcanBegin(o)) return;
  if (Value* items = l->items) { // nobody can reach it meanwhile
    if (!diesAlone(l)) {
#pragma clang loop unroll(disable)
      for (Value* at = items + l->size; at != items;) dropItem(*--at);
    }
    releaseBlock(blockOf(l));
    l->items = nullptr;
  }
  releaseObjectOf<kLayoutGc>(listType, o);
  trashcanEnd();
}
static void listDealloc(Object* o) {
  auto* l = reinterpret_cast<ListObject*>(o);
  if (diesAlone(l) && o->layout == &listType.instanceLayout) [[likely]] return releaseList(l);
  listDeallocDeep(o);
}
static int listTraverse(Object* o, Visit visit, void* context) {
  auto* l = reinterpret_cast<ListObject*>(o);
  if (l->content & kNoPointers) return 0;
  for (int64_t i = l->size; --i >= 0;)
    if (int r = visit(l->items[i], context)) return r;
  return 0;
}
static void listClearSlot(Object* o) { listClear(reinterpret_cast<ListObject*>(o)); }

static Value listNew(Type* t, const Args& args) {
  Value v = allocateOf(t, 0);
  if (!v) return v;
  asList(v)->content = kContentEmpty;
  return v;
}
static int32_t listInit(Value self, const Args& args) {
  if ((isExactList(self) || typeOf(self)->init == listType.init) && typeOf(self)->construct == listType.construct &&
      checkNoKeywords("list", args) < 0)
    return -1;
  if (checkPositional("list", args.positional(), 0, 1) < 0) return -1;
  ListObject* l = asList(self);
  if (l->items) listClear(l);
  l->content = kContentEmpty;
  return args.count && args[0] ? listExtend(self, args[0]) : 0;
}

static int64_t listLength(Value v) { return asList(v)->size; }
static Value listItem(Value v, int64_t i) {
  ListObject* l = asList(v);
  if (i < 0 || i >= l->size) return raise(IndexErrorType, "list index out of range");
  return newRef(l->items[i]);
}
static int32_t listSetItem(Value v, int64_t i, Value item) {
  ListObject* l = asList(v);
  if (i < 0 || i >= l->size) return fail(IndexErrorType, "list assignment index out of range");
  if (!item) return listSetSlice(v, i, i + 1, Value());
  noteContent(l, item);
  assign(l->items[i], newRef(item));
  return 0;
}
static inline bool hasOnlySmallInts(const ListObject* l) { return (l->content & (kNoPointers | kAllInt)) == (kNoPointers | kAllInt); }
/// From item i on, which moves to where `v` stands, below `stop` and the end: 1, 0, -1 error.
static int32_t findFrom(const ListObject* l, int64_t* i, int64_t stop, Value v) {
  for (;; ++*i) {
    const int64_t end = std::min(l->size, stop); // == may change the list
    *i = hasOnlySmallInts(l) && v.isSmallInt() ? firstSame(l->items, *i, end, v) : firstToAsk(l->items, *i, end, v);
    if (*i >= end) return 0;
    if (l->items[*i] == v) return 1;
    Ref held = Ref::share(l->items[*i]);
    if (const int32_t r = keysEqual(held, v)) return r;
  }
}
static int32_t listContains(Value v, Value item) {
  int64_t i = 0;
  return findFrom(asList(v), &i, INT64_MAX, item);
}
static Value listConcat(Value a, Value b) {
  if (!isList(b))
    return raise(TypeErrorType, "can only concatenate list (not \"%.200s\") to list", typeOf(b)->name);
  ListObject *x = asList(a), *y = asList(b);
  if (x->size > INT64_MAX / 16 - y->size) return raiseNoMemory();
  ListObject* l = makeList(x->size + y->size);
  if (!l) return Value();
  copyWords(l->items, x->items, x->size);
  copyWords(l->items + x->size, y->items, y->size);
  shareItems(x->items, x->size, x->content);
  shareItems(y->items, y->size, y->content);
  l->content = x->content & y->content;
  gcTrackNew(&l->header);
  return Value(&l->header);
}
/// Fills [n, n * times) of `items` with repetitions of the first n words, counting references.
static void repeatWords(Value* items, int64_t n, int64_t times, uint32_t content) {
  if (n == 1) {
    for (int64_t i = 1; i < times; ++i) items[i] = items[0];
  } else {
    int64_t done = n, total = n * times;
    while (done < total) {
      int64_t chunk = done < total - done ? done : total - done;
      std::memcpy(static_cast<void*>(items + done), items, static_cast<size_t>(chunk) * sizeof(Value));
      done += chunk;
    }
  }
  if (content & kNoCounts) return;
  for (int64_t i = 0; i < n; ++i)
    if (items[i].isPointer()) items[i].object()->refs += times - 1;
}
static Value listRepeat(Value v, int64_t times) {
  ListObject* x = asList(v);
  if (times < 0) times = 0;
  int64_t n = x->size;
  if (n && times > INT64_MAX / 16 / n) return raiseNoMemory();
  ListObject* l = listAllocate(n * times);
  if (!l) return Value();
  if (n * times) {
    std::memcpy(static_cast<void*>(l->items), x->items, static_cast<size_t>(n) * sizeof(Value));
    shareItems(x->items, n, x->content);
    repeatWords(l->items, n, times, x->content);
    l->content = x->content;
  }
  gcTrack(&l->header);
  return Value(&l->header);
}
static Value listInplaceRepeat(Value v, int64_t times) {
  ListObject* l = asList(v);
  int64_t n = l->size;
  if (n == 0 || times == 1) return newRef(v);
  if (times < 1) {
    listClear(l);
    return newRef(v);
  }
  if (times > INT64_MAX / 16 / n) return raiseNoMemory();
  if (listResize(l, n * times) < 0) return Value();
  repeatWords(l->items, n, times, l->content);
  return newRef(v);
}
static Value listInplaceConcat(Value v, Value other) {
  return listExtend(v, other) < 0 ? Value() : newRef(v);
}
static Value listRepr(Value v) { return reprSequence(v, "[", "]", "[...]"); }
static Value listCompare(Value a, Value b, int op) {
  if (!isList(a) || !isList(b)) return notImplemented();
  if (asList(a)->size != asList(b)->size && (op == kEq || op == kNe)) return boolean(op == kNe);
  return compareSequences(
      a, b, op, [](Value v) { return asList(v)->size; }, [](Value v, int64_t i) { return asList(v)->items[i]; });
}
extern "C" Value krt_list_iterator(Value list, int64_t index) {
  auto* it = newObjectOf<ListIterator>(listIteratorType);
  it->list = list;
  it->index = index;
  gcTrackNewQuietly(&it->header);
  return Value(&it->header);
}
static Value listIter(Value v) {
  const Value it = krt_list_iterator(newRef(v), 0);
  gcCollectIfDue();
  return it;
}

// ---- methods ----------------------------------------------------------------

static Value methodAppend(Value self, Value v) { return listAppend(self, v) < 0 ? Value() : none(); }
static Value methodInsert(Value self, const Value* argv) {
  int64_t i;
  if (!sizeArgument(argv[0], &i)) return Value();
  return listInsert(self, i, argv[1]) < 0 ? Value() : none();
}
static Value methodClear(Value self) {
  listClear(asList(self));
  return none();
}
static Value methodCopy(Value self) {
  ListObject* l = asList(self);
  return listFrom(l->items, l->size, l->size, l->content);
}
static Value methodExtend(Value self, Value iterable) {
  RecursionLevels level(1);
  return level && listExtend(self, iterable) == 0 ? none() : Value();
}
static Value methodPop(Value self, const Value* argv) {
  ListObject* l = asList(self);
  int64_t i = -1;
  if (!sizeArgument(argv[0], &i)) return Value();
  if (l->size == 0) return raise(IndexErrorType, "pop from empty list");
  if (i < 0) i += l->size;
  if (i < 0 || i >= l->size) return raise(IndexErrorType, "pop index out of range");
  return takeOut(l, i);
}
static Value methodReverse(Value self) {
  listReverse(self);
  return none();
}
static Value methodSort(Value self, const Value* argv) {
  bool reverse = false;
  if (!flagArgument(argv[1], &reverse)) return Value();
  return listSort(self, argv[0], reverse) < 0 ? Value() : none();
}
static Value methodIndex(Value self, const Value* argv) {
  int64_t start = 0, stop = INT64_MAX;
  if (sliceIndex(argv[1], &start) < 0 || sliceIndex(argv[2], &stop) < 0) return Value();
  ListObject* l = asList(self);
  if (start < 0) {
    start += l->size;
    if (start < 0) start = 0;
  }
  if (stop < 0) {
    stop += l->size;
    if (stop < 0) stop = 0;
  }
  const int32_t r = start < stop ? findFrom(l, &start, stop, argv[0]) : 0;
  if (r) return r < 0 ? Value() : newInt(start);
  return raise(ValueErrorType, "%R is not in list", argv[0]);
}
static Value methodCount(Value self, Value v) {
  RecursionLevels level(1);
  if (!level) return Value();
  ListObject* l = asList(self);
  int64_t n = 0;
  if (hasOnlySmallInts(l) && v.isSmallInt()) return newInt(std::count(l->items, l->items + l->size, v));
  for (int64_t i = 0;; ++i) {
    const int32_t r = findFrom(l, &i, INT64_MAX, v);
    if (r <= 0) return r < 0 ? Value() : newInt(n);
    ++n;
  }
}
static Value removeAt(ListObject* l, int64_t i) {
  if (i < l->size) { // else == has taken it out
    if (l->size == 1) listClear(l);
    else decref(takeOut(l, i));
  }
  return none();
}
static Value methodRemove(Value self, Value v) {
  ListObject* l = asList(self);
  int64_t i = 0;
  if (hasOnlySmallInts(l) && v.isSmallInt() && (i = firstSame(l->items, 0, l->size, v)) < l->size) return removeAt(l, i);
  RecursionLevels level(1);
  if (!level) return Value();
  if (const int32_t r = findFrom(l, &i, INT64_MAX, v)) return r < 0 ? Value() : removeAt(l, i);
  return raise(ValueErrorType, "list.remove(x): x not in list");
}
Value listReversed(Value self) {
  auto* it = newObjectOf<ListReverseIterator>(listReverseIteratorType);
  it->list = newRef(self);
  it->index = asList(self)->size - 1;
  gcTrackNew(&it->header);
  return Value(&it->header);
}
static Value methodSizeof(Value self) { return newInt(basicSize(typeOf(self)) + (asList(self)->capacity + asList(self)->front) * 8); }

static constexpr MethodDef listMethods[] = {
    {"__getitem__", listSubscript, "($self, index, /)", kMethodCoexist},
    {"__reversed__", listReversed, "($self, /)"},
    {"__sizeof__", methodSizeof, "($self, /)"},
    {"clear", methodClear, "($self, /)"},
    {"copy", methodCopy, "($self, /)"},
    {"append", methodAppend, "($self, object, /)"},
    {"insert", methodInsert, "($self, index, object, /)"},
    {"extend", methodExtend, "($self, iterable, /)"},
    {"pop", methodPop, "($self, index=-1, /)"},
    {"remove", methodRemove, "($self, value, /)"},
    {"index", methodIndex, "($self, value, start=0, stop=sys.maxsize, /)"},
    {"count", methodCount, "($self, value, /)"},
    {"reverse", methodReverse, "($self, /)"},
    {"sort", methodSort, "($self, /, *, key=None, reverse=False)"},
    {"__class_getitem__", newGenericAlias, nullptr, kMethodClass},
    {},
};
static constexpr SequenceSlots listSequence = {
    .length = listLength,
    .concat = listConcat,
    .repeat = listRepeat,
    .item = listItem,
    .setItem = listSetItem,
    .contains = listContains,
    .inplaceConcat = listInplaceConcat,
    .inplaceRepeat = listInplaceRepeat,
};
static constexpr MappingSlots listMapping = {
    .length = listLength, .subscript = listSubscript, .setSubscript = listSetSubscript};

constinit Type listType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "list",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeList | kTypeSequence | kTypeMatchSelf | kTypeOwnGetAttr | kTypeMadeFlat,
    .instanceLayout = {.type = &listType, .size = sizeof(ListObject), .flags = kLayoutGc, .lengthOffset = offsetof(ListObject, size)},
    .dealloc = listDealloc,
    .traverse = listTraverse,
    .clear = listClearSlot,
    .repr = listRepr,
    .hash = hashNotImplemented,
    .compare = listCompare,
    .iter = listIter,
    .init = listInit,
    .construct = listNew,
    .make = [](Value a) { return a ? newListOf(a) : newList(0); },
    .sequence = &listSequence,
    .mapping = &listMapping,
    .methods = listMethods,
    .doc = "A mutable sequence; list(iterable) takes its items from the iterable.",
    .constructorSignature = "(iterable=(), /)",
};

} // namespace krait
