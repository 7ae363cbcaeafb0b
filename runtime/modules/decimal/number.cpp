// Digits, rounding, NaNs, order.
#include <cmath>
#include "runtime/modules/decimal/number.h"

namespace krait::decimal {

bool exhausted;

const mpz_t& powerOfTen(int64_t n) {
  constexpr int kKept = 257;
  static mpz_t kept[kKept], large;
  static int count = 0;
  static int64_t exponentOfLarge = -1;
  if (n > kMostDigits) {
    exhausted = true;
    n = 0;
  }
  if (n < kKept) {
    for (; count <= n; ++count) {
      mpz_init(kept[count]);
      mpz_ui_pow_ui(kept[count], 10, static_cast<unsigned long>(count));
    }
    return kept[n];
  }
  // Of the larger ones the last: programs stay at a precision.
  if (n == exponentOfLarge) return large;
  if (exponentOfLarge < 0) mpz_init(large);
  exponentOfLarge = n;
  mpz_ui_pow_ui(large, 10, static_cast<unsigned long>(n));
  return large;
}

// Those that fit a limb.
static constexpr uint64_t kTens[] = {
    1ull, 10ull, 100ull, 1000ull, 10000ull, 100000ull, 1000000ull, 10000000ull, 100000000ull, 1000000000ull, 10000000000ull,
    100000000000ull, 1000000000000ull, 10000000000000ull, 100000000000000ull, 1000000000000000ull, 10000000000000000ull,
    100000000000000000ull, 1000000000000000000ull, 10000000000000000000ull};

int64_t digitsOf(const mpz_t c) {
  if (mpz_sgn(c) == 0) return 1;
  if (mpz_size(c) == 1) {
    const uint64_t v = mpz_getlimbn(c, 0);
    // About log10 from the number of bits: right, or one too small.
    const int guess = ((64 - __builtin_clzll(v)) * 1233) >> 12;
    return guess + (v >= kTens[guess]);
  }
  // The logarithm tells, unless it is so near to an integer that its error (half an ulp of each part) could matter.
  signed long bits;
  const double mantissa = mpz_get_d_2exp(&bits, c);
  const double logarithm = static_cast<double>(bits) * 0.30102999566398119521 + std::log10(mantissa);
  const double whole = std::floor(logarithm), part = logarithm - whole, doubt = (logarithm + 8) * 4e-15;
  if (part > doubt && part < 1 - doubt) return static_cast<int64_t>(whole) + 1;
  const auto n = static_cast<int64_t>(mpz_sizeinbase(c, 10)); // right or one too large
  return mpz_cmp(c, powerOfTen(n - 1)) < 0 ? n - 1 : n;
}
int64_t Number::digits() const { return digitsOf(c); }

void scaleUp(mpz_t c, int64_t n) {
  if (n <= 0) return;
  if (n < 20) mpz_mul_ui(c, c, kTens[n]);
  else mpz_mul(c, c, powerOfTen(n));
}

int scaleDown(mpz_t c, int64_t n) {
  if (n <= 0) return 0;
  if (mpz_sgn(c) == 0) return 0;
  if (n >= 20 && n > digitsOf(c)) {
    mpz_set_ui(c, 0);
    return 1;
  }
  int cut = 0;
  if (n < 20) {
    const unsigned __int128 twice = static_cast<unsigned __int128>(mpz_tdiv_q_ui(c, c, kTens[n])) * 2;
    return twice == 0 ? 0 : twice < kTens[n] ? 1 : twice == kTens[n] ? 5 : 9;
  }
  mpz_t rest;
  mpz_init(rest);
  const mpz_t& unit = powerOfTen(n);
  mpz_tdiv_qr(c, rest, c, unit);
  if (mpz_sgn(rest)) {
    mpz_mul_2exp(rest, rest, 1);
    const int order = mpz_cmp(rest, unit);
    cut = order < 0 ? 1 : order == 0 ? 5 : 9;
  }
  mpz_clear(rest);
  return cut;
}

bool roundsUp(int cut, const mpz_t c, bool negative, Rounding mode) {
  if (cut == 0) return false;
  switch (mode) {
  case kUp: return true;
  case kDown: return false;
  case kCeiling: return !negative;
  case kFloor: return negative;
  case kHalfUp: return cut >= 5;
  case kHalfDown: return cut > 5;
  case kHalfEven: return cut > 5 || (cut == 5 && mpz_odd_p(c));
  case k05Up: return mpz_fdiv_ui(c, 5) == 0;
  }
  return false;
}

static void overflow(Number& n, const Settings& s, uint32_t& status) {
  const bool largest = s.rounding == kDown || s.rounding == k05Up || (s.rounding == kCeiling && n.negative) ||
                       (s.rounding == kFloor && !n.negative);
  if (largest) {
    mpz_sub_ui(n.c, powerOfTen(s.prec), 1);
    n.exp = s.etop();
  } else {
    n.setInfinity(n.negative);
  }
  status |= kOverflow | kInexact | kRounded;
}

static void finalizeZero(Number& n, const Settings& s, uint32_t& status) {
  const int64_t top = s.clamp ? s.etop() : s.emax, bottom = s.etiny();
  if (n.exp > top) n.exp = top;
  else if (n.exp < bottom) n.exp = bottom;
  else return;
  status |= kClamped;
}

void finalize(Number& n, const Settings& s, uint32_t& status) {
  n.own();
  if (n.kind != kFinite) {
    // A payload keeps as many digits as fit.
    const int64_t room = s.prec - s.clamp;
    if (n.isNan() && !n.isZeroCoefficient() && n.digits() > room) {
      if (room) mpz_tdiv_r(n.c, n.c, powerOfTen(room));
      else mpz_set_ui(n.c, 0);
    }
    return;
  }
  if (n.isZeroCoefficient()) return finalizeZero(n, s, status);
  const int64_t digits = n.digits(), adjusted = n.exp + digits - 1;
  if (adjusted > s.emax) return overflow(n, s, status);
  if (s.clamp && n.exp > s.etop()) {
    scaleUp(n.c, n.exp - s.etop());
    n.exp = s.etop();
    status |= kClamped;
    if (adjusted < s.emin) status |= kSubnormal;
    return;
  }
  if (adjusted < s.emin) {
    status |= kSubnormal;
    const int64_t bottom = s.etiny();
    if (n.exp >= bottom) return;
    const int cut = scaleDown(n.c, bottom - n.exp);
    n.exp = bottom;
    if (roundsUp(cut, n.c, n.negative, s.rounding)) mpz_add_ui(n.c, n.c, 1);
    status |= kRounded;
    if (cut) {
      status |= kInexact | kUnderflow;
      if (n.isZeroCoefficient()) status |= kClamped;
    }
    return;
  }
  if (digits <= s.prec) return;
  const int cut = scaleDown(n.c, digits - s.prec);
  n.exp += digits - s.prec;
  status |= kRounded;
  if (cut) status |= kInexact;
  if (!roundsUp(cut, n.c, n.negative, s.rounding)) return;
  mpz_add_ui(n.c, n.c, 1);
  if (n.digits() <= s.prec) return;
  scaleDown(n.c, 1);
  ++n.exp;
  if (n.exp + s.prec - 1 > s.emax) overflow(n, s, status);
}

void setInvalid(Number& r, uint32_t condition, uint32_t& status) {
  r.setNan();
  status |= condition;
}

static void quietNan(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  const bool signals = a.kind == kSignalingNan;
  r.set(a);
  r.kind = kQuietNan;
  r.exp = 0;
  if (signals) status |= kInvalidOperation;
  finalize(r, s, status);
}
bool propagateNan(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (!a.isNan()) return false;
  quietNan(r, a, s, status);
  return true;
}
bool propagateNan(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (!a.isNan() && !b.isNan()) return false;
  const bool second = a.kind != kSignalingNan && (b.kind == kSignalingNan || !a.isNan());
  quietNan(r, second ? b : a, s, status);
  return true;
}

/// |a| and |b|, finite and not zero.
static int compareMagnitudes(const Number& a, const Number& b) {
  if (const int64_t distance = a.exp - b.exp; mpz_size(a.c) == 1 && mpz_size(b.c) == 1 && distance > -20 && distance < 20) {
    unsigned __int128 x = mpz_getlimbn(a.c, 0), y = mpz_getlimbn(b.c, 0);
    (distance > 0 ? x : y) *= kTens[distance > 0 ? distance : -distance];
    return x < y ? -1 : x > y;
  }
  if (a.exp == b.exp) return mpz_cmp(a.c, b.c);
  const int64_t x = a.adjusted(), y = b.adjusted();
  if (x != y) return x < y ? -1 : 1;
  // Same order of magnitude: the exponents differ by less than the digits.
  mpz_t scaled;
  mpz_init_set(scaled, a.exp > b.exp ? a.c : b.c);
  scaleUp(scaled, a.exp > b.exp ? a.exp - b.exp : b.exp - a.exp);
  const int order = a.exp > b.exp ? mpz_cmp(scaled, b.c) : mpz_cmp(a.c, scaled);
  mpz_clear(scaled);
  return order;
}

int compareNumbers(const Number& a, const Number& b) {
  const int x = a.isZero() ? 0 : a.negative ? -1 : 1, y = b.isZero() ? 0 : b.negative ? -1 : 1;
  if (x != y) return x < y ? -1 : 1;
  if (x == 0) return 0;
  int order;
  if (a.kind == kInfinity || b.kind == kInfinity) order = (a.kind == kInfinity) - (b.kind == kInfinity);
  else order = compareMagnitudes(a, b);
  return x < 0 ? -order : order;
}

int compareTotal(const Number& a, const Number& b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  int order;
  if (a.isNan() || b.isNan()) {
    // Numbers < sNaN < NaN, by payload among themselves.
    auto rank = [](const Number& n) { return n.kind == kQuietNan ? 2 : n.kind == kSignalingNan ? 1 : 0; };
    order = rank(a) != rank(b) ? rank(a) - rank(b) : mpz_cmp(a.c, b.c);
  } else {
    order = a.negative ? -compareNumbers(a, b) : compareNumbers(a, b);
    if (order == 0 && a.kind == kFinite) order = a.exp < b.exp ? -1 : a.exp > b.exp;
  }
  order = order < 0 ? -1 : order > 0;
  return a.negative ? -order : order;
}

bool isInteger(const Number& a) {
  if (!a.isFinite()) return false;
  if (a.exp >= 0 || a.isZeroCoefficient()) return true;
  if (-a.exp >= a.digits()) return false;
  return mpz_divisible_p(a.c, powerOfTen(-a.exp));
}
bool isOddInteger(const Number& a) {
  if (!isInteger(a) || a.exp > 0 || a.isZeroCoefficient()) return false;
  if (a.exp == 0) return mpz_odd_p(a.c);
  Number n;
  n.set(a);
  scaleDown(n.c, -a.exp);
  return mpz_odd_p(n.c);
}
void toInteger(mpz_t out, const Number& a) {
  mpz_set(out, a.c);
  if (a.exp > 0) scaleUp(out, a.exp);
  else scaleDown(out, -a.exp);
  if (a.negative) mpz_neg(out, out);
}

} // namespace krait::decimal
