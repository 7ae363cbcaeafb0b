// Builtin functions that run or find code: breakpoint compile eval exec
// __import__ open. Source text goes to the engine, if this executable has one.
#include "runtime/builtins/functions.h"
#include "runtime/builtins/builtins.h"
#include "runtime/builtins/hooks.h"
#include "runtime/builtins/scope.h"
#include "runtime/modules/importing/import.h"
#include "runtime/object/audit.h"
#include "runtime/object/module_cells.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/type_name.h"
#include "runtime/threads/signals.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code_object.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

extern "C" [[gnu::weak]] const EngineHooks* krt_engine_hooks = nullptr;

static const EngineHooks* engine(const char* callee) {
  if (!krt_engine_hooks)
    raise(RuntimeErrorType, "%s() needs the source engine, which is not part of this executable", callee);
  return krt_engine_hooks;
}

Value sourceText(Value source, const char* callee, const char* what) {
  Ref text;
  if (isStr(source)) {
    text = Ref::share(source);
    if (strFind(source, Ref(newStrFromChar(0)), 0, asStr(source)->length, 1) >= 0)
      return raise(ValueErrorType, "source code string cannot contain null bytes");
  } else if (isBytes(source)) {
    text = Ref::share(source);
  } else {
    Buffer view;
    if (getBuffer(source, &view, kBufferSimple) < 0) {
      errorClear();
      return raise(TypeErrorType, "%s() arg 1 must be a %s object", callee, what);
    }
    text.reset(newBytes(std::string_view(static_cast<const char*>(view.data), static_cast<size_t>(view.bytes))));
    releaseBuffer(&view);
  }
  if (isBytes(text) && bytesView(text).find('\0') != std::string_view::npos)
    return raise(ValueErrorType, "source code string cannot contain null bytes");
  return text.release();
}

Value sourceFileName(Value v) {
  if (isStr(v)) return newRef(v);
  Ref path(isBytes(v) ? newRef(v) : Value());
  if (!path) {
    if (readyTypeOf(v)->buffer) { // of old, bytes in another object
      if (warn(DeprecationWarningType, 1, "path should be string, bytes, or os.PathLike, not %.200s", typeOf(v)->name) < 0)
        return Value();
      HeldBuffer held;
      if (!held.get(v)) return Value();
      return decodeBytes(held.data(), static_cast<size_t>(held.size()), "utf-8", "surrogateescape");
    }
    Ref method(lookupSpecial(v, NAME(__fspath__)));
    if (!method && !errorSet())
      raise(TypeErrorType, "expected str, bytes or os.PathLike object, not %.200s", shortName(typeOf(v)));
    path.reset(method ? call(method) : Value());
    if (!path || isStr(path)) return path.release();
  }
  auto bytes = bytesView(path);
  return decodeBytes(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), "utf-8", "surrogateescape");
}

/// Text is told of as bytes.
static bool auditSource(Value source, Value filename) {
  Ref bytes(isStr(source) ? encodeStr(source, "utf-8", "surrogatepass") : newRef(source));
  return bytes && auditTold("compile", {bytes, filename});
}

/// False with an exception; without a value `out` stays.
static bool intArgument(Value v, int64_t* out) {
  if (!v) return true;
  *out = toIndex(v, nullptr);
  if (*out == -1 && errorSet()) return false;
  if (*out >= INT32_MIN && *out <= INT32_MAX) return true;
  raise(OverflowErrorType, "Python int too large to convert to C int");
  return false;
}

