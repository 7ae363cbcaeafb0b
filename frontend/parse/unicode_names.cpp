// A table of hashes instead of names: 43 bits of hash beside the code point are
// enough to tell every name from every other, at a quarter of the size. Names
// that follow a rule (ideographs, Hangul syllables) are computed.
#include "frontend/parse/unicode_names.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>

namespace krait::frontend::parse {

namespace {

struct CodePointRange {
  char32_t first, last;
};

#include "frontend/parse/unicode_names.inc"

uint64_t hashOf(std::string_view name) {
  uint64_t value = 0xCBF29CE484222325;
  for (char c : name) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  value ^= value >> 32;
  return value * 0x9E3779B97F4A7C15;
}

char32_t ideographNamed(std::string_view digits) {
  if (digits.size() != 4 && digits.size() != 5) return kNoCodePoint;
  char32_t value = 0;
  for (char c : digits) {
    if (c >= '0' && c <= '9')
      value = value * 16 + (c - '0');
    else if (c >= 'A' && c <= 'F')
      value = value * 16 + (c - 'A' + 10);
    else
      return kNoCodePoint;
  }
  for (CodePointRange range : kIdeographs)
    if (value >= range.first && value <= range.last) return value;
  return kNoCodePoint;
}

// The index of the longest of `names` that `text` begins with, which is cut off.
template <size_t N> int takeLongest(const std::string_view (&names)[N], std::string_view& text) {
  int best = -1;
  for (size_t i = 0; i < N; ++i)
    if (text.starts_with(names[i]) && (best < 0 || names[i].size() > names[best].size())) best = static_cast<int>(i);
  if (best >= 0) text.remove_prefix(names[best].size());
  return best;
}

char32_t hangulNamed(std::string_view text) {
  static constexpr std::string_view kLeads[] = {"G", "GG", "N", "D", "DD", "R", "M", "B",  "BB", "S",
                                                "SS", "", "J", "JJ", "C", "K", "T", "P", "H"};
  static constexpr std::string_view kVowels[] = {"A",  "AE", "YA", "YAE", "EO", "E",  "YEO", "YE", "O",  "WA", "WAE",
                                                 "OE", "YO", "U",  "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
  static constexpr std::string_view kTails[] = {"",   "G",  "GG", "GS", "N", "NJ", "NH", "D", "L",  "LG",
                                                "LM", "LB", "LS", "LT", "LP", "LH", "M", "B", "BS", "S",
                                                "SS", "NG", "J",  "C",  "K", "T",  "P",  "H"};
  int lead = takeLongest(kLeads, text);
  int vowel = takeLongest(kVowels, text);
  if (vowel < 0) return kNoCodePoint;
  int tail = takeLongest(kTails, text);
  if (!text.empty()) return kNoCodePoint;
  return 0xAC00 + (lead * 21 + vowel) * 28 + tail;
}

} // namespace

char32_t codePointNamed(std::string_view name) {
  constexpr size_t kLongestName = 100;
  if (name.size() > kLongestName) return kNoCodePoint;
  std::string upper(name);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  constexpr std::string_view kIdeograph = "CJK UNIFIED IDEOGRAPH-", kHangul = "HANGUL SYLLABLE ";
  if (upper.starts_with(kIdeograph)) return ideographNamed(std::string_view(upper).substr(kIdeograph.size()));
  if (upper.starts_with(kHangul)) return hangulNamed(std::string_view(upper).substr(kHangul.size()));
  uint64_t wanted = hashOf(upper) >> 21 << 21;
  const uint64_t* at = std::lower_bound(std::begin(kNames), std::end(kNames), wanted);
  if (at == std::end(kNames) || *at >> 21 << 21 != wanted) return kNoCodePoint;
  return static_cast<char32_t>(*at & 0x1FFFFF);
}

} // namespace krait::frontend::parse
