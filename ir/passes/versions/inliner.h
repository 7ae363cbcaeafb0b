// Calls of small functions, done where they stand on what the version knows: a transaction. The body is walked as a tree, joins
// copied; its stores wait until everything that could go otherwise has been tested:
//
//   %f = method.find "norm", %p;  entry.check %f, @3 ───────────────────┐
//   depth.check 1 ──────────────────────────────────────────────────────┤
//   shape.check, slot.get, float.check, f64.mul … ──────────────────────┤  nothing has happened
//   slot.replace … (the stores)                                         │
//   br ^meeting(result)                              ^cold: the call as the general body makes it; br ^meeting(its result)
//
// No code runs before the last store's old value dies, so there is no frame, no traceback and no count that anybody could see.
#pragma once

#include "ir/passes/versions/translator.h"

namespace krait::ir::passes::versions {

// Call, Method: false where it is left to the others.
bool translateInlined(Translator& t, const core::Instruction& i);

} // namespace krait::ir::passes::versions
