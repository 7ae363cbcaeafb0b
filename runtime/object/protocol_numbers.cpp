// Dispatch of the numeric operators: slots of both operands, the right one first
// when its class is a proper subclass that brings its own slot; then sequences.
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

template <class Fn> Fn slotOf(Value v, Fn NumberSlots::* slot) {
  const NumberSlots* n = readyTypeOf(v)->number;
  return n ? n->*slot : nullptr;
}

bool isNotImplemented(Value v) { return v.object() == &notImplementedObject; }

/// The operator without the final TypeError: NotImplemented when nobody answers.
Value tryBinary(Value a, Value b, BinaryFn NumberSlots::* slot) {
  const Type *t = readyTypeOf(a), *u = typeOf(b);
  const BinaryFn left = t->number ? t->number->*slot : nullptr;
  BinaryFn right = t == u ? nullptr : slotOf(b, slot);
  if (right == left) right = nullptr;
  if (left) {
    if (right && isSubtype(u, t)) {
      Value r = right(a, b);
      if (!r || !isNotImplemented(r)) return r;
      right = nullptr;
    }
    Value r = left(a, b);
    if (!r || !isNotImplemented(r)) return r;
  }
  if (right) return right(a, b);
  return newRef(notImplemented());
}

Value unsupported(Value a, Value b, const char* symbol) {
  if (symbol[0] == '>' && symbol[1] == '>' && symbol[2] == 0 && typeOf(a) == &builtinFunctionType) {
    Ref name(getAttrOptional(a, NAME(__name__)));
    if (name && isStr(name) && strEqual(name, "print"))
      return raise(TypeErrorType,
                   "unsupported operand type(s) for %.100s: '%.100T' and '%.100T'. Did you mean \"print(<message>, "
                   "file=<output_stream>)\"?",
                   symbol, a, b);
    errorClear();
  }
  return raise(TypeErrorType, "unsupported operand type(s) for %.100s: '%.100T' and '%.100T'", symbol, a, b);
}

Value repeat(Value sequence, Value count, bool inplace) {
  const SequenceSlots* s = readyTypeOf(sequence)->sequence;
  const NumberSlots* n = readyTypeOf(count)->number;
  if (!isInt(count) && !(n && n->index))
    return raise(TypeErrorType, "can't multiply sequence by non-int of type '%.200T'", count);
  int64_t times = toIndex(count, &OverflowErrorType);
  if (times == -1 && errorSet()) return Value();
  return inplace && s->inplaceRepeat ? s->inplaceRepeat(sequence, times) : s->repeat(sequence, times);
}

bool repeats(Value v) { return readyTypeOf(v)->sequence && readyTypeOf(v)->sequence->repeat; }

Value finish(Value result, Value a, Value b, const char* symbol) {
  if (!result || !isNotImplemented(result)) return result;
  return unsupported(a, b, symbol);
}

} // namespace

Value binary(Value a, Value b, BinaryFn NumberSlots::* slot, const char* symbol) {
  Value r = tryBinary(a, b, slot);
  if (!r || !isNotImplemented(r)) return r;
  if (slot == &NumberSlots::add) {
    const SequenceSlots* s = readyTypeOf(a)->sequence;
    if (s && s->concat) return s->concat(a, b);
  } else if (slot == &NumberSlots::mul) {
    if (repeats(a)) return repeat(a, b, false);
    if (repeats(b)) return repeat(b, a, false);
  }
  return unsupported(a, b, symbol);
}

Value binaryInplace(Value a, Value b, BinaryFn NumberSlots::* inplace, BinaryFn NumberSlots::* slot, const char* symbol) {
  if (BinaryFn f = slotOf(a, inplace)) {
    Value r = f(a, b);
    if (!r || !isNotImplemented(r)) return r;
  }
  const SequenceSlots* s = readyTypeOf(a)->sequence;
  // A class made in Python has the __iadd__ that it inherits as an operator of numbers, too: it comes before the right operand's __radd__.
  if (slot == &NumberSlots::add && s && s->inplaceConcat && hasTypeFlag(a, kTypeHeap) && !slotOf(a, inplace)) return s->inplaceConcat(a, b);
  Value r = tryBinary(a, b, slot);
  if (!r || !isNotImplemented(r)) return r;
  if (slot == &NumberSlots::add && s) {
    if (s->inplaceConcat) return s->inplaceConcat(a, b);
    if (s->concat) return s->concat(a, b);
  } else if (slot == &NumberSlots::mul) {
    if (repeats(a)) return repeat(a, b, true);
    // As in CPython, a left operand of a type with sequence slots, which all classes have, hides the right one's.
    if (!s && !hasTypeFlag(a, kTypeHeap) && repeats(b)) return repeat(b, a, false);
  }
  return unsupported(a, b, symbol);
}

Value add(Value a, Value b) { return binary(a, b, &NumberSlots::add, "+"); }
Value subtract(Value a, Value b) { return binary(a, b, &NumberSlots::sub, "-"); }
Value multiply(Value a, Value b) { return binary(a, b, &NumberSlots::mul, "*"); }
Value floorDivide(Value a, Value b) { return binary(a, b, &NumberSlots::floordiv, "//"); }
Value trueDivide(Value a, Value b) { return binary(a, b, &NumberSlots::truediv, "/"); }
Value remainder(Value a, Value b) { return binary(a, b, &NumberSlots::mod, "%"); }
Value divmod(Value a, Value b) { return binary(a, b, &NumberSlots::divmod, "divmod()"); }

