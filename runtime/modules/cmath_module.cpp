// The cmath module: complex_functions.h with Python's errors.
//
// A domain error is what each function says below; a finite argument with an
// infinite result is a range error.
#include <cerrno>
#include <cmath>
#include <complex>
#include <limits>
#include "runtime/modules/complex_functions.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace {

namespace functions_of = complex_functions;
using complex_functions::Complex;

constexpr double kInfinity = std::numeric_limits<double>::infinity(), kNan = std::numeric_limits<double>::quiet_NaN();

Value domainError() { return raise(ValueErrorType, "math domain error"); }
Value rangeError() { return raise(OverflowErrorType, "math range error"); }

/// complex(v) of a number, by __complex__ too. False with an error.
bool argument(Value v, Complex* out) {
  if (isFloat(v)) return *out = floatValue(v), true;
  Ref made;
  if (!hasTypeFlag(v, kTypeComplex)) {
    made.reset(lookupSpecial(v, NAME(__complex__)));
    if (!made && errorSet()) return false;
    if (!made) {
      const double d = toDouble(v);
      *out = d;
      return !(d == -1.0 && errorSet());
    }
    // complex() itself judges what the method answers.
    made.reset(call(asValue(&complexType), {v}));
    if (!made) return false;
    v = made;
  }
  *out = {v.as<ComplexObject>()->real, v.as<ComplexObject>()->imag};
  return true;
}

bool finite(Complex z) { return std::isfinite(z.real()) && std::isfinite(z.imag()); }
bool infinite(Complex z) { return std::isinf(z.real()) || std::isinf(z.imag()); }

bool nowhere(Complex) { return false; }
bool isZero(Complex z) { return z.real() == 0.0 && z.imag() == 0.0; }
bool isUnit(Complex z) { return z.imag() == 0.0 && std::fabs(z.real()) == 1.0; }
bool isImaginaryUnit(Complex z) { return z.real() == 0.0 && std::fabs(z.imag()) == 1.0; }
bool turnsEndlessly(Complex z) { return std::isinf(z.imag()) && !std::isnan(z.real()); }
bool expTurnsEndlessly(Complex z) { return std::isinf(z.imag()) && (std::isfinite(z.real()) || z.real() > 0); }
bool tanhTurnsEndlessly(Complex z) { return std::isinf(z.imag()) && std::isfinite(z.real()); }
/// The same of the functions of a circle: i·z.
template <bool (*Test)(Complex)> bool rotated(Complex z) { return Test({-z.imag(), z.real()}); }

template <Complex (*Function)(const Complex&), bool (*OutsideDomain)(Complex)> Value unary(Value, Value v) {
  Complex z;
  if (!argument(v, &z)) return Value();
  if (OutsideDomain(z)) return domainError();
  const Complex r = Function(z);
  if (finite(z) && infinite(r)) return rangeError();
  return newComplex(r.real(), r.imag());
}

Value logFunction(Value, const Value* argv) {
  Complex z, base;
  if (!argument(argv[0], &z) || (argv[1] && !argument(argv[1], &base))) return Value();
  if (isZero(z) && !argv[1]) return domainError(); // with a base it is an infinity, divided
  const Complex r = functions_of::log(z);
  if (argv[1]) {
    if (isZero(base)) return domainError();
    Ref x(newComplex(r.real(), r.imag()));
    const Complex below = functions_of::log(base);
    if (isZero(below)) return domainError();
    Ref y(newComplex(below.real(), below.imag()));
    return trueDivide(x, y);
  }
  return newComplex(r.real(), r.imag());
}

Value phaseFunction(Value, Value v) {
  Complex z;
  if (!argument(v, &z)) return Value();
  errno = 0; // an angle that vanishes is an error here, unlike in polar()
  const double angle = std::atan2(z.imag(), z.real());
  return errno ? rangeError() : newFloat(angle);
}
Value polarFunction(Value, Value v) {
  Complex z;
  if (!argument(v, &z)) return Value();
  const double r = std::hypot(z.real(), z.imag());
  if (finite(z) && std::isinf(r)) return rangeError();
  Ref length(newFloat(r)), angle(newFloat(std::atan2(z.imag(), z.real())));
  return newTuple({length, angle});
}
Value rectFunction(Value, const Value* argv) {
  const double r = toDouble(argv[0]);
  if (r == -1.0 && errorSet()) return Value();
  const double phi = toDouble(argv[1]);
  if (phi == -1.0 && errorSet()) return Value();
  if (std::isfinite(r) && std::isfinite(phi)) {
    if (phi == 0.0) return newComplex(r, r * phi);
    return newComplex(r * std::cos(phi), r * std::sin(phi));
  }
  if (r != 0.0 && !std::isnan(r) && std::isinf(phi)) return domainError();
  if (std::isinf(r)) {
    if (std::isnan(phi)) return newComplex(kInfinity, kNan);
    if (phi == 0.0) return newComplex(r, std::copysign(0.0, std::copysign(1.0, r) * std::copysign(1.0, phi)));
    return newComplex(std::copysign(kInfinity, r * std::cos(phi)), std::copysign(kInfinity, r * std::sin(phi)));
  }
  if (r == 0.0) return newComplex(0.0, 0.0);
  return newComplex(kNan, std::isnan(r) && phi == 0.0 ? 0.0 : kNan);
}

