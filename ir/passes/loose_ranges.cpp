// `x in range(n)` and `x in range(a, b, step)`, in what versions leave general: no range is made, and nothing is called.
//
//   %3 = copy %n
//   %4 = call %range, %3             %4 = range.loose %range, %n
//   kill %range               ──>    kill %range
//   %5 = contains %4, %x             %5 = contains.range %4, %x, %n
//   kill %4                          kill %4
//
// The runtime (runtime/types/range.cpp) asks whether the name still means the builtin and the arguments are small ints, and makes the call
// if not; each operation raises where its own text stands.
//
// The arguments are constants and what locals have: the call would let go of others before the search begins.
#include <algorithm>

#include "ir/analysis/call_targets.h"
#include "ir/core/module.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

namespace krait::ir::passes {

using namespace core;

namespace {

bool isRangeCall(const Instruction& i) { return analysis::callsNamed(i, "range") && i.operandCount >= 2 && i.operandCount <= 4; }

// Who searches the range, with nothing but the callee's death between, and then lets go of it; null if there is more to it.
Instruction* searchOf(const Instruction& call) {
  Instruction* i = analysis::behindCallee(call);
  const bool searches = i && i->is(Op::Contains) && i->operand(0) == call.result() && i->operand(1) != call.result();
  if (!searches || !i->next || !i->next->is(Op::Kill) || i->next->operand(0) != call.result()) return nullptr;
  const Use* uses = call.result()->uses; // these two
  return uses->next && !uses->next->next ? i : nullptr;
}

// The copy that is made for the call, of what lasts at least as long as the search: nothing is stored into a local before it is over.
Instruction* lastingCopy(const Instruction& call, const Temp* argument) {
  Instruction* copy = argument->definition;
  if (!copy || !copy->is(Op::Copy) || copy->block != call.block || copy->result()->uses->next) return nullptr;
  const Instruction* from = copy->operand(0)->definition;
  if (!from || !(from->is(Op::Const) || from->is(Op::LocalRead) || from->is(Op::LocalGet))) return nullptr;
  for (const Instruction* i = copy->next; i != &call; i = i->next)
    if (!(i->is(Op::Const) || i->is(Op::Copy) || i->is(Op::LocalRead) || i->is(Op::LocalGet) || i->is(Op::GlobalGet))) return nullptr;
  return copy;
}

bool fuse(Function& f, Instruction& call) {
  Instruction* search = searchOf(call);
  if (!search) return false;
  std::vector<Instruction*> copies;
  for (uint32_t n = 1; n < call.operandCount; ++n) copies.push_back(lastingCopy(call, call.operand(n)));
  if (std::find(copies.begin(), copies.end(), nullptr) != copies.end()) return false;
  std::vector<Temp*> asked{call.operand(0)}, searched{nullptr, search->operand(1)};
  for (const Instruction* copy : copies) {
    asked.push_back(copy->operand(0));
    searched.push_back(copy->operand(0));
  }
  Instruction* loose = f.create(Op::RangeLoose, asked, {}, kNone, kNone, 0, 0, call.site);
  f.insertBefore(&call, loose);
  searched[0] = loose->result();
  Instruction* isIn = f.create(Op::ContainsRange, searched, {}, kNone, kNone, 0, 0, search->site);
  f.insertBefore(search, isIn);
  f.replaceUses(search->result(), isIn->result());
  f.erase(search);
  f.replaceUses(call.result(), loose->result());
  f.erase(&call);
  for (Instruction* copy : copies) f.erase(copy);
  return true;
}

} // namespace

bool runLooseRanges(Function& f) {
  std::vector<Instruction*> calls;
  for (Block* b = f.entry(); b; b = b->next)
    for (Instruction* i = b->first; i; i = i->next)
      if (isRangeCall(*i)) calls.push_back(i);
  bool changed = false;
  for (Instruction* call : calls) changed |= fuse(f, *call);
  return changed;
}

} // namespace krait::ir::passes
