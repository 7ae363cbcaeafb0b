// From a syntax tree to its side tables: scopes, future features, imports.
#pragma once

#include "frontend/base/diagnostics.h"
#include "frontend/base/source_buffer.h"
#include "frontend/sema/imports.h"
#include "frontend/sema/observers.h"
#include "frontend/sema/scope.h"

#include <memory>

namespace krait::frontend::sema {

// `from __future__ import …`, as CPython's co_flags bits.
enum FutureFlags : uint32_t {
  kFutureDivision = 0x20000, kFutureAbsoluteImport = 0x40000, kFutureWithStatement = 0x80000,
  kFuturePrintFunction = 0x100000, kFutureUnicodeLiterals = 0x200000, kFutureBarryAsFlufl = 0x400000,
  kFutureGeneratorStop = 0x800000, kFutureAnnotations = 0x1000000,
};

struct Options {
  uint32_t futureFlags = 0;        // in force from the start (compile()'s flags)
  bool allowTopLevelAwait = false; // ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
  bool optimize = false;           // -O: asserts are not compiled
  bool keepGoing = false;          // report all errors, not only the one that compile() raises
  bool scopesOnly = false;         // as CPython's symbol tables are made, which says nothing of what generating code would refuse
};

struct Analysis {
  ScopeTable scopes;
  uint32_t futureFlags = 0;
  ImportGraph imports;
  uint32_t observers = 0; // union of ObserverBits
};

// Null after reporting the error that CPython's compile() raises for the tree. SyntaxWarnings are reported either way.
std::unique_ptr<Analysis> analyze(const base::SourceBuffer& buffer, const ast::Mod* tree, base::SymbolTable& symbols,
                                  base::Diagnostics& diags, const Options& options = {});

} // namespace krait::frontend::sema