namespace {

Value tryPower(Value a, Value b, Value mod) {
  TernaryFn left = slotOf(a, &NumberSlots::pow), right = slotOf(b, &NumberSlots::pow);
  if (typeOf(a) == typeOf(b) || right == left) right = nullptr;
  if (left) {
    if (right && isSubtype(typeOf(b), typeOf(a))) {
      Value r = right(a, b, mod);
      if (!r || !isNotImplemented(r)) return r;
      right = nullptr;
    }
    Value r = left(a, b, mod);
    if (!r || !isNotImplemented(r)) return r;
  }
  if (right) {
    Value r = right(a, b, mod);
    if (!r || !isNotImplemented(r)) return r;
  }
  TernaryFn third = slotOf(mod, &NumberSlots::pow);
  if (third && third != left && third != right) return third(a, b, mod);
  return newRef(notImplemented());
}

} // namespace

Value power(Value a, Value b, Value mod) {
  if (a.bits & b.bits & Value::kIntTag && isNone(mod)) return intPow(a, b, mod);
  Value r = tryPower(a, b, mod);
  if (!r || !isNotImplemented(r)) return r;
  if (isNone(mod)) return unsupported(a, b, "** or pow()");
  return raise(TypeErrorType, "unsupported operand type(s) for ** or pow(): '%.100T', '%.100T', '%.100T'", a, b, mod);
}

Value powerInplace(Value a, Value b) {
  if (TernaryFn f = slotOf(a, &NumberSlots::ipow)) {
    Value r = f(a, b, none());
    if (!r || !isNotImplemented(r)) return r;
  }
  return finish(tryPower(a, b, none()), a, b, "**=");
}

namespace {
Value unary(Value v, UnaryFn NumberSlots::* slot, const char* symbol) {
  if (UnaryFn f = slotOf(v, slot)) return f(v);
  return raise(TypeErrorType, "bad operand type for %s: '%.200T'", symbol, v);
}
} // namespace

Value negative(Value v) { return unary(v, &NumberSlots::neg, "unary -"); }
Value positive(Value v) { return unary(v, &NumberSlots::pos, "unary +"); }
Value invert(Value v) { return unary(v, &NumberSlots::invert, "unary ~"); }
Value absolute(Value v) { return unary(v, &NumberSlots::abs, "abs()"); }

// ---- conversions -------------------------------------------------------------------------------

[[gnu::noinline]] static Value indexSlow(Value v) {
  if (isExact(v, boolType)) return Value::ofSmallInt(v == boolean(true));
  if (isInt(v)) return intAdd(v, Value::ofSmallInt(0));
  UnaryFn f = slotOf(v, &NumberSlots::index);
  if (!f) return raise(TypeErrorType, "'%.200T' object cannot be interpreted as an integer", v);
  Ref r(f(v));
  if (!r || isExactInt(r)) return r.release();
  if (!isInt(r)) return raise(TypeErrorType, "__index__ returned non-int (type %.200T)", r.get());
  if (warn(DeprecationWarningType, 1,
           "__index__ returned non-int (type %.200T).  The ability to return an instance of a strict subclass of int is "
           "deprecated, and may be removed in a future version of Python.",
           r.get()) < 0)
    return Value();
  return intAdd(r, Value::ofSmallInt(0));
}
Value index(Value v) { return isExactInt(v) ? newRef(v) : indexSlow(v); }

int64_t toIndex(Value v, const Type* overflowType) {
  if (v.isSmallInt()) return v.smallInt();
  Ref i(index(v));
  if (!i) return -1;
  int overflow;
  int64_t r = intToInt64(i, &overflow);
  if (!overflow || !overflowType) return r;
  raise(*overflowType, "cannot fit '%.200T' into an index-sized integer", v);
  return -1;
}

int64_t toInt64(Value v) {
  if (v.isSmallInt()) return v.smallInt();
  Ref i(index(v));
  if (!i) return -1;
  int overflow;
  int64_t r = intToInt64(i, &overflow);
  if (!overflow) return r;
  raise(OverflowErrorType, "Python int too large to convert to C long");
  return -1;
}

double toDouble(Value v) {
  if (isFloat(v)) return floatValue(v);
  if (isExactInt(v)) return intToDouble(v);
  UnaryFn f = slotOf(v, &NumberSlots::toFloat);
  if (!f) {
    if (slotOf(v, &NumberSlots::index)) {
      Ref i(index(v));
      return i ? intToDouble(i) : -1.0;
    }
    raise(TypeErrorType, "must be real number, not %.50T", v);
    return -1.0;
  }
  return toDoubleBySlot(v, f);
}

double toDoubleBySlot(Value v, UnaryFn f) {
  Ref r(f(v));
  if (!r) return -1.0;
  if (!isFloat(r)) {
    raise(TypeErrorType, "%.50T.__float__ returned non-float (type %.50T)", v, r.get());
    return -1.0;
  }
  if (!isExactFloat(r) &&
      warn(DeprecationWarningType, 1,
           "%.50T.__float__ returned non-float (type %.50T).  The ability to return an instance of a strict subclass of "
           "float is deprecated, and may be removed in a future version of Python.",
           v, r.get()) < 0)
    return -1.0;
  return floatValue(r);
}

} // namespace krait
