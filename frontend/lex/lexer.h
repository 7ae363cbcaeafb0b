// Text to tokens, a whole buffer at once.
#pragma once

#include "frontend/base/diagnostics.h"
#include "frontend/base/source_buffer.h"
#include "frontend/base/symbol.h"
#include "frontend/lex/token.h"

#include <string>
#include <vector>

namespace krait::frontend::lex {

// What ends a file's last line (see parse::Mode).
enum class FinalNewline : uint8_t {
  Implied,   // exec and single: a missing "\n" is supplied
  AsWritten, // eval: no Newline token unless there is one
};

// Why the lexer gave up. CPython's parser lets some errors of its tokenizer
// overrule the parser's own although they stand later in the file.
struct LexError {
  base::DiagnosticId id;
  base::ErrorPosition position;
  std::vector<std::string> arguments;
  bool overrulesParser = false; // raised by the tokenizer itself, at once
  bool textHasNewline = true;   // SyntaxError.text ends in "\n"
};

struct OpenBracket {
  char character;
  bool isField; // the `{` of an f-string's replacement field
  uint32_t offset;
};

struct LexWarning {
  base::DiagnosticId id;
  base::Span span;
  std::string argument;
};

// The last token is EndMarker, or Error if `hasError` or a bracket is open.
struct TokenList {
  std::vector<Token> tokens;
  bool hasError = false;
  LexError error;
  std::vector<OpenBracket> open; // innermost last
  std::vector<LexWarning> warnings;
};

// Fills `out`, whose storage is reused. Never fails: an error is part of the list.
// F-strings that begin at or after the offset `opaqueFrom` become one String token
// each, as in CPython 3.11.
void tokenize(const base::SourceBuffer& buffer, base::SymbolTable& symbols, FinalNewline finalNewline,
              TokenList& out, uint32_t opaqueFrom = UINT32_MAX);

// One line per token: "1,0-1,5 NAME 'while'". Positions are (line, UTF-8 column).
std::string dump(const base::SourceBuffer& buffer, const TokenList& list);

} // namespace krait::frontend::lex
