// Bound methods.
#include <cstddef>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/call.h"
#include "runtime/object/names.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

MethodObject* asMethod(Value v) { return v.as<MethodObject>(); }

void clearMethod(Object* o) {
  auto* m = reinterpret_cast<MethodObject*>(o);
  clear(m->function);
  clear(m->self);
}

void deallocMethod(Object* o) {
  gcUntrack(o);
  if (reinterpret_cast<MethodObject*>(o)->weakrefs) clearWeakrefs(o);
  clearMethod(o);
  releaseObject(o);
}

int traverseMethod(Object* o, Visit visit, void* context) {
  auto* m = reinterpret_cast<MethodObject*>(o);
  if (int stop = visit(m->function, context)) return stop;
  return visit(m->self, context);
}

Value callMethodObject(Value self, const Args& args) {
  constexpr size_t kInline = 12;
  uint64_t inlineSpace[kInline]; // not cleared
  size_t total = args.count + args.nameCount() + 1;
  auto* words = reinterpret_cast<Value*>(inlineSpace);
  if (total > kInline) words = static_cast<Value*>(allocateZeroed(total * sizeof(Value)));
  if (!words) return Value();
  Ref function = Ref::share(asMethod(self)->function), receiver = Ref::share(asMethod(self)->self);
  words[0] = receiver;
  for (size_t i = 1; i < total; ++i) words[i] = args.values[i - 1];
  Value result = call(function, Args{words, args.count + 1, args.names});
  if (total > kInline) deallocate(words);
  return result;
}

/// Attributes of the method type first, all others are the function's.
Value getAttribute(Value self, Value name) {
  typeReady(&methodType);
  if (Value found = typeLookup(&methodType, name)) {
    Ref descriptor = Ref::share(found);
    typeReady(typeOf(found));
    TernaryFn get = typeOf(found)->descrGet;
    return get ? get(descriptor, self, asValue(&methodType)) : descriptor.release();
  }
  return getAttr(asMethod(self)->function, name);
}

Value reprMethod(Value self) {
  MethodObject* m = asMethod(self);
  Ref name(getAttrOptional(m->function, NAME(__qualname__)));
  if (!name && !errorSet()) name.reset(getAttrOptional(m->function, NAME(__name__)));
  if (errorSet()) return Value();
  if (name && isStr(name)) return formatText("<bound method %U of %R>", name.get(), m->self);
  return formatText("<bound method ? of %R>", m->self);
}

int64_t hashMethod(Value self) {
  int64_t function = hash(asMethod(self)->function);
  if (function == -1) return -1;
  uint64_t word = asMethod(self)->self.bits;
  auto result = static_cast<int64_t>(((word >> 4) | (word << 60)) ^ static_cast<uint64_t>(function));
  return result == -1 ? -2 : result;
}

Value compareMethods(Value a, Value b, int op) {
  if ((op != kEq && op != kNe) || !isExact(a, methodType) || !isExact(b, methodType)) return notImplemented();
  int32_t same = equal(asMethod(a)->function, asMethod(b)->function);
  if (same < 0) return Value();
  if (same) same = asMethod(a)->self == asMethod(b)->self;
  return boolean((op == kEq) == (same != 0));
}

Value construct(Type*, const Args& args) {
  if (checkPositional("method", args, 2, 2) < 0) return Value();
  if (!isCallable(args[0])) return raise(TypeErrorType, "first argument must be callable");
  if (isNone(args[1])) return raise(TypeErrorType, "instance must not be None");
  return newMethod(args[0], args[1]);
}

Value getDoc(Value self, void*) { return getAttr(asMethod(self)->function, NAME(__doc__)); }

Value reduce(Value self) {
  Ref module(importModule("builtins"));
  Ref getter(module ? getAttr(module, "getattr") : Value());
  Ref name(getter ? getAttr(asMethod(self)->function, NAME(__name__)) : Value());
  Ref arguments(name ? newTuple({asMethod(self)->self, name}) : Value());
  return arguments ? newTuple({getter, arguments}) : Value();
}

const MethodDef methods[] = {{"__reduce__", reduce}, {}};
const GetSetDef attributes[] = {{"__doc__", getDoc}, {}};
const MemberDef members[] = {
    {"__func__", MemberKind::Object, offsetof(MethodObject, function), true},
    {"__self__", MemberKind::Object, offsetof(MethodObject, self), true},
    {},
};

} // namespace

constinit Type methodType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "method",
    .base = &objectType,
    .flags = kTypeOwnSetAttr,
    .instanceLayout = {.type = &methodType, .size = sizeof(MethodObject), .flags = kLayoutGc,
                       .weakOffset = offsetof(MethodObject, weakrefs)},
    .dealloc = deallocMethod,
    .traverse = traverseMethod,
    .clear = clearMethod,
    .repr = reprMethod,
    .hash = hashMethod,
    .call = callMethodObject,
    .getAttr = getAttribute,
    .setAttr = genericSetAttr,
    .compare = compareMethods,
    .construct = construct,
    .methods = methods,
    .getset = attributes,
    .members = members,
    .constructorSignature = "(function, instance, /)",
};

Value newMethod(Value function, Value self) {
  // Bound methods come and go: calls of what is no plain method, `with`.
  auto* m = newObjectOf<MethodObject>(methodType);
  m->function = newRef(function);
  m->self = newRef(self);
  gcTrackNew(&m->header);
  return Value(&m->header);
}

} // namespace krait
