// Depth-first search with an explicit stack: functions may have many thousand blocks.
#include "ir/analysis/flow.h"

#include "ir/analysis/effects.h"
#include "ir/core/operators.h"

#include <algorithm>

namespace krait::ir::analysis {

using namespace core;

bool canRaise(const Block& block) {
  for (const Instruction* i = block.first; i; i = i->next)
    if (mayRaise(*i)) return true;
  return false;
}

Flow::Flow(const Function& function) {
  predecessors_.resize(function.blockIdLimit());
  rank_.assign(function.blockIdLimit(), kNone);
  if (!function.entry()) return;
  struct Step {
    Block* block;
    Block* successors[3];
    int count, next;
  };
  std::vector<Step> stack;
  std::vector<bool> seen(function.blockIdLimit());
  auto enter = [&](Block* b) {
    seen[b->id] = true;
    Step step{b, {}, 0, 0};
    if (b->handler && canRaise(*b)) {
      step.successors[step.count++] = b->handler;
      predecessors_[b->handler->id].push_back({b, true});
    }
    // The second target is visited first, so that the first one follows its block in the order.
    if (Instruction* t = b->terminator())
      for (uint32_t s = t->successorCount; s-- > 0;) {
        step.successors[step.count++] = t->target(s);
        predecessors_[t->target(s)->id].push_back({b, false});
      }
    stack.push_back(step);
  };
  enter(function.entry());
  while (!stack.empty()) {
    Step& top = stack.back();
    if (top.next < top.count) {
      Block* to = top.successors[top.next++];
      if (!seen[to->id]) enter(to);
    } else {
      order_.push_back(top.block);
      stack.pop_back();
    }
  }
  std::reverse(order_.begin(), order_.end());
  for (size_t i = 0; i < order_.size(); ++i) rank_[order_[i]->id] = static_cast<uint32_t>(i);
}

// Behind a back edge stands all that leads to it without passing the header again.
std::vector<bool> blocksInLoops(const Function& function, const Flow& flow) {
  std::vector<bool> inside(function.blockIdLimit());
  std::vector<uint32_t> header(function.blockIdLimit(), kNone); // of the loop that the block was found in last
  std::vector<const Block*> work;
  for (const Block* b : flow.order())
    for (const Edge& back : flow.predecessors(b)) {
      if (back.error || !flow.reachable(back.from) || flow.rank(back.from) < flow.rank(b)) continue;
      inside[b->id] = true;
      header[b->id] = b->id;
      work.push_back(back.from);
      while (!work.empty()) {
        const Block* at = work.back();
        work.pop_back();
        if (header[at->id] == b->id) continue;
        header[at->id] = b->id;
        inside[at->id] = true;
        for (const Edge& e : flow.predecessors(at))
          if (!e.error && flow.reachable(e.from)) work.push_back(e.from);
      }
    }
  return inside;
}

std::vector<bool> blocksThatRaise(const Function& function, const Flow& flow) {
  std::vector<bool> raises(function.blockIdLimit());
  for (auto b = flow.order().rbegin(); b != flow.order().rend(); ++b) { // successors first; a loop need not end
    const Instruction* end = (*b)->terminator();
    if ((*b)->handler || *b == function.entry()) continue;
    bool all = end->successorCount || core::isRaise(end->op);
    for (uint32_t s = 0; s < end->successorCount; ++s) all &= raises[end->target(s)->id];
    raises[(*b)->id] = all;
  }
  return raises;
}

Instruction* onlyUser(const Temp* t) {
  Instruction* user = nullptr;
  for (const Use* u = t->uses; u; u = u->next) {
    if (u->user->is(Op::Kill)) continue;
    if (user) return nullptr;
    user = u->user;
  }
  return user;
}

const Temp* passedOn(const Temp* t, const Flow& flow) {
  if (t->definition) return t;
  constexpr size_t kMaxParameters = 32;
  std::vector<const Temp*> reached{t};
  const Temp* result = nullptr;
  for (size_t n = 0; n < reached.size(); ++n) {
    if (n == kMaxParameters) return nullptr;
    const Temp* p = reached[n];
    if (p->definition) {
      if (result && result != p) return nullptr;
      result = p;
      continue;
    }
    for (const Edge& e : flow.predecessors(p->block)) {
      if (e.error) return nullptr;
      const Instruction* end = e.from->terminator();
      for (uint32_t s = 0; s < end->successorCount; ++s) {
        if (end->target(s) != p->block) continue;
        const Temp* argument = end->argument(s, p->index);
        if (std::find(reached.begin(), reached.end(), argument) == reached.end()) reached.push_back(argument);
      }
    }
  }
  return result;
}

} // namespace krait::ir::analysis
