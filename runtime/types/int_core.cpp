// Integer arithmetic: exact results over IntView, by the functions of runtime/bigint. Powers are in int_power.cpp; shifts, bitwise
// operators and bytes in int_bits.cpp.
#include <cmath>

#include "runtime/bigint/divide.h"
#include "runtime/bigint/multiply.h"
#include "runtime/memory/pools.h"
#include "runtime/types/float.h"
#include "runtime/types/int_make.h"
#include "runtime/types/sequence.h"

namespace krait {

bool krt_numbers_are_objects = false;

/// An object for one limb: what programs make of hashes, random bits and clocks.
[[gnu::always_inline]] static inline Value intOfLimb(bigint::Limb magnitude, bool negative) {
  constexpr size_t kBytes = sizeof(IntObject) + sizeof(bigint::Limb);
  Object* o = takeObjectOf<0>(intType, kBytes);
  if (!o) [[unlikely]] o = newObjectSlow(&intType.instanceLayout, 1);
  if (!o) [[unlikely]] return Value();
  auto* r = reinterpret_cast<IntObject*>(o);
  r->size = negative ? -1 : 1;
  r->limbs[0] = magnitude;
  return Value(o);
}

Value intFromLimbs(const bigint::Limb* limbs, bigint::Size count, bool negative) {
  while (count > 0 && limbs[count - 1] == 0) --count;
  if (count == 0) return Value::ofSmallInt(0);
  if (count == 1) {
    bigint::Limb m = limbs[0];
    const bool isSmall = m <= static_cast<bigint::Limb>(Value::kSmallMax) + negative;
    const auto x = static_cast<int64_t>(negative ? ~m + 1 : m);
    if (isSmall && (!krt_numbers_are_objects || isSharedInt(x))) return Value::ofSmallInt(x);
    return intOfLimb(m, negative);
  }
  Object* o = newObject(&intType.instanceLayout, count);
  if (!o) return Value();
  auto* r = reinterpret_cast<IntObject*>(o);
  r->size = negative ? -count : count;
  memcpy(r->limbs, limbs, static_cast<size_t>(count) * sizeof(bigint::Limb));
  return Value(o);
}

Value krt_int_slow(int64_t v) {
  return intOfLimb(v < 0 ? ~static_cast<uint64_t>(v) + 1 : static_cast<uint64_t>(v), v < 0);
}

Value newIntUnsigned(uint64_t v) {
  bigint::Limb limb = v;
  return intFromLimbs(&limb, 1, false);
}

Value newIntFromDouble(double d) {
  if (std::isnan(d)) return raise(ValueErrorType, "cannot convert float NaN to integer");
  if (std::isinf(d)) return raise(OverflowErrorType, "cannot convert float infinity to integer");
  d = std::trunc(d);
  if (d > -0x1p62 && d < 0x1p62) return newInt(static_cast<int64_t>(d));
  int exponent;
  double fraction = std::frexp(std::fabs(d), &exponent); // d = fraction * 2^exponent
  auto mantissa = static_cast<bigint::Limb>(std::ldexp(fraction, 53));
  int shift = exponent - 53;
  bigint::Size whole = shift / 64;
  Limbs r(whole + 2);
  std::memset(r.get(), 0, static_cast<size_t>(whole + 2) * sizeof(bigint::Limb));
  int bits = shift % 64;
  r[whole] = mantissa << bits;
  r[whole + 1] = bits ? mantissa >> (64 - bits) : 0;
  return intFromLimbs(r, whole + 2, d < 0);
}

int64_t intToInt64(Value v, int* overflow) {
  *overflow = 0;
  if (v.isSmallInt()) return v.smallInt();
  IntView a(v);
  if (a.count == 0) return 0;
  if (a.count == 1) {
    if (!a.negative && a.limbs[0] <= static_cast<bigint::Limb>(INT64_MAX)) return static_cast<int64_t>(a.limbs[0]);
    if (a.negative && a.limbs[0] <= static_cast<bigint::Limb>(INT64_MAX) + 1)
      return static_cast<int64_t>(~a.limbs[0] + 1);
  }
  *overflow = a.negative ? -1 : 1;
  return a.negative ? INT64_MIN : INT64_MAX;
}

uint64_t intToUint64Mask(Value v) {
  IntView a(v);
  uint64_t m = a.count ? a.limbs[0] : 0;
  return a.negative ? ~m + 1 : m;
}

int intSign(Value v) {
  IntView a(v);
  return a.count == 0 ? 0 : a.negative ? -1 : 1;
}

size_t intBitLength(Value v) {
  IntView a(v);
  return a.count == 0 ? 0 : static_cast<size_t>(a.count) * 64 - static_cast<size_t>(__builtin_clzll(a.limbs[a.count - 1]));
}

namespace {

/// Magnitude as a double, round-half-even, from the top 64 bits plus a sticky bit. +inf when too large.
double magnitudeToDouble(const bigint::Limb* limbs, bigint::Size count) {
  if (count == 0) return 0;
  if (count == 1 && limbs[0] < (bigint::Limb{1} << 53)) return static_cast<double>(limbs[0]);
  int lead = __builtin_clzll(limbs[count - 1]);
  uint64_t top = limbs[count - 1] << lead;
  bool sticky = false;
  if (count > 1) {
    if (lead) top |= limbs[count - 2] >> (64 - lead);
    sticky = lead ? (limbs[count - 2] << lead) != 0 : limbs[count - 2] != 0;
    for (bigint::Size i = 0; i + 2 < count && !sticky; ++i) sticky = limbs[i] != 0;
  }
  uint64_t mantissa = top >> 11, rest = top & 0x7ff;
  if (rest > 0x400 || (rest == 0x400 && (sticky || (mantissa & 1)))) ++mantissa;
  int64_t exponent = static_cast<int64_t>(count) * 64 - lead - 53;
  if (exponent > 1024) return INFINITY;
  return std::ldexp(static_cast<double>(mantissa), static_cast<int>(exponent));
}

/// Floor division of ints that are not too wide; a result whose pointer is null is not made. False without an error: they are too
/// wide, or the divisor is 0.
bool divideWide(Value va, Value vb, Value* quotient, Value* remainder) {
  Wide a, b;
  if (!a.read(va) || !b.read(vb) || !b.magnitude) return false;
  Wide::Bits q = 0, r = a.magnitude;
  if (!(b.magnitude & (b.magnitude - 1))) {
    q = a.magnitude >> (b.width() - 1);
    r = a.magnitude & (b.magnitude - 1);
  } else if (a.magnitude >= b.magnitude) {
    q = a.magnitude / b.magnitude;
    r = a.magnitude - q * b.magnitude;
  }
  if (r && a.negative != b.negative) { // towards minus infinity
    ++q;
    r = b.magnitude - r;
  }
  if (remainder) *remainder = intOfWide(r, b.negative);
  if (quotient) *quotient = intOfWide(q, a.negative != b.negative);
  return true;
}

int compareMagnitude(const IntView& a, const IntView& b) {
  if (a.count != b.count) return a.count < b.count ? -1 : 1;
  return bigint::compare(a.limbs, b.limbs, a.count);
}

Value addMagnitudes(const IntView& a, const IntView& b, bool negative) {
  const IntView &x = a.count >= b.count ? a : b, &y = a.count >= b.count ? b : a;
  if (x.count >= 2 && y.count) { // stays large
    IntObject* large = takeInt(x.count + 1);
    if (!large) return Value();
    bigint::Limb* to = large->limbs;
    to[x.count] = bigint::add(to, x.limbs, x.count, y.limbs, y.count);
    return finishInt(large, x.count + 1, negative);
  }
  Limbs r(x.count + 1);
  if (!r.get()) return Value();
  r[x.count] = bigint::add(r, x.limbs, x.count, y.limbs, y.count);
  return intFromLimbs(r, x.count + 1, negative);
}

/// |a| - |b| with the sign it has when a is negative iff `negative`.
Value subMagnitudes(const IntView& a, const IntView& b, bool negative) {
  int order = compareMagnitude(a, b);
  if (order == 0) return Value::ofSmallInt(0);
  const IntView &x = order > 0 ? a : b, &y = order > 0 ? b : a;
  if (order < 0) negative = !negative;
  Limbs r(x.count);
  if (!r.get()) return Value();
  bigint::subtract(r, x.limbs, x.count, y.limbs, y.count);
  return intFromLimbs(r, x.count, negative);
}

Value addSigned(Value va, Value vb, bool negateB) {
  if (Wide x, y; x.read(va) && y.read(vb)) {
    y.negative ^= negateB;
    if (x.negative != y.negative)
      return x.magnitude >= y.magnitude ? intOfWide(x.magnitude - y.magnitude, x.negative) : intOfWide(y.magnitude - x.magnitude, y.negative);
    if (const Wide::Bits sum = x.magnitude + y.magnitude; sum >= x.magnitude) return intOfWide(sum, x.negative);
  }
  IntView a(va), b(vb);
  bool bNegative = b.negative != negateB && b.count != 0;
  if (a.negative == bNegative) return addMagnitudes(a, b, a.negative);
  return subMagnitudes(a, b, a.negative);
}

/// Floor division of any two ints; quotient or remainder may be null pointers.
bool divideFloor(Value va, Value vb, Value* quotient, Value* remainder) {
  if (va.isSmallInt() && vb.isSmallInt() && vb.smallInt() != 0) {
    int64_t x = va.smallInt(), y = vb.smallInt(), q = x / y, r = x % y;
    if (r != 0 && (r ^ y) < 0) {
      --q;
      r += y;
    }
    if (quotient) *quotient = newInt(q);
    if (remainder) *remainder = newInt(r);
    return true;
  }
  if (divideWide(va, vb, quotient, remainder)) {
    const bool isMade = (!quotient || *quotient) && (!remainder || *remainder);
    if (!isMade && quotient) xdecref(*quotient);
    if (!isMade && remainder) xdecref(*remainder);
    return isMade;
  }
  IntView a(va), b(vb);
  if (b.isZero()) {
    raise(ZeroDivisionErrorType, quotient ? "integer division or modulo by zero" : "integer modulo by zero");
    return false;
  }
  if (a.count < b.count || compareMagnitude(a, b) < 0) {
    // |a| < |b|: truncated quotient 0, remainder a.
    bool adjust = a.count != 0 && a.negative != b.negative;
    if (quotient) *quotient = Value::ofSmallInt(adjust ? -1 : 0);
    if (remainder) *remainder = adjust ? intAdd(va, vb) : intAdd(va, Value::ofSmallInt(0));
    return !remainder || *remainder;
  }
  bigint::Size qn = a.count - b.count + 1;
  Limbs q(qn + 1), r(b.count);
  if (!q.get() || !r.get()) return false;
  if (!bigint::divide(q, r, a.limbs, a.count, b.limbs, b.count)) return raiseNoMemory(), false;
  q[qn] = 0;
  const bigint::Size rn = bigint::significant(r, b.count);
  bool negative = a.negative != b.negative;
  if (rn != 0 && negative) {
    bigint::addLimb(q, q, qn + 1, 1); // towards minus infinity
    Limbs rest(b.count);
    if (!rest.get()) return false;
    bigint::subtract(rest, b.limbs, b.count, r, rn);
    if (remainder) *remainder = intFromLimbs(rest, b.count, b.negative);
  } else if (remainder) {
    *remainder = intFromLimbs(r, rn, a.negative);
  }
  if (remainder && !*remainder) return false;
  if (quotient && !(*quotient = intFromLimbs(q, qn + 1, negative))) {
    if (remainder) decref(*remainder);
    return false;
  }
  return true;
}

} // namespace

double intToDouble(Value v) {
  if (v.isSmallInt()) {
    int64_t x = v.smallInt();
    if (x > -(int64_t{1} << 53) && x < (int64_t{1} << 53)) return static_cast<double>(x);
  }
  IntView a(v);
  double d = magnitudeToDouble(a.limbs, a.count);
  if (std::isinf(d)) {
    raise(OverflowErrorType, "int too large to convert to float");
    return -1.0;
  }
  return a.negative ? -d : d;
}

int intCompare(Value va, Value vb) {
  if (va.isSmallInt() && vb.isSmallInt())
    return va.smallInt() < vb.smallInt() ? -1 : va.smallInt() > vb.smallInt();
  IntView a(va), b(vb);
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  int order = compareMagnitude(a, b);
  order = order < 0 ? -1 : order > 0;
  return a.negative ? -order : order;
}

int64_t intHash(Value v) {
  constexpr uint64_t kModulus = (uint64_t{1} << 61) - 1;
  if (const int64_t n = v.isSmallInt() ? v.smallInt() : -1; n >= 0 && static_cast<uint64_t>(n) < kModulus) return n;
  IntView a(v);
  const uint64_t h = a.count == 1 && a.limbs[0] < kModulus ? a.limbs[0] : bigint::moduloLimb(a.limbs, a.count, kModulus);
  auto signedHash = static_cast<int64_t>(h);
  if (a.negative) signedHash = -signedHash;
  return signedHash == -1 ? -2 : signedHash;
}

Value intAdd(Value a, Value b) { return addSigned(a, b, false); }
Value intSub(Value a, Value b) { return addSigned(a, b, true); }

Value intMul(Value va, Value vb) {
  if (va.isSmallInt() && vb.isSmallInt()) {
    int64_t r;
    if (!__builtin_mul_overflow(va.smallInt(), vb.smallInt(), &r)) return newInt(r);
  }
  if (Wide x, y; x.read(va) && y.read(vb) && x.width() + y.width() <= 128) return intOfWide(x.magnitude * y.magnitude, x.negative != y.negative);
  IntView a(va), b(vb);
  if (a.isZero() || b.isZero()) return Value::ofSmallInt(0);
  const bool negative = a.negative != b.negative;
  IntObject* large = takeInt(a.count + b.count);
  if (!large) return Value();
  if (!bigint::multiplyAny(large->limbs, a.limbs, a.count, b.limbs, b.count)) {
    freeObject(&large->header);
    return raiseNoMemory();
  }
  return finishInt(large, a.count + b.count, negative);
}

Value intFloorDiv(Value a, Value b) {
  Value q;
  return divideFloor(a, b, &q, nullptr) ? q : Value();
}
Value intMod(Value a, Value b) {
  Value r;
  return divideFloor(a, b, nullptr, &r) ? r : Value();
}
Value intDivmod(Value a, Value b) {
  Value q, r;
  if (!divideFloor(a, b, &q, &r)) return Value();
  return newPair(q, r);
}

Value intTrueDiv(Value va, Value vb) {
  IntView a(va), b(vb);
  if (b.isZero()) return raise(ZeroDivisionErrorType, "division by zero");
  if (a.isZero()) return newFloat(b.negative ? -0.0 : 0.0);
  bool negative = a.negative != b.negative;
  auto exact = [](const IntView& x) { return x.count == 1 && x.limbs[0] <= (bigint::Limb{1} << 53); };
  if (exact(a) && exact(b)) {
    double d = static_cast<double>(a.limbs[0]) / static_cast<double>(b.limbs[0]);
    return newFloat(negative ? -d : d);
  }
  // Scale so that the quotient has at least 66 bits, divide, keep a sticky bit, round once.
  auto bitsOf = [](const IntView& x) { return x.count * 64 - __builtin_clzll(x.limbs[x.count - 1]); };
  int64_t difference = static_cast<int64_t>(bitsOf(a)) - static_cast<int64_t>(bitsOf(b));
  if (difference > 1025) return raise(OverflowErrorType, "integer division result too large for a float");
  if (difference < -1080) return newFloat(negative ? -0.0 : 0.0);
  int64_t shift = difference - 66; // quotient = (a / 2^shift) / b has 66 or 67 bits
  bigint::Size extra = shift < 0 ? -shift / 64 + 1 : 0, bExtra = shift > 0 ? shift / 64 + 1 : 0;
  Limbs num(a.count + extra + 1), den(b.count + bExtra + 1);
  if (!num.get() || !den.get()) return Value();
  bigint::Size nn = a.count, dn = b.count;
  auto shiftLeft = [](bigint::Limb* out, const bigint::Limb* in, bigint::Size n, int64_t by) {
    bigint::Size words = by / 64;
    for (bigint::Size i = 0; i < words; ++i) out[i] = 0;
    bigint::Limb carry = 0;
    if (by % 64) carry = bigint::shiftLeft(out + words, in, n, static_cast<unsigned>(by % 64));
    else bigint::copy(out + words, in, n);
    out[words + n] = carry;
    return words + n + (carry != 0);
  };
  if (shift < 0) {
    nn = shiftLeft(num, a.limbs, a.count, -shift);
    bigint::copy(den, b.limbs, b.count);
  } else {
    dn = shiftLeft(den, b.limbs, b.count, shift);
    bigint::copy(num, a.limbs, a.count);
  }
  Limbs q(nn - dn + 2), r(dn);
  if (!q.get() || !r.get()) return Value();
  if (!bigint::divide(q, r, num, nn, den, dn)) return raiseNoMemory();
  const bigint::Size qn = bigint::significant(q, nn - dn + 1);
  bool sticky = bigint::significant(r, dn) != 0;
  // Bits of the quotient; subnormal results keep fewer of them.
  auto qBits = static_cast<int64_t>(qn) * 64 - __builtin_clzll(q[qn - 1]);
  int64_t lowest = std::max<int64_t>(qBits - 53 + shift, -1074) - shift; // position of the last kept bit
  uint64_t mantissa = 0;
  for (int64_t i = qBits - 1; i >= lowest && i >= 0; --i) mantissa = mantissa << 1 | ((q[i / 64] >> (i % 64)) & 1);
  bool half = false;
  if (lowest > qBits) return newFloat(negative ? -0.0 : 0.0);
  if (lowest > 0) {
    int64_t h = lowest - 1;
    half = (q[h / 64] >> (h % 64)) & 1;
    for (int64_t i = 0; i < h && !sticky; ++i) sticky = (q[i / 64] >> (i % 64)) & 1;
  }
  if (half && (sticky || (mantissa & 1))) ++mantissa;
  double d = std::ldexp(static_cast<double>(mantissa), static_cast<int>(lowest + shift));
  if (std::isinf(d)) return raise(OverflowErrorType, "integer division result too large for a float");
  return newFloat(negative ? -d : d);
}

Value intNegate(Value v) {
  IntView a(v);
  return intFromLimbs(a.limbs, a.count, !a.negative);
}

} // namespace krait
