// Which of several errors is the one to report, and where CPython says it is.
#include "frontend/parse/syntax_error.h"

#include <algorithm>
#include <string_view>

namespace krait::frontend::parse {

using base::DiagnosticId;
using base::ErrorPosition;
using lex::TokenKind;

base::Span SyntaxErrors::spanOf(const lex::Token& token) const {
  if (token.kind != TokenKind::FStringStart) return token.span();
  return {token.start, tokens_.tokens[token.payload].end};
}

ErrorPosition SyntaxErrors::positionOf(const lex::Token& token) const {
  bool hasNoColumn = token.kind == TokenKind::Indent || token.kind == TokenKind::Dedent ||
                     token.kind == TokenKind::EndMarker ||
                     (token.kind == TokenKind::Newline && (token.flags & lex::newline_flag::Supplied) != 0);
  ErrorPosition position = base::positionOf(buffer_, spanOf(token));
  if (!hasNoColumn) return position;
  auto end = static_cast<uint32_t>(buffer_.text().size());
  if (token.start >= end && end > 0) {
    // CPython's cursor is behind the last line's newline, a supplied one included.
    base::LineColumn last = buffer_.position(end - 1);
    bool suppliesNewline = buffer_.text().back() != '\n' && impliedNewline_;
    int line = static_cast<int>(last.line);
    int length = static_cast<int>(buffer_.characterColumn(end - 1)) + 1 + (suppliesNewline ? 1 : 0);
    return {line, length, line, -1};
  }
  return {position.lineno, position.offset - 1, position.lineno, -1};
}

void SyntaxErrors::report(DiagnosticId id, ErrorPosition position, base::Diagnostics::Arguments arguments) {
  if (tokens_.hasError && tokens_.error.overrulesParser) return reportLexical();
  if (!tokens_.hasError && !tokens_.open.empty()) {
    uint32_t opener = buffer_.position(tokens_.open.back().offset).line;
    if (buffer_.position(reached_).line > opener) return reportLexical();
  }
  add(id, position, arguments, isCurrentLine(position.lineno), true);
}

void SyntaxErrors::reportFinally(DiagnosticId id, ErrorPosition position) {
  add(id, position, {}, isCurrentLine(position.lineno), true);
}

bool SyntaxErrors::isCurrentLine(int lineno) const {
  auto size = static_cast<uint32_t>(buffer_.text().size());
  uint32_t cursor = size > 0 ? std::min(reached_, size - 1) : 0; // no line begins at the end
  return static_cast<int>(buffer_.position(cursor).line) <= lineno;
}

void SyntaxErrors::reportLexical() {
  if (!tokens_.hasError) {
    if (tokens_.open.empty()) return;
    lex::OpenBracket open = tokens_.open.back();
    ErrorPosition position = base::positionOf(buffer_, {open.offset, open.offset});
    position.endOffset = 0;
    auto last = static_cast<uint32_t>(buffer_.text().size()) - 1;
    bool isLastLine = static_cast<int>(buffer_.position(last).line) == position.lineno;
    return add(DiagnosticId::NeverClosed, position, {std::string_view(&open.character, 1)}, isLastLine, true);
  }
  const lex::LexError& error = tokens_.error;
  std::string_view arguments[4];
  size_t count = 0;
  for (const std::string& argument : error.arguments) arguments[count++] = argument;
  add(error.id, error.position, {arguments[0], arguments[1], arguments[2], arguments[3]}, error.textHasNewline,
      !error.overrulesParser);
}

// CPython's buffer of the current line begins with the lines that a backslash
// joins to it, or where a string literal began that reaches into it.
uint32_t SyntaxErrors::textStart(uint32_t line) const {
  const std::vector<lex::Token>& tokens = tokens_.tokens;
  for (;;) {
    auto isJoined = [&](std::string_view before) { // in an indentation a backslash joins nothing
      return before.ends_with('\\') && before.find_first_not_of(" \t\f\\") != std::string_view::npos;
    };
    while (line > 1 && isJoined(buffer_.line(line - 1))) --line;
    uint32_t start = buffer_.lineStart(line);
    auto after = std::lower_bound(tokens.begin(), tokens.end(), start,
                                  [](const lex::Token& token, uint32_t offset) { return token.start < offset; });
    const lex::Token* inside = nullptr;
    for (auto at = after; at != tokens.begin();) {
      --at;
      bool reachesIn = (at->kind == TokenKind::String && at->end > start) ||
                       (at->kind == TokenKind::FStringStart && tokens[at->payload].end > start);
      if (reachesIn) inside = &*at;
      if (at->kind == TokenKind::Newline) break;
    }
    if (inside == nullptr) return start;
    line = buffer_.position(inside->start).line;
  }
}

void SyntaxErrors::add(DiagnosticId id, ErrorPosition position, base::Diagnostics::Arguments arguments,
                       bool textHasNewline, bool fromParser) {
  base::Diagnostic& made = diags_.reportAt(buffer_, id, position, arguments);
  if (fromParser && textHasNewline && isCurrentLine(position.lineno)) {
    uint32_t line = static_cast<uint32_t>(std::max(position.lineno, 1));
    uint32_t start = textStart(line), lineStart = buffer_.lineStart(line);
    made.text.insert(0, buffer_.text().substr(start, lineStart - start));
  }
  bool endsInNewline = !made.text.empty() && made.text.back() == '\n';
  if (!textHasNewline && endsInNewline) made.text.pop_back();
  if (textHasNewline && !endsInNewline && impliedNewline_) made.text += '\n';
  // CPython counts the end's column in the line of the start.
  if (made.position.endLineno > made.position.lineno) {
    auto isLead = [](char c) { return (c & 0xC0) != 0x80; };
    int length = static_cast<int>(std::count_if(made.text.begin(), made.text.end(), isLead));
    made.position.endOffset = std::min(made.position.endOffset, length + 1);
  }
  constexpr std::string_view kPrefix = "f-string: ";
  if (inField_ && fromParser && !made.message.starts_with(kPrefix)) made.message.insert(0, kPrefix);
}

} // namespace krait::frontend::parse
