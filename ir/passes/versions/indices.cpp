// Which ints are probably no negative indices: what ranges and enumerate count, lengths, and sums of these. A list's end is not
// looked at for such an index, so that a loop has one way through; one that is negative all the same leaves the version.
//
// Of each local it is guessed what the least is that is stored there, by what its stores say of each other: `for i in range(1, n)` stores no less
// than 1, so that i - 1 is no negative index.
#include "ir/core/operators.h"
#include "ir/passes/versions/plan.h"
#include "ir/passes/versions/screen.h"

#include <algorithm>

namespace krait::ir::passes::versions {

using namespace core;

namespace {

constexpr unsigned kDeepest = 4;
constexpr int64_t kUnknown = INT64_MIN, kUnseen = INT64_MAX; // of what is not stored to yet, as far as was looked
constexpr int64_t kFarthest = int64_t{1} << 40;
/// A local whose least goes down as often as this counts down.
constexpr uint8_t kMostSteps = 4;

// definitionOf, of what it is a copy of.
const Instruction* makerOf(const Plan& plan, const Temp* t) {
  const Instruction* made = definitionOf(t, plan);
  while (made && made->is(Op::Copy)) made = definitionOf(made->operand(0), plan);
  return made;
}

const Constant* intOf(const Function& f, const Plan& plan, const Temp* t) {
  const Instruction* d = makerOf(plan, t);
  const Constant* c = d && d->is(Op::Const) ? &f.module.constants[d->index] : nullptr;
  return c && c->kind == ConstantKind::Int ? c : nullptr;
}

bool isLength(const Plan& plan, const Temp* t) {
  const Instruction* i = makerOf(plan, t);
  return i && i->is(Op::Call) && callsBuiltin(*i, *plan.facts, "len");
}

// What counts is whether it is below zero, and by how little above: far ones are as good as near ones.
int64_t sum(int64_t a, int64_t b) {
  if (a == kUnknown || b == kUnknown) return kUnknown;
  if (a == kUnseen || b == kUnseen) return kUnseen;
  const int64_t all = a + b;
  return all < -kFarthest ? kUnknown : std::min(all, kFarthest);
}

int64_t leastOf(const Function& f, const Plan& plan, const Temp* t, unsigned depth = 0) {
  const Instruction* i = makerOf(plan, t);
  if (!i || depth > kDeepest) return kUnknown;
  auto operand = [&](size_t n) { return leastOf(f, plan, i->operand(n), depth + 1); };
  switch (i->op) {
  case Op::Const: {
    const Constant* c = intOf(f, plan, t);
    return c ? sum(std::clamp(c->integer, -2 * kFarthest, kFarthest), 0) : kUnknown;
  }
  case Op::NextBr: {
    const Instruction* read = makerOf(plan, i->operand(0));
    return read && isLocalLoad(read->op) && f.rawKind(read->local()) == RawKind::Range ? plan.least[read->local()] : kUnknown;
  }
  case Op::BinaryAdd:
  case Op::InplaceAdd: return sum(operand(0), operand(1));
  case Op::BinarySub:
  case Op::InplaceSub: {
    const Constant* c = intOf(f, plan, i->operand(1));
    if (isLength(plan, i->operand(0))) return 0;
    return c && c->integer >= -kFarthest && c->integer <= kFarthest ? sum(operand(0), -c->integer) : kUnknown;
  }
  case Op::BinaryMul:
  case Op::InplaceMul: return operand(0) >= 0 && operand(1) >= 0 ? 0 : kUnknown;
  case Op::BinaryMod: return operand(1) >= 0 ? 0 : kUnknown;
  case Op::BinaryAnd: return operand(0) >= 0 || operand(1) >= 0 ? 0 : kUnknown;
  case Op::BinaryFloorDiv: return operand(0) >= 0 && operand(1) >= 0 ? 0 : kUnknown;
  case Op::BinaryRShift: return operand(0) >= 0 ? 0 : kUnknown;
  case Op::Call: return isLength(plan, t) ? 0 : kUnknown;
  default: return isLocalLoad(i->op) ? plan.least[i->local()] : kUnknown;
  }
}

// Of a call of range: callee, start, stop, step, or less.
int64_t leastOfRange(const Function& f, const Plan& plan, const Instruction& range) {
  if (range.operandCount == 2) return 0;
  const Constant* step = range.operandCount == 4 ? intOf(f, plan, range.operand(3)) : nullptr;
  if (range.operandCount == 4 && (!step || step->integer == 0)) return kUnknown;
  return !step || step->integer > 0 ? leastOf(f, plan, range.operand(1)) : sum(leastOf(f, plan, range.operand(2)), 1);
}

} // namespace

bool isNotNegative(const Function& f, const Plan& plan, const Temp* t) { return leastOf(f, plan, t) >= 0; }

void findIndices(const Function& f, Plan& plan) {
  std::vector<std::vector<const Temp*>> stored(f.locals.size());
  for (const Block* b = f.entry(); b; b = b->next)
    for (const Instruction* i = b->first; i && !b->cold; i = i->next)
      if (isLocalStore(i->op)) stored[i->local()].push_back(i->operand(0));
  std::vector<std::vector<const Instruction*>> ranges(f.locals.size());
  for (auto [call, store] : plan.rangeStores) ranges[store->local()].push_back(call);
  auto leastStored = [&](uint32_t x) {
    int64_t least = kUnseen;
    if (f.rawKind(x) == RawKind::Range) {
      for (const Instruction* call : ranges[x]) least = std::min(least, leastOfRange(f, plan, *call));
      return least;
    }
    if (x < f.paramCount() || stored[x].empty()) return kUnknown;
    for (const Temp* t : stored[x]) {
      const Constant* c = x >= f.varCount ? intOf(f, plan, t) : nullptr;
      const bool isBeforeFirst = c && c->integer == -1; // enumerate's count begins there, where nobody reads it
      least = std::min(least, isBeforeFirst ? 0 : leastOf(f, plan, t));
    }
    return least;
  };
  plan.least.assign(f.locals.size(), kUnseen);
  std::vector<uint8_t> steps(f.locals.size());
  for (bool isChanged = true; isChanged;) {
    isChanged = false;
    for (uint32_t x = 0; x < plan.least.size(); ++x) {
      const int64_t least = leastStored(x);
      if (least >= plan.least[x]) continue;
      plan.least[x] = ++steps[x] > kMostSteps ? kUnknown : least;
      isChanged = true;
    }
  }
}

} // namespace krait::ir::passes::versions
