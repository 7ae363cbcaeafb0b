// Attributes of classes that are stored again and again: `Node.count += 1`.
//
// What sites know about a class they know by its version, and every store into a class takes that away, from its methods as well. So a class
// remembers which of its attributes are *variables*: those that were stored twice, one plain value over another. Sites then keep not the
// value of such a one but a ClassVariable in its place, which says where it is, and a store of a plain value leaves the version as it is.
// Everything else (a descriptor, a function, a name with two underscores, a deletion) is a change of the class as ever.
#pragma once
#include "runtime/object/heap_type.h"

namespace krait {

/// In a site, in the place of a value that it is a descriptor of. Never in a dict.
struct ClassVariable {
  Object header;
  Type* owner;         // borrowed: the class whose attribute it is
  Value name;          // owned
  Value* word;         // of the owner's dict while that has `version`; null: that has other keys than str
  uint64_t version;
  ClassVariable* next; // of the same class, owned
};
extern Type classVariableType;

/// What a site keeps of the plain `found` that `t` has by that name: itself, or its ClassVariable. Borrowed.
Value keptOfClass(Type* t, Value name, Value found);
/// Along the MRO one has a variable of that name: nobody may keep a value.
bool isVariableAlong(const Type* t, Value name);
/// What the variable is now (borrowed); null if it is gone.
Value valueOf(ClassVariable* variable);
/// The same of what a site has found, if that is one; null: it is none.
inline Value variableFound(Value found) {
  return found.isPointer() && found.object()->layout == &classVariableType.instanceLayout ? valueOf(found.as<ClassVariable>()) : Value();
}

/// Stores `v` where that name (interned) is a variable of the class and both are plain. False: that is a change of the class, or MemoryError.
bool storeVariable(Type* t, Value name, Value v);
/// Before such a change: it may be a variable from now on.
void countStore(HeapType* t, Value name, Value v);
/// With the class.
void releaseVariables(HeapType* t);

} // namespace krait
