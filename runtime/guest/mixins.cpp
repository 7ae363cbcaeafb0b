// Mixins: classes of the program among whose heirs are classes of the guest, such as `class Tagged(np.ndarray, Named)`. Their instances
// are the guest's objects, with nothing of krait's in them, so a wrapper class, which has room for a value, cannot be a base there.
// What stands in the guest for a mixin is a class without room for anything that has the same members; a method finds the mirror of the
// instance in `self`. In krait the class that was made has the mixin itself in its MRO.
#include "runtime/guest/guest.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/errors.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::guest {

namespace {

PointerTable standIns; // Type* -> PyTypeObject*
PointerTable mixins;   // PyTypeObject* -> Type*

/// What is no member of a class without room, or is asked for by who made the class.
bool isLeftOut(Value name) {
  for (const char* own : {"__dict__", "__weakref__", "__slots__", "__init_subclass__"})
    if (strEqual(name, own)) return true;
  return false;
}

bool setMember(PyObject* members, const char* key, Value owned) {
  Ref value(owned);
  Held theirs(value ? toGuest(value) : raiseInGuest());
  return theirs && py.PyDict_SetItemString(members, key, theirs) == 0;
}

} // namespace

bool isMixin(Type* t) {
  return !isExtension && isHeapType(t) && typeOf(asValue(t)) == &typeType && !isLibraryClass(t) && solidBase(t) == &objectType;
}

Type* mixinOf(PyTypeObject* g) { return reinterpret_cast<Type*>(mixins.find(g)); }

PyTypeObject* standInOf(Type* t) {
  if (const uint64_t known = standIns.find(t)) return reinterpret_cast<PyTypeObject*>(known);
  const auto* bases = asTuple(t->bases);
  Held parents(py.PyTuple_New(static_cast<Py_ssize_t>(bases->size))), members(py.PyDict_New());
  Ref names(dictCopy(t->dict)), ownName(typeName(t));
  if (!names || !ownName) return raiseInGuest(), nullptr;
  Held name(toGuest(ownName));
  if (!parents || !members || !name) return nullptr;
  for (int64_t i = 0; i < bases->size; ++i) {
    auto* base = bases->items[i].as<Type>();
    PyTypeObject* theirs = isMixin(base) ? standInOf(base) : classToGuest(base);
    if (!theirs) return nullptr;
    PyTuple_SET_ITEM(parents.get(), i, share(asGuest(theirs)));
  }
  int64_t position = 0;
  for (Value key, value; dictNext(names, &position, &key, &value);) {
    if (isLeftOut(key)) continue;
    Held theirKey(toGuest(key)), member(memberToGuest(value));
    if (!theirKey || !member || py.PyDict_SetItem(members, theirKey, member) < 0) return nullptr;
  }
  if (!setMember(members, "__slots__", newRef(emptyTuple())) || !setMember(members, "__module__", typeModule(t)) ||
      !setMember(members, "__qualname__", typeQualname(t)))
    return nullptr;
  PyObject* made = py.PyObject_CallFunctionObjArgs(asGuest(py.PyType_Type), name.get(), parents.get(), members.get(), nullptr);
  if (!made) return nullptr;
  incref(asValue(t));
  standIns.put(t, reinterpret_cast<uint64_t>(made));
  mixins.put(made, reinterpret_cast<uint64_t>(t));
  return asGuestType(made);
}

PyObject* basesToGuest(Value bases) {
  const auto* items = asTuple(bases);
  Held made(py.PyTuple_New(static_cast<Py_ssize_t>(items->size)));
  for (int64_t i = 0; made && i < items->size; ++i) {
    const Value base = items->items[i];
    const bool isStoodFor = hasTypeFlag(base, kTypeType) && isMixin(base.as<Type>());
    PyObject* theirs = isStoodFor ? asGuest(standInOf(base.as<Type>())) : toGuest(base);
    if (!theirs) return nullptr;
    PyTuple_SET_ITEM(made.get(), i, isStoodFor ? share(theirs) : theirs);
  }
  return made.take();
}

bool isToldByMixin(Value bases) {
  static const Value kInitSubclass = internStr("__init_subclass__");
  for (int64_t i = 0; i < asTuple(bases)->size; ++i) {
    const Value base = asTuple(bases)->items[i];
    const Value order = hasTypeFlag(base, kTypeType) ? base.as<Type>()->mro : Value();
    for (int64_t at = 0; order && at < asTuple(order)->size; ++at)
      if (auto* t = asTuple(order)->items[at].as<Type>(); t != &objectType && dictGet(t->dict, kInitSubclass)) return isMixin(t);
  }
  return false;
}

} // namespace krait::guest
