// Dicts of krait's that make what is missing: their half of a pair in the guest is of a subclass of its dict, or defaultdict, whose __missing__
// is krait's.
#include <string_view>

#include "runtime/guest/guest.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::guest {

namespace {

PointerTable defaultDicts, isDefaultDict; // Type* -> PyTypeObject*, a subclass of the guest's dict; and those

bool isDefault(Type* t) {
  for (int64_t i = 0; i < asTuple(t->mro)->size; ++i)
    if (std::string_view(asTuple(t->mro)->items[i].as<Type>()->name).ends_with("defaultdict")) return true;
  return false;
}

PyTypeObject* newDefaultDict(Type* t, Value missing) {
  Held collections(py.PyImport_ImportModule("collections"));
  if (!collections) return nullptr;
  Held base(isDefault(t) ? py.PyObject_GetAttrString(collections, "defaultdict") : share(asGuest(py.PyDict_Type)));
  Held members(py.PyDict_New()), parents(py.PyTuple_New(1));
  Ref ownName(typeName(t));
  Held name(ownName ? toGuest(ownName) : raiseInGuest()), method(name ? toGuest(missing) : nullptr);
  if (!base || !members || !parents || !method || py.PyDict_SetItemString(members, "__missing__", method) < 0) return nullptr;
  PyTuple_SET_ITEM(parents.get(), 0, base.take());
  PyObject* made = py.PyObject_CallFunctionObjArgs(asGuest(py.PyType_Type), name.get(), parents.get(), members.get(), nullptr);
  if (!made) return nullptr;
  incref(asValue(t));
  defaultDicts.put(t, reinterpret_cast<uint64_t>(made));
  isDefaultDict.put(made, 1);
  return asGuestType(made);
}

} // namespace

PyObject* newDictFor(Value ours) {
  Type* t = typeOf(ours);
  static const Value name = internStr(newStr("__missing__"));
  Value missing = t == &dictType || isExtension ? Value() : typeLookup(t, name);
  if (!missing) return py.PyDict_New();
  const uint64_t known = defaultDicts.find(t);
  PyTypeObject* cls = known ? reinterpret_cast<PyTypeObject*>(known) : newDefaultDict(t, missing);
  return cls ? py.PyObject_CallNoArgs(asGuest(cls)) : nullptr;
}

bool isDictOfPair(PyTypeObject* t) { return isDefaultDict.find(t); }

} // namespace krait::guest
