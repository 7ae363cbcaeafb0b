// The types int and bool: slots, methods, constructors.
#include <cmath>

#include "runtime/memory/pools.h"
#include "runtime/object/names.h"
#include "runtime/object/ordering.h"
#include "runtime/types/float.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes_source.h"
#include "runtime/types/int_text.h"
#include "runtime/types/int_view.h"
#include "runtime/types/number_format.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

template <Value (*Operation)(Value, Value)> Value binarySlot(Value a, Value b) {
  return isInt(a) && isInt(b) ? Operation(a, b) : newRef(notImplemented());
}
Value powSlot(Value a, Value b, Value mod) {
  if (!isInt(a) || !isInt(b) || !(isNone(mod) || isInt(mod))) return newRef(notImplemented());
  return intPow(a, b, mod);
}

Value exact(Value v) { return isExactInt(v) ? newRef(v) : intAdd(v, Value::ofSmallInt(0)); }
Value absSlot(Value v) { return intSign(v) < 0 ? intNegate(v) : exact(v); }
Value invertSlot(Value v) { return intSub(Value::ofSmallInt(-1), v); }
int32_t truthSlot(Value v) { return intSign(v) != 0; }
Value floatSlot(Value v) {
  double d = intToDouble(v);
  return d == -1.0 && errorSet() ? Value() : newFloat(d);
}
Value reprSlot(Value v) { return intToText(v, 10, false); }
int64_t hashSlot(Value v) { return intHash(v); }

Value compareSlot(Value a, Value b, int op) {
  if (!isInt(a) || !isInt(b)) return newRef(notImplemented());
  int c = intCompare(a, b);
  return answerByOrder(c, op);
}

/// An instance of a subclass holding `v`.
Value wrap(Type* t, Ref v) {
  if (!v || t == &intType) return v.release();
  IntView a(v);
  Value o = allocateOf(t, a.count ? a.count : 1);
  if (!o) return Value();
  auto* r = o.as<IntObject>();
  r->size = a.negative ? -a.count : a.count;
  bigint::copy(r->limbs, a.limbs, a.count);
  return o;
}

/// int(x) of neither a str nor an int: __int__, __index__, __trunc__ (deprecated), then text.
[[gnu::noinline]] Value fromOther(Value x) {
  Type* t = readyTypeOf(x);
  if (t->number && t->number->toInt) {
    Ref r(t->number->toInt(x));
    if (!r) return Value();
    if (!isInt(r)) return raise(TypeErrorType, "__int__ returned non-int (type %.200T)", r.get());
    if (!isExactInt(r) &&
        warn(DeprecationWarningType, 1,
             "__int__ returned non-int (type %.200T).  The ability to return an instance of a strict subclass of int is "
             "deprecated, and may be removed in a future version of Python.",
             r.get()) < 0)
      return Value();
    return exact(r);
  }
  if (t->number && t->number->index) {
    Ref r(index(x));
    return r ? exact(r) : Value();
  }
  Ref trunc(lookupSpecial(x, NAME(__trunc__)));
  if (!trunc && errorSet()) return Value();
  if (trunc) {
    if (warn(DeprecationWarningType, 1, "The delegation of int() to __trunc__ is deprecated.") < 0) return Value();
    Ref r(call(trunc));
    if (!r) return Value();
    if (isInt(r)) return exact(r);
    if (!readyTypeOf(r)->number || !readyTypeOf(r)->number->index)
      return raise(TypeErrorType, "__trunc__ returned non-Integral (type %.200T)", r.get());
    Ref i(index(r));
    return i ? exact(i) : Value();
  }
  if (isStr(x) || readyTypeOf(x)->buffer) return intFromObjectText(x, 10);
  return raise(TypeErrorType, "int() argument must be a string, a bytes-like object or a real number, not '%.200T'", x);
}

inline Value fromObject(Value x) {
  if (isExactStr(x)) return intFromObjectText(x, 10);
  return isExactInt(x) ? newRef(x) : fromOther(x);
}

