// exp, ln, log10 and powers, over MPFR.
//
// A result is enclosed: operands and function are rounded down and up in binary,
// both ends are written with a few more digits than asked for, and when they
// agree so does everything between. If not, the precision is doubled (Ziv). Ends
// that stay on two sides of a short decimal enclose exactly that one.
#include <mpfr.h>
#include <cstring>
#include "runtime/modules/decimal/number.h"

namespace krait::decimal {

namespace {

/// An interval with binary ends.
struct Enclosure {
  mpfr_t low, high;
  explicit Enclosure(mpfr_prec_t bits) {
    mpfr_init2(low, bits);
    mpfr_init2(high, bits);
  }
  ~Enclosure() {
    mpfr_clear(low);
    mpfr_clear(high);
  }
  Enclosure(const Enclosure&) = delete;
  Enclosure& operator=(const Enclosure&) = delete;

  void set(const Number& a) {
    mpfr_t power;
    mpfr_init2(power, mpfr_get_prec(low));
    const auto n = static_cast<unsigned long>(a.exp < 0 ? -a.exp : a.exp);
    auto end = [&](mpfr_t out, mpfr_rnd_t toward, mpfr_rnd_t away) {
      mpfr_set_z(out, a.c, toward);
      mpfr_ui_pow_ui(power, 10, n, a.exp < 0 ? away : toward);
      if (a.exp < 0) mpfr_div(out, out, power, toward);
      else mpfr_mul(out, out, power, toward);
    };
    end(low, MPFR_RNDD, MPFR_RNDU);
    end(high, MPFR_RNDU, MPFR_RNDD);
    mpfr_clear(power);
    if (a.negative) {
      mpfr_neg(low, low, MPFR_RNDN);
      mpfr_neg(high, high, MPFR_RNDN);
      mpfr_swap(low, high);
    }
  }
};

/// 0.ddd… · 10**exponent, cut or rounded to n digits, as coefficient and exponent.
void digitsOfBinary(Number& out, mpfr_t v, int64_t n, mpfr_rnd_t mode) {
  mpfr_exp_t exponent;
  char* text = mpfr_get_str(nullptr, &exponent, 10, static_cast<size_t>(n), v, mode);
  const bool negative = text[0] == '-';
  mpz_set_str(out.c, text + negative, 10);
  out.exp = exponent - static_cast<int64_t>(strlen(text + negative));
  out.negative = negative;
  out.kind = kFinite;
  mpfr_free_str(text);
}

/// Evaluates `function(interval, bits)` until the result's digits are known; finalizes by `s`.
template <class Function> void approximate(Number& r, int64_t extraBits, const Settings& s, uint32_t& status, Function function) {
  if (s.prec > kMostDigits) {
    exhausted = true;
    return r.setNan();
  }
  const int64_t n = s.prec + 4;
  int64_t guard = 64;
  for (int round = 0;; ++round, guard *= 2) {
    const auto bits = static_cast<mpfr_prec_t>(static_cast<double>(n) * 3.3219280949) + extraBits + guard;
    Enclosure e(bits);
    function(e, bits);
    Number low, high;
    digitsOfBinary(low, e.low, n, MPFR_RNDZ);
    digitsOfBinary(high, e.high, n, MPFR_RNDZ);
    const bool agree = low.exp == high.exp && mpz_cmp(low.c, high.c) == 0;
    if (agree) {
      // Cut off here; a sticky digit stands for the rest.
      mpz_mul_ui(low.c, low.c, 10);
      mpz_add_ui(low.c, low.c, 1);
      --low.exp;
    } else {
      if (round < 2) continue;
      // Both ends surround a number of n digits: it is the one.
      digitsOfBinary(low, e.low, n, MPFR_RNDN);
    }
    r.set(low);
    uint32_t more = kInexact | kRounded;
    finalize(r, s, more);
    status |= more & kSubnormal ? more | kUnderflow : more;
    return;
  }
}

Settings halfEven(const Settings& s) {
  Settings even = s;
  even.rounding = kHalfEven;
  return even;
}

/// 1, with as many zeros as fit, inexact.
void inexactOne(Number& r, const Settings& s, uint32_t& status) {
  mpz_set(r.c, powerOfTen(s.prec - 1));
  r.exp = -(s.prec - 1);
  r.negative = false;
  r.kind = kFinite;
  status |= kInexact | kRounded;
}
/// What is larger or smaller than every number of the context: rounding does the rest.
void beyond(Number& r, bool small, const Settings& s, uint32_t& status) {
  r.setSmall(1, small ? s.etiny() - 1 : s.emax + 1);
  finalize(r, s, status);
  status |= kInexact | kRounded;
}

/// log10 of x as a double, good to a few digits. x positive.
double roughLog10(const Number& x) {
  mpfr_t v;
  mpfr_init2(v, 64);
  const int64_t digits = x.digits(), drop = digits > 30 ? digits - 30 : 0;
  Number head;
  head.set(x);
  scaleDown(head.c, drop);
  mpfr_set_z(v, head.c, MPFR_RNDN);
  mpfr_log10(v, v, MPFR_RNDN);
  const double l = mpfr_get_d(v, MPFR_RNDN);
  mpfr_clear(v);
  return l + static_cast<double>(x.exp) + static_cast<double>(drop);
}

} // namespace

void exponential(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, s, status)) return;
  if (a.kind == kInfinity) return a.negative ? r.setSmall(0) : r.setInfinity(false);
  if (a.isZeroCoefficient()) return r.setSmall(1);
  const Settings even = halfEven(s);
  const int64_t adjusted = a.adjusted();
  // Too far out for any exponent; or so near to 0 that only 1 remains.
  if (adjusted > 20) return beyond(r, a.negative, even, status);
  if (adjusted < -s.prec - 2) return inexactOne(r, s, status);
  Number x;
  x.set(a);
  // Twice the range is enough to know; more would not fit MPFR's exponents.
  Enclosure e(128);
  e.set(x);
  const double magnitude = mpfr_get_d(e.high, MPFR_RNDN) * 0.4342944819032518;
  if (magnitude > static_cast<double>(s.emax) * 1.001 + 10) return beyond(r, false, even, status);
  if (magnitude < static_cast<double>(s.etiny()) * 1.001 - 10) return beyond(r, true, even, status);
  approximate(r, adjusted > 0 ? adjusted * 4 : 0, even, status, [&](Enclosure& at, mpfr_prec_t) {
    at.set(x);
    mpfr_exp(at.low, at.low, MPFR_RNDD);
    mpfr_exp(at.high, at.high, MPFR_RNDU);
  });
}

