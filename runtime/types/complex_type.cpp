// The type complex.
#include <cmath>
#include <complex>
#include <cstring>

#include "runtime/memory/pools.h"
#include "runtime/object/names.h"
#include "runtime/types/float.h"
#include "runtime/types/float_arithmetic.h"
#include "runtime/types/float_text.h"
#include "runtime/types/int.h"
#include "runtime/types/key.h"
#include "runtime/types/number_format.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

Value newComplex(double real, double imag) {
  Object* o = takeObjectOf<0>(complexType, sizeof(ComplexObject));
  if (!o) [[unlikely]] o = newObject(&complexType.instanceLayout);
  if (!o) return Value();
  auto* c = reinterpret_cast<ComplexObject*>(o);
  c->real = real;
  c->imag = imag;
  return Value(o);
}

extern "C" Value krt_box_complex(double real, double imaginary) { return newComplex(real, imaginary); }
extern "C" double krt_complex_abs(double real, double imaginary) { return std::hypot(real, imaginary); }

namespace {

using Complex = std::complex<double>;

bool isComplex(Value v) { return v.isPointer() && (typeOfObject(v.object())->flags & kTypeComplex); }
Complex valueOf(Value v) { return {v.as<ComplexObject>()->real, v.as<ComplexObject>()->imag}; }

/// 1 converted, 0 not a number of these kinds, -1 error.
int32_t operand(Value v, Complex* out) {
  if (isComplex(v)) return *out = valueOf(v), 1;
  if (isFloat(v)) return *out = floatValue(v), 1;
  if (!isInt(v)) return 0;
  double d = intToDouble(v);
  *out = d;
  return d == -1.0 && errorSet() ? -1 : 1;
}

template <Value (*Operation)(Complex, Complex)> Value binarySlot(Value va, Value vb) {
  Complex a, b;
  int32_t ra = operand(va, &a);
  if (ra < 0) return Value();
  int32_t rb = ra ? operand(vb, &b) : 0;
  if (rb < 0) return Value();
  return ra && rb ? Operation(a, b) : newRef(notImplemented());
}

Value make(Complex c) { return newComplex(c.real(), c.imag()); }
Value addC(Complex a, Complex b) { return newComplex(a.real() + b.real(), a.imag() + b.imag()); }
Value subC(Complex a, Complex b) { return newComplex(a.real() - b.real(), a.imag() - b.imag()); }
Value mulC(Complex a, Complex b) {
  return newComplex(a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real());
}
/// Smith's method; false for a zero divisor.
bool divide(Complex a, Complex b, Complex* out) {
  double ar = std::fabs(b.real()), ai = std::fabs(b.imag());
  if (ar >= ai) {
    if (ar == 0) return false;
    double ratio = b.imag() / b.real(), denominator = b.real() + b.imag() * ratio;
    *out = {(a.real() + a.imag() * ratio) / denominator, (a.imag() - a.real() * ratio) / denominator};
  } else if (ai >= ar) {
    double ratio = b.real() / b.imag(), denominator = b.real() * ratio + b.imag();
    *out = {(a.real() * ratio + a.imag()) / denominator, (a.imag() * ratio - a.real()) / denominator};
  } else {
    *out = {NAN, NAN};
  }
  return true;
}
Value divC(Complex a, Complex b) {
  Complex r;
  if (!divide(a, b, &r)) return raise(ZeroDivisionErrorType, "complex division by zero");
  return make(r);
}

Value powerC(Complex a, Complex b) { return complexPower(a.real(), a.imag(), b.real(), b.imag()); }

Value powSlot(Value va, Value vb, Value mod) {
  const auto isNumber = [](Value v) { return isExact(v, complexType) || isFloat(v) || isInt(v) || isInstanceOf(v, complexType); };
  if (!isNone(mod) && isNumber(va) && isNumber(vb)) return raise(ValueErrorType, "complex modulo");
  return binarySlot<powerC>(va, vb);
}

Value exact(Value v) { return isExact(v, complexType) ? newRef(v) : make(valueOf(v)); }
Value negSlot(Value v) { return newComplex(-v.as<ComplexObject>()->real, -v.as<ComplexObject>()->imag); }
Value absSlot(Value v) {
  Complex c = valueOf(v);
  double r = krt_complex_abs(c.real(), c.imag());
  if (std::isinf(r) && std::isfinite(c.real()) && std::isfinite(c.imag()))
    return raise(OverflowErrorType, "absolute value too large");
  return newFloat(r);
}
int32_t truthSlot(Value v) { return valueOf(v) != Complex(0, 0); }

/// Adds repr() of a part, without ".0". False: the general way is due.
bool addPart(double d, char*& to) {
  char buffer[kFixedRoom], *const end = buffer + sizeof buffer;
  const char* from = shortRepr(d, end);
  if (!from) return false;
  const auto n = static_cast<size_t>(end - from);
  const size_t shown = n > 2 && end[-2] == '.' && end[-1] == '0' ? n - 2 : n;
  memcpy(to, from, shown);
  to += shown;
  return true;
}

Value reprSlot(Value v) {
  Complex c = valueOf(v);
  char text[2 * kFixedRoom + 4], *to = text;
  const bool isImaginary = c.real() == 0 && !std::signbit(c.real());
  if (!isImaginary) *to++ = '(';
  if (isImaginary || addPart(c.real(), to)) {
    if (!isImaginary && !std::signbit(c.imag())) *to++ = '+';
    if (addPart(c.imag(), to)) {
      *to++ = 'j';
      if (!isImaginary) *to++ = ')';
      return newStrAscii(text, static_cast<size_t>(to - text));
    }
  }
  std::string out;
  if (c.real() == 0 && !std::signbit(c.real())) {
    out = doubleToString(c.imag(), 'r', 0, 0) + "j";
  } else {
    out = "(" + doubleToString(c.real(), 'r', 0, 0) + doubleToString(c.imag(), 'r', 0, kDoubleSign) + "j)";
  }
  return newStr(out);
}

} // namespace

