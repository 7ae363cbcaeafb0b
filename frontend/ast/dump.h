// The tree as text.
#pragma once

#include "frontend/ast/nodes.h"
#include "frontend/base/source_buffer.h"

#include <string>
#include <vector>

namespace krait::frontend::ast {

// What CPython 3.11 prints for ast.dump(tree, include_attributes=True). Fields
// newer than 3.11 (type_params) are printed only where they are not empty.
std::string dump(const Node* node, const base::SourceBuffer& buffer, const base::SymbolTable& symbols);

// The same without positions, and with a line break and indentation in front of each node.
// `lines`: for each line, where in the source its node begins; of a node without a place, the node around it; 0: none.
std::string dumpIndented(const Node* node, const base::SourceBuffer& buffer, const base::SymbolTable& symbols, std::vector<uint32_t>& lines);

} // namespace krait::frontend::ast
