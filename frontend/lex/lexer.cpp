// The hand-written tokenizer: lines and indentation, names, strings, operators.
//
// Text without NULs and with a NUL after it needs no bounds checks: every scan
// stops at the sentinel. Positions of errors follow CPython's tokenizer, which
// reports where its cursor was when it gave up.
#include "frontend/lex/lexer_state.h"

#include "frontend/base/unicode.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace krait::frontend::lex {

using base::DiagnosticId;

namespace {
// 1: may stand in an ASCII identifier; 2: byte of a non-ASCII character.
struct IdentifierBytes {
  unsigned char of[256] = {};
  constexpr IdentifierBytes() {
    for (int c = 'a'; c <= 'z'; ++c) of[c] = of[c - 32] = 1;
    for (int c = '0'; c <= '9'; ++c) of[c] = 1;
    of['_'] = 1;
    for (int c = 128; c < 256; ++c) of[c] = 2;
  }
};
constexpr IdentifierBytes kBytes;

char closerOf(char opener) { return opener == '(' ? ')' : opener == '[' ? ']' : '}'; }
} // namespace

Lexer::Lexer(const base::SourceBuffer& buffer, base::SymbolTable& symbols, FinalNewline finalNewline,
             TokenList& out, uint32_t opaqueFrom)
    : buffer_(buffer), symbols_(symbols), finalNewline_(finalNewline), out_(out), begin_(buffer.text().data()),
      at_(begin_), end_(begin_ + buffer.text().size()), opaqueFrom_(opaqueFrom), open_(out.open) {
  out.tokens.clear();
  constexpr size_t kUsualTokenSize = 5; // bytes of text per token, blanks and comments included
  out.tokens.reserve(buffer.text().size() / kUsualTokenSize + 64);
  out.open.clear();
  out.warnings.clear();
  out.hasError = false;
  out.error = {};
  indents_.push_back({0, 0});
}

void Lexer::run() {
  bool good = true;
  while (good && at_ <= end_) {
    if (lineBegins_) {
      lineBegins_ = false;
      if (open_.empty()) good = beginLine();
      if (!good) break;
    }
    good = lexToken();
    if (!good && !out_.hasError) return; // the end of the text was reached and dealt with
    if (!good && !fstrings_.empty()) good = breakFString();
  }
  add(TokenKind::Error, std::min(at_, end_), std::min(at_, end_));
}

// Measures the indentation of a line and emits Indent or Dedents, unless the
// line holds nothing but blanks and a comment.
bool Lexer::beginLine() {
  uint32_t column = 0, altColumn = 0;
  uint32_t continuedColumn = 0, continuedAlt = 0;
  const char* at = at_;
  for (;; ++at) {
    if (*at == ' ') {
      ++column;
      ++altColumn;
    } else if (*at == '\t') {
      column = (column / 8 + 1) * 8;
      ++altColumn;
    } else if (*at == '\f') {
      column = altColumn = 0;
    } else if (*at == '\\') {
      // A split indentation counts as far as its first line goes.
      if (continuedColumn == 0) continuedColumn = column;
      if (continuedAlt == 0) continuedAlt = altColumn;
      at_ = at + 1;
      if (!continueLine()) return false;
      at = at_ - 1;
    } else {
      break;
    }
  }
  at_ = at;
  bool isBlank = at == end_ && finalNewline_ == FinalNewline::Implied;
  if (*at == '#' || *at == '\n' || isBlank) return true;
  if (continuedColumn != 0) column = continuedColumn;
  if (continuedAlt != 0) altColumn = continuedAlt;

  Indent current = indents_.back();
  if (column == current.column) {
    if (altColumn == current.altColumn) return true;
  } else if (column > current.column) {
    if (indents_.size() >= kMaxIndents)
      return failLater(DiagnosticId::TooManyIndents, {endOfLine(at).lineno, 1, endOfLine(at).lineno, 0});
    if (altColumn > current.altColumn) {
      indents_.push_back({column, altColumn});
      add(TokenKind::Indent, at, at);
      return true;
    }
  } else {
    while (indents_.size() > 1 && column < indents_.back().column) {
      indents_.pop_back();
      add(TokenKind::Dedent, at, at);
    }
    if (column != indents_.back().column) {
      // The Dedents were never seen by the parser: CPython fails before it hands them out.
      while (out_.tokens.back().kind == TokenKind::Dedent) out_.tokens.pop_back();
      return failLater(DiagnosticId::UnindentMismatch, endOfLine(at));
    }
    if (altColumn == indents_.back().altColumn) return true;
    while (out_.tokens.back().kind == TokenKind::Dedent) out_.tokens.pop_back();
  }
  int line = endOfLine(at).lineno;
  return failLater(DiagnosticId::InconsistentTabs, {line, 1, line, 0});
}

