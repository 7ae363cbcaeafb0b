// The math module: C's functions with Python's domain errors, and integer number theory.
#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstring>
#include <vector>

#include "runtime/bigint/combinatorics.h"
#include "runtime/bigint/divide.h"
#include "runtime/bigint/gcd.h"
#include "runtime/bigint/root.h"
#include "runtime/modules/math_gamma.h"
#include "runtime/object/parsed_rows.h"
#include "runtime/object/items.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/real_functions.h"
#include "runtime/types/float.h"
#include "runtime/types/float_power.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/int_view.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

Value domainError() { return raise(ValueErrorType, "math domain error"); }
Value rangeError() { return raise(OverflowErrorType, "math range error"); }

/// A double argument; false with an error set.
bool number(Value v, double* out) {
  *out = toDouble(v);
  return !(*out == -1.0 && errorSet());
}

/// One-argument functions: NaN from a number is a domain error; infinity from a finite number is a
/// range error where `canOverflow`, else a domain error.
template <double (*Function)(double), bool CanOverflow> Value unary(Value, Value v) {
  double x;
  if (!number(v, &x)) return Value();
  double r = Function(x);
  if (std::isnan(r) && !std::isnan(x)) return domainError();
  if (std::isinf(r) && std::isfinite(x)) return CanOverflow ? rangeError() : domainError();
  return newFloat(r);
}
// ---- rounding ----------------------------------------------------------------------------------

Value integral(Value v, Value name, double (*round)(double)) {
  if (isExactFloat(v)) return newIntFromDouble(round(floatValue(v)));
  Ref method(lookupSpecial(v, name));
  if (method) return call(method);
  if (errorSet()) return Value();
  double x;
  return number(v, &x) ? newIntFromDouble(round(x)) : Value();
}
Value ceilFunction(Value, Value v) { return integral(v, NAME(__ceil__), std::ceil); }
Value floorFunction(Value, Value v) { return integral(v, NAME(__floor__), std::floor); }
Value truncFunction(Value, Value v) {
  if (isExactFloat(v)) return newIntFromDouble(floatValue(v));
  Ref method(lookupSpecial(v, NAME(__trunc__)));
  if (!method) return errorSet() ? Value() : raise(TypeErrorType, "type %.100T doesn't define __trunc__ method", v);
  return call(method);
}

// ---- logarithms --------------------------------------------------------------------------------

/// log of any number in a base given by its log function; big ints by their top bits.
Value logarithm(Value v, double (*log)(double)) {
  if (isInt(v)) {
    if (intSign(v) <= 0) return domainError();
    const double x = intToDouble(v);
    if (!errorClearIf(OverflowErrorType)) return newFloat(log(x));
    // As a fraction of 1, of which 128 bits say how it rounds, and a power of two.
    constexpr int kBits = 128;
    const size_t bits = intBitLength(v);
    Ref shift(newInt(static_cast<int64_t>(bits - kBits)));
    Ref top(intShiftRight(v, shift));
    if (!top) return Value();
    return newFloat(log(std::ldexp(intToDouble(top), -kBits)) + log(2.0) * static_cast<double>(bits));
  }
  double x;
  if (!number(v, &x)) return Value();
  if (std::isnan(x)) return newFloat(x);
  if (x <= 0) return domainError();
  return newFloat(log(x));
}
Value logFunction(Value, const Args& args) {
  if (checkNoKeywords("math.log", args) < 0) return Value();
  if (args.count < 1 || args.count > 2) return raise(TypeErrorType, "math.log requires 1 to 2 arguments");
  Ref n(logarithm(args[0], std::log));
  if (!n || args.count == 1) return n.release();
  Ref d(logarithm(args[1], std::log));
  return d ? trueDivide(n, d) : Value();
}
Value log2Function(Value, Value v) { return logarithm(v, std::log2); }
Value log10Function(Value, Value v) { return logarithm(v, std::log10); }

// ---- floats apart and together -----------------------------------------------------------------

