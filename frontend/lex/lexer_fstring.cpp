// F-strings, tokenized in place (PEP 701):
//
//     f'a{x!r:>{w}}'  ->  FStringStart f'  FStringMiddle a  { x ! r :
//                         FStringMiddle >  { w } }  FStringEnd '
//
// A replacement field is an open bracket that remembers whether its format
// specification has begun. When something is wrong inside an f-string, it is
// cut again, from the outermost one, as CPython 3.11 cuts it: one String token
// up to the next matching quote. The parser then words the complaint.
#include "frontend/lex/lexer_state.h"

namespace krait::frontend::lex {

using base::DiagnosticId;

bool Lexer::beginFString(const char* start, const char* quote, uint8_t flags) {
  if (offsetOf(start) >= opaqueFrom_) return lexString(start, quote, flags | string_flag::BrokenFString);
  char mark = *quote;
  bool triple = quote[1] == mark && quote[2] == mark;
  if (triple) flags |= string_flag::Triple;
  const char* text = quote + (triple ? 3 : 1);
  auto index = static_cast<uint32_t>(out_.tokens.size());
  out_.tokens.push_back(
      {TokenKind::FStringStart, flags, static_cast<uint8_t>(quote - start), 0, offsetOf(start), offsetOf(text), 0});
  fstrings_.push_back({index, mark, triple, (flags & string_flag::Raw) != 0, static_cast<uint32_t>(open_.size())});
  at_ = text;
  if (fstrings_.size() > kMaxFStrings) return fail(DiagnosticId::TooManyBrackets, at_);
  return lexFStringText();
}

bool Lexer::lexFStringText() {
  const OpenFString string = fstrings_.back();
  auto broken = [&] {
    out_.hasError = true;
    return false;
  };
  const char* start = at_;
  const char* at = start;
  uint8_t flags = string.raw ? string_flag::Raw : 0;
  auto addMiddle = [&] {
    bool inSpec = open_.size() > string.brackets;
    if (at > start)
      add(TokenKind::FStringMiddle, start, at, inSpec ? flags | string_flag::InSpec : flags);
    flags &= string_flag::Raw;
  };
  for (;;) {
    char c = *at;
    bool inSpec = open_.size() > string.brackets;
    if ((c == '\0' && at == end_) || (c == '\n' && !string.triple)) return broken();
    if (c == string.quote && (!string.triple || (at[1] == c && at[2] == c))) {
      if (inSpec) return broken();
      addMiddle();
      out_.tokens[string.token].payload = static_cast<uint32_t>(out_.tokens.size());
      const char* after = at + (string.triple ? 3 : 1);
      add(TokenKind::FStringEnd, at, after);
      fstrings_.pop_back();
      at_ = after;
      return true;
    }
    if (c == '\\') {
      flags |= string_flag::HasEscape;
      ++at;
      if (*at == '{' || *at == '}' || at == end_) continue; // braces mean themselves even then
      if (!string.raw && *at == 'N' && at[1] == '{') {
        at += 2;
        while (at < end_ && *at != '}' && *at != '\n' && *at != string.quote) ++at;
        if (*at == '}') ++at;
        continue;
      }
      ++at;
      continue;
    }
    if (c == '{') {
      if (!inSpec && at[1] == '{') {
        flags |= string_flag::HasEscape;
        at += 2;
        continue;
      }
      if (open_.size() - string.brackets >= 2 || open_.size() >= kMaxBrackets) return broken();
      addMiddle();
      open_.push_back({'{', true, offsetOf(at)});
      fieldInSpec_.push_back(false);
      add(TokenKind::LBrace, at, at + 1);
      at_ = at + 1;
      return true;
    }
    if (c == '}') {
      if (inSpec) {
        addMiddle();
        open_.pop_back();
        fieldInSpec_.pop_back();
        add(TokenKind::RBrace, at, at + 1);
        start = ++at;
        continue;
      }
      if (at[1] != '}') return broken();
      flags |= string_flag::HasEscape;
      at += 2;
      continue;
    }
    ++at;
  }
}

bool Lexer::endFieldExpression(TokenKind kind, const char* start) {
  add(kind, start, start + 1);
  at_ = start + 1;
  if (kind != TokenKind::Colon) return true;
  fieldInSpec_.back() = true;
  return lexFStringText();
}

bool Lexer::breakFString() {
  OpenFString outermost = fstrings_.front();
  Token start = out_.tokens[outermost.token];
  out_.tokens.resize(outermost.token);
  open_.resize(outermost.brackets);
  fieldInSpec_.clear();
  fstrings_.clear();
  out_.hasError = false;
  lineBegins_ = false;
  opaqueFrom_ = start.start;
  const char* text = begin_ + start.start;
  uint8_t flags = start.flags & string_flag::Raw;
  return lexString(text, text + start.prefixSize, flags | string_flag::BrokenFString);
}

} // namespace krait::frontend::lex
