// What is put without any question: None, numbers of 32 bits and short ASCII text, while there is room and nobody asks for
// persistent ids. Nothing of it runs code. The place in the output stays in a register.
#pragma once
#include "runtime/modules/pickle/pickle_shared.h"

namespace krait::pickle {

/// save() of an exact str at `to`: the place behind it. Null: not done.
char* textAt(PicklerObject* p, char* to, Value v);

class PlainOutput {
public:
  explicit PlainOutput(PicklerObject* p) : p_(p) { reload(); }
  /// save() of a value. False: not done.
  bool put(Value v) {
    if (v.isSmallInt()) {
      if (to_ >= until_) return false;
      const auto n = static_cast<uint64_t>(v.smallInt());
      if (n <= 0xff) return number<uint16_t>(kBinInt1, n, 2);
      if (n <= 0xffff) return number<uint32_t>(kBinInt2, n, 3);
      return v.smallInt() == static_cast<int32_t>(n) && number<uint64_t>(kBinInt, n & 0xffffffff, 5);
    }
    if (isExactStr(v)) {
      char* next = textAt(p_, to_, v);
      if (next) to_ = next;
      return next;
    }
    if (!isNone(v) || to_ >= until_) return false;
    *to_++ = kNone;
    return true;
  }
  bool putOp(Opcode op) {
    if (to_ < until_) [[likely]] return *to_++ = op, true;
    note();
    const bool good = pickle::putOp(p_, op);
    reload();
    return good;
  }
  /// An opcode, noted. -1: an error.
  int32_t finish(Opcode op) {
    const bool good = putOp(op);
    note();
    return good ? 0 : -1;
  }
  /// The opcode of an empty container, which gets its number in the memo; noted.
  bool open(Opcode op, Value v) {
    if (to_ < until_ && p_->protocol >= 4 && !p_->fast && !p_->memo.isFull()) [[likely]]
      if (MemoTable::Entry* e = p_->memo.placeInRoom(v); !e->key) {
        p_->memo.enter(e, v);
        *to_++ = op;
        *to_++ = kMemoize;
        note();
        return true;
      }
    const char text[2] = {p_->binary ? op : kMark, op == kEmptyList ? kList : kDict};
    return pickle::put(p_, text, p_->binary ? 1 : 2) && memoize(p_, v) >= 0;
  }
  /// Before the pickler is used otherwise, and afterwards.
  void note() { p_->size = to_ - p_->output; }
  void reload() {
    to_ = p_->output + p_->size;
    until_ = p_->output + p_->plainUntil;
  }

private:
  template <class Word> bool number(Opcode op, uint64_t n, int size) {
    const auto word = static_cast<Word>(n << 8 | static_cast<uint8_t>(op));
    std::memcpy(to_, &word, sizeof word);
    to_ += size;
    return true;
  }

  PicklerObject* p_;
  char *to_, *until_;
};

} // namespace krait::pickle
