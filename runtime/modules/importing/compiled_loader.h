// The loader of modules that were found without importlib.
#pragma once
#include "runtime/abi/code.h"
#include "runtime/object/ref.h"

namespace krait {

extern Type compiledLoaderType;
/// Of the module `name` in the file `path`; `info` null: found as source at run time (owned).
Value newLoader(Value name, Value path, ModuleInfo* info);

} // namespace krait
