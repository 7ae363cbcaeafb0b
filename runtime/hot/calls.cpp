// Calls of Python functions with exactly as many positional arguments as they
// have parameters: straight to the machine entry.
#include "runtime/object/attribute_cache.h"
#include "runtime/types/function.h"

namespace krait {

namespace {

/// The function, if `f` is one that takes exactly `count` arguments by position.
inline FunctionObject* directly(Value f, int32_t count) {
  if (!f.isPointer() || f.object()->layout != &functionType.instanceLayout) return nullptr;
  auto* function = f.as<FunctionObject>();
  return function->arity == count ? function : nullptr;
}

template <class... A> inline Value enter(FunctionObject* f, A... args) {
  return reinterpret_cast<Value (*)(FunctionObject*, A...)>(f->entry)(f, args...);
}

/// The method that the cache knows for the class of `o`, if the instance has no dict that could hide it.
inline FunctionObject* cachedMethod(Value o, const MethodCache* cache, int32_t count) {
  if (!o.isPointer()) return nullptr;
  const Layout* l = o.object()->layout;
  if (l != cache->layout || ownerOf(l)->version != cache->version) return nullptr;
  auto dictOffset = static_cast<int64_t>(cache->offset);
  if (dictOffset && *wordAt(o.object(), dictOffset)) return nullptr;
  auto* function = cache->found.as<FunctionObject>();
  return function->arity == count + 1 ? function : nullptr;
}

/// The class may drop the method while it runs: the call keeps it.
template <class... A> inline Value enterMethod(FunctionObject* f, Value self, A... args) {
  incref(self);
  Value held(&f->header);
  incref(held);
  Value result = enter(f, self, args...);
  decref(held);
  return result;
}

} // namespace

extern "C" {

Value krt_call0(Value f) {
  if (auto* function = directly(f, 0)) [[likely]] return enter(function);
  return krt_call0_slow(f);
}
Value krt_call1(Value f, Owned a) {
  if (auto* function = directly(f, 1)) [[likely]] return enter(function, a);
  return krt_call1_slow(f, a);
}
Value krt_call2(Value f, Owned a, Owned b) {
  if (auto* function = directly(f, 2)) [[likely]] return enter(function, a, b);
  return krt_call2_slow(f, a, b);
}
Value krt_call3(Value f, Owned a, Owned b, Owned c) {
  if (auto* function = directly(f, 3)) [[likely]] return enter(function, a, b, c);
  return krt_call3_slow(f, a, b, c);
}
Value krt_call4(Value f, Owned a, Owned b, Owned c, Owned d) {
  if (auto* function = directly(f, 4)) [[likely]] return enter(function, a, b, c, d);
  return krt_call4_slow(f, a, b, c, d);
}

Value krt_method0(Value o, Value name, MethodCache* cache) {
  if (auto* function = cachedMethod(o, cache, 0)) [[likely]] return enterMethod(function, o);
  return krt_method0_slow(o, name, cache);
}
Value krt_method1(Value o, Value name, MethodCache* cache, Owned a) {
  if (auto* function = cachedMethod(o, cache, 1)) [[likely]] return enterMethod(function, o, a);
  return krt_method1_slow(o, name, cache, a);
}
Value krt_method2(Value o, Value name, MethodCache* cache, Owned a, Owned b) {
  if (auto* function = cachedMethod(o, cache, 2)) [[likely]] return enterMethod(function, o, a, b);
  return krt_method2_slow(o, name, cache, a, b);
}
Value krt_method3(Value o, Value name, MethodCache* cache, Owned a, Owned b, Owned c) {
  if (auto* function = cachedMethod(o, cache, 3)) [[likely]] return enterMethod(function, o, a, b, c);
  return krt_method3_slow(o, name, cache, a, b, c);
}

} // extern "C"

} // namespace krait
