// Integer arithmetic: exact results over IntView, by the functions of runtime/bigint.
#include <cmath>
#include <cstring>

#include "runtime/bigint/divide.h"
#include "runtime/bigint/multiply.h"
#include "runtime/bigint/power.h"
#include "runtime/memory/pools.h"
#include "runtime/types/float.h"
#include "runtime/types/int_view.h"
#include "runtime/types/sequence.h"

namespace krait {

bool krt_numbers_are_objects = false;

Value intFromLimbs(const bigint::Limb* limbs, bigint::Size count, bool negative) {
  while (count > 0 && limbs[count - 1] == 0) --count;
  if (count == 0) return Value::ofSmallInt(0);
  if (count == 1) {
    bigint::Limb m = limbs[0];
    const bool isSmall = m <= static_cast<bigint::Limb>(Value::kSmallMax) + negative;
    const auto x = static_cast<int64_t>(negative ? ~m + 1 : m);
    if (isSmall && (!krt_numbers_are_objects || isSharedInt(x))) return Value::ofSmallInt(x);
  }
  Object* o = newObject(&intType.instanceLayout, count);
  if (!o) return Value();
  auto* r = reinterpret_cast<IntObject*>(o);
  r->size = negative ? -count : count;
  memcpy(r->limbs, limbs, static_cast<size_t>(count) * sizeof(bigint::Limb));
  return Value(o);
}

Value krt_int_slow(int64_t v) {
  bigint::Limb limb = v < 0 ? ~static_cast<uint64_t>(v) + 1 : static_cast<uint64_t>(v);
  return intFromLimbs(&limb, 1, v < 0);
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

/// A heap int of `count` limbs to be filled in; finish() gives it its sign and drops a leading zero limb.
IntObject* takeInt(bigint::Size count) {
  size_t bytes = sizeof(IntObject) + static_cast<size_t>(count) * sizeof(bigint::Limb);
  Object* o = takeObject(&intType.instanceLayout, bytes);
  return reinterpret_cast<IntObject*>(o ? o : newObject(&intType.instanceLayout, count));
}
Value finish(IntObject* r, bigint::Size count, bool negative) {
  count -= r->limbs[count - 1] == 0;
  r->size = negative ? -count : count;
  return Value(&r->header);
}
/// The same of any limbs: what is left may be a small int.
Value finishShorter(IntObject* r, bigint::Size count, bool negative) {
  count = bigint::significant(r->limbs, count);
  if (count > 1) [[likely]] {
    r->size = negative ? -count : count;
    return Value(&r->header);
  }
  const bigint::Limb low = r->limbs[0];
  freeObject(&r->header);
  return intFromLimbs(&low, count, negative);
}

/// An int of at most 128 bits, as hashes, checksums and generators of random numbers are made of: its operators need no loops.
struct Wide {
  typedef unsigned __int128 Bits;
  Bits magnitude;
  bool negative;

  /// False of a larger one.
  bool read(Value v) {
    if (bigint::Limb word; IntView::readWord(v, &word, &negative)) {
      magnitude = word;
      return true;
    }
    auto* o = v.as<IntObject>();
    negative = o->size < 0;
    switch (negative ? -o->size : o->size) {
    case 0: magnitude = 0; return true;
    case 1: magnitude = o->limbs[0]; return true;
    case 2: magnitude = Bits{o->limbs[1]} << 64 | o->limbs[0]; return true;
    default: return false;
    }
  }
  int width() const {
    const auto high = static_cast<uint64_t>(magnitude >> 64), low = static_cast<uint64_t>(magnitude);
    return high ? 128 - __builtin_clzll(high) : low ? 64 - __builtin_clzll(low) : 0;
  }
  /// In two's complement, if it has room.
  bool isSigned() const { return !(magnitude >> 127); }
  Bits complement() const { return negative ? -magnitude : magnitude; }
};

Value intOfWide(Wide::Bits magnitude, bool negative) {
  const auto high = static_cast<uint64_t>(magnitude >> 64), low = static_cast<uint64_t>(magnitude);
  if (!high && low <= static_cast<uint64_t>(Value::kSmallMax) + negative) return newInt(static_cast<int64_t>(negative ? ~low + 1 : low));
  const bigint::Limb limbs[] = {low, high};
  const bigint::Size count = high ? 2 : 1;
  Object* o = krt_numbers_are_objects ? nullptr : takeObjectOf<0>(intType, sizeof(IntObject) + (high ? sizeof limbs : sizeof low));
  if (!o) return intFromLimbs(limbs, count, negative);
  auto* r = reinterpret_cast<IntObject*>(o);
  r->size = negative ? -count : count;
  r->limbs[0] = low;
  if (high) r->limbs[1] = high;
  return Value(o);
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
    return finish(large, x.count + 1, negative);
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
  uint64_t h = bigint::moduloLimb(a.limbs, a.count, kModulus);
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
  return finish(large, a.count + b.count, negative);
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

namespace {

/// base ** exponent modulo m, of words; 1 < m.
int64_t powModuloWord(int64_t base, uint64_t exponent, int64_t m) {
  const auto modulus = static_cast<uint64_t>(m);
  auto times = [modulus](uint64_t a, uint64_t b) {
    return modulus >> 32 ? static_cast<uint64_t>(static_cast<unsigned __int128>(a) * b % modulus) : a * b % modulus;
  };
  uint64_t square = static_cast<uint64_t>(base % m < 0 ? base % m + m : base % m), result = 1;
  for (;; square = times(square, square)) {
    if (exponent & 1) result = times(result, square);
    if (!(exponent >>= 1)) return static_cast<int64_t>(result);
  }
}

Value powModulo(Value base, Value exponent, Value modulus) {
  if (base.isSmallInt() && exponent.isSmallInt() && modulus.isSmallInt() && exponent.smallInt() >= 0 && modulus.smallInt() > 1)
    return newInt(powModuloWord(base.smallInt(), static_cast<uint64_t>(exponent.smallInt()), modulus.smallInt()));
  Ref b = Ref::share(base), e = Ref::share(exponent);
  IntView m(modulus);
  if (m.isZero()) return raise(ValueErrorType, "pow() 3rd argument cannot be 0");
  if (intSign(e) < 0) {
    // base^-1 by the extended Euclidean algorithm.
    Ref oldR(intMod(b, modulus)), r = Ref::share(modulus), oldS(Value::ofSmallInt(1)), s(Value::ofSmallInt(0));
    if (!oldR) return Value();
    while (intSign(r) != 0) {
      Ref q(intFloorDiv(oldR, r));
      if (!q) return Value();
      Ref product(intMul(q, r)), product2(intMul(q, s));
      Ref nextR(intSub(oldR, product)), nextS(intSub(oldS, product2));
      if (!nextR || !nextS) return Value();
      oldR = std::move(r);
      r = std::move(nextR);
      oldS = std::move(s);
      s = std::move(nextS);
    }
    Ref one(Value::ofSmallInt(intSign(oldR) < 0 ? -1 : 1));
    if (intCompare(oldR, one) != 0) return raise(ValueErrorType, "base is not invertible for the given modulus");
    if (intSign(oldR) < 0) oldS.reset(intNegate(oldS));
    b.reset(intMod(oldS, modulus));
    e.reset(intNegate(e));
    if (!b || !e) return Value();
  }
  if (m.count == 1 && m.limbs[0] == 1) return Value::ofSmallInt(0);
  b.reset(intMod(b, modulus));
  if (!b) return Value();
  // On the magnitude of the modulus, the sign put right at the end.
  Ref absoluteM(m.negative ? intNegate(modulus) : newRef(modulus));
  Ref absoluteB(intMod(b, absoluteM));
  if (!absoluteB) return Value();
  IntView x(absoluteB), y(e), z(absoluteM);
  Limbs power(z.count);
  if (!power.get()) return Value();
  if (!bigint::powerModulo(power, x.limbs, x.count, y.limbs, y.count, z.limbs, z.count)) return raiseNoMemory();
  Ref result(intFromLimbs(power, z.count, false));
  if (!result) return Value();
  return m.negative ? intMod(result, modulus) : result.release();
}

} // namespace

/// Right to left over the exponent's bits, as long as words hold the numbers; null: they do not, or it is another case.
static Value smallPower(Value va, Value vb) {
  if (!(va.bits & vb.bits & Value::kIntTag) || vb.smallInt() < 0) return {};
  int64_t base = va.smallInt(), result = 1;
  for (auto e = static_cast<uint64_t>(vb.smallInt());;) {
    if (e & 1 && __builtin_mul_overflow(result, base, &result)) return {};
    e >>= 1;
    if (!e) return newInt(result);
    if (__builtin_mul_overflow(base, base, &base)) return {};
  }
}

Value intPow(Value va, Value vb, Value mod) {
  if (mod && !isNone(mod)) return powModulo(va, vb, mod);
  if (Value small = smallPower(va, vb)) return small;
  if (intSign(vb) < 0) {
    if (intSign(va) == 0) return raise(ZeroDivisionErrorType, "0.0 cannot be raised to a negative power");
    double x = intToDouble(va);
    if (x == -1.0 && errorSet()) return Value();
    double y = intToDouble(vb);
    if (y == -1.0 && errorSet()) return Value();
    return newFloat(std::pow(x, y));
  }
  int overflow;
  int64_t e = intToInt64(vb, &overflow);
  IntView a(va);
  if (a.isZero()) return Value::ofSmallInt(e == 0);
  if (a.count == 1 && a.limbs[0] == 1) return Value::ofSmallInt(a.negative && (intToUint64Mask(vb) & 1) ? -1 : 1);
  if (overflow) return raiseNoMemory();
  if (a.count == 1 && a.limbs[0] == 2 && e < 62) {
    int64_t r = int64_t{1} << e;
    return newInt(a.negative && (e & 1) ? -r : r);
  }
  // Left to right over the exponent's bits.
  Ref result(Value::ofSmallInt(1));
  for (int i = e ? 63 - __builtin_clzll(static_cast<uint64_t>(e)) : -1; i >= 0; --i) {
    result.reset(intMul(result, result));
    if (!result) return Value();
    if (e >> i & 1) result.reset(intMul(result, va));
    if (!result) return Value();
  }
  return result.release();
}

Value intShiftLeft(Value va, Value vb) {
  if (Wide x; vb.isSmallInt() && static_cast<uint64_t>(vb.smallInt()) < 128 && x.read(va) && x.width() + vb.smallInt() <= 128)
    return intOfWide(x.magnitude << vb.smallInt(), x.negative);
  if (intSign(vb) < 0) return raise(ValueErrorType, "negative shift count");
  IntView a(va);
  if (a.isZero()) return Value::ofSmallInt(0);
  int overflow;
  int64_t by = intToInt64(vb, &overflow);
  if (overflow) {
    // The reference's digits have 30 bits in four bytes, of which an object has fewer than 2**63.
    static const Value most = intShiftLeft(Value::ofSmallInt(30), Value::ofSmallInt(61));
    return intCompare(vb, most) < 0 ? raiseNoMemory() : raise(OverflowErrorType, "too many digits in integer");
  }
  if (by > (int64_t{1} << 40)) return raiseNoMemory();
  bigint::Size words = by / 64;
  auto bits = static_cast<unsigned>(by % 64);
  IntObject* made = takeInt(a.count + words + 1);
  if (!made) return Value();
  bigint::Limb* r = made->limbs;
  bigint::clear(r, words);
  r[a.count + words] = 0;
  if (bits) r[a.count + words] = bigint::shiftLeft(r + words, a.limbs, a.count, bits);
  else bigint::copy(r + words, a.limbs, a.count);
  return finishShorter(made, a.count + words + 1, a.negative);
}

Value intShiftRight(Value va, Value vb) {
  if (Wide x; vb.isSmallInt() && static_cast<uint64_t>(vb.smallInt()) < 128 && x.read(va)) {
    const Wide::Bits whole = x.magnitude >> vb.smallInt(), lost = x.magnitude ^ whole << vb.smallInt();
    return intOfWide(whole + (x.negative && lost), x.negative);
  }
  if (intSign(vb) < 0) return raise(ValueErrorType, "negative shift count");
  IntView a(va);
  int overflow;
  int64_t by = intToInt64(vb, &overflow);
  bigint::Size words = overflow ? a.count : by / 64;
  if (words >= a.count) return Value::ofSmallInt(a.negative ? -1 : 0);
  auto bits = static_cast<unsigned>(by % 64);
  bigint::Size n = a.count - words;
  IntObject* made = takeInt(n + 1);
  if (!made) return Value();
  bigint::Limb* r = made->limbs;
  bool lost = false;
  for (bigint::Size i = 0; i < words && !lost; ++i) lost = a.limbs[i] != 0;
  if (bits) lost = bigint::shiftRight(r, a.limbs + words, n, bits) != 0 || lost;
  else bigint::copy(r, a.limbs + words, n);
  r[n] = 0;
  if (a.negative && lost) bigint::addLimb(r, r, n + 1, 1);
  return finishShorter(made, n + 1, a.negative);
}

namespace {

/// The limbs of an int's two's complement in turn, without end.
class Complement {
public:
  explicit Complement(const IntView& v) : at_(v.limbs), end_(v.limbs + v.count), flip_(v.negative ? ~bigint::Limb{0} : 0), carry_(v.negative) {}
  bigint::Limb next() {
    const bigint::Limb limb = ((at_ != end_ ? *at_++ : 0) ^ flip_) + carry_;
    carry_ &= limb == 0;
    return limb;
  }

private:
  const bigint::Limb *at_, *end_;
  bigint::Limb flip_, carry_;
};

/// Bitwise operations on two's complement: extend both to one limb more than the longer, combine, convert back.
template <class Operation> Value bitwise(Value va, Value vb, Operation operation) {
  if (Wide x, y; x.read(va) && y.read(vb) && ((!x.negative && !y.negative) || (x.isSigned() && y.isSigned()))) {
    const Wide::Bits c = x.complement(), d = y.complement();
    const auto low = operation(static_cast<bigint::Limb>(c), static_cast<bigint::Limb>(d));
    const auto high = operation(static_cast<bigint::Limb>(c >> 64), static_cast<bigint::Limb>(d >> 64));
    const Wide::Bits made = Wide::Bits{high} << 64 | low;
    const bool negative = (x.negative || y.negative) && made >> 127;
    return intOfWide(negative ? -made : made, negative);
  }
  IntView a(va), b(vb);
  if (!a.negative && !b.negative) {
    const IntView &x = a.count >= b.count ? a : b, &y = a.count >= b.count ? b : a;
    const bigint::Size most = operation(bigint::Limb{1}, bigint::Limb{0}) ? x.count : y.count; // "and" leaves nothing of what one lacks
    if (most <= 1) { // some bits of a long one
      const bigint::Limb low = most ? operation(x.limbs[0], y.isZero() ? 0 : y.limbs[0]) : 0;
      return intFromLimbs(&low, most, false);
    }
    IntObject* made = takeInt(most);
    if (!made) return {};
    for (bigint::Size i = 0; i < y.count; ++i) made->limbs[i] = operation(x.limbs[i], y.limbs[i]);
    bigint::copy(made->limbs + y.count, x.limbs + y.count, most - y.count);
    return finishShorter(made, most, false);
  }
  const bigint::Size n = std::max(a.count, b.count) + 1;
  IntObject* made = takeInt(n);
  if (!made) return {};
  Complement x(a), y(b);
  for (bigint::Size i = 0; i < n; ++i) made->limbs[i] = operation(x.next(), y.next());
  const bool negative = made->limbs[n - 1] >> 63;
  if (negative) bigint::negate(made->limbs, made->limbs, n);
  return finishShorter(made, n, negative);
}

} // namespace

Value intAnd(Value a, Value b) { return bitwise(a, b, [](bigint::Limb x, bigint::Limb y) { return x & y; }); }
Value intOr(Value a, Value b) { return bitwise(a, b, [](bigint::Limb x, bigint::Limb y) { return x | y; }); }
Value intXor(Value a, Value b) { return bitwise(a, b, [](bigint::Limb x, bigint::Limb y) { return x ^ y; }); }

Value intFromBytes(const uint8_t* data, size_t size, bool littleEndian, bool isSigned) {
  if (size - 1 < 8) {
    const int spare = 64 - 8 * static_cast<int>(size);
    uint64_t word = 0;
    std::memcpy(&word, data, size);
    if (!littleEndian) word = __builtin_bswap64(word) >> spare;
    return isSigned ? newInt(static_cast<int64_t>(word << spare) >> spare) : newIntUnsigned(word);
  }
  auto n = static_cast<bigint::Size>(size / 8 + 1);
  Limbs r(n);
  if (!r.get()) return Value();
  bool negative = isSigned && size && (data[littleEndian ? size - 1 : 0] & 0x80);
  for (bigint::Size i = 0; i < n; ++i) {
    bigint::Limb limb = 0;
    for (size_t j = 0; j < 8; ++j) {
      size_t at = static_cast<size_t>(i) * 8 + j;
      uint8_t byte = at < size ? data[littleEndian ? at : size - 1 - at] : negative ? 0xff : 0;
      limb |= static_cast<bigint::Limb>(byte) << (8 * j);
    }
    r[i] = limb;
  }
  if (negative) bigint::negate(r, r, n);
  return intFromLimbs(r, n, negative);
}

int32_t intToBytes(Value v, uint8_t* out, size_t size, bool littleEndian, bool isSigned) {
  if (v.isSmallInt() && size - 1 < 8) {
    const int64_t n = v.smallInt(), above = size < 8 ? n >> (8 * size - (isSigned ? 1 : 0)) : n >> 63;
    if (above == 0 || (above == -1 && isSigned)) {
      uint64_t word = static_cast<uint64_t>(n);
      if (!littleEndian) word = __builtin_bswap64(word << (64 - 8 * size));
      std::memcpy(out, &word, size);
      return 0;
    }
  }
  IntView a(v);
  if (a.negative && !isSigned) return fail(OverflowErrorType, "can't convert negative int to unsigned");
  bigint::Size n = std::max<bigint::Size>(a.count, static_cast<bigint::Size>(size / 8 + 1)) + 1;
  Limbs x(n);
  if (!x.get()) return -1;
  bigint::copy(x, a.limbs, a.count);
  bigint::clear(x + a.count, n - a.count);
  if (a.negative) bigint::negate(x, x, n);
  auto byteAt = [&](size_t i) { return static_cast<uint8_t>(x[i / 8] >> (8 * (i % 8))); };
  uint8_t fill = a.negative ? 0xff : 0;
  for (size_t i = size; i < static_cast<size_t>(n) * 8; ++i)
    if (byteAt(i) != fill) return fail(OverflowErrorType, "int too big to convert");
  if (isSigned && size && (byteAt(size - 1) & 0x80) != (fill & 0x80)) // -1 fits no bytes at all, as in CPython
    return fail(OverflowErrorType, "int too big to convert");
  for (size_t i = 0; i < size; ++i) out[littleEndian ? i : size - 1 - i] = byteAt(i);
  return 0;
}

} // namespace krait
