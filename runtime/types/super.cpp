// super: attribute lookup that starts behind a class in the MRO of self's class.
#include "runtime/types/super.h"

#include "runtime/exceptions/frame_walk.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/attribute_cache.h"
#include "runtime/object/attributes.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/subclasses.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

SuperObject* super(Value v) { return v.as<SuperObject>(); }

void dealloc(Object* o) {
  gcUntrack(o);
  if (super(o)->type) decref(asValue(super(o)->type));
  xdecref(super(o)->self);
  if (super(o)->selfType) decref(asValue(super(o)->selfType));
  freeObject(o);
}
int traverse(Object* o, Visit visit, void* context) {
  if (super(o)->type)
    if (int stop = visit(asValue(super(o)->type), context)) return stop;
  if (int stop = visit(super(o)->self, context)) return stop;
  return super(o)->selfType ? visit(asValue(super(o)->selfType), context) : 0;
}

Value construct(Type* t, const Args&) {
  Ref o(allocateOf(t, 0));
  if (!o) return {};
  gcTrack(o.get().object());
  return o.release();
}

int32_t bindTo(Value v, Value type, Value self) {
  Type* selfType = nullptr;
  if (self) {
    selfType = superCheck(type.as<Type>(), self);
    if (!selfType) return -1;
    incref(self);
    incref(asValue(selfType));
  }
  incref(type);
  SuperObject* s = super(v);
  Ref oldType(s->type ? asValue(s->type) : Value()), oldSelf(s->self),
      oldSelfType(s->selfType ? asValue(s->selfType) : Value());
  s->type = type.as<Type>();
  s->self = self;
  s->selfType = selfType;
  return 0;
}

/// super() without arguments where the call does not name it, so that no compiler has completed it: from the frame that calls, whose
/// locals can be seen if the module mentions `super` other than to call it (frontend/sema/observers.cpp).
int32_t completeFromFrame(Value v) {
  const FrameCursor frame;
  const CodeInfo* code = frame.code();
  // Bodies of classes and what exec runs have a namespace for a parameter, not an argument.
  if (!code || !code->argCount || !(code->flags & kCodeOptimized)) return fail(RuntimeErrorType, "super(): no arguments");
  uint32_t index = 0;
  while (index < code->freeCount && !strEqual(code->freeNames[index], NAME(__class__))) ++index;
  if (index == code->freeCount) return fail(RuntimeErrorType, "super(): __class__ cell not found");
  FrameObject* current = currentFrame(0);
  if (!current) return -1;
  const Ref owner(Value(&current->header)), locals(getAttr(owner, Ref(internStr("f_locals"))));
  if (!locals) return -1;
  const Value self = dictGet(locals, code->varNames[0]);
  if (!self) return errorSet() ? -1 : fail(RuntimeErrorType, "super(): arg[0] deleted");
  const Value type = dictGet(locals, NAME(__class__));
  if (!type) return errorSet() ? -1 : fail(RuntimeErrorType, "super(): empty __class__ cell");
  if (!hasTypeFlag(type, kTypeType)) return fail(RuntimeErrorType, "super(): __class__ is not a type (%s)", typeOf(type)->name);
  return bindTo(v, type, self);
}

int32_t init(Value v, const Args& args) {
  if (checkNoKeywords("super", args) < 0 || checkPositional("super()", args, 0, 2) < 0) return -1;
  if (args.count == 0) return completeFromFrame(v);
  if (!hasTypeFlag(args[0], kTypeType))
    return fail(TypeErrorType, "super() argument 1 must be a type, not %.200s", typeOf(args[0])->name);
  return bindTo(v, args[0], args.count > 1 && !isNone(args[1]) ? args[1] : Value());
}

Value getAttribute(Value v, Value name) {
  SuperObject* s = super(v);
  if (s->selfType && !(isStr(name) && strEqual(name, "__class__"))) {
    Ref interned = attributeName(name);
    if (!interned) return {};
    if (Value found = superLookup(s->type, s->self, s->selfType, interned)) return found;
    if (errorSet()) return {};
  }
  return genericGetAttr(v, name);
}

