// Which ints are probably no negative indices: what ranges and enumerate count, lengths, and sums of these. A list's end is not
// looked at for such an index, so that a loop has one way through; one that is negative all the same leaves the version.
#include "ir/core/operators.h"
#include "ir/passes/versions/plan.h"
#include "ir/passes/versions/screen.h"

#include <algorithm>

namespace krait::ir::passes::versions {

using namespace core;

namespace {

constexpr unsigned kDeepest = 4;

// What made it, before temporaries became local to their blocks, or what it is a copy of; null for what comes from elsewhere.
const Instruction* makerOf(const Plan& plan, const Temp* t) {
  for (;;) {
    auto origin = plan.origins.find(t);
    const Instruction* made = (origin == plan.origins.end() ? t : origin->second)->definition;
    if (!made || !made->is(Op::Copy)) return made;
    t = made->operand(0);
  }
}

const Constant* intOf(const Function& f, const Plan& plan, const Temp* t) {
  const Instruction* d = makerOf(plan, t);
  const Constant* c = d && d->is(Op::Const) ? &f.module.constants[d->index] : nullptr;
  return c && c->kind == ConstantKind::Int ? c : nullptr;
}

// Of a call of range: callee, start, stop, step, or less.
bool countsFromZero(const Function& f, const Plan& plan, const Instruction& range) {
  if (range.operandCount == 2) return true;
  const Constant* step = range.operandCount == 4 ? intOf(f, plan, range.operand(3)) : nullptr;
  if (range.operandCount == 4 && (!step || step->integer == 0)) return false;
  if (!step || step->integer > 0) return isNotNegative(f, plan, range.operand(1));
  const Constant* stop = intOf(f, plan, range.operand(2));
  return stop ? stop->integer >= -1 : isNotNegative(f, plan, range.operand(2));
}

bool isLength(const Plan& plan, const Temp* t) {
  const Instruction* i = makerOf(plan, t);
  return i && i->is(Op::Call) && callsBuiltin(*i, *plan.facts, "len");
}

bool isNotNegativeWithin(const Function& f, const Plan& plan, const Temp* t, unsigned depth) {
  const Instruction* i = makerOf(plan, t);
  if (!i || depth > kDeepest) return false;
  auto operand = [&](size_t n) { return isNotNegativeWithin(f, plan, i->operand(n), depth + 1); };
  switch (i->op) {
  case Op::Const: return intOf(f, plan, t) && intOf(f, plan, t)->integer >= 0;
  case Op::NextBr: {
    const Instruction* read = makerOf(plan, i->operand(0));
    return read && isLocalLoad(read->op) && f.rawKind(read->local()) == RawKind::Range && plan.notNegative[read->local()];
  }
  case Op::BinaryAdd:
  case Op::InplaceAdd:
  case Op::BinaryMul:
  case Op::InplaceMul: return operand(0) && operand(1);
  case Op::BinarySub: return isLength(plan, i->operand(0));
  case Op::BinaryMod: return operand(1);
  case Op::BinaryAnd: return operand(0) || operand(1);
  case Op::BinaryRShift: return operand(0);
  case Op::Call: return isLength(plan, t);
  default: return isLocalLoad(i->op) && plan.notNegative[i->local()];
  }
}

} // namespace

bool isNotNegative(const Function& f, const Plan& plan, const Temp* t) { return isNotNegativeWithin(f, plan, t, 0); }

void findIndices(const Function& f, Plan& plan) {
  std::vector<std::vector<const Temp*>> stored(f.locals.size());
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i && !b->cold; i = i->next)
      if (isLocalStore(i->op)) stored[i->local()].push_back(i->operand(0));
  std::vector<std::vector<const Instruction*>> ranges(f.locals.size());
  for (auto [call, store] : plan.rangeStores) ranges[store->local()].push_back(call);
  // Taken for granted until something else is seen to be stored. enumerate's count begins below zero, where nobody reads it.
  plan.notNegative.assign(f.locals.size(), true);
  auto holds = [&](uint32_t x) {
    if (f.rawKind(x) == RawKind::Range)
      return std::all_of(ranges[x].begin(), ranges[x].end(), [&](const Instruction* call) { return countsFromZero(f, plan, *call); });
    return x >= f.paramCount() && !stored[x].empty() && std::all_of(stored[x].begin(), stored[x].end(), [&](const Temp* t) {
      const Constant* c = x >= f.varCount ? intOf(f, plan, t) : nullptr;
      return (c && c->integer == -1) || isNotNegative(f, plan, t);
    });
  };
  for (bool isChanged = true; isChanged;) {
    isChanged = false;
    for (uint32_t x = 0; x < plan.notNegative.size(); ++x)
      if (plan.notNegative[x] && !holds(x)) plan.notNegative[x] = false, isChanged = true;
  }
}

} // namespace krait::ir::passes::versions
