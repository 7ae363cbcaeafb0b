// Calls that need no binding: a Python function that takes exactly the arguments
// given, and a builtin whose row says that they fit. Arguments are consumed.
#pragma once
#include "runtime/object/attribute_cache.h"
#include "runtime/object/call.h"
#include "runtime/types/function.h"

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

/// The function that a plain cache knows for the class of `o`, if it takes `count` arguments and the instance has no
/// dict that could hide it.
inline FunctionObject* cachedMethod(Value o, const MethodCache* cache, int32_t count) {
  if (!o.isPointer()) return nullptr;
  const Layout* l = o.object()->layout;
  if (l != cache->layout || ownerOf(l)->version != cache->version) return nullptr;
  auto dictOffset = static_cast<int64_t>(cache->offset);
  if (dictOffset && *wordAt(o.object(), dictOffset)) return nullptr;
  auto* function = cache->found.as<FunctionObject>();
  return function->arity == count + 1 ? function : nullptr;
}

/// A builtin with arguments by position.
template <class... A> inline Value callBuiltinDirectly(const MethodDef* def, Value callable, Value self, A... args) {
  Value words[] = {args..., Value()};
  Value result = callMethodDefByPosition(def, callable, self, words, sizeof...(A));
  (decref(args), ...);
  return result;
}

} // namespace krait
