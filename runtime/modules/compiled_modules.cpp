// The finder and loader of what was linked into the executable, and ModuleSpec.
//
// Names are looked up in the tables of abi/sections.h. A module that only exists
// as source text at run time is compiled by the engine, if one is linked.
#include "runtime/modules/compiled_modules.h"

#include <cstring>
#include <string>
#include <zlib.h>

#include "runtime/builtins/builtins.h"
#include "runtime/builtins/hooks.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/import.h"
#include "runtime/modules/namespace_path.h"
#include "runtime/modules/path_hooks.h"
#include "runtime/modules/source_files.h"
#include "runtime/object/docs.h"
#include "runtime/object/module_cells.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

ModuleInfo* findTemplate(Value name) {
  if (!krt_modules_begin) return nullptr;
  Utf8 text(name);
  if (!text.ok()) return errorClear(), nullptr;
  for (ModuleInfo** m = krt_modules_begin; m != krt_modules_end; ++m)
    if (text.view() == (*m)->name) return *m;
  return nullptr;
}

const NativeModule* findNative(Value name) {
  Utf8 text(name);
  if (!text.ok()) return errorClear(), nullptr;
  if (krt_natives_begin)
    for (const NativeModule* const* m = krt_natives_begin; m != krt_natives_end; ++m)
      if (text.view() == (*m)->name) return *m;
  return findCoreNative(text.data());
}

extern "C" {
#define KRAIT_NATIVE_MODULE(identifier, name)
#define KRAIT_CORE_MODULE(identifier, name) extern const NativeModule krt_module_##identifier;
#include "runtime/abi/modules.def"
#undef KRAIT_NATIVE_MODULE
}

const NativeModule* findCoreNative(const char* wanted) {
#define KRAIT_NATIVE_MODULE(identifier, name)
#define KRAIT_CORE_MODULE(identifier, name) \
  if (strcmp(wanted, name) == 0) return &krt_module_##identifier;
#include "runtime/abi/modules.def"
#undef KRAIT_NATIVE_MODULE
  return nullptr;
}

// ---- ModuleSpec --------------------------------------------------------------------------------

