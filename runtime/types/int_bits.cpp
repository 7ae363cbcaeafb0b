// Ints as strings of bits: shifts, bitwise operators on two's complement, and bytes.
#include <algorithm>
#include <cstring>

#include "runtime/types/int_make.h"

namespace krait {

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
  return finishShorterInt(made, a.count + words + 1, a.negative);
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
  return finishShorterInt(made, n + 1, a.negative);
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
    return finishShorterInt(made, most, false);
  }
  const bigint::Size n = std::max(a.count, b.count) + 1;
  IntObject* made = takeInt(n);
  if (!made) return {};
  Complement x(a), y(b);
  for (bigint::Size i = 0; i < n; ++i) made->limbs[i] = operation(x.next(), y.next());
  const bool negative = made->limbs[n - 1] >> 63;
  if (negative) bigint::negate(made->limbs, made->limbs, n);
  return finishShorterInt(made, n, negative);
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
