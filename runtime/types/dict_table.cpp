// See dict_table.h.
#include "runtime/types/dict_table.h"
#include <algorithm>
#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/types/dict_split.h"
#include "runtime/types/int.h"
#include "runtime/types/weakref.h"

namespace krait::dict_table {

void newVersion(DictObject* d) {
  static uint64_t last = 0;
  d->version = ++last;
}

/// Probes for `hash`: what `judge` makes of an entry on the way (its place, or kUnknown), kEmpty to go on.
template <class Slot, class Judge> static int64_t probeIn(const DictObject* d, int64_t hash, Judge judge) {
  const Slot* index = static_cast<const Slot*>(d->index);
  const uint64_t mask = (uint64_t{1} << d->log2Index) - 1;
  uint64_t perturb = static_cast<uint64_t>(hash), i = perturb & mask;
  for (;;) {
    int64_t at = index[i];
    if (at >= 0) {
      if (const int64_t found = judge(d->entries[at], at); found != kEmpty) return found;
    } else if (at == kEmpty) {
      return kEmpty;
    }
    perturb >>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
}

template <class Judge> static int64_t probe(const DictObject* d, int64_t hash, Judge judge) {
  if (!d->entries) return kEmpty;
  switch (d->indexBytes) {
  case 1: return probeIn<int8_t>(d, hash, judge);
  case 2: return probeIn<int16_t>(d, hash, judge);
  case 4: return probeIn<int32_t>(d, hash, judge);
  default: return probeIn<int64_t>(d, hash, judge);
  }
}

int64_t findText(const DictObject* d, Value key, int64_t hash) {
  return probe(d, hash, [key, hash](const DictEntry& e, int64_t at) {
    return e.key == key || (e.hash == hash && sameText(e.key, key)) ? at : kEmpty;
  });
}

/// Two objects of one class of which plainlyEqual knows nothing: it has to be asked.
static inline bool isUpToClass(Value a, Value b) {
  if (!a.isPointer() || !b.isPointer()) return false;
  const Type* t = typeOfObject(a.object());
  return t == typeOfObject(b.object()) && !(t->flags & ((kPlainKinds & ~kSetKinds) | kTypePlainKey)) && t != &bytesType;
}
/// keysEqual of two that are not the same.
static int32_t askEqual(Value a, Value b) {
  if (!isUpToClass(a, b)) return keysEqual(a, b);
  if (typeOfObject(a.object())->flags & (kTypeHeap | kSetKinds)) return equal(a, b);
  Ref answer(compare(a, b, kEq));
  return answer == boolean(true) ? 1 : answer == boolean(false) ? 0 : answer ? isTrue(answer) : -1;
}

/// find(), where that may run code.
static int64_t findAsking(DictObject* d, Value key, int64_t hash) {
restart:
  DictEntry* entries = d->entries;
  if (!entries) return kEmpty;
  const uint64_t mask = (uint64_t{1} << d->log2Index) - 1;
  uint64_t perturb = static_cast<uint64_t>(hash), i = perturb & mask;
  for (;;) {
    int64_t at = indexAt(d, i);
    if (at >= 0) {
      DictEntry& e = entries[at];
      if (e.key == key) return at;
      if (e.hash == hash) {
        Ref held = Ref::share(e.key);
        int32_t same = askEqual(held, key);
        if (same < 0) return kError;
        if (d->entries != entries || at >= d->entryCount || entries[at].key != held.get()) goto restart;
        if (same) return at;
      }
    } else if (at == kEmpty) {
      return kEmpty;
    }
    perturb >>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
}

/// find(), where another key of this hash is not the one. If it does not ask keys that may have a say, such a one gives kUnknown.
template <bool asks> [[gnu::noinline]] static int64_t findBehind(DictObject* d, Value key, int64_t hash) {
  if (d->strKeysOnly && isExactStr(key)) return findText(d, key, hash);
  const int64_t found = probe(d, hash, [key, hash](const DictEntry& e, int64_t at) {
    if (e.key == key) return at;
    if (e.hash != hash) return kEmpty;
    const int32_t plain = plainlyEqual(e.key, key);
    return plain > 0 ? at : plain == 0 ? kEmpty : kUnknown;
  });
  return found != kUnknown || !asks ? found : findAsking(d, key, hash);
}
/// `found` by follow(). Keys of one hash are mostly equal.
template <bool asks = true> [[gnu::always_inline]] static inline int64_t compareFound(DictObject* d, Value key, int64_t hash, int64_t found) {
  if (found > kUnknown) return found;
  const Value met = d->entries[kUnknown - found].key;
  const int32_t same = isExactStr(met) && isExactStr(key)       ? sameText(met, key)
                       : isExactTuple(met) && isExactTuple(key) ? tuplesPlainlyEqual(asTuple(met), asTuple(key), 0)
                       : isExactBytes(met) && isExactBytes(key) ? sameBytes(met, key)
                       : isExact(met, weakrefType)              ? (refersToSame(met, key) ? 1 : -1)
                       : isUpToClass(met, key)                  ? (met == key ? 1 : -1)
                                                                : plainlyEqual(met, key);
  if (same > 0) return kUnknown - found;
  if (!same) return findBehind<asks>(d, key, hash);
  return asks ? findAsking(d, key, hash) : kUnknown;
}
int64_t comparePlainly(DictObject* d, Value key, int64_t hash, int64_t found) { return compareFound<false>(d, key, hash, found); }
int64_t findBeyond(DictObject* d, Value key, int64_t hash) { return compareFound(d, key, hash, follow(d, key, hash)); }
int64_t findBehindFirst(DictObject* d, Value key, int64_t hash) { return compareFound(d, key, hash, follow<true>(d, key, hash)); }
bool hashOther(Value key, int64_t* hash) {
  if (isExactTuple(key)) return (asTuple(key)->hash ? tupleHashesHold : tupleKeepsHash(asTuple(key))) && (*hash = asTuple(key)->hash, true);
  if (!key.isPointer()) return key.isImmediateFloat() && (*hash = numberHash(key.immediateFloat()), true);
  if (hashesItself(key)) return false;
  if (hashOfAddress(key, hash)) return true;
  if (isExactStr(key)) return *hash = strHash(key), true;
  if (isExactBytes(key)) return *hash = keyHash(key), true;
  if (isExact(key, frozensetType)) return (*hash = key.as<SetObject>()->hash) != -1; // once asked for, it is kept
  if (key.object()->layout == &complexType.instanceLayout) return *hash = complexHash(key), true;
  const auto known = typeOfObject(key.object())->hash;
  if (known == intType.hash) return *hash = intHash(key), true;
  if (known != tupleType.hash) return plainKeyHash(key, hash);
  if (!tupleHashesHold) return false;
  TupleObject* t = asTuple(key);
  return (t->hash || tupleKeepsHash(t)) && (*hash = t->hash, true);
}
int64_t findComparing(DictObject* d, Value key, int64_t found) {
  if (found != kNobody) return compareFound(d, key, d->entries[kUnknown - found].hash, found);
  const int64_t hash = askedHash(key);
  return hash == -1 ? kError : d->entries ? findBeyond(d, key, hash) : kEmpty;
}

int64_t findValue(const DictObject* d, int64_t hash, Value value) {
  return probe(d, hash, [value](const DictEntry& e, int64_t at) { return e.value == value ? at : kEmpty; });
}

/// Numbers of entries from `from` on, whose hashes are not in the index yet, go to the empty or dummy slots for them.
template <class Slot> static void enterIn(DictObject* d, int64_t from, int64_t count) {
  auto* index = static_cast<Slot*>(d->index);
  const DictEntry* entries = d->entries; // read once: what is stored here could be it, for all that the compiler knows
  const uint64_t mask = (uint64_t{1} << d->log2Index) - 1;
  for (int64_t number = from; number < from + count; ++number) {
    uint64_t perturb = static_cast<uint64_t>(entries[number].hash), i = perturb & mask;
    while (index[i] >= 0) {
      perturb >>= 5;
      i = (i * 5 + perturb + 1) & mask;
    }
    index[i] = static_cast<Slot>(number);
  }
}
static inline void enter(DictObject* d, int64_t from, int64_t count) {
  switch (d->indexBytes) {
  case 1: return enterIn<int8_t>(d, from, count);
  case 2: return enterIn<int16_t>(d, from, count);
  case 4: return enterIn<int32_t>(d, from, count);
  default: return enterIn<int64_t>(d, from, count);
  }
}

/// Null with MemoryError.
static inline void* newBlock(size_t bytes) {
  void* block = bytes <= kSmallLimit && !allocationHooks ? takeBlock(bytes) : nullptr;
  return block ? block : allocate(bytes);
}

/// Makes a table of that size with room for `capacity` entries, and moves the live ones over, behind `gap` deleted ones.
static int32_t rebuild(DictObject* d, int log2, int64_t gap, int64_t capacity) {
  int64_t size = int64_t{1} << log2;
  uint8_t bytes = log2 <= 7 ? 1 : log2 <= 15 ? 2 : log2 <= 31 ? 4 : 8;
  size_t entryBytes = static_cast<size_t>(capacity) * sizeof(DictEntry);
  auto* entries = static_cast<DictEntry*>(newBlock(entryBytes + static_cast<size_t>(size) * bytes));
  if (!entries) return -1;
  DictEntry* old = d->entries;
  int64_t oldCount = d->entryCount, n = gap;
  for (int64_t i = 0; i < gap; ++i) entries[i] = {};
  if (d->used == oldCount) { // none was deleted
    if (oldCount) std::memcpy(static_cast<void*>(entries + n), old, static_cast<size_t>(oldCount) * sizeof(DictEntry));
    n += oldCount;
  } else {
    for (int64_t i = 0; i < oldCount; ++i)
      if (old[i].key) entries[n++] = old[i];
  }
  d->entries = entries;
  d->index = reinterpret_cast<char*>(entries) + entryBytes;
  d->entryCount = n;
  d->entryCapacity = capacity;
  d->log2Index = static_cast<uint8_t>(log2);
  d->indexBytes = bytes;
  if (log2 == kMinLog2) std::memset(d->index, 0xff, 1 << kMinLog2);
  else std::memset(d->index, 0xff, static_cast<size_t>(size) * bytes);
  if (n != gap) enter(d, gap, n - gap);
  d->firstLive = static_cast<uint32_t>(gap);
  if (old) releaseBlock(old);
  return 0;
}
int32_t resize(DictObject* d, int log2) { return rebuild(d, log2, 0, usable(int64_t{1} << log2)); }

int32_t resizeTightly(DictObject* d, int64_t count) {
  const int64_t capacity = std::max(count + 2, usable(1 << kMinLog2));
  int log2 = kMinLog2;
  while (usable(int64_t{1} << log2) < capacity) ++log2;
  return rebuild(d, log2, 0, capacity);
}

/// `key` null: no new key.
void trackFor(DictObject* d, Value key, Value v) {
  if ((v.isPointer() && (v.object()->layout->flags & kLayoutGc)) ||
      (key && key.isPointer() && (key.object()->layout->flags & kLayoutGc)))
    gcTrack(&d->header);
}

/// Of the table that a full one makes way for. CPython's rounding gives one or two entries 16 slots.
static int log2ForMore(const DictObject* d) { return d->used == 1 || d->used == 2 ? kMinLog2 + 1 : log2For(d->used * 3); }

int32_t insertNew(DictObject* d, Value key, int64_t hash, Value v) {
  bool text = isExactStr(key);
  if (!d->entries) {
    if (resize(d, kMinLog2) < 0) return -1;
    d->strKeysOnly = text;
  } else if (d->strKeysOnly && !text) {
    if (resize(d, log2ForMore(d)) < 0) return -1;
    d->strKeysOnly = false;
  }
  if (d->entryCount >= d->entryCapacity && (d->split == kDictInstance ? resizeTightly(d, d->used + d->used / 4) : resize(d, log2ForMore(d))) < 0)
    return -1;
  DictEntry& e = d->entries[d->entryCount];
  e.hash = hash;
  e.key = newRef(key);
  e.value = newRef(v);
  enter(d, d->entryCount, 1);
  ++d->entryCount;
  ++d->used;
  newVersion(d);
  if (d->split) dict_split::adoptNewEntry(d, e);
  trackFor(d, key, v);
  return 0;
}

/// set() in one probe, where the dict has a table and its entries hold their values. `texts`: it has only str keys, and the key is
/// an exact str; otherwise it may have any, and the answer is kUnknown where a key of the same hash has to be asked.
template <bool texts, class Slot> static int32_t setIn(DictObject* d, Value key, int64_t hash, Value v) {
  auto* index = static_cast<Slot*>(d->index);
  const uint64_t mask = (uint64_t{1} << d->log2Index) - 1;
  uint64_t perturb = static_cast<uint64_t>(hash), i = perturb & mask;
  int64_t free = -1; // where enter() would put it: the first slot without an entry
  for (;;) {
    const int64_t at = index[i];
    if (at >= 0) {
      const DictEntry& e = d->entries[at];
      int32_t same = e.key == key;
      if (!same && e.hash == hash) {
        same = texts ? sameText(e.key, key) : plainlyEqual(e.key, key);
        if (same < 0) return kUnknown;
      }
      if (same) return setEntryValue(d, at, v), 0;
    } else {
      if (free < 0) free = static_cast<int64_t>(i);
      if (at == kEmpty) break;
    }
    perturb >>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
  if (d->entryCount >= d->entryCapacity) return insertNew(d, key, hash, v);
  index[free] = static_cast<Slot>(d->entryCount);
  d->entries[d->entryCount++] = {hash, newRef(key), newRef(v)};
  ++d->used;
  newVersion(d);
  trackFor(d, texts ? Value() : key, v);
  return 0;
}
template <bool texts> static int32_t setQuickly(DictObject* d, Value key, int64_t hash, Value v) {
  switch (d->indexBytes) {
  case 1: return setIn<texts, int8_t>(d, key, hash, v);
  case 2: return setIn<texts, int16_t>(d, key, hash, v);
  case 4: return setIn<texts, int32_t>(d, key, hash, v);
  default: return setIn<texts, int64_t>(d, key, hash, v);
  }
}

int32_t set(DictObject* d, Value key, int64_t hash, Value v) {
  if (d->entries && !d->split) [[likely]] {
    if (!d->strKeysOnly) {
      if (const int32_t done = setQuickly<false>(d, key, hash, v); done != kUnknown) return done;
    } else if (isExactStr(key)) {
      return setQuickly<true>(d, key, hash, v);
    }
  } else if (!d->entries) {
    return insertNew(d, key, hash, v);
  }
  const int64_t i = find(d, key, hash);
  if (i >= 0) return setEntryValue(d, i, v), 0;
  return i == kError ? -1 : insertNew(d, key, hash, v);
}

int32_t mergePlainly(DictObject* d, const DictObject* other, int64_t* at) {
  if (other->split) return 0;
  const DictEntry* const entries = other->entries;
  const int64_t count = other->entryCount;
  for (; *at < count; ++*at) {
    const DictEntry& e = entries[*at];
    if (!e.key) continue;
    if (!d->entries || d->split || (d->strKeysOnly && !isExactStr(e.key))) break;
    const int32_t done = d->strKeysOnly ? setQuickly<true>(d, e.key, e.hash, e.value) : setQuickly<false>(d, e.key, e.hash, e.value);
    if (done == kUnknown) break;
    if (done < 0) return -1;
    if (other->entries != entries || other->entryCount != count) [[unlikely]] return ++*at, 0;
  }
  return 0;
}

/// The texts among `count` keys, keys[i * step], up to one that is none or comes again: into the empty table of a dict, and their values
/// likewise. How many.
template <class Index> static int64_t takeTextsIn(DictObject* d, const Value* keys, const Value* values, int64_t step, int64_t count) {
  auto* index = static_cast<Index*>(d->index);
  DictEntry* const entries = d->entries;
  const uint64_t mask = (uint64_t{1} << d->log2Index) - 1;
  int64_t n = 0;
  bool tracked = false;
  for (; n < count && isExactStr(keys[n * step]); ++n) {
    const Value key = keys[n * step], v = values[n * step];
    const int64_t known = asStr(key)->hash, hash = known != -1 ? known : strHash(key);
    uint64_t perturb = static_cast<uint64_t>(hash), i = perturb & mask;
    bool isNew = true;
    while (isNew && index[i] >= 0) {
      const DictEntry& e = entries[index[i]];
      isNew = e.key != key && (e.hash != hash || !sameText(e.key, key));
      perturb >>= 5;
      i = (i * 5 + perturb + 1) & mask;
    }
    if (!isNew) break;
    index[i] = static_cast<Index>(n);
    entries[n] = {hash, key, v};
    tracked |= v.isPointer() && v.object()->layout->flags & kLayoutGc;
  }
  d->entryCount = d->used = n;
  newVersion(d);
  if (tracked) gcTrack(&d->header);
  return n;
}
int64_t takeTexts(DictObject* d, Slot pairs, int64_t count) {
  if (!count || !isExactStr(pairs[0]) || (!d->entries && resize(d, kMinLog2) < 0)) return 0;
  if (d->indexBytes > 2 || count > d->entryCapacity) return 0;
  return d->indexBytes == 1 ? takeTextsIn<int8_t>(d, pairs, pairs + 1, 2, count) : takeTextsIn<int16_t>(d, pairs, pairs + 1, 2, count);
}

size_t addTexts(DictObject* d, const Value* keys, const Value* values, size_t count) {
  if (d->entries || d->split || count > static_cast<size_t>(usable(1 << kMinLog2)) || !isExactStr(keys[0]) || resize(d, kMinLog2) < 0) return 0;
  for (size_t i = 0; i < count; ++i) {
    incref(keys[i]);
    incref(values[i]);
  }
  const auto taken = static_cast<size_t>(takeTextsIn<int8_t>(d, keys, values, 1, static_cast<int64_t>(count)));
  for (size_t i = taken; i < count; ++i) {
    decref(keys[i]);
    decref(values[i]);
  }
  return taken;
}

[[gnu::always_inline]] static inline DictObject* makeDict() {
  Object* o = takeObjectOf<kLayoutGc>(dictType, kGcHeaderSize + sizeof(DictObject));
  if (o) [[likely]] clearGrains(o + 1, reinterpret_cast<char*>(o) + sizeof(DictObject));
  else o = newObject(&dictType.instanceLayout);
  auto* d = reinterpret_cast<DictObject*>(o);
  d->strKeysOnly = true;
  return d;
}
DictObject* allocateDict() { return makeDict(); }

[[gnu::always_inline]] static inline int32_t copyTableOf(DictObject* d, const DictObject* from) {
  const size_t entryBytes = static_cast<size_t>(from->entryCapacity) * sizeof(DictEntry);
  const size_t indexBytes = static_cast<size_t>(from->indexBytes) << from->log2Index;
  auto* entries = static_cast<DictEntry*>(newBlock(entryBytes + indexBytes));
  if (!entries) return -1;
  const int64_t count = from->entryCount;
#pragma clang loop unroll(disable)
  for (int64_t i = 0; i < count; ++i) {
    const DictEntry e = entries[i] = from->entries[i];
    incref(e.key);
    incref(e.value);
  }
  void* index = reinterpret_cast<char*>(entries) + entryBytes;
  if (indexBytes == 8) std::memcpy(index, from->index, 8);
  else std::memcpy(index, from->index, indexBytes);
  d->entries = entries;
  d->index = index;
  d->used = d->entryCount = count;
  d->entryCapacity = from->entryCapacity;
  d->log2Index = from->log2Index;
  d->indexBytes = from->indexBytes;
  d->strKeysOnly = from->strKeysOnly;
  newVersion(d);
  if (from->header.refs >= 0 && gcLinks(const_cast<Object*>(&from->header))->next) gcTrack(&d->header);
  return 0;
}
int32_t copyTable(DictObject* d, const DictObject* from) { return copyTableOf(d, from); }
Value copyCompact(const DictObject* from) {
  DictObject* d = makeDict();
  if (!from->used || copyTableOf(d, from) == 0) [[likely]] return Value(&d->header);
  decref(&d->header);
  return Value();
}

int64_t takeFirstTexts(DictObject* d, Slot pairs, int64_t count) {
  if (d->entries || d->split || !count || !isExactStr(pairs[0])) return 0;
  auto smallest = [](int64_t n) {
    int log2 = kMinLog2;
    while (usable(int64_t{1} << log2) < n) ++log2;
    return log2;
  };
  const int log2 = smallest(count);
  int64_t i = 0;
  if (resize(d, log2) == 0) i = takeTexts(d, pairs, count);
  else errorClear();
  if (d->entries && smallest(i) != log2 && resize(d, smallest(i)) < 0) errorClear();
  return i;
}
int32_t take(DictObject* d, Slot pairs, int64_t count) {
  const int64_t i = takeFirstTexts(d, pairs, count);
  int32_t r = 0;
  for (int64_t k = i; r == 0 && k < count; ++k) r = dictSet(Value(&d->header), pairs[2 * k], pairs[2 * k + 1]);
  for (int64_t k = 2 * count; k > 2 * i;) decref(pairs[--k]);
  return r;
}

void appended(DictObject* d, int64_t count) {
  enter(d, d->entryCount, count);
  d->entryCount += count;
  d->used += count;
  newVersion(d);
}

void appendLinked(DictObject* d, Value name, int64_t hash, Value* word) {
  d->entries[d->entryCount] = {hash, newRef(name), Value::indirect(word)};
  enter(d, d->entryCount++, 1);
  ++d->used;
}

int32_t insertFirst(DictObject* d, Value key, int64_t hash, Value v) {
  if (!d->firstLive) {
    int64_t gap = d->used + 8;
    int log2 = log2For(((d->used + gap + 1) * 3 + 1) / 2);
    if (gap > UINT32_MAX || rebuild(d, log2, gap, usable(int64_t{1} << log2)) < 0) return -1;
  }
  if (!isExactStr(key)) d->strKeysOnly = false;
  int64_t i = --d->firstLive;
  d->entries[i] = {hash, newRef(key), newRef(v)};
  enter(d, i, 1);
  ++d->used;
  newVersion(d);
  trackFor(d, key, v);
  return 0;
}

/// Takes out an entry whose slot of the index is given up already.
static inline void dropEntry(DictObject* d, int64_t i, Value* key, Value* value) {
  DictEntry& e = d->entries[i];
  Value* word = dictValueSlot(e);
  *key = e.key;
  *value = *word;
  *word = Value();
  e.key = Value();
  e.value = Value();
  if (i == d->firstLive && i < UINT32_MAX) ++d->firstLive;
  --d->used;
  newVersion(d);
}

int64_t removeFollowing(DictObject* d, Value key, Value* oldKey, Value* old) {
  int64_t hash;
  if (!hashWithoutCode(key, &hash)) return kNobody;
  if (!d->entries) return kEmpty;
  uint64_t slot;
  const int64_t at = follow(d, key, hash, &slot);
  if (at >= 0) {
    setIndexAt(d, slot, kDummy);
    dropEntry(d, at, oldKey, old);
  }
  return at;
}

void removeEntry(DictObject* d, int64_t i, Value* key, Value* value) {
  const DictEntry& e = d->entries[i];
  const uint64_t mask = (uint64_t{1} << d->log2Index) - 1;
  uint64_t perturb = static_cast<uint64_t>(e.hash), slot = perturb & mask;
  while (indexAt(d, slot) != i) {
    perturb >>= 5;
    slot = (slot * 5 + perturb + 1) & mask;
  }
  setIndexAt(d, slot, kDummy);
  dropEntry(d, i, key, value);
}

void setEntryValue(DictObject* d, int64_t i, Value v) {
  Value* word = dictValueSlot(d->entries[i]);
  Value old = *word;
  *word = newRef(v);
  if (v.isPointer() && !gcIsTracked(&d->header)) trackFor(d, Value(), v);
  xdecref(old);
}

} // namespace krait::dict_table