namespace {

struct SpecObject {
  Object header;
  Value name, loader, origin, loaderState, locations, initializing, setFileAttribute, cached, uninitialized, dict;
};

int specTraverse(Object* o, Visit visit, void* context) {
  auto* s = reinterpret_cast<SpecObject*>(o);
  for (Value* v = &s->name; v <= &s->dict; ++v)
    if (int r = visit(*v, context)) return r;
  return 0;
}
void specClear(Object* o) {
  auto* s = reinterpret_cast<SpecObject*>(o);
  for (Value* v = &s->name; v <= &s->dict; ++v) clear(*v);
}
void specDealloc(Object* o) {
  gcUntrack(o);
  specClear(o);
  freeObject(o);
}

Value specParent(Value self, void*) {
  auto* s = self.as<SpecObject>();
  if (s->locations && !isNone(s->locations)) return newRef(s->name);
  for (int64_t i = asStr(s->name)->length - 1; i >= 0; --i)
    if (asStr(s->name)->at(i) == '.') return strSubstring(s->name, 0, i);
  return newRef(emptyStr());
}
Value specHasLocation(Value self, void*) {
  auto* s = self.as<SpecObject>();
  int32_t t = s->setFileAttribute ? isTrue(s->setFileAttribute) : 0;
  return t < 0 ? Value() : boolean(t);
}
int32_t specSetHasLocation(Value self, Value v, void*) {
  assign(self.as<SpecObject>()->setFileAttribute, xnewRef(v));
  return 0;
}

Value specRepr(Value self) {
  auto* s = self.as<SpecObject>();
  StrBuilder out;
  out.addAscii("ModuleSpec(");
  bool first = true;
  auto part = [&](const char* key, Value v) {
    if (!v || isNone(v)) return true;
    Ref text(repr(v));
    if (!text) return false;
    if (!first) out.addAscii(", ");
    first = false;
    out.addAscii(key);
    out.add(text);
    return true;
  };
  if (!part("name=", s->name) || !part("loader=", s->loader ? s->loader : none()) || !part("origin=", s->origin) ||
      !part("submodule_search_locations=", s->locations))
    return Value();
  out.add(')');
  return out.take();
}

Value specConstruct(Type* t, const Args& args) {
  Value argv[5];
  Ref holder[2];
  if (bindArguments("ModuleSpec", "(name, loader, *, origin=None, loader_state=None, is_package=None)", args, argv, 5, holder) < 0)
    return Value();
  Ref locations;
  if (argv[4] && isTrue(argv[4]) > 0) locations.reset(newList(0));
  Value spec = newModuleSpec(argv[0], argv[1], argv[2], locations);
  if (spec && argv[3]) assign(spec.as<SpecObject>()->loaderState, newRef(argv[3]));
  if (spec) assign(spec.as<SpecObject>()->setFileAttribute, boolean(false));
  return spec;
}

constinit const MemberDef specMembers[] = {
    {"name", MemberKind::Object, offsetof(SpecObject, name), false},
    {"loader", MemberKind::ObjectNone, offsetof(SpecObject, loader), false},
    {"origin", MemberKind::ObjectNone, offsetof(SpecObject, origin), false},
    {"loader_state", MemberKind::ObjectNone, offsetof(SpecObject, loaderState), false},
    {"submodule_search_locations", MemberKind::ObjectNone, offsetof(SpecObject, locations), false},
    {"_initializing", MemberKind::Object, offsetof(SpecObject, initializing), false},
    {"_uninitialized_submodules", MemberKind::ObjectNone, offsetof(SpecObject, uninitialized), false},
    {"_set_fileattr", MemberKind::ObjectNone, offsetof(SpecObject, setFileAttribute), false},
    {"cached", MemberKind::ObjectNone, offsetof(SpecObject, cached), false},
    {},
};
constinit const GetSetDef specGetSet[] = {
    {"parent", specParent},
    {"has_location", specHasLocation, specSetHasLocation},
    {"__dict__", getInstanceDict, setInstanceDict},
    {},
};

} // namespace

constinit Type moduleSpecType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_frozen_importlib.ModuleSpec",
    .base = &objectType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &moduleSpecType, .size = sizeof(SpecObject), .flags = kLayoutGc, .dictOffset = offsetof(SpecObject, dict)},
    .dealloc = specDealloc,
    .traverse = specTraverse,
    .clear = specClear,
    .repr = specRepr,
    .construct = specConstruct,
    .getset = specGetSet,
    .members = specMembers,
};

Value newModuleSpec(Value name, Value loader, Value origin, Value locations) {
  Object* o = newObject(&moduleSpecType.instanceLayout);
  if (!o) return Value();
  auto* s = reinterpret_cast<SpecObject*>(o);
  s->name = newRef(name);
  s->loader = xnewRef(loader);
  s->origin = xnewRef(origin);
  s->locations = xnewRef(locations);
  s->initializing = boolean(false);
  s->setFileAttribute = boolean(origin && isStr(origin) && !strEqual(origin, "built-in"));
  s->uninitialized = newList(0);
  gcTrack(o);
  return Value(o);
}

// ---- loader ------------------------------------------------------------------------------------

