// __format__ of int, float and complex.
#include "runtime/types/number_format.h"

#include <charconv>
#include <cmath>
#include <string>

#include "runtime/types/float.h"
#include "runtime/types/float_text.h"
#include "runtime/types/format_spec.h"
#include "runtime/types/int.h"
#include "runtime/types/int_text.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

std::string_view signText(bool negative, char sign) {
  if (negative) return "-";
  return sign == '+' ? "+" : sign == ' ' ? " " : "";
}

/// In its field.
Value layoutDouble(const FormatSpec& spec, const DoubleText& parts, char positiveSign) {
  std::string_view text = parts.head;
  const bool negative = text[0] == '-';
  if (negative) text.remove_prefix(1);
  size_t n = 0;
  while (n < text.size() && text[n] >= '0' && text[n] <= '9') ++n;
  NumberLocale locale = numberLocale(spec);
  std::string_view rest = text.substr(n);
  std::string pointed;
  if (!rest.empty() && rest[0] == '.' && locale.point != ".") rest = pointed = std::string(locale.point).append(rest.substr(1));
  const std::string_view sign = signText(negative, positiveSign);
  if (n == 0) {
    // inf, nan: no grouping of what is not digits.
    // Zero fill goes before the word all the same.
    if (spec.fill == '0' && spec.align == '=') return layoutNumber(spec, NumberLocale{}, sign, "", "", rest, 0, parts.tail);
    locale.separator = {};
  }
  return layoutNumber(spec, locale, sign, "", text.substr(0, n), rest, parts.zeros, parts.tail);
}

/// Fixed notation of so many digits that are known at once, with `tail` behind them. Null without an error: the general way.
Value formatFixed(double d, const FormatSpec& spec, int precision, std::string_view tail) {
  char buffer[kFixedRoom], *const end = buffer + kFixedRoom, *const p = shortFixed(std::fabs(d), precision, end);
  if (!p) return {};
  const std::string_view text(p, end), rest = text.substr(text.size() - static_cast<size_t>(precision ? precision + 1 : 0));
  const bool becomesZero = spec.noNegativeZero && text.find_first_not_of(".0") == std::string_view::npos;
  const std::string_view sign = signText(std::signbit(d) && !becomesZero, spec.sign);
  return layoutNumber(spec, numberLocale(spec), sign, "", text.substr(0, text.size() - rest.size()), rest, 0, tail);
}

Value formatDouble(double d, const FormatSpec& spec) {
  bool percent = spec.type == '%';
  char code = percent ? 'f' : spec.type == 'n' ? 'g' : spec.type == 0 ? 'r' : static_cast<char>(spec.type);
  unsigned flags = (spec.alternate ? kDoubleAlt : 0) | (spec.noNegativeZero ? kDoubleNoNegZero : 0);
  int64_t precision = spec.precision;
  if (precision > INT32_MAX) return raise(ValueErrorType, "precision too big");
  if (spec.type == 0) {
    flags |= kDoubleAddDot0;
    if (precision >= 0) code = 'g';
  } else if (precision < 0) {
    precision = 6;
  }
  if (percent) d *= 100;
  if (code == 'f' && !spec.alternate && precision <= 22)
    if (Value r = formatFixed(d, spec, static_cast<int>(precision), percent ? "%" : ""); r || errorSet()) return r;
  DoubleText parts = doubleToParts(d, code, static_cast<int>(precision), flags);
  if (percent) parts.tail += '%';
  return layoutDouble(spec, parts, spec.sign);
}

