// An extension module for CPython: the library that contains this is loaded by an import there, and the bridge works the other way
// round. CPython, here called the host, is what the guest is elsewhere; its import calls krt_extension_init, which starts the
// runtime once and runs the module's body. What the host sees is an object of a subclass of its own modules, which asks krait's
// module for everything but what the host's import system sets.
#include <pthread.h>
#include <string>
#include <vector>

#include "runtime/abi/observers.h"
#include "runtime/guest/guest.h"
#include "runtime/modules/importing/compiled_modules.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/sys_info.h"
#include "runtime/object/errors.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/startup/command_line.h"
#include "runtime/threads/main_stack.h"
#include "runtime/threads/thread_state.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::guest {

namespace {

const ProgramInfo* program;
PointerTable shown; // module object of the host -> krait's module
PyTypeObject* moduleClass;

Value moduleShownBy(PyObject* o) {
  const uint64_t known = Py_TYPE(o) == moduleClass ? shown.find(o) : 0;
  return known ? Value(reinterpret_cast<const Object*>(known)) : Value();
}

// ---- module objects ----------------------------------------------------------------------------------------

/// What the host's import system says of a module is its own.
bool isOfImport(std::string_view name) {
  for (std::string_view own : {"__name__", "__loader__", "__package__", "__spec__", "__path__", "__file__", "__cached__", "__class__", "__builtins__"})
    if (name == own) return true;
  return false;
}

/// Brings the module's dict, which the host reads directly, up to date. Not before it is asked for: modules refer to modules.
int refreshDict(PyObject* self, Value module) {
  Ref names(dictKeysList(moduleDict(module)));
  PyObject* theirs = py.PyModule_GetDict(self);
  for (int64_t i = 0; names && i < asList(names)->size; ++i) {
    Value key = asList(names)->items[i], value = dictGet(moduleDict(module), key);
    if (!isStr(key) || !value) continue;
    Utf8 text(key);
    if (!text.ok() || isOfImport(text.view())) continue;
    PyObject* before = py.PyDict_GetItemString(theirs, text.data());
    if (before && isSame(value, before)) continue;
    Held name(nameToGuest(key)), member(name ? toGuest(value) : nullptr);
    if (!member || py.PyDict_SetItem(theirs, name, member) < 0) return -1;
  }
  return names ? 0 : (raiseInGuest(), -1);
}

PyObject* moduleGetAttr(PyObject* self, PyObject* name) {
  const char* text = py.PyUnicode_AsUTF8(name);
  Value module = moduleShownBy(self);
  if (text && module && !isOfImport(text)) {
    Answering krait;
    if (!krait) return refuseThread();
    if (!strcmp(text, "__dict__")) return refreshDict(self, module) < 0 ? nullptr : share(py.PyModule_GetDict(self));
    Ref n(internedName(name));
    Value found = n ? dictGet(moduleDict(module), n) : Value();
    if (found || errorSet()) return krait.finish(xnewRef(found));
    Ref maker(xnewRef(dictGet(moduleDict(module), NAME(__getattr__))));
    if (maker && *text != '_') return krait.finish(krait.run([&] { return call(maker, {n.get()}); }));
  }
  return py.PyModule_Type->tp_getattro(self, name);
}

int moduleSetAttr(PyObject* self, PyObject* name, PyObject* value) {
  const char* text = py.PyUnicode_AsUTF8(name);
  Value module = moduleShownBy(self);
  if (text && module && !isOfImport(text)) {
    Answering krait;
    if (!krait) return refuseThread(), -1;
    Ref n(internedName(name)), v(n && value ? viewOf(value) : Value());
    if (!n || (value && !v) || setAttr(module, n, v) < 0) return krait.finish(-1);
    if (!value && !py.PyDict_GetItemString(py.PyModule_GetDict(self), text)) return 0;
  }
  return py.PyObject_GenericSetAttr(self, name, value);
}

int32_t makeModuleClass() {
  PyType_Slot slots[] = {{Py_tp_getattro, reinterpret_cast<void*>(moduleGetAttr)}, {Py_tp_setattro, reinterpret_cast<void*>(moduleSetAttr)}, {0, nullptr}};
  PyType_Spec spec{"krait.module", 0, 0, Py_TPFLAGS_DEFAULT, slots};
  moduleClass = asGuestType(py.PyType_FromSpecWithBases(&spec, asGuest(py.PyModule_Type)));
  return moduleClass ? 0 : -1;
}

PyObject* show(Value module) {
  Ref name(getAttr(module, NAME(__name__)));
  Held text(name ? toGuest(name) : raiseInGuest()), made(text ? py.PyObject_CallOneArg(asGuest(moduleClass), text) : nullptr);
  if (!made) return nullptr;
  shown.put(made.get(), newRef(module).bits);
  standFor(share(made), module);
  return made.take();
}

// ---- modules of a package --------------------------------------------------------------------------------

/// None: it is not in here; else whether it is a package.
Value findModule(Value, Value name) {
  const std::string own = std::string(program->main->name) + ".";
  Utf8 text(name);
  const ModuleInfo* info = text.ok() && text.view().starts_with(own) ? findTemplate(name) : nullptr;
  return info ? newRef(boolean(info->isPackage)) : text.ok() ? newRef(none()) : Value();
}
Value loadModule(Value, Value name) { return importAbsolute(name); }
constinit const MethodDef findMethod = {"find", findModule, "(name, /)"}, loadMethod = {"load", loadModule, "(name, /)"};

constexpr char kFinder[] = "from importlib.machinery import ModuleSpec\n"
                           "class KraitFinder:\n"
                           "    \"\"\"Finds modules that are in the same extension as their package.\"\"\"\n"
                           "    def find_spec(self, name, path=None, target=None):\n"
                           "        kind = find(name)\n"
                           "        return None if kind is None else ModuleSpec(name, self, origin=origin, is_package=kind)\n"
                           "    def create_module(self, spec): return load(spec.name)\n"
                           "    def exec_module(self, module): pass\n"
                           "import sys\n"
                           "sys.meta_path.insert(0, KraitFinder())\n";

/// 0, or -1 with the host's error.
int installFinder(PyObject* origin) {
  Held names(py.PyDict_New());
  if (!names || py.PyDict_SetItemString(names, "origin", origin) < 0) return -1;
  for (const MethodDef* method : {&findMethod, &loadMethod}) {
    Ref function(newBuiltinFunction(method, Value(), Value()));
    Held theirs(function ? wrap(function) : raiseInGuest());
    if (!theirs || py.PyDict_SetItemString(names, method->name, theirs) < 0) return -1;
  }
  return Held(py.PyRun_StringFlags(kFinder, Py_file_input, names, names, nullptr)) ? 0 : -1;
}

// ---- starting ----------------------------------------------------------------------------------------------

/// sys.argv and sys.path of the host as they are now.
int32_t copyLists() {
  for (const char* name : {"argv", "path"}) {
    PyObject* theirs = py.PySys_GetObject(name);
    Ref ours(theirs && Py_TYPE(theirs) == py.PyList_Type ? pairToKrait(theirs, true) : Value());
    if (ours && dictSet(moduleDict(dictGet(sysModules(), NAME(sys))), name, ours) < 0) return -1;
    if (errorSet()) return -1;
  }
  return 0;
}

/// -1 with krait's error.
int32_t startRuntime() {
  mainThread.ident = static_cast<uint64_t>(pthread_self());
  mainThread.serial = 1;
  noteStack(&mainThread);
  trustCompiledModules();
  eventsObserved = program->main->observers & kObservedEvents;
  krt_numbers_are_objects = program->main->observers & kObservedNumberIdentity;
  static char name[] = "python3.11";
  static char* words[] = {name, nullptr};
  const CommandLine line = readCommandLine(1, words);
  return initialiseSys(1, words, line, *program) < 0 || copyLists() < 0 ? -1 : borrowStreams();
}

/// The calls of the host's import: the module that `spec` is about.
PyObject* createModule(PyObject* spec, PyModuleDef*) {
  if (py.PyThreadState_GetInterpreter(py.PyThreadState_Get()) != py.PyInterpreterState_Main()) {
    py.PyErr_SetString(*py.PyExc_ImportError, "a module compiled by Krait works in the main interpreter only, not in subinterpreters");
    return nullptr;
  }
  Answering krait;
  if (!krait) return refuseThread();
  static bool isStarted = false;
  if (!isStarted) {
    isStarted = true;
    shownModule = moduleShownBy;
    showModule = show;
    if (makeModuleClass() < 0) return nullptr;
    if (startRuntime() < 0) return raiseInGuest();
  }
  Held origin(py.PyObject_GetAttrString(spec, "origin"));
  Ref name(newStr(program->main->name)), file(origin ? viewOf(origin) : Value());
  if (!name || !file) return errorSet() ? raiseInGuest() : nullptr;
  Ref module(xnewRef(dictGet(sysModules(), name)));
  if (!module) {
    module.reset(newTemplateModule(program->main, name));
    if (!module || dictSet(moduleDict(module), NAME(__file__), file) < 0 || dictSet(sysModules(), name, module) < 0) return raiseInGuest();
    const int32_t status = krait.run([&] { return runTemplate(program->main, module); });
    if (status < 0) {
      Ref pending = errorTake();
      if (dictDeleteIfPresent(sysModules(), name) < 0) errorClear();
      errorRestore(pending.release());
      return krait.finish(Value());
    }
    module.reset(completeLoading(name));
    if (!module) return krait.finish(Value());
  }
  if (pairCount) pushPairs();
  if (program->main->isPackage && installFinder(origin) < 0) return nullptr;
  return toGuest(module);
}

} // namespace

/// What PyInit_… returns: the definition of a module that is created when CPython asks for it, or null with its error.
extern "C" PyObject* krt_extension_init(const ProgramInfo* info) {
  static PyModuleDef_Slot slots[] = {{Py_mod_create, reinterpret_cast<void*>(createModule)}, {0, nullptr}};
  static PyModuleDef definition = {PyModuleDef_HEAD_INIT, nullptr, nullptr, 0, nullptr, slots, nullptr, nullptr, nullptr};
  program = info;
  definition.m_name = info->main->name;
  if (!isLoaded() && joinHost(info->main->name) < 0) return nullptr;
  return py.PyModuleDef_Init(&definition);
}

} // namespace krait::guest
