// int from text and to text.
//
// The digits are runtime/bigint's; here are Python's literal syntax (prefixes,
// underscores, white space) and the digit limit.
#include <array>
#include <cstring>

#include "runtime/bigint/radix.h"
#include "runtime/types/bytes_source.h"
#include "runtime/types/int_text.h"
#include "runtime/types/int_view.h"
#include "runtime/types/str.h"

namespace krait {

int64_t intMaxStrDigits = 4300;

namespace {

int digitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 37;
}
bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); } // of the spaces of a str, not \x1c to \x1f

Value invalidLiteral(int base, Value original) {
  if (!isStr(original) && !isExactBytes(original)) {
    Ref bytes(bytesFromObject(original, "bytes"));
    return bytes ? invalidLiteral(base, bytes) : Value();
  }
  return raise(ValueErrorType, "invalid literal for int() with base %d: %.200R", base, original);
}

Value tooManyDigits() {
  return raise(ValueErrorType,
               "Exceeds the limit (%lld digits) for integer string conversion; use sys.set_int_max_str_digits() to "
               "increase the limit",
               static_cast<long long>(intMaxStrDigits));
}

/// Eight decimal digits at p become their values at `to`. False: they are not all digits.
bool eightDigits(const char* p, uint8_t* to) {
  constexpr uint64_t kEach = 0x0101010101010101, kHigh = kEach * 0xf0;
  uint64_t word;
  memcpy(&word, p, 8);
  const uint64_t values = word ^ kEach * '0';
  if ((values | (values + kEach * 6)) & kHigh) return false;
  memcpy(to, &values, 8);
  return true;
}

/// A number of few digits and nothing else, as most texts are. False: it is something else.
bool fewDigits(const char* p, const char* end, int base, int64_t* out) {
  const int64_t most = base <= 10 ? 18 : base <= 16 ? 15 : 11;
  if (end - p > most || p == end) return false;
  int64_t r = 0;
  for (; p < end; ++p) {
    const int d = base <= 10 ? static_cast<uint8_t>(*p - '0') : digitValue(*p);
    if (d >= base) return false;
    r = r * base + d;
  }
  *out = r;
  return true;
}

bool isPowerOfTwo(int base) { return (base & (base - 1)) == 0; }

} // namespace

Value intFromText(const char* s, size_t size, int base, Value original) {
  const char *p = s, *end = s + size;
  int shownBase = base;
  while (p < end && isSpace(*p)) ++p;
  while (end > p && isSpace(end[-1])) --end;
  bool negative = false;
  if (p < end && (*p == '+' || *p == '-')) negative = *p++ == '-';
  if (int64_t r; base == 10 && fewDigits(p, end, 10, &r)) return newInt(negative ? -r : r);
  bool zeroMeansZero = false;
  auto prefixBase = [](char c) { c |= 0x20; return c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 0; };
  if (base == 0) {
    if (p < end && *p != '0') base = 10;
    else if (end - p > 1 && prefixBase(p[1])) base = prefixBase(p[1]);
    else base = 10, zeroMeansZero = true;
  }
  if (end - p > 1 && *p == '0' && prefixBase(p[1]) == base) {
    p += 2;
    if (p < end && *p == '_') ++p;
  }
  if (int64_t r; base != 10 && fewDigits(p, end, base, &r)) return newInt(negative ? -r : r);
  if (p == end || *p == '_' || end[-1] == '_') return invalidLiteral(shownBase, original);
  Limbs scratch(static_cast<bigint::Size>(size / 8 + 2));
  auto* digits = reinterpret_cast<uint8_t*>(scratch.get());
  if (!digits) return Value();
  size_t n = 0, leading = 0;
  bool nonZero = false;
  for (const char* q = p; q < end; ++q) {
    while (base == 10 && nonZero && end - q >= 8 && eightDigits(q, digits + n)) q += 8, n += 8;
    if (q == end) break;
    if (*q == '_') {
      if (q[1] == '_') return invalidLiteral(shownBase, original);
      continue;
    }
    int d = digitValue(*q);
    if (d >= base) return invalidLiteral(shownBase, original);
    if (d) nonZero = true;
    if (!nonZero) ++leading;
    else digits[n++] = static_cast<uint8_t>(d);
  }
  if (!isPowerOfTwo(base) && intMaxStrDigits && n + leading > static_cast<size_t>(intMaxStrDigits) &&
      n + leading > 640)
    return raise(ValueErrorType,
                 "Exceeds the limit (%lld digits) for integer string conversion: value has %zd digits; use "
                 "sys.set_int_max_str_digits() to increase the limit",
                 static_cast<long long>(intMaxStrDigits), n + leading);
  if (zeroMeansZero && nonZero && leading) return invalidLiteral(shownBase, original);
  if (n == 0) return Value::ofSmallInt(0);
  if (n <= 18 && base <= 10) {
    int64_t r = 0;
    for (size_t i = 0; i < n; ++i) r = r * base + digits[i];
    return newInt(negative ? -r : r);
  }
  const auto length = static_cast<bigint::Size>(n);
  Limbs r(bigint::limbsAtMost(length, base));
  if (!r.get()) return Value();
  const bigint::Size count = bigint::fromDigits(r, digits, length, base);
  return count < 0 ? raiseNoMemory() : intFromLimbs(r, count, negative);
}