Value descrGet(Value v, Value o, Value) {
  SuperObject* s = super(v);
  if (!o || isNone(o) || s->self) return newRef(v);
  if (typeOf(v) != &superType) return s->type ? call(asValue(typeOf(v)), {asValue(s->type), o}) : call(asValue(typeOf(v)));
  return newSuper(asValue(s->type), o);
}

Value reprOf(Value v) {
  SuperObject* s = super(v);
  const char* type = s->type ? s->type->name : "NULL";
  if (s->selfType) return formatText("<super: <class '%s'>, <%s object>>", type, s->selfType->name);
  return formatText("<super: <class '%s'>, NULL>", type);
}

Value thisClass(Value v, void*) { return super(v)->type ? newRef(asValue(super(v)->type)) : none(); }
Value selfOf(Value v, void*) { return super(v)->self ? newRef(super(v)->self) : none(); }
Value selfClass(Value v, void*) { return super(v)->selfType ? newRef(asValue(super(v)->selfType)) : none(); }

constexpr MemberDef members[] = {{"__thisclass__", thisClass}, {"__self__", selfOf}, {"__self_class__", selfClass}, {}};

} // namespace

/// By the MRO alone: a metaclass may leave a class out of its own.
static bool isInMro(Type* t, Type* base) {
  if (!t->mro) return isSubtype(t, base);
  for (int64_t i = 0; i < asTuple(t->mro)->size; ++i)
    if (asTuple(t->mro)->items[i] == asValue(base)) return true;
  return false;
}

Type* superCheck(Type* type, Value self) {
  // super(type, type2): self is a class.
  if (hasTypeFlag(self, kTypeType) && isInMro(self.as<Type>(), type)) return self.as<Type>();
  if (isInMro(typeOf(self), type)) return typeOf(self);
  // A proxy may claim another class.
  Ref seen(getAttrOptional(self, NAME(__class__)));
  if (!seen && errorSet()) return nullptr;
  if (seen && hasTypeFlag(seen, kTypeType) && seen.get() != asValue(typeOf(self)) && isSubtype(seen.as<Type>(), type))
    return seen.as<Type>();
  raise(TypeErrorType, "super(type, obj): obj must be an instance or subtype of type");
  return nullptr;
}

namespace {

/// What super(start, …).name found in the MRO of the class that had this version. While a class has it, its MRO and the
/// dicts in it are unchanged, so that `start` and `found`, borrowed, are alive.
struct Found {
  uint64_t version;
  const Type* start;
  Value name; // owned: compared by address
  Value found;
};
constexpr size_t kFoundCount = 256;
constinit Found founds[kFoundCount] = {};

Found& foundOf(uint64_t version, const Type* start, Value name) {
  return founds[(version * 31 ^ reinterpret_cast<uintptr_t>(start) >> 4 ^ name.bits >> 4) % kFoundCount];
}

Value bindFound(Value found, Value self, Type* selfType) {
  if (isFunction(found) && self != asValue(selfType)) return newMethod(found, self);
  Ref held = Ref::share(found);
  TernaryFn get = readyTypeOf(found)->descrGet;
  if (!get) return held.release();
  return get(found, self == asValue(selfType) ? Value() : self, asValue(selfType));
}

} // namespace

Value superFind(Type* type, Type* selfType, Value name) {
  const uint64_t version = asStr(name)->flags & kStrInterned ? typeVersion(selfType) : 0;
  if (version) {
    const Found& known = foundOf(version, type, name);
    if (known.version == version && known.start == type && known.name == name) return known.found;
  }
  if (!selfType->mro) typeReady(selfType);
  if (!selfType->mro) return {};
  Ref mro = Ref::share(selfType->mro);
  int64_t n = asTuple(mro)->size, i = 0;
  while (i < n && asTuple(mro)->items[i] != asValue(type)) ++i;
  for (++i; i < n; ++i) {
    Type* base = asTuple(mro)->items[i].as<Type>();
    if (!(base->flags & kTypeReady)) typeReady(base);
    Value found = dictGet(base->dict, name);
    if (!found) {
      if (errorSet()) return {};
      continue;
    }
    if (version && selfType->version == version) {
      Found& place = foundOf(version, type, name);
      Ref old(place.name);
      place = {version, type, newRef(name), found};
    }
    return found;
  }
  return {};
}

