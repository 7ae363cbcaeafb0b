// sys.path_hooks: who finds modules at an entry of sys.path, where it is not for Krait's own finder.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// The initial list (owned): a hook for zip archives and one for directories; null with an error.
Value newPathHooks();
/// The one of them that is for directories (borrowed).
Value directoryPathHook();
/// The spec (owned) that the importer of an entry of `path` (null: sys.path) has for `name`; null without error: none.
/// Entries that are directories are left to the finder, unless somebody's own hook takes them.
Value findByPathHooks(Value name, Value path);

} // namespace krait
