// Tells LLVM how often the loops of a version run.
#pragma once
#include <llvm/IR/PassManager.h>

namespace krait::codegen::emit {

/// A version is entered again from the general body at the header of each of its loops, so that to LLVM nested loops are no loops but the
/// innermost: a part of the function with many entries, among which it shares what runs there evenly. What runs a thousand times counted as
/// little more than what runs once, and its values were spilled for the sake of calls that hardly ever happen. This pass
/// follows only the edges that are likely, where the loops nest, and leaves their headers' frequencies as LLVM takes them for such parts (`!irr_loop`).
class WeighLoops : public llvm::PassInfoMixin<WeighLoops> {
public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

} // namespace krait::codegen::emit