bool Lexer::lexToken() {
  const char* at = at_;
  while (*at == ' ' || *at == '\t' || *at == '\f') ++at;
  const char* start = at;
  auto first = static_cast<unsigned char>(*at);
  if (kBytes.of[first] == 1 && (first > '9' || first < '0')) return lexName(at);
  switch (first) {
  case '#': {
    const void* newline = std::memchr(at, '\n', end_ - at);
    at = newline != nullptr ? static_cast<const char*>(newline) : end_;
    if (at == end_) {
      at_ = at;
      return finish(start);
    }
    [[fallthrough]];
  }
  case '\n': {
    at_ = at + 1;
    lineBegins_ = true;
    if (!open_.empty()) return true;
    // A line without a token ends without one.
    TokenKind last = out_.tokens.empty() ? TokenKind::Newline : out_.tokens.back().kind;
    if (last != TokenKind::Newline && last != TokenKind::Indent && last != TokenKind::Dedent)
      add(TokenKind::Newline, start, at);
    return true;
  }
  case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
    return lexNumber(at);
  case '\'':
  case '"': return lexString(at, at, 0);
  case '\\':
    at_ = at + 1;
    return continueLine();
  case '\0':
    at_ = at;
    return finish(at);
  default:
    if (first >= 0x80) return lexNonAscii(at);
    return lexOperator(at);
  }
}

bool Lexer::lexName(const char* start) {
  const char* at = start + 1;
  while (kBytes.of[static_cast<unsigned char>(*at)] == 1) ++at;
  auto next = static_cast<unsigned char>(*at);
  if (next >= 0x80) return lexNonAscii(start);
  if ((next == '\'' || next == '"') && at - start <= 2) {
    uint8_t flags = 0;
    bool isFString = false, isPrefix = true;
    for (const char* letter = start; letter < at; ++letter) {
      char lower = static_cast<char>(*letter | 0x20);
      bool sawText = (flags & (string_flag::Bytes | string_flag::PrefixU)) != 0 || isFString;
      bool sawRaw = (flags & string_flag::Raw) != 0;
      if (lower == 'b' && !sawText) {
        flags |= string_flag::Bytes;
      } else if (lower == 'u' && !sawText && !sawRaw) {
        flags |= string_flag::PrefixU;
      } else if (lower == 'r' && !sawRaw && (flags & string_flag::PrefixU) == 0) {
        flags |= string_flag::Raw;
      } else if (lower == 'f' && !sawText) {
        isFString = true;
      } else {
        isPrefix = false;
      }
    }
    if (isPrefix && isFString) return beginFString(start, at, flags);
    if (isPrefix) return lexString(start, at, flags);
  }
  base::Symbol symbol = symbols_.internPadded(start, at - start);
  add(base::isKeyword(symbol) ? keywordKind(symbol) : TokenKind::Name, start, at, 0, symbol.id);
  at_ = at;
  return true;
}

// An identifier with non-ASCII characters somewhere in it, or an invalid character.
bool Lexer::lexNonAscii(const char* start) {
  const char* at = start;
  while (kBytes.of[static_cast<unsigned char>(*at)] != 0) ++at;
  for (const char* c = start; c < at;) {
    const char* before = c;
    char32_t codePoint = base::decodeUtf8(c);
    bool good = codePoint < 0x80        ? true
                : before == start       ? base::isIdentifierStart(codePoint)
                                        : base::isIdentifierContinue(codePoint);
    if (!good) return failCharacter(codePoint, c);
  }
  base::Symbol symbol = symbols_.intern(base::normalizeIdentifier({start, static_cast<size_t>(at - start)}));
  add(TokenKind::Name, start, at, 0, symbol.id);
  at_ = at;
  return true;
}

bool Lexer::failCharacter(char32_t codePoint, const char* after) {
  char hex[16];
  std::snprintf(hex, sizeof hex, "%04X", static_cast<unsigned>(codePoint));
  if (!base::isPrintable(codePoint)) return fail(DiagnosticId::InvalidNonPrintable, after, {hex});
  std::string character;
  base::appendUtf8(character, codePoint);
  return fail(DiagnosticId::InvalidCharacter, after, {character, hex});
}

