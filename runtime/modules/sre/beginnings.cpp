// Which characters a match may begin with, worked out from the code: search() passes by all others without starting the
// machine. INFO says it only for patterns that begin with literals or sets; here repeats, groups, categories and letters
// of either case are looked into, too. Behind a literal beginning it is the next character that is asked for.
//
// Always on the safe side: what is not understood may begin with anything. Worked out by the first search: of many patterns
// there is none.
#include "runtime/memory/alloc.h"
#include "runtime/modules/sre/program.h"
#include "runtime/object/errors.h"
#include "runtime/unicode/char_types.h"

namespace krait::sre {
namespace {

/// What a piece of code needs of the text at its beginning.
enum class Need : uint8_t {
  Character, // one of those collected
  Nothing,   // it may be empty: what follows counts as well
  Unknown,
};

class Beginnings {
public:
  explicit Beginnings(const PatternObject* p) : p_(p), code_(p->code) {}
  Need sequence(uint32_t at, uint32_t end);
  const Bitmap& map() const { return map_; }

private:
  Need branch(uint32_t at, uint32_t* next);
  Need characters(bool (*test)(uint32_t c, uint32_t wanted), uint32_t wanted) {
    for (uint32_t c = 0; c < 256; ++c)
      if (test(c, wanted)) map_.words[c >> 5] |= 1u << (c & 31);
    return Need::Character;
  }

  const PatternObject* p_;
  const uint32_t* code_;
  Bitmap map_{};
};

Need Beginnings::branch(uint32_t at, uint32_t* next) {
  Need all = Need::Character;
  for (; code_[at]; at += code_[at]) {
    const Need one = sequence(at + 1, at + code_[at] - 2); // JUMP and its operand end it
    if (one == Need::Unknown) return one;
    if (one == Need::Nothing) all = one;
  }
  *next = at + 1;
  return all;
}

Need Beginnings::sequence(uint32_t at, uint32_t end) {
  while (at < end) {
    const uint32_t op = code_[at++];
    Need need = Need::Nothing;
    switch (op) {
    case kFailure: return Need::Character; // of no text at all
    case kLiteral:
      if (const uint32_t c = code_[at]; c < 256) map_.words[c >> 5] |= 1u << (c & 31);
      return Need::Character;
    case kNotLiteral: return characters([](uint32_t c, uint32_t other) { return c != other; }, code_[at]);
    case kLiteralIgnore: return characters([](uint32_t c, uint32_t wanted) { return lowerAscii(c) == wanted; }, code_[at]);
    case kLiteralUniIgnore:
      return characters([](uint32_t c, uint32_t wanted) { return unicode::simpleLower(c) == wanted; }, code_[at]);
    case kAny: return characters([](uint32_t c, uint32_t) { return c != '\n'; }, 0);
    case kIn: case kInIgnore: case kInUniIgnore:
      for (int i = 0; i < 8; ++i) map_.words[i] |= p_->bitmaps[p_->bitmapOf[at - 1]].words[i];
      return Need::Character;
    case kMark: case kAt: ++at; break;
    case kInfo: at += code_[at]; break;
    case kBranch: need = branch(at, &at); break;
    case kRepeatOne: case kMinRepeatOne: case kPossessiveRepeatOne: case kPossessiveRepeat: case kRepeat: {
      const uint32_t after = at + code_[at];
      need = sequence(at + 3, after - (op == kRepeat || op == kPossessiveRepeat ? 0 : 1));
      if (need == Need::Character && code_[at + 1] == 0) need = Need::Nothing;
      at = after + (op == kRepeat || op == kPossessiveRepeat ? 1 : 0);
      break;
    }
    case kAtomicGroup: need = sequence(at + 1, at + code_[at] - 1), at += code_[at]; break;
    case kAssert: case kAssertNot: at += code_[at]; break; // takes no character away
    default: return Need::Unknown;
    }
    if (need != Need::Nothing) return need;
  }
  return Need::Nothing;
}

/// The characters of each of the first places, as long as all ways through the code take one character for each.
class Places {
public:
  explicit Places(const PatternObject* p) : p_(p), code_(p->code) {}
  /// Adds to sets[0 … most-1]; how many are complete. `whole`: the code ends there, nothing else being understood of it.
  int sequence(uint32_t at, uint32_t end, Bitmap* sets, int most, bool* whole);

private:
  bool character(uint32_t at, Bitmap* set) {
    Beginnings one(p_);
    if (one.sequence(at, at + 1) != Need::Character) return false;
    for (int i = 0; i < 8; ++i) set->words[i] |= one.map().words[i];
    return true;
  }

