// Runs decoded functions. See code.h for the form, docs/ir.md for the meaning.
#pragma once

#include "ir/core/function.h"
#include "runtime/abi/entries.h"

namespace krait::ir::interp {

// Fills in entry, invoke and resume of a code description made by a Unit.
void bindEntries(CodeInfo& info, const core::Function& function);
// The array entry of a function: executes its body.
Value invokeInterpreted(FunctionObject* f, Value* argv);
// The same for arguments that are in registers of the caller: `self`, which may be null, then those that `which` names.
Value callInterpreted(FunctionObject* f, Value self, const Value* from, const uint32_t* which, uint32_t n);

} // namespace krait::ir::interp
