// Branch simplification:
//   condbr on a known condition       -> br
//   condbr on bool.not %x             -> condbr on %x, targets exchanged
//   ^1: br ^2 (nothing else)          -> whoever branches to ^1 branches to ^2
//   ^1: … br ^2, ^2 reached only thus -> one block
// and what nothing reaches any more goes.
#include "ir/analysis/constants.h"
#include "ir/analysis/flow.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

namespace krait::ir::passes {

using namespace core;

namespace {

bool decide(Function& f, Block* b) {
  Instruction* end = b->terminator();
  if (!end || !end->is(Op::CondBr)) return false;
  Temp* condition = end->operand(0);
  if (std::optional<bool> known = analysis::knownCondition(f.module, condition)) {
    makeUnconditional(b, *known ? 0 : 1);
    return true;
  }
  if (end->target(0) == end->target(1) && end->successors[0].argumentCount == 0) {
    makeUnconditional(b, 0);
    return true;
  }
  if (condition->definition && condition->definition->is(Op::BoolNot)) {
    const std::vector<Temp*> arguments[] = {argumentsOf(*end, 0), argumentsOf(*end, 1)};
    Function::Target targets[] = {{end->target(1), arguments[1]}, {end->target(0), arguments[0]}};
    Temp* operands[] = {condition->definition->operand(0)};
    Instruction* made = f.create(Op::CondBr, operands, targets);
    f.erase(end);
    f.append(b, made);
    return true;
  }
  return false;
}

// Jumps over blocks that only jump on. An edge that has a result stays: it is made on it.
bool thread(Function& f, Block* b) {
  bool changed = false;
  Instruction* end = b->terminator();
  if (!end) return false;
  for (uint32_t s = 0; s < end->successorCount; ++s) {
    if (hasResultFirst(end->op) && s == 0) continue;
    Block* via = end->target(s);
    if (!via->parameters.empty() || via == b || !via->first || !via->first->is(Op::Br)) continue;
    Instruction* on = via->first;
    if (on->target() == via) continue;
    f.setTarget(end, s, on->target(), argumentsOf(*on, 0));
    changed = true;
  }
  return changed;
}

bool merge(Function& f, Block* b, const std::vector<uint32_t>& incoming) {
  Instruction* end = b->terminator();
  if (!end || !end->is(Op::Br)) return false;
  Block* to = end->target();
  if (to == b || to == f.entry() || incoming[to->id] != 1 || to->version != b->version) return false;
  if (b->first != end && to->first->is(Op::ExcTake)) return false; // that is the first of its block
  if (to->handler != b->handler) {
    // A block that cannot raise may join any other's handler, but for its own.
    if (!analysis::canRaise(*b) && to->handler != b) b->handler = to->handler;
    else if (analysis::canRaise(*to)) return false;
  }
  const std::vector<Temp*> arguments = argumentsOf(*end, 0);
  for (size_t k = 0; k < arguments.size(); ++k)
    if (to->parameters[k]->uses) f.replaceUses(to->parameters[k], arguments[k]);
  f.erase(end);
  while (Instruction* i = to->first) {
    f.unlink(i);
    f.append(b, i);
  }
  b->cold = b->cold && to->cold;
  f.eraseBlock(to);
  return true;
}

} // namespace

bool runSimplifyBranches(Function& function) {
  bool changed = false;
  for (Block* b = function.entry(); b; b = b->next) changed |= decide(function, b);
  for (Block* b = function.entry(); b; b = b->next) changed |= thread(function, b);
  changed |= removeUnreachable(function);
  std::vector<uint32_t> incoming(function.blockIdLimit(), 0);
  for (Block* b = function.entry(); b; b = b->next) {
    // A handler counts as reached from elsewhere.
    if (b->handler) incoming[b->handler->id] += 2;
    if (Instruction* end = b->terminator())
      for (uint32_t s = 0; s < end->successorCount; ++s) ++incoming[end->target(s)->id];
  }
  for (Block* b = function.entry(); b; b = b->next)
    while (merge(function, b, incoming)) changed = true;
  return changed;
}

} // namespace krait::ir::passes
