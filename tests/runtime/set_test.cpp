// set: iteration order and resizing equal CPython's (expectations printed by it).
#include <gtest/gtest.h>
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

std::string text(Value v) {
  Ref s(repr(v));
  Utf8 utf8(s);
  return std::string(utf8.view());
}
Ref setOf(std::initializer_list<int64_t> items) {
  Ref s(newSet(Value()));
  for (int64_t i : items) setAdd(s, newInt(i));
  return s;
}

TEST(Set, OrderOfIntsIsTheReferences) {
  EXPECT_EQ(text(setOf({3, 1, 2})), "{1, 2, 3}");
  EXPECT_EQ(text(setOf({8, 0, 16, 1})), "{8, 0, 16, 1}");
  EXPECT_EQ(text(setOf({100, 5, 37, -1, -2, 64, 4096})), "{64, 4096, 100, 37, 5, -2, -1}");
  EXPECT_EQ(text(setOf({1000000007, 998244353, 123456789, 42, 0, 7})),
            "{0, 998244353, 1000000007, 7, 42, 123456789}");
}

TEST(Set, DeletionAndReinsertionFollowTheProbeOrder) {
  Ref s = setOf({0, 1, 2, 3, 4});
  for (int64_t i = 0; i < 3; ++i) {
    EXPECT_EQ(setDiscard(s, newInt(i)), 1);
    EXPECT_EQ(setAdd(s, newInt(i + 8)), 0);
  }
  EXPECT_EQ(text(s), "{3, 4, 8, 9, 10}");
}

TEST(Set, FrozensetHashIsIndependentOfOrderAndEqualsTheReferences) {
  Ref a(newFrozenSet(setOf({1, 2, 3}))), b(newFrozenSet(setOf({3, 2, 1})));
  EXPECT_EQ(hash(a), -272375401224217160);
  EXPECT_EQ(hash(b), hash(a));
  Ref empty(newFrozenSet(Value()));
  EXPECT_EQ(hash(empty), 133146708735736);
}

} // namespace
} // namespace krait