namespace {

struct LoaderObject {
  Object header;
  Value name, path;
  ModuleInfo* info; // null: source found at run time
};

void loaderDealloc(Object* o) {
  auto* l = reinterpret_cast<LoaderObject*>(o);
  clear(l->name);
  clear(l->path);
  freeObject(o);
}

Value newLoader(Value name, Value path, ModuleInfo* info) {
  Object* o = newObject(&compiledLoaderType.instanceLayout);
  if (!o) return Value();
  auto* l = reinterpret_cast<LoaderObject*>(o);
  l->name = newRef(name);
  l->path = newRef(path);
  l->info = info;
  return Value(o);
}

/// The directory part of a path (str), owned.
Value directoryOf(Value path) {
  for (int64_t i = asStr(path)->length - 1; i >= 0; --i)
    if (asStr(path)->at(i) == '/') return strSubstring(path, 0, i);
  return newRef(emptyStr());
}

Value loaderSource(LoaderObject* l) {
  if (l->info) {
    Value text = templateSource(l->info);
    if (text || errorSet()) return text;
  }
  return readSourceFile(l->path);
}

Value loaderGetSource(Value self, Value) { return loaderSource(self.as<LoaderObject>()); }
Value loaderGetFilename(Value self, const Args&) { return newRef(self.as<LoaderObject>()->path); }
Value loaderGetData(Value, Value path) { return readFileBytes(path); }
Value loaderIsPackage(Value self, Value) {
  Utf8 path(self.as<LoaderObject>()->path);
  if (!path.ok()) return Value();
  std::string_view p = path.view();
  size_t slash = p.rfind('/');
  return boolean((slash == std::string_view::npos ? p : p.substr(slash + 1)) == "__init__.py");
}
Value loaderGetCode(Value self, Value) {
  auto* l = self.as<LoaderObject>();
  if (!krt_engine_hooks) return newRef(none());
  Ref source(loaderSource(l));
  return source ? krt_engine_hooks->compile(source, l->path, CompileMode::Exec, 0, -1) : Value();
}
Value loaderCreateModule(Value, Value) { return newRef(none()); }

int32_t runSource(Value source, Value path, Value module) {
  if (!krt_engine_hooks)
    return fail(ImportErrorType, "this executable carries no front end: cannot import source file %R", path);
  Ref code(krt_engine_hooks->compile(source, path, CompileMode::Exec, 0, -1));
  if (!code) return -1;
  Value globals = moduleDict(module);
  if (!dictGet(globals, NAME(__builtins__)) && dictSet(globals, NAME(__builtins__), moduleDict(builtinsModule())) < 0) return -1;
  Ref r(krt_engine_hooks->execute(code, globals, globals, Value()));
  return r ? 0 : -1;
}

Value loaderExecModule(Value self, Value module) {
  auto* l = self.as<LoaderObject>();
  if (!isInstanceOf(module, moduleType)) return raise(TypeErrorType, "module expected, not %.200T", module);
  // A template's first instance runs compiled; later ones need the engine.
  if (l->info && (module.as<ModuleObject>()->info == l->info || (!l->info->instantiated && dictSize(moduleDict(module)) <= 8))) {
    return runTemplate(l->info, module) < 0 ? Value() : newRef(none());
  }
  Ref source(loaderSource(l));
  if (!source || runSource(source, l->path, module) < 0) return Value();
  return newRef(none());
}

Value loaderLoadModule(Value self, const Args& args) {
  auto* l = self.as<LoaderObject>();
  return importAbsolute(args.count ? args[0] : l->name);
}

Value loaderResourceReader(Value self, Value) {
  Ref readers(importModule("importlib.readers"));
  return readers ? callMethod(readers, "FileReader", {self}) : Value();
}

constinit const MethodDef loaderMethods[] = {
    {"create_module", loaderCreateModule, "($self, spec, /)"},
    {"exec_module", loaderExecModule, "($self, module, /)"},
    {"get_code", loaderGetCode, "($self, fullname, /)"},
    {"get_data", loaderGetData, "($self, path, /)"},
    {"get_filename", loaderGetFilename},
    {"get_resource_reader", loaderResourceReader, "($self, module, /)"},
    {"get_source", loaderGetSource, "($self, fullname, /)"},
    {"is_package", loaderIsPackage, "($self, fullname, /)"},
    {"load_module", loaderLoadModule},
    {},
};
constinit const MemberDef loaderMembers[] = {
    {"name", MemberKind::Object, offsetof(LoaderObject, name), false},
    {"path", MemberKind::Object, offsetof(LoaderObject, path), false},
    {},
};

} // namespace

constinit Type compiledLoaderType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_frozen_importlib_external.SourceFileLoader",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &compiledLoaderType, .size = sizeof(LoaderObject)},
    .dealloc = loaderDealloc,
    .methods = loaderMethods,
    .members = loaderMembers,
};

