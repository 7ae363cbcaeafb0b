// dict: order, growth, deletion, split dicts.
#include "runtime/types/dict.h"
#include <gtest/gtest.h>
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace krait {
namespace {

Value number(int64_t v) { return newInt(v); }
std::string text(Value v) {
  Ref s(repr(v));
  Utf8 utf8(s);
  return std::string(utf8.view());
}
int64_t sizeOf(Value v) {
  Ref size(callMethod(v, "__sizeof__"));
  int overflow;
  return intToInt64(size, &overflow);
}

TEST(Dict, KeepsInsertionOrderAcrossDeletionAndResize) {
  Ref d(newDict());
  for (int64_t i = 0; i < 20; ++i) ASSERT_EQ(dictSet(d, number(i), number(i * i)), 0);
  for (int64_t i = 0; i < 20; i += 2) ASSERT_EQ(dictDelete(d, number(i)), 0);
  ASSERT_EQ(dictSet(d, number(0), number(7)), 0);
  EXPECT_EQ(text(d), "{1: 1, 3: 9, 5: 25, 7: 49, 9: 81, 11: 121, 13: 169, 15: 225, 17: 289, 19: 361, 0: 7}");
  EXPECT_EQ(dictSize(d), 11);
  EXPECT_TRUE(dictGet(d, number(2)).isNull());
  EXPECT_FALSE(errorSet());
}

TEST(Dict, GrowsAsTheReferenceDoes) {
  // sys.getsizeof(d) - 16 of CPython 3.11 for d filled with str keys one by one.
  Ref d(newDict());
  EXPECT_EQ(sizeOf(d), 48);
  std::vector<int64_t> sizes;
  for (int i = 0; i < 22; ++i) {
    Ref key(newStr("k" + std::to_string(i)));
    ASSERT_EQ(dictSet(d, key, none()), 0);
    if (sizes.empty() || sizes.back() != sizeOf(d)) sizes.push_back(sizeOf(d));
  }
  EXPECT_EQ(sizes, (std::vector<int64_t>{168, 256, 448, 816}));
}

TEST(Dict, PopItemTakesTheLastAndFreesItsEntry) {
  Ref d(newDict());
  for (int64_t i = 0; i < 3; ++i) dictSet(d, number(i), none());
  Ref pair(callMethod(d, "popitem"));
  EXPECT_EQ(text(pair), "(2, None)");
  EXPECT_EQ(text(d), "{0: None, 1: None}");
}

TEST(Dict, SplitDictReadsAndWritesTheOwnersWords) {
  Value cells[3];
  const Value names[3] = {NAME(append), NAME(clear), NAME(copy)};
  ModuleInfo info{};
  info.name = "m";
  info.cellCount = 3;
  info.cells = cells;
  info.cellNames = names;
  Ref d(newDict());
  dictSplitOverCells(d, &info);

  cells[0] = number(1);
  ASSERT_EQ(dictLinkWord(d, NAME(append), &cells[0]), 0);
  EXPECT_EQ(dictGet(d, NAME(append)), number(1));
  cells[0] = number(2);
  EXPECT_EQ(dictGet(d, NAME(append)), number(2));
  // A key that arrives through the dict goes to its cell; one without a cell stays in the dict.
  ASSERT_EQ(dictSet(d, NAME(copy), number(3)), 0);
  EXPECT_EQ(cells[2], number(3));
  ASSERT_EQ(dictSet(d, NAME(count), number(4)), 0);
  EXPECT_EQ(text(d), "{'append': 2, 'copy': 3, 'count': 4}");
  // Deleting through the dict empties the cell.
  ASSERT_EQ(dictDelete(d, NAME(append)), 0);
  EXPECT_TRUE(cells[0].isNull());
  dictAdoptValues(d);
  EXPECT_TRUE(cells[2].isNull());
  EXPECT_EQ(text(d), "{'copy': 3, 'count': 4}");
}

} // namespace
} // namespace krait
