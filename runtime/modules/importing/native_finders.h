// What sys.meta_path holds until importlib is loaded (borrowed).
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// The class that finds what is compiled in, and source files.
Value compiledFinder();
/// The class that finds and loads native modules.
Value builtinImporter();
/// The class that finds and loads what CPython carries frozen.
Value frozenImporter();
/// The source file (owned) of a module that CPython carries frozen, by its name; null without error if it is none.
Value frozenFile(Value name);

} // namespace krait
