#include "frontend/parse/type_comments.h"

#include "frontend/parse/parser_state.h"

#include <algorithm>
#include <cctype>

namespace krait::frontend::parse {

namespace {

bool isBlank(char c) { return c == ' ' || c == '\t'; }

// The offset behind `# type: `, whose blanks may be any number; npos: another comment.
size_t behindPrefix(std::string_view comment) {
  size_t at = 0;
  auto blanks = [&] {
    while (at < comment.size() && isBlank(comment[at])) ++at;
  };
  at = 1;
  blanks();
  if (comment.substr(at, 5) != "type:") return std::string_view::npos;
  at += 5;
  blanks();
  return at;
}

bool isIgnore(std::string_view text) {
  if (!text.starts_with("ignore")) return false;
  const auto next = static_cast<unsigned char>(text.size() > 6 ? text[6] : ' ');
  return next < 128 && !std::isalnum(next);
}

} // namespace

std::vector<TypeComment> findTypeComments(const base::SourceBuffer& buffer, const lex::TokenList& tokens,
                                          std::vector<base::Span>& ignores) {
  std::vector<TypeComment> found;
  const std::string_view text = buffer.text();
  uint32_t from = 0;
  auto search = [&](uint32_t to) {
    for (size_t at = text.substr(0, to).find('#', from); at != std::string_view::npos && at < to;) {
      const size_t end = std::min(text.find('\n', at), text.size());
      if (size_t skipped = behindPrefix(text.substr(at, end - at)); skipped != std::string_view::npos) {
        auto start = static_cast<uint32_t>(at + skipped);
        const bool ignored = isIgnore(text.substr(start, end - start));
        if (ignored) ignores.push_back({start + 6, static_cast<uint32_t>(end)});
        else found.push_back({static_cast<uint32_t>(at), {start, static_cast<uint32_t>(end)}});
      }
      at = end < to ? text.substr(0, to).find('#', end) : std::string_view::npos;
    }
  };
  for (const Token& token : tokens.tokens) {
    if (lex::isLayout(token.kind) && token.kind != TokenKind::EndMarker) continue;
    search(token.kind == TokenKind::EndMarker ? static_cast<uint32_t>(text.size()) : token.start);
    from = token.end;
  }
  return found;
}

TypeComment* Parser::typeCommentBefore(uint32_t end, bool onLine) {
  if (comments_.empty() || poisoned()) return nullptr;
  const uint32_t from = lastEnd();
  for (TypeComment& c : comments_) {
    if (c.start < from || c.isUsed) continue;
    const std::string_view between(text_ + from, c.start - from);
    if (c.start >= end || (onLine && between.find('\n') != std::string_view::npos)) return nullptr;
    return &c;
  }
  return nullptr;
}

base::Span Parser::typeComment(bool onLine) {
  const Token* next = cur_;
  while (lex::isLayout(next->kind) && next->kind != TokenKind::EndMarker) ++next;
  TypeComment* c = typeCommentBefore(next->kind == TokenKind::EndMarker ? UINT32_MAX : next->start, onLine);
  if (!c) return {};
  c->isUsed = true;
  return c->text;
}

// Behind the colon, or alone on the first line of the body.
base::Span Parser::functionTypeComment() {
  const base::Span first = typeComment(true);
  if (!at(TokenKind::Newline) || cur_[1].kind != TokenKind::Indent) return first;
  const base::Span second = typeComment(false);
  if (first.end == 0) return second;
  if (second.end == 0) return first;
  ++cur_; // CPython has seen the indentation
  failHere(DiagnosticId::TwoTypeComments);
  return first;
}

void Parser::attach(const ast::Node* node, base::Span comment) {
  if (comment.end != 0) typeComments_->ofNodes.push_back({node->index, comment});
}

// What no rule took stands where the grammar has no type comment.
void Parser::checkTypeComments() {
  for (const TypeComment& c : comments_)
    if (!c.isUsed) return failAt(DiagnosticId::InvalidSyntax, c.text);
}

// `(int, *str, **dict) -> bool`: what stands in the type comment of a function.
const ast::Mod* Parser::functionType(base::Span whole) {
  const size_t list = scratch_.size();
  int starred = 0;
  expect(TokenKind::LParen);
  bool goesOn = false; // after a comma, which never ends the list
  while ((goesOn || !at(TokenKind::RParen)) && !poisoned()) {
    // At most one `*`, then at most one `**`, after all others.
    const int stars = accept(TokenKind::Star) ? 1 : accept(TokenKind::DoubleStar) ? 2 : 0;
    if (starred >= 2 || (starred == 1 && stars != 2)) poison();
    starred = std::max(starred, stars);
    scratch_.push(expression());
    goesOn = accept(TokenKind::Comma);
    if (!goesOn) break;
  }
  expect(TokenKind::RParen);
  expect(TokenKind::Arrow);
  ListOf<ast::Expr> arguments = takeList<ast::Expr>(list);
  const ast::Expr* returns = expression();
  while (accept(TokenKind::Newline)) {}
  expect(TokenKind::EndMarker);
  if (poisoned() && !reported_) {
    reported_ = true;
    errors_.reportHere(DiagnosticId::InvalidSyntax, *failedAt_);
  }
  return make<ast::FunctionType>(whole, arguments, returns);
}

} // namespace krait::frontend::parse
