// Says of branches which of their ways is seldom taken, where that got lost or nobody had said it.
#pragma once
#include <llvm/IR/PassManager.h>

namespace krait::codegen::emit {

/// Code generation marks the guards that it makes, but what is inlined asks questions of its own, and LLVM drops marks when it threads
/// jumps. A branch without a mark counts as taken every other time: a dozen of them in a loop, each with a way out, and the
/// loop seems to run less than once, so that its values are spilled for the sake of what never happens. This pass marks the
/// branches that have one way which leads nowhere but to slow or failing calls. What a version leaves by begins with a call of nothing
/// (`llvm.sideeffect`, cold), which tells after all threading what is such a way; it goes here.
class MarkSeldomWays : public llvm::PassInfoMixin<MarkSeldomWays> {
public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

} // namespace krait::codegen::emit
