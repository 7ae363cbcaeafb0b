// Attribute access as Python defines it: descriptors of the class that have a
// setter come first, then the instance, then the rest of the class.
#include "runtime/object/slot_families.h"
#include "runtime/object/attributes.h"
#include "runtime/object/cache_fill.h"
#include "runtime/object/class_variables.h"
#include "runtime/object/descriptor_change.h"

#include "runtime/object/heap_type.h"
#include "runtime/object/missing_attribute.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"

namespace krait {

Ref attributeName(Value name) {
  if (isExactStr(name)) [[likely]] {
    if (asStr(name)->flags & kStrInterned) return Ref::share(name);
    return Ref(internStr(newRef(name)));
  }
  if (!isStr(name)) {
    raise(TypeErrorType, "attribute name must be string, not '%.200s'", typeOf(name)->name);
    return Ref();
  }
  StrBuilder copy;
  copy.add(name);
  Value exact = copy.take();
  return Ref(exact ? internStr(exact) : exact);
}

/// `name` is `given` without its class. One of a subclass of str is a key of the instance's dict as it is: it hashes and
/// compares as it likes, and stays what it is.
static Value instanceGetGiven(Object* o, Value given, Value name) {
  if (isExactStr(given)) [[likely]] return instanceGet(o, name);
  const Value d = instanceDict(o);
  return d ? dictGet(d, given) : Value();
}
static int32_t instanceSetGiven(Object* o, Value given, Value name, Value v) {
  if (isExactStr(given)) [[likely]] return instanceSet(o, name, v);
  if (!dictWord(o)) return kInstanceHasNoDict;
  const Value d = instanceDict(o);
  if (!d) return -1;
  if (v) return dictSet(d, given, v);
  const int32_t removed = dictDeleteIfPresent(d, given);
  return removed > 0 ? 0 : removed < 0 ? -1 : kInstanceLacksName;
}

Value lookupAttribute(Value o, Value givenName, bool required) {
  Ref name = attributeName(givenName);
  if (!name) return {};
  Type* t = readyTypeOf(o);
  Value found = typeLookup(t, name);
  TernaryFn get = nullptr;
  Ref descr;
  if (found) {
    Type* kind = readyTypeOf(found);
    get = kind->descrGet;
    descr.reset(newRef(found));
    if (get && kind->descrSet) return get(found, o, asValue(t));
  }
  if (o.isPointer()) {
    if (Value v = instanceGetGiven(o.object(), givenName, name)) return newRef(v);
    if (errorSet()) return {};
  }
  if (get) return get(found, o, asValue(t));
  if (found) return descr.release();
  if (!required) return {};
  return raiseNoAttribute(t, o, name, 50);
}

/// It is a __getattribute__ of object's or of another builtin type that finds in the same way.
static bool findsAsObject(Value getattribute) {
  return isExact(getattribute, wrapperDescriptorType) && getattribute.as<DescriptorObject>()->name == NAME(__getattribute__) &&
         getattribute.as<DescriptorObject>()->owner->getAttr == genericGetAttr;
}
bool findsPlainly(Type* t) {
  return t->getAttr == genericGetAttr ||
         (t->getAttr == slotGetAttrHook && findsAsObject(typeLookup(t, NAME(__getattribute__))));
}

bool usesObjectMethod(Value o, Value name) {
  Type* t = readyTypeOf(o);
  return findsPlainly(t) && typeLookup(t, name) == typeLookup(&objectType, name) && !mayHaveOwn(o, name);
}
Value classOf(Value o) {
  Type* t = readyTypeOf(o);
  if (findsPlainly(t) && typeLookup(t, NAME(__class__)) == typeLookup(&objectType, NAME(__class__))) return newRef(asValue(t));
  return getAttr(o, NAME(__class__));
}

Value genericGetAttr(Value o, Value name) { return lookupAttribute(o, name, true); }

int32_t genericSetAttr(Value o, Value givenName, Value v) {
  Ref name = attributeName(givenName);
  if (!name) return -1;
  Type* t = readyTypeOf(o);
  Value found = typeLookup(t, name);
  if (found) {
    if (auto set = readyTypeOf(found)->descrSet) {
      Ref held = Ref::share(found);
      return set(found, o, v);
    }
  }
  int32_t status = o.isPointer() ? instanceSetGiven(o.object(), givenName, name, v) : kInstanceHasNoDict;
  switch (status) {
  case kInstanceHasNoDict:
    if (found) return fail(AttributeErrorType, "'%.100s' object attribute '%U' is read-only", t->name, name.get());
    [[fallthrough]];
  case kInstanceLacksName:
    return fail(AttributeErrorType, "'%.100s' object has no attribute '%U'", t->name, name.get());
  default:
    if (found) t->unshadowed = 0;
    return status;
  }
}

Value getAttr(Value o, Value name) {
  Value v = readyTypeOf(o)->getAttr(o, name);
  if (!v) [[unlikely]] errorSetAttributeContext(o, name);
  return v;
}

Value getAttr(Value o, const char* name) {
  Ref n(internStr(std::string_view(name)));
  return n ? getAttr(o, n) : Value();
}

Value getAttrOptional(Value o, Value name) {
  Type* t = readyTypeOf(o);
  // The usual lookups can tell absence without making an exception.
  Value v;
  if (t->getAttr == genericGetAttr && isStr(name)) v = lookupAttribute(o, name, false);
  else if (t->getAttr == typeGetAttr && isStr(name)) v = lookupTypeAttribute(o.as<Type>(), name, false);
  else if (t->getAttr == moduleGetAttr && isStr(name)) v = lookupModuleAttribute(o, name, false);
  else v = t->getAttr(o, name);
  if (!v && errorSet()) errorClearIf(AttributeErrorType);
  return v;
}

int32_t setAttr(Value o, Value givenName, Value v) {
  if (!isStr(givenName)) return fail(TypeErrorType, "attribute name must be string, not '%.200s'", typeOf(givenName)->name);
  Ref name = isExactStr(givenName) ? attributeName(givenName) : Ref::share(givenName);
  if (!name) return -1;
  Type* t = readyTypeOf(o);
  if (t->setAttr) return t->setAttr(o, name, v);
  const char* what = v ? "assign to" : "del";
  return t->getAttr ? fail(TypeErrorType, "'%.100s' object has only read-only attributes (%s .%U)", t->name, what, name.get())
                    : fail(TypeErrorType, "'%.100s' object has no attributes (%s .%U)", t->name, what, name.get());
}

int32_t setAttr(Value o, const char* name, Value v) {
  Ref n(internStr(std::string_view(name)));
  return n ? setAttr(o, n, v) : -1;
}

int32_t hasAttr(Value o, Value name) {
  Ref v(getAttrOptional(o, name));
  return v ? 1 : errorSet() ? -1 : 0;
}

Value lookupSpecial(Value o, Value name) {
  Type* t = typeOf(o);
  Value found = typeLookup(t, name);
  if (!found) return {};
  if (isFunction(found)) return newMethod(found, o);
  TernaryFn get = readyTypeOf(found)->descrGet;
  if (!get) return newRef(found);
  Ref held = Ref::share(found);
  return get(found, o, asValue(t));
}

// ---- classes as objects ------------------------------------------------------------------------

Value lookupTypeAttribute(Type* t, Value givenName, bool required) {
  Ref name = attributeName(givenName);
  if (!name) return {};
  if (!(t->flags & (kTypeReady | kTypeReadying))) typeReady(t);
  Type* meta = typeOf(asValue(t));
  Ref metaFound = Ref::share(typeLookup(meta, name));
  TernaryFn metaGet = nullptr;
  if (metaFound) {
    Type* kind = readyTypeOf(metaFound);
    metaGet = kind->descrGet;
    if (metaGet && kind->descrSet) return metaGet(metaFound, asValue(t), asValue(meta));
  }
  if (Value found = typeLookup(t, name)) {
    Ref held = Ref::share(found);
    if (TernaryFn get = readyTypeOf(found)->descrGet) return get(found, Value(), asValue(t));
    return held.release();
  }
  if (metaGet) return metaGet(metaFound, asValue(t), asValue(meta));
  if (metaFound) return metaFound.release();
  if (!required) return {};
  return raiseAttributeError(asValue(t), name, "type object '%.50s' has no attribute '%U'", t->name, name.get());
}

Value typeGetAttr(Value t, Value name) { return lookupTypeAttribute(t.as<Type>(), name, true); }

int32_t typeSetAttr(Value cls, Value givenName, Value v) {
  Type* t = cls.as<Type>();
  if (!(t->flags & kTypeReady)) typeReady(t);
  auto isImmutable = [&] { return fail(TypeErrorType, "cannot set '%U' attribute of immutable type '%s'", givenName, t->name); };
  if (t->flags & kTypeImmutable) return isImmutable();
  Ref name = attributeName(givenName);
  if (!name) return -1;
  // The slots of what is not made by a class statement stay, so a method that would be one is refused rather than not called.
  if (!isHeapType(t) && (t->flags & (kTypeException | kTypeTuple | kTypeChangeable)) && isSlotName(name)) return isImmutable();
  Type* meta = typeOf(cls);
  if (Value found = typeLookup(meta, name)) {
    if (auto set = readyTypeOf(found)->descrSet) {
      Ref held = Ref::share(found);
      return set(found, cls, v);
    }
  }
  if (v && isHeapType(t)) {
    if (storeVariable(t, name, v)) return 0;
    if (errorSet()) [[unlikely]] return -1;
    countStore(asHeap(t), name, v);
  }
  const WordChange change = wordChangeOf(t, name, v);
  // Lookups that end during the change must not remember the old value.
  typeModified(t);
  if (v) {
    if (dictSet(t->dict, name, v) < 0) return -1;
  } else {
    int32_t removed = dictDeleteIfPresent(t->dict, name);
    if (removed < 0) return -1;
    if (!removed)
      return fail(AttributeErrorType, "type object '%.50s' has no attribute '%U'", t->name, name.get());
  }
  typeModified(t);
  t->intact = 0;
  if (isSlotName(name)) {
    slotsUpdateTree(t, name);
    if (isDescriptorMethod(name)) forgetDescriptorsOf(t);
  }
  slotFamiliesAfterChange(t, name, change);
  return 0;
}

} // namespace krait
