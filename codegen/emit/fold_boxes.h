// Forwards raw floats from where they are boxed to where they are unboxed.
#pragma once
#include <llvm/IR/PassManager.h>

namespace krait::codegen::emit {

/// bits -> +2^60, rotl 3 -> (a word) -> rotl 61, -2^60 -> bits. InstCombine does not see through two rotations.
class FoldBoxes : public llvm::PassInfoMixin<FoldBoxes> {
public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

} // namespace krait::codegen::emit
