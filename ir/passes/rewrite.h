// Rewriting steps that several passes share.
#pragma once

#include "ir/core/function.h"

#include <vector>

namespace krait::ir::passes {

// Puts a new instruction before `position` and gives it the site of it, if it can raise.
inline core::Instruction* insertBefore(core::Instruction* position, core::Op op,
                                       std::initializer_list<core::Temp*> operands, uint32_t index = core::kNone,
                                       uint32_t index2 = core::kNone, int64_t imm = 0) {
  core::Function& f = *position->block->function;
  core::Instruction* made = f.create(op, std::span<core::Temp* const>(operands.begin(), operands.size()), {}, index,
                                     index2, imm, 0, core::mayRaise(op) ? position->site : core::kNone);
  f.insertBefore(position, made);
  return made;
}

// The deaths of a tuple's items before `where`, as the tuple, which is not made, would let go of them.
inline void killItems(const core::Instruction& tuple, core::Instruction* where) {
  for (uint32_t n = tuple.operandCount; n-- > 0;) insertBefore(where, core::Op::Kill, {tuple.operand(n)});
}

// The lookup alone of a method or method.kw, before `position`. Its site follows that of the call.
inline core::Instruction* insertLookUp(core::Instruction* position, const core::Instruction& method) {
  core::Instruction* load = insertBefore(position, core::Op::MethodLoad, {method.operand(0)}, method.index);
  load->site = method.site + 1;
  return load;
}

// The call of what such a lookup found, instead of `method`, before `position`; and the death of what it found.
core::Instruction* insertLookedUpCall(core::Instruction* position, const core::Instruction& method, const core::Instruction& load,
                                      std::span<core::Temp* const> arguments);

// Replaces an instruction of one result by another of the same attributes and operands.
core::Instruction* replaceOp(core::Instruction* old, core::Op op);

// What a terminator hands on along one of its edges.
std::vector<core::Temp*> argumentsOf(const core::Instruction& end, size_t successor);

// Ends the block with a plain branch along one of its terminator's successors.
void makeUnconditional(core::Block* block, size_t successor);

// Drops blocks that nothing reaches, and handlers of blocks that cannot raise. Whether there were any.
bool removeUnreachable(core::Function& function);

} // namespace krait::ir::passes
