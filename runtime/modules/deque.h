// collections.deque: a ring buffer of words with a power-of-two capacity.
#pragma once
#include "runtime/types/many_steps.h"

namespace krait {

struct DequeObject {
  Object header;
  Value* ring;            // null while capacity is 0
  int64_t capacity, head, size;
  int64_t maxLength;      // -1: none
  uint64_t state;         // changes with every structural change: iterators compare it
  Value weakrefs;
  Value& at(int64_t i) { return ring[(head + i) & (capacity - 1)]; }
};
inline DequeObject* asDeque(Value v) { return v.as<DequeObject>(); }
/// Takes over `v`: 0, -1.
int32_t dequeAppend(DequeObject* d, Value v);
extern Type dequeType;
extern ManyStepsType dequeIteratorType, dequeReverseIteratorType;

} // namespace krait
