// The word's encodings: which doubles are immediate, that each comes back bit by bit, and that no word is two things.
#include <cmath>
#include <limits>
#include "runtime/types/float.h"
#include "tests/runtime/core_support.h"

namespace krait {
namespace {

double fromBits(uint64_t bits) { return std::bit_cast<double>(bits); }
uint64_t bitsOf(double d) { return std::bit_cast<uint64_t>(d); }
constexpr uint64_t kSign = uint64_t{1} << 63, kMantissa = (uint64_t{1} << 52) - 1;

/// Exactly one of the things that a word can be.
int kindsOf(Value v) { return v.isSmallInt() + v.isImmediateFloat() + v.isPointer() + v.isIndirect(); }

TEST(ValueWord, EveryEndingIsAtMostOneThing) {
  for (uint64_t ending = 0; ending < 32; ++ending)
    for (uint64_t rest : {uint64_t{0}, uint64_t{0x5555555555555540}, ~uint64_t{31}})
      EXPECT_LE(kindsOf(Value(rest | ending)), 1) << ending;
}

TEST(ValueWord, FloatsOfEveryExponent) {
  int ordinary = 0;
  for (uint64_t exponent = 0; exponent < 2048; ++exponent)
    for (uint64_t sign : {uint64_t{0}, kSign})
      for (uint64_t mantissa : {uint64_t{0}, uint64_t{1}, uint64_t{2}, uint64_t{0x8000000000000}, uint64_t{0x5555555555555}, kMantissa - 1, kMantissa}) {
        const double d = fromBits(sign | exponent << 52 | mantissa);
        const Value v = Value::immediateOf(d);
        const bool isZero = exponent == 0 && mantissa == 0, isInfinite = exponent == 2047 && mantissa == 0;
        if (isZero || isInfinite) EXPECT_TRUE(v) << d;
        if (exponent == 2047 && mantissa) EXPECT_FALSE(v) << "a NaN";
        if (exponent >= 768 && exponent < 1279) EXPECT_TRUE(v) << d;
        if ((exponent < 767 && !isZero) || (exponent > 1279 && !isInfinite)) EXPECT_FALSE(v) << d;
        EXPECT_EQ(Value::tryFloat(d).isOrdinaryFloat(), v && !isZero && !isInfinite) << d;
        if (!v) continue;
        ordinary += !isZero && !isInfinite;
        EXPECT_TRUE(v.isImmediateFloat()) << d;
        EXPECT_EQ(kindsOf(v), 1) << d;
        EXPECT_EQ(bitsOf(v.immediateFloat()), bitsOf(d));
      }
  EXPECT_GE(ordinary, 511 * 7 * 2);
}

TEST(ValueWord, NewFloatKeepsTheBits) {
  const double all[] = {0.0, -0.0, 1.0, -1.0, 0.1, 1e-77, 1e77, 1e-78, 1e78, 1e-300, 1e300, 5e-324, -5e-324, 2.2250738585072014e-308,
                        std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest(),
                        std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
                        std::numeric_limits<double>::quiet_NaN(), -std::numeric_limits<double>::quiet_NaN(),
                        fromBits(0x7ff0000000000001), fromBits(0xfff0000000000002)};
  for (double d : all) {
    Ref v(newFloat(d));
    EXPECT_TRUE(isExactFloat(v));
    EXPECT_EQ(bitsOf(floatValue(v)), bitsOf(d));
    EXPECT_EQ(v.get().isImmediateFloat(), bool(Value::immediateOf(d))) << d;
  }
}

TEST(ValueWord, NotANumberIsAnObjectEachTime) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Ref a(newFloat(nan)), b(newFloat(nan));
  EXPECT_TRUE(a.get().isPointer());
  EXPECT_FALSE(a.get() == b.get());
}

TEST(ValueWord, ReferencesToWords) {
  alignas(16) Value words[2];
  for (Value& word : words) {
    const Value reference = Value::indirect(&word);
    EXPECT_TRUE(reference.isIndirect());
    EXPECT_EQ(kindsOf(reference), 1);
    EXPECT_EQ(reference.target(), &word);
  }
}

} // namespace
} // namespace krait
