// In extensions: the host's objects for instances of krait's subclasses of int, str, tuple, list and the like. The host's C code reads the
// content of such an object itself, so it is one of a subclass of the host's own int, str or tuple, with the content by value (of a list, dict or
// set: kept equal, see pairs.cpp). Its dict holds a reference to the value, of which every attribute is asked, and through which it comes back
// as what it was.
#include <cstring>

#include "runtime/guest/guest.h"
#include "runtime/object/errors.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/types/str.h"

namespace krait::guest {

namespace {

constexpr char kValue[] = "__krait_value__";
PointerTable classes; // those of the host, to 1

PyObject* valueGetAttr(PyObject* self, PyObject* name) {
  const char* text = py.PyUnicode_AsUTF8(name);
  Value v = text && !isOfPickling(text) && strcmp(text, "__class__") != 0 ? contained(self) : Value();
  if (!v) return py.PyObject_GenericGetAttr(self, name);
  return answerAttribute(v, name);
}

int valueSetAttr(PyObject* self, PyObject* name, PyObject* value) {
  Value v = contained(self);
  if (!v) return py.PyObject_GenericSetAttr(self, name, value);
  return answerSetAttribute(v, name, value);
}

/// 0, or -1 with the host's error.
int keep(PyObject* o, Value v) {
  Held holder(newHolder(v, o)), key(py.PyUnicode_FromString(kValue));
  if (!holder || !key || py.PyObject_GenericSetAttr(o, key, holder) < 0) return -1;
  standFor(o, v);
  return 0;
}

constexpr uint64_t kContainers = kTypeList | kTypeDict | kTypeSet;

PyTypeObject* hostsOwn(PyTypeObject* t) {
  while (Py_TYPE(t) != py.PyType_Type) t = t->tp_base;
  return t;
}

} // namespace

bool isValueClass(const Type* t) {
  constexpr uint64_t kWithContent = kContainers | kTypeInt | kTypeFloat | kTypeComplex | kTypeStr | kTypeBytes | kTypeTuple | kTypeFrozenSet;
  return isExtension && isHeapType(t) && (t->flags & kWithContent) && !(t->flags & kTypeException);
}
bool isValueClass(PyTypeObject* t) { return classes.find(t); }

void becomesValueClass(PyTypeObject* t, bool isNew) {
  classes.put(t, 1);
  if (!isNew) return;
  t->tp_getattro = valueGetAttr;
  t->tp_setattro = valueSetAttr;
}

Value contained(PyObject* o) {
  PyObject** names = py._PyObject_GetDictPtr(o);
  PyObject* holder = names && *names ? py.PyDict_GetItemString(*names, kValue) : nullptr;
  return holder ? wrapped(holder) : Value();
}

PyObject* containerToGuest(Value v) {
  const uint64_t flags = typeOf(v)->flags;
  PyTypeObject* t = wrapperClassOf(typeOf(v));
  Held none(t ? py.PyTuple_New(flags & kContainers ? 0 : 1) : nullptr);
  if (!none) return nullptr;
  if (!(flags & kContainers)) {
    PyObject* content = contentToGuest(v);
    if (!content) return nullptr;
    PyTuple_SET_ITEM(none.get(), 0, content);
  }
  Held made(hostsOwn(t)->tp_new(t, none, nullptr));
  if (!made || keep(made, v) < 0) return nullptr;
  if ((flags & kContainers) && pairWith(v, made) < 0) return nullptr;
  return made.take();
}

Value adoptContainer(PyObject* o) {
  Type* t = wrappedClass(Py_TYPE(o));
  if (!t) return raise(TypeErrorType, "an object of class '%s' is not complete", Py_TYPE(o)->tp_name);
  Type* builtin = asHeap(t)->builtinBase;
  Ref made;
  if (builtin->flags & kContainers) {
    Ref maker(getAttr(asValue(builtin), "__new__"));
    made.reset(maker ? call(maker, {asValue(t)}) : Value());
  } else {
    Ref content(plainValue(builtin, o)), maker(content ? getAttr(asValue(builtin), "__new__") : Value());
    made.reset(maker ? call(maker, {asValue(t), content.get()}) : Value());
  }
  if (!made) return Value();
  if (keep(o, made) < 0) return raiseFromGuest();
  if ((builtin->flags & kContainers) && pairFrom(o, made) < 0) return Value();
  return made.release();
}

} // namespace krait::guest
