// Errors that nobody can catch: in destructors, callbacks, at exit.
#include <cstddef>
#include "runtime/exceptions/exception.h"
#include "runtime/exceptions/frame_walk.h"
#include "runtime/exceptions/traceback_text.h"
#include "runtime/object/audit.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"

namespace krait {
namespace {

const char* const kFields[] = {"exc_type", "exc_value", "exc_traceback", "err_msg", "object", nullptr};
const StructSequenceDef kArgumentsDef = {kFields, 5, 5};
KRAIT_STRUCT_SEQUENCE_TYPE(unraisableArgumentsType, "UnraisableHookArgs");

/// An exception that never left C++ has no traceback: it gets the running frame.
void addRunningFrame(Value exception) {
  FrameCursor cursor;
  while (cursor && isNativeInPython(cursor.code())) cursor.next();
  if (tracebackOf(exception) || !cursor) return;
  errorRestore(newRef(exception));
  addTracebackEntry(cursor.code(), cursor.function(), cursor.site(), nullptr, 0, 0, cursor.address());
  Ref(errorTake().release());
}
} // namespace

void errorUnraisable(const char* message, Value object) {
  Ref exception = errorTake();
  if (!exception) return;
  addRunningFrame(exception);
  Value traceback = tracebackOf(exception);
  Ref text(message ? formatText("Exception ignored %s", message) : newRef(none()));
  Value fields[] = {newRef(asValue(typeOf(exception))), newRef(exception), newRef(traceback ? traceback : none()),
                    newRef(text ? text.get() : none()), newRef(object ? object : none())};
  Ref arguments(newStructSequence(&unraisableArgumentsType, &kArgumentsDef, fields));
  Ref hook = Ref::share(sysGet("unraisablehook"));
  if (hook && !isNone(hook) && arguments) { // what fails of the two is shown instead
    const bool isRefused = auditing && !auditTold("sys.unraisablehook", {hook, arguments});
    Ref result(isRefused ? Value() : call(hook, {arguments}));
    if (result) return;
    Ref second = errorTake(), where(newStr(isRefused ? "Exception ignored in audit hook" : "Exception ignored in sys.unraisablehook"));
    if (second && where) displayUnraisable(second, where, isRefused ? none() : hook);
    return errorClear();
  }
  errorClear();
  displayUnraisable(exception, text ? text.get() : none(), object ? object : none());
  errorClear();
}

bool isUnraisableArguments(Value v) { return typeOf(v) == &unraisableArgumentsType; }

int32_t displayUnraisable(Value exception, Value message, Value object) {
  Ref file(xnewRef(sysGet("stderr")));
  errorClear();
  if (!file || isNone(file)) return 0;
  Ref head(isNone(message) ? newStr("Exception ignored in: ") : str(message)), newline(newStr("\n"));
  if (!isNone(object)) {
    Ref shown(repr(object));
    if (!shown) {
      errorClear();
      shown.reset(newStr("<object repr() failed>"));
    }
    const bool isWritten = isNone(message) ? exceptions::writeTexts(file, {head, shown, newline})
                                           : exceptions::writeTexts(file, {head, Ref(newStr(": ")), shown, newline});
    if (!isWritten) return -1;
  } else if (!isNone(message)) {
    if (!exceptions::writeTexts(file, {head, Ref(newStr(":\n"))})) return -1;
  }
  if (!isNone(exception) && !exceptions::writeException(file, exception, true)) return -1;
  Ref flushed(callMethod(file, NAME(flush)));
  return flushed ? 0 : -1;
}

} // namespace krait
