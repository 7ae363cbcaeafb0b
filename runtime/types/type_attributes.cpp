// __name__, __module__, __bases__, … of classes.
#include "runtime/object/audit.h"
#include "runtime/object/type_name.h"
#include "runtime/types/type_attributes.h"

#include <cstring>

#include "runtime/memory/alloc.h"
#include "runtime/object/docs.h"
#include "runtime/object/class_build.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace {

/// Complete: object.__getattribute__ on a type comes here without having looked at it.
Type* type(Value v) {
  Type* t = v.as<Type>();
  if (!(t->flags & kTypeReady)) typeReady(t);
  return t;
}

/// Only classes made in Python, and no deletion: TypeError else.
bool mayAssign(Type* t, Value v, const char* name) {
  if (t->flags & kTypeImmutable) {
    raise(TypeErrorType, "cannot set '%s' attribute of immutable type '%s'", name, t->name);
    return false;
  }
  if (!v) {
    raise(TypeErrorType, "cannot delete '%s' attribute of immutable type '%s'", name, t->name);
    return false;
  }
  return true;
}

Value getName(Value self, void*) { return typeName(type(self)); }

int32_t setName(Value self, Value v, void*) {
  Type* t = type(self);
  if (!mayAssign(t, v, "__name__")) return -1;
  if (!isStr(v)) return fail(TypeErrorType, "can only assign string to %s.__name__, not '%s'", t->name, typeOf(v)->name);
  for (int64_t i = 0; i < asStr(v)->length; ++i)
    if (asStr(v)->at(i) == 0) return fail(ValueErrorType, "type name must not contain null characters");
  Utf8 text(v);
  if (!text.ok()) return -1;
  auto* copy = static_cast<char*>(allocate(text.size() + 1));
  memcpy(copy, text.data(), text.size() + 1);
  HeapType* h = asHeap(t);
  deallocate(h->nameText);
  h->nameText = copy;
  h->name = copy;
  assign(t->heapName, newRef(v));
  return 0;
}

Value getQualname(Value self, void*) { return typeQualname(type(self)); }

int32_t setQualname(Value self, Value v, void*) {
  Type* t = type(self);
  if (!mayAssign(t, v, "__qualname__")) return -1;
  if (!isStr(v))
    return fail(TypeErrorType, "can only assign string to %s.__qualname__, not '%s'", t->name, typeOf(v)->name);
  assign(t->qualname, newRef(v));
  return 0;
}

Value getModule(Value self, void*) { return typeModule(type(self)); }

int32_t setModule(Value self, Value v, void*) {
  Type* t = type(self);
  if (!mayAssign(t, v, "__module__")) return -1;
  typeModified(t);
  return dictSet(t->dict, NAME(__module__), v);
}

Value getBases(Value self, void*) { return newRef(type(self)->bases); }

int32_t assignBases(Value self, Value v, void*) {
  Type* t = type(self);
  if (!mayAssign(t, v, "__bases__")) return -1;
  if (!isTuple(v))
    return fail(TypeErrorType, "can only assign tuple to %s.__bases__, not %s", t->name, typeOf(v)->name);
  if (asTuple(v)->size == 0)
    return fail(TypeErrorType, "can only assign non-empty tuple to %s.__bases__, not ()", t->name);
  for (int64_t i = 0; i < asTuple(v)->size; ++i) {
    Value base = asTuple(v)->items[i];
    if (!hasTypeFlag(base, kTypeType))
      return fail(TypeErrorType, "%s.__bases__ must be tuple of classes, not '%s'", t->name, typeOf(base)->name);
    bool cycle = isSubtype(base.as<Type>(), t);
    // During a custom mro() the order may not know its bases yet: look along the chain, too.
    for (const Type* b = base.as<Type>(); b && !cycle; b = b->base) cycle = b == t;
    if (cycle) return fail(TypeErrorType, "a __bases__ item causes an inheritance cycle");
  }
  return setBases(t, v);
}

Value getMro(Value self, void*) { return type(self)->mro ? newRef(type(self)->mro) : none(); }
Value getBase(Value self, void*) { return type(self)->base ? newRef(asValue(type(self)->base)) : none(); }

Value getAbstractMethods(Value self, void*) {
  Value found = self == asValue(&typeType) ? Value() : dictGet(type(self)->dict, NAME(__abstractmethods__));
  if (found) return newRef(found);
  return errorSet() ? Value() : raiseObject(AttributeErrorType, NAME(__abstractmethods__));
}

int32_t setAbstractMethods(Value self, Value v, void*) {
  Type* t = type(self);
  int32_t abstract = 0;
  if (v) {
    abstract = isTrue(v);
    if (abstract < 0 || dictSet(t->dict, NAME(__abstractmethods__), v) < 0) return -1;
  } else {
    int32_t removed = dictDeleteIfPresent(t->dict, NAME(__abstractmethods__));
    if (removed <= 0) {
      if (removed == 0) raiseObject(AttributeErrorType, NAME(__abstractmethods__));
      return -1;
    }
  }
  typeModified(t);
  if (abstract) t->flags |= kTypeAbstract;
  else t->flags &= ~static_cast<uint64_t>(kTypeAbstract);
  return 0;
}


Value getDict(Value self, void*) {
  return type(self)->dict ? newMappingProxy(type(self)->dict) : none();
}

Value getDoc(Value self, void*) {
  Type* t = type(self);
  if (!isHeapType(t))
    if (const char* text = typeDoc(t)) return newStr(text);
  Value found = t->dict ? dictGet(t->dict, NAME(__doc__)) : Value();
  if (!found) return errorSet() ? Value() : none();
  if (TernaryFn get = readyTypeOf(found)->descrGet) return get(found, Value(), self);
  return newRef(found);
}

