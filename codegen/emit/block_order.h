// The order of a function's blocks in memory, for code that no later pass lays out.
#pragma once
#include <llvm/IR/PassManager.h>

namespace krait::codegen::emit {

/// Fast instruction selection keeps the order of blocks and leaves out a jump only to the next one. Here what usually runs
/// stands together, each block behind the one that goes on to it, and error edges stand at the end.
class OrderBlocks : public llvm::PassInfoMixin<OrderBlocks> {
public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

} // namespace krait::codegen::emit
