// Natural numbers against schoolbook arithmetic by bits of 32 and against identities, at the lengths where algorithms change.
#include <gtest/gtest.h>
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "runtime/bigint/basic.h"
#include "runtime/bigint/combinatorics.h"
#include "runtime/bigint/divide.h"
#include "runtime/bigint/gcd.h"
#include "runtime/bigint/multiply.h"
#include "runtime/bigint/power.h"
#include "runtime/bigint/radix.h"
#include "runtime/bigint/root.h"
#include "runtime/bigint/thresholds.h"
#include "runtime/bigint/transform.h"

namespace krait::bigint {
namespace {

using Number = std::vector<Limb>;

Size sizeOf(const Number& a) { return static_cast<Size>(a.size()); }
Number trimmed(Number a) {
  a.resize(static_cast<size_t>(significant(a.data(), sizeOf(a))));
  return a;
}

class BigInt : public testing::Test {
protected:
  std::mt19937_64 random{42};

  /// n limbs, the top one not zero: random, all ones, a power of two and its neighbours, sparse, in runs.
  Number number(Size n) {
    Number v(static_cast<size_t>(n));
    switch (random() % 6) {
    case 0: std::fill(v.begin(), v.end(), ~Limb{0}); break;
    case 1: v.back() = Limb{1} << random() % 64; break;
    case 2:
      v.back() = Limb{1} << random() % 64;
      v.front() |= 1;
      break;
    case 3:
      for (Limb& x : v) x = random() % 4 ? 0 : random();
      break;
    case 4:
      for (Limb& x : v) x = random() % 2 ? 0 : ~Limb{0} << random() % 64;
      break;
    default:
      for (Limb& x : v) x = random();
    }
    if (v.back() == 0) v.back() = 1 + random() % 9;
    return v;
  }
  const std::vector<Size> sizes = {1,  2,  3,  4,  7,  8,  9,  16, 31, kKaratsubaLimbs - 1, kKaratsubaLimbs, kKaratsubaLimbs + 1,
                                   kDivideByHalvesLimbs - 1, kDivideByHalvesLimbs, kDivideByHalvesLimbs + 1, kToomLimbs - 1, kToomLimbs,
                                   kToomLimbs + 1, kToomSquareLimbs, kToomSquareLimbs + 1, kToomSquareLimbs + 2, 400};
};

/// By halves of limbs, in the order one learns at school.
Number referenceProduct(const Number& a, const Number& b) {
  std::vector<uint64_t> r(2 * (a.size() + b.size()) + 1);
  auto half = [](const Number& v, size_t i) { return v[i / 2] >> (i % 2 * 32) & 0xffffffff; };
  for (size_t i = 0; i < 2 * a.size(); ++i) {
    uint64_t carry = 0;
    for (size_t j = 0; j < 2 * b.size(); ++j) {
      const uint64_t t = half(a, i) * half(b, j) + r[i + j] + carry;
      r[i + j] = t & 0xffffffff;
      carry = t >> 32;
    }
    r[i + 2 * b.size()] = carry;
  }
  Number out(a.size() + b.size());
  for (size_t i = 0; i < out.size(); ++i) out[i] = r[2 * i] | r[2 * i + 1] << 32;
  return out;
}

Number product(const Number& a, const Number& b) {
  Number r(a.size() + b.size());
  EXPECT_TRUE(multiplyAny(r.data(), a.data(), sizeOf(a), b.data(), sizeOf(b)));
  return r;
}
Number sum(const Number& a, const Number& b) {
  const Number &x = a.size() >= b.size() ? a : b, &y = a.size() >= b.size() ? b : a;
  Number r(x.size() + 1);
  r.back() = add(r.data(), x.data(), sizeOf(x), y.data(), sizeOf(y));
  return trimmed(r);
}

TEST_F(BigInt, ProductsAreThoseOfTheSchoolbook) {
  for (Size n : sizes)
    for (Size m : sizes) {
      const Number a = number(n), b = number(m);
      ASSERT_EQ(product(a, b), referenceProduct(a, b)) << n << " by " << m;
    }
}

TEST_F(BigInt, SquaresAreProductsOfCopies) {
  for (Size n : sizes) {
    const Number a = number(n);
    Number r(a.size() * 2);
    ASSERT_TRUE(square(r.data(), a.data(), n));
    ASSERT_EQ(r, referenceProduct(a, a)) << n;
  }
}

TEST_F(BigInt, TransformsGiveTheSameProducts) {
  for (Size n : {1, 2, 3, 5, 24, 33, 47, 64, 100, 130, 300})
    for (Size m : {1, 2, 7, 64, 99, 257}) {
      const Number a = number(n), b = number(m);
      Number r(a.size() + b.size());
      ASSERT_TRUE(multiplyByTransform(r.data(), a.data(), n, b.data(), m));
      ASSERT_EQ(r, referenceProduct(a, b)) << n << " by " << m;
    }
}

TEST_F(BigInt, TheLargestCoefficientsFitTheTransform) {
  // (B^n - 1)² = B^2n - 2·B^n + 1
  for (Size n : {kTransformLimbs, kTransformSquareLimbs, Size{9000}, Size{40000}}) {
    const Number a(static_cast<size_t>(n), ~Limb{0}), b = a;
    Number expected(static_cast<size_t>(2 * n), ~Limb{0});
    std::fill(expected.begin(), expected.begin() + n, 0);
    expected[0] = 1;
    expected[static_cast<size_t>(n)] = ~Limb{0} - 1;
    ASSERT_EQ(product(a, a), expected) << n;
    ASSERT_EQ(product(a, b), expected) << n;
  }
}

TEST_F(BigInt, LongProductsOfUnlikeLengthsAddUp) {
  // a·b = a·(b's upper limbs)·B^k + a·(its lower ones)
  for (auto [n, m] : {std::pair<Size, Size>{20000, 40}, {20000, 3400}, {30000, 1200}, {9000, 9000}, {7001, 3333}}) {
    const Number a = number(n), b = number(m);
    const Size k = m / 3;
    const Number low(b.begin(), b.begin() + k), high(b.begin() + k, b.end());
    Number r = product(a, high);
    r.insert(r.begin(), static_cast<size_t>(k), 0);
    ASSERT_EQ(trimmed(product(a, b)), trimmed(sum(r, product(a, low)))) << n << " by " << m;
  }
}

TEST_F(BigInt, QuotientsAndRemaindersMakeTheDividend) {
  for (Size n : sizes)
    for (Size more : sizes) {
      const Number b = number(n), wanted = number(more);
      // A quotient of the generator's kind, and any.
      for (Number a : {sum(product(wanted, b), Number{random() % 2}), number(n + more)}) {
        a = trimmed(a);
        if (compare(a.data(), sizeOf(a), b.data(), n) < 0) continue;
        Number q(a.size() - b.size() + 1), r(b.size());
        ASSERT_TRUE(divide(q.data(), r.data(), a.data(), sizeOf(a), b.data(), n));
        ASSERT_LT(compare(r.data(), b.data(), n), 0);
        ASSERT_EQ(sum(product(q, b), r), a) << a.size() << " by " << n;
      }
    }
}

TEST_F(BigInt, AQuotientsDigitIsCorrected) {
  // The two top limbs of the dividend are those of the divisor.
  const Limb top = Limb{1} << 63, ones = ~Limb{0};
  const Number b = {ones, 0, top}, a = {0, 0, 0, ones, ones, 0, top - 1};
  Number q(a.size() - b.size() + 1), r(b.size());
  ASSERT_TRUE(divide(q.data(), r.data(), a.data(), sizeOf(a), b.data(), sizeOf(b)));
  EXPECT_EQ(sum(product(q, b), r), a);
  EXPECT_LT(compare(r.data(), b.data(), sizeOf(b)), 0);
}

TEST_F(BigInt, ALimbDivides) {
  for (Size n : sizes)
    for (Limb v : {Limb{1}, Limb{2}, Limb{3}, Limb{10}, Limb{1} << 63, ~Limb{0}, random(), random() >> 20}) {
      const Number a = number(n);
      Number q(a.size());
      const Limb rest = divideLimb(q.data(), a.data(), n, v);
      ASSERT_LT(rest, v);
      ASSERT_EQ(rest, moduloLimb(a.data(), n, v));
      ASSERT_EQ(sum(product(q, {v}), {rest}), a);
    }
}

TEST_F(BigInt, ShiftsAreProductsWithPowersOfTwo) {
  for (Size n : sizes)
    for (unsigned bits : {1u, 13u, 63u}) {
      const Number a = number(n);
      Number left(a.size() + 1), back(a.size() + 1), inPlace = a;
      left.back() = shiftLeft(left.data(), a.data(), n, bits);
      ASSERT_EQ(left, product(a, {Limb{1} << bits}));
      EXPECT_EQ(shiftRight(back.data(), left.data(), n + 1, bits), 0u);
      ASSERT_EQ(trimmed(back), a);
      EXPECT_EQ(shiftLeft(inPlace.data(), inPlace.data(), n, bits), left.back());
      ASSERT_TRUE(std::equal(inPlace.begin(), inPlace.end(), left.begin()));
    }
}

TEST_F(BigInt, SubtractingUndoesAdding) {
  for (Size n : sizes)
    for (Size m : sizes) {
      if (m > n) continue;
      const Number a = number(n), b = number(m);
      Number r(a.size()), p = a;
      const Limb carry = add(r.data(), a.data(), n, b.data(), m);
      EXPECT_EQ(subtract(r.data(), r.data(), n, b.data(), m), carry);
      ASSERT_EQ(r, a);
      const Limb v = random(), out = addProduct(p.data(), b.data(), m, v);
      EXPECT_EQ(subtractProduct(p.data(), b.data(), m, v), out);
      ASSERT_EQ(p, a);
    }
}

TEST_F(BigInt, ARootIsTheLargestWhoseSquareFits) {
  for (Size n : sizes)
    for (int kind = 0; kind < 4; ++kind) {
      const Number s = number(n), squared = trimmed(product(s, s));
      Number a = squared;
      if (kind == 1) a = sum(sum(s, s), squared);                    // s² + 2s
      if (kind == 2) subtractLimb(a.data(), a.data(), sizeOf(a), 1); // s² - 1
      if (kind == 3) a = s;
      if ((a = trimmed(a)).empty()) continue;
      Number r((a.size() + 1) / 2);
      bool exact;
      ASSERT_TRUE(squareRoot(r.data(), &exact, a.data(), sizeOf(a)));
      const Number low = trimmed(product(r, r)), next = sum(r, {1}), high = trimmed(product(next, next));
      EXPECT_EQ(exact, low == a);
      ASSERT_LE(compare(low.data(), sizeOf(low), a.data(), sizeOf(a)), 0);
      ASSERT_GT(compare(high.data(), sizeOf(high), a.data(), sizeOf(a)), 0);
    }
}

TEST_F(BigInt, ADivisorsFactorComesOutOfBothNumbers) {
  for (Size n : sizes)
    for (Size m : {1, 2, 5, 40}) {
      // Of neighbours the divisor is 1.
      const Number a = number(n), b = sum(a, {1}), common = number(m);
      const Number x = trimmed(product(a, common)), y = trimmed(product(b, common));
      Number r(std::min(x.size(), y.size()));
      const Size count = gcd(r.data(), x.data(), sizeOf(x), y.data(), sizeOf(y));
      r.resize(static_cast<size_t>(count));
      ASSERT_EQ(r, common) << n << " and " << m;
    }
}

TEST_F(BigInt, FermatHolds) {
  // 2^521 - 1 is prime; 2^127 - 1, too: a^p = a. And a power modulo an even number is that modulo its factors.
  for (int exponent : {127, 521}) {
    Number p(static_cast<size_t>(exponent / 64 + 1), ~Limb{0});
    p.back() = (Limb{1} << exponent % 64) - 1;
    const Size n = sizeOf(p);
    for (Size m = 1; m < n; ++m) {
      const Number a = number(m);
      Number r(p.size());
      ASSERT_TRUE(powerModulo(r.data(), a.data(), m, p.data(), n, p.data(), n));
      ASSERT_EQ(trimmed(r), a);
    }
  }
  for (Size n : {2, 5, 20, 130}) {
    Number m = number(n), e = number(3), base = number(n - 1), even(m.size() + 1), r(even.size()), s(m.size()), q(even.size()), t(m.size());
    m[0] |= 1;
    even.back() = shiftLeft(even.data(), m.data(), n, 3);
    even = trimmed(even);
    r.resize(even.size());
    ASSERT_TRUE(powerModulo(r.data(), base.data(), n - 1, e.data(), 3, even.data(), sizeOf(even)));
    ASSERT_TRUE(powerModulo(s.data(), base.data(), n - 1, e.data(), 3, m.data(), n));
    ASSERT_TRUE(divide(q.data(), t.data(), r.data(), sizeOf(r), m.data(), n));
    ASSERT_EQ(t, s);
  }
}

TEST_F(BigInt, TextsAreReadBack) {
  for (int base = 2; base <= 36; ++base)
    for (Size n : {1, 2, 5, 39, 40, 41, 120, 260}) {
      const Number a = number(n);
      std::string text(static_cast<size_t>(digitsAtMost(bitLength(a.data(), n), base)), '?');
      const Size digits = toDigits(text.data(), a.data(), n, base);
      ASSERT_GT(digits, 0);
      ASSERT_LE(digits, static_cast<Size>(text.size()));
      ASSERT_NE(text[0], '0');
      std::vector<uint8_t> values;
      for (Size i = 0; i < digits; ++i) {
        const char c = text[static_cast<size_t>(i)];
        values.push_back(static_cast<uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10));
      }
      Number back(static_cast<size_t>(limbsAtMost(digits, base)));
      ASSERT_EQ(fromDigits(back.data(), values.data(), digits, base), n);
      ASSERT_EQ(trimmed(back), a) << n << " limbs in base " << base;
    }
}

TEST_F(BigInt, PowersOfTenAreOneAndZeros) {
  for (Limb e : {Limb{0}, Limb{1}, Limb{19}, Limb{20}, Limb{300}, Limb{5000}}) {
    Number r(static_cast<size_t>(powerLimbsAtMost(10, e)));
    const Size n = power(r.data(), 10, e);
    std::string text(static_cast<size_t>(digitsAtMost(bitLength(r.data(), n), 10)), '?');
    text.resize(static_cast<size_t>(toDigits(text.data(), r.data(), n, 10)));
    ASSERT_EQ(text, "1" + std::string(e, '0'));
  }
}

TEST_F(BigInt, AFactorialIsTheProductOfItsRange) {
  for (Limb n : {Limb{0}, Limb{1}, Limb{2}, Limb{20}, Limb{21}, Limb{25}, Limb{64}, Limb{500}, Limb{3001}}) {
    Number f(static_cast<size_t>(factorialLimbsAtMost(n))), p(static_cast<size_t>(productLimbsAtMost(1, n)));
    f.resize(static_cast<size_t>(factorial(f.data(), n)));
    p.resize(static_cast<size_t>(productOfRange(p.data(), 1, n)));
    ASSERT_EQ(f, p) << n;
    Number expected = {1};
    for (Limb i = 2; i <= n; ++i) expected = trimmed(product(expected, {i}));
    ASSERT_EQ(f, expected) << n;
  }
}

} // namespace
} // namespace krait::bigint
