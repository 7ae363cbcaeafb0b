// A field of a format as most are: a text of ASCII, a small int or a float, aligned in a width. It is written into a buffer of its
// caller, who goes the general way where the field or the value is another.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

struct ShortField {
  bool left = false, zeros = false; // blanks behind it, or zeros between sign and digits, instead of blanks in front
  int64_t width = 0, precision = -1;
  uint8_t code = 0; // s of exact texts; d, b, o, x and X of small ints; f and % of exact floats; s and r of both, as repr() has them

  /// [width][.precision] from `at` on, of characters that a NUL ends: what follows it. Of more than two digits, or one of the precision,
  /// the rest follows.
  const uint8_t* readSizes(const uint8_t* at);
  /// Whether the value is of the code's kind and is, whole and without more, what the field shows.
  bool showsAll(Value v) const;
};

/// What the field shows of the value: where it ends, or null if it is not for this function, or does not fit. Runs no code, and raises nothing.
uint8_t* putShortField(const ShortField& field, Value v, uint8_t* to, const uint8_t* end);

} // namespace krait
