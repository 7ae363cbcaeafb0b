// Making Decimals from other values, and other values from Decimals.
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <new>
#include "runtime/modules/decimal/decimal_objects.h"
#include "runtime/object/call.h"
#include "runtime/types/int_view.h"

namespace krait::decimal {

Value newDecimal(Type* t) {
  Value v = allocateOf(t, 0);
  if (!v) return v;
  asDecimal(v)->hash = -1;
  new (&asDecimal(v)->n) Number;
  return v;
}

static void setFromInt(Natural& out, Value v, bool* negative) {
  IntView view(v);
  out.set(view.limbs, view.count);
  *negative = view.negative;
}
static Value toInt(const Natural& v, bool negative) { return intFromLimbs(v.limbs(), v.count(), negative); }

/// An exact result has to fit the widest context.
static Value checked(Ref v, ContextObject* c) {
  Number& n = asDecimal(v)->n;
  if (n.isFinite() && !n.isZeroCoefficient() && n.exp + n.digits() - 1 <= kMaxEmax && n.exp >= kMinEtiny) return v.release();
  if (n.kind == kInfinity || n.isNan()) return v.release();
  uint32_t status = 0;
  finalize(n, kExact, status);
  if (status & (kInexact | kRounded | kClamped)) {
    n.setNan();
    if (c && raiseConditions(c, kInvalidOperation) < 0) return Value();
  }
  return v.release();
}

Value decimalFromInt(Type* t, Value v, ContextObject*) {
  Value d = newDecimal(t);
  if (!d) return d;
  Number& n = asDecimal(d)->n;
  setFromInt(n.c, v, &n.negative);
  return d;
}

Value decimalFromFloat(Type* t, Value v, ContextObject*) {
  Value d = newDecimal(t);
  if (!d) return d;
  Number& n = asDecimal(d)->n;
  const double x = floatValue(v);
  n.negative = std::signbit(x);
  if (std::isnan(x)) {
    n.kind = kQuietNan;
  } else if (std::isinf(x)) {
    n.kind = kInfinity;
  } else if (x != 0.0) {
    int exponent;
    const double mantissa = std::frexp(std::fabs(x), &exponent);
    const auto bits = static_cast<uint64_t>(std::ldexp(mantissa, 53));
    const int twos = __builtin_ctzll(bits);
    n.c.set(bits >> twos);
    exponent += twos - 53;
    if (exponent >= 0) {
      shiftLeft(n.c, exponent);
    } else {
      // m·2**-k = m·5**k·10**-k
      Natural five;
      power(five, 5, static_cast<uint64_t>(-exponent));
      multiply(n.c, n.c, five);
      n.exp = exponent;
    }
  }
  return d;
}

/// The text as ASCII with decimal digits: blanks around and underscores dropped if `lenient`. False: no such text.
static bool plainText(Value text, bool lenient, char** out, size_t* size) {
  Ref ascii(strTransformDecimal(text));
  *out = nullptr;
  if (!ascii) return false;
  const StrObject* s = asStr(ascii);
  int64_t from = 0, to = s->length;
  if (lenient) {
    auto blank = [](uint32_t c) { return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x1f); };
    while (from < to && blank(s->at(from))) ++from;
    while (to > from && blank(s->at(to - 1))) --to;
  }
  *out = static_cast<char*>(malloc(static_cast<size_t>(to - from) + 1));
  size_t n = 0;
  for (; from < to; ++from) {
    const uint32_t c = s->at(from);
    if (lenient && c == '_') continue;
    (*out)[n++] = c > 0 && c < 128 ? static_cast<char>(c) : '?';
  }
  (*out)[n] = 0;
  *size = n;
  return true;
}
static Value fromText(Type* t, Value text, bool lenient, ContextObject* c) {
  if (const StrObject* s = asStr(text); s->flags & kStrAscii) {
    Value d = newDecimal(t);
    if (!d || small::parseNumber(asDecimal(d)->n, {reinterpret_cast<const char*>(s->data()), static_cast<size_t>(s->length)})) return d;
    decref(d);
  }
  char* plain;
  size_t size;
  if (!plainText(text, lenient, &plain, &size)) return Value();
  Ref d(newDecimal(t));
  const bool good = d && decimal::parseNumber(asDecimal(d)->n, {plain, size});
  free(plain);
  if (!d) return Value();
  if (!good) {
    asDecimal(d)->n.setNan();
    if (raiseConditions(c, kConversionSyntax) < 0) return Value();
  }
  return d.release();
}

