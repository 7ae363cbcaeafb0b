// Modules of what was linked into the executable, and of source files found at run time.
//
// Names are looked up in the tables of abi/sections.h. A module that only exists
// as source text at run time is compiled by the engine, if one is linked.
#include "runtime/modules/importing/compiled_modules.h"

#include <algorithm>
#include <cstring>
#include <ctime>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <zlib.h>

#include "runtime/builtins/builtins.h"
#include "runtime/builtins/hooks.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/importing/compiled_loader.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/importing/module_spec.h"
#include "runtime/modules/importing/namespace_path.h"
#include "runtime/modules/importing/native_finders.h"
#include "runtime/modules/importing/source_files.h"
#include "runtime/modules/importing/source_warnings.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/shared_library.h"
#include "runtime/modules/sys_info.h"
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

namespace {
timespec programStart; // by the coarse reading, which files are stamped with
}

void noteProgramStart() { clock_gettime(CLOCK_REALTIME_COARSE, &programStart); }

void trustCompiledModules() { programStart.tv_sec = INT64_MAX; }

bool isRewritten(const ModuleInfo* info) {
  struct stat file;
  if (!krt_engine_hooks || !info->filename || std::string_view(info->filename).starts_with(kStandardLibrary)) return false;
  if (stat(info->filename, &file) != 0) return false;
  return file.st_mtim.tv_sec != programStart.tv_sec ? file.st_mtim.tv_sec > programStart.tv_sec
                                                     : file.st_mtim.tv_nsec >= programStart.tv_nsec;
}

ModuleInfo* findTemplate(Value name) {
  if (!krt_modules_begin) return nullptr;
  Utf8 text(name);
  if (!text.ok()) return errorClear(), nullptr;
  for (ModuleInfo** m = krt_modules_begin; m != krt_modules_end; ++m)
    if (text.view() == (*m)->name) return isRewritten(*m) ? nullptr : *m;
  return nullptr;
}

ModuleInfo* findTemplate(Value name, Value path) {
  ModuleInfo* info = findTemplate(name);
  if (!info || !path || !isList(path)) return info;
  const auto parent = [](std::string_view file) { return file.substr(0, std::min(file.rfind('/'), file.size())); };
  const std::string_view folder = parent(info->isPackage ? parent(info->filename) : info->filename);
  for (int64_t i = 0; i < asList(path)->size; ++i) {
    Value entry = asList(path)->items[i];
    if (!isStr(entry)) continue;
    Utf8 text(entry);
    if (text.ok() && text.view() == folder) return info;
    if (!text.ok()) errorClear();
  }
  return nullptr;
}

Value compiledFolders(Value name, Value path) {
  Ref folders(newList(0));
  Utf8 text(name);
  if (!text.ok()) errorClear();
  if (!folders || !text.ok() || !krt_modules_begin) return folders.release();
  const std::string beginning = std::string(text.view()) + '.';
  std::string_view last;
  for (ModuleInfo** m = krt_modules_begin; m != krt_modules_end; ++m) {
    const std::string_view module = (*m)->name;
    if (!module.starts_with(beginning) || !(*m)->filename) continue;
    std::string_view folder = (*m)->filename;
    const auto above = std::count(module.begin() + static_cast<ptrdiff_t>(beginning.size()), module.end(), '.') + 1 + ((*m)->isPackage ? 1 : 0);
    for (ptrdiff_t up = 0; up < above; ++up) folder = folder.substr(0, std::min(folder.rfind('/'), folder.size()));
    if (folder == last) continue;
    last = folder;
    if (path) {
      const std::string_view above = folder.substr(0, std::min(folder.rfind('/'), folder.size()));
      Ref outer(decodeFileSystem(above.data(), above.size()));
      const int32_t isInside = outer ? contains(path, outer) : -1;
      if (isInside < 0) return Value();
      if (!isInside) continue;
    }
    Ref entry(decodeFileSystem(folder.data(), folder.size()));
    const int32_t isKnown = entry ? contains(folders, entry) : -1;
    if (isKnown < 0 || (!isKnown && listAppend(folders, entry) < 0)) return Value();
  }
  return folders.release();
}

