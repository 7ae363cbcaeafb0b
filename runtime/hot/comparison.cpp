// Comparisons of immediate ints and floats, and truth.
#include "runtime/object/protocol.h"
#include "runtime/object/slow_operators.h"

namespace krait {

namespace {

/// -1 when it takes the general way.
template <class Less> inline int32_t fastCompare(Value a, Value b, Less less) {
  if (a.bits & b.bits & Value::kIntTag) return less(static_cast<int64_t>(a.bits), static_cast<int64_t>(b.bits));
  if (a.isImmediateFloat() && b.isImmediateFloat()) return less(a.immediateFloat(), b.immediateFloat());
  return -1;
}

} // namespace

extern "C" {

#define KRAIT_COMPARE(name, op, symbol)                                                                       \
  Value krt_##name(Value a, Value b) {                                                                        \
    int32_t r = fastCompare(a, b, [](auto x, auto y) { return x symbol y; });                                 \
    if (r >= 0) [[likely]] return boolean(r);                                                                 \
    return krt_compare_slow(a, b, op);                                                                        \
  }                                                                                                           \
  int32_t krt_test_##name(Value a, Value b) {                                                                 \
    int32_t r = fastCompare(a, b, [](auto x, auto y) { return x symbol y; });                                 \
    if (r >= 0) [[likely]] return r;                                                                          \
    return krt_test_slow(a, b, op);                                                                           \
  }
KRAIT_COMPARE(lt, kLt, <)
KRAIT_COMPARE(le, kLe, <=)
KRAIT_COMPARE(eq, kEq, ==)
KRAIT_COMPARE(ne, kNe, !=)
KRAIT_COMPARE(gt, kGt, >)
KRAIT_COMPARE(ge, kGe, >=)
#undef KRAIT_COMPARE

int32_t krt_truth(Value v) {
  if (v == boolean(true)) return 1;
  if (v == boolean(false) || v == none()) return 0;
  if (v.isSmallInt()) return v.smallInt() != 0;
  return krt_truth_slow(v);
}

Value krt_not(Value v) {
  int32_t truth = krt_truth(v);
  return truth < 0 ? Value() : boolean(!truth);
}

} // extern "C"

} // namespace krait
