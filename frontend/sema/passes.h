// The steps of analyze(), in order. Each returns false after reporting CPython's error.
#pragma once

#include "frontend/sema/analysis.h"
#include "frontend/sema/reporter.h"

namespace krait::frontend::sema {

// `from __future__ import …` at the top: adds to analysis.futureFlags and says where they end.
bool readFutureImports(const ast::Mod* tree, const base::SymbolTable& symbols, Reporter& reporter,
                       uint32_t& futureFlags, base::Span& lastFuture);

// A `global` or `nonlocal` statement about a name, for messages.
struct Directive {
  Scope* scope;
  base::Symbol name;
  base::Span span;
};

// Makes the scopes and records definitions and uses.
bool collectScopes(const ast::Mod* tree, base::SymbolTable& symbols, Reporter& reporter, Analysis& analysis,
                   std::vector<Directive>& directives);

// Decides Local, Cell, Free, Global… for every binding of the scopes.
bool resolveScopes(ScopeTable& table, const base::SymbolTable& symbols, Reporter& reporter,
                   const std::vector<Directive>& directives);

// Rules that CPython checks while it generates code ("'return' outside function", …), and SyntaxWarnings.
bool checkRules(const ast::Mod* tree, base::SymbolTable& symbols, Reporter& reporter, const Analysis& analysis,
                const Options& options, base::Span lastFuture);

} // namespace krait::frontend::sema