Value frexpFunction(Value, Value v) {
  double x;
  if (!number(v, &x)) return Value();
  int e = 0;
  double m = std::isfinite(x) && x != 0 ? std::frexp(x, &e) : x;
  Ref mantissa(newFloat(m));
  return newTuple({mantissa.get(), Value::ofSmallInt(e)});
}
Value ldexpFunction(Value, const Value* argv) {
  double x;
  if (!number(argv[0], &x)) return Value();
  if (!isInt(argv[1])) return raise(TypeErrorType, "Expected an int as second argument to ldexp.");
  int overflow;
  int64_t e = intToInt64(argv[1], &overflow);
  if (x == 0 || !std::isfinite(x)) return newFloat(x);
  if (overflow > 0 || e > INT32_MAX) return rangeError();
  if (overflow < 0 || e < INT32_MIN) return newFloat(std::copysign(0.0, x));
  double r = std::ldexp(x, static_cast<int>(e));
  return std::isinf(r) ? rangeError() : newFloat(r);
}
Value modfFunction(Value, Value v) {
  double x;
  if (!number(v, &x)) return Value();
  double whole, part = std::modf(x, &whole);
  if (std::isinf(x)) part = std::copysign(0.0, x), whole = x;
  Ref a(newFloat(part)), b(newFloat(whole));
  return newTuple({a.get(), b.get()});
}
Value fmodFunction(Value, const Value* argv) {
  double x, y;
  if (!number(argv[0], &x) || !number(argv[1], &y)) return Value();
  if (std::isinf(y) && std::isfinite(x)) return newFloat(x);
  double r = std::fmod(x, y);
  if (std::isnan(r) && !std::isnan(x) && !std::isnan(y)) return domainError();
  return newFloat(r);
}
double remainderOf(double x, double y) { return std::remainder(x, y); }
Value remainderFunction(Value, const Value* argv) {
  double x, y;
  if (!number(argv[0], &x) || !number(argv[1], &y)) return Value();
  if (std::isnan(x) || std::isnan(y)) return newFloat(std::isnan(x) ? x : y);
  if (std::isinf(x) || y == 0) return domainError();
  return newFloat(remainderOf(x, y));
}
Value powFunction(Value, const Value* argv) {
  double x, y;
  if (!number(argv[0], &x) || !number(argv[1], &y)) return Value();
  double r = powerOf(x, y);
  if (std::isfinite(x) && std::isfinite(y)) {
    if (std::isnan(r)) return domainError();
    if (std::isinf(r)) return x == 0 ? domainError() : rangeError();
  }
  return newFloat(r);
}
Value fabsFunction(Value, Value v) {
  double x;
  return number(v, &x) ? newFloat(std::fabs(x)) : Value();
}
Value copysignFunction(Value, const Value* argv) {
  double x, y;
  return number(argv[0], &x) && number(argv[1], &y) ? newFloat(std::copysign(x, y)) : Value();
}
Value atan2Function(Value, const Value* argv) {
  double y, x;
  return number(argv[0], &y) && number(argv[1], &x) ? newFloat(std::atan2(y, x)) : Value();
}
Value nextafterFunction(Value, const Value* argv) {
  double x, y;
  return number(argv[0], &x) && number(argv[1], &y) ? newFloat(std::nextafter(x, y)) : Value();
}
Value ulpFunction(Value, Value v) {
  double x;
  if (!number(v, &x)) return Value();
  if (std::isnan(x)) return newFloat(x);
  x = std::fabs(x);
  if (std::isinf(x)) return newFloat(x);
  double next = std::nextafter(x, INFINITY);
  return newFloat(std::isinf(next) ? x - std::nextafter(x, -INFINITY) : next - x);
}
template <bool (*Test)(double)> Value testFunction(Value, Value v) {
  double x;
  return number(v, &x) ? boolean(Test(x)) : Value();
}
bool isFiniteNumber(double x) { return std::isfinite(x); }
bool isInfinite(double x) { return std::isinf(x); }
bool isNanNumber(double x) { return std::isnan(x); }

