// The edges of the fast paths: overflow of immediate ints, floors, shifts, zeros.
#include <cmath>
#include "runtime/types/float.h"
#include "tests/runtime/core_support.h"

namespace krait {
namespace {

using namespace testing_support;

Value n(int64_t v) { return newInt(v); }

TEST(HotArithmetic, OverflowGoesToHeapInts) {
  Value big = Value::ofSmallInt(Value::kSmallMax), low = Value::ofSmallInt(Value::kSmallMin);
  EXPECT_EQ(shown(Ref(krt_add(big, n(1)))), "4611686018427387904");
  EXPECT_EQ(shown(Ref(krt_sub(low, n(1)))), "-4611686018427387905");
  EXPECT_EQ(shown(Ref(krt_mul(big, big))), "21267647932558653957237540927630737409");
  EXPECT_EQ(shown(Ref(krt_neg(low))), "4611686018427387904");
  EXPECT_EQ(shown(Ref(krt_floordiv(low, n(-1)))), "4611686018427387904");
  EXPECT_EQ(krt_mul(low, n(1)), low);
  EXPECT_EQ(krt_mul(n(-1), big), n(-Value::kSmallMax));
}

TEST(HotArithmetic, DivisionFloors) {
  EXPECT_EQ(krt_floordiv(n(-7), n(2)), n(-4));
  EXPECT_EQ(krt_mod(n(-7), n(2)), n(1));
  EXPECT_EQ(krt_floordiv(n(7), n(-2)), n(-4));
  EXPECT_EQ(krt_mod(n(7), n(-2)), n(-1));
  EXPECT_FALSE(krt_mod(n(7), n(0)));
  EXPECT_EQ(takeError(), "ZeroDivisionError: integer modulo by zero");
}

TEST(HotArithmetic, Shifts) {
  EXPECT_EQ(krt_lshift(n(1), n(61)), n(int64_t{1} << 61));
  EXPECT_EQ(shown(Ref(krt_lshift(n(1), n(62)))), "4611686018427387904");
  EXPECT_EQ(krt_lshift(n(-3), n(4)), n(-48));
  EXPECT_EQ(krt_rshift(n(-1), n(500)), n(-1));
  EXPECT_EQ(krt_rshift(n(-5), n(1)), n(-3));
  EXPECT_FALSE(krt_lshift(n(1), n(-1)));
  EXPECT_EQ(takeError(), "ValueError: negative shift count");
  EXPECT_EQ(krt_xor(n(5), n(-2)), n(5 ^ -2));
}

TEST(HotArithmetic, Floats) {
  Ref zero(newFloat(0.0)), half(newFloat(0.5));
  EXPECT_EQ(shown(Ref(krt_sub(half, half))), "0.0");
  EXPECT_EQ(shown(Ref(krt_add(half, n(1)))), "1.5");
  EXPECT_EQ(shown(Ref(krt_mul(zero, n(-1)))), "-0.0");
  EXPECT_EQ(krt_truth(zero), 0);
  EXPECT_EQ(krt_truth(half), 1);
  EXPECT_FALSE(krt_truediv(half, zero));
  EXPECT_EQ(takeError(), "ZeroDivisionError: float division by zero");
  Ref nan(newFloat(std::nan("")));
  EXPECT_EQ(krt_test_eq(nan, nan), 0);
  EXPECT_EQ(krt_test_lt(n(1), half), 0);
  // 2**53 + 1 is not the float 2**53.
  Ref exact(newFloat(9007199254740992.0));
  EXPECT_EQ(krt_test_eq(n(9007199254740993), exact), 0);
  EXPECT_EQ(krt_test_eq(n(9007199254740992), exact), 1);
}

TEST(HotArithmetic, AugmentedStringsGrow) {
  Value s = newStr("abc");
  Ref more(newStr("defghijk"));
  Value r = krt_iadd(s, more);
  EXPECT_EQ(shown(r), "'abcdefghijk'");
  decref(r);
}

TEST(HotItems, NegativeAndOutOfRange) {
  Value words[] = {n(1), n(2), n(3)};
  Ref list(krt_list_new(words, 3));
  EXPECT_EQ(krt_item_get(list, n(-1)), n(3));
  EXPECT_FALSE(krt_item_get(list, n(3)));
  EXPECT_EQ(takeError(), "IndexError: list index out of range");
  EXPECT_EQ(krt_item_set(list, n(-3), n(9)), 0);
  EXPECT_EQ(shown(list), "[9, 2, 3]");
  Ref it(krt_iter(list));
  EXPECT_EQ(krt_next(it), n(9));
  EXPECT_EQ(krt_next(it), n(2));
  EXPECT_EQ(krt_next(it), n(3));
  EXPECT_FALSE(krt_next(it));
  EXPECT_FALSE(errorSet());
  EXPECT_FALSE(krt_next(it));
}

} // namespace
} // namespace krait
