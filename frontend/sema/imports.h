// The modules that a file may import, as far as its text says.
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/base/symbol.h"

#include <string>
#include <vector>

namespace krait::frontend::sema {

struct ImportEdge {
  std::string module;             // dotted; may be empty with level > 0
  std::vector<std::string> names; // `from module import names`: each may be a submodule; "*" for all
  int level = 0;                  // leading dots
  base::Span span;                // of the statement
  bool isFrom = false;
  bool guarded = false;    // inside try … except that catches ImportError
  bool inFunction = false; // runs only when called
};

struct ImportGraph {
  std::vector<ImportEdge> edges; // in source order
};

ImportGraph collectImports(const ast::Mod* tree, const base::SymbolTable& symbols);

} // namespace krait::frontend::sema