// ---- instances ---------------------------------------------------------------------------------

Value templateSource(ModuleInfo* info) {
  if (!info->source) return Value();
  std::string text(info->sourceRawSize, '\0');
  uLongf size = info->sourceRawSize;
  if (uncompress(reinterpret_cast<Bytef*>(text.data()), &size, reinterpret_cast<const Bytef*>(info->source), info->sourceSize) != Z_OK)
    return raise(OSErrorType, "damaged embedded source of %s", info->name);
  return decodeSource(text);
}

int32_t runTemplate(ModuleInfo* info, Value module) {
  Value dict = moduleDict(module);
  if (info->dict != dict) {
    // exec_module of a module object that somebody else made: its dict becomes the first instance's.
    if (info->instantiated) return fail(ImportErrorType, "module %s already has an instance", info->name);
    dictSplitOverCells(dict, info);
    info->dict = newRef(dict);
    info->instantiated = 1;
    module.as<ModuleObject>()->info = info;
    for (uint32_t i = 0; i < info->cellCount; ++i) {
      Value v = dictGet(dict, info->cellNames[i]);
      if (!v) continue;
      info->cells[i] = newRef(v);
      if (dictDelete(dict, info->cellNames[i]) < 0 || dictLinkWord(dict, info->cellNames[i], &info->cells[i]) < 0) return -1;
    }
  }
  Ref f(krt_function_new(info->body, dict, Value(), Value(), Value(), Value()));
  if (!f) return -1;
  Ref r(info->body->invoke(f.as<FunctionObject>(), nullptr));
  return r ? 0 : -1;
}

Value newTemplateModule(ModuleInfo* info, Value name) {
  Ref dict(newModuleDict(info));
  Ref module(dict ? newModule(name) : Value());
  if (!module) return Value();
  auto* m = module.as<ModuleObject>();
  assign(m->dict, dict.release());
  m->info = info;
  Ref path(newStr(info->filename));
  Ref loader(path ? newLoader(name, path, info) : Value());
  if (!loader) return Value();
  Ref locations;
  if (info->isPackage) {
    Ref directory(directoryOf(path));
    locations.reset(directory ? newList(0) : Value());
    if (!locations || listAppend(locations, directory) < 0) return Value();
  }
  Ref spec(newModuleSpec(name, loader, path, locations));
  Ref parent(spec ? specParent(spec, nullptr) : Value());
  Ref cached(cachedPath(path));
  if (!parent || !cached) return Value();
  assign(spec.as<SpecObject>()->cached, newRef(cached));
  auto put = [&](Value key, Value v) { return dictSet(m->dict, key, v) == 0; };
  if (!put(NAME(__name__), name) || !put(NAME(__doc__), none()) || !put(NAME(__package__), parent) ||
      !put(NAME(__loader__), loader) || !put(NAME(__spec__), spec))
    return Value();
  if (locations && !put(NAME(__path__), locations)) return Value();
  if (!put(NAME(__file__), path) || !put(NAME(__cached__), cached) || !put(NAME(__builtins__), moduleDict(builtinsModule()))) return Value();
  return module.release();
}

Value newSourceModule(Value name, Value path, bool isPackage) {
  Ref module(newModule(name)), loader(newLoader(name, path, nullptr)), locations;
  if (!module || !loader) return Value();
  if (isPackage) {
    Ref directory(directoryOf(path));
    locations.reset(newList(0));
    if (!directory || !locations || listAppend(locations, directory) < 0) return Value();
  }
  Ref spec(newModuleSpec(name, loader, path, locations));
  Ref parent(spec ? specParent(spec, nullptr) : Value());
  Ref cached(cachedPath(path));
  if (!parent || !cached) return Value();
  assign(spec.as<SpecObject>()->cached, newRef(cached));
  Value d = moduleDict(module);
  if (dictSet(d, NAME(__package__), parent) < 0 || dictSet(d, NAME(__loader__), loader) < 0 ||
      dictSet(d, NAME(__spec__), spec) < 0 || (locations && dictSet(d, NAME(__path__), locations) < 0) ||
      dictSet(d, NAME(__file__), path) < 0 || dictSet(d, NAME(__cached__), cached) < 0)
    return Value();
  return module.release();
}

