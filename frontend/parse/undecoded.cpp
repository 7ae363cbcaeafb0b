#include "frontend/parse/undecoded.h"

#include <algorithm>

#include "frontend/base/diagnostics.h"
#include "frontend/base/encoding.h"

namespace krait::frontend::parse {

using lex::Token;
using lex::TokenKind;

namespace {

struct Fault { size_t length; const char* reason; };

// What a decoder says of the bytes at `at`, where there is no character.
Fault faultAt(std::string_view bytes, size_t at) {
  auto byte = [bytes](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned lead = byte(at);
  if (lead < 0xC2 || lead > 0xF4) return {1, "invalid start byte"};
  const size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  for (size_t k = 1; k < need; ++k) {
    if (at + k >= bytes.size()) return {k, "unexpected end of data"};
    const bool isSecond = k == 1;
    const unsigned least = isSecond && lead == 0xE0 ? 0xA0 : isSecond && lead == 0xF0 ? 0x90 : 0x80;
    const unsigned most = isSecond && lead == 0xED ? 0x9F : isSecond && lead == 0xF4 ? 0x8F : 0xBF;
    if (byte(at + k) < least || byte(at + k) > most) return {k, "invalid continuation byte"};
  }
  return {need, "invalid continuation byte"};
}

// The text as it was.
std::string bytesOf(const base::SourceBuffer& buffer, uint32_t start, uint32_t end) {
  std::string bytes(buffer.text().substr(start, end - start));
  for (const auto& u : buffer.undecoded())
    if (u.offset >= start && u.offset < end) bytes[u.offset - start] = u.byte;
  return bytes;
}

// The same for people: U+FFFD for what is no character.
std::string shownOf(std::string bytes) {
  for (size_t at; (at = base::findInvalidUtf8(bytes)) != std::string::npos;) bytes.replace(at, faultAt(bytes, at).length, "\xEF\xBF\xBD");
  return bytes;
}

bool isText(const Token& t) { return t.kind == TokenKind::String || t.kind == TokenKind::FStringMiddle; }

void report(const base::SourceBuffer& buffer, const Token* token, uint32_t offset, base::Diagnostics& diags) {
  uint32_t start = token->start, end = token->end;
  if (token->kind == TokenKind::String) {
    const uint32_t quotes = token->flags & lex::string_flag::Triple ? 3 : 1;
    start += token->prefixSize + quotes;
    end -= quotes;
  }
  std::string bytes = bytesOf(buffer, start, end);
  size_t at = offset - start;
  if (isText(*token) && !(token->flags & lex::string_flag::Raw) && bytes.find('\\') != std::string::npos) {
    // Between escapes, what is not ASCII is decoded piece by piece.
    auto isHigh = [](char c) { return static_cast<signed char>(c) < 0; };
    const auto from = std::find_if_not(std::make_reverse_iterator(bytes.begin() + static_cast<ptrdiff_t>(at)), bytes.rend(), isHigh).base();
    bytes = std::string(from, std::find_if_not(bytes.begin() + static_cast<ptrdiff_t>(at), bytes.end(), isHigh));
    at = std::min(at, bytes.size() - 1);
  }
  // Of a text CPython finds it out when it has read what follows, of a name at once.
  const Token* place = token;
  if (isText(*token)) {
    while (place->kind == TokenKind::FStringMiddle || place->kind == TokenKind::String) ++place;
    while (token->kind == TokenKind::FStringMiddle && place->kind != TokenKind::FStringEnd && place->kind != TokenKind::EndMarker) ++place;
    if (place->kind == TokenKind::FStringEnd) ++place;
  }
  const uint32_t shown = isText(*token) ? place->start : token->end;
  // Columns are bytes: CPython counts characters only where it knows an encoding.
  const auto [lineNumber, byteColumn] = buffer.position(shown);
  const int line = static_cast<int>(lineNumber), column = static_cast<int>(byteColumn);
  const bool hasWidth = !lex::isLayout(place->kind) && place->end > place->start;
  const base::ErrorPosition position = isText(*token) ? base::ErrorPosition{line, column + 1, line, column + 1 + (hasWidth ? static_cast<int>(place->end - place->start) : 0)}
                                                      : base::ErrorPosition{line, column, line, -1};
  const Fault fault = faultAt(bytes, at);
  const std::string first = std::to_string(at);
  base::Diagnostic* made;
  if (token->flags & lex::string_flag::Bytes && token->kind == TokenKind::String)
    made = &diags.reportAt(buffer, base::DiagnosticId::BytesNotAscii, position);
  else if (fault.length == 1)
    made = &diags.reportAt(buffer, base::DiagnosticId::UndecodableByte, position,
                           {base::hexOf(bytes[at]), first, fault.reason});
  else made = &diags.reportAt(buffer, base::DiagnosticId::UndecodableBytes, position, {first, std::to_string(at + fault.length - 1), fault.reason});
  const uint32_t textStart = buffer.lineStart(buffer.position(token->start).line), lineStart = buffer.lineStart(static_cast<uint32_t>(line));
  made->text = shownOf(bytesOf(buffer, textStart, lineStart + static_cast<uint32_t>(buffer.line(static_cast<uint32_t>(line)).size()))) + "\n";
}

} // namespace

bool reportUndecoded(const base::SourceBuffer& buffer, const lex::TokenList& tokens, base::Diagnostics& diags) {
  const Token* token = tokens.tokens.data();
  const Token* end = token + tokens.tokens.size();
  for (const auto& u : buffer.undecoded()) {
    while (token < end && token->end <= u.offset) ++token;
    if (token == end) return false;
    if (token->start > u.offset || lex::isLayout(token->kind) || token->kind == TokenKind::Error) continue;
    report(buffer, token, u.offset, diags);
    return true;
  }
  return false;
}

} // namespace krait::frontend::parse
