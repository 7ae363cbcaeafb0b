#include "runtime/exceptions/anchors.h"
#include <gtest/gtest.h>
#include <string>

using krait::exceptions::findAnchors;

namespace {
/// The marks as a traceback shows them; "" when nothing is told apart.
std::string marks(std::string_view segment) {
  auto anchors = findAnchors(segment);
  if (!anchors) return "";
  std::string out(segment.size(), '~');
  for (size_t i = anchors->from; i < anchors->to && i < out.size(); ++i) out[i] = '^';
  return out;
}

TEST(Anchors, BinaryOperators) {
  EXPECT_EQ(marks("1/0"), "~^~");
  EXPECT_EQ(marks("a // b"), "~~^^~~");
  EXPECT_EQ(marks("a + b * c"), "~~^~~~~~~");
  EXPECT_EQ(marks("a + b - c"), "~~~~~~^~~");
  EXPECT_EQ(marks("a ** b ** c"), "~~^^~~~~~~~");
  EXPECT_EQ(marks("f(x + 1) | 'a + b'"), "~~~~~~~~~^~~~~~~~~");
  EXPECT_EQ(marks("-a * b"), "~~~^~~");
  EXPECT_EQ(marks("(a) + b"), "~~^~~~~"); // CPython 3.11 points at what follows the left operand
}

TEST(Anchors, Subscripts) {
  EXPECT_EQ(marks("x[0]"), "~^^^");
  EXPECT_EQ(marks("x.y['k'][1:2]"), "~~~~~~~~^^^^^");
  EXPECT_EQ(marks("f(a)[b + c]"), "~~~~^^^^^^^");
}

TEST(Anchors, NothingElse) {
  for (const char* text : {"f(x)", "a.b", "-a", "-a ** b", "a < b", "a if b else c", "not a", "a, b", "raise E", "x = 1 + 2",
                           "(a + b)", "lambda: a + b", "'unterminated", "[1, 2]", "x[0].y", "await a", "a and b + c"})
    EXPECT_EQ(marks(text), "") << text;
}
} // namespace