namespace {

Value finishLoading(Value name, Ref module, int32_t (*run)(Value module, void* context), void* context) {
  if (!module || dictSet(sysModules(), name, module) < 0) return Value();
  Ref spec(getAttrOptional(module, NAME(__spec__)));
  auto initializing = [&](bool on) {
    if (spec && typeOf(spec) == &moduleSpecType) assign(spec.as<SpecObject>()->initializing, boolean(on));
  };
  initializing(true);
  int32_t r = run(module, context);
  initializing(false);
  if (r < 0) {
    Ref pending = errorTake();
    if (dictDeleteIfPresent(sysModules(), name) < 0) errorClear();
    errorRestore(pending.release());
    return Value();
  }
  // The body may have put something else into sys.modules.
  Value loaded = dictGet(sysModules(), name);
  return loaded ? newRef(loaded) : errorSet() ? Value() : raiseKeyError(name);
}

int32_t runSourceModule(Value module, void*) {
  Ref path(getAttr(module, NAME(__file__)));
  Ref source(path ? readSourceFile(path) : Value());
  return source ? runSource(source, path, module) : -1;
}

struct NativeContext { const NativeModule* native; };

Value loadNative(const NativeModule* native, Value name) {
  // The module whose cells all code reads exists already.
  Ref module(native == &krt_module_builtins ? newRef(builtinsModule()) : newModule(name));
  if (!module) return Value();
  module.as<ModuleObject>()->native = native;
  Ref origin(newStr("built-in"));
  Ref spec(newModuleSpec(name, builtinImporter(), origin, Value()));
  if (!spec || dictSet(moduleDict(module), NAME(__spec__), spec) < 0 ||
      dictSet(moduleDict(module), NAME(__loader__), builtinImporter()) < 0 ||
      dictSet(moduleDict(module), NAME(__package__), emptyStr()) < 0)
    return Value();
  if (const char* doc = docOf(native->name, "")) {
    Ref text(newStr(doc));
    if (!text || dictSet(moduleDict(module), NAME(__doc__), text) < 0) return Value();
  }
  if (native->methods && moduleAddMethods(module, native->methods) < 0) return Value();
  NativeContext context{native};
  return finishLoading(
      name, std::move(module),
      [](Value m, void* c) {
        auto* n = static_cast<NativeContext*>(c)->native;
        return n->exec ? n->exec(m) : 0;
      },
      &context);
}

} // namespace

bool isCompiledIn(Value name) { return findTemplate(name); }

Value loadCompiled(Value name, Value path) {
  if (ModuleInfo* info = findTemplate(name)) {
    if (info->instantiated) {
      // A further instance (re-import after removal from sys.modules): by the engine, from source.
      Ref file(newStr(info->filename));
      Ref module(file ? newSourceModule(name, file, info->isPackage) : Value());
      if (!module) return Value();
      Ref loader(newLoader(name, file, info));
      if (!loader || dictSet(moduleDict(module), NAME(__loader__), loader) < 0) return Value();
      return finishLoading(
          name, std::move(module),
          [](Value m, void* c) {
            auto* i = static_cast<ModuleInfo*>(c);
            Ref source(templateSource(i));
            if (!source && errorSet()) return -1;
            Ref f(newStr(i->filename));
            if (!source) source.reset(readSourceFile(f));
            return source ? runSource(source, f, m) : -1;
          },
          info);
    }
    return finishLoading(
        name, Ref(newTemplateModule(info, name)),
        [](Value m, void* c) { return runTemplate(static_cast<ModuleInfo*>(c), m); }, info);
  }
  bool isPackage;
  Ref file(findSourceFile(name, path, &isPackage));
  if (!file) {
    if (errorSet()) return Value();
    Ref found(findNamespacePackage(name, path));
    Ref locations(found ? newNamespacePath(name, found, path) : Value());
    if (!locations) return Value();
    Ref module(newModule(name));
    Ref spec(newModuleSpec(name, none(), Value(), locations));
    if (!module || !spec || dictSet(moduleDict(module), NAME(__path__), locations) < 0 ||
        dictSet(moduleDict(module), NAME(__spec__), spec) < 0 || dictSet(moduleDict(module), NAME(__package__), name) < 0 ||
        dictSet(sysModules(), name, module) < 0)
      return Value();
    return module.release();
  }
  return finishLoading(name, Ref(newSourceModule(name, file, isPackage)), runSourceModule, nullptr);
}

