// The hot runtime, inlined. hot.bc holds the functions of runtime/hot/ as clang
// compiled them; those that a module calls are copied into it as
// available_externally, inlined where that pays, and leave no copies: what is
// not inlined is called in the archive.
#pragma once
#include <llvm/IR/Module.h>
#include <string>
#include "codegen/lower/lower.h"

namespace krait::codegen::emit {

/// Copies the hot functions that `lowered` needs. False if the file cannot be read (`error` says why).
bool addHotRuntime(lower::LoweredModule& lowered, const std::string& hotPath, std::string& error);

/// Inlines hot functions into `function`, within a budget; with inLoopsAlone outside loops only what is hardly longer than the call.
void inlineHotRuntime(llvm::Function& function, bool inLoopsAlone);

} // namespace krait::codegen::emit
