// Which classes keep an attribute at one and the same place.
//
// Inline slots and words of __slots__ stay where they are in subclasses, so a site that has found `self.x` in one class
// need not ask again when a method meets instances of others. Each class made in Python founds a family, a number never
// used before; a subclass joins those of its bases along `base`, unless it hides one of their words behind a data
// descriptor, or shows one that they hide, or looks attributes up in a way of its own. Its layout lists the families by depth: slotFamilyOf picks the
// one of the first class that has the word, and the site compares that entry (attribute_cache.h).
//
// When a class changes so that a word may be hidden, it and its subclasses leave all families and found new ones: what
// sites know about them just stops matching.
#pragma once
#include "runtime/object/heap_type.h"

namespace krait {

/// A class derived from tuple: how many items its fields (_tuplegetter) and its base's name; those far behind do not count.
uint32_t fieldsOfTuple(HeapType* t);
/// The word of `l`, a class's own layout, with the class's own family, as an index into the layout; 0: it has none.
uint32_t ownFamilyOf(const Layout* l);
/// A class that is complete but for __set_name__ founds its family and joins those of its base.
void joinSlotFamilies(HeapType* t);
/// The class and its subclasses leave. Never fails, runs no code.
void leaveSlotFamilies(Type* t);
/// What setting an attribute of a class may do to words that it and its subclasses keep under that name.
enum class WordChange : uint8_t {
  None,    // one value in its dict takes the place of another, and neither is a data descriptor
  Members, // may hide words of __slots__ and fields; inline slots go before it, as no class there had a data descriptor of that name, nor gets one
  All,
};
/// Asked before the change; `v` null: the attribute is deleted.
WordChange wordChangeOf(Type* t, Value name, Value v);
/// After it.
void slotFamiliesAfterChange(Type* t, Value name, WordChange change);
/// The word of `l` that holds the family of whoever has the word at `offset`, as an index into the layout; 0: nobody.
uint32_t slotFamilyOf(const Layout* l, uint64_t offset);

} // namespace krait
