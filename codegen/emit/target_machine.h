// A target, as LLVM knows it.
#pragma once
#include <llvm/Target/TargetMachine.h>
#include <memory>
#include "codegen/emit/level.h"
#include "codegen/emit/target.h"

namespace krait::codegen::emit {

/// Options of LLVM that belong to the process, as krait wants them; makeTargetMachine has set them. Not while anything is compiled.
void setCodeOptions();

/// `isShared`: of code for a shared library, which may stand at any address.
/// Initialises LLVM on first use; safe from several threads. Never null.
std::unique_ptr<llvm::LLVMTargetMachine> makeTargetMachine(const Target& target, Effort effort, bool isShared = false);

} // namespace krait::codegen::emit
