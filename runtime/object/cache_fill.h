// Shared by the slow halves of attribute and method sites.
#pragma once
#include "runtime/object/attribute_cache.h"
#include "runtime/object/heap_type.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"

namespace krait {

/// The dict of an instance has this name (interned) in it, or has keys of other classes than str, which only the look-up itself may ask whether
/// they are equal to it. Runs no code and never raises.
bool dictHides(Value dict, Value name);
/// The same of the instance, which may have no dict.
inline bool instanceHides(Object* o, Value name) {
  const Value* where = dictWord(o);
  return where && *where && dictHides(*where, name);
}
/// The same where the name may have a slot, and of any object.
inline bool mayHaveOwn(Value o, Value name) {
  if (!o.isPointer()) return false;
  const int32_t slot = inlineSlotNamed(o.object()->layout, name);
  return (slot >= 0 && *inlineSlot(o.object(), static_cast<uint32_t>(slot))) || instanceHides(o.object(), name);
}
/// The dict of an instance, which has one, is split over its slots and holds nothing else: a name that has no slot is not in it.
inline bool hidesOnlySlots(Object* o, const Layout* l) {
  constexpr uint32_t kFew = 16;
  const DictObject* d = asDict(*wordAt(o, l->dictOffset));
  if (d->split != kDictInstance || d->owner != o || l->slotCount > kFew) return false;
  const Value* slots = inlineSlot(o, 0);
  int64_t filled = 0;
  for (uint32_t n = 0; n < l->slotCount; ++n) filled += static_cast<bool>(slots[n]);
  return d->used == filled;
}
/// How a site may use a function or method descriptor of the class with this layout.
CacheKind methodKind(const Layout* l, Value found);
/// Remembers where `name` was found; runs no code.
void fillAttributeCache(Value o, Value name, AttrCache* cache);

/// The instance has `name` in its dict: remembers about where (CacheKind::Dict).
void fillDictGuess(Object* o, Value name, AttrCache* cache, uint64_t version);
/// The word that such a site guesses at, if the attribute is there; else null.
Value* guessedWord(Object* o, Value name, const AttrCache* cache);

/// What the site knows that a module has by its name (borrowed); null: ask.
inline Value knownOfModule(Value o, const AttrCache* cache) {
  if (cache->layout != markedLayout(o.object()->layout) || (cache->offset & kCacheKindMask) != static_cast<uint64_t>(CacheKind::Module)) return {};
  return asDict(moduleDict(o))->version == cache->version ? *reinterpret_cast<Value*>(cache->offset & ~kCacheKindMask) : Value();
}

/// A builtin descriptor put into a class that it is not made for: it has to look at whom it gets.
inline bool isStranger(Value found, const Type* t) {
  if (!isExact(found, getsetDescriptorType) && !isExact(found, memberDescriptorType) && !isExact(found, methodDescriptorType)) return false;
  return !isSubtype(t, found.as<DescriptorObject>()->owner);
}
/// A builtin type's method, of a class that has it by right.
inline bool isMethodOf(Value found, const Type* t) {
  if (!isExact(found, methodDescriptorType)) return false;
  const Type* owner = found.as<DescriptorObject>()->owner;
  return t == owner || isSubtype(t, owner);
}

/// A data descriptor that is just a word of the object, at the same place in each, and not one of another class's objects.
inline bool isWordMember(Value found, const Type* t) {
  return !(t->flags & kTypeStr) && isExact(found, memberDescriptorType) &&
         static_cast<const MemberDef*>(found.as<DescriptorObject>()->def)->kind == MemberKind::ObjectRaw && !isStranger(found, t);
}
inline uint64_t memberOffset(Value found) { return static_cast<const MemberDef*>(found.as<DescriptorObject>()->def)->offset; }
/// Its layout is its class's own.
inline bool isUsual(Object* o) { return !(o->layout->flags & kLayoutForeign); }

} // namespace krait
