// From a resolved syntax tree to CPython 3.11's bytecode, byte for byte.
#pragma once

#include "frontend/base/source_buffer.h"
#include "frontend/sema/analysis.h"
#include "ir/bytecode/code_unit.h"

#include <memory>

namespace krait::ir::bytecode {

struct Options {
  int optimize = 0; // as compile()'s: 1 drops asserts, 2 docstrings too
};

// Constants are interned in `constants`. Symbols may be added (mangled names). Never fails. Of what 3.11 does
// not have, type parameters become None, in a function around the definition, and type aliases nothing.
std::unique_ptr<CodeUnit> compileModule(const frontend::base::SourceBuffer& buffer, const frontend::ast::Mod* tree,
                                        const frontend::sema::Analysis& analysis,
                                        frontend::base::SymbolTable& symbols, core::ConstantTable& constants,
                                        const Options& options = {});

} // namespace krait::ir::bytecode
