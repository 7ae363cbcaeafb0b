// o.name and o.name = v where the value is in the object at a known place.
#include "runtime/object/attribute_cache.h"
#include "runtime/object/first_store.h"
#include "runtime/object/ref.h"

namespace krait {

extern "C" {

Value krt_attr_get(Value o, Value name, AttrCache* cache) {
  if (knowsPlace(o, cache)) [[likely]]
    if (Value v = *knownPlace(o, cache)) [[likely]]
      return newRef(v);
  return krt_attr_get_slow(o, name, cache);
}

Value krt_attr_own(Value o, AttrCache* cache) { return knowsPlace(o, cache) ? *knownPlace(o, cache) : Value(); }

Value krt_attr_peek(Value o, Value name, AttrCache* cache) {
  if (!o.isPointer()) return {};
  if (knowsPlace(o, cache)) return *knownPlace(o, cache);
  if (knowsOfClass(o, cache) && isPlainValue(cache->found)) return cache->found;
  if (Value v = knownConstant(o, cache)) [[likely]] return v;
  return krt_attr_peek_slow(o, name, cache);
}

Value krt_constant_peek(Value o, Value name, AttrCache* cache) {
  return knowsConstant(o, cache) ? cache->found : krt_constant_peek_slow(o, name, cache);
}

/// One test for what is neither absent nor counted.
Value krt_attr_get_float(Value o, Value name, AttrCache* cache) {
  if (knowsPlace(o, cache)) [[likely]] {
    Value v = *knownPlace(o, cache);
    if (v.isImmediateFloat()) [[likely]] return v;
    if (v) return newRef(v);
  }
  return krt_attr_get_slow(o, name, cache);
}

int32_t krt_attr_set(Value o, Value name, Value v, AttrCache* cache) {
  if (knowsPlace(o, cache)) [[likely]] {
    Value* word = knownPlace(o, cache);
    // An empty word also has to be entered in the order, or the dict.
    if (Value old = *word) [[likely]] {
      incref(v);
      instanceHolds(o.object(), v);
      *word = v;
      decref(old);
      return 0;
    }
  }
  return krt_attr_set_slow(o, name, v, cache);
}

void krt_attr_holds(Value o, Value v) { instanceHolds(o.object(), v); }

int32_t krt_attr_init(Value o, Value name, Value v, AttrCache* cache) {
  if (knowsPlace(o, cache)) [[likely]]
    if (Value* word = knownPlace(o, cache); !*word && storeFirst(o.object(), word, v, cache)) [[likely]] return 0;
  return krt_attr_set_slow(o, name, v, cache);
}

} // extern "C"

} // namespace krait
