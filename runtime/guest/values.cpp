// What crosses by value, and which of the other ways everything else goes.
#include <cmath>
#include <cstring>
#include <vector>

#include "runtime/guest/guest.h"
#include "runtime/object/errors.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::guest {

namespace {

PyObject* intToGuest(Value v) {
  int overflow = 0;
  const int64_t small = intToInt64(v, &overflow);
  if (!overflow) return py.PyLong_FromLongLong(small);
  std::vector<uint8_t> bytes(intBitLength(v) / 8 + 1);
  if (intToBytes(v, bytes.data(), bytes.size(), true, true) < 0) return raiseInGuest();
  return py._PyLong_FromByteArray(bytes.data(), bytes.size(), 1, 1);
}

Value intToKrait(PyObject* o) {
  int overflow = 0;
  const long long small = py.PyLong_AsLongLongAndOverflow(o, &overflow);
  if (!overflow) return newInt(small);
  std::vector<uint8_t> bytes(py._PyLong_NumBits(o) / 8 + 1);
  if (py._PyLong_AsByteArray(reinterpret_cast<PyLongObject*>(o), bytes.data(), bytes.size(), 1, 1) < 0) return raiseFromGuest();
  return intFromBytes(bytes.data(), bytes.size(), true, true);
}

PyObject* strToGuest(Value v) {
  const StrObject* s = asStr(v);
  return py.PyUnicode_FromKindAndData(s->kind, s->data(), s->length);
}

} // namespace

PyObject* tupleToGuest(Value v) {
  const int64_t size = asTuple(v)->size;
  Held made(py.PyTuple_New(size));
  for (int64_t i = 0; made && i < size; ++i) {
    PyObject* item = toGuest(asTuple(v)->items[i]);
    if (!item) return nullptr;
    PyTuple_SET_ITEM(made.get(), i, item);
  }
  return made.take();
}

namespace {

Value tupleToKrait(PyObject* o, bool isParting) {
  const Py_ssize_t size = PyTuple_GET_SIZE(o);
  if (size == 0) return emptyTuple();
  std::vector<Ref> items;
  std::vector<Value> words;
  for (Py_ssize_t i = 0; i < size; ++i) {
    items.emplace_back(viewOf(PyTuple_GET_ITEM(o, i), isParting));
    if (!items.back()) return Value();
    words.push_back(items.back());
  }
  return newTupleFrom(words.data(), words.size());
}

PyObject* sliceToGuest(Value v) {
  const auto* s = v.as<SliceObject>();
  Held start(toGuest(s->start)), stop(start ? toGuest(s->stop) : nullptr), step(stop ? toGuest(s->step) : nullptr);
  return step ? py.PySlice_New(start, stop, step) : nullptr;
}

PyObject* rangeToGuest(Value v) {
  const auto* r = v.as<RangeObject>();
  Held start(toGuest(r->start)), stop(start ? toGuest(r->stop) : nullptr), step(stop ? toGuest(r->step) : nullptr);
  return step ? py.PyObject_CallFunctionObjArgs(asGuest(py.PyRange_Type), start.get(), stop.get(), step.get(), nullptr) : nullptr;
}

Value rangeToKrait(PyObject* o) {
  Ref words[3];
  int at = 0;
  for (const char* name : {"start", "stop", "step"}) {
    words[at].reset(toKrait(py.PyObject_GetAttrString(o, name)));
    if (!words[at++]) return Value();
  }
  return call(asValue(&rangeType), {words[0].get(), words[1].get(), words[2].get()});
}

PyObject* frozenSetToGuest(Value v) {
  Held made(py.PyFrozenSet_New(nullptr));
  int64_t position = 0, hash = 0;
  for (Value key; made && setNext(v, &position, &key, &hash);) {
    Held item(toGuest(key));
    if (!item || py.PySet_Add(made, item) < 0) return nullptr;
  }
  return made.take();
}

Value frozenSetToKrait(PyObject* o, bool isParting) {
  Ref items(newList(0));
  Py_ssize_t position = 0;
  Py_hash_t hash = 0;
  for (PyObject* key = nullptr; items && py._PySet_NextEntry(o, &position, &key, &hash);) {
    Ref item(viewOf(key, isParting));
    if (!item || listAppend(items, item) < 0) return Value();
  }
  return items ? newFrozenSet(items) : Value();
}

PyObject* numberToGuest(Value v) {
  return v.isSmallInt() ? py.PyLong_FromLongLong(v.smallInt()) : py.PyFloat_FromDouble(v.immediateFloat());
}

/// A builtin function that is bound to an object, and so none that both sides have.
bool isMethod(PyObject* function) {
  PyObject* self = reinterpret_cast<PyCFunctionObject*>(function)->m_self;
  return self && Py_TYPE(self) != py.PyModule_Type;
}

/// numpy.nan is one object, by which packages and programs ask for it.
PyObject* theirNan;
Value ourNan;

Value nanToKrait(PyObject* o) {
  if (!theirNan && !isExtension) {
    PyObject* numpy = py.PyDict_GetItemString(py.PyImport_GetModuleDict(), "numpy");
    Held found(numpy ? py.PyObject_GetAttrString(numpy, "nan") : nullptr);
    py.PyErr_Clear();
    if (found && Py_TYPE(found.get()) == py.PyFloat_Type && (ourNan = newFloat(PyFloat_AS_DOUBLE(found.get())))) theirNan = found.take();
  }
  return o == theirNan ? newRef(ourNan) : newFloat(PyFloat_AS_DOUBLE(o));
}

/// The guest's names for strings that never die here.
PointerTable names;

} // namespace

