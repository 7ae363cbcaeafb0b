// Definite assignment: at each point, which locals may be bound and which may be
// unbound. Forward over the flow graph, error edges included: a handler is
// reached with the state in front of the operation that raised.
#pragma once

#include "ir/analysis/flow.h"

namespace krait::ir::analysis {

class Boundness {
public:
  enum State : uint8_t { kUnknown = 0, kUnbound = 1, kBound = 2, kEither = 3 };

  Boundness(const core::Function& function, const Flow& flow);

  // State of every local at the block's start; empty if it is unreachable (or there are no locals).
  const std::vector<uint8_t>& atStart(const core::Block* b) const { return in_[b->id]; }
  // Moves the state over one instruction (its normal way out).
  static void step(const core::Instruction& i, std::vector<uint8_t>& state);

private:
  std::vector<std::vector<uint8_t>> in_;
};

} // namespace krait::ir::analysis