/// ln or log10, but for the special cases.
template <int (*Function)(mpfr_t, const mpfr_t, mpfr_rnd_t), bool IsNatural>
static void logarithm(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  Number x;
  x.set(a);
  // Near 1 the result loses what x - 1 has in front.
  const int64_t near = x.adjusted() == 0 || x.adjusted() == -1 ? x.digits() * 4 : 0;
  Number head;
  head.set(x);
  const int64_t exponent = x.adjusted();
  // x = m·10**exponent with 1 <= m < 10, so that exponents of any size will do.
  head.exp = x.exp - exponent;
  const bool split = exponent > 1000000 || exponent < -1000000;
  approximate(r, near, halfEven(s), status, [&](Enclosure& e, mpfr_prec_t bits) {
    e.set(split ? head : x);
    Function(e.low, e.low, MPFR_RNDD);
    Function(e.high, e.high, MPFR_RNDU);
    if (!split) return;
    mpfr_t more;
    mpfr_init2(more, bits);
    auto end = [&](mpfr_t out, mpfr_rnd_t mode) {
      if (IsNatural) {
        mpfr_set_ui(more, 10, MPFR_RNDN);
        // Its rounding is away from zero for positive exponents upwards, and so on.
        mpfr_log(more, more, (exponent > 0) == (mode == MPFR_RNDU) ? MPFR_RNDU : MPFR_RNDD);
        mpfr_mul_si(more, more, exponent, mode);
      } else {
        mpfr_set_si(more, exponent, mode);
      }
      mpfr_add(out, out, more, mode);
    };
    end(e.low, MPFR_RNDD);
    end(e.high, MPFR_RNDU);
    mpfr_clear(more);
  });
}

/// What both logarithms share. True: done.
static bool logarithmSpecial(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, s, status)) return true;
  if (a.isZero()) return r.setInfinity(true), true;
  if (a.negative) return setInvalid(r, kInvalidOperation, status), true;
  if (a.kind == kInfinity) return r.setInfinity(false), true;
  return false;
}
/// a = 10**n: n.
static bool exactPowerOfTen(const Number& a, int64_t* n) {
  const int64_t zeros = a.digits() - 1;
  if (zeros > 100000 || mpz_cmp(a.c, powerOfTen(zeros))) return false;
  *n = zeros + a.exp;
  return true;
}
void naturalLogarithm(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (logarithmSpecial(r, a, s, status)) return;
  int64_t n;
  if (exactPowerOfTen(a, &n) && n == 0) return r.setSmall(0);
  logarithm<mpfr_log, true>(r, a, s, status);
}
void logarithm10(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  if (logarithmSpecial(r, a, s, status)) return;
  int64_t n;
  if (exactPowerOfTen(a, &n)) {
    r.setSmall(static_cast<uint64_t>(n < 0 ? -n : n), 0, n < 0);
    return finalize(r, s, status);
  }
  logarithm<mpfr_log10, false>(r, a, s, status);
}

