// Names are stored as codes of words, which are packed (see tools/scripts/make_unicode_names.py);
// Hangul syllables and numbered ranges are computed. What is packed, the word index and the hash
// table for look-ups are made at first use, in zero-initialised memory.
#include "runtime/unicode/names.h"
#include <zlib.h>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

namespace krait::unicode {
namespace {
#include "runtime/unicode/names.inc"

constexpr const char* kLead[] = {"G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"};
constexpr const char* kVowel[] = {"A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO", "WE", "WI", "YU", "EU", "YI", "I"};
constexpr const char* kTail[] = {"", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M", "B", "BS", "S", "SS", "NG", "J", "C", "K", "T", "P", "H"};
constexpr char kHangul[] = "HANGUL SYLLABLE ";
constexpr uint32_t kFirstHangul = 0xac00, kHangulCount = 11172, kTails = 28, kVowels = 21;

/// What kPacked holds, and behind it where the words stand.
struct Table {
  uint32_t blocks[kBlockCount]; // where the names of 128 code points begin in `names`; 0: they have none
  char words[kWordsSize];       // each ended by a space
  char names[kNamesSize];       // codes of words, each name ended by a space
  uint32_t wordStarts[kWordCount + 1]; // offsets in `words`
};
constexpr uInt kPackedSize = offsetof(Table, names) + kNamesSize;

/// What zlib asks for while it unpacks: its state and a window of 32 KB. Names are there even where memory is out.
struct Workspace {
  alignas(std::max_align_t) char bytes[48 << 10];
  size_t used;
};
voidpf takeWorkspace(voidpf workspace, uInt count, uInt size) {
  auto* w = static_cast<Workspace*>(workspace);
  const size_t wanted = (size_t{count} * size + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);
  if (wanted > sizeof w->bytes - w->used) return nullptr;
  w->used += wanted;
  return w->bytes + w->used - wanted;
}

void unpack(Table& out) {
  static Workspace workspace;
  z_stream z{};
  z.zalloc = takeWorkspace;
  z.zfree = [](voidpf, voidpf) {};
  z.opaque = &workspace;
  z.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(kPacked)); // is only read
  z.avail_in = sizeof kPacked - 1;
  z.next_out = reinterpret_cast<Bytef*>(&out);
  z.avail_out = kPackedSize;
  if (inflateInit(&z) != Z_OK || inflate(&z, Z_FINISH) != Z_STREAM_END || z.avail_out) std::abort(); // the table is not what the script wrote
}
void indexWords(Table& out) {
  uint32_t word = 1; // the first begins at 0
  for (uint32_t i = 0; word <= kWordCount; ++i)
    if (out.words[i] == ' ') out.wordStarts[word++] = i + 1;
}

const Table& table() {
  static const Table& ready = []() -> const Table& {
    static Table made;
    unpack(made);
    indexWords(made);
    return made;
  }();
  return ready;
}

constexpr uint32_t kSlots = 1 << 16;
static_assert(kNameCount < kSlots * 3 / 4);
uint32_t slots[kSlots]; // code point + 1, by hash of the name
bool slotsReady;
/// Where every eighth name of a block begins behind its first; 0 in the second where nobody has asked yet.
constexpr uint32_t kStride = 8;
uint16_t marks[kBlockCount][128 / kStride];

/// 0 to kDigits-1: the printable characters without '"', '\\' and '?'.
unsigned digit(char c) { return static_cast<unsigned>(c - 33 - (c > '"') - (c > '?') - (c > '\\')); }

/// Expands the codes at *at up to the separator into `out`; answers the length.
size_t expand(const Table& t, const char*& at, char* out) {
  size_t n = 0;
  while (*at != ' ') {
    unsigned rank = digit(*at++);
    if (rank >= kSingleCodes + kDoubleCodes) {
      rank = kSingleCodes + kDoubleCodes * kDigits + ((rank - kSingleCodes - kDoubleCodes) * kDigits + digit(at[0])) * kDigits + digit(at[1]);
      at += 2;
    } else if (rank >= kSingleCodes) {
      rank = kSingleCodes + (rank - kSingleCodes) * kDigits + digit(*at++);
    }
    const size_t length = t.wordStarts[rank + 1] - t.wordStarts[rank]; // with its space
    std::memcpy(out + n, t.words + t.wordStarts[rank], length);
    n += length;
  }
  ++at;
  return n ? n - 1 : 0;
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

uint32_t hashOf(std::string_view name) {
  uint32_t h = 2166136261u;
  for (char c : name) h = (h ^ static_cast<uint8_t>(c)) * 16777619u;
  return h ^ h >> 16;
}

void indexNames() {
  char name[kMaxNameLength];
  const Table& t = table();
  for (uint32_t block = 0; block < kBlockCount; ++block) {
    if (!t.blocks[block]) continue;
    const char* at = t.names + t.blocks[block];
    for (uint32_t c = block << 7; c < (block + 1) << 7; ++c) {
      const size_t n = expand(t, at, name);
      if (!n) continue;
      uint32_t slot = hashOf({name, n}) % kSlots;
      while (slots[slot]) slot = (slot + 1) % kSlots;
      slots[slot] = c + 1;
    }
  }
  slotsReady = true;
}

/// Longest part of `list` that `text` starts with.
template <size_t N> uint32_t longestPart(const char* const (&list)[N], std::string_view& text) {
  uint32_t best = N;
  size_t length = 0;
  for (uint32_t i = 0; i < N; ++i) {
    const size_t n = std::strlen(list[i]);
    if ((n > length || best == N) && text.substr(0, n) == list[i]) best = i, length = n;
  }
  text.remove_prefix(length);
  return best;
}

uint32_t lookupHangul(std::string_view rest) {
  const uint32_t lead = longestPart(kLead, rest), vowel = longestPart(kVowel, rest), tail = longestPart(kTail, rest);
  if (vowel == kVowels || !rest.empty()) return kNoChar;
  return kFirstHangul + (lead * kVowels + vowel) * kTails + tail;
}

uint32_t lookupNumbered(std::string_view name) {
  const size_t dash = name.rfind('-');
  if (dash == std::string_view::npos || name.size() - dash - 1 < 4 || name.size() - dash - 1 > 5) return kNoChar;
  uint32_t c = 0;
  for (char h : name.substr(dash + 1)) {
    if (!((h >= '0' && h <= '9') || (h >= 'A' && h <= 'F'))) return kNoChar;
    c = c * 16 + static_cast<uint32_t>(h <= '9' ? h - '0' : h - 'A' + 10);
  }
  if (name[dash + 1] == '0') return kNoChar;
  for (const auto& range : kNumbered)
    if (c >= range.first && c <= range.last && name.substr(0, dash + 1) == range.prefix) return c;
  return kNoChar;
}

} // namespace

static void markNames(const char* names, uint16_t* mark) {
  const char* at = names;
  for (uint32_t i = 1; i < 128; ++i) {
    at = std::strchr(at, ' ') + 1;
    if (i % kStride == 0) mark[i / kStride] = static_cast<uint16_t>(at - names);
  }
}

size_t nameOf(uint32_t c, char out[kMaxNameLength]) {
  if (c >= 0x110000) return 0;
  if (c >= kFirstHangul && c < kFirstHangul + kHangulCount) {
    const uint32_t i = c - kFirstHangul;
    size_t n = sizeof kHangul - 1;
    std::memcpy(out, kHangul, n);
    for (const char* part : {kLead[i / (kVowels * kTails)], kVowel[i / kTails % kVowels], kTail[i % kTails]}) {
      std::memcpy(out + n, part, std::strlen(part));
      n += std::strlen(part);
    }
    return n;
  }
  for (const auto& range : kNumbered) {
    if (c < range.first || c > range.last) continue;
    size_t n = std::strlen(range.prefix);
    std::memcpy(out, range.prefix, n);
    for (int shift = c > 0xffff ? 16 : 12; shift >= 0; shift -= 4) out[n++] = "0123456789ABCDEF"[c >> shift & 15];
    return n;
  }
  const Table& t = table();
  if (!t.blocks[c >> 7]) return 0;
  const char* at = t.names + t.blocks[c >> 7];
  uint16_t* mark = marks[c >> 7];
  if (!mark[1]) markNames(at, mark);
  at += mark[(c & 127) / kStride];
  for (uint32_t skip = c % kStride; skip; --skip) at = std::strchr(at, ' ') + 1;
  return expand(t, at, out);
}

uint32_t lookupName(std::string_view name, bool aliases) {
  if (name.empty() || name.size() >= kMaxNameLength) return kNoChar;
  char buffer[kMaxNameLength], candidate[kMaxNameLength];
  for (size_t i = 0; i < name.size(); ++i) buffer[i] = upper(name[i]);
  const std::string_view wanted(buffer, name.size());
  if (wanted.starts_with(kHangul))
    if (const uint32_t c = lookupHangul(wanted.substr(sizeof kHangul - 1)); c != kNoChar) return c;
  if (const uint32_t c = lookupNumbered(wanted); c != kNoChar) return c;
  if (!slotsReady) indexNames();
  for (uint32_t slot = hashOf(wanted) % kSlots; slots[slot]; slot = (slot + 1) % kSlots) {
    const size_t n = nameOf(slots[slot] - 1, candidate);
    if (std::string_view(candidate, n) == wanted) return slots[slot] - 1;
  }
  if (aliases)
    for (const auto& alias : kAliases)
      if (wanted == alias.name) return alias.c;
  return kNoChar;
}

uint32_t lookupSequence(std::string_view name, uint32_t out[kMaxSequence]) {
  if (name.size() >= kMaxNameLength) return 0;
  char buffer[kMaxNameLength];
  for (size_t i = 0; i < name.size(); ++i) buffer[i] = upper(name[i]);
  for (const auto& sequence : kSequences) {
    if (std::string_view(buffer, name.size()) != sequence.name) continue;
    uint32_t n = 0;
    while (n < kMaxSequence && sequence.c[n]) out[n] = sequence.c[n], ++n;
    return n;
  }
  return 0;
}

} // namespace krait::unicode
