// A token: a kind, a span, and for some kinds a little more.
#pragma once

#include "frontend/base/span.h"
#include "frontend/base/symbol.h"

#include <cstdint>

namespace krait::frontend::lex {

enum class TokenKind : uint8_t {
#define KRAIT_TOKEN(kind, name, text) kind,
#include "frontend/lex/tokens.def"
};
inline constexpr size_t kTokenKindCount = static_cast<size_t>(TokenKind::KwYield) + 1;

constexpr bool isKeyword(TokenKind kind) { return kind >= TokenKind::KwFalse; }
constexpr TokenKind keywordKind(base::Symbol symbol) {
  return static_cast<TokenKind>(static_cast<uint32_t>(TokenKind::KwFalse) + symbol.id - 1);
}
// Tokens that stand for layout: CPython skips them when it asks where the text
// consumed so far ends.
constexpr bool isLayout(TokenKind kind) {
  return kind == TokenKind::Newline || kind == TokenKind::Indent || kind == TokenKind::Dedent ||
         kind == TokenKind::EndMarker;
}

// Flags of String, FStringStart and FStringMiddle.
namespace string_flag {
enum : uint8_t {
  Raw = 1,
  Bytes = 2,
  PrefixU = 4,
  Triple = 8,
  HasEscape = 16,  // holds a backslash (FStringMiddle: or a doubled brace), so its text is not its value
  NonAscii = 32,
  InSpec = 64, // FStringMiddle of a format specification
  // String only: an f-string that is not well formed, kept as one token as
  // CPython 3.11 would cut it; the parser finds out what is wrong with it.
  BrokenFString = 128,
};
}
// Flags of Number.
namespace number_flag {
enum : uint8_t { Float = 1, Imaginary = 2, HasUnderscore = 4, Prefixed = 8 }; // Prefixed: 0x, 0o, 0b
}

// Flags of Newline.
namespace newline_flag {
enum : uint8_t { Supplied = 1 }; // by the interactive mode: it has no column in CPython
}

struct Token {
  TokenKind kind;
  uint8_t flags = 0;
  uint8_t prefixSize = 0; // String, FStringStart: letters before the quote
  uint8_t pad = 0;
  uint32_t start = 0;
  uint32_t end = 0;
  // Name, keywords: the symbol's id. FStringStart: the index of its FStringEnd.
  uint32_t payload = 0;

  base::Span span() const { return {start, end}; }
  base::Symbol symbol() const { return {payload}; }
};
static_assert(sizeof(Token) == 16);

const char* nameOf(TokenKind kind);     // "NAME", "LPAR"
const char* spellingOf(TokenKind kind); // "(", "while", ""

} // namespace krait::frontend::lex