static Value compileFunction(Value, const Value* argv) {
  Ref filename(sourceFileName(argv[1]));
  if (!filename) return Value();
  if (!isStr(argv[2]))
    return raise(TypeErrorType, "compile() argument 'mode' must be str, not %.50G", argv[2]);
  int64_t flags = 0, dontInherit = 0, optimize = -1, featureVersion = -1;
  if (!intArgument(argv[3], &flags) || !intArgument(argv[4], &dontInherit) || !intArgument(argv[5], &optimize) ||
      !intArgument(argv[6], &featureVersion))
    return Value();
  constexpr int64_t kOnlyAst = 0x400;
  // Those of __future__, of the ast module, and what codeop asks for.
  constexpr int64_t kKnownFlags = kFutureFlags | 0x10 | 0x200 | kOnlyAst | 0x1000 | 0x2000 | 0x4000;
  if (flags & ~kKnownFlags) return raise(ValueErrorType, "compile(): unrecognised flags");
  if (optimize < -1 || optimize > 2) return raise(ValueErrorType, "compile(): invalid optimize value");
  CompileMode mode;
  if (strEqual(argv[2], "exec")) mode = CompileMode::Exec;
  else if (strEqual(argv[2], "eval")) mode = CompileMode::Eval;
  else if (strEqual(argv[2], "single")) mode = CompileMode::Single;
  else if (strEqual(argv[2], "func_type")) mode = CompileMode::FunctionType;
  else return raise(ValueErrorType, flags & kOnlyAst ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
                                                     : "compile() mode must be 'exec', 'eval' or 'single'");
  if (mode == CompileMode::FunctionType && !(flags & kOnlyAst))
    return raise(ValueErrorType, "compile() mode 'func_type' requires flag PyCF_ONLY_AST");
  if (!dontInherit) flags |= callerFutureFlags();
  bool isTree = krt_engine_hooks && krt_engine_hooks->isTree(argv[0]);
  // Asked for a tree and given one: nothing to do.
  if (isTree && (flags & kOnlyAst)) return newRef(argv[0]);
  Ref source(isTree ? newRef(argv[0]) : sourceText(argv[0], "compile", "string, bytes or AST"));
  if (source && auditing && !auditSource(isTree ? none() : source, filename)) return Value();
  const EngineHooks* hooks = source ? engine("compile") : nullptr;
  return hooks ? hooks->compile(source, filename, mode, static_cast<uint32_t>(flags), static_cast<int32_t>(optimize),
                                flags & kOnlyAst ? static_cast<int32_t>(featureVersion) : -1)
               : Value();
}

/// Globals that name no builtins have those of the caller.
static int32_t inheritBuiltins(Value globals) {
  Ref callers(callerGlobals());
  Value builtins = callers ? builtinsOf(callers) : Value();
  return builtins ? dictSet(globals, NAME(__builtins__), builtins) : -1;
}

/// Runs a code object or text. `globals` is a dict (exact or not); the rest as the builtins give it.
static Value run(Value source, Value globals, Value locals, Value closure, CompileMode mode, const char* callee) {
  const int32_t present = dictContains(globals, NAME(__builtins__));
  if (present < 0 || (!present && inheritBuiltins(globals) < 0)) return Value();
  endCallerScope();
  const EngineHooks* hooks = engine(callee);
  if (!hooks) return Value();
  if (isExact(source, codeType))
    return auditing && !auditTold("exec", {source}) ? Value() : hooks->execute(source, globals, locals, closure);
  Ref text(sourceText(source, callee, "string, bytes or code"));
  if (!text) return Value();
  if (mode == CompileMode::Eval && isStr(text)) {
    int64_t from = 0, n = asStr(text)->length;
    while (from < n && (asStr(text)->at(from) == ' ' || asStr(text)->at(from) == '\t')) ++from;
    if (from) text.reset(strSubstring(text, from, n));
  }
  Ref filename(newStr("<string>"));
  if (auditing && !auditSource(text, filename)) return Value();
  const CodeInfo* foretold = mode == CompileMode::Exec ? foretoldCode(text, globals) : nullptr;
  Ref code(foretold ? codeObjectOf(foretold) : hooks->compile(text, filename, mode, kOnlyToRun | callerFutureFlags(), -1, -1));
  if (code && auditing && !auditTold("exec", {code})) return Value();
  if (!code) return Value();
  interruptedLast = false;
  const Value result = hooks->execute(code, globals, locals, Value());
  if (!result && typeOf(krt_hot.raised) == &KeyboardInterruptType) interruptedLast = true;
  return result;
}

