// Primaries and what they are made of: names, brackets, calls, subscripts,
// displays and comprehensions.
#include "frontend/parse/parser_state.h"

namespace krait::frontend::parse {

using namespace ast;

const Expr* Parser::primary() {
  const Token* start = cur_;
  const Expr* expr = atom();
  for (uint32_t links = 0;; ++links) {
    if (links > kUsualChain) ++longChains_;
    switch (cur_->kind) {
    case TokenKind::Dot: {
      ++cur_;
      base::Symbol attr = expectName();
      expr = make<Attribute>(spanFrom(start), expr, attr, ExprContext::Load);
      break;
    }
    case TokenKind::LParen: expr = call(start, expr); break;
    case TokenKind::LBracket: expr = subscript(start, expr); break;
    default: return expr;
    }
  }
}

const Expr* Parser::atom() {
  const Token* token = cur_;
  auto singleton = [&](ConstantKind kind) {
    ++cur_;
    return make<Constant>(token->span(), ConstantValue::singleton(kind));
  };
  switch (token->kind) {
  case TokenKind::Name:
    ++cur_;
    return make<Name>(token->span(), token->symbol(), ExprContext::Load);
  case TokenKind::Number: return number();
  case TokenKind::String:
  case TokenKind::FStringStart: return strings();
  case TokenKind::LParen: return parenthesized();
  case TokenKind::LBracket: return listOrComprehension();
  case TokenKind::LBrace: return setOrDict();
  case TokenKind::KwNone: return singleton(ConstantKind::None);
  case TokenKind::KwTrue: return singleton(ConstantKind::True);
  case TokenKind::KwFalse: return singleton(ConstantKind::False);
  case TokenKind::Ellipsis: return singleton(ConstantKind::Ellipsis);
  default: poison(); return dummy();
  }
}

// A group, a tuple or a generator expression. A group is its content: it has
// no node, and the content's span leaves the parentheses out.
const Expr* Parser::parenthesized() {
  const Token* start = cur_++;
  if (accept(TokenKind::RParen)) return make<Tuple>(spanFrom(start), ListOf<Expr>(), ExprContext::Load);
  if (at(TokenKind::KwYield)) {
    const Expr* inner = yieldExpression();
    expect(TokenKind::RParen);
    return inner;
  }
  const Expr* first = starNamedExpression();
  if (at(TokenKind::Comma)) {
    size_t elements = scratch_.size();
    scratch_.push(first);
    while (accept(TokenKind::Comma)) {
      if (at(TokenKind::RParen)) break;
      scratch_.push(starNamedExpression());
    }
    expect(TokenKind::RParen);
    ListOf<Expr> list = takeList<Expr>(elements);
    return make<Tuple>(spanFrom(start), list, ExprContext::Load);
  }
  if (first->is<Starred>()) {
    poison();
    return first;
  }
  if (!atComprehension()) {
    expect(TokenKind::RParen);
    return first;
  }
  ListOf<Comprehension> generators = comprehensions();
  expect(TokenKind::RParen);
  return make<GeneratorExp>(spanFrom(start), first, generators);
}

const Expr* Parser::listOrComprehension() {
  const Token* start = cur_++;
  size_t elements = scratch_.size();
  while (!at(TokenKind::RBracket)) {
    const Expr* element = starNamedExpression();
    if (scratch_.size() == elements && atComprehension() && !element->is<Starred>()) {
      ListOf<Comprehension> generators = comprehensions();
      expect(TokenKind::RBracket);
      return make<ListComp>(spanFrom(start), element, generators);
    }
    scratch_.push(element);
    if (!accept(TokenKind::Comma)) break;
  }
  expect(TokenKind::RBracket);
  ListOf<Expr> list = takeList<Expr>(elements);
  return make<List>(spanFrom(start), list, ExprContext::Load);
}

const Expr* Parser::setOrDict() {
  const Token* start = cur_++;
  if (at(TokenKind::RBrace) || at(TokenKind::DoubleStar)) return dictRest(start, nullptr);
  const Expr* first = starNamedExpression();
  if (at(TokenKind::Colon) && !first->is<Starred>() && !first->is<NamedExpr>()) return dictRest(start, first);
  if (at(TokenKind::Colon) && start[1].kind == TokenKind::LParen) return dictRest(start, first); // {(a := 1): 2}
  if (atComprehension() && !first->is<Starred>()) {
    ListOf<Comprehension> generators = comprehensions();
    expect(TokenKind::RBrace);
    return make<SetComp>(spanFrom(start), first, generators);
  }
  size_t elements = scratch_.size();
  scratch_.push(first);
  while (accept(TokenKind::Comma)) {
    if (at(TokenKind::RBrace)) break;
    scratch_.push(starNamedExpression());
  }
  expect(TokenKind::RBrace);
  ListOf<Expr> list = takeList<Expr>(elements);
  return make<Set>(spanFrom(start), list);
}

// The rest of a dict display or comprehension; `key` is its first key, already
// parsed, or null if there is none or the first item is `**…`.
const Expr* Parser::dictRest(const Token* start, const Expr* key) {
  // Keys and values alternate on the stack; `**x` has a null key.
  size_t items = scratch_.size();
  while (key != nullptr || !at(TokenKind::RBrace)) {
    if (key == nullptr && accept(TokenKind::DoubleStar)) {
      scratch_.push(nullptr);
      scratch_.push(operators(kBitOr));
    } else {
      if (key == nullptr) key = expression();
      expect(TokenKind::Colon);
      const Expr* value = expression();
      if (scratch_.size() == items && atComprehension()) {
        ListOf<Comprehension> generators = comprehensions();
        expect(TokenKind::RBrace);
        return make<DictComp>(spanFrom(start), key, value, generators);
      }
      scratch_.push(key);
      scratch_.push(value);
      key = nullptr;
    }
    if (!accept(TokenKind::Comma)) break;
  }
  expect(TokenKind::RBrace);
  size_t count = (scratch_.size() - items) / 2;
  const Expr** keys = arena_.allocateArray<const Expr*>(count);
  const Expr** values = arena_.allocateArray<const Expr*>(count);
  const void* const* from = scratch_.from(items);
  for (size_t i = 0; i < count; ++i) {
    keys[i] = static_cast<const Expr*>(from[2 * i]);
    values[i] = static_cast<const Expr*>(from[2 * i + 1]);
  }
  scratch_.shrink(items);
  return make<Dict>(spanFrom(start), ListOf<Expr>(keys, count), ListOf<Expr>(values, count));
}

ListOf<Comprehension> Parser::comprehensions() {
  size_t clauses = scratch_.size();
  while (atComprehension()) {
    const Token* start = cur_;
    int32_t isAsync = accept(TokenKind::KwAsync) ? 1 : 0;
    ++cur_;
    const Expr* target = starTargets();
    expect(TokenKind::KwIn);
    const Expr* iter = operators(kOr);
    size_t conditions = scratch_.size();
    while (accept(TokenKind::KwIf)) scratch_.push(operators(kOr));
    ListOf<Expr> ifs = takeList<Expr>(conditions);
    if (isAsync) since(6, "Async comprehensions are");
    scratch_.push(make<Comprehension>(spanFrom(start), target, iter, ifs, isAsync));
  }
  if (scratch_.size() - clauses > kUsualChain) ++longChains_;
  return takeList<Comprehension>(clauses);
}

const Expr* Parser::call(const Token* start, const Expr* callee) {
  const Token* open = cur_++;
  if (accept(TokenKind::RParen))
    return make<Call>(spanFrom(start), callee, ListOf<Expr>(), ListOf<Keyword>());
  size_t positional = scratch_.size();
  bool isPlain = !at(TokenKind::Star) && !at(TokenKind::DoubleStar) &&
                 !(at(TokenKind::Name) && cur_[1].kind == TokenKind::Equal);
  if (isPlain) {
    const Expr* first = namedExpression();
    if (atComprehension()) { // `f(x for x in y)`: the generator expression owns the parentheses
      ListOf<Comprehension> generators = comprehensions();
      expect(TokenKind::RParen);
      first = make<GeneratorExp>(spanFrom(open), first, generators);
      return make<Call>(spanFrom(start), callee, arena_.copy(&first, 1), ListOf<Keyword>());
    }
    if (accept(TokenKind::RParen))
      return make<Call>(spanFrom(start), callee, arena_.copy(&first, 1), ListOf<Keyword>());
    expect(TokenKind::Comma);
    scratch_.push(first);
  }
  ListOf<Expr> args;
  ListOf<Keyword> keywords;
  arguments(positional, args, keywords);
  return make<Call>(spanFrom(start), callee, args, keywords);
}

// Arguments up to and with the closing parenthesis; those from `positional` on
// the scratch stack were parsed before.
void Parser::arguments(size_t positional, ListOf<Expr>& args, ListOf<Keyword>& keywords) {
  size_t named = keywordScratch_.size();
  bool sawKeyword = false, sawDoubleStar = false;
  while (!at(TokenKind::RParen)) {
    const Token* start = cur_;
    if (accept(TokenKind::Star)) {
      const Expr* value = expression();
      if (sawDoubleStar) poison();
      scratch_.push(make<Starred>(spanFrom(start), value, ExprContext::Load));
    } else if (accept(TokenKind::DoubleStar)) {
      sawDoubleStar = true;
      const Expr* value = expression();
      keywordScratch_.push(make<Keyword>(spanFrom(start), base::Symbol(), value));
    } else if (at(TokenKind::Name) && cur_[1].kind == TokenKind::Equal) {
      sawKeyword = true;
      cur_ += 2;
      const Expr* value = expression();
      keywordScratch_.push(make<Keyword>(spanFrom(start), start->symbol(), value));
    } else {
      if (sawKeyword || sawDoubleStar) poison();
      scratch_.push(namedExpression());
    }
    if (!accept(TokenKind::Comma)) break;
  }
  expect(TokenKind::RParen);
  args = takeList<Expr>(positional);
  keywords = arena_.copy(reinterpret_cast<const Keyword* const*>(keywordScratch_.from(named)),
                         keywordScratch_.size() - named);
  keywordScratch_.shrink(named);
}

const Expr* Parser::subscript(const Token* start, const Expr* value) {
  ++cur_;
  const Token* first = cur_;
  auto element = [&]() -> const Expr* {
    const Token* star = cur_;
    if (!accept(TokenKind::Star)) return slice();
    const Expr* inner = operators(kBitOr);
    return make<Starred>(spanFrom(star), inner, ExprContext::Load);
  };
  const Expr* index = element();
  if (at(TokenKind::Comma) || index->is<Starred>()) {
    size_t elements = scratch_.size();
    scratch_.push(index);
    while (accept(TokenKind::Comma)) {
      if (at(TokenKind::RBracket)) break;
      scratch_.push(element());
    }
    ListOf<Expr> list = takeList<Expr>(elements);
    index = make<Tuple>(spanFrom(first), list, ExprContext::Load);
  }
  expect(TokenKind::RBracket);
  return make<Subscript>(spanFrom(start), value, index, ExprContext::Load);
}

const Expr* Parser::slice() {
  const Token* start = cur_;
  const Expr* lower = nullptr;
  if (!at(TokenKind::Colon)) {
    lower = namedExpression();
    if (!at(TokenKind::Colon)) return lower;
    if (lower->is<NamedExpr>() && start->kind != TokenKind::LParen) poison();
  }
  expect(TokenKind::Colon);
  auto optional = [&]() -> const Expr* {
    bool absent = at(TokenKind::Colon) || at(TokenKind::Comma) || at(TokenKind::RBracket);
    return absent ? nullptr : expression();
  };
  const Expr* upper = optional();
  const Expr* step = accept(TokenKind::Colon) ? optional() : nullptr;
  return make<Slice>(spanFrom(start), lower, upper, step);
}

} // namespace krait::frontend::parse
