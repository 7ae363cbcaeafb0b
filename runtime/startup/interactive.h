// The read-eval-print loop of a program that is started as python3 -i.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// Runs the statements on standard input in `module`'s globals: None at its end, or null with a SystemExit.
Value runInteractively(Value module);

} // namespace krait