Value findFolders(Value name, Value path) {
  Value found = findNamespacePackage(name, path);
  if (found || errorSet()) return found;
  Ref folders(compiledFolders(name, path));
  return folders && asList(folders)->size > 0 ? folders.release() : Value();
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

// ---- instances ---------------------------------------------------------------------------------

namespace {
/// The embedded text as it stands in the file; false: there is none, or it is damaged.
bool embeddedText(ModuleInfo* info, std::string* text) {
  if (!info->source) return false;
  text->resize(info->sourceRawSize);
  uLongf size = info->sourceRawSize;
  if (uncompress(reinterpret_cast<Bytef*>(text->data()), &size, reinterpret_cast<const Bytef*>(info->source), info->sourceSize) == Z_OK)
    return true;
  raise(OSErrorType, "damaged embedded source of %s", info->name);
  return false;
}
} // namespace

Value templateSource(ModuleInfo* info) {
  std::string text;
  return embeddedText(info, &text) ? decodeSource(text) : Value();
}

Value templateSourceBytes(ModuleInfo* info) {
  std::string text;
  return embeddedText(info, &text) ? newBytes(text) : Value();
}

bool canRunTemplate(ModuleInfo* info, Value module) {
  if (!isInstanceOf(module, moduleType)) return false;
  return module.as<ModuleObject>()->info == info || (!info->instantiated && dictSize(moduleDict(module)) <= 9);
}

int32_t runTemplate(ModuleInfo* info, Value module) {
  Value dict = moduleDict(module);
  if (info->dict != dict) {
    // exec_module of a module object that somebody else made: its dict becomes the first instance's.
    if (info->instantiated) return fail(ImportErrorType, "module %s already has an instance", info->name);
    dictSplitOverCells(dict, info);
    info->dict = dict;
    info->instantiated = 1;
    module.as<ModuleObject>()->info = info;
    for (uint32_t i = 0; i < info->cellCount; ++i) {
      Value v = dictGet(dict, info->cellNames[i]);
      if (!v) continue;
      info->cells[i] = newRef(v);
      if (dictDelete(dict, info->cellNames[i]) < 0 || dictLinkWord(dict, info->cellNames[i], &info->cells[i]) < 0) return -1;
    }
  }
  if (!dictGet(dict, NAME(__builtins__)) && dictSet(dict, NAME(__builtins__), moduleDict(builtinsModule())) < 0) return -1;
  Ref f(krt_function_new(info->body, dict, Value(), Value(), Value(), Value()));
  if (!f) return -1;
  Ref r(info->body->invoke(f.as<FunctionObject>(), nullptr));
  return r ? 0 : -1;
}

Value directoryOf(Value path) {
  for (int64_t i = asStr(path)->length - 1; i >= 0; --i)
    if (asStr(path)->at(i) == '/') return strSubstring(path, 0, i);
  return newRef(emptyStr());
}

namespace {

/// Sets what the import system says about a module that CPython carries frozen: it has a file, and was not loaded from it.
int32_t describeFrozen(Value module, Value name, Value path) {
  Ref spec(newFrozenSpec(name, path)), parent(parentPackage(name, false));
  if (!spec || !parent) return -1;
  Value d = moduleDict(module);
  auto put = [&](Value key, Value v) { return dictSet(d, key, v) == 0; };
  return put(NAME(__package__), parent) && put(NAME(__loader__), frozenImporter()) && put(NAME(__spec__), spec) && put(NAME(__file__), path) ? 0 : -1;
}

/// The same about a module in a file.
int32_t describe(Value module, Value name, Value path, Value loader, bool isPackage) {
  if (isFrozenFile(path)) return describeFrozen(module, name, path);
  Ref locations;
  if (isPackage) {
    Ref directory(directoryOf(path));
    locations.reset(directory ? newList(0) : Value());
    if (!locations || listAppend(locations, directory) < 0) return -1;
  }
  Ref spec(newModuleSpec(name, loader, path, locations)), parent(parentPackage(name, isPackage)), cached(cachedPath(path));
  if (!spec || !parent || !cached) return -1;
  specSetCached(spec, cached);
  Value d = moduleDict(module);
  auto put = [&](Value key, Value v) { return dictSet(d, key, v) == 0; };
  return put(NAME(__package__), parent) && put(NAME(__loader__), loader) && put(NAME(__spec__), spec) &&
                 (!locations || put(NAME(__path__), locations)) && put(NAME(__file__), path) && put(NAME(__cached__), cached)
             ? 0
             : -1;
}

} // namespace

int32_t describeBuiltin(Value module, Value name) {
  Ref origin(newStr("built-in")), spec(origin ? newModuleSpec(name, builtinImporter(), origin, Value()) : Value());
  if (!spec) return -1;
  Value d = moduleDict(module);
  return dictSet(d, NAME(__spec__), spec) < 0 || dictSet(d, NAME(__loader__), builtinImporter()) < 0 ||
                 dictSet(d, NAME(__package__), emptyStr()) < 0
             ? -1
             : 0;
}

Value newBareTemplateModule(ModuleInfo* info, Value name) {
  Ref dict(newModuleDict(info)), module(dict ? newModule(name) : Value());
  if (!module) return Value();
  assign(module.as<ModuleObject>()->dict, dict.release());
  module.as<ModuleObject>()->info = info;
  Value d = moduleDict(module);
  return dictSet(d, NAME(__name__), name) < 0 || dictSet(d, NAME(__doc__), none()) < 0 ? Value() : module.release();
}

Value newTemplateModule(ModuleInfo* info, Value name) {
  Ref module(newBareTemplateModule(info, name)), path(module ? newStr(info->filename) : Value());
  Ref loader(path ? newLoader(name, path, info) : Value());
  return loader && describe(module, name, path, loader, info->isPackage) == 0 ? module.release() : Value();
}

Value newSourceModule(Value name, Value path, bool isPackage, ModuleInfo* info) {
  Ref module(newModule(name)), loader(newLoader(name, path, info));
  return module && loader && describe(module, name, path, loader, isPackage) == 0 ? module.release() : Value();
}

int32_t runModuleSource(Value source, Value path, Value module) {
  if (!krt_engine_hooks)
    return fail(ImportErrorType, "this executable carries no front end: cannot import source file %R", path);
  Ref file(codeFileOf(path));
  Ref code(file ? krt_engine_hooks->compile(source, file, CompileMode::Exec, 0, -1, -1) : Value());
  if (!code) return -1;
  Value globals = moduleDict(module);
  if (!dictGet(globals, NAME(__builtins__)) && dictSet(globals, NAME(__builtins__), moduleDict(builtinsModule())) < 0) return -1;
  Ref r(krt_engine_hooks->execute(code, globals, globals, Value()));
  return r ? 0 : -1;
}

namespace {

Value finishLoading(Value name, Ref module, int32_t (*run)(Value module, void* context), void* context) {
  RecursionLevels levels(2 + kExecLevels); // _load_unlocked, exec_module
  if (!levels || !module || dictSet(sysModules(), name, module) < 0) return Value();
  setInitializing(module, true);
  int32_t r = run(module, context);
  Ref pending = errorTake();
  setInitializing(module, false);
  if (r < 0) {
    if (dictDeleteIfPresent(sysModules(), name) < 0) errorClear();
    errorRestore(pending.release());
    return Value();
  }
  return completeLoading(name);
}

int32_t runSourceModule(Value module, void*) {
  Ref path(getAttr(module, NAME(__file__)));
  Ref source(path ? readSourceFile(path) : Value());
  return source ? runModuleSource(source, path, module) : -1;
}

struct NativeContext { const NativeModule* native; };

/// Modules whose __name__, and their functions' __module__, is a text of its own in CPython, which makes them before anybody has named
/// them; others share the text of who imports them. Seen where names are compared by `is`, as pickles do.
bool hasNameOfItsOwn(std::string_view name) {
  constexpr std::string_view kSuch[] = {"_asyncio", "_datetime", "_decimal", "_elementtree", "_imp",        "_io",
                                        "_pickle",  "_signal",   "_socket",  "_tracemalloc", "sys"};
  for (std::string_view such : kSuch)
    if (such == name) return true;
  return false;
}

Value loadNative(const NativeModule* native, Value name) {
  if (const char* reason = missingLibraryOf(native->name)) {
    Ref message(newStr(reason));
    return message ? raiseImportError(ImportErrorType, message, name, Value()) : Value();
  }
  // The module whose cells all code reads exists already.
  Ref module(native == &krt_module_builtins ? newRef(builtinsModule()) : newModule(name));
  if (!module) return Value();
  module.as<ModuleObject>()->native = native;
  if (hasNameOfItsOwn(native->name)) {
    Ref own(newStr(native->name));
    if (!own || dictSet(moduleDict(module), NAME(__name__), own) < 0) return Value();
  }
  if (describeBuiltin(module, name) < 0) return Value();
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

Value loadCompiled(Value name, Value path) {
  if (ModuleInfo* info = findTemplate(name, path)) {
    // What an import that failed has left is mostly its functions and the module they hold: without an engine it has to make room.
    if (info->instantiated && !krt_engine_hooks) gcCollect(2);
    if (info->instantiated) {
      // A further instance (re-import after removal from sys.modules): by the engine, from source.
      Ref file(newStr(info->filename));
      Ref module(file ? newSourceModule(name, file, info->isPackage, info) : Value());
      return finishLoading(
          name, std::move(module),
          [](Value m, void* c) {
            auto* i = static_cast<ModuleInfo*>(c);
            Ref source(templateSource(i));
            if (!source && errorSet()) return -1;
            Ref f(newStr(i->filename));
            if (!source) source.reset(readSourceFile(f));
            return source ? runModuleSource(source, f, m) : -1;
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
    Ref found(findFolders(name, path));
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
  return finishLoading(name, Ref(newSourceModule(name, file, isPackage, nullptr)), runSourceModule, nullptr);
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

// ---- the main module ---------------------------------------------------------------------------

int32_t addMainNames(Value dict) {
  // Of main modules alone: the module builtins, not its dict; and annotations.
  Ref annotations(newDict());
  if (!annotations || dictSet(dict, NAME(__annotations__), annotations) < 0 || dictSet(dict, NAME(__builtins__), builtinsModule()) < 0)
    return -1;
  // In CPython the names of a file come after these.
  for (Value name : {NAME(__file__), NAME(__cached__)}) {
    Ref v(xnewRef(dictGet(dict, name)));
    if (v && (dictDelete(dict, name) < 0 || dictSet(dict, name, v) < 0)) return -1;
  }
  return 0;
}

Value runMainModule(ModuleInfo* info, bool isFound) {
  Ref found(newStr(info->name)); // "__main__", or the name that -m was given
  Ref module(found ? newTemplateModule(info, found) : Value());
  if (!module || dictSet(sysModules(), NAME(__main__), module) < 0) return Value();
  Value d = moduleDict(module);
  if (addMainNames(d) < 0) return Value();
  if (!isFound) {
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
  return issueSourceWarnings(info) < 0 || runTemplate(info, module) < 0 ? Value() : newRef(none());
}

} // namespace krait
