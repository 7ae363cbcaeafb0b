// Sizes and layouts of classes: what a class statement decides about its
// instances, what CPython would say about their sizes, and what `__class__` and
// `__bases__` assignment may do.
#pragma once
#include <string_view>

#include "runtime/object/type.h"

namespace krait {

/// The base that fixes the layout of a class with these bases (a tuple of types): null with TypeError on conflict.
Type* bestBase(Value bases);
/// Ancestor of `t` (or t) that last added parts to the instance that bases may disagree about.
const Type* solidBase(const Type* t);

/// setter of object.__class__.
int32_t assignClass(Value self, Value v, void*);
/// Whether instances of the one may become instances of the other; TypeError naming `attribute` if not.
bool layoutsAgree(const Type* newType, const Type* oldType, const char* attribute);

/// __basicsize__ and __itemsize__ as CPython has them.
int64_t basicSize(const Type* t);
int64_t itemSize(const Type* t);
int64_t dictOffsetShown(const Type* t);
int64_t weakrefOffsetShown(const Type* t);
/// What sys.getsizeof adds to __sizeof__: collector links and managed dict.
int64_t headerSizeShown(const Type* t);
/// The instance holds more than a dict, weak references and `slotNames` slots (so pickling by default would lose it).
bool hasUnknownState(const Type* t, int64_t slotNames, bool hasDict);

/// Owned __name__, __module__ and __qualname__ of a type; null with an error.
Value typeName(const Type* t);
Value typeModule(Type* t);
/// The part of a builtin type's name that says where it is.
std::string_view moduleNameOf(const Type* t);
/// `__weakref__` of a class that has the word for it and whose base has not.
extern const GetSetDef weakrefGetSet;
Value typeQualname(Type* t);

} // namespace krait
