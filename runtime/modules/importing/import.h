// The import system: sys.modules, the finder for what is in the executable, and
// the protocol around them.
#pragma once
#include "runtime/abi/code.h"
#include "runtime/object/ref.h"

namespace krait {

struct CommandLine;

/// Fills in sys (argv, path, flags, streams). Called once, before any module runs.
int32_t initialiseSys(int argc, char** argv, const CommandLine& line, const ProgramInfo& program);
/// Makes `__main__` from its template and runs it: None, or null with the exception. `isFound`: by its name, as runpy finds -m's module
/// or a folder's __main__, which knows how it was found; a script does not.
Value runMainModule(ModuleInfo* info, bool isFound);
/// True once shutdownModules has begun.
bool isFinalizing();
/// gc.collect(): the number of unreachable objects.
int64_t collectEverything();
/// Clears modules in CPython's order at exit, sys last; before that it flushes the standard streams: -1 if that failed.
int32_t shutdownModules();

/// After a module's body ran: what sys.modules has under the name (owned; the body may have replaced it), now in the place of
/// the last one completed. KeyError if it took itself out.
Value completeLoading(Value name);
/// import of an absolute dotted name: the module of that very name (owned).
Value importAbsolute(Value name);
/// builtins.__import__ itself.
Value importWithLevel(Value name, Value globals, Value fromlist, int64_t level);
/// A native module by name, made or found in sys.modules (owned); null without error if there is none.
Value importNative(const char* name);
/// From now on importlib's `_find_and_load` and `_gcd_import` import what is not in sys.modules. `files` (tuple): of the code
/// whose frames are no business of who imports something.
void importByImportlib(Value findAndLoad, Value gcdImport, Value files);
/// `__spec__._initializing` of a module is true.
bool moduleIsInitializing(Value module);

} // namespace krait
