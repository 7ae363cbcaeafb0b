// o.name and o.name = v where the value is in the object at a known place.
#include "runtime/object/attribute_cache.h"
#include "runtime/object/ref.h"

namespace krait {

namespace {

/// The cache knows where in `o` the value is.
inline bool applies(Value o, const AttrCache* cache) {
  if (!o.isPointer()) return false;
  const Layout* l = o.object()->layout;
  return l == cache->layout && ownerOf(l)->version == cache->version;
}
inline Value* cachedWord(Value o, const AttrCache* cache) { return wordAt(o.object(), static_cast<int64_t>(cache->offset)); }

} // namespace

extern "C" {

Value krt_attr_get(Value o, Value name, AttrCache* cache) {
  if (applies(o, cache)) [[likely]]
    if (Value v = *cachedWord(o, cache)) [[likely]]
      return newRef(v);
  return krt_attr_get_slow(o, name, cache);
}

/// One test for what is neither absent nor counted.
Value krt_attr_get_float(Value o, Value name, AttrCache* cache) {
  if (applies(o, cache)) [[likely]] {
    Value v = *cachedWord(o, cache);
    if (v.isImmediateFloat()) [[likely]] return v;
    if (v) return newRef(v);
  }
  return krt_attr_get_slow(o, name, cache);
}

int32_t krt_attr_set(Value o, Value name, Value v, AttrCache* cache) {
  if (applies(o, cache)) [[likely]] {
    Value* word = cachedWord(o, cache);
    // An empty word also has to be entered in the order, or the dict.
    if (Value old = *word) [[likely]] {
      incref(v);
      *word = v;
      decref(old);
      return 0;
    }
  }
  return krt_attr_set_slow(o, name, v, cache);
}

} // extern "C"

} // namespace krait
