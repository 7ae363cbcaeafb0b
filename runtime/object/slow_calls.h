// What the calls that leave the hot path share: slow_calls.cpp has calls of values, slow_methods.cpp those of
// methods by name, looked_up_calls.cpp those of methods that were loaded before.
#pragma once
#include "runtime/object/direct_calls.h"
#include "runtime/types/descriptors.h"

namespace krait {

constexpr char kWhileCalling[] = " while calling a Python object";

/// Calls `f` with consumed args.
Value callAny(Value f, Value* args, size_t count);
/// Calls a function with `self` in front; consumes args (the last of them named), not self.
Value callWithSelf(FunctionObject* f, Value self, Value* args, size_t count, Value names = {});

/// Calls of `f` with keywords look at their names and keep no reference to the tuple of them.
bool readsNamesOnly(Value f);

inline void dropWords(Value* args, size_t count) {
  for (size_t i = 0; i < count; ++i) decref(args[i]);
}
inline Value callBuiltin(const MethodDef* def, Value callable, Value self, Value* args, size_t count) {
  Value result = callMethodDefByPosition(def, callable, self, args, count);
  dropWords(args, count);
  return result;
}
/// The same where the last arguments are named by `names`, which is not empty. A level of recursion, as other calls with keywords.
Value callBuiltinNamed(const MethodDef* def, Value callable, Value self, Value* args, size_t count, Value names);

/// As compiled code calls a value.
inline Value callValue(Value f) {
  return krt_call0(f);
}
inline Value callValue(Value f, Value a) {
  return krt_call1(f, a);
}
inline Value callValue(Value f, Value a, Value b) {
  return krt_call2(f, a, b);
}
inline Value callValue(Value f, Value a, Value b, Value c) {
  return krt_call3(f, a, b, c);
}
inline Value callValue(Value f, Value a, Value b, Value c, Value d) {
  return krt_call4(f, a, b, c, d);
}

/// What the call slot of a type answers; a level of recursion, unless the type's calls are none.
template <class... A> inline Value callByType(const Type& type, Value f, A... args) {
  Value words[] = {args..., Value()};
  Value made;
  const RecursionLevels level(type.flags & kTypeFlatCall ? 0 : 1);
  if (level) made = type.call(f, Args{words, sizeof...(A), {}});
  (decref(args), ...);
  return made;
}

/// A call of a key or predicate with an item that its caller keeps anyway: what is no Python function only looks at it.
Value callKeptSlow(Value f, Value item);
inline Value callKept(Value f, Value item) {
  return f.isPointer() && f.object()->layout != &functionType.instanceLayout ? callKeptSlow(f, item) : krt_call1(f, newRef(item));
}
/// The same of an item that ends with the call.
Value callLastSlow(Value f, Owned item);
inline Value callLast(Value f, Owned item) {
  return f.isPointer() && f.object()->layout != &functionType.instanceLayout ? callLastSlow(f, item) : krt_call1(f, item);
}

} // namespace krait