bool Lexer::lexString(const char* start, const char* quote, uint8_t flags) {
  char mark = *quote;
  bool triple = quote[1] == mark && quote[2] == mark;
  const char* at = quote + (triple ? 3 : 1);
  if (triple) flags |= string_flag::Triple;
  unsigned char seen = 0; // all bytes or-ed: is there one above 0x7F?
  for (;; ++at) {
    char c = *at;
    seen |= static_cast<unsigned char>(c);
    if (c == mark) {
      if (!triple) break;
      if (at[1] == mark && at[2] == mark) {
        at += 2;
        break;
      }
    } else if (c == '\\') {
      flags |= string_flag::HasEscape;
      if (at + 1 < end_) ++at;
      seen |= static_cast<unsigned char>(*at);
    } else if ((c == '\n' && !triple) || (c == '\0' && at == end_)) {
      uint32_t line = buffer_.position(offsetOf(at)).line;
      if (c == '\0' && at > begin_ && at[-1] == '\n') --line; // no line begins at the end
      return fail(triple ? DiagnosticId::UnterminatedTripleString : DiagnosticId::UnterminatedString, start + 1,
                  {std::to_string(line)});
    }
  }
  ++at;
  if (seen >= 0x80) flags |= string_flag::NonAscii;
  out_.tokens.push_back({TokenKind::String, flags, static_cast<uint8_t>(quote - start), 0, offsetOf(start),
                         offsetOf(at), 0});
  at_ = at;
  return true;
}

bool Lexer::lexOperator(const char* start) {
  const char* at = start;
  // The longest operator that begins here.
  auto is = [&](size_t i, char c) { return at[i] == c; };
  auto take = [&](TokenKind kind, size_t size) {
    add(kind, at, at + size);
    at_ = at + size;
    return true;
  };
  // `x`, `x=`
  auto withEqual = [&](TokenKind plain, TokenKind equal) {
    return is(1, '=') ? take(equal, 2) : take(plain, 1);
  };
  // `x`, `x=`, `xx`, `xx=`
  auto withDouble = [&](TokenKind plain, TokenKind equal, TokenKind twice, TokenKind twiceEqual) {
    if (!is(1, *at)) return withEqual(plain, equal);
    return is(2, '=') ? take(twiceEqual, 3) : take(twice, 2);
  };
  using enum TokenKind;
  switch (*at) {
  case '(': return openBracket(LParen, at);
  case '[': return openBracket(LBracket, at);
  case '{': return openBracket(LBrace, at);
  case ')': return closeBracket(RParen, at);
  case ']': return closeBracket(RBracket, at);
  case '}': return closeBracket(RBrace, at);
  case ',': return take(Comma, 1);
  case ';': return take(Semicolon, 1);
  case '~': return take(Tilde, 1);
  case '.':
    if (at[1] >= '0' && at[1] <= '9') return lexNumber(at);
    return is(1, '.') && is(2, '.') ? take(Ellipsis, 3) : take(Dot, 1);
  case ':':
    if (inField()) return endFieldExpression(Colon, at);
    return is(1, '=') ? take(ColonEqual, 2) : take(Colon, 1);
  case '!':
    if (is(1, '=')) return take(NotEqual, 2);
    if (inField()) return endFieldExpression(Exclamation, at);
    return take(Exclamation, 1);
  case '=': return withEqual(Equal, EqEqual);
  case '+': return withEqual(Plus, PlusEqual);
  case '-': return is(1, '>') ? take(Arrow, 2) : withEqual(Minus, MinusEqual);
  case '*': return withDouble(Star, StarEqual, DoubleStar, DoubleStarEqual);
  case '/': return withDouble(Slash, SlashEqual, DoubleSlash, DoubleSlashEqual);
  case '%': return withEqual(Percent, PercentEqual);
  case '@': return withEqual(At, AtEqual);
  case '|': return withEqual(VBar, VBarEqual);
  case '^': return withEqual(Circumflex, CircumflexEqual);
  case '&': return withEqual(Ampersand, AmpersandEqual);
  case '<':
    if (is(1, '>')) return take(NotEqual, 2);
    if (is(1, '<')) return is(2, '=') ? take(LeftShiftEqual, 3) : take(LeftShift, 2);
    return withEqual(Less, LessEqual);
  case '>':
    if (is(1, '>')) return is(2, '=') ? take(RightShiftEqual, 3) : take(RightShift, 2);
    return withEqual(Greater, GreaterEqual);
  case '$': case '?': case '`': return take(Unknown, 1);
  default: return failCharacter(static_cast<unsigned char>(*at), at + 1);
  }
}

