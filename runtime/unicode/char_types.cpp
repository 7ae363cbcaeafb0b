// Two-stage tables behind char_types.h.
#include "runtime/unicode/char_types.h"

namespace krait::unicode {
namespace {
#include "runtime/unicode/char_types.inc"
constexpr CharRecord kNothing = {0, -1, -1, 0, 0, 0};
constexpr AsciiFlags asciiFlags() {
  AsciiFlags made{};
  for (uint32_t c = 0; c < 128; ++c) made.of[c] = kRecords[kStage2[(kStage1[0] << 7) | c]].flags;
  return made;
}
} // namespace


constinit const AsciiFlags kAsciiFlags = asciiFlags();

const CharRecord& charRecord(uint32_t c) {
  if (c >= 0x110000) return kNothing;
  return kRecords[kStage2[(kStage1[c >> 7] << 7) | (c & 127)]];
}

// An extended entry: simple lower case; four lengths in one word, a nibble per
// CaseForm; then the code points of the forms one after the other.
int mapCase(uint32_t c, CaseForm form, uint32_t out[3]) {
  const CharRecord& r = charRecord(c);
  if (!(r.flags & kExtendedCase)) {
    const int32_t delta = form == CaseForm::Upper ? r.toUpper : form == CaseForm::Title ? r.toTitle : r.toLower;
    out[0] = c + static_cast<uint32_t>(delta);
    return 1;
  }
  const uint32_t* entry = kExtended + r.toUpper;
  const uint32_t lengths = entry[1];
  const uint32_t* from = entry + 2;
  for (int f = 0; f < static_cast<int>(form); ++f) from += (lengths >> (4 * f)) & 15;
  const int n = static_cast<int>((lengths >> (4 * static_cast<int>(form))) & 15);
  for (int i = 0; i < n; ++i) out[i] = from[i];
  return n;
}

uint32_t simpleLower(uint32_t c) {
  const CharRecord& r = charRecord(c);
  return r.flags & kExtendedCase ? kExtended[r.toUpper] : c + static_cast<uint32_t>(r.toLower);
}

} // namespace krait::unicode