char* smallDecimal(int64_t x, char* end) {
  static constexpr auto kPairs = [] {
    std::array<char, 200> pairs{};
    for (unsigned i = 0; i < 100; ++i) pairs[2 * i] = static_cast<char>('0' + i / 10), pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
    return pairs;
  }();
  auto m = x < 0 ? ~static_cast<uint64_t>(x) + 1 : static_cast<uint64_t>(x);
  for (; m >= 100; m /= 100) memcpy(end -= 2, &kPairs[m % 100 * 2], 2);
  if (m >= 10) memcpy(end -= 2, &kPairs[m * 2], 2);
  else *--end = static_cast<char>('0' + m);
  if (x < 0) *--end = '-';
  return end;
}

int64_t decimalLength(int64_t x) {
  static constexpr auto kPowers = [] {
    std::array<uint64_t, 20> powers{}; // of ten, but for the first, which nothing is below
    for (uint64_t i = 1, power = 10; i < powers.size(); ++i, power *= 10) powers[i] = power;
    return powers;
  }();
  const auto m = x < 0 ? ~static_cast<uint64_t>(x) + 1 : static_cast<uint64_t>(x);
  const auto digits = static_cast<size_t>(64 - __builtin_clzll(m | 1)) * 1233 >> 12; // or one more: log10(2) is 1233/4096 and a little
  return 1 + (x < 0) + static_cast<int64_t>(digits) - (m < kPowers[digits]);
}

[[gnu::noinline]] static Value intToTextOtherwise(Value v, int base, bool prefix) {
  char head[3];
  size_t headSize = 0;
  if (v.isSmallInt()) {
    // Short and common: no scratch memory.
    char buffer[72];
    char* end = buffer + sizeof buffer;
    char* p = end;
    int64_t x = v.smallInt();
    auto m = x < 0 ? ~static_cast<uint64_t>(x) + 1 : static_cast<uint64_t>(x);
    auto b = static_cast<unsigned>(base);
    constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    if (const int shift = __builtin_ctz(b); b == 1u << shift) {
      do *--p = kDigits[m & (b - 1)];
      while (m >>= shift);
    } else {
      do *--p = kDigits[m % b];
      while (m /= b);
    }
    if (prefix) {
      *--p = base == 16 ? 'x' : base == 8 ? 'o' : 'b';
      *--p = '0';
    }
    if (x < 0) *--p = '-';
    return newStrAscii(p, static_cast<size_t>(end - p));
  }
  IntView a(v);
  if (a.count == 0) return prefix ? newStr(base == 16 ? "0x0" : base == 8 ? "0o0" : "0b0") : newStr("0");
  if (a.negative) head[headSize++] = '-';
  if (prefix) {
    head[headSize++] = '0';
    head[headSize++] = base == 16 ? 'x' : base == 8 ? 'o' : 'b';
  }
  const auto capacity = static_cast<size_t>(bigint::digitsAtMost(bigint::bitLength(a.limbs, a.count), base));
  const bool limited = base == 10 && intMaxStrDigits;
  if (limited && capacity > static_cast<size_t>(intMaxStrDigits) + 4) return tooManyDigits();
  Limbs text(static_cast<bigint::Size>((capacity + headSize) / 8 + 1));
  auto* out = reinterpret_cast<char*>(text.get());
  if (!out) return Value();
  memcpy(out, head, headSize);
  const bigint::Size digits = bigint::toDigits(out + headSize, a.limbs, a.count, base);
  if (digits < 0) return raiseNoMemory();
  if (limited && digits > intMaxStrDigits) return tooManyDigits();
  return newStrAscii(out, headSize + static_cast<size_t>(digits));
}
Value intToText(Value v, int base, bool prefix) {
  if (!v.isSmallInt() || base != 10) return intToTextOtherwise(v, base, prefix);
  char buffer[20]; // -2^62
  char *end = buffer + sizeof buffer, *p = smallDecimal(v.smallInt(), end);
  return newStrAscii(p, static_cast<size_t>(end - p));
}

Value intFromObjectText(Value text, int base) {
  if (isStr(text)) {
    if (asStr(text)->flags & kStrAscii) {
      const auto* p = reinterpret_cast<const char*>(asStr(text)->data());
      const int64_t n = asStr(text)->length;
      if (int64_t r; base == 10 && fewDigits(p, p + n, 10, &r)) return newInt(r); // as most
      return intFromText(p, static_cast<size_t>(n), base, text);
    }
    Ref plain(strTransformDecimal(text));
    if (!plain) return Value();
    return intFromText(reinterpret_cast<const char*>(asStr(plain)->data()), static_cast<size_t>(asStr(plain)->length), base, text);
  }
  Buffer view;
  if (getBuffer(text, &view, kBufferSimple) < 0) {
    errorClear();
    return raise(TypeErrorType, "int() argument must be a string, a bytes-like object or a real number, not '%.200T'", text);
  }
  Value r = intFromText(static_cast<const char*>(view.data), static_cast<size_t>(view.bytes), base, text);
  releaseBuffer(&view);
  return r;
}

} // namespace krait
