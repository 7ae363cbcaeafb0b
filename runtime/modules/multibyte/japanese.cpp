// _codecs_jp: JIS X 0208, with 0212 or as 0213, written as EUC or as Shift JIS.
#include "runtime/modules/multibyte/encoding.h"
#include "runtime/modules/multibyte/sets.h"
#include "runtime/modules/multibyte/usual.h"

namespace krait::multibyte {

#include "runtime/modules/multibyte/japanese_sets.inc"

bool beginsJapanesePair(uint32_t c) {
  constexpr uint32_t kBases[] = {0xe6, 0x254, 0x259, 0x25a, 0x28c, 0x2e5, 0x2e9, 0x304b, 0x304d, 0x304f, 0x3051,
                                 0x3053, 0x30ab, 0x30ad, 0x30af, 0x30b1, 0x30b3, 0x30bb, 0x30c4, 0x30c8, 0x31f7};
  for (uint32_t b : kBases)
    if (b == c) return true;
  return false;
}

namespace {

constexpr uint32_t kHighBits = 0x8080, kYen = 0xa5, kOverline = 0x203e;
constexpr uint32_t kFirstKatakana = 0xff61, kLastKatakana = 0xff9f; // half-width, a byte from 0xa1 each
constexpr uint8_t kFirstKatakanaByte = 0xa1, kLastKatakanaByte = 0xdf;

bool isKatakanaByte(uint8_t c) { return c >= kFirstKatakanaByte && c <= kLastKatakanaByte; }
/// 0: it is none.
uint32_t katakanaByte(uint32_t c) { return c >= kFirstKatakana && c <= kLastKatakana ? c - kFirstKatakana + kFirstKatakanaByte : 0; }
/// JIS X 0201 differs from ASCII in two bytes, which are written for its characters too.
uint32_t romanByte(uint32_t c) { return c == kYen ? 0x5c : c == kOverline ? 0x7e : 0; }

// ---- EUC -----------------------------------------------------------------------------------------

constexpr uint8_t kSingleShift2 = 0x8e, kSingleShift3 = 0x8f;

/// `plane2`: of JIS X 0213, which has the codes that JIS X 0212 leaves.
Step decodeEucWith(const Encoding& e, Charset* plane2, const uint8_t* p, int64_t n) {
  if (p[0] < 0x80) return plain(p[0]);
  if (n < 2) return tooShort();
  if (p[0] == kSingleShift2) return isKatakanaByte(p[1]) ? decoded(2, kFirstKatakana + p[1] - kFirstKatakanaByte) : invalid(1);
  const bool third = p[0] == kSingleShift3;
  if (third && n < 3) return tooShort();
  if (third) ++p;
  if (p[0] < 0x80 || p[1] < 0x80) return invalid(1);
  const auto code = static_cast<uint32_t>(p[0] << 8 | p[1]) & 0x7f7f;
  if (!third) return decoded(2, e.set->valueOf(code));
  const uint32_t value = plane2 ? plane2->valueOf(code) : 0;
  return decoded(3, value ? value : kJisSupplement.valueOf(code));
}
Step encodeEucWith(const Encoding& e, Charset* plane2, const uint32_t* p) {
  const uint32_t c = p[0];
  if (c < 0x80) return encodedByte(c);
  if (const uint32_t byte = katakanaByte(c)) return encodedCode(uint32_t{kSingleShift2} << 8 | byte);
  if (const uint32_t code = e.set->codeOf(c)) return encodedCode(code | kHighBits);
  uint32_t code = plane2 ? plane2->codeOf(c) : 0;
  const bool newer = plane2 && (kJis2004.codeOf(c) || kJis2004Plane2.codeOf(c)); // than this edition, and then not of JIS X 0212
  if (!code && !newer) code = kJisSupplement.codeOf(c);
  if (!code) return invalid(1);
  Step step = encodedByte(kSingleShift3);
  putCode(step, code | kHighBits);
  return step;
}

Step decodeEucJp(const Encoding& e, State&, const uint8_t* p, int64_t n) { return decodeEucWith(e, nullptr, p, n); }
Step encodeEucJp(const Encoding& e, State&, const uint32_t* p, int64_t, bool) {
  const Step step = encodeEucWith(e, nullptr, p);
  const uint32_t roman = step.consumed ? 0 : romanByte(p[0]);
  return roman ? encodedByte(roman) : step;
}
Step decodeEuc2004(const Encoding& e, State&, const uint8_t* p, int64_t n) { return decodeEucWith(e, e.supplement, p, n); }
Step encodeEuc2004(const Encoding& e, State&, const uint32_t* p, int64_t n, bool final) {
  bool wait;
  const uint32_t both = codeOfTwo(*e.set, beginsJapanesePair(p[0]), p, n, final, &wait);
  return wait ? tooShort() : both ? encodedCode(both | kHighBits, 2) : encodeEucWith(e, e.supplement, p);
}

uint32_t quickEuc(const Encoding& e, uint8_t lead, uint8_t trail) {
  return lead > 0xa0 && trail > 0xa0 ? e.set->valueOf(static_cast<uint32_t>(lead << 8 | trail) & 0x7f7f) : 0;
}
uint32_t quickEucCode(const Encoding& e, uint32_t c) {
  const uint32_t code = e.set->codeOf(c);
  return code ? code | kHighBits : 0;
}
uint32_t quickEuc2004Code(const Encoding& e, uint32_t c) { return beginsJapanesePair(c) ? 0 : quickEucCode(e, c); }

// ---- Shift JIS -----------------------------------------------------------------------------------

constexpr uint32_t kFirst = 0x21, kCells = 94; // of a row
/// Rows of plane 2 of JIS X 0213, in the order in which they follow plane 1.
constexpr uint8_t kRowsOfPlane2[] = {1, 8, 3, 4, 5, 12, 13, 14, 15, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94};

/// The row (from 0) and cell of two bytes as a code; 0: the second is none.
uint32_t jisOfShifted(uint8_t first, uint8_t second) {
  if (second < 0x40 || second == 0x7f || second > 0xfc) return 0;
  const uint32_t lead = first - (first < 0xe0 ? 0x81u : 0xc1u), trail = second - (second < 0x80 ? 0x40u : 0x41u);
  return (2 * lead + trail / kCells + kFirst) << 8 | (trail % kCells + kFirst);
}
uint32_t shiftedOfJis(uint32_t code) {
  const uint32_t row = (code >> 8) - kFirst, trail = (code & 0xff) - kFirst + row % 2 * kCells, lead = row / 2 + 0x81;
  return (lead < 0xa0 ? lead : lead + 0x40) << 8 | (trail + (trail < 0x3f ? 0x40 : 0x41));
}

/// `last`: the greatest byte that begins two. Of what begins none, no more bytes are awaited.
template <uint8_t last> Step decodeShiftJis(const Encoding& e, State&, const uint8_t* p, int64_t n) {
  if (p[0] < 0x80) return plain(p[0]);
  if (isKatakanaByte(p[0])) return decoded(1, kFirstKatakana + p[0] - kFirstKatakanaByte);
  if (p[0] == 0x80 || p[0] == 0xa0 || p[0] > last) return invalid(1);
  if (n < 2) return tooShort();
  uint32_t code = jisOfShifted(p[0], p[1]);
  Charset* set = e.set;
  if (const uint32_t row = code >> 8; e.supplement && row >= kFirst + kCells) {
    set = e.supplement;
    code = (kRowsOfPlane2[row - kFirst - kCells] + kFirst - 1) << 8 | (code & 0xff);
  }
  return decoded(2, code ? set->valueOf(code) : 0);
}
Step encodeShiftJis(const Encoding& e, State&, const uint32_t* p, int64_t, bool) {
  const uint32_t c = p[0];
  if (c < 0x80) return encodedByte(c);
  if (const uint32_t byte = katakanaByte(c) | romanByte(c)) return encodedByte(byte);
  const uint32_t code = e.set->codeOf(c);
  return code ? encodedCode(shiftedOfJis(code)) : invalid(1);
}

uint32_t quickShifted(const Encoding& e, uint8_t lead, uint8_t trail) {
  const bool begins = (lead > 0x80 && lead < 0xa0) || (lead >= 0xe0 && lead < 0xfd);
  return begins ? e.set->valueOf(jisOfShifted(lead, trail)) : 0;
}
uint32_t quickShiftedCode(const Encoding& e, uint32_t c) {
  const uint32_t code = e.set->codeOf(c);
  return code ? shiftedOfJis(code) : 0;
}
constexpr Usual kUsualShifted = {decodeUsual<quickShifted>, encodeUsual<quickShiftedCode>};

/// Microsoft's: the remaining single bytes are private characters.
constexpr uint32_t kPrivate = 0xf8f0; // and three more
Step decodeCp932(const Encoding& e, State& s, const uint8_t* p, int64_t n) {
  if (p[0] == 0x80) return plain(p[0]);
  if (p[0] == 0xa0) return decoded(1, kPrivate);
  if (p[0] >= 0xfd) return decoded(1, kPrivate + p[0] - 0xfc);
  return decodeShiftJis<0xfc>(e, s, p, n);
}
Step encodeCp932(const Encoding& e, State&, const uint32_t* p, int64_t, bool) {
  const uint32_t c = p[0];
  if (c <= 0x80) return encodedByte(c);
  if (c >= kPrivate && c <= kPrivate + 3) return encodedByte(c == kPrivate ? 0xa0 : c - kPrivate + 0xfc);
  if (const uint32_t byte = katakanaByte(c)) return encodedByte(byte);
  const uint32_t code = e.set->codeOf(c);
  return code ? encodedCode(shiftedOfJis(code)) : invalid(1);
}

/// The editions of 2000 and 2004 have JIS X 0201 where the others have ASCII.
Step decodeShift2004(const Encoding& e, State& s, const uint8_t* p, int64_t n) {
  if (p[0] == 0x5c || p[0] == 0x7e) return decoded(1, p[0] == 0x5c ? kYen : kOverline);
  return decodeShiftJis<0xfc>(e, s, p, n);
}
Step encodeShift2004(const Encoding& e, State&, const uint32_t* p, int64_t n, bool final) {
  const uint32_t c = p[0];
  if (const uint32_t byte = katakanaByte(c) | romanByte(c)) return encodedByte(byte);
  if (c < 0x80 && c != '\\' && c != '~') return encodedByte(c);
  bool wait;
  const uint32_t both = codeOfTwo(*e.set, beginsJapanesePair(c), p, n, final, &wait);
  if (wait) return tooShort();
  if (both) return encodedCode(shiftedOfJis(both), 2);
  if (const uint32_t code = e.set->codeOf(c)) return encodedCode(shiftedOfJis(code));
  const uint32_t code = e.supplement->codeOf(c);
  if (!code) return invalid(1);
  uint32_t row = 0;
  while (kRowsOfPlane2[row] + kFirst - 1 != code >> 8) ++row;
  return encodedCode(shiftedOfJis((row + kFirst + kCells) << 8 | (code & 0xff)));
}

constexpr Usual kUsualEuc2004 = {decodeUsual<quickEuc>, encodeUsual<quickEuc2004Code>};

constexpr Encoding kEncodings[] = {
    {"shift_jis", decodeShiftJis<0xea>, encodeShiftJis, &kJis, nullptr, kUsualShifted},
    {"cp932", decodeCp932, encodeCp932, &kCp932, nullptr, kUsualShifted},
    {"euc_jp", decodeEucJp, encodeEucJp, &kJis, nullptr, {decodeUsual<quickEuc>, encodeUsual<quickEucCode>}},
    {"shift_jis_2004", decodeShift2004, encodeShift2004, &kShiftJis2004, &kJis2004Plane2},
    {"euc_jis_2004", decodeEuc2004, encodeEuc2004, &kEucJis2004, &kJis2004Plane2, kUsualEuc2004},
    {"shift_jisx0213", decodeShift2004, encodeShift2004, &kShiftJis2000, &kJis2000Plane2},
    {"euc_jisx0213", decodeEuc2004, encodeEuc2004, &kEucJis2000, &kJis2000Plane2, kUsualEuc2004},
};
Value getCodec(Value, Value name) { return newCodec(kEncodings, name); }
constexpr MethodDef methods[] = {{"getcodec", getCodec}, {}};

} // namespace
} // namespace krait::multibyte

namespace krait {
extern "C" const NativeModule krt_module_codecs_jp = {.name = "_codecs_jp", .methods = multibyte::methods, .exec = nullptr};
} // namespace krait
