// functools._lru_cache_wrapper, and the module.
//
// The cache is a dict in order of use: a hit moves its entry to the end, and the
// first entry is the one to evict. A call may run code that uses the cache too.
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

struct LruCache {
  Object header;
  Value function, cache, infoType, mark, attributes, weakrefs; // mark separates keywords in keys
  int64_t maxSize;                                             // -1: unbounded
  int64_t hits, misses;
  bool typed;
};
LruCache* asCache(Value v) { return v.as<LruCache>(); }

void cacheDealloc(Object* o) {
  gcUntrack(o);
  auto* c = reinterpret_cast<LruCache*>(o);
  if (c->weakrefs) clearWeakrefs(o);
  xdecref(c->function);
  xdecref(c->cache);
  xdecref(c->infoType);
  xdecref(c->mark);
  xdecref(c->attributes);
  freeObject(o);
}
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

/// One int or str stands for itself; otherwise a tuple of all arguments, owned.
Value makeKey(LruCache* c, const Args& args) {
  size_t names = args.nameCount();
  if (!c->typed && !names && args.count == 1 && (isExactStr(args[0]) || isExactInt(args[0]))) return newRef(args[0]);
  size_t total = args.count + (names ? 1 + 2 * names : 0) + (c->typed ? args.count + names : 0);
  if (total == args.count) return newTupleFrom(args.values, args.count);
  Value key = newTuple(static_cast<int64_t>(total));
  if (!key) return key;
  Value* at = asTuple(key)->items;
  for (size_t i = 0; i < args.count; ++i) *at++ = newRef(args[i]);
  if (names) {
    *at++ = newRef(c->mark);
    for (size_t i = 0; i < names; ++i) {
      *at++ = newRef(asTuple(args.names)->items[i]);
      *at++ = newRef(args[args.count + i]);
    }
  }
  if (c->typed)
    for (size_t i = 0; i < args.count + names; ++i) *at++ = newRef(asValue(typeOf(args[i])));
  return key;
}

Value cacheCall(Value self, const Args& args) {
  LruCache* c = asCache(self);
  if (c->maxSize == 0) {
    ++c->misses;
    return call(c->function, args);
  }
  Ref key(makeKey(c, args));
  int64_t h = key ? keyHash(key) : -1;
  if (h == -1) return Value();
  DictObject* d = asDict(c->cache);
  int64_t i = dict_table::find(d, key, h);
  if (i == dict_table::kError) return Value();
  if (i >= 0) {
    ++c->hits;
    Ref result = Ref::share(d->entries[i].value);
    if (c->maxSize > 0 && i != d->entryCount - 1) {
      Value k, v;
      dict_table::removeEntry(d, i, &k, &v);
      Ref oldKey(k), oldValue(v);
      if (dict_table::insertNew(d, oldKey, h, oldValue) < 0) return Value();
    }
    return result.release();
  }
  ++c->misses;
  Ref result(call(c->function, args));
  if (!result) return Value();
  // The call may have put the same key there.
  i = dict_table::find(d, key, h);
  if (i == dict_table::kError) return Value();
  if (i >= 0) {
    if (c->maxSize < 0) dict_table::setEntryValue(d, i, result);
    return result.release();
  }
  if (c->maxSize > 0 && d->used >= c->maxSize) {
    int64_t first = 0;
    if (dict_table::nextLive(d, &first)) {
      Value k, v;
      dict_table::removeEntry(d, first - 1, &k, &v);
      Ref oldKey(k), oldValue(v);
      if (dictSet(c->cache, key, h, result) < 0) return Value();
      return result.release();
    }
  }
  return dictSet(c->cache, key, h, result) < 0 ? Value() : result.release();
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
  dictClear(c->cache);
  return none();
}
Value cacheReduce(Value self) { return getAttr(self, NAME(__qualname__)); }
Value cacheCopy(Value self) { return newRef(self); }
Value cacheDeepCopy(Value self, Value) { return newRef(self); }

constexpr MethodDef cacheMethods[] = {
    {"cache_info", cacheInfo, "($self, /)"},
    {"cache_clear", cacheClear, "($self, /)"},
    {"__reduce__", cacheReduce, "($self, /)"},
    {"__copy__", cacheCopy, "($self, /)"},
    {"__deepcopy__", cacheDeepCopy, "($self, memo, /)"},
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
    .traverse = traverseWords<5>,
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
