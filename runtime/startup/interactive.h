// The read-eval-print loop of a program that is started as python3 -i.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// Runs the statements on standard input in `module`'s globals: None at its end, or null with a SystemExit. `greets`: it says
/// what it is first, unless -q forbids that.
Value runInteractively(Value module, bool greets);

} // namespace krait
