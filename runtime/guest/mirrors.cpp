// Mirrors: krait's objects for the guest's. A mirror holds one reference to its object, which stands in the word below the
// header where other instances have their dict (a mirror has none: the guest's attributes are the truth). There is one mirror of an
// object at a time; a table finds it and forgets it when it dies.
//
// The class of a mirror mirrors the guest's class, MRO included. Where that has a builtin class of immutable values or
// exceptions in it, instances contain that one's own part too, filled in when the mirror is made: isinstance() and
// everything that reads a float, str or exception directly works with them.
#include <algorithm>
#include <cstring>
#include <vector>

#include "runtime/exceptions/base_exception.h"
#include "runtime/guest/guest.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/attributes.h"
#include "runtime/object/errors.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/subclasses.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/super.h"

namespace krait::guest {

namespace {

PointerTable mirrors; // PyObject* -> Object*

/// Of classes whose part of an instance a mirror can have.
constexpr uint64_t kContained = kTypeInt | kTypeFloat | kTypeComplex | kTypeStr | kTypeBytes | kTypeTuple | kTypeException | kTypeType;

/// What a class of the guest adds to, of krait's: only what instances can really contain.
bool isContained(Type* t) {
  return (t->flags & kContained) || t == &moduleType || isLibraryClass(t);
}

Value newInstance(MirrorType* t, PyObject* o) {
  Type* builtin = t->builtin;
  if (builtin == &objectType) return Value(newObject(&t->instanceLayout));
  if (builtin->flags & kTypeException) {
    Held arguments(py.PyObject_GetAttrString(o, "args"));
    Ref args(arguments ? viewOf(arguments) : (py.PyErr_Clear(), newRef(emptyTuple())));
    return args ? exceptions::allocateException(t, isTuple(args) ? args.get() : emptyTuple()) : Value();
  }
  if (builtin == &moduleType) {
    Ref made(Value(newObject(&t->instanceLayout)));
    if (made) made.as<ModuleObject>()->dict = newDict();
    return made && made.as<ModuleObject>()->dict ? made.release() : Value();
  }
  if (isLibraryClass(builtin)) return libraryInstance(t, builtin, o);
  Ref plain(plainValue(builtin, o));
  if (!plain) return Value();
  const Value words[] = {plain.get()};
  return builtin->construct(t, Args{words, 1, Value()});
}

} // namespace

size_t mirrorCount() { return mirrors.count(); }

Value plainValue(Type* builtin, PyObject* o) {
  auto exact = [](PyObject* made) { return toKrait(made); };
  if (builtin->flags & kTypeFloat) return newFloat(PyFloat_AS_DOUBLE(o));
  if (builtin->flags & kTypeInt) return exact(py.PyNumber_Long(o)); // exact, since 3.10
  if (builtin->flags & kTypeStr) return strToKrait(o);
  if (builtin->flags & kTypeBytes) return exact(py.PyBytes_FromStringAndSize(PyBytes_AS_STRING(o), PyBytes_GET_SIZE(o)));
  if (builtin->flags & kTypeComplex) {
    const Py_complex c = reinterpret_cast<PyComplexObject*>(o)->cval;
    return newComplex(c.real, c.imag);
  }
  const Py_ssize_t size = PyTuple_GET_SIZE(o);
  Held copy(py.PyTuple_New(size));
  for (Py_ssize_t i = 0; copy && i < size; ++i) PyTuple_SET_ITEM(copy.get(), i, share(PyTuple_GET_ITEM(o, i)));
  return copy ? viewOf(copy) : raiseFromGuest();
}

/// A new mirror (owned, or null with krait's error) becomes that of `o`.
static Value adopted(Value made, PyObject* o) {
  if (!made) return Value();
  adopt(made.object(), share(o));
  fillScalar(made.object(), o);
  return made;
}

Value directMirrorOf(PyObject* o) {
  MirrorType* t = knownMirrorClass(Py_TYPE(o));
  if (!t || !t->isDirect) return Value();
  if (uint64_t known = mirrors.find(o)) return newRef(Value(reinterpret_cast<const Object*>(known)));
  if (t->builtin != &objectType) return Value();
  return adopted(Value(newObject(&t->instanceLayout)), o);
}

Value mirrorOf(PyObject* o) {
  if (uint64_t known = mirrors.find(o)) return newRef(Value(reinterpret_cast<const Object*>(known)));
  Type* t = mirrorClassOf(Py_TYPE(o));
  if (!t) return Value();
  return adopted(newInstance(asMirror(t), o), o);
}

void mirrorBy(PyObject* o, Value own) { mirrors.put(share(o), newRef(own).bits); }

void adopt(Object* mirror, PyObject* o) {
  wordAt(mirror, kPrefixDictOffset)->bits = reinterpret_cast<uint64_t>(o);
  mirrors.put(o, reinterpret_cast<uint64_t>(mirror));
}

void mirrorDealloc(Object* o) {
  auto* t = asMirror(typeOfObject(o));
  if (*wordAt(o, kPrefixWeakOffset)) {
    clearWeakrefs(o);
    if (o->refs > 0) return;
  }
  Value* word = wordAt(o, kPrefixDictOffset);
  auto* theirs = reinterpret_cast<PyObject*>(word->bits);
  *word = Value();
  if (theirs) mirrors.remove(theirs);
  if (t->builtin == &objectType) freeObject(o);
  else t->builtin->dealloc(o);
  if (!theirs || isOver()) return;
  Ref pending = errorTake();
  {
    GuestLock lock;
    release(theirs);
  }
  if (pending) errorRestore(pending.release());
}

void mirrorClassDealloc(Object*) {} // they are immortal

// ---- classes -----------------------------------------------------------------------------------

namespace {

/// What a mirrored class's dict holds: an attribute of the guest's class, unbound. Owns it.
struct GuestAttribute {
  Object header;
  PyObject* raw;
};

void attributeDealloc(Object* o) {
  if (!isOver()) release(reinterpret_cast<GuestAttribute*>(o)->raw);
  freeObject(o);
}

Value attributeGet(Value self, Value o, Value type) {
  Entering guest;
  PyObject* raw = self.as<GuestAttribute>()->raw;
  descrgetfunc get = Py_TYPE(raw)->tp_descr_get;
  if (!get) return viewOf(raw);
  const bool hasObject = o && !isNone(o);
  Held object(hasObject ? toGuest(o) : nullptr);
  if (hasObject && !object) return raiseFromGuest();
  Held cls(type && !isNone(type) ? toGuest(type) : nullptr);
  guest.go();
  return guest.finish(get(raw, object, cls ? cls.get() : object ? asGuest(Py_TYPE(object.get())) : guestNone()));
}

Value newAttribute(PyObject* raw) {
  Object* made = newObject(&guestAttributeType.instanceLayout);
  if (!made) return Value();
  reinterpret_cast<GuestAttribute*>(made)->raw = share(raw);
  return Value(made);
}

MirrorType* plainMetaclass;

Type* metaclassOf(PyTypeObject* g) {
  if (Py_TYPE(g) == py.PyType_Type) {
    if (!plainMetaclass) plainMetaclass = newMirrorClass(py.PyType_Type);
    return plainMetaclass;
  }
  return classToKrait(Py_TYPE(g));
}

int32_t fillDict(MirrorType* t) {
  Py_ssize_t position = 0;
  PyObject *key, *value;
  PyObject* names = t->guest->tp_dict;
  while (names && py.PyDict_Next(names, &position, &key, &value)) {
    if (Py_TYPE(key) != py.PyUnicode_Type) continue;
    Ref name(strToKrait(key));
    if (name) name.reset(internStr(name.release()));
    if (!name) return -1;
    if (strEqual(name, "__dict__") || strEqual(name, "__weakref__") || strEqual(name, "__class__") || strEqual(name, "__getattribute__")) continue;
    // What is unhashable says so, as everywhere.
    Ref entry(value == guestNone() ? newRef(none()) : newAttribute(value));
    if (!entry || dictSet(t->dict, name, entry) < 0) return -1;
  }
  return 0;
}

} // namespace

Value newGuestAttribute(PyObject* raw) { return newAttribute(raw); }

constinit Type guestAttributeType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "guest_attribute",
    .base = &objectType,
    .instanceLayout = {.type = &guestAttributeType, .size = sizeof(GuestAttribute)},
    .dealloc = attributeDealloc,
    .descrGet = attributeGet,
};

