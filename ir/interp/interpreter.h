// Runs decoded functions. See code.h for the form, docs/ir.md for the meaning.
#pragma once

#include "runtime/abi/entries.h"

namespace krait::ir::interp {

// Fills in entry, invoke and resume of a code description made by a Unit.
void bindEntries(CodeInfo& info);

} // namespace krait::ir::interp
