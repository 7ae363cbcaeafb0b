// ModuleSpec as modules have it before importlib is loaded.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

extern Type moduleSpecType;
/// Of a module (owned). origin and locations may be null.
Value newModuleSpec(Value name, Value loader, Value origin, Value locations);
/// Of a module that CPython carries frozen, whose source is at `path`.
Value newFrozenSpec(Value name, Value path);
void specSetCached(Value spec, Value cached);
/// `__package__` of a module of this name (owned).
Value parentPackage(Value name, bool isPackage);
/// Says in the module's spec, of whatever class, that its body runs or has run.
void setInitializing(Value module, bool on);

} // namespace krait
