// Finding a name along the MRO, with the global method cache in front.
//
// Every type may hold a version: a number never used before, given out when a
// lookup wants to remember its result, and dropped (0) for a type and all its
// subclasses whenever one of their dicts or bases changes. Hence an entry
// (version, name) -> value of the cache, or of an inline cache, can never be
// stale: it just stops matching. A type with a version has bases with versions,
// so dropping may stop at a type that has none.
#include "runtime/object/class_variables.h"
#include "runtime/object/method_rows.h"
#include "runtime/object/protocol.h"
#include "runtime/object/subclasses.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/weakref.h"

namespace krait {

namespace {

struct CacheEntry {
  uint64_t version;
  Value name;  // owned: an absent name is kept alive by nobody else
  Value value; // borrowed from a type's dict, or null: absent
};
constexpr size_t kCacheSize = 4096;
constinit CacheEntry cache[kCacheSize] = {};
uint64_t lastVersion = 1; // odd numbers only: never the address of anything

size_t cacheIndex(uint64_t version, Value name) { return ((name.bits >> 4) ^ (version * 0x9E37u)) & (kCacheSize - 1); }

bool assignVersion(Type* t) {
  if (t->version) return true;
  if (t->flags & kTypeUncached) return false;
  auto* mro = asTuple(t->mro);
  for (int64_t i = mro->size - 1; i >= 0; --i) {
    auto* base = mro->items[i].as<Type>();
    if (base->version) continue;
    if (base->flags & kTypeUncached) return false;
    base->version = lastVersion += 2;
  }
  return true;
}

Value lookupInMro(Type* t, Value name) {
  Ref mro = Ref::share(t->mro);
  auto* tuple = asTuple(mro);
  int64_t hash = strHash(name);
  for (int64_t i = 0; i < tuple->size; ++i) {
    auto* base = tuple->items[i].as<Type>();
    if (Value v = dictGet(base->dict, name, hash)) return v;
    if (errorSet()) [[unlikely]] errorClear();
  }
  return {};
}

[[gnu::noinline]] Value lookupUncached(Type* t, Value name) {
  if (!(t->flags & (kTypeReady | kTypeReadying))) [[unlikely]] typeReady(t);
  if (!t->mro) return {};
  Value v = lookupInMro(t, name);
  if (asStr(name)->flags & kStrInterned && assignVersion(t) && !isVariableAlong(t, name)) {
    CacheEntry& e = cache[cacheIndex(t->version, name)];
    e.version = t->version;
    e.value = v;
    Value old = e.name;
    e.name = newRef(name);
    xdecref(old);
  }
  return v;
}

} // namespace

// A type with a version is ready.
Value typeLookup(Type* t, Value name) {
  if (const uint64_t version = t->version) [[likely]] {
    const CacheEntry& e = cache[cacheIndex(version, name)];
    if (e.version == version && e.name == name) [[likely]] return e.value;
  }
  return lookupUncached(t, name);
}

uint64_t typeVersion(Type* t) {
  if (!(t->flags & kTypeReady)) typeReady(t);
  return assignVersion(t) ? t->version : 0;
}

void typeModified(Type* t) {
  if (!t->version) return;
  t->version = 0;
  forgetMethods(t);
  forEachSubclass(t, [](Type* sub, void*) { typeModified(sub); return true; }, nullptr);
}

// ---- subclasses: a dict from address to weak reference -------------------------------------------

int32_t addSubclass(Type* base, Type* sub) {
  if (!base->subclasses && !(base->subclasses = newDict())) return -1;
  Ref ref(newWeakref(asValue(sub), Value()));
  if (!ref) return -1;
  return dictSet(base->subclasses, Value::ofSmallInt(static_cast<int64_t>(asValue(sub).bits >> 4)), ref);
}

void removeSubclass(Type* base, Type* sub) {
  if (!base->subclasses) return;
  if (dictDeleteIfPresent(base->subclasses, Value::ofSmallInt(static_cast<int64_t>(asValue(sub).bits >> 4))) < 0)
    errorClear();
}

bool forEachSubclass(Type* t, bool (*visit)(Type* sub, void* context), void* context) {
  if (!t->subclasses) return true;
  int64_t position = 0;
  Value key, ref;
  Ref held = Ref::share(t->subclasses);
  while (dictNext(held, &position, &key, &ref)) {
    Value sub = weakrefTarget(ref);
    if (sub && !visit(sub.as<Type>(), context)) return false;
  }
  return true;
}

bool isSubtype(const Type* a, const Type* b) {
  if (a == b || b == &objectType) return true;
  if (a->base == &objectType && !a->secondBase && !(a->flags & kTypeHeap)) return false;
  if (a->mro) {
    auto* mro = asTuple(a->mro);
    for (int64_t i = 0; i < mro->size; ++i)
      if (mro->items[i].as<Type>() == b) return true;
    return false;
  }
  // A builtin type that nobody has completed yet.
  for (const Type* t = a; t; t = t->base) {
    if (t == b) return true;
    if (t->secondBase && isSubtype(t->secondBase, b)) return true;
  }
  return false;
}

} // namespace krait
