// What krt_format_value is asked for, beside an f-string's conversions (0, 's', 'r', 'a').
#pragma once
#include <cstdint>

namespace krait {

/// A field of `format % …`, whose text ("%5.2f") is then the specification; the code is in the low byte if it is s, r or d and nothing but it ("%d").
constexpr int32_t kPercentField = 0x100;
/// All of `format % value` of a format that has only such a field: the format is then the specification, and where in it the field
/// begins stands in the upper half.
constexpr int32_t kWholeOperand = 0x200;
constexpr int32_t kFieldPlace = 16;
constexpr uint64_t kMostBeforeField = 0x7fff;

/// Whether a small int is shown in decimal, by what is no more than a code, and that is all there is to it.
constexpr bool showsDecimal(int32_t conversion, bool hasSpecification) {
  return !hasSpecification || ((conversion & (kPercentField | kWholeOperand)) == kPercentField && (conversion & 0xff));
}

} // namespace krait
