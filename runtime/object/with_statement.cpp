// The lookups of `with` and `async with`.
#include "runtime/exceptions/exception.h"
#include "runtime/object/direct_calls.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/builtin_events.h"
#include "runtime/threads/tracing.h"

namespace krait {

namespace {

Value missing(Value manager, bool async, const char* detail) {
  return raise(TypeErrorType, "'%.200s' object does not support the %scontext manager protocol%s", typeOf(manager)->name,
               async ? "asynchronous " : "", detail);
}

/// What the class has and is no function, as it is called: with the receiver in *self, or bound.
[[gnu::noinline]] Value lookupOther(Value o, Value found, Value name, Slot self) {
  *self = Value();
  if (!found) return {};
  if (!(isExact(found, methodDescriptorType) && isInstanceOf(o, *found.as<DescriptorObject>()->owner))) return lookupSpecial(o, name);
  *self = newRef(o);
  return newRef(found);
}

/// A special method for a call: a function of the class as it is, with the receiver in *self; else what it binds to.
inline Value lookupForCall(Value o, Value name, Slot self) {
  const Value found = typeLookup(typeOf(o), name);
  if (!found || !isFunction(found)) [[unlikely]] return lookupOther(o, found, name, self);
  *self = newRef(o);
  return newRef(found);
}

[[gnu::noinline]] Value noEnter(Value manager, int32_t async) { return errorSet() ? Value() : missing(manager, async, ""); }
[[gnu::noinline]] Value noExit(Value manager, int32_t async) {
  return errorSet() ? Value() : missing(manager, async, async ? " (missed __aexit__ method)" : " (missed __exit__ method)");
}

} // namespace

extern "C" {

Value krt_with_enter_lookup(Value manager, int32_t async, Slot self) {
  Value enter = lookupForCall(manager, async ? NAME(__aenter__) : NAME(__enter__), self);
  if (eventsActive) [[unlikely]] expectSilentCall(enter);
  return enter ? enter : noEnter(manager, async);
}

Value krt_with_exit_lookup(Value manager, int32_t async, Slot self) {
  Value exit = lookupForCall(manager, async ? NAME(__aexit__) : NAME(__exit__), self);
  // What has no receiver is told by None, which is no manager: a variable of the function holds it.
  if (exit && !*self) *self = newRef(none());
  return exit ? exit : noExit(manager, async);
}

Value krt_with_exit_call(Value exit, Value self, Value exception) {
  Value traceback = exception ? tracebackOf(exception) : Value();
  Value kind = exception ? asValue(typeOf(exception)) : none(), value = exception ? exception : none();
  if (!traceback) traceback = none();
  if (isNone(self)) return call(exit, {kind, value, traceback});
  return krt_method_call3(exit, newRef(self), newRef(kind), newRef(value), newRef(traceback));
}

} // extern "C"

} // namespace krait
