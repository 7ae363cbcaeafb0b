// Exceptions that modules of the library define (zipfile.BadZipFile, json.JSONDecodeError): a class of the guest and krait's of the same name
// are each other's once the program has imported the module, so that its `except` clauses, and the guest's, see what the other side raises.
#include <string>

#include "runtime/guest/guest.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/errors.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"

namespace krait::guest {

namespace {

PointerTable theirs, ours; // Type* -> PyTypeObject* and back

void pair(Type* t, PyTypeObject* g) {
  incref(asValue(t));
  share(asGuest(g));
  theirs.put(t, reinterpret_cast<uint64_t>(g));
  ours.put(g, reinterpret_cast<uint64_t>(t));
}

/// An accelerator's class is that of the module which it is for.
std::string publicName(std::string_view module) { return std::string(module.starts_with('_') && module != "__main__" ? module.substr(1) : module); }

} // namespace

Type* libraryExceptionToKrait(PyTypeObject* g) {
  if (uint64_t known = ours.find(g)) return reinterpret_cast<Type*>(known);
  const bool isCandidate = !isExtension && PyType_HasFeature(g, Py_TPFLAGS_BASE_EXC_SUBCLASS) && PyType_HasFeature(g, Py_TPFLAGS_HEAPTYPE);
  if (!isCandidate || isWrapperClass(g) || knownMirrorClass(g)) return nullptr;
  Held module(py.PyObject_GetAttrString(asGuest(g), "__module__")), name(py.PyObject_GetAttrString(asGuest(g), "__name__"));
  const char* m = module && Py_TYPE(module.get()) == py.PyUnicode_Type ? py.PyUnicode_AsUTF8(module) : nullptr;
  const char* n = name ? py.PyUnicode_AsUTF8(name) : nullptr;
  py.PyErr_Clear();
  Type* found = nullptr;
  for (const std::string& of : {m ? std::string(m) : std::string(), m ? publicName(m) : std::string()}) {
    Value own = m && n && !found ? dictGet(sysModules(), of.c_str()) : Value();
    if (!own || !isExact(own, moduleType)) continue;
    Value cls = dictGet(own.as<ModuleObject>()->dict, n);
    if (!cls || !hasTypeFlag(cls, kTypeType)) continue;
    auto* t = cls.as<Type>();
    if ((t->flags & kTypeException) && isHeapType(t) && !isMirrorClass(t) && t->dealloc != mirrorDealloc && !theirs.find(t)) found = t;
  }
  if (found) pair(found, g);
  errorClear();
  return found;
}

PyTypeObject* libraryExceptionToGuest(Type* t) {
  if (uint64_t known = theirs.find(t)) return reinterpret_cast<PyTypeObject*>(known);
  if (isExtension || !(t->flags & kTypeException) || !isHeapType(t) || t->dealloc == mirrorDealloc) return nullptr;
  Ref module(typeModule(t)), name(typeName(t));
  Utf8 m(module && isStr(module) ? module.get() : emptyStr()), n(name ? name.get() : emptyStr());
  if (!m.ok() || !n.ok() || m.view().empty() || m.view() == "__main__") return errorClear(), nullptr;
  PyObject* other = py.PyDict_GetItemString(py.PyImport_GetModuleDict(), m.data());
  Held found(other ? py.PyObject_GetAttrString(other, n.data()) : nullptr);
  py.PyErr_Clear();
  if (!found || !isGuestType(found) || !PyType_HasFeature(asGuestType(found), Py_TPFLAGS_BASE_EXC_SUBCLASS)) return nullptr;
  return libraryExceptionToKrait(asGuestType(found)) == t ? asGuestType(found.get()) : nullptr; // its module keeps it
}

} // namespace krait::guest
