// Constant folding by Python's rules:
//   %2 = binary.add %0, %1   ; both constants   ->   %2 = const int 3; %3 = copy %2
// Operations that would raise stay. `unary.not` and friends likewise.
#include "ir/analysis/constants.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

namespace krait::ir::passes {

using namespace core;

bool runFoldConstants(Function& function) {
  bool changed = false;
  Module& module = function.module;
  for (Block* b = function.entry(); b; b = b->next)
    forEachInstruction(b, [&](Instruction* i) {
      std::optional<Constant> made;
      if (i->op >= Op::BinaryAdd && i->op <= Op::InplaceMatMul) {
        const Constant *left = analysis::constantOf(module, i->operand(0)), *right = analysis::constantOf(module, i->operand(1));
        if (left && right) made = analysis::evaluateBinary(i->op, *left, *right);
      } else if (i->op >= Op::CompareLt && i->op <= Op::CompareGe) {
        const Constant *left = analysis::constantOf(module, i->operand(0)), *right = analysis::constantOf(module, i->operand(1));
        if (left && right) made = analysis::evaluateBinary(i->op, *left, *right);
      } else if (i->op >= Op::UnaryNeg && i->op <= Op::UnaryNot) {
        if (const Constant* value = analysis::constantOf(module, i->operand(0)))
          made = analysis::evaluateUnary(i->op, *value);
      }
      if (!made) return;
      Temp* folded = insertBefore(i, Op::Const, {}, module.constants.intern(*std::move(made)))->result();
      Temp* owned = insertBefore(i, Op::Copy, {folded})->result();
      bool consumesLeft = operandSpec(i->op, 0).mode == OperandMode::ConsumeOnSuccess;
      Temp* left = i->operand(0);
      function.replaceUses(i->result(), owned);
      if (consumesLeft) insertBefore(i, Op::Kill, {left}); // which the operation would have consumed
      function.erase(i);
      changed = true;
    });
  return changed;
}

} // namespace krait::ir::passes
