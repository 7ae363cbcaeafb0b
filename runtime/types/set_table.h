// The table inside set and frozenset: CPython's sizes, probe order (nine linear
// probes, then i*5 + 1 + perturb) and resize rules, so that iteration order is
// the same. For the set files only.
//
// Which slots hold keys is also known as bits, for walks.
//
// A free slot has a null key and hash 0; a deleted one a null key and hash -1.
// Look-ups of other than small ints and exact strs may run code that changes the
// set; they then start again.
#pragma once
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/iterators.h"
#include "runtime/types/key.h"

namespace krait::set_table {

constexpr int64_t kMinSize = 8;
constexpr uint64_t kLinearProbes = 9;
constexpr int kPerturbShift = 5;

/// Empties the fields of a zeroed object.
void initialize(SetObject* s);
/// The live entry of `key`, or null; *error when == raised.
SetEntry* find(SetObject* s, Value key, int64_t hash, bool* error);
/// 0 added or already there, -1 error. The key, which the caller keeps alive, is shared.
int32_t add(SetObject* s, Value key, int64_t hash);
/// 1, 0, -1.
int32_t has(SetObject* s, Value key, int64_t hash);
/// Whether the entry is of that key, as far as that is known without a call: it is the very object, the same short text, or a tuple of the very same
/// items. One whose hash has changed since is not found.
[[gnu::always_inline]] inline bool isKey(const SetEntry& e, Value key, int64_t hash) {
  if (e.hash != hash || !e.key) return false;
  return e.key == key || equalAtOnce(e.key, key);
}
/// The same as has(), answered inline where the first slot tells: by such a key, or by being free.
inline int32_t hasAtOnce(SetObject* s, Value key, int64_t hash) {
  const SetEntry& e = s->table[hash & s->mask];
  if (isKey(e, key, hash)) return 1;
  return !e.key && e.hash == 0 ? 0 : has(s, key, hash);
}
/// The same without code that could run: -1 where a key would have to be asked.
int32_t hasPlainly(SetObject* s, Value key, int64_t hash);
inline int32_t hasPlainlyAtOnce(SetObject* s, Value key, int64_t hash) {
  const SetEntry& e = s->table[hash & s->mask];
  if (isKey(e, key, hash)) return 1;
  return !e.key && e.hash == 0 ? 0 : hasPlainly(s, key, hash);
}
/// add, inline where the first slot tells and has room.
inline int32_t addAtOnce(SetObject* s, Value key, int64_t hash);
/// The same without code that could run: kMustAsk where a key would have to be asked.
constexpr int32_t kMustAsk = -2;
int32_t addPlainly(SetObject* s, Value key, int64_t hash);
[[gnu::always_inline]] inline int32_t addPlainlyAtOnce(SetObject* s, Value key, int64_t hash);
/// Removes the key, or adds it if it is not there: 0, -1.
int32_t toggle(SetObject* s, Value key, int64_t hash);
/// 1 removed, 0 absent, -1.
int32_t discard(SetObject* s, Value key, int64_t hash);
int32_t resize(SetObject* s, int64_t used);
/// s |= other. May run code (==) unless s is empty.
int32_t merge(SetObject* s, SetObject* other);
void clear(SetObject* s);
/// Bits that tell which slots hold keys, 64 to a word: where they are is not to be predicted, so that a walk that tests each slot
/// is slow. A small table's are in the object, others' behind the slots.
inline bool hasSmallTable(const SetObject* s) { return s->mask < 64; }
inline const uint64_t* liveWords(const SetObject* s) { return hasSmallTable(s) ? &s->live : reinterpret_cast<const uint64_t*>(s->table + s->mask + 1); }
inline uint64_t* liveWords(SetObject* s) { return hasSmallTable(s) ? &s->live : reinterpret_cast<uint64_t*>(s->table + s->mask + 1); }
/// Bytes of a table of `size` slots, with the bits behind them.
inline size_t tableBytes(int64_t size) {
  return static_cast<size_t>(size) * sizeof(SetEntry) + (size > 64 ? static_cast<size_t>(size) / 8 : 0);
}
/// Next live entry at or after *position, which is left behind it.
inline SetEntry* next(const SetObject* s, int64_t* position) {
  const int64_t at = *position;
  if (at > s->mask) return nullptr;
  const uint64_t* live = liveWords(s);
  int64_t word = at >> 6;
  uint64_t rest = live[word] >> (at & 63) << (at & 63);
  while (!rest) {
    if (++word > s->mask >> 6) {
      *position = s->mask + 1;
      return nullptr;
    }
    rest = live[word];
  }
  const int64_t found = word * 64 + __builtin_ctzll(rest);
  *position = found + 1;
  return &s->table[found];
}
/// The next key of an iterator onwards (owned), where the bits in its word tell of one. Null: that is to be looked into.
inline Value nextAtOnce(SetIterator* it) {
  const SetObject* s = it->set ? asSet(it->set) : nullptr;
  if (!s || it->used != s->used || it->position > s->mask) return Value();
  const uint64_t rest = liveWords(s)[it->position >> 6] >> (it->position & 63);
  if (!rest) return Value();
  const int64_t found = it->position + __builtin_ctzll(rest);
  it->position = found + 1;
  --it->remaining;
  return newRef(s->table[found].key);
}
/// `visit(entry)` for all live entries, in order: runs no code that could change the set.
template <class F> inline void forEachEntry(const SetObject* s, F&& visit) {
  const uint64_t* live = liveWords(s);
  SetEntry* first = s->table;
  for (int64_t word = 0; word <= s->mask >> 6; ++word, first += 64)
    for (uint64_t rest = live[word]; rest; rest &= rest - 1) visit(first[__builtin_ctzll(rest)]);
}
/// A key came to, or left, a slot.
inline void noteLive(SetObject* s, const SetEntry* e, bool live) {
  const int64_t slot = e - s->table;
  uint64_t& word = liveWords(s)[slot >> 6];
  const uint64_t bit = uint64_t{1} << (slot & 63);
  word = live ? word | bit : word & ~bit;
}
/// What an add or a deletion in bulk grows the table to.
inline int64_t grown(const SetObject* s) { return s->used > 50000 ? s->used * 2 : s->used * 4; }
/// Adds a key if its first slot is free, and room is left; else false.
inline bool addToFreeSlot(SetObject* s, Value key, int64_t hash) {
  SetEntry* e = &s->table[hash & s->mask];
  if (e->key || e->hash != 0 || (s->fill + 1) * 5 >= s->mask * 3) return false;
  ++s->fill;
  ++s->used;
  *e = {newRef(key), hash};
  noteLive(s, e, true);
  return true;
}
inline int32_t addAtOnce(SetObject* s, Value key, int64_t hash) {
  if (isKey(s->table[hash & s->mask], key, hash)) return 0;
  return addToFreeSlot(s, key, hash) ? 0 : add(s, key, hash);
}
inline int32_t addPlainlyAtOnce(SetObject* s, Value key, int64_t hash) {
  if (isKey(s->table[hash & s->mask], key, hash)) return 0;
  return addToFreeSlot(s, key, hash) ? 0 : addPlainly(s, key, hash);
}
/// Goes through the slots of live entries from `at` on until `visit(entry)`, which runs no code that could change the set, is false:
/// that slot, or the one behind the last.
template <class F> inline int64_t walkFrom(const SetObject* s, int64_t at, F&& visit) {
  if (at > s->mask) return at;
  const uint64_t* live = liveWords(s);
  const SetEntry* table = s->table;
  int64_t word = at >> 6;
  uint64_t rest = live[word] >> (at & 63) << (at & 63);
  for (;;) {
    for (; rest; rest &= rest - 1) {
      const int64_t slot = word * 64 + __builtin_ctzll(rest);
      if (!visit(table[slot])) return slot;
    }
    if (++word > s->mask >> 6) return s->mask + 1;
    rest = live[word];
  }
}
/// A set or frozenset of exactly the type's base among the two, with the items of `iterable` (null: none).
Value make(Type& type, Value iterable);
Type& baseType(Value s);
/// Exchanges the contents of two sets of any kind.
void swapBodies(SetObject* a, SetObject* b);

} // namespace krait::set_table
