// _krait_importlib: how importlib's Python half takes over from the finders and loaders of this room.
//
// A program begins without importlib. When something imports it, runtime/lib/_frozen_importlib*.py run its modules, give the
// modules that there are specs and loaders of importlib's classes, and say that it imports from now on. What is compiled in it
// finds and runs by the functions here.
#include "runtime/modules/importing/compiled_loader.h"
#include "runtime/modules/importing/compiled_modules.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/importing/module_locks.h"
#include "runtime/modules/importing/module_spec.h"
#include "runtime/modules/importing/native_finders.h"
#include "runtime/modules/importing/path_hooks.h"
#include "runtime/modules/importing/source_files.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

/// The program's own main module is never imported: a __main__ that is looked for is that of a folder or an archive.
ModuleInfo* importable(Value name, Value path = Value()) {
  return isStr(name) && !strEqual(name, "__main__") ? findTemplate(name, path) : nullptr;
}

Value file(Value, const Value* argv) {
  ModuleInfo* info = importable(argv[0], argv[1]);
  return info ? newStr(info->filename) : newRef(none());
}
Value folders(Value, const Value* argv) { return isStr(argv[0]) ? compiledFolders(argv[0], argv[1] && !isNone(argv[1]) ? argv[1] : Value()) : newList(0); }
Value frozen(Value, Value name) {
  Value path = frozenFile(name);
  return path || errorSet() ? path : newRef(none());
}
Value isPackage(Value, Value name) {
  ModuleInfo* info = importable(name);
  return boolean(info && info->isPackage);
}
Value source(Value, Value name) {
  ModuleInfo* info = importable(name);
  Value text = info ? templateSourceBytes(info) : Value();
  return text || errorSet() ? text : newRef(none());
}
Value newModuleOf(Value, const Value* argv) {
  ModuleInfo* info = importable(argv[0]);
  return info && !info->instantiated ? newBareTemplateModule(info, argv[1]) : newRef(none());
}
Value runModule(Value, const Value* argv) {
  ModuleInfo* info = importable(argv[0]);
  if (!info || !canRunTemplate(info, argv[1])) return boolean(false);
  RecursionLevels levels(kExecLevels - 1); // importlib's _call_with_frames_removed is one of them
  if (!levels) return Value();
  return runTemplate(info, argv[1]) < 0 ? Value() : boolean(true);
}
Value canRunModule(Value, const Value* argv) {
  ModuleInfo* info = importable(argv[0]);
  return boolean(info && canRunTemplate(info, argv[1]));
}
/// What importlib calls as exec(code, globals): `code` may be (name, module) of a compiled one.
Value runBody(Value, const Value* argv) {
  if (!isTuple(argv[0])) {
    Ref builtins(importModule("builtins")), exec(builtins ? getAttr(builtins, "exec") : Value());
    return exec ? krt_call2(exec, newRef(argv[0]), newRef(argv[1])) : Value();
  }
  ModuleInfo* info = importable(asTuple(argv[0])->items[0]);
  return info && runTemplate(info, asTuple(argv[0])->items[1]) < 0 ? Value() : none(); // the frame of our exec_module is exec's level
}

/// importlib's own module `leaf` under another name, in sys.modules: compiled, if it is and has not run yet, else from its source.
Value loadAs(Value, const Value* argv) {
  if (!isStr(argv[0]) || !isStr(argv[1])) return raise(TypeErrorType, "two names expected");
  Ref full(formatText("importlib.%U", argv[0]));
  ModuleInfo* info = full ? findTemplate(full) : nullptr;
  if (info && info->instantiated) info = nullptr;
  Ref module(info ? newBareTemplateModule(info, argv[1]) : newModule(argv[1]));
  if (!module || dictSet(sysModules(), argv[1], module) < 0) return Value();
  if (info) return runTemplate(info, module) < 0 ? Value() : module.release();
  bool isPackage = false;
  Ref package(newStr("importlib")), init(package ? findSourceFile(package, Value(), &isPackage) : Value());
  Ref directory(init ? directoryOf(init) : Value()), path(directory ? newTuple({directory.get()}) : Value());
  Ref file(path ? findSourceFile(full, path, &isPackage) : Value()), text(file ? readSourceFile(file) : Value());
  if (!text) return errorSet() ? Value() : raise(ImportErrorType, "there is no importlib.%U", argv[0]);
  return runModuleSource(text, file, module) < 0 ? Value() : module.release();
}

// No file has a name with surrogates, and no lock is needed to find that out.
Value lock(Value, Value name) {
  Utf8 text(name);
  if (!text.ok()) return errorClear(), boolean(true);
  return boolean(lockModule(text.view()));
}
Value unlock(Value, Value name) {
  Utf8 text(name);
  if (text.ok()) unlockModule(text.view());
  else errorClear();
  return newRef(none());
}

Value takeOver(Value, const Value* argv) {
  if (!isTuple(argv[2])) return raise(TypeErrorType, "tuple expected, not %.200T", argv[2]);
  importByImportlib(argv[0], argv[1], argv[2]);
  return newRef(none());
}

Value codeFile(Value, Value path) { return isStr(path) ? codeFileOf(path) : newRef(path); }

constinit const MethodDef methods[] = {
    {"can_run", canRunModule, "($module, compiled, module, /)"},
    {"code_file", codeFile, "($module, path, /)"},
    {"exec", runBody, "($module, code, globals, /)"},
    {"file", file, "($module, name, path=None, /)"},
    {"folders", folders, "($module, name, path=None, /)"},
    {"frozen_file", frozen, "($module, name, /)"},
    {"is_package", isPackage, "($module, name, /)"},
    {"load_as", loadAs, "($module, leaf, name, /)"},
    {"lock", lock, "($module, name, /)"},
    {"new_module", newModuleOf, "($module, compiled, name, /)"},
    {"run_module", runModule, "($module, compiled, module, /)"},
    {"source", source, "($module, name, /)"},
    {"take_over", takeOver, "($module, find_and_load, gcd_import, files, /)"},
    {"unlock", unlock, "($module, name, /)"},
    {},
};

int execute(Value module) {
  auto add = [&](const char* name, Value v) { return moduleAdd(module, name, newRef(v)) == 0; };
  return add("ModuleSpec", asValue(&moduleSpecType)) && add("Loader", asValue(&compiledLoaderType)) &&
                 add("BuiltinImporter", builtinImporter()) &&
                 add("FrozenImporter", frozenImporter()) && add("PathFinder", compiledFinder()) &&
                 add("directory_hook", directoryPathHook())
             ? 0
             : -1;
}

} // namespace

extern "C" constinit const NativeModule krt_module_krait_importlib = {"_krait_importlib", methods, execute};

} // namespace krait