// ---- powers ----

/// base**e for a positive integer e by squaring with spare digits. Signs and special values are done.
static void powerByInteger(Number& r, const Number& base, const mpz_t e, bool inverse, const Settings& s, uint32_t& status) {
  Settings work = s;
  work.prec = s.prec + 4 + digitsOf(e);
  work.emax = kMaxEmax;
  work.emin = kMinEmin;
  work.rounding = kHalfEven;
  work.clamp = false;
  uint32_t unused = 0;
  Number result(1), factor;
  factor.set(base);
  factor.negative = false;
  if (inverse) {
    ++work.prec;
    Number one(1);
    divide(factor, one, factor, work, unused);
    status |= unused & (kInexact | kRounded);
  }
  for (size_t bit = mpz_sizeinbase(e, 2); bit-- > 0;) {
    multiply(result, result, result, work, unused);
    if (mpz_tstbit(e, bit)) multiply(result, result, factor, work, unused);
    if (!result.isFinite() || result.isZeroCoefficient()) break;
  }
  status |= unused & (kInexact | kRounded);
  if (result.kind == kInfinity || result.isZero()) {
    const bool negative = result.negative;
    beyond(result, result.kind != kInfinity, s, status);
    result.negative = negative;
  }
  r.set(result);
}

void power(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (propagateNan(r, a, b, s, status)) return;
  const bool odd = isOddInteger(b), negative = a.negative && odd;
  if (b.isZero()) {
    if (a.isZero()) return setInvalid(r, kInvalidOperation, status);
    return r.setSmall(1);
  }
  const bool whole = b.isFinite() && isInteger(b);
  if (a.isZero()) {
    if (b.negative) return r.setInfinity(negative);
    return r.setSmall(0, 0, negative);
  }
  if (a.negative && !whole) return setInvalid(r, kInvalidOperation, status);
  if (a.kind == kInfinity) return b.negative ? r.setSmall(0, 0, negative) : r.setInfinity(negative);
  // Against 1.
  Number one(1), size;
  size.set(a);
  size.negative = false;
  const int order = compareNumbers(size, one);
  if (b.kind == kInfinity) {
    if (order == 0) return inexactOne(r, s, status);
    return (order < 0) == b.negative ? r.setInfinity(false) : r.setSmall(0);
  }
  if (order == 0) {
    if (!whole) {
      inexactOne(r, s, status);
      return;
    }
    // Exactly 1, with the exponent that the product of ones has.
    const int64_t below = s.prec - 1;
    int64_t zeros = below;
    if (a.exp > -below - 1 && !b.negative && b.exp >= 0 && b.digits() + b.exp <= 18) {
      mpz_t n;
      mpz_init(n);
      toInteger(n, b);
      const __int128 product = static_cast<__int128>(a.exp < 0 ? -a.exp : 0) * static_cast<int64_t>(mpz_get_ui(n) * 1);
      mpz_clear(n);
      if (product <= below) zeros = static_cast<int64_t>(product);
      else status |= kRounded;
    } else if (a.exp >= 0 || b.negative) {
      zeros = a.exp >= 0 ? 0 : below;
      if (a.exp < 0) status |= kRounded;
    } else {
      status |= kRounded;
    }
    mpz_set(r.c, powerOfTen(zeros));
    r.exp = -zeros;
    r.negative = negative;
    r.kind = kFinite;
    return;
  }
  // Far outside? log10(result) = b·log10(a).
  const double rough = roughLog10(size);
  const bool grows = (rough > 0) != b.negative;
  const double reach = static_cast<double>(b.adjusted()) + __builtin_log10(__builtin_fabs(rough) > 0 ? __builtin_fabs(rough) : 1e-30);
  if (reach > 20) {
    beyond(r, !grows, s, status);
    r.negative = negative;
    return;
  }
  Number result;
  if (whole && b.digits() + b.exp <= 10) {
    mpz_t n;
    mpz_init(n);
    toInteger(n, b);
    mpz_abs(n, n);
    powerByInteger(result, a, n, b.negative, s, status);
    mpz_clear(n);
    result.negative = negative;
    finalize(result, s, status);
    return r.set(result);
  }
  Number exponent;
  exponent.set(b);
  const double magnitude = rough * (b.negative ? -1 : 1) * __builtin_pow(10.0, static_cast<double>(b.adjusted()));
  if (magnitude > static_cast<double>(s.emax) * 1.001 + 10 || magnitude * 10 < static_cast<double>(s.etiny()) * 1.001 - 10) {
    const double exact = rough * (b.negative ? -1 : 1) * mpz_get_d(b.c) * __builtin_pow(10.0, static_cast<double>(b.exp));
    if (exact > static_cast<double>(s.emax) * 1.001 + 10 || exact < static_cast<double>(s.etiny()) * 1.001 - 10) {
      beyond(r, exact < 0, s, status);
      r.negative = negative;
      return;
    }
  }
  // So near to 1 that nothing else remains.
  if (reach < static_cast<double>(-s.prec) - 3) {
    mpz_set(result.c, powerOfTen(s.prec + 2));
    if (grows) mpz_add_ui(result.c, result.c, 1);
    else mpz_sub_ui(result.c, result.c, 1);
    result.exp = -s.prec - 2;
    result.negative = negative;
    finalize(result, s, status);
    return r.set(result);
  }
  approximate(result, 64, s, status, [&](Enclosure& e, mpfr_prec_t bits) {
    Enclosure y(bits);
    e.set(size);
    y.set(exponent);
    mpfr_log(e.low, e.low, MPFR_RNDD);
    mpfr_log(e.high, e.high, MPFR_RNDU);
    // The product's ends are among the four corners.
    mpfr_t corner, least, most;
    mpfr_inits2(bits, corner, least, most, static_cast<mpfr_ptr>(nullptr));
    bool first = true;
    for (mpfr_ptr x : {e.low, e.high})
      for (mpfr_ptr z : {y.low, y.high}) {
        mpfr_mul(corner, x, z, MPFR_RNDD);
        if (first || mpfr_less_p(corner, least)) mpfr_set(least, corner, MPFR_RNDD);
        mpfr_mul(corner, x, z, MPFR_RNDU);
        if (first || mpfr_greater_p(corner, most)) mpfr_set(most, corner, MPFR_RNDU);
        first = false;
      }
    mpfr_exp(e.low, least, MPFR_RNDD);
    mpfr_exp(e.high, most, MPFR_RNDU);
    mpfr_clears(corner, least, most, static_cast<mpfr_ptr>(nullptr));
  });
  result.negative = negative;
  r.set(result);
}

