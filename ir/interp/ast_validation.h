// compile() takes trees that programs made: is one of a shape that the parser
// could have made? The rooms after it rely on that.
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/base/symbol.h"

namespace krait::ir::interp {

// False with the ValueError (or TypeError) that CPython raises.
bool validateTree(const frontend::ast::Mod& tree, const frontend::base::SymbolTable& symbols);

} // namespace krait::ir::interp
