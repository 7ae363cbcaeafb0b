// Immutable classes of the library that both sides have: dates, decimals, paths, … Their instances cross by value, made anew from what the
// row lists. Into krait they do once the program has imported the module; until then nothing there could tell the difference.
#include <cstring>
#include <string>

#include "runtime/guest/guest.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::guest {

namespace {

/// `parts`: attributes whose values the class is called with; "name()" is called, "*name()" gives all arguments. "" is the instance, by
/// reference: into the guest it goes so anyway. "=name": an instance is one of the module's attributes, the same on both sides.
struct Row {
  const char *module, *name;
  const char* parts[9];
  const char* maker = nullptr; // the module's function that makes instances, if the class does not
};
constexpr Row kRows[] = {
    {"datetime", "date", {"year", "month", "day"}},
    {"datetime", "datetime", {"year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo"}},
    {"datetime", "time", {"hour", "minute", "second", "microsecond", "tzinfo"}},
    {"datetime", "timedelta", {"days", "seconds", "microseconds"}},
    {"datetime", "tzinfo", {}}, // of subclasses
    {"datetime", "timezone", {"*__getinitargs__()"}},
    {"zoneinfo", "ZoneInfo", {"key"}},
    {"decimal", "Decimal", {"__str__()"}},
    {"fractions", "Fraction", {"numerator", "denominator"}},
    {"uuid", "UUID", {"__str__()"}},
    {"pathlib", "PosixPath", {"__fspath__()"}},
    {"pathlib", "PurePosixPath", {"__fspath__()"}},
    {"re", "Pattern", {"pattern", "flags"}, "compile"},
    {"pickle", "PickleBuffer", {""}},
    {"dataclasses", "_FIELD_BASE", {"=_FIELD", "=_FIELD_CLASSVAR", "=_FIELD_INITVAR"}},
    {"dataclasses", "_MISSING_TYPE", {"=MISSING"}},
    {"dataclasses", "_KW_ONLY_TYPE", {"=KW_ONLY"}},
};

PointerTable ourRows, theirRows; // class -> row and 1; 1 in the low bit alone: none
constexpr uint64_t kNone = 1;

const Row* rowNamed(std::string_view module, std::string_view name) {
  if (isExtension && module.substr(0, module.find('.')) == extensionName) return nullptr; // the host's class is ours
  for (const Row& row : kRows)
    if (module == row.module && name == row.name) return &row;
  return nullptr;
}

const Row* rowOf(Type* t) {
  if (uint64_t known = ourRows.find(t)) return known == kNone ? nullptr : reinterpret_cast<const Row*>(known);
  Ref module(typeModule(t)), name(typeName(t));
  const Row* found = nullptr;
  if (module && name && isStr(module) && isStr(name)) {
    Utf8 m(module), n(name);
    if (m.ok() && n.ok()) found = rowNamed(m.view(), n.view());
  }
  errorClear();
  incref(asValue(t)); // the table's key
  ourRows.put(t, found ? reinterpret_cast<uint64_t>(found) : kNone);
  return found;
}

const Row* rowOf(PyTypeObject* t) {
  if (uint64_t known = theirRows.find(t)) return known == kNone ? nullptr : reinterpret_cast<const Row*>(known);
  const char* dot = strrchr(t->tp_name, '.');
  Held module(py.PyObject_GetAttrString(asGuest(t), "__module__"));
  const char* m = module && Py_TYPE(module.get()) == py.PyUnicode_Type ? py.PyUnicode_AsUTF8(module) : nullptr;
  const Row* found = m ? rowNamed(m, dot ? dot + 1 : t->tp_name) : nullptr;
  py.PyErr_Clear();
  share(asGuest(t));
  theirRows.put(t, found ? reinterpret_cast<uint64_t>(found) : kNone);
  return found;
}

/// "name()" without the parentheses, and whether they were there.
std::string attributeOf(const char* part, bool* isCalled) {
  std::string name = part[0] == '*' ? part + 1 : part;
  if ((*isCalled = name.ends_with("()"))) name.resize(name.size() - 2);
  return name;
}

PyObject* makeTheirs(const Row& row, Value v) {
  Ref values(newList(0));
  for (const char* const* part = row.parts; values && *part; ++part) {
    bool isCalled;
    const std::string name = attributeOf(*part, &isCalled);
    Ref value(isCalled ? callMethod(v, name.c_str()) : getAttr(v, name.c_str()));
    if (!value) return raiseInGuest();
    if (**part == '*') values.reset(toList(value));
    else if (listAppend(values, value) < 0) return raiseInGuest();
  }
  Ref tuple(values ? listToTuple(values) : Value());
  Held module(py.PyImport_ImportModule(row.module)), cls(module ? py.PyObject_GetAttrString(module, row.maker ? row.maker : row.name) : nullptr);
  Held arguments(cls && tuple ? toGuest(tuple) : nullptr);
  return arguments ? py.PyObject_CallObject(cls, arguments) : nullptr;
}

/// An attribute as instances of `cls` have it, whatever a subclass says (pandas.NaT is a datetime whose year is nan): new reference.
PyObject* attributeAs(PyTypeObject* cls, PyObject* o, const char* name) {
  Held found(py.PyObject_GetAttrString(asGuest(cls), name));
  descrgetfunc get = found ? Py_TYPE(found.get())->tp_descr_get : nullptr;
  return get ? get(found, o, asGuest(Py_TYPE(o))) : found.take();
}

/// What the class is to be called with: a tuple. `cls` is the guest's class of the row.
Value partsOf(const Row& row, PyTypeObject* cls, PyObject* o) {
  Ref values(newList(0));
  for (const char* const* part = row.parts; values && *part; ++part) {
    bool isCalled;
    const std::string name = attributeOf(*part, &isCalled);
    Held attribute(name.empty() ? nullptr : attributeAs(cls, o, name.c_str()));
    Ref value(name.empty() ? mirrorOf(o) : toKrait(isCalled && attribute ? py.PyObject_CallNoArgs(attribute) : attribute.take()));
    if (!value) return Value();
    if (**part == '*') values.reset(toList(value));
    else if (listAppend(values, value) < 0) return Value();
  }
  return values ? listToTuple(values) : Value();
}

/// What krait's module of a row has under this name, if the program has imported it: owned; null without error if not.
Value ourAttribute(const Row& row, const char* name) {
  Ref module(xnewRef(dictGet(sysModules(), row.module)));
  Ref found(module ? getAttr(module, name) : Value());
  errorClear();
  return found.release();
}
Value ourClass(const Row& row) {
  Ref cls(ourAttribute(row, row.name));
  return cls && hasTypeFlag(cls, kTypeType) ? cls.release() : Value();
}

bool isOfSingletons(const Row* row) { return row && row->parts[0] && row->parts[0][0] == '='; }

/// The attributes that a row lists are each other's from now on, if both sides have the module.
void pairSingletons(const Row& row) {
  Ref module(xnewRef(dictGet(sysModules(), row.module)));
  Held other(module ? py.PyImport_ImportModule(row.module) : nullptr);
  for (const char* const* part = row.parts; other && *part; ++part) {
    Ref own(getAttr(module, *part + 1));
    Held theirs(own ? py.PyObject_GetAttrString(other, *part + 1) : nullptr);
    if (theirs && !pairedFunction(own)) pairFunctions(own, theirs);
  }
  errorClear();
  py.PyErr_Clear();
}

} // namespace

