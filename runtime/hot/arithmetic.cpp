// Binary operators on immediate ints and floats. Words of ints are 2v+1, so sums
// and comparisons need no untagging.
#include "runtime/object/slow_operators.h"
#include "runtime/types/float.h"
#include "runtime/types/float_power.h"
#include "runtime/types/int.h"

namespace krait {

namespace {

inline bool bothInts(Value a, Value b) { return a.bits & b.bits & Value::kIntTag; }
inline bool bothFloats(Value a, Value b) { return a.isImmediateFloat() && b.isImmediateFloat(); }
inline int64_t word(Value v) { return static_cast<int64_t>(v.bits); }

inline bool ok(Value* out, int64_t w) {
  *out = Value(static_cast<uint64_t>(w));
  return true;
}
inline bool ok(Value* out, double d) {
  *out = newFloat(d);
  return true;
}

// Each answers whether it could, with the result in *r.
inline bool fastAdd(Value a, Value b, Value* r) {
  int64_t sum;
  if (bothInts(a, b)) return !__builtin_add_overflow(word(a), word(b) - 1, &sum) && ok(r, sum);
  return bothFloats(a, b) && ok(r, a.immediateFloat() + b.immediateFloat());
}
inline bool fastSub(Value a, Value b, Value* r) {
  int64_t difference;
  if (bothInts(a, b)) return !__builtin_sub_overflow(word(a), word(b) - 1, &difference) && ok(r, difference);
  return bothFloats(a, b) && ok(r, a.immediateFloat() - b.immediateFloat());
}
inline bool fastMul(Value a, Value b, Value* r) {
  int64_t product;
  if (bothInts(a, b)) return !__builtin_mul_overflow(word(a) - 1, b.smallInt(), &product) && ok(r, product + 1);
  return bothFloats(a, b) && ok(r, a.immediateFloat() * b.immediateFloat());
}
inline bool fastTrueDiv(Value a, Value b, Value* r) {
  return bothFloats(a, b) && b.immediateFloat() != 0 && ok(r, a.immediateFloat() / b.immediateFloat());
}
/// The smallest int divided by -1 is no small int.
inline bool divides(Value a, Value b) { return bothInts(a, b) && b.smallInt() > 0; }
inline bool fastFloorDiv(Value a, Value b, Value* r) {
  if (!divides(a, b)) return false;
  int64_t x = a.smallInt(), y = b.smallInt(), q = x / y;
  *r = Value::ofSmallInt(q - (x - q * y < 0));
  return true;
}
inline bool fastMod(Value a, Value b, Value* r) {
  if (!divides(a, b)) return false;
  int64_t y = b.smallInt(), rest = a.smallInt() % y;
  *r = Value::ofSmallInt(rest < 0 ? rest + y : rest);
  return true;
}
inline bool fastAnd(Value a, Value b, Value* r) {
  *r = Value(a.bits & b.bits);
  return bothInts(a, b);
}
inline bool fastOr(Value a, Value b, Value* r) {
  *r = Value(a.bits | b.bits);
  return bothInts(a, b);
}
inline bool fastXor(Value a, Value b, Value* r) {
  *r = Value((a.bits ^ b.bits) | 1);
  return bothInts(a, b);
}
inline bool fastLshift(Value a, Value b, Value* r) {
  if (!bothInts(a, b) || static_cast<uint64_t>(b.smallInt()) > 61) return false;
  int64_t x = word(a) - 1, shifted = static_cast<int64_t>(static_cast<uint64_t>(x) << b.smallInt());
  return shifted >> b.smallInt() == x && ok(r, shifted + 1);
}
inline bool fastRshift(Value a, Value b, Value* r) {
  if (!bothInts(a, b) || static_cast<uint64_t>(b.smallInt()) > 62) return false;
  *r = Value::ofSmallInt(a.smallInt() >> b.smallInt());
  return true;
}

/// Where nothing can go wrong: a square, or of a positive number, with a result that is neither zero nor infinite.
inline bool fastPow(Value a, Value b, Value* r) {
  if (!a.isImmediateFloat()) return false;
  constexpr int64_t kSmall = 1 << 20;
  double exponent;
  if (b.isImmediateFloat()) exponent = b.immediateFloat();
  else if (b.isSmallInt() && b.smallInt() < kSmall && b.smallInt() > -kSmall) exponent = static_cast<double>(b.smallInt());
  else return false;
  if (a.immediateFloat() <= 0 && exponent != 2) return false;
  *r = Value::tryFloat(powerOf(a.immediateFloat(), exponent));
  return r->isOrdinaryFloat();
}

/// Whether an immediate result may stay one.
inline bool isDone(Value r) { return !krt_numbers_are_objects || !r.isSmallInt() || isSharedInt(r.smallInt()); }

} // namespace

extern "C" {

/// Where numbers are objects, the slow operators make all but the shared ones.
/// The augmented forms consume their left operand, which is immediate on the fast path.
#define KRAIT_OPERATOR(op, fast)                                                                              \
  Value krt_##op(Value a, Value b) {                                                                          \
    Value r;                                                                                                  \
    return fast(a, b, &r) && isDone(r) ? r : krt_##op##_slow(a, b);                            \
  }                                                                                                           \
  Value krt_i##op(Value a, Value b) {                                                                         \
    Value r;                                                                                                  \
    return fast(a, b, &r) && isDone(r) ? r : krt_i##op##_slow(a, b);                           \
  }
KRAIT_OPERATOR(add, fastAdd)
KRAIT_OPERATOR(sub, fastSub)
KRAIT_OPERATOR(mul, fastMul)
KRAIT_OPERATOR(truediv, fastTrueDiv)
KRAIT_OPERATOR(floordiv, fastFloorDiv)
KRAIT_OPERATOR(mod, fastMod)
KRAIT_OPERATOR(and, fastAnd)
KRAIT_OPERATOR(or, fastOr)
KRAIT_OPERATOR(xor, fastXor)
KRAIT_OPERATOR(lshift, fastLshift)
KRAIT_OPERATOR(rshift, fastRshift)
KRAIT_OPERATOR(pow, fastPow)
#undef KRAIT_OPERATOR

double krt_power_two(double x) { return powerTwo(x); }
double krt_power_half(double x) { return powerHalf(x); }

Value krt_matmul(Value a, Value b) { return krt_matmul_slow(a, b); }
Value krt_imatmul(Value a, Value b) { return krt_imatmul_slow(a, b); }

Value krt_neg(Value v) {
  if (v.isSmallInt() && v.smallInt() != Value::kSmallMin) return newInt(-v.smallInt());
  if (v.isImmediateFloat()) return newFloat(-v.immediateFloat());
  return krt_neg_slow(v);
}

} // extern "C"

} // namespace krait
