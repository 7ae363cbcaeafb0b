// What passes share that give captured variables locals.
#pragma once

#include "ir/analysis/flow.h"
#include "ir/core/function.h"

#include <span>
#include <vector>

namespace krait::ir::passes {

/// Whether the cell is full wherever its function reads it.
bool isBoundWhereRead(const core::Function& f, const analysis::Flow& flow, uint32_t cell);
/// The same, and wherever a nested function takes it.
bool isAlwaysBound(const core::Function& f, const analysis::Flow& flow, uint32_t cell);

/// Whether a way leads from the block's end to its beginning, through handlers or not.
bool isInLoop(const core::Function& f, const core::Block* b);
/// Whether the own cell gets its value once for good.
bool isBoundOnce(const core::Function& f, uint32_t cell);

/// Makes room for new locals in front of local `at`.
void insertLocals(core::Function& f, uint32_t at, std::span<const core::Local> locals);

/// For each cell that is `chosen` (both by CELL), enters into `locals` where its value is to be: a parameter's own local; else a new variable
/// behind the others, where it dies after them, as the cell would. Whether any was chosen.
bool makeLocalsOfCells(core::Function& f, const std::vector<bool>& chosen, std::vector<uint32_t>& locals);

} // namespace krait::ir::passes
