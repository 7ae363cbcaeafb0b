// `import`, as the language defines it: names resolved against the package,
// sys.modules first, then each finder of sys.meta_path, then parents' attributes.
// Once importlib is loaded (importlib_bridge.cpp) it does what comes after sys.modules, for all.
#include "runtime/modules/importing/import.h"

#include <string>

#include <cstring>

#include "runtime/builtins/builtins.h"
#include "runtime/exceptions/exception.h"
#include "runtime/exceptions/traceback_trim.h"
#include "runtime/modules/importing/compiled_modules.h"
#include "runtime/modules/importing/guest_hooks.h"
#include "runtime/modules/importing/module_locks.h"
#include "runtime/modules/importing/native_finders.h"
#include "runtime/modules/importing/path_hooks.h"
#include "runtime/object/audit.h"
#include "runtime/object/module_cells.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/builtin_events.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

extern "C" [[gnu::weak]] const GuestHooks* krt_guest_hooks = nullptr;

namespace {

Value notFound(Value name) {
  Ref message(formatText("No module named %R", name));
  return message ? raiseImportError(ModuleNotFoundErrorType, message, name, Value()) : Value();
}
/// The pending AttributeError of `parent`'s __path__ becomes `raise ModuleNotFoundError(…) from None`.
Value notInPackage(Value name, Value parent) {
  Ref absent = errorTake();
  Ref message(formatText("No module named %R; %R is not a package", name, parent));
  if (!message) return Value();
  raiseImportError(ModuleNotFoundErrorType, message, name, Value());
  if (errorMatches(ModuleNotFoundErrorType)) asException(krt_hot.raised)->suppressContext = true;
  errorChainContext(absent.release());
  return Value();
}

/// What a finder found, turned into a module: create_module, attributes, sys.modules, exec_module.
Value loadFromSpec(Value spec, Value name) {
  RecursionLevels levels(1); // _load_unlocked
  if (!levels) return Value();
  Ref loader(getAttr(spec, "loader"));
  if (!loader) return Value();
  Ref module;
  Ref create(isNone(loader) ? Value() : getAttrOptional(loader, NAME(create_module)));
  if (create) {
    module.reset(call(create, {spec}));
    if (!module) return Value();
  } else if (errorSet()) {
    return Value();
  }
  if (!module || isNone(module)) module.reset(newModule(name));
  if (!module) return Value();
  auto copyAttribute = [&](const char* from, const char* to) {
    Ref v(getAttr(spec, from));
    if (!v) return errorClear();
    Ref present(getAttrOptional(module, Ref(newStr(to))));
    if (present && !isNone(present)) return;
    if (setAttr(module, to, v) < 0) errorClear();
  };
  if (setAttr(module, "__name__", name) < 0 || setAttr(module, "__spec__", spec) < 0) errorClear();
  copyAttribute("loader", "__loader__");
  copyAttribute("parent", "__package__");
  Ref locations(getAttrOptional(spec, Ref(newStr("submodule_search_locations"))));
  if (locations && !isNone(locations)) copyAttribute("submodule_search_locations", "__path__");
  Ref hasLocation(getAttrOptional(spec, Ref(newStr("has_location"))));
  if (hasLocation && isTrue(hasLocation) > 0) {
    copyAttribute("origin", "__file__");
    Ref cached(getAttrOptional(spec, Ref(newStr("cached"))));
    if (cached && !isNone(cached)) copyAttribute("cached", "__cached__");
  }
  errorClear();
  if (setAttr(spec, "_initializing", boolean(true)) < 0) errorClear();
  if (dictSet(sysModules(), name, module) < 0) return Value();
  Ref result;
  if (isNone(loader)) {
    // A namespace package: nothing to run.
    result = Ref::share(none());
  } else {
    Ref exec(getAttrOptional(loader, NAME(exec_module)));
    if (exec) result.reset(call(exec, {module.get()}));
    else if (!errorSet()) result.reset(callMethod(loader, "load_module", {name}));
  }
  Ref pending = errorTake();
  if (setAttr(spec, "_initializing", boolean(false)) < 0) errorClear();
  if (!result) {
    if (dictDeleteIfPresent(sysModules(), name) < 0) errorClear();
    errorRestore(pending.release());
    return Value();
  }
  return completeLoading(name);
}

/// Asks the finders of sys.meta_path: the module, or null without error if none knows it.
Value findAndLoad(Value name, Value path) {
  Value finders = sysGet("meta_path");
  if (finders && isNone(finders)) return raise(ImportErrorType, "sys.meta_path is None, Python is likely shutting down");
  if (!finders || !isList(finders)) return raise(ImportErrorType, "sys.meta_path must be a list of import hooks");
  for (int64_t i = 0; i < asList(finders)->size; ++i) {
    Ref finder = Ref::share(asList(finders)->items[i]);
    const bool isBuiltin = finder.get() == builtinImporter();
    if (finder.get() == frozenImporter()) {
      Ref file(frozenFile(name));
      if (Value m = file ? loadCompiled(name, path) : Value(); m || errorSet()) return m;
      continue;
    }
    if (isBuiltin || finder.get() == compiledFinder()) { // what their find_spec finds, without the detour
      if (!isBuiltin && !findTemplate(name, path)) {
        Ref spec(findByPathHooks(name, path));
        if (spec) return loadFromSpec(spec, name);
        if (errorSet()) return Value();
      }
      Value m = isBuiltin ? loadBuiltin(name) : loadCompiled(name, path);
      if (m || errorSet()) return m;
      continue;
    }
    Ref find(getAttrOptional(finder, NAME(find_spec)));
    if (!find) {
      if (errorSet()) return Value();
      continue;
    }
    Ref spec(call(find, {name, path ? path : none(), none()}));
    if (!spec) return Value();
    if (!isNone(spec)) return loadFromSpec(spec, name);
  }
  return Value();
}

int64_t lastDot(Value name) {
  for (int64_t i = asStr(name)->length - 1; i >= 0; --i)
    if (asStr(name)->at(i) == '.') return i;
  return -1;
}

/// Names of submodules whose bodies run: `_uninitialized_submodules` of the package's spec (owned), or null without error.
Value runningSubmodules(Value package) {
  Ref spec(getAttrOptional(package, NAME(__spec__)));
  Ref names(spec && !isNone(spec) ? getAttrOptional(spec, Ref(newStr("_uninitialized_submodules"))) : Value());
  errorClear();
  return names && isList(names) ? names.release() : Value();
}

/// The module's lock is held.
Value importMissing(Value name) {
  RecursionLevels levels(2); // _find_and_load, _find_and_load_unlocked
  if (!levels) return Value();
  int64_t dot = lastDot(name);
  Ref parentModule, path, child, running;
  if (dot > 0) { // a name that begins with its only dot has no parent
    Ref parent(strSubstring(name, 0, dot));
    child.reset(strSubstring(name, dot + 1, asStr(name)->length));
    if (!parent || !child) return Value();
    RecursionLevels levels(2); // _call_with_frames_removed, __import__
    if (!levels || !(parentModule = Ref(importAbsolute(parent)))) return Value();
    // The parent's code may have imported the child.
    if (Value m = dictGet(sysModules(), name)) return newRef(m);
    path.reset(getAttr(parentModule, NAME(__path__)));
    if (!path) return errorMatches(AttributeErrorType) ? notInPackage(name, parent) : Value();
    running.reset(runningSubmodules(parentModule));
    if (running && listAppend(running, child) < 0) return Value();
  }
  Ref module(findAndLoad(name, path));
  if (running && asList(running)->size) {
    Ref pending = errorTake();
    if (listSetSlice(running, asList(running)->size - 1, asList(running)->size, Value()) < 0) errorClear();
    if (pending) errorRestore(pending.release());
  }
  if (!module) return errorSet() ? Value() : notFound(name);
  if (parentModule && setAttr(parentModule, child, module) < 0) {
    if (!errorMatches(AttributeErrorType)) return Value();
    errorClear();
    Ref parent(strSubstring(name, 0, dot));
    if (!parent || warn(ImportWarningType, 2, "Cannot set an attribute on %R for child module %R", parent.get(), child.get()) < 0)
      return Value();
  }
  return module.release();
}

/// What importlib does with a name once it is loaded: all owned, or null.
struct {
  Value findAndLoad, gcdImport, files;
} importlib;

/// An import has failed: what importlib's functions did in between nobody sees, as importlib itself has it. Its first import is ours to the end.
void trimImportTraceback() {
  if (importlib.files) trimTraceback(importlib.files, "_call_with_frames_removed", errorMatches(ImportErrorType));
}

} // namespace

