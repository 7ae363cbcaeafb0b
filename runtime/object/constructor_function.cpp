// `T.__new__` of a builtin type: a builtin function bound to the type, whose first
// argument is the class to make an instance of.
#include "runtime/modules/importing/guest_hooks.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/descriptors.h"

namespace krait {

namespace {

Value constructorCall(Value self, const Args& args) {
  Type* type = self.as<Type>();
  if (args.count < 1) return raise(TypeErrorType, "%s.__new__(): not enough arguments", type->name);
  if (!hasTypeFlag(args[0], kTypeType))
    return raise(TypeErrorType, "%s.__new__(X): X is not a type object (%s)", type->name, typeOf(args[0])->name);
  Type* sub = args[0].as<Type>();
  if (!(sub->flags & kTypeReady)) typeReady(sub);
  if (!isSubtype(sub, type))
    return raise(TypeErrorType, "%s.__new__(%s): %s is not a subtype of %s", type->name, sub->name, sub->name, type->name);
  // object.__new__(dict) would make half a dict: the nearest builtin must construct in the same way.
  Type* builtin = sub;
  while (builtin && isHeapType(builtin)) builtin = builtin->base;
  const Args rest{args.values + 1, args.count - 1, args.names};
  if (builtin && builtin->construct != type->construct) {
    Value made = makeBareInGuest(type, sub, rest);
    if (made || errorSet()) return made;
    const Type* maker = sub; // the nearest class without a __new__ in Python
    while (maker->construct == slotConstruct) maker = maker->base;
    return raise(TypeErrorType, "%s.__new__(%s) is not safe, use %s.__new__()", type->name, sub->name, maker->name);
  }
  return type->construct(sub, rest);
}

constexpr MethodDef definition = {"__new__", constructorCall, "($type, *args, **kwargs)"};

} // namespace

Value newConstructorFunction(Type* t) { return newBuiltinFunction(&definition, asValue(t), Value()); }

bool isConstructorFunction(Value v) {
  return isExact(v, builtinFunctionType) && v.as<BuiltinFunctionObject>()->def == &definition;
}

Value makePlainly(Value found, Value cls, bool& done) {
  if (!isConstructorFunction(found) || found.as<BuiltinFunctionObject>()->self != asValue(&objectType) || eventsActive) return {};
  if (!hasTypeFlag(cls, kTypeType)) return {};
  Type* t = cls.as<Type>();
  if (!isHeapType(t) || asHeap(t)->builtinBase != &objectType || !(t->flags & kTypeReady)) return {};
  done = true;
  return objectType.construct(t, Args{nullptr, 0, {}});
}

} // namespace krait
