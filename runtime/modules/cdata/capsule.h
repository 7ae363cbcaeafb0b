// PyCapsule: an address with a name, as modules in C hand functions to each other. What CPython's C interface does with it.
#pragma once
#include "runtime/object/type.h"

namespace krait::cdata {

using CapsuleDestructor = void (*)(Value capsule);

/// Each raises as CPython does where it is no valid capsule; null, or -1, then.
Value capsuleNew(void* pointer, const char* name, CapsuleDestructor destructor);
void* capsuleGetPointer(Value v, const char* name);
const char* capsuleGetName(Value v);
CapsuleDestructor capsuleGetDestructor(Value v);
void* capsuleGetContext(Value v);
int capsuleIsValid(Value v, const char* name); // without an error
int capsuleSetPointer(Value v, void* pointer);
int capsuleSetName(Value v, const char* name);
int capsuleSetDestructor(Value v, CapsuleDestructor destructor);
int capsuleSetContext(Value v, void* context);

} // namespace krait::cdata