PyObject* toGuest(Value v) {
  if (!v.isPointer()) return numberToGuest(v);
  if (isNone(v)) return share(py._Py_NoneStruct);
  const Type* t = typeOfObject(v.object());
  if (t->dealloc == mirrorDealloc) return share(mirrored(v));
  if (isExtension && isHeapType(t) && isValueClass(t)) return knownWrapper(v) ? share(knownWrapper(v)) : containerToGuest(v);
  return contentToGuest(v);
}

PyObject* contentToGuest(Value v) {
  const Type* t = typeOfObject(v.object());
  if (t->flags & kTypeStr) return strToGuest(v);
  if (t == &boolType) return share(reinterpret_cast<PyObject*>(v == boolean(true) ? py._Py_TrueStruct : py._Py_FalseStruct));
  if (t->flags & kTypeInt) return intToGuest(v);
  if (t->flags & kTypeFloat) return v == ourNan ? share(theirNan) : py.PyFloat_FromDouble(floatValue(v));
  if (t->flags & kTypeTuple) return isNamedTuple(typeOf(v)) ? namedTupleToGuest(v) : tupleToGuest(v);
  if (t->flags & (kTypeList | kTypeDict | kTypeSet)) return pairToGuest(v);
  if (t->flags & kTypeBytes)
    return py.PyBytes_FromStringAndSize(reinterpret_cast<const char*>(v.as<BytesObject>()->data), v.as<BytesObject>()->size);
  if (t->flags & kTypeType) {
    PyTypeObject* found = classToGuest(v.as<Type>());
    return found ? share(asGuest(found)) : nullptr;
  }
  if (t->flags & kTypeException) return exceptionToGuest(v);
  if (t->flags & kTypeComplex) return py.PyComplex_FromDoubles(v.as<ComplexObject>()->real, v.as<ComplexObject>()->imag);
  if (t->flags & kTypeFrozenSet) return frozenSetToGuest(v);
  if (t == &sliceType) return sliceToGuest(v);
  if (t == &rangeType) return rangeToGuest(v);
  if (v == ellipsis()) return share(py._Py_EllipsisObject);
  if (v == notImplemented()) return share(py._Py_NotImplementedStruct);
  if (PyObject* own = pairedFunction(v)) return share(own);
  if (PyObject* value = libraryValueToGuest(v)) return value;
  return wrap(v);
}

