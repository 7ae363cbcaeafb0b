// Character categories and sets.
#include <algorithm>
#include <cctype>
#include "runtime/modules/sre/program.h"
#include "runtime/unicode/char_types.h"

namespace krait::sre {
namespace {

bool asciiSpace(uint32_t c) { return c == ' ' || (c >= 9 && c <= 13); }
bool localeWord(uint32_t c) { return c < 256 && (isalnum(static_cast<int>(c)) || c == '_'); }

} // namespace

uint32_t lowerAscii(uint32_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }
uint32_t lowerLocale(uint32_t c) { return c < 256 ? static_cast<uint32_t>(tolower(static_cast<int>(c))) : c; }

bool categoryHas(uint32_t category, uint32_t c) {
  switch (category) {
  case kDigit: return c >= '0' && c <= '9';
  case kNotDigit: return !(c >= '0' && c <= '9');
  case kSpace: return asciiSpace(c);
  case kNotSpace: return !asciiSpace(c);
  case kWord: return isAsciiWord(c);
  case kNotWord: return !isAsciiWord(c);
  case kLinebreak: return c == '\n';
  case kNotLinebreak: return c != '\n';
  case kLocWord: return localeWord(c);
  case kLocNotWord: return !localeWord(c);
  case kUniDigit: return unicode::decimalValue(c) >= 0;
  case kUniNotDigit: return unicode::decimalValue(c) < 0;
  case kUniSpace: return unicode::isSpace(c);
  case kUniNotSpace: return !unicode::isSpace(c);
  case kUniWord: return isUnicodeWord(c);
  case kUniNotWord: return !isUnicodeWord(c);
  case kUniLinebreak: return unicode::isLinebreak(c);
  case kUniNotLinebreak: return !unicode::isLinebreak(c);
  default: return false;
  }
}

bool setHas(const uint32_t* set, uint32_t c) {
  bool answer = true;
  for (;;) {
    switch (*set++) {
    case kFailure: return !answer;
    case kLiteral:
      if (c == *set++) return answer;
      break;
    case kCategory:
      if (categoryHas(*set++, c)) return answer;
      break;
    case kCharset:
      if (c < 256 && (set[c >> 5] >> (c & 31) & 1)) return answer;
      set += 8;
      break;
    case kRange:
      if (set[0] <= c && c <= set[1]) return answer;
      set += 2;
      break;
    case kRangeUniIgnore: {
      if (set[0] <= c && c <= set[1]) return answer;
      uint32_t upper[3];
      if (unicode::mapCase(c, unicode::CaseForm::Upper, upper) == 1 && set[0] <= upper[0] && upper[0] <= set[1]) return answer;
      set += 2;
      break;
    }
    case kNegate: answer = !answer; break;
    case kBigCharset: {
      // A count, 256 block numbers as bytes, and that many blocks of 256 bits.
      const uint32_t count = *set++;
      const int block = c < 65536 ? reinterpret_cast<const uint8_t*>(set)[c >> 8] : -1;
      set += 64;
      if (block >= 0 && (set[block * 8 + ((c & 255) >> 5)] >> (c & 31) & 1)) return answer;
      set += count * 8;
      break;
    }
    default: return false;
    }
  }
}

namespace {

/// The first 256 characters of a category; those of other locales are asked for each time.
Bitmap bytesOfCategory(uint32_t category) {
  static Bitmap known[kUniNotLinebreak + 1];
  static bool isKnown[kUniNotLinebreak + 1];
  if (category > kUniNotLinebreak) return {};
  if (isKnown[category]) return known[category];
  Bitmap map{};
  for (uint32_t c = 0; c < 256; ++c)
    if (categoryHas(category, c)) map.words[c >> 5] |= 1u << (c & 31);
  isKnown[category] = category != kLocWord && category != kLocNotWord;
  return known[category] = map;
}

} // namespace

Bitmap setOfBytes(const uint32_t* set) {
  // The first part of the set that a character is in decides about it.
  Bitmap chosen{}, undecided;
  for (uint32_t& word : undecided.words) word = ~0u;
  bool answer = true;
  auto take = [&](const Bitmap& part) {
    for (int i = 0; i < 8; ++i) {
      if (answer) chosen.words[i] |= part.words[i] & undecided.words[i];
      undecided.words[i] &= ~part.words[i];
    }
  };
  auto takeRange = [&](uint32_t first, uint32_t last, bool upperToo) {
    Bitmap part{};
    for (uint32_t c = 0; c < 256; ++c) {
      bool in = first <= c && c <= last;
      uint32_t upper[3];
      if (!in && upperToo) in = unicode::mapCase(c, unicode::CaseForm::Upper, upper) == 1 && first <= upper[0] && upper[0] <= last;
      if (in) part.words[c >> 5] |= 1u << (c & 31);
    }
    take(part);
  };
  for (;;) {
    switch (*set++) {
    case kFailure:
      answer = !answer;
      if (answer) take(undecided);
      return chosen;
    case kLiteral:
      if (const uint32_t c = *set++; c < 256) {
        Bitmap part{};
        part.words[c >> 5] = 1u << (c & 31);
        take(part);
      }
      break;
    case kCategory: take(bytesOfCategory(*set++)); break;
    case kCharset: {
      Bitmap part;
      std::copy(set, set + 8, part.words);
      take(part);
      set += 8;
      break;
    }
    case kRange:
      takeRange(set[0], set[1], false);
      set += 2;
      break;
    case kRangeUniIgnore:
      takeRange(set[0], set[1], true);
      set += 2;
      break;
    case kNegate: answer = !answer; break;
    case kBigCharset: {
      const uint32_t count = *set++, block = *reinterpret_cast<const uint8_t*>(set);
      set += 64;
      Bitmap part;
      std::copy(set + block * 8, set + block * 8 + 8, part.words);
      take(part);
      set += count * 8;
      break;
    }
    default: return chosen;
    }
  }
}

} // namespace krait::sre
