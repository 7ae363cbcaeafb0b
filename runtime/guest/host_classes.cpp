// In extensions: classes that the host's code makes from krait's. Such a class has a twin, a class that krait makes from the same bases, with
// the host's attributes in its dict: instances are krait's, of the twin's class, and wrapped by the host's class. So methods of either side find
// overriding ones of the other.
#include <string_view>

#include "runtime/guest/guest.h"
#include "runtime/object/errors.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::guest {

int MakingWrapperClass::depth = 0;

namespace {

PointerTable hostClasses; // to 1

struct InTheMaking {
  PyTypeObject* theirs;
  Type* base;
} making{};

/// The host's own hooks have seen the class.
bool isLeftOut(std::string_view name) {
  for (std::string_view own : {"__dict__", "__weakref__", "__slots__", "__classcell__", "__init_subclass__", "__subclasshook__"})
    if (name == own) return true;
  return false;
}

/// What the host's class has in its dict. 0, or -1 with krait's error.
int32_t addAttributes(PyTypeObject* from, Value names, Type* unlessIn) {
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (py.PyDict_Next(from->tp_dict, &position, &key, &value)) {
    if (Py_TYPE(key) != py.PyUnicode_Type) continue;
    Ref name(internedName(key));
    Utf8 text(name ? name.get() : emptyStr());
    if (!name || !text.ok()) return -1;
    if (isLeftOut(text.view()) || (unlessIn && typeLookup(unlessIn, name))) continue;
    const bool isText = Py_TYPE(value) == py.PyUnicode_Type || value == guestNone();
    Ref entry(isText ? viewOf(value) : newGuestAttribute(value));
    if (!entry || dictSet(names, name, entry) < 0) return -1;
  }
  return 0;
}

/// 0, or -1 with krait's error.
int32_t makeTwin(PyTypeObject* theirs, PyObject* keywords) {
  Ref names(newDict()), bases(newList(0)), named(keywords ? viewOf(keywords) : Value());
  if (!names || !bases || (keywords && !named)) return -1;
  Type* first = nullptr;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(theirs->tp_bases); ++i) {
    Type* base = wrappedClass(asGuestType(PyTuple_GET_ITEM(theirs->tp_bases, i)));
    if (!base) continue;
    if (!first) first = base;
    if (listAppend(bases, asValue(base)) < 0) return -1;
  }
  if (!first) return fail(TypeErrorType, "no base of class '%s' is of the extension", theirs->tp_name);
  // Classes of the host's own among the ancestors: the nearest last. What krait's bases have is before them.
  for (Py_ssize_t i = PyTuple_GET_SIZE(theirs->tp_mro); i-- > 1;) {
    auto* ancestor = asGuestType(PyTuple_GET_ITEM(theirs->tp_mro, i));
    if (isWrapperClass(ancestor) || ancestor == plainWrapperType() || !(ancestor->tp_flags & Py_TPFLAGS_HEAPTYPE)) continue;
    if (addAttributes(ancestor, names, first) < 0) return -1;
  }
  if (addAttributes(theirs, names, nullptr) < 0) return -1;
  Ref name(newStr(std::string_view(theirs->tp_name))), parents(toTuple(bases)), qualname;
  Held theirQualname(py.PyObject_GetAttrString(asGuest(theirs), "__qualname__"));
  qualname.reset(theirQualname ? viewOf(theirQualname) : raiseFromGuest());
  if (!name || !parents || !qualname || dictSet(names, "__qualname__", qualname) < 0) return -1;
  Ref arguments(newTuple({name.get(), parents.get(), names.get()}));
  if (!arguments) return -1;
  const InTheMaking outer = making;
  making = {theirs, first};
  Ref made(callTupleDict(asValue(typeOf(asValue(first))), arguments, named));
  making = outer;
  if (!made) return -1;
  if (!hasTypeFlag(made, kTypeType)) return fail(TypeErrorType, "class '%s' was not made", theirs->tp_name);
  Type* twin = made.as<Type>();
  if (wrappedClass(theirs) != twin) {
    pairClasses(twin, theirs);
    becomesWrapperClass(theirs, twin);
  }
  return 0;
}

} // namespace

bool isHostClass(PyTypeObject* t) { return isExtension && hostClasses.find(t); }

PyTypeObject* classInTheMaking(Type* t) {
  if (!making.theirs || !isSubtype(t, making.base) || t == making.base) return nullptr;
  PyTypeObject* theirs = making.theirs;
  making = {};
  pairClasses(t, theirs);
  becomesWrapperClass(theirs, t);
  return theirs;
}

PyObject* makeHostClass(PyTypeObject* meta, PyObject* args, PyObject* keywords) {
  const bool isOurs = MakingWrapperClass::depth > 0;
  Held made(py.PyType_Type->tp_new(meta, args, isOurs ? keywords : nullptr));
  if (isOurs || !made) return made.take();
  PyTypeObject* theirs = asGuestType(made.get());
  Answering krait;
  if (!krait) return refuseThread();
  hostClasses.put(theirs, 1);
  for (Py_ssize_t i = 1; i < PyTuple_GET_SIZE(theirs->tp_mro); ++i)
    if (isValueClass(asGuestType(PyTuple_GET_ITEM(theirs->tp_mro, i)))) {
      becomesValueClass(theirs, false);
      break;
    }
  const bool hasKeywords = keywords && PyDict_GET_SIZE(keywords);
  if (krait.finish(krait.run([&] { return makeTwin(theirs, hasKeywords ? keywords : nullptr); })) < 0) return nullptr;
  share(made); // for ever, like all classes that both sides have
  return made.take();
}

int setClassAttr(PyObject* cls, PyObject* name, PyObject* value) {
  if (py.PyType_Type->tp_setattro(cls, name, value) < 0) return -1;
  Type* t = wrappedClass(asGuestType(cls));
  if (!t) return 0;
  Answering krait;
  if (!krait) return refuseThread(), -1;
  Ref n(internedName(name));
  if (!n) return krait.finish(-1);
  if (isHostClass(asGuestType(cls))) {
    noteClassAttribute(t, n, value);
    return krait.finish(0);
  }
  Ref v(value ? viewOf(value) : Value());
  return krait.finish(value && !v ? -1 : setAttr(asValue(t), n, v));
}

PyObject* newInstance(PyTypeObject* t, PyObject* args, PyObject* keywords) {
  Type* ours = wrappedClass(t);
  Answering krait;
  if (!krait) return refuseThread();
  if (!ours) return krait.finish(raise(TypeErrorType, "cannot create '%s' instances", t->tp_name));
  Ref maker(getAttr(asValue(ours), "__new__")), given(viewOf(args)), named(keywords ? viewOf(keywords) : Value());
  if (!maker || !given || (keywords && !named)) return krait.finish(Value());
  Ref arguments(newTuple(asTuple(given)->size + 1));
  if (!arguments) return krait.finish(Value());
  asTuple(arguments)->items[0] = newRef(asValue(ours));
  for (int64_t i = 0; i < asTuple(given)->size; ++i) asTuple(arguments)->items[i + 1] = newRef(asTuple(given)->items[i]);
  return krait.finish(krait.run([&] { return callTupleDict(maker, arguments, named); }));
}

} // namespace krait::guest
