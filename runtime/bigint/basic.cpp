#include "runtime/bigint/basic.h"

namespace krait::bigint {

#if defined(__x86_64__)
// Four limbs a turn; lea and dec leave the carry alone, which compilers do not know to keep in its flag around a loop.
#define CHAIN_STEP(operation, offset)                                                                                      \
  "movq " #offset "(%[a]), %[t]\n" operation " " #offset "(%[b]), %[t]\n"                                                  \
  "movq %[t], " #offset "(%[r])\n"
#define CHAIN(operation)                                                                                                   \
  Size turns = n >> 2;                                                                                                     \
  unsigned char out = 0;                                                                                                   \
  Limb t;                                                                                                                  \
  if (turns)                                                                                                               \
    asm volatile("clc\n"                                                                                                   \
                 ".p2align 4\n"                                                                                            \
                 "1:\n" CHAIN_STEP(operation, 0) CHAIN_STEP(operation, 8) CHAIN_STEP(operation, 16) CHAIN_STEP(operation, 24) \
                 "leaq 32(%[a]), %[a]\n"                                                                                   \
                 "leaq 32(%[b]), %[b]\n"                                                                                   \
                 "leaq 32(%[r]), %[r]\n"                                                                                   \
                 "decq %[turns]\n"                                                                                         \
                 "jnz 1b\n"                                                                                                \
                 "setc %[out]\n"                                                                                           \
                 : [a] "+r"(a), [b] "+r"(b), [r] "+r"(r), [turns] "+r"(turns), [t] "=&r"(t), [out] "=q"(out)               \
                 :                                                                                                         \
                 : "cc", "memory");                                                                                        \
  Limb carry = out;                                                                                                        \
  n &= 3

#endif

Limb add(Limb* r, const Limb* a, const Limb* b, Size n) {
#if defined(__x86_64__)
  CHAIN("adcq");
#else
  Limb carry = 0;
#endif
  for (Size i = 0; i < n; ++i) r[i] = addCarry(a[i], b[i], &carry);
  return carry;
}

Limb subtract(Limb* r, const Limb* a, const Limb* b, Size n) {
#if defined(__x86_64__)
  CHAIN("sbbq");
#else
  Limb carry = 0;
#endif
  for (Size i = 0; i < n; ++i) r[i] = subBorrow(a[i], b[i], &carry);
  return carry;
}

bool subtractAbsolute(Limb* r, const Limb* a, const Limb* b, Size n) {
  const bool less = compare(a, b, n) < 0;
  subtract(r, less ? b : a, less ? a : b, n);
  return less;
}

void negate(Limb* r, const Limb* a, Size n) {
  Size i = 0;
  for (; i < n && a[i] == 0; ++i) r[i] = 0;
  if (i == n) return;
  r[i] = ~a[i] + 1;
  for (++i; i < n; ++i) r[i] = ~a[i];
}

// Two limbs at a time; each is read before what may be its own place is written.
using Pair = Limb __attribute__((vector_size(16)));
static Pair load(const Limb* a) {
  Pair p;
  memcpy(&p, a, sizeof p);
  return p;
}
static void store(Limb* r, Pair p) { memcpy(r, &p, sizeof p); }

Limb shiftLeft(Limb* r, const Limb* a, Size n, unsigned bits) {
  const unsigned back = 64 - bits;
  const Limb out = a[n - 1] >> back;
  Size i = n - 1;
  for (; i >= 2; i -= 2) store(r + i - 1, load(a + i - 1) << bits | load(a + i - 2) >> back);
  if (i == 1) r[1] = a[1] << bits | a[0] >> back;
  r[0] = a[0] << bits;
  return out;
}

Limb shiftRight(Limb* r, const Limb* a, Size n, unsigned bits) {
  const unsigned back = 64 - bits;
  const Limb out = a[0] << back;
  Size i = 0;
  for (; i + 2 < n; i += 2) store(r + i, load(a + i) >> bits | load(a + i + 1) << back);
  if (i + 1 < n) {
    r[i] = a[i] >> bits | a[i + 1] << back;
    ++i;
  }
  r[i] = a[i] >> bits;
  return out;
}

// ---- a number by a limb ----

namespace {

inline Limb subtractPart(Limb* r, const Limb* a, Size n, Limb v, Limb carry) {
  for (Size i = 0; i < n; ++i) {
    const Wide t = static_cast<Wide>(a[i]) * v + carry;
    const Limb x = r[i];
    r[i] = x - low(t);
    carry = high(t) + (x < low(t));
  }
  return carry;
}

#if defined(__x86_64__)

inline bool hasTwoCarries() { return __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("adx"); }

// Eight limbs a turn with mulx, whose products are added by two independent carry chains: adcx adds the low half of a
// product to the high half of the one before, adox the sum to r. Nothing in the loop touches both flags.
#define PRODUCT(offset, from, to, sum)                                                                                     \
  "mulxq " #offset "(%[a]), %[" sum "], %[" to "]\n"                                                                       \
  "adcxq %[" from "], %[" sum "]\n"
#define ADD_STEP(offset, from, to)                                                                                         \
  PRODUCT(offset, from, to, "t")                                                                                           \
  "adoxq " #offset "(%[r]), %[t]\n"                                                                                        \
  "movq %[t], " #offset "(%[r])\n"
// r - x = ~(~r + x)
#define SUBTRACT_STEP(offset, from, to)                                                                                    \
  PRODUCT(offset, from, to, "t")                                                                                           \
  "movq " #offset "(%[r]), %[u]\n"                                                                                         \
  "notq %[u]\n"                                                                                                            \
  "adoxq %[u], %[t]\n"                                                                                                     \
  "notq %[t]\n"                                                                                                            \
  "movq %[t], " #offset "(%[r])\n"
#define MULTIPLY_STEP(offset, from, to)                                                                                    \
  PRODUCT(offset, from, to, "t")                                                                                           \
  "movq %[t], " #offset "(%[r])\n"
#define EIGHT_STEPS(STEP)                                                                                                  \
  asm volatile("xorl %k[t], %k[t]\n" /* clears both flags */                                                               \
               "jmp 2f\n"                                                                                                  \
               ".p2align 4\n"                                                                                              \
               "1:\n" STEP(0, "c", "d") STEP(8, "d", "c") STEP(16, "c", "d") STEP(24, "d", "c")                            \
                   STEP(32, "c", "d") STEP(40, "d", "c") STEP(48, "c", "d") STEP(56, "d", "c")                             \
               "leaq 64(%[a]), %[a]\n"                                                                                     \
               "leaq 64(%[r]), %[r]\n"                                                                                     \
               "leaq -1(%%rcx), %%rcx\n"                                                                                   \
               "2: jrcxz 3f\n"                                                                                             \
               "jmp 1b\n"                                                                                                  \
               "3:\n"                                                                                                      \
               "movl $0, %k[t]\n"                                                                                          \
               "adcxq %[t], %[c]\n"                                                                                        \
               "adoxq %[t], %[c]\n"                                                                                        \
               : [a] "+r"(a), [r] "+r"(r), "+c"(turns), [c] "+r"(carry), [d] "=&r"(other), [t] "=&r"(sum), [u] "=&r"(more) \
               : "d"(v)                                                                                                    \
               : "cc", "memory")

#define BY_EIGHTS(part, STEP)                                                                                              \
  Limb carry = part(r, a, n & 7, v, 0), other, sum, more;                                                                  \
  r += n & 7;                                                                                                              \
  a += n & 7;                                                                                                              \
  Size turns = n >> 3;                                                                                                     \
  EIGHT_STEPS(STEP);                                                                                                       \
  return carry

Limb multiplyByEights(Limb* r, const Limb* a, Size n, Limb v) { BY_EIGHTS(multiplyShort, MULTIPLY_STEP); }
Limb addByEights(Limb* r, const Limb* a, Size n, Limb v) { BY_EIGHTS(addShort, ADD_STEP); }
Limb subtractByEights(Limb* r, const Limb* a, Size n, Limb v) { BY_EIGHTS(subtractPart, SUBTRACT_STEP); }
#endif

} // namespace

Limb multiplyLimb(Limb* r, const Limb* a, Size n, Limb v) {
#if defined(__x86_64__)
  if (n >= kShort && hasTwoCarries()) return multiplyByEights(r, a, n, v);
#endif
  return multiplyShort(r, a, n, v, 0);
}
Limb addProduct(Limb* r, const Limb* a, Size n, Limb v) {
#if defined(__x86_64__)
  if (n >= kShort && hasTwoCarries()) return addByEights(r, a, n, v);
#endif
  return addShort(r, a, n, v, 0);
}
Limb subtractProduct(Limb* r, const Limb* a, Size n, Limb v) {
#if defined(__x86_64__)
  if (n >= kShort && hasTwoCarries()) return subtractByEights(r, a, n, v);
#endif
  return subtractPart(r, a, n, v, 0);
}

Limb divideLimb(Limb* q, const Limb* a, Size n, Limb v) {
  const int shift = __builtin_clzll(v);
  if (n == 1) {
    const Limb x = a[0];
    q[0] = x / v;
    return x - q[0] * v;
  }
  if ((v & (v - 1)) == 0) { // a power of two
    const Limb rest = a[0] & (v - 1);
    if (v > 1) shiftRight(q, a, n, static_cast<unsigned>(63 - shift));
    else if (q != a) copy(q, a, n);
    return rest;
  }
  const Reciprocal d(v << shift);
  Limb rest = 0;
  if (shift == 0) {
    for (Size i = n - 1; i >= 0; --i) q[i] = divideWide(rest, a[i], d, &rest);
    return rest;
  }
  Limb above = a[n - 1];
  rest = above >> (64 - shift);
  for (Size i = n - 1; i >= 0; --i) {
    const Limb below = i ? a[i - 1] : 0;
    q[i] = divideWide(rest, above << shift | below >> (64 - shift), d, &rest);
    above = below;
  }
  return rest >> shift;
}

Limb moduloLimb(const Limb* a, Size n, Limb v) {
  if (n == 0) return 0;
  if (n == 1) return a[0] % v;
  const int shift = __builtin_clzll(v);
  const Reciprocal d(v << shift);
  Limb rest = 0;
  if (shift == 0) {
    for (Size i = n - 1; i >= 0; --i) divideWide(rest, a[i], d, &rest);
    return rest;
  }
  Limb above = a[n - 1];
  rest = above >> (64 - shift);
  for (Size i = n - 1; i >= 0; --i) {
    const Limb below = i ? a[i - 1] : 0;
    divideWide(rest, above << shift | below >> (64 - shift), d, &rest);
    above = below;
  }
  return rest >> shift;
}

void divideBy3(Limb* q, const Limb* a, Size n) {
  // From the low end by the inverse of 3 modulo B (Jebelean's exact division).
  constexpr Limb kInverse = 0xaaaaaaaaaaaaaaab, kThird = 0x5555555555555555;
  Limb borrow = 0;
  for (Size i = 0; i < n; ++i) {
    const Limb x = a[i], rest = x - borrow;
    const Limb t = rest * kInverse;
    q[i] = t;
    borrow = (x < borrow) + (t > kThird) + (t > 2 * kThird);
  }
}

int64_t countOnes(const Limb* a, Size n) {
  int64_t ones = 0;
  for (Size i = 0; i < n; ++i) ones += __builtin_popcountll(a[i]);
  return ones;
}

int64_t trailingZeros(const Limb* a) {
  Size i = 0;
  while (a[i] == 0) ++i;
  return i * 64 + __builtin_ctzll(a[i]);
}

} // namespace krait::bigint
