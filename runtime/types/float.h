// float: immediate where the exponent allows (abi/value.h), else a heap object; complex beside it.
#pragma once
#include "runtime/abi/observers.h"
#include "runtime/object/type.h"

namespace krait {

struct FloatObject { Object header; double value; };
struct ComplexObject { Object header; double real, imag; };

inline Value newFloat(double d) {
  Value v = Value::tryFloat(d);
  return v.isOrdinaryFloat() && !krt_numbers_are_objects ? v : krt_float_slow(d);
}
inline bool isFloat(Value v) { return v.isImmediateFloat() || (v.isPointer() && (typeOfObject(v.object())->flags & kTypeFloat)); }
inline bool isExactFloat(Value v) { return v.isImmediateFloat() || (v.isPointer() && v.object()->layout == &floatType.instanceLayout); }
/// Of a value that isFloat.
inline double floatValue(Value v) { return v.isImmediateFloat() ? v.immediateFloat() : v.as<FloatObject>()->value; }
/// An immediate number as a double that equals it.
inline bool immediateAsDouble(Value v, double* out) {
  constexpr int64_t kExact = int64_t{1} << 53;
  if (v.isImmediateFloat()) {
    *out = v.immediateFloat();
    return true;
  }
  if (!v.isSmallInt() || v.smallInt() > kExact || v.smallInt() < -kExact) return false;
  *out = static_cast<double>(v.smallInt());
  return true;
}
Value newComplex(double real, double imag);
Value floatRound(Value v, const Value* digits);  // float.__round__: *digits null or None: an int
Value floatFromText(Value text);                // float("…"); ValueError
int64_t floatHash(double d, Value identity);    // NaN hashes by identity
int64_t complexHash(Value v);                    // of a complex number; runs no code
/// Shortest repr and the format codes e f g r of CPython's PyOS_double_to_string, as UTF-8 in a std::string-free buffer.
enum DoubleFlags : unsigned { kDoubleSign = 1, kDoubleAddDot0 = 2, kDoubleAlt = 4, kDoubleNoNegZero = 8 };
Value doubleToText(double d, char code, int precision, unsigned flags); // str
Value floatRepr(double d);

} // namespace krait