int32_t setDoc(Value self, Value v, void*) {
  Type* t = type(self);
  if (!mayAssign(t, v, "__doc__")) return -1;
  typeModified(t);
  return dictSet(t->dict, NAME(__doc__), v);
}

Value getTextSignature(Value self, void*) {
  const bool absent = isHeapType(type(self)) || describesCall(typeDoc(type(self)));
  const char* text = absent ? nullptr : type(self)->constructorSignature;
  return text ? newStr(text) : none();
}

Value getAnnotations(Value self, void*) {
  Type* t = type(self);
  if (!isHeapType(t))
    return raise(AttributeErrorType, "type object '%s' has no attribute '__annotations__'", t->name);
  if (Value found = dictGet(t->dict, NAME(__annotations__))) {
    if (TernaryFn get = readyTypeOf(found)->descrGet) return get(found, Value(), self);
    return newRef(found);
  }
  Ref made(newDict());
  if (!made) return {};
  typeModified(t);
  return dictSet(t->dict, NAME(__annotations__), made) == 0 ? made.release() : Value();
}

int32_t setAnnotations(Value self, Value v, void*) {
  Type* t = type(self);
  if (t->flags & kTypeImmutable)
    return fail(TypeErrorType, "cannot set '__annotations__' attribute of immutable type '%s'", t->name);
  typeModified(t);
  if (v) return dictSet(t->dict, NAME(__annotations__), v);
  int32_t removed = dictDeleteIfPresent(t->dict, NAME(__annotations__));
  if (removed == 0) raise(AttributeErrorType, "__annotations__");
  return removed > 0 ? 0 : -1;
}

Value getBasicSize(Value self, void*) { return newInt(basicSize(type(self))); }
Value getItemSize(Value self, void*) { return newInt(itemSize(type(self))); }
Value getDictOffset(Value self, void*) { return newInt(dictOffsetShown(type(self))); }
Value getWeakrefOffset(Value self, void*) { return newInt(weakrefOffsetShown(type(self))); }

/// CPython's bits that programs look at.
Value getFlags(Value self, void*) {
  Type* t = type(self);
  uint64_t shown = 1u << 12 | 1u << 19; // ready; has a type version
  auto add = [&](bool present, int bit) { if (present) shown |= uint64_t{1} << bit; };
  add(t->flags & kTypeSequence, 5);
  add(t->flags & kTypeMapping, 6);
  add(t->flags & kTypeDisallowInstantiation, 7);
  add(t->flags & kTypeImmutable, 8);
  add(isHeapType(t) || (t->flags & kTypeOwnModule), 9);
  add(t->flags & kTypeBaseType, 10);
  add(t->instanceLayout.flags & kLayoutGc, 14);
  add(t->flags & kTypeMethodDescriptor, 17);
  add(t->flags & kTypeAbstract, 20);
  add(t->flags & kTypeMatchSelf, 22);
  add(t->flags & kTypeInt, 24);
  add(t->flags & kTypeList, 25);
  add(t->flags & kTypeTuple, 26);
  add(t->flags & kTypeBytes, 27);
  add(t->flags & kTypeStr, 28);
  add(t->flags & kTypeDict, 29);
  add(t->flags & kTypeException, 30);
  add(t->flags & kTypeType, 31);
  return newInt(static_cast<int64_t>(shown));
}

} // namespace

Value typeName(const Type* t) {
  if (isHeapType(t)) return newRef(t->heapName);
  return newStr(shortName(t));
}

Value typeQualname(Type* t) { return isHeapType(t) ? newRef(t->qualname) : typeName(t); }

std::string_view moduleNameOf(const Type* t) {
  const char* dot = strrchr(t->name, '.');
  return dot ? std::string_view(t->name, static_cast<size_t>(dot - t->name)) : "builtins";
}

Value typeModule(Type* t) {
  if (isHeapType(t)) {
    Value found = t->dict ? dictGet(t->dict, NAME(__module__)) : Value();
    if (found) return newRef(found);
    return errorSet() ? Value() : raiseObject(AttributeErrorType, NAME(__module__));
  }
  if (t->flags & kTypeOwnModule) {
    typeReady(t);
    if (const Value own = dictGet(t->dict, NAME(__module__))) return newRef(own);
    if (errorSet()) return {};
  }
  return internStr(moduleNameOf(t));
}

const GetSetDef typeGetSet[] = {
    {"__name__", getName, auditedSet<"__name__", setName>},
    {"__qualname__", getQualname, auditedSet<"__qualname__", setQualname>},
    {"__bases__", getBases, auditedSet<"__bases__", assignBases>},
    {"__module__", getModule, auditedSet<"__module__", setModule>},
    {"__abstractmethods__", getAbstractMethods, setAbstractMethods},
    {"__dict__", getDict},
    {"__doc__", getDoc, auditedSet<"__doc__", setDoc>},
    {"__text_signature__", getTextSignature},
    {"__annotations__", getAnnotations, setAnnotations},
    {},
};
const MemberDef typeMembers[] = {
    {"__mro__", getMro},
    {"__base__", getBase},
    {"__basicsize__", getBasicSize},
    {"__itemsize__", getItemSize},
    {"__dictoffset__", getDictOffset},
    {"__weakrefoffset__", getWeakrefOffset},
    {"__flags__", getFlags},
    {},
};

} // namespace krait
