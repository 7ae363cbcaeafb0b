// The type float: slots, methods, constructor.
#include <algorithm>
#include <bit>
#include <cfloat>
#include <cmath>
#include <cstring>

#include "runtime/object/names.h"
#include "runtime/object/slots.h"
#include "runtime/types/codec.h"
#include "runtime/types/float.h"
#include "runtime/types/key.h"
#include "runtime/types/float_arithmetic.h"
#include "runtime/types/float_power.h"
#include "runtime/types/float_text.h"
#include "runtime/types/int_view.h"
#include "runtime/types/number_format.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

double krt_heap_float(Value v) {
  return v && v.isPointer() && v.object()->layout == &floatType.instanceLayout ? v.as<FloatObject>()->value : std::nan("");
}

Value krt_float_slow(double d) {
  if (Value::isRareImmediate(d) && !krt_numbers_are_objects) return Value::tryFloat(d);
  Object* o = newObject(&floatType.instanceLayout);
  if (!o) return Value();
  reinterpret_cast<FloatObject*>(o)->value = d;
  return Value(o);
}

int64_t floatHash(double d, Value identity) {
  if (d == d) return numberHash(d);
  const auto h = static_cast<int64_t>(std::rotr(identity.bits, 4));
  return h == -1 ? -2 : h;
}

/// OverflowError(ERANGE, text), as C's pow reports it.
Value raiseRange() {
  Ref text(newStr("Numerical result out of range"));
  Ref e(text ? call(asValue(&OverflowErrorType), {Value::ofSmallInt(34), text.get()}) : Value());
  return e ? raiseInstance(e.release()) : Value();
}

namespace {

/// x * y - product, exactly, where nothing overflows (T. J. Dekker, A floating-point technique for extending the available precision, 1971).
double productError(double x, double y, double product) {
  constexpr double kSplit = (1 << 27) + 1;
  const double xBig = x * kSplit, yBig = y * kSplit;
  const double xHigh = xBig - (xBig - x), yHigh = yBig - (yBig - y);
  const double xLow = x - xHigh, yLow = y - yHigh;
  return ((xHigh * yHigh - product) + xHigh * yLow + xLow * yHigh) + xLow * yLow;
}

/// fmod, which takes a division for each few bits of the quotient. Where that is a whole number that a double holds, the quotient as it is
/// rounded is at most one too large, and what is left is exact.
double floatRemainder(double a, double b) {
  constexpr double kMost = 0x1p900, kLeast = 0x1p-900, kWhole = 0x1p52;
  const double x = std::fabs(a), y = std::fabs(b);
  if (!(x < kMost && y < kMost && y > kLeast)) return std::fmod(a, b);
  if (x < y) return a;
  const double quotient = x / y;
  if (!(quotient < kWhole)) return std::fmod(a, b);
  const auto whole = static_cast<double>(static_cast<int64_t>(quotient));
  const double product = whole * y;
  double rest = (x - product) - productError(whole, y, product);
  if (rest < 0) rest += y;
  return std::copysign(rest, a);
}

} // namespace

double floatFloorDivide(double a, double b, double* remainder) {
  double mod = floatRemainder(a, b);
  double div = (a - mod) / b;
  if (mod != 0) {
    if ((b < 0) != (mod < 0)) {
      mod += b;
      div -= 1.0;
    }
  } else {
    mod = std::copysign(0.0, b);
  }
  double floored;
  if (div != 0) {
    floored = std::floor(div);
    if (div - floored > 0.5) floored += 1.0;
  } else {
    floored = std::copysign(0.0, a / b);
  }
  *remainder = mod;
  return floored;
}

extern "C" double krt_floordiv_of_doubles(double a, double b) {
  double remainder;
  return floatFloorDivide(a, b, &remainder);
}
extern "C" double krt_mod_of_doubles(double a, double b) {
  double remainder;
  floatFloorDivide(a, b, &remainder);
  return remainder;
}

