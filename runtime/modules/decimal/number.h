// Decimal numbers: sign, integer coefficient, power of ten; and the
// operations of the General Decimal Arithmetic specification on them.
//
// No Python object is involved. An operation computes its result exactly, or with
// enough digits and a sticky one, and finalize() rounds it into a context's
// precision and exponent range. What happened is added to `status`.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include "runtime/modules/decimal/natural.h"

namespace krait::decimal {

constexpr int64_t kMaxPrec = 999999999999999999, kMaxEmax = kMaxPrec, kMinEmin = -kMaxPrec, kMinEtiny = kMinEmin - (kMaxPrec - 1);

enum Condition : uint32_t {
  kClamped = 0x1, kConversionSyntax = 0x2, kDivisionByZero = 0x4, kDivisionImpossible = 0x8, kDivisionUndefined = 0x10,
  kInexact = 0x40, kInvalidContext = 0x80, kInvalidOperation = 0x100, kMallocError = 0x200, kFloatOperation = 0x400,
  kOverflow = 0x800, kRounded = 0x1000, kSubnormal = 0x2000, kUnderflow = 0x4000,
  /// All that the one signal InvalidOperation stands for.
  kAnyInvalid = kConversionSyntax | kDivisionImpossible | kDivisionUndefined | kInvalidContext | kInvalidOperation | kMallocError,
};
enum Rounding : uint8_t { kUp, kDown, kCeiling, kFloor, kHalfUp, kHalfDown, kHalfEven, k05Up };
enum Kind : uint8_t { kFinite, kInfinity, kQuietNan, kSignalingNan };

struct Settings {
  int64_t prec = 28, emax = 999999, emin = -999999;
  Rounding rounding = kHalfEven;
  bool clamp = false;
  int64_t etiny() const { return emin - (prec - 1); }
  int64_t etop() const { return emax - (prec - 1); }
};
/// No rounding ever; what does not fit even this is invalid.
constexpr Settings kExact = {kMaxPrec, kMaxEmax, kMinEmin, kHalfEven, false};

struct Number {
  Natural c; // a NaN's payload, 0 for none
  int64_t exp = 0;
  bool negative = false;
  Kind kind = kFinite;

  Number() = default;
  explicit Number(uint64_t v, int64_t e = 0) : c(v), exp(e) {}
  Number(const Number&) = delete;
  Number& operator=(const Number&) = delete;
  /// A finite number.
  void setFinite(Limb low, Limb high, int64_t e, bool sign) {
    c.set(low, high);
    exp = e;
    negative = sign;
    kind = kFinite;
  }
  void set(const Number& o) {
    if (this == &o) return;
    c.set(o.c);
    exp = o.exp;
    negative = o.negative;
    kind = o.kind;
  }
  /// set(), at the cost of what `o` holds.
  void take(Number& o) {
    c.swap(o.c);
    exp = o.exp;
    negative = o.negative;
    kind = o.kind;
  }
  void setSmall(uint64_t v, int64_t e = 0, bool sign = false) {
    c.set(v);
    exp = e;
    negative = sign;
    kind = kFinite;
  }
  void setInfinity(bool sign) {
    setSmall(0, 0, sign);
    kind = kInfinity;
  }
  void setNan() {
    setSmall(0);
    kind = kQuietNan;
  }
  bool isNan() const { return kind >= kQuietNan; }
  bool isFinite() const { return kind == kFinite; }
  bool isZeroCoefficient() const { return c.isZero(); }
  bool isZero() const { return kind == kFinite && isZeroCoefficient(); }
  int64_t digits() const;
  int64_t adjusted() const { return exp + digits() - 1; }
};

using UnaryOperation = void(Number& r, const Number& a, const Settings& s, uint32_t& status);
using BinaryOperation = void(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status);

/// The powers of ten up to one that fits a `Word`.
template <class Word, int kMost> struct Tens {
  Word power[kMost + 1];
  consteval Tens() : power() {
    power[0] = 1;
    for (int i = 1; i <= kMost; ++i) power[i] = power[i - 1] * 10;
  }
};
constexpr int kWordDigits = 19; // every number of so many digits fits a limb
inline constexpr Tens<uint64_t, kWordDigits> kWordTens;

/// More digits than that are not computed: an operation that needs them sets `exhausted`.
constexpr int64_t kMostDigits = 500000000;

// ---- number.cpp ----
int64_t digitsOf(const Natural& c); // 1 for zero
/// 10**n, n of any sensible size; valid until the next call for n above 256.
const Natural& powerOfTen(int64_t n);
void scaleUp(Natural& c, int64_t n); // c *= 10**n
/// c /= 10**n; answers what was cut off: 0 nothing, 1 less than half, 5 half, 9 more.
int scaleDown(Natural& c, int64_t n);
/// Divides by as many tens as go into c, not more than `most` of them: how many.
int64_t dropZeros(Natural& c, int64_t most);
bool roundsUp(int cut, const Natural& c, bool negative, Rounding mode);
void finalize(Number& n, const Settings& s, uint32_t& status);
void setInvalid(Number& r, uint32_t condition, uint32_t& status);
/// NaN operands: sets r and answers true.
bool propagateNan(Number& r, const Number& a, const Settings& s, uint32_t& status);
bool propagateNan(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status);
/// Order of two numbers that are no NaNs, and by sign, exponent and all (compare_total).
int compareNumbers(const Number& a, const Number& b);
int compareTotal(const Number& a, const Number& b);
bool isInteger(const Number& a);
bool isOddInteger(const Number& a);
/// The magnitude of a finite integer whose exponent has a sensible size.
void toInteger(Natural& out, const Number& a);

// ---- arithmetic.cpp ----
BinaryOperation add, subtract, multiply, divide, divideInteger, remainder, remainderNear, compare, compareSignal;
UnaryOperation plus, minus, absolute, squareRoot;
void divideBoth(Number& q, Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status);
void fusedMultiplyAdd(Number& r, const Number& a, const Number& b, const Number& c, const Settings& s, uint32_t& status);
BinaryOperation maximum, minimum, maximumMagnitude, minimumMagnitude;

// ---- rescale.cpp ----
BinaryOperation quantize, scaleB, shift, rotate, nextToward;
UnaryOperation reduce, toIntegralExact, toIntegralValue, nextPlus, nextMinus, logB;
/// Rounds to an integer by `mode`, exponent at least 0; no flags.
void roundToInteger(Number& r, const Number& a, Rounding mode);
UnaryOperation invertDigits;
BinaryOperation andDigits, orDigits, xorDigits;

// ---- transcendental.cpp ----
UnaryOperation exponential, naturalLogarithm, logarithm10;
BinaryOperation power;
void powerModulo(Number& r, const Number& base, const Number& e, const Number& m, const Settings& s, uint32_t& status);

// ---- text.cpp ----
/// Exact; false: no number.
bool parseNumber(Number& r, std::string_view ascii);
/// to-scientific-string or to-engineering-string, ending in a NUL. `capitals`: E rather than e. What does not stand
/// in `room` is malloc'ed: free() it.
constexpr size_t kTextRoom = 112;
char* numberText(const Number& a, bool engineering, bool capitals, char (&room)[kTextRoom]);

} // namespace krait::decimal
