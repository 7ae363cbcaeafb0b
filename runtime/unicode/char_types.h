// What str's methods ask of a code point: predicates, digit values, case
// mappings. Unicode 14.0. Pure data: depends on nothing, the lexer may use it.
#pragma once
#include <cstdint>

namespace krait::unicode {

enum CharFlags : uint16_t {
  kAlpha = 1 << 0, kDecimal = 1 << 1, kDigit = 1 << 2, kNumeric = 1 << 3, kLower = 1 << 4, kUpper = 1 << 5,
  kTitle = 1 << 6, kSpace = 1 << 7, kLinebreak = 1 << 8, kPrintable = 1 << 9, kXidStart = 1 << 10,
  kXidContinue = 1 << 11, kCased = 1 << 12, kCaseIgnorable = 1 << 13,
  kExtendedCase = 1 << 14, // some mapping is not one delta per direction
  kSreCased = 1 << 15,     // has a simple case mapping: what re.IGNORECASE asks
  kAlnum = kAlpha | kDecimal | kDigit | kNumeric,
};

struct CharRecord {
  uint16_t flags;
  int8_t decimal, digit;             // -1: none
  int32_t toUpper, toLower, toTitle; // deltas; with kExtendedCase toUpper is an index into the extended table
};

/// Of any number; what is no code point has no properties.
const CharRecord& charRecord(uint32_t c);
struct AsciiFlags {
  uint16_t of[128];
};
extern const AsciiFlags kAsciiFlags;
inline bool hasFlag(uint32_t c, uint16_t flags) { return (c < 128 ? kAsciiFlags.of[c] : charRecord(c).flags) & flags; }
/// Those of ASCII by their bits: 9 to 13, 0x1c to 0x1f, and ' '; without 9, 0x1f and ' '.
constexpr uint64_t kAsciiSpaces = 0x1'f000'3e00, kAsciiLinebreaks = 0x7000'3c00;
/// None of these is a space, letters of most of Europe among them.
inline bool isBetweenSpaces(uint32_t c) { return c > 0xa0 && c < 0x1680; }
inline bool isSpace(uint32_t c) { return c < 128 ? c < 64 && kAsciiSpaces >> c & 1 : !isBetweenSpaces(c) && hasFlag(c, kSpace); }
inline bool isLinebreak(uint32_t c) { return c < 128 ? c < 64 && kAsciiLinebreaks >> c & 1 : hasFlag(c, kLinebreak); }
inline bool isPrintable(uint32_t c) { return c < 127 ? c >= 32 : hasFlag(c, kPrintable); }
inline bool isAlnum(uint32_t c) { return hasFlag(c, kAlnum); }
inline int decimalValue(uint32_t c) { return c < 128 ? (c >= '0' && c <= '9' ? int(c - '0') : -1) : charRecord(c).decimal; }

/// Full case mappings: write one to three code points, return how many.
enum class CaseForm : uint8_t { Upper, Lower, Title, Fold };
int mapCase(uint32_t c, CaseForm form, uint32_t out[3]);
/// Simple (one to one) lower case, as regular expressions fold.
uint32_t simpleLower(uint32_t c);

} // namespace krait::unicode
