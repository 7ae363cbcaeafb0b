#include "runtime/bigint/radix.h"
#include <array>
#include <cmath>
#include <cstring>
#include "runtime/bigint/basic.h"
#include "runtime/bigint/divide.h"
#include "runtime/bigint/multiply.h"
#include "runtime/bigint/scratch.h"

namespace krait::bigint {
namespace {

constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

bool isPowerOfTwo(int base) { return (base & (base - 1)) == 0; }

/// The largest power of a base that fits a limb.
struct Chunk {
  int digits = 0;
  Limb power = 1;
};
constexpr auto kChunks = [] {
  std::array<Chunk, 37> chunks{};
  for (unsigned base = 2; base <= 36; ++base)
    while (chunks[base].power <= ~Limb{0} / base) {
      chunks[base].power *= base;
      ++chunks[base].digits;
    }
  return chunks;
}();

/// power(k) = (the chunk's power)^(2^k).
class Powers {
public:
  explicit Powers(const Chunk& chunk) : first_(chunk.power), limbs_{&first_}, sizes_{1} {}
  ~Powers() {
    for (int i = 1; i < count_; ++i) free(limbs_[i]);
  }
  Powers(const Powers&) = delete;
  Powers& operator=(const Powers&) = delete;
  const Limb* limbs(int k) const { return limbs_[k]; }
  Size size(int k) const { return sizes_[k]; }
  int last() const { return count_ - 1; }
  /// One more. False: no memory.
  bool extend() {
    const Size n = sizes_[count_ - 1];
    auto* next = static_cast<Limb*>(malloc(static_cast<size_t>(2 * n) * sizeof(Limb)));
    if (!next) return false;
    limbs_[count_] = next;
    const Limb* last = limbs_[count_ - 1];
    ++count_;
    if (!square(next, last, n)) return false;
    sizes_[count_ - 1] = significant(next, 2 * n);
    return true;
  }

private:
  Limb first_;
  Limb* limbs_[60];
  Size sizes_[60];
  int count_ = 1;
};

/// "00" to "99".
struct Pairs {
  char text[200];
  consteval Pairs() : text() {
    for (int i = 0; i < 100; ++i) text[2 * i] = static_cast<char>('0' + i / 10), text[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
};
constexpr Pairs kPairs;

/// Exactly `n` digits of v before `end`, with zeros in front.
void writeChunk(char* end, Limb v, int n, int base) {
  if (base == 10) {
    for (; n >= 4; n -= 4, v /= 10000) {
      const auto four = static_cast<unsigned>(v % 10000), high = four / 100;
      end -= 4;
      memcpy(end, kPairs.text + 2 * high, 2);
      memcpy(end + 2, kPairs.text + 2 * (four - 100 * high), 2);
    }
    for (; n > 0; --n, v /= 10) *--end = static_cast<char>('0' + v % 10);
    return;
  }
  for (const auto b = static_cast<unsigned>(base); n > 0; --n, v /= b) *--end = kDigits[v % b];
}

double bitsADigit(int base) { return base == 10 ? 3.321928094887362 : std::log2(base); }

constexpr Size kWriteByHalves = 40, kReadByHalves = 100; // in limbs

/// All of [out, out + digits), with zeros in front; a is overwritten.
bool writeDigits(char* out, Size digits, Limb* a, Size n, int base, const Powers& powers, int k) {
  const Chunk chunk = kChunks[static_cast<unsigned>(base)];
  n = significant(a, n);
  if (n < kWriteByHalves) {
    char* end = out + digits;
    while (n > 0) {
      Limb rest = divideLimb(a, a, n, chunk.power);
      n -= a[n - 1] == 0;
      const auto count = static_cast<int>(end - out < chunk.digits ? end - out : chunk.digits);
      writeChunk(end, rest, count, base);
      end -= count;
    }
    if (end > out) memset(out, '0', static_cast<size_t>(end - out));
    return true;
  }
  while (k > 0 && 2 * powers.size(k) > n + 1) --k;
  const Size pn = powers.size(k), qn = n - pn + 1, lower = static_cast<Size>(chunk.digits) << k;
  Scratch<> memory(qn + pn);
  if (!memory) return false;
  Limb *q = memory.get(), *r = q + qn;
  return divide(q, r, a, n, powers.limbs(k), pn) && writeDigits(out, digits - lower, q, qn, base, powers, k) &&
         writeDigits(out + digits - lower, lower, r, pn, base, powers, k - 1 > 0 ? k - 1 : 0);
}

/// The value of 8 decimal digits, one in each byte: of two, of four, of all.
Limb eightDigits(const uint8_t* digits) {
  Limb v;
  memcpy(&v, digits, 8);
  constexpr Limb kPair = 0x000000ff000000ff;
  v = v * 10 + (v >> 8);
  return ((v & kPair) * 0x000f424000000064 + (v >> 16 & kPair) * 0x0000271000000001) >> 32;
}

Size readRows(Limb* r, const uint8_t* digits, Size n, int base) {
  const Chunk chunk = kChunks[static_cast<unsigned>(base)];
  Size count = 0;
  Size length = n % chunk.digits ? n % chunk.digits : chunk.digits;
  for (Size i = 0; i < n; i += length, length = chunk.digits) {
    Limb v = 0;
    Size j = 0;
    if (base == 10)
      for (; length - j >= 8; j += 8) v = v * 100000000 + eightDigits(digits + i + j);
    for (; j < length; ++j) v = v * static_cast<unsigned>(base) + digits[i + j];
    Limb carry = multiplyLimb(r, r, count, chunk.power); // nothing the first time
    carry += addLimb(r, r, count, v);
    if (count == 0) carry = v;
    if (carry) r[count++] = carry;
  }
  return count;
}

Size readDigits(Limb* r, const uint8_t* digits, Size n, int base, const Powers& powers, int k) {
  const Size chunk = kChunks[static_cast<unsigned>(base)].digits;
  if (n < kReadByHalves * chunk) return readRows(r, digits, n, base);
  while (k > 0 && (chunk << k) >= n) --k;
  const Size lower = chunk << k, room = limbsAtMost(n - lower, base);
  Scratch<> upper(room);
  if (!upper) return -1;
  const Size un = readDigits(upper.get(), digits, n - lower, base, powers, k);
  if (un < 0) return -1;
  Scratch<> below(limbsAtMost(lower, base));
  if (!below) return -1;
  const Size bn = readDigits(below.get(), digits + n - lower, lower, base, powers, k - 1 > 0 ? k - 1 : 0);
  if (bn < 0) return -1;
  if (un == 0) {
    copy(r, below.get(), bn);
    return bn;
  }
  const Size pn = powers.size(k);
  if (!multiplyAny(r, upper.get(), un, powers.limbs(k), pn)) return -1;
  add(r, r, un + pn, below.get(), bn);
  return significant(r, un + pn);
}

} // namespace

Size digitsAtMost(int64_t bits, int base) {
  if (bits == 0) return 1;
  if (isPowerOfTwo(base)) {
    const int each = __builtin_ctz(static_cast<unsigned>(base));
    return (bits + each - 1) / each;
  }
  return static_cast<Size>(static_cast<double>(bits) / bitsADigit(base) * (1 + 1e-15)) + 1;
}

Size limbsAtMost(Size n, int base) {
  return static_cast<Size>(static_cast<double>(n) * bitsADigit(base) * (1 + 1e-15) / 64) + 2;
}

Size toDigits(char* out, const Limb* a, Size n, int base) {
  if (n == 0) {
    *out = '0';
    return 1;
  }
  const Size digits = digitsAtMost(bitLength(a, n), base);
  if (isPowerOfTwo(base)) {
    const int each = __builtin_ctz(static_cast<unsigned>(base));
    for (Size i = 0; i < digits; ++i) {
      const int64_t bit = i * each, at = bit / 64, shift = bit % 64;
      Limb v = a[at] >> shift;
      if (shift + each > 64 && at + 1 < n) v |= a[at + 1] << (64 - shift);
      out[digits - 1 - i] = kDigits[v & static_cast<unsigned>(base - 1)];
    }
    return digits;
  }
  Powers powers(kChunks[static_cast<unsigned>(base)]);
  while (n >= kWriteByHalves && 4 * powers.size(powers.last()) - 1 <= n + 1)
    if (!powers.extend()) return -1;
  Scratch<> rest(n);
  if (!rest) return -1;
  copy(rest.get(), a, n);
  if (!writeDigits(out, digits, rest.get(), n, base, powers, powers.last())) return -1;
  Size zeros = 0;
  while (zeros + 1 < digits && out[zeros] == '0') ++zeros;
  if (zeros) memmove(out, out + zeros, static_cast<size_t>(digits - zeros));
  return digits - zeros;
}

Size fromDigits(Limb* r, const uint8_t* digits, Size n, int base) {
  if (isPowerOfTwo(base)) {
    const int each = __builtin_ctz(static_cast<unsigned>(base));
    const Size count = (n * each + 63) / 64;
    clear(r, count);
    for (Size i = 0; i < n; ++i) {
      const int64_t bit = (n - 1 - i) * each, at = bit / 64, shift = bit % 64;
      r[at] |= static_cast<Limb>(digits[i]) << shift;
      if (shift + each > 64 && at + 1 < count) r[at + 1] |= static_cast<Limb>(digits[i]) >> (64 - shift);
    }
    return significant(r, count);
  }
  Powers powers(kChunks[static_cast<unsigned>(base)]);
  const Size chunk = kChunks[static_cast<unsigned>(base)].digits;
  while (n >= kReadByHalves * chunk && (chunk << (powers.last() + 1)) < n)
    if (!powers.extend()) return -1;
  return readDigits(r, digits, n, base, powers, powers.last());
}

} // namespace krait::bigint
