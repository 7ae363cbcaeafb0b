// When objects become descriptors, or are none any more.
//
// What sites and the families of words (slot_families.h) know about an attribute rests on whether the value in the class
// is a descriptor. The classes' versions do not tell, since it is the value's class that changes. This is rare: whoever
// changes it seeks all classes, metaclasses among them, that have such a value, and has them forgotten.
#pragma once
#include "runtime/object/type.h"

namespace krait {

/// `name` (interned) is __get__, __set__ or __delete__.
bool isDescriptorMethod(Value name);
/// After instances of `t` and of its subclasses began or ceased to be descriptors. Never fails, runs no code.
void forgetDescriptorsOf(Type* t);
/// After the object got another class that differs in this.
void forgetDescriptor(Value o);

} // namespace krait