double degreesOf(double x) { return x * (180.0 / M_PI); }
double radiansOf(double x) { return x * (M_PI / 180.0); }
Value degreesFunction(Value, Value v) {
  double x;
  return number(v, &x) ? newFloat(degreesOf(x)) : Value();
}
Value radiansFunction(Value, Value v) {
  double x;
  return number(v, &x) ? newFloat(radiansOf(x)) : Value();
}
Value iscloseFunction(Value, const Value* argv) {
  double a, b, relative = 1e-09, absolute = 0.0;
  if (!number(argv[0], &a) || !number(argv[1], &b) || (argv[2] && !number(argv[2], &relative)) || (argv[3] && !number(argv[3], &absolute)))
    return Value();
  if (relative < 0 || absolute < 0) return raise(ValueErrorType, "tolerances must be non-negative");
  if (a == b) return boolean(true);
  if (std::isinf(a) || std::isinf(b)) return boolean(false);
  double difference = std::fabs(b - a);
  return boolean(difference <= std::fabs(relative * b) || difference <= std::fabs(relative * a) || difference <= absolute);
}

// ---- sums --------------------------------------------------------------------------------------

/// What a sum of doubles is exactly: doubles that do not overlap, the least first (Shewchuk). Mostly a few.
class Partials {
public:
  /// False: the sum is no finite number any more.
  bool add(double x) {
    double* const parts = parts_;
    size_t kept = 0;
    for (size_t i = 0; i < size_; ++i) {
      double y = parts[i];
      if (std::fabs(x) < std::fabs(y)) std::swap(x, y);
      const double high = x + y, low = y - (high - x);
      if (low != 0) parts[kept++] = low;
      x = high;
    }
    size_ = kept;
    if (x == 0) return true;
    if (!std::isfinite(x)) return false;
    if (size_ == std::size(few_) && parts_ == few_) {
      many_.resize(kMost);
      std::copy_n(few_, size_, many_.data());
      parts_ = many_.data();
    }
    parts_[size_++] = x;
    return true;
  }
  void clear() { size_ = 0; }
  size_t size() const { return size_; }
  double operator[](size_t i) const { return parts_[i]; }

private:
  // They do not overlap, so there are no more than a double has exponents.
  static constexpr size_t kMost = 2100;
  double few_[32]; // not initialised
  std::vector<double> many_;
  double* parts_ = few_;
  size_t size_ = 0;
};

/// Exact summation, rounded once.
Value fsumFunction(Value, Value iterable) {
  Items items(iterable);
  if (!items) return Value();
  Partials partials;
  double special = 0, infinities = 0;
  for (;;) {
    Ref item(items.next());
    if (!item) {
      if (errorSet()) return Value();
      break;
    }
    double x;
    if (item.get().isImmediateFloat()) x = item.get().immediateFloat();
    else if (!number(item, &x)) return Value();
    if (partials.add(x)) [[likely]] continue;
    if (std::isfinite(x)) return raise(OverflowErrorType, "intermediate overflow in fsum");
    if (std::isinf(x)) infinities += x;
    special += x;
    partials.clear();
  }
  if (special != 0) {
    if (std::isnan(infinities)) return raise(ValueErrorType, "-inf + inf in fsum");
    return newFloat(special);
  }
  size_t n = partials.size();
  double high = 0;
  if (n > 0) {
    high = partials[--n];
    double low = 0;
    while (n > 0) {
      double x = high, y = partials[--n];
      high = x + y;
      low = y - (high - x);
      if (low != 0) break;
    }
    // Half-way cases are decided by what lies below.
    if (n > 0 && ((low < 0 && partials[n - 1] < 0) || (low > 0 && partials[n - 1] > 0))) {
      double y = low * 2.0, x = high + y;
      if (y == x - high) high = x;
    }
  }
  return newFloat(high);
}

/// Euclidean length with scaling by the largest component and compensated summation.
/// Points have few dimensions.
class Coordinates {
public:
  explicit Coordinates(size_t size) : size_(size) {
    if (size > kFew) many_.resize(size);
  }
  double* begin() { return size_ > kFew ? many_.data() : few_; }
  double* end() { return begin() + size_; }
  size_t size() const { return size_; }
  double& operator[](size_t i) { return begin()[i]; }

private:
  static constexpr size_t kFew = 8;
  size_t size_;
  double few_[kFew];
  std::vector<double> many_;
};

