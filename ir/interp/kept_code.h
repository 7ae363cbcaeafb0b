// Code of short texts that eval() and exec() run again and again. Nobody is handed the code object itself, so that it does not matter
// whether it was made before. A text is kept from its second time on: most come once.
#pragma once

#include "runtime/builtins/hooks.h"

namespace krait::ir::interp {

// Borrowed; null if the text has to be compiled.
Value keptCode(Value text, CompileMode mode, uint32_t futureFlags);
// The text was compiled, and nothing was said about it.
void keepCode(Value text, CompileMode mode, uint32_t futureFlags, Value code);

} // namespace krait::ir::interp
