// The call of what `method.load` found, where that is not a Python function that takes exactly the arguments: a builtin
// type's descriptor gets receiver and arguments as they are; what is complete without a receiver is called as anything else.
#include "runtime/object/slow_calls.h"

namespace krait {

namespace {

template <class... A> inline Value callLookedUp(Value f, Value self, A... args) {
  if (!self) return callValue(f, args...);
  if (f.isPointer() && f.object()->layout == &methodDescriptorType.instanceLayout) [[likely]] {
    auto* descriptor = f.as<DescriptorObject>();
    // A class may have borrowed the method of a type that is no base of it.
    if (typeOf(self) == descriptor->owner || isSubtype(typeOf(self), descriptor->owner)) [[likely]] {
      const bool isLast = self.isPointer() && self.object()->refs == 1; // it dies with the call, before its arguments
      if (isLast) (incref(args), ...);
      Value result = callBuiltinHere(static_cast<const MethodDef*>(descriptor->def), f, self, args...);
      decref(self);
      if (isLast) (decref(args), ...);
      return result;
    }
  }
  return callValue(f, self, args...);
}

} // namespace

extern "C" {

Value krt_method_call0_slow(Value f, Owned self) { return callLookedUp(f, self); }
Value krt_method_call1_slow(Value f, Owned self, Owned a) { return callLookedUp(f, self, a); }
Value krt_method_call2_slow(Value f, Owned self, Owned a, Owned b) { return callLookedUp(f, self, a, b); }
Value krt_method_call3_slow(Value f, Owned self, Owned a, Owned b, Owned c) { return callLookedUp(f, self, a, b, c); }

} // extern "C"

} // namespace krait
