#include "frontend/ast/queries.h"

#include <algorithm>

namespace krait::frontend::ast {

bool hasAnnotations(ListOf<Stmt> body) {
  for (const Stmt* s : body) {
    bool found = false;
    switch (s->kind) {
    case NodeKind::AnnAssign: return true;
    case NodeKind::For: found = hasAnnotations(s->as<For>()->body) || hasAnnotations(s->as<For>()->orelse); break;
    case NodeKind::AsyncFor: found = hasAnnotations(s->as<AsyncFor>()->body) || hasAnnotations(s->as<AsyncFor>()->orelse); break;
    case NodeKind::While: found = hasAnnotations(s->as<While>()->body) || hasAnnotations(s->as<While>()->orelse); break;
    case NodeKind::If: found = hasAnnotations(s->as<If>()->body) || hasAnnotations(s->as<If>()->orelse); break;
    case NodeKind::With: found = hasAnnotations(s->as<With>()->body); break;
    case NodeKind::AsyncWith: found = hasAnnotations(s->as<AsyncWith>()->body); break;
    case NodeKind::Match:
      for (const MatchCase* c : s->as<Match>()->cases) found = found || hasAnnotations(c->body);
      break;
    case NodeKind::Try:
    case NodeKind::TryStar: {
      auto any = [&](auto& n) {
        found = hasAnnotations(n.body) || hasAnnotations(n.orelse) || hasAnnotations(n.finalbody);
        for (const ExceptHandler* h : n.handlers) found = found || hasAnnotations(h->body);
      };
      s->is<Try>() ? any(*s->as<Try>()) : any(*s->as<TryStar>());
      break;
    }
    default: break;
    }
    if (found) return true;
  }
  return false;
}

base::Symbol nameOrAttribute(const Expr* e) {
  if (const Name* name = e->tryAs<Name>()) return name->id;
  const Attribute* attribute = e->tryAs<Attribute>();
  return attribute ? attribute->attr : base::Symbol();
}

base::Symbol typeParameterName(const TypeParam* parameter) {
  if (const TypeVar* one = parameter->tryAs<TypeVar>()) return one->name;
  if (const ParamSpec* of = parameter->tryAs<ParamSpec>()) return of->name;
  return parameter->as<TypeVarTuple>()->name;
}

ListOf<Expr> elementsOf(const Expr* e) {
  if (const List* l = e->tryAs<List>()) return l->elts;
  if (const Tuple* t = e->tryAs<Tuple>()) return t->elts;
  return {};
}

bool hasStarred(ListOf<Expr> elements) {
  return std::any_of(elements.begin(), elements.end(), [](const Expr* e) { return e->is<Starred>(); });
}

bool hasDoubleStarred(ListOf<Keyword> keywords) {
  return std::any_of(keywords.begin(), keywords.end(), [](const Keyword* k) { return !k->arg; });
}

std::optional<CompareOperator> invertedComparison(const UnaryOp& n) {
  const Compare* test = n.op == UnaryOperator::Not ? n.operand->tryAs<Compare>() : nullptr;
  if (!test || test->ops.size() != 1) return std::nullopt;
  switch (test->ops[0]) {
  case CompareOperator::Is: return CompareOperator::IsNot;
  case CompareOperator::IsNot: return CompareOperator::Is;
  case CompareOperator::In: return CompareOperator::NotIn;
  case CompareOperator::NotIn: return CompareOperator::In;
  default: return std::nullopt;
  }
}

} // namespace krait::frontend::ast
