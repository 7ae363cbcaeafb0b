// Errors that nobody can catch: in destructors, callbacks, at exit.
#include <cstddef>
#include "runtime/exceptions/exception.h"
#include "runtime/exceptions/frame_walk.h"
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
                    text ? text.release() : newRef(none()), newRef(object ? object : none())};
  Ref arguments(newStructSequence(&unraisableArgumentsType, &kArgumentsDef, fields));
  Ref hook = Ref::share(sysGet("unraisablehook"));
  if (hook && !isNone(hook) && arguments) {
    if (auditing && !auditTold("sys.unraisablehook", {hook, arguments})) errorClear();
    Ref result(call(hook, {arguments}));
    if (result) return;
    Ref second = errorTake();
    if (second) displayException(second);
    return errorClear();
  }
  errorClear();
  displayException(exception);
}

} // namespace krait