Value construct(Type* t, const Args& args) {
  if (args.count == 1 && !args.names) return wrap(t, Ref(fromObject(args[0])));
  Value argv[2];
  Ref holder[2];
  if (bindArguments("int", "(x=None, /, base=None)", args, argv, 2, holder) < 0) return Value();
  Value x = argv[0], base = argv[1];
  if (!x) {
    if (base) return raise(TypeErrorType, "int() missing string argument");
    return wrap(t, Ref(Value::ofSmallInt(0)));
  }
  if (!base) return wrap(t, Ref(fromObject(x)));
  int64_t b = toIndex(base, nullptr);
  if (b == -1 && errorSet()) return Value();
  if (b != 0 && (b < 2 || b > 36)) return raise(ValueErrorType, "int() base must be >= 2 and <= 36, or 0");
  if (!isStr(x) && !isBytes(x) && !(typeOf(x)->flags & kTypeByteArray))
    return raise(TypeErrorType, "int() can't convert non-string with explicit base");
  return wrap(t, Ref(intFromObjectText(x, static_cast<int>(b))));
}

// ---- methods -----------------------------------------------------------------------------------

Value bitLength(Value self) { return newInt(static_cast<int64_t>(intBitLength(self))); }
Value bitCount(Value self) {
  IntView a(self);
  return newInt(bigint::countOnes(a.limbs, a.count));
}
Value asIntegerRatio(Value self) {
  Ref n(exact(self));
  return n ? newTuple({n.get(), Value::ofSmallInt(1)}) : Value();
}
Value getNewArgs(Value self) {
  Ref n(exact(self));
  return n ? newTuple({n.get()}) : Value();
}
Value sizeOf(Value self) {
  // CPython's digits have 30 bits; zero still has one.
  size_t digits = (intBitLength(self) + 29) / 30;
  return newInt(static_cast<int64_t>(24 + 4 * (digits ? digits : 1)));
}
Value formatMethod(Value self, Value spec) { return formatInt(self, spec); }

/// round(i, -n): to the nearest multiple of 10**n, ties to even.
Value roundMethod(Value self, const Value* argv) {
  if (!argv[0]) return exact(self);
  Ref digits(index(argv[0]));
  if (!digits) return Value();
  if (intSign(digits) >= 0) return exact(self);
  Ref n(intNegate(digits));
  if (!n) return Value();
  Ref unit(intPow(Value::ofSmallInt(10), n, none()));
  if (!unit) return Value();
  Ref quotient(intFloorDiv(self, unit));
  if (!quotient) return Value();
  Ref low(intMul(quotient, unit));
  Ref rest(low ? intSub(self, low) : Value());
  Ref twice(rest ? intAdd(rest, rest) : Value());
  if (!twice) return Value();
  int c = intCompare(twice, unit);
  bool odd = intToUint64Mask(quotient) & 1;
  return c > 0 || (c == 0 && odd) ? intAdd(low, unit) : low.release();
}

int32_t byteOrder(const char* callee, Value v, bool* little) {
  if (!v) return *little = false, 0;
  if (!isStr(v)) return fail(TypeErrorType, "%s() argument 'byteorder' must be str, not %.50G", callee, v);
  if (strEqual(v, "little")) return *little = true, 0;
  if (strEqual(v, "big")) return *little = false, 0;
  return fail(ValueErrorType, "byteorder must be either 'little' or 'big'");
}

Value toBytesMethod(Value self, const Value* argv) {
  int64_t size = 1;
  if (argv[0]) {
    if (!sizeArgument(argv[0], &size)) return Value();
  }
  bool little;
  if (byteOrder("to_bytes", argv[1], &little) < 0) return Value();
  int32_t isSigned = argv[2] ? isTrue(argv[2]) : 0;
  if (isSigned < 0) return Value();
  if (size < 0) return raise(ValueErrorType, "length argument must be non-negative");
  Limbs scratch(size / 8 + 1);
  if (!scratch.get()) return Value();
  auto* out = reinterpret_cast<uint8_t*>(scratch.get());
  if (intToBytes(self, out, static_cast<size_t>(size), little, isSigned) < 0) return Value();
  return newBytes(out, static_cast<size_t>(size));
}

Value fromBytesMethod(Value cls, const Value* argv) {
  bool little;
  if (byteOrder("from_bytes", argv[1], &little) < 0) return Value();
  int32_t isSigned = argv[2] ? isTrue(argv[2]) : 0;
  if (isSigned < 0) return Value();
  Ref bytes(objectAsBytes(argv[0]));
  if (!bytes) return Value();
  std::string_view data = bytesView(bytes);
  Ref v(intFromBytes(reinterpret_cast<const uint8_t*>(data.data()), data.size(), little, isSigned));
  if (!v || cls.as<Type>() == &intType) return v.release();
  return call(cls, {v.get()});
}

