// The import system: sys.modules, the finder for what is in the executable, and
// the protocol around them.
#pragma once
#include "runtime/abi/code.h"
#include "runtime/object/ref.h"

namespace krait {

struct CommandLine;

/// Fills in sys (argv, path, flags, streams). Called once, before any module runs.
int32_t initialiseSys(int argc, char** argv, const CommandLine& line, const ProgramInfo& program);
/// Makes `__main__` from its template and runs it: None, or null with the exception.
Value runMainModule(ModuleInfo* info);
/// True once shutdownModules has begun.
bool isFinalizing();
/// Clears modules in CPython's order at exit.
void shutdownModules();

/// import of an absolute dotted name: the module of that very name (owned).
Value importAbsolute(Value name);
/// builtins.__import__ itself.
Value importWithLevel(Value name, Value globals, Value fromlist, int64_t level);
/// A native module by name, made or found in sys.modules (owned); null without error if there is none.
Value importNative(const char* name);
/// ModuleSpec for a module (owned). origin and locations may be null.
Value newModuleSpec(Value name, Value loader, Value origin, Value locations);
/// The loader class and finder class of compiled modules.
extern Type compiledLoaderType, compiledFinderType, moduleSpecType;
Value compiledFinder();
/// `__spec__._initializing` of a module is true.
bool moduleIsInitializing(Value module);

} // namespace krait
