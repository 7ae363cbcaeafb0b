#include "codegen/layout/sections.h"
#include <llvm/Transforms/Utils/ModuleUtils.h>

namespace krait::codegen::layout {

void retain(llvm::GlobalVariable& table) { llvm::appendToUsed(*table.getParent(), {&table}); }

} // namespace krait::codegen::layout
