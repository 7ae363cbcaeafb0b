// What a loop counts for the sake of the ways out is computed there.
#pragma once
#include <llvm/IR/PassManager.h>

namespace krait::codegen::emit {

/// Who leaves a version hands over words and numbers that follow from a loop's counter: the index as a word, the number that the range would give
/// next. In the loop each would be a register of its own, which goes up with the counter, since LLVM's strength reduction weighs uses behind the loop as
/// those within. This pass computes them anew where an innermost loop is left, from the counter alone, which is hidden from that.
class ComputeValuesOutside : public llvm::PassInfoMixin<ComputeValuesOutside> {
public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

} // namespace krait::codegen::emit
