// What is known about bound and unbound locals:
//   local.get of a bound local        -> local.read    (no check, no error edge)
//   local.set of an unbound local     -> local.init    (nothing to free)
//   local.del of a bound local        -> local.clear
//   local.clear of an unbound local   -> nothing
#include "ir/analysis/boundness.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

namespace krait::ir::passes {

using namespace core;
using analysis::Boundness;

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
        replaceOp(i, Op::LocalInit);
      } else if (i->is(Op::LocalDel) && before == Boundness::kBound) {
        replaceOp(i, Op::LocalClear);
      } else if (i->is(Op::LocalClear) && before == Boundness::kUnbound) {
        function.erase(i);
      } else {
        return;
      }
      changed = true;
    });
  }
  return changed;
}

} // namespace krait::ir::passes
