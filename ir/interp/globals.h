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

inline Value globalGet(Value globals, Value name, GlobalCache& cache) {
  const DictObject* d = asDict(globals);
  if (cache.globals == d && cache.globalsVersion == d->version) [[likely]] {
    // The test of `__builtins__` comes first: it says that the builtins' dict is still there.
    bool good = !cache.builtins || ((!cache.builtinsWord || *cache.builtinsWord == cache.builtinsValue) &&
                                    cache.builtins->version == cache.builtinsVersion);
    if (good && *cache.word) [[likely]] {
      incref(*cache.word);
      return *cache.word;
    }
  }
  return globalGetSlow(globals, name, cache);
}

} // namespace krait::ir::interp
