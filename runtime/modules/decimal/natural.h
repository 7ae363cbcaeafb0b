// Coefficients: natural numbers that own their limbs, over runtime/bigint.
//
// Up to two limbs stand in the object itself. Where there is no memory for a
// result, it becomes zero and `exhausted` is set, as a C function sets errno;
// who asks for an operation's signals looks at it. Results may be operands.
#pragma once
#include <cstddef>
#include <cstdint>
#include <utility>
#include "runtime/bigint/basic.h"

namespace krait::decimal {

using bigint::Limb;
using bigint::Size;

/// An operation had no memory for its result, or would have computed more than kMostDigits digits: it means nothing.
extern bool exhausted;

class Natural {
public:
  Natural() = default;
  explicit Natural(uint64_t v) { set(v); }
  Natural(const Natural& o) { set(o); }
  Natural& operator=(const Natural& o) {
    set(o);
    return *this;
  }
  ~Natural() {
    if (room_ > kNear) release();
  }

  void set(uint64_t v) {
    limbs()[0] = v;
    count_ = v != 0;
  }
  void set(uint64_t low, uint64_t high) {
    Limb* to = limbs();
    to[0] = low;
    to[1] = high;
    count_ = high ? 2 : low != 0;
  }
  void set(const Natural& o) {
    if (o.count_ <= kNear) set(o.limb(0), o.limb(1));
    else set(o.limbs(), o.count_);
  }
  void set(const Limb* from, Size count);
  void swap(Natural& o) {
    std::swap(near_, o.near_); // of either kind: the pointer is among them
    std::swap(count_, o.count_);
    std::swap(room_, o.room_);
  }

  Limb* limbs() { return room_ > kNear ? heap_ : near_; }
  const Limb* limbs() const { return room_ > kNear ? heap_ : near_; }
  Size count() const { return count_; }
  /// 0 beyond the number.
  Limb limb(Size i) const { return i < count_ ? limbs()[i] : 0; }
  /// Whether it is a limb that stands in the object itself, as most do; and that.
  bool isWord() const { return count_ <= 1 && room_ <= kNear; }
  Limb word() const { return count_ ? near_[0] : 0; }
  bool isZero() const { return count_ == 0; }
  bool isOdd() const { return limb(0) & 1; }
  bool bit(int64_t i) const { return limb(i / 64) >> (i % 64) & 1; }
  int64_t bitLength() const { return bigint::bitLength(limbs(), count_); }

  /// Room for n limbs, with what is there where `keep`. Null and zero when there is no memory.
  Limb* reserve(Size n, bool keep = false) { return n <= (room_ > kNear ? room_ : kNear) ? limbs() : extend(n, keep); }
  /// So many limbs of what reserve() gave were written; leading zeros are dropped.
  void written(Size n) { count_ = bigint::significant(limbs(), n); }
  void fail();

private:
  static constexpr Size kNear = 2;
  Limb* extend(Size n, bool keep);
  void release();

  union {
    Limb near_[kNear] = {};
    Limb* heap_;
  };
  Size count_ = 0, room_ = 0; // room_ <= kNear: near_
};

inline int compare(const Natural& a, const Natural& b) { return bigint::compare(a.limbs(), a.count(), b.limbs(), b.count()); }
inline int compare(const Natural& a, uint64_t b) { return a.count() > 1 ? 1 : a.limb(0) < b ? -1 : a.limb(0) > b; }

void add(Natural& r, const Natural& a, const Natural& b);
/// r = |a - b|: whether a < b.
bool difference(Natural& r, const Natural& a, const Natural& b);
void addLimb(Natural& r, uint64_t v);
/// r -= v <= r
void subtractLimb(Natural& r, uint64_t v);
void multiply(Natural& r, const Natural& a, const Natural& b);
void multiplyLimb(Natural& r, uint64_t v);
/// a = q·b + rest; q and rest are two objects, either may be an operand. b is not zero; if it failed
/// to be computed, both fail.
void divide(Natural& q, Natural& rest, const Natural& a, const Natural& b);
/// r /= v: the remainder.
uint64_t divideLimb(Natural& r, uint64_t v);
inline uint64_t moduloLimb(const Natural& a, uint64_t v) { return bigint::moduloLimb(a.limbs(), a.count(), v); }
void shiftLeft(Natural& r, int64_t bits);
void shiftRight(Natural& r, int64_t bits);
/// r = floor(√a): whether a is its square.
bool squareRoot(Natural& r, const Natural& a);
void gcd(Natural& r, const Natural& a, const Natural& b);
/// r = base**e
void power(Natural& r, uint64_t base, uint64_t e);
/// r = base**e modulo m, which is not zero.
void powerModulo(Natural& r, const Natural& base, const Natural& e, const Natural& m);
/// r = the decimal digits, of which there may be none.
void setDigits(Natural& r, const char* digits, size_t count);
/// The decimal digits and a NUL in malloc's memory; null when there is none (`exhausted`).
char* newDigits(const Natural& a, size_t* count);
/// log10 of a, not zero, right to some 15 digits.
double log10Of(const Natural& a);

} // namespace krait::decimal
