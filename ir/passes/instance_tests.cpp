// isinstance(x, C) and isinstance(x, (A, B)) that are only asked for their truth, in what versions leave general: no tuple is made,
// nothing is counted for the call, and no bool comes back.
//
//   %3 = copy %x
//   %4 = tuple.new %A, %B
//   %5 = call %isinstance, %3, %4      ──>    %6 = instance.among %isinstance, %x, %A, %B
//   kill %isinstance                          kill %isinstance
//   %6 = truth %5                             the deaths of %A and %B
//   kill %5
//
// The runtime (runtime/object/class_tests.cpp) asks whether the name still means the builtin, and makes the call if not.
#include "ir/analysis/call_targets.h"
#include "ir/core/module.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

namespace krait::ir::passes {

using namespace core;

namespace {

constexpr uint32_t kMostClasses = 8;

bool isInstanceCall(const Instruction& i) { return analysis::callsNamed(i, "isinstance") && i.operandCount == 3; }

// Who asks for the truth of `call` and then lets go of it, with nothing but the death of the callee between; null if there is more to it.
Instruction* truthOf(const Instruction& call) {
  Instruction* i = analysis::behindCallee(call);
  if (!i || !i->is(Op::Truth) || i->operand(0) != call.result() || !i->next || !i->next->is(Op::Kill) || i->next->operand(0) != call.result()) return nullptr;
  const Use* uses = call.result()->uses; // these two
  return uses && uses->next && !uses->next->next ? i : nullptr;
}

bool hasOneUse(const Temp* t) { return t->uses && !t->uses->next; }

// Whether `made` is for `user` alone and nothing between the two can tell that it is made there: global names are read, nothing runs.
bool isMadeFor(const Instruction& made, const Instruction& user) {
  if (made.block != user.block || !hasOneUse(made.result())) return false;
  const Instruction* i = made.next;
  while (i && i != &user && (i->is(Op::GlobalGet) || i->is(Op::Const) || i->is(Op::Copy) || i->is(Op::TupleNew))) i = i->next;
  return i == &user;
}

// A local's own word holds for as long as the question takes: whatever code that runs, it stores into no local of this function.
Instruction* needlessCopy(const Instruction& call) {
  Instruction* copy = call.operand(1)->definition;
  if (!copy || !copy->is(Op::Copy) || !isMadeFor(*copy, call)) return nullptr;
  const Instruction* lender = copy->operand(0)->definition;
  return lender && (lender->is(Op::LocalRead) || lender->is(Op::LocalGet) || lender->is(Op::Const)) ? copy : nullptr;
}

bool fuse(Function& f, Instruction& call) {
  Instruction* truth = truthOf(call);
  if (!truth) return false;
  Instruction* tuple = call.operand(2)->definition;
  if (!tuple || !tuple->is(Op::TupleNew)) tuple = nullptr; // of what it is, isinstance() finds out
  else if (tuple->operandCount < 2 || tuple->operandCount > kMostClasses || !isMadeFor(*tuple, call)) return false;
  Instruction* copy = needlessCopy(call);
  std::vector<Temp*> operands{call.operand(0), copy ? copy->operand(0) : call.operand(1)};
  if (!tuple) operands.push_back(call.operand(2));
  for (uint32_t n = 0; tuple && n < tuple->operandCount; ++n) operands.push_back(tuple->operand(n));
  Instruction* among = f.create(Op::InstanceAmong, operands, {}, kNone, kNone, 0, 0, call.site);
  f.insertBefore(&call, among);
  f.replaceUses(truth->result(), among->result());
  // As the call lets go of its arguments, in their order.
  if (!copy) insertBefore(&call, Op::Kill, {operands[1]});
  for (size_t n = operands.size(); n-- > 2;) insertBefore(&call, Op::Kill, {operands[n]});
  f.erase(truth->next);
  f.erase(truth);
  f.erase(&call);
  if (copy) f.erase(copy);
  if (tuple) f.erase(tuple);
  return true;
}

} // namespace

bool runInstanceTests(Function& f) {
  std::vector<Instruction*> calls;
  for (Block* b = f.entry(); b; b = b->next)
    for (Instruction* i = b->first; i; i = i->next)
      if (isInstanceCall(*i)) calls.push_back(i);
  bool changed = false;
  for (Instruction* call : calls) changed |= fuse(f, *call);
  return changed;
}

} // namespace krait::ir::passes
