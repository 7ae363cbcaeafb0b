// Exception objects, traceback entries and frame objects.
#pragma once
#include "runtime/object/errors.h"
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

struct ExceptionObject {     // BaseException and everything that adds no fields
  Object header;
  Value dict, args, notes, traceback, context, cause;
  bool suppressContext;
};
struct StopIterationObject : ExceptionObject { Value value; };
struct SystemExitObject : ExceptionObject { Value code; };
struct ImportErrorObject : ExceptionObject { Value msg, name, path; };
struct NameErrorObject : ExceptionObject { Value name; };
struct AttributeErrorObject : ExceptionObject { Value obj, name; };
struct SyntaxErrorObject : ExceptionObject { Value msg, filename, lineno, offset, endLineno, endOffset, text, printFileAndLine; };
struct OsErrorObject : ExceptionObject { Value myerrno, strerror, filename, filename2; int64_t written; };
struct UnicodeErrorObject : ExceptionObject { Value encoding, object, reason; int64_t start, end; };
struct GroupObject : ExceptionObject { Value msg, excs; };

/// A frame as Python sees it. Owns the locals that an error exit moved into it.
struct FrameObject {
  Object header;
  const CodeInfo* code;
  FunctionObject* function;  // owned or null
  Value globals, back, localsDict, trace, generator;
  uint32_t site;             // current position; line = code->sites[site].line
  int32_t line;              // explicit line, or 0: from site
  uint32_t localCount;
  Value* locals;             // owned words, may be null
  bool alive;                // the activation still runs
};
struct TracebackObject { Object header; Value next; FrameObject* frame; const CodeInfo* code; uint32_t site; int32_t line; };

inline bool isException(Value v) { return v.isPointer() && (typeOfObject(v.object())->flags & kTypeException); }
inline ExceptionObject* asException(Value v) { return v.as<ExceptionObject>(); }
/// Prints an exception as the interpreter's top level does, to sys.stderr.
void displayException(Value exception);
/// The text of it (traceback, causes, groups, notes), as displayed: str or null.
Value formatException(Value exception);
/// The innermost exception being handled (borrowed) or null: sys.exception().
Value handledException();

} // namespace krait
