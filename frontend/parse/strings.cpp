// String literals: escapes, and the concatenation of adjacent ones.
//
// A single literal without escapes is not copied: its Constant borrows the text
// of the source buffer.
#include "frontend/base/unicode.h"
#include "frontend/parse/parser_state.h"
#include "frontend/parse/unicode_names.h"

#include <cstring>
#include <string>

namespace krait::frontend::parse {

using namespace ast;
namespace string_flag = lex::string_flag;

namespace {

std::string_view contentOf(const Token& token, const char* text) {
  uint32_t quotes = (token.flags & string_flag::Triple) != 0 ? 3 : 1;
  uint32_t start = token.start + token.prefixSize + quotes;
  return {text + start, token.end - quotes - start};
}

bool isOctal(char c) { return c >= '0' && c <= '7'; }
int hexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The escapes of one character that bytes and str share; -1 if it is none.
int simpleEscape(char c) {
  switch (c) {
  case '\\': return '\\';
  case '\'': return '\'';
  case '"': return '"';
  case 'a': return '\a';
  case 'b': return '\b';
  case 'f': return '\f';
  case 'n': return '\n';
  case 'r': return '\r';
  case 't': return '\t';
  case 'v': return '\v';
  default: return -1;
  }
}

// Up to three octal digits from `at` on.
unsigned octalEscape(std::string_view text, size_t& at) {
  unsigned value = 0;
  for (int i = 0; i < 3 && at < text.size() && isOctal(text[at]); ++i) value = value * 8 + (text[at++] - '0');
  return value;
}

// CPython decodes escapes after writing every non-ASCII character as \UXXXXXXXX;
// positions in its messages count those ten bytes.
size_t escapedPosition(std::string_view text, size_t offset) {
  size_t position = 0;
  for (size_t i = 0; i < offset; ++i) {
    if ((text[i] & 0x80) == 0)
      position += 1;
    else if ((text[i] & 0xC0) != 0x80)
      position += 10;
  }
  return position;
}

} // namespace

bool Parser::decodeBytes(const Token& token, std::string& out) {
  std::string_view text = contentOf(token, text_);
  if ((token.flags & string_flag::NonAscii) != 0) {
    failHere(DiagnosticId::BytesNotAscii);
    return false;
  }
  if ((token.flags & (string_flag::HasEscape | string_flag::Raw)) != string_flag::HasEscape) {
    out += text;
    return true;
  }
  bool warned = false;
  for (size_t i = 0; i < text.size();) {
    if (text[i] != '\\') {
      out += text[i++];
      continue;
    }
    size_t start = i++;
    char c = text[i];
    if (c == '\n') {
      ++i;
    } else if (int simple = simpleEscape(c); simple >= 0) {
      out += static_cast<char>(simple);
      ++i;
    } else if (isOctal(c)) {
      uint32_t value = octalEscape(text, i);
      if (value > 0xFF && !warned) warn(DiagnosticId::InvalidOctalEscape, token.span(), text.substr(start + 1, 3)), warned = true;
      out += static_cast<char>(value);
    } else if (c == 'x') {
      if (i + 2 >= text.size() || hexValue(text[i + 1]) < 0 || hexValue(text[i + 2]) < 0) {
        failHere(DiagnosticId::BytesEscape, {std::to_string(start)});
        return false;
      }
      out += static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
      i += 3;
    } else {
      if (!warned) warn(DiagnosticId::InvalidEscape, token.span(), text.substr(i, 1));
      warned = true;
      out += '\\';
    }
  }
  return true;
}

bool Parser::decodeText(std::string_view text, const Token& token, bool raw, std::string& out) {
  size_t i = raw ? std::string_view::npos : text.find('\\');
  out += text.substr(0, i);
  if (i == std::string_view::npos) return true;
  bool warned = false;
  auto fail = [&](size_t start, size_t end, std::string_view reason) {
    size_t first = escapedPosition(text, start);
    size_t last = first + (end - start) - 1;
    if (first == last)
      failHere(DiagnosticId::UnicodeEscapeByte, {std::to_string(first), reason});
    else
      failHere(DiagnosticId::UnicodeEscape, {std::to_string(first), std::to_string(last), reason});
    return false;
  };
  while (i < text.size()) {
    if (text[i] != '\\') {
      size_t next = text.find('\\', i);
      out += text.substr(i, next - i);
      i = next;
      continue;
    }
    size_t start = i++;
    if (i == text.size()) return fail(start, i, "\\ at end of string");
    char c = text[i];
    if (c == '\n') {
      ++i;
    } else if (int simple = simpleEscape(c); simple >= 0) {
      out += static_cast<char>(simple);
      ++i;
    } else if (isOctal(c)) {
      char32_t value = octalEscape(text, i);
      if (value > 0xFF && !warned) warn(DiagnosticId::InvalidOctalEscape, token.span(), text.substr(start + 1, 3)), warned = true;
      base::appendUtf8(out, value);
    } else if (c == 'x' || c == 'u' || c == 'U') {
      size_t count = c == 'x' ? 2 : c == 'u' ? 4 : 8;
      char32_t value = 0;
      ++i;
      for (size_t n = 0; n < count; ++n, ++i) {
        int digit = i < text.size() ? hexValue(text[i]) : -1;
        if (digit < 0)
          return fail(start, i, c == 'x'   ? "truncated \\xXX escape"
                                : c == 'u' ? "truncated \\uXXXX escape"
                                           : "truncated \\UXXXXXXXX escape");
        value = value * 16 + digit;
      }
      if (value > 0x10FFFF) return fail(start, i, "illegal Unicode character");
      base::appendUtf8(out, value);
    } else if (c == 'N') {
      ++i;
      size_t close = i < text.size() && text[i] == '{' ? text.find('}', i) : std::string_view::npos;
      if (close == std::string_view::npos || close == i + 1) {
        size_t end = i;
        if (end < text.size() && text[end] == '{') end = close == std::string_view::npos ? text.size() : close;
        return fail(start, end, "malformed \\N character escape");
      }
      char32_t named = codePointNamed(text.substr(i + 1, close - i - 1));
      i = close + 1;
      if (named == kNoCodePoint) return fail(start, i, "unknown Unicode character name");
      base::appendUtf8(out, named);
    } else {
      if (!warned) {
        const char* at = text.data() + i;
        const char* end = at;
        base::decodeUtf8(end);
        warn(DiagnosticId::InvalidEscape, token.span(), {at, static_cast<size_t>(end - at)});
      }
      warned = true;
      out += '\\';
    }
  }
  return true;
}

// One or more adjacent literals.
const Expr* Parser::strings() {
  const Token* first = cur_;
  bool hasFString = false, hasBytes = false, hasText = false;
  while (at(TokenKind::String) || at(TokenKind::FStringStart)) {
    bool isBytes = (cur_->flags & string_flag::Bytes) != 0;
    hasBytes |= isBytes;
    hasText |= !isBytes;
    hasFString |= at(TokenKind::FStringStart);
    if ((cur_->flags & string_flag::BrokenFString) != 0 && at(TokenKind::String)) hasFString = true;
    cur_ = at(TokenKind::FStringStart) ? tokens_.tokens.data() + cur_->payload + 1 : cur_ + 1;
  }
  base::Span span = spanFrom(first);
  if (cur_ == first + 1 && !hasFString &&
      (first->flags & (string_flag::HasEscape | string_flag::Raw)) != string_flag::HasEscape &&
      (first->flags & (string_flag::Bytes | string_flag::NonAscii)) != (string_flag::Bytes | string_flag::NonAscii)) {
    std::string_view text = contentOf(*first, text_);
    if (hasBytes) return make<Constant>(span, ConstantValue::bytes(text));
    return make<Constant>(span, ConstantValue::str(text, text_[first->start] == 'u'));
  }
  if (hasBytes && hasText) {
    failHere(DiagnosticId::MixedBytesAndStr);
    return dummy();
  }
  if (hasFString) return joinedStrings(first, cur_);
  std::string value;
  for (const Token* token = first; token < cur_ && !poisoned(); ++token) {
    bool good = hasBytes ? decodeBytes(*token, value)
                         : decodeText(contentOf(*token, text_), *token, (token->flags & string_flag::Raw) != 0, value);
    if (!good) return dummy();
  }
  std::string_view kept = arena_.copy(value);
  if (hasBytes) return make<Constant>(span, ConstantValue::bytes(kept));
  return make<Constant>(span, ConstantValue::str(kept, text_[first->start] == 'u'));
}

} // namespace krait::frontend::parse