double vectorNorm(Coordinates& v, double largest, bool foundNan) {
  if (std::isinf(largest)) return largest;
  if (foundNan) return NAN;
  if (largest == 0 || v.size() <= 1) return largest;
  int e;
  std::frexp(largest, &e);
  double sum = 1, correction = 0;
  if (e < -1023) {
    // All components are tiny: lift them out of the subnormals first.
    for (double& x : v) x /= DBL_MIN;
    return DBL_MIN * vectorNorm(v, largest / DBL_MIN, false);
  }
  double scale = std::ldexp(1.0, -e);
  for (double x : v) {
    x *= scale;
    double square = x * x, error = std::fma(x, x, -square);
    double next = sum + square;
    correction += (square - (next - sum)) + error;
    sum = next;
  }
  double h = std::sqrt(sum - 1.0 + correction);
  // One Newton step with the exact residual: of the sum in its two parts, not of what they round to.
  double hh = h * h, residual = (sum - 1.0 - hh) + (correction - std::fma(h, h, -hh));
  return (h + residual / (2.0 * h)) / scale;
}

double hypotOf(double x, double y) {
  Coordinates v(2);
  v[0] = std::fabs(x), v[1] = std::fabs(y);
  return vectorNorm(v, v[0] < v[1] ? v[1] : v[0], std::isnan(x) || std::isnan(y));
}
Value hypotFunction(Value, const Args& args) {
  if (checkNoKeywords("math.hypot", args) < 0) return Value();
  Coordinates v(args.count);
  double largest = 0;
  bool nan = false;
  for (size_t i = 0; i < args.count; ++i) {
    if (!number(args[i], &v[i])) return Value();
    v[i] = std::fabs(v[i]);
    nan = nan || std::isnan(v[i]);
    if (v[i] > largest) largest = v[i];
  }
  return newFloat(vectorNorm(v, largest, nan));
}
Value distFunction(Value, const Value* argv) {
  Ref p(isTuple(argv[0]) ? newRef(argv[0]) : toTuple(argv[0])), q(p ? (isTuple(argv[1]) ? newRef(argv[1]) : toTuple(argv[1])) : Value());
  if (!p || !q) return Value();
  int64_t n = asTuple(p)->size;
  if (asTuple(q)->size != n) return raise(ValueErrorType, "both points must have the same number of dimensions");
  Coordinates v(static_cast<size_t>(n));
  double largest = 0;
  bool nan = false;
  for (int64_t i = 0; i < n; ++i) {
    double a, b;
    if (!number(asTuple(p)->items[i], &a) || !number(asTuple(q)->items[i], &b)) return Value();
    double d = std::fabs(a - b);
    v[static_cast<size_t>(i)] = d;
    nan = nan || std::isnan(d);
    if (d > largest) largest = d;
  }
  return newFloat(vectorNorm(v, largest, nan));
}

Value prodFunction(Value, const Value* argv) {
  Ref result(argv[1] ? newRef(argv[1]) : Value::ofSmallInt(1)), it(iterate(argv[0]));
  if (!it) return Value();
  for (;;) {
    Ref item(krt_next(it));
    if (!item) return errorSet() ? Value() : result.release();
    result.reset(krt_mul(result, item));
    if (!result) return Value();
  }
}

// ---- integers ----------------------------------------------------------------------------------

