// Modules that are in the executable: compiled templates and native modules.
#pragma once
#include "runtime/abi/sections.h"
#include "runtime/object/ref.h"

namespace krait {

/// Called once, before anything is imported.
void noteProgramStart();
/// The same in a library: what was compiled counts, whatever becomes of its source files.
void trustCompiledModules();
/// Whether the module's file was written after the program began, most likely by the program: then its text counts, if the
/// executable can run text. The standard library is not asked.
bool isRewritten(const ModuleInfo* info);
/// The template of a dotted name, or null; null, too, if it was rewritten.
ModuleInfo* findTemplate(Value name);
/// The same for a module that is looked for in `path`, its package's `__path__` (null: at the top level): null, too, if
/// it was compiled from another folder. Packages may say that their modules come from elsewhere.
ModuleInfo* findTemplate(Value name, Value path);
/// The folders that a package without an `__init__.py` has had, as far as modules of it are compiled in: a list (owned), empty if none is. Those
/// inside a package (`path`: its `__path__`; null: at the top level) are inside its folders: what stood elsewhere, somebody else serves.
Value compiledFolders(Value name, Value path);
/// The same, or those that are on `path` now (null: sys.path), which come first: null without error if it is no such package.
Value findFolders(Value name, Value path);
const NativeModule* findNative(Value name);
/// A Python module, found and loaded: null without error if neither the executable nor (with an engine) a source
/// file on `path` (null: sys.path) provides it.
Value loadCompiled(Value name, Value path);
/// Levels of recursion between exec_module and a module's code in CPython: _call_with_frames_removed, exec.
constexpr int32_t kExecLevels = 2;
/// Runs a template's body in the first instance's globals. `module` has its attributes set.
int32_t runTemplate(ModuleInfo* info, Value module);
/// A module object over a template, with __name__, __spec__, __file__ and so on.
Value newTemplateModule(ModuleInfo* info, Value name);
/// The same with __name__ and __doc__ alone.
Value newBareTemplateModule(ModuleInfo* info, Value name);
/// Whether runTemplate can run it in this module: its instance, or a fresh module if it has none yet.
bool canRunTemplate(ModuleInfo* info, Value module);
/// The same for a file whose text is to run: `path` is a str, `info` what was compiled of it or null. Its code has not run.
Value newSourceModule(Value name, Value path, bool isPackage, ModuleInfo* info);
/// Runs text in a module, by the engine: ImportError if there is none.
int32_t runModuleSource(Value source, Value path, Value module);
/// The directory part of a path (str), owned.
Value directoryOf(Value path);
/// Gives the globals of a `__main__` the names that only it has, in their place.
int32_t addMainNames(Value dict);
/// Gives a module what the import system says of those that are built in.
int32_t describeBuiltin(Value module, Value name);
/// A native module, found and loaded: null without error if the executable has none of this name.
Value loadBuiltin(Value name);
/// Native modules every program has (sys, builtins, …): modules/modules.def; null if the name is none.
const NativeModule* findCoreNative(const char* name);
/// The embedded source text (str), or null without error.
Value templateSource(ModuleInfo* info);
/// The same as it stands in the file (bytes).
Value templateSourceBytes(ModuleInfo* info);

} // namespace krait
