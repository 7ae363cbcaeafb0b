// dict (combined or split), set, frozenset: layouts and C++ interface.
//
// A dict is an insertion-ordered entry array plus an index table of 8/16/32-bit
// entry numbers with CPython's probing. A SPLIT dict belongs to an owner (an
// instance's inline slots, or a module's cells): an entry's value may then be an
// indirection (Value::isIndirect) to the word that holds the value. An entry
// exists exactly while that word is not null: an empty slot means "ask the dict",
// so the first store to an empty cell or slot takes the slow path, which adds the entry.
#pragma once
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

struct DictEntry { int64_t hash; Value key; /* null: deleted */ Value value; };

/// Whose words a split dict refers to.
enum DictSplit : uint8_t { kDictCombined = 0, kDictInstance = 1, kDictCells = 2 };

struct DictObject {
  Object header;
  int64_t used;           // live entries
  uint64_t version;       // changes with every change of keys
  DictEntry* entries;     // null while empty; the index follows in the same block
  void* index;            // power-of-two table; -1 empty, -2 dummy
  int64_t entryCount;     // including deleted
  int64_t entryCapacity;  // a resize is due when entryCount reaches it
  uint8_t log2Index;      // log2 of the table size
  uint8_t indexBytes;     // 1, 2, 4 or 8
  uint8_t split;          // DictSplit; not 0: some values may be indirect, test before touching entry.value
  uint8_t strKeysOnly;    // every key is an exact str
  uint32_t firstLive;     // all entries before this one are deleted
  union {
    Object* owner;        // kDictInstance: the instance, borrowed: a new key goes to its slot of that name if it has one
    ModuleInfo* module;   // kDictCells: likewise to its cell
  };
};

inline Value* dictValueSlot(DictEntry& e) {
  return e.value.isIndirect() ? e.value.target() : &e.value;
}
inline bool isDict(Value v) { return v.isPointer() && (typeOfObject(v.object())->flags & kTypeDict); }
inline bool isExactDict(Value v) { return v.isPointer() && v.object()->layout == &dictType.instanceLayout; }
inline DictObject* asDict(Value v) { return v.as<DictObject>(); }

Value newDict(int64_t expected = 0);
/// Borrowed; null without error if absent; null with errorSet() when hash or == raised.
Value dictGet(Value d, Value key);
Value dictGet(Value d, Value key, int64_t hash);
Value dictGet(Value d, const char* key);
/// The word that holds the value of a name (exact str), for caches: valid while `version` stays. Null if the dict has
/// other keys than str or not this one; never raises or runs code.
Value* dictWordOfName(Value d, Value name);
int32_t dictSet(Value d, Value key, Value v);
int32_t dictSet(Value d, Value key, int64_t hash, Value v);
int32_t dictSet(Value d, const char* key, Value v);
int32_t dictDelete(Value d, Value key);         // -1 KeyError; 0
int32_t dictDeleteIfPresent(Value d, Value key); // 1 removed, 0 absent, -1 error
Value dictPop(Value d, Value key, Value fallback); // fallback null: KeyError
Value dictSetDefault(Value d, Value key, Value v); // borrowed value now in the dict
int32_t dictContains(Value d, Value key);
void dictClear(Value d);
Value dictCopy(Value d);
int32_t dictMerge(Value d, Value mapping, int override); // 1 override, 0 keep, 2 KeyError on duplicates
int32_t dictUpdateFromPairs(Value d, Value iterable);
Value dictKeysList(Value d);
Value dictValuesList(Value d);
Value dictItemsList(Value d);
/// The keys and values in turn, in a list that the collector does not show.
Value dictWordsList(Value d);
inline int64_t dictSize(Value d) { return asDict(d)->used; }
/// d[key] as a subscript: owned; `__missing__` of subclasses, KeyError.
Value dictSubscript(Value d, Value key);
/// Both a look-up and an insertion of `v` if absent: the value's word (borrowed value), null on error. `added` may be null.
Value* dictFindOrAdd(Value d, Value key, int64_t hash, Value v, bool* added);
/// Walks live entries: *position starts at 0. Borrowed words; the dict must not change keys meanwhile.
bool dictNext(Value d, int64_t* position, Value* key, Value* value, int64_t* hash = nullptr);
/// Makes an empty dict split over an instance's slots or a module's cells; then link the words that are full.
void dictSplitOverInstance(Value d, Object* owner);
void dictSplitOverCells(Value d, ModuleInfo* module);
/// Split dicts. Adds an entry whose value lives at `word` (already non-null) / forgets it (word already null).
int32_t dictLinkWord(Value d, Value key, Value* word);
/// The same for a name that is known to be absent.
int32_t dictLinkNew(Value d, Value key, Value* word);
int32_t dictUnlinkWord(Value d, Value key);
/// The dict refers to the words but counts as their holder: it visits them, and empties them when it is cleared or dies.
/// The owner dies or its words go away: indirect values move into the entries (the words become null).
void dictAdoptValues(Value d);

struct SetEntry { Value key; int64_t hash; };
struct SetObject {
  Object header;
  int64_t fill, used, mask;
  SetEntry* table;        // smallTable or a heap block
  int64_t hash;           // frozenset
  int64_t finger;         // pop()
  Value weakrefs;
  uint64_t live;          // set_table.h
  SetEntry smallTable[8];
};
inline bool isAnySet(Value v) { return v.isPointer() && (typeOfObject(v.object())->flags & (kTypeSet | kTypeFrozenSet)); }
inline SetObject* asSet(Value v) { return v.as<SetObject>(); }
Value newSet(Value iterable /* null: empty */);
Value newFrozenSet(Value iterable);
/// As a constant of a code object: CPython's compiler makes it twice, the second in the order of the first, which shows.
Value newConstantFrozenSet(Value iterable);
int32_t setAdd(Value s, Value v);
int32_t setContains(Value s, Value v);
int32_t setDiscard(Value s, Value v);           // 1 removed, 0 absent, -1 error
int32_t setUpdate(Value s, Value iterable);
bool setNext(Value s, int64_t* position, Value* key, int64_t* hash);

} // namespace krait