Value gcdOf(Value a, Value b) {
  if (a.isSmallInt() && b.isSmallInt()) {
    const auto [less, more] = std::minmax({static_cast<uint64_t>(std::abs(a.smallInt())), static_cast<uint64_t>(std::abs(b.smallInt()))});
    if (less == 1) return Value::ofSmallInt(1);
    // Of numbers of very different sizes halving would take many steps.
    return newIntUnsigned(bigint::gcdOfLimbs(less, less && more / 256 > less ? more % less : more));
  }
  IntView x(a), y(b);
  if (x.isZero() || y.isZero()) return intFromLimbs(x.isZero() ? y.limbs : x.limbs, x.count + y.count, false);
  Limbs r(std::min(x.count, y.count));
  if (!r.get()) return Value();
  const bigint::Size count = bigint::gcd(r, x.limbs, x.count, y.limbs, y.count);
  return count < 0 ? raiseNoMemory() : intFromLimbs(r, count, false);
}
Value gcdFunction(Value, const Args& args) {
  if (checkNoKeywords("math.gcd", args) < 0) return Value();
  if (args.count == 2 && args[0].isSmallInt() && args[1].isSmallInt()) return gcdOf(args[0], args[1]);
  Ref r(Value::ofSmallInt(0));
  for (size_t i = 0; i < args.count; ++i) {
    Ref x(index(args[i]));
    if (!x) return Value();
    r.reset(gcdOf(r, x));
    if (!r) return Value();
  }
  return r.release();
}
Value lcmFunction(Value, const Args& args) {
  if (checkNoKeywords("math.lcm", args) < 0) return Value();
  Ref r(Value::ofSmallInt(1));
  for (size_t i = 0; i < args.count; ++i) {
    Ref x(index(args[i]));
    if (!x) return Value();
    if (intSign(x) == 0) {
      r.reset(Value::ofSmallInt(0));
      continue;
    }
    Ref g(gcdOf(r, x));
    if (intSign(r) == 0) continue;
    Ref q(g ? intFloorDiv(r, g) : Value());
    Ref product(q ? intMul(q, x) : Value());
    if (!product) return Value();
    r.reset(intSign(product) < 0 ? intNegate(product) : product.release());
  }
  return r.release();
}

Value factorialOf(uint64_t n) {
  const bigint::Size room = bigint::factorialLimbsAtMost(n);
  if (room < 0) return raiseNoMemory();
  Limbs r(room);
  if (!r.get()) return Value();
  const bigint::Size count = bigint::factorial(r, n);
  return count < 0 ? raiseNoMemory() : intFromLimbs(r, count, false);
}
/// n·(n - 1)·…, k factors; n >= k.
Value fallingProduct(Value n, int64_t k) {
  IntView top(n);
  if (top.count <= 1 && k > 0) {
    const uint64_t last = top.limbs[0], first = last - static_cast<uint64_t>(k) + 1;
    const bigint::Size room = bigint::productLimbsAtMost(first, last);
    if (room < 0) return raiseNoMemory();
    Limbs r(room);
    if (!r.get()) return Value();
    const bigint::Size count = bigint::productOfRange(r, first, last);
    return count < 0 ? raiseNoMemory() : intFromLimbs(r, count, false);
  }
  if (k <= 1) return k ? newRef(n) : Value::ofSmallInt(1);
  const int64_t half = k / 2;
  Ref count(newInt(half)), rest(intSub(n, count));
  Ref x(fallingProduct(n, half)), y(x && rest ? fallingProduct(rest, k - half) : Value());
  return y ? intMul(x, y) : Value();
}

Value factorialFunction(Value, Value v) {
  Ref n(index(v));
  if (!n) return Value();
  int overflow;
  int64_t x = intToInt64(n, &overflow);
  if (overflow > 0) return raise(OverflowErrorType, "factorial() argument should not exceed %lld", static_cast<long long>(INT64_MAX));
  if (x < 0 || overflow < 0) return raise(ValueErrorType, "factorial() not defined for negative values");
  if (x <= 20) { // the last that fits
    int64_t r = 1;
    for (int64_t i = 2; i <= x; ++i) r *= i;
    return newInt(r);
  }
  return factorialOf(static_cast<uint64_t>(x));
}
Value isqrtFunction(Value, Value v) {
  Ref n(index(v));
  if (!n) return Value();
  if (intSign(n) < 0) return raise(ValueErrorType, "isqrt() argument must be nonnegative");
  IntView a(n);
  if (a.isZero()) return Value::ofSmallInt(0);
  Limbs root((a.count + 1) / 2);
  if (!root.get()) return Value();
  bool exact;
  if (!bigint::squareRoot(root, &exact, a.limbs, a.count)) return raiseNoMemory();
  return intFromLimbs(root, (a.count + 1) / 2, false);
}

