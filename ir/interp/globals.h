// Global variables of code whose globals are a dict, with a cache per site.
#pragma once

#include "ir/interp/code.h"
#include "runtime/object/ref.h"

namespace krait::ir::interp {

// The value (owned), or null with a NameError raised. Fills the cache.
Value globalGetSlow(Value globals, Value name, GlobalCache& cache);

// The module's own value, borrowed, or null. Never raises.
inline Value globalPeek(Value globals, Value name) {
  const Value* word = dictWordOfName(globals, name);
  return word ? *word : Value();
}

// The value (owned), or null where the cache does not know it.
inline Value globalKnown(Value globals, const GlobalCache& cache) {
  const DictObject* d = asDict(globals);
  if (cache.globals != d || cache.globalsVersion != d->version) [[unlikely]] return Value();
  // The test of `__builtins__` comes first: it says that the builtins' dict is still there.
  if (cache.builtins && ((cache.builtinsWord && *cache.builtinsWord != cache.builtinsValue) ||
                         cache.builtins->version != cache.builtinsVersion)) [[unlikely]] return Value();
  return xnewRef(*cache.word);
}

} // namespace krait::ir::interp
