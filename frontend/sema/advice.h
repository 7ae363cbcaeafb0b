// Warnings that CPython does not give: what a program says and cannot mean.
#pragma once

#include "frontend/sema/analysis.h"

#include <functional>

namespace krait::frontend::sema {

// Reports unreachable code, names that nothing binds, calls of the file's own functions with arguments that they do not
// take, and format strings that do not fit their arguments. Never about what may be meant: code that catches the error,
// functions that are bound twice, modules that change their globals by other means. The tree is without errors.
// `isBuiltin`: whether a name is one of the builtins.
void advise(const base::SourceBuffer& buffer, const ast::Mod* tree, const Analysis& analysis, base::SymbolTable& symbols,
            const std::function<bool(std::string_view)>& isBuiltin, base::Diagnostics& diags);

} // namespace krait::frontend::sema
