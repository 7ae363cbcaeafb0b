// Tracebacks of a module that was started by -m: CPython runs it by its module runpy, whose frames stand before the module's own.
#pragma once
#include "runtime/abi/code.h"

namespace krait {

/// Gives the pending exception of `program` (started by -m) the traceback entries of CPython's runpy.
void addRunpyEntries(const ModuleInfo* program);

} // namespace krait
