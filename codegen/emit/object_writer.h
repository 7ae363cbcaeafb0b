// Machine code of one module, as an object file or assembly text, with the
// table of call sites (runtime/abi/sections.h) read back from the machine code:
// after instruction selection each call of a compiled function gets a label
// behind it, and its debug location tells the site.
#pragma once
#include <llvm/ADT/SmallVector.h>
#include "codegen/emit/target_machine.h"
#include "codegen/lower/lower.h"

namespace krait::codegen::emit {

enum class Output : uint8_t { Object, Assembly };

/// Consumes the module's IR (code generation changes it).
void writeMachineCode(lower::LoweredModule& lowered, const Target& target, llvm::LLVMTargetMachine& machine, Output output,
                      llvm::SmallVectorImpl<char>& bytes);

} // namespace krait::codegen::emit