void powerModulo(Number& r, const Number& base, const Number& e, const Number& m, const Settings& s, uint32_t& status) {
  // Signaling NaNs first.
  for (const Number* n : {&base, &e, &m})
    if (n->kind == kSignalingNan) return static_cast<void>(propagateNan(r, *n, s, status));
  for (const Number* n : {&base, &e, &m})
    if (n->isNan()) return static_cast<void>(propagateNan(r, *n, s, status));
  if (!isInteger(base) || !isInteger(e) || !isInteger(m) || m.isZeroCoefficient() || (e.negative && !e.isZeroCoefficient()) ||
      (base.isZeroCoefficient() && e.isZeroCoefficient()) || m.adjusted() >= s.prec)
    return setInvalid(r, kInvalidOperation, status);
  mpz_t modulus, exponent, value;
  mpz_inits(modulus, exponent, value, nullptr);
  toInteger(modulus, m);
  mpz_abs(modulus, modulus);
  toInteger(exponent, e);
  mpz_abs(exponent, exponent);
  // base may be 1E+1000000: reduced in two parts.
  if (base.exp > 0) {
    mpz_t ten;
    mpz_init_set_ui(ten, 10);
    mpz_powm_ui(value, ten, static_cast<unsigned long>(base.exp), modulus);
    mpz_mul(value, value, base.c);
    mpz_clear(ten);
  } else {
    mpz_set(value, base.c);
    scaleDown(value, -base.exp);
  }
  mpz_powm(value, value, exponent, modulus);
  const bool negative = base.negative && isOddInteger(e);
  mpz_set(r.c, value);
  r.exp = 0;
  r.negative = negative;
  r.kind = kFinite;
  mpz_clears(modulus, exponent, value, nullptr);
  finalize(r, s, status);
}

} // namespace krait::decimal
