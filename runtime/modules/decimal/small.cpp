// Numbers of at most two limbs, in 128 bits.
#include "runtime/modules/decimal/small.h"

#include <charconv>

namespace krait::decimal::small {

using Wide = unsigned __int128;

constexpr int kMost = 38; // every number of so many digits fits a Wide
static constexpr Tens<Wide, kMost> kTens;

static bool isSmall(const Number& n) { return n.kind == kFinite && n.c.count() <= 2; }
static Wide wide(const Natural& c) { return static_cast<Wide>(c.limb(1)) << 64 | c.limb(0); }

/// 1 for zero.
static int digitsOf(uint64_t v) {
  const int guess = ((64 - __builtin_clzll(v | 1)) * 1233) >> 12;
  return guess + ((v | 1) >= kWordTens.power[guess]);
}
/// 1 for zero; 39 for what is beyond the table.
static int digitsOf(Wide v) {
  const auto high = static_cast<uint64_t>(v >> 64), low = static_cast<uint64_t>(v);
  if (v == 0) return 1;
  // About log10 from the number of bits: right, or one too small.
  const int bits = high ? 128 - __builtin_clzll(high) : 64 - __builtin_clzll(low), guess = (bits * 1233) >> 12;
  return guess + (guess <= kMost && v >= kTens.power[guess]);
}

/// high:low / v, whose quotient fits a word: high < v.
static uint64_t quotientOfWords(uint64_t high, uint64_t low, uint64_t v, uint64_t* rest) {
#ifdef __x86_64__
  uint64_t quotient;
  asm("divq %[v]" : "=a"(quotient), "=d"(*rest) : "a"(low), "d"(high), [v] "r"(v) : "cc");
  return quotient;
#else
  const Wide all = static_cast<Wide>(high) << 64 | low;
  *rest = static_cast<uint64_t>(all % v);
  return static_cast<uint64_t>(all / v);
#endif
}
/// v / by, by the machine's division where `by` is a word.
static void divide(Wide v, Wide by, Wide* quotient, Wide* rest) {
  const auto high = static_cast<uint64_t>(v >> 64), low = static_cast<uint64_t>(v), word = static_cast<uint64_t>(by);
  if (by >> 64) {
    *quotient = v / by;
    *rest = v - *quotient * by;
  } else if (high == 0) {
    *quotient = low / word;
    *rest = low % word;
  } else {
    uint64_t left;
    const uint64_t lower = quotientOfWords(high % word, low, word, &left);
    *quotient = static_cast<Wide>(high / word) << 64 | lower;
    *rest = left;
  }
}
/// Whether a quotient is rounded up that leaves a rest, which is compared with half of the divisor.
template <class Quotient, class Rest> static bool goesUp(Quotient quotient, Rest rest, Rest half, bool negative, Rounding mode) {
  const int cut = rest < half ? 1 : rest == half ? 5 : 9;
  if (mode == kHalfEven) [[likely]] return cut > 5 || (cut == 5 && (quotient & 1));
  const Limb last = mode == k05Up ? static_cast<Limb>(quotient % 5) : 0;
  bool up = false;
  switch (mode) {
  case kUp: up = true; break;
  case kDown: break;
  case kCeiling: up = !negative; break;
  case kFloor: up = negative; break;
  case kHalfUp: up = cut >= 5; break;
  case kHalfDown: up = cut > 5; break;
  case kHalfEven: break;
  case k05Up: up = last == 0; break;
  }
  return up;
}
/// c / 10**n, rounded; 0 < n <= kWordDigits.
static uint64_t shortened(uint64_t c, int n, bool negative, Rounding mode, bool* inexact) {
  const uint64_t unit = kWordTens.power[n], quotient = c / unit, rest = c - quotient * unit;
  *inexact = rest != 0;
  return quotient + (rest && goesUp(quotient, rest, unit / 2, negative, mode));
}
/// The same; 0 < n <= kMost.
static Wide shortened(Wide c, int n, bool negative, Rounding mode, bool* inexact) {
  Wide quotient, rest;
  divide(c, kTens.power[n], &quotient, &rest);
  *inexact = rest != 0;
  if (n > kWordDigits) return rest ? quotient + goesUp(quotient, rest, kTens.power[n] / 2, negative, mode) : quotient;
  const auto word = static_cast<uint64_t>(rest);
  return word ? quotient + goesUp(quotient, word, kWordTens.power[n] / 2, negative, mode) : quotient;
}

/// What settle() asks first. Where this holds, rounding to the precision leads to no exponent below etiny.
static bool fits(int64_t exp, int digits, const Settings& s) {
  const int64_t adjusted = exp + digits - 1;
  return adjusted <= s.emax && adjusted >= s.emin && !(s.clamp && exp > s.etop());
}
static bool settleWord(Number& r, Word w, const Settings& s, uint32_t& status) {
  auto& [c, exp, negative] = w;
  const int digits = digitsOf(c);
  if (!fits(exp, digits, s)) return false;
  if (digits > s.prec) {
    const auto n = static_cast<int>(digits - s.prec);
    bool inexact;
    c = shortened(c, n, negative, s.rounding, &inexact);
    exp += n;
    if (c == kWordTens.power[s.prec]) {
      c = kWordTens.power[s.prec - 1];
      if (++exp + s.prec - 1 > s.emax) return false;
    }
    status |= inexact ? kRounded | kInexact : kRounded;
  }
  r.setFinite(c, 0, exp, negative);
  return true;
}
[[gnu::noinline]] static bool settleWide(Number& r, Wide c, int64_t exp, bool negative, const Settings& s, uint32_t& status) {
  const int digits = digitsOf(c);
  if (!fits(exp, digits, s)) return false;
  if (digits > s.prec) {
    const auto n = static_cast<int>(digits - s.prec);
    if (digits > kMost) return false;
    bool inexact;
    c = shortened(c, n, negative, s.rounding, &inexact);
    exp += n;
    if (c == kTens.power[s.prec]) {
      c = kTens.power[s.prec - 1];
      if (++exp + s.prec - 1 > s.emax) return false;
    }
    status |= inexact ? kRounded | kInexact : kRounded;
  }
  r.setFinite(static_cast<Limb>(c), static_cast<Limb>(c >> 64), exp, negative);
  return true;
}
/// finalize() for what needs neither overflow, subnormals nor clamping.
static bool settle(Number& r, Wide c, int64_t exp, bool negative, const Settings& s, uint32_t& status) {
  return c >> 64 ? settleWide(r, c, exp, negative, s, status) : settleWord(r, {static_cast<uint64_t>(c), exp, negative}, s, status);
}

/// Two coefficients at the lower of their exponents.
static bool align(const Number& a, const Number& b, Wide* x, Wide* y, int64_t* exp) {
  if (!isSmall(a) || !isSmall(b)) return false;
  *x = wide(a.c);
  *y = wide(b.c);
  *exp = a.exp;
  if (a.exp == b.exp) return true;
  Wide& high = a.exp > b.exp ? *x : *y;
  const int64_t distance = a.exp > b.exp ? a.exp - b.exp : b.exp - a.exp;
  if (a.exp > b.exp) *exp = b.exp;
  if (distance > kMost || distance + digitsOf(high) > kMost) return false;
  high *= kTens.power[distance];
  return true;
}

static bool addSigned(Number& r, const Number& a, const Number& b, bool bNegative, const Settings& s, uint32_t& status) {
  if (Word x, y; isWord(a, &x) && isWord(b, &y)) {
    y.negative = bNegative;
    if (Word sum; sumOf(x, y, s.rounding, &sum)) return settleWord(r, sum, s, status);
  }
  int64_t exp;
  Wide x, y;
  if (!align(a, b, &x, &y, &exp)) return false;
  bool negative = a.negative;
  Wide sum;
  if (negative == bNegative) {
    if (__builtin_add_overflow(x, y, &sum)) return false;
  } else if (x == y) {
    sum = 0;
    negative = s.rounding == kFloor;
  } else {
    sum = x > y ? x - y : y - x;
    if (x < y) negative = bNegative;
  }
  return settle(r, sum, exp, negative, s, status);
}
bool add(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) { return addSigned(r, a, b, b.negative, s, status); }
bool subtract(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) { return addSigned(r, a, b, !b.negative, s, status); }

bool multiply(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (!isSmall(a) || !isSmall(b)) return false;
  Wide product;
  if (a.c.count() <= 1 && b.c.count() <= 1) product = static_cast<Wide>(a.c.limb(0)) * b.c.limb(0);
  else if (__builtin_mul_overflow(wide(a.c), wide(b.c), &product)) return false;
  return settle(r, product, a.exp + b.exp, a.negative != b.negative, s, status);
}

/// An inexact quotient of words that is one: of its precision, or one digit more.
static bool divideWords(Number& r, const Word& a, const Word& b, const Settings& s, uint32_t& status) {
  if (!a.c || !b.c || b.c >> 63 || s.prec > kWordDigits) return false;
  const int64_t shift = digitsOf(b.c) - digitsOf(a.c) + s.prec;
  if (shift < 0) return false;
  const Wide scaled = a.c * kTens.power[shift]; // of 19 digits and the precision's at most
  if (static_cast<uint64_t>(scaled >> 64) >= b.c) return false;
  uint64_t rest;
  Word w{quotientOfWords(static_cast<uint64_t>(scaled >> 64), static_cast<uint64_t>(scaled), b.c, &rest), a.exp - b.exp - shift, a.negative != b.negative};
  if (!rest) return false; // as few digits as possible are asked for
  bool up;
  if (const uint64_t limit = kWordTens.power[s.prec]; w.c < limit) {
    up = goesUp(w.c, 2 * rest, b.c, w.negative, s.rounding);
  } else { // the last digit goes, too: there is never just half
    const bool isMore = w.c % 10 >= 5;
    w.c /= 10;
    ++w.exp;
    up = goesUp<uint64_t, unsigned>(w.c, isMore ? 2 : 0, 1, w.negative, s.rounding);
  }
  w.c += up;
  if (w.c == kWordTens.power[s.prec]) {
    w.c /= 10;
    ++w.exp;
  }
  if (!stands(w, s)) return false;
  r.setFinite(w.c, 0, w.exp, w.negative);
  status |= kRounded | kInexact;
  return true;
}
bool divide(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (Word x, y; isWord(a, &x) && isWord(b, &y) && divideWords(r, x, y, s, status)) return true;
  if (!isSmall(a) || !isSmall(b) || a.isZeroCoefficient() || b.isZeroCoefficient()) return false;
  const Wide x = wide(a.c), y = wide(b.c);
  const int n = digitsOf(x);
  const int64_t shift = digitsOf(y) - n + s.prec + 1, ideal = a.exp - b.exp;
  if (shift < 0 || shift + n > kMost) return false;
  const Wide scaled = x * kTens.power[shift];
  Wide quotient, left;
  divide(scaled, y, &quotient, &left);
  int64_t exp = ideal - shift;
  if (left) {
    // Sticky: neither exact nor half may be seen where there is more. (2**64 is 1 modulo 5.)
    if ((static_cast<uint64_t>(quotient >> 64) % 5 + static_cast<uint64_t>(quotient) % 5) % 5 == 0) ++quotient;
  } else {
    for (int zeros = 32; zeros; zeros /= 2) {
      if (exp + zeros > ideal) continue;
      Wide shorter, rest;
      divide(quotient, kTens.power[zeros], &shorter, &rest);
      if (rest) continue;
      quotient = shorter;
      exp += zeros;
    }
  }
  return settle(r, quotient, exp, a.negative != b.negative, s, status);
}

bool divideInteger(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  Wide x, y;
  int64_t exp;
  if (!align(a, b, &x, &y, &exp) || y == 0) return false;
  Wide quotient, rest;
  divide(x, y, &quotient, &rest);
  return digitsOf(quotient) <= s.prec && settle(r, quotient, 0, a.negative != b.negative, s, status);
}
bool remainder(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  Wide x, y;
  int64_t exp;
  if (!align(a, b, &x, &y, &exp) || y == 0) return false;
  Wide quotient, rest;
  divide(x, y, &quotient, &rest);
  return digitsOf(quotient) <= s.prec && settle(r, rest, exp, a.negative, s, status);
}

/// quantize() of a word that stays one.
static bool quantizeWord(Number& r, Word w, int64_t exp, const Settings& s, uint32_t& status) {
  const int64_t up = w.exp - exp;
  uint32_t more = 0;
  if (up > kWordDigits || up < -kWordDigits) return false;
  if (up > 0) {
    if (__builtin_mul_overflow(w.c, kWordTens.power[up], &w.c)) return false;
  } else if (up < 0 && w.c) {
    bool inexact;
    w.c = shortened(w.c, static_cast<int>(-up), w.negative, s.rounding, &inexact);
    more = inexact ? kRounded | kInexact : kRounded;
  }
  w.exp = exp;
  if (!stands(w, s)) return false;
  r.setFinite(w.c, 0, exp, w.negative);
  status |= more;
  return true;
}
bool quantize(Number& r, const Number& a, const Number& b, const Settings& s, uint32_t& status) {
  if (Word w; b.kind == kFinite && isWord(a, &w) && quantizeWord(r, w, b.exp, s, status)) return true;
  if (!isSmall(a) || b.kind != kFinite || b.exp > s.emax || b.exp < s.etiny()) return false;
  Wide c = wide(a.c);
  const int64_t up = a.exp - b.exp;
  const int digits = digitsOf(c);
  uint32_t more = 0;
  if (up > 0) {
    if (digits + up > kMost) return false;
    c *= kTens.power[up];
  } else if (up < 0) {
    if (up < -kMost || digits > kMost) return false;
    bool inexact;
    const bool zero = c == 0;
    c = shortened(c, static_cast<int>(-up), a.negative, s.rounding, &inexact);
    if (!zero) more = inexact ? kRounded | kInexact : kRounded;
  }
  // More digits than the precision are an error, which the caller finds.
  if (digitsOf(c) > s.prec || !settle(r, c, b.exp, a.negative, s, more)) return false;
  status |= more;
  return true;
}

bool plus(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  return isSmall(a) && settle(r, wide(a.c), a.exp, a.negative && (!a.isZeroCoefficient() || s.rounding == kFloor), s, status);
}
bool minus(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  return isSmall(a) && settle(r, wide(a.c), a.exp, !a.negative && (!a.isZeroCoefficient() || s.rounding == kFloor), s, status);
}
bool absolute(Number& r, const Number& a, const Settings& s, uint32_t& status) {
  return isSmall(a) && settle(r, wide(a.c), a.exp, false, s, status);
}

// ---- text ----

bool parseNumber(Number& r, std::string_view s) {
  const bool negative = !s.empty() && s[0] == '-';
  if (negative || (!s.empty() && s[0] == '+')) s.remove_prefix(1);
  if (s.empty() || s.size() > 38) return false;
  Wide c = 0;
  uint64_t part = 0, unit = 1;
  size_t point = s.size();
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '.' && point == s.size()) {
      point = i;
      continue;
    }
    if (s[i] < '0' || s[i] > '9') return false;
    part = part * 10 + static_cast<uint64_t>(s[i] - '0');
    unit *= 10;
    if (unit == 10000000000000000000ull) {
      c = c * unit + part;
      part = 0;
      unit = 1;
    }
  }
  if (point == 0 && s.size() == 1) return false;
  c = c * unit + part;
  r.setFinite(static_cast<Limb>(c), static_cast<Limb>(c >> 64),
            point == s.size() ? 0 : -static_cast<int64_t>(s.size() - point - 1), negative);
  return true;
}

int writeDigits(const Natural& c, char* to) {
  constexpr uint64_t kPart = 10000000000000000000ull;
  if (c.count() <= 1) return static_cast<int>(std::to_chars(to, to + 20, c.limb(0)).ptr - to);
  // Of at most 39 digits the upper 20 fit a limb only just not: three parts.
  Wide v = wide(c);
  const auto low = static_cast<uint64_t>(v % kPart);
  v /= kPart;
  char* p = to;
  auto whole = [&](uint64_t part) {
    for (int i = 18; i >= 0; --i, part /= 10) p[i] = static_cast<char>('0' + part % 10);
    p += 19;
  };
  if (v >= kPart) {
    p = std::to_chars(p, p + 20, static_cast<uint64_t>(v / kPart)).ptr;
    whole(static_cast<uint64_t>(v % kPart));
  } else {
    p = std::to_chars(p, p + 20, static_cast<uint64_t>(v)).ptr;
  }
  whole(low);
  return static_cast<int>(p - to);
}

} // namespace krait::decimal::small
