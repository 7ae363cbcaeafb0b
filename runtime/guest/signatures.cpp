// inspect.signature() in the guest, of functions of the program: it asks for __signature__ before anything else.
#include "runtime/abi/code.h"
#include "runtime/guest/guest.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::guest {

namespace {

/// Parameter(name, kind, default=…, annotation=…): new reference, or null with the guest's error.
PyObject* newParameter(PyObject* cls, const char* kind, Value name, Value fallback, Value annotations) {
  Held arguments(py.PyTuple_New(2)), keywords(py.PyDict_New()), theirKind(py.PyObject_GetAttrString(cls, kind));
  PyObject* theirName = toGuest(name);
  if (!arguments || !keywords || !theirKind || !theirName) return nullptr;
  PyTuple_SET_ITEM(arguments.get(), 0, theirName);
  PyTuple_SET_ITEM(arguments.get(), 1, theirKind.take());
  auto add = [&](const char* key, Value v) {
    Held theirs(v ? toGuest(v) : nullptr);
    return !v || (theirs && py.PyDict_SetItemString(keywords, key, theirs) == 0);
  };
  Value annotation = annotations && isDict(annotations) ? dictGet(annotations, name) : Value();
  return add("default", fallback) && add("annotation", annotation) ? py.PyObject_Call(cls, arguments, keywords) : nullptr;
}

} // namespace

PyObject* signatureOf(Value callable) {
  const bool isBound = isExact(callable, methodType);
  Value function = isBound ? callable.as<MethodObject>()->function : callable;
  if (!isFunction(function)) return nullptr;
  const auto* f = function.as<FunctionObject>();
  const CodeInfo* code = f->code;
  Held inspect(py.PyImport_ImportModule("inspect"));
  Held parameter(inspect ? py.PyObject_GetAttrString(inspect, "Parameter") : nullptr), list(parameter ? py.PyList_New(0) : nullptr);
  if (!list) return nullptr;
  Ref annotations(getAttrOptional(function, Ref(newStr("__annotations__"))));
  errorClear();
  const int64_t defaults = f->defaults ? asTuple(f->defaults)->size : 0;
  auto add = [&](const char* kind, uint32_t i, Value fallback) {
    Held made(newParameter(parameter, kind, code->varNames[i], fallback, annotations));
    return made && py.PyList_Append(list, made) == 0;
  };
  for (uint32_t i = isBound; i < code->argCount; ++i) {
    const int64_t at = defaults - (static_cast<int64_t>(code->argCount) - i);
    if (!add(i < code->posOnlyCount ? "POSITIONAL_ONLY" : "POSITIONAL_OR_KEYWORD", i, at >= 0 ? asTuple(f->defaults)->items[at] : Value())) return nullptr;
  }
  const bool hasRest = code->flags & kCodeVarArgs;
  const uint32_t rest = code->argCount + code->kwOnlyCount;
  if (hasRest && !add("VAR_POSITIONAL", rest, Value())) return nullptr;
  for (uint32_t i = code->argCount; i < rest; ++i)
    if (!add("KEYWORD_ONLY", i, f->kwdefaults ? dictGet(f->kwdefaults, code->varNames[i]) : Value())) return nullptr;
  if ((code->flags & kCodeVarKeywords) && !add("VAR_KEYWORD", rest + hasRest, Value())) return nullptr;
  Held cls(py.PyObject_GetAttrString(inspect, "Signature"));
  Value result = annotations && isDict(annotations) ? dictGet(annotations, "return") : Value();
  if (!cls || !result) return cls ? py.PyObject_CallOneArg(cls, list) : nullptr;
  Held theirs(toGuest(result)), arguments(py.PyTuple_New(1)), keywords(py.PyDict_New());
  if (!theirs || !arguments || !keywords || py.PyDict_SetItemString(keywords, "return_annotation", theirs) < 0) return nullptr;
  PyTuple_SET_ITEM(arguments.get(), 0, list.take());
  return py.PyObject_Call(cls, arguments, keywords);
}

} // namespace krait::guest
