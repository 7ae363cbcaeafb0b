// Dead code: instructions without effect whose results nobody uses; a copy that
// is only killed goes with its kill, unless it is what keeps an object alive until then.
#include "ir/analysis/effects.h"
#include "ir/analysis/liveness.h"
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

// Whether the temporary is killed or consumed here.
bool ends(const Instruction& i, const Temp* t) {
  for (const Use* u = t->uses; u; u = u->next)
    if (u->user == &i && analysis::useModeOf(i, static_cast<uint32_t>(u - i.uses)) != analysis::UseMode::Borrow) return true;
  return false;
}

// Whether what the copy is of lives on its own until `kill`: a constant, what nobody hears dying, or, within one block, what a local has
// that is not stored into, or an owned temporary that does not end before.
bool outlives(const Instruction& copy, const Instruction* kill) {
  const Temp* lender = copy.operand(0);
  const Instruction* from = lender->definition;
  if (lender->type.isInert() || (from && from->is(Op::Const))) return true;
  const bool isLocal = from && (from->is(Op::LocalGet) || from->is(Op::LocalRead) || from->is(Op::LocalPeek));
  if (isLocal ? from->block != copy.block : lender->ownership != Ownership::Owned) {
    // Of a cell, a container or a local that may have been stored into since.
    const Instruction* i = copy.next;
    while (i && i != kill && has(i->op, op_flags::kPure)) i = i->next;
    return i == kill;
  }
  for (const Instruction* i = copy.next; i; i = i->next) {
    if (i == kill) return true;
    if (isLocal ? i->is(Op::FrameLeave) || ((i->info().flags & op_flags::kWritesLocal) && i->local() == from->local()) : ends(*i, lender)) return false;
  }
  return false;
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
      const Use* use = i->is(Op::Copy) ? i->result()->uses : nullptr;
      if (use && !use->next && use->user->is(Op::Kill) && outlives(*i, use->user)) {
        function.erase(use->user);
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
