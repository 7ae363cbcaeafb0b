// Which functions are worth a copy of their body where they are called (codegen/lower/inlining.cpp).
#pragma once

#include "ir/core/function.h"

namespace krait::ir::analysis {

// So many operations make a body small; a function takes up so many of them from those it calls.
constexpr size_t kMaxInlinedOperations = 32, kMaxInlinedInAll = 400;

// A `def` or lambda with plain positional parameters: no loops, handlers, cells of its own or suspension, and small.
bool isInlinable(const core::Function& function);

size_t operationCount(const core::Function& function);

// A loop's generator is no larger than this to be done in the loop; all copies count for kMaxInlinedInAll.
constexpr size_t kMaxFusedOperations = 100;

// A generator function whose body can be done in the loop that goes over what it returns: no handlers, so that a loop that stops early only
// lets go of its locals; no cells of its own, `yield from`, or temporary that is live across a yield.
bool isFusible(const core::Function& function);

// Whether nothing but frame.leave ends or changes what the parameter is: it may be the caller's reference.
bool keepsParameter(const core::Function& function, uint32_t parameter);

} // namespace krait::ir::analysis
