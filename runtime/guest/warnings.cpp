// The guest's warnings are given by krait's warnings module: its filters and registries decide.
//
// The guest has found out already which line is meant. One of its own modules is named as that; what lies behind the
// guest's frames is the line of the program that called the guest.
#include <string>

#include "runtime/guest/guest.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::guest {
namespace {

bool hasText(PyObject* text, const char* same) {
  const char* known = text ? py.PyUnicode_AsUTF8(text) : nullptr;
  if (!known) py.PyErr_Clear();
  return known && std::string_view(known) == same;
}

/// The name of the guest's module that this line of the running code is in (new); null without an error: it is in none.
Value moduleAt(const char* file, int64_t line) {
  Entering guest;
  Held frame(reinterpret_cast<PyObject*>(py.PyThreadState_GetFrame(py.PyThreadState_Get())));
  while (frame) {
    auto* at = reinterpret_cast<PyFrameObject*>(frame.get());
    Held code(reinterpret_cast<PyObject*>(py.PyFrame_GetCode(at)));
    if (code.get() == callingCode()) return Value(); // from here on it is the program
    Held name(py.PyObject_GetAttrString(code, "co_filename"));
    if (py.PyFrame_GetLineNumber(at) == line && hasText(name, file)) {
      Held globals(reinterpret_cast<PyObject*>(py.PyObject_GetAttrString(frame, "f_globals")));
      PyObject* module = globals ? py.PyDict_GetItemString(globals, "__name__") : nullptr;
      return module ? viewOf(module) : Value();
    }
    frame = Held(reinterpret_cast<PyObject*>(py.PyFrame_GetBack(at)));
  }
  return Value();
}

/// Which of a module's warnings have been given (borrowed); null with an error.
Value registryOf(Value module) {
  static const Value known = newDict();
  Value registry = known ? dictGet(known, module) : Value();
  if (registry || errorSet()) return registry;
  Ref made(newDict());
  return made && dictSet(known, module, made) == 0 ? made.get() : Value();
}

/// The guest's warnings module shows a warning.
Value showWarning(Value, Value message) {
  Ref text(getAttr(message, "message")), category(text ? getAttr(message, "category") : Value());
  Ref file(category ? getAttr(message, "filename") : Value()), line(file ? getAttr(message, "lineno") : Value());
  Ref warnings(line ? importModule("warnings") : Value());
  if (!warnings) return Value();
  Utf8 path(file);
  Ref module(path.ok() && line.get().isSmallInt() ? moduleAt(path.data(), line.get().smallInt()) : Value());
  if (errorSet()) errorClear();
  Ref give(getAttr(warnings, module ? "warn_explicit" : "warn"));
  if (!give) return Value();
  if (!module) return call(give, {text.get(), category.get(), Value::ofSmallInt(1)});
  Value registry = registryOf(module);
  return registry ? call(give, {text.get(), category.get(), file.get(), line.get(), module.get(), registry}) : Value();
}
constinit const MethodDef showWarningMethod = {"_showwarnmsg", showWarning, "(msg, /)"};

} // namespace

int32_t shareWarnings() {
  Held warnings(py.PyImport_ImportModule("warnings"));
  Ref show(newBuiltinFunction(&showWarningMethod, Value(), Value()));
  Held function(warnings && show ? wrap(show) : nullptr);
  if (!function || py.PyObject_SetAttrString(warnings, "_showwarnmsg", function) < 0) return -1;
  // Everything is passed on.
  Held simple(py.PyObject_GetAttrString(warnings, "simplefilter")), always(py.PyUnicode_FromString("always"));
  return simple && always && Held(py.PyObject_CallOneArg(simple, always)) ? 0 : -1;
}

} // namespace krait::guest
