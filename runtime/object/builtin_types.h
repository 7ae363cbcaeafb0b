// The builtin types that every program has.
#pragma once
#include "runtime/object/type.h"

namespace krait {

/// Completes all of them. Types are completed when first looked at; whoever lists objects expects to find them whole.
void readyAllBuiltinTypes();

} // namespace krait
