// Modules that are in the executable: compiled templates and native modules.
#pragma once
#include "runtime/abi/sections.h"
#include "runtime/object/ref.h"

namespace krait {

/// The template of a dotted name, or null.
ModuleInfo* findTemplate(Value name);
const NativeModule* findNative(Value name);
/// Whether a module of this name is in the executable as compiled code.
bool isCompiledIn(Value name);
/// A Python module, found and loaded: null without error if neither the executable nor (with an engine) a source
/// file on `path` (null: sys.path) provides it.
Value loadCompiled(Value name, Value path);
/// Runs a template's body in the first instance's globals. `module` has its attributes set.
int32_t runTemplate(ModuleInfo* info, Value module);
/// A module object over a template, with __name__, __spec__, __file__ and so on.
Value newTemplateModule(ModuleInfo* info, Value name);
/// The same for a source file that is not compiled in: `path` is a str. Its code has not run.
Value newSourceModule(Value name, Value path, bool isPackage);
/// A native module, found and loaded: null without error if the executable has none of this name.
Value loadBuiltin(Value name);
/// The class that finds and loads native modules.
Value builtinImporter();
/// Native modules every program has (sys, builtins, …): modules/modules.def; null if the name is none.
const NativeModule* findCoreNative(const char* name);
/// The embedded source text (str), or null without error.
Value templateSource(ModuleInfo* info);

} // namespace krait
