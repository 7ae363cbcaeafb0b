// What the runtime asks of the engine that runs source text: `compile`, `exec`,
// `eval`, and modules found as source at run time. The runtime depends on no
// compiler; an executable that can reach source text links the engine library
// (ir/interp), whose strong definition replaces the runtime's weak null pointer.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

struct InterpreterActivation;

/// Source of compile, exec, eval as str or bytes without NULs (owned); `what` completes the message for others.
Value sourceText(Value source, const char* callee, const char* what);
/// compile()'s file name as str (owned): str, bytes or os.PathLike.
Value sourceFileName(Value v);

/// Python's compile() modes; func_type only gives trees.
enum class CompileMode : int32_t { Exec, Eval, Single, FunctionType };

/// All of __future__'s flags, in compile()'s and in co_flags.
constexpr uint32_t kFutureFlags = 0x1fe0000;
/// A flag of EngineHooks::compile: whoever asks only runs the code, and shows it to nobody.
constexpr uint32_t kOnlyToRun = 1u << 31;
/// Another: the bytes are those of a script, which are text from the first to the last; else a comment may hold any.
constexpr uint32_t kIsScript = 1u << 30;

/// What CPython's compiler would have made of a definition: owned references.
struct Bytecode {
  Value code, lineTable, exceptionTable; // bytes
  Value constants, names;                // tuples
  int64_t stackSize = 0;
};

/// What compile() needs to make a code object again.
struct CodeSource {
  Value text; // str, owned
  CompileMode mode = CompileMode::Exec;
  int32_t optimize = 0;
};

struct EngineHooks {
  /// Source (str, bytes with an encoding declaration, or a tree of the ast module) to a code object (owned); null with the
  /// SyntaxError (or ValueError, …) raised. `flags`: the PyCF_* bits of compile(); `optimize` -1, 0, 1, 2; `featureVersion`:
  /// trees of no newer syntax than Python 3.<this>; -1: any.
  Value (*compile)(Value source, Value filename, CompileMode mode, uint32_t flags, int32_t optimize, int32_t featureVersion);
  /// Runs a code object made by `compile` (or of a function without parameters). `globals` is a dict,
  /// `locals` any mapping; `closure` a tuple of cells or null. The value of an expression, None otherwise.
  Value (*execute)(Value code, Value globals, Value locals, Value closure);
  /// Compiles the definition's source text again, to bytecode. 1: made; 0: there is no such text; -1: error.
  int32_t (*bytecode)(const CodeInfo* code, Bytecode& out);
  /// The whole text that a definition stands in. 1: there is one; 0: there is not; -1: error.
  int32_t (*source)(const CodeInfo* code, CodeSource& out);
  /// Whether a value is a node of the ast module.
  bool (*isTree)(Value v);
  /// Makes a description run its code object's bytecode, in the engine for that (ir/vm).
  void (*bindBytecode)(CodeInfo& code);
  /// Whether `code` can run there.
  bool (*canRunBytecode)(const CodeInfo* code);
  /// The description by which functions of that code run there: borrowed, null with an error if there is no bytecode.
  const CodeInfo* (*bytecodeInfo)(const CodeInfo* code);
  /// Runs f there; argv: its parameters, owned. `insteadOf`: the machine frame that this stands for, or null.
  Value (*runBytecode)(FunctionObject* f, Value* argv, const void* insteadOf);
  /// Sets f_lineno of an activation: 0, or -1 with ValueError (also if it runs elsewhere). `isReturn`: in its 'return' event.
  int32_t (*jump)(InterpreterActivation* activation, int32_t line, bool isReturn);
};

/// Null: no engine in this executable (exec and friends then raise RuntimeError).
extern "C" const EngineHooks* krt_engine_hooks;

/// Reads a line from the terminal with editing: str with its newline, empty at the end of input. Null until the readline
/// module is imported.
extern Value (*krt_read_line)(const char* prompt);

/// Text streams of the io module that print() writes without a method call; absent in an executable without io.
/// Answers true for an exact native stream whose write was not replaced.
[[gnu::weak]] bool isNativeTextStream(Value file);
/// file.write(text) for such a stream: 0, or -1 with the error.
[[gnu::weak]] int32_t nativeTextWrite(Value file, Value text);

} // namespace krait