PyObject* libraryValueToGuest(Value v) {
  const Row* row = rowOf(typeOf(v));
  if (isOfSingletons(row)) {
    pairSingletons(*row);
    PyObject* paired = pairedFunction(v);
    return paired ? share(paired) : nullptr;
  }
  if (row && row->parts[0] && !*row->parts[0]) row = nullptr;
  PyObject* made = row ? makeTheirs(*row, v) : nullptr;
  if (row && !made) py.PyErr_Clear(); // a time zone of the program's own, say: by reference
  return made;
}

Value libraryValueToKrait(PyObject* o) {
  const Row* row = rowOf(Py_TYPE(o));
  if (isOfSingletons(row)) {
    pairSingletons(*row);
    return xnewRef(pairedFunction(o));
  }
  Ref cls(row ? row->maker ? ourAttribute(*row, row->maker) : ourClass(*row) : Value()), parts(cls ? partsOf(*row, Py_TYPE(o), o) : Value());
  Value made = parts ? callTupleDict(cls, parts, Value()) : Value();
  if (!made) errorClear();
  return made;
}

PyTypeObject* libraryClassToGuest(Type* t) {
  const Row* row = rowOf(t);
  Held module(row ? py.PyImport_ImportModule(row->module) : nullptr), cls(module ? py.PyObject_GetAttrString(module, row->name) : nullptr);
  if (row && !cls) py.PyErr_Clear();
  return cls && isGuestType(cls) ? asGuestType(cls.get()) : nullptr; // its module keeps it
}

Type* libraryClassToKrait(PyTypeObject* t) {
  const Row* row = rowOf(t);
  Ref cls(row ? ourClass(*row) : Value());
  return cls ? cls.as<Type>() : nullptr;
}

bool isLibraryClass(PyTypeObject* t) { return rowOf(t); }
bool isLibraryClass(Type* t) { return !isHeapType(t) && rowOf(t); }

Value libraryInstance(Type* t, Type* builtin, PyObject* o) {
  PyTypeObject* theirs = libraryClassToGuest(builtin);
  Ref parts(partsOf(*rowOf(builtin), theirs ? theirs : Py_TYPE(o), o));
  return parts ? builtin->construct(t, Args{asTuple(parts)->items, static_cast<size_t>(asTuple(parts)->size), Value()}) : Value();
}

} // namespace krait::guest
