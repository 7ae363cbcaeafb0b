// Squares and roots are what pow() gives, in the last digit too.
#include "runtime/types/float_power.h"
#include <gtest/gtest.h>
#include <bit>
#include <limits>
#include <random>

namespace krait {
namespace {

void same(double x) {
  EXPECT_EQ(std::bit_cast<uint64_t>(powerTwo(x)), std::bit_cast<uint64_t>(krt_library_pow(x, 2))) << x;
  if (!(x < 0)) EXPECT_EQ(std::bit_cast<uint64_t>(powerHalf(x)), std::bit_cast<uint64_t>(krt_library_pow(x, 0.5))) << x;
}

TEST(FloatPower, IsLibrarys) {
  std::mt19937_64 random(20);
  for (int i = 0; i < 2'000'000; ++i) same(std::bit_cast<double>((random() >> 12) | 0x3fe0000000000000)); // between 0.5 and 1
  for (int i = 0; i < 1'000'000; ++i) {
    const double x = std::bit_cast<double>(random() & ~(uint64_t{1} << 63));
    if (!std::isnan(x)) same(x);
  }
}

TEST(FloatPower, NeighboursOfPowersOfTwo) {
  for (int e = -1074; e < 1024; ++e) {
    double up = std::ldexp(1.0, e), down = up;
    for (int i = 0; i < 40; ++i) {
      same(up);
      same(down);
      up = std::nextafter(up, INFINITY);
      down = std::nextafter(down, 0.0);
    }
  }
}

TEST(FloatPower, Ends) {
  for (const double x : {0.0, -0.0, HUGE_VAL, 1.0, -1.5, -1e200, 1e200, 1e-200, 5e-324, std::numeric_limits<double>::max()}) same(x);
  EXPECT_EQ(powerOf(-0.0, 0.5), 0.0);
  EXPECT_FALSE(std::signbit(powerOf(-0.0, 0.5)));
  EXPECT_EQ(powerOf(2.0, 10.0), 1024.0);
}

// Some squares are not what x * x gives: else there would be nothing to ask.
TEST(FloatPower, AsksWhereTheyDiffer) {
  std::mt19937_64 random(7);
  int differing = 0;
  for (int i = 0; i < 200'000; ++i) {
    const double x = std::bit_cast<double>((random() >> 12) | 0x3ff0000000000000);
    differing += powerTwo(x) != x * x;
  }
  EXPECT_GT(differing, 0);
}

} // namespace
} // namespace krait
