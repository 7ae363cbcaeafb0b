// How often a loop ends.
#pragma once
#include <llvm/IR/Instructions.h>
#include <llvm/IR/MDBuilder.h>

namespace krait::codegen::lower {

/// Each time but one in so many. Errors and slow paths have 1 to 2^20, and stand apart (emit/split_cold.h); a loop's end is as seldom for
/// the loop, but what stands behind it runs whenever the function does.
constexpr uint32_t kRounds = 500;

inline llvm::MDNode* loopWeights(llvm::LLVMContext& context, bool isEndFirst = false) {
  return llvm::MDBuilder(context).createBranchWeights(isEndFirst ? 1 : kRounds, isEndFirst ? kRounds : 1);
}

/// The branch to `block`, where the loop goes on, ends it otherwise.
inline void isRound(llvm::BasicBlock* block) {
  block->getSinglePredecessor()->getTerminator()->setMetadata(llvm::LLVMContext::MD_prof, loopWeights(block->getContext()));
}

} // namespace krait::codegen::lower