template <bool (*Test)(Complex)> Value predicate(Value, Value v) {
  Complex z;
  return argument(v, &z) ? boolean(Test(z)) : Value();
}
bool anyNan(Complex z) { return std::isnan(z.real()) || std::isnan(z.imag()); }

Value iscloseFunction(Value, const Value* argv) {
  Complex a, b;
  if (!argument(argv[0], &a) || !argument(argv[1], &b)) return Value();
  const double relative = argv[2] ? toDouble(argv[2]) : 1e-9, absolute = argv[3] ? toDouble(argv[3]) : 0.0;
  if (errorSet()) return Value();
  if (relative < 0.0 || absolute < 0.0) return raise(ValueErrorType, "tolerances must be non-negative");
  if (a == b) return boolean(true);
  if (infinite(a) || infinite(b)) return boolean(false);
  const double d = std::abs(a - b);
  return boolean(d <= relative * std::abs(b) || d <= relative * std::abs(a) || d <= absolute);
}

constinit const MethodDef functions[] = {
    {"acos", unary<functions_of::acos, nowhere>, "($module, z, /)"},
    {"acosh", unary<functions_of::acosh, nowhere>, "($module, z, /)"},
    {"asin", unary<functions_of::asin, nowhere>, "($module, z, /)"},
    {"asinh", unary<functions_of::asinh, nowhere>, "($module, z, /)"},
    {"atan", unary<functions_of::atan, isImaginaryUnit>, "($module, z, /)"},
    {"atanh", unary<functions_of::atanh, isUnit>, "($module, z, /)"},
    {"cos", unary<functions_of::cos, rotated<turnsEndlessly>>, "($module, z, /)"},
    {"cosh", unary<functions_of::cosh, turnsEndlessly>, "($module, z, /)"},
    {"exp", unary<functions_of::exp, expTurnsEndlessly>, "($module, z, /)"},
    {"isclose", iscloseFunction, "($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)"},
    {"isfinite", predicate<finite>, "($module, z, /)"},
    {"isinf", predicate<infinite>, "($module, z, /)"},
    {"isnan", predicate<anyNan>, "($module, z, /)"},
    {"log", logFunction, "($module, z, base=<unrepresentable>, /)"},
    {"log10", unary<functions_of::log10, isZero>, "($module, z, /)"},
    {"phase", phaseFunction, "($module, z, /)"},
    {"polar", polarFunction, "($module, z, /)"},
    {"rect", rectFunction, "($module, r, phi, /)"},
    {"sin", unary<functions_of::sin, rotated<turnsEndlessly>>, "($module, z, /)"},
    {"sinh", unary<functions_of::sinh, turnsEndlessly>, "($module, z, /)"},
    {"sqrt", unary<functions_of::sqrt, nowhere>, "($module, z, /)"},
    {"tan", unary<functions_of::tan, rotated<tanhTurnsEndlessly>>, "($module, z, /)"},
    {"tanh", unary<functions_of::tanh, tanhTurnsEndlessly>, "($module, z, /)"},
    {},
};

int execute(Value module) {
  const struct { const char* name; double value; } floats[] = {
      {"pi", 3.14159265358979323846}, {"e", 2.7182818284590452354}, {"tau", 6.28318530717958647692}, {"inf", kInfinity}, {"nan", kNan}};
  for (auto& f : floats)
    if (moduleAdd(module, f.name, newFloat(f.value)) < 0) return -1;
  return moduleAdd(module, "infj", newComplex(0.0, kInfinity)) < 0 || moduleAdd(module, "nanj", newComplex(0.0, kNan)) < 0 ? -1 : 0;
}

} // namespace

extern "C" constinit const NativeModule krt_module_cmath = {"cmath", functions, execute};

} // namespace krait
