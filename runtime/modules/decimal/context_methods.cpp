// Context's methods: Decimal's operations, with the context as self and operands
// that may be ints.
#include "runtime/modules/decimal/context_methods.h"
#include "runtime/modules/decimal/decimal_objects.h"

namespace krait::decimal {

static bool operandOf(Value v, Value context, Ref* out) { return operand(v, asContext(context), true, out); }

template <UnaryOperation* Operation> static Value unary(Value self, Value v) {
  Ref a;
  return operandOf(v, self, &a) ? applyUnary<Operation>(a, asContext(self)) : Value();
}
template <BinaryOperation* Operation> static Value binary(Value self, const Value* argv) {
  Ref a, b;
  return operandOf(argv[0], self, &a) && operandOf(argv[1], self, &b) ? applyBinary<Operation>(a, b, asContext(self)) : Value();
}
static Value divmodMethod(Value self, const Value* argv) {
  Ref a, b;
  return operandOf(argv[0], self, &a) && operandOf(argv[1], self, &b) ? divmodOf(a, b, asContext(self)) : Value();
}
static Value powerMethod(Value self, const Value* argv) {
  Ref a, b, m;
  if (!operandOf(argv[0], self, &a) || !operandOf(argv[1], self, &b)) return Value();
  if (argv[2] && !isNone(argv[2]) && !operandOf(argv[2], self, &m)) return Value();
  return powerOf(a, b, m ? m.get() : none(), asContext(self));
}
static Value fmaMethod(Value self, const Value* argv) {
  Ref a, b, c;
  if (!operandOf(argv[0], self, &a) || !operandOf(argv[1], self, &b) || !operandOf(argv[2], self, &c)) return Value();
  Ref r(newDecimal());
  if (!r) return Value();
  uint32_t status = 0;
  fusedMultiplyAdd(asDecimal(r)->n, numberOf(a), numberOf(b), numberOf(c), asContext(self)->settings, status);
  return raiseConditions(asContext(self), status) < 0 ? Value() : r.release();
}
template <bool Magnitude> static Value compareTotalMethod(Value self, const Value* argv) {
  Ref a, b;
  return operandOf(argv[0], self, &a) && operandOf(argv[1], self, &b) ? compareTotalOf(a, b, Magnitude) : Value();
}
static Value sameQuantumMethod(Value self, const Value* argv) {
  Ref a, b;
  return operandOf(argv[0], self, &a) && operandOf(argv[1], self, &b) ? boolean(sameQuantum(numberOf(a), numberOf(b))) : Value();
}
static Value copySignMethod(Value self, const Value* argv) {
  Ref a, b;
  return operandOf(argv[0], self, &a) && operandOf(argv[1], self, &b) ? copyOf(a, numberOf(b).negative) : Value();
}

template <bool (*Test)(const Number&, const Settings&)> static Value predicate(Value self, Value v) {
  Ref a;
  return operandOf(v, self, &a) ? boolean(Test(numberOf(a), asContext(self)->settings)) : Value();
}
static bool isFiniteTest(const Number& n, const Settings&) { return n.isFinite(); }
static bool isInfiniteTest(const Number& n, const Settings&) { return n.kind == kInfinity; }
static bool isNanTest(const Number& n, const Settings&) { return n.isNan(); }
static bool isQnanTest(const Number& n, const Settings&) { return n.kind == kQuietNan; }
static bool isSnanTest(const Number& n, const Settings&) { return n.kind == kSignalingNan; }
static bool isSignedTest(const Number& n, const Settings&) { return n.negative; }
static bool isZeroTest(const Number& n, const Settings&) { return n.isZero(); }

static Value isCanonical(Value, Value v) {
  return isDecimal(v) ? boolean(true) : raise(TypeErrorType, "argument must be a Decimal");
}
static Value canonical(Value, Value v) { return isDecimal(v) ? newRef(v) : raise(TypeErrorType, "argument must be a Decimal"); }
template <int Sign> static Value copyMethod(Value self, Value v) {
  Ref a;
  if (!operandOf(v, self, &a)) return Value();
  return Sign == 0 ? a.release() : copyOf(a, Sign < 0 && !numberOf(a).negative);
}
static Value numberClassMethod(Value self, Value v) {
  Ref a;
  return operandOf(v, self, &a) ? newStr(numberClass(numberOf(a), asContext(self)->settings)) : Value();
}
template <bool Engineering> static Value textMethod(Value self, Value v) {
  Ref a;
  return operandOf(v, self, &a) ? decimalText(a, Engineering, asContext(self)->capitals) : Value();
}
static Value radix(Value) {
  Ref ten(newInt(10));
  return decimalExact(&decimalType, ten, nullptr);
}
static Value createDecimal(Value self, const Value* argv) {
  Ref zero(argv[0] ? Value() : newInt(0));
  return decimalInContext(argv[0] ? argv[0] : zero.get(), asContext(self));
}
static Value createFromFloat(Value self, Value v) {
  if (!isFloat(v) && !isInt(v)) return raise(TypeErrorType, "argument must be int or float");
  Ref exact(isInt(v) ? decimalFromInt(&decimalType, v, nullptr) : decimalFromFloat(&decimalType, v, nullptr));
  if (!exact) return Value();
  uint32_t status = 0;
  finalize(asDecimal(exact)->n, asContext(self)->settings, status);
  return raiseConditions(asContext(self), status) < 0 ? Value() : exact.release();
}

static Value applyMethod(Value self, Value v) {
  Ref a;
  return operandOf(v, self, &a) ? decimalInContext(a, asContext(self)) : Value();
}

constinit const MethodDef contextMethods[] = {
    {"abs", unary<absolute>, "($self, x, /)"},
    {"exp", unary<exponential>, "($self, x, /)"},
    {"ln", unary<naturalLogarithm>, "($self, x, /)"},
    {"log10", unary<logarithm10>, "($self, x, /)"},
    {"minus", unary<minus>, "($self, x, /)"},
    {"next_minus", unary<nextMinus>, "($self, x, /)"},
    {"next_plus", unary<nextPlus>, "($self, x, /)"},
    {"normalize", unary<reduce>, "($self, x, /)"},
    {"plus", unary<plus>, "($self, x, /)"},
    {"to_integral", unary<toIntegralValue>, "($self, x, /)"},
    {"to_integral_exact", unary<toIntegralExact>, "($self, x, /)"},
    {"to_integral_value", unary<toIntegralValue>, "($self, x, /)"},
    {"sqrt", unary<squareRoot>, "($self, x, /)"},
    {"logb", unary<logB>, "($self, x, /)"},
    {"logical_invert", unary<invertDigits>, "($self, x, /)"},
    {"add", binary<decimal::add>, "($self, x, y, /)", kMethodNameless},
    {"compare", binary<decimal::compare>, "($self, x, y, /)", kMethodNameless},
    {"compare_signal", binary<compareSignal>, "($self, x, y, /)", kMethodNameless},
    {"divide", binary<divide>, "($self, x, y, /)", kMethodNameless},
    {"divide_int", binary<divideInteger>, "($self, x, y, /)", kMethodNameless},
    {"divmod", divmodMethod, "($self, x, y, /)", kMethodNameless},
    {"max", binary<maximum>, "($self, x, y, /)", kMethodNameless},
    {"max_mag", binary<maximumMagnitude>, "($self, x, y, /)", kMethodNameless},
    {"min", binary<minimum>, "($self, x, y, /)", kMethodNameless},
    {"min_mag", binary<minimumMagnitude>, "($self, x, y, /)", kMethodNameless},
    {"multiply", binary<decimal::multiply>, "($self, x, y, /)", kMethodNameless},
    {"next_toward", binary<nextToward>, "($self, x, y, /)", kMethodNameless},
    {"quantize", binary<quantize>, "($self, x, y, /)", kMethodNameless},
    {"remainder", binary<decimal::remainder>, "($self, x, y, /)", kMethodNameless},
    {"remainder_near", binary<remainderNear>, "($self, x, y, /)", kMethodNameless},
    {"subtract", binary<decimal::subtract>, "($self, x, y, /)", kMethodNameless},
    {"logical_and", binary<andDigits>, "($self, x, y, /)", kMethodNameless},
    {"logical_or", binary<orDigits>, "($self, x, y, /)", kMethodNameless},
    {"logical_xor", binary<xorDigits>, "($self, x, y, /)", kMethodNameless},
    {"rotate", binary<rotate>, "($self, x, y, /)", kMethodNameless},
    {"scaleb", binary<scaleB>, "($self, x, y, /)", kMethodNameless},
    {"shift", binary<shift>, "($self, x, y, /)", kMethodNameless},
    {"power", powerMethod, "($self, /, a, b, modulo=None)", kMethodNameless},
    {"fma", fmaMethod, "($self, x, y, z, /)", kMethodNameless},
    {"compare_total", compareTotalMethod<false>, "($self, x, y, /)", kMethodNameless},
    {"compare_total_mag", compareTotalMethod<true>, "($self, x, y, /)", kMethodNameless},
    {"same_quantum", sameQuantumMethod, "($self, x, y, /)", kMethodNameless},
    {"copy_sign", copySignMethod, "($self, x, y, /)", kMethodNameless},
    {"is_canonical", isCanonical, "($self, x, /)"},
    {"canonical", canonical, "($self, x, /)"},
    {"is_finite", predicate<isFiniteTest>, "($self, x, /)"},
    {"is_infinite", predicate<isInfiniteTest>, "($self, x, /)"},
    {"is_nan", predicate<isNanTest>, "($self, x, /)"},
    {"is_normal", predicate<isNormal>, "($self, x, /)"},
    {"is_qnan", predicate<isQnanTest>, "($self, x, /)"},
    {"is_snan", predicate<isSnanTest>, "($self, x, /)"},
    {"is_signed", predicate<isSignedTest>, "($self, x, /)"},
    {"is_subnormal", predicate<isSubnormal>, "($self, x, /)"},
    {"is_zero", predicate<isZeroTest>, "($self, x, /)"},
    {"copy_abs", copyMethod<1>, "($self, x, /)"},
    {"copy_decimal", copyMethod<0>, "($self, x, /)"},
    {"copy_negate", copyMethod<-1>, "($self, x, /)"},
    {"number_class", numberClassMethod, "($self, x, /)"},
    {"to_sci_string", textMethod<false>, "($self, x, /)"},
    {"to_eng_string", textMethod<true>, "($self, x, /)"},
    {"radix", radix, "($self, /)"},
    {"Etiny", etinyMethod, "($self, /)"},
    {"Etop", etopMethod, "($self, /)"},
    {"clear_flags", clearFlags, "($self, /)"},
    {"clear_traps", clearTraps, "($self, /)"},
    {"create_decimal", createDecimal, "($self, num=\"0\", /)", kMethodNameless},
    {"create_decimal_from_float", createFromFloat, "($self, f, /)"},
    {"_apply", applyMethod, "($self, x, /)", kMethodUnsigned},
    {"copy", contextCopy, "($self, /)"},
    {"__copy__", contextCopy, "($self, /)", kMethodUnsigned},
    {"__reduce__", contextReduce, "($self, /)", kMethodUnsigned},
    {},
};

} // namespace krait::decimal
