// What krait's pickle and copy need to know of the guest's classes besides their attributes.
#include <cstring>

#include "runtime/guest/guest.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait::guest {

namespace {

/// Whether it is one that copyreg registers itself: krait's has its own.
bool isCopyregs(PyObject* function) {
  Held module(py.PyObject_GetAttrString(function, "__module__"));
  const char* name = module && Py_TYPE(module.get()) == py.PyUnicode_Type ? py.PyUnicode_AsUTF8(module) : nullptr;
  const bool answer = name && !strcmp(name, "copyreg");
  py.PyErr_Clear();
  return answer;
}

/// The functions that reductions name: by name they lead to those of the side that pickles.
void pairReconstructors(Value own, PyObject* other) {
  for (const char* name : {"_reconstructor", "__newobj__", "__newobj_ex__"}) {
    Ref ours(getAttr(own, name));
    Held theirs(py.PyObject_GetAttrString(other, name));
    if (!ours || !theirs) continue;
    pairFunctions(ours, theirs);
    mirrorBy(theirs, ours);
  }
}

} // namespace

void shareReducers() {
  static int64_t known = 0; // entries that were there the last time; none is ever removed
  PyObject* module = py.PyDict_GetItemString(py.PyImport_GetModuleDict(), "copyreg");
  Held theirs(module ? py.PyObject_GetAttrString(module, "dispatch_table") : nullptr);
  if (!theirs) return py.PyErr_Clear();
  int64_t count = 0;
  Py_ssize_t at = 0;
  PyObject *cls, *function;
  while (py.PyDict_Next(theirs, &at, &cls, &function)) ++count;
  if (count == known) return;
  Ref copyreg(importModule("copyreg")), ours(copyreg ? getAttr(copyreg, "dispatch_table") : Value());
  if (copyreg && !known) pairReconstructors(copyreg, module);
  known = count;
  for (at = 0; ours && isExactDict(ours) && py.PyDict_Next(theirs, &at, &cls, &function);) {
    if (!isGuestType(cls) || isCopyregs(function)) continue;
    Type* mirror = classToKrait(asGuestType(cls));
    Ref reducer(mirror ? viewOf(function) : Value());
    if (!reducer) break;
    if (!dictGet(ours, asValue(mirror)) && !errorSet()) dictSet(ours, asValue(mirror), reducer);
  }
  errorClear(); // a program without copyreg pickles nothing
}

Value makeBare(Type* maker, Type* t, const Args& args) {
  if (!isMirrorClass(t)) return Value();
  const size_t wordCount = args.count + args.nameCount();
  Ref make, words(newTuple(static_cast<int64_t>(wordCount) + 1));
  if (isMirrorClass(maker)) {
    make.reset(getAttr(asValue(maker), "__new__"));
  } else { // the guest's own, which knows what is safe
    Entering guest;
    PyTypeObject* theirs = classToGuest(maker);
    make.reset(toKrait(theirs ? py.PyObject_GetAttrString(asGuest(theirs), "__new__") : nullptr));
  }
  if (!make || !words) return Value();
  Value* to = asTuple(words)->items;
  *to++ = newRef(asValue(t));
  for (size_t i = 0; i < wordCount; ++i) *to++ = newRef(args[i]);
  return call(make, Args{asTuple(words)->items, args.count + 1, args.names});
}

} // namespace krait::guest
