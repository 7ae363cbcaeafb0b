// Classes of the two sides. What both have built in is paired once; every other class of the guest gets a mirror
// (mirrors.cpp), every other class of krait a class of wrappers (wrappers.cpp). Both last as long as the program.
#include "runtime/guest/guest.h"
#include "runtime/modules/importing/compiled_modules.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/builtins/builtins.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"
#include <cstring>

namespace krait::guest {

namespace {

PointerTable theirs, ours; // Type* -> PyTypeObject* and back: what both have built in
PointerTable wrapperClasses; // Type* -> PyTypeObject*
PointerTable mirrorClasses;  // PyTypeObject* -> Type*
PointerTable theirFunctions, ourFunctions;
PointerTable theirKinds, ourKinds; // Type* -> PyTypeObject* and back: of what both interpreters make

void pairTypes(const Type* t, PyTypeObject* g) {
  theirs.put(t, reinterpret_cast<uint64_t>(g));
  ours.put(g, reinterpret_cast<uint64_t>(t));
}

/// Functions, code and the like: each side's objects have classes of their own here and there, but answer as what they are.
void pairKinds() {
  const std::pair<const Type*, PyTypeObject*> kinds[] = {
      {&functionType, py.PyFunction_Type},
      {&builtinFunctionType, py.PyCFunction_Type},
      {&methodType, py.PyMethod_Type},
      {&methodDescriptorType, py.PyMethodDescr_Type},
      {&classMethodDescriptorType, py.PyClassMethodDescr_Type},
      {&wrapperDescriptorType, py.PyWrapperDescr_Type},
      {&methodWrapperType, py._PyMethodWrapper_Type},
      {&getsetDescriptorType, py.PyGetSetDescr_Type},
      {&memberDescriptorType, py.PyMemberDescr_Type},
      {&codeType, py.PyCode_Type},
      {&frameType, py.PyFrame_Type},
      {&tracebackType, py.PyTraceBack_Type},
      {&cellType, py.PyCell_Type},
      {&generatorType, py.PyGen_Type},
      {&coroutineType, py.PyCoro_Type},
      {&asyncGeneratorType, py.PyAsyncGen_Type},
      {&mappingproxyType, py.PyDictProxy_Type},
  };
  for (const auto& [own, other] : kinds) {
    theirKinds.put(own, reinterpret_cast<uint64_t>(other));
    ourKinds.put(other, reinterpret_cast<uint64_t>(own));
  }
}

/// Builtin functions whose meaning depends on who calls them, or on whose files, modules and frames are meant.
bool dependsOnSide(const char* name) {
  for (const char* own : {"print", "open", "input", "exec", "eval", "compile", "globals", "locals", "vars", "dir", "__import__", "__build_class__",
                          "breakpoint", "id"})
    if (!strcmp(name, own)) return true;
  return false;
}

} // namespace

int32_t pairBuiltins() {
  Held module(py.PyImport_ImportModule("builtins"));
  if (!module) return -1;
  PyObject* names = py.PyModule_GetDict(module);
  int64_t position = 0;
  Value key, value;
  Value own = moduleDict(builtinsModule());
  while (dictNext(own, &position, &key, &value)) {
    Utf8 name(key);
    PyObject* other = name.ok() ? py.PyDict_GetItemString(names, name.data()) : nullptr;
    if (!other || !value.isPointer()) continue;
    if (hasTypeFlag(value, kTypeType)) {
      if (isGuestType(other) && (typeReady(value.as<Type>()), true)) pairTypes(value.as<Type>(), asGuestType(other));
    } else if (isExact(value, builtinFunctionType) && !dependsOnSide(name.data()) && !isGuestType(other)) {
      pairFunctions(value, other);
    }
  }
  pairKinds();
  pairTypes(&noneType, Py_TYPE(guestNone()));
  pairTypes(&ellipsisType, Py_TYPE(py._Py_EllipsisObject));
  pairTypes(&notImplementedType, Py_TYPE(py._Py_NotImplementedStruct));
  return 0;
}

void pairFunctions(Value own, PyObject* other) {
  theirFunctions.put(own.object(), reinterpret_cast<uint64_t>(share(other)));
  ourFunctions.put(other, newRef(own).bits);
}

PyObject* pairedFunction(Value function) { return reinterpret_cast<PyObject*>(theirFunctions.find(function.object())); }
Value pairedFunction(PyObject* function) {
  const uint64_t known = ourFunctions.find(function);
  return known ? Value(reinterpret_cast<const Object*>(known)) : Value();
}

PyTypeObject* kindToGuest(const Type* t) { return reinterpret_cast<PyTypeObject*>(theirKinds.find(t)); }
Type* kindToKrait(PyTypeObject* g) { return reinterpret_cast<Type*>(ourKinds.find(g)); }

PyTypeObject* classToGuest(Type* t) {
  if (uint64_t known = theirs.find(t)) return reinterpret_cast<PyTypeObject*>(known);
  if (isMirrorClass(t)) return asMirror(t)->guest;
  PyTypeObject* known = libraryClassToGuest(t);
  if (!known) known = libraryExceptionToGuest(t);
  return known ? known : wrapperClassOf(t);
}

/// In an extension: the host's class for an exception of a module in C++ (binascii.Error), which its code catches. New reference, or
/// null without an error.
static PyTypeObject* hostsException(Type* t) {
  Ref module(typeModule(t)), name(typeName(t));
  Utf8 m(module ? module.get() : emptyStr()), n(name ? name.get() : emptyStr());
  const bool isNative = module && name && m.ok() && n.ok() && isStr(module) && findNative(module);
  errorClear();
  Held theirs(isNative ? py.PyImport_ImportModule(m.data()) : nullptr);
  Held found(theirs ? py.PyObject_GetAttrString(theirs, n.data()) : nullptr);
  if (py.PyErr_Occurred()) py.PyErr_Clear();
  const bool isClass = found && isGuestType(found) && PyType_HasFeature(asGuestType(found), Py_TPFLAGS_BASE_EXC_SUBCLASS);
  return isClass && !isWrapperClass(asGuestType(found)) ? asGuestType(found.take()) : nullptr;
}

PyTypeObject* knownClassOf(const Type* t) {
  if (uint64_t known = theirs.find(t)) return reinterpret_cast<PyTypeObject*>(known);
  if (isMirrorClass(t)) return static_cast<const MirrorType*>(t)->guest;
  return reinterpret_cast<PyTypeObject*>(wrapperClasses.find(t));
}

PyTypeObject* wrapperClassOf(Type* t) {
  if (uint64_t known = wrapperClasses.find(t)) return reinterpret_cast<PyTypeObject*>(known);
  if (isExtension && (t->flags & kTypeException))
    if (PyTypeObject* known = hostsException(t)) {
      incref(asValue(t));
      pairTypes(t, known);
      return known;
    }
  if (PyTypeObject* known = isExtension ? classInTheMaking(t) : nullptr) return known;
  PyTypeObject* made = newWrapperClass(t);
  if (made) pairClasses(t, made);
  return made;
}

void pairClasses(Type* t, PyTypeObject* g) {
  incref(asValue(t));
  wrapperClasses.put(t, reinterpret_cast<uint64_t>(g));
}

Type* classToKrait(PyTypeObject* g) {
  if (uint64_t known = ours.find(g)) return reinterpret_cast<Type*>(known);
  if (isWrapperClass(g))
    if (Type* known = wrappedClass(g)) return known;
  if (Type* known = mixinOf(g)) return known;
  if (Type* known = namedTupleClass(g)) return known;
  Type* known = libraryClassToKrait(g);
  if (!known) known = libraryExceptionToKrait(g);
  return known ? known : mirrorClassOf(g);
}

MirrorType* knownMirrorClass(PyTypeObject* g) {
  const uint64_t known = mirrorClasses.find(g);
  return known ? asMirror(reinterpret_cast<Type*>(known)) : nullptr;
}

Type* mirrorClassOf(PyTypeObject* g) {
  if (uint64_t known = mirrorClasses.find(g)) return reinterpret_cast<Type*>(known);
  share(asGuest(g));
  MirrorType* made = newMirrorClass(g);
  if (made) mirrorClasses.put(g, reinterpret_cast<uint64_t>(static_cast<Type*>(made)));
  return made;
}

} // namespace krait::guest
