// The two families of functions behind the slot table.
//   slot_wrappers: called as methods of builtin types; unpack the arguments and call the slot.
//   slot_generics: in the slots of classes made in Python; look the method up and call it.
#pragma once
#include "runtime/object/slots.h"

namespace krait {

namespace slot_wrappers {
using Wrapper = Value(Value self, const Args& args, void* slot, const SlotDef* def);
Wrapper unary, binaryLeft, binaryRight, ternaryLeft, ternaryRight, truthOf, lengthOf, hashed, called, nextItem,
    setAttribute, delAttribute, descriptorGet, descriptorSet, descriptorDelete, initialize, deleted, setSubscriptOf,
    delSubscriptOf, repeated, itemAt, setItemAt, delItemAt, containedIn;
Value richCompareWith(Value self, const Args& args, void* slot, int op);
template <int Op> Value richCompare(Value self, const Args& args, void* slot, const SlotDef*) {
  return richCompareWith(self, args, slot, Op);
}
} // namespace slot_wrappers

namespace slot_generics {
Value callNamed(Value self, StrObject* name);
Value callNamed(Value self, StrObject* name, Value a);
template <StrObject* Name> Value method0(Value self) { return callNamed(self, Name); }
template <StrObject* Name> Value method1(Value self, Value a) { return callNamed(self, Name, a); }

/// Binary operators of numbers: both operands' classes may define them (this function then stands in both slots).
using BinaryMember = BinaryFn NumberSlots::*;
Value numberBinaryWith(Value a, Value b, BinaryMember member, BinaryFn self, StrObject* name, StrObject* reflected);
template <BinaryMember Member, StrObject* Name, StrObject* Reflected> Value numberBinary(Value a, Value b) {
  return numberBinaryWith(a, b, Member, numberBinary<Member, Name, Reflected>, Name, Reflected);
}

int32_t setAttrGeneric(Value o, Value name, Value v);
Value reprGeneric(Value o);
Value strGeneric(Value o);
int64_t hashGeneric(Value o);
Value callGeneric(Value o, const Args& args);
Value compareGeneric(Value a, Value b, int op);
/// What a's class has for a comparison (borrowed), or null.
Value comparisonOf(Value a, int op);
Value iterGeneric(Value o);
Value nextGeneric(Value o);
Value descrGetGeneric(Value descr, Value o, Value type);
int32_t descrSetGeneric(Value descr, Value o, Value v);
void finalizeGeneric(Object* o);
Value powGeneric(Value a, Value b, Value mod);
Value ipowGeneric(Value a, Value b, Value mod);
int32_t truthGeneric(Value o);
int64_t lengthGeneric(Value o);
int32_t setSubscriptGeneric(Value o, Value key, Value v);
Value itemGeneric(Value o, int64_t i);
int32_t setItemGeneric(Value o, int64_t i, Value v);
int32_t containsGeneric(Value o, Value v);
} // namespace slot_generics

} // namespace krait
