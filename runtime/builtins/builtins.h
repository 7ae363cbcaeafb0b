// The builtins module as other rooms see it.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// One word per row of abi/builtins.def, in that order; compiled code addresses them.
extern "C" Value krt_builtin_cells[];

/// The module and its dict (split over krt_builtin_cells); made on first use, borrowed.
Value builtinsModule();
Value builtinsDict();
/// The original function object behind builtins.__import__ (borrowed).
Value builtinImportFunction();

} // namespace krait
