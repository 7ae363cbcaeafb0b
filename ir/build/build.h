// From a resolved syntax tree to the IR of a module.
#pragma once

#include "frontend/base/source_buffer.h"
#include "frontend/sema/analysis.h"
#include "ir/core/module.h"

#include <memory>
#include <string>

namespace krait::ir::build {

enum class Mode : uint8_t {
  Module, // a file compiled as a template: globals are cells
  Exec,   // compile(…, "exec"): names in a namespace dict
  Eval,   // compile(…, "eval"): the body returns the expression's value
  Single, // compile(…, "single"): expression statements are displayed
};

struct Options {
  Mode mode = Mode::Module;
  std::string moduleName = "__main__";
  std::string filename; // as tracebacks show it
  bool isPackage = false;
  bool events = false; // calls, lines and returns are reported (runtime/threads/tracing.h)
  bool frames = false; // frame objects and what they hold are looked at: locals stay to the end
  bool counts = false; // references are counted: what is moved into a call is not kept beside it
  int optimize = 0; // 1: no asserts, 2: no docstrings either
  bool outlines = false; // loops of a large module's body become functions of their own (docs/ir.md#outlined-loops)
  bool foretells = false; // the texts, too, that the library probably makes and executes in this module (dataclass_texts.h)
};

// Never fails: what cannot be compiled was refused by sema. Borrows its
// arguments during the call only. Symbols may be added (mangled names).
std::unique_ptr<core::Module> buildModule(const frontend::base::SourceBuffer& buffer, const frontend::ast::Mod* tree,
                                          const frontend::sema::Analysis& analysis,
                                          frontend::base::SymbolTable& symbols, const Options& options);

// Adds another module of the program, for what its text says: core::Neighbour. The options are those that it is compiled with.
void addNeighbour(core::Module& module, const frontend::base::SourceBuffer& buffer, const frontend::ast::Mod* tree,
                  const frontend::sema::Analysis& analysis, frontend::base::SymbolTable& symbols, const Options& options);

} // namespace krait::ir::build
