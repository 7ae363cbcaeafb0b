// The transform of a block of length m at position s of its level takes the
// polynomial modulo x^m - c² apart into those modulo x^(m/2) - c and
// x^(m/2) + c, where c is the s-th root in bit-reversed order, so that one table
// of roots serves all levels. Residues are kept below 4p forward and 2p back
// (Harvey, "Faster arithmetic for number-theoretic transforms", 2014), roots are in
// Montgomery's form ("Modular multiplication without trial division", 1985).
// Blocks are done depth first, which keeps them in the caches.
#include "runtime/bigint/transform.h"
#include "runtime/bigint/basic.h"
#include "runtime/bigint/scratch.h"

namespace krait::bigint {
namespace {

/// p = c·3·2^40 + 1 below 2^62.
struct Prime {
  Limb p, inverseOfP, r, r2; // 1/p modulo 2^64; 2^64 and 2^128 modulo p
  Limb root;                      // generates the residues' group, in Montgomery's form

  constexpr Prime(Limb prime, Limb generator)
      : p(prime), inverseOfP(prime), r(static_cast<Limb>((Wide{1} << 64) % prime)), r2(static_cast<Limb>(static_cast<Wide>(r) * r % prime)),
        root(static_cast<Limb>((static_cast<Wide>(generator) << 64) % prime)) {
    for (int i = 0; i < 5; ++i) inverseOfP *= 2 - prime * inverseOfP; // right modulo 8 at first; each step doubles the bits
  }
  /// x·y/2^64 modulo p, below 2p, for any x and y < p or x·y < 2^64·p.
  constexpr Limb multiply(Limb x, Limb y) const {
    const Wide t = static_cast<Wide>(x) * y;
    return high(t) - multiplyHigh(low(t) * inverseOfP, p) + p;
  }
  constexpr Limb reduced(Limb x) const { return x >= p ? x - p : x; }     // from below 2p
  constexpr Limb halved(Limb x) const { return x >= 2 * p ? x - 2 * p : x; } // from below 4p
  constexpr Limb exact(Limb x, Limb y) const { return reduced(multiply(x, y)); }
  constexpr Limb power(Limb base, Limb e) const { // in Montgomery's form
    Limb result = r;
    for (; e; e >>= 1, base = exact(base, base))
      if (e & 1) result = exact(result, base);
    return result;
  }
  constexpr Limb inverse(Limb x) const { return power(x, p - 2); }
  constexpr Limb toForm(Limb x) const { return exact(x % p, r2); }
};
constexpr Prime kPrimes[] = {{0x3fffc00000000001, 11}, {0x3fff840000000001, 19}, {0x3fff810000000001, 5}};
constexpr int kTwos = 40; // 2^40 divides each p - 1

/// roots[s] for s < n (a power of two): the primitive 2n·2-th root to the bit-reversed s.
void fillRoots(Limb* roots, Size n, const Prime& q) {
  roots[0] = q.r;
  int level = 2; // roots[h] has order 2^level
  for (Size h = 1; h < n; h *= 2, ++level) {
    const Limb w = q.power(q.root, (q.p - 1) >> level);
    for (Size i = 0; i < h; ++i) roots[h + i] = q.exact(roots[i], w);
  }
}

inline void forwardPair(Limb& a, Limb& b, Limb w, const Prime& q) {
  const Limb u = q.halved(a), v = q.multiply(b, w);
  a = u + v;
  b = u - v + 2 * q.p;
}
inline void backPair(Limb& a, Limb& b, Limb w, const Prime& q) {
  const Limb u = a, v = b;
  a = q.halved(u + v);
  b = q.multiply(v - u + 2 * q.p, w);
}

constexpr Size kCached = 1 << 11; // points that fit the first-level cache

/// The block of n = 2^k points at position s of its level.
template <int Which> void forward(Limb* a, Size n, Size s, const Limb* roots) {
  constexpr Prime q = kPrimes[Which];
  if (n <= 1) return;
  if (n == 2) return forwardPair(a[0], a[1], roots[s], q);
  auto quarters = [&](Limb* at, Size length, Size position) {
    const Size h = length / 4;
    const Limb w = roots[position], x = roots[2 * position], y = roots[2 * position + 1];
    for (Size i = 0; i < h; ++i) {
      Limb a0 = at[i], a1 = at[i + h], a2 = at[i + 2 * h], a3 = at[i + 3 * h];
      forwardPair(a0, a2, w, q);
      forwardPair(a1, a3, w, q);
      forwardPair(a0, a1, x, q);
      forwardPair(a2, a3, y, q);
      at[i] = a0, at[i + h] = a1, at[i + 2 * h] = a2, at[i + 3 * h] = a3;
    }
  };
  if (n > kCached) {
    quarters(a, n, s);
    for (Size i = 0; i < 4; ++i) forward<Which>(a + i * (n / 4), n / 4, 4 * s + i, roots);
    return;
  }
  Size blocks = 1, length = n;
  for (; length >= 4; length /= 4, blocks *= 4)
    for (Size i = 0; i < blocks; ++i) quarters(a + i * length, length, s * blocks + i);
  if (length == 2)
    for (Size i = 0; i < blocks; ++i) forwardPair(a[2 * i], a[2 * i + 1], roots[s * blocks + i], q);
}

/// 1/roots[s] = -roots[the same level, from its end]; backPair() has the minus.
inline Limb backRoot(const Limb* roots, Size s, const Prime& q) {
  if (s == 0) return q.p - q.r;
  const Size top = Size{1} << (63 - __builtin_clzll(static_cast<uint64_t>(s)));
  return roots[3 * top - 1 - s];
}

template <int Which> void back(Limb* a, Size n, Size s, const Limb* roots) {
  constexpr Prime q = kPrimes[Which];
  if (n <= 1) return;
  auto quarters = [&](Limb* at, Size length, Size position) {
    const Size h = length / 4;
    const Limb w = backRoot(roots, position, q), x = backRoot(roots, 2 * position, q), y = backRoot(roots, 2 * position + 1, q);
    for (Size i = 0; i < h; ++i) {
      Limb a0 = at[i], a1 = at[i + h], a2 = at[i + 2 * h], a3 = at[i + 3 * h];
      backPair(a0, a1, x, q);
      backPair(a2, a3, y, q);
      backPair(a0, a2, w, q);
      backPair(a1, a3, w, q);
      at[i] = a0, at[i + h] = a1, at[i + 2 * h] = a2, at[i + 3 * h] = a3;
    }
  };
  if (n > kCached) {
    for (Size i = 0; i < 4; ++i) back<Which>(a + i * (n / 4), n / 4, 4 * s + i, roots);
    quarters(a, n, s);
    return;
  }
  Size length = 1, blocks = n;
  if (__builtin_ctzll(static_cast<uint64_t>(n)) & 1) {
    blocks /= 2;
    length = 2;
    for (Size i = 0; i < blocks; ++i) backPair(a[2 * i], a[2 * i + 1], backRoot(roots, s * blocks + i, q), q);
  }
  for (length *= 4, blocks /= 4; blocks; length *= 4, blocks /= 4)
    for (Size i = 0; i < blocks; ++i) quarters(a + i * length, length, s * blocks + i);
}

/// x^(3m) - 1 into x^m - 1, x^m - ω and x^m - ω², and back; in the last two, x is scaled so that 1 is in ω's place.
template <int Which> struct Thirds {
  static constexpr Prime q = kPrimes[Which];
  static constexpr Limb kOmega = q.power(q.root, (q.p - 1) / 3), kOmega2 = q.exact(kOmega, kOmega);

  static Limb step(Size m, bool inverse) { // of order 3m, its m-th power is ω
    const Limb w = q.power(q.root, (q.p - 1) / 3 / static_cast<Limb>(m));
    return inverse ? q.inverse(w) : w;
  }
  static Limb small(Limb x) { return q.reduced(q.halved(x)); } // from below 4p
  static void forward(Limb* a, Size m) {
    const Limb w = step(m, false), w2 = q.exact(w, w);
    Limb s = q.r, s2 = q.r;
    for (Size i = 0; i < m; ++i) {
      const Limb x = q.halved(a[i]), y = a[i + m], z = a[i + 2 * m];
      const Limb y1 = q.multiply(y, kOmega), y2 = q.multiply(y, kOmega2), z1 = q.multiply(z, kOmega), z2 = q.multiply(z, kOmega2);
      a[i] = q.halved(x + q.halved(q.halved(y) + q.halved(z)));
      a[i + m] = q.multiply(q.halved(x + q.halved(y1 + z2)), s);
      a[i + 2 * m] = q.multiply(q.halved(x + q.halved(y2 + z1)), s2);
      s = q.exact(s, w);
      s2 = q.exact(s2, w2);
    }
  }
  static void back(Limb* a, Size m) { // three times the polynomial
    const Limb w = step(m, true), w2 = q.exact(w, w);
    Limb s = q.r, s2 = q.r;
    for (Size i = 0; i < m; ++i) {
      const Limb x = q.halved(a[i]), y = q.multiply(a[i + m], s), z = q.multiply(a[i + 2 * m], s2);
      const Limb y1 = q.multiply(y, kOmega), y2 = q.multiply(y, kOmega2), z1 = q.multiply(z, kOmega), z2 = q.multiply(z, kOmega2);
      a[i] = q.halved(x + q.halved(y + z));
      a[i + m] = q.halved(x + q.halved(y2 + z1));
      a[i + 2 * m] = q.halved(x + q.halved(y1 + z2));
      s = q.exact(s, w);
      s2 = q.exact(s2, w2);
    }
  }
};

/// Pieces of `bits` bits of a number.
struct Pieces {
  const Limb* a;
  Size n, bits;