/// Counts of selections: 1 ok, 0 result is zero, -1 error.
int32_t selection(const Value* argv, Ref* n, Ref* k) {
  n->reset(index(argv[0]));
  if (!*n) return -1;
  k->reset(index(argv[1]));
  if (!*k) return -1;
  if (intSign(*n) < 0) return fail(ValueErrorType, "n must be a non-negative integer");
  if (intSign(*k) < 0) return fail(ValueErrorType, "k must be a non-negative integer");
  return intCompare(*n, *k) >= 0;
}
/// Pascal's triangle as far as its numbers are small ints: row n, up to its middle.
constexpr int64_t kTriangleRows = 64, kTriangleColumns = kTriangleRows / 2 + 1;
struct Triangle {
  int64_t of[kTriangleRows][kTriangleColumns] = {};
  constexpr Triangle() {
    for (int64_t n = 0; n < kTriangleRows; ++n)
      for (int64_t k = 0; k <= n / 2; ++k) of[n][k] = k ? of[n - 1][k - 1] + of[n - 1][k < n - k ? k : n - 1 - k] : 1;
  }
};
constexpr Triangle kTriangle;

Value combFunction(Value, const Value* argv) {
  if (argv[0].isSmallInt() && argv[1].isSmallInt()) {
    const int64_t n = argv[0].smallInt(), k = argv[1].smallInt();
    if (n >= 0 && n < kTriangleRows && k >= 0 && k <= n) return newInt(kTriangle.of[n][k < n - k ? k : n - k]);
  }
  Ref n, k;
  int32_t s = selection(argv, &n, &k);
  if (s <= 0) return s < 0 ? Value() : Value::ofSmallInt(0);
  Ref other(intSub(n, k));
  if (!other) return Value();
  if (intCompare(other, k) < 0) k = std::move(other);
  int overflow;
  int64_t count = intToInt64(k, &overflow);
  if (overflow) return raise(OverflowErrorType, "min(n - k, k) must not exceed %lld", static_cast<long long>(INT64_MAX));
  Ref product(fallingProduct(n, count)), repeated(product ? factorialOf(static_cast<uint64_t>(count)) : Value());
  return repeated ? intFloorDiv(product, repeated) : Value();
}
Value permFunction(Value, const Value* argv) {
  if (!argv[1] || isNone(argv[1])) return factorialFunction(Value(), argv[0]);
  Ref n, k;
  int32_t s = selection(argv, &n, &k);
  if (s <= 0) return s < 0 ? Value() : Value::ofSmallInt(0);
  int overflow;
  int64_t count = intToInt64(k, &overflow);
  if (overflow) return raise(OverflowErrorType, "k must not exceed %lld", static_cast<long long>(INT64_MAX));
  return fallingProduct(n, count);
}

double expOf(double x) { return std::exp(x); }
double exp2Of(double x) { return std::exp2(x); }
double expm1Of(double x) { return std::expm1(x); }
double log1pOf(double x) { return x == -1.0 ? NAN : std::log1p(x); }
double cbrtOf(double x) { return std::cbrt(x); }
constexpr auto sqrtOf = realSqrt;
double sinOf(double x) { return std::sin(x); }
double cosOf(double x) { return std::cos(x); }
double tanOf(double x) { return std::tan(x); }
double asinOf(double x) { return std::asin(x); }
double acosOf(double x) { return std::acos(x); }
double atanOf(double x) { return std::atan(x); }
double sinhOf(double x) { return std::sinh(x); }
double coshOf(double x) { return std::cosh(x); }
double tanhOf(double x) { return std::tanh(x); }
double asinhOf(double x) { return std::asinh(x); }
double acoshOf(double x) { return std::acosh(x); }
double atanhOf(double x) { return std::atanh(x); }
double erfOf(double x) { return std::erf(x); }
double erfcOf(double x) { return std::erfc(x); }

double logOf(double x) { return x > 0 ? std::log(x) : NAN; }
double log2Of(double x) { return x > 0 ? std::log2(x) : NAN; }
double log10Of(double x) { return x > 0 ? std::log10(x) : NAN; }
double fabsOf(double x) { return std::fabs(x); }

