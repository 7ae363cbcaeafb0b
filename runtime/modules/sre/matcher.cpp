// A pattern's searches: the text, the bounds, and where a match may begin. What runs there is the machine of
// matcher_run.cpp.
#include <algorithm>
#include <cstring>
#include <optional>
#include "runtime/memory/alloc.h"
#include "runtime/modules/sre/candidates.h"
#include "runtime/modules/sre/matcher_items.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/types/str_data.h"

namespace krait::sre {

bool Matcher::open(PatternObject* p, Value subject, int64_t from, int64_t to) {
  pattern = p;
  if (isStr(subject)) {
    const StrObject* s = asStr(subject);
    data_ = s->data();
    kind_ = s->kind;
    length = s->length;
    isBytes = false;
  } else {
    if (!readyTypeOf(subject)->buffer || getBuffer(subject, &buffer_, kBufferSimple) < 0) {
      errorClear();
      return raise(TypeErrorType, "expected string or bytes-like object, got '%.200s'", typeOf(subject)->name), false;
    }
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

void Matcher::resetMarks() {
  if (!marksUsed_) return;
  std::fill_n(marks, 2 * pattern->groups, int64_t{-1});
  lastIndex = -1;
  marksUsed_ = false;
}

namespace {

/// Passes by places that are too far from the pattern's needle. Asked from the left to the right.
template <class C> class NeedleSearch {
public:
  NeedleSearch(const Needle& needle, const C* text, int64_t end) : needle_(needle), text_(text), end_(end) {}
  /// The first place from `at` on where a match may begin; -1 if there is none.
  int64_t next(int64_t at) {
    if (found_ < at + needle_.least) {
      if (!find(at + needle_.least)) return -1;
    }
    return needle_.most < 0 ? at : std::max(at, found_ - needle_.most);
  }
  /// The same; a few attempts are made first: where they succeed, looking ahead would cost more.
  int64_t nextOfMany(int64_t at) { return needle_.length && ++asked_ > kPatience ? next(at) : at; }

private:
  static constexpr int kPatience = 4;
  bool find(int64_t from) {
    C text[Needle::kMost];
    for (uint32_t i = 0; i < needle_.length; ++i) {
      text[i] = static_cast<C>(needle_.text[i]);
      if (text[i] != needle_.text[i]) return false;
    }
    if (from > end_) return false;
    const int64_t found = search::find(text_ + from, end_ - from, text, static_cast<int64_t>(needle_.length));
    found_ = from + found;
    return found >= 0;
  }

  const Needle& needle_;
  const C* text_;
  int64_t end_, found_ = -1;
  int asked_ = 0;
};

} // namespace

/// So few are not worth asking for thirty-two at once.
constexpr int64_t kFewPlaces = 64;

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
  /// Whether the text at `position` can be where a match begins, behind the literal beginning.
  const bool limited = pattern->hasBeginnings;
  auto possible = [&](int64_t position) {
    const int64_t asked = position + pattern->beginningsAt;
    return asked < end && (p[asked] >= 256 || pattern->beginnings.has(p[asked]));
  };
  NeedleSearch needle(pattern->needle, p, end);
  /// The same, of the first few places together.
  const Early& early = pattern->early;
  auto fitsEarly = [&](int64_t position) {
    if (end - position < early.count) return false;
    for (int i = 0; i < early.count; ++i)
      if (p[position + i] < 256 && !(early.places[p[position + i]] >> i & 1)) return false;
    return true;
  };
  /// A match may begin at borders of words alone, where a pattern begins with \b.
  const uint32_t border = code[pc] == kAt && (code[pc + 1] == kAtUniBoundary || code[pc + 1] == kAtBoundary) ? code[pc + 1] : 0;
  auto isRuledOut = [&](int64_t position) {
    if (early.count ? !fitsEarly(position) : limited && !possible(position)) return true;
    return border && !testAt(p, border, position);
  };
  const Lead& lead = pattern->lead;
  // Tries `at`, or leaves out the places in front of the next one that the needle allows; the answer, if it is known then.
  auto consider = [&]() -> std::optional<int> {
    if constexpr (sizeof(C) == 1) {
      if (lead.item) { // from whatever place in a row of such characters, the row ends where it does
        const int64_t behind = at + countItems(p, lead.item, at, INT64_MAX);
        if (behind - at < lead.least) return std::nullopt;
        if (behind >= end || !lead.next.has(p[behind])) {
          at = behind;
          return std::nullopt;
        }
      }
    }
    if (const int64_t place = needle.nextOfMany(at); place != at) {
      if (place < 0) return 0;
      at = place - 1;
      return std::nullopt;
    }
    const int result = tryAt(at);
    return result ? std::optional(result) : std::nullopt;
  };
  if constexpr (sizeof(C) == 1) {
    if (pattern->beginning.places && last - at > kFewPlaces && hasWideShuffles()) {
      Candidates candidates(pattern->beginning, p, end, last);
      for (; (at = candidates.next(at)) >= 0; ++at) {
        if (isRuledOut(at)) continue;
        if (const auto result = consider()) return *result;
      }
      return 0;
    }
  }
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
      if (!limited || possible(at))
        if (const int result = tryAt(at)) return result;
      ++at;
    }
    return 0;
  }
  if (charset) {
    const Bitmap& map = pattern->bitmaps[pattern->bitmapOf[kBeginning]];
    for (; at < end; ++at) {
      while (at < end && !(p[at] < 256 ? map.has(p[at]) : setHas(charset, p[at]))) ++at;
      if (at >= end) return 0;
      if (early.count && !fitsEarly(at)) continue;
      if (const auto result = consider()) return *result;
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
  if (code[pc] == kAt && code[pc + 1] == kAtBeginningLine) {
    while (at <= last) {
      if ((at == 0 || p[at - 1] == '\n') && (!limited || possible(at)))
        if (const int result = tryAt(at)) return result;
      const int64_t newline = search::findChar<C>(p + at, end - at, '\n');
      if (newline < 0) return 0;
      at += newline + 1;
    }
    return 0;
  }
  if (code[pc] == kAt && (code[pc + 1] == kAtBeginning || code[pc + 1] == kAtBeginningString)) last = at; // anchored
  for (; at <= last; ++at) {
    if (isRuledOut(at)) continue;
    if (const auto result = consider()) return *result;
  }
  return 0;
}

int Matcher::search() {
  knowBranch(pattern);
  knowSearch(pattern);
  switch (kind_) {
  case 1: return searchText(static_cast<const uint8_t*>(data_));
  case 2: return searchText(static_cast<const uint16_t*>(data_));
  default: return searchText(static_cast<const uint32_t*>(data_));
  }
}

int Matcher::match(bool whole) {
  knowBranch(pattern);
  resetMarks();
  if (start > end) return 0;
  switch (kind_) {
  case 1: return run(static_cast<const uint8_t*>(data_), 0, start, whole);
  case 2: return run(static_cast<const uint16_t*>(data_), 0, start, whole);
  default: return run(static_cast<const uint32_t*>(data_), 0, start, whole);
  }
}

} // namespace krait::sre
