// Attribute sites whose value is not at a known place: the other cache forms,
// the general lookup, and filling the cache after it.
#include <iterator>
#include "runtime/object/class_variables.h"
#include "runtime/object/loose_instances.h"
#include "runtime/object/attribute_cache.h"
#include "runtime/object/attributes.h"
#include "runtime/object/cache_fill.h"
#include "runtime/object/cached_properties.h"
#include "runtime/object/first_store.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/missing_attribute.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/shared_cache.h"
#include "runtime/object/slot_families.h"
#include "runtime/object/slot_functions.h"
#include "runtime/object/subclasses.h"
#include "runtime/types/dict.h"

namespace krait {

namespace {

constinit SharedCache sharedGets, sharedSets, sharedClassGets, sharedObjectSets;

/// Of a Getter that is no data descriptor: what the instance has goes first.
constexpr uint64_t kBehindInstance = 1 << kCacheKindBits;

uint64_t tagged(CacheKind kind, uint64_t payload = 0) { return static_cast<uint64_t>(kind) | payload; }

void fill(AttrCache* c, const Layout* layout, uint64_t version, Value found, uint64_t offset) {
  c->layout = layout;
  c->version = version;
  c->found = found;
  c->offset = offset;
}

/// Position of `name` in the entries of an instance dict, or -1.
int64_t entryOf(DictObject* d, Value name) {
  for (int64_t i = 0; i < d->entryCount; ++i)
    if (d->entries[i].key == name) return i;
  return -1;
}

/// A field of a named tuple.
bool isTupleItem(Value found, const Type* t) {
  return isExact(found, tupleGetterType) && (t->flags & kTypeTuple) && found.as<TupleGetter>()->index >= 0 && found.as<TupleGetter>()->index < INT32_MAX;
}
constexpr unsigned kFamilyShift = 56;

/// Slots keep their place in subclasses.
void fillPlace(AttrCache* c, const Layout* l, uint64_t offset, uint64_t slotPlusOne) {
  if (const uint64_t word = slotFamilyOf(l, offset))
    fill(c, l, reinterpret_cast<const uint64_t*>(l)[word], Value(), offset | slotPlusOne << kSlotShift | word << kFamilyShift);
}
void fillSlot(AttrCache* c, const Layout* l, uint32_t slot) { fillPlace(c, l, l->slotOffset + 8 * uint64_t{slot}, slot + 1); }
void fillGetOfClass(Value o, Value name, AttrCache* c) {
  Type* t = o.as<Type>();
  Type* meta = typeOf(o);
  // A `__getattr__`, as EnumType has, is asked for what is found nowhere, or raises AttributeError.
  const bool plain = meta->getAttr == typeGetAttr;
  if (!plain && !(meta->getAttr == slotGetAttrHook && typeLookup(meta, NAME(__getattribute__)) == typeLookup(&typeType, NAME(__getattribute__)))) return;
  Value metaFound = typeLookup(meta, name);
  if (metaFound && readyTypeOf(metaFound)->descrSet) {
    // __name__, __dict__ and the like: the descriptor is asked, as for any other object.
    if (uint64_t metaVersion = typeVersion(meta); plain && metaVersion && !isHeapType(readyTypeOf(metaFound)) && readyTypeOf(metaFound)->descrGet)
      fill(c, markedLayout(o.object()->layout), metaVersion, metaFound, tagged(CacheKind::Getter));
    return;
  }
  Value found = typeLookup(t, name);
  uint64_t version = typeVersion(t), metaVersion = typeVersion(meta);
  if (!found || !version || !metaVersion || (!plain && !isFunction(found) && readyTypeOf(found)->descrGet)) return;
  fill(c, markedLayout(o.object()->layout), version, keptOfClass(t, name, found), tagged(CacheKind::Class, metaVersion << kCacheKindBits));
}

void fillGetOfModule(Value o, Value name, AttrCache* c) {
  if (typeLookup(&moduleType, name)) return;
  Value d = moduleDict(o);
  Value* word = d ? dictWordOfName(d, name) : nullptr;
  if (!word) return;
  fill(c, markedLayout(o.object()->layout), asDict(d)->version, Value(),
       tagged(CacheKind::Module, reinterpret_cast<uint64_t>(word)));
}

void fillGet(Value o, Value name, AttrCache* c) {
  if (!o.isPointer() || !isExactStr(name) || !(asStr(name)->flags & kStrInterned)) return;
  Type* t = typeOf(o);
  if (!isUsual(o.object())) return;
  if (t->flags & kTypeType) return fillGetOfClass(o, name, c);
  if (t == &moduleType) return fillGetOfModule(o, name, c);
  const bool plain = t->getAttr == genericGetAttr;
  if (!plain && !findsPlainly(t)) return;
  Value found = typeLookup(t, name);
  uint64_t version = typeVersion(t);
  if (!version) return;
  const Layout* l = o.object()->layout;
  if (found && readyTypeOf(found)->descrSet) {
    if (isWordMember(found, t)) fillPlace(c, l, memberOffset(found), 0);
    // Which class an object has is a fact of its layout.
    else if (name == NAME(__class__) && found == typeLookup(&objectType, name))
      fill(c, markedLayout(l), version, asValue(l->type), tagged(CacheKind::Plain));
    else if (hasSimpleGetter(found)) fill(c, markedLayout(l), version, found, tagged(CacheKind::Property, plain ? 0 : typeLookup(t, NAME(__getattr__)).bits));
    else if (isTupleItem(found, t)) fill(c, markedLayout(l), version, found, tagged(CacheKind::Getter, kTupleItem | static_cast<uint64_t>(found.as<TupleGetter>()->index) << kTupleItemShift));
    // What raises AttributeError here would have to ask __getattr__.
    else if (!plain && !givesDict(found, o)) return;
    // Where the descriptor's class stops being one, this class's version changes (descriptor_change.h).
    else if (readyTypeOf(found)->descrGet && !isStranger(found, t)) fill(c, markedLayout(l), version, found, tagged(CacheKind::Getter));
    return;
  }
  int32_t slot = inlineSlotNamed(l, name);
  if (slot >= 0) return fillSlot(c, l, static_cast<uint32_t>(slot));
  // The instance's own goes first, of a cached property for instance.
  if (!found || instanceHides(o.object(), name)) return fillDictGuess(o.object(), name, c, version);
  if (isStranger(found, t)) return;
  if (isFunction(found) || isExact(found, methodDescriptorType))
    fill(c, markedLayout(l), version, found, tagged(methodKind(l, found)));
  else if (const Value kept = keptOfClass(t, name, found); kept != found)
    fill(c, markedLayout(l), version, kept, tagged(CacheKind::Getter, kBehindInstance));
  else if (!readyTypeOf(found)->descrGet || isExact(found, staticmethodType))
    fill(c, markedLayout(l), version, found, tagged(CacheKind::Plain));
  else if (plain)
    fill(c, markedLayout(l), version, found, tagged(CacheKind::Getter, kBehindInstance));
}

/// After an optional lookup found nothing. Where a slot may hold it some day, the place is the better thing to know.
void fillAbsent(Value o, Value name, AttrCache* c) {
  if (!o.isPointer() || !isExactStr(name) || !(asStr(name)->flags & kStrInterned) || !isUsual(o.object())) return;
  Type* t = typeOf(o);
  const Layout* l = o.object()->layout;
  const bool isClass = t->flags & kTypeType;
  if (t->getAttr != (isClass ? typeGetAttr : genericGetAttr) || t == &moduleType || typeLookup(t, name)) return;
  const uint64_t version = typeVersion(t);
  if (!version) return;
  if (isClass) {
    Type* of = o.as<Type>();
    if (const uint64_t own = typeVersion(of); own && !typeLookup(of, name)) fill(c, absentLayout(l), own, Value(), version << kCacheKindBits);
    return;
  }
  if (const int32_t slot = inlineSlotNamed(l, name); slot >= 0) return fillSlot(c, l, static_cast<uint32_t>(slot));
  fill(c, absentLayout(l), version, Value(), 0);
}

/// A site with an absent layout still speaks the truth.
bool knownAbsent(Value o, Value name, const AttrCache* c) {
  const Layout* l = o.object()->layout;
  if (l->type->flags & kTypeType) return o.as<Type>()->version == c->version && ownerOf(l)->version == c->offset >> kCacheKindBits;
  return ownerOf(l)->version == c->version && !instanceHides(o.object(), name);
}

/// Of a store as object's __setattr__ does it, whatever the class has.
void fillObjectSet(Value o, Value name, AttrCache* c) {
  if (!o.isPointer() || !isExactStr(name) || !(asStr(name)->flags & kStrInterned) || !isUsual(o.object())) return;
  Type* t = typeOf(o);
  Value found = typeLookup(t, name);
  uint64_t version = typeVersion(t);
  if (!version) return;
  const Layout* l = o.object()->layout;
  if (found && readyTypeOf(found)->descrSet) {
    if (isWordMember(found, t)) fillPlace(c, l, memberOffset(found), 0);
    else if (hasSimpleSetter(found)) fill(c, markedLayout(l), version, found, tagged(CacheKind::Property));
    else if (methodOfDescriptor(found, NAME(__set__))) fill(c, markedLayout(l), version, found, tagged(CacheKind::Getter));
    return;
  }
  int32_t slot = inlineSlotNamed(l, name);
  if (slot >= 0) fillSlot(c, l, static_cast<uint32_t>(slot));
  else fillDictGuess(o.object(), name, c, version);
}
void fillSet(Value o, Value name, AttrCache* c) {
  if (typeOf(o)->setAttr == genericSetAttr) fillObjectSet(o, name, c);
}

/// What stands in a class and is given as it is when that is asked for it: unbound methods, too.
bool isGivenByClass(Value found) {
  if (!found.isPointer()) return true;
  const Type* t = typeOfObject(found.object());
  return t == &functionType || t == &wrapperDescriptorType || t == &methodDescriptorType || isPlainValue(found);
}

/// What is given of `found`, which the class has and the instance does not hide. Null with an error.
Value boundTo(Value found, Value o, Value name) {
  const Type* kind = readyTypeOf(found);
  if (!kind->descrGet) return newRef(found);
  const Ref held = Ref::share(found);
  FunctionObject* get = methodOfDescriptor(found, NAME(__get__));
  const Value cls = asValue(typeOf(o));
  Value v = get ? enterMethod(get, found, newRef(o), newRef(cls)) : kind->descrGet(found, o, cls);
  if (!v) errorSetAttributeContext(o, name);
  return v;
}

/// What a marked cache knows; null without an error when it does not apply.
Value cachedGet(Value o, Value name, const AttrCache* c) {
  Object* object = o.object();
  const Layout* l = object->layout;
  switch (static_cast<CacheKind>(c->offset & kCacheKindMask)) {
  case CacheKind::Plain:
    if (ownerOf(l)->version != c->version || instanceHides(object, name)) return {};
    if (isExact(c->found, staticmethodType)) return xnewRef(c->found.as<MethodWrapObject>()->callable);
    return newRef(c->found);
  case CacheKind::Builtin:
  case CacheKind::Method:
    if (ownerOf(l)->version != c->version || instanceHides(object, name)) return {};
    if (isFunction(c->found)) return newMethod(c->found, o);
    return newBuiltinFunction(static_cast<const MethodDef*>(c->found.as<DescriptorObject>()->def), o, Value());
  case CacheKind::Property: {
    const PropertyObject* p = cachedProperty(o, c);
    return p ? getOfProperty(p, o, name, c) : Value();
  }
  case CacheKind::Getter: {
    if (ownerOf(l)->version != c->version || (c->offset & kBehindInstance && instanceHides(object, name))) return {};
    if (const GetSetDef* def = cachedField(o, c)) return getOfField(def, o, name);
    Ref held = Ref::share(c->found);
    Value v = typeOf(held)->descrGet(held, o, asValue(l->type));
    if (!v) errorSetAttributeContext(o, name);
    return v;
  }
  case CacheKind::Dict: {
    if (ownerOf(l)->version != c->version) return {};
    if (Value* word = guessedWord(object, name, c)) return newRef(*word);
    // Another instance may have it elsewhere; what the class has under the name is no data descriptor.
    const Value* dict = dictWord(object);
    if (const Value v = dict && *dict ? dictGet(*dict, name) : Value()) return newRef(v);
    if (errorSet()) return {};
    // It has none yet: a descriptor may be there to compute it once and keep it. What raises AttributeError must not have a __getattr__ to ask.
    const Value found = l->type->getAttr == genericGetAttr ? typeLookup(l->type, name) : Value();
    return found ? boundTo(found, o, name) : Value();
  }
  case CacheKind::Class: {
    if (!knowsOfClass(o, c)) return {};
    Value found = c->found;
    if (isGivenByClass(found)) return newRef(found);
    TernaryFn get = readyTypeOf(found)->descrGet;
    if (!get) return newRef(found);
    Ref held = Ref::share(found);
    return get(found, Value(), o);
  }
  case CacheKind::Module: return {}; // asked before (knownOfModule)
  }
  return {};
}

} // namespace

Value* guessedWord(Object* o, Value name, const AttrCache* c) {
  Value* where = dictWord(o);
  if (!where || !*where) return nullptr;
  DictObject* d = asDict(*where);
  if (!d->strKeysOnly) return nullptr; // a key of another class with the hash of the name may have to be asked first
  auto i = static_cast<int64_t>(c->offset >> kCacheKindBits);
  if (i >= d->entryCount || d->entries[i].key != name) return nullptr;
  Value* word = dictValueSlot(d->entries[i]);
  return *word ? word : nullptr;
}

void fillDictGuess(Object* o, Value name, AttrCache* c, uint64_t version) {
  Value* where = dictWord(o);
  if (!where || !*where) return;
  int64_t i = entryOf(asDict(*where), name);
  if (i >= 0)
    fill(c, markedLayout(o->layout), version, Value(), tagged(CacheKind::Dict, static_cast<uint64_t>(i) << kCacheKindBits));
}

namespace {

/// Which names lately were found to be absent from a dict with these keys. Versions are never used again; names that may
/// die are not kept.
struct AbsentName { uint64_t version; Value name; };
constinit AbsentName absentNames[256] = {};

} // namespace

bool dictHides(Value dict, Value name) {
  const DictObject* d = asDict(dict);
  AbsentName& known = absentNames[(d->version * 31 ^ name.bits >> 4) % std::size(absentNames)];
  if (known.name == name && known.version == d->version) [[likely]] return false;
  if (!d->strKeysOnly || dictGet(dict, name)) return true;
  if (name.object()->refs < 0) known = {d->version, name};
  return false;
}

CacheKind methodKind(const Layout* l, Value found) {
  const Type* t = l->type;
  return !isHeapType(t) && (t->flags & kTypeImmutable) && !l->dictOffset && isExact(found, methodDescriptorType) ? CacheKind::Builtin
                                                                                                             : CacheKind::Method;
}

void fillAttributeCache(Value o, Value name, AttrCache* cache) { fillGet(o, name, cache); }

namespace {

bool isClass(Value o) { return o.object()->layout->type->flags & kTypeType; }

/// What is known to an optional lookup.
const AttrCache* knownOfAny(Value o, Value name, AttrCache* cache) {
  return isClass(o) ? sharedClassGets.ofClass(o, name, cache) : sharedGets.of(o.object()->layout, name, cache);
}
void keepOfAny(Value o, Value name, const AttrCache& cache) {
  if (o.isPointer() && isClass(o)) sharedClassGets.keepClass(o, name, cache);
  sharedGets.keep(o, name, cache);
}

/// `known`: what is known about the layout of `o`, if anything is.
[[gnu::noinline]] Value attributeGetSlow(Value o, Value name, AttrCache* cache, const AttrCache* known) {
  if (known && isClass(o)) known = sharedClassGets.ofClass(o, name, cache);
  if (known && known->layout == markedLayout(o.object()->layout)) {
    Value v = cachedGet(o, name, known);
    if (v || errorSet()) return v;
  }
  Value v = getAttr(o, name);
  if (v) {
    fillGet(o, name, cache);
    keepOfAny(o, name, *cache);
  }
  return v;
}

/// The word holds another value.
[[gnu::noinline]] int32_t storeAgain(Value o, Value* word, Value v) {
  instanceHolds(o.object(), v);
  assign(*word, newRef(v));
  return 0;
}

/// In the place that is known; an instance whose dict is there already is told of what is new. 0, or -1 with MemoryError.
inline int32_t storeAt(Value o, Value name, Value v, const AttrCache* known) {
  Value* word = knownPlace(o, known);
  if (*word) return storeAgain(o, word, v);
  return storeFirst(o.object(), word, v, known) ? 0 : instanceFill(o.object(), name, word, v);
}

[[gnu::noinline]] int32_t attributeSetSlow(Value o, Value name, Value v, AttrCache* cache) {
  if (o.isPointer()) {
    const Layout* l = o.object()->layout;
    const AttrCache* known = knowsPlace(o, cache) ? cache : sharedSets.of(l, name, cache);
    if (knowsPlace(o, known)) return storeAt(o, name, v, known);
    if (FunctionObject* setter = cachedSetter(o, known); setter && setter->arity == 2) {
      return enterSetter(setter, o, v);
    } else if (known->layout == markedLayout(l) && ownerOf(l)->version == known->version) {
      const auto kind = static_cast<CacheKind>(known->offset & kCacheKindMask);
      if (kind == CacheKind::Getter) {
        if (FunctionObject* set = methodOfDescriptor(known->found, NAME(__set__))) {
          Ref done(enterMethod(set, known->found, newRef(o), newRef(v)));
          return done ? 0 : -1;
        }
      } else if (kind == CacheKind::Dict) {
        if (Value* word = guessedWord(o.object(), name, known)) {
          assign(*word, newRef(v));
          return 0;
        }
        // A new instance, whose dict is yet to come there. Where there is something else, the guess is no good.
        const Value* dict = dictWord(o.object());
        if (dict && (!*dict || asDict(*dict)->entryCount <= static_cast<int64_t>(known->offset >> kCacheKindBits))) return instanceSet(o.object(), name, v);
      }
    }
  }
  int32_t status = setAttr(o, name, v);
  if (status == 0) {
    fillSet(o, name, cache);
    sharedSets.keep(o, name, *cache);
  }
  return status;
}

} // namespace

int32_t objectSetAttr(Value o, Value name, Value v) {
  AttrCache site{}; // which knows nothing
  if (o.isPointer()) {
    const AttrCache* known = sharedObjectSets.of(o.object()->layout, name, &site);
    if (knowsPlace(o, known)) return storeAt(o, name, v, known);
  }
  const int32_t status = genericSetAttr(o, name, v);
  if (status == 0) {
    fillObjectSet(o, name, &site);
    sharedObjectSets.keep(o, name, site);
  }
  return status;
}

namespace {

using FillSite = void (*)(Value, Value, AttrCache*);

template <FillSite kFill> [[gnu::noinline]] FunctionObject* learnAccessor(Value o, Value name, AttrCache* site, SharedCache& shared, FunctionObject* (*known)(Value, const AttrCache*)) {
  kFill(o, name, site);
  shared.keep(o, name, *site);
  return known(o, site);
}

/// The function of a property that the site does not know: what others have learnt, or, where it speaks of another layout or of the class
/// as it was, what there is. Classes and modules have no properties of their own.
template <FillSite kFill> inline FunctionObject* accessorOf(Value o, Value name, AttrCache* site, SharedCache& shared, FunctionObject* (*known)(Value, const AttrCache*)) {
  if (!o.isPointer()) return nullptr;
  const Layout* l = o.object()->layout;
  const AttrCache* met = shared.of(l, name, site);
  if (met != site)
    if (FunctionObject* f = known(o, met)) return f;
  if ((met->layout == markedLayout(l) && ownerOf(l)->version == met->version) || met->layout == l) [[likely]] return nullptr;
  if (l->type->flags & kTypeType || l->type == &moduleType) return nullptr;
  return learnAccessor<kFill>(o, name, site, shared, known);
}

/// Sites that have not met such an object.
[[gnu::noinline]] Value attributePeekSlow(Value o, Value name, AttrCache* cache) {
  for (const bool isFilled : {false, true}) {
    const Layout* l = o.object()->layout;
    if (isFilled) fillGet(o, name, cache);
    if (knowsPlace(o, cache)) return *knownPlace(o, cache);
    if (cache->layout != markedLayout(l)) continue;
    switch (static_cast<CacheKind>(cache->offset & kCacheKindMask)) {
    case CacheKind::Plain:
      if (ownerOf(l)->version != cache->version) continue;
      return isPlainValue(cache->found) && !instanceHides(o.object(), name) ? cache->found : Value();
    case CacheKind::Class:
      if (!knowsOfClass(o, cache)) continue;
      return isGivenByClass(cache->found) ? cache->found : variableFound(cache->found);
    case CacheKind::Module:
      if (asDict(moduleDict(o))->version != cache->version) continue;
      return *reinterpret_cast<Value*>(cache->offset & ~kCacheKindMask);
    case CacheKind::Dict:
      if (ownerOf(l)->version != cache->version) continue;
      if (Value* word = guessedWord(o.object(), name, cache)) return *word;
      continue;
    case CacheKind::Getter:
      if (ownerOf(l)->version != cache->version) continue;
      if (cache->offset & kBehindInstance) return instanceHides(o.object(), name) ? Value() : variableFound(cache->found);
      return cachedItem(o, cache); // a tuple keeps it
    default: return {};
    }
  }
  return {};
}

/// o.name by a builtin descriptor of words.
[[gnu::noinline]] Value getOfMember(const MemberDef* def, Value o, Value name) {
  Value v = memberGet(o, def);
  if (!v) [[unlikely]] errorSetAttributeContext(o, name);
  return v;
}

/// o.name by another descriptor, whose class may be one made in Python with a __get__ that takes what it is given.
[[gnu::noinline]] Value getByMethod(Value o, Value name, AttrCache* cache, const AttrCache* known) {
  const Value found = known->found;
  FunctionObject* get = methodOfDescriptor(found, NAME(__get__));
  if (!get) return attributeGetSlow(o, name, cache, known);
  Value v = enterMethod(get, found, newRef(o), newRef(asValue(typeOf(o))));
  if (!v) [[unlikely]] errorSetAttributeContext(o, name);
  return v;
}

/// Saves no registers: whatever calls something else is the last thing done.
[[gnu::noinline]] Value attributeGetKnown(Value o, Value name, AttrCache* cache, const AttrCache* known) {
  const Layout* l = o.object()->layout;
  if (known->layout == markedLayout(l)) [[likely]] {
    const auto kind = static_cast<CacheKind>(known->offset & kCacheKindMask);
    if (kind == CacheKind::Class) {
      if (knowsOfClass(o, known)) {
        if (isGivenByClass(known->found)) return newRef(known->found);
        if (Value v = variableFound(known->found)) return newRef(v);
      }
    } else if (kind == CacheKind::Module) {
      if (Value v = knownOfModule(o, known)) return newRef(v);
    } else if (ownerOf(l)->version == known->version) [[likely]] {
      if (kind == CacheKind::Plain) {
        if (!hasOwnDict(o.object(), l) && isPlainValue(known->found)) return newRef(known->found);
      } else if (kind == CacheKind::Getter) {
        const Value found = known->found;
        if (known->offset & kTupleItem) {
          if (Value v = cachedItem(o, known)) return newRef(v);
        } else if (known->offset & kBehindInstance) {
          if (Value v = hasOwnDict(o.object(), l) ? Value() : variableFound(found)) return newRef(v);
        } else if (isExact(found, getsetDescriptorType)) {
          if (auto* def = static_cast<const GetSetDef*>(found.as<DescriptorObject>()->def); def->get) return getOfField(def, o, name);
        } else if (isExact(found, memberDescriptorType)) {
          return getOfMember(static_cast<const MemberDef*>(found.as<DescriptorObject>()->def), o, name);
        } else {
          return getByMethod(o, name, cache, known);
        }
      } else if (kind == CacheKind::Property) {
        const auto* p = known->found.as<PropertyObject>();
        if (p->getter) return getOfProperty(p, o, name, known);
      } else if (kind == CacheKind::Dict) {
        if (const Value* word = guessedWord(o.object(), name, known)) return newRef(*word);
      }
    }
  }
  return attributeGetSlow(o, name, cache, known);
}

} // namespace

namespace {

[[gnu::noinline]] Value getAttrOptionalBeyond(Value o, Value name, AttrCache* cache) {
  if (o.isPointer()) {
    const Layout* l = o.object()->layout;
    const AttrCache* known = knownOfAny(o, name, cache);
    if (knowsPlace(o, known)) {
      if (Value v = *knownPlace(o, known)) return newRef(v);
    } else if (known->layout == absentLayout(l)) {
      if (knownAbsent(o, name, known)) return {};
    } else if (Value v = knownOfModule(o, known)) {
      return newRef(v);
    } else if (known->layout == markedLayout(l)) {
      v = cachedGet(o, name, known);
      if (v) return v;
      if (errorSet()) { // it was asked, and is not asked again
        errorClearIf(AttributeErrorType);
        return {};
      }
    }
  }
  Value v = getAttrOptional(o, name);
  if (v) fillGet(o, name, cache);
  else if (!errorSet()) fillAbsent(o, name, cache);
  else return {};
  keepOfAny(o, name, *cache);
  return v;
}

} // namespace

Value getAttrOptionalOfSite(Value o, Value name, AttrCache* cache) {
  if (o.isPointer() && isClass(o)) // what a class has is mostly given as it is
    if (const AttrCache* known = sharedClassGets.ofClass(o, name, cache); knowsOfClass(o, known) && isGivenByClass(known->found)) return newRef(known->found);
  return getAttrOptionalBeyond(o, name, cache);
}

int32_t hasAttrOfSite(Value o, Value name, AttrCache* cache) {
  if (o.isPointer()) {
    const Layout* l = o.object()->layout;
    const AttrCache* known = knownOfAny(o, name, cache);
    if (known->layout == absentLayout(l)) {
      if (knownAbsent(o, name, known)) return 0;
    } else if (known->layout == markedLayout(l)) {
      switch (static_cast<CacheKind>(known->offset & kCacheKindMask)) {
      case CacheKind::Builtin:
      case CacheKind::Method:
        if (ownerOf(l)->version == known->version) return 1;
        break;
      case CacheKind::Plain:
        if (ownerOf(l)->version == known->version && isPlainValue(known->found)) return 1;
        break;
      case CacheKind::Class:
        if (knowsOfClass(o, known) && isGivenByClass(known->found)) return 1;
        break;
      case CacheKind::Getter: // those of the slots' methods never fail
        if (ownerOf(l)->version == known->version && isExact(known->found, wrapperDescriptorType)) return 1;
        break;
      default: break;
      }
    }
  }
  Ref v(getAttrOptionalOfSite(o, name, cache));
  return v ? 1 : errorSet() ? -1 : 0;
}

/// What the class has instead of an attribute whose slot is empty, if it is given as it is (borrowed): `retries = 3` in the class, stored in few
/// instances. Null: that takes more than a look.
static Value classDefault(Value o, Value name) {
  const Value found = typeLookup(typeOfObject(o.object()), name);
  if (!found || !isPlainValue(found)) return {};
  const Value* where = dictWord(o.object());
  if (!where || !*where) return found;
  // What stands in slots is in the dict that is split over them, and the other way round, unless a key is equal to a name and no name.
  const DictObject* d = asDict(*where);
  return d->split == kDictInstance && d->owner == o.object() && d->strKeysOnly ? found : Value();
}

Value getAttrOfMany(Value o, Value name) {
  // Names that may die are not kept; of one class or module it is not worth it.
  const bool isKept = o.isPointer() && isExactStr(name) && name.object()->refs < 0 && !(typeOf(o)->flags & kTypeType) && typeOf(o) != &moduleType;
  AttrCache site{};
  return isKept ? krt_attr_get_slow(o, name, &site) : getAttr(o, name);
}

extern "C" {

Value krt_attr_get_slow(Value o, Value name, AttrCache* cache) {
  // Sites that meet several classes in turn come here all the time.
  if (o.isPointer()) [[likely]] {
    if (Value v = knownConstant(o, cache)) return newRef(v);
    const AttrCache* known = sharedGets.of(o.object()->layout, name, cache);
    if (knowsPlace(o, known)) [[likely]] {
      if (Value v = *knownPlace(o, known)) [[likely]] return newRef(v);
      if (Value v = classDefault(o, name)) return newRef(v);
    }
    return attributeGetKnown(o, name, cache, known);
  }
  // A number: n.__class__, mostly.
  if (const Value found = typeLookup(typeOf(o), name); found && isExact(found, getsetDescriptorType))
    if (auto* def = static_cast<const GetSetDef*>(found.as<DescriptorObject>()->def); def->get) return getOfField(def, o, name);
  return attributeGetSlow(o, name, cache, nullptr);
}

Value krt_attr_peek_slow(Value o, Value name, AttrCache* cache) {
  if (knowsOfClass(o, cache) && isGivenByClass(cache->found)) return cache->found; // `r is dict.__repr__`
  if (Value v = knownOfModule(o, cache)) return v;
  return attributePeekSlow(o, name, cache);
}

int32_t krt_attr_set_slow(Value o, Value name, Value v, AttrCache* cache) {
  // First stores into the slots of a new instance: nothing is done for other cases before they are told apart.
  if (knowsPlace(o, cache)) [[likely]] {
    Value* word = knownPlace(o, cache);
    if (!*word && storeFirst(o.object(), word, v, cache)) [[likely]] return 0;
  } else if (o.isPointer()) {
    const AttrCache* known = sharedSets.of(o.object()->layout, name, cache);
    if (knowsPlace(o, known) && *knownPlace(o, known)) [[likely]] return storeAgain(o, knownPlace(o, known), v);
    if (FunctionObject* setter = cachedSetter(o, known); setter && setter->arity == 2) return enterSetter(setter, o, v);
    // A plain class: type has no data descriptors but those of names with two underscores.
    if (o.object()->layout == &typeType.instanceLayout && storeVariable(o.as<Type>(), name, v)) return 0;
  }
  return attributeSetSlow(o, name, v, cache);
}

FunctionObject* krt_known_getter_slow(Value o, Value name, AttrCache* cache) {
  return accessorOf<fillGet>(o, name, cache, sharedGets, cachedGetter);
}
FunctionObject* krt_known_setter_slow(Value o, Value name, AttrCache* cache) {
  return accessorOf<fillSet>(o, name, cache, sharedSets, cachedSetter);
}

void krt_attr_failed(Value o, Value name) { errorSetAttributeContext(o, name); }

int32_t krt_attr_del(Value o, Value name) {
  if (o.isPointer()) {
    AttrCache site{}; // which knows nothing
    const AttrCache* known = sharedSets.of(o.object()->layout, name, &site);
    if (knowsPlace(o, known) && instanceTakeOut(o.object(), knownPlace(o, known))) return 0;
  }
  return setAttr(o, name, Value());
}

Value krt_special_get(Value o, Value name) {
  Value v = lookupSpecial(o, name);
  if (!v && !errorSet())
    return raiseNoAttribute(typeOf(o), o, name, 50);
  return v;
}

} // extern "C"

} // namespace krait
