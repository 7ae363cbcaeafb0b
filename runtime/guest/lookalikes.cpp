// The library's classes that both sides have, and whose instances cross by reference (inspect.Signature, sqlite3.Connection, OrderedDict): the
// class of the same module and name is the `__class__` that the asking side sees, once both have imported the module.
#include <cstring>

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

/// Class -> class of the other side. One that has none is looked for again when more modules are there.
struct Known {
  PointerTable found, modules;
  template <class Find> uint64_t of(const void* cls, int64_t moduleCount, Find find) {
    if (uint64_t known = found.find(cls)) return known;
    const auto stamp = static_cast<uint64_t>(moduleCount + 1);
    if (modules.find(cls) == stamp) return 0;
    const uint64_t other = find();
    (other ? found : modules).put(cls, other ? other : stamp);
    return other;
  }
};
Known inKrait, inGuest; // their keys are kept: mirrored classes stay, and so do wrapped ones

} // namespace

Type* lookalikeInKrait(PyTypeObject* g) {
  if (isExtension || isWrapperClass(g)) return nullptr;
  return reinterpret_cast<Type*>(inKrait.of(g, dictSize(sysModules()), [g]() -> uint64_t {
    Held module(py.PyObject_GetAttrString(asGuest(g), "__module__")), name(py.PyObject_GetAttrString(asGuest(g), "__name__"));
    const char* m = module && Py_TYPE(module.get()) == py.PyUnicode_Type ? py.PyUnicode_AsUTF8(module) : nullptr;
    const char* n = name ? py.PyUnicode_AsUTF8(name) : nullptr;
    py.PyErr_Clear();
    Value own = m && n && strcmp(m, "__main__") != 0 ? dictGet(sysModules(), m) : Value();
    Value cls = own && isExact(own, moduleType) ? dictGet(own.as<ModuleObject>()->dict, n) : Value();
    errorClear();
    const bool isOurs = cls && hasTypeFlag(cls, kTypeType) && !isMirrorClass(cls.as<Type>()) && cls.as<Type>()->dealloc != mirrorDealloc;
    return isOurs ? newRef(cls).bits : 0;
  }));
}

PyTypeObject* lookalikeInGuest(Type* t) {
  PyObject* modules = py.PyImport_GetModuleDict();
  if (isExtension || (t->flags & kTypeException)) return nullptr;
  return reinterpret_cast<PyTypeObject*>(inGuest.of(t, PyDict_GET_SIZE(modules), [t, modules]() -> uint64_t {
    Ref module(typeModule(t)), name(typeName(t));
    Utf8 m(module && isStr(module) ? module.get() : emptyStr()), n(name ? name.get() : emptyStr());
    PyObject* other = m.ok() && n.ok() && m.view() != "__main__" ? py.PyDict_GetItemString(modules, m.data()) : nullptr;
    Held cls(other ? py.PyObject_GetAttrString(other, n.data()) : nullptr);
    errorClear();
    py.PyErr_Clear();
    const bool isTheirs = cls && isGuestType(cls) && !isWrapperClass(asGuestType(cls.get()));
    return isTheirs ? reinterpret_cast<uint64_t>(cls.take()) : 0;
  }));
}

} // namespace krait::guest
