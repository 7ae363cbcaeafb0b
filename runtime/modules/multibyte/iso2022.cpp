// _codecs_iso2022: the ISO 2022 family, where escape sequences designate sets to G0, G1 and G2.
#include "runtime/modules/multibyte/encoding.h"
#include "runtime/modules/multibyte/sets.h"

#include <array>
#include <cstring>

namespace krait::multibyte {

namespace {

#include "runtime/modules/multibyte/greek_sets.inc"

constexpr uint8_t kEscape = 0x1b, kShiftOut = 0x0e, kShiftIn = 0x0f;

enum SetIndex : uint8_t {
  kNoSet, kAscii, kRoman, kKatakana, kJis1978, kJis1983, kJis1990, kJis2000First, kJis2004First, kJis2000Second,
  kJis2004Second, kKorean, kKoreanShifted, kChinese, kLatin1, kGreekOfG2
};

struct Set {
  const char* escape; // that designates it, without ESC
  uint8_t place;      // G0, G1, G2
  uint8_t width;      // bytes per character
  Charset* charset;   // null: it is computed
  uint32_t highBits;  // that its codes have there
};
constexpr Set kSets[] = {
    {"", 0, 0, nullptr, 0},
    {"(B", 0, 1, nullptr, 0},
    {"(J", 0, 1, nullptr, 0},
    {"(I", 0, 1, nullptr, 0},
    {"$@", 0, 2, &kJis, 0},
    {"$B", 0, 2, &kJis, 0},
    {"$(D", 0, 2, &kJisSupplement, 0},
    {"$(O", 0, 2, &kJis2000, 0},
    {"$(Q", 0, 2, &kJis2004, 0},
    {"$(P", 0, 2, &kIsoJis2000Plane2, 0},
    {"$(P", 0, 2, &kJis2004Plane2, 0},
    {"$(C", 0, 2, &kKs, 0x8080},
    {"$)C", 1, 2, &kKs, 0x8080},
    {"$(A", 0, 2, &kGb2312, 0x8080},
    {".A", 2, 1, nullptr, 0},
    {".F", 2, 1, &kGreek, 0},
};

/// 0: nothing.
uint32_t decodeIn(uint8_t index, const uint8_t* p) {
  const Set& set = kSets[index];
  switch (index) {
  case kAscii: return p[0];
  case kRoman: return p[0] == 0x5c ? 0xa5u : p[0] == 0x7e ? 0x203eu : p[0];
  case kKatakana: return p[0] >= 0x21 && p[0] <= 0x5f ? 0xff40u + p[0] : 0;
  case kLatin1: return p[0] | 0x80u;
  }
  if (set.width == 1) return set.charset->valueOf(p[0]);
  return p[0] < 0x80 && p[1] < 0x80 ? set.charset->valueOf(static_cast<uint32_t>(p[0] << 8 | p[1]) | set.highBits) : 0;
}

/// The code of a character that is not ASCII, without high bits; 0 if the set has none.
uint32_t encodeIn(uint8_t index, uint32_t c) {
  const Set& set = kSets[index];
  switch (index) {
  case kRoman: return c == 0xa5 ? 0x5c : c == 0x203e ? 0x7e : 0;
  case kKatakana: return c >= 0xff61 && c <= 0xff9f ? c - 0xff40 : 0;
  }
  return set.charset->codeOf(c) & 0x7f7f;
}

/// Sets are told apart by the end of their escape, with the high bit for two bytes.
constexpr uint8_t kWideMark = 0x80;
constexpr auto kMarks = [] {
  std::array<uint8_t, std::size(kSets)> marks{};
  for (size_t i = 0; i < marks.size(); ++i) {
    for (const char* c = kSets[i].escape; *c; ++c) marks[i] = static_cast<uint8_t>(*c);
    if (kSets[i].width == 2) marks[i] |= kWideMark;
  }
  return marks;
}();
constexpr uint8_t markOf(uint8_t index) { return kMarks[index]; }

/// Of the state: bytes 0, 1, 2 are the marks of G0, G1 and G2, and one has flags.
constexpr int kFlags = 4;
constexpr uint8_t kShifted = 1; // between SO and SI
constexpr uint8_t kForeign = 2; // in an escape sequence that is of another standard
bool hasFlag(const State& s, uint8_t flag) { return s.bytes[kFlags] & flag; }
void setFlag(State& s, uint8_t flag, bool on) { s.bytes[kFlags] = static_cast<uint8_t>(on ? s.bytes[kFlags] | flag : s.bytes[kFlags] & ~flag); }
uint8_t setIn(const Encoding& e, const State& s, int place) {
  for (const uint8_t* set = e.designations; *set; ++set)
    if (markOf(*set) == s.bytes[place]) return *set;
  return kAscii;
}

bool endsEscape(uint8_t c) { return c >= '@' && c <= 'Z'; }

bool offers(const Encoding& e, uint8_t index) {
  for (const uint8_t* s = e.designations; *s; ++s)
    if (*s == index) return true;
  return false;
}
bool usesShift(const Encoding& e) { return offers(e, kKoreanShifted); }

Step decodeEscape(const Encoding& e, State& s, const uint8_t* p, int64_t n) {
  if (n < 2) return tooShort();
  if (p[1] == 'N' && (offers(e, kLatin1) || offers(e, kGreekOfG2))) { // one character of G2
    if (n < 3) return tooShort();
    const uint8_t set = setIn(e, s, 2), c = p[2];
    if (c < 0x80 && set != kAscii) return decoded(3, decodeIn(set, p + 2), 3);
    if (c >= 0x80 && set != kGreekOfG2) return invalid(3); // of the Greek set the other half, which is ASCII, is there as well
    Step step = plain(c & 0x7f);
    step.consumed = 3;
    return step;
  }
  if (!strchr("()$.&", p[1]) || !p[1]) {
    setFlag(s, kForeign, true);
    return plain(kEscape);
  }
  constexpr int kLongest = 16;
  const bool revised = offers(e, kJis1983); // "&@" before the escape of JIS X 0208 is of its revision
  int end = 1;
  for (; end < kLongest; ++end) {
    if (end >= n) return tooShort();
    if (endsEscape(p[end])) break;
    if (revised && end + 1 < n && p[end] == '&' && p[end + 1] == '@') end += 2;
  }
  if (end >= kLongest) return invalid(1);
  const int length = end + 1;
  // What is designated: "$" is of two bytes, and of those "$(" and "$" mean the same.
  const bool wide = p[1] == '$';
  const uint8_t where = length == 3 ? (wide ? uint8_t{'('} : p[1]) : length == 4 && wide ? p[2] : uint8_t{0};
  const int place = where == '(' ? 0 : where == ')' ? 1 : where == '.' && !wide && offers(e, kLatin1) ? 2 : -1;
  if (revised && length == 6 && !memcmp(p + 3, "\x1b$B", 3)) {
    s.bytes[0] = markOf(kJis1983);
    return skipped(length);
  }
  if (place < 0) return invalid(length);
  const uint8_t mark = p[end] | (wide ? kWideMark : 0);
  for (const uint8_t* set = e.designations; *set; ++set) {
    if (markOf(*set) != mark) continue;
    s.bytes[place] = mark;
    return skipped(length);
  }
  return invalid(length);
}

constexpr uint8_t kJp[] = {kAscii, kJis1983, kRoman, kJis1978, 0};
constexpr uint8_t kJp1[] = {kAscii, kJis1983, kJis1990, kRoman, kJis1978, 0};
constexpr uint8_t kJp2[] = {kAscii, kJis1983, kJis1990, kKorean, kChinese, kRoman, kJis1978, kLatin1, kGreekOfG2, 0};
constexpr uint8_t kJp3[] = {kAscii, kJis1983, kJis2000First, kJis2000Second, 0};
constexpr uint8_t kJp2004[] = {kAscii, kJis1983, kJis2004First, kJis2004Second, 0};
constexpr uint8_t kJpExt[] = {kAscii, kJis1983, kJis1990, kRoman, kKatakana, kJis1978, 0};
constexpr uint8_t kKr[] = {kAscii, kKoreanShifted, 0};

Step decodeIso2022(const Encoding& e, State& s, const uint8_t* p, int64_t n) {
  const uint8_t c = p[0];
  if (hasFlag(s, kForeign)) {
    setFlag(s, kForeign, !endsEscape(c));
    return plain(c);
  }
  if (c == kEscape) return decodeEscape(e, s, p, n);
  if ((c == kShiftOut || c == kShiftIn) && usesShift(e)) {
    setFlag(s, kShifted, c == kShiftOut);
    return skipped(1);
  }
  if (c >= 0x80) return invalid(1);
  if (c == '\n') setFlag(s, kShifted, false);
  if (c < 0x20) return plain(c);
  const uint8_t index = setIn(e, s, hasFlag(s, kShifted) ? 1 : 0);
  if (kSets[index].place == 2) return invalid(1); // such a set is read one character at a time, from G2
  const int width = kSets[index].width;
  if (n < width) return tooShort();
  return decoded(width, decodeIn(index, p), width);
}

Step encodeIso2022(const Encoding& e, State& s, const uint32_t* p, int64_t n, bool final) {
  // A character that might have a code with the next one waits for it, and never gets it.
  if (n < 2 && !final && (e.designations == kJp3 || e.designations == kJp2004) && beginsJapanesePair(p[0])) return tooShort();
  Step out;
  auto designate = [&](uint8_t index) {
    put(out, kEscape);
    for (const char* c = kSets[index].escape; *c; ++c) put(out, static_cast<uint8_t>(*c));
    s.bytes[kSets[index].place] = markOf(index);
  };
  out.consumed = 1;
  if (p[0] < 0x80) {
    if (s.bytes[0] != markOf(kAscii)) designate(kAscii);
    if (hasFlag(s, kShifted)) put(out, kShiftIn), setFlag(s, kShifted, false);
    put(out, p[0]);
    return out;
  }
  for (const uint8_t* set = e.designations; *set; ++set) {
    const Set& candidate = kSets[*set];
    if (*set == kAscii || candidate.place == 2) continue; // those of G2 are only read
    const uint32_t code = encodeIn(*set, p[0]);
    if (!code) continue;
    if (candidate.place == 1) {
      if (s.bytes[1] != markOf(*set)) designate(*set);
      if (!hasFlag(s, kShifted)) put(out, kShiftOut), setFlag(s, kShifted, true);
    } else {
      if (hasFlag(s, kShifted)) put(out, kShiftIn), setFlag(s, kShifted, false);
      if (s.bytes[0] != markOf(*set)) designate(*set);
    }
    if (candidate.width == 2) put(out, code >> 8);
    put(out, code & 0xff);
    return out;
  }
  return invalid(1);
}

/// What G1 and G2 hold stays.
void resetIso2022(State& s) {
  s.bytes[0] = markOf(kAscii);
  setFlag(s, kShifted, false);
}
Step finishIso2022(const Encoding&, State& s) {
  Step out;
  if (hasFlag(s, kShifted)) put(out, kShiftIn);
  if (s.bytes[0] != markOf(kAscii))
    for (uint8_t c : {kEscape, uint8_t{'('}, uint8_t{'B'}}) put(out, c);
  resetIso2022(s);
  return out;
}

constexpr Encoding encoding(const char* name, const uint8_t* designations) {
  return {.name = name, .decode = decodeIso2022, .encode = encodeIso2022, .finish = finishIso2022, .resetDecoder = resetIso2022,
          .encoderStart = {{'B', 'B'}}, .decoderStart = {{'B', 'B', 'B'}}, .designations = designations};
}
constexpr Encoding kEncodings[] = {encoding("iso2022_jp", kJp), encoding("iso2022_jp_1", kJp1), encoding("iso2022_jp_2", kJp2),
                                   encoding("iso2022_jp_3", kJp3), encoding("iso2022_jp_2004", kJp2004),
                                   encoding("iso2022_jp_ext", kJpExt), encoding("iso2022_kr", kKr)};
Value getCodec(Value, Value name) { return newCodec(kEncodings, name); }
constexpr MethodDef methods[] = {{"getcodec", getCodec}, {}};

} // namespace
} // namespace krait::multibyte

namespace krait {
extern "C" const NativeModule krt_module_codecs_iso2022 = {.name = "_codecs_iso2022", .methods = multibyte::methods, .exec = nullptr};
} // namespace krait
