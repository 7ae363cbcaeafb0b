// Static descriptions of compiled code, emitted by codegen as constant data (or
// built by the IR interpreter), read by the runtime. Plain C layout: codegen
// mirrors the fields in this order and checks offsets against this header.
#pragma once
#include "runtime/abi/object.h"

namespace krait {

struct FunctionObject;
struct GeneratorObject;
struct ModuleInfo;
struct CodeObject;

/// A source span: lines are 1-based, columns 0-based UTF-8 byte offsets, as ast's.
struct SourceSpan {
  int32_t line, endLine, column, endColumn;
};

/// One of ordinary size, as executables have them: a table of 16 bytes an entry was a twentieth of a program with much of the library in it.
struct PackedSpan {
  uint32_t lineAndHeight; // line, and from bit 24 on how many lines further it ends
  uint16_t column, endColumn;

  static constexpr bool fits(const SourceSpan& s) {
    return s.line >= 0 && s.line < 1 << 24 && s.endLine >= s.line && s.endLine - s.line < 1 << 8 && s.column >= 0 && s.column < 1 << 16 &&
           s.endColumn >= 0 && s.endColumn < 1 << 16;
  }
  static constexpr PackedSpan of(const SourceSpan& s) { // that fits
    return {static_cast<uint32_t>(s.line) | static_cast<uint32_t>(s.endLine - s.line) << 24, static_cast<uint16_t>(s.column), static_cast<uint16_t>(s.endColumn)};
  }
  constexpr SourceSpan span() const {
    const auto line = static_cast<int32_t>(lineAndHeight & 0xffffff);
    return {line, line + static_cast<int32_t>(lineAndHeight >> 24), column, endColumn};
  }
};

enum CodeFlags : uint32_t { // CPython's co_flags bits
  kCodeOptimized = 1, kCodeNewLocals = 2, kCodeVarArgs = 4, kCodeVarKeywords = 8, kCodeNested = 16,
  kCodeGenerator = 32, kCodeCoroutine = 128, kCodeIterableCoroutine = 256, kCodeAsyncGenerator = 512,
};
/// Any of them: the function makes a generator, whose slots hold its locals.
constexpr uint32_t kCodeSuspends = kCodeGenerator | kCodeCoroutine | kCodeAsyncGenerator;

/// Beside them, unseen in co_flags: a call without keywords of its own leaves the parameter of ** null; the code makes the dict
/// where it is looked at (ir/passes/lazy_keywords.cpp).
constexpr uint32_t kCodeLazyKeywords = uint32_t{1} << 29;
/// Nor this: the code calls a debugger, which steps through it from where it stands. So it runs as bytecode from its beginning (ir/vm).
constexpr uint32_t kCodeAsBytecode = uint32_t{1} << 28;
constexpr uint32_t kCodeUnseen = kCodeLazyKeywords | kCodeAsBytecode;

/// Source text compiled at run time, of which each function, code object, generator, frame and traceback entry of its
/// code is a user (keepCode): nothing else needs what its descriptions point to. Freed with the last of them.
struct SourceUnit {
  int64_t users = 0;
  void (*release)(SourceUnit*) = nullptr;
};

/// One code object. `varNames` lists parameters first (positional-only,
/// positional, keyword-only, *args, **kwargs), as co_varnames does.
struct CodeInfo {
  Value name, qualname, filename;    // str, immortal or owned
  ModuleInfo* module;                // the template this code belongs to
  uint32_t flags;                    // CodeFlags
  uint32_t firstLine;
  uint32_t posOnlyCount, argCount;   // argCount includes positional-only ones
  uint32_t kwOnlyCount;
  uint32_t paramCount;               // argCount + kwOnlyCount + *args + **kwargs: machine arguments
  uint32_t varCount, cellCount, freeCount;
  const Value* varNames;             // varCount
  const Value* cellNames;            // cellCount
  const Value* freeNames;            // freeCount
  Value docstring;                   // str or null
  Value constants;                   // tuple for co_consts' readers, or null
  /// Machine entry: Value (FunctionObject*, Value a0 … a[paramCount-1]); arguments owned by the callee.
  void* entry;
  /// Array entry: takes ownership of paramCount words at argv. For compiled code `krt_invoke_spread`.
  Value (*invoke)(FunctionObject* function, Value* argv);
  const SourceSpan* sites;           // by site number; null: packedSites has them
  const PackedSpan* packedSites;
  uint32_t siteCount;
  uint32_t slotCount;                // generators: words of frame storage
  /// Generators: runs to the next yield. `sent` is owned (null: raise the pending exception).
  /// Returns a ResumeResult, the value in *out.
  int32_t (*resume)(GeneratorObject* g, Value sent, Value* out);
  const void* body;                  // interpreter: ir function; compiled: null
  SourceSpan span;                   // of the definition in the module's source
  CodeObject* object;                // the Python-visible code object, made on demand
  SourceUnit* unit;                  // what the description lives and dies with; null in an executable: it stays

