// The __path__ of a namespace package.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// Over the directories `found` (a list) for the package `name`, which were looked for on `parentPath`
/// (null: sys.path). May run code, may raise.
Value newNamespacePath(Value name, Value found, Value parentPath);
/// Makes every namespace path look for its directories again when next read.
void invalidateNamespacePaths();

} // namespace krait
