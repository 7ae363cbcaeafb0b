// Named tuples cross by value, as other tuples do, but into a named tuple of the same fields, which the guest's collections makes, and back.
#include "runtime/guest/guest.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/errors.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::guest {

namespace {

PointerTable named; // PyTypeObject* -> Type*

/// The tuple of names (borrowed), or null.
Value fieldsOf(Type* t) {
  if (!isHeapType(t)) return Value();
  static const Value name = internStr(newStr("_fields"));
  Value found = typeLookup(t, name);
  if (!found || !isExactTuple(found)) return Value();
  for (int64_t i = 0; i < asTuple(found)->size; ++i)
    if (!isStr(asTuple(found)->items[i])) return Value();
  return found;
}

/// What the program's class has besides: methods and properties.
int addMembers(Type* t, PyTypeObject* made) {
  Ref order = Ref::share(t->mro);
  for (int64_t i = asTuple(order)->size; i-- > 0;) {
    auto* base = asTuple(order)->items[i].as<Type>();
    if (!isHeapType(base)) continue;
    Ref items(dictItemsList(base->dict));
    for (int64_t k = 0; items && k < asList(items)->size; ++k) {
      const Value* item = asTuple(asList(items)->items[k])->items;
      Utf8 name(item[0]);
      const bool isMember = isFunction(item[1]) || isExact(item[1], propertyType) || isExact(item[1], classmethodType) || isExact(item[1], staticmethodType);
      if (!name.ok() || name.view().starts_with("_") || !isMember) continue;
      Held member(memberToGuest(item[1]));
      if (!member || py.PyObject_SetAttrString(asGuest(made), name.data(), member) < 0) return -1;
    }
  }
  errorClear();
  return 0;
}

} // namespace

bool isNamedTuple(Type* t) { return !isExtension && t != &tupleType && fieldsOf(t); }

PyTypeObject* newNamedTupleClass(Type* t) {
  Ref name(typeName(t)), module(typeModule(t)), defaults(getAttrOptional(asValue(t), Ref(newStr("_field_defaults"))));
  Ref values(defaults && isDict(defaults) ? toTuple(Ref(callMethod(defaults, "values"))) : newRef(emptyTuple()));
  if (!name || !module || !values) return raiseInGuest(), nullptr;
  Held collections(py.PyImport_ImportModule("collections")), maker(collections ? py.PyObject_GetAttrString(collections, "namedtuple") : nullptr);
  Held theirName(toGuest(name)), fields(toGuest(fieldsOf(t))), theirModule(toGuest(module)), theirDefaults(toGuest(values));
  Held arguments(py.PyTuple_New(2)), keywords(py.PyDict_New());
  if (!maker || !theirName || !fields || !theirModule || !theirDefaults || !arguments || !keywords) return nullptr;
  if (py.PyDict_SetItemString(keywords, "module", theirModule) < 0 || py.PyDict_SetItemString(keywords, "defaults", theirDefaults) < 0) return nullptr;
  PyTuple_SET_ITEM(arguments.get(), 0, theirName.take());
  PyTuple_SET_ITEM(arguments.get(), 1, fields.take());
  Held made(py.PyObject_Call(maker, arguments, keywords));
  if (!made || addMembers(t, asGuestType(made.get())) < 0) return nullptr;
  named.put(made.get(), reinterpret_cast<uint64_t>(t));
  return asGuestType(made.take());
}

Type* namedTupleClass(PyTypeObject* g) { return reinterpret_cast<Type*>(named.find(g)); }

PyObject* namedTupleToGuest(Value v) {
  PyTypeObject* t = wrapperClassOf(typeOf(v));
  Held items(t ? tupleToGuest(v) : nullptr), make(items ? py.PyObject_GetAttrString(asGuest(t), "_make") : nullptr);
  return make ? py.PyObject_CallOneArg(make, items) : nullptr;
}

} // namespace krait::guest
