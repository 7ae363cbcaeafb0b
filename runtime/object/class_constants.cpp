// What sites learn that expect an instance's class to have a constant.
#include "runtime/object/attribute_cache.h"
#include "runtime/object/heap_type.h"

namespace krait {

/// Instances of classes made in Python, and modules, may be given to a class that has a __get__.
static bool neverBinds(const Type* t) { return !isHeapType(t) && t != &moduleType; }

Value krt_constant_peek_slow(Value o, Value name, AttrCache* cache) {
  const Value found = krt_attr_peek(o, name, cache);
  if (!o.isPointer()) return found;
  const Layout* l = o.object()->layout;
  if (cache->layout != markedLayout(l) || cache->offset != static_cast<uint64_t>(CacheKind::Plain)) {
    *cache = {}; // of other forms `offset` may be no place in an object
  } else if (found && cache->version && knownConstant(o, cache) == found && neverBinds(typeOf(found))) {
    const auto place = static_cast<uint32_t>(l->dictOffset ? l->dictOffset : offsetof(Object, layout));
    *cache = {.layout = l->dictOffset ? nullptr : l, .version = cache->version, .found = found, .offset = place};
  }
  return found;
}

} // namespace krait
