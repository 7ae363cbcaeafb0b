// set and frozenset: C++ interface, slots, types. Table in set_table.cpp, methods
// and operators in set_methods.cpp.
#include <utility>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/items.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/type_name.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/many_steps.h"
#include "runtime/types/sequence.h"
#include "runtime/types/set_methods.h"
#include "runtime/types/set_table.h"

namespace krait {

using namespace set_table;

// ---- C++ interface ----------------------------------------------------------

Value newSet(Value iterable) { return make(setType, iterable); }
Value newFrozenSet(Value iterable) { return make(frozensetType, iterable); }
Value newConstantFrozenSet(Value iterable) {
  Ref first(newFrozenSet(iterable)), order(first ? toList(first) : Value());
  return order ? newFrozenSet(order) : Value();
}

[[gnu::noinline]] static int32_t addAsked(Value s, Value v) {
  const int64_t h = askedHash(v);
  return h == -1 ? -1 : addAtOnce(asSet(s), v, h);
}
int32_t setAdd(Value s, Value v) {
  int64_t h; // nothing is saved for what has one
  return hashAtOnce(v, &h) ? addAtOnce(asSet(s), v, h) : addAsked(s, v);
}
int32_t setContains(Value s, Value v) {
  int64_t h;
  if (!hashAtOnce(v, &h)) h = askedHash(v);
  return h == -1 ? -1 : hasAtOnce(asSet(s), v, h);
}
int32_t setDiscard(Value s, Value v) {
  int64_t h = keyHash(v);
  return h == -1 ? -1 : discard(asSet(s), v, h);
}
/// The items of a list or tuple, which == and hash may change.
static int32_t addSequence(SetObject* s, Value sequence, bool list) {
  for (int64_t i = 0; i < (list ? asList(sequence)->size : asTuple(sequence)->size); ++i) {
    const Value v = list ? asList(sequence)->items[i] : asTuple(sequence)->items[i];
    int64_t h;
    int32_t added = hashAtOnce(v, &h) ? addPlainlyAtOnce(s, v, h) : kMustAsk;
    if (added == kMustAsk) {
      Ref held = Ref::share(v);
      h = keyHash(v);
      added = h == -1 ? -1 : add(s, v, h);
    }
    if (added < 0) return -1;
  }
  return 0;
}
/// Of a character that all share.
static inline int64_t sharedHash(Value key) {
  const int64_t known = asStr(key)->hash;
  return known != -1 ? known : strHash(key);
}
/// Those of a text of Latin-1, into a set that has held nothing: once each.
static int32_t addSharedCharacters(SetObject* s, const StrObject* text) {
  uint64_t seen[4] = {};
  const uint8_t* const from = text->data();
  for (int64_t i = 0, n = text->length; i < n; ++i) {
    const uint8_t c = from[i];
    const uint64_t bit = uint64_t{1} << (c & 63);
    uint64_t& among = seen[c >> 6];
    if (among & bit) continue;
    among |= bit;
    const Value key = latin1Char(c);
    if (addPlainlyAtOnce(s, key, sharedHash(key)) < 0) return -1;
  }
  return 0;
}
/// A key that is no object of anybody's else, with its hash.
[[gnu::always_inline]] static inline int32_t addKnown(SetObject* s, Value key, int64_t hash) {
  const int32_t added = addPlainlyAtOnce(s, key, hash);
  return added == kMustAsk ? add(s, key, hash) : added;
}
/// The characters of a text.
static int32_t addCharacters(Value v, const StrObject* text) {
  SetObject* s = asSet(v);
  if (text->kind == 1) {
    if (s->fill == 0) return addSharedCharacters(s, text);
    for (int64_t i = 0; i < text->length; ++i) {
      const Value key = latin1Char(static_cast<uint8_t>(text->at(i)));
      if (addKnown(s, key, sharedHash(key)) < 0) return -1;
    }
    return 0;
  }
  bool seen[128] = {}; // those of ASCII once each, if nothing but texts can be in the set
  const bool fresh = s->fill == 0;
  for (int64_t i = 0; i < text->length; ++i) {
    const uint32_t c = text->at(i);
    if (fresh && c < 128 && std::exchange(seen[c], true)) continue;
    Ref key(newStrFromChar(c));
    if (!key || setAdd(v, key) < 0) return -1;
  }
  return 0;
}
/// The numbers of a range, where all are small ints. 1: they may be others.
static int32_t addRange(SetObject* s, const RangeObject* r) {
  if (krt_numbers_are_objects || !r->start.isSmallInt() || !r->step.isSmallInt() || !r->length.isSmallInt()) return 1;
  const int64_t n = r->length.smallInt(), step = r->step.smallInt();
  int64_t last;
  if (__builtin_mul_overflow(n, step, &last) || __builtin_add_overflow(last, r->start.smallInt(), &last) || last > Value::kSmallMax || last < Value::kSmallMin) return 1;
  int64_t at = r->start.smallInt();
  for (int64_t i = 0; i < n; ++i, at += step)
    if (addKnown(s, Value::ofSmallInt(at), smallIntHash(at)) < 0) return -1;
  return 0;
}
/// The keys of a dict, which has their hashes.
[[gnu::noinline]] static int32_t addKeys(SetObject* s, Value dict) {
  const int64_t n = dictSize(dict);
  if ((s->fill + n) * 5 >= s->mask * 3 && resize(s, (s->used + n) * 2) < 0) return -1;
  int64_t at = 0, h;
  for (Value k; dictNext(dict, &at, &k, nullptr, &h);) {
    int32_t added = addPlainlyAtOnce(s, k, h);
    if (added == kMustAsk) {
      Ref key = Ref::share(k);
      added = add(s, key, h);
    }
    if (added < 0) return -1;
  }
  return 0;
}
int32_t setUpdate(Value v, Value iterable) {
  SetObject* s = asSet(v);
  if (isAnySet(iterable)) return merge(s, asSet(iterable));
  if (isExactDict(iterable)) return addKeys(s, iterable);
  if (isExactStr(iterable)) return addCharacters(v, asStr(iterable));
  if (isExactList(iterable) || isExactTuple(iterable)) return addSequence(s, iterable, isExactList(iterable));
  if (isExact(iterable, rangeType))
    if (const int32_t added = addRange(s, iterable.as<RangeObject>()); added <= 0) return added;
  Items items(iterable);
  if (!items) return -1;
  for (;;) {
    Ref key(items.next());
    if (!key) return errorSet() ? -1 : 0;
    if (setAdd(v, key) < 0) return -1;
  }
}
bool setNext(Value s, int64_t* position, Value* key, int64_t* h) {
  SetEntry* e = set_table::next(asSet(s), position);
  if (!e) return false;
  *key = e->key;
  if (h) *h = e->hash;
  return true;
}

/// Adds `count` owned items to a fresh set.
static Value filled(Value fresh, Slot items, uint64_t count) {
  Ref s(fresh);
  bool ok = static_cast<bool>(s);
  for (uint64_t i = 0; i < count; ++i) {
    if (ok) ok = setAdd(s, items[i]) == 0;
    decref(items[i]);
  }
  return ok ? s.release() : Value();
}
extern "C" Value krt_set_new(Slot items, uint64_t count) { return filled(newSet(Value()), items, count); }
extern "C" Value krt_frozenset_new(Slot items, uint64_t count) {
  Ref first(filled(newFrozenSet(Value()), items, count)), order(first ? toList(first) : Value());
  return order ? newFrozenSet(order) : Value();
}
extern "C" int32_t krt_set_add(Value set, Value v) { return setAdd(set, v); }
extern "C" int32_t krt_set_update(Value set, Value iterable) { return setUpdate(set, iterable); }

// ---- slots ------------------------------------------------------------------

static void release(SetObject* s) {
  Object* o = &s->header;
  if (s->table != s->smallTable) deallocate(s->table);
  if (o->layout == &setType.instanceLayout || o->layout == &frozensetType.instanceLayout) releaseCollected(o);
  else freeObject(o);
}
/// For those whose keys' destructors may arrive at other containers.
[[gnu::noinline]] static void setDeallocDeep(Object* o) {
  if (!trashcanBegin(o)) return;
  auto* s = reinterpret_cast<SetObject*>(o);
  if (s->weakrefs) clearWeakrefs(o);
  set_table::forEachEntry(s, [](const SetEntry& e) { decref(e.key); });
  release(s);
  trashcanEnd();
}
static void setDealloc(Object* o) {
  gcUntrack(o);
  auto* s = reinterpret_cast<SetObject*>(o);
  if (s->weakrefs || !set_table::hasSmallTable(s)) return setDeallocDeep(o);
  for (; s->live; s->live &= s->live - 1) {
    const Value key = s->table[__builtin_ctzll(s->live)].key;
    if (!key.isPointer()) continue;
    Object* item = key.object();
    if (item->refs > 1) {
      --item->refs;
    } else if (item->refs == 1) {
      if (item->layout->flags & kLayoutGc) return setDeallocDeep(o); // with the keys that are left
      item->refs = 0;
      destroy(item);
    }
  }
  release(s);
}
static int setTraverse(Object* o, Visit visit, void* context) {
  auto* s = reinterpret_cast<SetObject*>(o);
  int64_t at = 0;
  while (SetEntry* e = set_table::next(s, &at))
    if (int r = visit(e->key, context)) return r;
  return 0;
}
static void setClearSlot(Object* o) { clear(reinterpret_cast<SetObject*>(o)); }

static Value allocateOf(Type* t) {
  Value v = t == &setType || t == &frozensetType ? Value(newObject(&t->instanceLayout)) : allocateOf(t, 0);
  if (!v) return v;
  initialize(asSet(v));
  if (t == &setType || t == &frozensetType) gcTrack(v.object());
  return v;
}
static Value setConstruct(Type* t, const Args& args) { return allocateOf(t); }
static int32_t setInit(Value self, const Args& args) {
  if ((isExact(self, setType) || typeOf(self)->init == setType.init) && checkNoKeywords("set", args) < 0) return -1;
  if (checkPositional("set", args.positional(), 0, 1) < 0) return -1;
  if (asSet(self)->fill) clear(asSet(self));
  asSet(self)->hash = -1;
  return args.count ? setUpdate(self, args[0]) : 0;
}
static Value frozensetOf(Value items) { return items && isExact(items, frozensetType) ? newRef(items) : newFrozenSet(items); }
static Value frozensetConstruct(Type* t, const Args& args) {
  if (rejectsKeywords(t, frozensetType) && checkNoKeywords("frozenset", args) < 0)
    return Value();
  if (checkPositional("frozenset", args.positional(), 0, 1) < 0) return Value();
  if (t == &frozensetType) return frozensetOf(args.count ? args[0] : Value());
  Ref s(allocateOf(t));
  if (s && args.count && setUpdate(s, args[0]) < 0) return Value();
  return s.release();
}

static int64_t setLength(Value v) { return asSet(v)->used; }

static uint64_t shuffle(uint64_t h) { return ((h ^ 89869747ull) ^ (h << 16)) * 3644798167ull; }
/// Independent of order: CPython's mixing of the items' hashes.
static int64_t frozensetHash(Value v) {
  SetObject* s = asSet(v);
  if (s->hash != -1) return s->hash;
  uint64_t h = 0;
  int64_t at = 0;
  while (SetEntry* e = set_table::next(s, &at)) h ^= shuffle(static_cast<uint64_t>(e->hash));
  h ^= (static_cast<uint64_t>(s->used) + 1) * 1927868237ull;
  h ^= (h >> 11) ^ (h >> 25);
  h = h * 69069u + 907133923ull;
  if (h == UINT64_MAX) h = 590923713ull;
  return s->hash = static_cast<int64_t>(h);
}

static Value setRepr(Value v) {
  const char* name = shortName(typeOf(v));
  int32_t entered = reprEnter(v);
  if (entered < 0) return Value();
  if (entered > 0) return formatText("%s(...)", name);
  Value text;
  if (asSet(v)->used == 0) {
    text = formatText("%s()", name);
  } else {
    const RecursionLevels level(1, " while getting the repr of an object"); // CPython shows the list of them
    Ref list(level ? toList(v) : Value());
    Ref inner(list ? reprSequence(list, "{", "}", "...") : Value());
    if (inner) text = isExact(v, setType) ? inner.release() : formatText("%s(%U)", name, inner.get());
  }
  reprLeave(v);
  return text;
}
static Value setIter(Value v) {
  auto* it = newObjectOf<SetIterator>(setIteratorType);
  it->set = newRef(v);
  it->used = it->remaining = asSet(v)->used;
  gcTrackNew(&it->header);
  return Value(&it->header);
}

// ---- iterator ---------------------------------------------------------------

static void iteratorDealloc(Object* o) {
  gcUntrack(o);
  xdecref(reinterpret_cast<SetIterator*>(o)->set);
  releaseCollected(o);
}
static int iteratorTraverse(Object* o, Visit visit, void* context) {
  return visit(reinterpret_cast<SetIterator*>(o)->set, context);
}
static Value iteratorSelf(Value v) { return newRef(v); }
/// Without a next item.
[[gnu::noinline]] static Value endIterator(SetIterator* it) {
  if (it->used != asSet(it->set)->used) {
    it->used = -1;
    return raise(RuntimeErrorType, "Set changed size during iteration");
  }
  clear(it->set);
  return Value();
}
static Value iteratorNext(Value v) {
  auto* it = v.as<SetIterator>();
  if (!it->set) return Value();
  const SetObject* s = asSet(it->set);
  if (it->used == s->used) [[likely]] {
    if (const Value key = set_table::nextAtOnce(it)) [[likely]] return key;
    if (const SetEntry* e = set_table::next(s, &it->position)) [[likely]] {
      --it->remaining;
      return newRef(e->key);
    }
  }
  return endIterator(it);
}
int64_t setMany(Value iterator, Value* out, int64_t room) {
  auto* it = iterator.as<SetIterator>();
  const SetObject* s = it->set ? asSet(it->set) : nullptr;
  if (!s || it->used != s->used) return 0;
  int64_t n = 0;
  for (; n < room; ++n) {
    const SetEntry* e = set_table::next(s, &it->position);
    if (!e) break;
    out[n] = newRef(e->key);
  }
  it->remaining -= n;
  return n;
}
static Value iteratorHint(Value v) {
  auto* it = v.as<SetIterator>();
  return newInt(it->set && it->used == asSet(it->set)->used ? it->remaining : 0);
}
static Value iteratorReduce(Value v) {
  auto* it = v.as<SetIterator>();
  Ref f(builtinByName("iter"));
  Ref copy(f ? Value(newObject(&setIteratorType.instanceLayout)) : Value());
  if (!copy) return Value();
  auto* other = copy.as<SetIterator>();
  other->set = xnewRef(it->set);
  other->used = it->used;
  other->position = it->position;
  other->remaining = it->remaining;
  Ref list(toList(copy));
  Ref args(list ? newTuple({list}) : Value());
  return args ? newTuple({f, args}) : Value();
}
static constexpr MethodDef iteratorMethods[] = {
    {"__length_hint__", iteratorHint, "($self, /)"}, {"__reduce__", iteratorReduce, "($self, /)"}, {}};

constinit Type setIteratorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "set_iterator",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnGetAttr,
    .instanceLayout = {.type = &setIteratorType, .size = sizeof(SetIterator), .flags = kLayoutGc | kLayoutKnownSteps},
    .dealloc = iteratorDealloc,
    .traverse = iteratorTraverse,
    .iter = iteratorSelf,
    .next = iteratorNext,
    .methods = iteratorMethods,
};