Value floatPower(double x, double y) {
  if (y == 0) return newFloat(1.0);
  if (std::isnan(x)) return newFloat(x);
  if (std::isnan(y)) return newFloat(x == 1.0 ? 1.0 : y);
  if (std::isinf(y)) {
    double ax = std::fabs(x);
    if (ax == 1.0) return newFloat(1.0);
    return newFloat((y > 0) == (ax > 1.0) ? std::fabs(y) : 0.0);
  }
  bool oddY = std::fmod(std::fabs(y), 2.0) == 1.0;
  if (std::isinf(x)) {
    if (y > 0) return newFloat(oddY ? x : std::fabs(x));
    return newFloat(oddY ? std::copysign(0.0, x) : 0.0);
  }
  if (x == 0) {
    if (y < 0) return raise(ZeroDivisionErrorType, "0.0 cannot be raised to a negative power");
    return newFloat(oddY ? x : 0.0);
  }
  if (x < 0 && y != std::floor(y)) return complexPower(x, 0, y, 0);
  double r = powerOf(x, y);
  if (std::isinf(r)) return raiseRange();
  return newFloat(r);
}

namespace {

/// 1: converted, 0: not a number of these kinds, -1: error.
int32_t operand(Value v, double* out) {
  if (isFloat(v)) return *out = floatValue(v), 1;
  if (!isInt(v)) return 0;
  *out = intToDouble(v);
  return *out == -1.0 && errorSet() ? -1 : 1;
}

template <Value (*Operation)(double, double)> Value binarySlot(Value va, Value vb) {
  double a, b;
  int32_t ra = operand(va, &a);
  if (ra < 0) return Value();
  int32_t rb = ra ? operand(vb, &b) : 0;
  if (rb < 0) return Value();
  return ra && rb ? Operation(a, b) : newRef(notImplemented());
}

Value addDoubles(double a, double b) { return newFloat(a + b); }
Value subDoubles(double a, double b) { return newFloat(a - b); }
Value mulDoubles(double a, double b) { return newFloat(a * b); }
Value divDoubles(double a, double b) {
  if (b == 0) return raise(ZeroDivisionErrorType, "float division by zero");
  return newFloat(a / b);
}
Value floorDivDoubles(double a, double b) {
  if (b == 0) return raise(ZeroDivisionErrorType, "float floor division by zero");
  double r;
  return newFloat(floatFloorDivide(a, b, &r));
}
Value modDoubles(double a, double b) {
  if (b == 0) return raise(ZeroDivisionErrorType, "float modulo");
  double r;
  floatFloorDivide(a, b, &r);
  return newFloat(r);
}
Value divmodDoubles(double a, double b) {
  if (b == 0) return raise(ZeroDivisionErrorType, "float divmod()");
  double r;
  Ref q(newFloat(floatFloorDivide(a, b, &r))), m(newFloat(r));
  return newTuple({q.get(), m.get()});
}
Value powSlot(Value va, Value vb, Value mod) {
  if (!isNone(mod)) return raise(TypeErrorType, "pow() 3rd argument not allowed unless all arguments are integers");
  return binarySlot<floatPower>(va, vb);
}

Value exact(Value v) { return isExactFloat(v) ? newRef(v) : newFloat(floatValue(v)); }
Value negSlot(Value v) { return newFloat(-floatValue(v)); }
Value absSlot(Value v) { return newFloat(std::fabs(floatValue(v))); }
int32_t truthSlot(Value v) { return floatValue(v) != 0; }
Value toIntSlot(Value v) { return newIntFromDouble(floatValue(v)); }
Value reprSlot(Value v) { return floatRepr(floatValue(v)); }
int64_t hashSlot(Value v) { return floatHash(floatValue(v), v); }

/// Exact comparison of a float with an int: -1, 0, 1; 2 when unordered.
int compareWithInt(double d, Value i) {
  if (std::isnan(d)) return 2;
  if (std::isinf(d)) return d > 0 ? 1 : -1;
  int sign = intSign(i);
  int dSign = d > 0 ? 1 : d < 0 ? -1 : 0;
  if (sign != dSign) return dSign < sign ? -1 : 1;
  if (intBitLength(i) <= 53) {
    double x = intToDouble(i);
    return d < x ? -1 : d > x;
  }
  Ref whole(newIntFromDouble(std::floor(d)));
  int c = intCompare(whole, i);
  return c != 0 ? c : d > std::floor(d) ? 1 : 0;
}

Value compareSlot(Value a, Value b, int op) {
  int c;
  double x = floatValue(a);
  if (isFloat(b)) {
    double y = floatValue(b);
    c = x < y ? -1 : x > y ? 1 : x == y ? 0 : 2;
  } else if (isInt(b)) {
    c = compareWithInt(x, b);
  } else {
    return newRef(notImplemented());
  }
  switch (op) {
  case kLt: return boolean(c == -1);
  case kLe: return boolean(c == -1 || c == 0);
  case kEq: return boolean(c == 0);
  case kNe: return boolean(c != 0);
  case kGt: return boolean(c == 1);
  default: return boolean(c == 1 || c == 0);
  }
}

Value wrap(Type* t, Ref v) {
  if (!v || t == &floatType) return v.release();
  Value o = allocateOf(t, 0);
  if (o) o.as<FloatObject>()->value = floatValue(v);
  return o;
}

/// float(x) of neither a float nor a str.
[[gnu::noinline]] Value fromOther(Value x) {
  const NumberSlots* n = readyTypeOf(x)->number;
  if (n && (n->toFloat || n->index)) {
    // A subclass of float may have a __float__ of its own.
    double d = n->toFloat ? toDoubleBySlot(x, n->toFloat) : toDouble(x);
    return d == -1.0 && errorSet() ? Value() : newFloat(d);
  }
  return floatFromText(x);
}

inline Value fromObject(Value x) {
  if (isExactStr(x)) return floatFromText(x);
  return isExactFloat(x) ? newRef(x) : fromOther(x);
}

Value construct(Type* t, const Args& args) {
  if (args.count == 1 && !args.names) return wrap(t, Ref(fromObject(args[0])));
  const bool ownInit = t->init != objectInit;
  if (!ownInit && checkNoKeywords("float", args) < 0) return Value();
  if (checkPositional("float", args.positional(), 0, 1) < 0) return Value();
  return wrap(t, Ref(args.count ? fromObject(args[0]) : newFloat(0.0)));
}

// ---- methods -----------------------------------------------------------------------------------

Value asIntegerRatio(Value self) {
  double d = floatValue(self);
  if (std::isinf(d)) return raise(OverflowErrorType, "cannot convert Infinity to integer ratio");
  if (std::isnan(d)) return raise(ValueErrorType, "cannot convert NaN to integer ratio");
  int exponent;
  auto m = static_cast<int64_t>(std::ldexp(std::frexp(d, &exponent), DBL_MANT_DIG)); // all of its digits
  const int zeros = m ? std::countr_zero(static_cast<uint64_t>(m)) : 0;
  m >>= zeros;
  exponent = m ? exponent - DBL_MANT_DIG + zeros : 0;
  Ref numerator(Value::ofSmallInt(m)), denominator(Value::ofSmallInt(1));
  Ref shift(Value::ofSmallInt(exponent < 0 ? -exponent : exponent));
  Ref& target = exponent > 0 ? numerator : denominator;
  target.reset(intShiftLeft(target, shift));
  if (!target) return Value();
  return newTuple({numerator.get(), denominator.get()});
}
Value isIntegerMethod(Value self) {
  double d = floatValue(self);
  return boolean(std::isfinite(d) && std::floor(d) == d);
}
Value hexMethod(Value self) {
  double d = floatValue(self);
  if (!std::isfinite(d)) return floatRepr(d);
  if (d == 0) return newStr(std::signbit(d) ? "-0x0.0p+0" : "0x0.0p+0");
  int e;
  double m = std::frexp(std::fabs(d), &e);
  int shift = 1 - std::max(DBL_MIN_EXP - e, 0);
  m = std::ldexp(m, shift);
  e -= shift;
  std::string s = d < 0 ? "-0x" : "0x";
  s += static_cast<char>('0' + static_cast<int>(m));
  m -= static_cast<int>(m);
  s += '.';
  for (int i = 0; i < 13; ++i) {
    m *= 16.0;
    s += "0123456789abcdef"[static_cast<int>(m)];
    m -= static_cast<int>(m);
  }
  s += 'p';
  s += e < 0 ? '-' : '+';
  s += std::to_string(e < 0 ? -e : e);
  return newStr(s);
}

/// Hexadecimal digits, which may hold one point, to the nearest double, ties to even; infinity when too large.
/// By hand, since glibc's strtod rounds some denormal results the wrong way. `exponent` is the text after 'p', or empty.
double hexToDouble(std::string_view digits, std::string_view exponent) {
  uint64_t bits = 0; // value = (bits and, if `more`, a little above) * 2**scale
  bool more = false, point = false;
  int64_t scale = 0;
  for (char c : digits) {
    if (c == '.') {
      point = true;
      continue;
    }
    const auto digit = static_cast<uint64_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    const bool full = bits >> 60;
    if (full) more |= digit != 0;
    else bits = bits << 4 | digit;
    if (full != point) scale += full ? 4 : -4;
  }
  if (!bits) return 0;
  int64_t power = 0;
  for (char c : exponent)
    if (c >= '0' && c <= '9') power = std::min<int64_t>(power * 10 + (c - '0'), int64_t{1} << 56);
  scale += exponent.starts_with('-') ? -power : power;
  const int width = static_cast<int>(std::bit_width(bits));
  const int64_t top = scale + width; // 2**(top-1) <= value < 2**top
  if (top > DBL_MAX_EXP) return INFINITY;
  const int64_t keep = std::min<int64_t>(DBL_MANT_DIG, top - (DBL_MIN_EXP - DBL_MANT_DIG));
  if (keep < 0) return 0;
  const int64_t drop = width - keep;
  if (drop > 0) {
    const uint64_t half = uint64_t{1} << (drop - 1), low = bits & (half - 1 | half);
    uint64_t kept = drop == 64 ? 0 : bits >> drop;
    if (low > half || (low == half && (more || (kept & 1)))) ++kept;
    bits = kept;
    scale += drop;
  }
  return std::ldexp(static_cast<double>(bits), static_cast<int>(scale));
}

Value fromHexMethod(Value cls, Value text) {
  if (!isStr(text)) return raise(TypeErrorType, "bad argument type for built-in operation");
  Utf8 utf8(text);
  if (!utf8.ok()) return Value();
  auto invalid = [] { return raise(ValueErrorType, "invalid hexadecimal floating-point string"); };
  const char *p = utf8.data(), *end = p + utf8.size();
  auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (p < end && space(*p)) ++p;
  while (end > p && space(end[-1])) --end;
  bool negative = false;
  if (p < end && (*p == '+' || *p == '-')) negative = *p++ == '-';
  double d = 0;
  const char* stop;
  if (p < end && (*p == 'i' || *p == 'I' || *p == 'n' || *p == 'N')) {
    if (!parseDouble(p, end, &d, &stop) || stop != end) return invalid();
  } else {
    if (end - p > 1 && *p == '0' && (p[1] | 0x20) == 'x') p += 2;
    // Digits, one optional point, exponent: checked here, rounded once by strtod.
    const char* q = p;
    int digits = 0, points = 0;
    for (; q < end; ++q) {
      if (isxdigit(static_cast<unsigned char>(*q))) ++digits;
      else if (*q == '.' && !points) ++points;
      else break;
    }
    if (!digits) return invalid();
    std::string_view exponent;
    if (q < end) {
      if ((*q | 0x20) != 'p') return invalid();
      const char* e = q + 1;
      if (e < end && (*e == '+' || *e == '-')) ++e;
      if (e == end) return invalid();
      for (const char* c = e; c < end; ++c)
        if (*c < '0' || *c > '9') return invalid();
      exponent = {q + 1, end};
    }
    d = hexToDouble({p, q}, exponent);
    if (std::isinf(d)) return raise(OverflowErrorType, "hexadecimal value too large to represent as a float");
  }
  Ref v(newFloat(negative ? -d : d));
  return cls.as<Type>() == &floatType ? v.release() : call(cls, {v.get()});
}
Value floorMethod(Value self) { return newIntFromDouble(std::floor(floatValue(self))); }
Value ceilMethod(Value self) { return newIntFromDouble(std::ceil(floatValue(self))); }
Value getNewArgs(Value self) {
  Ref d(newFloat(floatValue(self)));
  return newTuple({d.get()});
}
Value getFormat(Value, Value kind) {
  if (!isStr(kind)) return raise(TypeErrorType, "__getformat__() argument must be str, not %.50G", kind);
  const Utf8Argument text(kind);
  if (!text.ok()) return {};
  if (strEqual(kind, "double") || strEqual(kind, "float")) return newStr("IEEE, little-endian");
  return raise(ValueErrorType, "__getformat__() argument 1 must be 'double' or 'float'");
}
Value sizeOf(Value) { return Value::ofSmallInt(24); }
Value getReal(Value self, void*) { return exact(self); }
Value getImaginary(Value, void*) { return newFloat(0.0); }

constinit const MethodDef floatMethods[] = {
    {"as_integer_ratio", asIntegerRatio, "($self, /)"},
    {"conjugate", exact, "($self, /)"},
    {"fromhex", fromHexMethod, "($type, string, /)", kMethodClass},
    {"hex", hexMethod, "($self, /)"},
    {"is_integer", isIntegerMethod, "($self, /)"},
    {"__ceil__", ceilMethod, "($self, /)"},
    {"__floor__", floorMethod, "($self, /)"},
    {"__format__", formatFloat, "($self, format_spec, /)"},
    {"__getformat__", getFormat, "($type, typestr, /)", kMethodClass},
    {"__getnewargs__", getNewArgs, "($self, /)"},
    {"__round__", floatRound, "($self, ndigits=None, /)"},
    {"__sizeof__", sizeOf, "($self, /)"},
    {"__trunc__", toIntSlot, "($self, /)"},
    {},
};
constinit const GetSetDef floatGetSet[] = {{"imag", getImaginary}, {"real", getReal}, {}};

constinit const NumberSlots floatNumber = {
    .add = binarySlot<addDoubles>,
    .sub = binarySlot<subDoubles>,
    .mul = binarySlot<mulDoubles>,
    .mod = binarySlot<modDoubles>,
    .divmod = binarySlot<divmodDoubles>,
    .pow = powSlot,
    .neg = negSlot,
    .pos = exact,
    .abs = absSlot,
    .truth = truthSlot,
    .toInt = toIntSlot,
    .toFloat = exact,
    .floordiv = binarySlot<floorDivDoubles>,
    .truediv = binarySlot<divDoubles>,
};

} // namespace

constinit Type floatType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "float",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeFloat | kTypeImmutable | kTypeMatchSelf | kTypeOwnGetAttr | kTypeMadeFlat,
    .instanceLayout = {.type = &floatType, .size = sizeof(FloatObject)},
    .dealloc = freeObject,
    .repr = reprSlot,
    .hash = hashSlot,
    .compare = compareSlot,
    .construct = construct,
    .make = [](Value a) { return a ? fromObject(a) : newFloat(0.0); },
    .number = &floatNumber,
    .methods = floatMethods,
    .getset = floatGetSet,
    .constructorSignature = "(x=0, /)",
};

} // namespace krait
