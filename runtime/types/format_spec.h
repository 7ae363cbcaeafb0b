// The format mini-language: its parser, and padding and digit grouping for
// everything that formats (str here, int, float and complex in their own files).
#pragma once
#include "runtime/types/str.h"

namespace krait {

/// A parsed specification. Zero in `align`, `sign` and `type` means "not given".
struct FormatSpec {
  uint32_t fill = ' ';
  bool fillGiven = false;
  char align = 0;         // '<' '>' '=' '^'
  char sign = 0;          // '+' '-' ' '
  bool noNegZero = false; // 'z'
  bool alt = false;       // '#'
  bool zero = false;      // '0' before the width: implies fill '0' and align '=' unless given
  int64_t width = -1;
  char grouping = 0;      // ',' '_'
  int64_t precision = -1;
  uint32_t type = 0;
};

/// Parses `spec` (a str). `typeName` stands in messages: "Invalid format specifier '…' for object of type 'int'".
/// False with ValueError. `defaultAlign` fills an absent alignment, `defaultType` an absent type.
bool parseFormatSpec(Value spec, const char* typeName, char defaultAlign, uint32_t defaultType, FormatSpec& out);
/// ValueError "Unknown format code 'x' for object of type 'int'".
Value raiseUnknownFormatCode(uint32_t code, const char* typeName);

/// A number ready to be laid out: prefix ("0x") and digits in ASCII; `tail` (".5e+10", "%", "j") is never grouped.
struct NumberText {
  char sign = 0;           // '-', '+', ' ' or 0: already decided from value and spec
  std::string_view prefix, digits, tail;
};
/// Digits grouped for a type: `separator` every `group` digits (from the right). 0: none. A locale's grouping is a
/// list of sizes, the last one repeated, ended by 0 or CHAR_MAX (as localeconv gives it).
struct Grouping {
  std::string_view separator, point = ".", sizes;  // UTF-8 separator; sizes as bytes
};
Grouping groupingOf(const FormatSpec& spec, uint32_t type); // ',' and '_': 3, '_' with b o x X: 4
/// Sign, prefix, zero padding, grouping and fill as the specification says. str or null.
Value layoutNumber(const NumberText& n, const FormatSpec& spec, const Grouping& grouping);
/// Adds `text` to `out`, padded to spec.width ('=' pads like '<').
void addPadded(StrBuilder& out, Value text, const FormatSpec& spec);

/// format(str, spec).
Value formatStr(Value v, Value spec);

} // namespace krait
