// Constants of the IR as Python values.
#pragma once

#include "ir/core/constant.h"
#include "runtime/object/ref.h"

namespace krait::ir::interp {

// A new reference, or null with MemoryError or ValueError (digits) raised. `element(self, id)` gives what a tuple or
// frozenset holds: borrowed, or null with an error. Not for constants of kind Code.
Value constantValue(const core::Constant& c, Value (*element)(void* self, core::ConstantId id), void* self);

} // namespace krait::ir::interp