void importByImportlib(Value findAndLoad, Value gcdImport, Value files) {
  assign(importlib.findAndLoad, newRef(findAndLoad));
  assign(importlib.gcdImport, newRef(gcdImport));
  assign(importlib.files, newRef(files));
}

Value importAbsolute(Value name) {
  Value m = dictGet(sysModules(), name);
  if (!m && errorSet()) return Value();
  if (m && isNone(m)) {
    Ref message(formatText("import of %U halted; None in sys.modules", name));
    return message ? raiseImportError(ModuleNotFoundErrorType, message, name, Value()) : Value();
  }
  if (m && !(modulesAreLocked() && moduleIsInitializing(m))) return newRef(m);
  if (!m && auditing && !auditTold("import", {name, Value(), sysGet("path"), sysGet("meta_path"), sysGet("path_hooks")})) return Value();
  if (!m && krt_guest_hooks) {
    Value found = krt_guest_hooks->import(name);
    if (found || errorSet()) return found;
  }
  if (!m && importlib.findAndLoad) {
    --krt_hot.depth; // CPython's runtime calls importlib's function itself
    Value found = call(importlib.findAndLoad, {name, importlib.gcdImport});
    ++krt_hot.depth;
    if (!found) trimImportTraceback();
    return found;
  }
  Utf8 text(name);
  if (!text.ok()) { // no lock has such a name, and no file either
    if (m) return errorClear(), newRef(m);
    errorClear();
    return importMissing(name);
  }
  const std::string key(text.view());
  if (!lockModule(key)) { // another thread imports it, which waits for one of ours
    m = dictGet(sysModules(), name);
    return m ? newRef(m) : errorSet() ? Value() : notFound(name);
  }
  m = dictGet(sysModules(), name); // it may have come while we waited
  Value found = m ? newRef(m) : errorSet() ? Value() : importMissing(name);
  unlockModule(key);
  if (!found) trimImportTraceback();
  return found;
}