int64_t complexHash(Value v) {
  const auto ofPart = [v](double d) { return static_cast<uint64_t>(d == d ? numberHash(d) : floatHash(d, v)); };
  const uint64_t real = ofPart(valueOf(v).real()), imaginary = ofPart(valueOf(v).imag());
  const auto h = static_cast<int64_t>(real + 1000003u * imaginary);
  return h == -1 ? -2 : h;
}

namespace {

void dealloc(Object* o) { releaseObjectOf<0>(complexType, o); }

Value compareSlot(Value va, Value vb, int op) {
  if (op != kEq && op != kNe) return newRef(notImplemented());
  Complex a = valueOf(va);
  bool same;
  if (isInt(vb)) {
    // Exact: a large int is not rounded to compare equal.
    same = false;
    if (a.imag() == 0) {
      Ref real(newFloat(a.real()));
      Ref r(compare(real, vb, kEq));
      if (!r) return Value();
      same = r.get() == boolean(true);
    }
  } else {
    Complex b;
    if (operand(vb, &b) != 1) return newRef(notImplemented());
    same = a == b;
  }
  return boolean(same == (op == kEq));
}

// ---- construction ------------------------------------------------------------------------------

Value parse(Type* t, Value text) {
  auto malformed = [] { return raise(ValueErrorType, "complex() arg is a malformed string"); };
  Ref plain(asStr(text)->flags & kStrAscii ? newRef(text) : strTransformDecimal(text));
  if (!plain) return Value();
  std::string_view s(reinterpret_cast<const char*>(asStr(plain)->data()), static_cast<size_t>(asStr(plain)->length));
  std::string clean;
  if (!stripUnderscores(s, &clean)) return raise(ValueErrorType, "could not convert string to complex: %R", text);
  auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  const char *p = clean.data(), *end = p + clean.size();
  auto skip = [&] { while (p < end && space(*p)) ++p; };
  skip();
  bool bracket = p < end && *p == '(';
  if (bracket) ++p, skip();
  double x = 0, y = 0, z;
  const char* stop;
  auto isJ = [&] { return p < end && (*p == 'j' || *p == 'J'); };
  auto unit = [&] { // a bare sign or nothing before j
    double v = 1.0;
    if (p < end && (*p == '+' || *p == '-')) v = *p++ == '-' ? -1.0 : 1.0;
    return v;
  };
  if (parseDouble(p, end, &z, &stop)) {
    p = stop;
    if (p < end && (*p == '+' || *p == '-')) {
      x = z;
      if (parseDouble(p, end, &y, &stop)) p = stop;
      else y = unit();
      if (!isJ()) return malformed();
      ++p;
    } else if (isJ()) {
      ++p;
      y = z;
    } else {
      x = z;
    }
  } else {
    y = unit();
    if (!isJ()) return malformed();
    ++p;
  }
  skip();
  if (bracket) {
    if (p == end || *p != ')') return malformed();
    ++p;
    skip();
  }
  if (p != end) return malformed();
  Value o = allocateOf(t, 0);
  if (o) {
    o.as<ComplexObject>()->real = x;
    o.as<ComplexObject>()->imag = y;
  }
  return o;
}

/// v.__complex__() if there is one: 1, 0, -1.
int32_t viaComplexMethod(Value v, Complex* out) {
  if (isExact(v, complexType)) return *out = valueOf(v), 1;
  Ref method(lookupSpecial(v, NAME(__complex__)));
  if (!method) return errorSet() ? -1 : 0;
  Ref r(call(method));
  if (!r) return -1;
  if (!isComplex(r)) return fail(TypeErrorType, "__complex__ returned non-complex (type %.200T)", r.get());
  if (!isExact(r, complexType) &&
      warn(DeprecationWarningType, 1,
           "__complex__ returned non-complex (type %.200T).  The ability to return an instance of a strict subclass of "
           "complex is deprecated, and may be removed in a future version of Python.",
           r.get()) < 0)
    return -1;
  *out = valueOf(r);
  return 1;
}

Value raiseSecond(Value v) { return raise(TypeErrorType, "complex() second argument must be a number, not '%.200T'", v); }
/// float(v), also of a class derived from float that has its own.
double asFloat(Value v) { return isFloat(v) && !isExactFloat(v) ? toDoubleBySlot(v, readyTypeOf(v)->number->toFloat) : toDouble(v); }
bool hasFloat(Value v) {
  const NumberSlots* n = readyTypeOf(v)->number;
  return n && (n->toFloat || n->index);
}

Value construct(Type* t, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments("complex", "(real=0, imag=0)", args, argv, 2, holder) < 0) return Value();
  Value r = argv[0], i = argv[1];
  if (r && !i && t == &complexType && isExact(r, complexType)) return newRef(r);
  if (r && isStr(r)) {
    if (i) return raise(TypeErrorType, "complex() can't take second arg if first is a string");
    return parse(t, r);
  }
  if (i && isStr(i)) return raise(TypeErrorType, "complex() second arg can't be a string");
  Complex real = 0, imaginary = 0;
  bool realIsComplex = false, imaginaryIsComplex = false;
  if (r) {
    int32_t c = viaComplexMethod(r, &real);
    if (c < 0) return Value();
    if (c == 0 && isComplex(r)) real = valueOf(r), c = 1;
    realIsComplex = c;
    if (!c) {
      if (!hasFloat(r))
        return raise(TypeErrorType, "complex() first argument must be a string or a number, not '%.200T'", r);
      if (i && !isComplex(i) && !hasFloat(i)) return raiseSecond(i); // before code of the first one runs
      double d = asFloat(r);
      if (d == -1.0 && errorSet()) return Value();
      real = d;
    }
  }
  if (i) {
    if (isComplex(i)) {
      imaginary = valueOf(i);
      imaginaryIsComplex = true;
    } else {
      if (!hasFloat(i)) return raiseSecond(i);
      double d = asFloat(i);
      if (d == -1.0 && errorSet()) return Value();
      imaginary = d;
    }
  }
  double x = real.real(), y = imaginary.real();
  if (imaginaryIsComplex) x -= imaginary.imag();
  if (realIsComplex && i) y += real.imag();
  else if (realIsComplex) y = real.imag();
  Value o = allocateOf(t, 0);
  if (o) {
    o.as<ComplexObject>()->real = x;
    o.as<ComplexObject>()->imag = y;
  }
  return o;
}

