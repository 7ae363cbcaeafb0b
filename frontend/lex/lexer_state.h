// The lexer's working state, shared by its source files; nobody else's business.
#pragma once

#include "frontend/lex/lexer.h"

#include <initializer_list>
#include <string_view>

namespace krait::frontend::lex {

class Lexer {
public:
  Lexer(const base::SourceBuffer& buffer, base::SymbolTable& symbols, FinalNewline finalNewline, TokenList& out,
        uint32_t opaqueFrom);
  void run();

private:
  static constexpr size_t kMaxBrackets = 200;
  static constexpr size_t kMaxIndents = 100;
  static constexpr size_t kMaxFStrings = 150;

  struct Indent {
    uint32_t column;    // tabs to multiples of 8
    uint32_t altColumn; // tabs count 1
  };
  // An f-string whose end has not been seen.
  struct OpenFString {
    uint32_t token; // index of its FStringStart
    char quote;
    bool triple;
    bool raw;
    uint32_t brackets; // open_.size() when it began
  };

  // Each returns false after setting the error.
  bool beginLine();
  bool lexToken(); // one token of ordinary text, blanks and comments before it
  bool lexName(const char* start);
  bool lexNumber(const char* start);
  bool lexString(const char* start, const char* quote, uint8_t flags);
  bool lexOperator(const char* start);
  bool lexNonAscii(const char* start);
  bool continueLine(); // after a backslash
  bool openBracket(TokenKind kind, const char* start);
  bool closeBracket(TokenKind kind, const char* start);
  bool finish(const char* start); // at the end of the text; `start`: of a comment before it

  // frontend/lex/lexer_fstring.cpp
  bool beginFString(const char* start, const char* quote, uint8_t flags);
  bool lexFStringText(); // literal text or a format specification, up to the next field or end
  bool inField() const { return !open_.empty() && open_.back().isField; }
  bool endFieldExpression(TokenKind kind, const char* start); // `:` or `!` at the top of a field
  bool breakFString(); // back to the outermost f-string, which becomes one token

  // frontend/lex/lexer_number.cpp
  bool digits(const char*& at, std::string_view kind);
  bool prefixedNumber(const char* start, unsigned base, const char* kind);
  bool fractionAndExponent(const char* start, bool hasIntegerPart);
  bool endNumber(const char* start, uint8_t flags, const char* kind);

  [[gnu::always_inline]] void add(TokenKind kind, const char* start, const char* end, uint8_t flags = 0,
                                  uint32_t payload = 0) {
    out_.tokens.push_back({kind, flags, 0, 0, offsetOf(start), offsetOf(end), payload});
  }
  uint32_t offsetOf(const char* at) const { return static_cast<uint32_t>(at - begin_); }

  using Arguments = std::initializer_list<std::string_view>;
  // Raised at once by the tokenizer, after `cursor` was read; CPython's syntaxerror().
  bool fail(base::DiagnosticId id, const char* cursor, Arguments arguments = {});
  // Raised when the parser meets the token.
  bool failLater(base::DiagnosticId id, base::ErrorPosition position, Arguments arguments = {});
  // Position (line, bytes up to and with the line's newline), for the errors
  // that CPython raises after throwing the rest of the line away.
  base::ErrorPosition endOfLine(const char* at) const;
  bool failCharacter(char32_t codePoint, const char* after);

  const base::SourceBuffer& buffer_;
  base::SymbolTable& symbols_;
  FinalNewline finalNewline_;
  TokenList& out_;

  const char* begin_;
  const char* at_;
  const char* end_; // *end_ is NUL; no other byte is
  bool lineBegins_ = true;
  uint32_t opaqueFrom_; // f-strings from this offset on are kept as single tokens
  std::vector<Indent> indents_;
  std::vector<OpenBracket>& open_;
  std::vector<bool> fieldInSpec_; // one per field in open_
  std::vector<OpenFString> fstrings_;
};

} // namespace krait::frontend::lex
