// Table look-ups by binary search, and the normalisation algorithm of Unicode
// Standard Annex 15: decompose fully, order by combining class, compose.
#include "frontend/base/unicode.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

namespace krait::frontend::base {

namespace {

struct CodePointRange {
  char32_t first, last;
};
struct CombiningClass {
  char32_t codePoint;
  uint8_t value;
};
struct Decomposition {
  char32_t codePoint;
  uint16_t offset;
  uint8_t size;
};
struct Composition {
  char32_t first, second, composed;
};

#include "frontend/base/unicode_tables.inc"

template <size_t N> bool contains(const CodePointRange (&table)[N], char32_t codePoint) {
  auto after = std::upper_bound(std::begin(table), std::end(table), codePoint,
                                [](char32_t wanted, const CodePointRange& range) { return wanted < range.first; });
  return after != std::begin(table) && codePoint <= std::prev(after)->last;
}

uint8_t combiningClass(char32_t codePoint) {
  auto at = std::lower_bound(std::begin(kCombiningClasses), std::end(kCombiningClasses), codePoint,
                             [](const CombiningClass& row, char32_t wanted) { return row.codePoint < wanted; });
  return at != std::end(kCombiningClasses) && at->codePoint == codePoint ? at->value : 0;
}

// Hangul syllables are composed by arithmetic (chapter 3.12 of the standard).
constexpr char32_t kSBase = 0xAC00, kLBase = 0x1100, kVBase = 0x1161, kTBase = 0x11A7;
constexpr char32_t kLCount = 19, kVCount = 21, kTCount = 28, kSCount = kLCount * kVCount * kTCount;

void decompose(char32_t codePoint, std::vector<char32_t>& out) {
  if (codePoint - kSBase < kSCount) {
    char32_t index = codePoint - kSBase;
    out.push_back(kLBase + index / (kVCount * kTCount));
    out.push_back(kVBase + index % (kVCount * kTCount) / kTCount);
    if (index % kTCount != 0) out.push_back(kTBase + index % kTCount);
    return;
  }
  auto at = std::lower_bound(std::begin(kDecompositions), std::end(kDecompositions), codePoint,
                             [](const Decomposition& row, char32_t wanted) { return row.codePoint < wanted; });
  if (at == std::end(kDecompositions) || at->codePoint != codePoint) {
    out.push_back(codePoint);
    return;
  }
  out.insert(out.end(), kDecompositionPool + at->offset, kDecompositionPool + at->offset + at->size);
}

// The composite of two code points, or 0.
char32_t compose(char32_t first, char32_t second) {
  if (first - kLBase < kLCount && second - kVBase < kVCount)
    return kSBase + ((first - kLBase) * kVCount + (second - kVBase)) * kTCount;
  if (first - kSBase < kSCount && (first - kSBase) % kTCount == 0 && second - kTBase - 1 < kTCount - 1)
    return first + (second - kTBase);
  auto at = std::lower_bound(std::begin(kCompositions), std::end(kCompositions), std::pair(first, second),
                             [](const Composition& row, std::pair<char32_t, char32_t> wanted) {
                               return std::pair(row.first, row.second) < wanted;
                             });
  bool found = at != std::end(kCompositions) && at->first == first && at->second == second;
  return found ? at->composed : 0;
}

void composeAll(std::vector<char32_t>& text) {
  size_t out = 0;
  size_t starter = SIZE_MAX;
  uint8_t previousClass = 0;
  for (char32_t codePoint : text) {
    uint8_t ccc = combiningClass(codePoint);
    bool blocked = starter == SIZE_MAX || (out > starter + 1 && previousClass >= ccc);
    char32_t composite = blocked ? 0 : compose(text[starter], codePoint);
    if (composite != 0) {
      text[starter] = composite;
      continue;
    }
    if (ccc == 0) starter = out;
    previousClass = ccc;
    text[out++] = codePoint;
  }
  text.resize(out);
}

} // namespace

bool isIdentifierStart(char32_t codePoint) { return contains(kIdentifierStart, codePoint); }
bool isIdentifierContinue(char32_t codePoint) { return contains(kIdentifierContinue, codePoint); }
bool isPrintable(char32_t codePoint) {
  return codePoint < 0x80 ? codePoint >= 0x20 && codePoint != 0x7F : !contains(kNotPrintable, codePoint);
}

char32_t decodeUtf8(const char*& at) {
  auto byte = [&] { return static_cast<unsigned char>(*at++); };
  char32_t lead = byte();
  if (lead < 0x80) return lead;
  if (lead < 0xE0) return (lead & 0x1F) << 6 | (byte() & 0x3F);
  if (lead < 0xF0) {
    char32_t high = (lead & 0x0F) << 12;
    char32_t middle = (byte() & 0x3F) << 6;
    return high | middle | (byte() & 0x3F);
  }
  char32_t high = (lead & 0x07) << 18;
  char32_t upper = (byte() & 0x3F) << 12;
  char32_t middle = (byte() & 0x3F) << 6;
  return high | upper | middle | (byte() & 0x3F);
}

void appendUtf8(std::string& out, char32_t codePoint) {
  auto add = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (codePoint < 0x80) return add(codePoint);
  if (codePoint < 0x800) {
    add(0xC0 | codePoint >> 6);
  } else {
    if (codePoint < 0x10000) {
      add(0xE0 | codePoint >> 12);
    } else {
      add(0xF0 | codePoint >> 18);
      add(0x80 | (codePoint >> 12 & 0x3F));
    }
    add(0x80 | (codePoint >> 6 & 0x3F));
  }
  add(0x80 | (codePoint & 0x3F));
}

std::string normalizeIdentifier(std::string_view utf8) {
  std::vector<char32_t> text;
  for (const char* at = utf8.data(); at < utf8.data() + utf8.size();) decompose(decodeUtf8(at), text);
  // Canonical order: a stable insertion sort of each run of combining marks.
  for (size_t i = 1; i < text.size(); ++i) {
    uint8_t ccc = combiningClass(text[i]);
    if (ccc == 0) continue;
    for (size_t j = i; j > 0 && combiningClass(text[j - 1]) > ccc; --j) std::swap(text[j], text[j - 1]);
  }
  composeAll(text);
  std::string out;
  for (char32_t codePoint : text) appendUtf8(out, codePoint);
  return out;
}

} // namespace krait::frontend::base
