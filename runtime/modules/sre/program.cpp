// A walk over the code of a pattern: checks that opcodes, skips and groups are
// in order (the matcher trusts them), and computes bitmaps for the sets.
#include "runtime/modules/sre/program.h"
#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/unicode/char_types.h"

namespace krait::sre {
namespace {

class Walker {
public:
  explicit Walker(PatternObject* p) : p_(p), code_(p->code) {}

  /// The whole program: optional INFO, code, SUCCESS.
  bool program() {
    const uint32_t end = p_->codeSize;
    if (end == 0 || code_[end - 1] != kSuccess) return false;
    return sequence(0, end - 1);
  }
  uint32_t setCount() const { return sets_; }

private:
  /// Code in [at, end) that runs on to `end`.
  bool sequence(uint32_t at, uint32_t end);
  bool set(uint32_t at, uint32_t end);
  bool branch(uint32_t at, uint32_t end, uint32_t* next);
  bool repeat(uint32_t op, uint32_t at, uint32_t end, uint32_t* next);
  bool group(uint32_t g) const { return g < static_cast<uint64_t>(p_->groups); }
  bool addSet(uint32_t op, uint32_t at);

  PatternObject* p_;
  const uint32_t* code_;
  uint32_t sets_ = 0, capacity_ = 0;
};

bool Walker::addSet(uint32_t op, uint32_t at) {
  if (!p_->bitmapOf) {
    p_->bitmapOf = static_cast<uint32_t*>(allocateZeroed(p_->codeSize * sizeof(uint32_t)));
    if (!p_->bitmapOf) return false;
  }
  if (sets_ == capacity_) {
    capacity_ = capacity_ * 2 + 4;
    auto* grown = static_cast<Bitmap*>(reallocate(p_->bitmaps, capacity_ * sizeof(Bitmap)));
    if (!grown) return false;
    p_->bitmaps = grown;
  }
  Bitmap& map = p_->bitmaps[sets_];
  const Bitmap plain = setOfBytes(code_ + at + 1);
  map = plain;
  for (uint32_t c = 0; c < 256 && (op == kInIgnore || op == kInUniIgnore); ++c) {
    const uint32_t folded = op == kInIgnore ? lowerAscii(c) : unicode::simpleLower(c), bit = 1u << (c & 31);
    if (folded < 256 ? plain.has(folded) : setHas(code_ + at + 1, folded)) map.words[c >> 5] |= bit;
    else map.words[c >> 5] &= ~bit;
  }
  p_->bitmapOf[at - 1] = sets_++;
  return true;
}

bool Walker::set(uint32_t at, uint32_t end) {
  while (at < end) {
    uint64_t size;
    switch (code_[at++]) {
    case kFailure: return at == end;
    case kNegate: size = 0; break;
    case kLiteral: case kCategory: size = 1; break;
    case kRange: case kRangeUniIgnore: size = 2; break;
    case kCharset: size = 8; break;
    case kBigCharset: {
      if (at >= end) return false;
      const uint64_t count = code_[at];
      size = 1 + 64 + count * 8;
      if (size > end - at) return false;
      const auto* blocks = reinterpret_cast<const uint8_t*>(code_ + at + 1);
      for (int i = 0; i < 256; ++i)
        if (blocks[i] >= count) return false;
      break;
    }
    default: return false;
    }
    if (size > end - at) return false;
    at += static_cast<uint32_t>(size);
  }
  return false;
}

bool Walker::branch(uint32_t at, uint32_t end, uint32_t* next) {
  uint32_t target = 0;
  for (;;) {
    if (at >= end) return false;
    const uint32_t skip = code_[at];
    if (skip == 0) break;
    // skip code … JUMP to-the-end
    if (skip < 3 || skip > end - at) return false;
    const uint32_t jump = at + skip - 2;
    if (code_[jump] != kJump || code_[jump + 1] > end - (jump + 1)) return false;
    if (!sequence(at + 1, jump)) return false;
    const uint32_t to = jump + 1 + code_[jump + 1];
    if (target && target != to) return false;
    target = to;
    at += skip;
  }
  *next = at + 1;
  return !target || target == *next;
}

bool Walker::repeat(uint32_t op, uint32_t at, uint32_t end, uint32_t* next) {
  if (end - at < 3) return false;
  const uint32_t skip = code_[at], low = code_[at + 1], high = code_[at + 2];
  if (low > high || skip < 3 || skip > end - at) return false;
  const uint32_t after = at + skip;
  if (op == kRepeat) {
    if (after >= end || (code_[after] != kMaxUntil && code_[after] != kMinUntil)) return false;
    *next = after + 1;
    return sequence(at + 3, after);
  }
  const uint32_t bodyEnd = op == kPossessiveRepeat ? after : after - 1;
  if (bodyEnd >= end || code_[bodyEnd] != kSuccess) return false;
  *next = bodyEnd + 1;
  return sequence(at + 3, bodyEnd);
}

bool Walker::sequence(uint32_t at, uint32_t end) {
  while (at < end) {
    const uint32_t op = code_[at++];
    const uint32_t left = end - at;
    switch (op) {
    case kAny: case kAnyAll: case kFailure: case kSuccess: break;
    case kLiteral: case kNotLiteral: case kLiteralIgnore: case kNotLiteralIgnore: case kLiteralLocIgnore:
    case kNotLiteralLocIgnore: case kLiteralUniIgnore: case kNotLiteralUniIgnore: case kAt: case kCategory:
      if (left < 1) return false;
      ++at;
      break;
    case kMark:
      if (left < 1 || code_[at] >= 2 * static_cast<uint64_t>(p_->groups)) return false;
      ++at;
      break;
    case kGroupRef: case kGroupRefIgnore: case kGroupRefLocIgnore: case kGroupRefUniIgnore:
      if (left < 1 || !group(code_[at])) return false;
      ++at;
      break;
    case kIn: case kInIgnore: case kInLocIgnore: case kInUniIgnore:
      if (left < 1 || code_[at] < 2 || code_[at] > left || !set(at + 1, at + code_[at])) return false;
      if (!addSet(op, at)) return false;
      at += code_[at];
      break;
    case kInfo: {
      if (left < 4 || code_[at] < 4 || code_[at] > left) return false;
      const uint32_t flags = code_[at + 1];
      if ((flags & kInfoPrefix) && (code_[at] < 6 || code_[at + 4] > (code_[at] - 6) || code_[at + 5] > code_[at + 4])) return false;
      if ((flags & kInfoCharset) && (!set(at + 4, at + code_[at]) || !addSet(kIn, at + 3))) return false;
      at += code_[at];
      break;
    }
    case kJump:
      if (left < 1 || code_[at] > left) return false;
      ++at;
      break;
    case kBranch:
      if (!branch(at, end, &at)) return false;
      break;
    case kRepeat: case kRepeatOne: case kMinRepeatOne: case kPossessiveRepeat: case kPossessiveRepeatOne:
      if (!repeat(op, at, end, &at)) return false;
      break;
    case kAtomicGroup: case kAssert: case kAssertNot: {
      const uint32_t body = op == kAtomicGroup ? 1 : 2;
      if (left < body || code_[at] <= body || code_[at] > left || code_[at + code_[at] - 1] != kSuccess) return false;
      if (!sequence(at + body, at + code_[at] - 1)) return false;
      at += code_[at];
      break;
    }
    case kGroupRefExists: {
      if (left < 2 || !group(code_[at]) || code_[at + 1] < 2 || code_[at + 1] > left) return false;
      at += 2; // both branches are walked as one sequence; the jump between them was checked above
      break;
    }
    default: return false;
    }
  }
  return at == end;
}

} // namespace

bool prepareProgram(PatternObject* p) {
  return Walker(p).program();
}

} // namespace krait::sre
