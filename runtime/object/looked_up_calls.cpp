// The call of what `method.load` found, where that is not a Python function that takes exactly the arguments: a builtin
// type's descriptor gets receiver and arguments as they are; what is complete without a receiver is called as anything else.
#include "runtime/object/direct_calls.h"

namespace krait {

namespace {

Value callComplete(Value f) { return krt_call0(f); }
Value callComplete(Value f, Value a) { return krt_call1(f, a); }
Value callComplete(Value f, Value a, Value b) { return krt_call2(f, a, b); }
Value callComplete(Value f, Value a, Value b, Value c) { return krt_call3(f, a, b, c); }
Value callComplete(Value f, Value a, Value b, Value c, Value d) { return krt_call4(f, a, b, c, d); }

template <class... A> inline Value callLookedUp(Value f, Value self, A... args) {
  if (!self) return callComplete(f, args...);
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
  return callComplete(f, self, args...);
}

} // namespace

extern "C" {

Value krt_method_call0_slow(Value f, Owned self) { return callLookedUp(f, self); }
Value krt_method_call1_slow(Value f, Owned self, Owned a) { return callLookedUp(f, self, a); }
Value krt_method_call2_slow(Value f, Owned self, Owned a, Owned b) { return callLookedUp(f, self, a, b); }
Value krt_method_call3_slow(Value f, Owned self, Owned a, Owned b, Owned c) { return callLookedUp(f, self, a, b, c); }

} // extern "C"

} // namespace krait
