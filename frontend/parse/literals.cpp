// The values of numbers.
#include "frontend/parse/parser_state.h"

#include <charconv>
#include <cstdlib>
#include <string>

namespace krait::frontend::parse {

using namespace ast;

namespace {

int digitValue(char c) {
  if (c <= '9') return c - '0';
  return (c | 0x20) - 'a' + 10;
}

double floatValue(std::string_view text) {
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  // Too large or too small: strtod rounds to infinity or zero, as Python does.
  if (error == std::errc::result_out_of_range) value = std::strtod(std::string(text).c_str(), nullptr);
  return value;
}

} // namespace

const Expr* Parser::number() {
  const Token& token = *cur_++;
  std::string_view text(text_ + token.start, token.end - token.start);
  if (token.flags == 0 && text.size() <= 18) {
    int64_t value = 0;
    for (char c : text) value = value * 10 + (c - '0');
    return make<Constant>(token.span(), ConstantValue::integer(value));
  }
  std::string clean;
  if ((token.flags & lex::number_flag::HasUnderscore) != 0) {
    since(6, "Underscores in numeric literals are");
    for (char c : text)
      if (c != '_') clean += c;
    text = clean;
  }
  if ((token.flags & lex::number_flag::Imaginary) != 0)
    return make<Constant>(token.span(), ConstantValue::imaginary(floatValue(text.substr(0, text.size() - 1))));
  if ((token.flags & lex::number_flag::Float) != 0)
    return make<Constant>(token.span(), ConstantValue::real(floatValue(text)));
  unsigned base = 10;
  if ((token.flags & lex::number_flag::Prefixed) != 0) {
    char letter = static_cast<char>(text[1] | 0x20);
    base = letter == 'x' ? 16 : letter == 'o' ? 8 : 2;
    text.remove_prefix(2);
  }
  return make<Constant>(token.span(), integer(text, base, token));
}

ConstantValue Parser::integer(std::string_view digits, unsigned base, const Token& token) {
  while (digits.size() > 1 && digits[0] == '0') digits.remove_prefix(1);
  if (base == 10 && digits.size() > maxDigits_)
    failAt(DiagnosticId::IntegerTooLong, token.span(), {std::to_string(maxDigits_), std::to_string(digits.size())});
  int64_t value = 0;
  for (char c : digits) {
    int64_t scaled;
    if (__builtin_mul_overflow(value, static_cast<int64_t>(base), &scaled) ||
        __builtin_add_overflow(scaled, static_cast<int64_t>(digitValue(c)), &value))
      return ConstantValue::bigInteger(arena_.copy(digits), static_cast<uint8_t>(base));
  }
  return ConstantValue::integer(value);
}

} // namespace krait::frontend::parse
