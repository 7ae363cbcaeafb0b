// Forwards raw floats from where they are boxed to where they are unboxed.
#pragma once
#include <llvm/IR/PassManager.h>

namespace krait::codegen::emit {

/// bits -> +bias, rotl 3 -> (a word, see Value::tryFloat) -> rotl 61, -bias -> bits. InstCombine does not see through two rotations.
class FoldBoxes : public llvm::PassInfoMixin<FoldBoxes> {
public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

} // namespace krait::codegen::emit
