// What the builtins module holds when a program starts.
#pragma once
#include "runtime/abi/value.h"

namespace krait {

/// Whether this is the object that a builtin name means at first. `name`: interned.
bool isFirstBuiltin(Value v, Value name);

} // namespace krait
