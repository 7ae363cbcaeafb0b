#include "ir/analysis/inlining.h"

#include <algorithm>

#include "ir/analysis/flow.h"
#include "ir/analysis/liveness.h"

namespace krait::ir::analysis {

using namespace core;

size_t operationCount(const Function& function) {
  size_t count = 0;
  for (const Block* b = function.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i && !b->version; i = i->next) count += !i->is(Op::Br);
  return count;
}

bool isInlinable(const Function& function) {
  if (function.kind != FunctionKind::Function && function.kind != FunctionKind::Lambda) return false;
  if (function.isGenerator() || function.hasVarArgs || function.hasVarKeywords || !function.cells.empty()) return false;
  if (operationCount(function) > kMaxInlinedOperations) return false;
  for (const Block* b = function.entry(); b; b = b->next) {
    if (b->version) continue; // what is inlined is the general body
    if (b->handler) return false;
    for (const Instruction* i = b->first; i; i = i->next)
      if (i->is(Op::LocalsDict) || i->is(Op::CallScoped)) return false;
  }
  const Flow flow(function);
  for (const Block* b : flow.order())
    for (const Edge& e : flow.predecessors(b))
      if (flow.reachable(e.from) && flow.rank(e.from) >= flow.rank(b)) return false;
  return true;
}

namespace {

/// Constants are made again where they are used.
bool outlives(const Temp* t, const Instruction* yield) {
  if (t->definition && t->definition->is(Op::Const)) return false;
  if (t->definingBlock() != yield->block || !t->definition) return true;
  for (const Instruction* i = yield; i; i = i->previous)
    if (i == t->definition) return i != yield;
  return false;
}

bool nothingOutlives(const Instruction* yield, const TempLiveness& liveness) {
  for (const Instruction* i = yield->next; i; i = i->next)
    for (uint32_t u = 0; u < i->useCount; ++u)
      if (i->uses[u].temp && outlives(i->uses[u].temp, yield)) return false;
  const Instruction* end = yield->block->terminator();
  for (uint32_t s = 0; s < end->successorCount; ++s)
    if (std::ranges::any_of(liveness.liveIn(end->target(s)), [&](const Temp* t) { return outlives(t, yield); })) return false;
  return true;
}

} // namespace

bool isFusible(const Function& function) {
  if (function.kind != FunctionKind::Function || (function.flags & kCodeSuspends) != kCodeGenerator) return false;
  if (function.hasVarArgs || function.hasVarKeywords || !function.cells.empty() || operationCount(function) > kMaxFusedOperations) return false;
  const Flow flow(function);
  const TempLiveness liveness(function, flow);
  for (const Block* b = function.entry(); b; b = b->next) {
    if (b->handler) return false;
    for (const Instruction* i = b->first; i; i = i->next) {
      if (i->is(Op::LocalsDict) || i->is(Op::CallScoped) || i->is(Op::YieldFrom)) return false;
      if (i->is(Op::Yield) && !nothingOutlives(i, liveness)) return false;
    }
  }
  return true;
}

bool keepsParameter(const Function& function, uint32_t parameter) {
  for (const Block* b = function.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i && !b->version; i = i->next) {
      if (i->is(Op::FrameLeave) || !(i->info().attributes & attribute::LOCAL) || i->local() != parameter) continue;
      if (!i->is(Op::LocalGet) && !i->is(Op::LocalRead) && !i->is(Op::LocalPeek) && !i->is(Op::LocalTake)) return false;
    }
  return true;
}

} // namespace krait::ir::analysis
