// The bytecode of a definition, compiled from its source text when somebody asks.
#pragma once

#include "runtime/builtins/hooks.h"

namespace krait::ir::interp {

// EngineHooks::bytecode.
int32_t bytecodeOf(const CodeInfo* code, Bytecode& out);
int32_t sourceOf(const CodeInfo* code, CodeSource& out);
// The module's text is gone.
void forgetBytecode(const ModuleInfo* module);

} // namespace krait::ir::interp
