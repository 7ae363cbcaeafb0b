// The constants are sums of inverse hyperbolic tangents, by binary splitting
// (Haible and Papanikolaou, "Fast multiprecision evaluation of series of rational
// numbers", 1998). e**x is its Taylor series at x / 2^s, squared s times (Brent,
// "Fast multiple-precision evaluation of elementary functions", 1976). ln is
// found from e**y by Halley's iteration, whose steps triple the right bits.
#include "runtime/modules/decimal/fixed_point.h"
#include <cmath>

namespace krait::decimal::fixed {
namespace {

/// The sum of 1 / ((2k + 1)·q²^(k - from)) over from <= k < to is t / (b·p).
struct Part {
  Natural b, p, t;
};
void sumPart(Part& sum, uint64_t square, int64_t from, int64_t to) {
  if (to - from == 1) {
    sum.b.set(static_cast<uint64_t>(2 * from + 1));
    sum.p.set(square);
    sum.t.set(square);
    return;
  }
  Part right;
  const int64_t middle = (from + to) / 2;
  sumPart(sum, square, from, middle);
  sumPart(right, square, middle, to);
  multiply(sum.t, sum.t, right.b);
  multiply(sum.t, sum.t, right.p);
  multiply(right.t, right.t, sum.b);
  add(sum.t, sum.t, right.t);
  multiply(sum.b, sum.b, right.b);
  multiply(sum.p, sum.p, right.p);
}

/// y += factor·artanh(1/q), less than `factor` + 1 units too small.
void addArtanh(Natural& y, uint64_t factor, uint64_t q, int64_t bits) {
  const auto terms = static_cast<int64_t>(static_cast<double>(bits) / (2 * std::log2(static_cast<double>(q)))) + 2;
  Part sum;
  sumPart(sum, q * q, 0, terms);
  multiply(sum.b, sum.b, sum.p);
  multiplyLimb(sum.b, q);
  multiplyLimb(sum.t, factor);
  shiftLeft(sum.t, bits);
  divide(sum.t, sum.p, sum.t, sum.b);
  add(y, y, sum.t);
}

/// A constant at the most bits that were asked for, and as it was asked for last.
struct Constant {
  uint64_t factors[3];
  Natural most, last;
  int64_t mostBits = 0, lastBits = 0;

  const Natural& at(int64_t bits) {
    if (bits == lastBits) return last;
    if (bits > mostBits) {
      constexpr int64_t kGuard = 16;
      constexpr uint64_t kArguments[] = {31, 49, 161};
      most.set(0);
      mostBits = 0;
      for (int i = 0; i < 3; ++i) addArtanh(most, factors[i], kArguments[i], bits + kGuard);
      if (exhausted) return last;
      shiftRight(most, kGuard);
      mostBits = bits;
    }
    last.set(most);
    shiftRight(last, mostBits - bits);
    lastBits = bits;
    return last;
  }
};

/// y = a·b / 2^bits
void multiplyFixed(Natural& y, const Natural& a, const Natural& b, int64_t bits) {
  multiply(y, a, b);
  shiftRight(y, bits);
}

double toDouble(const Natural& x, int64_t bits) {
  const int64_t length = x.bitLength(), drop = length > 62 ? length - 62 : 0;
  Natural top(x);
  shiftRight(top, drop);
  return std::ldexp(static_cast<double>(top.limb(0)), static_cast<int>(drop - bits));
}

} // namespace

// ln 2 = 14·artanh(1/31) + 10·artanh(1/49) + 6·artanh(1/161), and ln 5 = 32, 24, 14 of them.
const Natural& logarithmOfTwo(int64_t bits) {
  static Constant two{{14, 10, 6}, {}, {}};
  return two.at(bits);
}
const Natural& logarithmOfTen(int64_t bits) {
  static Constant ten{{46, 34, 20}, {}, {}};
  return ten.at(bits);
}

void exponential(Natural& y, const Natural& x, int64_t bits) {
  // Squarings cost about as much as terms do.
  const auto halvings = static_cast<int64_t>(std::sqrt(static_cast<double>(bits)) * 0.8) + 2;
  const int64_t terms = bits / (halvings - 2) + 8; // more than there are
  // Each term is cut off, and each squaring doubles the error.
  const int64_t work = bits + halvings + 8 + (64 - __builtin_clzll(static_cast<uint64_t>(terms)));
  Natural z(x), term;
  shiftLeft(z, work - bits - halvings); // x / 2^halvings, exactly
  Natural sum(1);
  shiftLeft(sum, work);
  add(sum, sum, z);
  term.set(z);
  for (uint64_t i = 2; !term.isZero(); ++i) {
    multiplyFixed(term, term, z, work);
    divideLimb(term, i);
    add(sum, sum, term);
  }
  for (int64_t i = 0; i < halvings; ++i) multiplyFixed(sum, sum, sum, work);
  shiftRight(sum, work - bits);
  y.swap(sum);
}

bool logarithm(Natural& y, const Natural& x, int64_t bits) {
  constexpr int64_t kFirst = 46, kSpare = 8; // a double's logarithm is right to more bits than that
  const double guess = std::log(toDouble(x, bits));
  bool negative = guess < 0;
  y.set(static_cast<uint64_t>(std::ldexp(std::fabs(guess), 62)));
  int64_t right = kFirst, has = 62;
  // The precision of the steps, so that the last one gives what is asked for.
  int64_t wanted[64];
  int steps = 0;
  for (int64_t b = bits + kSpare; b > right || steps == 0; b = (b + 2) / 3 + 2) wanted[steps++] = b;
  while (steps-- > 0) {
    const int64_t work = wanted[steps];
    if (work > has) shiftLeft(y, work - has);
    else shiftRight(y, has - work);
    has = work;
    Natural e, f(x), one(1), top, rest;
    if (work > bits) shiftLeft(f, work - bits);
    else shiftRight(f, bits - work);
    exponential(e, y, work);
    // y + 2·(x - e^y) / (x + e^y), with everything times e^-y where y is negative.
    if (negative) {
      multiplyFixed(f, f, e, work);
      e.set(1);
      shiftLeft(e, work);
    }
    const bool less = difference(top, f, e);
    add(f, f, e);
    shiftLeft(top, work + 1);
    if (exhausted) return false;
    divide(top, rest, top, f);
    if (less == negative) add(y, y, top);
    else negative ^= difference(y, y, top);
  }
  shiftRight(y, has - bits);
  return negative;
}

} // namespace krait::decimal::fixed
