// Source text to something that runs: front end, IR, ownership, interpreter.
// Linked into executables that can reach `exec`, `eval`, `compile` or source
// files, where it fills krt_engine_hooks (runtime/builtins/hooks.h).
#pragma once

#include "frontend/base/diagnostics.h"
#include "ir/interp/unit.h"
#include "ir/passes/pipeline.h"
#include "runtime/builtins/hooks.h"

#include <string_view>

namespace krait::ir::interp {

struct SourceOptions {
  CompileMode mode = CompileMode::Exec;
  uint32_t futureFlags = 0;
  bool allowTopLevelAwait = false;
  bool nameIncompleteInput = false, requireBlankLine = false; // see frontend/parse/parser.h
  bool typeComments = false; // of a tree: attach them
  int32_t featureVersion = -1; // of a tree: nothing newer than Python 3.<this>; -1: any
  int32_t optimize = 0;      // 1: no asserts, 2: no docstrings either
  bool isBytes = false;      // decode by BOM and encoding declaration
  bool isScript = false;     // as frontend/base/source_buffer.h says of a script
  bool inNamespace = true;   // names of the text's own scope live in a mapping; false: a module, to be run by runMainModule
  std::string moduleName = "<module>";
  passes::Level level = passes::Level::None;
};

// Null after reporting at least one error. Needs no running program.
Unit* compileSource(std::string_view text, std::string filename, const SourceOptions& options,
                    frontend::base::Diagnostics& diags);

// Raises what compile() raises for the first error: a SyntaxError with its attributes, or its like.
void raiseDiagnostic(const frontend::base::Diagnostic& diagnostic);

} // namespace krait::ir::interp
