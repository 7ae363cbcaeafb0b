// Both initial hooks are functions that import what they need when they are called: zipimport, and importlib.machinery
// for FileFinder, which pkgutil and others ask for the modules of a directory.
#include "runtime/modules/importing/path_hooks.h"
#include <string>
#include <sys/stat.h>
#include "runtime/exceptions/exception.h"
#include "runtime/modules/importing/import.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

Value refuse(const char* why, Value path) {
  Ref message(newStr(why));
  return message ? raiseImportError(ImportErrorType, message, Value(), path) : Value();
}

bool isDirectory(Value path) {
  Utf8 text(path);
  struct stat s {};
  if (!text.ok()) return errorClear(), false;
  const std::string name(text.view());
  return stat(name.empty() ? "." : name.c_str(), &s) == 0 && S_ISDIR(s.st_mode);
}

/// The path is a file, or leads into one.
bool isInFile(Value path) {
  Utf8 text(path);
  if (!text.ok()) return errorClear(), false;
  for (std::string name(text.view()); !name.empty(); name.resize(std::min(name.rfind('/'), name.size()))) {
    struct stat s {};
    if (stat(name.c_str(), &s) == 0) return S_ISREG(s.st_mode);
    if (name.find('/') == std::string::npos) break;
  }
  return false;
}

Value zipHook(Value, Value path) {
  static bool importing = false; // of zipimport itself, from an archive perhaps
  if (!isStr(path) || importing || !isInFile(path)) return refuse("not a Zip file", path);
  importing = true;
  Ref module(importModule("zipimport"));
  importing = false;
  return module ? callMethod(module, "zipimporter", {path}) : Value();
}

Value directoryHook(Value, Value path) {
  if (!isStr(path) || !isDirectory(path)) return refuse("only directories are supported", path);
  Ref machinery(importModule("importlib.machinery"));
  Ref finder(machinery ? getAttr(machinery, "FileFinder") : Value());
  Ref sources(finder ? getAttr(machinery, "SourceFileLoader") : Value());
  Ref suffixes(sources ? getAttr(machinery, "SOURCE_SUFFIXES") : Value());
  Ref compiled(suffixes ? getAttr(machinery, "SourcelessFileLoader") : Value());
  Ref compiledSuffixes(compiled ? getAttr(machinery, "BYTECODE_SUFFIXES") : Value());
  if (!compiledSuffixes) return Value();
  Ref first(newTuple({sources.get(), suffixes.get()})), second(newTuple({compiled.get(), compiledSuffixes.get()}));
  return first && second ? call(finder, {path, first, second}) : Value();
}

constinit const MethodDef zipDefinition = {"path_hook_for_zipimporter", zipHook, "(path, /)"};
constinit const MethodDef directoryDefinition = {"path_hook_for_FileFinder", directoryHook, "(path, /)"};
Value zipFunction, directoryFunction; // owned

/// The importer of an entry (owned); None: nobody's, or the finder's. It is kept in sys.path_importer_cache.
Value importerOf(Value entry, Value hooks, Value cache) {
  if (cache)
    if (Value kept = dictGet(cache, entry)) return newRef(kept);
  const bool directory = isDirectory(entry);
  for (int64_t i = 0; i < asList(hooks)->size; ++i) {
    Ref hook = Ref::share(asList(hooks)->items[i]);
    if (hook.get() == directoryFunction && directory) return newRef(none());
    Ref importer(call(hook, {entry}));
    if (importer) return cache && dictSet(cache, entry, importer) < 0 ? Value() : importer.release();
    if (!errorMatches(ImportErrorType)) return Value();
    errorClear();
  }
  if (!directory && cache && dictSet(cache, entry, none()) < 0) return Value();
  return newRef(none());
}

} // namespace

Value newPathHooks() {
  zipFunction = newBuiltinFunction(&zipDefinition, Value(), Value());
  directoryFunction = newBuiltinFunction(&directoryDefinition, Value(), Value());
  Ref list(zipFunction && directoryFunction ? newList(0) : Value());
  if (!list || listAppend(list, zipFunction) < 0 || listAppend(list, directoryFunction) < 0) return Value();
  return list.release();
}

Value directoryPathHook() { return directoryFunction; }

Value findByPathHooks(Value name, Value path) {
  Value hooks = sysGet("path_hooks"), cache = sysGet("path_importer_cache"), entries = path ? path : sysGet("path");
  if (!hooks || !isList(hooks) || asList(hooks)->size == 0 || !entries) return Value();
  if (cache && !isExactDict(cache)) cache = Value();
  Ref list(toTuple(entries));
  if (!list) return errorClear(), Value();
  for (int64_t i = 0; i < asTuple(list)->size; ++i) {
    Value entry = asTuple(list)->items[i];
    if (!isStr(entry)) continue;
    Ref importer(importerOf(entry, hooks, cache));
    if (!importer) return Value();
    if (isNone(importer)) continue;
    Ref find(getAttrOptional(importer, NAME(find_spec)));
    if (!find && errorSet()) return Value();
    Ref spec(find ? call(find, {name}) : newRef(none()));
    if (!spec) return Value();
    if (isNone(spec)) continue;
    Ref loader(getAttr(spec, "loader"));
    if (!loader) return Value();
    if (!isNone(loader)) return spec.release();
  }
  return Value();
}

} // namespace krait
