// The lookups of `with` and `async with`.
#include "runtime/exceptions/exception.h"
#include "runtime/object/direct_calls.h"
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
  Value traceback = exception ? tracebackOf(exception) : Value();
  Value kind = exception ? asValue(typeOf(exception)) : none(), value = exception ? exception : none();
  if (!traceback) traceback = none();
  if (isExact(exit, methodType)) {
    Value function = exit.as<MethodObject>()->function;
    if (isFunction(function) && function.as<FunctionObject>()->arity == 4)
      return enterMethod(function.as<FunctionObject>(), exit.as<MethodObject>()->self, newRef(kind), newRef(value), newRef(traceback));
  }
  return call(exit, {kind, value, traceback});
}

} // extern "C"

} // namespace krait
