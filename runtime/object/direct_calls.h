// Calls that need no binding: a Python function that takes exactly the arguments
// given, and a builtin whose row says that they fit. Arguments are consumed.
#pragma once
#include "runtime/object/attribute_cache.h"
#include "runtime/object/call.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait {

template <class... A> inline Value enterFunction(FunctionObject* f, A... args) {
  return reinterpret_cast<Value (*)(FunctionObject*, A...)>(f->entry)(f, args...);
}

/// The class may drop the method while it runs: the call keeps it.
template <class... A> inline Value enterMethod(FunctionObject* f, Value self, A... args) {
  incref(self);
  Value held(&f->header);
  incref(held);
  Value result = enterFunction(f, self, args...);
  decref(held);
  return result;
}

/// What a function that `count` arguments by position leave with up to three defaults to take begins with them; null
/// if it is another case.
inline const Value* defaultsAfter(const FunctionObject* f, int32_t count) {
  const int32_t missing = f->arity - count;
  if (missing < 1 || missing > 3 || !f->defaults) return nullptr;
  auto* defaults = asTuple(f->defaults);
  return defaults->size >= missing && defaults->size <= f->arity ? defaults->items + (defaults->size - missing) : nullptr;
}
template <class... A> inline Value enterFilled(FunctionObject* f, const Value* defaults, A... args) {
  const auto missing = f->arity - static_cast<int32_t>(sizeof...(A));
  Value a = newRef(defaults[0]);
  if (missing == 1) return enterFunction(f, args..., a);
  Value b = newRef(defaults[1]);
  if (missing == 2) return enterFunction(f, args..., a, b);
  return enterFunction(f, args..., a, b, newRef(defaults[2]));
}

/// The function that a plain cache knows for the class of `o`, if the instance has no dict that could hide it; with
/// `count`, if it takes that many arguments.
inline FunctionObject* cachedMethod(Value o, const MethodCache* cache) {
  if (!o.isPointer()) return nullptr;
  const Layout* l = o.object()->layout;
  if (l != cache->layout || ownerOf(l)->version != cache->version) return nullptr;
  auto dictOffset = static_cast<int64_t>(cache->offset);
  if (dictOffset && *wordAt(o.object(), dictOffset)) return nullptr;
  return cache->found.as<FunctionObject>();
}
inline FunctionObject* cachedMethod(Value o, const MethodCache* cache, int32_t count) {
  auto* function = cachedMethod(o, cache);
  return function && function->arity == count + 1 ? function : nullptr;
}

/// A builtin with arguments by position.
template <class... A> inline Value callBuiltinDirectly(const MethodDef* def, Value callable, Value self, A... args) {
  Value words[] = {args..., Value()};
  Value result = callMethodDefByPosition(def, callable, self, words, sizeof...(A));
  (decref(args), ...);
  return result;
}

} // namespace krait
