// The machine that interprets a pattern's code.
//
// Going forward, `pc` and `at` say where we are. A choice pushes how to go on if
// the rest fails; changes of marks and repeats push the old value. To fail is to
// pop: old values are put back, the first choice met is resumed. Atomic parts
// (assertions, atomic groups, possessive repeats) push a frame; when their code
// reaches SUCCESS, choices above the frame are dropped, old values stay.
#include <algorithm>
#include "runtime/modules/sre/matcher_items.h"
#include "runtime/memory/alloc.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"

namespace krait::sre {
namespace {

enum EntryKind : uint32_t {
  // choices
  kTryBranch,      // pc: the skip word of the next viable alternative; a: position
  kTryShorter,     // pc: operands of REPEAT_ONE; a: position now; b: least position
  kTryLonger,      // pc: operands of MIN_REPEAT_ONE; a: position; b: count so far
  kTryTail,        // pc: after MAX_UNTIL; a: position; b: repeat
  kTryBody,        // pc: after MIN_UNTIL; a: position; b: repeat
  kFrame,          // pc: of the opcode; a: position; b: enclosing frame; c: count of a possessive repeat
  // old values
  kOldMark,        // pc: mark; a: value; b: lastIndex
  kOldRepeat,      // pc: repeat; a: count; b: last
  kOldCurrent,     // pc: current repeat; a: number of repeats
  kOldFrame,       // a: frame that was innermost
};
constexpr int64_t kNoFrame = -1;

/// The character that code begins with, behind the borders of groups; null: it begins with something else.
inline const uint32_t* literalAt(const uint32_t* code) {
  while (*code == kMark) code += 2;
  return *code == kLiteral ? code + 1 : nullptr;
}
/// The last place in [least, last] where the character is, or least - 1. A few are looked at here: mostly it is near.
template <class C> int64_t lastPlace(const C* p, int64_t least, int64_t last, uint32_t c) {
  constexpr int64_t kNear = 16;
  int64_t at = last;
  for (const int64_t stop = std::max(least, last - kNear); at >= stop; --at)
    if (p[at] == c) return at;
  if (at < least || c != static_cast<C>(c)) return least - 1;
  const int64_t found = search::findLastChar(p + least, at - least + 1, static_cast<C>(c));
  return found < 0 ? least - 1 : least + found;
}

} // namespace

inline bool Matcher::push(uint32_t kind, uint32_t pc, int64_t a, int64_t b, int64_t c) {
  if (top_ == capacity_ && !grow()) return false;
  stack_[top_++] = {kind, pc, a, b, c};
  return true;
}

/// Drops the choices above `height`, keeps the old values.
void Matcher::cut(size_t height) {
  size_t to = height;
  for (size_t i = height; i < top_; ++i)
    if (stack_[i].kind >= kOldMark) stack_[to++] = stack_[i];
  top_ = to;
}

/// Runs from `pc` at `at`. 1 matched, 0 not, -1 error. Marks and matchEnd hold the result.
template <class C> int Matcher::run(const C* p, uint32_t pc, int64_t at, bool whole) {
  const uint32_t* const code = pattern->code;
  const int64_t first = at;
  top_ = 0;
  repeatTop_ = 0;
  uint32_t current = 0;         // innermost repeat, index + 1
  int64_t frame = kNoFrame;     // innermost frame on the stack
  uint32_t steps = 0;

  auto setMark = [&](uint32_t i, int64_t value) {
    if (!push(kOldMark, i, marks[i], lastIndex, 0)) return false;
    marks[i] = value;
    marksUsed_ = true;
    if (i & 1) lastIndex = i / 2 + 1;
    return true;
  };
  auto changeRepeat = [&](uint32_t r, int64_t count, int64_t last) {
    if (!push(kOldRepeat, r, repeats_[r].count, repeats_[r].last, 0)) return false;
    repeats_[r].count = count;
    repeats_[r].last = last;
    return true;
  };
  auto changeCurrent = [&](uint32_t to) {
    if (!push(kOldCurrent, current, repeatTop_, 0, 0)) return false;
    current = to;
    return true;
  };
  auto openFrame = [&](uint32_t opcodeAt, int64_t position, int64_t count) {
    if (!push(kFrame, opcodeAt, position, frame, count)) return false;
    frame = static_cast<int64_t>(top_) - 1;
    return true;
  };

  // The first alternative from this one on that the character at `at` does not rule out: behind the borders of groups, and as the first of a repeat's items.
  auto viable = [this, code, p](uint32_t alternative, int64_t at) {
    for (; code[alternative]; alternative += code[alternative]) {
      uint32_t first = alternative + 1;
      while (code[first] == kMark) first += 2;
      if (const uint32_t op = code[first]; (op == kRepeatOne || op == kMinRepeatOne || op == kPossessiveRepeatOne) && code[first + 2]) first += 4;
      if (code[first] == kLiteral && (at >= end || p[at] != code[first + 1])) continue;
      if (code[first] == kIn && (at >= end || (p[at] < 256 ? !pattern->bitmaps[pattern->bitmapOf[first]].has(p[at]) : !inSet(first, p[at])))) continue;
      break;
    }
    return alternative;
  };

  for (;;) {
    const uint32_t here = pc;
    switch (code[pc++]) {
    case kLiteral:
      if (at >= end || p[at] != code[pc]) goto fail;
      ++at, ++pc;
      continue;
    case kNotLiteral:
      if (at >= end || p[at] == code[pc]) goto fail;
      ++at, ++pc;
      continue;
    case kAny:
      if (at >= end || p[at] == '\n') goto fail;
      ++at;
      continue;
    case kAnyAll:
      if (at >= end) goto fail;
      ++at;
      continue;
    case kIn: {
      if (at >= end) goto fail;
      const uint32_t c = p[at];
      if (c < 256 ? !pattern->bitmaps[pattern->bitmapOf[here]].has(c) : !setHas(code + here + 2, c)) goto fail;
      ++at;
      pc += code[pc];
      continue;
    }
    case kInIgnore: case kInUniIgnore: case kInLocIgnore:
      if (at >= end || !inSet(here, p[at])) goto fail;
      ++at;
      pc += code[pc];
      continue;
    case kCategory: case kLiteralIgnore: case kNotLiteralIgnore: case kLiteralUniIgnore: case kNotLiteralUniIgnore:
    case kLiteralLocIgnore: case kNotLiteralLocIgnore:
      if (at >= end || !testItem(p, here, at)) goto fail;
      ++at, ++pc;
      continue;
    case kAt:
      if (!testAt(p, code[pc], at)) goto fail;
      ++pc;
      continue;
    case kMark:
      if (!setMark(code[pc++], at)) return -1;
      continue;
    case kJump: pc += code[pc]; continue;
    case kInfo:
      if (code[pc + 2] && end - at < static_cast<int64_t>(code[pc + 2])) goto fail; // shorter than any match
      pc += code[pc];
      continue;
    case kFailure: goto fail;

    case kBranch: {
      if (const FirstBranch* known = pattern->branch; sizeof(C) == 1 && known && known->at == here && at < end) {
        const uint32_t left = known->viable[p[at]], others = left & (left - 1);
        if (!left) goto fail;
        if (others && !push(kTryBranch, known->starts[__builtin_ctz(others)], at, 0, 0)) return -1;
        pc = known->starts[__builtin_ctz(left)] + 1;
        continue;
      }
      const uint32_t alternative = viable(pc, at);
      if (!code[alternative]) goto fail;
      const uint32_t next = viable(alternative + code[alternative], at);
      if (code[next] && !push(kTryBranch, next, at, 0, 0)) return -1;
      pc = alternative + 1;
      continue;
    }

    case kRepeatOne: case kPossessiveRepeatOne: {
      const auto least = static_cast<int64_t>(code[pc + 1]);
      const int64_t most = code[pc + 2] == kMaxRepeat ? INT64_MAX : static_cast<int64_t>(code[pc + 2]);
      if (end - at < least) goto fail;
      const int64_t n = countItems(p, pc + 3, at, most);
      if (n < least) goto fail;
      const uint32_t tail = pc + code[pc];
      if (n > least && code[here] == kRepeatOne && !(sizeof(C) == 1 && isSettled(pattern, here))) {
        if (!push(kTryShorter, pc, at + n, at + least, 0)) return -1;
        goto fail; // resumes it at once, which looks for a place where the tail can start
      }
      at += n;
      pc = tail;
      continue;
    }
    case kMinRepeatOne: {
      const auto least = static_cast<int64_t>(code[pc + 1]);
      if (end - at < least) goto fail;
      if (least) {
        const int64_t n = countItems(p, pc + 3, at, least);
        if (n < least) goto fail;
        at += n;
      }
      if (least < code[pc + 2] && !push(kTryLonger, pc, at, least, 0)) return -1;
      pc += code[pc];
      continue;
    }

    case kRepeat: {
      if (repeatTop_ == repeatCapacity_) {
        const uint32_t capacity = repeatCapacity_ * 2 + 8;
        auto* fresh = static_cast<Repeat*>(reallocate(repeats_, capacity * sizeof(Repeat)));
        if (!fresh) return -1;
        repeats_ = fresh;
        repeatCapacity_ = capacity;
      }
      if (!changeCurrent(repeatTop_ + 1)) return -1;
      repeats_[repeatTop_++] = {pc, stack_[top_ - 1].pc, -1, -1};
      pc += code[pc];
      continue;
    }
    case kMaxUntil: case kMinUntil: {
      const uint32_t r = current - 1;
      const uint32_t body = repeats_[r].pc;
      const int64_t count = repeats_[r].count + 1;
      if (count < static_cast<int64_t>(code[body + 1])) {
        if (!changeRepeat(r, count, repeats_[r].last)) return -1;
        pc = body + 3;
        continue;
      }
      if (code[here] == kMinUntil) {
        if (!push(kTryBody, pc, at, r, 0)) return -1;
      } else if ((count < static_cast<int64_t>(code[body + 2]) || code[body + 2] == kMaxRepeat) && at != repeats_[r].last) {
        if (!push(kTryTail, pc, at, r, 0) || !changeRepeat(r, count, at)) return -1;
        pc = body + 3;
        continue;
      }
      if (!changeCurrent(repeats_[r].previous)) return -1;
      continue;
    }

    case kAssert: case kAssertNot: {
      const auto back = static_cast<int64_t>(code[pc + 1]);
      if (at < back) {
        if (code[here] == kAssert) goto fail;
        pc += code[pc];
        continue;
      }
      if (!openFrame(here, at, 0)) return -1;
      at -= back;
      pc += 2;
      continue;
    }
    case kAtomicGroup:
      if (!openFrame(here, at, 0)) return -1;
      ++pc;
      continue;
    case kPossessiveRepeat: {
      if (code[pc + 2] == 0) {
        pc += code[pc] + 1;
        continue;
      }
      if (!openFrame(here, at, 0)) return -1;
      pc += 3;
      continue;
    }

    case kSuccess: {
      if (frame == kNoFrame) {
        if ((whole && at != end) || (mustAdvance && at == start)) goto fail;
        matchStart = first;
        matchEnd = at;
        return 1;
      }
      const StackEntry done = stack_[frame];
      const auto height = static_cast<size_t>(frame);
      const uint32_t opcodeAt = done.pc;
      switch (code[opcodeAt]) {
      case kAssert:
        cut(height + 1);
        break;
      case kAtomicGroup:
        cut(height + 1);
        break;
      case kPossessiveRepeat: {
        const int64_t count = done.c + 1;
        const uint32_t operands = opcodeAt + 1;
        const bool more = (code[operands + 2] == kMaxRepeat || count < static_cast<int64_t>(code[operands + 2])) && at != done.a;
        cut(height + 1);
        if (more) {
          // The next round gets a frame of its own state: position and count of the rounds so far.
          stack_[height].kind = kOldFrame;
          stack_[height].a = done.b;
          frame = done.b;
          if (!push(kFrame, opcodeAt, at, frame, count)) return -1;
          frame = static_cast<int64_t>(top_) - 1;
          pc = operands + 3;
          continue;
        }
        stack_[height].kind = kOldFrame;
        stack_[height].a = done.b;
        frame = done.b;
        // An empty round satisfies any minimum.
        pc = operands + code[operands] + 1;
        continue;
      }
      default: // kAssertNot: what must not match did
        for (size_t i = top_; i-- > height + 1;) { // put back what it changed
          const StackEntry& e = stack_[i];
          if (e.kind == kOldMark) marks[e.pc] = e.a, lastIndex = e.b;
          else if (e.kind == kOldRepeat) repeats_[e.pc].count = e.a, repeats_[e.pc].last = e.b;
          else if (e.kind == kOldCurrent) current = e.pc, repeatTop_ = static_cast<uint32_t>(e.a);
        }
        top_ = height;
        frame = done.b;
        goto fail;
      }
      // The frame itself stays as a note of the enclosing frame, for backtracking past it.
      stack_[height] = {kOldFrame, 0, done.b, 0, 0};
      frame = done.b;
      if (code[opcodeAt] == kAssert) at = done.a;
      pc = opcodeAt + 1 + code[opcodeAt + 1];
      continue;
    }

    case kGroupRef: case kGroupRefIgnore: case kGroupRefUniIgnore: case kGroupRefLocIgnore: {
      const int64_t from = marks[2 * code[pc]], to = marks[2 * code[pc] + 1];
      if (from < 0 || to < from) goto fail;
      const uint32_t op = code[here];
      if (to - from > end - at) goto fail;
      for (int64_t i = from; i < to; ++i, ++at) {
        const uint32_t x = p[i], y = p[at];
        if (x == y) continue;
        if (op == kGroupRef || (op == kGroupRefIgnore ? lowerAscii(x) != lowerAscii(y)
                                : op == kGroupRefLocIgnore ? lowerLocale(x) != lowerLocale(y)
                                                           : unicode::simpleLower(x) != unicode::simpleLower(y)))
          goto fail;
      }
      ++pc;
      continue;
    }
    case kGroupRefExists: {
      const int64_t from = marks[2 * code[pc]], to = marks[2 * code[pc] + 1];
      if (from < 0 || to < from) pc += code[pc + 1];
      else pc += 2;
      continue;
    }
    default: raise(RuntimeErrorType, "invalid SRE code"); return -1;
    }

  fail:
    if ((++steps & 0xffff) == 0 && krt_poll() < 0) return -1;
    for (;;) {
      if (top_ == 0) return 0;
      StackEntry& e = stack_[top_ - 1];
      switch (e.kind) {
      case kOldMark:
        marks[e.pc] = e.a;
        lastIndex = e.b;
        --top_;
        continue;
      case kOldRepeat:
        repeats_[e.pc].count = e.a;
        repeats_[e.pc].last = e.b;
        --top_;
        continue;
      case kOldCurrent:
        current = e.pc;
        repeatTop_ = static_cast<uint32_t>(e.a);
        --top_;
        continue;
      case kOldFrame:
        // Backtracking past a finished atomic part: the frame that encloses it was innermost before, and still is.
        --top_;
        continue;
      case kTryBranch: {
        at = e.a;
        pc = e.pc + 1;
        const uint32_t next = viable(e.pc + code[e.pc], at);
        if (code[next]) e.pc = next;
        else --top_;
        goto resume;
      }
      case kTryShorter: {
        // e.a is the longest position not tried; look back for one where a literal tail can start.
        const uint32_t tail = e.pc + code[e.pc];
        int64_t position = e.a;
        const int64_t least = e.b;
        if (const uint32_t* literal = literalAt(code + tail)) {
          if (position == end) --position;
          position = position < least ? least - 1 : lastPlace(p, least, position, *literal);
        }
        if (position < least) {
          --top_;
          continue;
        }
        if (position == least) --top_;
        else e.a = position - 1;
        at = position;
        pc = tail;
        goto resume;
      }
      case kTryLonger: {
        const uint32_t tail = e.pc + code[e.pc];
        const uint32_t item = e.pc + 3;
        const uint32_t* literal = literalAt(code + tail);
        const int64_t most = code[e.pc + 2] == kMaxRepeat ? INT64_MAX : static_cast<int64_t>(code[e.pc + 2]);
        int64_t position = e.a, count = e.b;
        bool found = false;
        while (count < most && position < end && testItem(p, item, position)) {
          ++position, ++count;
          if (!literal || (position < end && p[position] == *literal)) {
            found = true;
            break;
          }
        }
        if (!found) {
          --top_;
          continue;
        }
        if (count < most) e.a = position, e.b = count;
        else --top_;
        at = position;
        pc = tail;
        goto resume;
      }
      case kTryTail: {
        const auto r = static_cast<uint32_t>(e.b);
        at = e.a;
        pc = e.pc;
        --top_;
        if (!changeCurrent(repeats_[r].previous)) return -1;
        goto resume;
      }
      case kTryBody: {
        const auto r = static_cast<uint32_t>(e.b);
        const uint32_t body = repeats_[r].pc;
        const int64_t count = repeats_[r].count + 1;
        at = e.a;
        --top_;
        if ((count >= static_cast<int64_t>(code[body + 2]) && code[body + 2] != kMaxRepeat) || at == repeats_[r].last) continue;
        if (!changeRepeat(r, count, at)) return -1;
        pc = body + 3;
        goto resume;
      }
      default: { // kFrame: the atomic part failed
        const StackEntry failed = e;
        frame = failed.b;
        --top_;
        if (code[failed.pc] == kAssertNot) {
          at = failed.a;
          pc = failed.pc + 1 + code[failed.pc + 1];
          goto resume;
        }
        if (code[failed.pc] == kPossessiveRepeat && failed.c >= static_cast<int64_t>(code[failed.pc + 2])) {
          at = failed.a;
          pc = failed.pc + 1 + code[failed.pc + 1] + 1;
          goto resume;
        }
        continue;
      }
      }
    }
  resume:;
  }
}

template int Matcher::run<uint8_t>(const uint8_t*, uint32_t, int64_t, bool);
template int Matcher::run<uint16_t>(const uint16_t*, uint32_t, int64_t, bool);
template int Matcher::run<uint32_t>(const uint32_t*, uint32_t, int64_t, bool);

} // namespace krait::sre
