// Wrappers: the guest's objects for krait's. A wrapper holds one reference to its value; a table finds the wrapper
// of an object and forgets it when it dies.
//
// A class of krait is a class of wrappers: made by the guest's `type`, whose slots follow from the special methods that stand in its dict,
// as functions that call back. Everything else about instances (attributes, text, hash, comparison) is asked of krait. Functions,
// which the guest calls more than anything else, have a type that is called without a lookup.
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

#include "runtime/guest/guest.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/errors.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::guest {

namespace {

struct Wrapper {
  PyObject_HEAD
  Value value; // owned
  PyObject* weakrefs;
  vectorcallfunc call; // of functions
  PyObject* holds;     // of a holder: the object in whose dict it is, which stands for the value (borrowed); else null
};
Wrapper* asWrapper(PyObject* o) { return reinterpret_cast<Wrapper*>(o); }

PointerTable wrappers;       // Object* -> Wrapper*
PointerTable wrapperClasses; // PyTypeObject* -> Type*: those made by the metaclass
PyTypeObject *plainType, *bufferType, *functionWrapper, *callableWrapper, *methodWrapper, *metaclass;

// ---- slots --------------------------------------------------------------------------------------------

void wrapperDealloc(PyObject* self) {
  PyTypeObject* t = Py_TYPE(self);
  if (asWrapper(self)->weakrefs) py.PyObject_ClearWeakRefs(self);
  if (Value v = asWrapper(self)->value) {
    PyObject *type, *error, *trace;
    py.PyErr_Fetch(&type, &error, &trace);
    {
      KraitLock lock;
      if (lock) {
        Ref pending = errorTake();
        const uint64_t known = wrappers.find(v.object());
        if (known == reinterpret_cast<uint64_t>(self) || known == reinterpret_cast<uint64_t>(asWrapper(self)->holds)) wrappers.remove(v.object());
        decref(v);
        errorRestore(pending.release());
      }
    }
    py.PyErr_Restore(type, error, trace);
  }
  t->tp_free(self);
  release(asGuest(t));
}

} // namespace

PyObject* answerAttribute(Value v, PyObject* name) {
  Answering krait;
  if (!krait) return refuseThread();
  Ref n(internedName(name));
  return krait.finish(n ? krait.run([&] { return getAttr(v, n); }) : Value());
}

int answerSetAttribute(Value v, PyObject* name, PyObject* value) {
  Answering krait;
  if (!krait) return refuseThread(), -1;
  Ref n(internedName(name)), given(n && value ? viewOf(value) : Value());
  if (!n || (value && !given)) return krait.finish(-1);
  return krait.finish(krait.run([&] { return setAttr(v, n, given); }));
}