bool moduleIsInitializing(Value module) {
  Ref spec(getAttrOptional(module, NAME(__spec__)));
  Ref flag(spec && !isNone(spec) ? getAttrOptional(spec, NAME(_initializing)) : Value());
  bool yes = flag && isTrue(flag) > 0;
  errorClear();
  return yes;
}

namespace {

/// The package that a relative import starts from (owned).
Value packageOf(Value globals) {
  Value package = dictGet(globals, NAME(__package__));
  if (!package && errorSet()) return Value();
  Value spec = dictGet(globals, NAME(__spec__));
  if (!spec && errorSet()) return Value();
  if (package && !isNone(package)) {
    if (!isStr(package)) return raise(TypeErrorType, "package must be a string");
    Ref kept = Ref::share(package), parent(spec && !isNone(spec) ? getAttr(spec, "parent") : Value());
    if (spec && !isNone(spec)) {
      const int32_t same = parent ? equal(parent, kept) : -1;
      if (same < 0 || (!same && warn(ImportWarningType, 1, "__package__ != __spec__.parent (%R != %R)", kept.get(), parent.get()) < 0))
        return Value();
    }
    return kept.release();
  }
  if (spec && !isNone(spec)) {
    Ref parent(getAttr(spec, "parent"));
    if (!parent) return Value();
    if (!isStr(parent)) return raise(TypeErrorType, "__spec__.parent must be a string");
    return parent.release();
  }
  if (warn(ImportWarningType, 1, "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__") < 0)
    return Value();
  Value name = dictGet(globals, NAME(__name__));
  if (!name) return errorSet() ? Value() : raise(KeyErrorType, "'__name__' not in globals");
  if (!isStr(name)) return raise(TypeErrorType, "__name__ must be a string");
  if (dictGet(globals, NAME(__path__))) return newRef(name);
  int64_t dot = lastDot(name);
  return dot < 0 ? newRef(emptyStr()) : strSubstring(name, 0, dot);
}

Value resolve(Value name, Value globals, int64_t level) {
  if (!globals || !isDict(globals)) return raise(KeyErrorType, "'__name__' not in globals");
  Ref package(packageOf(globals));
  if (!package) return Value();
  if (asStr(package)->length == 0)
    return raise(ImportErrorType, "attempted relative import with no known parent package");
  int64_t end = asStr(package)->length;
  for (int64_t i = level; i > 1; --i) {
    while (end > 0 && asStr(package)->at(end - 1) != '.') --end;
    if (end == 0) return raise(ImportErrorType, "attempted relative import beyond top-level package");
    --end;
  }
  Ref base(strSubstring(package, 0, end));
  if (!base || asStr(name)->length == 0) return base.release();
  return formatText("%U.%U", base.get(), name);
}

/// `from package import a, b`: imports those that are submodules and not attributes yet.
int32_t importSubmodules(Value module, Value names, bool recursive) {
  RecursionLevels levels(1); // _handle_fromlist
  if (!levels) return -1;
  Ref list(toTuple(names));
  if (!list) return -1;
  for (int64_t i = 0; i < asTuple(list)->size; ++i) {
    Value x = asTuple(list)->items[i];
    if (!isStr(x)) {
      if (recursive) {
        Ref where(getAttr(module, "__name__"));
        if (!where) return -1;
        return fail(TypeErrorType, "Item in %U.__all__ must be str, not %.200T", where.get(), x);
      }
      return fail(TypeErrorType, "Item in ``from list'' must be str, not %.200T", x);
    }
    if (strEqual(x, "*")) {
      if (recursive) continue;
      Ref all(getAttrOptional(module, NAME(__all__)));
      if (!all) {
        if (errorSet()) return -1;
        continue;
      }
      if (importSubmodules(module, all, true) < 0) return -1;
      continue;
    }
    int32_t has = hasAttr(module, x);
    if (has < 0) return -1;
    if (has) continue;
    Ref where(getAttr(module, "__name__"));
    Ref full(where ? formatText("%S.%U", where.get(), x) : Value());
    if (!full) return -1;
    RecursionLevels calls(2); // _call_with_frames_removed, __import__
    Ref sub(calls ? importAbsolute(full) : Value());
    if (sub) continue;
    if (!errorMatches(ModuleNotFoundErrorType)) return -1;
    Ref e = errorTake();
    Value missing = e.as<ImportErrorObject>()->name;
    bool same = missing && isStr(missing) && strEqual(missing, full);
    if (!same || dictGet(sysModules(), full)) {
      errorRestore(e.release());
      return -1;
    }
  }
  return 0;
}

} // namespace

