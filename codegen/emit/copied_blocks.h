// What the passes that copy blocks do alike.
#pragma once
#include <llvm/IR/BasicBlock.h>
#include <llvm/Transforms/Utils/ValueMapper.h>

namespace krait::codegen::emit {

/// The instructions of a copied block, and what they tell a debugger of variables, mean the copies of what was copied with them.
inline void useCopies(llvm::BasicBlock& block, llvm::ValueToValueMapTy& copies) {
  const llvm::RemapFlags flags = llvm::RF_NoModuleLevelChanges | llvm::RF_IgnoreMissingLocals;
  for (llvm::Instruction& i : block) {
    llvm::RemapInstruction(&i, copies, flags);
    llvm::RemapDbgRecordRange(block.getModule(), i.getDbgRecordRange(), copies, flags);
  }
}

} // namespace krait::codegen::emit
