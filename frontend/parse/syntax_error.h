// Reporting a syntax error the way CPython's parser does.
#pragma once

#include "frontend/base/diagnostics.h"
#include "frontend/base/source_buffer.h"
#include "frontend/lex/lexer.h"

namespace krait::frontend::parse {

// A token's position as CPython's RAISE_SYNTAX_ERROR has it: layout tokens
// without text of their own have no end and an offset one too small.
base::ErrorPosition positionOfToken(const base::SourceBuffer& buffer, const lex::Token& token);

// A parser's complaint about one buffer. `impliedNewline`: the text's last line
// counts as ended even if it is not (exec).
class SyntaxErrors {
public:
  SyntaxErrors(const base::SourceBuffer& buffer, const lex::TokenList& tokens, base::Diagnostics& diags,
               bool impliedNewline, bool inField)
      : buffer_(buffer), tokens_(tokens), diags_(diags), impliedNewline_(impliedNewline), inField_(inField) {}

  // Errors of the tokenizer that stand further on in the text overrule it.
  void report(base::DiagnosticId id, base::ErrorPosition position, base::Diagnostics::Arguments arguments = {});
  void report(base::DiagnosticId id, base::Span span, base::Diagnostics::Arguments arguments = {}) {
    report(id, base::positionOf(buffer_, span), arguments);
  }
  // The tokenizer's own error, or that a bracket was never closed: what the
  // Error token at the end of the list stands for.
  void reportLexical();

private:
  void add(base::DiagnosticId id, base::ErrorPosition position, base::Diagnostics::Arguments arguments,
           bool textHasNewline, bool fromParser);
  bool reportNeverClosed();

  const base::SourceBuffer& buffer_;
  const lex::TokenList& tokens_;
  base::Diagnostics& diags_;
  bool impliedNewline_;
  bool inField_; // the buffer is the expression of an f-string's field
};

} // namespace krait::frontend::parse
