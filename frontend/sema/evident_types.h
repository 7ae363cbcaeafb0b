// The types that expressions have whatever their operands are, by the names that CPython's warnings use.
#pragma once

#include "frontend/ast/nodes.h"

namespace krait::frontend::sema {

// The type of what folding makes a constant of, or null. Where that depends on values: if it surely does.
const char* foldedType(const ast::Expr* e);
// The same, and of displays, comprehensions, lambdas and formatted strings.
const char* evidentType(const ast::Expr* e);

} // namespace krait::frontend::sema