Value importWithLevel(Value name, Value globals, Value fromlist, int64_t level) {
  if (!isStr(name)) return raise(TypeErrorType, "module name must be a string");
  if (level < 0) return raise(ValueErrorType, "level must be >= 0");
  Ref full;
  if (level > 0) {
    full.reset(resolve(name, globals, level));
    if (!full) return Value();
  } else {
    if (asStr(name)->length == 0) return raise(ValueErrorType, "Empty module name");
    full = Ref::share(name);
  }
  Ref module(importAbsolute(full));
  if (!module) return Value();
  int32_t from = fromlist && !isNone(fromlist) ? isTrue(fromlist) : 0;
  if (from < 0) return Value();
  if (from) {
    Ref path(getAttrOptional(module, NAME(__path__)));
    if (!path) return errorSet() ? Value() : module.release();
    return importSubmodules(module, fromlist, false) < 0 ? Value() : module.release();
  }
  // `import a.b.c` binds `a`; a relative one what stands at the same distance.
  int64_t dot = 0;
  while (dot < asStr(name)->length && asStr(name)->at(dot) != '.') ++dot;
  if (dot == asStr(name)->length) return module.release();
  int64_t cut = asStr(full)->length - (asStr(name)->length - dot);
  Ref front(strSubstring(full, 0, cut));
  if (!front) return Value();
  if (level == 0) return importAbsolute(front);
  Value m = dictGet(sysModules(), front);
  return m ? newRef(m) : errorSet() ? Value() : raise(KeyErrorType, "%R not in sys.modules as expected", front.get());
}

