#include "ir/interp/globals.h"

#include "runtime/object/module_cells.h"
#include "runtime/object/names.h"

namespace krait::ir::interp {

Value globalGetSlow(Value globals, Value name, GlobalCache& cache) {
  Value v = krt_dict_global_get(globals, name);
  if (!v || !isExactDict(globals)) return v;
  cache = GlobalCache{};
  DictObject* d = asDict(globals);
  Value* word = dictWordOfName(globals, name);
  if (!word || !*word) {
    if (!d->strKeysOnly) return v;
    Value builtins = builtinsOf(globals);
    if (!builtins || !isExactDict(builtins)) return v;
    word = dictWordOfName(builtins, name);
    if (!word || !*word) return v;
    cache.builtins = asDict(builtins);
    cache.builtinsVersion = cache.builtins->version;
    cache.builtinsWord = dictWordOfName(globals, NAME(__builtins__));
    if (cache.builtinsWord) cache.builtinsValue = *cache.builtinsWord;
  }
  cache.word = word;
  cache.globals = d;
  cache.globalsVersion = d->version;
  return v;
}

} // namespace krait::ir::interp