/// Sequences like as_tuple(): text first, so that all rules for it hold.
static Value fromTuple(Type* t, Value v) {
  Ref tuple(isList(v) ? listToTuple(v) : newRef(v)); // a subclass's __iter__ is not asked
  if (!tuple) return Value();
  if (asTuple(tuple)->size != 3) return raise(ValueErrorType, "argument must be a sequence of length 3");
  Value sign = asTuple(tuple)->items[0], digits = asTuple(tuple)->items[1], exponent = asTuple(tuple)->items[2];
  int overflow;
  if (!isInt(sign)) return raise(ValueErrorType, "sign must be an integer with the value 0 or 1");
  const int64_t s = intToInt64(sign, &overflow);
  if (overflow || (s != 0 && s != 1)) return raise(ValueErrorType, "sign must be an integer with the value 0 or 1");
  Kind kind = kFinite;
  int64_t e = 0;
  if (isStr(exponent)) {
    if (strEqual(exponent, "F")) kind = kInfinity;
    else if (strEqual(exponent, "n")) kind = kQuietNan;
    else if (strEqual(exponent, "N")) kind = kSignalingNan;
    else return raise(ValueErrorType, "string argument in the third position must be 'F', 'n' or 'N'");
  } else {
    if (!isInt(exponent)) return raise(ValueErrorType, "exponent must be an integer");
    e = intToInt64(exponent, &overflow);
    if (overflow) return raise(OverflowErrorType, "Python int too large to convert to C ssize_t");
  }
  Ref list(isTuple(digits) ? newRef(digits) : toTuple(digits));
  if (!list) {
    errorClear();
    return raise(ValueErrorType, "coefficient must be a tuple of digits");
  }
  Ref d(newDecimal(t));
  if (!d) return d.release();
  Number& n = asDecimal(d)->n;
  const int64_t count = asTuple(list)->size;
  auto* text = static_cast<char*>(malloc(static_cast<size_t>(count) + 2));
  for (int64_t i = 0; i < count; ++i) {
    Value digit = asTuple(list)->items[i];
    const int64_t x = isInt(digit) ? intToInt64(digit, &overflow) : -1;
    if (!isInt(digit) || overflow || x < 0 || x > 9) {
      free(text);
      return raise(ValueErrorType, "coefficient must be a tuple of digits");
    }
    text[i] = static_cast<char>('0' + x);
  }
  text[count] = 0;
  if (kind != kInfinity && count) setDigits(n.c, text, static_cast<size_t>(count));
  free(text);
  n.kind = kind;
  // Far beyond every context, yet safe to add to.
  constexpr int64_t kFar = 4000000000000000000;
  n.exp = e > kFar ? kFar : e < -kFar ? -kFar : e;
  n.negative = s;
  return d.release();
}

Value decimalExact(Type* t, Value v, ContextObject* c) {
  if (isDecimal(v)) {
    if (t == &decimalType && typeOf(v) == &decimalType) return newRef(v);
    Value d = newDecimal(t);
    if (d) asDecimal(d)->n.set(numberOf(v));
    return d;
  }
  if (isStr(v)) {
    Ref d(fromText(t, v, true, c));
    return d ? checked(std::move(d), c) : Value();
  }
  if (isInt(v)) return decimalFromInt(t, v, c);
  if (isTuple(v) || isList(v)) {
    Ref d(fromTuple(t, v));
    return d ? checked(std::move(d), c) : Value();
  }
  if (isFloat(v)) return raiseConditions(c, kFloatOperation) < 0 ? Value() : decimalFromFloat(t, v, c);
  return raise(TypeErrorType, "conversion from %s to Decimal is not supported", typeOf(v)->name);
}

Value decimalInContext(Value v, ContextObject* c) {
  Ref d;
  uint32_t status = 0;
  if (isDecimal(v)) {
    const Number& n = numberOf(v);
    if (n.isNan() && !n.c.isZero() && n.digits() > c->settings.prec - c->settings.clamp) {
      // A payload that does not fit is no number.
      d.reset(newDecimal());
      if (!d) return Value();
      asDecimal(d)->n.setNan();
      return raiseConditions(c, kConversionSyntax) < 0 ? Value() : d.release();
    }
    d.reset(newDecimal());
    if (d) asDecimal(d)->n.set(n);
  } else if (isStr(v)) {
    d.reset(fromText(&decimalType, v, false, c));
    if (d && numberOf(d).isNan() && !numberOf(d).c.isZero() && numberOf(d).digits() > c->settings.prec - c->settings.clamp) {
      asDecimal(d)->n.setNan();
      return raiseConditions(c, kConversionSyntax) < 0 ? Value() : d.release();
    }
  } else if (isTuple(v) || isList(v)) {
    d.reset(fromTuple(&decimalType, v));
  } else {
    d.reset(decimalExact(&decimalType, v, c));
  }
  if (!d) return Value();
  finalize(asDecimal(d)->n, c->settings, status);
  return raiseConditions(c, status) < 0 ? Value() : d.release();
}

bool operand(Value v, ContextObject* c, bool required, Ref* out) {
  if (isDecimal(v)) {
    *out = Ref::share(v);
    return true;
  }
  if (isInt(v)) {
    out->reset(decimalFromInt(&decimalType, v, c));
    return static_cast<bool>(*out);
  }
  out->reset(required ? raise(TypeErrorType, "conversion from %s to Decimal is not supported", typeOf(v)->name) : notImplemented());
  return false;
}

Value intOf(const Number& n, Rounding mode) {
  if (n.isNan()) return raise(ValueErrorType, "cannot convert NaN to integer");
  if (n.kind == kInfinity) return raise(OverflowErrorType, "cannot convert Infinity to integer");
  if (n.exp > 100000000) return raiseNoMemory();
  Number whole;
  roundToInteger(whole, n, mode);
  scaleUp(whole.c, whole.exp);
  if (exhausted) {
    exhausted = false;
    return raiseNoMemory();
  }
  return toInt(whole.c, whole.negative);
}

Value decimalNew(Type* t, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments(nullptr, "(value='0', context=None)", args, argv, 2, holder) < 0) return Value();
  Ref context = contextArgument(argv[1]);
  if (!context) return Value();
  if (!argv[0]) return newDecimal(t);
  return decimalExact(t, argv[0], asContext(context));
}

} // namespace krait::decimal
