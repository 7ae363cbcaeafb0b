// The tree as text.
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/base/source_buffer.h"

#include <string>

namespace krait::frontend::ast {

// What CPython 3.11 prints for ast.dump(tree, include_attributes=True). Fields
// newer than 3.11 (type_params) are printed only where they are not empty.
std::string dump(const Node* node, const base::SourceBuffer& buffer, const base::SymbolTable& symbols);

} // namespace krait::frontend::ast
