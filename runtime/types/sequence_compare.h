// Comparison of two arrays of words by their first difference, as list, tuple and
// deque do it.
#pragma once
#include <algorithm>
#include "runtime/object/ordering.h"
#include "runtime/types/key.h"

namespace krait {

/// How two items that are not equal are ordered, where nobody has to be asked: numbers in their words, and exact strs. Else null.
inline Value orderAtOnce(Value x, Value y, int op) {
  if (double p, q; immediateAsDouble(x, &p) && immediateAsDouble(y, &q)) return answerByOrder((p > q) - (p < q), op);
  return isExactStr(x) && isExactStr(y) ? answerByOrder(strCompare(x, y), op) : Value();
}

/// size(v) and at(v, i) are asked again on every step, since == of items may run code.
template <class Sequence, class Size, class At> Value compareSequences(Sequence a, Sequence b, int op, Size size, At at) {
  int64_t i = 0;
  for (;;) {
    const int64_t n = std::min<int64_t>(size(a), size(b));
    while (i < n && at(a, i) == at(b, i)) ++i; // runs no code
    if (i >= n) break;
    Value x = at(a, i), y = at(b, i);
    if (x.isSmallInt() && y.isSmallInt()) break;
    int32_t same = x.isImmediateFloat() && y.isImmediateFloat() ? x.immediateFloat() == y.immediateFloat() : plainlyEqual(x, y);
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
    if (const Value answer = orderAtOnce(at(a, i), at(b, i), op)) return answer;
    Ref x = Ref::share(at(a, i)), y = Ref::share(at(b, i));
    return compare(x, y, static_cast<CompareOp>(op));
  }
  int64_t m = size(a), n = size(b);
  return answerByOrder((m > n) - (m < n), op);
}

} // namespace krait
