#include "ir/analysis/inlining.h"

#include "ir/analysis/flow.h"

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

bool keepsParameter(const Function& function, uint32_t parameter) {
  for (const Block* b = function.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i && !b->version; i = i->next) {
      if (i->is(Op::FrameLeave) || !(i->info().attributes & attribute::LOCAL) || i->local() != parameter) continue;
      if (!i->is(Op::LocalGet) && !i->is(Op::LocalRead) && !i->is(Op::LocalPeek) && !i->is(Op::LocalTake)) return false;
    }
  return true;
}

} // namespace krait::ir::analysis
