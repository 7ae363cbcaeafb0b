// functools._lru_cache_wrapper, and the module.
//
// The cache is a dict. Without a limit its values are the results; with one they are numbers of rows of `uses`, a ring in order
// of use: a hit moves its row to the end, and the first row is the one to evict. A call may run code that uses the cache too, and
// whoever finds the dict by way of the collector may change it, so a row may have lost its entry.
//
// What a call is looked up by is a tuple that is not made unless the call is new, or its arguments have to be asked for their hash.
#include <cstddef>
#include <utility>

#include "runtime/memory/alloc.h"
#include "runtime/modules/functools.h"
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/key.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace functools {

namespace {

/// A key and its result, owned, and their neighbours in the ring. Row 0 has none: it stands before the oldest and behind the newest.
struct Use { Value key, result; int64_t hash, before, after; };

struct LruCache {
  Object header;
  Value function, cache, infoType, mark, attributes, weakrefs; // mark separates keywords in keys
  int64_t maxSize;                                             // -1: unbounded
  int64_t hits, misses;
  Use* uses;            // null: none yet
  int64_t rows, room;   // of `uses`: those that were ever used, and all
  int64_t spare;        // the first of the rows that are used no more, linked by `after`; 0: none
  bool typed;
};
LruCache* asCache(Value v) { return v.as<LruCache>(); }

// ---- rows -------------------------------------------------------------------

inline void linkLast(Use* uses, int64_t row) {
  const int64_t newest = uses[0].before;
  uses[row].before = newest;
  uses[row].after = 0;
  uses[newest].after = uses[0].before = row;
}
inline void unlink(Use* uses, int64_t row) {
  uses[uses[row].before].after = uses[row].after;
  uses[uses[row].after].before = uses[row].before;
}
/// The row that an entry's value names; 0: it is none of ours.
int64_t rowOf(const LruCache* c, Value word) {
  return word.isSmallInt() && word.smallInt() > 0 && word.smallInt() < c->rows && c->uses[word.smallInt()].result ? word.smallInt() : 0;
}
/// A row at the end of the ring for these; 0 with MemoryError.
int64_t addRow(LruCache* c, Value key, int64_t hash, Value result) {
  int64_t row = c->spare;
  if (row) {
    c->spare = c->uses[row].after;
  } else {
    if (c->rows == c->room) {
      const int64_t room = c->room ? c->room * 2 : 8;
      auto* larger = static_cast<Use*>(reallocate(c->uses, static_cast<size_t>(room) * sizeof(Use)));
      if (!larger) return 0;
      if (!c->rows) larger[c->rows++] = {};
      c->uses = larger;
      c->room = room;
    }
    row = c->rows++;
  }
  c->uses[row].key = newRef(key);
  c->uses[row].result = newRef(result);
  c->uses[row].hash = hash;
  linkLast(c->uses, row);
  return row;
}
/// Takes a row out of the ring: what was in it is the caller's.
Use dropRow(LruCache* c, int64_t row) {
  unlink(c->uses, row);
  const Use old = c->uses[row];
  c->uses[row] = {.after = c->spare};
  c->spare = row;
  return old;
}
/// The oldest row, which leaves the ring, and the dict its entry. It holds nothing if there is none.
Use dropOldest(LruCache* c) {
  const int64_t row = c->uses ? c->uses[0].after : 0;
  if (!row) return {};
  DictObject* d = asDict(c->cache);
  const int64_t at = d->entries ? dict_table::findValue(d, c->uses[row].hash, Value::ofSmallInt(row)) : dict_table::kEmpty;
  if (at >= 0) {
    Value key, number;
    dict_table::removeEntry(d, at, &key, &number);
    decref(key); // the row has it, too
  }
  return dropRow(c, row);
}
void release(const Use& old) {
  xdecref(old.key);
  xdecref(old.result);
}
void forgetAll(LruCache* c) {
  Use* uses = std::exchange(c->uses, nullptr);
  c->rows = c->room = c->spare = 0;
  dictClear(c->cache);
  if (!uses) return;
  for (int64_t row = uses[0].after; row; row = uses[row].after) release(uses[row]);
  deallocate(uses);
}

void cacheDealloc(Object* o) {
  gcUntrack(o);
  auto* c = reinterpret_cast<LruCache*>(o);
  if (c->weakrefs) clearWeakrefs(o);
  forgetAll(c);
  xdecref(c->function);
  xdecref(c->cache);
  xdecref(c->infoType);
  xdecref(c->mark);
  xdecref(c->attributes);
  freeObject(o);
}
int cacheTraverse(Object* o, Visit visit, void* context) {
  const auto* c = reinterpret_cast<LruCache*>(o);
  for (int64_t i = 1; i < c->rows; ++i)
    if (const Use& use = c->uses[i]; use.result) {
      if (const int stop = visit(use.key, context)) return stop;
      if (const int stop = visit(use.result, context)) return stop;
    }
  return traverseWords<5>(o, visit, context);
}
void cacheForget(Object* o) { forgetAll(reinterpret_cast<LruCache*>(o)); }
Value cacheConstruct(Type* t, const Args& args) {
  Value argv[4];
  Ref holder[2];
  if (bindArguments("lru_cache", "(user_function, maxsize, typed, cache_info_type)", args, argv, 4, holder) < 0)
    return Value();
  if (!isCallable(argv[0])) return raise(TypeErrorType, "the first argument must be callable");
  int64_t maxSize = -1;
  if (!isNone(argv[1])) {
    if (!hasIndex(argv[1])) return raise(TypeErrorType, "maxsize should be integer or None");
    maxSize = toIndex(argv[1], &OverflowErrorType);
    if (maxSize == -1 && errorSet()) return Value();
    if (maxSize < 0) maxSize = 0;
  }
  int32_t typed = isTrue(argv[2]);
  Ref cache(typed < 0 ? Value() : newDict());
  Ref mark(cache ? call(asValue(&objectType)) : Value());
  Value v = mark ? allocateOf(t, 0) : Value();
  if (!v) return v;
  LruCache* c = asCache(v);
  c->function = newRef(argv[0]);
  c->cache = cache.release();
  c->infoType = newRef(argv[3]);
  c->mark = mark.release();
  c->maxSize = maxSize;
  c->typed = typed;
  gcTrack(v.object());
  return v;
}

// ---- keys -------------------------------------------------------------------

constexpr int64_t kFewWords = 12;
/// How many words tell one call from another. One int or str stands for itself: 0.
inline int64_t countWords(const LruCache* c, const Args& args) {
  const size_t names = args.nameCount(), total = args.count + names;
  if (total == 1 && !names && !c->typed && (isExactStr(args[0]) || isExactInt(args[0]))) return 0;
  return static_cast<int64_t>(total + (names ? 1 + names : 0) + (c->typed ? total : 0));
}
/// All arguments, with the names of keywords, and their classes where they count: borrowed.
inline void writeWords(const LruCache* c, const Args& args, Value* at) {
  const size_t names = args.nameCount();
  for (size_t i = 0; i < args.count; ++i) *at++ = args[i];
  if (names) {
    *at++ = c->mark;
    for (size_t i = 0; i < names; ++i) {
      *at++ = asTuple(args.names)->items[i];
      *at++ = args[args.count + i];
    }
  }
  if (c->typed)
    for (size_t i = 0; i < args.count + names; ++i) *at++ = asValue(typeOf(args[i]));
}
/// The key of a call, owned.
Value makeKey(const LruCache* c, const Args& args, int64_t count) {
  if (!count) return args.count ? newRef(args[0]) : emptyTuple();
  const Value key = newTuple(count);
  if (!key) return key;
  Value* items = asTuple(key)->items;
  writeWords(c, args, items);
  for (int64_t i = 0; i < count; ++i) incref(items[i]);
  return key;
}
/// What is known of a call without running code and making a key.
struct Look {
  int64_t entry = dict_table::kUnknown, hash = 0; // of its key; 0: that has to be asked
  bool isNew = false;                             // no key of the cache has this hash
};
[[gnu::noinline]] Look findWords(const LruCache* c, const Args& args, int64_t count) {
  DictObject* d = asDict(c->cache);
  if (!d->entries || count > kFewWords) return {};
  // A tuple of borrowed words that is no object: nothing keeps it.
  alignas(16) uint64_t space[sizeof(TupleObject) / sizeof(uint64_t) + kFewWords]; // not cleared
  auto* key = reinterpret_cast<TupleObject*>(space);
  key->header = {kImmortal, &tupleType.instanceLayout};
  key->size = count;
  key->hash = 0;
  writeWords(c, args, key->items);
  const int64_t hash = tupleHashPlainly(key);
  if (!hash) return {};
  const int64_t found = dict_table::follow(d, Value(&key->header), hash);
  if (found >= 0) return {found, hash};
  if (found > dict_table::kUnknown) return {dict_table::kUnknown, hash, true};
  const int64_t at = dict_table::kUnknown - found;
  const Value met = d->entries[at].key;
  return {isExactTuple(met) && tuplesPlainlyEqual(asTuple(met), key, 0) > 0 ? at : dict_table::kUnknown, hash};
}
/// The same of a call that one word stands for.
inline Look findWord(const LruCache* c, const Args& args) {
  int64_t hash;
  if (!args.count || !hashAtOnce(args[0], &hash)) return {};
  DictObject* d = asDict(c->cache);
  if (!d->entries) return {};
  const int64_t found = dict_table::follow(d, args[0], hash);
  return found >= 0 ? Look{found} : Look{dict_table::kUnknown, hash, found == dict_table::kEmpty};
}

// ---- calls ------------------------------------------------------------------

/// The result that an entry leads to, owned, which is the newest now. Null: the entry has lost its row.
inline Value use(LruCache* c, int64_t at) {
  const Value word = *dictValueSlot(asDict(c->cache)->entries[at]);
  if (c->maxSize < 0) return newRef(word);
  const int64_t row = rowOf(c, word);
  if (!row) return Value();
  if (c->uses[row].after) {
    unlink(c->uses, row);
    linkLast(c->uses, row);
  }
  return newRef(c->uses[row].result);
}
/// Keeps the result of a key that the dict did not hold. Keys are asked about it before it has a row: they may clear the cache.
int32_t keep(LruCache* c, Value key, int64_t hash, Value result) {
  DictObject* d = asDict(c->cache);
  const Use old = d->used >= c->maxSize ? dropOldest(c) : Use{};
  const int64_t at = dict_table::find(d, key, hash);
  int32_t kept = at == dict_table::kError ? -1 : 0;
  if (at == dict_table::kEmpty) {
    const int64_t row = addRow(c, key, hash, result);
    kept = row ? dict_table::insertNew(d, key, hash, Value::ofSmallInt(row)) : -1;
    if (row && kept < 0) release(dropRow(c, row));
  }
  release(old); // when all is in its place: what dies may call the function, too
  return kept;
}
[[gnu::noinline]] Value callNew(Value self, const Args& args, int64_t count, const Look& look) {
  LruCache* c = asCache(self);
  DictObject* d = asDict(c->cache);
  const uint64_t version = d->version;
  Ref key(makeKey(c, args, count));
  const int64_t h = !key ? -1 : look.hash ? look.hash : keyHash(key);
  if (h == -1) return Value();
  int64_t i = look.isNew && d->version == version ? dict_table::kEmpty : dict_table::find(d, key, h);
  if (i == dict_table::kError) return Value();
  if (i >= 0) {
    if (const Value found = use(c, i)) {
      ++c->hits;
      return found;
    }
  }
  ++c->misses;
  Ref result(call(c->function, args));
  if (!result) return Value();
  if (c->maxSize < 0) return dict_table::set(d, key, h, result) < 0 ? Value() : result.release();
  i = dict_table::find(d, key, h); // the call may have put the same key there
  if (i == dict_table::kError) return Value();
  return i < 0 && keep(c, key, h, result) < 0 ? Value() : result.release();
}
Value cacheCall(Value self, const Args& args) {
  LruCache* c = asCache(self);
  if (c->maxSize == 0) [[unlikely]] {
    ++c->misses;
    return call(c->function, args);
  }
  const int64_t count = countWords(c, args);
  const Look look = count ? findWords(c, args, count) : findWord(c, args);
  if (look.entry >= 0) [[likely]] {
    if (const Value found = use(c, look.entry)) [[likely]] {
      ++c->hits;
      return found;
    }
  }
  return callNew(self, args, count, look);
}

Value cacheGet(Value self, Value o, Value) { return !o || isNone(o) ? newRef(self) : newMethod(self, o); }
Value cacheInfo(Value self) {
  LruCache* c = asCache(self);
  Ref hits(newInt(c->hits)), misses(newInt(c->misses)), size(newInt(dictSize(c->cache))),
      maxSize(c->maxSize < 0 ? none() : newInt(c->maxSize));
  return call(c->infoType, {hits, misses, maxSize, size});
}
Value cacheClear(Value self) {
  LruCache* c = asCache(self);
  c->hits = c->misses = 0;
  forgetAll(c);
  return none();
}
Value cacheReduce(Value self) { return getAttr(self, NAME(__qualname__)); }
Value cacheCopy(Value self) { return newRef(self); }
Value cacheDeepCopy(Value self, Value) { return newRef(self); }

constexpr MethodDef cacheMethods[] = {
    {"cache_info", cacheInfo, "($self, /)", kMethodUnsigned},
    {"cache_clear", cacheClear, "($self, /)", kMethodUnsigned},
    {"__reduce__", cacheReduce, "($self, /)", kMethodUnsigned},
    {"__copy__", cacheCopy, "($self, /)", kMethodUnsigned},
    {"__deepcopy__", cacheDeepCopy, "($self, memo, /)", kMethodUnsigned},
    {},
};
constexpr GetSetDef cacheGetSet[] = {{"__dict__", getInstanceDict, replaceInstanceDict}, {}};

} // namespace

constinit Type lruCacheType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "functools._lru_cache_wrapper",
    .base = &objectType,
    .flags = kTypeMethodDescriptor | kTypeOwnModule,
    .instanceLayout = {.type = &lruCacheType,
                       .size = sizeof(LruCache),
                       .flags = kLayoutGc,
                       .dictOffset = offsetof(LruCache, attributes),
                       .weakOffset = offsetof(LruCache, weakrefs)},
    .dealloc = cacheDealloc,
    .traverse = cacheTraverse,
    .clear = cacheForget,
    .call = cacheCall,
    .descrGet = cacheGet,
    .construct = cacheConstruct,
    .methods = cacheMethods,
    .getset = cacheGetSet,
    .doc = "A function with a cache of its most recent results.",
};

} // namespace functools

using namespace functools;

static constexpr MethodDef functoolsMethods[] = {
    {"cmp_to_key", cmpToKey, "($module, /, mycmp)", kMethodUnsigned},
    {"reduce", functools::reduce},
    {},
};
static int functoolsExec(Value m) {
  return moduleAddType(m, &partialType) < 0 || moduleAddType(m, &lruCacheType) < 0 ? -1 : 0;
}
extern "C" constinit const NativeModule krt_module_functools = {"_functools", functoolsMethods, functoolsExec};

} // namespace krait