// ---- entries -----------------------------------------------------------------------------------

Value krt_import(Value globals, Value name, Value fromlist, int32_t level) {
  Value ns = builtinsOf(globals);
  Value f = ns ? dictGet(ns, NAME(__import__)) : Value();
  if (!f) return errorSet() ? Value() : raise(ImportErrorType, "__import__ not found");
  if (typeOf(f) == &builtinFunctionType && f == builtinImportFunction()) {
    if (!eventsActive) [[likely]] return importWithLevel(name, globals, fromlist, level);
    const BuiltinRuns running; // finders are called by the import, not by the statement
    return importWithLevel(name, globals, fromlist, level);
  }
  return call(f, {name, globals, none(), fromlist ? fromlist : none(), Value::ofSmallInt(level)});
}

Value krt_import_from(Value module, Value name) {
  Value v = getAttrOptional(module, name);
  if (v || errorSet()) return v;
  // A submodule that is still being imported is not an attribute yet.
  Ref package(getAttrOptional(module, NAME(__name__)));
  if (errorSet()) errorClear();
  if (package && isStr(package)) {
    Ref full(formatText("%U.%U", package.get(), name));
    if (!full) return Value();
    if (Value m = dictGet(sysModules(), full)) return newRef(m);
    if (errorSet()) return Value();
  }
  if (!package || !isStr(package)) package = Ref(newStr("<unknown module name>"));
  Ref file(getAttrOptional(module, NAME(__file__)));
  if (errorSet()) errorClear();
  Ref message;
  if (!file || !isStr(file)) {
    message.reset(formatText("cannot import name %R from %R (unknown location)", name, package.get()));
  } else {
    const char* format = moduleIsInitializing(module)
                             ? "cannot import name %R from partially initialized module %R (most likely due to a circular import) (%S)"
                             : "cannot import name %R from %R (%S)";
    message.reset(formatText(format, name, package.get(), file.get()));
  }
  if (!message) return Value();
  return raiseImportError(ImportErrorType, message, package, file);
}

int32_t krt_import_star(Value module, Value ns) {
  Ref all(getAttrOptional(module, NAME(__all__)));
  if (!all && errorSet()) return -1;
  bool skipPrivate = !all;
  if (!all) {
    Ref dict(getAttrOptional(module, NAME(__dict__)));
    if (!dict) return errorSet() ? -1 : fail(ImportErrorType, "from-import-* object has no __dict__ and no __all__");
    all.reset(isDict(dict) ? dictKeysList(dict) : callMethod(dict, "keys"));
    if (!all) return -1;
  }
  Ref names(toTuple(all));
  if (!names) return -1;
  for (int64_t i = 0; i < asTuple(names)->size; ++i) {
    Value name = asTuple(names)->items[i];
    if (!isStr(name)) {
      Ref where(getAttr(module, "__name__"));
      if (!where) return -1;
      return fail(TypeErrorType, "%s in %U.%s must be str, not %.100T", skipPrivate ? "Key" : "Item", where.get(),
                  skipPrivate ? "__dict__" : "__all__", name);
    }
    if (skipPrivate && asStr(name)->length && asStr(name)->at(0) == '_') continue;
    Ref v(getAttr(module, name));
    if (!v) return -1;
    if ((isExactDict(ns) ? dictSet(ns, name, v) : setItem(ns, name, v)) < 0) return -1;
  }
  return 0;
}

Value completeLoading(Value name) {
  Ref loaded(dictPop(sysModules(), name, Value()));
  return loaded && dictSet(sysModules(), name, loaded) == 0 ? loaded.release() : Value();
}

Value importModule(const char* name) {
  // There even when sys.modules has been emptied.
  if (!strcmp(name, "builtins")) return newRef(builtinsModule());
  Ref text(internStr(name));
  return text ? importAbsolute(text) : Value();
}

} // namespace krait
