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
  bool optional = false;   // such a one whose handler goes on without it, not ending in a raise; or the other branch of its `if` makes what it imports
  std::string fallbackFor; // the module that the try statement imports whose handler of ImportError this is; empty: none
  int function = -1;       // in ImportGraph::functions: runs only when that is called; -1: with the module

  bool inFunction() const { return function >= 0; }
};

// Who mentions whom by name: what an import inside a function needs to be reached. The body of
// `if __name__ == "__main__":` counts as a function without a name. The names exec, eval and compile (but no
// attributes of these names) are there as "builtins.exec" too, help and breakpoint where they are called, and "code:"
// where an attribute __code__ is taken for more than an attribute of its own. Of codecs: "codec:NAME", "codec:*" where the name is
// computed, "codec:=" and "codec:@NAME" where the codec itself is asked for, "codec:?decode" where a method decode() may be given such a name, "codec:own:decode" where one is defined. Of texts that
// may be names of modules: "module:a.b", "module:a.b." and "module:a.b_*" where names begin so, "module:@a" of "a:run", and "module:=a" of what
// import_module is given and of relative names (".a"), with the dots before it ("module:=." where what follows is computed, and where a package hands its `__path__` on;
// "module:=~.a" where the dots count from the module itself, as from a package). "renamed:a:b" where one text takes another's place in a third.
struct FunctionMentions {
  std::string name;
  int parent = -1;                   // enclosing function
  std::vector<std::string> mentions; // names and attributes in its code, and codecs, sorted; not those of inner functions
};

struct ImportGraph {
  std::vector<ImportEdge> edges; // in source order
  std::vector<FunctionMentions> functions;
  std::vector<std::string> mentions; // of the module's and classes' own code, sorted
};

ImportGraph collectImports(const ast::Mod* tree, const base::SymbolTable& symbols);

} // namespace krait::frontend::sema
