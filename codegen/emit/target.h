// The machine that code is made for: x86-64 Linux, the baseline that hot.bc was compiled for.
#pragma once
#include <llvm/Target/TargetMachine.h>
#include <memory>
#include "codegen/emit/level.h"

namespace krait::codegen::emit {

/// Options of LLVM that belong to the process, as krait wants them; makeTargetMachine has set them. Not while anything is compiled.
void setCodeOptions();

/// `isShared`: of code for a shared library, which may stand at any address.
/// Initialises LLVM on first use; safe from several threads. Never null.
std::unique_ptr<llvm::LLVMTargetMachine> makeTargetMachine(Effort effort, bool isShared = false);

} // namespace krait::codegen::emit
