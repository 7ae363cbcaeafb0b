// A text that every match holds, worked out from the code: where a search has failed at some places, it looks for that
// text first, and passes by all places that are too far from it.
//
// Taken is the longest run of literals that stands outside of branches and repeats, with the least and the most
// characters that may be between the match's beginning and it. What is not understood is of any length.
#include <algorithm>
#include "runtime/modules/sre/program.h"

namespace krait::sre {
namespace {

constexpr int64_t kFar = int64_t{1} << 40; // stands for no limit

struct Width { int64_t least, most; };

Width operator+(Width a, Width b) { return {std::min(a.least + b.least, kFar), std::min(a.most + b.most, kFar)}; }
Width times(Width one, uint32_t least, uint32_t most) {
  auto product = [](int64_t a, int64_t b) { return a && b ? (a > kFar / b ? kFar : a * b) : 0; };
  return {product(one.least, least), product(one.most, most == kMaxRepeat ? kFar : most)};
}

class Widths {
public:
  explicit Widths(const uint32_t* code) : code_(code) {}
  /// Of the operation at *at, which is passed.
  Width operation(uint32_t* at, uint32_t end);
  Width sequence(uint32_t at, uint32_t end) {
    Width all{0, 0};
    while (at < end) all = all + operation(&at, end);
    return all;
  }

private:
  const uint32_t* code_;
};

Width Widths::operation(uint32_t* place, uint32_t end) {
  const uint32_t op = code_[*place];
  uint32_t at = *place + 1;
  Width width{0, kFar};
  switch (op) {
  case kAny: case kAnyAll: width = {1, 1}; break;
  case kLiteral: case kNotLiteral: case kCategory: case kLiteralIgnore: case kNotLiteralIgnore: case kLiteralUniIgnore:
  case kNotLiteralUniIgnore: case kLiteralLocIgnore: case kNotLiteralLocIgnore: width = {1, 1}, ++at; break;
  case kIn: case kInIgnore: case kInUniIgnore: case kInLocIgnore: width = {1, 1}, at += code_[at]; break;
  case kMark: case kAt: width = {0, 0}, ++at; break;
  case kAssert: case kAssertNot: width = {0, 0}, at += code_[at]; break;
  case kGroupRef: case kGroupRefIgnore: case kGroupRefLocIgnore: case kGroupRefUniIgnore: ++at; break;
  case kAtomicGroup: width = sequence(at + 1, at + code_[at] - 1), at += code_[at]; break;
  case kBranch: {
    width = {kFar, 0};
    for (; code_[at]; at += code_[at]) {
      const Width one = sequence(at + 1, at + code_[at] - 2); // JUMP and its operand end it
      width = {std::min(width.least, one.least), std::max(width.most, one.most)};
    }
    ++at;
    break;
  }
  case kRepeatOne: case kMinRepeatOne: case kPossessiveRepeatOne: case kPossessiveRepeat: case kRepeat: {
    const bool whole = op == kRepeat || op == kPossessiveRepeat;
    const uint32_t after = at + code_[at];
    width = times(sequence(at + 3, after - !whole), code_[at + 1], code_[at + 2]);
    at = after + whole;
    break;
  }
  default: at = end; break; // of any length, with all that follows
  }
  *place = at;
  return width;
}

} // namespace

void findNeedle(PatternObject* p) {
  const uint32_t* code = p->code;
  uint32_t at = 0;
  const uint32_t end = p->codeSize - 1;
  if (code[0] == kInfo) {
    if (code[2] & kInfoPrefix) return; // that is looked for anyway
    at = 1 + code[1];
  }
  Widths widths(code);
  Width before{0, 0};
  Needle& best = p->needle;
  while (at < end) {
    if (code[at] != kLiteral) {
      before = before + widths.operation(&at, end);
      continue;
    }
    Needle run{.least = before.least, .most = before.most == kFar ? -1 : before.most};
    for (; at < end && (code[at] == kLiteral || code[at] == kMark); at += 2) {
      if (code[at] == kMark) continue;
      if (run.length < Needle::kMost) run.text[run.length++] = code[at + 1];
      before = before + Width{1, 1};
    }
    if (run.length > best.length) best = run;
  }
}

} // namespace krait::sre
