// The first store of an attribute in a new instance.
#pragma once
#include "runtime/object/attribute_cache.h"
#include "runtime/object/loose_instances.h"

namespace krait {

constexpr unsigned kSlotShift = 32; // of AttrCache::offset

/// Stores into an empty word of an instance without a dict; false if it is not that simple.
inline bool storeFirst(Object* o, Value* word, Value v, const AttrCache* cache) {
  const uint64_t slotPlusOne = cache->offset >> kSlotShift & 0xff;
  if (slotPlusOne) {
    if (*wordAt(o, kPrefixDictOffset)) [[unlikely]] return false;
    Value* order = word - slotPlusOne;
    orderAppend(o, order, slotPlusOne - 1);
  }
  incref(v);
  instanceHolds(o, v);
  *word = v;
  return true;
}

} // namespace krait
