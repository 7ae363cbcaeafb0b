// Dead code: instructions without effect whose results nobody uses; a copy that
// is only killed goes with its kill.
#include "ir/analysis/effects.h"
#include "ir/passes/passes.h"

namespace krait::ir::passes {

using namespace core;

namespace {

bool hasNoEffect(const Instruction& i) {
  switch (i.op) {
  case Op::LocalRead:
  case Op::LocalPeek:
  case Op::CellRef: return true;
  case Op::Truth:
  case Op::TestLt:
  case Op::TestLe:
  case Op::TestEq:
  case Op::TestNe:
  case Op::TestGt:
  case Op::TestGe: return !analysis::mayRaise(i) && !analysis::mayRunCode(i);
  default: return has(i.op, op_flags::kPure);
  }
}

bool isUnused(const Instruction& i) {
  for (uint32_t r = 0; r < i.resultCount; ++r)
    if (i.results[r]->uses) return false;
  return true;
}

} // namespace

bool runRemoveDead(Function& function) {
  bool changed = false;
  // Upwards, so that operands follow their users.
  for (Block* b = function.lastBlock(); b; b = b->previous)
    for (Instruction* i = b->last; i;) {
      Instruction* previous = i->previous;
      if (i->is(Op::Copy) && i->result()->uses && !i->result()->uses->next && i->result()->uses->user->is(Op::Kill)) {
        Instruction* kill = i->result()->uses->user;
        function.erase(kill);
        previous = i->previous;
        function.erase(i);
        changed = true;
      } else if (hasNoEffect(*i) && isUnused(*i)) {
        function.erase(i);
        changed = true;
      }
      i = previous;
    }
  return changed;
}

} // namespace krait::ir::passes
