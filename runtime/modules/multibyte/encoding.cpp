// Stateless encodings, and the table of all.
//
// ASCII stands for itself everywhere. A byte from 0x80 begins a character of two bytes, but for the half-width
// katakana of Shift JIS, the three-byte plane of EUC-JP and the four-byte forms of GB 18030.
#include "runtime/modules/multibyte/encoding.h"

#include <cstring>
#include <initializer_list>

namespace krait::multibyte {

namespace {

Step decodePairs(const Encoding& e, State&, const uint8_t* p, int64_t n) {
  if (p[0] < 0x80) return decoded(1, uint32_t{p[0]});
  if (n < 2) return tooShort();
  const Characters c = Charset::open(e.charset)->decodePair(p[0], p[1]);
  return c.first ? decoded(2, c) : invalid(1);
}

/// `last`: the greatest byte that begins a pair. Of what begins none, no more bytes are awaited.
template <uint8_t last> Step decodeShiftJis(const Encoding& e, State& s, const uint8_t* p, int64_t n) {
  if (p[0] >= 0xa1 && p[0] <= 0xdf) return decoded(1, 0xff61u + p[0] - 0xa1);
  if (p[0] == 0x80 || p[0] == 0xa0 || p[0] > last) return invalid(1);
  return decodePairs(e, s, p, n);
}

/// The editions of 2000 and 2004 have JIS X 0201 where the others have ASCII.
Step decodeShiftJis2004(const Encoding& e, State& s, const uint8_t* p, int64_t n) {
  if (p[0] == 0x5c || p[0] == 0x7e) return decoded(1, p[0] == 0x5c ? 0xa5u : 0x203eu);
  if (n > 1 && p[0] == 0x81 && p[1] == 0x5f) return decoded(2, uint32_t{'\\'});
  return decodeShiftJis<0xfc>(e, s, p, n);
}

/// Microsoft's: the remaining single bytes are private characters.
Step decodeCp932(const Encoding& e, State& s, const uint8_t* p, int64_t n) {
  if (p[0] == 0x80) return decoded(1, uint32_t{0x80});
  if (p[0] == 0xa0) return decoded(1, uint32_t{0xf8f0});
  if (p[0] >= 0xfd) return decoded(1, 0xf8f1u + p[0] - 0xfd);
  return decodeShiftJis<0xfc>(e, s, p, n);
}

Step decodeEucJp(const Encoding& e, State& s, const uint8_t* p, int64_t n) {
  if (p[0] != 0x8f) return decodePairs(e, s, p, n);
  if (n < 3) return tooShort();
  const Characters c = Charset::open(e.charset)->decode(p, 3);
  return c.first ? decoded(3, c) : invalid(1);
}

Step decodeGb18030(const Encoding& e, State& s, const uint8_t* p, int64_t n) {
  if (p[0] < 0x80 || n < 2 || p[1] < 0x30 || p[1] > 0x39) return decodePairs(e, s, p, n);
  if (n < 4) return tooShort();
  const Characters c = Charset::open(e.charset)->decode(p, 4);
  return c.first ? decoded(4, c) : invalid(1);
}

Step encodeAny(const Encoding& e, State&, const uint32_t* p, int64_t, bool) {
  if (p[0] < 0x80) return encodedAs(1, Bytes{1, {static_cast<uint8_t>(p[0])}});
  const Bytes b = Charset::open(e.charset)->encode(p[0]);
  // A lone byte from 0x80 is an extension of the C library's, katakana apart.
  const bool katakana = p[0] >= 0xff61 && p[0] <= 0xff9f;
  return b.size > 1 || (b.size == 1 && katakana) ? encodedAs(1, b) : invalid(1);
}

/// The half of JIS X 0201 that differs from ASCII shares its bytes.
int romanByte(uint32_t c) { return c == 0xa5 ? 0x5c : c == 0x203e ? 0x7e : 0; }

Step encodeJapanese(const Encoding& e, State& s, const uint32_t* p, int64_t n, bool final) {
  const int roman = romanByte(p[0]);
  return roman ? encodedAs(1, Bytes{1, {static_cast<uint8_t>(roman)}}) : encodeAny(e, s, p, n, final);
}

Step encodeCp932(const Encoding& e, State& s, const uint32_t* p, int64_t n, bool final) {
  const uint32_t c = p[0];
  const int single = c == 0x80 ? 0x80 : c == 0xf8f0 ? 0xa0 : c >= 0xf8f1 && c <= 0xf8f3 ? static_cast<int>(c - 0xf8f1 + 0xfd) : 0;
  if (single) return encodedAs(1, Bytes{1, {static_cast<uint8_t>(single)}});
  return encodeAny(e, s, p, n, final);
}

/// Characters that may have one code together with a combining character after them.
bool beginsPair(uint32_t c) {
  constexpr uint32_t kBases[] = {0xca, 0xea, 0xe6, 0x254, 0x259, 0x25a, 0x28c, 0x2e5, 0x2e9, 0x304b, 0x304d, 0x304f,
                                 0x3051, 0x3053, 0x30ab, 0x30ad, 0x30af, 0x30b1, 0x30b3, 0x30bb, 0x30c4, 0x30c8, 0x31f7};
  for (uint32_t b : kBases)
    if (b == c) return true;
  return false;
}

Step encodeWithPairs(const Encoding& e, State& s, const uint32_t* p, int64_t n, bool final) {
  if (beginsPair(p[0])) {
    if (n > 1) {
      const Bytes b = Charset::open(e.charset)->encode(p[0], p[1]);
      if (b.size) return encodedAs(2, b);
    } else if (!final && Charset::open(e.charset)->encode(p[0]).size) {
      return tooShort();
    }
  }
  return encodeAny(e, s, p, n, final);
}

Step encodeShiftJis2004(const Encoding& e, State& s, const uint32_t* p, int64_t n, bool final) {
  if (const int roman = romanByte(p[0])) return encodedAs(1, Bytes{1, {static_cast<uint8_t>(roman)}});
  if (p[0] == '\\') return encodedAs(1, Bytes{2, {0x81, 0x5f}});
  if (p[0] == '~') return encodedAs(1, Bytes{2, {0x81, 0xb0}});
  return encodeWithPairs(e, s, p, n, final);
}

// EUC-KR writes syllables that KS X 1001 lacks as a filler and three letters, two bytes each.
constexpr uint8_t kInitials[] = {0xa1, 0xa2, 0xa4, 0xa7, 0xa8, 0xa9, 0xb1, 0xb2, 0xb3, 0xb5,
                                 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe};
constexpr uint8_t kFinals[] = {0xd4, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae,
                               0xaf, 0xb0, 0xb1, 0xb2, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xba, 0xbb, 0xbc, 0xbd, 0xbe};
constexpr uint8_t kLetter = 0xa4, kFiller = 0xd4, kFirstVowel = 0xbf;
constexpr int kVowels = 21;
constexpr uint32_t kFirstSyllable = 0xac00, kLastSyllable = 0xd7a3;

template <size_t n> int indexIn(const uint8_t (&table)[n], uint8_t code) {
  for (size_t i = 0; i < n; ++i)
    if (table[i] == code) return static_cast<int>(i);
  return -1;
}

Step decodeEucKr(const Encoding& e, State& s, const uint8_t* p, int64_t n) {
  if (n < 2 || p[0] != kLetter || p[1] != kFiller) return decodePairs(e, s, p, n);
  if (n < 8) return tooShort();
  const int initial = indexIn(kInitials, p[3]), vowel = p[5] - kFirstVowel, last = indexIn(kFinals, p[7]);
  if (p[2] != kLetter || p[4] != kLetter || p[6] != kLetter || initial < 0 || vowel < 0 || vowel >= kVowels || last < 0)
    return invalid(1);
  return decoded(8, kFirstSyllable + static_cast<uint32_t>((initial * kVowels + vowel) * 28 + last));
}

Step encodeEucKr(const Encoding& e, State& s, const uint32_t* p, int64_t n, bool final) {
  Step step = encodeAny(e, s, p, n, final);
  if (step.consumed || p[0] < kFirstSyllable || p[0] > kLastSyllable) return step;
  const uint32_t syllable = p[0] - kFirstSyllable;
  step = Step{};
  step.consumed = 1;
  for (uint8_t letter : {kFiller, kInitials[syllable / 588], static_cast<uint8_t>(kFirstVowel + syllable / 28 % 21), kFinals[syllable % 28]}) {
    step.bytes[step.size++] = kLetter;
    step.bytes[step.size++] = letter;
  }
  return step;
}

constexpr Encoding kEncodings[] = {
    {"big5", "_codecs_tw", decodePairs, encodeAny, nullptr, "BIG5", nullptr},
    {"cp950", "_codecs_tw", decodePairs, encodeAny, nullptr, "CP950", nullptr},
    {"big5hkscs", "_codecs_hk", decodePairs, encodeWithPairs, nullptr, "BIG5-HKSCS", nullptr},
    {"gb2312", "_codecs_cn", decodePairs, encodeAny, nullptr, "EUC-CN", nullptr},
    {"gbk", "_codecs_cn", decodePairs, encodeAny, nullptr, "GBK", nullptr},
    {"gb18030", "_codecs_cn", decodeGb18030, encodeAny, nullptr, "GB18030", nullptr},
    {"hz", "_codecs_cn", decodeHz, encodeHz, finishHz, "EUC-CN", nullptr},
    {"euc_kr", "_codecs_kr", decodeEucKr, encodeEucKr, nullptr, "EUC-KR", nullptr},
    {"cp949", "_codecs_kr", decodePairs, encodeAny, nullptr, "UHC", nullptr},
    {"johab", "_codecs_kr", decodePairs, encodeAny, nullptr, "JOHAB", nullptr},
    {"shift_jis", "_codecs_jp", decodeShiftJis<0xea>, encodeJapanese, nullptr, "SJIS", nullptr},
    {"cp932", "_codecs_jp", decodeCp932, encodeCp932, nullptr, "CP932", nullptr},
    {"euc_jp", "_codecs_jp", decodeEucJp, encodeJapanese, nullptr, "EUC-JP", nullptr},
    {"shift_jis_2004", "_codecs_jp", decodeShiftJis2004, encodeShiftJis2004, nullptr, "SHIFT_JISX0213", nullptr},
    {"euc_jis_2004", "_codecs_jp", decodeEucJp, encodeWithPairs, nullptr, "EUC-JISX0213", nullptr},
    {"shift_jisx0213", "_codecs_jp", decodeShiftJis2004, encodeShiftJis2004, nullptr, "SHIFT_JISX0213", nullptr},
    {"euc_jisx0213", "_codecs_jp", decodeEucJp, encodeWithPairs, nullptr, "EUC-JISX0213", nullptr},
    {"iso2022_jp", "_codecs_iso2022", decodeIso2022, encodeIso2022, finishIso2022, nullptr, kIso2022Jp},
    {"iso2022_jp_1", "_codecs_iso2022", decodeIso2022, encodeIso2022, finishIso2022, nullptr, kIso2022Jp1},
    {"iso2022_jp_2", "_codecs_iso2022", decodeIso2022, encodeIso2022, finishIso2022, nullptr, kIso2022Jp2},
    {"iso2022_jp_3", "_codecs_iso2022", decodeIso2022, encodeIso2022, finishIso2022, nullptr, kIso2022Jp3},
    {"iso2022_jp_2004", "_codecs_iso2022", decodeIso2022, encodeIso2022, finishIso2022, nullptr, kIso2022Jp2004},
    {"iso2022_jp_ext", "_codecs_iso2022", decodeIso2022, encodeIso2022, finishIso2022, nullptr, kIso2022JpExt},
    {"iso2022_kr", "_codecs_iso2022", decodeIso2022, encodeIso2022, finishIso2022, nullptr, kIso2022Kr},
};

} // namespace

const Encoding* findEncoding(const char* module, const char* name) {
  for (const Encoding& e : kEncodings)
    if (!strcmp(e.module, module) && !strcmp(e.name, name)) {
      const bool there = !e.charset || Charset::open(e.charset);
      return there ? &e : nullptr;
    }
  return nullptr;
}

} // namespace krait::multibyte
