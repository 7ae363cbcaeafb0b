// The lookups of `with` and `async with`.
#include "runtime/exceptions/exception.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"

namespace krait {

namespace {

Value missing(Value manager, bool async, const char* detail) {
  return raise(TypeErrorType, "'%.200s' object does not support the %scontext manager protocol%s", typeOf(manager)->name,
               async ? "asynchronous " : "", detail);
}

} // namespace

extern "C" {

Value krt_with_enter_lookup(Value manager, int32_t async) {
  Value enter = lookupSpecial(manager, async ? NAME(__aenter__) : NAME(__enter__));
  return enter || errorSet() ? enter : missing(manager, async, "");
}

Value krt_with_exit_lookup(Value manager, int32_t async) {
  Value exit = lookupSpecial(manager, async ? NAME(__aexit__) : NAME(__exit__));
  if (exit || errorSet()) return exit;
  return missing(manager, async, async ? " (missed __aexit__ method)" : " (missed __exit__ method)");
}

Value krt_with_exit_call(Value exit, Value exception) {
  if (!exception) return call(exit, {none(), none(), none()});
  Value traceback = tracebackOf(exception);
  return call(exit, {asValue(typeOf(exception)), exception, traceback ? traceback : none()});
}

} // extern "C"

} // namespace krait