Value getReal(Value self, void*) { return exact(self); }
Value getImaginary(Value, void*) { return Value::ofSmallInt(0); }
Value getDenominator(Value, void*) { return Value::ofSmallInt(1); }

constinit const MethodDef intMethods[] = {
    {"as_integer_ratio", asIntegerRatio, "($self, /)"},
    {"bit_count", bitCount, "($self, /)"},
    {"bit_length", bitLength, "($self, /)"},
    {"conjugate", exact},
    {"from_bytes", fromBytesMethod, "($type, /, bytes, byteorder='big', *, signed=False)", kMethodClass},
    {"to_bytes", toBytesMethod, "($self, /, length=1, byteorder='big', *, signed=False)"},
    {"__ceil__", exact},
    {"__floor__", exact},
    {"__format__", formatMethod, "($self, format_spec, /)"},
    {"__getnewargs__", getNewArgs, "($self, /)"},
    {"__round__", roundMethod, "($self, ndigits=<unrepresentable>, /)"},
    {"__sizeof__", sizeOf, "($self, /)"},
    {"__trunc__", exact},
    {},
};
constinit const GetSetDef intGetSet[] = {
    {"denominator", getDenominator},
    {"imag", getImaginary},
    {"numerator", getReal},
    {"real", getReal},
    {},
};

constinit const NumberSlots intNumber = {
    .add = binarySlot<intAdd>,
    .sub = binarySlot<intSub>,
    .mul = binarySlot<intMul>,
    .mod = binarySlot<intMod>,
    .divmod = binarySlot<intDivmod>,
    .pow = powSlot,
    .neg = intNegate,
    .pos = exact,
    .abs = absSlot,
    .truth = truthSlot,
    .invert = invertSlot,
    .lshift = binarySlot<intShiftLeft>,
    .rshift = binarySlot<intShiftRight>,
    .and_ = binarySlot<intAnd>,
    .xor_ = binarySlot<intXor>,
    .or_ = binarySlot<intOr>,
    .toInt = exact,
    .toFloat = floatSlot,
    .index = exact,
    .floordiv = binarySlot<intFloorDiv>,
    .truediv = binarySlot<intTrueDiv>,
};

// ---- bool --------------------------------------------------------------------------------------

template <Value (*Operation)(Value, Value), int Symbol> Value boolBitwise(Value a, Value b) {
  if (typeOf(a) != &boolType || typeOf(b) != &boolType) return binarySlot<Operation>(a, b);
  bool x = a.object() == &trueObject, y = b.object() == &trueObject;
  return boolean(Symbol == '&' ? x && y : Symbol == '|' ? x || y : x != y);
}
Value boolRepr(Value v) { return newRef(v.object() == &trueObject ? NAME(True) : NAME(False)); }
Value boolOf(Value a) {
  const int32_t truth = a ? isTrue(a) : 0;
  return truth < 0 ? Value() : boolean(truth);
}
Value boolConstruct(Type*, const Args& args) {
  return checkPositional("bool", args, 0, 1) < 0 ? Value() : boolOf(args.count ? args[0] : Value());
}

constinit const NumberSlots boolNumber = {
    .and_ = boolBitwise<intAnd, '&'>,
    .xor_ = boolBitwise<intXor, '^'>,
    .or_ = boolBitwise<intOr, '|'>,
};

} // namespace

static void intDealloc(Object* o) { releaseObjectOf<0>(intType, o); }

constinit Type intType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "int",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeInt | kTypeImmutable | kTypeMatchSelf | kTypeOwnGetAttr,
    .instanceLayout = {.type = &intType, .size = sizeof(IntObject), .itemSize = sizeof(uint64_t)},
    .dealloc = intDealloc,
    .repr = reprSlot,
    .hash = hashSlot,
    .compare = compareSlot,
    .construct = construct,
    .make = [](Value a) { return a ? fromObject(a) : Value::ofSmallInt(0); },
    .number = &intNumber,
    .methods = intMethods,
    .getset = intGetSet,
};

constinit Type boolType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "bool",
    .base = &intType,
    .flags = kTypeInt | kTypeImmutable | kTypeMatchSelf | kTypeMadeFlat,
    .instanceLayout = {.type = &boolType, .size = sizeof(Object)},
    .repr = boolRepr,
    .construct = boolConstruct,
    .make = boolOf,
    .number = &boolNumber,
};

alignas(16) constinit Object trueObject = KRAIT_STATIC_HEADER(boolType);
alignas(16) constinit Object falseObject = KRAIT_STATIC_HEADER(boolType);

} // namespace krait
