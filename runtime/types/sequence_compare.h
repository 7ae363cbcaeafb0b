// Comparison of two arrays of words by their first difference, as list, tuple and
// deque do it.
#pragma once
#include <algorithm>
#include "runtime/object/ordering.h"
#include "runtime/types/key.h"

namespace krait {

/// size(v) and at(v, i) are asked again on every step, since == of items may run code.
template <class Sequence, class Size, class At> Value compareSequences(Sequence a, Sequence b, int op, Size size, At at) {
  int64_t i = 0;
  for (;;) {
    const int64_t n = std::min<int64_t>(size(a), size(b));
    while (i < n && at(a, i) == at(b, i)) ++i; // runs no code
    if (i >= n) break;
    Value x = at(a, i), y = at(b, i);
    if (x.isSmallInt() && y.isSmallInt()) break;
    int32_t same = plainlyEqual(x, y);
    if (same < 0) {
      Ref xHeld = Ref::share(x), yHeld = Ref::share(y);
      same = equal(x, y);
      if (same < 0) return Value();
    }
    if (!same) break;
    ++i;
  }
  if (i < size(a) && i < size(b)) {
    if (op == kEq || op == kNe) return boolean(op == kNe);
    if (at(a, i).isSmallInt() && at(b, i).isSmallInt()) {
      const int64_t m = at(a, i).smallInt(), n = at(b, i).smallInt();
      return answerByOrder((m > n) - (m < n), op);
    }
    Ref x = Ref::share(at(a, i)), y = Ref::share(at(b, i));
    return compare(x, y, static_cast<CompareOp>(op));
  }
  int64_t m = size(a), n = size(b);
  return answerByOrder((m > n) - (m < n), op);
}

} // namespace krait
