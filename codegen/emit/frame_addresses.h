// Gives each block addresses of its own for words of the frame.
#pragma once
#include <llvm/IR/PassManager.h>

namespace krait::codegen::emit {

/// For functions that go through fast instruction selection: it folds `frame.locals + 24` into the load or store, if the address
/// is computed in the same block; computed once for all blocks it is a pointer that is itself kept in the frame.
class LocaliseFrameAddresses : public llvm::PassInfoMixin<LocaliseFrameAddresses> {
public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

} // namespace krait::codegen::emit
