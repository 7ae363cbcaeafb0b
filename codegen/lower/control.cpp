// Branches.
#include <llvm/IR/MDBuilder.h>
#include "codegen/lower/function_lowering.h"

namespace krait::codegen::lower {

void FunctionLowering::lower(Tag<Op::Br>, const Instruction& i) {
  flowInto(i);
  branchTo(i, 0);
}

void FunctionLowering::lower(Tag<Op::CondBr>, const Instruction& i) {
  flowInto(i);
  llvm::Value* condition = operand(i, 0);
  llvm::BasicBlock* yes = edgeBlock(i, 0);
  llvm::BasicBlock* no = edgeBlock(i, 1);
  if (yes == no) { // no phis: nothing to tell the edges apart
    b_.CreateBr(yes);
    return;
  }
  auto* branch = b_.CreateCondBr(condition, yes, no);
  if (i.target(0)->cold != i.target(1)->cold) {
    llvm::MDBuilder weights(context_);
    branch->setMetadata(llvm::LLVMContext::MD_prof, i.target(0)->cold ? weights.createUnlikelyBranchWeights()
                                                                      : weights.createLikelyBranchWeights());
  }
}

void FunctionLowering::lower(Tag<Op::Unreachable>, const Instruction&) { b_.CreateUnreachable(); }

} // namespace krait::codegen::lower
