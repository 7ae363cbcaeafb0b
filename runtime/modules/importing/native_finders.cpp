// The finders that sys.meta_path starts with, BuiltinImporter, FrozenImporter and PathFinder; importlib puts its own in their place.
#include "runtime/modules/importing/native_finders.h"

#include "runtime/abi/frozen_modules.h"
#include "runtime/modules/importing/compiled_loader.h"
#include "runtime/modules/importing/compiled_modules.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/importing/module_spec.h"
#include "runtime/modules/importing/namespace_path.h"
#include "runtime/modules/importing/path_hooks.h"
#include "runtime/modules/importing/source_files.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

Value finderFindSpec(Value, const Value* argv) {
  Value name = argv[0];
  if (!isStr(name)) return raise(TypeErrorType, "expected str, got %.200T", name);
  Value directories = argv[1] && !isNone(argv[1]) ? argv[1] : Value();
  Ref path, locations;
  bool isPackage = false;
  // The program's own main module is never imported: a __main__ that is looked for is that of a folder or an archive.
  ModuleInfo* info = strEqual(name, "__main__") ? nullptr : findTemplate(name, directories);
  if (info) {
    path.reset(newStr(info->filename));
    isPackage = info->isPackage;
  } else {
    Ref hooked(findByPathHooks(name, directories));
    if (hooked || errorSet()) return hooked.release();
    path.reset(findSourceFile(name, directories, &isPackage));
  }
  if (!path) {
    Ref found(errorSet() ? Value() : findFolders(name, directories));
    if (!found) return errorSet() ? Value() : newRef(none());
    locations.reset(newNamespacePath(name, found, directories));
    return locations ? newModuleSpec(name, none(), Value(), locations) : Value();
  }
  Ref loader(newLoader(name, path, info));
  if (!loader) return Value();
  if (isPackage) {
    Ref directory(directoryOf(path));
    locations.reset(newList(0));
    if (!directory || !locations || listAppend(locations, directory) < 0) return Value();
  }
  Ref spec(newModuleSpec(name, loader, path, locations));
  Ref cached(cachedPath(path));
  if (!spec || !cached) return Value();
  specSetCached(spec, cached);
  return spec.release();
}
Value finderInvalidate(Value) {
  invalidateNamespacePaths();
  return newRef(none());
}
/// What importlib.metadata finds along a path: its own class knows how.
Value finderFindDistributions(Value, const Args& args) {
  Ref name(newStr("importlib.metadata")), module(name ? importAbsolute(name) : Value());
  Ref finder(module ? getAttr(module, "MetadataPathFinder") : Value());
  Ref find(finder ? getAttr(finder, "find_distributions") : Value());
  return find ? call(find, args) : Value();
}

constinit const MethodDef finderMethods[] = {
    {"find_spec", finderFindSpec, "(fullname, path=None, target=None)", kMethodStatic},
    {"find_distributions", finderFindDistributions, nullptr, kMethodStatic},
    {"invalidate_caches", finderInvalidate, nullptr, kMethodStatic},
    {},
};

} // namespace

constinit Type compiledFinderType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_frozen_importlib_external.PathFinder",
    .base = &objectType,
    .instanceLayout = {.type = &compiledFinderType, .size = sizeof(Object)},
    .methods = finderMethods,
};

Value compiledFinder() { return asValue(&compiledFinderType); }

// ---- BuiltinImporter ---------------------------------------------------------------------------

namespace {

Value importerCreate(Value, Value spec) {
  Ref name(getAttr(spec, NAME(name)));
  Value module = name && isStr(name) ? loadBuiltin(name) : Value();
  return module || errorSet() ? module : raise(ImportErrorType, "%R is not a built-in module", name.get());
}
Value importerExec(Value, Value) { return newRef(none()); }
Value importerNone(Value, Value) { return newRef(none()); }
Value importerIsPackage(Value, Value) { return boolean(false); }
Value importerFindSpec(Value, const Value* argv) {
  if (!isStr(argv[0]) || !findNative(argv[0])) return newRef(none());
  Ref origin(newStr("built-in"));
  return origin ? newModuleSpec(argv[0], builtinImporter(), origin, Value()) : Value();
}
constinit const MethodDef importerMethods[] = {
    {"create_module", importerCreate, "(spec, /)", kMethodStatic},
    {"exec_module", importerExec, "(module, /)", kMethodStatic},
    {"find_spec", importerFindSpec, "(fullname, path=None, target=None)", kMethodStatic},
    {"get_code", importerNone, "(fullname, /)", kMethodStatic},
    {"get_source", importerNone, "(fullname, /)", kMethodStatic},
    {"is_package", importerIsPackage, "(fullname, /)", kMethodStatic},
    {},
};
constinit Type builtinImporterType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_frozen_importlib.BuiltinImporter",
    .base = &objectType,
    .instanceLayout = {.type = &builtinImporterType, .size = sizeof(Object)},
    .methods = importerMethods,
};
} // namespace

