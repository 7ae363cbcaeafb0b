// Objects of the ast module as a tree of the front end: compile(tree, …).
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/base/arena.h"
#include "frontend/base/source_buffer.h"
#include "runtime/object/ref.h"

#include <memory>
#include <string>

namespace krait::ir::interp {

// The tree lives in the arena. `buffer` becomes a blank text whose lines are long enough for the positions of
// the nodes. Null with TypeError or ValueError.
const frontend::ast::Mod* importTree(Value root, const std::string& filename, frontend::base::Arena& arena,
                                     frontend::base::SymbolTable& symbols,
                                     std::unique_ptr<frontend::base::SourceBuffer>& buffer);

} // namespace krait::ir::interp
