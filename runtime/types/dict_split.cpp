// Split dicts: instance dicts over inline slots, module dicts over cells.
//
// The owner's word and the dict's entry exist together. Code that fills an empty
// word links it here; code that empties one unlinks it; a key that arrives
// through the dict is moved into the owner's word of that name.
#include "runtime/types/dict_split.h"
#include "runtime/builtins/builtins.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/module_cells.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/key.h"

namespace krait {

using namespace dict_table;

static bool sameName(Value name, Value key) {
  return name == key || (asStr(name)->length == asStr(key)->length && sameText(name, key));
}

/// The owner's word called `key`, full or empty, or null.
static Value* ownerWord(DictObject* d, Value key) {
  if (d->split == kDictCells) return moduleCellFor(d->module, key);
  const Layout* l = d->owner->layout;
  if (asStr(key)->flags & kStrInterned) { // as slots' names are, and there is one of each
    const int32_t slot = inlineSlotNamed(l, key);
    return slot >= 0 ? wordAt(d->owner, l->slotOffset + slot * 8) : nullptr;
  }
  for (uint32_t i = 0; i < l->slotCount; ++i)
    if (sameName(l->slotNames[i], key)) return wordAt(d->owner, l->slotOffset + i * 8);
  return nullptr;
}

/// Empties the builtins' cells of the names with this hash, for good: their entries keep the values. Compiled code looks into the cell of
/// a builtin when its own is empty, so it then has the dicts asked, its module's first.
static void closeBuiltinCells(int64_t hash) {
  DictObject* d = asDict(builtinsDict());
  for (int64_t i = 0; i < d->entryCount; ++i) {
    DictEntry& e = d->entries[i];
    if (e.hash != hash || !e.key || !e.value.isIndirect()) continue;
    Value* word = dictValueSlot(e);
    e.value = *word;
    *word = Value();
  }
}

void dict_split::adoptNewEntry(DictObject* d, DictEntry& e) {
  if (e.value.isIndirect()) return;
  if (!isExactStr(e.key)) { // it may be equal to the name of a builtin
    if (d->split == kDictCells) closeBuiltinCells(e.hash);
    return;
  }
  Value* word = ownerWord(d, e.key);
  if (word && !*word) {
    *word = e.value;
    e.value = Value::indirect(word);
  }
  if (d->split == kDictInstance) {
    Type* t = typeOfObject(d->owner);
    if (t->unshadowed) {
      Ref name(internStr(newRef(e.key)));
      if (typeLookup(t, name)) t->unshadowed = 0;
    }
  }
}

void dictSplitOverInstance(Value d, Object* owner) {
  asDict(d)->split = kDictInstance;
  asDict(d)->owner = owner;
}
void dictSplitOverCells(Value d, ModuleInfo* module) {
  asDict(d)->split = kDictCells;
  asDict(d)->module = module;
}

int32_t dictLinkWord(Value v, Value key, Value* word) {
  DictObject* d = asDict(v);
  int64_t hash = strHash(key);
  int64_t i = find(d, key, hash);
  if (i == kError) return -1;
  const Value indirect = Value::indirect(word);
  if (i >= 0) {
    DictEntry& e = d->entries[i];
    if (e.value == indirect) return 0;
    Value old = e.value.isIndirect() ? Value() : e.value;
    e.value = indirect;
    xdecref(old);
    return 0;
  }
  // incref leaves an indirection alone: it is no pointer.
  return insertNew(d, key, hash, indirect);
}

int32_t dictLinkNew(Value v, Value key, Value* word) {
  DictObject* d = asDict(v);
  if (d->entryCount >= d->entryCapacity) return dictLinkWord(v, key, word);
  appendLinked(d, key, strHash(key), word);
  newVersion(d);
  return 0;
}

int32_t dictUnlinkWord(Value v, Value key) {
  DictObject* d = asDict(v);
  int64_t i = find(d, key, strHash(key));
  if (i < 0) return i == kError ? -1 : 0;
  Value oldKey, old;
  removeEntry(d, i, &oldKey, &old);
  xdecref(oldKey);
  xdecref(old);
  return 0;
}

void dictAdoptValues(Value v) {
  DictObject* d = asDict(v);
  if (!d->split) return;
  d->split = kDictCombined;
  d->owner = nullptr;
  Value tracked;
  for (int64_t i = 0; i < d->entryCount; ++i) {
    DictEntry& e = d->entries[i];
    if (!e.key || !e.value.isIndirect()) continue;
    Value* word = dictValueSlot(e);
    e.value = *word;
    *word = Value();
    if (!e.value) {
      // The word was emptied without being unlinked: the entry goes too.
      e.value = none();
      Value key, old;
      removeEntry(d, i, &key, &old);
      xdecref(key);
    } else if (e.value.isPointer() && (e.value.object()->layout->flags & kLayoutGc)) {
      tracked = e.value;
    }
  }
  if (tracked) trackFor(d, Value(), tracked);
}

} // namespace krait