bool Lexer::openBracket(TokenKind kind, const char* start) {
  if (open_.size() >= kMaxBrackets) return fail(DiagnosticId::TooManyBrackets, start + 1);
  open_.push_back({*start, false, offsetOf(start)});
  add(kind, start, start + 1);
  at_ = start + 1;
  return true;
}

bool Lexer::closeBracket(TokenKind kind, const char* start) {
  std::string_view closer(start, 1);
  if (open_.empty()) return fail(DiagnosticId::UnmatchedBracket, start + 1, {closer});
  OpenBracket opener = open_.back();
  if (closerOf(opener.character) != *start) {
    std::string_view text(&opener.character, 1);
    uint32_t openerLine = buffer_.position(opener.offset).line;
    if (openerLine == buffer_.position(offsetOf(start)).line)
      return fail(DiagnosticId::BracketMismatch, start + 1, {closer, text});
    return fail(DiagnosticId::BracketMismatchOnLine, start + 1, {closer, text, std::to_string(openerLine)});
  }
  open_.pop_back();
  add(kind, start, start + 1);
  at_ = start + 1;
  if (!opener.isField) return true;
  fieldInSpec_.pop_back();
  return lexFStringText();
}

bool Lexer::continueLine() {
  // Where the text ends CPython supplies the newline, then finds nothing after it.
  bool impliesNewline = finalNewline_ == FinalNewline::Implied;
  bool isLast = (at_ == end_ && impliesNewline) || (*at_ == '\n' && at_ + 1 == end_);
  if (isLast && !open_.empty()) return finish(end_); // the bracket is what is missing
  if (isLast) return failLater(DiagnosticId::UnexpectedEof, endOfLine(at_));
  if (*at_ != '\n') {
    base::LineColumn where = buffer_.position(offsetOf(at_));
    int column = static_cast<int>(buffer_.characterColumn(offsetOf(at_)));
    if (at_ == end_) --column;
    return failLater(DiagnosticId::AfterLineContinuation,
                     {static_cast<int>(where.line), column + 1, static_cast<int>(where.line), 0});
  }
  ++at_;
  return true;
}

// False: nothing follows. With a bracket open the Error token is still to come.
bool Lexer::finish(const char* start) {
  if (!fstrings_.empty()) {
    out_.hasError = true; // replaced when the f-string is cut again
    return false;
  }
  if (!open_.empty()) {
    add(TokenKind::Error, end_, end_);
    return false;
  }
  if (finalNewline_ == FinalNewline::Implied && !out_.tokens.empty()) {
    TokenKind last = out_.tokens.back().kind;
    if (last != TokenKind::Newline && last != TokenKind::Dedent && last != TokenKind::Indent)
      add(TokenKind::Newline, start, end_);
  }
  for (; indents_.size() > 1; indents_.pop_back()) add(TokenKind::Dedent, end_, end_);
  add(TokenKind::EndMarker, end_, end_);
  return false;
}

base::ErrorPosition Lexer::endOfLine(const char* at) const {
  uint32_t offset = offsetOf(at);
  base::LineColumn where = buffer_.position(offset);
  int line = static_cast<int>(where.line);
  uint32_t end = offset - where.column + static_cast<uint32_t>(buffer_.line(where.line).size());
  bool endsInNewline = end < buffer_.text().size() || finalNewline_ == FinalNewline::Implied;
  return {line, static_cast<int>(buffer_.characterColumn(end)) + (endsInNewline ? 1 : 0), line, -1};
}

bool Lexer::fail(DiagnosticId id, const char* cursor, Arguments arguments) {
  int column = static_cast<int>(buffer_.characterColumn(offsetOf(cursor)));
  int line = static_cast<int>(buffer_.position(offsetOf(cursor)).line);
  failLater(id, {line, column, line, column}, arguments);
  out_.error.overrulesParser = true;
  out_.error.textHasNewline = false;
  return false;
}

bool Lexer::failLater(DiagnosticId id, base::ErrorPosition position, Arguments arguments) {
  out_.hasError = true;
  out_.error = {};
  out_.error.id = id;
  out_.error.position = position;
  out_.error.arguments.assign(arguments.begin(), arguments.end());
  return false;
}

void tokenize(const base::SourceBuffer& buffer, base::SymbolTable& symbols, FinalNewline finalNewline,
              TokenList& out, uint32_t opaqueFrom) {
  Lexer(buffer, symbols, finalNewline, out, opaqueFrom).run();
}

} // namespace krait::frontend::lex