Value builtinImporter() { return asValue(&builtinImporterType); }

// ---- FrozenImporter: the standard library's modules that CPython carries frozen are compiled in like all others -----------------

namespace {

/// The file of a module that is looked for (owned); ImportError if CPython does not carry it frozen.
Value demandFrozen(Value name) {
  Value path = frozenFile(name);
  if (path || errorSet()) return path;
  Ref message(formatText("%R is not a frozen module", name));
  return message ? raiseImportError(ImportErrorType, message, name, Value()) : Value();
}
Value frozenFindSpec(Value, const Value* argv) {
  Ref path(frozenFile(argv[0]));
  if (!path) return errorSet() ? Value() : newRef(none());
  return newFrozenSpec(argv[0], path);
}
Value frozenLoader(Value name) {
  Ref path(demandFrozen(name));
  return path ? newLoader(name, path, findTemplate(name)) : Value();
}
Value frozenExec(Value, Value module) {
  Ref name(getAttr(module, NAME(__name__))), loader(name ? frozenLoader(name) : Value());
  return loader ? callMethod(loader, "exec_module", {module}) : Value();
}
Value frozenCode(Value, Value name) {
  Ref loader(frozenLoader(name));
  return loader ? callMethod(loader, "get_code", {name}) : Value();
}
Value frozenSource(Value, Value name) { return Ref(demandFrozen(name)) ? newRef(none()) : Value(); }
Value frozenIsPackage(Value, Value name) { return Ref(demandFrozen(name)) ? boolean(false) : Value(); }
Value frozenLoad(Value, Value name) { return Ref(demandFrozen(name)) ? importAbsolute(name) : Value(); }

constinit const MethodDef frozenMethods[] = {
    {"create_module", importerNone, "(spec, /)", kMethodStatic},
    {"exec_module", frozenExec, "(module, /)", kMethodStatic},
    {"find_spec", frozenFindSpec, "(fullname, path=None, target=None)", kMethodStatic},
    {"get_code", frozenCode, "(fullname, /)", kMethodStatic},
    {"get_source", frozenSource, "(fullname, /)", kMethodStatic},
    {"is_package", frozenIsPackage, "(fullname, /)", kMethodStatic},
    {"load_module", frozenLoad, "(fullname, /)", kMethodStatic},
    {},
};
constinit Type frozenImporterType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_frozen_importlib.FrozenImporter",
    .base = &objectType,
    .instanceLayout = {.type = &frozenImporterType, .size = sizeof(Object)},
    .methods = frozenMethods,
};
} // namespace

Value frozenImporter() { return asValue(&frozenImporterType); }

Value frozenFile(Value name) {
  Utf8 text(isStr(name) ? name : emptyStr());
  if (!text.ok() || !isFrozenName(text.view())) return errorClear(), Value();
  ModuleInfo* info = findTemplate(name);
  Ref path(info ? newStr(info->filename) : Value());
  if (!info) {
    bool isPackage = false;
    Ref parent(parentPackage(name, false));
    const bool isInPackage = parent && asStr(parent)->length > 0;
    Ref package(isInPackage ? xnewRef(dictGet(sysModules(), parent)) : Value());
    Ref directories(package ? getAttrOptional(package, NAME(__path__)) : Value());
    if (directories || !isInPackage) path.reset(findSourceFile(name, directories, &isPackage));
  }
  return path && isFrozenFile(path) ? path.release() : Value();
}

} // namespace krait
