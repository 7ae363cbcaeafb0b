// _codecs_kr: KS X 1001 as EUC, with Microsoft's extension, and the combining code called johab.
#include "runtime/modules/multibyte/encoding.h"
#include "runtime/modules/multibyte/sets.h"
#include "runtime/modules/multibyte/usual.h"

namespace krait::multibyte {

#include "runtime/modules/multibyte/korean_sets.inc"

namespace {

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
  Step step = encodePairs(e, s, p, n, final);
  if (step.consumed || p[0] < kFirstSyllable || p[0] > kLastSyllable) return step;
  const uint32_t syllable = p[0] - kFirstSyllable;
  step = Step{};
  step.consumed = 1;
  for (uint32_t letter : {uint32_t{kFiller}, uint32_t{kInitials[syllable / 588]}, kFirstVowel + syllable / 28 % 21, uint32_t{kFinals[syllable % 28]}})
    putCode(step, uint32_t{kLetter} << 8 | letter);
  return step;
}

uint32_t quickEucKr(const Encoding& e, uint8_t lead, uint8_t trail) { return lead == kLetter && trail == kFiller ? 0 : quickPair(e, lead, trail); }

constexpr Encoding kEncodings[] = {
    {"euc_kr", decodeEucKr, encodeEucKr, &kKs, nullptr, {decodeUsual<quickEucKr>, encodeUsual<quickCode>}},
    {"cp949", decodePairs, encodePairs, &kCp949, nullptr, kUsualPairs},
    {"johab", decodePairs, encodePairs, &kJohab, nullptr, kUsualPairs},
};
Value getCodec(Value, Value name) { return newCodec(kEncodings, name); }
constexpr MethodDef methods[] = {{"getcodec", getCodec}, {}};

} // namespace
} // namespace krait::multibyte

namespace krait {
extern "C" const NativeModule krt_module_codecs_kr = {.name = "_codecs_kr", .methods = multibyte::methods, .exec = nullptr};
} // namespace krait
