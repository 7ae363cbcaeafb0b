// What an instruction may do, refined by the types of its operands: the row of
// operations.def says what the operation may do at worst.
#pragma once

#include "ir/core/function.h"

namespace krait::ir::analysis {

// Whether its error edge can be taken (running out of memory for a small object aside: design, section 7).
bool mayRaise(const core::Instruction& i);
// Whether arbitrary Python code may run.
bool mayRunCode(const core::Instruction& i);

} // namespace krait::ir::analysis
