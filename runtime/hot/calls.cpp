// Calls of Python functions with exactly as many positional arguments as they
// have parameters: straight to the machine entry.
#include "runtime/object/cached_properties.h"
#include "runtime/object/heap_type.h"

namespace krait {

namespace {

/// The function, if `f` is one that takes exactly `count` arguments by position.
inline FunctionObject* directly(Value f, int32_t count) {
  if (!f.isPointer() || f.object()->layout != &functionType.instanceLayout) return nullptr;
  auto* function = f.as<FunctionObject>();
  return function->arity == count ? function : nullptr;
}

/// Of an object of that layout the cache knows what is behind `type`.
inline bool knowsSuperOf(const Layout* l, Value type, const MethodCache* cache) {
  return l == cache->layout && ownerOf(l)->version == cache->version && type.bits == cache->offset;
}
/// The cache knows what super(type, self) finds, and `callee` is the builtin.
inline bool knowsSuper(Value callee, Value type, Value self, const MethodCache* cache) {
  if (callee != asValue(&superType) || !self || !self.isPointer()) return false;
  return knowsSuperOf(self.object()->layout, type, cache);
}

} // namespace

extern "C" {

Value krt_call0(Value f) {
  if (auto* function = directly(f, 0)) [[likely]] return enterFunction(function);
  return krt_call0_slow(f);
}
Value krt_call1(Value f, Owned a) {
  if (auto* function = directly(f, 1)) [[likely]] return enterFunction(function, a);
  return krt_call1_slow(f, a);
}
Value krt_call2(Value f, Owned a, Owned b) {
  if (auto* function = directly(f, 2)) [[likely]] return enterFunction(function, a, b);
  return krt_call2_slow(f, a, b);
}
Value krt_call3(Value f, Owned a, Owned b, Owned c) {
  if (auto* function = directly(f, 3)) [[likely]] return enterFunction(function, a, b, c);
  return krt_call3_slow(f, a, b, c);
}
Value krt_call4(Value f, Owned a, Owned b, Owned c, Owned d) {
  if (auto* function = directly(f, 4)) [[likely]] return enterFunction(function, a, b, c, d);
  return krt_call4_slow(f, a, b, c, d);
}

FunctionObject* krt_known_function(Value f) {
  if (!f.isPointer() || f.object()->layout != &functionType.instanceLayout) [[unlikely]] return nullptr;
  return f.as<FunctionObject>();
}
FunctionObject* krt_known_method(Value o, Value name) {
  if (auto* function = knownMethod(o, name)) [[likely]] return function;
  return krt_known_method_slow(o, name);
}
FunctionObject* krt_known_super(Value type, Value o, Value name, MethodCache* cache, int32_t isClass) {
  if (o.isPointer() && knowsSuperOf(isClass ? &o.as<Type>()->instanceLayout : o.object()->layout, type, cache)) [[likely]] return cache->found.as<FunctionObject>();
  return krt_known_super_slow(type, o, name, cache, isClass);
}
FunctionObject* krt_known_static(Value o, Value name, MethodCache* cache, int32_t takesClass) {
  if (o.isPointer() && knowsOfClass(o, cache)) [[likely]] return functionWithin(cache->found, takesClass);
  return krt_known_static_slow(o, name, cache, takesClass);
}
FunctionObject* krt_known_operator(Value left, Value right, Value name) {
  if (!left.isPointer()) [[unlikely]] return nullptr;
  const Layout* l = left.object()->layout;
  if (right.isPointer() && right.object()->layout != l)
    if (const Type* t = right.object()->layout->type; isHeapType(t) && isSubtype(t, l->type)) [[unlikely]] return nullptr;
  if (auto* function = knownMethodOf(l->type, name)) [[likely]] return function;
  return krt_known_of_class_slow(asValue(l->type), name);
}
FunctionObject* krt_known_of_class(Value cls, Value name) {
  if (auto* function = knownMethodOf(cls.as<Type>(), name)) [[likely]] return function;
  return krt_known_of_class_slow(cls, name);
}
FunctionObject* krt_known_getter(Value o, Value name, AttrCache* cache) {
  if (auto* getter = cachedGetter(o, cache)) [[likely]] return getter;
  return knowsPlace(o, cache) ? nullptr : krt_known_getter_slow(o, name, cache);
}
FunctionObject* krt_known_setter(Value o, Value name, AttrCache* cache) {
  if (auto* setter = cachedSetter(o, cache)) [[likely]] return setter;
  return knowsPlace(o, cache) ? nullptr : krt_known_setter_slow(o, name, cache);
}
FunctionObject* krt_known_init(Value f) {
  if (!f.isPointer()) [[unlikely]] return nullptr;
  Type* t = f.as<Type>();
  if (f.object()->layout != &typeType.instanceLayout || !isHeapType(t) || asHeap(t)->initVersion != t->version) [[unlikely]] return krt_known_init_slow(f);
  return reinterpret_cast<FunctionObject*>(asHeap(t)->plainInit);
}
int32_t krt_class_fits(Value cls, Shape* shape) {
  if (shape->methods) return krt_class_fits_slow(cls, shape);
  const HeapType* t = asHeap(cls.as<Type>());
  if (!t->onlyWords || t->finalize) [[unlikely]] return 0; // who is never made would never be finalised
  if (reinterpret_cast<const uint64_t*>(&t->instanceLayout)[shape->where] == shape->family) [[likely]] return 1;
  return krt_class_fits_slow(cls, shape);
}

Value krt_super_load(Value callee, Value type, Value self, Value name, MethodCache* cache, Slot out) {
  if (knowsSuper(callee, type, self, cache)) [[likely]] {
    *out = newRef(self);
    return newRef(cache->found);
  }
  return krt_super_load_slow(callee, type, self, name, cache, out);
}
Value krt_super_load_of(Value callee, Value type, Value self, Value name, MethodCache* cache, Slot out) {
  if (knowsSuper(callee, type, self, cache)) [[likely]] {
    *out = newRef(self);
    return newRef(cache->found);
  }
  return krt_super_load_of_slow(callee, type, self, name, cache, out);
}

Value krt_method0(Value o, Value name, MethodCache* cache) {
  if (auto* function = knownMethod(o, name, 0)) [[likely]] return enterMethod(function, o);
  return krt_method0_slow(o, name, cache);
}
Value krt_method1(Value o, Value name, MethodCache* cache, Owned a) {
  if (auto* function = knownMethod(o, name, 1)) [[likely]] return enterMethod(function, o, a);
  return krt_method1_slow(o, name, cache, a);
}
Value krt_method2(Value o, Value name, MethodCache* cache, Owned a, Owned b) {
  if (auto* function = knownMethod(o, name, 2)) [[likely]] return enterMethod(function, o, a, b);
  return krt_method2_slow(o, name, cache, a, b);
}
Value krt_method3(Value o, Value name, MethodCache* cache, Owned a, Owned b, Owned c) {
  if (auto* function = knownMethod(o, name, 3)) [[likely]] return enterMethod(function, o, a, b, c);
  return krt_method3_slow(o, name, cache, a, b, c);
}

Value krt_method_load(Value o, Value name, MethodCache* cache, Slot self) {
  if (auto* function = knownMethod(o, name)) [[likely]] {
    *self = newRef(o);
    return newRef(Value(&function->header));
  }
  if (o.isPointer() && isBuiltinCache(cache, o.object()->layout)) [[likely]] {
    *self = newRef(o);
    return newRef(cache->found);
  }
  return krt_method_load_slow(o, name, cache, self);
}

Value krt_method_call0(Value f, Owned self) {
  if (auto* function = directly(f, 1); function && self) [[likely]] return enterFunction(function, self);
  return krt_method_call0_slow(f, self);
}
Value krt_method_call1(Value f, Owned self, Owned a) {
  if (auto* function = directly(f, 2); function && self) [[likely]] return enterFunction(function, self, a);
  return krt_method_call1_slow(f, self, a);
}
Value krt_method_call2(Value f, Owned self, Owned a, Owned b) {
  if (auto* function = directly(f, 3); function && self) [[likely]] return enterFunction(function, self, a, b);
  return krt_method_call2_slow(f, self, a, b);
}
Value krt_method_call3(Value f, Owned self, Owned a, Owned b, Owned c) {
  if (auto* function = directly(f, 4); function && self) [[likely]] return enterFunction(function, self, a, b, c);
  return krt_method_call3_slow(f, self, a, b, c);
}

Value krt_bound_call0(Value o, Value function) {
  if (auto* f = directly(function, 1)) [[likely]] return enterMethod(f, o);
  return krt_bound_call0_slow(o, function);
}
Value krt_bound_call1(Value o, Value function, Owned a) {
  if (auto* f = directly(function, 2)) [[likely]] return enterMethod(f, o, a);
  return krt_bound_call1_slow(o, function, a);
}
Value krt_bound_call2(Value o, Value function, Owned a, Owned b) {
  if (auto* f = directly(function, 3)) [[likely]] return enterMethod(f, o, a, b);
  return krt_bound_call2_slow(o, function, a, b);
}
Value krt_bound_call3(Value o, Value function, Owned a, Owned b, Owned c) {
  if (auto* f = directly(function, 4)) [[likely]] return enterMethod(f, o, a, b, c);
  return krt_bound_call3_slow(o, function, a, b, c);
}

} // extern "C"

} // namespace krait
