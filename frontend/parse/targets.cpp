// Which expressions may be assigned to, deleted or looped over.
#include "frontend/parse/parser_state.h"

namespace krait::frontend::parse {

using namespace ast;

const Expr* Parser::asTarget(const Expr* expr, ExprContext context) {
  auto* owned = const_cast<Expr*>(expr);
  auto each = [&](ListOf<Expr> elements) {
    for (const Expr* element : elements) asTarget(element, context);
  };
  switch (expr->kind) {
  case NodeKind::Name: static_cast<Name*>(owned)->ctx = context; return expr;
  case NodeKind::Attribute: static_cast<Attribute*>(owned)->ctx = context; return expr;
  case NodeKind::Subscript: static_cast<Subscript*>(owned)->ctx = context; return expr;
  case NodeKind::Tuple:
    static_cast<Tuple*>(owned)->ctx = context;
    each(static_cast<Tuple*>(owned)->elts);
    return expr;
  case NodeKind::List:
    static_cast<List*>(owned)->ctx = context;
    each(static_cast<List*>(owned)->elts);
    return expr;
  case NodeKind::Starred:
    if (context == ExprContext::Del) break;
    static_cast<Starred*>(owned)->ctx = context;
    asTarget(static_cast<Starred*>(owned)->value, context);
    return expr;
  default: break;
  }
  poison();
  return expr;
}

const Expr* Parser::starTarget() {
  const Token* start = cur_;
  bool starred = accept(TokenKind::Star);
  if (starred && at(TokenKind::Star)) poison();
  const Expr* target = asTarget(operators(kBitOr), ExprContext::Store);
  if (!starred) return target;
  return make<Starred>(spanFrom(start), target, ExprContext::Store);
}

const Expr* Parser::starTargets() {
  const Token* start = cur_;
  const Expr* first = starTarget();
  if (!at(TokenKind::Comma)) return first;
  size_t elements = scratch_.size();
  scratch_.push(first);
  while (accept(TokenKind::Comma)) {
    if (at(TokenKind::KwIn) || at(TokenKind::Equal)) break;
    scratch_.push(starTarget());
  }
  ListOf<Expr> list = takeList<Expr>(elements);
  return make<Tuple>(spanFrom(start), list, ExprContext::Store);
}

} // namespace krait::frontend::parse