Value conjugate(Value self) { return newComplex(self.as<ComplexObject>()->real, -self.as<ComplexObject>()->imag); }
Value getNewArgs(Value self) {
  Ref r(newFloat(self.as<ComplexObject>()->real)), i(newFloat(self.as<ComplexObject>()->imag));
  return newTuple({r.get(), i.get()});
}

constinit const MethodDef complexMethods[] = {
    {"conjugate", conjugate, "($self, /)"},
    {"__complex__", exact, "($self, /)"},
    {"__format__", formatComplex, "($self, format_spec, /)"},
    {"__getnewargs__", getNewArgs, "($self, /)"},
    {},
};
constinit const MemberDef complexMembers[] = {
    {"real", MemberKind::Double, offsetof(ComplexObject, real), true},
    {"imag", MemberKind::Double, offsetof(ComplexObject, imag), true},
    {},
};
constinit const NumberSlots complexNumber = {
    .add = binarySlot<addC>,
    .sub = binarySlot<subC>,
    .mul = binarySlot<mulC>,
    .pow = powSlot,
    .neg = negSlot,
    .pos = exact,
    .abs = absSlot,
    .truth = truthSlot,
    .truediv = binarySlot<divC>,
};

} // namespace

int32_t toComplex(Value v, double* real, double* imag) {
  Complex c;
  int32_t r = isComplex(v) ? (c = valueOf(v), 1) : viaComplexMethod(v, &c);
  if (r < 0) return -1;
  if (r == 0) {
    double d = toDouble(v);
    if (d == -1.0 && errorSet()) return -1;
    c = d;
  }
  *real = c.real();
  *imag = c.imag();
  return 0;
}

