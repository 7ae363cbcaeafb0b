// What the library's `dataclasses` will do for a decorated class statement: it writes a text for each method and gives it to
// exec. Texts that are known ahead are compiled ahead (core::Module::texts); one that comes otherwise is interpreted, as any is.
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/base/symbol.h"

#include <string>
#include <vector>

namespace krait::ir::build {

struct DataclassText {
  const frontend::ast::ClassDef* cls;
  std::string method; // the function that the text makes
  std::string text;
  bool isBound; // under that name, in the class
};

// Of the whole tree, in its order. The methods that programs call often: __init__, comparisons, __hash__.
std::vector<DataclassText> dataclassTexts(const frontend::ast::Mod* tree, const frontend::base::SymbolTable& symbols);

} // namespace krait::ir::build
