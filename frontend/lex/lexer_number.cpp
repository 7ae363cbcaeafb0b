// Numbers: their shape is checked here, their value is computed by the parser.
#include "frontend/lex/lexer_state.h"

#include "frontend/base/unicode.h"

#include <cstring>

namespace krait::frontend::lex {

using base::DiagnosticId;
using base::isAsciiDigit;

namespace {
bool isDigitOf(unsigned radix, char c) {
  if (radix == 16) return isAsciiDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  return c >= '0' && c < static_cast<char>('0' + radix);
}
bool mayContinueName(char c) {
  return isAsciiDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
}
// A keyword that may follow a number, as in `1if x else 2`.
bool keywordFollows(const char* at) {
  for (const char* keyword : {"and", "else", "for", "if", "in", "is", "or", "not"})
    if (std::strncmp(at, keyword, std::strlen(keyword)) == 0) return true;
  return false;
}
} // namespace

// Decimal digits with single underscores between them; `at` is on the first.
bool Lexer::digits(const char*& at, std::string_view kind) {
  for (;;) {
    while (isAsciiDigit(*at)) ++at;
    if (*at != '_') return true;
    ++at;
    if (!isAsciiDigit(*at)) return fail(DiagnosticId::InvalidNumber, at, {kind});
  }
}

bool Lexer::lexNumber(const char* start) {
  const char* at = start;
  while (isAsciiDigit(*at)) ++at;
  bool plain = !mayContinueName(*at) && *at != '.' && (*start != '0' || at == start + 1) && at > start;
  if (plain) { // by far the most usual: 0, 1, 42
    add(TokenKind::Number, start, at);
    at_ = at;
    return true;
  }
  if (*start == '.') return fractionAndExponent(start, false);
  if (*start == '0') {
    char letter = static_cast<char>(start[1] | 0x20);
    if (letter == 'x') return prefixedNumber(start, 16, "hexadecimal");
    if (letter == 'o') return prefixedNumber(start, 8, "octal");
    if (letter == 'b') return prefixedNumber(start, 2, "binary");
  }
  at_ = start;
  return fractionAndExponent(start, true);
}

bool Lexer::prefixedNumber(const char* start, unsigned base, const char* kind) {
  const char* at = start + 2;
  auto badDigit = [&] { return fail(DiagnosticId::InvalidDigit, at + 1, {{at, 1}, kind}); };
  do {
    if (*at == '_') ++at;
    if (!isDigitOf(base, *at)) {
      if (isAsciiDigit(*at)) return badDigit();
      return fail(DiagnosticId::InvalidNumber, at, {kind});
    }
    while (isDigitOf(base, *at)) ++at;
  } while (*at == '_');
  if (isAsciiDigit(*at)) return badDigit();
  at_ = at;
  return endNumber(start, number_flag::Prefixed, kind);
}

// A decimal number: integer part (if `hasIntegerPart`), fraction, exponent, j.
bool Lexer::fractionAndExponent(const char* start, bool hasIntegerPart) {
  const char* at = start;
  const char* firstNonZero = nullptr; // of an integer part that begins with 0
  uint8_t flags = 0;
  if (hasIntegerPart) {
    if (!digits(at, "decimal")) return false;
    if (*start == '0') {
      firstNonZero = start;
      while (firstNonZero < at && (*firstNonZero == '0' || *firstNonZero == '_')) ++firstNonZero;
      if (firstNonZero == at) firstNonZero = nullptr;
    }
  }
  if (*at == '.') {
    flags |= number_flag::Float;
    ++at;
    if (isAsciiDigit(*at) && !digits(at, "decimal")) return false;
  }
  if (*at == 'e' || *at == 'E') {
    const char* exponent = at + 1;
    bool hasSign = *exponent == '+' || *exponent == '-';
    if (hasSign && !isAsciiDigit(exponent[1])) return fail(DiagnosticId::InvalidNumber, exponent + 1, {"decimal"});
    if (hasSign) ++exponent;
    if (!isAsciiDigit(*exponent) && !keywordFollows(at)) return fail(DiagnosticId::InvalidNumber, at, {"decimal"});
    if (isAsciiDigit(*exponent)) {
      flags |= number_flag::Float;
      at = exponent;
      if (!digits(at, "decimal")) return false;
    }
  }
  at_ = at;
  if (*at == 'j' || *at == 'J') {
    ++at_;
    return endNumber(start, flags | number_flag::Imaginary, "imaginary");
  }
  if (firstNonZero != nullptr && flags == 0) {
    base::ErrorPosition where;
    where.lineno = where.endLineno = static_cast<int>(buffer_.position(offsetOf(start)).line);
    where.offset = static_cast<int>(buffer_.characterColumn(offsetOf(start))) + 1;
    where.endOffset = static_cast<int>(buffer_.characterColumn(offsetOf(firstNonZero))) + 1;
    failLater(DiagnosticId::LeadingZeros, where);
    out_.error.overrulesParser = true;
    out_.error.textHasNewline = false;
    return false;
  }
  return endNumber(start, flags, "decimal");
}

// At at_ the number is over: nothing that looks like a name may follow at once,
// except, with a warning, a keyword.
bool Lexer::endNumber(const char* start, uint8_t flags, const char* kind) {
  if (mayContinueName(*at_)) {
    if (!keywordFollows(at_)) return fail(DiagnosticId::InvalidNumber, at_, {kind});
    out_.warnings.push_back({DiagnosticId::NumberBeforeKeyword, {offsetOf(start), offsetOf(at_)}, kind});
  }
  if (std::memchr(start, '_', at_ - start) != nullptr) flags |= number_flag::HasUnderscore;
  add(TokenKind::Number, start, at_, flags);
  return true;
}

} // namespace krait::frontend::lex
