// From a method call on a builtin type to its slot.
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slot_functions.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace krait::slot_wrappers {

namespace {

/// Exactly `n` positional arguments, with the message that CPython's wrappers have.
bool take(const Args& args, size_t n) {
  if (args.count == n) return true;
  raise(TypeErrorType, "expected %zu argument%s, got %zu", n, n == 1 ? "" : "s", args.count);
  return false;
}
/// The same where CPython unpacks for a function without a name: its message begins with a blank.
bool unpack(const Args& args, size_t min, size_t max) {
  if (args.count >= min && args.count <= max) return true;
  const size_t wanted = args.count < min ? min : max;
  raise(TypeErrorType, " expected %s%zu argument%s, got %zu", min == max ? "" : args.count < min ? "at least " : "at most ",
        wanted, wanted == 1 ? "" : "s", args.count);
  return false;
}
template <class F> F* slotAs(void* slot) { return reinterpret_cast<F*>(slot); }
Value noneUnlessError(int32_t status) { return status < 0 ? Value() : none(); }

/// Index argument of a sequence slot, negative ones counted from the end.
bool sequenceIndex(Value self, Value argument, int64_t* out) {
  int64_t i = toIndex(argument, &OverflowErrorType);
  if (i == -1 && errorSet()) return false;
  if (i < 0) {
    auto* s = readyTypeOf(self)->sequence;
    if (s && s->length) {
      int64_t n = s->length(self);
      if (n < 0) return false;
      i += n;
    }
  }
  *out = i;
  return true;
}

/// A class may not use a base's __setattr__ to get around that of a more derived builtin class
/// (str.__setattr__ on a type, say).
bool mayUse(Value self, int32_t (*function)(Value, Value, Value), const char* what) {
  Type* t = typeOf(self);
  while (t && isHeapType(t)) t = t->base;
  if (t && t->setAttr != function && t->setAttr) {
    raise(TypeErrorType, "can't apply this %s to %s object", what, typeOf(self)->name);
    return false;
  }
  return true;
}

} // namespace

Value unary(Value self, const Args& args, void* slot, const SlotDef*) {
  return take(args, 0) ? slotAs<Value(Value)>(slot)(self) : Value();
}
Value binaryLeft(Value self, const Args& args, void* slot, const SlotDef*) {
  return take(args, 1) ? slotAs<Value(Value, Value)>(slot)(self, args[0]) : Value();
}
Value binaryRight(Value self, const Args& args, void* slot, const SlotDef*) {
  return take(args, 1) ? slotAs<Value(Value, Value)>(slot)(args[0], self) : Value();
}
Value ternaryLeft(Value self, const Args& args, void* slot, const SlotDef*) {
  if (!unpack(args, 1, 2)) return {};
  return slotAs<Value(Value, Value, Value)>(slot)(self, args[0], args.count > 1 ? args[1] : none());
}
Value ternaryRight(Value self, const Args& args, void* slot, const SlotDef*) {
  if (!unpack(args, 1, 2)) return {};
  return slotAs<Value(Value, Value, Value)>(slot)(args[0], self, args.count > 1 ? args[1] : none());
}
Value truthOf(Value self, const Args& args, void* slot, const SlotDef*) {
  if (!take(args, 0)) return {};
  int32_t r = slotAs<int32_t(Value)>(slot)(self);
  return r < 0 ? Value() : boolean(r);
}
Value lengthOf(Value self, const Args& args, void* slot, const SlotDef*) {
  if (!take(args, 0)) return {};
  int64_t n = slotAs<int64_t(Value)>(slot)(self);
  return n < 0 ? Value() : newInt(n);
}
Value hashed(Value self, const Args& args, void* slot, const SlotDef*) {
  if (!take(args, 0)) return {};
  int64_t h = slotAs<int64_t(Value)>(slot)(self);
  return h == -1 && errorSet() ? Value() : newInt(h);
}
Value called(Value self, const Args& args, void* slot, const SlotDef*) {
  return slotAs<Value(Value, const Args&)>(slot)(self, args);
}
Value nextItem(Value self, const Args& args, void* slot, const SlotDef*) {
  if (!take(args, 0)) return {};
  Value v = slotAs<Value(Value)>(slot)(self);
  if (!v && !errorSet()) raiseStopIteration(Value());
  return v;
}
Value setAttribute(Value self, const Args& args, void* slot, const SlotDef*) {
  if (!unpack(args, 2, 2)) return {};
  auto* f = slotAs<int32_t(Value, Value, Value)>(slot);
  if (!mayUse(self, f, "__setattr__")) return {};
  return noneUnlessError(f(self, args[0], args[1]));
}
Value delAttribute(Value self, const Args& args, void* slot, const SlotDef*) {
  if (!take(args, 1)) return {};
  auto* f = slotAs<int32_t(Value, Value, Value)>(slot);
  if (!mayUse(self, f, "__delattr__")) return {};
  return noneUnlessError(f(self, args[0], Value()));
}
Value descriptorGet(Value self, const Args& args, void* slot, const SlotDef*) {
  if (!unpack(args, 1, 2)) return {};
  Value o = isNone(args[0]) ? Value() : args[0];
  Value type = args.count < 2 || isNone(args[1]) ? Value() : args[1];
  if (!o && !type) return raise(TypeErrorType, "__get__(None, None) is invalid");
  return slotAs<Value(Value, Value, Value)>(slot)(self, o, type);
}
Value descriptorSet(Value self, const Args& args, void* slot, const SlotDef*) {
  return unpack(args, 2, 2) ? noneUnlessError(slotAs<int32_t(Value, Value, Value)>(slot)(self, args[0], args[1])) : Value();
}
Value descriptorDelete(Value self, const Args& args, void* slot, const SlotDef*) {
  return take(args, 1) ? noneUnlessError(slotAs<int32_t(Value, Value, Value)>(slot)(self, args[0], Value())) : Value();
}
Value initialize(Value self, const Args& args, void* slot, const SlotDef*) {
  return noneUnlessError(slotAs<int32_t(Value, const Args&)>(slot)(self, args));
}
Value deleted(Value self, const Args& args, void* slot, const SlotDef*) {
  if (!take(args, 0)) return {};
  slotAs<void(Object*)>(slot)(self.object());
  return none();
}
Value setSubscriptOf(Value self, const Args& args, void* slot, const SlotDef*) {
  return unpack(args, 2, 2) ? noneUnlessError(slotAs<int32_t(Value, Value, Value)>(slot)(self, args[0], args[1])) : Value();
}
Value delSubscriptOf(Value self, const Args& args, void* slot, const SlotDef*) {
  return take(args, 1) ? noneUnlessError(slotAs<int32_t(Value, Value, Value)>(slot)(self, args[0], Value())) : Value();
}
Value repeated(Value self, const Args& args, void* slot, const SlotDef*) {
  if (!unpack(args, 1, 1)) return {};
  int64_t n = toIndex(args[0], &OverflowErrorType);
  if (n == -1 && errorSet()) return {};
  return slotAs<Value(Value, int64_t)>(slot)(self, n);
}
Value itemAt(Value self, const Args& args, void* slot, const SlotDef*) {
  int64_t i;
  if (!take(args, 1) || !sequenceIndex(self, args[0], &i)) return {};
  return slotAs<Value(Value, int64_t)>(slot)(self, i);
}
Value setItemAt(Value self, const Args& args, void* slot, const SlotDef*) {
  int64_t i;
  if (!unpack(args, 2, 2) || !sequenceIndex(self, args[0], &i)) return {};
  return noneUnlessError(slotAs<int32_t(Value, int64_t, Value)>(slot)(self, i, args[1]));
}
Value delItemAt(Value self, const Args& args, void* slot, const SlotDef*) {
  int64_t i;
  if (!take(args, 1) || !sequenceIndex(self, args[0], &i)) return {};
  return noneUnlessError(slotAs<int32_t(Value, int64_t, Value)>(slot)(self, i, Value()));
}
Value containedIn(Value self, const Args& args, void* slot, const SlotDef*) {
  if (!take(args, 1)) return {};
  int32_t r = slotAs<int32_t(Value, Value)>(slot)(self, args[0]);
  return r < 0 ? Value() : boolean(r);
}
Value richCompareWith(Value self, const Args& args, void* slot, int op) {
  return take(args, 1) ? slotAs<Value(Value, Value, int)>(slot)(self, args[0], op) : Value();
}

} // namespace krait::slot_wrappers
