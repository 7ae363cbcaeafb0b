// classmethod and staticmethod.
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"

namespace krait {

namespace {

MethodWrapObject* wrap(Value v) { return v.as<MethodWrapObject>(); }

void wrapDealloc(Object* o) {
  gcUntrack(o);
  xdecref(wrap(o)->callable);
  xdecref(wrap(o)->dict);
  freeObject(o);
}
int wrapTraverse(Object* o, Visit visit, void* context) {
  if (int stop = visit(wrap(o)->callable, context)) return stop;
  return visit(wrap(o)->dict, context);
}
void wrapClear(Object* o) {
  clear(wrap(o)->callable);
  clear(wrap(o)->dict);
}

Value wrapNew(Type* t, const Args&) {
  Ref o(allocateOf(t, 0));
  if (!o) return {};
  gcTrack(o.get().object());
  return o.release();
}

/// functools.wraps in small: what the function says about itself, the wrapper says too.
int32_t copyDescription(Value self, Value f) {
  StrObject* const names[] = {&krn___module__, &krn___name__, &krn___qualname__, &krn___doc__, &krn___annotations__};
  for (StrObject* n : names) {
    Value name(reinterpret_cast<const Object*>(n));
    Ref v(getAttrOptional(f, name));
    if (v ? setAttr(self, name, v) < 0 : errorSet()) return -1;
  }
  return 0;
}

int32_t initWith(Value self, const Args& args, const char* callee) {
  if (checkNoKeywords(callee, args) < 0 || checkPositional(callee, args, 1, 1) < 0) return -1;
  if (wrap(self)->callable) typeModified(&objectType); // whichever class has it: what is known by a version is which code runs
  assign(wrap(self)->callable, newRef(args[0]));
  return copyDescription(self, args[0]);
}
int32_t classInit(Value self, const Args& args) { return initWith(self, args, "classmethod"); }
int32_t staticInit(Value self, const Args& args) { return initWith(self, args, "staticmethod"); }

Value classGet(Value self, Value o, Value type) {
  Value f = wrap(self)->callable;
  if (!f) return raise(RuntimeErrorType, "uninitialized classmethod object");
  if (!type) type = asValue(typeOf(o));
  // A descriptor inside (a property, say) is asked for the class's attribute.
  if (TernaryFn get = readyTypeOf(f)->descrGet) return get(f, type, type);
  return newMethod(f, type);
}
Value staticGet(Value self, Value, Value) {
  Value f = wrap(self)->callable;
  return f ? newRef(f) : raise(RuntimeErrorType, "uninitialized staticmethod object");
}
Value staticCall(Value self, const Args& args) { return call(wrap(self)->callable, args); }

Value classRepr(Value self) { return formatText("<classmethod(%R)>", wrap(self)->callable); }
Value staticRepr(Value self) { return formatText("<staticmethod(%R)>", wrap(self)->callable); }

Value wrapIsAbstract(Value self, void*) {
  Value f = wrap(self)->callable;
  if (!f) return boolean(false);
  Ref v(getAttrOptional(f, NAME(__isabstractmethod__)));
  if (!v) return errorSet() ? Value() : boolean(false);
  int32_t truth = isTrue(v);
  return truth < 0 ? Value() : boolean(truth);
}

constexpr GetSetDef wrapGetSet[] = {{"__isabstractmethod__", wrapIsAbstract}, {"__dict__", getInstanceDict, replaceInstanceDict}, {}};
constexpr MemberDef wrapMembers[] = {
    {"__func__", MemberKind::Object, offsetof(MethodWrapObject, callable)},
    {"__wrapped__", MemberKind::Object, offsetof(MethodWrapObject, callable)},
    {},
};

Value newWrap(Type& type, Value callable) {
  if (!callable) return {};
  Ref o(newObject(&type.instanceLayout));
  wrap(o)->callable = newRef(callable);
  gcTrack(o.get().object());
  return o.release();
}

constexpr Layout wrapLayout(Type& type) {
  return {.type = &type,
          .size = sizeof(MethodWrapObject),
          .flags = kLayoutGc,
          .dictOffset = offsetof(MethodWrapObject, dict)};
}

} // namespace

Value newStaticMethod(Value callable) { return newWrap(staticmethodType, callable); }
Value newClassMethod(Value callable) { return newWrap(classmethodType, callable); }

constinit Type classmethodType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "classmethod",
    .flags = kTypeBaseType,
    .instanceLayout = wrapLayout(classmethodType),
    .dealloc = wrapDealloc,
    .traverse = wrapTraverse,
    .clear = wrapClear,
    .repr = classRepr,
    .descrGet = classGet,
    .init = classInit,
    .construct = wrapNew,
    .getset = wrapGetSet,
    .members = wrapMembers,
    .doc = "classmethod(function) -> method\n\nMake the function a method that receives the class as its first argument.",
};

constinit Type staticmethodType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "staticmethod",
    .flags = kTypeBaseType,
    .instanceLayout = wrapLayout(staticmethodType),
    .dealloc = wrapDealloc,
    .traverse = wrapTraverse,
    .clear = wrapClear,
    .repr = staticRepr,
    .call = staticCall,
    .descrGet = staticGet,
    .init = staticInit,
    .construct = wrapNew,
    .getset = wrapGetSet,
    .members = wrapMembers,
    .doc = "staticmethod(function) -> method\n\nMake the function a method that receives no implicit first argument.",
};

} // namespace krait