/// Fills in absent namespaces from the caller; both owned.
static int32_t namespaces(Value globals, Value locals, Ref* outGlobals, Ref* outLocals) {
  if (globals && !isNone(globals)) {
    *outGlobals = Ref::share(globals);
    *outLocals = Ref::share(locals && !isNone(locals) ? locals : globals);
    return 0;
  }
  outGlobals->reset(callerGlobals());
  if (!*outGlobals) return -1;
  outLocals->reset(locals && !isNone(locals) ? newRef(locals) : callerLocals());
  return *outLocals ? 0 : -1;
}

static Value evalFunction(Value, const Value* argv) {
  Value globals = argv[1], locals = argv[2];
  if (locals && !isNone(locals) && !isMapping(locals)) return raise(TypeErrorType, "locals must be a mapping");
  if (globals && !isNone(globals) && !isDict(globals))
    return raise(TypeErrorType, isMapping(globals) ? "globals must be a real dict; try eval(expr, {}, mapping)"
                                                   : "globals must be a dict");
  if (isExact(argv[0], codeType) && codeInfoOf(argv[0])->freeCount)
    return raise(TypeErrorType, "code object passed to eval() may not contain free variables");
  Ref g, l;
  if (namespaces(globals, locals, &g, &l) < 0) return Value();
  return run(argv[0], g, l, Value(), CompileMode::Eval, "eval");
}

static Value execFunction(Value, const Value* argv) {
  Value globals = argv[1], locals = argv[2], closure = argv[3];
  if (globals && !isNone(globals) && !isDict(globals))
    return raise(TypeErrorType, "exec() globals must be a dict, not %.100s", typeOf(globals)->name);
  if (locals && !isNone(locals) && !isMapping(locals))
    return raise(TypeErrorType, "locals must be a mapping or None, not %.100s", typeOf(locals)->name);
  if (closure && isNone(closure)) closure = Value();
  if (isExact(argv[0], codeType)) {
    int64_t free = codeInfoOf(argv[0])->freeCount;
    if (free == 0 && closure)
      return raise(TypeErrorType, "cannot use a closure with this code object");
    bool fits = !free || (closure && isExactTuple(closure) && asTuple(closure)->size == free);
    for (int64_t i = 0; fits && i < free; ++i) fits = isExact(asTuple(closure)->items[i], cellType);
    if (!fits) return raise(TypeErrorType, "code object requires a closure of exactly length %zd", free);
  } else if (closure) {
    return raise(TypeErrorType, "closure can only be used when source is a code object");
  }
  Ref g, l;
  if (namespaces(globals, locals, &g, &l) < 0) return Value();
  Ref result(run(argv[0], g, l, closure, CompileMode::Exec, "exec"));
  return result ? none() : Value();
}

static Value importFunction(Value, const Value* argv) {
  int level = 0;
  if (!intArgument(argv[4], &level)) return Value();
  if (!isStr(argv[0])) return raise(TypeErrorType, "module name must be a string");
  if (level > 0 && argv[1] && !isDict(argv[1])) return raise(TypeErrorType, "globals must be a dict");
  RecursionLevels called(1);
  if (!called) return Value();
  return importWithLevel(argv[0], argv[1] ? argv[1] : none(), argv[3] ? argv[3] : emptyTuple(), level);
}

static Value breakpointFunction(Value, const Args& args) {
  Value hook = sysGet("breakpointhook");
  if (!hook) return raise(RuntimeErrorType, "lost sys.breakpointhook");
  Ref held = Ref::share(hook);
  return call(held, args);
}

extern "C" {
constinit const MethodDef krt_builtin_def_compile = {
    "compile", compileFunction,
    "($module, /, source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)"};
constinit const MethodDef krt_builtin_def_eval = {"eval", evalFunction, "($module, source, globals=None, locals=None, /)"};
constinit const MethodDef krt_builtin_def_exec = {
    "exec", execFunction, "($module, source, globals=None, locals=None, /, *, closure=None)"};
constinit const MethodDef krt_builtin_def___import__ = {
    "__import__", importFunction, "($module, /, name, globals=None, locals=None, fromlist=(), level=0)"};
constinit const MethodDef krt_builtin_def_breakpoint = {"breakpoint", breakpointFunction};
}

} // namespace krait
