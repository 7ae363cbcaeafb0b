// What sys.meta_path holds until importlib is loaded (both borrowed).
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// The class that finds what is compiled in, and source files.
Value compiledFinder();
/// The class that finds and loads native modules.
Value builtinImporter();

} // namespace krait
