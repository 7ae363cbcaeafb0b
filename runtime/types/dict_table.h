// The table inside a dict: probing, growth, insertion, removal. For the dict
// files, and for what goes over many entries or looks for one at once.
//
// One block holds `entryCapacity` entries followed by the index. Slots of the
// index are 1, 2, 4 or 8 bytes wide. Probing is CPython's, i = i*5 + perturb + 1,
// and so are the growth rules, so that getsizeof and the moment of a resize are
// the same. entryCapacity - entryCount is the number of entries that may still be
// added before a resize (popitem lowers both: its index slot stays a dummy).
//
// A look-up of other than small ints and exact strs may run code, which may
// change the dict; it then starts again.
#pragma once
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/iterators.h"
#include "runtime/types/key.h"

namespace krait::dict_table {

constexpr int64_t kEmpty = -1, kDummy = -2, kError = -3;
/// At and below it: a key of the same hash has to be compared. kUnknown - n is entry n.
constexpr int64_t kUnknown = -4, kNobody = INT64_MIN;
constexpr int kMinLog2 = 3;

inline int64_t usable(int64_t size) { return (size << 1) / 3; }
inline int log2For(int64_t size) {
  int log2 = kMinLog2;
  while ((int64_t{1} << log2) < size) ++log2;
  return log2;
}
inline int64_t indexAt(const DictObject* d, uint64_t slot) {
  if (d->indexBytes == 1) [[likely]] return static_cast<int8_t*>(d->index)[slot];
  if (d->indexBytes == 2) return static_cast<int16_t*>(d->index)[slot];
  return d->indexBytes == 4 ? static_cast<int32_t*>(d->index)[slot] : static_cast<int64_t*>(d->index)[slot];
}
inline void setIndexAt(DictObject* d, uint64_t slot, int64_t v) {
  switch (d->indexBytes) {
  case 1: static_cast<int8_t*>(d->index)[slot] = static_cast<int8_t>(v); break;
  case 2: static_cast<int16_t*>(d->index)[slot] = static_cast<int16_t>(v); break;
  case 4: static_cast<int32_t*>(d->index)[slot] = static_cast<int32_t>(v); break;
  default: static_cast<int64_t*>(d->index)[slot] = v; break;
  }
}

/// The number in the first slot that a hash points to, of a dict with a table.
inline int64_t firstIndex(const DictObject* d, int64_t hash) { return indexAt(d, static_cast<uint64_t>(hash) & ((uint64_t{1} << d->log2Index) - 1)); }
/// The same, where the first slot that is looked at does not tell, and where a key of another hash stands there.
int64_t findBeyond(DictObject* d, Value key, int64_t hash);
int64_t findBehindFirst(DictObject* d, Value key, int64_t hash);
/// Entry number of `key`, kEmpty, or kError. May run code. Most keys are the very object where their hash points first, or absent.
inline int64_t find(DictObject* d, Value key, int64_t hash) {
  if (!d->entries) return kEmpty;
  const int64_t at = firstIndex(d, hash);
  if (at == kEmpty) return at;
  if (at < 0) return findBeyond(d, key, hash);
  const DictEntry& e = d->entries[at];
  return e.key == key ? at : e.hash == hash ? findBeyond(d, key, hash) : findBehindFirst(d, key, hash);
}
/// Whether the key of an entry is this one, as far as that is known without a call: it is the very object, the same short text, or a tuple of the very
/// same items.
[[gnu::always_inline]] inline bool isOf(const DictEntry& e, Value key, int64_t hash) {
  if (e.key == key) return true;
  if (e.hash != hash) return false;
  return equalAtOnce(e.key, key);
}
/// What the first slot that a key's hash points to tells.
struct FirstLook {
  enum What : uint8_t {
    Unknown,     // the hash takes a call, or something else is amiss: see hashOther, and follow
    Absent,
    Found,       // what most look-ups find: the entry is known to be of this key, and holds its value
    SameHash,    // an entry of the same hash has to be compared: `number` is what follow() would give
    BehindFirst, // another key stands there: `number` is the hash
  };
  What what = Unknown;
  int64_t number = kNobody;
  DictEntry* entry = nullptr;
};
[[gnu::always_inline]] inline FirstLook lookAtOnce(const DictObject* d, Value key, int64_t hash) {
  const int64_t at = d->entries ? firstIndex(d, hash) : kEmpty;
  if (at < 0) return {at == kEmpty ? FirstLook::Absent : FirstLook::Unknown};
  DictEntry* e = d->entries + at;
  if (!isOf(*e, key, hash)) return e->hash == hash ? FirstLook{FirstLook::SameHash, kUnknown - at} : FirstLook{FirstLook::BehindFirst, hash};
  return e->value.isIndirect() ? FirstLook() : FirstLook{FirstLook::Found, at, e};
}
[[gnu::always_inline]] inline FirstLook lookAtOnce(const DictObject* d, Value key) {
  int64_t hash;
  return hashWithoutCode(key, &hash) ? lookAtOnce(d, key, hash) : FirstLook();
}
[[gnu::always_inline]] inline DictEntry* entryAtOnce(const DictObject* d, Value key, int64_t hash) { return lookAtOnce(d, key, hash).entry; }
[[gnu::always_inline]] inline DictEntry* entryAtOnce(const DictObject* d, Value key) { return lookAtOnce(d, key).entry; }
/// The hash of a key that hashAtOnce does not tell: by its address, or of a float, a text, bytes or a tuple of plain items, which keeps it, one of a class
/// that leaves its hash to int or tuple, too. False: code may have to run.
bool hashOther(Value key, int64_t* hash);
/// Goes along the slots of an index that a hash points to, or those behind the first, up to an entry of that key or hash (`byHash`:
/// of that hash), or an empty one.
template <class Index, bool behindFirst, bool byHash>
[[gnu::always_inline]] inline int64_t followIn(const DictObject* d, const Index* index, Value key, int64_t hash, uint64_t* slot) {
  const uint64_t mask = (uint64_t{1} << d->log2Index) - 1;
  const DictEntry* const entries = d->entries;
  uint64_t perturb = static_cast<uint64_t>(hash), i = perturb & mask;
  bool looks = !behindFirst;
  for (;;) {
    if (looks) {
      const int64_t at = index[i];
      if (at < 0 ? at == kEmpty : (!byHash && entries[at].key == key) || entries[at].hash == hash) {
        *slot = i;
        return at;
      }
    }
    looks = true;
    perturb >>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
}
/// The same of an index of any width: the number of the entry, or kEmpty. The dict has a table.
template <bool behindFirst, bool byHash = false>
[[gnu::always_inline]] inline int64_t followFirst(const DictObject* d, Value key, int64_t hash, uint64_t* slot) {
  switch (d->indexBytes) {
  [[likely]] case 1: return followIn<int8_t, behindFirst, byHash>(d, static_cast<const int8_t*>(d->index), key, hash, slot);
  case 2: return followIn<int16_t, behindFirst, byHash>(d, static_cast<const int16_t*>(d->index), key, hash, slot);
  case 4: return followIn<int32_t, behindFirst, byHash>(d, static_cast<const int32_t*>(d->index), key, hash, slot);
  default: return followIn<int64_t, behindFirst, byHash>(d, static_cast<const int64_t*>(d->index), key, hash, slot);
  }
}
/// Goes along the slots that a hash points to, or those behind the first: the number of the entry that is known to be of this key, kEmpty, or
/// kUnknown minus that of an entry whose key has this hash. The dict has a table. `slot` is told where in the index the entry of this key stands.
template <bool behindFirst = false>
[[gnu::always_inline]] inline int64_t follow(const DictObject* d, Value key, int64_t hash, uint64_t* slot) {
  const int64_t at = followFirst<behindFirst>(d, key, hash, slot);
  return at < 0 || isOf(d->entries[at], key, hash) ? at : kUnknown - at;
}
template <bool behindFirst = false> [[gnu::always_inline]] inline int64_t follow(const DictObject* d, Value key, int64_t hash) {
  uint64_t slot;
  return follow<behindFirst>(d, key, hash, &slot);
}
/// The same without a hash, of any dict: kNobody where the hash is not known at once.
[[gnu::always_inline]] inline int64_t follow(const DictObject* d, Value key) {
  int64_t hash;
  if (!hashAtOnce(key, &hash) && !hashOther(key, &hash)) return kNobody;
  return d->entries ? follow(d, key, hash) : kEmpty;
}
/// Of what `follow` gave: the entry's value, or null.
inline Value valueAt(const DictObject* d, int64_t found) { return found >= 0 ? *dictValueSlot(d->entries[found]) : Value(); }
/// find(), behind a `follow` that gave this, kUnknown or less.
int64_t findComparing(DictObject* d, Value key, int64_t found);
/// The same without code that could run: kUnknown where a key would have to be asked.
int64_t comparePlainly(DictObject* d, Value key, int64_t hash, int64_t found);
/// Entry number of an exact str; never runs code when the dict has only str keys (tested by the caller).
int64_t findText(const DictObject* d, Value key, int64_t hash);
/// The entry on the way of a hash that has this very value, of a dict with a table; kEmpty.
int64_t findValue(const DictObject* d, int64_t hash, Value value);
/// Makes a table with room for `log2` and moves the live entries over. -1: MemoryError.
int32_t resize(DictObject* d, int log2);
/// The same for `count` entries and a few more: for the dict of an instance, of which nobody sees how large it is.
int32_t resizeTightly(DictObject* d, int64_t count);
/// Adds an entry for a key known to be absent; both words are shared (a new reference is taken). -1: MemoryError.
int32_t insertNew(DictObject* d, Value key, int64_t hash, Value v);
/// d[key] = v: both words are shared. -1: an error. May run code.
int32_t set(DictObject* d, Value key, int64_t hash, Value v);
/// d[k] = v for the entries of `other` from *at on: up to one that may have to be compared by code, or until what died has changed `other`.
/// *at is left behind the last that was set. -1: an error.
int32_t mergePlainly(DictObject* d, const DictObject* other, int64_t* at);
/// The first of these owned pairs into a new dict with room for them, up to a key that is no exact str, or comes again: how many.
int64_t takeTexts(DictObject* d, Slot pairs, int64_t count);
/// The first of these keys and values (shared) into a dict without a table, as long as they are as few as its first one holds, and the
/// keys exact strs: how many.
size_t addTexts(DictObject* d, const Value* keys, const Value* values, size_t count);
/// A copy of the table of `from`, which holds its values itself and has no holes, for a dict that has none: -1: MemoryError.
int32_t copyTable(DictObject* d, const DictObject* from);
/// A new dict like that. Null: MemoryError.
Value copyCompact(const DictObject* from);
/// takeTexts into a dict, which, if it is new, gets the room that so many have after they were set one by one. How many.
int64_t takeFirstTexts(DictObject* d, Slot pairs, int64_t count);
/// All of these owned pairs, in their order, into a dict, which grows as if they were set one by one.
/// What it does not hold then dies at the end. -1: an error; the pairs behind it are not in.
int32_t take(DictObject* d, Slot pairs, int64_t count);
/// As insertNew, at the front (OrderedDict.move_to_end): amortised constant, by leaving room there.
int32_t insertFirst(DictObject* d, Value key, int64_t hash, Value v);
/// Takes entries that were written behind the last one, where there was room, into the table. Their keys are new.
void appended(DictObject* d, int64_t count);
/// Adds an entry whose value is in `word`, for a name known to be absent, to a dict that has room. Its keys have no new version.
void appendLinked(DictObject* d, Value name, int64_t hash, Value* word);
/// Removes entry `i`: returns the owned key and value (value null if its word was empty). Indirect words become null.
void removeEntry(DictObject* d, int64_t i, Value* key, Value* value);
/// `follow` that takes out the entry that it finds, as removeEntry does.
int64_t removeFollowing(DictObject* d, Value key, Value* oldKey, Value* old);
/// Writes `v` (shared) as the value of entry i; the old value dies last.
void setEntryValue(DictObject* d, int64_t i, Value v);
/// Starts tracking if either word can be part of a cycle.
void trackFor(DictObject* d, Value key, Value v);
/// Gives the set of keys a version that no other one has.
void newVersion(DictObject* d);
/// An untracked dict object of `t`'s layout with an empty table.
DictObject* allocateDict();

inline bool isLive(const DictEntry& e) { return e.key && *dictValueSlot(const_cast<DictEntry&>(e)); }
/// The next live entry at or after *i, or null. *i is left behind it.
inline DictEntry* nextLive(DictObject* d, int64_t* i) {
  int64_t at = *i < d->firstLive ? d->firstLive : *i;
  for (; at < d->entryCount; ++at) {
    DictEntry& e = d->entries[at];
    if (!(d->split ? isLive(e) : static_cast<bool>(e.key))) continue; // only a split dict's words are looked for
    *i = at + 1;
    return &e;
  }
  *i = at;
  return nullptr;
}
/// The last entry, -1 if there is none. The deleted ones behind it are given up: they stay dummies in the index, so the space does not become
/// usable again.
inline int64_t lastEntry(DictObject* d) {
  int64_t i = d->entryCount - 1;
  while (i >= 0 && !isLive(d->entries[i])) --i;
  if (i < 0) return i;
  d->entryCapacity -= d->entryCount - i - 1;
  d->entryCount = i + 1;
  return i;
}
/// The next entry of an iterator onwards, where nothing is amiss and it stands where the iterator does. Null: that is to be looked into.
inline DictEntry* nextAtOnce(DictIterator* it) {
  if (!it->dict) return nullptr;
  DictObject* d = asDict(it->dict);
  if (it->used != d->used || d->split || it->position >= d->entryCount || it->remaining == 0) return nullptr;
  DictEntry* e = d->entries + it->position;
  if (!e->key) return nullptr;
  ++it->position;
  --it->remaining;
  return e;
}

} // namespace krait::dict_table
