#include "runtime/object/cached_properties.h"
#include "runtime/object/errors.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slot_functions.h"

namespace krait {

bool hasSimpleGetter(Value found) {
  if (!isExact(found, propertyType)) return false;
  Value getter = found.as<PropertyObject>()->getter;
  return getter && isFunction(getter);
}

bool hasSimpleSetter(Value found) {
  if (!isExact(found, propertyType)) return false;
  Value setter = found.as<PropertyObject>()->setter;
  return setter && isFunction(setter) && setter.as<FunctionObject>()->arity == 2;
}

FunctionObject* methodOfDescriptor(Value descriptor, Value name) {
  const Type* t = typeOf(descriptor);
  if (!isHeapType(t) || (name == NAME(__get__) ? t->descrGet != slot_generics::descrGetGeneric : t->descrSet != slot_generics::descrSetGeneric)) return nullptr;
  FunctionObject* f = krt_known_of_class(asValue(t), name);
  return f && f->arity == 3 ? f : nullptr;
}

/// The class's `__getattr__` was looked up before the getter ran, and is asked if that raises AttributeError.
[[gnu::cold, gnu::noinline]] static Value getterFailed(Value o, Value name, Value hook) {
  Value v;
  if (hook && errorClearIf(AttributeErrorType)) v = callUnbound(hook, o, &name, 1);
  if (!v) errorSetAttributeContext(o, name);
  return v;
}

Value enterGetter(FunctionObject* f, Value o, Value name) {
  Value v = enterMethod(f, o);
  if (!v) [[unlikely]] errorSetAttributeContext(o, name);
  return v;
}

Value getOfField(const GetSetDef* def, Value o, Value name) {
  Value v = def->get(o, def->closure);
  if (!v) [[unlikely]] errorSetAttributeContext(o, name);
  return v;
}

int32_t enterSetter(FunctionObject* f, Value o, Value v) {
  Value result = enterMethod(f, o, newRef(v));
  if (!result) [[unlikely]] return -1;
  decref(result);
  return 0;
}

Value getOfProperty(const PropertyObject* p, Value o, Value name, const AttrCache* cache) {
  Value getter = p->getter;
  if (!getter) [[unlikely]] return {};
  const Value hook(cache->offset & ~kCacheKindMask);
  xincref(hook);
  auto* f = isFunction(getter) ? getter.as<FunctionObject>() : nullptr;
  Value v = f && f->arity == 1 ? enterMethod(f, o) : call(Ref::share(getter), {o});
  if (!v) [[unlikely]] v = getterFailed(o, name, hook);
  xdecref(hook);
  return v;
}

} // namespace krait
