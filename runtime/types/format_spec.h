// The format mini-language: parsing `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`
// and the layout of a field, for strings and numbers alike.
#pragma once
#include <string>
#include <string_view>
#include "runtime/object/protocol.h"
#include "runtime/types/str.h"

namespace krait {

struct FormatSpec {
  uint32_t fill = ' ';
  char align = 0;        // < > = ^; after parsing the default one if none was given
  bool alignGiven = false;
  char sign = 0;         // + - space, or 0
  bool noNegativeZero = false, alternate = false;
  int64_t width = -1, precision = -1;
  char grouping = 0;     // , or _
  uint32_t type = 0;     // code point; the default when absent
};

/// Parses `spec` (str) for a value of `object`'s type. -1: ValueError with CPython's text.
int32_t parseFormatSpec(Value object, Value spec, uint32_t defaultType, char defaultAlign, FormatSpec* out);
/// ValueError "Unknown format code …".
Value raiseUnknownFormatCode(uint32_t type, Value object);
/// format(str, spec).
Value formatStr(Value v, Value spec);
/// Pads text to the field's width (align < > ^).
Value padField(const FormatSpec& spec, Value text);

/// Locale or fixed conventions of a number: point, separator, group sizes as localeconv's.
struct NumberLocale {
  std::string_view point = ".", separator;
  std::string_view grouping; // bytes; last one repeats; empty or CHAR_MAX: no grouping
};
NumberLocale numberLocale(const FormatSpec& spec);
/// A formatted number in its field: sign, prefix (0x), integer digits to be grouped, and the rest
/// (point already replaced, exponent, …), then `zeros` zeros and `tail`. Zero fill with '=' grows the grouped digits.
Value layoutNumber(const FormatSpec& spec, const NumberLocale& locale, std::string_view sign, std::string_view prefix,
                   std::string_view digits, std::string_view rest, int64_t zeros = 0, std::string_view tail = {});

} // namespace krait
