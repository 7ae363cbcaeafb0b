#include "ir/passes/rewrite.h"

#include "ir/analysis/flow.h"

namespace krait::ir::passes {

using namespace core;

Instruction* replaceOp(Instruction* old, Op op) {
  Function& f = *old->block->function;
  std::vector<Temp*> operands;
  for (uint32_t i = 0; i < old->operandCount; ++i) operands.push_back(old->operand(i));
  Instruction* made = f.create(op, operands, {}, old->index, old->index2, old->imm, old->imm2,
                               mayRaise(op) || has(op, op_flags::kRunsCode) ? old->site : kNone);
  f.insertBefore(old, made);
  for (uint32_t i = 0; i < old->resultCount; ++i) {
    if (old->results[i]->uses) f.replaceUses(old->results[i], made->results[i]);
    made->results[i]->type = old->results[i]->type;
    made->results[i]->guessAs(*old->results[i]);
  }
  f.erase(old);
  return made;
}

Instruction* insertLookedUpCall(Instruction* position, const Instruction& method, const Instruction& load, std::span<Temp* const> arguments) {
  Function& f = *position->block->function;
  std::vector<Temp*> operands{load.result(0), load.result(1)};
  operands.insert(operands.end(), arguments.begin(), arguments.end());
  const bool named = method.is(Op::MethodKw);
  Instruction* call = f.create(named ? Op::MethodCallKw : Op::MethodCall, operands, {}, named ? method.index2 : kNone, kNone, 0, 0, method.site);
  f.insertBefore(position, call);
  insertBefore(position, Op::Kill, {load.result(0)});
  return call;
}

std::vector<Temp*> argumentsOf(const Instruction& end, size_t successor) {
  std::vector<Temp*> arguments;
  for (uint32_t a = 0; a < end.successors[successor].argumentCount; ++a) arguments.push_back(end.argument(successor, a));
  return arguments;
}

void makeUnconditional(Block* block, size_t successor) {
  Function& f = *block->function;
  Instruction* old = block->terminator();
  const std::vector<Temp*> arguments = argumentsOf(*old, successor);
  Function::Target target{old->target(successor), arguments};
  Instruction* made = f.create(Op::Br, {}, std::span(&target, 1));
  f.erase(old);
  f.append(block, made);
}

bool removeUnreachable(Function& function) {
  analysis::Flow flow(function);
  std::vector<Block*> doomed;
  bool changed = false;
  for (Block* b = function.entry(); b; b = b->next) {
    if (!flow.reachable(b)) {
      doomed.push_back(b);
    } else if (b->handler && !analysis::canRaise(*b)) {
      b->handler = nullptr;
      changed = true;
    }
  }
  for (Block* b : doomed)
    for (Instruction* i = b->first; i; i = i->next)
      for (uint32_t u = 0; u < i->useCount; ++u) function.setOperand(i, u, nullptr);
  for (Block* b : doomed) function.eraseBlock(b);
  return changed || !doomed.empty();
}

} // namespace krait::ir::passes
