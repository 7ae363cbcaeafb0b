// Reporting a syntax error the way CPython's parser does.
#pragma once

#include "frontend/base/diagnostics.h"
#include "frontend/base/source_buffer.h"
#include "frontend/lex/lexer.h"

namespace krait::frontend::parse {

// A parser's complaint about one buffer. `impliedNewline`: the text's last line
// counts as ended even if it is not (exec).
class SyntaxErrors {
public:
  SyntaxErrors(const base::SourceBuffer& buffer, const lex::TokenList& tokens, base::Diagnostics& diags,
               bool impliedNewline, bool inField)
      : buffer_(buffer), tokens_(tokens), diags_(diags), impliedNewline_(impliedNewline), inField_(inField) {}

  // A token's span; an f-string's first token stands for all of it.
  base::Span spanOf(const lex::Token& token) const;
  // A token's position as CPython's RAISE_SYNTAX_ERROR has it: layout tokens
  // without text of their own have no end and an offset one too small.
  base::ErrorPosition positionOf(const lex::Token& token) const;

  // How far CPython's tokenizer has come, as an offset: a line before the one it
  // is on is reported without its newline.
  void reached(uint32_t offset) { reached_ = offset; }

  // Errors of the tokenizer that stand further on in the text overrule it.
  void report(base::DiagnosticId id, base::ErrorPosition position, base::Diagnostics::Arguments arguments = {});
  void report(base::DiagnosticId id, base::Span span, base::Diagnostics::Arguments arguments = {}) {
    report(id, base::positionOf(buffer_, span), arguments);
  }
  void reportHere(base::DiagnosticId id, const lex::Token& token, base::Diagnostics::Arguments arguments = {}) {
    reached(token.end);
    report(id, positionOf(token), arguments);
  }
  // For the few errors that nothing overrules.
  void reportFinally(base::DiagnosticId id, base::ErrorPosition position);
  // The tokenizer's own error, or that a bracket was never closed: what the
  // Error token at the end of the list stands for.
  void reportLexical();

private:
  bool isCurrentLine(int lineno) const;
  uint32_t textStart(uint32_t line) const;
  void add(base::DiagnosticId id, base::ErrorPosition position, base::Diagnostics::Arguments arguments,
           bool textHasNewline, bool fromParser);

  const base::SourceBuffer& buffer_;
  const lex::TokenList& tokens_;
  base::Diagnostics& diags_;
  bool impliedNewline_;
  uint32_t reached_ = 0;
  bool inField_; // the buffer is the expression of an f-string's field
};

} // namespace krait::frontend::parse