namespace {

PyObject* wrapperGetAttr(PyObject* self, PyObject* name) {
  const char* text = py.PyUnicode_AsUTF8(name);
  if (text && !strcmp(text, "__class__")) {
    PyTypeObject* kind = kindToGuest(typeOf(asWrapper(self)->value));
    if (!kind) kind = lookalikeInGuest(typeOf(asWrapper(self)->value));
    return share(asGuest(kind ? kind : Py_TYPE(self)));
  }
  if (isExtension && text && isOfPickling(text)) return py.PyObject_GenericGetAttr(self, name);
  if (text && !strcmp(text, "__signature__") && (Py_TYPE(self) == functionWrapper || Py_TYPE(self) == methodWrapper)) {
    Answering krait;
    if (!krait) return refuseThread();
    PyObject* made = signatureOf(asWrapper(self)->value);
    if (made || py.PyErr_Occurred()) return made;
  }
  return answerAttribute(asWrapper(self)->value, name);
}

int wrapperSetAttr(PyObject* self, PyObject* name, PyObject* value) {
  return answerSetAttribute(asWrapper(self)->value, name, value);
}

PyObject* wrapperRepr(PyObject* self) {
  Answering krait;
  return krait ? krait.finish(krait.run([&] { return isHostClass(Py_TYPE(self)) ? objectType.repr(asWrapper(self)->value) : repr(asWrapper(self)->value); })) : refuseThread();
}
PyObject* wrapperStr(PyObject* self) {
  Answering krait;
  return krait ? krait.finish(krait.run([&] { return isHostClass(Py_TYPE(self)) ? objectType.str(asWrapper(self)->value) : str(asWrapper(self)->value); })) : refuseThread();
}
Py_hash_t wrapperHash(PyObject* self) {
  Answering krait;
  if (!krait) return refuseThread(), -1;
  const int64_t h = krait.run([&] { return isHostClass(Py_TYPE(self)) ? objectType.hash(asWrapper(self)->value) : hash(asWrapper(self)->value); });
  return krait.finish(errorSet() ? -1 : 0) < 0 ? -1 : h;
}

PyObject* wrapperCompare(PyObject* self, PyObject* other, int op) {
  Answering krait;
  if (!krait) return refuseThread();
  Ref b(viewOf(other));
  if (!b) return krait.finish(Value());
  Value a = asWrapper(self)->value;
  auto compare = isHostClass(Py_TYPE(self)) ? objectType.compare : readyTypeOf(a)->compare;
  return krait.finish(compare ? krait.run([&] { return compare(a, b, op); }) : newRef(notImplemented()));
}

PyObject* callValue(PyObject* self, PyObject* const* args, size_t given, PyObject* names) {
  Answering krait;
  if (!krait) return refuseThread();
  const size_t count = static_cast<size_t>(PyVectorcall_NARGS(given)), total = count + (names ? PyTuple_GET_SIZE(names) : 0);
  constexpr size_t kFew = 8;
  Value few[kFew];
  std::vector<Value> many;
  Value* words = few;
  if (total > kFew) many.resize(total), words = many.data();
  size_t made = 0;
  for (; made < total; ++made)
    if (!(words[made] = viewOf(args[made]))) break;
  Ref keywords(made == total && names ? viewOf(names) : Value());
  Ref f = Ref::share(asWrapper(self)->value), result;
  if (made == total && (!names || keywords)) result.reset(krait.run([&] { return call(f, Args{words, count, keywords}); }));
  PyObject* answer = krait.finish(result.release());
  for (size_t i = 0; i < made; ++i) decref(words[i]);
  return answer;
}

PyObject* bindFunction(PyObject* self, PyObject* o, PyObject*) {
  return o && o != guestNone() ? py.PyMethod_New(self, o) : share(self);
}

int wrapperGetBuffer(PyObject* self, Py_buffer* view, int flags) {
  Answering krait;
  if (!krait) return refuseThread(), -1;
  auto* b = new Buffer;
  if (getBuffer(asWrapper(self)->value, b, static_cast<uint32_t>(flags)) < 0) {
    delete b;
    return krait.finish(-1);
  }
  *view = {};
  view->obj = share(self);
  view->buf = b->data;
  view->len = b->bytes;
  view->itemsize = b->itemSize;
  view->ndim = b->dimensions;
  view->readonly = b->readOnly;
  view->format = (flags & PyBUF_FORMAT) ? const_cast<char*>(b->format ? b->format : "B") : nullptr;
  view->shape = (flags & PyBUF_ND) ? reinterpret_cast<Py_ssize_t*>(const_cast<int64_t*>(b->shape ? b->shape : (b->shapeStorage[0] = b->bytes / b->itemSize, b->shapeStorage))) : nullptr;
  view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES
                      ? reinterpret_cast<Py_ssize_t*>(const_cast<int64_t*>(b->strides ? b->strides : (b->strideStorage[0] = b->itemSize, b->strideStorage)))
                      : nullptr;
  view->suboffsets = reinterpret_cast<Py_ssize_t*>(const_cast<int64_t*>(b->suboffsets));
  view->internal = b;
  return 0;
}

void wrapperReleaseBuffer(PyObject*, Py_buffer* view) {
  KraitLock lock;
  auto* b = static_cast<Buffer*>(view->internal);
  if (lock) releaseBuffer(b);
  delete b;
}

// ---- the metaclass -------------------------------------------------------------------------------------

PyObject* classGetAttr(PyObject* self, PyObject* name) {
  PyObject* found = py.PyType_Type->tp_getattro(self, name);
  if (found || !py.PyErr_ExceptionMatches(*py.PyExc_AttributeError)) return found;
  Type* t = wrappedClass(asGuestType(self));
  if (!t) return nullptr;
  py.PyErr_Clear();
  return answerAttribute(asValue(t), name);
}

PyObject* classCall(PyObject* self, PyObject* args, PyObject* keywords) {
  Type* t = wrappedClass(asGuestType(self));
  if (!t) return py.PyType_Type->tp_call(self, args, keywords);
  Answering krait;
  if (!krait) return refuseThread();
  Ref positional(viewOf(args)), named(keywords ? viewOf(keywords) : Value());
  if (!positional || (keywords && !named)) return krait.finish(Value());
  return krait.finish(krait.run([&] { return callTupleDict(asValue(t), positional, named); }));
}

PyMemberDef plainMembers[] = {{"__weaklistoffset__", T_PYSSIZET, offsetof(Wrapper, weakrefs), READONLY, nullptr}, {}};
PyMemberDef callMembers[] = {{"__weaklistoffset__", T_PYSSIZET, offsetof(Wrapper, weakrefs), READONLY, nullptr},
                             {"__vectorcalloffset__", T_PYSSIZET, offsetof(Wrapper, call), READONLY, nullptr},
                             {}};

template <class F> void* slot(F* function) { return reinterpret_cast<void*>(function); }

PyTypeObject* makeType(const char* name, PyTypeObject* base, unsigned flags, std::vector<PyType_Slot> slots, int size = sizeof(Wrapper)) {
  slots.push_back({0, nullptr});
  PyType_Spec spec{name, size, 0, static_cast<unsigned>(Py_TPFLAGS_DEFAULT) | flags, slots.data()};
  return asGuestType(py.PyType_FromSpecWithBases(&spec, base ? asGuest(base) : nullptr));
}

// ---- classes ---------------------------------------------------------------------------------------------

PyObject* reduceFunction(PyObject* self, PyObject*) { return py.PyObject_GetAttrString(self, "__qualname__"); }
PyMethodDef functionMethods[] = {{"__reduce__", reduceFunction, METH_NOARGS, nullptr}, {"__reduce_ex__", reduceFunction, METH_O, nullptr}, {}};

/// The ways of old protocols know no class but the host's own and object.
PyObject* reducePlain(PyObject* self, PyObject* protocol) {
  int overflow = 0;
  const long long wanted = py.PyLong_AsLongLongAndOverflow(protocol, &overflow);
  Held own(py.PyObject_GetAttrString(asGuest(py.PyBaseObject_Type), "__reduce_ex__")), number(py.PyLong_FromLongLong(std::max(wanted, 2LL)));
  return own && number ? py.PyObject_CallFunctionObjArgs(own, self, number.get(), nullptr) : nullptr;
}
PyMethodDef plainMethods[] = {{"__reduce_ex__", reducePlain, METH_O, nullptr}, {}};

/// What is bound when it is looked up in a class, or called.
bool isMember(const Type* kind) {
  for (const Type* t : {&functionType, &staticmethodType, &classmethodType, &propertyType, &methodDescriptorType, &wrapperDescriptorType})
    if (kind == t) return true;
  return false;
}

/// In an extension a class has all its methods, which super() and classes made from it find there. But these: what the wrappers do in their own way.
bool isWrappersOwn(std::string_view name) {
  for (std::string_view own : {"__del__", "__getattribute__", "__getattr__", "__setattr__", "__delattr__", "__init_subclass__", "__subclasshook__",
                               "__class_getitem__", "__set_name__", "__dict__", "__weakref__"})
    if (name == own) return true;
  return false;
}

/// Special methods that the wrapper's own slots serve, or that make classes and instances.
bool isServed(std::string_view name) {
  for (std::string_view own :
       {"__new__", "__init__", "__del__", "__getattribute__", "__getattr__", "__setattr__", "__delattr__", "__dict__", "__weakref__", "__class__",
        "__slots__", "__init_subclass__", "__subclasshook__", "__mro_entries__", "__class_getitem__", "__annotations__", "__repr__", "__str__",
        "__hash__", "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__module__", "__qualname__", "__doc__", "__set_name__",
        "__match_args__", "__orig_bases__", "__parameters__", "__abstractmethods__", "__dataclass_fields__", "__dataclass_params__", "__buffer__",
        "__basicsize__", "__itemsize__", "__flags__", "__text_signature__", "__mro__", "__bases__", "__base__", "__name__", "__static_attributes__"})
    if (name == own) return true;
  return false;
}

/// Of a metaclass: what makes classes and instances is krait's to call.
bool isMaking(std::string_view name) { return name == "__new__" || name == "__init__" || name == "__call__" || name == "__prepare__"; }

int addMethods(Type* t, PyObject* members) {
  int64_t position = 0;
  Ref names(dictCopy(t->dict));
  const bool isOfProgram = isExtension && t != &objectType;
  for (Value key, value; names && dictNext(names, &position, &key, &value);) {
    if (!isStr(key)) continue;
    Utf8 name(key);
    if (!name.ok() || ((t->flags & kTypeType) && isMaking(name.view()))) continue;
    const bool isSpecial = name.size() >= 5 && name.view().starts_with("__") && name.view().ends_with("__");
    const Type* kind = typeOf(value);
    const bool isTold = isOfProgram && !isWrappersOwn(name.view()) &&
                        (isMember(kind) || (isSpecial && isHeapType(t) && (name.view() == "__doc__" || name.view() == "__annotations__" || name.view() == "__hash__")));
    if (!isTold && (!isSpecial || isServed(name.view()) || kind == &getsetDescriptorType || kind == &memberDescriptorType)) continue;
    if (isExtension && py.PyDict_GetItemString(members, name.data())) continue;
    Held member(memberToGuest(value));
    if (!member || py.PyDict_SetItemString(members, name.data(), member) < 0) return -1;
  }
  return names ? 0 : -1;
}

int setText(PyObject* members, const char* key, Value owned) {
  Ref text(owned);
  Held theirs(text ? toGuest(text) : raiseInGuest());
  return theirs ? py.PyDict_SetItemString(members, key, theirs) : -1;
}

/// In an extension a metaclass of krait's is one of the host's, with what classes do because of it.
PyTypeObject* newMetaclass(Type* t) {
  Held members(py.PyDict_New()), parents(py.PyTuple_New(1)), arguments(py.PyTuple_New(3));
  Ref ownName(typeName(t));
  Held name(ownName ? toGuest(ownName) : raiseInGuest());
  if (!members || !parents || !arguments || !name) return nullptr;
  for (int64_t i = 0; i < asTuple(t->mro)->size; ++i)
    if (auto* base = asTuple(t->mro)->items[i].as<Type>(); isHeapType(base) && addMethods(base, members) < 0) return nullptr;
  if (setText(members, "__module__", typeModule(t)) < 0) return nullptr;
  PyTuple_SET_ITEM(parents.get(), 0, share(asGuest(metaclass)));
  PyTuple_SET_ITEM(arguments.get(), 0, name.take());
  PyTuple_SET_ITEM(arguments.get(), 1, parents.take());
  PyTuple_SET_ITEM(arguments.get(), 2, members.take());
  PyObject* made = py.PyObject_Call(asGuest(py.PyType_Type), arguments, nullptr);
  if (made) wrapperClasses.put(made, reinterpret_cast<uint64_t>(t));
  return made ? asGuestType(made) : nullptr;
}

} // namespace