Value superLookup(Type* type, Value self, Type* selfType, Value name) {
  Value found = superFind(type, selfType, name);
  return found ? bindFound(found, self, selfType) : Value();
}

Value newSuper(Value type, Value self) {
  Ref o(newObject(&superType.instanceLayout));
  if (bindTo(o, type, self) < 0) return {};
  gcTrack(o.get().object());
  return o.release();
}

extern "C" Value krt_super_attr(Value type, Value self, Value name) {
  if (!hasTypeFlag(type, kTypeType))
    return raise(TypeErrorType, "super() argument 1 must be a type, not %.200s", typeOf(type)->name);
  Type* selfType = superCheck(type.as<Type>(), self);
  if (!selfType) return {};
  if (name != NAME(__class__)) {
    if (Value found = superLookup(type.as<Type>(), self, selfType, name)) return found;
    if (errorSet()) return {};
  }
  Ref object(newSuper(type, self));
  return object ? getAttr(object, name) : Value();
}

namespace {

/// Where `self` is a class, or what is found is no method of it, sites carry this: `self`'s layout, or the class itself, with the low bit set.
const Layout* holderOf(Value self, bool isClass) {
  return markedLayout(isClass ? reinterpret_cast<const Layout*>(self.object()) : self.object()->layout);
}

/// What giveKnown may be asked for.
bool isKnowable(Value found, Type* selfType, bool isClass) {
  if (isFunction(found)) return isClass;
  if (isExact(found, methodDescriptorType)) return !isClass && isSubtype(selfType, found.as<DescriptorObject>()->owner);
  if (isExact(found, staticmethodType)) return static_cast<bool>(found.as<MethodWrapObject>()->callable);
  if (isExact(found, classmethodType)) return found.as<MethodWrapObject>()->callable && isFunction(found.as<MethodWrapObject>()->callable);
  return !isHeapType(typeOf(found)) && !readyTypeOf(found)->descrGet; // the __new__ of a builtin type
}

/// super().name for a call: what it is, and in `out` what goes first. A builtin type's method is bound, as super() binds it: its errors
/// name the class of `self` then.
Value giveKnown(Value found, Value self, Type* selfType, Slot out) {
  if (isExact(found, methodDescriptorType)) return newBuiltinFunction(static_cast<const MethodDef*>(found.as<DescriptorObject>()->def), self, Value());
  if (isExact(found, staticmethodType)) return newRef(found.as<MethodWrapObject>()->callable);
  if (isExact(found, classmethodType)) {
    *out = newRef(asValue(selfType));
    return newRef(found.as<MethodWrapObject>()->callable);
  }
  return newRef(found);
}

} // namespace

/// What super(type, self).name calls, of the builtin: as krt_super_load gives it; null without an error: the super object has to be asked.
static Value superMethod(Value type, Value self, Value name, MethodCache* cache, Slot out) {
  if (!type || !self || !self.isPointer()) return {};
  const bool isClass = hasTypeFlag(self, kTypeType);
  Type* selfType = isClass ? self.as<Type>() : typeOf(self);
  if (cache->layout == holderOf(self, isClass) && cache->version == selfType->version && cache->offset == type.bits)
    return giveKnown(cache->found, self, selfType, out);
  if (!hasTypeFlag(type, kTypeType) || !isInMro(selfType, type.as<Type>()) || name == NAME(__class__)) return {};
  Value found = superFind(type.as<Type>(), selfType, name);
  if (!found) return {};
  const uint64_t version = typeVersion(selfType);
  const bool isUsual = version && (isClass || !(self.object()->layout->flags & kLayoutForeign));
  if (!isClass && (typeOf(found)->flags & kTypeMethodDescriptor) && typeOf(found) != &methodDescriptorType) {
    if (isUsual) *cache = {self.object()->layout, version, found, type.bits};
    *out = newRef(self);
    return newRef(found);
  }
  if (!isUsual || !isKnowable(found, selfType, isClass)) return {};
  *cache = {holderOf(self, isClass), version, found, type.bits};
  return giveKnown(found, self, selfType, out);
}

