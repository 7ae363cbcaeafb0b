// See base64_blocks.h. What a byte becomes is looked up by its row in tables of sixteen, which are computed from the alphabet: a
// digit and its value differ by the same number for all digits of a row. The bits of a group are put into their places by
// multiplications, which shift each half of a word by a number of its own.
#include "runtime/modules/base64_blocks.h"

#if defined(__x86_64__)
#include <array>
#include <immintrin.h>

namespace krait::base64 {
namespace {

using Table = std::array<uint8_t, 16>;
constexpr int kDigits = 64, kLetters = 52, kUpper = 26, kBlock = 16, kBlockBytes = 12;

/// What has to be added to a value: at 0 for lower case letters, behind it for one value each, from that of '0' on.
constexpr Table kToDigit = [] {
  Table t{};
  for (int value = kLetters - 1; value < kDigits; ++value)
    t[static_cast<size_t>(value - kLetters + 1)] = static_cast<uint8_t>(kAlphabet[value] - value);
  return t;
}();
/// By how much less it is for upper case letters.
constexpr char kUpperLess = static_cast<char>((kAlphabet[kUpper] - kUpper) - (kAlphabet[0] - 0));

/// By the lower half of a byte: a bit for each upper half that makes it a digit.
constexpr Table kRowsOf = [] {
  Table t{};
  for (const char c : kAlphabet)
    if (c) t[c & 15] |= static_cast<uint8_t>(1 << (c >> 4));
  return t;
}();
/// By the upper half of a byte: its bit there.
constexpr Table kRowBit = [] {
  Table t{};
  for (size_t row = 0; row < 8; ++row) t[row] = static_cast<uint8_t>(1 << row);
  return t;
}();
/// By the upper half of a digit: what has to be added to it. That of '/' stands one place before that of '+', in whose row it is.
constexpr Table kToValue = [] {
  Table t{};
  for (int value = 0; value < kDigits; ++value) {
    const char c = kAlphabet[value];
    t[static_cast<size_t>((c >> 4) - (c == '/'))] = static_cast<uint8_t>(value - c);
  }
  return t;
}();

__attribute__((target("avx"))) inline __m128i load(const void* p) { return _mm_loadu_si128(static_cast<const __m128i*>(p)); }
__attribute__((target("avx"))) inline __m128i load(const Table& t) { return load(t.data()); }

__attribute__((target("avx"))) int64_t encode(const uint8_t* p, int64_t n, uint8_t* to) {
  // Of the bytes a b c of a group each word gets b a c b: both halves of it hold two digits whole.
  const __m128i spread = _mm_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10);
  const __m128i toDigit = load(kToDigit);
  int64_t i = 0;
  for (; i + kBlock <= n; i += kBlockBytes, to += kBlock) {
    const __m128i words = _mm_shuffle_epi8(load(p + i), spread);
    const __m128i even = _mm_mulhi_epu16(_mm_and_si128(words, _mm_set1_epi32(0x0fc0'fc00)), _mm_set1_epi32(0x0400'0040));
    const __m128i odd = _mm_mullo_epi16(_mm_and_si128(words, _mm_set1_epi32(0x003f'03f0)), _mm_set1_epi32(0x0100'0010));
    const __m128i values = _mm_or_si128(even, odd);
    const __m128i add = _mm_shuffle_epi8(toDigit, _mm_subs_epu8(values, _mm_set1_epi8(kLetters - 1)));
    const __m128i less = _mm_and_si128(_mm_cmpgt_epi8(_mm_set1_epi8(kUpper), values), _mm_set1_epi8(kUpperLess));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm_add_epi8(values, _mm_sub_epi8(add, less)));
  }
  return i;
}

__attribute__((target("avx"))) int64_t decode(const uint8_t* p, int64_t n, uint8_t* to) {
  const __m128i rowsOf = load(kRowsOf), rowBit = load(kRowBit), toValue = load(kToValue);
  const __m128i inOrder = _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
  int64_t i = 0;
  for (; i + kBlock <= n; i += kBlock, to += kBlockBytes) {
    const __m128i digits = load(p + i), rows = _mm_and_si128(_mm_srli_epi16(digits, 4), _mm_set1_epi8(15));
    // Of a byte beyond ASCII the lookup by its lower half is 0, too.
    const __m128i known = _mm_and_si128(_mm_shuffle_epi8(rowsOf, digits), _mm_shuffle_epi8(rowBit, rows));
    if (_mm_movemask_epi8(_mm_cmpeq_epi8(known, _mm_setzero_si128()))) break;
    const __m128i places = _mm_add_epi8(rows, _mm_cmpeq_epi8(digits, _mm_set1_epi8('/')));
    const __m128i values = _mm_add_epi8(digits, _mm_shuffle_epi8(toValue, places));
    const __m128i pairs = _mm_maddubs_epi16(values, _mm_set1_epi16(0x0140)); // the first of two times 64
    const __m128i groups = _mm_madd_epi16(pairs, _mm_set1_epi32(0x0001'1000));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm_shuffle_epi8(groups, inOrder));
  }
  return i;
}

bool looksUpBytes() { return __builtin_cpu_supports("avx"); }

} // namespace

int64_t encodeBlocks(const uint8_t* p, int64_t n, uint8_t* to) { return n >= kBlock && looksUpBytes() ? encode(p, n, to) : 0; }
int64_t decodeBlocks(const uint8_t* p, int64_t n, uint8_t* to) { return n >= kBlock && looksUpBytes() ? decode(p, n, to) : 0; }

} // namespace krait::base64
#else
namespace krait::base64 {

int64_t encodeBlocks(const uint8_t*, int64_t, uint8_t*) { return 0; }
int64_t decodeBlocks(const uint8_t*, int64_t, uint8_t*) { return 0; }

} // namespace krait::base64
#endif
