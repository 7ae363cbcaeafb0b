// hash() of floats is their value modulo 2^61-1, worked out from their bits: against arithmetic that takes it word for word.
#include "runtime/types/float.h"
#include <gtest/gtest.h>
#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include "runtime/types/key.h"

namespace krait {
namespace {

/// The whole mantissa, doubled or halved modulo the prime as often as the exponent says.
int64_t slowHash(double d) {
  if (std::isinf(d)) return d > 0 ? 314159 : -314159;
  int e;
  const double m = std::frexp(std::fabs(d), &e);
  auto x = static_cast<int64_t>(std::ldexp(m, 53));
  for (e -= 53; e > 0; --e) x = (x * 2) % kHashModulus;
  for (; e < 0; ++e) x = x % 2 ? (x + kHashModulus) / 2 : x / 2;
  return !std::signbit(d) ? x : x == 1 ? -2 : -x;
}
void same(double d) {
  EXPECT_EQ(numberHash(d), slowHash(d)) << d;
  EXPECT_EQ(numberHash(-d), slowHash(-d)) << d;
}

TEST(FloatHash, IsValueModuloPrime) {
  std::mt19937_64 random(61);
  for (int i = 0; i < 20'000; ++i) {
    const auto d = std::bit_cast<double>(random());
    if (!std::isnan(d)) same(d);
    same(std::bit_cast<double>(random() >> 12 | uint64_t{random() % 128 + 960} << 52)); // ordinary exponents
    same(std::bit_cast<double>(random() >> (12 + random() % 52)));                      // subnormal
    same(static_cast<double>(random() % 1'000'000));
    same(static_cast<double>(random() % 1'000'000) / 64);
  }
}

TEST(FloatHash, PowersOfTwoAndTheirNeighbours) {
  for (int e = -1074; e < 1024; ++e)
    for (const double d : {std::ldexp(1.0, e), std::nextafter(std::ldexp(1.0, e), 0.0), std::nextafter(std::ldexp(1.0, e), INFINITY)}) same(d);
}

TEST(FloatHash, EqualNumbersHaveEqualHashes) {
  for (int64_t i = -5000; i <= 5000; ++i) EXPECT_EQ(numberHash(static_cast<double>(i)), smallIntHash(i)) << i;
  for (int k = 1; k < 60; ++k) { // doubles near multiples of the prime
    const double d = static_cast<double>(kHashModulus) * k;
    same(d);
    if (d < 0x1p63) EXPECT_EQ(numberHash(d), smallIntHash(static_cast<int64_t>(d)));
  }
}

TEST(FloatHash, Ends) {
  for (const double d : {0.0, 1.0, HUGE_VAL, 5e-324, std::numeric_limits<double>::min(), std::numeric_limits<double>::max()}) same(d);
  EXPECT_EQ(numberHash(-1.0), -2);
  EXPECT_EQ(numberHash(-0.0), 0);
  EXPECT_EQ(numberHash(0x1p61), 1);
  EXPECT_EQ(numberHash(-0x1p-61), -2);
}

} // namespace
} // namespace krait