Value formatCharacter(Value v, const FormatSpec& spec) {
  if (spec.sign) return raise(ValueErrorType, "Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) return raise(ValueErrorType, "Alternate form (#) not allowed with integer format specifier 'c'");
  int overflow;
  int64_t c = intToInt64(v, &overflow);
  if (overflow) return raise(OverflowErrorType, "Python int too large to convert to C long");
  if (c < 0 || c > 0x10ffff) return raise(OverflowErrorType, "%%c arg not in range(0x110000)");
  Ref text(newStrFromChar(static_cast<uint32_t>(c)));
  if (!text) return Value();
  FormatSpec padded = spec;
  if (padded.align == '=') padded.align = '>';
  return padField(padded, text);
}

Value emptySpec(Value v) { return str(v); }

} // namespace

Value formatInt(Value v, Value specText) {
  if (!isStr(specText)) return raise(TypeErrorType, "__format__() argument must be str, not %.50G", specText);
  if (asStr(specText)->length == 0) return emptySpec(v);
  FormatSpec spec;
  if (parseFormatSpec(v, specText, 'd', '>', &spec) < 0) return Value();
  switch (spec.type) {
  case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case '%': {
    double d = toDouble(v); // a class may have its own __float__
    if (d == -1.0 && errorSet()) return Value();
    return formatDouble(d, spec);
  }
  case 'b': case 'c': case 'd': case 'o': case 'x': case 'X': case 'n': break;
  default: return raiseUnknownFormatCode(spec.type, v);
  }
  if (spec.precision != -1) return raise(ValueErrorType, "Precision not allowed in integer format specifier");
  if (spec.noNegativeZero)
    return raise(ValueErrorType, "Negative zero coercion (z) not allowed in integer format specifier");
  if (spec.type == 'c') return formatCharacter(v, spec);
  int base = spec.type == 'b' ? 2 : spec.type == 'o' ? 8 : spec.type == 'x' || spec.type == 'X' ? 16 : 10;
  Ref text;
  std::string_view digits;
  char small[66];
  if (v.isSmallInt()) {
    char* const end = small + sizeof small;
    if (base == 10) digits = {smallDecimal(v.smallInt(), end), end};
    else digits = {small, std::to_chars(small, end, v.smallInt(), base).ptr};
  } else {
    text.reset(intToText(v, base, false));
    if (!text) return Value();
    digits = {reinterpret_cast<const char*>(asStr(text)->data()), static_cast<size_t>(asStr(text)->length)};
  }
  const bool negative = digits[0] == '-';
  if (negative) digits.remove_prefix(1);
  std::string_view prefix;
  if (spec.alternate && base != 10) prefix = base == 2 ? "0b" : base == 8 ? "0o" : spec.type == 'X' ? "0X" : "0x";
  std::string upper;
  if (spec.type == 'X') {
    upper = digits;
    for (char& c : upper)
      if (c >= 'a') c = static_cast<char>(c - 32);
    digits = upper;
  }
  return layoutNumber(spec, numberLocale(spec), signText(negative, spec.sign), prefix, digits, "");
}

Value formatFloat(Value v, Value specText) {
  if (!isStr(specText)) return raise(TypeErrorType, "__format__() argument must be str, not %.50G", specText);
  if (asStr(specText)->length == 0) return emptySpec(v);
  FormatSpec spec;
  if (parseFormatSpec(v, specText, 0, '>', &spec) < 0) return Value();
  switch (spec.type) {
  case 0: case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'n': case '%':
    return formatDouble(floatValue(v), spec);
  default: return raiseUnknownFormatCode(spec.type, v);
  }
}

Value formatComplex(Value v, Value specText) {
  if (!isStr(specText)) return raise(TypeErrorType, "__format__() argument must be str, not %.50G", specText);
  if (asStr(specText)->length == 0) return emptySpec(v);
  FormatSpec spec;
  if (parseFormatSpec(v, specText, 0, '>', &spec) < 0) return Value();
  switch (spec.type) {
  case 0: case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'n': break;
  default: return raiseUnknownFormatCode(spec.type, v);
  }
  if (spec.fill == '0') return raise(ValueErrorType, "Zero padding is not allowed in complex format specifier");
  if (spec.align == '=') return raise(ValueErrorType, "'=' alignment flag is not allowed in complex format specifier");
  auto* c = v.as<ComplexObject>();
  // Without a code the parts look as repr shows them: no ".0", and parentheses unless the real part is +0.
  bool bare = spec.type == 0;
  bool omitReal = bare && c->real == 0 && !std::signbit(c->real);
  auto part = [&](double d, char sign) {
    FormatSpec p = spec;
    p.width = -1;
    p.sign = sign;
    p.fill = ' ';
    if (!bare) return formatDouble(d, p);
    unsigned flags = (spec.alternate ? kDoubleAlt : 0) | (spec.noNegativeZero ? kDoubleNoNegZero : 0);
    if (spec.precision > INT32_MAX) return raise(ValueErrorType, "precision too big");
    return layoutDouble(p, spec.precision >= 0 ? doubleToParts(d, 'g', static_cast<int>(spec.precision), flags) : doubleToParts(d, 'r', 0, flags),
                        sign);
  };
  Ref real(omitReal ? emptyStr() : part(c->real, spec.sign));
  Ref imaginary(part(c->imag, omitReal ? spec.sign : '+'));
  if (!real || !imaginary) return Value();
  StrBuilder out;
  bool parentheses = bare && !omitReal;
  if (parentheses) out.add('(');
  out.add(real);
  out.add(imaginary);
  out.add('j');
  if (parentheses) out.add(')');
  Ref text(out.take());
  return text ? padField(spec, text) : Value();
}

} // namespace krait
