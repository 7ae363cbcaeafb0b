// super objects, and their lookup without one.
#pragma once
#include "runtime/object/type.h"

namespace krait {

struct SuperObject { Object header; Type* type; Value self; Type* selfType; };

/// super(type, self); self null: unbound. TypeError if self does not fit.
Value newSuper(Value type, Value self);
/// super(type, self).name without the object in between.
Value superLookup(Type* type, Value self, Type* selfType, Value name);
/// What is behind `type` in the MRO of `selfType` under a name: borrowed; null without an error if nothing.
Value superFind(Type* type, Type* selfType, Value name);
/// The class whose MRO `super(type, self)` searches (borrowed), or null with TypeError.
Type* superCheck(Type* type, Value self);

} // namespace krait
