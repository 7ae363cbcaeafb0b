// Copy propagation: an owned copy that is only looked at, then killed, is its
// lender, where that is a constant, or a local that nobody writes in between
// (same block):
//   %1 = copy %0; … uses of %1 …; kill %1     ->     … uses of %0 …
#include "ir/passes/passes.h"

#include "ir/analysis/liveness.h"

namespace krait::ir::passes {

using namespace core;

namespace {

bool isOnlyLookedAt(const Temp* t) {
  for (const Use* u = t->uses; u; u = u->next) {
    if (u->user->is(Op::Kill)) continue;
    if (analysis::useModeOf(*u->user, static_cast<uint32_t>(u - u->user->uses)) != analysis::UseMode::Borrow) return false;
  }
  return true;
}

// Whether the local is left alone from `copy` to the kill that ends the copy's life in the same block.
bool localIsUntouched(const Instruction* copy, uint32_t local) {
  const Temp* t = copy->result();
  for (const Use* u = t->uses; u; u = u->next)
    if (u->user->block != copy->block) return false;
  for (const Instruction* i = copy->next; i; i = i->next) {
    if (i->is(Op::Kill) && i->operand(0) == t) return true;
    if (i->is(Op::FrameLeave)) return false;
    if ((i->info().flags & op_flags::kWritesLocal) && i->local() == local) return false;
  }
  return false;
}

} // namespace

bool runPropagateCopies(Function& function) {
  std::vector<Instruction*> copies;
  for (Block* b = function.entry(); b; b = b->next)
    for (Instruction* i = b->first; i; i = i->next)
      if (i->is(Op::Copy)) copies.push_back(i);
  bool changed = false;
  for (Instruction* i : copies) {
    Temp *lender = i->operand(0), *copy = i->result();
    const Instruction* from = lender->definition;
    if (!from || lender->ownership != Ownership::Borrowed || !isOnlyLookedAt(copy)) continue;
    bool isLocal = from->is(Op::LocalGet) || from->is(Op::LocalRead);
    if (!from->is(Op::Const) && !(isLocal && from->block == i->block && localIsUntouched(i, from->local()))) continue;
    std::vector<Instruction*> kills;
    for (Use* u = copy->uses; u; u = u->next)
      if (u->user->is(Op::Kill)) kills.push_back(u->user);
    for (Instruction* kill : kills) function.erase(kill);
    if (copy->uses) function.replaceUses(copy, lender);
    function.erase(i);
    changed = true;
  }
  return changed;
}

} // namespace krait::ir::passes
