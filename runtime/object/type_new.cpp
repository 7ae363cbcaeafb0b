// type.__new__: from name, bases and namespace to a class.
#include <algorithm>
#include <cstring>
#include <vector>

#include "runtime/exceptions/frame_walk.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/attributes.h"
#include "runtime/object/class_build.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/class_variables.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/method_rows.h"
#include "runtime/object/mro.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slot_families.h"
#include "runtime/object/slots.h"
#include "runtime/object/subclasses.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/super.h"
#include "runtime/types/weakref.h"

namespace krait {

namespace {

Value getWeakrefs(Value o, void*) {
  int32_t offset = o.isPointer() ? o.object()->layout->weakOffset : 0;
  if (!offset) return raise(AttributeErrorType, "This object has no __weakref__");
  Value first = *wordAt(o.object(), offset);
  return first ? newRef(first) : none();
}

/// The builtin base that has a dict of its own (type, module, exceptions): its `__dict__` is the one that counts.
Type* builtinWithDict(Value o) {
  for (Type* t = typeOf(o); t->base; t = t->base)
    if (!isHeapType(t) && t->instanceLayout.dictOffset) return t;
  return nullptr;
}

Value baseDictDescriptor(Type* base, Value o) {
  Value found = typeLookup(base, NAME(__dict__));
  if (found && isDataDescriptor(found)) return found;
  return raise(TypeErrorType, "this __dict__ descriptor does not support '%.200s' objects", typeOf(o)->name);
}

Value getDict(Value o, void*) {
  Type* base = builtinWithDict(o);
  if (!base) return getInstanceDict(o, nullptr);
  Value found = baseDictDescriptor(base, o);
  return found ? readyTypeOf(found)->descrGet(found, o, asValue(typeOf(o))) : Value();
}

int32_t setDict(Value o, Value v, void*) {
  Type* base = builtinWithDict(o);
  if (!base) return setInstanceDict(o, v, nullptr);
  Value found = baseDictDescriptor(base, o);
  return found ? readyTypeOf(found)->descrSet(found, o, v) : -1;
}

constexpr GetSetDef dictGetSet = {"__dict__", getDict, setDict};
} // namespace

bool givesDict(Value found, Value o) {
  return isExact(found, getsetDescriptorType) && found.as<DescriptorObject>()->def == &dictGetSet && typeOf(o)->instanceLayout.dictOffset && !builtinWithDict(o);
}

bool dictIsUnmade(Value o) {
  Type* t = readyTypeOf(o);
  if (!isHeapType(t) || !t->instanceLayout.dictOffset || *dictWord(o.object()) || !findsPlainly(t)) return false;
  Value found = typeLookup(t, NAME(__dict__));
  return found && givesDict(found, o);
}

constinit const GetSetDef weakrefGetSet = {"__weakref__", getWeakrefs};

namespace {

/// What __slots__ asks for.
struct SlotRequest {
  bool given = false, dict = false, weakrefs = false;
  Ref names; // sorted list of mangled names
};

Value mangle(Value className, Value name) {
  auto* n = asStr(name);
  auto* c = asStr(className);
  if (n->length < 2 || n->at(0) != '_' || n->at(1) != '_') return newRef(name);
  if (n->at(n->length - 1) == '_' && n->at(n->length - 2) == '_') return newRef(name);
  int64_t skip = 0;
  while (skip < c->length && c->at(skip) == '_') ++skip;
  if (skip == c->length) return newRef(name);
  StrBuilder out;
  out.add('_');
  out.add(className, skip, c->length);
  out.add(name);
  return out.take();
}

bool isIdentifier(Value name) {
  Ref answer(callMethod(asValue(&strType), NAME(isidentifier), {name})); // not what a class of the name says
  return answer && answer.get() == boolean(true);
}

int32_t readSlots(Value className, Value ns, const Type* base, SlotRequest& request) {
  Value slots = dictGet(ns, NAME(__slots__));
  if (!slots) return errorSet() ? -1 : 0;
  request.given = true;
  Ref all(isStr(slots) ? newTuple({slots}) : toTuple(slots));
  if (!all) return -1;
  int64_t n = asTuple(all)->size;
  if (n > 0 && itemSize(base))
    return fail(TypeErrorType, "nonempty __slots__ not supported for subtype of '%s'", base->name);
  request.names.reset(newList(0));
  if (!request.names) return -1;
  bool mayAddDict = !base->instanceLayout.dictOffset;
  bool mayAddWeakrefs = !base->instanceLayout.weakOffset && !itemSize(base);
  for (int64_t i = 0; i < n; ++i) {
    Value name = asTuple(all)->items[i];
    if (!isStr(name)) return fail(TypeErrorType, "__slots__ items must be strings, not '%.200s'", typeOf(name)->name);
    if (!isIdentifier(name)) return errorSet() ? -1 : fail(TypeErrorType, "__slots__ must be identifiers");
    if (strEqual(name, "__dict__")) {
      if (!mayAddDict || request.dict) return fail(TypeErrorType, "__dict__ slot disallowed: we already got one");
      request.dict = true;
      continue;
    }
    if (strEqual(name, "__weakref__")) {
      if (!mayAddWeakrefs || request.weakrefs)
        return fail(TypeErrorType, "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0");
      request.weakrefs = true;
      continue;
    }
    Ref mangled(mangle(className, name));
    if (!mangled) return -1;
    int32_t clash = dictContains(ns, mangled);
    if (clash < 0) return -1;
    // The compiler puts these two into the namespace; they leave it again.
    if (clash && !strEqual(mangled, "__qualname__") && !strEqual(mangled, "__classcell__"))
      return fail(ValueErrorType, "%R in __slots__ conflicts with class variable", name);
    Ref interned(internStr(isExactStr(mangled) ? mangled.release() : strSubstring(mangled, 0, asStr(mangled)->length)));
    if (listAppend(request.names, interned) < 0) return -1;
  }
  return listSort(request.names, Value(), false);
}

uint32_t aligned(uint32_t size) { return (size + 7) & ~7u; }

/// Inline attribute slots: those of the base where they are, then the other bases' and the hinted names.
void addInlineSlots(HeapType* t, const Type* base, Value hint) {
  Layout& l = t->instanceLayout;
  const Layout& inherited = base->instanceLayout;
  if (l.dictOffset != kPrefixDictOffset || l.itemSize) {
    l.slotCount = 0;
    return;
  }
  bool extends = inherited.slotCount == 0 ||
                 (t->memberCount == 0 && inherited.slotOffset + slotsSize(inherited.slotCount) == inherited.size);
  std::vector<Value> names(inherited.slotNames, inherited.slotNames + inherited.slotCount);
  auto add = [&](Value name) {
    if (names.size() >= kMaxInlineSlots || std::find(names.begin(), names.end(), name) != names.end()) return;
    if (t->slotNames)
      for (int64_t i = 0; i < asTuple(t->slotNames)->size; ++i)
        if (asTuple(t->slotNames)->items[i] == name) return;
    names.push_back(name);
  };
  Ref hinted = hint ? Ref::share(hint) : Ref();
  std::vector<Ref> interned;
  if (extends) {
    auto* bases = asTuple(t->bases);
    for (int64_t i = 0; i < bases->size; ++i) {
      const Layout& other = bases->items[i].as<Type>()->instanceLayout;
      for (uint32_t j = 0; j < other.slotCount; ++j) add(other.slotNames[j]);
    }
    for (int64_t i = 0; hinted && i < asTuple(hinted)->size; ++i) {
      Value name = asTuple(hinted)->items[i];
      if (!isExactStr(name)) continue;
      interned.emplace_back(internStr(newRef(name)));
      add(interned.back());
    }
  }
  if (names.empty()) return;
  if (extends) {
    l.slotOffset = inherited.slotCount ? inherited.slotOffset : aligned(l.size) + 8;
    l.size = l.slotOffset + slotsSize(static_cast<uint32_t>(names.size()));
  }
  t->inlineNames = new Value[names.size()];
  for (size_t i = 0; i < names.size(); ++i) t->inlineNames[i] = newRef(names[i]);
  l.slotNames = t->inlineNames;
  l.slotCount = static_cast<uint32_t>(names.size());
}

bool hasMembers(const Type* t) {
  for (; isHeapType(t); t = t->base)
    if (asHeap(t)->memberCount) return true;
  return false;
}

void makeLayout(HeapType* t, const Type* base, const SlotRequest& request, Value hint) {
  Layout& l = t->instanceLayout;
  l = base->instanceLayout;
  l.type = t;
  std::fill_n(l.families, kSlotFamilies, uint64_t{0});
  forgetMethods(t);
  bool addDict = !base->instanceLayout.dictOffset && (!request.given || request.dict);
  bool addWeakrefs = !base->instanceLayout.weakOffset && !itemSize(base) && (!request.given || request.weakrefs);
  if (request.given) {
    // Secondary bases may bring what __slots__ did not ask for.
    auto* bases = asTuple(t->bases);
    for (int64_t i = 0; i < bases->size; ++i) {
      const Type* other = bases->items[i].as<Type>();
      if (other == base) continue;
      addDict |= !base->instanceLayout.dictOffset && other->instanceLayout.dictOffset;
      addWeakrefs |= !base->instanceLayout.weakOffset && !itemSize(base) && other->instanceLayout.weakOffset;
    }
  }
  uint32_t members = request.names ? static_cast<uint32_t>(asList(request.names)->size) : 0;
  if (addDict || addWeakrefs) l.flags |= kLayoutPrefix;
  if (addDict || addWeakrefs || members) l.flags |= kLayoutGc;
  if (addDict) l.dictOffset = kPrefixDictOffset;
  if (addWeakrefs) l.weakOffset = kPrefixWeakOffset;
  t->memberCount = members;
  if (members) {
    t->memberOffset = aligned(l.size);
    l.size = t->memberOffset + 8 * members;
    if (l.itemSize) l.size += 8; // they come after the text, on the next boundary
  }
  addInlineSlots(t, base, hint);
  t->hasMembers = hasMembers(t);
  t->onlyWords = t->builtinBase == &objectType && (l.flags & kLayoutGc);
  t->headerBytes = static_cast<uint8_t>(headerSize(&l));
  if (const size_t bytes = (t->headerBytes + l.size + 15) & ~size_t{15}; t->onlyWords && bytes <= kSmallLimit)
    t->blockBytes = static_cast<uint16_t>(bytes);
  const bool plain = t->onlyWords && l.dictOffset == kPrefixDictOffset && l.weakOffset == kPrefixWeakOffset && !t->hasMembers;
  const bool ofMembers = t->onlyWords && !l.dictOffset && !l.weakOffset;
  const auto sizeClass = static_cast<uint8_t>(t->blockBytes ? classOf(t->blockBytes) + 1 : 0);
  t->plainClass = plain && packsOrder(&l) ? sizeClass : 0;
  t->memberClass = ofMembers ? sizeClass : 0;
  t->foreign.layout = l;
  t->foreign.layout.flags = (l.flags & ~kLayoutSaid) | kLayoutForeign;
  t->foreign.layout.lengthOffset = t->foreign.layout.truthOffset = 0;
  t->foreign.layout.slotCount = 0;
  t->foreign.layout.slotNames = nullptr;
  t->foreignLayout = &t->foreign.layout;
}

void setNameText(HeapType* t) {
  Utf8 text(t->heapName);
  auto* copy = static_cast<char*>(allocate(text.size() + 1));
  memcpy(copy, text.ok() ? text.data() : "", text.ok() ? text.size() + 1 : 1);
  char* old = t->nameText;
  t->nameText = copy;
  t->name = copy;
  deallocate(old);
}

/// __module__ of a class that does not say: the `__name__` of the globals it is made in.
int32_t addModule(Type* t) {
  int32_t has = dictContains(t->dict, NAME(__module__));
  if (has) return has < 0 ? -1 : 0;
  FrameCursor frame;
  if (!frame) return 0;
  Value globals = globalsOf(frame.code(), frame.function());
  Value name = globals && isDict(globals) ? dictGet(globals, NAME(__name__)) : Value();
  return name ? dictSet(t->dict, NAME(__module__), name) : 0;
}

int32_t takeQualname(HeapType* t) {
  Value qualname = dictGet(t->dict, NAME(__qualname__));
  if (qualname && !isStr(qualname))
    return fail(TypeErrorType, "type __qualname__ must be a str, not %s", typeOf(qualname)->name);
  t->qualname = newRef(qualname ? qualname : t->heapName);
  return qualname ? dictDelete(t->dict, NAME(__qualname__)) : 0;
}

/// Plain functions under these names are implicitly static or class methods.
int32_t wrapSpecialFunctions(Type* t) {
  auto wrap = [&](Value name, Value (*wrapper)(Value)) {
    Value f = dictGet(t->dict, name);
    if (!f || !isExact(f, functionType)) return errorSet() ? -1 : 0;
    Ref wrapped(wrapper(f));
    return wrapped ? dictSet(t->dict, name, wrapped) : -1;
  };
  if (wrap(NAME(__new__), newStaticMethod) < 0) return -1;
  if (wrap(NAME(__init_subclass__), newClassMethod) < 0) return -1;
  return wrap(NAME(__class_getitem__), newClassMethod);
}

int32_t addDescriptor(Type* t, Value name, Value owned) {
  Ref descriptor(owned);
  return descriptor ? dictSet(t->dict, name, descriptor) : -1;
}

int32_t addSlotDescriptors(HeapType* t, const Type* base, const SlotRequest& request) {
  if (t->memberCount) {
    t->memberDefs = new MemberDef[t->memberCount];
    for (uint32_t i = 0; i < t->memberCount; ++i) {
      Value name = asTuple(t->slotNames)->items[i];
      Utf8 text(name);
      if (!text.ok()) return -1;
      auto* copy = static_cast<char*>(allocate(text.size() + 1));
      memcpy(copy, text.data(), text.size() + 1);
      t->memberDefs[i] = {copy, MemberKind::ObjectRaw, t->memberOffset + 8 * i, false};
      if (addDescriptor(t, name, newMemberDescriptor(t, &t->memberDefs[i])) < 0) return -1;
    }
  }
  const Layout &l = t->instanceLayout, &b = base->instanceLayout;
  auto addUnlessBound = [&](Value name, const GetSetDef& row) { return dictGet(t->dict, name) ? 0 : addDescriptor(t, name, newGetSetDescriptor(t, &row)); };
  if (l.dictOffset && !b.dictOffset && addUnlessBound(NAME(__dict__), dictGetSet) < 0) return -1;
  return l.weakOffset && !b.weakOffset ? addUnlessBound(NAME(__weakref__), weakrefGetSet) : 0;
}

int32_t fillClassCell(Type* t) {
  Value cell = dictGet(t->dict, NAME(__classcell__));
  if (!cell) return errorSet() ? -1 : 0;
  if (!isExact(cell, cellType))
    return fail(TypeErrorType, "__classcell__ must be a nonlocal cell, not %.200R", asValue(typeOf(cell)));
  assign(cell.as<CellObject>()->contents, newRef(asValue(t)));
  return dictDelete(t->dict, NAME(__classcell__));
}

int32_t callSetNames(Type* t) {
  Ref names(dictCopy(t->dict));
  if (!names) return -1;
  int64_t position = 0;
  Value key, v;
  while (dictNext(names, &position, &key, &v)) {
    Ref method(lookupSpecial(v, NAME(__set_name__)));
    if (!method && errorSet()) return -1;
    if (!method) continue;
    Ref done(call(method, {asValue(t), key}));
    if (done) continue;
    Ref cause = errorTake();
    raise(RuntimeErrorType, "Error calling __set_name__ on '%.100s' instance %R in '%.100s'", typeOf(v)->name, key, t->name);
    errorChainCause(cause.release());
    return -1;
  }
  return 0;
}

int32_t callInitSubclass(Type* t, Value keywords) {
  Value found = typeLookup(t, NAME(__init_subclass__));
  // object's does nothing and takes nothing.
  bool inOwnMro = asTuple(t->mro)->size > 0 && asTuple(t->mro)->items[0] == asValue(t);
  if (!keywords && inOwnMro && found == typeLookup(&objectType, NAME(__init_subclass__))) return 0;
  Ref super(newSuper(asValue(t), asValue(t)));
  Ref method(super ? getAttr(super, NAME(__init_subclass__)) : Value());
  if (!method) return -1;
  Ref empty(emptyTuple());
  Ref done(callTupleDict(method, empty, keywords));
  return done ? 0 : -1;
}

void makeDisplay(HeapType* t) {
  t->depth = t->base->depth + 1;
  auto** display = new const Type*[t->depth + 1];
  memcpy(display, t->base->display, sizeof(Type*) * t->depth);
  display[t->depth] = t;
  t->ancestors = display;
  t->display = display;
}

/// Slots of a new class: the base's, then what its own dict or further bases change.
void chooseSlots(HeapType* t) {
  t->number = &t->numberSlots;
  t->sequence = &t->sequenceSlots;
  t->mapping = &t->mappingSlots;
  t->async = &t->asyncSlots;
  const Type* base = t->base;
  if (base->number) t->numberSlots = *base->number;
  if (base->sequence) t->sequenceSlots = *base->sequence;
  if (base->mapping) t->mappingSlots = *base->mapping;
  if (base->async) t->asyncSlots = *base->async;
  t->repr = base->repr;
  t->str = base->str;
  t->hash = base->hash;
  t->call = base->call;
  t->getAttr = base->getAttr;
  t->setAttr = base->setAttr;
  t->compare = base->compare;
  t->iter = base->iter;
  t->next = base->next;
  t->descrGet = base->descrGet;
  t->descrSet = base->descrSet;
  t->init = base->init;
  t->construct = base->construct;
  t->finalize = base->finalize;
  t->buffer = base->buffer;
  for (int64_t i = 1; !t->buffer && i < asTuple(t->mro)->size; ++i) t->buffer = asTuple(t->mro)->items[i].as<Type>()->buffer;
  t->dealloc = instanceDealloc;
  t->traverse = instanceTraverse;
  t->clear = instanceClear;
  t->allocate = allocateInstance;
  if (asTuple(t->bases)->size > 1 || (t->flags & kTypeUncached)) {
    slotsUpdateAll(t);
    return;
  }
  int64_t position = 0;
  Value key, v;
  while (dictNext(t->dict, &position, &key, &v))
    if (isStr(key) && isSlotName(key)) slotsUpdate(t, key);
  noteContainer(t);
}

constexpr uint64_t kInheritedFlags = kTypeInt | kTypeList | kTypeTuple | kTypeBytes | kTypeStr | kTypeDict | kTypeException |
                                     kTypeType | kTypeFloat | kTypeSet | kTypeFrozenSet | kTypeByteArray | kTypeComplex |
                                     kTypeMatchSelf | kTypeRebased;

void inheritFlags(Type* t) {
  auto* mro = asTuple(t->mro);
  t->flags |= t->base->flags & kInheritedFlags;
  for (int64_t i = 1; i < mro->size; ++i) {
    uint64_t patterns = mro->items[i].as<Type>()->flags & (kTypeSequence | kTypeMapping);
    if (!patterns) continue;
    t->flags |= patterns;
    break;
  }
}

int32_t prepareDict(HeapType* t, const Type* base, const SlotRequest& request) {
  if (addModule(t) < 0 || takeQualname(t) < 0 || wrapSpecialFunctions(t) < 0) return -1;
  // Both names may also be slots, whose descriptors then take their places.
  if (fillClassCell(t) < 0 || addSlotDescriptors(t, base, request) < 0) return -1;
  Value doc = dictGet(t->dict, NAME(__doc__));
  if (!doc && dictSet(t->dict, NAME(__doc__), none()) < 0) return -1;
  if (doc && isStr(doc) && !Utf8(doc).ok()) return -1; // CPython keeps it as UTF-8
  if (dictContains(t->dict, NAME(__eq__)) > 0 && dictContains(t->dict, NAME(__hash__)) == 0 &&
      dictSet(t->dict, NAME(__hash__), none()) < 0)
    return -1;
  return 0;
}

} // namespace

int32_t completeType(Type* type) {
  HeapType* t = asHeap(type);
  t->mro = requestMro(t);
  if (!t->mro) return -1;
  makeDisplay(t);
  inheritFlags(t);
  chooseSlots(t);
  auto* bases = asTuple(t->bases);
  for (int64_t i = 0; i < bases->size; ++i)
    if (addSubclass(bases->items[i].as<Type>(), t) < 0) return -1;
  return 0;
}

void releaseType(Type* type) {
  HeapType* t = asHeap(type);
  for (uint32_t i = 0; i < t->memberCount && t->memberDefs; ++i) deallocate(const_cast<char*>(t->memberDefs[i].name));
  delete[] t->memberDefs;
  for (uint32_t i = 0; t->inlineNames && i < t->instanceLayout.slotCount; ++i) decref(t->inlineNames[i]);
  delete[] t->inlineNames;
  delete[] t->ancestors;
  deallocate(t->nameText);
  releaseVariables(t);
  releaseMethodRows(t);
}

Value newType(Value metaValue, Value name, Value givenBases, Value ns, Value keywords) {
  Type* meta = metaValue.as<Type>();
  Ref hint = takeSlotHint();
  Ref bases = asTuple(givenBases)->size ? Ref::share(givenBases) : Ref(newTuple({asValue(&objectType)}));
  Type* base = bestBase(bases);
  if (!base) return {};
  Ref dict(newDict());
  if (!dict || dictMerge(dict, ns, 1) < 0) return {};
  if (Ref left(dictPop(dict, NAME(__krait_slots__), none())); left && isTuple(left)) hint = std::move(left);
  SlotRequest request;
  if (readSlots(name, dict, base, request) < 0) return {};
  Ref made(allocateOf(meta, 0));
  if (!made) return {};
  auto* t = static_cast<HeapType*>(made.as<Type>());
  t->flags = kTypeHeap | kTypeBaseType | kTypeInherited;
  t->base = base;
  incref(asValue(base));
  t->builtinBase = isHeapType(base) ? asHeap(base)->builtinBase : base;
  t->bases = bases.release();
  t->dict = dict.release();
  t->unshadowed = t->intact = 1;
  t->heapName = newRef(name);
  setNameText(t);
  if (request.names) t->slotNames = listToTuple(request.names);
  makeLayout(t, base, request, hint);
  gcTrack(&t->header);
  if (prepareDict(t, base, request) < 0) return {};
  t->flags |= kTypeReadying;
  if (completeType(t) < 0) return {};
  t->flags = (t->flags & ~kTypeReadying) | kTypeReady;
  t->itemWords = fieldsOfTuple(t);
  joinSlotFamilies(t);
  if (callSetNames(t) < 0 || callInitSubclass(t, keywords && dictSize(keywords) ? keywords : Value()) < 0) return {};
  return made.release();
}

} // namespace krait
