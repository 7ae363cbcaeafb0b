// What is known about bound and unbound locals:
//   local.get of a bound local        -> local.read    (no check, no error edge)
//   local.set of an unbound local     -> local.init    (nothing to free)
//   local.del of a bound local        -> local.clear
//   local.clear of an unbound local   -> nothing
//   method(receiver, local.get ...)   -> method.load before the local.get, method.call: the attribute is looked up first,
//                                        as one sees where the local turns out to be unbound
#include "ir/analysis/boundness.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

namespace krait::ir::passes {

using namespace core;
using analysis::Boundness;

namespace {

/// The first instruction of `method`'s block, within `value` and what it is made of, that reads a local which may be
/// unbound; `best` if there is none before it.
Instruction* firstUncertain(const Temp* value, Instruction* best) {
  Instruction* from = value->definition;
  if (!from || from->block != best->block) return best;
  if (from->is(Op::LocalGet)) {
    for (Instruction* i = from; i; i = i->next) {
      if (i == best) return from;
      if (has(i->op, op_flags::kRunsCode) && !i->is(Op::GlobalGet)) break; // of an earlier statement: bound, or never here
    }
    return best;
  }
  if (from->is(Op::Copy) || from->is(Op::TupleNew) || from->is(Op::ListNew))
    for (size_t k = 0; k < from->operandCount; ++k) best = firstUncertain(from->operand(k), best);
  return best;
}

bool lookUpFirst(Instruction* method) {
  Instruction* first = method;
  for (size_t k = 1; k < method->operandCount; ++k) first = firstUncertain(method->operand(k), first);
  if (first == method) return false;
  for (const Instruction* i = first; i != method; i = i->next)
    if (i == method->operand(0)->definition) return false; // the receiver comes later
  Function& f = *method->block->function;
  Instruction* load = insertLookUp(first, *method);
  std::vector<Temp*> arguments;
  for (size_t k = 1; k < method->operandCount; ++k) arguments.push_back(method->operand(k));
  Instruction* call = insertLookedUpCall(method, *method, *load, arguments);
  f.replaceUses(method->result(), call->result());
  f.erase(method);
  return true;
}

} // namespace

bool runDefiniteAssignment(Function& function) {
  bool changed = false;
  analysis::Flow flow(function);
  Boundness boundness(function, flow);
  for (Block* b : flow.order()) {
    std::vector<uint8_t> state = boundness.atStart(b);
    forEachInstruction(b, [&](Instruction* i) {
      uint8_t before = i->info().attributes & attribute::LOCAL ? state[i->local()] : uint8_t(Boundness::kEither);
      Boundness::step(*i, state);
      if (i->is(Op::LocalGet) && before == Boundness::kBound) {
        replaceOp(i, Op::LocalRead);
      } else if (i->is(Op::LocalSet) && before == Boundness::kUnbound) {
        // It raises nothing, so it has no site; which one it had is noted for debuggers, who are told of its line.
        const int64_t site = i->site == kNone ? 0 : int64_t{i->site} + 1;
        replaceOp(i, Op::LocalInit)->imm = site;
      } else if (i->is(Op::LocalDel) && before == Boundness::kBound) {
        replaceOp(i, Op::LocalClear);
      } else if (i->is(Op::LocalClear) && before == Boundness::kUnbound) {
        function.erase(i);
      } else if (!((i->is(Op::Method) || i->is(Op::MethodKw)) && lookUpFirst(i))) {
        return;
      }
      changed = true;
    });
  }
  return changed;
}

} // namespace krait::ir::passes
