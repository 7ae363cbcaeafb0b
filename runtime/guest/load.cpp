// The guest's life: found and started by the first import that needs it, ended after the program's own modules.
//
// It is an isolated CPython: no environment, no site, no signal handlers, krait's search path and arguments. Its standard streams are
// krait's, whatever sys.stdout is at the moment.
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/guest/guest.h"
#include "runtime/modules/importing/compiled_modules.h"
#include "runtime/modules/importing/guest_hooks.h"
#include "runtime/object/errors.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/gil.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::guest {

Library py;
bool isExtension = false;
std::string_view extensionName;
Value (*shownModule)(PyObject* o) = nullptr;
PyObject* (*showModule)(Value module) = nullptr;

namespace {

constexpr char kLibrary[] = "libpython3.11.so.1.0", kPackage[] = "libpython3.11";

enum class State { Absent, Running, Over } state = State::Absent;

bool findFunctions(void* library, const char** missing) {
#define FUNCTION(name)                                                                       \
  if (!(py.name = reinterpret_cast<decltype(&::name)>(dlsym(library, #name)))) *missing = #name;
#define DATA(name) FUNCTION(name)
#include "runtime/guest/functions.def"
  return !*missing;
}

// ---- the program's frame ----

PyObject *calling, *callingsCode;

int32_t makeCallingFunction() {
  Held names(py.PyDict_New()), main(py.PyUnicode_FromString("__main__"));
  if (!names || !main || py.PyDict_SetItemString(names, "__name__", main) < 0) return -1;
  Held done(py.PyRun_StringFlags("def main(f, /, *args, **kwargs): return f(*args, **kwargs)\n", Py_file_input, names, names, nullptr));
  PyObject* found = done ? py.PyDict_GetItemString(names, "main") : nullptr;
  if (!found) return -1;
  calling = share(found);
  callingsCode = py.PyObject_GetAttrString(calling, "__code__");
  return callingsCode ? 0 : -1;
}

// ---- starting --------------------------------------------------------------------------------------------

/// -1 with krait's error.
int32_t refuse(const PyStatus& status) {
  return fail(ImportErrorType, "CPython's %s did not start: %s", kLibrary, status.err_msg ? status.err_msg : "unknown error");
}

/// Strings of a list of krait's into one of the guest's configuration.
int32_t copyStrings(Value list, PyWideStringList* to) {
  for (int64_t i = 0; list && isList(list) && i < asList(list)->size; ++i) {
    Value item = asList(list)->items[i];
    if (!isStr(item)) continue;
    Utf8 text(item);
    if (!text.ok()) {
      errorClear();
      continue;
    }
    wchar_t* wide = py.Py_DecodeLocale(text.data(), nullptr);
    if (!wide) return fail(MemoryErrorType, "");
    py.PyWideStringList_Append(to, wide);
    py.PyMem_RawFree(wide);
  }
  return 0;
}

int32_t configure() {
  PyPreConfig before;
  py.PyPreConfig_InitIsolatedConfig(&before);
  before.utf8_mode = 1; // names and search path are UTF-8 on this side, too
  PyStatus status = py.Py_PreInitialize(&before);
  if (py.PyStatus_Exception(status)) return refuse(status);
  PyConfig config;
  py.PyConfig_InitIsolatedConfig(&config);
  config.install_signal_handlers = 0;
  config.site_import = 0;
  config.module_search_paths_set = 1;
  if (const char* seed = getenv("PYTHONHASHSEED"); seed && *seed && strcmp(seed, "random") != 0) {
    config.use_hash_seed = 1;
    config.hash_seed = strtoul(seed, nullptr, 10);
  }
  int32_t result = copyStrings(sysGet("path"), &config.module_search_paths);
  if (result == 0) result = copyStrings(sysGet("argv"), &config.argv);
  if (result == 0) {
    config.parse_argv = 0;
    py.PyConfig_SetBytesString(&config, &config.program_name, "/usr/bin/python3.11");
    status = py.Py_InitializeFromConfig(&config);
    if (py.PyStatus_Exception(status)) result = refuse(status);
  }
  py.PyConfig_Clear(&config);
  return result;
}

int32_t start() {
  if (state == State::Running) return 0;
  if (state == State::Over) return fail(ImportErrorType, "the CPython of this process has ended");
  void* library = dlopen(kLibrary, RTLD_NOW | RTLD_GLOBAL);
  if (!library) return fail(ImportErrorType, "it is a C extension, which CPython's library runs: install %s (%s)", kPackage, dlerror());
  const char* missing = nullptr;
  if (!findFunctions(library, &missing)) return fail(ImportErrorType, "%s lacks '%s': it is not that of CPython 3.11", kLibrary, missing);
  if (configure() < 0) return -1;
  state = State::Running;
  guestBegins();
  if (initialiseWrappers() < 0 || pairBuiltins() < 0 || giveStreams() < 0 || shareWarnings() < 0 || makeCallingFunction() < 0) {
    raiseFromGuest();
    return -1;
  }
  guestIsReady();
  return 0;
}

} // namespace

int32_t joinHost(const char* name) {
  const char* missing = nullptr;
  if (!findFunctions(RTLD_DEFAULT, &missing)) {
    // Nothing of it is safe to call but what is found now.
    auto set = reinterpret_cast<decltype(&::PyErr_SetString)>(dlsym(RTLD_DEFAULT, "PyErr_SetString"));
    auto kind = static_cast<PyObject**>(dlsym(RTLD_DEFAULT, "PyExc_ImportError"));
    if (set && kind) set(*kind, (std::string("this module was compiled for CPython 3.11, and this program lacks its '") + missing + "'").c_str());
    return -1;
  }
  isExtension = true;
  extensionName = name;
  expectThreads();
  state = State::Running;
  guestBegins();
  return initialiseWrappers() < 0 || pairBuiltins() < 0 || makeCallingFunction() < 0 ? -1 : 0;
}

namespace {

// ---- hooks ----------------------------------------------------------------------------------------------------

bool isGuestName(std::string_view name) {
  const std::string_view top = name.substr(0, name.find('.'));
  for (std::string_view rest = krt_guest_packages; !rest.empty();) {
    const std::string_view one = rest.substr(0, rest.find(':'));
    if (one == top) return true;
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
  }
  return false;
}

/// In an extension: a module that is not in it.
bool isHostsOwn(Value name, std::string_view text) { return !text.starts_with("encodings") && !findTemplate(name) && !findNative(name); }

/// What the guests have imported of themselves on the way is in sys.modules as well: a function's __module__ leads there.
int32_t shareModules() {
  static Py_ssize_t known = 0;
  Entering guest;
  PyObject* modules = py.PyImport_GetModuleDict();
  if (py.PyObject_Size(modules) == known) return 0;
  known = py.PyObject_Size(modules);
  std::vector<std::pair<std::string, Held>> found; // first: a mirror's making may run code
  PyObject *name, *module;
  for (Py_ssize_t at = 0; py.PyDict_Next(modules, &at, &name, &module);) {
    const char* text = py.PyUnicode_AsUTF8(name);
    if (!text) py.PyErr_Clear();
    else if (module != guestNone() && isGuestName(text)) found.emplace_back(text, Held(share(module)));
  }
  for (auto& [text, held] : found) {
    Ref key(newStr(text));
    if (!key) return -1;
    if (dictGet(sysModules(), key)) continue;
    Ref mirror(viewOf(held));
    if (!mirror || dictSet(sysModules(), key, mirror) < 0) return -1;
  }
  return 0;
}

/// sys.modules gets the module, and those of the packages it is in.
Value importGuest(Value name) {
  Utf8 text(name);
  if (!text.ok()) return errorClear(), Value();
  if (!isGuestName(text.view()) && !(isExtension && isHostsOwn(name, text.view()))) return Value();
  if (start() < 0) {
    // Which module it was about is what the message begins with.
    Ref e = errorTake();
    Ref message(e ? formatText("cannot import %R: %S", name, e.get()) : Value());
    return message ? raiseImportError(ImportErrorType, message, name, Value()) : Value();
  }
  Entering guest;
  Ref found;
  const std::string_view whole = text.view();
  for (size_t dot = 0; dot != std::string_view::npos;) {
    dot = whole.find('.', dot + 1);
    const std::string part(whole.substr(0, dot));
    Ref key(newStr(part));
    if (!key) return Value();
    guest.go();
    Held imported(py.PyImport_ImportModule(part.c_str()));
    // What the name leads to, not what the last package has under it.
    Held kept(imported ? share(py.PyDict_GetItemString(py.PyImport_GetModuleDict(), part.c_str())) : nullptr);
    found.reset(guest.finish(kept.take()));
    if (!found || dictSet(sysModules(), key, found) < 0) return Value();
  }
  if (!isExtension) {
    shareReducers();
    if (shareModules() < 0) return Value();
  }
  return found.release();
}

void finishGuest() {
  if (state != State::Running) return;
  if (severalThreads) py.PyGILState_Ensure(); // for ever
  takeStreamsBack();
  if (isOnStartingThread()) {
    py.Py_FinalizeEx();
  } else { // it would wait for the end of the thread that started it, which has been
    Held atexit(py.PyImport_ImportModule("atexit")), run(atexit ? py.PyObject_GetAttrString(atexit, "_run_exitfuncs") : nullptr);
    Held done(run ? py.PyObject_CallNoArgs(run) : nullptr);
  }
  state = State::Over;
}

bool isRegistered(Value abc, Value cls) { return isLoaded() && guestHasRegistered(abc, cls); }

constexpr GuestHooks kHooks = {importGuest, isLoaded, finishGuest, threadsBegin, isRegistered, hostBlocking, makeBare};

} // namespace

PyObject* callingFunction() { return calling; }
PyObject* callingCode() { return callingsCode; }
bool isLoaded() { return state == State::Running; }
bool isOver() { return state != State::Running; }

} // namespace krait::guest

namespace krait {
const GuestHooks* krt_guest_hooks = &guest::kHooks;
}
