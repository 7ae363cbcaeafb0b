// Questions about a tree that more than one reader of it asks.
#pragma once

#include "frontend/ast/nodes.h"

#include <optional>

namespace krait::frontend::ast {

// Whether one of the statements annotates a variable; functions and classes inside do not count.
bool hasAnnotations(ListOf<Stmt> body);

// Of a list or tuple; nothing of all else.
ListOf<Expr> elementsOf(const Expr* e);
// The name, or the attribute's, by which something is called; null for any other expression.
base::Symbol nameOrAttribute(const Expr* e);
// T of `T: int`, `*T` and `**T`.
base::Symbol typeParameterName(const TypeParam* parameter);
// Whether one is `*x`.
bool hasStarred(ListOf<Expr> elements);
// Whether one is `**x`.
bool hasDoubleStarred(ListOf<Keyword> keywords);

// `not (a is b)` is `a is not b`; likewise `in`. Nothing for what is no such comparison.
std::optional<CompareOperator> invertedComparison(const UnaryOp& n);

} // namespace krait::frontend::ast
