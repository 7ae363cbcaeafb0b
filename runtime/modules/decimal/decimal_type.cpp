// The Decimal type: slots and methods.
#include <cmath>
#include <cstdlib>
#include <cstring>
#include "runtime/modules/decimal/decimal_objects.h"
#include "runtime/object/call.h"
#include "runtime/object/ordering.h"
#include "runtime/types/arguments.h"
#include "runtime/types/int_view.h"

namespace krait::decimal {

static void dealloc(Object* o) {
  reinterpret_cast<DecimalObject*>(o)->n.~Number();
  releaseObjectOf<0>(decimalType, o);
}

// ---- shared operations ----

Value copyOf(Value a, bool negative) {
  Value r = newDecimal();
  if (!r) return r;
  asDecimal(r)->n.set(numberOf(a));
  asDecimal(r)->n.negative = negative;
  return r;
}
Value powerOf(Value a, Value b, Value modulus, ContextObject* c) {
  if (isNone(modulus)) return applyBinary<power>(a, b, c);
  Ref r(newDecimal());
  if (!r) return Value();
  uint32_t status = 0;
  powerModulo(asDecimal(r)->n, numberOf(a), numberOf(b), numberOf(modulus), c->settings, status);
  return raiseConditions(c, status) < 0 ? Value() : r.release();
}
Value divmodOf(Value a, Value b, ContextObject* c) {
  Ref q(newDecimal()), r(newDecimal());
  if (!q || !r) return Value();
  uint32_t status = 0;
  divideBoth(asDecimal(q)->n, asDecimal(r)->n, numberOf(a), numberOf(b), c->settings, status);
  return raiseConditions(c, status) < 0 ? Value() : newTuple({q, r});
}
bool isNormal(const Number& n, const Settings& s) { return n.isFinite() && !n.isZeroCoefficient() && n.adjusted() >= s.emin; }
bool isSubnormal(const Number& n, const Settings& s) { return n.isFinite() && !n.isZeroCoefficient() && n.adjusted() < s.emin; }
const char* numberClass(const Number& n, const Settings& s) {
  if (n.kind == kQuietNan) return "NaN";
  if (n.kind == kSignalingNan) return "sNaN";
  if (n.kind == kInfinity) return n.negative ? "-Infinity" : "+Infinity";
  if (n.isZeroCoefficient()) return n.negative ? "-Zero" : "+Zero";
  if (isSubnormal(n, s)) return n.negative ? "-Subnormal" : "+Subnormal";
  return n.negative ? "-Normal" : "+Normal";
}
Value compareTotalOf(Value a, Value b, bool magnitude) {
  Value r = newDecimal();
  if (!r) return r;
  int order;
  if (magnitude) {
    Number x, y;
    x.set(numberOf(a));
    y.set(numberOf(b));
    x.negative = y.negative = false;
    order = compareTotal(x, y);
  } else {
    order = compareTotal(numberOf(a), numberOf(b));
  }
  asDecimal(r)->n.setSmall(order != 0, 0, order < 0);
  return r;
}
bool sameQuantum(const Number& a, const Number& b) {
  if (a.isNan() || b.isNan()) return a.isNan() && b.isNan();
  if (a.kind == kInfinity || b.kind == kInfinity) return a.kind == b.kind;
  return a.exp == b.exp;
}

// ---- number slots ----

/// Both operands, or what to return instead in *other.
static bool operands(Value a, Value b, Ref& context, Ref& x, Ref& y, Value* other) {
  *other = Value();
  context = currentContext();
  if (!context) return false;
  if (!operand(a, asContext(context), false, &x)) return *other = x.release(), false;
  if (!operand(b, asContext(context), false, &y)) return *other = y.release(), false;
  return true;
}
/// A small int as a number on the stack.
struct Integer : Number {
  explicit Integer(Value v) {
    const int64_t n = v.smallInt();
    setSmall(n < 0 ? -static_cast<uint64_t>(n) : static_cast<uint64_t>(n), 0, n < 0);
  }
};
template <BinaryOperation* Operation> [[gnu::noinline]] static Value binaryBeyond(Value a, Value b) {
  if (ContextObject* c = rememberedContext()) {
    if (typeOf(a) == &decimalType) {
      if (typeOf(b) == &decimalType) return applyBinary<Operation>(a, b, c);
      if (b.isSmallInt()) return applyToNumbers<Operation>(numberOf(a), Integer(b), c);
    } else if (a.isSmallInt() && typeOf(b) == &decimalType) {
      return applyToNumbers<Operation>(Integer(a), numberOf(b), c);
    }
  }
  Ref context, x, y;
  Value other;
  return operands(a, b, context, x, y, &other) ? applyBinary<Operation>(x, y, asContext(context)) : other;
}
/// A small int or a Decimal whose coefficient is a word.
static bool isWord(Value v, small::Word* out) {
  if (v.isPointer()) return typeOfObject(v.object()) == &decimalType && small::isWord(numberOf(v), out);
  if (!v.isSmallInt()) return false;
  const int64_t n = v.smallInt();
  *out = {n < 0 ? -static_cast<uint64_t>(n) : static_cast<uint64_t>(n), 0, n < 0};
  return true;
}
template <BinaryOperation* Operation> static Value binarySlot(Value a, Value b) {
  if (const ContextObject* c = rememberedContext()) [[likely]]
    if (small::Word x, y, r; isWord(a, &x) && isWord(b, &y) && small::atOnce<Operation>(x, y, c->settings, &r)) {
      Value v = newDecimal();
      if (v) asDecimal(v)->n.setFinite(r.c, 0, r.exp, r.negative);
      return v;
    }
  return binaryBeyond<Operation>(a, b);
}
static Value divmodSlot(Value a, Value b) {
  Ref context, x, y;
  Value other;
  return operands(a, b, context, x, y, &other) ? divmodOf(x, y, asContext(context)) : other;
}
static Value powerSlot(Value a, Value b, Value m) {
  Ref context, x, y, z;
  Value other;
  if (!operands(a, b, context, x, y, &other)) return other;
  if (!isNone(m) && !operand(m, asContext(context), false, &z)) return z.release();
  return powerOf(x, y, z ? z.get() : none(), asContext(context));
}
template <UnaryOperation* Operation> static Value unarySlot(Value v) {
  if (ContextObject* c = rememberedContext()) return applyUnary<Operation>(v, c);
  Ref context = currentContext();
  return context ? applyUnary<Operation>(v, asContext(context)) : Value();
}
static int32_t truth(Value v) { return !numberOf(v).isZero(); }
static Value toIntSlot(Value v) { return intOf(numberOf(v), kDown); }
static Value toFloatSlot(Value v) {
  const Number& n = numberOf(v);
  if (n.isNan()) {
    if (n.kind == kSignalingNan) return raise(ValueErrorType, "cannot convert signaling NaN to float");
    return newFloat(std::copysign(NAN, n.negative ? -1.0 : 1.0));
  }
  Ref text(decimalText(v, false, true));
  return text ? floatFromText(text) : Value();
}

// ---- comparison ----

/// `w` as a Decimal to compare `v` with; *v is replaced where the other has a denominator. False: see *other.
static bool comparable(Ref& v, Value w, int op, ContextObject* c, Ref* out, Value* other) {
  *other = Value();
  if (operand(w, c, false, out)) return true;
  if (!*out) return false;
  *out = Ref();
  const bool equality = op == kEq || op == kNe;
  if (hasTypeFlag(w, kTypeComplex) && equality) {
    if (w.as<ComplexObject>()->imag != 0.0) return *other = notImplemented(), false;
    Ref real(newFloat(w.as<ComplexObject>()->real));
    c->status |= kFloatOperation;
    out->reset(decimalFromFloat(&decimalType, real, c));
    return static_cast<bool>(*out);
  }
  if (isFloat(w)) {
    if (equality) c->status |= kFloatOperation;
    else if (raiseConditions(c, kFloatOperation) < 0) return false;
    out->reset(decimalFromFloat(&decimalType, w, c));
    return static_cast<bool>(*out);
  }
  const int32_t rational = isInstance(w, state.rational);
  if (rational < 0) return false;
  if (!rational) return *other = notImplemented(), false;
  Ref numerator(getAttr(w, NAME(numerator))), denominator(numerator ? getAttr(w, NAME(denominator)) : Value());
  if (!denominator) return false;
  if (!isInt(numerator) || !isInt(denominator)) return raise(TypeErrorType, "numerator and denominator must be ints"), false;
  Ref top(decimalFromInt(&decimalType, numerator, c)), bottom(decimalFromInt(&decimalType, denominator, c));
  if (!top || !bottom) return false;
  if (numberOf(v).isFinite()) {
    Ref product(newDecimal());
    if (!product) return false;
    uint32_t status = 0;
    multiply(asDecimal(product)->n, numberOf(v), numberOf(bottom), kExact, status);
    v = std::move(product);
  }
  *out = std::move(top);
  return true;
}

static Value compareSlot(Value a, Value b, int op) {
  if (typeOf(b) == &decimalType) { // mostly of the same scale, where the coefficients tell
    const Number &m = numberOf(a), &n = numberOf(b);
    if (m.exp == n.exp && !m.kind && !n.kind && !m.negative && !n.negative && m.c.count() <= 1 && n.c.count() <= 1) {
      const Limb x = m.c.limb(0), y = n.c.limb(0);
      return answerByOrder(x < y ? -1 : x > y, op);
    }
  } else if (b.isSmallInt() && numberOf(a).isFinite()) {
    return answerByOrder(compareNumbers(numberOf(a), Integer(b)), op);
  }
  if (isDecimal(b) && numberOf(a).isFinite() && numberOf(b).isFinite()) return answerByOrder(compareNumbers(numberOf(a), numberOf(b)), op);
  Ref context = currentContext();
  if (!context) return Value();
  Ref x = Ref::share(a), y;
  Value other;
  if (!comparable(x, b, op, asContext(context), &y, &other)) return other;
  const Number &m = numberOf(x), &n = numberOf(y);
  if (m.isNan() || n.isNan()) {
    const bool signals = m.kind == kSignalingNan || n.kind == kSignalingNan || (op != kEq && op != kNe);
    if (signals && raiseConditions(asContext(context), kInvalidOperation) < 0) return Value();
    return boolean(op == kNe);
  }
  return answerByOrder(compareNumbers(m, n), op);
}

static uint64_t powerModuloPrime(uint64_t base, uint64_t e) {
  constexpr uint64_t p = (uint64_t{1} << 61) - 1;
  uint64_t r = 1;
  for (; e; e >>= 1) {
    if (e & 1) r = static_cast<uint64_t>(static_cast<unsigned __int128>(r) * base % p);
    base = static_cast<uint64_t>(static_cast<unsigned __int128>(base) * base % p);
  }
  return r;
}
static int64_t hashSlot(Value v) {
  DecimalObject* d = asDecimal(v);
  if (d->hash != -1) return d->hash;
  const Number& n = d->n;
  if (n.kind == kSignalingNan) return fail(TypeErrorType, "Cannot hash a signaling NaN value");
  if (n.kind == kQuietNan) {
    // By identity, as a float's.
    const auto address = reinterpret_cast<uintptr_t>(v.object());
    return d->hash = static_cast<int64_t>(address >> 4 | address << 60) == -1 ? -2 : static_cast<int64_t>(address >> 4 | address << 60);
  }
  if (n.kind == kInfinity) return d->hash = n.negative ? -314159 : 314159;
  constexpr uint64_t p = (uint64_t{1} << 61) - 1;
  // 10**-1 modulo p stands for negative exponents.
  const uint64_t base = n.exp >= 0 ? 10 : powerModuloPrime(10, p - 2);
  const uint64_t scale = powerModuloPrime(base, static_cast<uint64_t>(n.exp >= 0 ? n.exp : -n.exp));
  const uint64_t digits = moduloLimb(n.c, p);
  auto h = static_cast<int64_t>(static_cast<unsigned __int128>(scale) * digits % p);
  if (n.negative) h = -h;
  return d->hash = h == -1 ? -2 : h;
}

// ---- text ----

static Value strSlot(Value v) {
  if (const ContextObject* c = rememberedContext()) return decimalText(v, false, c->capitals);
  Ref context = currentContext();
  return context ? decimalText(v, false, asContext(context)->capitals) : Value();
}
static Value reprSlot(Value v) {
  Ref text(strSlot(v));
  return text ? formatText("Decimal('%U')", text.get()) : Value();
}
static Value formatMethod(Value self, const Value* argv) { return formatDecimal(self, argv[0], argv[1]); }

// ---- methods with a context argument ----

template <UnaryOperation* Operation> static Value unary(Value self, const Value* argv) {
  Ref context = contextArgument(argv[0]);
  return context ? applyUnary<Operation>(self, asContext(context)) : Value();
}
template <BinaryOperation* Operation> static Value binary(Value self, const Value* argv) {
  Ref context = contextArgument(argv[1]), other;
  return context && operand(argv[0], asContext(context), true, &other) ? applyBinary<Operation>(self, other, asContext(context)) : Value();
}
static Value fmaMethod(Value self, const Value* argv) {
  Ref context = contextArgument(argv[2]), b, c;
  if (!context || !operand(argv[0], asContext(context), true, &b) || !operand(argv[1], asContext(context), true, &c)) return Value();
  Ref r(newDecimal());
  if (!r) return Value();
  uint32_t status = 0;
  fusedMultiplyAdd(asDecimal(r)->n, numberOf(self), numberOf(b), numberOf(c), asContext(context)->settings, status);
  return raiseConditions(asContext(context), status) < 0 ? Value() : r.release();
}
/// An operation with a rounding of its own.
template <class Operation> static Value rounded(Value rounding, Value context, Operation operation) {
  Ref held = contextArgument(context);
  if (!held) return Value();
  Settings s = asContext(held)->settings;
  if (rounding && !isNone(rounding) && !roundingArgument(rounding, &s.rounding)) return Value();
  Ref r(newDecimal());
  if (!r) return Value();
  uint32_t status = 0;
  if (!operation(asDecimal(r)->n, s, status, asContext(held))) return Value();
  return raiseConditions(asContext(held), status) < 0 ? Value() : r.release();
}
static Value quantizeMethod(Value self, const Value* argv) {
  return rounded(argv[1], argv[2], [&](Number& r, const Settings& s, uint32_t& status, ContextObject* c) {
    Ref exponent;
    if (!operand(argv[0], c, true, &exponent)) return false;
    if (!small::quantize(r, numberOf(self), numberOf(exponent), s, status)) quantize(r, numberOf(self), numberOf(exponent), s, status);
    return true;
  });
}
template <UnaryOperation* Operation> static Value toIntegralMethod(Value self, const Value* argv) {
  return rounded(argv[0], argv[1], [&](Number& r, const Settings& s, uint32_t& status, ContextObject*) {
    Operation(r, numberOf(self), s, status);
    return true;
  });
}
template <bool Magnitude> static Value compareTotalMethod(Value self, const Value* argv) {
  Ref context = contextArgument(argv[1]), other;
  return context && operand(argv[0], asContext(context), true, &other) ? compareTotalOf(self, other, Magnitude) : Value();
}
static Value sameQuantumMethod(Value self, const Value* argv) {
  Ref context = contextArgument(argv[1]), other;
  return context && operand(argv[0], asContext(context), true, &other) ? boolean(sameQuantum(numberOf(self), numberOf(other))) : Value();
}
static Value copySignMethod(Value self, const Value* argv) {
  Ref context = contextArgument(argv[1]), other;
  return context && operand(argv[0], asContext(context), true, &other) ? copyOf(self, numberOf(other).negative) : Value();
}
static Value numberClassMethod(Value self, const Value* argv) {
  Ref context = contextArgument(argv[0]);
  return context ? newStr(numberClass(numberOf(self), asContext(context)->settings)) : Value();
}
template <bool (*Test)(const Number&, const Settings&)> static Value contextPredicate(Value self, const Value* argv) {
  Ref context = contextArgument(argv[0]);
  return context ? boolean(Test(numberOf(self), asContext(context)->settings)) : Value();
}
static Value toEngString(Value self, const Value* argv) {
  Ref context = contextArgument(argv[0]);
  return context ? decimalText(self, true, asContext(context)->capitals) : Value();
}

// ---- methods without ----

static Value copyAbs(Value v) { return copyOf(v, false); }
static Value copyNegate(Value v) { return copyOf(v, !numberOf(v).negative); }
static Value itself(Value v) { return newRef(v); }
static Value itselfWith(Value v, Value) { return newRef(v); }
static Value adjustedMethod(Value v) { return newInt(numberOf(v).isFinite() ? numberOf(v).adjusted() : 0); }
static Value radixMethod(Value) {
  Ref ten(newInt(10));
  return decimalFromInt(&decimalType, ten, nullptr);
}
static Value isCanonicalMethod(Value) { return boolean(true); }
static Value isFiniteMethod(Value v) { return boolean(numberOf(v).isFinite()); }
static Value isInfiniteMethod(Value v) { return boolean(numberOf(v).kind == kInfinity); }
static Value isNanMethod(Value v) { return boolean(numberOf(v).isNan()); }
static Value isQnanMethod(Value v) { return boolean(numberOf(v).kind == kQuietNan); }
static Value isSnanMethod(Value v) { return boolean(numberOf(v).kind == kSignalingNan); }
static Value isSignedMethod(Value v) { return boolean(numberOf(v).negative); }
static Value isZeroMethod(Value v) { return boolean(numberOf(v).isZero()); }

static Value asTupleMethod(Value v) {
  const Number& n = numberOf(v);
  Ref digits, exponent;
  if (n.kind == kInfinity) {
    digits.reset(newTuple({newInt(0)}));
    exponent.reset(newStr("F"));
  } else {
    exponent.reset(n.isFinite() ? newInt(n.exp) : newStr(n.kind == kQuietNan ? "n" : "N"));
    if (n.isNan() && n.isZeroCoefficient()) {
      digits.reset(emptyTuple());
    } else {
      Number plain;
      plain.c.set(n.c);
      char room[kTextRoom], *text = numberText(plain, false, true, room);
      const size_t count = strlen(text);
      digits.reset(newTuple(static_cast<int64_t>(count)));
      for (size_t i = 0; digits && i < count; ++i) asTuple(digits)->items[i] = newInt(text[i] - '0');
      if (text != room) free(text);
    }
  }
  return digits && exponent ? call(state.decimalTuple, {newInt(n.negative), digits, exponent}) : Value();
}
static Value asIntegerRatio(Value v) {
  const Number& n = numberOf(v);
  if (n.isNan()) return raise(ValueErrorType, "cannot convert NaN to integer ratio");
  if (n.kind == kInfinity) return raise(OverflowErrorType, "cannot convert Infinity to integer ratio");
  if (n.exp > 100000000 || n.exp < -100000000) return raiseNoMemory();
  Number top, bottom(1);
  top.c.set(n.c);
  if (n.exp >= 0) {
    scaleUp(top.c, n.exp);
  } else {
    scaleUp(bottom.c, -n.exp);
    Natural common, rest;
    gcd(common, top.c, bottom.c);
    if (!exhausted) {
      divide(top.c, rest, top.c, common);
      divide(bottom.c, rest, bottom.c, common);
    }
  }
  if (exhausted) {
    exhausted = false;
    return raiseNoMemory();
  }
  auto asInt = [](const Natural& c, bool negative) { return intFromLimbs(c.limbs(), c.count(), negative); };
  Ref x(asInt(top.c, n.negative)), y(asInt(bottom.c, false));
  return x && y ? newTuple({x, y}) : Value();
}
static Value floorMethod(Value v) { return intOf(numberOf(v), kFloor); }
static Value ceilMethod(Value v) { return intOf(numberOf(v), kCeiling); }
static Value roundMethod(Value self, const Value* argv) {
  if (!argv[0]) return intOf(numberOf(self), kHalfEven);
  if (!isInt(argv[0])) return raise(TypeErrorType, "optional arg must be an integer");
  int overflow;
  const int64_t places = intToInt64(argv[0], &overflow);
  if (overflow) return raise(OverflowErrorType, "Python int too large to convert to C ssize_t");
  Ref context = currentContext();
  if (!context) return Value();
  Ref unit(newDecimal());
  if (!unit) return Value();
  asDecimal(unit)->n.setSmall(1, places == INT64_MIN ? INT64_MAX : -places);
  return applyBinary<quantize>(self, unit, asContext(context));
}
static Value complexMethod(Value self) {
  Ref real(toFloatSlot(self));
  return real ? newComplex(floatValue(real), 0.0) : Value();
}
static Value reduceMethod(Value self) {
  Ref text(decimalText(self, false, true)), args(text ? newTuple({text}) : Value());
  return args ? newTuple({asValue(typeOf(self)), args}) : Value();
}
static Value fromFloat(Value cls, Value v) {
  if (!isFloat(v) && !isInt(v)) return raise(TypeErrorType, "argument must be int or float");
  Ref exact(isInt(v) ? decimalFromInt(&decimalType, v, nullptr) : decimalFromFloat(&decimalType, v, nullptr));
  if (!exact || cls == asValue(&decimalType)) return exact.release();
  return call(cls, {exact});
}
static Value sizeofMethod(Value self) {
  // CPython's: up to four words of digits inside the object.
  const int64_t words = (numberOf(self).digits() + 18) / 19;
  return newInt(104 + (words > 4 ? words * 8 : 0));
}
static Value getReal(Value v, void*) { return newRef(v); }
static Value getImag(Value, void*) { return newDecimal(); }

static constexpr MethodDef methods[] = {
    {"exp", unary<exponential>, "($self, /, context=None)", kMethodNameless},
    {"ln", unary<naturalLogarithm>, "($self, /, context=None)", kMethodNameless},
    {"log10", unary<logarithm10>, "($self, /, context=None)", kMethodNameless},
    {"next_minus", unary<nextMinus>, "($self, /, context=None)", kMethodNameless},
    {"next_plus", unary<nextPlus>, "($self, /, context=None)", kMethodNameless},
    {"normalize", unary<reduce>, "($self, /, context=None)", kMethodNameless},
    {"sqrt", unary<squareRoot>, "($self, /, context=None)", kMethodNameless},
    {"logb", unary<logB>, "($self, /, context=None)", kMethodNameless},
    {"logical_invert", unary<invertDigits>, "($self, /, context=None)", kMethodNameless},
    {"to_integral", toIntegralMethod<toIntegralValue>, "($self, /, rounding=None, context=None)", kMethodNameless},
    {"to_integral_exact", toIntegralMethod<toIntegralExact>, "($self, /, rounding=None, context=None)", kMethodNameless},
    {"to_integral_value", toIntegralMethod<toIntegralValue>, "($self, /, rounding=None, context=None)", kMethodNameless},
    {"compare", binary<decimal::compare>, "($self, /, other, context=None)", kMethodNameless},
    {"compare_signal", binary<compareSignal>, "($self, /, other, context=None)", kMethodNameless},
    {"max", binary<maximum>, "($self, /, other, context=None)", kMethodNameless},
    {"max_mag", binary<maximumMagnitude>, "($self, /, other, context=None)", kMethodNameless},
    {"min", binary<minimum>, "($self, /, other, context=None)", kMethodNameless},
    {"min_mag", binary<minimumMagnitude>, "($self, /, other, context=None)", kMethodNameless},
    {"next_toward", binary<nextToward>, "($self, /, other, context=None)", kMethodNameless},
    {"quantize", quantizeMethod, "($self, /, exp, rounding=None, context=None)", kMethodNameless},
    {"remainder_near", binary<remainderNear>, "($self, /, other, context=None)", kMethodNameless},
    {"fma", fmaMethod, "($self, /, other, third, context=None)", kMethodNameless},
    {"logical_and", binary<andDigits>, "($self, /, other, context=None)", kMethodNameless},
    {"logical_or", binary<orDigits>, "($self, /, other, context=None)", kMethodNameless},
    {"logical_xor", binary<xorDigits>, "($self, /, other, context=None)", kMethodNameless},
    {"rotate", binary<rotate>, "($self, /, other, context=None)", kMethodNameless},
    {"scaleb", binary<scaleB>, "($self, /, other, context=None)", kMethodNameless},
    {"shift", binary<shift>, "($self, /, other, context=None)", kMethodNameless},
    {"compare_total", compareTotalMethod<false>, "($self, /, other, context=None)", kMethodNameless},
    {"compare_total_mag", compareTotalMethod<true>, "($self, /, other, context=None)", kMethodNameless},
    {"copy_sign", copySignMethod, "($self, /, other, context=None)", kMethodNameless},
    {"same_quantum", sameQuantumMethod, "($self, /, other, context=None)", kMethodNameless},
    {"number_class", numberClassMethod, "($self, /, context=None)", kMethodNameless},
    {"is_normal", contextPredicate<isNormal>, "($self, /, context=None)", kMethodNameless},
    {"is_subnormal", contextPredicate<isSubnormal>, "($self, /, context=None)", kMethodNameless},
    {"to_eng_string", toEngString, "($self, /, context=None)", kMethodNameless},
    {"is_canonical", isCanonicalMethod, "($self, /)"},
    {"is_finite", isFiniteMethod, "($self, /)"},
    {"is_infinite", isInfiniteMethod, "($self, /)"},
    {"is_nan", isNanMethod, "($self, /)"},
    {"is_qnan", isQnanMethod, "($self, /)"},
    {"is_snan", isSnanMethod, "($self, /)"},
    {"is_signed", isSignedMethod, "($self, /)"},
    {"is_zero", isZeroMethod, "($self, /)"},
    {"adjusted", adjustedMethod, "($self, /)"},
    {"canonical", itself, "($self, /)"},
    {"conjugate", itself, "($self, /)"},
    {"radix", radixMethod, "($self, /)"},
    {"copy_abs", copyAbs, "($self, /)"},
    {"copy_negate", copyNegate, "($self, /)"},
    {"as_tuple", asTupleMethod, "($self, /)"},
    {"as_integer_ratio", asIntegerRatio, "($self, /)"},
    {"from_float", fromFloat, "($type, f, /)", kMethodClass},
    {"__copy__", itself},
    {"__deepcopy__", itselfWith},
    {"__format__", formatMethod, "($self, spec, override=None, /)", kMethodNameless | kMethodUnsigned},
    {"__reduce__", reduceMethod},
    {"__round__", roundMethod, "($self, n=<unrepresentable>, /)", kMethodNameless | kMethodUnsigned},
    {"__ceil__", ceilMethod},
    {"__floor__", floorMethod},
    {"__trunc__", toIntSlot},
    {"__complex__", complexMethod},
    {"__sizeof__", sizeofMethod},
    {},
};
static constexpr GetSetDef getset[] = {{"real", getReal}, {"imag", getImag}, {}};
static constexpr NumberSlots number = {
    .add = binarySlot<decimal::add>,
    .sub = binarySlot<decimal::subtract>,
    .mul = binarySlot<decimal::multiply>,
    .mod = binarySlot<decimal::remainder>,
    .divmod = divmodSlot,
    .pow = powerSlot,
    .neg = unarySlot<minus>,
    .pos = unarySlot<plus>,
    .abs = unarySlot<absolute>,
    .truth = truth,
    .toInt = toIntSlot,
    .toFloat = toFloatSlot,
    .floordiv = binarySlot<divideInteger>,
    .truediv = binarySlot<divide>,
};
constinit Type decimalType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "decimal.Decimal",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnGetAttr | kTypeOwnModule,
    .instanceLayout = {.type = &decimalType, .size = sizeof(DecimalObject)},
    .dealloc = dealloc,
    .repr = reprSlot,
    .str = strSlot,
    .hash = hashSlot,
    .compare = compareSlot,
    .construct = decimalNew,
    .number = &number,
    .methods = methods,
    .getset = getset,
    .doc = "A decimal floating-point number.",
    .constructorSignature = "(value=\"0\", context=None)",
};

} // namespace krait::decimal
