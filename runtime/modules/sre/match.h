// Match objects.
#pragma once
#include "runtime/modules/sre/matcher.h"

namespace krait::sre {

struct MatchObject {
  Object header;
  Value text, pattern, regs; // regs: made on demand
  int64_t pos, endPos, lastIndex, groups; // groups counts the whole match as group 0
  int64_t marks[];           // 2 per group, -1 unset
};
inline MatchObject* asMatch(Value v) { return v.as<MatchObject>(); }

/// The match that `m` just found.
Value newMatch(const Matcher& m);
/// text[from:to] as str or bytes; unset bounds give `fallback`.
Value textSlice(Value text, int64_t from, int64_t to, Value fallback);
/// sub and subn.
Value substitute(PatternObject* pattern, Value replacement, Value text, int64_t count, bool withCount);

} // namespace krait::sre
