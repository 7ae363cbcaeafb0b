// list: growth, slices, and a stable adaptive sort.
#include <gtest/gtest.h>
#include <algorithm>
#include <random>
#include <vector>
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

std::string text(Value v) {
  Ref s(repr(v));
  Utf8 utf8(s);
  return std::string(utf8.view());
}
Ref listOf(std::initializer_list<int64_t> items) {
  Ref l(newList(0));
  for (int64_t i : items) listAppend(l, newInt(i));
  return l;
}

TEST(List, CapacityGrowsAsTheReferences) {
  Ref l(newList(0));
  std::vector<int64_t> capacities;
  for (int64_t i = 0; i < 50; ++i) {
    listAppend(l, newInt(i));
    if (capacities.empty() || capacities.back() != asList(l)->capacity) capacities.push_back(asList(l)->capacity);
  }
  EXPECT_EQ(capacities, (std::vector<int64_t>{4, 8, 16, 24, 32, 40, 52}));
}

TEST(List, SliceAssignmentAndDeletion) {
  Ref l = listOf({0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  ASSERT_EQ(listSetSlice(l, 2, 5, listOf({20, 30})), 0);
  EXPECT_EQ(text(l), "[0, 1, 20, 30, 5, 6, 7, 8, 9]");
  Ref every(newSlice(none(), none(), newInt(-3)));
  ASSERT_EQ(listSetSubscript(l, every, Value()), 0);
  EXPECT_EQ(text(l), "[0, 1, 30, 5, 7, 8]");
  Ref one(newSlice(newInt(0), newInt(6), newInt(2)));
  EXPECT_EQ(listSetSubscript(l, one, listOf({1, 2})), -1);
  EXPECT_TRUE(errorClearIf(ValueErrorType));
}

TEST(List, ContentBitsAreStickyUntilBroken) {
  Ref l = listOf({1, 2, 3});
  EXPECT_EQ(asList(l)->content, kNoPointers | kNoCounts | kAllInt);
  listAppend(l, newFloat(1.5));
  EXPECT_EQ(asList(l)->content, kNoPointers | kNoCounts);
  listAppend(l, none());
  EXPECT_EQ(asList(l)->content, kNoCounts);
  Ref counted(newList(0));
  listAppend(l, counted);
  EXPECT_EQ(asList(l)->content, 0u);
}

/// Sorts pairs (key, position) of every kind of key by key; positions of equal keys must stay in order.
template <class MakeKey> void checkStable(size_t n, int64_t distinct, MakeKey makeKey) {
  std::mt19937_64 random(n * 31 + static_cast<size_t>(distinct));
  Ref l(newList(0));
  std::vector<int64_t> keys;
  for (size_t i = 0; i < n; ++i) {
    // Runs, reversed runs and noise.
    int64_t k = (i / 50) % 3 == 0 ? static_cast<int64_t>(i) % distinct
                : (i / 50) % 3 == 1 ? distinct - static_cast<int64_t>(i) % distinct
                                    : static_cast<int64_t>(random() % static_cast<uint64_t>(distinct));
    keys.push_back(k);
    Ref key(makeKey(k));
    listAppend(l, key);
  }
  ASSERT_EQ(listSort(l, Value(), false), 0);
  std::sort(keys.begin(), keys.end());
  for (size_t i = 0; i < n; ++i) {
    Ref expected(makeKey(keys[i]));
    ASSERT_EQ(compareBool(asList(l)->items[i], expected, kEq), 1) << "at " << i << " of " << n;
  }
}

TEST(ListSort, SortsEveryKindOfKey) {
  for (size_t n : {0u, 1u, 2u, 10u, 63u, 64u, 65u, 500u, 3000u}) {
    checkStable(n, 1000, [](int64_t k) { return newInt(k); });
    checkStable(n, 7, [](int64_t k) { return newInt(k); });
    checkStable(n, 1000, [](int64_t k) { return newFloat(static_cast<double>(k) / 8 - 3); });
    checkStable(n, 100, [](int64_t k) {
      std::string digits = std::to_string(k);
      return newStr(std::string(6 - digits.size(), '0') + digits);
    });
    checkStable(n, 100, [](int64_t k) { return newTuple({newInt(k), none()}); });
  }
}

TEST(ListSort, SortsTuplesInReverse) {
  Ref l(newList(0));
  for (int64_t i = 0; i < 200; ++i) {
    Ref item(newTuple({newInt(i % 5), newInt(i)}));
    listAppend(l, item);
  }
  ASSERT_EQ(listSort(l, Value(), true), 0);
  for (int64_t i = 1; i < 200; ++i)
    EXPECT_EQ(compareBool(asList(l)->items[i - 1], asList(l)->items[i], kGe), 1);
}

TEST(Tuple, HashEqualsTheReferences) {
  Ref t(newTuple({newInt(1), newInt(2), newInt(3)}));
  EXPECT_EQ(hash(t), 529344067295497451);
  EXPECT_EQ(hash(emptyTuple()), 5740354900026072187);
  EXPECT_EQ(emptyTuple(), Ref(newTuple(0)).get());
}

} // namespace
} // namespace krait
