// Several steps at once of iterators whose items are at hand, for those who take all that there are and run nothing in between: list(),
// tuple(), extend() of a list. (Not of what would notice that it is changed only when all of a batch have been taken, as a deque does
// that is extended by itself.) A step by itself is a call of the type's function, and its end a question for errors.
#pragma once
#include "runtime/object/type.h"

namespace krait {

/// Up to `room` further items, owned, at `out`, as far as the iterator knows them without running code other than a collection's;
/// how many. 0: it has to be stepped, which may be the end. -1 with MemoryError, and nothing is at `out`.
using TakeMany = int64_t (*)(Value iterator, Value* out, int64_t room);

/// What krt_next_pair (runtime/abi/entries.def) does, of an iterator whose items are new pairs: none that it keeps, whose references could be counted.
using StepPair = int32_t (*)(Value iterator, Value* out);

/// A type of the library with such functions, of which the second may be null. Classes derived from it do not inherit that.
struct ManyStepsType : Type {
  TakeMany many;
  StepPair pair;
};
constexpr uint64_t kTypeManySteps = kTypeMadeFlat << 1; // of Type::flags: it is a ManyStepsType
constexpr ManyStepsType withManySteps(Type t, TakeMany many, StepPair pair = nullptr) {
  t.flags |= kTypeManySteps;
  return {t, many, pair};
}

/// Of an iterator that has one; else null.
TakeMany manyOf(Value iterator);
/// What it says of any iterator.
inline int64_t takeMany(Value iterator, Value* out, int64_t room) {
  const TakeMany many = manyOf(iterator);
  return many ? many(iterator, out, room) : 0;
}
int64_t enumerateMany(Value iterator, Value* out, int64_t room);
int64_t zipMany(Value iterator, Value* out, int64_t room);
int64_t reversedMany(Value iterator, Value* out, int64_t room);
int64_t textMany(Value iterator, Value* out, int64_t room);
int64_t dictKeysMany(Value iterator, Value* out, int64_t room);
int64_t dictValuesMany(Value iterator, Value* out, int64_t room);
int64_t setMany(Value iterator, Value* out, int64_t room);

/// -1, where one of `made` items was not to be had, and `left` more were taken for the next ones.
int64_t dropMany(const Value* made, int64_t count, const Value* left, int64_t leftCount);
/// TakeMany of what makes something of each item of `source`: make(item), which owns it.
template <class Make> inline int64_t makeMany(Value source, Value* out, int64_t room, const Make& make) {
  constexpr int64_t kMost = 32;
  Value items[kMost];
  const int64_t n = takeMany(source, items, room < kMost ? room : kMost);
  for (int64_t i = 0; i < n; ++i) {
    out[i] = make(items[i]);
    if (!out[i]) [[unlikely]] return dropMany(out, i, items + i + 1, n - i - 1);
  }
  return n;
}

} // namespace krait
