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

/// A special method for a call: a function of the class as it is, with the receiver in *self; else what it binds to.
Value lookupForCall(Value o, Value name, Slot self) {
  Value found = typeLookup(typeOf(o), name);
  *self = Value();
  if (!found) return {};
  if (!isFunction(found) && !(isExact(found, methodDescriptorType) && isInstanceOf(o, *found.as<DescriptorObject>()->owner)))
    return lookupSpecial(o, name);
  *self = newRef(o);
  return newRef(found);
}

} // namespace

extern "C" {

Value krt_with_enter_lookup(Value manager, int32_t async, Slot self) {
  Value enter = lookupForCall(manager, async ? NAME(__aenter__) : NAME(__enter__), self);
  return enter || errorSet() ? enter : missing(manager, async, "");
}

Value krt_with_exit_lookup(Value manager, int32_t async, Slot self) {
  Value exit = lookupForCall(manager, async ? NAME(__aexit__) : NAME(__exit__), self);
  // What has no receiver is told by None, which is no manager: a variable of the function holds it.
  if (exit && !*self) *self = newRef(none());
  if (exit || errorSet()) return exit;
  return missing(manager, async, async ? " (missed __aexit__ method)" : " (missed __exit__ method)");
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
