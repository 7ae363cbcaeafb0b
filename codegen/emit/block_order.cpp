#include "codegen/emit/block_order.h"
#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/IR/CFG.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/ProfDataUtils.h>

namespace krait::codegen::emit {
namespace {

/// The successor that the branch's weights call unlikely, or null.
llvm::BasicBlock* unlikelySuccessor(const llvm::Instruction& end) {
  uint64_t first, second;
  if (!llvm::isa<llvm::BranchInst>(end) || end.getNumSuccessors() != 2 || !llvm::extractBranchWeights(end, first, second)) return nullptr;
  return end.getSuccessor(first < second ? 0 : 1);
}

} // namespace

llvm::PreservedAnalyses OrderBlocks::run(llvm::Function& function, llvm::FunctionAnalysisManager&) {
  llvm::SmallPtrSet<llvm::BasicBlock*, 32> placed;
  llvm::SmallVector<llvm::BasicBlock*> order, later{&function.getEntryBlock()}, unlikely;
  while (!later.empty() || !unlikely.empty()) {
    llvm::SmallVector<llvm::BasicBlock*>& from = later.empty() ? unlikely : later;
    llvm::BasicBlock* block = from.pop_back_val();
    while (block && placed.insert(block).second) {
      order.push_back(block);
      const llvm::Instruction* end = block->getTerminator();
      llvm::BasicBlock *cold = unlikelySuccessor(*end), *next = nullptr;
      for (unsigned k = end->getNumSuccessors(); k-- > 0;) {
        llvm::BasicBlock* to = end->getSuccessor(k);
        if (to == cold || placed.contains(to)) continue;
        if (next) later.push_back(next);
        next = to;
      }
      if (cold) unlikely.push_back(cold);
      block = next;
    }
  }
  for (llvm::BasicBlock* block : llvm::reverse(order)) block->moveBefore(&function.front()); // what nothing reaches: last
  return llvm::PreservedAnalyses::none();
}

} // namespace krait::codegen::emit
