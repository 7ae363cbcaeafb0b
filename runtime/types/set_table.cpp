// See set_table.h.
#include "runtime/types/set_table.h"
#include <algorithm>
#include <cstring>
#include <utility>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/types/weakref.h"

namespace krait::set_table {

void initialize(SetObject* s) {
  s->table = s->smallTable;
  s->mask = kMinSize - 1;
  s->hash = -1;
}

/// Equality of an entry's key with `key` of equal hash: 1, 0, -1 error, or where it may not `ask`; -2 the table changed.
static int32_t sameKeySlow(SetObject* s, SetEntry* e, Value key);
template <bool ask> [[gnu::always_inline]] static inline int32_t sameKey(SetObject* s, SetEntry* e, Value key) {
  Value mine = e->key;
  if (mine == key) return 1;
  if (mine.isSmallInt() && key.isSmallInt()) return 0;
  if (isExactStr(mine) && isExactStr(key)) return sameText(mine, key);
  if (isExactTuple(mine) && isExactTuple(key)) {
    const int32_t plain = tuplesPlainlyEqual(asTuple(mine), asTuple(key), 0);
    return plain >= 0 || !ask ? plain : sameKeySlow(s, e, key);
  }
  if (const int32_t plain = plainlyEqual(mine, key); plain >= 0) return plain;
  if (refersToSame(mine, key)) return 1;
  return ask ? sameKeySlow(s, e, key) : -1;
}
static int32_t sameKeySlow(SetObject* s, SetEntry* e, Value key) {
  Value mine = e->key;
  SetEntry* table = s->table;
  Ref held = Ref::share(mine), heldKey = Ref::share(key);
  int32_t r = equal(held, key);
  if (r < 0) return -1;
  return s->table != table || e->key != held.get() ? -2 : r;
}

/// The entry of `key`, else the free slot that ends its probe sequence; null on error. *deleted: the last deleted slot on the way.
template <bool ask = true> [[gnu::always_inline]] static inline SetEntry* locate(SetObject* s, Value key, int64_t hash, SetEntry** deleted = nullptr) {
restart:
  if (deleted) *deleted = nullptr;
  uint64_t mask = static_cast<uint64_t>(s->mask), perturb = static_cast<uint64_t>(hash), i = perturb & mask;
  for (;;) {
    SetEntry* e = &s->table[i];
    uint64_t probes = i + kLinearProbes <= mask ? kLinearProbes : 0;
    do {
      if (e->hash == 0 && !e->key) return e;
      if (e->hash == hash && e->key) {
        int32_t r = sameKey<ask>(s, e, key);
        if (r > 0) return e;
        if (r == -2) goto restart;
        if (r < 0) return nullptr;
      } else if (deleted && e->hash == -1 && !e->key) {
        *deleted = e;
      }
      ++e;
    } while (probes--);
    perturb >>= kPerturbShift;
    i = (i * 5 + 1 + perturb) & mask;
  }
}

SetEntry* find(SetObject* s, Value key, int64_t hash, bool* error) {
  SetEntry* e = locate(s, key, hash);
  *error = !e;
  return e && e->key ? e : nullptr;
}

int32_t has(SetObject* s, Value key, int64_t hash) {
  SetEntry* e = locate(s, key, hash);
  return e ? static_cast<bool>(e->key) : -1;
}

int32_t hasPlainly(SetObject* s, Value key, int64_t hash) {
  SetEntry* e = locate<false>(s, key, hash);
  return e ? static_cast<bool>(e->key) : -1;
}

/// A key that is new, to the free slot that locate() found, or the deleted one before it.
static inline int32_t put(SetObject* s, SetEntry* free, SetEntry* deleted, Value key, int64_t hash) {
  SetEntry* e = deleted ? deleted : free;
  s->fill += !deleted;
  ++s->used;
  *e = {newRef(key), hash};
  noteLive(s, e, true);
  return deleted || s->fill * 5 < s->mask * 3 ? 0 : resize(s, grown(s));
}
static inline void remove(SetObject* s, SetEntry* e) {
  const Value old = e->key;
  *e = {Value(), -1};
  noteLive(s, e, false);
  --s->used;
  decref(old);
}

int32_t add(SetObject* s, Value key, int64_t hash) {
  SetEntry* deleted;
  SetEntry* e = locate(s, key, hash, &deleted);
  if (!e) return -1;
  return e->key ? 0 : put(s, e, deleted, key, hash);
}

int32_t addPlainly(SetObject* s, Value key, int64_t hash) {
  SetEntry* deleted;
  SetEntry* e = locate<false>(s, key, hash, &deleted);
  if (!e) return kMustAsk;
  return e->key ? 0 : put(s, e, deleted, key, hash);
}

int32_t discard(SetObject* s, Value key, int64_t hash) {
  SetEntry* e = locate(s, key, hash);
  if (!e) return -1;
  if (!e->key) return 0;
  remove(s, e);
  return 1;
}

int32_t toggle(SetObject* s, Value key, int64_t hash) {
  SetEntry* deleted;
  SetEntry* e = locate<false>(s, key, hash, &deleted);
  if (!e) { // CPython asks twice
    const int32_t gone = discard(s, key, hash);
    return gone == 0 ? add(s, key, hash) : gone < 0 ? -1 : 0;
  }
  if (!e->key) return put(s, e, deleted, key, hash);
  remove(s, e);
  return 0;
}

/// A table without deleted slots, as keys come in that it does not hold.
struct CleanTable {
  explicit CleanTable(SetObject* s) : table(s->table), live(liveWords(s)), mask(static_cast<uint64_t>(s->mask)) {}
  void insert(Value key, int64_t hash) {
    uint64_t perturb = static_cast<uint64_t>(hash), i = perturb & mask;
    if (!table[i].key) [[likely]] return put(i, key, hash);
    for (;;) {
      const uint64_t last = i + kLinearProbes <= mask ? i + kLinearProbes : i;
      for (uint64_t at = i; at <= last; ++at)
        if (!table[at].key) return put(at, key, hash);
      perturb >>= kPerturbShift;
      i = (i * 5 + 1 + perturb) & mask;
    }
  }
  void put(uint64_t i, Value key, int64_t hash) {
    table[i] = {key, hash};
    live[i >> 6] |= uint64_t{1} << (i & 63);
  }
  SetEntry* table;
  uint64_t* live;
  uint64_t mask;
};

int32_t resize(SetObject* s, int64_t used) {
  int64_t size = kMinSize;
  while (size <= used) size <<= 1;
  SetEntry* old = s->table;
  int64_t oldMask = s->mask;
  SetEntry copy[kMinSize];
  bool wasSmall = old == s->smallTable;
  SetEntry* table;
  if (size == kMinSize) {
    if (wasSmall) {
      if (s->fill == s->used) return 0;
      std::memcpy(static_cast<void*>(copy), old, sizeof copy);
      old = copy;
    }
    table = s->smallTable;
    std::memset(static_cast<void*>(table), 0, sizeof copy);
  } else {
    table = static_cast<SetEntry*>(allocateZeroed(tableBytes(size)));
    if (!table) return -1;
  }
  const SetObject before = {.mask = oldMask, .table = old, .live = s->live};
  s->table = table;
  s->mask = size - 1;
  s->fill = s->used;
  s->live = 0;
  CleanTable clean(s);
  forEachEntry(&before, [&](const SetEntry& e) { clean.insert(e.key, e.hash); });
  if (!wasSmall) deallocate(old);
  return 0;
}

/// Whether other's table can be had as it is, in a table of so many slots.
static bool isCopied(int64_t size, const SetObject* other) { return size == other->mask + 1 && other->fill == other->used; }
/// Other's keys into the table of a set that has none, nor deleted slots.
static void takeKeys(SetObject* s, const SetObject* other) {
  if (isCopied(s->mask + 1, other)) {
    if (s->table == s->smallTable) std::memcpy(static_cast<void*>(s->smallTable), other->table, sizeof s->smallTable);
    else std::memcpy(static_cast<void*>(s->table), other->table, tableBytes(s->mask + 1));
    s->live = other->live;
    forEachEntry(other, [](const SetEntry& e) { incref(e.key); });
  } else {
    CleanTable clean(s);
    forEachEntry(other, [&](const SetEntry& e) { clean.insert(newRef(e.key), e.hash); });
  }
  s->fill = s->used = other->used;
}
/// A table of the size that a resize would choose, for a set with nothing in its small one. Not cleared if other's is to be copied.
static bool makeRoom(SetObject* s, const SetObject* other) {
  if (other->used * 5 < s->mask * 3) return true;
  int64_t size = kMinSize;
  while (size <= other->used * 2) size <<= 1;
  auto* table = static_cast<SetEntry*>(isCopied(size, other) ? allocate(tableBytes(size)) : allocateZeroed(tableBytes(size)));
  if (!table) return false;
  s->table = table;
  s->mask = size - 1;
  return true;
}

int32_t merge(SetObject* s, SetObject* other) {
  if (other == s || other->used == 0) return 0;
  if (s->fill == 0 && s->table == s->smallTable) {
    if (!makeRoom(s, other)) return -1;
  } else if ((s->fill + other->used) * 5 >= s->mask * 3 && resize(s, (s->used + other->used) * 2) < 0) {
    return -1;
  }
  if (s->fill == 0) return takeKeys(s, other), 0;
  for (int64_t at = 0;;) {
    int32_t added = 0;
    at = walkFrom(other, at, [&](const SetEntry& e) { return (added = addPlainlyAtOnce(s, e.key, e.hash)) == 0; });
    if (added == -1) return -1;
    const SetEntry* e = next(other, &at);
    if (!e) return 0;
    Ref key = Ref::share(e->key);
    if (add(s, key, e->hash) < 0) return -1;
  }
}

void clear(SetObject* s) {
  if (s->fill == 0 && s->table == s->smallTable) return;
  SetObject old = *s; // what its keys' ends may do to the set is to a new table
  if (s->table == s->smallTable) old.table = old.smallTable;
  std::memset(static_cast<void*>(s->smallTable), 0, sizeof s->smallTable);
  s->table = s->smallTable;
  s->mask = kMinSize - 1;
  s->fill = s->used = 0;
  s->live = 0;
  s->hash = -1;
  int64_t at = 0;
  while (const SetEntry* e = next(&old, &at)) decref(e->key);
  if (old.table != old.smallTable) deallocate(old.table);
}

void swapBodies(SetObject* a, SetObject* b) {
  std::swap(a->fill, b->fill);
  std::swap(a->used, b->used);
  std::swap(a->mask, b->mask);
  std::swap(a->live, b->live);
  SetEntry* ta = a->table == a->smallTable ? b->smallTable : a->table;
  a->table = b->table == b->smallTable ? a->smallTable : b->table;
  b->table = ta;
  for (int64_t i = 0; i < kMinSize; ++i) std::swap(a->smallTable[i], b->smallTable[i]);
  a->hash = b->hash = -1;
}

Type& baseType(Value s) { return hasTypeFlag(s, kTypeFrozenSet) ? frozensetType : setType; }

Value make(Type& type, Value iterable) {
  auto* s = newObjectOf<SetObject>(type);
  initialize(s);
  Ref result(Value(&s->header));
  if (iterable && setUpdate(result, iterable) < 0) return Value();
  gcTrack(&s->header);
  return result.release();
}

} // namespace krait::set_table