/// The MRO and bases of a new mirror class, of what krait has or mirrors of the guest's, and what instances contain. False with krait's error.
static bool findAncestors(MirrorType* t, std::vector<Value>& order, std::vector<Value>& bases) {
  const PyTypeObject* g = t->guest;
  const bool isPlainMeta = g == py.PyType_Type;
  order.push_back(asValue(t));
  t->builtin = &objectType;
  if (isPlainMeta) order.push_back(asValue(&typeType)), bases.push_back(asValue(&typeType));
  for (Py_ssize_t i = 1; g->tp_mro && i < PyTuple_GET_SIZE(g->tp_mro); ++i) {
    Type* known = classToKrait(asGuestType(PyTuple_GET_ITEM(g->tp_mro, i)));
    if (!known) return false;
    const bool isMirror = isMirrorClass(known) || known->dealloc == mirrorDealloc || known->dealloc == mirrorClassDealloc;
    const bool isOfProgram = mixinOf(asGuestType(PyTuple_GET_ITEM(g->tp_mro, i)));
    if (!isMirror && !isOfProgram && known != &objectType && !isContained(known)) continue;
    order.push_back(asValue(known));
    if (!isMirror && !isOfProgram && t->builtin == &objectType && !isHeapType(known)) t->builtin = known;
    if (isMirror && asMirror(known)->isExtended) t->isExtended = true;
  }
  if (isPlainMeta) t->builtin = &typeType;
  for (Py_ssize_t i = 0; g->tp_bases && i < PyTuple_GET_SIZE(g->tp_bases) && !isPlainMeta; ++i) {
    Type* known = classToKrait(asGuestType(PyTuple_GET_ITEM(g->tp_bases, i)));
    if (!known) return false;
    if (std::find(order.begin() + 1, order.end(), asValue(known)) != order.end()) bases.push_back(asValue(known));
  }
  if (g == py.PyModule_Type) { // of which krait's modules are, too
    t->builtin = &moduleType;
    order.insert(order.begin() + 1, asValue(&moduleType));
    bases.assign(1, asValue(&moduleType));
  }
  if (bases.empty()) bases.push_back(asValue(&objectType));
  return true;
}

