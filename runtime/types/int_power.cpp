// Powers of ints, with a modulus and without.
#include <cmath>
#include <utility>

#include "runtime/bigint/power.h"
#include "runtime/types/float.h"
#include "runtime/types/int_view.h"

namespace krait {

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

/// base^-1 by the extended Euclidean algorithm; 0: there is none. modulus > 1.
int64_t inverseWord(int64_t base, int64_t modulus) {
  int64_t r = base % modulus, oldR = modulus, s = 1, oldS = 0; // s * base is r, but for multiples of the modulus
  if (r < 0) r += modulus;
  while (r) {
    const int64_t q = oldR / r;
    oldR = std::exchange(r, oldR - q * r);
    oldS = std::exchange(s, oldS - q * s);
  }
  if (oldR != 1) return 0;
  return oldS < 0 ? oldS + modulus : oldS;
}

Value notInvertible() { return raise(ValueErrorType, "base is not invertible for the given modulus"); }

Value powModulo(Value base, Value exponent, Value modulus) {
  if (base.isSmallInt() && exponent.isSmallInt() && modulus.isSmallInt() && modulus.smallInt() > 1) {
    const int64_t e = exponent.smallInt();
    const int64_t b = e < 0 ? inverseWord(base.smallInt(), modulus.smallInt()) : base.smallInt();
    if (e < 0 && !b) return notInvertible();
    return newInt(powModuloWord(b, e < 0 ? -static_cast<uint64_t>(e) : static_cast<uint64_t>(e), modulus.smallInt()));
  }
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
    if (intCompare(oldR, one) != 0) return notInvertible();
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

} // namespace krait
