// Which expressions may be numbers, as far as a syntactic rule can tell: what the identity of is asked decides how a
// program is compiled (observers.h).
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/base/symbol.h"

#include <unordered_set>

namespace krait::frontend::sema {

using Names = std::unordered_set<base::Symbol>;

// What the text of a module says about all of its scopes.
struct ModuleNames {
  Names holders; // attributes that are asked for attributes which numbers do not have, as in `node.parent.name`
  Names shared;  // names of `global` and `nonlocal` statements: bound where a scope does not see it
};
ModuleNames collectModuleNames(const ast::Mod* tree, const base::SymbolTable& symbols);

// The variables of a scope that hold no numbers.
class ObjectNames {
public:
  ObjectNames(const ModuleNames& module, const base::SymbolTable& symbols) : module_(&module), symbols_(&symbols) {}

  // Of a module or function: those of the scope around it that it does not bind, those that are asked for an attribute
  // which numbers do not have, and those that are bound to nothing but objects. The parameters of methods, and of
  // functions inside them, count as objects: code that asks for the identity of numbers does so where it makes them.
  ObjectNames inside(const ast::Node& scope, bool isMethod) const;

  bool mayBeNumber(const ast::Expr* e) const;

private:
  bool mayBeNumber(base::Symbol name) const;

  const ModuleNames* module_;
  const base::SymbolTable* symbols_;
  Names names_;
};

} // namespace krait::frontend::sema
