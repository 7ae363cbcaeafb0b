// The interpreter of a pattern's code.
//
// Going forward, `pc` and `at` say where we are. A choice pushes how to go on if
// the rest fails; changes of marks and repeats push the old value. To fail is to
// pop: old values are put back, the first choice met is resumed. Atomic parts
// (assertions, atomic groups, possessive repeats) push a frame; when their code
// reaches SUCCESS, choices above the frame are dropped, old values stay.
#include "runtime/modules/sre/matcher.h"
#include <cctype>
#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/types/str_data.h"
#include "runtime/types/str_search.h"
#include "runtime/unicode/char_types.h"

namespace krait::sre {
namespace {

enum EntryKind : uint32_t {
  // choices
  kTryBranch,      // pc: the skip word of the next alternative; a: position
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

} // namespace

bool Matcher::open(PatternObject* p, Value subject, int64_t from, int64_t to) {
  pattern = p;
  if (isStr(subject)) {
    const StrObject* s = asStr(subject);
    data_ = s->data();
    kind_ = s->kind;
    length = s->length;
    isBytes = false;
  } else {
    if (!readyTypeOf(subject)->buffer) return raise(TypeErrorType, "expected string or bytes-like object, got '%.200s'", typeOf(subject)->name), false;
    if (getBuffer(subject, &buffer_, kBufferSimple) < 0) return false;
    data_ = buffer_.data;
    length = buffer_.bytes;
    isBytes = true;
  }
  if (isBytes && !p->isBytes && p->pattern.object() != &noneObject)
    return raise(TypeErrorType, "cannot use a string pattern on a bytes-like object"), false;
  if (!isBytes && p->isBytes && p->pattern.object() != &noneObject)
    return raise(TypeErrorType, "cannot use a bytes pattern on a string-like object"), false;
  text = subject;
  start = from < 0 ? 0 : from > length ? length : from;
  end = to < 0 ? 0 : to > length ? length : to;
  begin = start;
  stack_ = localStack_;
  capacity_ = std::size(localStack_);
  marks = p->groups <= 8 ? localMarks_ : static_cast<int64_t*>(allocate(static_cast<size_t>(p->groups) * 2 * sizeof(int64_t)));
  if (!marks) return false;
  marksUsed_ = true;
  return true;
}

Matcher::~Matcher() {
  releaseBuffer(&buffer_);
  if (marks && marks != localMarks_) deallocate(marks);
  if (stack_ && stack_ != localStack_) deallocate(stack_);
  if (repeats_) deallocate(repeats_);
}

Value Matcher::slice(int64_t from, int64_t to) const {
  if (!isBytes) return strSubstring(text, from, to);
  if (from == 0 && to == length && isExactBytes(text)) return newRef(text);
  if (from >= to) return newBytes(nullptr, 0);
  return newBytes(static_cast<const uint8_t*>(data_) + from, static_cast<size_t>(to - from));
}

bool Matcher::grow() {
  const size_t capacity = capacity_ * 2;
  auto* fresh = static_cast<StackEntry*>(reallocate(stack_ == localStack_ ? nullptr : stack_, capacity * sizeof(StackEntry)));
  if (!fresh) return false;
  if (stack_ == localStack_) std::memcpy(fresh, localStack_, sizeof localStack_);
  stack_ = fresh;
  capacity_ = capacity;
  return true;
}
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

void Matcher::resetMarks() {
  if (!marksUsed_) return;
  for (int64_t i = 0; i < 2 * pattern->groups; ++i) marks[i] = -1;
  lastIndex = -1;
  marksUsed_ = false;
}

/// `pc` is the position of the set's opcode; what it tests is already folded for wide characters by the caller.
inline bool Matcher::inSet(uint32_t pc, uint32_t c) const {
  if (c < 256 && pattern->code[pc] != kInLocIgnore) return pattern->bitmaps[pattern->bitmapOf[pc]].has(c);
  const uint32_t op = pattern->code[pc];
  if (op == kInIgnore) c = lowerAscii(c);
  else if (op == kInUniIgnore) c = unicode::simpleLower(c);
  else if (op == kInLocIgnore) {
    // Locale: either case of the character may be in the set.
    const uint32_t* set = pattern->code + pc + 2;
    const uint32_t lower = lowerLocale(c);
    const uint32_t upper = c < 256 ? static_cast<uint32_t>(toupper(static_cast<int>(c))) : c;
    return setHas(set, lower) || (upper != lower && setHas(set, upper));
  }
  return setHas(pattern->code + pc + 2, c);
}

/// Tests a one-character item at `at` < end. `pc` is its opcode.
template <class C> inline bool Matcher::testItem(const C* p, uint32_t pc, int64_t at) const {
  const uint32_t* code = pattern->code;
  const uint32_t c = p[at];
  switch (code[pc]) {
  case kLiteral: return c == code[pc + 1];
  case kNotLiteral: return c != code[pc + 1];
  case kAny: return c != '\n';
  case kAnyAll: return true;
  case kIn: case kInIgnore: case kInUniIgnore: case kInLocIgnore: return inSet(pc, c);
  case kCategory: return categoryHas(code[pc + 1], c);
  case kLiteralIgnore: return lowerAscii(c) == code[pc + 1];
  case kNotLiteralIgnore: return lowerAscii(c) != code[pc + 1];
  case kLiteralUniIgnore: return unicode::simpleLower(c) == code[pc + 1];
  case kNotLiteralUniIgnore: return unicode::simpleLower(c) != code[pc + 1];
  case kLiteralLocIgnore: case kNotLiteralLocIgnore: {
    const uint32_t wanted = code[pc + 1];
    const bool same = c == wanted || lowerLocale(c) == wanted || (c < 256 && static_cast<uint32_t>(toupper(static_cast<int>(c))) == wanted);
    return same == (code[pc] == kLiteralLocIgnore);
  }
  default: return false;
  }
}

/// How many items from `at`, at most `most`.
template <class C> int64_t Matcher::countItems(const C* p, uint32_t pc, int64_t at, int64_t most) const {
  const uint32_t* code = pattern->code;
  int64_t limit = end - at;
  if (most < limit) limit = most;
  const C* from = p + at;
  int64_t n = 0;
  switch (code[pc]) {
  case kAnyAll: return limit;
  case kAny: {
    const int64_t newline = search::findChar<C>(from, limit, '\n');
    return newline < 0 ? limit : newline;
  }
  case kLiteral: {
    const uint32_t c = code[pc + 1];
    while (n < limit && from[n] == c) ++n;
    return n;
  }
  case kNotLiteral: {
    const uint32_t c = code[pc + 1];
    if (sizeof(C) == 1 && c > 255) return limit;
    const int64_t found = search::findChar<C>(from, limit, static_cast<C>(c));
    return sizeof(C) == 2 && c > 0xffff ? limit : found < 0 ? limit : found;
  }
  case kIn: case kInIgnore: case kInUniIgnore: {
    const Bitmap& map = pattern->bitmaps[pattern->bitmapOf[pc]];
    if constexpr (sizeof(C) == 1) {
      while (n < limit && map.has(from[n])) ++n;
    } else {
      while (n < limit && (from[n] < 256 ? map.has(from[n]) : inSet(pc, from[n]))) ++n;
    }
    return n;
  }
  default:
    while (n < limit && testItem(p, pc, at + n)) ++n;
    return n;
  }
}

template <class C> bool Matcher::testAt(const C* p, uint32_t code, int64_t at) const {
  auto boundary = [&](uint32_t category) {
    const bool before = at > 0 && categoryHas(category, p[at - 1]);
    const bool here = at < end && categoryHas(category, p[at]);
    return before != here;
  };
  switch (code) {
  case kAtBeginning: case kAtBeginningString: return at == 0;
  case kAtBeginningLine: return at == 0 || p[at - 1] == '\n';
  case kAtEnd: return at == end || (end - at == 1 && p[at] == '\n');
  case kAtEndLine: return at == end || p[at] == '\n';
  case kAtEndString: return at == end;
  case kAtBoundary: return end && boundary(kWord);
  case kAtNonBoundary: return end && !boundary(kWord);
  case kAtLocBoundary: return end && boundary(kLocWord);
  case kAtLocNonBoundary: return end && !boundary(kLocWord);
  case kAtUniBoundary: return end && boundary(kUniWord);
  case kAtUniNonBoundary: return end && !boundary(kUniWord);
  default: return false;
  }
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
    case kIn: case kInIgnore: case kInUniIgnore: case kInLocIgnore:
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
      // Skip alternatives that cannot match the next character.
      uint32_t alternative = pc;
      for (; code[alternative]; alternative += code[alternative]) {
        const uint32_t* body = code + alternative + 1;
        if (body[0] == kLiteral && (at >= end || p[at] != body[1])) continue;
        if (body[0] == kIn && (at >= end || !inSet(alternative + 1, p[at]))) continue;
        break;
      }
      if (!code[alternative]) goto fail;
      const uint32_t next = alternative + code[alternative];
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
      if (n > least && code[here] == kRepeatOne) {
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
    case kMaxUntil: {
      const uint32_t r = current - 1;
      const uint32_t body = repeats_[r].pc;
      const int64_t count = repeats_[r].count + 1;
      if (count < static_cast<int64_t>(code[body + 1])) {
        if (!changeRepeat(r, count, repeats_[r].last)) return -1;
        pc = body + 3;
        continue;
      }
      if ((count < static_cast<int64_t>(code[body + 2]) || code[body + 2] == kMaxRepeat) && at != repeats_[r].last) {
        if (!push(kTryTail, pc, at, r, 0) || !changeRepeat(r, count, at)) return -1;
        pc = body + 3;
        continue;
      }
      if (!changeCurrent(repeats_[r].previous)) return -1;
      continue;
    }
    case kMinUntil: {
      const uint32_t r = current - 1;
      const uint32_t body = repeats_[r].pc;
      const int64_t count = repeats_[r].count + 1;
      if (count < static_cast<int64_t>(code[body + 1])) {
        if (!changeRepeat(r, count, repeats_[r].last)) return -1;
        pc = body + 3;
        continue;
      }
      if (!push(kTryBody, pc, at, r, 0) || !changeCurrent(repeats_[r].previous)) return -1;
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
        uint32_t alternative = e.pc;
        for (; code[alternative]; alternative += code[alternative]) {
          const uint32_t* body = code + alternative + 1;
          if (body[0] == kLiteral && (at >= end || p[at] != body[1])) continue;
          if (body[0] == kIn && (at >= end || !inSet(alternative + 1, p[at]))) continue;
          break;
        }
        if (!code[alternative]) {
          --top_;
          continue;
        }
        pc = alternative + 1;
        const uint32_t next = alternative + code[alternative];
        if (code[next]) e.pc = next;
        else --top_;
        goto resume;
      }
      case kTryShorter: {
        // e.a is the longest position not tried; look back for one where a literal tail can start.
        const uint32_t tail = e.pc + code[e.pc];
        int64_t position = e.a;
        const int64_t least = e.b;
        if (code[tail] == kLiteral) {
          const uint32_t c = code[tail + 1];
          while (position >= least && (position >= end || p[position] != c)) --position;
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
        const int64_t most = code[e.pc + 2] == kMaxRepeat ? INT64_MAX : static_cast<int64_t>(code[e.pc + 2]);
        int64_t position = e.a, count = e.b;
        bool found = false;
        while (count < most && position < end && testItem(p, item, position)) {
          ++position, ++count;
          if (code[tail] != kLiteral || (position < end && p[position] == code[tail + 1])) {
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

template <class C> int Matcher::searchText(const C* p) {
  const uint32_t* code = pattern->code;
  uint32_t pc = 0;
  int64_t at = start, last = end;
  const uint32_t* charset = nullptr;
  const uint32_t* prefix = nullptr;
  uint32_t prefixLength = 0;
  if (code[0] == kInfo) {
    const uint32_t flags = code[2], least = code[3];
    if (least > 1) last -= static_cast<int64_t>(least) - 1;
    if (at > end || last < at) return 0; // no room for any match
    if (flags & kInfoPrefix) prefixLength = code[5], prefix = code + 7;
    else if (flags & kInfoCharset) charset = code + 5;
    pc = 1 + code[1];
  }
  if (at > end) return 0;
  const bool mustAdvanceFirst = mustAdvance;
  auto tryAt = [&](int64_t position) {
    resetMarks();
    mustAdvance = mustAdvanceFirst && position == start;
    return run(p, pc, position, false);
  };
  if (prefix) {
    // A literal beginning: find it, then run the whole pattern there.
    C narrow[64];
    const uint32_t n = prefixLength <= 64 ? prefixLength : 64;
    for (uint32_t i = 0; i < n; ++i) {
      if (prefix[i] != static_cast<C>(prefix[i])) return 0;
      narrow[i] = static_cast<C>(prefix[i]);
    }
    while (at < end) {
      const int64_t found = search::find(p + at, end - at, narrow, static_cast<int64_t>(n));
      if (found < 0) return 0;
      at += found;
      if (const int result = tryAt(at)) return result;
      ++at;
    }
    return 0;
  }
  if (charset) {
    for (; at < end; ++at) {
      while (at < end && !setHas(charset, p[at])) ++at;
      if (at >= end) return 0;
      if (const int result = tryAt(at)) return result;
    }
    return 0;
  }
  if (code[pc] == kLiteral) {
    const uint32_t c = code[pc + 1];
    if (c != static_cast<C>(c)) return 0;
    while (at < end) {
      const int64_t found = search::findChar<C>(p + at, end - at, static_cast<C>(c));
      if (found < 0) return 0;
      at += found;
      if (const int result = tryAt(at)) return result;
      ++at;
    }
    return 0;
  }
  if (code[pc] == kAt && (code[pc + 1] == kAtBeginning || code[pc + 1] == kAtBeginningString)) last = at; // anchored
  for (; at <= last; ++at)
    if (const int result = tryAt(at)) return result;
  return 0;
}

int Matcher::search() {
  switch (kind_) {
  case 1: return searchText(static_cast<const uint8_t*>(data_));
  case 2: return searchText(static_cast<const uint16_t*>(data_));
  default: return searchText(static_cast<const uint32_t*>(data_));
  }
}

int Matcher::match(bool whole) {
  resetMarks();
  if (start > end) return 0;
  switch (kind_) {
  case 1: return run(static_cast<const uint8_t*>(data_), 0, start, whole);
  case 2: return run(static_cast<const uint16_t*>(data_), 0, start, whole);
  default: return run(static_cast<const uint32_t*>(data_), 0, start, whole);
  }
}

} // namespace krait::sre
