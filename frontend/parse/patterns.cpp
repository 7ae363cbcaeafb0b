// The match statement and its patterns (PEP 634).
#include "frontend/parse/parser_state.h"

namespace krait::frontend::parse {

using namespace ast;

// `match` begins a statement of its own only if its line ends in a colon and an
// indented `case` follows; nothing else that begins with that name looks so.
bool Parser::matchStatementFollows() const {
  const Token* token = cur_ + 1;
  for (;; ++token) {
    if (token->kind == TokenKind::FStringStart) token = tokens_.tokens.data() + token->payload;
    if (token->kind == TokenKind::Newline || token->kind == TokenKind::EndMarker || token->kind == TokenKind::Error)
      break;
  }
  if (token->kind != TokenKind::Newline || token[-1].kind != TokenKind::Colon || token - cur_ < 3) return false;
  return token[1].kind == TokenKind::Indent && token[2].kind == TokenKind::Name &&
         token[2].symbol() == base::sym::Case;
}

const Stmt* Parser::matchStatement() {
  const Token* start = cur_++;
  const Token* subjectStart = cur_;
  const Expr* subject = at(TokenKind::Star) ? starNamedExpression() : namedExpression();
  if (at(TokenKind::Comma)) {
    size_t elements = scratch_.size();
    scratch_.push(subject);
    while (accept(TokenKind::Comma)) {
      if (at(TokenKind::Colon)) break;
      scratch_.push(starNamedExpression());
    }
    ListOf<Expr> list = takeList<Expr>(elements);
    subject = make<Tuple>(spanFrom(subjectStart), list, ExprContext::Load);
  } else if (subject->is<Starred>()) {
    poison(); // `match *a:`
  }
  expect(TokenKind::Colon);
  expect(TokenKind::Newline);
  expect(TokenKind::Indent);
  size_t cases = scratch_.size();
  do {
    scratch_.push(caseBlock());
  } while (!accept(TokenKind::Dedent) && !poisoned());
  ListOf<MatchCase> list = takeList<MatchCase>(cases);
  since(10, "Pattern matching is");
  return make<Match>(spanFrom(start), subject, list);
}

const MatchCase* Parser::caseBlock() {
  const Token* start = cur_;
  if (!atSoftKeyword(base::sym::Case)) poison();
  accept(TokenKind::Name);
  const Pattern* pattern = patterns();
  const Expr* guard = accept(TokenKind::KwIf) ? namedExpression() : nullptr;
  expect(TokenKind::Colon);
  ListOf<Stmt> body = block();
  return make<MatchCase>(spanFrom(start), pattern, guard, body);
}

// The top of a case: a sequence needs no brackets there.
const Pattern* Parser::patterns() {
  const Token* start = cur_;
  const Pattern* first = maybeStarPattern();
  if (!at(TokenKind::Comma)) {
    if (first->is<MatchStar>()) poison();
    return first;
  }
  size_t list = scratch_.size();
  scratch_.push(first);
  while (accept(TokenKind::Comma)) {
    if (at(TokenKind::Colon) || at(TokenKind::KwIf)) break;
    scratch_.push(maybeStarPattern());
  }
  ListOf<Pattern> elements = takeList<Pattern>(list);
  return make<MatchSequence>(spanFrom(start), elements);
}

const Pattern* Parser::maybeStarPattern() {
  const Token* start = cur_;
  if (!accept(TokenKind::Star)) return asPattern();
  base::Symbol name = expectName();
  if (name == base::sym::Underscore) name = {};
  return make<MatchStar>(spanFrom(start), name);
}

const Pattern* Parser::asPattern() {
  Nesting nesting(*this);
  const Token* start = cur_;
  const Pattern* pattern = orPattern();
  if (!accept(TokenKind::KwAs)) return pattern;
  base::Symbol name = expectName();
  bool isTarget = name != base::sym::Underscore && !at(TokenKind::Dot) && !at(TokenKind::LParen) &&
                  !at(TokenKind::Equal);
  if (!isTarget) poison();
  return make<MatchAs>(spanFrom(start), pattern, name);
}

const Pattern* Parser::orPattern() {
  const Token* start = cur_;
  const Pattern* first = closedPattern();
  if (!at(TokenKind::VBar)) return first;
  size_t list = scratch_.size();
  scratch_.push(first);
  while (accept(TokenKind::VBar)) scratch_.push(closedPattern());
  ListOf<Pattern> alternatives = takeList<Pattern>(list);
  return make<MatchOr>(spanFrom(start), alternatives);
}

const Pattern* Parser::closedPattern() {
  const Token* start = cur_;
  auto singleton = [&](ConstantKind kind) {
    ++cur_;
    return make<MatchSingleton>(start->span(), ConstantValue::singleton(kind));
  };
  switch (cur_->kind) {
  case TokenKind::KwNone: return singleton(ConstantKind::None);
  case TokenKind::KwTrue: return singleton(ConstantKind::True);
  case TokenKind::KwFalse: return singleton(ConstantKind::False);
  case TokenKind::Number:
  case TokenKind::Minus: {
    const Expr* value = patternNumber();
    return make<MatchValue>(spanFrom(start), value);
  }
  case TokenKind::String:
  case TokenKind::FStringStart: {
    const Expr* value = strings();
    return make<MatchValue>(spanFrom(start), value);
  }
  case TokenKind::LBracket: ++cur_; return sequencePattern(TokenKind::RBracket);
  case TokenKind::LParen: ++cur_; return sequencePattern(TokenKind::RParen);
  case TokenKind::LBrace: return mappingPattern();
  case TokenKind::Name: {
    const Token* next = cur_ + 1;
    if (next->kind != TokenKind::Dot && next->kind != TokenKind::LParen) {
      ++cur_;
      if (at(TokenKind::Equal)) poison();
      base::Symbol name = start->symbol() == base::sym::Underscore ? base::Symbol() : start->symbol();
      return make<MatchAs>(start->span(), nullptr, name);
    }
    const Expr* value = nameOrAttribute();
    if (at(TokenKind::LParen)) return classPattern(start, value);
    if (at(TokenKind::Equal)) poison();
    return make<MatchValue>(spanFrom(start), value);
  }
  default: {
    poison();
    return make<MatchAs>(start->span(), nullptr, base::Symbol());
  }
  }
}

// `-1`, `1.5`, `-2+3j`
const Expr* Parser::patternNumber() {
  const Token* start = cur_;
  auto isImaginary = [&](const Token* token) { return (token->flags & lex::number_flag::Imaginary) != 0; };
  bool isNegative = accept(TokenKind::Minus);
  if (!at(TokenKind::Number)) {
    poison();
    return dummy();
  }
  const Token* real = cur_;
  const Expr* value = number();
  if (isNegative) value = make<UnaryOp>(spanFrom(start), UnaryOperator::USub, value);
  if (!at(TokenKind::Plus) && !at(TokenKind::Minus)) return value;
  Operator op = at(TokenKind::Plus) ? Operator::Add : Operator::Sub;
  if (isImaginary(real)) failAt(DiagnosticId::RealNumberRequired, real->span());
  accept(cur_->kind);
  const Token* imaginary = cur_;
  if (!at(TokenKind::Number)) {
    poison();
    return dummy();
  }
  const Expr* right = number();
  if (!isImaginary(imaginary)) failAt(DiagnosticId::ImaginaryNumberRequired, imaginary->span());
  return make<BinOp>(spanFrom(start), value, op, right);
}

const Expr* Parser::nameOrAttribute() {
  const Token* start = cur_;
  base::Symbol name = expectName();
  const Expr* expr = make<Name>(start->span(), name, ExprContext::Load);
  while (accept(TokenKind::Dot)) {
    base::Symbol attr = expectName();
    expr = make<Attribute>(spanFrom(start), expr, attr, ExprContext::Load);
  }
  return expr;
}

// After the opening bracket: a sequence, or a group `(pattern)`.
const Pattern* Parser::sequencePattern(TokenKind close) {
  const Token* start = cur_ - 1;
  size_t list = scratch_.size();
  bool sawComma = false;
  while (!at(close)) {
    scratch_.push(maybeStarPattern());
    if (!at(TokenKind::Comma)) break;
    sawComma = true;
    ++cur_;
  }
  expect(close);
  ListOf<Pattern> elements = takeList<Pattern>(list);
  bool isGroup = close == TokenKind::RParen && !sawComma && elements.size() == 1;
  if (!isGroup) return make<MatchSequence>(spanFrom(start), elements);
  if (elements[0]->is<MatchStar>()) poison();
  return elements[0];
}

const Pattern* Parser::mappingPattern() {
  const Token* start = cur_++;
  std::vector<const Expr*> keys;
  size_t list = scratch_.size();
  base::Symbol rest;
  while (!at(TokenKind::RBrace)) {
    if (rest) poison(); // `**rest` comes last
    if (accept(TokenKind::DoubleStar)) {
      rest = expectName();
      if (rest == base::sym::Underscore || at(TokenKind::Dot) || at(TokenKind::LParen) || at(TokenKind::Equal))
        poison();
    } else {
      const Token* key = cur_;
      auto singleton = [&](ConstantKind kind) {
        ++cur_;
        return make<Constant>(key->span(), ConstantValue::singleton(kind));
      };
      switch (cur_->kind) {
      case TokenKind::KwNone: keys.push_back(singleton(ConstantKind::None)); break;
      case TokenKind::KwTrue: keys.push_back(singleton(ConstantKind::True)); break;
      case TokenKind::KwFalse: keys.push_back(singleton(ConstantKind::False)); break;
      case TokenKind::Number:
      case TokenKind::Minus: keys.push_back(patternNumber()); break;
      case TokenKind::String:
      case TokenKind::FStringStart: keys.push_back(strings()); break;
      default:
        keys.push_back(nameOrAttribute());
        if (!keys.back()->is<Attribute>()) poison();
      }
      expect(TokenKind::Colon);
      scratch_.push(asPattern());
    }
    if (!accept(TokenKind::Comma)) break;
  }
  expect(TokenKind::RBrace);
  ListOf<Pattern> values = takeList<Pattern>(list);
  return make<MatchMapping>(spanFrom(start), arena_.copy(keys.data(), keys.size()), values, rest);
}

const Pattern* Parser::classPattern(const Token* start, const Expr* cls) {
  ++cur_;
  size_t list = scratch_.size();
  size_t named = keywordScratch_.size();
  std::vector<base::Symbol> names;
  while (!at(TokenKind::RParen)) {
    if (at(TokenKind::Name) && cur_[1].kind == TokenKind::Equal) {
      names.push_back(cur_->symbol());
      cur_ += 2;
      keywordScratch_.push(asPattern());
    } else {
      if (!names.empty()) poison();
      scratch_.push(asPattern());
    }
    if (!accept(TokenKind::Comma)) break;
  }
  expect(TokenKind::RParen);
  ListOf<Pattern> positional = takeList<Pattern>(list);
  ListOf<Pattern> keyword = arena_.copy(reinterpret_cast<const Pattern* const*>(keywordScratch_.from(named)),
                                        keywordScratch_.size() - named);
  keywordScratch_.shrink(named);
  return make<MatchClass>(spanFrom(start), cls, positional, arena_.copy(names.data(), names.size()), keyword);
}

} // namespace krait::frontend::parse
