// Which of several errors is the one to report, and where CPython says it is.
#include "frontend/parse/syntax_error.h"

#include <string_view>

namespace krait::frontend::parse {

using base::DiagnosticId;
using base::ErrorPosition;
using lex::TokenKind;

ErrorPosition positionOfToken(const base::SourceBuffer& buffer, const lex::Token& token) {
  bool hasNoColumn = token.kind == TokenKind::Indent || token.kind == TokenKind::Dedent ||
                     token.kind == TokenKind::EndMarker;
  ErrorPosition position = base::positionOf(buffer, token.span());
  if (!hasNoColumn) return position;
  uint32_t end = static_cast<uint32_t>(buffer.text().size());
  if (token.start >= end && end > 0) {
    // CPython's cursor is behind the last line's newline, a supplied one included.
    base::LineColumn last = buffer.position(end - 1);
    bool suppliesNewline = buffer.text().back() != '\n' && token.kind != TokenKind::EndMarker;
    int line = static_cast<int>(last.line);
    int length = static_cast<int>(buffer.characterColumn(end - 1)) + 1 + (suppliesNewline ? 1 : 0);
    return {line, length, line, -1};
  }
  return {position.lineno, position.offset - 1, position.lineno, -1};
}

void SyntaxErrors::report(DiagnosticId id, ErrorPosition position, base::Diagnostics::Arguments arguments) {
  if (tokens_.hasError && tokens_.error.overrulesParser) return reportLexical();
  if (!tokens_.hasError && !tokens_.open.empty()) {
    base::LineColumn opener = buffer_.position(tokens_.open.back().offset);
    if (position.lineno > static_cast<int>(opener.line)) return reportLexical();
  }
  add(id, position, arguments, true, true);
}

void SyntaxErrors::reportLexical() {
  if (!tokens_.hasError) {
    if (tokens_.open.empty()) return;
    lex::OpenBracket open = tokens_.open.back();
    ErrorPosition position = base::positionOf(buffer_, {open.offset, open.offset});
    position.endOffset = 0;
    return add(DiagnosticId::NeverClosed, position, {std::string_view(&open.character, 1)}, true, true);
  }
  const lex::LexError& error = tokens_.error;
  std::string_view arguments[4];
  size_t count = 0;
  for (const std::string& argument : error.arguments) arguments[count++] = argument;
  add(error.id, error.position, {arguments[0], arguments[1], arguments[2], arguments[3]}, error.textHasNewline,
      !error.overrulesParser);
}

void SyntaxErrors::add(DiagnosticId id, ErrorPosition position, base::Diagnostics::Arguments arguments,
                       bool textHasNewline, bool fromParser) {
  base::Diagnostic& made = diags_.reportAt(buffer_, id, position, arguments);
  bool endsInNewline = !made.text.empty() && made.text.back() == '\n';
  if (!textHasNewline && endsInNewline) made.text.pop_back();
  if (textHasNewline && !endsInNewline && impliedNewline_) made.text += '\n';
  constexpr std::string_view kPrefix = "f-string: ";
  if (inField_ && fromParser && !made.message.starts_with(kPrefix)) made.message.insert(0, kPrefix);
}

} // namespace krait::frontend::parse