/// The parts of a new mirror class that say where it stands among classes. False with krait's error.
static bool descend(MirrorType* t, const std::vector<Value>& order, const std::vector<Value>& bases) {
  const auto first = std::find_if(bases.begin(), bases.end(), [](Value b) { return !isMixin(b.as<Type>()); });
  t->base = (first == bases.end() ? bases[0] : *first).as<Type>();
  for (Value b : bases)
    if (b.as<Type>() == t->builtin) t->base = t->builtin;
  t->bases = newTupleFrom(bases.data(), bases.size());
  t->mro = newTupleFrom(order.data(), order.size());
  t->depth = t->base->depth + 1;
  auto** display = static_cast<const Type**>(calloc(t->depth + 1, sizeof(Type*)));
  if (!display) return raiseNoMemory(), false;
  memcpy(display, t->base->display, sizeof(Type*) * t->depth);
  display[t->depth] = t;
  t->display = display;
  return t->bases && t->mro;
}

/// Those that say what its instances contain of krait's.
static void takeAfter(MirrorType* t, const Type* builtin) {
  PyTypeObject* g = t->guest;
  t->flags = kTypeReady | kTypeInherited | kTypeRebased | kTypeBaseType | (builtin->flags & kContained);
  if (PyType_HasFeature(g, Py_TPFLAGS_SEQUENCE)) t->flags |= kTypeSequence;
  if (PyType_HasFeature(g, Py_TPFLAGS_MAPPING)) t->flags |= kTypeMapping;
  t->instanceLayout = builtin->instanceLayout;
  t->instanceLayout.type = t;
  t->instanceLayout.truthOffset = t->instanceLayout.lengthOffset; // what the contained type does not say, the guest's may
  const bool isMeta = builtin->flags & kTypeType;
  if (!isMeta) {
    t->instanceLayout.flags |= kLayoutGc | kLayoutPrefix;
    t->instanceLayout.weakOffset = kPrefixWeakOffset;
  }
  t->foreignLayout = &t->instanceLayout;
  t->dealloc = isMeta ? mirrorClassDealloc : mirrorDealloc;
  t->traverse = builtin->traverse;
  t->clear = builtin->clear;
  t->allocate = builtin->allocate;
  t->init = builtin->init;
  t->isDirect = !(builtin->flags & (kTypeException | kTypeType)) && g != py.PyCFunction_Type && !isLibraryClass(g);
}

MirrorType* newMirrorClass(PyTypeObject* g) {
  const bool isPlainMeta = g == py.PyType_Type;
  Type* meta = isPlainMeta ? &typeType : metaclassOf(g);
  if (!meta) return nullptr;
  // Room for the collector's links, which nobody ever sets.
  auto* block = static_cast<char*>(calloc(1, sizeof(MirrorType) + 64));
  if (!block) return raiseNoMemory(), nullptr;
  auto* t = reinterpret_cast<MirrorType*>(block + 64);
  t->guest = g;
  t->header = {kImmortal, &meta->instanceLayout};
  t->name = g->tp_name;
  std::vector<Value> order, bases;
  if (!findAncestors(t, order, bases)) return nullptr;
  typeReady(t->builtin);
  t->dict = newDict();
  if (!t->dict || !descend(t, order, bases)) return nullptr;
  takeAfter(t, t->builtin);
  fillSlots(t);
  if (!isPlainMeta && fillDict(t) < 0) return nullptr;
  for (Value b : bases) addSubclass(b.as<Type>(), t);
  specialise(t);
  return t;
}

