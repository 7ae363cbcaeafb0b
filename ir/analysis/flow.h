// The flow graph of a function: predecessors and a reverse postorder. Error
// edges (block to its handler, if the block can raise) count as edges here and
// are marked, because what travels along them differs: locals do, temporaries
// do not.
#pragma once

#include "ir/core/function.h"

namespace krait::ir::analysis {

struct Edge {
  core::Block* from;
  bool error;
};

class Flow {
public:
  explicit Flow(const core::Function& function);

  // Reachable blocks, every block before its successors except along back edges.
  const std::vector<core::Block*>& order() const { return order_; }
  const std::vector<Edge>& predecessors(const core::Block* b) const { return predecessors_[b->id]; }
  bool reachable(const core::Block* b) const { return rank_[b->id] != core::kNone; }
  // Position in order().
  uint32_t rank(const core::Block* b) const { return rank_[b->id]; }

private:
  std::vector<core::Block*> order_;
  std::vector<std::vector<Edge>> predecessors_;
  std::vector<uint32_t> rank_;
};

// By block id: whether the block is in a loop. Ways through handlers make none.
std::vector<bool> blocksInLoops(const core::Function& function, const Flow& flow);

// By block id: whether every way from the block ends in a raise that leaves the function. The entry is not among them.
std::vector<bool> blocksThatRaise(const core::Function& function, const Flow& flow);

// What a block's parameter is on every way to the block, through any number of blocks that pass it on: a result; null: that differs, or too many
// pass it. Of a result, itself.
const core::Temp* passedOn(const core::Temp* t, const Flow& flow);

// What uses it beside its deaths, if that is one; else null.
core::Instruction* onlyUser(const core::Temp* t);

// Whether some instruction of the block has an error edge to the block's handler.
bool canRaise(const core::Block& block);

} // namespace krait::ir::analysis
