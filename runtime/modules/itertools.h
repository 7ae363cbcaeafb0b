// The types of itertools, one family per itertools_*.cpp. An iterator's owned
// words come first in its struct (object/owned_words.h).
#pragma once
#include <initializer_list>
#include "runtime/types/many_steps.h"

namespace krait::itertools {

extern Type accumulateType, compressType, dropwhileType, filterfalseType, groupbyType, grouperType, starmapType, takewhileType,
    teeDataType, zipLongestType;
extern ManyStepsType chainType, combinationsType, replacementType, countType, cycleType, isliceType, pairwiseType, permutationsType,
    productType, repeatType, teeType;

Value tee(Value module, const Value* argv);
/// chain(a, b) as an object, for __reduce__ of others.
Value newChain(Value a, Value b);
/// (type, (args…)[, state]) for __reduce__: all borrowed; null state: none.
Value reduction(Value self, std::initializer_list<Value> args, Value state = Value());
/// An instance of t with all words null, not tracked.
template <class T> T* allocateOf(Type* t) {
  Value v = krait::allocateOf(t, 0);
  return v.as<T>();
}

} // namespace krait::itertools
