#include "runtime/bigint/power.h"
#include <cmath>
#include <utility>
#include "runtime/bigint/basic.h"
#include "runtime/bigint/divide.h"
#include "runtime/bigint/multiply.h"
#include "runtime/bigint/scratch.h"

namespace krait::bigint {
namespace {

constexpr Size kMontgomeryMost = 120; // limbs; beyond, dividing is faster than to reduce row by row

/// Products modulo m of mn limbs.
class Modulus {
public:
  Modulus(const Limb* m, Size mn, Limb* scratch) // 3·mn + 1 limbs
      : m_(m), n_(mn), product_(scratch), quotient_(scratch + 2 * mn), isMontgomery_((m[0] & 1) && mn <= kMontgomeryMost) {
    Limb inverse = m[0];
    for (int i = 0; i < 5; ++i) inverse *= 2 - m[0] * inverse;
    negativeInverse_ = ~inverse + 1;
  }
  bool isMontgomery() const { return isMontgomery_; }
  /// r = a·b, or a·b/B^mn in Montgomery's form. r may be a or b. False: no memory.
  bool multiply(Limb* r, const Limb* a, const Limb* b) {
    if (isMontgomery_ && n_ < kShort) return multiplyShortNumbers(r, a, b), true;
    if (!(a == b ? square(product_, a, n_) : bigint::multiply(product_, a, n_, b, n_))) return false;
    return reduce(r);
  }
  /// r = a, brought into or out of the form.
  bool toForm(Limb* r, const Limb* a, Size an) {
    if (!isMontgomery_) {
      copy(r, a, an);
      clear(r + an, n_ - an);
      return true;
    }
    Scratch<> shifted(n_ + an);
    Scratch<> quotient(an + 1);
    if (!shifted || !quotient) return false;
    clear(shifted.get(), n_);
    copy(shifted.get() + n_, a, an);
    return divide(quotient.get(), r, shifted.get(), n_ + an, m_, n_);
  }
  void fromForm(Limb* r) {
    if (!isMontgomery_) return;
    copy(product_, r, n_);
    clear(product_ + n_, n_);
    reduceRows(r);
  }

private:
  bool reduce(Limb* r) {
    if (!isMontgomery_) return divide(quotient_, r, product_, 2 * n_, m_, n_);
    reduceRows(r);
    return true;
  }
  /// Product and reduction limb by limb, in registers.
  void multiplyShortNumbers(Limb* r, const Limb* a, const Limb* b) {
    Limb t[kShort + 2] = {};
    for (Size i = 0; i < n_; ++i) {
      const Wide sum = static_cast<Wide>(addShort(t, a, n_, b[i], 0)) + t[n_];
      t[n_] = low(sum);
      t[n_ + 1] = high(sum);
      const Limb digit = t[0] * negativeInverse_;
      Limb carry = high(static_cast<Wide>(digit) * m_[0] + t[0]);
      for (Size j = 1; j < n_; ++j) {
        const Wide w = static_cast<Wide>(digit) * m_[j] + t[j] + carry;
        t[j - 1] = low(w);
        carry = high(w);
      }
      const Wide w = static_cast<Wide>(t[n_]) + carry;
      t[n_ - 1] = low(w);
      t[n_] = t[n_ + 1] + high(w);
    }
    if (t[n_] || compare(t, m_, n_) >= 0) subtract(t, t, m_, n_);
    copy(r, t, n_);
  }
  void reduceRows(Limb* r) {
    // Each row makes a low limb zero; its place then holds the row's carry.
    for (Size i = 0; i < n_; ++i) product_[i] = addProduct(product_ + i, m_, n_, product_[i] * negativeInverse_);
    const Limb carry = add(r, product_ + n_, product_, n_);
    if (carry || compare(r, m_, n_) >= 0) subtract(r, r, m_, n_);
  }

  const Limb* m_;
  Size n_;
  Limb negativeInverse_;
  Limb *product_, *quotient_;
  bool isMontgomery_;
};

} // namespace

bool powerModulo(Limb* r, const Limb* base, Size bn, const Limb* e, Size en, const Limb* m, Size mn) {
  const int64_t bits = bitLength(e, en);
  const int window = bits < 8 ? 1 : bits < 32 ? 2 : bits < 140 ? 3 : bits < 450 ? 4 : bits < 1300 ? 5 : bits < 3500 ? 6 : 7;
  const Size odd = Size{1} << (window - 1);
  Scratch<512> memory(3 * mn + 1 + (odd + 1) * mn);
  if (!memory) return false;
  Limb *table = memory.get() + 3 * mn + 1, *squared = table + odd * mn;
  Modulus modulus(m, mn, memory.get());
  // base^1, base^3, base^5, …
  if (bn == 0) clear(table, mn);
  else if (!modulus.toForm(table, base, bn)) return false;
  if (odd > 1 && !modulus.multiply(squared, table, table)) return false;
  for (Size i = 1; i < odd; ++i)
    if (!modulus.multiply(table + i * mn, table + (i - 1) * mn, squared)) return false;
  const Limb one = 1;
  if (!modulus.toForm(r, &one, 1)) return false;
  bool isOne = true;
  auto bit = [e](int64_t i) { return e[i / 64] >> (i % 64) & 1; };
  for (int64_t i = bits - 1; i >= 0;) {
    if (!bit(i)) {
      if (!isOne && !modulus.multiply(r, r, r)) return false;
      --i;
      continue;
    }
    int64_t last = i - window + 1 > 0 ? i - window + 1 : 0;
    while (!bit(last)) ++last;
    Size digit = 0;
    for (int64_t j = i; j >= last; --j) {
      digit = 2 * digit + static_cast<Size>(bit(j));
      if (!isOne && !modulus.multiply(r, r, r)) return false;
    }
    if (isOne) copy(r, table + digit / 2 * mn, mn);
    else if (!modulus.multiply(r, r, table + digit / 2 * mn)) return false;
    isOne = false;
    i = last - 1;
  }
  modulus.fromForm(r);
  return true;
}

Size powerLimbsAtMost(Limb base, Limb e) {
  return static_cast<Size>(std::log2(static_cast<double>(base) + 1) * static_cast<double>(e) * (1 + 1e-14) / 64) + 2;
}

Size power(Limb* r, Limb base, Limb e) {
  if (base <= 1 || e == 0) {
    r[0] = base == 0 && e ? 0 : 1;
    return r[0] != 0;
  }
  const int twos = __builtin_ctzll(base);
  const Limb odd = base >> twos;
  const Size room = powerLimbsAtMost(odd, e);
  Scratch<> memory(2 * room + 4);
  if (!memory) return -1;
  Limb *p = memory.get(), *q = p + room + 2;
  Size n = 1;
  p[0] = 1;
  if (odd > 1)
    for (int i = 63 - __builtin_clzll(e); i >= 0; --i) {
      if (!square(q, p, n)) return -1;
      n = significant(q, 2 * n);
      std::swap(p, q);
      if (e >> i & 1) {
        p[n] = multiplyLimb(p, p, n, odd);
        n += p[n] != 0;
      }
    }
  const Limb shift = e * static_cast<Limb>(twos);
  const auto words = static_cast<Size>(shift / 64);
  const auto bits = static_cast<unsigned>(shift % 64);
  clear(r, words);
  if (bits == 0) {
    copy(r + words, p, n);
    return words + n;
  }
  r[words + n] = shiftLeft(r + words, p, n, bits);
  return words + n + (r[words + n] != 0);
}

} // namespace krait::bigint
