// The tree that compile(tree, …) was given. Where there is no text, bytecode is made of it when somebody asks.
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/base/arena.h"
#include "frontend/base/source_buffer.h"
#include "frontend/base/symbol.h"

#include <memory>

namespace krait::ir::interp {

struct KeptTree {
  frontend::base::Arena arena;
  frontend::base::SymbolTable symbols;
  std::unique_ptr<frontend::base::SourceBuffer> buffer; // blank lines, see ast_import.h
  const frontend::ast::Mod* root = nullptr;             // lives in the arena
};

} // namespace krait::ir::interp
