#include "codegen/emit/frame_addresses.h"
#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>

namespace krait::codegen::emit {

llvm::PreservedAnalyses LocaliseFrameAddresses::run(llvm::Function& function, llvm::FunctionAnalysisManager&) {
  llvm::SmallVector<llvm::GetElementPtrInst*> addresses;
  for (llvm::Instruction& i : llvm::instructions(function))
    if (auto* address = llvm::dyn_cast<llvm::GetElementPtrInst>(&i);
        address && address->hasAllConstantIndices() && llvm::isa<llvm::AllocaInst>(address->getPointerOperand()))
      addresses.push_back(address);
  for (llvm::GetElementPtrInst* address : addresses) {
    llvm::SmallDenseMap<llvm::BasicBlock*, llvm::Instruction*> copies;
    for (llvm::Use& use : llvm::make_early_inc_range(address->uses())) {
      auto* user = llvm::cast<llvm::Instruction>(use.getUser());
      llvm::BasicBlock* block = user->getParent();
      if (block == address->getParent() || llvm::isa<llvm::PHINode>(user)) continue;
      llvm::Instruction*& copy = copies[block];
      if (!copy) {
        copy = address->clone();
        copy->insertBefore(&*block->getFirstInsertionPt());
      }
      use.set(copy);
    }
    if (address->use_empty()) address->eraseFromParent();
  }
  return llvm::PreservedAnalyses::none();
}

} // namespace krait::codegen::emit
