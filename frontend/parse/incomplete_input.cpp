// Text that is not wrong but not at its end, either (PyCF_ALLOW_INCOMPLETE_INPUT): CPython's tokenizer came to the end of the text.
#include <algorithm>

#include "frontend/parse/parser_state.h"

namespace krait::frontend::parse {

namespace {

// A string that is not closed goes on to the end of the text, not of a line.
bool reachesEnd(std::string_view opened, bool newlineIsImplied) {
  size_t at = 0;
  for (; at < opened.size(); at += opened[at] == '\\' ? 2 : 1)
    if (opened[at] == '\n') return false;
  return !newlineIsImplied || at > opened.size();
}

/// A token of the text whose end was found by coming to that of the text: only a string ends without a look at what follows.
bool isAtEnd(const Token& t, std::string_view text) {
  return t.end == text.size() && t.start < t.end && !text.ends_with('\n') && t.kind != TokenKind::String && t.kind != TokenKind::Newline;
}

bool isOpenString(const base::Diagnostic* error) {
  return error && (error->id == base::DiagnosticId::UnterminatedString || error->id == base::DiagnosticId::UnterminatedTripleString);
}

} // namespace

bool Parser::isIncomplete() const {
  const Token* end = tokens_.tokens.data() + tokens_.tokens.size();
  const base::Diagnostic* error = diags_.firstError();
  if (!firstFailure_ || !error) return false;
  const std::string_view text = buffer_.text();
  const bool endsInLine = !text.ends_with('\n');
  if (isAtEnd(*firstFailure_, text) && mode_ != Mode::Exec) return true;
  if (error->id == DiagnosticId::NeverClosed || error->id == DiagnosticId::UnexpectedEof ||
      error->id == DiagnosticId::UnterminatedTripleString)
    return firstFailure_->kind == TokenKind::Error;
  if (error->id == DiagnosticId::UnterminatedString)
    return firstFailure_->kind == TokenKind::Error && reachesEnd(text.substr(firstFailure_->start), endsInLine && mode_ == Mode::Exec);
  return std::all_of(firstFailure_, end, [](const Token& t) {
    return t.kind == TokenKind::EndMarker || t.kind == TokenKind::Dedent ||
           (t.kind == TokenKind::Newline && (t.flags & lex::newline_flag::Supplied) != 0);
  });
}

// At the token that came to the end, else at the end of the last line, or where the string begins; the text is that up to the end.
void Parser::reportIncomplete(base::Diagnostics& diags) const {
  const std::string_view text = buffer_.text();
  const bool endsInLine = !text.ends_with('\n');
  auto end = static_cast<uint32_t>(text.size());
  uint32_t offset = 1, column = 0;
  int endColumn = -1;
  if (firstFailure_ && isAtEnd(*firstFailure_, text) && mode_ != Mode::Exec) {
    endColumn = static_cast<int>(buffer_.characterColumn(end)) + 1;
    column = buffer_.characterColumn(end = firstFailure_->start);
  } else if (firstFailure_ && isOpenString(diags_.firstError())) {
    column = buffer_.characterColumn(end = firstFailure_->start);
  } else {
    if (!endsInLine) --end;
    column = buffer_.characterColumn(end);
    offset = !endsInLine || mode_ == Mode::Exec;
  }
  const int line = static_cast<int>(buffer_.position(end).line);
  base::Diagnostic& made =
      diags.reportAt(buffer_, base::DiagnosticId::IncompleteInput, {line, static_cast<int>(column + offset), line, endColumn});
  made.text = text.substr(buffer_.lineStart(static_cast<uint32_t>(line)));
  if (endsInLine && mode_ == Mode::Exec) made.text += '\n';
}

} // namespace krait::frontend::parse
