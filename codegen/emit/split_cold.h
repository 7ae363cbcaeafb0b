// Keeps what hardly ever runs out of the pages and the cache lines of what does.
#pragma once
#include <llvm/CodeGen/MachineFunctionPass.h>

namespace krait::codegen::emit {

/// Moves the blocks of a function that are reached over unlikely edges alone (errors, slow paths, what a guard leaves to the general
/// code) into the section `.text.split.NAME`, whose symbol is NAME.cold. Code generation is over by then: what was not told apart by
/// weights of branches stays where it is. So does what leads back from there (handlers) where instructions were selected fast. As LLVM's
/// MachineFunctionSplitter does it, which asks counts of a profile instead.
class SplitCold : public llvm::MachineFunctionPass {
public:
  static char ID;
  SplitCold() : MachineFunctionPass(ID) {}

  llvm::StringRef getPassName() const override { return "split what seldom runs"; }
  void getAnalysisUsage(llvm::AnalysisUsage& usage) const override;
  bool runOnMachineFunction(llvm::MachineFunction& f) override;
};

} // namespace krait::codegen::emit
