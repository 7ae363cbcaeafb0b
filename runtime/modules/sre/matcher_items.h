// Tests of one character, and of a position: what the machine (matcher_run.cpp) asks of the text at every step.
#pragma once
#include <cctype>
#include "runtime/modules/sre/matcher.h"
#include "runtime/types/str_search.h"
#include "runtime/unicode/char_types.h"

namespace krait::sre {

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
  auto boundary = [&](auto isWord) {
    const bool before = at > 0 && isWord(p[at - 1]);
    const bool here = at < end && isWord(p[at]);
    return before != here;
  };
  auto isLocaleWord = [](uint32_t c) { return categoryHas(kLocWord, c); };
  switch (code) {
  case kAtBeginning: case kAtBeginningString: return at == 0;
  case kAtBeginningLine: return at == 0 || p[at - 1] == '\n';
  case kAtEnd: return at == end || (end - at == 1 && p[at] == '\n');
  case kAtEndLine: return at == end || p[at] == '\n';
  case kAtEndString: return at == end;
  case kAtBoundary: return end && boundary(isAsciiWord);
  case kAtNonBoundary: return end && !boundary(isAsciiWord);
  case kAtLocBoundary: return end && boundary(isLocaleWord);
  case kAtLocNonBoundary: return end && !boundary(isLocaleWord);
  case kAtUniBoundary: return end && boundary(isUnicodeWord);
  case kAtUniNonBoundary: return end && !boundary(isUnicodeWord);
  default: return false;
  }
}

} // namespace krait::sre
