#include "runtime/modules/decimal/natural.h"
#include <cmath>
#include <cstdlib>
#include <cstring>
#include "runtime/bigint/divide.h"
#include "runtime/bigint/gcd.h"
#include "runtime/bigint/multiply.h"
#include "runtime/bigint/power.h"
#include "runtime/bigint/radix.h"
#include "runtime/bigint/root.h"
#include "runtime/memory/alloc.h"

namespace krait::decimal {

bool exhausted;

void Natural::release() { deallocate(heap_); }

void Natural::fail() {
  exhausted = true;
  count_ = 0;
}

Limb* Natural::extend(Size n, bool keep) {
  constexpr Size kMost = Size{1} << 57;
  auto* next = n > kMost ? nullptr : static_cast<Limb*>(allocate(static_cast<size_t>(n) * sizeof(Limb)));
  if (!next) {
    fail();
    return nullptr;
  }
  if (keep) bigint::copy(next, limbs(), count_);
  if (room_ > kNear) release();
  heap_ = next;
  room_ = n;
  return next;
}

void Natural::set(const Limb* from, Size count) {
  Limb* to = reserve(count);
  if (!to) return;
  if (to != from) bigint::copy(to, from, count);
  written(count);
}

void add(Natural& r, const Natural& a, const Natural& b) {
  const Natural &x = a.count() >= b.count() ? a : b, &y = a.count() >= b.count() ? b : a;
  const Size n = x.count();
  Limb* to = r.reserve(n + 1, true); // x or y may move with it
  if (!to) return;
  to[n] = bigint::add(to, x.limbs(), n, y.limbs(), y.count());
  r.written(n + 1);
}

bool difference(Natural& r, const Natural& a, const Natural& b) {
  const bool less = compare(a, b) < 0;
  const Natural &x = less ? b : a, &y = less ? a : b;
  const Size n = x.count();
  Limb* to = r.reserve(n, true);
  if (!to) return false;
  bigint::subtract(to, x.limbs(), n, y.limbs(), y.count());
  r.written(n);
  return less;
}

void addLimb(Natural& r, uint64_t v) {
  const Size n = r.count();
  Limb* to = r.reserve(n + 1, true);
  if (!to) return;
  to[n] = bigint::addLimb(to, to, n, v);
  r.written(n + 1);
}
void subtractLimb(Natural& r, uint64_t v) {
  bigint::subtractLimb(r.limbs(), r.limbs(), r.count(), v);
  r.written(r.count());
}

void multiply(Natural& r, const Natural& a, const Natural& b) {
  if (a.count() <= 1 && b.count() <= 1) {
    const auto product = static_cast<bigint::Wide>(a.limb(0)) * b.limb(0);
    return r.set(bigint::low(product), bigint::high(product));
  }
  Natural product;
  const Size n = a.count() + b.count();
  Limb* to = product.reserve(n);
  if (to && bigint::multiplyAny(to, a.limbs(), a.count(), b.limbs(), b.count())) product.written(n);
  else product.fail();
  r.swap(product);
}

void multiplyLimb(Natural& r, uint64_t v) {
  const Size n = r.count();
  Limb* to = r.reserve(n + 1, true);
  if (!to) return;
  to[n] = bigint::multiplyLimb(to, to, n, v);
  r.written(n + 1);
}

void divide(Natural& q, Natural& rest, const Natural& a, const Natural& b) {
  if (compare(a, b) < 0) {
    rest.set(a);
    q.set(0);
    return;
  }
  if (b.isZero()) return q.fail(), rest.fail();
  Natural quotient, r;
  const Size qn = a.count() - b.count() + 1, rn = b.count();
  Limb *to = quotient.reserve(qn), *left = r.reserve(rn);
  if (to && left && bigint::divide(to, left, a.limbs(), a.count(), b.limbs(), rn)) {
    quotient.written(qn);
    r.written(rn);
  } else {
    quotient.fail();
    r.fail();
  }
  q.swap(quotient);
  rest.swap(r);
}

uint64_t divideLimb(Natural& r, uint64_t v) {
  if (r.isZero()) return 0;
  const uint64_t rest = bigint::divideLimb(r.limbs(), r.limbs(), r.count(), v);
  r.written(r.count());
  return rest;
}

void shiftLeft(Natural& r, int64_t bits) {
  if (r.isZero() || bits == 0) return;
  const Size words = bits / 64, n = r.count();
  const auto part = static_cast<unsigned>(bits % 64);
  Limb* to = r.reserve(n + words + 1, true);
  if (!to) return;
  to[n + words] = 0;
  if (part) to[n + words] = bigint::shiftLeft(to + words, to, n, part);
  else memmove(to + words, to, static_cast<size_t>(n) * sizeof(Limb));
  bigint::clear(to, words);
  r.written(n + words + 1);
}

void shiftRight(Natural& r, int64_t bits) {
  const Size words = bits / 64, n = r.count() - words;
  if (n <= 0) return r.set(0);
  const auto part = static_cast<unsigned>(bits % 64);
  Limb* to = r.limbs();
  if (part) bigint::shiftRight(to, to + words, n, part);
  else memmove(to, to + words, static_cast<size_t>(n) * sizeof(Limb));
  r.written(n);
}

bool squareRoot(Natural& r, const Natural& a) {
  if (a.isZero()) return r.set(0), true;
  Natural root;
  bool exact = false;
  const Size n = (a.count() + 1) / 2;
  Limb* to = root.reserve(n);
  if (to && bigint::squareRoot(to, &exact, a.limbs(), a.count())) root.written(n);
  else root.fail();
  r.swap(root);
  return exact;
}

void gcd(Natural& r, const Natural& a, const Natural& b) {
  if (a.isZero() || b.isZero()) return r.set(a.isZero() ? b : a);
  Natural divisor;
  Limb* to = divisor.reserve(a.count() < b.count() ? a.count() : b.count());
  const Size n = to ? bigint::gcd(to, a.limbs(), a.count(), b.limbs(), b.count()) : -1;
  if (n < 0) divisor.fail();
  else divisor.written(n);
  r.swap(divisor);
}

void power(Natural& r, uint64_t base, uint64_t e) {
  Limb* to = r.reserve(bigint::powerLimbsAtMost(base, e));
  const Size n = to ? bigint::power(to, base, e) : -1;
  if (n < 0) r.fail();
  else r.written(n);
}

void powerModulo(Natural& r, const Natural& base, const Natural& e, const Natural& m) {
  if (compare(m, 1) == 0) return r.set(0);
  Natural quotient, rest, result;
  divide(quotient, rest, base, m);
  Limb* to = result.reserve(m.count());
  if (to && bigint::powerModulo(to, rest.limbs(), rest.count(), e.limbs(), e.count(), m.limbs(), m.count())) result.written(m.count());
  else result.fail();
  r.swap(result);
}

void setDigits(Natural& r, const char* digits, size_t count) {
  if (count <= 19) {
    uint64_t v = 0;
    for (size_t i = 0; i < count; ++i) v = v * 10 + static_cast<uint64_t>(digits[i] - '0');
    return r.set(v);
  }
  const auto n = static_cast<Size>(count);
  auto* values = static_cast<uint8_t*>(malloc(count));
  Limb* to = values ? r.reserve(bigint::limbsAtMost(n, 10)) : nullptr;
  Size written = -1;
  if (to) {
    for (size_t i = 0; i < count; ++i) values[i] = static_cast<uint8_t>(digits[i] - '0');
    written = bigint::fromDigits(to, values, n, 10);
  }
  free(values);
  if (written < 0) r.fail();
  else r.written(written);
}

char* newDigits(const Natural& a, size_t* count) {
  auto* text = static_cast<char*>(malloc(static_cast<size_t>(bigint::digitsAtMost(a.bitLength(), 10)) + 1));
  const Size n = text ? bigint::toDigits(text, a.limbs(), a.count(), 10) : -1;
  if (n < 0) {
    free(text);
    exhausted = true;
    return nullptr;
  }
  text[n] = 0;
  *count = static_cast<size_t>(n);
  return text;
}

double log10Of(const Natural& a) {
  const Size n = a.count();
  const int lead = __builtin_clzll(a.limb(n - 1));
  const auto top = bigint::wide(a.limb(n - 1), n > 1 ? a.limb(n - 2) : 0) << lead;
  constexpr double kLog10Of2 = 0.30102999566398119521;
  return std::log10(static_cast<double>(bigint::high(top)) * 0x1p-64) + static_cast<double>(n * 64 - lead) * kLog10Of2;
}

} // namespace krait::decimal