  SourceSpan siteSpan(uint32_t site) const { return sites ? sites[site] : packedSites[site].span(); } // of site < siteCount
};
inline void keepCode(const CodeInfo* code) {
  if (code->unit) ++code->unit->users;
}
inline void dropCode(const CodeInfo* code) {
  if (SourceUnit* unit = code->unit; unit && --unit->users == 0) unit->release(unit);
}

/// What krt_traceback_add is told: the error leaves the function; it is raised again and has an entry already.
/// Or it is handled in a function that calls krt_caught_leave when it returns while krt_hot.caught is set.
/// And from bit 8 on: how many calls deep the code is inlined in the machine function.
/// kTracebackInLoop: the code is that of a generator function, but what runs is no generator: the body stands in the loop over it.
enum TracebackHow : int32_t { kTracebackLeaving = 1, kTracebackAgain = 2, kTracebackHandled = 4, kTracebackInLoop = 8 };
constexpr int32_t kTracebackDepthShift = 8;

/// What krt_trace_event is told; kTraceLoop: back at a loop's head, on another line or not.
enum TraceKind : int32_t { kTraceCall = 0, kTraceLine = 1, kTraceLoop = 2 };

/// How CodeInfo::resume ended. kResumeEmptied: returned, as kResumeReturn, and left nothing in the frame's slots; generatorEnd()
/// makes kResumeReturn of it, so that nobody else meets it.
enum ResumeResult : int32_t { kResumeRaise = -1, kResumeYield = 0, kResumeReturn = 1, kResumeEmptied = 3 };

/// What CPython warns of when it compiles a module. Lines and offsets as in SyntaxError.
struct SourceWarning {
  const char* message;
  uint32_t isDeprecation; // DeprecationWarning, else SyntaxWarning
  int32_t line, offset, endLine, endOffset;
};

/// A text that the library probably makes and executes with the module's globals: compiled ahead, as text files are.
struct ForetoldText {
  const char* text; // UTF-8
  uint64_t size;
  const CodeInfo* const* codes; // count of them: its body's, which takes the namespace, then those inside
  uint64_t count;
  uint64_t taken; // how often it was executed: of equal texts each has its turn, as the classes do that they are for
};

/// A module template. Cells hold global variables; an empty cell means "ask builtins".
struct ModuleInfo {
  const char* name;       // dotted name, UTF-8
  const char* filename;   // as __file__ and tracebacks show it
  uint32_t isPackage;     // has __path__
  uint32_t cellCount;
  Value* cells;           // first instance's storage
  const Value* cellNames; // interned str
  const CodeInfo* body;   // paramCount 0
  const char* source;     // zlib-compressed text, or null
  uint32_t sourceSize, sourceRawSize;
  const SourceWarning* warnings; // issued when the module runs as __main__, which CPython compiles each time
  uint32_t warningCount;
  uint32_t textCount;
  ForetoldText* texts;
  Value dict;             // the first instance's globals dict (split over cells), borrowed; null unless it lives
  uint32_t instantiated;  // 1 once the first instance's storage is in use
  uint32_t observers;     // bit set, see abi/observers.h
};

/// What `main` hands to krt_main.
struct ProgramInfo {
  ModuleInfo* main;       // the module that runs as __main__
  const char* searchPath; // folders of sys.path after the program's own, joined by ':', UTF-8
};

/// A native (C++) module: its file ends in one of these, registered by a line in modules/modules.def.
struct MethodDef;
struct NativeModule {
  const char* name;
  const MethodDef* methods;          // ends with a null name
  int (*exec)(Value module);         // fills in the rest; 0, or -1 with an error set. May be null
};

} // namespace krait
