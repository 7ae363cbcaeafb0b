// Numbers that old protocols write as lines. A line is a C string with its newline, unless a null ends it before.
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <string>
#include "runtime/modules/pickle/load_objects.h"
#include "runtime/types/float.h"
#include "runtime/types/float_text.h"
#include "runtime/types/int.h"
#include "runtime/types/int_text.h"

namespace krait::pickle {

namespace {

bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::string asCString(std::string_view line) {
  const size_t end = line.find('\0');
  return end == std::string_view::npos ? std::string(line) + '\n' : std::string(line.substr(0, end));
}

/// The base that a number's prefix asks for: 0 after a leading zero, where only zeros are a number.
int baseOf(std::string_view digits) {
  if (!digits.empty() && (digits[0] == '+' || digits[0] == '-')) digits.remove_prefix(1);
  if (digits.size() < 2 || digits[0] != '0') return digits == "0" ? 0 : 10;
  switch (digits[1] | 0x20) {
  case 'x': return 16;
  case 'o': return 8;
  case 'b': return 2;
  default: return 0;
  }
}

/// How much of the text is a float: 0 for none.
size_t floatLength(std::string_view s) {
  size_t at = !s.empty() && (s[0] == '+' || s[0] == '-');
  auto word = [&](std::string_view w) {
    if (s.size() - at < w.size()) return false;
    for (size_t i = 0; i < w.size(); ++i)
      if ((s[at + i] | 0x20) != w[i]) return false;
    return true;
  };
  for (const std::string_view w : {"infinity", "inf", "nan"})
    if (word(w)) return at + w.size();
  auto digits = [&] {
    const size_t from = at;
    while (at < s.size() && isDigit(s[at])) ++at;
    return at - from;
  };
  size_t count = digits();
  if (at < s.size() && s[at] == '.') {
    ++at;
    count += digits();
  }
  if (!count) return 0;
  const size_t mantissa = at;
  if (at == s.size() || (s[at] | 0x20) != 'e') return mantissa;
  ++at;
  if (at < s.size() && (s[at] == '+' || s[at] == '-')) ++at;
  return digits() ? at : mantissa;
}

/// An error about a text, of which any bytes are shown.
Value raiseOf(const Type& type, const char* message, const std::string& text) {
  Ref shown(decodeBytes(reinterpret_cast<const uint8_t*>(text.data()), std::min<size_t>(text.size(), 200), "utf-8", "replace"));
  return shown ? raise(type, message, shown.get()) : Value();
}

} // namespace

Value intOfLine(std::string_view line, int base) {
  const std::string text = asCString(line);
  std::string_view digits = text;
  while (!digits.empty() && isSpace(digits.front())) digits.remove_prefix(1);
  while (!digits.empty() && isSpace(digits.back())) digits.remove_suffix(1);
  bool plain = !digits.empty();
  for (const char c : digits) plain &= c > ' ' && c < 0x7f;
  if (base == 0) base = baseOf(digits);
  Ref shown(decodeBytes(reinterpret_cast<const uint8_t*>(text.data()), std::min<size_t>(text.size(), 200), "utf-8", nullptr));
  if (!shown) {
    if (!plain) return Value();
    errorClear(); // of a character cut at the end
  }
  if (!plain) return raise(ValueErrorType, "invalid literal for int() with base %d: %.200R", base, shown.get());
  return intFromText(digits.data(), digits.size(), base, shown);
}

Value valueOfIntLine(std::string_view line) {
  errno = 0;
  char* end;
  const long x = strtol(line.data(), &end, 0);
  if (!errno && !*end) return line.size() == 2 && (x == 0 || x == 1) ? boolean(x) : newInt(x); // two characters: a bool
  Value big = intOfLine(line, 0); // Python 2 wrote 'L' for some
  if (big) return big;
  errorClear();
  return raise(ValueErrorType, "could not convert string to int");
}

Value floatOfLine(std::string_view line) {
  const std::string text = asCString(line);
  const size_t length = floatLength(text);
  if (!length) return raiseOf(ValueErrorType, "could not convert string to float: '%U'", text);
  Ref number(newStr(std::string_view(text).substr(0, length)));
  Ref value(number ? floatFromText(number) : Value());
  if (!value) return Value();
  if (std::isinf(floatValue(value)) && isDigit(text[length - 1]))
    return raiseOf(OverflowErrorType, "value too large to convert to float: '%U'", text);
  if (length < text.size() && text[length] != '\n') return raise(ValueErrorType, "could not convert string to float");
  return value.release();
}

} // namespace krait::pickle
