// The character database behind the unicodedata module: categories, numbers,
// decompositions, normal forms. Pure data: depends on nothing.
#pragma once
#include <cstdint>

namespace krait::unicode {

enum class Version : uint8_t { Now /*14.0.0*/, Old /*3.2.0*/ };

struct DatabaseRecord {
  uint8_t category, bidirectional, combining, width, mirrored, number; // indices; number 0: none
};
const DatabaseRecord& databaseRecord(uint32_t c, Version version);
const char* categoryName(const DatabaseRecord& r);
const char* bidirectionalName(const DatabaseRecord& r);
const char* widthName(const DatabaseRecord& r);
/// Of a record whose number is not 0.
double numberOf(const DatabaseRecord& r);
/// Decimal digit value, -1: none.
int decimalOf(uint32_t c, Version version);
bool isAssigned(uint32_t c, Version version);

struct Decomposition {
  const char* tag;        // "<font>" or "" for a canonical one
  const uint32_t* points;
  uint32_t count;         // 0: none
};
/// As the database lists it: one level, without Hangul.
Decomposition decompositionOf(uint32_t c, Version version);
/// The canonical composition of two code points (Hangul too), or 0.
uint32_t compose(uint32_t first, uint32_t second);
/// What decomposition to use for normalization under 3.2.0, if it was corrected later; else 0.
uint32_t oldNormalization(uint32_t c);

} // namespace krait::unicode
