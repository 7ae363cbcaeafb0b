// Simple statements, and the choice between statements.
#include "frontend/parse/parser_state.h"

#include <string>

namespace krait::frontend::parse {

using namespace ast;

void Parser::statement() {
  Nesting nesting(*this);
  switch (cur_->kind) {
  case TokenKind::KwIf: scratch_.push(ifStatement()); return;
  case TokenKind::KwDef: scratch_.push(functionDef(cur_, false, {})); return;
  case TokenKind::KwFor: scratch_.push(forStatement(cur_, false)); return;
  case TokenKind::KwWhile: scratch_.push(whileStatement()); return;
  case TokenKind::KwTry: scratch_.push(tryStatement()); return;
  case TokenKind::KwWith: scratch_.push(withStatement(cur_, false)); return;
  case TokenKind::KwClass: scratch_.push(classDef({})); return;
  case TokenKind::KwAsync: scratch_.push(asyncStatement({}, false)); return;
  case TokenKind::At: scratch_.push(decorated()); return;
  case TokenKind::Name:
    if (cur_->symbol() == base::sym::Match && matchStatementFollows()) {
      scratch_.push(matchStatement());
      return;
    }
    break;
  default: break;
  }
  simpleStatements();
}

void Parser::simpleStatements() {
  do {
    scratch_.push(simpleStatement());
  } while (accept(TokenKind::Semicolon) && !at(TokenKind::Newline));
  expect(TokenKind::Newline);
}

const Stmt* Parser::simpleStatement() {
  const Token* start = cur_;
  switch (cur_->kind) {
  case TokenKind::KwReturn: {
    ++cur_;
    bool isBare = at(TokenKind::Newline) || at(TokenKind::Semicolon);
    const Expr* value = isBare ? nullptr : starExpressions();
    return make<Return>(spanFrom(start), value);
  }
  case TokenKind::KwPass: ++cur_; return make<Pass>(start->span());
  case TokenKind::KwBreak: ++cur_; return make<Break>(start->span());
  case TokenKind::KwContinue: ++cur_; return make<Continue>(start->span());
  case TokenKind::KwImport: return importStatement();
  case TokenKind::KwFrom: return importFrom();
  case TokenKind::KwRaise: return raise();
  case TokenKind::KwAssert: return assertStatement();
  case TokenKind::KwDel: return del();
  case TokenKind::KwGlobal: {
    ++cur_;
    base::ArrayRef<base::Symbol> names = nameList();
    return make<Global>(spanFrom(start), names);
  }
  case TokenKind::KwNonlocal: {
    ++cur_;
    base::ArrayRef<base::Symbol> names = nameList();
    return make<Nonlocal>(spanFrom(start), names);
  }
  case TokenKind::Name:
    if (start->symbol() == base::sym::Type && cur_[1].kind == TokenKind::Name) return typeAlias();
    break;
  default: break;
  }
  return expressionStatement();
}

// An expression, or an assignment of one of the three kinds.
const Stmt* Parser::expressionStatement() {
  const Token* start = cur_;
  const Expr* first = yieldOrStarExpressions();
  if (at(TokenKind::Newline)) return make<ExprStmt>(spanFrom(start), first);
  auto isSingleTarget = [&] {
    return first->is<Name>() || first->is<Attribute>() || first->is<Subscript>();
  };
  if (at(TokenKind::Equal)) {
    size_t targets = scratch_.size();
    const Expr* value = first;
    while (accept(TokenKind::Equal)) {
      scratch_.push(asTarget(value, ExprContext::Store));
      value = yieldOrStarExpressions();
    }
    ListOf<Expr> list = takeList<Expr>(targets);
    const Stmt* made = make<Assign>(spanFrom(start), list, value);
    attach(made, typeComment(true));
    return made;
  }
  if (cur_->kind >= TokenKind::PlusEqual && cur_->kind <= TokenKind::DoubleSlashEqual) {
    static constexpr Operator kOperators[] = {
        Operator::Add,  Operator::Sub, Operator::Mult,   Operator::MatMult, Operator::Div,    Operator::Mod,    Operator::Pow,
        Operator::LShift, Operator::RShift, Operator::BitOr, Operator::BitXor,  Operator::BitAnd, Operator::FloorDiv,
    };
    Operator op = kOperators[static_cast<int>(cur_->kind) - static_cast<int>(TokenKind::PlusEqual)];
    if (!isSingleTarget()) poison();
    asTarget(first, ExprContext::Store);
    accept(cur_->kind);
    const Expr* value = yieldOrStarExpressions();
    return make<AugAssign>(spanFrom(start), first, op, value);
  }
  if (at(TokenKind::Colon)) {
    if (!isSingleTarget()) poison();
    asTarget(first, ExprContext::Store);
    expect(TokenKind::Colon);
    int32_t simple = first->is<Name>() && start->kind != TokenKind::LParen ? 1 : 0;
    const Expr* annotation = expression();
    since(6, simple ? "Variable annotation syntax is" : "Variable annotations syntax is");
    const Expr* value = accept(TokenKind::Equal) ? yieldOrStarExpressions() : nullptr;
    return make<AnnAssign>(spanFrom(start), first, annotation, value, simple);
  }
  return make<ExprStmt>(spanFrom(start), first);
}

base::Symbol Parser::dottedName() {
  const Token* first = cur_;
  base::Symbol name = expectName();
  if (!at(TokenKind::Dot)) return name;
  std::string text(symbols_.text(first->symbol()));
  while (accept(TokenKind::Dot)) {
    base::Symbol part = expectName();
    text += '.';
    text += symbols_.text(part);
  }
  return symbols_.intern(text);
}

const Stmt* Parser::importStatement() {
  const Token* start = cur_++;
  size_t names = scratch_.size();
  do {
    const Token* alias = cur_;
    base::Symbol name = dottedName();
    base::Symbol asName = accept(TokenKind::KwAs) ? expectName() : base::Symbol();
    scratch_.push(make<Alias>(spanFrom(alias), name, asName));
  } while (accept(TokenKind::Comma));
  ListOf<Alias> list = takeList<Alias>(names);
  return make<Import>(spanFrom(start), list);
}

const Stmt* Parser::importFrom() {
  const Token* start = cur_++;
  int32_t level = 0;
  for (;; ++cur_) {
    if (at(TokenKind::Dot))
      level += 1;
    else if (at(TokenKind::Ellipsis))
      level += 3;
    else
      break;
  }
  base::Symbol module;
  if (level == 0 || at(TokenKind::Name)) module = dottedName();
  expect(TokenKind::KwImport);
  size_t names = scratch_.size();
  if (at(TokenKind::Star)) {
    const Token* star = cur_++;
    scratch_.push(make<Alias>(star->span(), base::sym::Star, base::Symbol()));
  } else {
    bool parenthesized = accept(TokenKind::LParen);
    do {
      if (parenthesized && at(TokenKind::RParen) && scratch_.size() > names) break;
      const Token* alias = cur_;
      base::Symbol name = expectName();
      base::Symbol asName = accept(TokenKind::KwAs) ? expectName() : base::Symbol();
      scratch_.push(make<Alias>(spanFrom(alias), name, asName));
    } while (accept(TokenKind::Comma));
    if (parenthesized) expect(TokenKind::RParen);
  }
  ListOf<Alias> list = takeList<Alias>(names);
  if (level == 0 && module == base::sym::DunderFuture)
    for (const Alias* alias : list) barryAsFlufl_ |= alias->name == base::sym::BarryAsFlufl;
  return make<ImportFrom>(spanFrom(start), module, list, level);
}

const Stmt* Parser::del() {
  const Token* start = cur_++;
  size_t targets = scratch_.size();
  do {
    if (scratch_.size() > targets && (at(TokenKind::Newline) || at(TokenKind::Semicolon))) break;
    scratch_.push(asTarget(operators(kBitOr), ExprContext::Del));
  } while (accept(TokenKind::Comma));
  ListOf<Expr> list = takeList<Expr>(targets);
  return make<Delete>(spanFrom(start), list);
}

const Stmt* Parser::raise() {
  const Token* start = cur_++;
  if (at(TokenKind::Newline) || at(TokenKind::Semicolon)) return make<Raise>(start->span(), nullptr, nullptr);
  const Expr* exc = expression();
  const Expr* cause = accept(TokenKind::KwFrom) ? expression() : nullptr;
  return make<Raise>(spanFrom(start), exc, cause);
}

const Stmt* Parser::assertStatement() {
  const Token* start = cur_++;
  const Expr* test = expression();
  const Expr* message = accept(TokenKind::Comma) ? expression() : nullptr;
  return make<Assert>(spanFrom(start), test, message);
}

const Stmt* Parser::typeAlias() {
  const Token* start = cur_++;
  const Expr* name = make<Name>(cur_->span(), cur_->symbol(), ExprContext::Store);
  ++cur_;
  ListOf<TypeParam> params = typeParams();
  expect(TokenKind::Equal);
  const Expr* value = expression();
  return make<TypeAlias>(spanFrom(start), name, params, value);
}

base::ArrayRef<base::Symbol> Parser::nameList() {
  std::vector<base::Symbol> names;
  do {
    names.push_back(expectName());
  } while (accept(TokenKind::Comma));
  return arena_.copy(names.data(), names.size());
}

} // namespace krait::frontend::parse
