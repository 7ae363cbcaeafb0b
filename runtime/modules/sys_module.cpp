// The sys module: its dict (made at start-up) and its functions.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unordered_set>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/builtins/builtins.h"
#include "runtime/exceptions/exception.h"
#include "runtime/exceptions/frame_walk.h"
#include "runtime/exceptions/source_lines.h"
#include "runtime/exceptions/traceback_text.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/gc_remains.h"
#include "runtime/modules/sys_async.h"
#include "runtime/modules/importing/compiled_modules.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/importing/native_finders.h"
#include "runtime/modules/importing/source_files.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/quiet_end.h"
#include "runtime/modules/importing/path_hooks.h"
#include "runtime/modules/standard_streams.h"
#include "runtime/modules/sys_info.h"
#include "runtime/object/docs.h"
#include "runtime/object/audit.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/module_cells.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/startup/command_line.h"
#include "runtime/startup/own_executable.h"
#include "runtime/threads/gil.h"
#include "runtime/threads/signals.h"
#include "runtime/threads/thread_state.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/arguments.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/int_text.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/weakref.h"

namespace krait {

namespace {

Value sysDict;      // borrowed from sysModule
Value sysModule;
Value modulesDict;  // sys.modules, also when a program replaces the attribute
bool finalizing = false;

} // namespace

Value sysModules() {
  if (!modulesDict) modulesDict = newDict();
  return modulesDict;
}
Value sysNamespace() { return sysDict; }
Value sysGet(const char* name) { return sysDict ? dictGet(sysDict, name) : Value(); }
int32_t sysSet(const char* name, Value v) { return dictSet(sysDict, name, v); }
bool isFinalizing() { return finalizing; }

// ---- functions ---------------------------------------------------------------------------------

namespace {

Value exitFunction(Value, const Value* argv) {
  Value status = argv[0] ? argv[0] : none();
  Ref e(isNone(status) ? call(asValue(&SystemExitType)) : isExactTuple(status) ? callTupleDict(asValue(&SystemExitType), status, Value())
                                                                               : call(asValue(&SystemExitType), {status}));
  return e ? raiseInstance(e.release()) : Value();
}

Value excInfo(Value) {
  Value e = handledException();
  if (!e) return newTuple({none(), none(), none()});
  Value tb = asException(e)->traceback;
  return newTuple({asValue(typeOf(e)), e, tb ? tb : none()});
}
Value exceptionFunction(Value) {
  Value e = handledException();
  return newRef(e ? e : none());
}

Value getRefcount(Value, Value o) {
  if (!o.isPointer()) return newInt(1000000000);
  int64_t refs = o.object()->refs;
  // The caller's argument counts as in CPython: the vector holds one reference of its own there.
  return newInt(refs < 0 ? 1000000000 : refs);
}

Value getSizeof(Value, const Value* argv) {
  Ref method(lookupSpecial(argv[0], NAME(__sizeof__)));
  if (!method) {
    if (errorSet()) return Value();
    if (argv[1]) return newRef(argv[1]);
    return raise(TypeErrorType, "Type %.100T doesn't define __sizeof__", argv[0]);
  }
  Ref size(call(method));
  if (!size) {
    if (argv[1] && errorClearIf(TypeErrorType)) return newRef(argv[1]);
    return Value();
  }
  if (!isInt(size)) return argv[1] ? newRef(argv[1]) : raise(TypeErrorType, "an integer is required");
  int overflow = 0;
  const int64_t n = intToInt64(size, &overflow);
  if (overflow) return raise(OverflowErrorType, "Python int too large to convert to C ssize_t");
  if (n < 0) return raise(ValueErrorType, "__sizeof__() should return >= 0");
  // Before the object: the collector's words and those of a managed dict.
  return newInt(n + headerSizeShown(typeOf(argv[0])));
}

Value getRecursionLimit(Value) { return newInt(currentThread()->recursionLimit); }
Value setRecursionLimitFunction(Value, Value v) {
  int n;
  if (!intArgument(v, &n)) return Value();
  if (n < 1) return raise(ValueErrorType, "recursion limit must be greater or equal than 1");
  if (static_cast<uint32_t>(n) <= krt_hot.depth)
    return raise(RecursionErrorType, "cannot set the recursion limit to %d at the recursion depth %d: the limit is too low", n,
                 static_cast<int>(krt_hot.depth));
  setRecursionLimit(static_cast<uint32_t>(n));
  return newRef(none());
}

Value internFunction(Value, Value s) {
  if (isExactStr(s)) return internStr(newRef(s));
  if (isStr(s)) return raise(TypeErrorType, "can't intern %.400T", s);
  return raise(TypeErrorType, "intern() argument must be str, not %.50G", s);
}

Value getDefaultEncoding(Value) { return newStr("utf-8"); }
Value getFileSystemEncoding(Value) { return newStr("utf-8"); }
Value getFileSystemErrors(Value) { return newStr("surrogateescape"); }
Value isFinalizingFunction(Value) { return boolean(finalizing); }

Value frameValue(int64_t depth) {
  FrameObject* f = currentFrame(depth);
  return f ? Value(&f->header) : Value();
}

Value getFrame(Value, const Value* argv) {
  int depth = 0;
  if (!intArgument(argv[0], &depth)) return Value();
  Ref frame(frameValue(depth < 0 ? 0 : depth));
  if (frame && auditing && !auditTold("sys._getframe", {frame})) return Value();
  if (frame || errorSet()) return frame.release();
  return raise(ValueErrorType, "call stack is not deep enough");
}

Value excepthook(Value, const Value* argv) {
  if (isException(argv[1])) {
    if (!isNone(argv[2]) && typeOf(argv[2]) == &tracebackType && !asException(argv[1])->traceback)
      assign(asException(argv[1])->traceback, newRef(argv[2]));
    displayException(argv[1]);
    return newRef(none());
  }
  // Not an exception: CPython prints the type's complaint.
  Ref file = Ref::share(sysGet("stderr") ? sysGet("stderr") : none());
  if (isNone(file)) return newRef(none());
  Ref head(newStr("TypeError: print_exception(): Exception expected for value, ")), type(newStr(typeOf(argv[1])->name)), tail(newStr(" found\n"));
  exceptions::writeTexts(file, {head, type, tail});
  errorClear();
  Ref flushed(callMethod(file, NAME(flush)));
  errorClear();
  return newRef(none());
}

/// Flags of dlopen, which nobody asks for: there are no extension modules.
int64_t openFlags = 2; // RTLD_NOW
Value getOpenFlags(Value) { return newInt(openFlags); }
Value setOpenFlags(Value, Value v) {
  const int64_t n = toIndex(v, &OverflowErrorType);
  if (n == -1 && errorSet()) return Value();
  openFlags = n;
  return newRef(none());
}

/// Text that the stream cannot encode, with escapes instead: into the buffer beneath, if it has one. None, or null.
Value writeEscaped(Value out, Value text) {
  Ref encoding(getAttr(out, "encoding")), errors(newStr("backslashreplace"));
  Ref bytes(encoding && errors ? callMethod(text, "encode", {encoding.get(), errors.get()}) : Value());
  if (!bytes) return Value();
  Ref buffer(getAttrOptional(out, Ref(newStr("buffer"))));
  if (buffer) return callMethod(buffer, "write", {bytes.get()});
  if (errorSet()) return Value();
  Ref strict(newStr("strict")), shown(callMethod(bytes, "decode", {encoding.get(), strict.get()}));
  return shown ? callMethod(out, "write", {shown.get()}) : Value();
}

Value displayhook(Value, Value v) {
  if (isNone(v)) return newRef(none());
  Value b = builtinsDict();
  Ref underscore(newStr("_")); // the one that programs name: texts of one character are unique
  if (!underscore || dictSet(b, underscore, none()) < 0) return Value();
  Value out = sysGet("stdout");
  if (!out || isNone(out)) return raise(RuntimeErrorType, "lost sys.stdout");
  Ref text(repr(v));
  if (!text) return Value();
  Ref newline(newStr("\n"));
  Ref w(callMethod(out, "write", {text.get()}));
  if (!w && errorClearIf(UnicodeEncodeErrorType)) w.reset(writeEscaped(out, text));
  if (!w) return Value();
  Ref w2(callMethod(out, "write", {newline.get()}));
  if (!w2 || dictSet(b, underscore, v) < 0) return Value();
  return newRef(none());
}

Value unraisableHook(Value, Value info) {
  if (!isUnraisableArguments(info)) return raise(TypeErrorType, "sys.unraisablehook argument type must be UnraisableHookArgs");
  Ref value(getAttr(info, "exc_value")), message(getAttr(info, "err_msg")), object(getAttr(info, "object"));
  if (!value || !message || !object) return Value();
  return displayUnraisable(value, message, object) < 0 ? Value() : newRef(none());
}

/// A finaliser of the function that goes must not install another meanwhile.
class Installing {
public:
  explicit Installing(const char* kind) : isFirst_(!active_) {
    if (!isFirst_) raise(RuntimeErrorType, "Cannot install a %s function while another %s function is being installed", kind, kind);
    active_ = true;
  }
  ~Installing() {
    if (isFirst_) active_ = false;
  }
  Installing(const Installing&) = delete;
  explicit operator bool() const { return isFirst_; }

private:
  static inline bool active_ = false;
  bool isFirst_;
};

Value setTrace(Value, Value f) {
  Installing installing("trace");
  if (!installing) return Value();
  setTraceFunction(isNone(f) ? Value() : f);
  return newRef(none());
}
Value getTrace(Value) {
  Value f = currentThread()->traceFunction;
  return newRef(f ? f : none());
}
Value setProfile(Value, Value f) {
  Installing installing("profile");
  if (!installing) return Value();
  setProfileFunction(isNone(f) ? Value() : f);
  return newRef(none());
}
Value getProfile(Value) {
  Value f = currentThread()->profileFunction;
  return newRef(f ? f : none());
}

/// Calls with events, from inside a trace function.
Value callTracing(Value, const Value* argv) {
  if (!isTuple(argv[1])) return raise(TypeErrorType, "call_tracing() argument 2 must be tuple, not %T", argv[1]);
  ThreadState* thread = currentThread();
  const uint32_t tracing = thread->tracing;
  thread->tracing = 0;
  Value result = callTupleDict(argv[0], argv[1], Value());
  thread->tracing = tracing;
  return result;
}

Value getSwitchInterval(Value) { return newFloat(switchInterval); }
Value setSwitchInterval(Value, Value v) {
  double d = toDouble(v);
  if (d == -1.0 && errorSet()) return Value();
  if (d <= 0) return raise(ValueErrorType, "switch interval must be strictly positive");
  switchInterval = d;
  return newRef(none());
}

Value nothing(Value) { return newRef(none()); }
Value audit(Value, const Args& args) {
  if (args.count < 1) return raise(TypeErrorType, "audit() missing 1 required positional argument: 'event'");
  if (!auditing) return newRef(none());
  if (!isStr(args[0])) return raise(TypeErrorType, "expected str for argument 'event', not %s", typeOf(args[0])->name);
  Ref list(newList(0));
  for (size_t i = 1; list && i < args.count; ++i)
    if (listAppend(list, args[i]) < 0) return Value();
  Ref tuple(list ? listToTuple(list) : Value());
  return tuple && auditTuple(args[0], tuple) ? newRef(none()) : Value();
}
Value getAllocatedBlocks(Value) { return newInt(static_cast<int64_t>(allocatorStatistics().blocksInUse)); }

Value getIntMaxStrDigits(Value) { return newInt(intMaxStrDigits); }
Value setIntMaxStrDigits(Value, const Value* argv) {
  int n = 0;
  if (!intArgument(argv[0], &n)) return Value();
  if (n != 0 && n < 640) return raise(ValueErrorType, "maxdigits must be 0 or larger than 640");
  intMaxStrDigits = n;
  return newRef(none());
}

Value getCoroutineOriginDepth(Value) { return newInt(currentThread()->coroutineOriginDepth); }
Value setCoroutineOriginDepth(Value, const Value* argv) {
  int n = 0;
  if (!intArgument(argv[0], &n)) return Value();
  if (n < 0) return raise(ValueErrorType, "depth must be >= 0");
  currentThread()->coroutineOriginDepth = static_cast<uint32_t>(n);
  return newRef(none());
}

Value breakpointHook(Value, const Args& args) {
  const char* hook = pythonVariable("PYTHONBREAKPOINT");
  const std::string name = hook && *hook ? hook : "pdb.set_trace";
  if (name == "0") return newRef(none());
  const size_t dot = name.rfind('.');
  const std::string owner = dot == std::string::npos ? "builtins" : name.substr(0, dot);
  Ref module(importModule(owner.c_str()));
  Ref f(module ? getAttr(module, name.substr(dot == std::string::npos ? 0 : dot + 1).c_str()) : Value());
  if (f) return call(f, args);
  const bool expected = module ? errorMatches(AttributeErrorType) : errorMatches(ImportErrorType) || errorMatches(ValueErrorType);
  if (!expected) return Value();
  errorClear();
  if (warn(RuntimeWarningType, 0, "Ignoring unimportable $PYTHONBREAKPOINT: \"%s\"", name.c_str()) < 0) return Value();
  return newRef(none());
}

/// {thread ident: what `of` tells about the thread (owned, null without an error: nothing)}.
template <class F> Value ofEveryThread(F of) {
  Ref d(newDict());
  for (ThreadState* thread = firstThread(); d && thread; thread = thread->next) {
    Ref found(of(thread)), key(newIntUnsigned(thread->ident));
    if (!found && !errorSet()) continue;
    if (!found || dictSet(d, key, found) < 0) return Value();
  }
  return d.release();
}
Value currentFrames(Value) {
  return ofEveryThread([](ThreadState* thread) {
    if (thread == currentThread()) return frameValue(0);
    FrameObject* frame = framesOutwards(FrameCursor(thread));
    return frame ? Value(&frame->header) : Value();
  });
}
Value currentExceptions(Value) {
  return ofEveryThread([](ThreadState* thread) {
    const HandledExc* handled = thread == currentThread() ? krt_hot.handled : thread->saved.handled;
    while (handled && !handled->value && handled->previous) handled = handled->previous;
    Value e = handled ? handled->value : Value();
    if (!e) return newTuple({none(), none(), none()});
    Value tb = asException(e)->traceback;
    return newTuple({asValue(typeOf(e)), e, tb ? tb : none()});
  });
}

constinit const MethodDef sysMethods[] = {
    {"exit", exitFunction, "($module, status=None, /)"},
    {"exc_info", excInfo, "($module, /)"},
    {"exception", exceptionFunction, "($module, /)"},
    {"getrefcount", getRefcount, "($module, object, /)"},
    {"getsizeof", getSizeof, "(object, default=None)", kMethodUnsigned},
    {"getrecursionlimit", getRecursionLimit, "($module, /)"},
    {"setrecursionlimit", setRecursionLimitFunction, "($module, limit, /)"},
    {"intern", internFunction, "($module, string, /)"},
    {"getdefaultencoding", getDefaultEncoding, "($module, /)"},
    {"getfilesystemencoding", getFileSystemEncoding, "($module, /)"},
    {"getfilesystemencodeerrors", getFileSystemErrors, "($module, /)"},
    {"is_finalizing", isFinalizingFunction, "($module, /)"},
    {"_getframe", getFrame, "($module, depth=0, /)"},
    {"_current_frames", audited<"sys._current_frames", "", currentFrames>, "($module, /)"},
    {"_current_exceptions", audited<"sys._current_exceptions", "", currentExceptions>, "($module, /)"},
    {"excepthook", excepthook, "($module, exctype, value, traceback, /)"},
    {"displayhook", displayhook, "($module, object, /)"},
    {"unraisablehook", unraisableHook, "($module, unraisable, /)"},
    {"breakpointhook", breakpointHook},
    {"settrace", audited<"sys.settrace", "", setTrace>},
    {"gettrace", getTrace, "($module, /)"},
    {"setprofile", audited<"sys.setprofile", "", setProfile>},
    {"getprofile", getProfile, "($module, /)"},
    {"call_tracing", callTracing, "($module, func, args, /)"},
    {"getdlopenflags", getOpenFlags, "($module, /)"},
    {"getswitchinterval", getSwitchInterval, "($module, /)"},
    {"setdlopenflags", setOpenFlags, "($module, flags, /)"},
    {"setswitchinterval", setSwitchInterval, "($module, interval, /)"},
    {"_clear_type_cache", nothing, "($module, /)"},
    {"_debugmallocstats", nothing, "($module, /)"},
    {"audit", audit},
    {"addaudithook", addAuditHook, "($module, /, hook)"},
    {"getallocatedblocks", getAllocatedBlocks, "($module, /)"},
    {"get_int_max_str_digits", getIntMaxStrDigits, "($module, /)"},
    {"set_int_max_str_digits", setIntMaxStrDigits, "($module, /, maxdigits)"},
    {"get_coroutine_origin_tracking_depth", getCoroutineOriginDepth, "($module, /)"},
    {"set_coroutine_origin_tracking_depth", setCoroutineOriginDepth, "($module, /, depth)"},
    {"get_asyncgen_hooks", getAsyncGenHooks, "($module, /)"},
    {"set_asyncgen_hooks", setAsyncGenHooks, "(firstiter=None, finalizer=None)", kMethodUnsigned},
    {},
};

std::string absolutePath(const char* p) {
  char buffer[4096];
  if (!p || !*p) return "";
  return realpath(p, buffer) ? buffer : p;
}

std::string currentFolder() {
  char folder[4096];
  return getcwd(folder, sizeof folder) ? folder : "";
}

/// As os.path.abspath: no symbolic link is followed.
std::string absoluteFolder(std::string path) {
  if (!path.starts_with('/')) path = currentFolder() + "/" + path;
  std::string result;
  for (size_t at = 0; at < path.size();) {
    size_t end = std::min(path.find('/', at), path.size());
    std::string_view part = std::string_view(path).substr(at, end - at);
    if (part == "..") result.resize(result.empty() ? 0 : result.rfind('/'));
    else if (!part.empty() && part != ".") result.append("/").append(part);
    at = end + 1;
  }
  return result.empty() ? "/" : result;
}

/// The folder that the program's own modules come from: the script's, '' for -c and standard input, this one for -m.
std::string programFolder(const CommandLine& line, const ModuleInfo* main) {
  const bool isModule = line.run == CommandLine::Run::Program && strcmp(main->name, "__main__") != 0; // built by krait -m
  if (line.run == CommandLine::Run::Module || isModule) return currentFolder();
  if (line.run != CommandLine::Run::Program && line.run != CommandLine::Run::File) return "";
  std::string full = absolutePath(line.run == CommandLine::Run::File ? line.text.c_str() : main->filename);
  struct stat status;
  if (stat(full.c_str(), &status) == 0 && (S_ISDIR(status.st_mode) || (line.run == CommandLine::Run::File && isArchiveFile(full.c_str())))) return full;
  size_t slash = full.rfind('/');
  return slash == std::string::npos ? "" : full.substr(0, slash);
}

/// A folder or archive that is run goes to sys.path even where the script's folder does not.
bool runsFolder(const CommandLine& line) {
  struct stat status;
  return line.run == CommandLine::Run::File && stat(line.text.c_str(), &status) == 0 && (S_ISDIR(status.st_mode) || isArchiveFile(line.text.c_str()));
}

/// sys.path: the program's folder, PYTHONPATH, then what the build searched; these absolute and each once, as CPython's site makes them.
Value initialPath(const CommandLine& line, const ProgramInfo& program) {
  Ref list(newList(0));
  if (!list) return Value();
  auto addText = [&](const std::string& s) {
    Ref text(decodeFileSystem(s.data(), s.size()));
    return text && listAppend(list, text) == 0;
  };
  if ((!runtimeFlags.safePath || runsFolder(line)) && !addText(programFolder(line, program.main))) return Value();
  std::unordered_set<std::string> known;
  for (const char* folders : {pythonVariable("PYTHONPATH"), program.searchPath})
    for (std::string rest = folders ? folders : ""; !rest.empty();) {
      size_t colon = rest.find(':');
      std::string folder = absoluteFolder(rest.substr(0, colon));
      if (known.insert(folder).second && !addText(folder)) return Value();
      rest = colon == std::string::npos ? "" : rest.substr(colon + 1);
    }
  return list.release();
}

Value argumentList(int argc, char** argv) {
  Ref list(newList(0));
  for (int i = 0; list && i < argc; ++i) {
    Ref s(decodeFileSystem(argv[i], strlen(argv[i])));
    if (!s || listAppend(list, s) < 0) return Value();
  }
  return list.release();
}

/// sys.argv: from the file on, or what follows -c, -m and their text.
Value programArguments(int argc, char** argv, const CommandLine& line) {
  Ref list(argumentList(argc - std::min(line.firstArgument, argc), argv + std::min(line.firstArgument, argc)));
  const bool named = line.run == CommandLine::Run::Code || line.run == CommandLine::Run::Module;
  if (!list || (!named && asList(list)->size)) return list.release();
  Ref first(newStr(line.run == CommandLine::Run::Code ? "-c" : named ? "-m" : ""));
  return first && listInsert(list, 0, first) == 0 ? list.release() : Value();
}

} // namespace

extern "C" const NativeModule krt_module_builtins; // the row of its name

/// The module that `__builtins__` names is among the modules from the start.
static int32_t listBuiltins() {
  const Value module = builtinsModule();
  module.as<ModuleObject>()->native = &krt_module_builtins;
  const Ref name(internStr("builtins")), text(newStr(docOf("builtins", "")));
  return text && describeBuiltin(module, name) == 0 && dictSet(moduleDict(module), NAME(__doc__), text) == 0 ? dictSet(sysModules(), name, module) : -1;
}

int32_t initialiseSys(int argc, char** argv, const CommandLine& line, const ProgramInfo& program) {
  sysModule = newModule(NAME(sys));
  if (!sysModule) return -1;
  sysDict = moduleDict(sysModule);
  if (describeBuiltin(sysModule, NAME(sys)) < 0 || moduleAddMethods(sysModule, sysMethods) < 0 || addSysInfo(sysDict) < 0) return -1;
  auto put = [](const char* key, Value owned) {
    Ref v(owned);
    return v && dictSet(sysDict, key, v) == 0;
  };
  Ref finders(newList(0));
  if (!finders || listAppend(finders, builtinImporter()) < 0 || listAppend(finders, frozenImporter()) < 0 ||
      listAppend(finders, compiledFinder()) < 0)
    return -1;
  bool ok = put("modules", newRef(sysModules())) && put("argv", programArguments(argc, argv, line)) &&
            put("orig_argv", argumentList(argc, argv)) && put("path", initialPath(line, program)) &&
            put("meta_path", finders.release()) && put("path_hooks", newPathHooks()) && put("path_importer_cache", newDict()) &&
            put("executable", newStr(ownExecutable())) && put("_base_executable", newStr(ownExecutable()));
  if (!ok || dictSet(sysModules(), NAME(sys), sysModule) < 0 || listBuiltins() < 0) return -1;
  for (const char* hook : {"excepthook", "displayhook", "unraisablehook", "breakpointhook"})
    if (dictSet(sysDict, (std::string("__") + hook + "__").c_str(), sysGet(hook)) < 0) return -1;
  return createStandardStreams();
}

// Always in sys.modules: this row only makes the name known to the finder.
extern "C" constinit const NativeModule krt_module_sys = {"sys", sysMethods, nullptr};

// ---- shutdown ----------------------------------------------------------------------------------

namespace {

/// Sets the globals of a module to None in CPython's two passes: names with one underscore, then all but __builtins__.
void clearModule(Value module) {
  Ref d(xnewRef(moduleDict(module)));
  if (!d) return; // a collection has taken it apart
  for (int pass = 0; pass < 2; ++pass) {
    Ref keys(dictKeysList(d));
    for (int64_t k = 0; keys && k < asList(keys)->size; ++k) {
      Value key = asList(keys)->items[k];
      if (!isStr(key)) continue;
      bool single = asStr(key)->length && asStr(key)->at(0) == '_' && !(asStr(key)->length > 1 && asStr(key)->at(1) == '_');
      if (pass == 0 ? !single : strEqual(key, "__builtins__")) continue;
      Value v = dictGet(d, key);
      if (v && !isNone(v) && dictSet(d, key, none()) < 0) errorClear();
    }
  }
}

/// Takes all modules out of sys.modules; weak references to them, in order of import (list).
Value removeModules() {
  Ref names(dictKeysList(sysModules())), references(newList(0));
  if (!names || !references) return Value();
  for (int64_t i = 0; i < asList(names)->size; ++i) {
    Value name = asList(names)->items[i], module = dictGet(sysModules(), name);
    if (!module || !isInstanceOf(module, moduleType)) continue;
    Ref reference(newWeakref(module, Value()));
    if (!reference || listAppend(references, reference) < 0) return Value();
    if (dictSet(sysModules(), name, none()) < 0) errorClear();
  }
  dictClear(sysModules());
  return references.release();
}

void forEachGlobal(void (*visit)(Value)) {
  Value name, module, global;
  // What holds globals comes first, or they would be met as unreachable by a later collection, and put behind it.
  visit(sysModules());
  for (int64_t i = 0; dictNext(sysModules(), &i, &name, &module);) {
    if (!isInstanceOf(module, moduleType)) continue;
    visit(module);
    visit(moduleDict(module));
  }
  for (int64_t i = 0; dictNext(sysModules(), &i, &name, &module);) {
    if (!isInstanceOf(module, moduleType)) continue;
    for (int64_t k = 0; dictNext(moduleDict(module), &k, &name, &global);)
      if (global != sysModules() && !isInstanceOf(global, moduleType)) visit(global);
  }
}

/// The streams that the program began with. Whether they still were in use.
bool restoreStandardStreams() {
  bool same = true;
  for (const char* name : {"stdin", "stdout", "stderr"}) {
    const Value original = dictGet(sysDict, (std::string("__") + name + "__").c_str());
    same &= original == dictGet(sysDict, name);
    if (dictSet(sysDict, name, original ? original : none()) < 0) errorClear();
  }
  return same;
}

/// Takes away what the program added to builtins.
void restoreBuiltins() {
  Ref names(dictKeysList(builtinsDict()));
  for (int64_t i = 0; names && i < asList(names)->size; ++i) {
    Value name = asList(names)->items[i];
    const bool isModuleName = isStr(name) && asStr(name)->length > 2 && asStr(name)->at(0) == '_' && asStr(name)->at(1) == '_';
    if (!isModuleName && !moduleCellFor(builtinsModule().as<ModuleObject>()->info, name) && dictDeleteIfPresent(builtinsDict(), name) < 0)
      errorClear();
  }
}

} // namespace

int64_t collectEverything() { return gcCollectInOrder(forEachGlobal); }

int32_t shutdownModules() {
  finalizing = true;
  if (!sysDict) return 0;
  const int32_t first = flushStandardStreams();
  if (endsQuietly()) {
    const int32_t last = restoreStandardStreams() ? 0 : flushStandardStreams();
    return first < 0 ? first : last;
  }
  for (Value& handler : signalHandlers) clear(handler);
  if (gcState.enabled) collectEverything();
  Ref unheard(gcState.callbacks); // later collections are not told to callbacks
  gcState.callbacks = Value();
  // What programs may have stored in well-known places goes first.
  for (const char* name : {"path", "argv", "ps1", "ps2", "last_type", "last_value", "last_traceback", "path_hooks", "path_importer_cache", "meta_path"})
    if (dictGet(sysDict, name) && dictSet(sysDict, name, none()) < 0) errorClear();
  // What finalizers print from here on goes where the program began.
  restoreStandardStreams();
  exceptions::endSourceLines();
  // Most modules die by losing their last reference, or in the collection, where finalizers still see all globals.
  Ref references(removeModules());
  if (!references) return errorClear(), first;
  restoreBuiltins();
  static bool heardAll = false;
  gcIsEnough = [](const GcLinks* garbage) { return heardAll = remainsAreQuiet(garbage); };
  gcCollectRemains();
  gcIsEnough = nullptr;
  if (heardAll) {
    const int32_t last = flushStandardStreams();
    return first < 0 ? first : last;
  }
  for (int64_t i = asList(references)->size - 1; i >= 0; --i) {
    Ref module(xnewRef(weakrefTarget(asList(references)->items[i])));
    if (module && module.get() != sysModule && module.get() != builtinsModule()) clearModule(module);
  }
  // What only goes now cannot print any more.
  const int32_t last = flushStandardStreams();
  clearModule(sysModule);
  gcCollectRemains();
  return first < 0 ? first : last;
}

} // namespace krait
