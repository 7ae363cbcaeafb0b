// An expression back to source text, character for character what CPython 3.11
// makes of it: deferred annotations are such texts.
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/base/symbol.h"

#include <string>

namespace krait::ir::build {

std::string unparse(const frontend::ast::Expr* e, const frontend::base::SymbolTable& symbols);

} // namespace krait::ir::build
