// Two-stage tables behind database.h.
#include "runtime/unicode/database.h"
#include "runtime/unicode/char_types.h"

namespace krait::unicode {
namespace {
#include "runtime/unicode/database.inc"

constexpr uint32_t kFirstHangul = 0xac00, kFirstLead = 0x1100, kFirstVowel = 0x1161, kFirstTail = 0x11a7;
constexpr uint32_t kLeads = 19, kVowels = 21, kTails = 28;
} // namespace

const DatabaseRecord& databaseRecord(uint32_t c, Version version) {
  if (version == Version::Old)
    if (const uint16_t old = kOldStage2[kOldStage1[c >> 7] << 7 | (c & 127)]) return kRecords[old - 1];
  return kRecords[kStage2[kStage1[c >> 7] << 7 | (c & 127)]];
}
const char* categoryName(const DatabaseRecord& r) { return kCategories[r.category]; }
const char* bidirectionalName(const DatabaseRecord& r) { return kBidirectional[r.bidirectional]; }
const char* widthName(const DatabaseRecord& r) { return kWidths[r.width]; }
double numberOf(const DatabaseRecord& r) { return kNumbers[r.number]; }

int decimalOf(uint32_t c, Version version) {
  if (version == Version::Now) return decimalValue(c);
  for (const auto& row : kOldDecimals)
    if (row.c == c) return row.value;
  return isAssigned(c, version) ? decimalValue(c) : -1;
}

bool isAssigned(uint32_t c, Version version) {
  const char* category = categoryName(databaseRecord(c, version));
  return category[0] != 'C' || category[1] != 'n';
}

Decomposition decompositionOf(uint32_t c, Version version) {
  const uint16_t offset = kDecompositionStage2[kDecompositionStage1[c >> 7] << 7 | (c & 127)];
  if (!offset || (version == Version::Old && !isAssigned(c, version))) return {"", nullptr, 0};
  const uint32_t head = kDecompositions[offset];
  return {kTags[head >> 8], kDecompositions + offset + 1, head & 0xff};
}

uint32_t compose(uint32_t first, uint32_t second) {
  if (first - kFirstLead < kLeads && second - kFirstVowel < kVowels)
    return kFirstHangul + ((first - kFirstLead) * kVowels + (second - kFirstVowel)) * kTails;
  if (first - kFirstHangul < kLeads * kVowels * kTails && (first - kFirstHangul) % kTails == 0 &&
      second - kFirstTail - 1 < kTails - 1)
    return first + (second - kFirstTail);
  uint32_t low = 0, high = sizeof kCompositions / sizeof *kCompositions;
  while (low < high) {
    const uint32_t middle = (low + high) / 2;
    const auto& pair = kCompositions[middle];
    if (pair.first < first || (pair.first == first && pair.second < second)) low = middle + 1;
    else if (pair.first == first && pair.second == second) return pair.composed;
    else high = middle;
  }
  return 0;
}

uint32_t oldNormalization(uint32_t c) {
  for (const auto& row : kOldNormalization)
    if (row.c == c) return row.was;
  return 0;
}

} // namespace krait::unicode
