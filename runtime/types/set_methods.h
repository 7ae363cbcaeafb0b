// What set.cpp takes from set_methods.cpp and set_operators.cpp.
#pragma once
#include "runtime/object/type.h"

namespace krait::set_methods {

extern const MethodDef setTable[], frozensetTable[];
extern const NumberSlots setNumber, frozensetNumber;
/// A set or frozenset, of no subclass.
inline bool isPlainSet(Value v) {
  return v.isPointer() && (v.object()->layout == &setType.instanceLayout || v.object()->layout == &frozensetType.instanceLayout);
}
/// `in`: a set is looked up as the frozenset of its items.
int32_t containsItem(Value s, Value item);
Value compareSets(Value a, Value b, int op);
/// The same of two sets of any kind, as far as no key has to be asked: 1, 0, or -1.
int32_t comparePlainly(Value a, Value b, int op);
/// The least or greatest key, if there are any and all are small ints; else null.
Value extremeOfSmallInts(Value s, bool greatest);

// Results are of the left operand's base type (set or frozenset), owned.
Value copyOf(Value s);
Value intersection(Value s, Value other);
Value difference(Value s, Value other);
Value symmetricDifference(Value s, Value other);
int32_t differenceUpdate(Value s, Value other);
int32_t symmetricDifferenceUpdate(Value s, Value other);
/// Of two sets: 1, 0, -1.
int32_t isDisjoint(Value s, Value other);
/// 1, 0, -1.
int32_t isSubset(Value s, Value other);

} // namespace krait::set_methods