  const PatternObject* p_;
  const uint32_t* code_;
};

int Places::sequence(uint32_t at, uint32_t end, Bitmap* sets, int most, bool* whole) {
  int n = 0;
  *whole = false;
  while (at < end && n < most) {
    const uint32_t op = code_[at];
    switch (op) {
    case kLiteral: case kNotLiteral: case kLiteralIgnore: case kLiteralUniIgnore:
      if (!character(at, &sets[n])) return n;
      ++n, at += 2;
      break;
    case kAny:
      if (!character(at, &sets[n])) return n;
      ++n, ++at;
      break;
    case kIn: case kInIgnore: case kInUniIgnore:
      if (!character(at, &sets[n])) return n;
      ++n, at += 1 + code_[at + 1];
      break;
    case kMark: case kAt: at += 2; break;
    case kInfo: case kAssert: case kAssertNot: at += 1 + code_[at + 1]; break;
    case kRepeatOne: case kMinRepeatOne: case kPossessiveRepeatOne: { // as many as there have to be
      const uint32_t least = code_[at + 2];
      for (uint32_t i = 0; i < least && n < most; ++i, ++n)
        if (!character(at + 4, &sets[n])) return n;
      if (least != code_[at + 3]) return n;
      at += 1 + code_[at + 1];
      break;
    }
    case kBranch: {
      int least = most - n, longest = 0;
      bool all = true;
      for (++at; code_[at]; at += code_[at]) {
        bool one;
        const int places = sequence(at + 1, at + code_[at] - 2, sets + n, most - n, &one);
        least = places < least ? places : least;
        longest = places > longest ? places : longest;
        all &= one;
      }
      ++at;
      n += least;
      if (!all || longest != least) return n;
      break;
    }
    default: return n;
    }
  }
  *whole = at >= end;
  return n;
}

void findEarly(PatternObject* p, uint32_t pc) {
  Bitmap sets[Early::kMost] = {};
  bool whole;
  const int n = Places(p).sequence(pc, p->codeSize - 1, sets, Early::kMost, &whole);
  if (n < 2) return;
  p->early.count = n;
  for (uint32_t c = 0; c < 256; ++c)
    for (int i = 0; i < n; ++i) p->early.places[c] |= static_cast<uint8_t>(sets[i].has(c) << i);
}

/// The characters of the first places on one way through the code, as far as they are known.
struct Way {
  int places = 0;
  Bitmap sets[Beginning::kMost] = {};
};

/// Whether at most a quarter of the places of some text would pass, were all printable characters as frequent.
bool isRare(const Way* ways, int count, int places) {
  double expected = 0;
  for (int w = 0; w < count; ++w) {
    double one = 1;
    for (int i = 0; i < places; ++i) {
      const uint32_t* words = ways[w].sets[i].words;
      one *= (__builtin_popcount(words[1]) + __builtin_popcount(words[2]) + __builtin_popcount(words[3])) / 96.0;
    }
    expected += one;
  }
  return expected <= 0.25;
}

void findBeginning(PatternObject* p, uint32_t pc) {
  const uint32_t* code = p->code;
  const uint32_t end = p->codeSize - 1;
  Way ways[Beginning::kWays];
  int count = 0, places = Beginning::kMost;
  auto add = [&](uint32_t from, uint32_t to) {
    Way way;
    bool whole;
    way.places = Places(p).sequence(from, to, way.sets, Beginning::kMost, &whole);
    places = way.places < places ? way.places : places;
    Way& into = ways[count % Beginning::kWays];
    for (int i = 0; i < way.places; ++i)
      for (int word = 0; word < 8; ++word) into.sets[i].words[word] |= way.sets[i].words[word];
    ++count;
  };
  while (pc < end && code[pc] == kMark) pc += 2;
  if (code[pc] == kBranch)
    for (uint32_t at = pc + 1; code[at]; at += code[at]) add(at + 1, at + code[at] - 2);
  else
    add(pc, end);
  if (!places && ((p->hasBeginnings && !p->beginningsAt) || (code[0] == kInfo && (code[2] & kInfoCharset)))) {
    ways[0].sets[0] = p->hasBeginnings && !p->beginningsAt ? p->beginnings : p->bitmaps[p->bitmapOf[kBeginning]];
    count = places = 1;
  }
  if (count > Beginning::kWays) count = Beginning::kWays;
  const bool isPrefix = code[0] == kInfo && (code[2] & kInfoPrefix);
  if (places < (isPrefix ? 2 : 1) || !isRare(ways, count, places)) return;
  Beginning& b = p->beginning;
  b.places = places;
  for (int w = 0; w < count; ++w)
    for (int i = 0; i < places; ++i)
      for (uint32_t word = 0; word < 8; ++word)
        for (uint32_t left = ways[w].sets[i].words[word]; left; left &= left - 1) {
          const uint32_t c = word * 32 + static_cast<uint32_t>(__builtin_ctz(left));
          b.low[i][c & 15] |= static_cast<uint8_t>(1 << w);
          b.high[i][c >> 4] |= static_cast<uint8_t>(1 << w);
        }
}

void findFirst(PatternObject* p) {
  const uint32_t* code = p->code;
  uint32_t pc = 0, skip = 0;
  if (code[0] == kInfo) {
    pc = 1 + code[1];
    if (!(code[2] & kInfoPrefix)) findEarly(p, pc);
    if (code[2] & kInfoCharset) return; // says it all, and of wide characters more exactly
    const uint32_t length = code[2] & kInfoPrefix ? code[5] : 0;
    for (; skip < length; pc += 2) {
      if (code[pc] == kMark) continue;
      if (code[pc] != kLiteral || code[pc + 1] != code[7 + skip]) return;
      ++skip;
    }
  }
  if (code[0] != kInfo) findEarly(p, 0);
  Beginnings beginnings(p);
  if (beginnings.sequence(pc, p->codeSize - 1) != Need::Character) return;
  p->beginnings = beginnings.map();
  p->beginningsAt = skip;
  p->hasBeginnings = true;
}

/// What stands behind the REPEAT_ONE at `pc`, if none of its items can; false: that is not known.
bool findNext(PatternObject* p, uint32_t pc, Bitmap* next) {
  Beginnings item(p), rest(p);
  if (item.sequence(pc + 4, pc + 5) != Need::Character) return false;
  if (rest.sequence(pc + 1 + p->code[pc + 1], p->codeSize - 1) != Need::Character) return false;
  *next = rest.map();
  for (int i = 0; i < 8; ++i)
    if (item.map().words[i] & next->words[i]) return false;
  return true;
}

void findLead(PatternObject* p) {
  const uint32_t* code = p->code;
  uint32_t pc = code[0] == kInfo ? 1 + code[1] : 0;
  while (pc < p->codeSize && (code[pc] == kMark || code[pc] == kAt)) pc += 2;
  if (code[pc] != kRepeatOne || code[pc + 2] == 0 || code[pc + 3] != kMaxRepeat || !findNext(p, pc, &p->lead.next)) return;
  p->lead.item = pc + 4;
  p->lead.least = code[pc + 2];
}

} // namespace

void findBranch(PatternObject* p) {
  p->knowsBranch = true;
  const uint32_t* code = p->code;
  uint32_t pc = code[0] == kInfo ? 1 + code[1] : 0, count = 0;
  while (code[pc] == kMark) pc += 2;
  if (code[pc] != kBranch) return;
  for (uint32_t at = pc + 1; code[at]; at += code[at]) ++count;
  if (count < FirstBranch::kFewest || count > FirstBranch::kMost) return;
  p->branch = static_cast<FirstBranch*>(allocateZeroed(sizeof(FirstBranch)));
  if (!p->branch) return errorClear(); // it is for speed alone
  p->branch->at = pc;
  uint32_t n = 0;
  for (uint32_t at = pc + 1; code[at]; at += code[at], ++n) {
    p->branch->starts[n] = at;
    Beginnings one(p);
    const bool isKnown = one.sequence(at + 1, at + code[at] - 2) == Need::Character;
    for (uint32_t c = 0; c < 256; ++c)
      if (!isKnown || one.map().has(c)) p->branch->viable[c] |= 1u << n;
  }
}

bool findSettled(PatternObject* p, uint32_t pc) {
  Bitmap next;
  p->bitmapOf[pc] = findNext(p, pc, &next) ? kSettled : kUnsettled;
  return p->bitmapOf[pc] == kSettled;
}

void findBeginnings(PatternObject* p) {
  p->knowsSearch = true;
  findNeedle(p);
  findFirst(p);
  findLead(p);
  const uint32_t* code = p->code;
  const bool hasInfo = code[0] == kInfo;
  const uint32_t pc = hasInfo ? 1 + code[1] : 0;
  // What begins with a longer text is looked for by that; what is anchored at few places.
  if (hasInfo && (code[2] & kInfoPrefix) && code[5] > 1) return;
  if (code[pc] == kAt && code[pc + 1] <= kAtBeginningString) return;
  findBeginning(p, pc);
}

} // namespace krait::sre
