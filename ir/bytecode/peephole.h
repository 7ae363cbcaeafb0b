// CPython's optimisation within one block: jumps to jumps, constants that decide a jump, folded tuples, runs of SWAP.
#pragma once
#include "ir/bytecode/flow_graph.h"

namespace krait::ir::bytecode {

// Folded tuples are added to `constants` and `table`.
void peephole(BasicBlock& block, std::vector<ConstantEntry>& constants, core::ConstantTable& table);

} // namespace krait::ir::bytecode
