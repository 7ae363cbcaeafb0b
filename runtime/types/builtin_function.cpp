// Builtin functions and bound builtin methods (builtin_function_or_method).
#include <cstddef>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/call.h"
#include "runtime/object/docs.h"
#include "runtime/object/names.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

BuiltinFunctionObject* asBuiltin(Value v) { return v.as<BuiltinFunctionObject>(); }
bool isMethodOf(const BuiltinFunctionObject* f) { return f->self && !isInstanceOf(f->self, moduleType); }

void clearBuiltin(Object* o) {
  auto* f = reinterpret_cast<BuiltinFunctionObject*>(o);
  clear(f->self);
  clear(f->module);
}

void deallocBuiltin(Object* o) {
  gcUntrack(o);
  if (reinterpret_cast<BuiltinFunctionObject*>(o)->weakrefs) clearWeakrefs(o);
  clearBuiltin(o);
  releaseCollected(o);
}

int traverseBuiltin(Object* o, Visit visit, void* context) {
  auto* f = reinterpret_cast<BuiltinFunctionObject*>(o);
  if (int stop = visit(f->self, context)) return stop;
  return visit(f->module, context);
}

Value callBuiltin(Value self, const Args& args) {
  BuiltinFunctionObject* f = asBuiltin(self);
  Value receiver = f->self ? f->self : none();
  return args.names ? callMethodDef(f->def, self, receiver, args)
                    : callMethodDefByPosition(f->def, self, receiver, args.values, args.count);
}

Value reprBuiltin(Value self) {
  BuiltinFunctionObject* f = asBuiltin(self);
  if (!isMethodOf(f)) return formatText("<built-in function %s>", f->def->name);
  return formatText("<built-in method %s of %T object at 0x%llx>", f->def->name, f->self,
                    static_cast<long long>(f->self.bits));
}

int64_t hashBuiltin(Value self) {
  BuiltinFunctionObject* f = asBuiltin(self);
  uint64_t word = f->self.bits ^ (reinterpret_cast<uint64_t>(f->def) << 1);
  auto result = static_cast<int64_t>((word >> 4) | (word << 60));
  return result == -1 ? -2 : result;
}

Value compareBuiltins(Value a, Value b, int op) {
  if ((op != kEq && op != kNe) || !isExact(a, builtinFunctionType) || !isExact(b, builtinFunctionType))
    return notImplemented();
  bool same = asBuiltin(a)->self == asBuiltin(b)->self && asBuiltin(a)->def == asBuiltin(b)->def;
  return boolean((op == kEq) == same);
}

Value getName(Value self, void*) { return newStr(asBuiltin(self)->def->name); }

Value getQualname(Value self, void*) {
  BuiltinFunctionObject* f = asBuiltin(self);
  if (!isMethodOf(f)) return newStr(f->def->name);
  Value type = hasTypeFlag(f->self, kTypeType) ? f->self : asValue(typeOf(f->self));
  Ref owner(getAttr(type, NAME(__qualname__)));
  if (!owner) return Value();
  if (!isStr(owner)) return raise(TypeErrorType, "<method>.__class__.__qualname__ is not a unicode object");
  return formatText("%S.%s", owner.get(), f->def->name);
}

Value getSelf(Value self, void*) {
  Value receiver = asBuiltin(self)->self;
  return newRef(receiver ? receiver : none());
}

const char* docText(Value self) {
  BuiltinFunctionObject* f = asBuiltin(self);
  if (isMethodOf(f)) return docOfMethod(hasTypeFlag(f->self, kTypeType) ? f->self.as<Type>() : typeOf(f->self), f->def->name);
  if (!f->module || !isStr(f->module)) return nullptr;
  Utf8 owner(f->module);
  return owner.ok() ? docOf(owner.data(), f->def->name) : (errorClear(), nullptr);
}
Value getDoc(Value self, void*) { return docValue(docText(self)); }

Value getTextSignature(Value self, void*) {
  const bool absent = (asBuiltin(self)->def->flags & kMethodUnsigned) || describesCall(docText(self));
  const char* text = absent ? nullptr : asBuiltin(self)->def->signature;
  return text ? newStr(text) : newRef(none());
}

Value reduce(Value self) {
  BuiltinFunctionObject* f = asBuiltin(self);
  if (!isMethodOf(f)) return newStr(f->def->name);
  Ref module(importModule("builtins"));
  Ref getter(module ? getAttr(module, "getattr") : Value());
  Ref name(newStr(f->def->name));
  Ref arguments(getter && name ? newTuple({f->self, name}) : Value());
  return arguments ? newTuple({getter, arguments}) : Value();
}

const MethodDef methods[] = {{"__reduce__", reduce}, {}};
const GetSetDef attributes[] = {
    {"__doc__", getDoc},   {"__name__", getName},
    {"__qualname__", getQualname}, {"__self__", getSelf},
    {"__text_signature__", getTextSignature}, {},
};
const MemberDef members[] = {
    {"__module__", MemberKind::ObjectNone, offsetof(BuiltinFunctionObject, module), false},
    {},
};

} // namespace

constinit Type builtinFunctionType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "builtin_function_or_method",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnGetAttr,
    .instanceLayout = {.type = &builtinFunctionType, .size = sizeof(BuiltinFunctionObject), .flags = kLayoutGc,
                       .weakOffset = offsetof(BuiltinFunctionObject, weakrefs)},
    .dealloc = deallocBuiltin,
    .traverse = traverseBuiltin,
    .clear = clearBuiltin,
    .repr = reprBuiltin,
    .hash = hashBuiltin,
    .call = callBuiltin,
    .compare = compareBuiltins,
    .methods = methods,
    .getset = attributes,
    .members = members,
};

Value newBuiltinFunction(const MethodDef* def, Value self, Value module) {
  auto* f = newObjectOf<BuiltinFunctionObject>(builtinFunctionType);
  if (!f) return Value();
  f->def = def;
  f->self = xnewRef(self);
  f->module = xnewRef(module);
  gcTrack(&f->header);
  return Value(&f->header);
}

} // namespace krait
