#include "codegen/emit/seldom_ways.h"
#include <llvm/IR/Instructions.h>
#include <llvm/IR/MDBuilder.h>
#include "codegen/emit/slow_paths.h"

namespace krait::codegen::emit {
namespace {

/// What guards ask where a look did not tell.
bool looksAgain(llvm::StringRef name) {
  return (name.starts_with("krt_known_") && name.ends_with("_slow")) || name == "krt_shape_learn" || name == "krt_class_fits_slow" ||
         name == "krt_traceback_add";
}

bool isSeldom(const llvm::CallBase& call) {
  const llvm::Function* callee = call.getCalledFunction();
  return isSlowCall(call) || (callee && (looksAgain(callee->getName()) || callee->hasFnAttribute(llvm::Attribute::Cold)));
}

} // namespace

llvm::PreservedAnalyses MarkSeldomWays::run(llvm::Function& function, llvm::FunctionAnalysisManager&) {
  const BlockSet seldom = blocksLeadingTo(function, isSeldom);
  llvm::MDBuilder weights(function.getContext());
  for (llvm::BasicBlock& block : function) {
    auto* branch = llvm::dyn_cast<llvm::BranchInst>(block.getTerminator());
    if (!branch || !branch->isConditional() || branch->hasMetadata(llvm::LLVMContext::MD_prof)) continue;
    const bool first = seldom.contains(branch->getSuccessor(0)), second = seldom.contains(branch->getSuccessor(1));
    if (first == second) continue;
    branch->setMetadata(llvm::LLVMContext::MD_prof, first ? weights.createUnlikelyBranchWeights() : weights.createLikelyBranchWeights());
  }
  return llvm::PreservedAnalyses::none();
}

} // namespace krait::codegen::emit