Value importNative(const char* name) {
  Ref text(internStr(name));
  if (!text) return Value();
  if (Value m = dictGet(sysModules(), text)) return newRef(m);
  return loadBuiltin(text);
}

Value loadBuiltin(Value name) {
  const NativeModule* native = findNative(name);
  return native ? loadNative(native, name) : Value();
}

// ---- finder ------------------------------------------------------------------------------------

namespace {

Value finderFindSpec(Value, const Value* argv) {
  Value name = argv[0];
  if (!isStr(name)) return raise(TypeErrorType, "expected str, got %.200T", name);
  Value directories = argv[1] && !isNone(argv[1]) ? argv[1] : Value();
  Ref path, locations;
  bool isPackage = false;
  // The program's own main module is never imported: a __main__ that is looked for is that of a folder or an archive.
  ModuleInfo* info = strEqual(name, "__main__") ? nullptr : findTemplate(name);
  if (info) {
    path.reset(newStr(info->filename));
    isPackage = info->isPackage;
  } else {
    Ref hooked(findByPathHooks(name, directories));
    if (hooked || errorSet()) return hooked.release();
    path.reset(findSourceFile(name, directories, &isPackage));
  }
  if (!path) {
    Ref found(errorSet() ? Value() : findNamespacePackage(name, directories));
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
  assign(spec.as<SpecObject>()->cached, cached.release());
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
  const NativeModule* native = name && isStr(name) ? findNative(name) : nullptr;
  if (!native) return errorSet() ? Value() : raise(ImportErrorType, "%R is not a built-in module", name.get());
  return loadNative(native, name);
}
Value importerExec(Value, Value) { return newRef(none()); }
Value importerNone(Value, Value) { return newRef(none()); }
Value importerIsPackage(Value, Value) { return boolean(false); }
Value importerFindSpec(Value, const Value* argv) {
  if (!isStr(argv[0]) || !findNative(argv[0])) return newRef(none());
  Ref origin(newStr("built-in"));
  return newModuleSpec(argv[0], builtinImporter(), origin, Value());
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

// ---- the main module ---------------------------------------------------------------------------

Value runMainModule(ModuleInfo* info) {
  Ref found(newStr(info->name)); // "__main__", or the name that -m was given
  const bool isScript = !found || strEqual(found, "__main__");
  Ref module(found ? newTemplateModule(info, found) : Value());
  if (!module || dictSet(sysModules(), NAME(__main__), module) < 0) return Value();
  Value d = moduleDict(module);
  if (dictSet(d, NAME(__builtins__), builtinsModule()) < 0) return Value(); // the module itself, here alone
  if (isScript) {
    if (dictSet(d, NAME(__spec__), none()) < 0 || dictSet(d, NAME(__package__), none()) < 0 ||
        dictSet(d, NAME(__cached__), none()) < 0)
      return Value();
    // The text of -c and of standard input is in no file.
    if (info->filename[0] == '<' &&
        (dictDelete(d, NAME(__file__)) < 0 || dictDelete(d, NAME(__cached__)) < 0 || dictSet(d, NAME(__loader__), builtinImporter()) < 0))
      return Value();
  } else {
    Ref package(newRef(dictGet(d, NAME(__package__))));
    if (dictSet(d, NAME(__name__), NAME(__main__)) < 0) return Value();
    if (package && !strEqual(package, "") && !Ref(importAbsolute(package))) return Value();
  }
  return runTemplate(info, module) < 0 ? Value() : newRef(none());
}

} // namespace krait