PyObject* refuseThread() {
  py.PyErr_SetString(*py.PyExc_RuntimeError, "a thread that Krait did not start can't call back into the program");
  return nullptr;
}

void standFor(PyObject* theirs, Value v) { wrappers.put(v.object(), reinterpret_cast<uint64_t>(theirs)); }

size_t wrapperCount() { return wrappers.count(); }
bool isWrapperClass(PyTypeObject* t) {
  PyTypeObject* meta = Py_TYPE(t);
  return meta == metaclass || (isExtension && meta != py.PyType_Type && py.PyType_IsSubtype(meta, metaclass));
}

Type* wrappedClass(PyTypeObject* t) { return reinterpret_cast<Type*>(wrapperClasses.find(t)); }

Value wrapped(PyObject* o) {
  PyTypeObject* t = Py_TYPE(o);
  if (t == functionWrapper || t == callableWrapper || t == methodWrapper || t == plainType) return asWrapper(o)->value;
  if (isWrapperClass(t) && !PyType_HasFeature(t, Py_TPFLAGS_BASE_EXC_SUBCLASS))
    return isExtension && isValueClass(t) ? contained(o) : asWrapper(o)->value;
  if (shownModule)
    if (Value module = shownModule(o)) return module;
  if (isExtension ? isGuestType(o) : Py_TYPE(o) == metaclass)
    if (Type* known = wrappedClass(asGuestType(o))) return asValue(known);
  return Value();
}

