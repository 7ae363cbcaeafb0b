// The text of `krait emit --tokens`.
#include "frontend/lex/lexer.h"

namespace krait::frontend::lex {

namespace {
void appendQuoted(std::string& out, std::string_view text) {
  out += '\'';
  for (char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else {
      if (c == '\'' || c == '\\') out += '\\';
      out += c;
    }
  }
  out += '\'';
}
} // namespace

std::string dump(const base::SourceBuffer& buffer, const TokenList& list) {
  std::string out;
  base::PositionCursor cursor(buffer);
  for (const Token& token : list.tokens) {
    base::LineColumn start = cursor.at(token.start);
    base::LineColumn end = cursor.at(token.end);
    out += std::to_string(start.line) + ',' + std::to_string(start.column) + '-';
    out += std::to_string(end.line) + ',' + std::to_string(end.column) + ' ';
    out += nameOf(token.kind);
    if (token.end > token.start && !isLayout(token.kind)) {
      out += ' ';
      appendQuoted(out, buffer.text().substr(token.start, token.end - token.start));
    }
    out += '\n';
  }
  return out;
}

} // namespace krait::frontend::lex
