// Encodings with state: the ISO 2022 family, where escape sequences designate sets to G0, G1 and G2, and HZ, where
// ~{ and ~} enclose GB 2312.
#include "runtime/modules/multibyte/encoding.h"

#include <cstring>

namespace krait::multibyte {

namespace {

constexpr uint8_t kEscape = 0x1b, kShiftOut = 0x0e, kShiftIn = 0x0f;

enum SetIndex : uint8_t {
  kNoSet, kAscii, kRoman, kKatakana, kJis1978, kJis, kJisSupplement, kJis2000Plane1, kJis2004Plane1, kJisPlane2, kKorean,
  kKoreanShifted, kChinese, kLatin1, kGreek
};

struct Set {
  const char* escape; // that designates it, without ESC
  uint8_t place;      // G0, G1, G2
  uint8_t width;      // bytes per character
  const char* charset; // one that holds it at 0xa1 to 0xfe
  uint8_t lead;       // byte before, in that charset; 0: none
};
constexpr Set kSets[] = {
    {"", 0, 0, nullptr, 0},        {"(B", 0, 1, nullptr, 0},          {"(J", 0, 1, nullptr, 0},
    {"(I", 0, 1, nullptr, 0},      {"$@", 0, 2, "EUC-JP", 0},         {"$B", 0, 2, "EUC-JP", 0},
    {"$(D", 0, 2, "EUC-JP", 0x8f}, {"$(O", 0, 2, "EUC-JISX0213", 0},  {"$(Q", 0, 2, "EUC-JISX0213", 0},
    {"$(P", 0, 2, "EUC-JISX0213", 0x8f}, {"$(C", 0, 2, "EUC-KR", 0},  {"$)C", 1, 2, "EUC-KR", 0},
    {"$A", 0, 2, "EUC-CN", 0},     {".A", 2, 1, "ISO-8859-1", 0},     {".F", 2, 1, "ISO-8859-7", 0},
};

Characters decodeIn(uint8_t index, const uint8_t* p) {
  const Set& set = kSets[index];
  if (index == kAscii) return {p[0]};
  if (index == kRoman) return {p[0] == 0x5c ? 0xa5u : p[0] == 0x7e ? 0x203eu : p[0]};
  if (index == kKatakana) return {p[0] >= 0x21 && p[0] <= 0x5f ? 0xff40u + p[0] : 0};
  uint8_t bytes[3];
  int n = 0;
  if (set.lead) bytes[n++] = set.lead;
  for (int i = 0; i < set.width; ++i) {
    if (set.width == 2 && (p[i] < 0x21 || p[i] > 0x7e)) return {};
    bytes[n++] = p[i] | 0x80;
  }
  return Charset::open(set.charset)->decode(bytes, n);
}

/// The bytes of a character in a set, without high bits; size 0 if it has none.
Bytes encodeIn(uint8_t index, uint32_t c, uint32_t combining = 0) {
  const Set& set = kSets[index];
  if (index == kRoman) {
    const int code = c == 0xa5 ? 0x5c : c == 0x203e ? 0x7e : c < 0x80 && c != 0x5c && c != 0x7e ? static_cast<int>(c) : 0;
    return code ? Bytes{1, {static_cast<uint8_t>(code)}} : Bytes{};
  }
  if (index == kKatakana) return c >= 0xff61 && c <= 0xff9f ? Bytes{1, {static_cast<uint8_t>(c - 0xff40)}} : Bytes{};
  if (!set.charset) return {};
  Bytes b = Charset::open(set.charset)->encode(c, combining);
  const int lead = set.lead ? 1 : 0;
  if (b.size != set.width + lead || (lead && b.data[0] != set.lead) || (!lead && b.data[0] < 0xa0)) return {};
  Bytes out;
  for (int i = lead; i < b.size; ++i) out.data[out.size++] = b.data[i] & 0x7f;
  return out;
}

bool offers(const Encoding& e, uint8_t index) {
  for (const uint8_t* s = e.sets; *s; ++s)
    if (*s == index) return true;
  return false;
}
bool usesShift(const Encoding& e) { return offers(e, kKoreanShifted); }

Step decodeEscape(const Encoding& e, State& s, const uint8_t* p, int64_t n) {
  if (n < 2) return tooShort();
  if (p[1] == 'N' && (offers(e, kLatin1) || offers(e, kGreek))) { // one character of G2
    if (n < 3) return tooShort();
    if (p[2] >= 0x80) return invalid(1);
    if (!s.designated[2]) return decoded(3, uint32_t{p[2]});
    const Characters c = decodeIn(s.designated[2], p + 2);
    return c.first ? decoded(3, c) : invalid(3);
  }
  if (!strchr("()$.&", p[1]) || !p[1]) return decoded(1, uint32_t{kEscape}); // no designation: a character like others
  constexpr int kLongest = 16;
  int end = 1;
  while (end < kLongest && end < n && !(p[end] >= '@' && p[end] <= 'Z')) ++end;
  if (end == kLongest) return invalid(1);
  if (end == n) return tooShort();
  const int length = end + 1;
  for (const uint8_t* set = e.sets; *set; ++set) {
    const Set& candidate = kSets[*set];
    if (static_cast<int>(strlen(candidate.escape)) != end || memcmp(candidate.escape, p + 1, static_cast<size_t>(end))) continue;
    s.designated[candidate.place] = *set;
    return skipped(length);
  }
  return invalid(length);
}

} // namespace

const uint8_t kIso2022Jp[] = {kAscii, kJis, kRoman, kJis1978, 0};
const uint8_t kIso2022Jp1[] = {kAscii, kJis, kJisSupplement, kRoman, kJis1978, 0};
const uint8_t kIso2022Jp2[] = {kAscii, kJis, kJisSupplement, kKorean, kChinese, kRoman, kJis1978, kLatin1, kGreek, 0};
const uint8_t kIso2022Jp3[] = {kAscii, kJis, kJis2000Plane1, kJisPlane2, 0};
const uint8_t kIso2022Jp2004[] = {kAscii, kJis, kJis2004Plane1, kJisPlane2, 0};
const uint8_t kIso2022JpExt[] = {kAscii, kJis, kJisSupplement, kRoman, kKatakana, kJis1978, 0};
const uint8_t kIso2022Kr[] = {kAscii, kKoreanShifted, 0};

Step decodeIso2022(const Encoding& e, State& s, const uint8_t* p, int64_t n) {
  const uint8_t c = p[0];
  if (c == kEscape) return decodeEscape(e, s, p, n);
  if ((c == kShiftOut || c == kShiftIn) && usesShift(e)) {
    s.shifted = c == kShiftOut;
    return skipped(1);
  }
  if (c >= 0x80) return invalid(1);
  if (c == '\n') s.shifted = false;
  if (c < 0x20) return decoded(1, uint32_t{c});
  const uint8_t index = s.shifted ? s.designated[1] : s.designated[0] ? s.designated[0] : static_cast<uint8_t>(kAscii);
  if (!index) return invalid(1);
  const int width = kSets[index].width;
  if (n < width) return tooShort();
  const Characters out = decodeIn(index, p);
  return out.first ? decoded(width, out) : invalid(width);
}

Step encodeIso2022(const Encoding& e, State& s, const uint32_t* p, int64_t n, bool final) {
  Step out;
  auto put = [&](uint8_t c) { out.bytes[out.size++] = c; };
  auto designate = [&](uint8_t index) {
    put(kEscape);
    for (const char* c = kSets[index].escape; *c; ++c) put(static_cast<uint8_t>(*c));
    s.designated[kSets[index].place] = index;
  };
  out.consumed = 1;
  if (p[0] < 0x80) {
    if (s.designated[0] && s.designated[0] != kAscii) designate(kAscii);
    if (s.shifted) put(kShiftIn), s.shifted = false;
    put(static_cast<uint8_t>(p[0]));
    return out;
  }
  for (const uint8_t* set = e.sets; *set; ++set) {
    const Set& candidate = kSets[*set];
    if (*set == kAscii || candidate.place == 2) continue; // those of G2 are only read
    Bytes b;
    if (n > 1) b = encodeIn(*set, p[0], p[1]);
    if (b.size) out.consumed = 2;
    else b = encodeIn(*set, p[0]);
    if (!b.size) continue;
    if (candidate.place == 1) {
      if (s.designated[1] != *set) designate(*set);
      if (!s.shifted) put(kShiftOut), s.shifted = true;
    } else if (s.designated[0] != *set) {
      designate(*set);
    }
    for (int i = 0; i < b.size; ++i) put(b.data[i]);
    return out;
  }
  return invalid(1);
}

Step finishIso2022(const Encoding&, State& s) {
  Step out;
  if (s.shifted) out.bytes[out.size++] = kShiftIn;
  if (s.designated[0] && s.designated[0] != kAscii) {
    out.bytes[out.size++] = kEscape;
    out.bytes[out.size++] = '(';
    out.bytes[out.size++] = 'B';
  }
  const uint8_t korean = s.designated[1];
  s = State{};
  s.designated[1] = korean;
  return out;
}

Step decodeHz(const Encoding& e, State& s, const uint8_t* p, int64_t n) {
  const uint8_t c = p[0];
  if (c == '~') {
    if (n < 2) return tooShort();
    switch (p[1]) {
    case '~': return s.shifted ? invalid(1) : decoded(2, uint32_t{'~'});
    case '\n': return s.shifted ? invalid(1) : skipped(2);
    case '{': if (s.shifted) return invalid(1); s.shifted = true; return skipped(2);
    case '}': if (!s.shifted) return invalid(1); s.shifted = false; return skipped(2);
    default: return invalid(1);
    }
  }
  if (c >= 0x80) return invalid(1);
  if (!s.shifted || c == '\n') {
    if (c == '\n') s.shifted = false;
    return decoded(1, uint32_t{c});
  }
  if (n < 2) return tooShort();
  const uint8_t bytes[2] = {static_cast<uint8_t>(c | 0x80), static_cast<uint8_t>(p[1] | 0x80)};
  const Characters out = Charset::open(e.charset)->decode(bytes, 2);
  return out.first && p[1] < 0x80 ? decoded(2, out) : invalid(1);
}

Step encodeHz(const Encoding& e, State& s, const uint32_t* p, int64_t, bool) {
  Step out;
  out.consumed = 1;
  auto put = [&](uint8_t a, uint8_t b) { out.bytes[out.size++] = a, out.bytes[out.size++] = b; };
  if (p[0] < 0x80) {
    if (s.shifted) put('~', '}');
    s.shifted = false;
    if (p[0] == '~') out.bytes[out.size++] = '~';
    out.bytes[out.size++] = static_cast<uint8_t>(p[0]);
    return out;
  }
  const Bytes b = Charset::open(e.charset)->encode(p[0]);
  if (b.size != 2) return invalid(1);
  if (!s.shifted) put('~', '{');
  s.shifted = true;
  put(b.data[0] & 0x7f, b.data[1] & 0x7f);
  return out;
}

Step finishHz(const Encoding&, State& s) {
  Step out;
  if (s.shifted) out.bytes[out.size++] = '~', out.bytes[out.size++] = '}';
  s = State{};
  return out;
}

namespace {

/// Byte i of the packed state is the mark of G<i>: the end of its escape, with the high bit for sets of two bytes.
uint8_t markOf(uint8_t index) {
  const Set& set = kSets[index];
  return static_cast<uint8_t>(set.escape[strlen(set.escape) - 1] | (set.width == 2 ? 0x80 : 0));
}
constexpr int kShiftByte = 4;

} // namespace

uint64_t packState(const Encoding& e, const State& s) {
  if (!e.sets) return (s.other & ~uint64_t{1}) | s.shifted;
  uint64_t word = static_cast<uint64_t>(s.shifted) << 8 * kShiftByte;
  for (int i = 0; i < 3; ++i) {
    const uint8_t mark = s.designated[i] ? markOf(s.designated[i]) : i < 2 ? 'B' : 0;
    word |= static_cast<uint64_t>(mark) << (8 * i);
  }
  return word;
}

State unpackState(const Encoding& e, uint64_t word) {
  State s;
  s.other = word;
  s.shifted = word >> (e.sets ? 8 * kShiftByte : 0) & 1;
  for (int i = 0; e.sets && i < 3; ++i)
    for (const uint8_t* set = e.sets; *set; ++set)
      if (kSets[*set].place == i && markOf(*set) == (word >> (8 * i) & 0xff)) s.designated[i] = *set;
  return s;
}

} // namespace krait::multibyte
