// Liveness of temporaries. A temporary is live from its definition to its last
// use; error edges carry none. Most never leave their block, so the sets are
// small vectors, and the cost is proportional to the live ranges.
#pragma once

#include "ir/analysis/flow.h"

#include <unordered_map>

namespace krait::ir::analysis {

class TempLiveness {
public:
  TempLiveness(const core::Function& function, const Flow& flow);

  // Live at the block's start, without its own parameters.
  const std::vector<core::Temp*>& liveIn(const core::Block* b) const { return liveIn_[b->id]; }

private:
  std::vector<std::vector<core::Temp*>> liveIn_;
};

// What dies on each error edge, in this order: core::operandDeaths of it, then the other owned temporaries that are live, newest first (as
// CPython empties its stack). Operands that the instruction consumes are not
// among them; operands consumed on success only are, except a lent local.
class Cleanups {
public:
  Cleanups(const core::Function& function, const Flow& flow, const TempLiveness& liveness);
  explicit Cleanups(const core::Function& function);

  // Of a raising instruction in a reachable block.
  std::span<core::Temp* const> at(const core::Instruction* i) const;

private:
  void compute(const core::Function& function, const Flow& flow, const TempLiveness& liveness);
  struct Range { uint32_t first, count; };
  std::vector<core::Temp*> pool_;
  std::unordered_map<const core::Instruction*, Range> ranges_; // of those with a non-empty list
};

// How an instruction uses one of its operands or successor arguments.
enum class UseMode : uint8_t { Borrow, Consume, ConsumeOnSuccess };
UseMode useModeOf(const core::Instruction& i, uint32_t use);

} // namespace krait::ir::analysis