static PyObject* newWrapper(PyTypeObject* t, Value v) {
  PyObject* made = t->tp_alloc(t, 0);
  if (!made) return nullptr;
  asWrapper(made)->value = newRef(v);
  asWrapper(made)->call = callValue;
  return made;
}

PyObject* newHolder(Value v, PyObject* of) {
  PyObject* made = newWrapper(plainType, v);
  if (made) asWrapper(made)->holds = of;
  return made;
}

PyObject* knownWrapper(Value v) { return reinterpret_cast<PyObject*>(wrappers.find(v.object())); }
PyTypeObject* plainWrapperType() { return plainType; }
void becomesWrapperClass(PyTypeObject* g, Type* t) { wrapperClasses.put(g, reinterpret_cast<uint64_t>(t)); }
bool isOfPickling(std::string_view attribute) { return attribute == "__reduce_ex__" || attribute == "__reduce__"; }
PyObject* newReduction(PyObject* function, std::string_view attribute) {
  return py.PyCMethod_New(&functionMethods[attribute == "__reduce__" ? 0 : 1], function, nullptr, nullptr);
}

PyObject* wrap(Value v) {
  if (uint64_t known = wrappers.find(v.object())) return share(reinterpret_cast<PyObject*>(known));
  if (showModule && isInstanceOf(v, moduleType)) return showModule(v);
  PyTypeObject* t = wrapperClassOf(typeOf(v));
  PyObject* made = t ? newWrapper(t, v) : nullptr;
  if (made) wrappers.put(v.object(), reinterpret_cast<uint64_t>(made));
  return made;
}