// ---- types ------------------------------------------------------------------

static constexpr SequenceSlots setSequence = {.length = setLength, .contains = set_methods::containsItem};

constinit Type setType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "set",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeSet | kTypeMatchSelf | kTypeOwnGetAttr | kTypeMadeFlat,
    .instanceLayout = {.type = &setType,
                       .size = sizeof(SetObject),
                       .flags = kLayoutGc,
                       .weakOffset = offsetof(SetObject, weakrefs),
                       .lengthOffset = offsetof(SetObject, used)},
    .dealloc = setDealloc,
    .traverse = setTraverse,
    .clear = setClearSlot,
    .repr = setRepr,
    .hash = hashNotImplemented,
    .compare = set_methods::compareSets,
    .iter = setIter,
    .init = setInit,
    .construct = setConstruct,
    .make = newSet,
    .number = &set_methods::setNumber,
    .sequence = &setSequence,
    .methods = set_methods::setTable,
    .doc = "An unordered collection of distinct hashable items: set(), set(iterable).",
};
constinit Type frozensetType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "frozenset",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeFrozenSet | kTypeMatchSelf | kTypeOwnGetAttr | kTypeMadeFlat,
    .instanceLayout = {.type = &frozensetType,
                       .size = sizeof(SetObject),
                       .flags = kLayoutGc,
                       .weakOffset = offsetof(SetObject, weakrefs),
                       .lengthOffset = offsetof(SetObject, used)},
    .dealloc = setDealloc,
    .traverse = setTraverse,
    .clear = setClearSlot,
    .repr = setRepr,
    .hash = frozensetHash,
    .compare = set_methods::compareSets,
    .iter = setIter,
    .construct = frozensetConstruct,
    .make = frozensetOf,
    .number = &set_methods::frozensetNumber,
    .sequence = &setSequence,
    .methods = set_methods::frozensetTable,
    .doc = "An immutable, hashable set: frozenset(), frozenset(iterable).",
};

} // namespace krait
