// Each temporary's uses are walked upwards, block by block, to its definition
// (the path exploration of Appel's "Modern Compiler Implementation", 19.6).
#include "ir/analysis/liveness.h"

#include <algorithm>

namespace krait::ir::analysis {

using namespace core;

TempLiveness::TempLiveness(const Function& function, const Flow& flow) {
  liveIn_.resize(function.blockIdLimit());
  std::vector<uint32_t> mark(function.blockIdLimit(), kNone); // last temporary found live into the block
  std::vector<Block*> work;
  auto visit = [&](Temp* t) {
    Block* home = t->definingBlock();
    for (Use* u = t->uses; u; u = u->next) {
      Block* b = u->user->block;
      if (b == home || !flow.reachable(b)) continue;
      work.push_back(b);
    }
    while (!work.empty()) {
      Block* b = work.back();
      work.pop_back();
      if (b == home || mark[b->id] == t->id) continue;
      mark[b->id] = t->id;
      liveIn_[b->id].push_back(t);
      for (const Edge& e : flow.predecessors(b))
        if (!e.error && flow.reachable(e.from)) work.push_back(e.from);
    }
  };
  for (Block* b : flow.order()) {
    for (Temp* p : b->parameters) visit(p);
    for (Instruction* i = b->first; i; i = i->next)
      for (uint32_t r = 0; r < i->resultCount; ++r) visit(i->results[r]);
  }
}

UseMode useModeOf(const Instruction& i, uint32_t use) {
  if (use < i.operandCount) {
    switch (operandSpec(i.op, use).mode) {
    case OperandMode::Consume:
    case OperandMode::VarConsume: return UseMode::Consume;
    case OperandMode::ConsumeOnSuccess: return UseMode::ConsumeOnSuccess;
    default: return UseMode::Borrow;
    }
  }
  // An argument: consumed if the parameter owns.
  for (uint32_t s = 0; s < i.successorCount; ++s) {
    const Successor& to = i.successors[s];
    if (use - to.firstArgument < to.argumentCount)
      return to.block->parameters[use - to.firstArgument]->ownership == Ownership::Owned ? UseMode::Consume
                                                                                         : UseMode::Borrow;
  }
  return UseMode::Borrow;
}

Cleanups::Cleanups(const Function& function) {
  Flow flow(function);
  compute(function, flow, TempLiveness(function, flow));
}

Cleanups::Cleanups(const Function& function, const Flow& flow, const TempLiveness& liveness) {
  compute(function, flow, liveness);
}

void Cleanups::compute(const Function& function, const Flow& flow, const TempLiveness& liveness) {
  std::vector<Temp*> live;
  auto drop = [&](Temp* t) {
    // Nearly always one of the last.
    for (size_t k = live.size(); k-- > 0;)
      if (live[k] == t) {
        live.erase(live.begin() + static_cast<ptrdiff_t>(k));
        return;
      }
  };
  for (Block* b : flow.order()) {
    live.clear();
    for (Temp* t : liveness.liveIn(b))
      if (t->ownership == Ownership::Owned) live.push_back(t);
    std::sort(live.begin(), live.end(), [](Temp* x, Temp* y) { return x->id < y->id; });
    for (Temp* t : b->parameters)
      if (t->ownership == Ownership::Owned) live.push_back(t);
    for (Instruction* i = b->first; i; i = i->next) {
      for (uint32_t u = 0; u < i->operandCount; ++u)
        if (i->uses[u].temp && useModeOf(*i, u) == UseMode::Consume) drop(i->uses[u].temp);
      if (mayRaise(i->op)) {
        uint32_t first = static_cast<uint32_t>(pool_.size());
        std::vector<Temp*> operands = operandDeaths(*i);
        pool_.insert(pool_.end(), operands.begin(), operands.end());
        for (size_t k = live.size(); k-- > 0;) {
          Temp* t = live[k];
          bool isLent = t->definition && t->definition->is(Op::LocalLend);
          if (!isLent && std::find(operands.begin(), operands.end(), t) == operands.end()) pool_.push_back(t);
        }
        if (pool_.size() != first) ranges_[i] = {first, static_cast<uint32_t>(pool_.size()) - first};
      }
      for (uint32_t u = 0; u < i->operandCount; ++u)
        if (i->uses[u].temp && useModeOf(*i, u) == UseMode::ConsumeOnSuccess) drop(i->uses[u].temp);
      for (uint32_t r = 0; r < i->resultCount; ++r)
        if (i->results[r]->ownership == Ownership::Owned) live.push_back(i->results[r]);
    }
  }
}

std::span<Temp* const> Cleanups::at(const Instruction* i) const {
  auto found = ranges_.find(i);
  if (found == ranges_.end()) return {};
  return {pool_.data() + found->second.first, found->second.count};
}

} // namespace krait::ir::analysis