PyTypeObject* newWrapperClass(Type* t) {
  typeReady(t);
  for (const Type* function : {&functionType, &methodDescriptorType, &wrapperDescriptorType})
    if (t == function) return asGuestType(share(asGuest(functionWrapper)));
  if (t == &builtinFunctionType) return asGuestType(share(asGuest(callableWrapper)));
  if (t == &methodType) return asGuestType(share(asGuest(methodWrapper)));
  if (isExtension && (t->flags & kTypeType) && isHeapType(t)) return newMetaclass(t);
  if ((t->flags & kTypeTuple) && isNamedTuple(t)) return newNamedTupleClass(t);
  const bool isException = t->flags & kTypeException;
  const bool isValue = isValueClass(t);
  constexpr uint64_t kContents = kTypeInt | kTypeFloat | kTypeComplex | kTypeStr | kTypeBytes | kTypeTuple | kTypeList | kTypeDict | kTypeSet | kTypeFrozenSet;
  std::vector<PyTypeObject*> bases;
  for (int64_t i = 0; i < asTuple(t->bases)->size; ++i) {
    auto* base = asTuple(t->bases)->items[i].as<Type>();
    if (isException != static_cast<bool>(base->flags & kTypeException)) continue;
    if (base == &objectType) continue;
    if (isValue && !(base->flags & t->flags & kContents)) continue; // its methods are added below
    PyTypeObject* theirs = isException || isValue ? classToGuest(base) : wrapperClassOf(base);
    if (!theirs) return nullptr;
    bases.push_back(theirs);
  }
  if (bases.empty()) bases.push_back(t->buffer ? bufferType : plainType);
  Held name(nullptr), members(py.PyDict_New()), parents(py.PyTuple_New(static_cast<Py_ssize_t>(bases.size())));
  Ref ownName(typeName(t));
  name = Held(ownName ? toGuest(ownName) : raiseInGuest());
  if (!name || !members || !parents) return nullptr;
  for (size_t i = 0; i < bases.size(); ++i) PyTuple_SET_ITEM(parents.get(), static_cast<Py_ssize_t>(i), share(asGuest(bases[i])));
  if (setText(members, "__module__", typeModule(t)) < 0 || setText(members, "__qualname__", typeQualname(t)) < 0) return nullptr;
  if (isException && isExtension && addMethods(t, members) < 0) return nullptr;
  if (!isException) {
    Held none(py.PyTuple_New(0));
    if (!isValue && py.PyDict_SetItemString(members, "__slots__", none) < 0) return nullptr;
    if (addMethods(t, members) < 0) return nullptr;
    for (int64_t i = 1; isValue && i < asTuple(t->mro)->size; ++i)
      if (auto* base = asTuple(t->mro)->items[i].as<Type>(); isHeapType(base) && !isValueClass(base) && addMethods(base, members) < 0) return nullptr;
  }
  MakingWrapperClass making;
  Type* ownMeta = typeOf(asValue(t));
  PyTypeObject* meta = isExtension && isHeapType(ownMeta) ? wrapperClassOf(ownMeta) : metaclass;
  if (!meta) return nullptr;
  Held made(py.PyObject_CallFunctionObjArgs(asGuest(meta), name.get(), parents.get(), members.get(), nullptr));
  if (!made) return nullptr;
  wrapperClasses.put(made.get(), reinterpret_cast<uint64_t>(t));
  if (isExtension && isException) {
    asGuestType(made.get())->tp_getattro = exceptionGetAttr;
    asGuestType(made.get())->tp_setattro = exceptionSetAttr;
  }
  if (isValue) becomesValueClass(asGuestType(made.get()), true);
  if (!isException && !isExtension) tellAbstractClasses(t, asGuestType(made.get()));
  return asGuestType(made.take());
}

