// Where a match of a pattern may begin in a text of bytes, thirty-two places at a time.
//
// For each of the first places of a match there are two tables of sixteen bytes: what the low and what the high half of a
// byte allow. The bits of these are the ways through the pattern's first branch, eight at most (further ones share a bit): a place is a
// candidate if one bit stands in all tables for the bytes from there on. Halves are looked up by shuffles, so some bytes are let pass
// that no way allows: who asks looks again.
#pragma once
#include "runtime/modules/sre/program.h"

namespace krait::sre {

/// Whether the processor has what next() needs.
bool hasWideShuffles();

class Candidates {
public:
  /// `last`: the last place where a match may begin.
  Candidates(const Beginning& beginning, const uint8_t* text, int64_t end, int64_t last) : beginning_(beginning), text_(text), end_(end), last_(last) {}
  /// The first candidate from `at` on, places being asked for from the left to the right; -1: there is none. Near the end of the text
  /// every place is one.
  int64_t next(int64_t at) {
    if (at < from_ + kWidth && at >= from_) {
      if (const uint32_t left = mask_ >> (at - from_)) return inside(at + __builtin_ctz(left));
      at = from_ + kWidth;
    }
    return far(at);
  }

private:
  static constexpr int64_t kWidth = 32;
  int64_t inside(int64_t place) const { return place <= last_ ? place : -1; }
  int64_t far(int64_t at);

  const Beginning& beginning_;
  const uint8_t* text_;
  int64_t end_, last_, from_ = -kWidth;
  uint32_t mask_ = 0; // candidates among the places from from_ on
};

} // namespace krait::sre
