// sys.get_asyncgen_hooks and sys.set_asyncgen_hooks.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

Value getAsyncGenHooks(Value module);
/// argv: firstiter, finalizer; null where omitted.
Value setAsyncGenHooks(Value module, const Value* argv);

} // namespace krait