PyObject* nameToGuest(Value name) {
  const bool stays = name.object()->refs < 0;
  if (stays)
    if (uint64_t known = names.find(name.object())) return share(reinterpret_cast<PyObject*>(known));
  PyObject* made = strToGuest(name);
  if (!made) return nullptr;
  py.PyUnicode_InternInPlace(&made);
  if (stays) names.put(name.object(), reinterpret_cast<uint64_t>(share(made)));
  return made;
}

Value strToKrait(PyObject* o) {
  if (!PyUnicode_IS_READY(o) && py._PyUnicode_Ready(o) < 0) return raiseFromGuest();
  const Py_ssize_t length = PyUnicode_GET_LENGTH(o);
  const auto kind = PyUnicode_KIND(o);
  const void* data = PyUnicode_DATA(o);
  if (kind == 1)
    return PyUnicode_IS_ASCII(o) ? newStrAscii(static_cast<const char*>(data), static_cast<size_t>(length))
                                 : newStrLatin1(static_cast<const uint8_t*>(data), static_cast<size_t>(length));
  if (kind == 4) return newStrFromUcs4(static_cast<const uint32_t*>(data), static_cast<size_t>(length));
  StrObject* made = newStrRaw(length, 0xFFFF);
  if (!made) return Value();
  memcpy(made->data(), data, 2 * static_cast<size_t>(length));
  return Value(&made->header);
}

Value internedName(PyObject* name) {
  Value n = strToKrait(name);
  return n ? internStr(n) : Value();
}

Value viewOf(PyObject* o, bool isParting) {
  PyTypeObject* t = Py_TYPE(o);
  if (t == py.PyFloat_Type) {
    const double d = PyFloat_AS_DOUBLE(o);
    return d == d ? newFloat(d) : nanToKrait(o);
  }
  if (t == py.PyLong_Type) return intToKrait(o);
  if (t == py.PyUnicode_Type) return strToKrait(o);
  if (o == guestNone()) return none();
  if (t == py.PyBool_Type) return boolean(o == reinterpret_cast<PyObject*>(py._Py_TrueStruct));
  const bool dies = isParting && o->ob_refcnt == 1;
  if (t == py.PyTuple_Type) return tupleToKrait(o, dies);
  if (t == py.PyList_Type || t == py.PyDict_Type || t == py.PySet_Type) return pairToKrait(o, dies);
  if (t == py.PyBytes_Type) return newBytes(reinterpret_cast<const uint8_t*>(PyBytes_AS_STRING(o)), static_cast<size_t>(PyBytes_GET_SIZE(o)));
  if (t == py.PyComplex_Type) {
    const Py_complex c = reinterpret_cast<PyComplexObject*>(o)->cval;
    return newComplex(c.real, c.imag);
  }
  if (t == py.PyFrozenSet_Type) return frozenSetToKrait(o, dies);
  if (t == py.PySlice_Type) {
    auto* s = reinterpret_cast<PySliceObject*>(o);
    Ref start(viewOf(s->start)), stop(start ? viewOf(s->stop) : Value()), step(stop ? viewOf(s->step) : Value());
    return step ? newSlice(start, stop, step) : Value();
  }
  if (isParting)
    if (Value scalar = parted(o)) return scalar;
  if (Value direct = directMirrorOf(o)) return direct;
  if (errorSet()) return Value();
  if (t == py.PyCFunction_Type && isMethod(o)) return mirrorOf(o);
  if (t == py.PyRange_Type) return rangeToKrait(o);
  if (o == py._Py_EllipsisObject) return newRef(ellipsis());
  if (o == py._Py_NotImplementedStruct) return newRef(notImplemented());
  if (Value known = wrapped(o)) return newRef(known);
  if (PyType_HasFeature(t, Py_TPFLAGS_DICT_SUBCLASS) && isDictOfPair(t)) return pairToKrait(o, dies);
  if (Type* named = PyType_HasFeature(t, Py_TPFLAGS_TUPLE_SUBCLASS) ? namedTupleClass(t) : nullptr) {
    Ref items(tupleToKrait(o, dies));
    const Value words[] = {items.get()};
    return items ? tupleType.construct(named, Args{words, 1, Value()}) : Value();
  }
  if (isExtension && isValueClass(t)) return adoptContainer(o);
  if (isGuestType(o)) {
    Type* found = classToKrait(asGuestType(o));
    return found ? newRef(asValue(found)) : Value();
  }
  if (PyType_HasFeature(t, Py_TPFLAGS_BASE_EXC_SUBCLASS)) return exceptionToKrait(o);
  if (Value own = pairedFunction(o)) return newRef(own);
  if (Value value = libraryValueToKrait(o)) return value;
  return mirrorOf(o);
}