  Size count() const { return (n * 64 + bits - 1) / bits; }
  /// The i-th; 64 < bits <= 96.
  Wide operator[](Size i) const {
    const Size from = i * bits / 64, shift = i * bits % 64;
    auto limb = [this](Size at) { return at < n ? a[at] : 0; };
    Wide v = wide(limb(from + 1), limb(from)) >> shift;
    if (shift) v |= static_cast<Wide>(limb(from + 2)) << (128 - shift);
    return v & ((Wide{1} << bits) - 1);
  }
};

/// The points of a number modulo a prime, transformed: below 4p.
template <int Which> void load(Limb* to, const Pieces& pieces, Size length, Size thirds, const Limb* roots) {
  constexpr Prime q = kPrimes[Which];
  const Size n = pieces.count();
  for (Size i = 0; i < n; ++i) {
    const Wide v = pieces[i];
    to[i] = q.halved(low(v) >= 2 * q.p ? low(v) - 2 * q.p : low(v)) + q.multiply(high(v), q.r2);
  }
  clear(to + n, length - n);
  const Size m = length / thirds;
  if (thirds == 3) Thirds<Which>::forward(to, m);
  for (Size i = 0; i < thirds; ++i) forward<Which>(to + i * m, m, 0, roots);
}

/// One prime's residues of the product in `to`; `other` and `roots` are intermediate.
template <int Which> void productModulo(Limb* to, Limb* other, Limb* roots, const Pieces& a, const Pieces& b, Size length, Size thirds) {
  constexpr Prime q = kPrimes[Which];
  const Size m = length / thirds;
  fillRoots(roots, m / 2 ? m / 2 : 1, q);
  load<Which>(to, a, length, thirds, roots);
  const bool squares = a.a == b.a && a.n == b.n;
  if (!squares) load<Which>(other, b, length, thirds, roots);
  const Limb* with = squares ? to : other;
  // x·y/2^64, and then times 2^64/length: the transform back multiplies by the length.
  const Limb scale = q.exact(q.inverse(q.toForm(static_cast<Limb>(length))), q.r2);
  for (Size i = 0; i < length; ++i) to[i] = q.multiply(q.multiply(q.reduced(q.halved(to[i])), q.reduced(q.halved(with[i]))), scale);
  for (Size i = 0; i < thirds; ++i) back<Which>(to + i * m, m, 0, roots);
  if (thirds == 3) Thirds<Which>::back(to, m);
  for (Size i = 0; i < length; ++i) to[i] = q.reduced(q.halved(to[i]));
}

/// Garner's form of the Chinese remainder theorem: x = x0 + p0·(x1 + p1·x2). Writes the sum of x_i·2^(bits·i).
void joinPieces(Limb* r, Size rn, const Limb* x0, const Limb* x1, const Limb* x2, Size count, Size bits) {
  constexpr Prime p = kPrimes[0], q = kPrimes[1], s = kPrimes[2];
  constexpr Limb pInQ = q.inverse(q.toForm(p.p)), pInS = s.inverse(s.toForm(p.p)), qInS = s.inverse(s.toForm(q.p));
  constexpr Wide pq = static_cast<Wide>(p.p) * q.p;
  Limb sum[4] = {}; // what is not written yet, from bit `filled` of limb `at`
  Size at = 0, filled = 0;
  Limb pending = 0;
  auto put = [&](Limb v, Size n) { // n low bits of v, n <= 64
    if (n < 64) v &= (Limb{1} << n) - 1;
    pending |= v << filled;
    if (filled + n >= 64) {
      if (at < rn) r[at++] = pending;
      pending = filled ? v >> (64 - filled) : 0;
      filled += n - 64;
    } else {
      filled += n;
    }
  };
  for (Size i = 0; i < count; ++i) {
    const Limb a = x0[i];
    // a < p is less than 2q and 2s: the primes are near to each other.
    const Limb b = q.exact(x1[i] + q.p - q.reduced(a), pInQ);
    const Limb c0 = s.reduced(s.multiply(x2[i] + s.p - s.reduced(a), pInS));
    const Limb c = s.exact(c0 + s.p - s.reduced(b), qInS);
    const Wide t = static_cast<Wide>(p.p) * b + a;
    const Wide l = static_cast<Wide>(low(pq)) * c, h = static_cast<Wide>(high(pq)) * c + high(l);
    Limb carry = 0;
    sum[0] = addCarry(sum[0], low(t), &carry);
    sum[1] = addCarry(sum[1], high(t), &carry);
    sum[2] += carry;
    carry = 0;
    sum[0] = addCarry(sum[0], low(l), &carry);
    sum[1] = addCarry(sum[1], low(h), &carry);
    sum[2] = addCarry(sum[2], high(h), &carry);
    put(sum[0], 64);
    put(sum[1], bits - 64);
    const auto shift = static_cast<unsigned>(bits - 64);
    sum[0] = sum[1] >> shift | sum[2] << (64 - shift);
    sum[1] = sum[2] >> shift;
    sum[2] = 0;
  }
  for (int i = 0; i < 2; ++i) put(sum[i], 64);
  if (at < rn) r[at++] = pending;
  clear(r + at, rn - at);
}

} // namespace

bool multiplyByTransform(Limb* r, const Limb* a, Size an, const Limb* b, Size bn) {
  // A coefficient is a sum of at most `terms` products of two pieces; it must stay below 2^185, less than the primes' product.
  const Size rn = an + bn;
  Size bits = 84;
  auto terms = [&] { return (bn < an ? bn : an) * 64 / bits + 1; };
  while (2 * bits + (64 - __builtin_clzll(static_cast<uint64_t>(terms()))) > 185) --bits;
  const Pieces x{a, an, bits}, y{b, bn, bits};
  const Size count = x.count() + y.count() - 1;
  Size length = 1, thirds = 1;
  while (length < count) length *= 2;
  if (length / 4 * 3 >= count && length >= 8) {
    length = length / 4 * 3;
    thirds = 3;
  }
  if (length > Size{1} << (kTwos - 1)) return false;
  const Size rootCount = length / thirds / 2 + 1;
  Scratch<1> memory(length * (a == b && an == bn ? 3 : 4) + rootCount);
  if (!memory) return false;
  Limb *p = memory.get(), *q = p + length, *s = q + length, *roots = s + length, *other = roots + rootCount;
  productModulo<0>(p, other, roots, x, y, length, thirds);
  productModulo<1>(q, other, roots, x, y, length, thirds);
  productModulo<2>(s, other, roots, x, y, length, thirds);
  joinPieces(r, rn, p, q, s, count, bits);
  return true;
}

} // namespace krait::bigint