void noteClassAttribute(Type* t, Value name, PyObject* value) {
  Ref key = attributeName(name);
  if (!key) return errorClear();
  if (!value) {
    if (dictDeleteIfPresent(t->dict, key) < 0) errorClear();
  } else {
    Ref entry(newAttribute(value));
    if (!entry || dictSet(t->dict, key, entry) < 0) errorClear();
  }
  typeModified(t);
}

// ---- classes made here, with a class of the guest among their bases ---------------------------------

PyObject* memberToGuest(Value v) {
  PyTypeObject* kind = isExact(v, staticmethodType)  ? py.PyStaticMethod_Type
                       : isExact(v, classmethodType) ? py.PyClassMethod_Type
                                                     : nullptr;
  if (kind) {
    Ref function(getAttr(v, "__func__"));
    Held theirs(function ? toGuest(function) : raiseInGuest());
    return theirs ? py.PyObject_CallOneArg(asGuest(kind), theirs) : nullptr;
  }
  if (isExact(v, propertyType)) {
    Held arguments(py.PyTuple_New(4));
    int at = 0;
    for (const char* part : {"fget", "fset", "fdel", "__doc__"}) {
      Ref value(getAttr(v, part));
      PyObject* theirs = value ? toGuest(value) : raiseInGuest();
      if (!theirs) return nullptr;
      PyTuple_SET_ITEM(arguments.get(), at++, theirs);
    }
    return py.PyObject_CallObject(asGuest(py.PyProperty_Type), arguments);
  }
  return toGuest(v);
}

Value makeClass(PyTypeObject* meta, const Args& args) {
  Entering guest;
  Ref names(isDict(args[2]) ? dictCopy(args[2]) : Value());
  if (!names) return errorSet() ? Value() : raise(TypeErrorType, "type.__new__() argument 3 must be dict, not %.200T", args[2]);
  Ref cell;
  if (Value v = dictGet(names, "__classcell__")) {
    cell = Ref::share(v);
    if (dictDelete(names, Ref(newStr("__classcell__"))) < 0) return Value();
  }
  const bool isTold = isToldByMixin(args[1]);
  Held name(toGuest(args[0])), bases(basesToGuest(args[1])), members(py.PyDict_New());
  if (!name || !bases || !members) return raiseFromGuest();
  int64_t position = 0;
  for (Value key, value; dictNext(names, &position, &key, &value);) {
    Held theirKey(toGuest(key)), member(memberToGuest(value));
    if (!theirKey || !member || py.PyDict_SetItem(members, theirKey, member) < 0) return raiseFromGuest();
  }
  Held arguments(py.PyTuple_New(3)), keywords;
  if (args.nameCount() && !isTold) {
    keywords = Held(py.PyDict_New());
    for (size_t i = 0; i < args.nameCount(); ++i) {
      Held key(toGuest(asTuple(args.names)->items[i])), value(toGuest(args[args.count + i]));
      if (!key || !value || py.PyDict_SetItem(keywords, key, value) < 0) return raiseFromGuest();
    }
  }
  PyTuple_SET_ITEM(arguments.get(), 0, name.take());
  PyTuple_SET_ITEM(arguments.get(), 1, bases.take());
  PyTuple_SET_ITEM(arguments.get(), 2, members.take());
  guest.go();
  Ref made(guest.finish(py.PyObject_Call(asGuest(meta), arguments, keywords)));
  if (!made || !mirrored(made) || !hasTypeFlag(made, kTypeType)) return made.release();
  auto* t = asMirror(made.as<Type>());
  t->isExtended = true;
  // Methods and the like are looked up as they were written: super() and compiled calls need no detour.
  position = 0;
  for (Value key, value; dictNext(names, &position, &key, &value);)
    if (isExact(value, functionType) || isExact(value, staticmethodType) || isExact(value, classmethodType) || isExact(value, propertyType))
      if (dictSet(t->dict, key, value) < 0) return Value();
  typeModified(t);
  if (cell && isExact(cell, cellType)) assign(cell.as<CellObject>()->contents, newRef(made));
  if (isTold) {
    Ref parents(newSuper(made, made)), tell(parents ? getAttr(parents, "__init_subclass__") : Value());
    Ref done(tell ? call(tell, Args{args.values + args.count, 0, args.names}) : Value());
    if (!done) return Value();
  }
  return made.release();
}

} // namespace krait::guest