Value toKrait(PyObject* owned) {
  if (!owned) return raiseFromGuest();
  Value v = viewOf(owned, true);
  release(owned);
  return v;
}

bool isSame(Value a, PyObject* b) {
  PyTypeObject* t = Py_TYPE(b);
  if (a.isSmallInt() || (a.isPointer() && typeOfObject(a.object()) == &intType)) {
    if (t != py.PyLong_Type) return false;
    int overflow = 0;
    const long long small = py.PyLong_AsLongLongAndOverflow(b, &overflow);
    int ours = 0;
    if (!overflow) return intToInt64(a, &ours) == small && !ours;
    Ref large(intToKrait(b));
    return large && intCompare(a, large) == 0;
  }
  if (a.isImmediateFloat() || typeOfObject(a.object()) == &floatType) {
    if (t != py.PyFloat_Type) return false;
    const double x = floatValue(a), y = PyFloat_AS_DOUBLE(b);
    return memcmp(&x, &y, sizeof x) == 0;
  }
  if (isExactStr(a)) {
    const StrObject* s = asStr(a);
    return t == py.PyUnicode_Type && PyUnicode_IS_READY(b) && PyUnicode_GET_LENGTH(b) == s->length && PyUnicode_KIND(b) == s->kind &&
           memcmp(PyUnicode_DATA(b), s->data(), static_cast<size_t>(s->length) * s->kind) == 0;
  }
  if (isNone(a)) return b == guestNone();
  if (typeOfObject(a.object()) == &boolType)
    return b == reinterpret_cast<PyObject*>(a == boolean(true) ? py._Py_TrueStruct : py._Py_FalseStruct);
  if (PyObject* known = mirrored(a)) return known == b;
  if (isExactTuple(a)) {
    if (t != py.PyTuple_Type || PyTuple_GET_SIZE(b) != asTuple(a)->size) return false;
    for (int64_t i = 0; i < asTuple(a)->size; ++i)
      if (!isSame(asTuple(a)->items[i], PyTuple_GET_ITEM(b, i))) return false;
    return true;
  }
  if (isPaired(a, b)) return true;
  if (isExactBytes(a))
    return t == py.PyBytes_Type && PyBytes_GET_SIZE(b) == a.as<BytesObject>()->size &&
           memcmp(PyBytes_AS_STRING(b), a.as<BytesObject>()->data, static_cast<size_t>(PyBytes_GET_SIZE(b))) == 0;
  if (isExact(a, complexType)) {
    if (t != py.PyComplex_Type) return false;
    const Py_complex c = reinterpret_cast<PyComplexObject*>(b)->cval;
    return memcmp(&a.as<ComplexObject>()->real, &c.real, sizeof c.real) == 0 && memcmp(&a.as<ComplexObject>()->imag, &c.imag, sizeof c.imag) == 0;
  }
  if (a == ellipsis()) return b == py._Py_EllipsisObject;
  if (a == notImplemented()) return b == py._Py_NotImplementedStruct;
  if (hasTypeFlag(a, kTypeType)) return asGuest(knownClassOf(a.as<Type>())) == b;
  if (PyObject* own = pairedFunction(a)) return own == b;
  return wrapped(b) == a;
}

} // namespace krait::guest
