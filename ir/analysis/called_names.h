// Which global a callee is read from: `f`, or `m.f` where `m` is a module of the program.
#pragma once

#include "ir/analysis/call_targets.h"
#include "ir/analysis/constants.h"

namespace krait::ir::analysis {

// The GLOBAL; kNone: it is something else.
inline uint32_t globalCalled(const CallTargets& targets, const core::Temp* callee) {
  if (const core::Instruction* read = globalReadOf(callee)) return read->index;
  const core::Instruction* from = originOf(callee);
  return from && from->is(core::Op::AttrGet) ? targets.globalAskedOf(*from) : core::kNone;
}

} // namespace krait::ir::analysis