int32_t initialiseWrappers() {
  const std::vector<PyType_Slot> plain = {
      {Py_tp_dealloc, slot(wrapperDealloc)}, {Py_tp_getattro, slot(wrapperGetAttr)}, {Py_tp_setattro, slot(wrapperSetAttr)},
      {Py_tp_repr, slot(wrapperRepr)},       {Py_tp_str, slot(wrapperStr)},          {Py_tp_hash, slot(wrapperHash)},
      {Py_tp_richcompare, slot(wrapperCompare)}};
  auto with = [&plain](std::vector<PyType_Slot> more) {
    more.insert(more.end(), plain.begin(), plain.end());
    return more;
  };
  constexpr unsigned kCalled = Py_TPFLAGS_HAVE_VECTORCALL;
  std::vector<PyType_Slot> plainSlots = with({{Py_tp_members, plainMembers}});
  if (isExtension) plainSlots.insert(plainSlots.end(), {{Py_tp_new, slot(newInstance)}, {Py_tp_methods, plainMethods}});
  plainType = makeType("krait.object", nullptr, Py_TPFLAGS_BASETYPE, plainSlots);
  bufferType = plainType ? makeType("krait.buffer", plainType, Py_TPFLAGS_BASETYPE,
                                    {{Py_bf_getbuffer, slot(wrapperGetBuffer)}, {Py_bf_releasebuffer, slot(wrapperReleaseBuffer)}})
                         : nullptr;
  functionWrapper = makeType("builtins.function", nullptr, kCalled,
                             with({{Py_tp_members, callMembers}, {Py_tp_methods, functionMethods}, {Py_tp_call, slot(*py.PyVectorcall_Call)}, {Py_tp_descr_get, slot(bindFunction)}}));
  callableWrapper = makeType("builtins.builtin_function_or_method", nullptr, kCalled, with({{Py_tp_members, callMembers}, {Py_tp_call, slot(*py.PyVectorcall_Call)}}));
  methodWrapper = makeType("builtins.method", nullptr, kCalled, with({{Py_tp_members, callMembers}, {Py_tp_call, slot(*py.PyVectorcall_Call)}}));
  std::vector<PyType_Slot> metaSlots = {{Py_tp_getattro, slot(classGetAttr)}, {Py_tp_call, slot(classCall)}};
  if (isExtension) metaSlots.insert(metaSlots.end(), {{Py_tp_new, slot(makeHostClass)}, {Py_tp_setattro, slot(setClassAttr)}});
  metaclass = makeType("krait.type", py.PyType_Type, Py_TPFLAGS_BASETYPE, metaSlots, 0);
  return plainType && bufferType && functionWrapper && callableWrapper && methodWrapper && metaclass ? 0 : -1;
}

} // namespace krait::guest
