// Going through any iterable from C++: exact lists and tuples without an iterator
// object, as a list iterator would see them (the size is asked on every step).
#pragma once
#include "runtime/object/protocol.h"
#include "runtime/types/sequence.h"

namespace krait {

class Items {
public:
  /// `iterable` is borrowed and has to stay alive.
  explicit Items(Value iterable) {
    if (isExactList(iterable) || isExactTuple(iterable)) {
      sequence_ = iterable;
      return;
    }
    iterator_.reset(iterate(iterable));
    // That of a builtin type stays what it is, except where its step has more to do than most.
    if (const Type* t = iterator_ ? typeOf(iterator_) : nullptr; t && t != &generatorType && !(t->flags & (kTypeHeap | kTypeRebased))) step_ = t->next;
  }
  /// False with an error set: it is not iterable.
  explicit operator bool() const { return sequence_ || iterator_; }
  /// The next item (owned); null at the end, or with an error set.
  Value next() {
    if (!sequence_) return step_ ? stepped() : krt_next(iterator_);
    bool list = isExactList(sequence_);
    int64_t size = list ? asList(sequence_)->size : asTuple(sequence_)->size;
    if (index_ >= size) return {};
    return newRef(list ? asList(sequence_)->items[index_++] : asTuple(sequence_)->items[index_++]);
  }
  /// Passes over so many items of an exact list or tuple, which has them.
  void skip(int64_t count) { index_ += count; }

private:
  Value stepped() {
    Value v = step_(iterator_);
    if (!v && errorSet()) [[unlikely]] errorClearIf(StopIterationType);
    return v;
  }

  Value sequence_;
  int64_t index_ = 0;
  UnaryFn step_ = nullptr; // of the iterator, or null
  Ref iterator_;
};

} // namespace krait