Value complexPower(double ar, double ai, double br, double bi) {
  Complex a(ar, ai), b(br, bi), r;
  if (br == 0 && bi == 0) return newComplex(1, 0);
  if (bi == 0 && br == std::floor(br) && std::fabs(br) <= 100) {
    // Small integer exponents by repeated squaring.
    auto n = static_cast<long>(std::fabs(br));
    Complex result = 1, power = a;
    for (long mask = 1; n >= mask; mask <<= 1) {
      if (n & mask) result = {result.real() * power.real() - result.imag() * power.imag(),
                              result.real() * power.imag() + result.imag() * power.real()};
      power = {power.real() * power.real() - power.imag() * power.imag(), power.real() * power.imag() + power.imag() * power.real()};
    }
    if (br < 0 && !divide(1, result, &result)) return raise(ZeroDivisionErrorType, "0.0 to a negative or complex power");
    r = result;
  } else if (ar == 0 && ai == 0) {
    if (bi != 0 || br < 0) return raise(ZeroDivisionErrorType, "0.0 to a negative or complex power");
  } else {
    double length = std::pow(std::hypot(ar, ai), br), angle = std::atan2(ai, ar), phase = angle * br;
    if (bi != 0) {
      length /= std::exp(angle * bi);
      phase += bi * std::log(std::hypot(ar, ai));
    }
    if (std::isinf(phase)) return raise(ZeroDivisionErrorType, "0.0 to a negative or complex power");
    r = {length * std::cos(phase), length * std::sin(phase)};
  }
  if (std::isinf(r.real()) || std::isinf(r.imag())) return raise(OverflowErrorType, "complex exponentiation");
  return make(r);
}

constinit Type complexType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "complex",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeComplex | kTypeImmutable | kTypeOwnGetAttr,
    .instanceLayout = {.type = &complexType, .size = sizeof(ComplexObject)},
    .dealloc = dealloc,
    .repr = reprSlot,
    .hash = complexHash,
    .compare = compareSlot,
    .construct = construct,
    .number = &complexNumber,
    .methods = complexMethods,
    .members = complexMembers,
    .constructorSignature = "(real=0, imag=0)",
};

} // namespace krait
