// Bytecode for people: what `krait emit --bytecode` prints, in the manner of `dis`.
#pragma once

#include "ir/bytecode/code_unit.h"
#include "ir/core/module.h"

namespace krait::ir::bytecode {

// The unit and those inside it, one after the other. `module`: whose table the constants are in.
std::string listing(const CodeUnit& unit, const core::Module& module);

} // namespace krait::ir::bytecode
