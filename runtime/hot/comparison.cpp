// Comparisons of immediate ints and floats, and with a text; truth.
#include "runtime/object/protocol.h"
#include "runtime/object/slow_operators.h"
#include "runtime/types/key.h"

namespace krait {

namespace {

/// -1 when it takes the general way.
template <class Less> inline int32_t fastCompare(Value a, Value b, Less less) {
  if (a.bits & b.bits & Value::kIntTag) return less(static_cast<int64_t>(a.bits), static_cast<int64_t>(b.bits));
  if (a.isImmediateFloat() && b.isImmediateFloat()) return less(a.immediateFloat(), b.immediateFloat());
  return -1;
}

/// a == text as far as that can be told without the characters: 1, 0, or -1.
inline int32_t isText(Value a, Value text) {
  if (a == text) return 1;
  return isExactStr(a) ? sameTextAtOnce(a, text) : -1;
}

/// The same where all texts that equal it are this object.
inline int32_t isShared(Value a, Value text) {
  if (a == text) return 1;
  return isExactStr(a) ? 0 : -1;
}

inline bool areTexts(Value a, Value b) { return isExactStr(a) && isExactStr(b); }

/// Where their first characters tell; -1: they do not, or these are no such texts. Behind an empty text stands a zero, which is less than all others.
template <class Less> inline int32_t compareFirst(Value a, Value b, Less less) {
  if (!areTexts(a, b)) return -1;
  if (a == b) return less(0, 0);
  const StrObject *x = asStr(a), *y = asStr(b);
  if (x->kind != 1 || y->kind != 1 || *x->data() == *y->data()) return -1;
  return less(*x->data(), *y->data());
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

int32_t krt_known_text(Value a, Value b) {
  if (a.bits & b.bits & Value::kIntTag) return a == b;
  const int32_t same = isExactStr(b) ? isText(a, b) : -1;
  return same >= 0 ? same : krt_known_text_slow(a, b);
}

#define KRAIT_COMPARE_TEXT(name, op, isTrue)                                                                  \
  Value krt_text_##name(Value a, Value text) {                                                                \
    const int32_t same = isText(a, text);                                                                     \
    return same >= 0 ? boolean(same == isTrue) : krt_compare_text_slow(a, text, op);                          \
  }                                                                                                           \
  int32_t krt_test_text_##name(Value a, Value text) {                                                         \
    const int32_t same = isText(a, text);                                                                     \
    return same >= 0 ? same == isTrue : krt_test_text_slow(a, text, op);                                      \
  }
KRAIT_COMPARE_TEXT(eq, kEq, 1)
KRAIT_COMPARE_TEXT(ne, kNe, 0)
#undef KRAIT_COMPARE_TEXT

#define KRAIT_TEST_EQUAL(name, op, isTrue)                                                                    \
  int32_t krt_test_shared_##name(Value a, Value text) {                                                       \
    const int32_t same = isShared(a, text);                                                                   \
    return same >= 0 ? same == isTrue : krt_test_text_slow(a, text, op);                                      \
  }                                                                                                           \
  int32_t krt_test_texts_##name(Value a, Value b) {                                                           \
    const int32_t same = areTexts(a, b) ? sameTextAtOnce(a, b) : -1;                                          \
    return same >= 0 ? same == isTrue : krt_test_slow(a, b, op);                                              \
  }                                                                                                           \
  int32_t krt_test_objects_##name(Value a, Value b) {                                                         \
    if (comparesByIdentity(a) && comparesByIdentity(b)) return (a == b) == isTrue;                            \
    return krt_test_slow(a, b, op);                                                                           \
  }
KRAIT_TEST_EQUAL(eq, kEq, 1)
KRAIT_TEST_EQUAL(ne, kNe, 0)
#undef KRAIT_TEST_EQUAL

#define KRAIT_TEST_ORDER(name, op, symbol)                                                                    \
  int32_t krt_test_texts_##name(Value a, Value b) {                                                           \
    const int32_t r = compareFirst(a, b, [](int x, int y) { return x symbol y; });                            \
    return r >= 0 ? r : krt_test_slow(a, b, op);                                                              \
  }
KRAIT_TEST_ORDER(lt, kLt, <)
KRAIT_TEST_ORDER(le, kLe, <=)
KRAIT_TEST_ORDER(gt, kGt, >)
KRAIT_TEST_ORDER(ge, kGe, >=)
#undef KRAIT_TEST_ORDER

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
