// Compiled regular expressions as the library's `re` package makes them: one
// array of 32-bit codes (its MAGIC 20220615). Skips are relative to their own place.
#pragma once
#include <cstdint>
#include "runtime/object/ref.h"
#include "runtime/object/type.h"
#include "runtime/unicode/char_types.h"

namespace krait::sre {

enum Opcode : uint32_t {
  kFailure, kSuccess, kAny, kAnyAll, kAssert, kAssertNot, kAt, kBranch, kCategory, kCharset, kBigCharset, kGroupRef,
  kGroupRefExists, kIn, kInfo, kJump, kLiteral, kMark, kMaxUntil, kMinUntil, kNotLiteral, kNegate, kRange, kRepeat,
  kRepeatOne, kSubpattern, kMinRepeatOne, kAtomicGroup, kPossessiveRepeat, kPossessiveRepeatOne, kGroupRefIgnore,
  kInIgnore, kLiteralIgnore, kNotLiteralIgnore, kGroupRefLocIgnore, kInLocIgnore, kLiteralLocIgnore,
  kNotLiteralLocIgnore, kGroupRefUniIgnore, kInUniIgnore, kLiteralUniIgnore, kNotLiteralUniIgnore, kRangeUniIgnore,
};
enum AtCode : uint32_t {
  kAtBeginning, kAtBeginningLine, kAtBeginningString, kAtBoundary, kAtNonBoundary, kAtEnd, kAtEndLine, kAtEndString,
  kAtLocBoundary, kAtLocNonBoundary, kAtUniBoundary, kAtUniNonBoundary,
};
enum CategoryCode : uint32_t {
  kDigit, kNotDigit, kSpace, kNotSpace, kWord, kNotWord, kLinebreak, kNotLinebreak, kLocWord, kLocNotWord, kUniDigit,
  kUniNotDigit, kUniSpace, kUniNotSpace, kUniWord, kUniNotWord, kUniLinebreak, kUniNotLinebreak,
};
enum InfoFlags : uint32_t { kInfoPrefix = 1, kInfoLiteral = 2, kInfoCharset = 4 };
enum PatternFlags : uint32_t { kFlagLocale = 4, kFlagUnicode = 32, kFlagAscii = 256 };
constexpr uint32_t kMaxRepeat = 0xffffffff, kMagic = 20220615, kMaxGroups = 1073741823;

/// Where `bitmapOf` has the set of an INFO that stands first.
constexpr uint32_t kBeginning = 3;

/// Which of the first 256 characters a set holds.
struct Bitmap {
  uint32_t words[8];
  bool has(uint32_t c) const { return words[c >> 5] >> (c & 31) & 1; }
};

/// A text that is in every match, and how many characters are between the match's beginning and it.
struct Needle {
  static constexpr uint32_t kMost = 16;
  int64_t least = 0, most = 0; // most: -1 for any number
  uint32_t length = 0;         // 0: there is none
  uint32_t text[kMost] = {};
};

/// Which of the first 256 characters may stand at the first places of a match, behind no literal beginning.
struct Early {
  static constexpr int kMost = 8;
  int count = 0;           // every match has as many characters; 0 or more than one
  uint8_t places[256] = {}; // of a character: a bit for each place that it may have
};

/// What the halves of the bytes at the first places of a match may be, for each way through the pattern: see candidates.h.
struct Beginning {
  static constexpr int kMost = 4, kWays = 8;
  int places = 0; // 0: looking for it would not pay
  uint8_t low[kMost][16] = {}, high[kMost][16] = {};
};

/// A pattern that begins with as many characters of a set as there are, behind which none of that set can stand.
struct Lead {
  uint32_t item = 0; // the place in the code of what is repeated; 0: it begins otherwise
  uint32_t least = 0; // at least one
  Bitmap next{};     // what can stand behind
};
/// The branch that a pattern begins with: which alternatives each of the first 256 characters leaves.
struct FirstBranch {
  static constexpr uint32_t kFewest = 3, kMost = 32;
  uint32_t at;             // of BRANCH
  uint32_t starts[kMost];  // the skip words of the alternatives
  uint32_t viable[256];    // a bit for each
};
/// In `bitmapOf`, at a REPEAT_ONE: whether what follows can begin behind all of its items alone. 0: nobody has asked.
enum Settled : uint32_t { kSettled = 1, kUnsettled };

struct PatternObject {
  Object header;
  Value pattern;              // str, bytes-like or None
  Value groupIndex, indexGroup; // dict, tuple
  Value weakrefs;
  int64_t groups;
  uint32_t flags;
  bool isBytes;               // meaningless while pattern is None
  uint32_t codeSize;
  uint32_t* code;             // owned
  uint32_t* bitmapOf;         // by position of a set's opcode: index in bitmaps. Null without sets
                              // (the characters that INFO says a match may begin with: kBeginning)
  Bitmap* bitmaps;
  Bitmap beginnings;          // if hasBeginnings: of the first 256 characters, those that a match may have at beginningsAt
  uint32_t beginningsAt;      // the length of its literal beginning, or 0
  bool hasBeginnings;
  bool knowsBranch, knowsSearch; // what follows is worked out when it is asked for first: see knowBranch and knowSearch
  FirstBranch* branch;        // owned; null: it begins otherwise, or with too few or too many
  Needle needle;
  Early early;
  Beginning beginning;
  Lead lead;
};
inline PatternObject* asPattern(Value v) { return v.as<PatternObject>(); }
extern Type patternType, matchType, scannerType;

/// Checks the code and makes the bitmaps of its sets. False: it is not valid.
bool prepareProgram(PatternObject* p);
/// Of code that was checked: fills in `branch`.
void findBranch(PatternObject* p);
inline void knowBranch(PatternObject* p) {
  if (!p->knowsBranch) [[unlikely]] findBranch(p);
}
/// The same for `beginnings`, `early`, `beginning`, `lead` and `needle`, which searches alone ask.
void findBeginnings(PatternObject* p);
inline void knowSearch(PatternObject* p) {
  if (!p->knowsSearch) [[unlikely]] findBeginnings(p);
}
/// Whether the REPEAT_ONE at `pc`, in a text of bytes, need not be tried with fewer items than there are. Remembered in bitmapOf.
bool findSettled(PatternObject* p, uint32_t pc);
inline bool isSettled(PatternObject* p, uint32_t pc) {
  return p->bitmapOf && (p->bitmapOf[pc] ? p->bitmapOf[pc] == kSettled : findSettled(p, pc));
}
/// Of code that was checked: fills in `needle`.
void findNeedle(PatternObject* p);

/// Does a set's code hold `c`?
bool setHas(const uint32_t* set, uint32_t c);
/// The same for the first 256 characters at once.
Bitmap setOfBytes(const uint32_t* set);
bool categoryHas(uint32_t category, uint32_t c);
inline bool isAsciiWord(uint32_t c) {
  constexpr uint64_t kDigits = 0x03ff000000000000, kLetters = 0x07fffffe87fffffe; // and the underscore
  return c < 128 && (c < 64 ? kDigits >> c : kLetters >> (c - 64)) & 1;
}
inline bool isUnicodeWord(uint32_t c) { return c < 128 ? isAsciiWord(c) : unicode::isAlnum(c); }
uint32_t lowerAscii(uint32_t c);
uint32_t lowerLocale(uint32_t c);

} // namespace krait::sre
