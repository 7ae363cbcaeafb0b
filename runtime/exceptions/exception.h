// Exception objects, traceback entries and frame objects.
#pragma once
#include "runtime/object/errors.h"
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

struct ExceptionObject {     // BaseException and everything that adds no fields
  Object header;
  Value dict, args, traceback, context, cause;
  bool suppressContext;
  bool isUnmade;               // raised by C++ while nothing was handled, and no handler has seen it: CPython has only class and argument of it yet
};
// Those that add fields put the owned words first, directly after the base.
struct StopIterationObject : ExceptionObject { Value value; };
struct SystemExitObject : ExceptionObject { Value code; };
struct ImportErrorObject : ExceptionObject { Value msg, name, path; };
struct NameErrorObject : ExceptionObject { Value name; };
struct AttributeErrorObject : ExceptionObject { Value obj, name; };
struct SyntaxErrorObject : ExceptionObject { Value msg, filename, lineno, offset, endLineno, endOffset, text, printFileAndLine; };
struct OsErrorObject : ExceptionObject { Value myerrno, strerror, filename, filename2; int64_t written; /* -1: no characters_written */ };
struct UnicodeErrorObject : ExceptionObject { Value encoding, object, reason; int64_t start, end; };
struct GroupObject : ExceptionObject { Value msg, excs; };

/// A frame as Python sees it, made when somebody asks for it.
struct FrameObject {
  Object header;
  const CodeInfo* code;
  FunctionObject* function;  // owned or null: then globals are the code's module's
  Value globals;             // owned or null: then the function's
  Value back, localsDict, trace;
  Value generator;           // borrowed: cleared when the generator dies
  const void* address;       // native frame or interpreter activation it stands for; null once it is known to be gone
  uint32_t site;             // current position; line = code->sites[site].line
  int32_t line;              // explicit line, or 0: from site
  int32_t tracedLine;        // of the latest line event; 0: none, -1: none since its call was told
  uint32_t localCount;       // words in `locals`: co_varnames, then cells
  Value* locals;             // owned words, may be null
  const void* lentAt;        // where known_frames.h lists it while somebody holds it, or null
  FrameObject* lentNext;     // in that list
  bool alive;                // the activation may still run
  bool traceLines;           // f_trace_lines
  bool traceOpcodes;         // f_trace_opcodes
};
/// One step of a traceback. The frame object is made when asked for; until then the entry itself owns the locals of an activation
/// that the error left.
struct TracebackObject {
  Object header;
  Value next;
  FrameObject* frame;        // owned or null
  const CodeInfo* code;
  FunctionObject* function;  // owned or null
  const void* address;       // of the activation, see FrameObject
  uint32_t site;
  int32_t line;              // explicit line, or 0: from site
  bool leaving;              // the error left the activation
  bool isConstructed;        // by types.TracebackType, with `instruction` as tb_lasti
  uint32_t leftAt;           // with `leaving`: the site where that was, if the error was raised again
  int64_t instruction;
  TracebackObject* outer;    // entry of the caller, whose `next` this is: borrowed, null once that died
  ThreadState* handledBy;    // in whose list of caught.h it is; null: in none
  TracebackObject *nextCaught, *lastCaught;
  Value* locals;             // owned words, as a frame's, which takes them; may be null, and is with a frame
  uint32_t localCount;
};

inline bool isException(Value v) { return v.isPointer() && (typeOfObject(v.object())->flags & kTypeException); }
inline ExceptionObject* asException(Value v) { return v.as<ExceptionObject>(); }
/// Makes an instance of a builtin exception class, from C++: type(argument), or type() when null. Null with an error.
Value newException(const Type& type, Value argument);
/// What throw() does with a class: an instance of it (owned), or null with an error (TypeError
/// "calling … should have returned an instance of BaseException").
Value instantiate(Value exceptionClass, Value argument);
/// isinstance against a class or a tuple (nested ones too) of classes; other things never match. Runs no code.
bool exceptionMatches(Value exception, Value type);
/// Sets __context__ of `exception` to `context` (borrowed), cutting cycles.
void chainContext(Value exception, Value context);
/// Traceback of an exception: null when none. Borrowed.
inline Value tracebackOf(Value exception) { return asException(exception)->traceback; }
void setTraceback(Value exception, Value traceback); // traceback null or None: none
/// Prints an exception as the interpreter's top level does, to sys.stderr; a few words to descriptor 2 if that is lost.
void displayException(Value exception);
/// Text (str) to descriptor 2, where no stream can be had.
void writeToDescriptor(Value text);
/// What sys.unraisablehook does: `message` and `object`, None or shown before the exception. -1 with the error of sys.stderr.
int32_t displayUnraisable(Value exception, Value message, Value object);
/// Whether it is what sys.unraisablehook is given.
bool isUnraisableArguments(Value v);
/// The text of it (traceback, causes, groups, notes), as displayed: str or null.
Value formatException(Value exception);
/// The same without causes and notes: how unraisable ones appear.
Value formatBare(Value exception);
/// The innermost exception being handled (borrowed) or null: sys.exception().
Value handledException();

} // namespace krait
