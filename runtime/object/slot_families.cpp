#include "runtime/object/slot_families.h"

#include <algorithm>
#include <cstddef>

#include "runtime/object/attributes.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/subclasses.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

uint64_t lastFamily = 0;

/// Where the layout of `t` lists its own family. The deepest classes of long chains share the last place.
uint32_t ownLevel(const HeapType* t) { return std::min(t->depth - t->builtinBase->depth - 1, kSlotFamilies - 1); }

void found(HeapType* t) {
  if (findsPlainly(t) && typeVersion(t)) t->instanceLayout.families[ownLevel(t)] = ++lastFamily;
}

/// Where the words of attributes end: bytes that tell their order may stand behind them, where subclasses have words.
uint64_t endOfWords(const Layout& l) { return l.slotCount ? l.slotOffset + l.slotCount * sizeof(Value) : l.size; }

/// What a class has under a name (null: nothing) goes before an inline slot.
bool hidesSlots(Value found) { return found && isDataDescriptor(found); }

/// What a look-up of `name` finds in `t` hides a word that its base has, or shows one that the base hides.
bool hides(HeapType* t, Value name, bool isMember) {
  const Value mine = typeLookup(t, name), inherited = typeLookup(t->base, name);
  if (mine == inherited) return false;
  return isMember || hidesSlots(mine) || hidesSlots(inherited);
}

/// A field of a named tuple, which is a word as long as each instance has room for it.
bool isFieldOfTuple(Value found) { return found && isExact(found, tupleGetterType); }

/// Something of its own, or of a base beside, may stand before a field of a named tuple.
bool hidesFields(HeapType* t) {
  if (!asHeap(t->base)->itemWords) return false;
  if (asTuple(t->bases)->size > 1) return true;
  int64_t position = 0;
  Value name, v;
  while (dictNext(t->dict, &position, &name, &v))
    if (isFieldOfTuple(typeLookup(t->base, name))) return true;
  return false;
}

/// Words of the base are where they were and are found as they were.
bool keepsWords(HeapType* t) {
  const Layout &l = t->instanceLayout, &inherited = t->base->instanceLayout;
  if (!findsPlainly(t) || !findsPlainly(t->base) || t->setAttr != t->base->setAttr || hidesFields(t)) return false;
  if (inherited.slotCount && (l.slotOffset != inherited.slotOffset || l.slotCount < inherited.slotCount)) return false;
  for (uint32_t i = 0; i < inherited.slotCount; ++i)
    if (l.slotNames[i] != inherited.slotNames[i] || hides(t, inherited.slotNames[i], false)) return false;
  for (Type* c = t->base; isHeapType(c); c = c->base)
    for (uint32_t i = 0; i < asHeap(c)->memberCount; ++i)
      if (hides(t, asTuple(asHeap(c)->slotNames)->items[i], true)) return false;
  return true;
}

/// The class or one below it for which `kIs` holds with that name.
template <bool (*kIs)(Type* t, Value name)> bool isSomewhere(Type* t, Value name) {
  if (!isHeapType(t)) return false;
  if (kIs(t, name)) return true;
  Value sought = name;
  return !forEachSubclass(t, [](Type* sub, void* n) { return !isSomewhere<kIs>(sub, *static_cast<Value*>(n)); }, &sought);
}
bool isMember(Type* t, Value name) {
  if (asHeap(t)->itemWords) return true; // it may be a field's
  for (const Type* c = t; isHeapType(c); c = c->base)
    for (uint32_t i = 0; i < asHeap(c)->memberCount; ++i)
      if (strEqual(asTuple(asHeap(c)->slotNames)->items[i], name)) return true;
  return false;
}
bool isWord(Type* t, Value name) { return inlineSlotNamed(&t->instanceLayout, name) >= 0 || isMember(t, name); }
bool findsDataDescriptor(Type* t, Value name) { return hidesSlots(typeLookup(t, name)); }

} // namespace

uint32_t fieldsOfTuple(HeapType* t) {
  constexpr int64_t kMost = 64;
  if (!(t->flags & kTypeTuple)) return 0;
  int64_t most = isHeapType(t->base) ? asHeap(t->base)->itemWords : 0, position = 0;
  Value name, v;
  while (dictNext(t->dict, &position, &name, &v))
    if (isFieldOfTuple(v) && v.as<TupleGetter>()->index < kMost) most = std::max(most, v.as<TupleGetter>()->index + 1);
  return static_cast<uint32_t>(most);
}

uint32_t ownFamilyOf(const Layout* l) {
  const uint32_t level = ownLevel(asHeap(l->type));
  return l->families[level] ? static_cast<uint32_t>(offsetof(Layout, families) / sizeof(uint64_t)) + level : 0;
}

void joinSlotFamilies(HeapType* t) {
  if (isHeapType(t->base) && keepsWords(t))
    std::copy_n(t->base->instanceLayout.families, kSlotFamilies, t->instanceLayout.families);
  found(t);
}

void leaveSlotFamilies(Type* t) {
  if (isHeapType(t)) {
    std::fill_n(t->instanceLayout.families, kSlotFamilies, uint64_t{0});
    found(asHeap(t));
  }
  forEachSubclass(t, [](Type* sub, void*) { leaveSlotFamilies(sub); return true; }, nullptr);
}

WordChange wordChangeOf(Type* t, Value name, Value v) {
  if (!v || isDataDescriptor(v)) return WordChange::All;
  const Value old = dictGet(t->dict, name);
  if (old && !isDataDescriptor(old)) return WordChange::None;
  return isSomewhere<findsDataDescriptor>(t, name) ? WordChange::All : WordChange::Members;
}

void slotFamiliesAfterChange(Type* t, Value name, WordChange change) {
  const Value hooks[] = {NAME(__getattribute__), NAME(__getattr__), NAME(__setattr__), NAME(__delattr__)};
  const bool isHook = std::find(std::begin(hooks), std::end(hooks), name) != std::end(hooks);
  if (isHook || (change != WordChange::None && isSomewhere<isMember>(t, name)) || (change == WordChange::All && isSomewhere<isWord>(t, name)))
    leaveSlotFamilies(t);
}

uint32_t slotFamilyOf(const Layout* l, uint64_t offset) {
  if (!isHeapType(l->type)) return 0;
  const HeapType* t = asHeap(l->type);
  if (offset < t->builtinBase->instanceLayout.size) return 0;
  const uint32_t own = ownLevel(t);
  for (uint32_t level = 0; level <= own; ++level) {
    const Type* owner = level == own ? t : t->display[t->builtinBase->depth + 1 + level];
    if (l->families[level] && (level == own || offset < endOfWords(owner->instanceLayout)))
      return static_cast<uint32_t>(offsetof(Layout, families) / sizeof(uint64_t)) + level;
  }
  return 0;
}

} // namespace krait
