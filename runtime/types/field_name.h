// The markup of str.format, taken apart: literal text and fields, and inside a
// field's name the first part and its .attribute and [item] accesses. Also what
// string.Formatter sees through `_string`. Positions are code points of one text.
#pragma once
#include "runtime/types/str.h"

namespace krait {

struct MarkupPiece {
  int64_t literalFrom = 0, literalTo = 0;
  bool hasField = false, hasSpec = false, specHasFields = false;
  int64_t nameFrom = 0, nameTo = 0;
  int64_t specFrom = 0, specTo = 0;
  uint32_t conversion = 0; // 0: none
};

class MarkupIterator {
public:
  /// Over text[from:to); borrows the text.
  MarkupIterator(Value text, int64_t from, int64_t to) : text_(text), at_(from), end_(to) {}
  /// 1: a piece, 0: end, -1: ValueError.
  int next(MarkupPiece& piece);

private:
  bool parseField(MarkupPiece& piece);
  Value text_;
  int64_t at_, end_;
};

struct FieldAccess {
  bool isAttribute = false;
  int64_t from = 0, to = 0;
  int64_t number = -1; // [digits]: the number
};

class FieldNameIterator {
public:
  FieldNameIterator(Value text, int64_t from, int64_t to) : text_(text), at_(from), end_(to) {}
  /// The part before any access ends at *nameTo; *number is its value if it is all digits, else -1. -1: ValueError.
  int first(int64_t* nameTo, int64_t* number);
  /// 1: an access, 0: end, -1: ValueError.
  int next(FieldAccess& access);

private:
  Value text_;
  int64_t at_, end_;
};

} // namespace krait