/// `log` of one argument; a second one is the base.
constexpr MethodDef logMethod() {
  MethodDef log("log", logFunction, nullptr, kMethodParsed);
  log.computes = MethodDef::Real::OfOne;
  log.real = logOf;
  return log;
}
/// `hypot` of two coordinates.
constexpr MethodDef hypotMethod() {
  MethodDef hypot("hypot", hypotFunction);
  hypot.computes = MethodDef::Real::OfTwo;
  hypot.realOfTwo = hypotOf;
  return hypot;
}

#define UNARY(name, overflow) {#name, unary<name##Of, overflow>, "($module, x, /)", name##Of}
constinit const MethodDef methods[] = {
    UNARY(exp, true), UNARY(exp2, true), UNARY(expm1, true), UNARY(log1p, false), UNARY(cbrt, false), UNARY(sqrt, false),
    UNARY(sin, false), UNARY(cos, false), UNARY(tan, false), UNARY(asin, false), UNARY(acos, false), UNARY(atan, false),
    UNARY(sinh, true), UNARY(cosh, true), UNARY(tanh, false), UNARY(asinh, false), UNARY(acosh, false), UNARY(atanh, false),
    UNARY(erf, false), UNARY(erfc, false),
    {"gamma", gammaFunction, "($module, x, /)"},
    {"lgamma", lgammaFunction, "($module, x, /)"},
    {"ceil", ceilFunction, "($module, x, /)", std::ceil, MethodDef::Real::Whole},
    {"floor", floorFunction, "($module, x, /)", std::floor, MethodDef::Real::Whole},
    {"trunc", truncFunction, "($module, x, /)", std::trunc, MethodDef::Real::Whole},
    logMethod(),
    {"log2", log2Function, "($module, x, /)", log2Of},
    {"log10", log10Function, "($module, x, /)", log10Of},
    {"frexp", frexpFunction, "($module, x, /)"},
    {"ldexp", ldexpFunction, "($module, x, i, /)"},
    {"modf", modfFunction, "($module, x, /)"},
    {"fmod", fmodFunction, "($module, x, y, /)", std::fmod},
    {"remainder", remainderFunction, "($module, x, y, /)", remainderOf},
    {"pow", powFunction, "($module, x, y, /)", powerOf},
    {"fabs", fabsFunction, "($module, x, /)", fabsOf},
    {"copysign", copysignFunction, "($module, x, y, /)", std::copysign},
    {"atan2", atan2Function, "($module, y, x, /)", std::atan2},
    {"nextafter", nextafterFunction, "($module, x, y, /)"},
    {"ulp", ulpFunction, "($module, x, /)"},
    {"isfinite", testFunction<isFiniteNumber>, "($module, x, /)"},
    {"isinf", testFunction<isInfinite>, "($module, x, /)"},
    {"isnan", testFunction<isNanNumber>, "($module, x, /)"},
    {"degrees", degreesFunction, "($module, x, /)", degreesOf},
    {"radians", radiansFunction, "($module, x, /)", radiansOf},
    {"isclose", iscloseFunction, "($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)"},
    {"fsum", fsumFunction, "($module, seq, /)"},
    hypotMethod(),
    {"dist", distFunction, "($module, p, q, /)"},
    {"prod", prodFunction, "($module, iterable, /, *, start=1)"},
    {"gcd", gcdFunction, "($module, *integers)"},
    {"lcm", lcmFunction, "($module, *integers)"},
    {"factorial", factorialFunction, "($module, n, /)"},
    {"isqrt", isqrtFunction, "($module, n, /)"},
    {"comb", combFunction, "($module, n, k, /)"},
    {"perm", permFunction, "($module, n, k=None, /)"},
    {},
};

int execute(Value module) {
  static const struct { const char* name; double value; } constants[] = {
      {"pi", M_PI}, {"e", M_E}, {"tau", 2 * M_PI}, {"inf", INFINITY}, {"nan", NAN}};
  for (auto& c : constants)
    if (moduleAdd(module, c.name, newFloat(c.value)) < 0) return -1;
  return 0;
}

} // namespace

extern "C" constinit const NativeModule krt_module_math = {"math", methods, execute};

} // namespace krait
