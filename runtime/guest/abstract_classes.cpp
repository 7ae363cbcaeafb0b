// Each side has abstract classes of its own, Mapping and Integral say. The other side's subclasses of its are theirs: a mirrored class is asked
// about when krait asks, and the guest is told of a class of wrappers when that is made.
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

/// Those that do not follow from special methods alone.
struct Row {
  const char* module;
  const char* names[14];
};
constexpr Row kRows[] = {
    {"collections.abc",
     {"Mapping", "MutableMapping", "Sequence", "MutableSequence", "Set", "MutableSet", "MappingView", "KeysView", "ItemsView", "ValuesView",
      "Generator", "Coroutine"}},
    {"numbers", {"Number", "Complex", "Real", "Rational", "Integral"}},
    {"io", {"IOBase", "RawIOBase", "BufferedIOBase", "TextIOBase"}},
};

} // namespace

void tellAbstractClasses(Type* t, PyTypeObject* wrappers) {
  for (const Row& row : kRows) {
    Ref module(xnewRef(dictGet(sysModules(), row.module)));
    PyObject* other = module ? py.PyDict_GetItemString(py.PyImport_GetModuleDict(), row.module) : nullptr;
    for (const char* const* name = row.names; other && *name; ++name) {
      Ref own(getAttr(module, *name));
      if (!own || own.get() == asValue(t) || isSubclass(asValue(t), own) != 1) continue;
      Held theirs(py.PyObject_GetAttrString(other, *name)), tell(theirs ? py.PyObject_GetAttrString(theirs, "register") : nullptr);
      Held told(tell ? py.PyObject_CallOneArg(tell, asGuest(wrappers)) : nullptr);
    }
  }
  errorClear();
  py.PyErr_Clear();
}

bool guestHasRegistered(Value abc, Value cls) {
  PyObject* theirs = mirrored(cls);
  if (!theirs || !hasTypeFlag(cls, kTypeType) || !isHeapType(abc.as<Type>())) return false;
  Ref module(typeModule(abc.as<Type>())), name(typeName(abc.as<Type>()));
  bool answer = false;
  if (module && name && isStr(module) && !strEqual(module, "__main__")) {
    GuestLock lock;
    Held key(nameToGuest(module)), attribute(nameToGuest(name));
    PyObject* found = key ? py.PyDict_GetItemWithError(py.PyImport_GetModuleDict(), key) : nullptr;
    Held other(found && attribute ? py.PyObject_GetAttr(found, attribute) : nullptr);
    answer = other && isGuestType(other) && py.PyObject_IsSubclass(theirs, other) == 1;
    py.PyErr_Clear();
  }
  errorClear();
  return answer;
}

} // namespace krait::guest