extern "C" Value krt_super_load_slow(Value callee, Value type, Value self, Value name, MethodCache* cache, Slot out) {
  *out = {};
  if (callee == asValue(&superType))
    if (Value found = superMethod(type, self, name, cache, out); found || errorSet()) return found;
  return krt_super_attr_guarded(callee, type, self, name);
}

extern "C" Value krt_super_of(Value callee, Value type, Value self) {
  const bool suits = callee == asValue(&superType) && hasTypeFlag(type, kTypeType) && self != none() &&
                     (isSubtype(typeOf(self), type.as<Type>()) || (hasTypeFlag(self, kTypeType) && isSubtype(self.as<Type>(), type.as<Type>())));
  return suits ? newRef(callee) : call(callee, {type, self});
}

extern "C" Value krt_super_load_of_slow(Value callee, Value type, Value self, Value name, MethodCache* cache, Slot out) {
  *out = {};
  if (callee != asValue(&superType)) return getAttr(callee, name);
  Value found = superMethod(type, self, name, cache, out);
  return found || errorSet() ? found : krt_super_attr(type, self, name);
}

extern "C" FunctionObject* krt_known_super_slow(Value type, Value o, Value name, MethodCache* cache, int32_t isClass) {
  if (!hasTypeFlag(type, kTypeType) || (!isClass && (!o.isPointer() || hasTypeFlag(o, kTypeType))) || name == NAME(__class__)) return nullptr;
  Type* of = isClass ? o.as<Type>() : typeOf(o);
  const Layout* l = isClass ? &of->instanceLayout : o.object()->layout;
  const uint64_t version = typeVersion(of);
  if (!version || l->flags & kLayoutForeign || !isInMro(of, type.as<Type>())) return nullptr;
  const Value found = superFind(type.as<Type>(), of, name);
  if (!found) errorClear();
  if (!found || !isFunction(found)) return nullptr;
  *cache = {l, version, found, type.bits};
  return found.as<FunctionObject>();
}

extern "C" Value krt_super_new_guarded(Value callee, Value type, Value self) {
  if (callee != asValue(&superType)) return call(callee);
  if (!self) return raise(RuntimeErrorType, "super(): arg[0] deleted");
  if (!type) return raise(RuntimeErrorType, "super(): empty __class__ cell");
  if (type == none()) return raise(RuntimeErrorType, "super(): __class__ cell not found");
  if (!hasTypeFlag(type, kTypeType))
    return raise(RuntimeErrorType, "super(): __class__ is not a type (%s)", typeOf(type)->name);
  return newSuper(type, self);
}

extern "C" Value krt_super_attr_guarded(Value callee, Value type, Value self, Value name) {
  if (callee == asValue(&superType) && type && self && hasTypeFlag(type, kTypeType))
    return krt_super_attr(type, self, name);
  Ref object(krt_super_new_guarded(callee, type, self));
  return object ? getAttr(object, name) : Value();
}

constinit Type superType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "super",
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &superType, .size = sizeof(SuperObject), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .repr = reprOf,
    .getAttr = getAttribute,
    .descrGet = descrGet,
    .init = init,
    .construct = construct,
    .members = members,
    .doc = "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\n"
           "super(type, obj) -> bound super object; requires isinstance(obj, type)\n"
           "super(type, type2) -> bound super object; requires issubclass(type2, type)",
};

} // namespace krait
