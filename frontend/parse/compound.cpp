// Compound statements: everything with a block, except match.
#include "frontend/parse/parser_state.h"

namespace krait::frontend::parse {

using namespace ast;

// After the colon: an indented block, or simple statements on the same line.
ListOf<Stmt> Parser::block() {
  size_t body = scratch_.size();
  if (accept(TokenKind::Newline)) {
    expect(TokenKind::Indent);
    do {
      statement();
    } while (!accept(TokenKind::Dedent) && !poisoned());
  } else {
    simpleStatements();
  }
  return takeList<Stmt>(body);
}

ListOf<Stmt> Parser::optionalElse() {
  if (!accept(TokenKind::KwElse)) return {};
  expect(TokenKind::Colon);
  return block();
}

// `if`, and `elif`, which is an If in the orelse of another.
const Stmt* Parser::ifStatement() {
  Nesting nesting(*this);
  const Token* start = cur_++;
  const Expr* test = namedExpression();
  expect(TokenKind::Colon);
  ListOf<Stmt> body = block();
  ListOf<Stmt> orelse;
  if (at(TokenKind::KwElif)) {
    const Stmt* next = ifStatement();
    orelse = arena_.copy(&next, 1);
  } else {
    orelse = optionalElse();
  }
  return make<If>(spanFrom(start), test, body, orelse);
}

const Stmt* Parser::whileStatement() {
  const Token* start = cur_++;
  const Expr* test = namedExpression();
  expect(TokenKind::Colon);
  ListOf<Stmt> body = block();
  ListOf<Stmt> orelse = optionalElse();
  return make<While>(spanFrom(start), test, body, orelse);
}

const Stmt* Parser::forStatement(const Token* start, bool isAsync) {
  ++cur_;
  const Expr* target = starTargets();
  expect(TokenKind::KwIn);
  const Expr* iter = starExpressions();
  expect(TokenKind::Colon);
  const base::Span comment = typeComment(true);
  ListOf<Stmt> body = block();
  ListOf<Stmt> orelse = optionalElse();
  const Stmt* made;
  if (isAsync) made = make<AsyncFor>(spanFrom(start), target, iter, body, orelse), since(5, "Async for loops are");
  else made = make<For>(spanFrom(start), target, iter, body, orelse);
  attach(made, comment);
  return made;
}

const WithItem* Parser::withItem() {
  const Token* start = cur_;
  const Expr* context = expression();
  const Expr* target = accept(TokenKind::KwAs) ? starTarget() : nullptr;
  return make<WithItem>(spanFrom(start), context, target);
}

// `with (a as b, c):`. When what stands in the parentheses cannot be items
// (`with (yield x):`, `with (a, b) as c:`) they belong to an expression: the
// cursor is put back and the answer is no.
bool Parser::parenthesizedWithItems(ListOf<WithItem>& items) {
  const Token* open = cur_;
  size_t saved = scratch_.size();
  size_t savedKeywords = keywordScratch_.size();
  uint32_t savedCount = nodeCount_;
  size_t savedWarnings = warnings_.size();
  ++cur_;
  do {
    if (at(TokenKind::RParen)) break;
    scratch_.push(withItem());
  } while (accept(TokenKind::Comma));
  bool isEmpty = scratch_.size() == saved;
  expect(TokenKind::RParen);
  bool fits = at(TokenKind::Colon) && !isEmpty && !poisoned();
  if (fits) {
    items = takeList<WithItem>(saved);
    return true;
  }
  scratch_.shrink(saved);
  keywordScratch_.shrink(savedKeywords);
  nodeCount_ = savedCount;
  if (!reported_) {
    failedAt_ = nullptr;
    cur_ = open;
    warnings_.resize(savedWarnings);
  }
  return false;
}

const Stmt* Parser::withStatement(const Token* start, bool isAsync) {
  ++cur_;
  ListOf<WithItem> items;
  const bool isParenthesized = at(TokenKind::LParen) && parenthesizedWithItems(items);
  if (isParenthesized && (items.size() > 1 || items[0]->optional_vars)) since(9, "Parenthesized context managers are");
  if (!isParenthesized) {
    size_t list = scratch_.size();
    do {
      scratch_.push(withItem());
    } while (accept(TokenKind::Comma));
    items = takeList<WithItem>(list);
  }
  expect(TokenKind::Colon);
  const base::Span comment = typeComment(true);
  ListOf<Stmt> body = block();
  const Stmt* made;
  if (isAsync) made = make<AsyncWith>(spanFrom(start), items, body), since(5, "Async with statements are");
  else made = make<With>(spanFrom(start), items, body);
  attach(made, comment);
  return made;
}

const Stmt* Parser::tryStatement() {
  const Token* start = cur_++;
  expect(TokenKind::Colon);
  ListOf<Stmt> body = block();
  bool isStar = at(TokenKind::KwExcept) && cur_[1].kind == TokenKind::Star;
  size_t clauses = scratch_.size();
  while (at(TokenKind::KwExcept)) {
    const Token* except = cur_++;
    if (accept(TokenKind::Star) != isStar) poison();
    const Expr* type = isStar || !at(TokenKind::Colon) ? expression() : nullptr;
    base::Symbol name = type != nullptr && accept(TokenKind::KwAs) ? expectName() : base::Symbol();
    expect(TokenKind::Colon);
    ListOf<Stmt> handler = block();
    scratch_.push(make<ExceptHandler>(spanFrom(except), type, name, handler));
  }
  ListOf<ExceptHandler> handlers = takeList<ExceptHandler>(clauses);
  ListOf<Stmt> orelse, finalbody;
  if (!handlers.empty()) orelse = optionalElse();
  if (handlers.empty() || at(TokenKind::KwFinally)) {
    expect(TokenKind::KwFinally);
    expect(TokenKind::Colon);
    finalbody = block();
  }
  if (isStar) since(11, "Exception groups are");
  if (isStar) return make<TryStar>(spanFrom(start), body, handlers, orelse, finalbody);
  return make<Try>(spanFrom(start), body, handlers, orelse, finalbody);
}

const Stmt* Parser::decorated() {
  size_t list = scratch_.size();
  while (accept(TokenKind::At)) {
    scratch_.push(namedExpression());
    expect(TokenKind::Newline);
  }
  ListOf<Expr> decorators = takeList<Expr>(list);
  if (at(TokenKind::KwClass)) return classDef(decorators);
  if (at(TokenKind::KwAsync)) return asyncStatement(decorators, true);
  if (!at(TokenKind::KwDef)) poison();
  return functionDef(cur_, false, decorators);
}

const Stmt* Parser::asyncStatement(ListOf<Expr> decorators, bool isDecorated) {
  const Token* start = cur_++;
  if (at(TokenKind::KwDef)) return functionDef(start, true, decorators);
  if (!isDecorated && at(TokenKind::KwFor)) return forStatement(start, true);
  if (!isDecorated && at(TokenKind::KwWith)) return withStatement(start, true);
  poison();
  return make<Pass>(start->span());
}

const Stmt* Parser::functionDef(const Token* start, bool isAsync, ListOf<Expr> decorators) {
  accept(TokenKind::KwDef);
  base::Symbol name = expectName();
  ListOf<TypeParam> params = typeParams();
  expect(TokenKind::LParen);
  const Arguments* args = parameters(TokenKind::RParen, false);
  expect(TokenKind::RParen);
  const Expr* returns = accept(TokenKind::Arrow) ? expression() : nullptr;
  expect(TokenKind::Colon);
  const base::Span comment = functionTypeComment();
  ListOf<Stmt> body = block();
  const Stmt* made;
  if (isAsync) made = make<AsyncFunctionDef>(spanFrom(start), name, args, body, decorators, returns, params);
  else made = make<FunctionDef>(spanFrom(start), name, args, body, decorators, returns, params);
  if (isAsync) since(5, "Async functions are");
  attach(made, comment);
  return made;
}

const Stmt* Parser::classDef(ListOf<Expr> decorators) {
  const Token* start = cur_++;
  base::Symbol name = expectName();
  ListOf<TypeParam> params = typeParams();
  ListOf<Expr> bases;
  ListOf<Keyword> keywords;
  if (accept(TokenKind::LParen)) arguments(scratch_.size(), bases, keywords);
  expect(TokenKind::Colon);
  ListOf<Stmt> body = block();
  return make<ClassDef>(spanFrom(start), name, bases, keywords, body, decorators, params);
}

// `[T, U: bound, *Ts, **P]` (PEP 695), if it is there.
ListOf<TypeParam> Parser::typeParams() {
  if (!accept(TokenKind::LBracket)) return {};
  size_t list = scratch_.size();
  do {
    if (at(TokenKind::RBracket) && scratch_.size() > list) break;
    const Token* start = cur_;
    if (accept(TokenKind::Star)) {
      base::Symbol name = expectName();
      scratch_.push(make<TypeVarTuple>(spanFrom(start), name));
    } else if (accept(TokenKind::DoubleStar)) {
      base::Symbol name = expectName();
      scratch_.push(make<ParamSpec>(spanFrom(start), name));
    } else {
      base::Symbol name = expectName();
      const Expr* bound = accept(TokenKind::Colon) ? expression() : nullptr;
      scratch_.push(make<TypeVar>(spanFrom(start), name, bound));
    }
  } while (accept(TokenKind::Comma));
  expect(TokenKind::RBracket);
  return takeList<TypeParam>(list);
}

} // namespace krait::frontend::parse
