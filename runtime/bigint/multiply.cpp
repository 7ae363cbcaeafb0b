#include "runtime/bigint/multiply.h"
#include "runtime/bigint/basic.h"
#include "runtime/bigint/scratch.h"
#include "runtime/bigint/thresholds.h"
#include "runtime/bigint/transform.h"

namespace krait::bigint {

void multiplyRows(Limb* r, const Limb* a, Size an, const Limb* b, Size bn) {
  if (an < kShort) {
    r[an] = multiplyShort(r, a, an, b[0], 0);
    for (Size i = 1; i < bn; ++i) r[an + i] = addShort(r + i, a, an, b[i], 0);
    return;
  }
  r[an] = multiplyLimb(r, a, an, b[0]);
  for (Size i = 1; i < bn; ++i) r[an + i] = addProduct(r + i, a, an, b[i]);
}

void squareRows(Limb* r, const Limb* a, Size n) {
  if (n <= 4) return multiplyRows(r, a, n, a, n);
  // What is above the diagonal, twice; then the diagonal.
  r[n] = multiplyLimb(r + 1, a + 1, n - 1, a[0]);
  for (Size i = 1; i + 1 < n; ++i) r[n + i] = addProduct(r + 2 * i + 1, a + i + 1, n - 1 - i, a[i]);
  r[0] = r[2 * n - 1] = 0;
  Limb carry = 0, top = 0;
  for (Size i = 0; i < n; ++i) {
    const Wide t = static_cast<Wide>(a[i]) * a[i];
    const Limb x = r[2 * i], y = r[2 * i + 1];
    r[2 * i] = addCarry(x << 1 | top, low(t), &carry);
    r[2 * i + 1] = addCarry(y << 1 | x >> 63, high(t), &carry);
    top = y >> 63;
  }
}

namespace {

/// a·b, or a² where b is a; an >= bn >= 1. `scratch` has scratchFor(an, bn) limbs.
void multiplyWithin(Limb* r, const Limb* a, Size an, const Limb* b, Size bn, Limb* scratch);

/// What multiplyWithin() needs.
Size scratchFor(Size an, Size bn) { return bn <= (an + 1) / 2 ? 6 * bn + 512 : 4 * an + 512; }

/// r[from …) += v.
void addAt(Limb* r, Size rn, Size from, const Limb* v, Size vn) {
  vn = significant(v, vn);
  add(r + from, r + from, rn - from, v, vn);
}

// a = a1·X + a0, b = b1·X + b0: the middle is a1·b1 + a0·b0 - (a1 - a0)(b1 - b0).
void multiplyByHalves(Limb* r, const Limb* a, Size an, const Limb* b, Size bn, Limb* scratch) {
  const Size h = (an + 1) / 2, at = an - h, bt = bn - h;
  const bool squares = a == b && an == bn;
  Limb* difference = scratch;          // 2h: the product of the differences
  Limb* deeper = scratch + 2 * h;
  auto absolute = [h](Limb* to, const Limb* x, Size top) { // |x0 - x1|
    if (top == h) return subtractAbsolute(to, x, x + h, h);
    if (significant(x + top, h - top) == 0) {
      clear(to + top, h - top);
      return subtractAbsolute(to, x, x + h, top);
    }
    subtract(to, x, h, x + h, top);
    return false;
  };
  bool negative = absolute(r, a, at);
  if (squares) {
    negative = false;
    multiplyWithin(difference, r, h, r, h, deeper);
  } else {
    negative ^= absolute(r + h, b, bt);
    multiplyWithin(difference, r, h, r + h, h, deeper);
  }
  multiplyWithin(r, a, h, b, h, deeper);
  const Limb *x = a + h, *y = b + h;
  if (at >= bt) multiplyWithin(r + 2 * h, x, at, y, bt, deeper);
  else multiplyWithin(r + 2 * h, y, bt, x, at, deeper);
  int64_t carry;
  if (negative) carry = static_cast<int64_t>(add(difference, difference, r, 2 * h));
  else carry = -static_cast<int64_t>(subtract(difference, r, difference, 2 * h));
  carry += static_cast<int64_t>(add(difference, difference, 2 * h, r + 2 * h, at + bt));
  carry += static_cast<int64_t>(add(r + h, r + h, difference, 2 * h));
  addLimb(r + 3 * h, r + 3 * h, at + bt - h, static_cast<Limb>(carry));
}

/// to = x0 + x1 + x2 and to2 = |x0 - x1 + x2| for parts of k limbs, the last of `top`; k + 1 limbs. Whether the second was
/// negative.
bool evaluateAtOnes(Limb* to, Limb* to2, const Limb* x, Size k, Size top) {
  to[k] = add(to, x, k, x + 2 * k, top);
  bool negative = false;
  if (to[k] == 0 && compare(to, x + k, k) < 0) {
    subtract(to2, x + k, to, k);
    to2[k] = 0;
    negative = true;
  } else {
    to2[k] = to[k] - subtract(to2, to, x + k, k);
  }
  to[k] += add(to, to, x + k, k);
  return negative;
}
/// to = x0 + 2·x1 + 4·x2.
void evaluateAtTwo(Limb* to, const Limb* x, Size k, Size top) {
  clear(to + top, k + 1 - top);
  to[top] = shiftLeft(to, x + 2 * k, top, 1);
  addAt(to, k + 1, 0, x + k, k);
  shiftLeft(to, to, k + 1, 1);
  addAt(to, k + 1, 0, x, k);
}

void multiplyByThirds(Limb* r, const Limb* a, Size an, const Limb* b, Size bn, Limb* scratch) {
  const Size k = (an + 2) / 3, at = an - 2 * k, bt = bn - 2 * k, m = 2 * k + 2, rn = an + bn;
  const bool squares = a == b && an == bn;
  Limb *v1 = scratch, *vm = v1 + m, *v2 = vm + m, *deeper = v2 + m;
  // The values of both stand in r until its parts are computed.
  Limb *x = r, *y = squares ? x : r + k + 1;
  Limb *xm = v2, *ym = squares ? xm : v2 + k + 1;
  bool negative = evaluateAtOnes(x, xm, a, k, at);
  if (squares) negative = false;
  else negative ^= evaluateAtOnes(y, ym, b, k, bt);
  multiplyWithin(v1, x, k + 1, y, k + 1, deeper);
  multiplyWithin(vm, xm, k + 1, ym, k + 1, deeper);
  evaluateAtTwo(x, a, k, at);
  if (!squares) evaluateAtTwo(y, b, k, bt);
  multiplyWithin(v2, x, k + 1, y, k + 1, deeper);
  multiplyWithin(r, a, k, b, k, deeper);
  Limb* infinity = r + 4 * k;
  if (at >= bt) multiplyWithin(infinity, a + 2 * k, at, b + 2 * k, bt, deeper);
  else multiplyWithin(infinity, b + 2 * k, bt, a + 2 * k, at, deeper);
  const Size in = at + bt;

  // Each difference here is not negative, and the divisions are exact.
  if (negative) add(v2, v2, vm, m);
  else subtract(v2, v2, vm, m);
  divideBy3(v2, v2, m);
  if (negative) add(vm, v1, vm, m);
  else subtract(vm, v1, vm, m);
  shiftRight(vm, vm, m, 1);
  subtract(v1, v1, m, r, 2 * k);
  subtract(v2, v2, v1, m);
  shiftRight(v2, v2, m, 1);
  subtract(v1, v1, vm, m);
  subtract(v1, v1, m, infinity, in);
  const Size kept = significant(infinity, in);
  subtract(v2, v2, m, infinity, kept);
  subtract(v2, v2, m, infinity, kept);
  subtract(vm, vm, v2, m);

  copy(r + 2 * k, v1, 2 * k);
  addAt(r, rn, 4 * k, v1 + 2 * k, 2);
  addAt(r, rn, k, vm, m);
  addAt(r, rn, 3 * k, v2, m);
}

/// Pieces of a as long as b.
void multiplyPieces(Limb* r, const Limb* a, Size an, const Limb* b, Size bn, Limb* scratch) {
  Limb *piece = scratch, *deeper = scratch + 2 * bn;
  multiplyWithin(r, a, bn, b, bn, deeper);
  for (Size i = bn; i < an; i += bn) {
    const Size n = an - i < bn ? an - i : bn;
    multiplyWithin(piece, b, bn, a + i, n, deeper);
    const Limb carry = add(r + i, piece, r + i, bn);
    addLimb(r + i + bn, piece + bn, n, carry);
  }
}

void multiplyWithin(Limb* r, const Limb* a, Size an, const Limb* b, Size bn, Limb* scratch) {
  if (a == b && an == bn) {
    if (an < kKaratsubaSquareLimbs) return squareRows(r, a, an);
    if (an < kToomSquareLimbs) return multiplyByHalves(r, a, an, b, bn, scratch);
    return multiplyByThirds(r, a, an, b, bn, scratch);
  }
  if (bn < kKaratsubaLimbs) return multiplyRows(r, a, an, b, bn);
  if (bn <= (an + 1) / 2) return multiplyPieces(r, a, an, b, bn, scratch);
  if (bn <= (an + 2) / 3 * 2 || an < kToomLimbs) return multiplyByHalves(r, a, an, b, bn, scratch);
  multiplyByThirds(r, a, an, b, bn, scratch);
}

} // namespace

bool multiply(Limb* r, const Limb* a, Size an, const Limb* b, Size bn) {
  if (a == b && an == bn) return square(r, a, an);
  if (bn < kKaratsubaLimbs) {
    multiplyRows(r, a, an, b, bn);
    return true;
  }
  if (bn >= kTransformLimbs || (bn >= kTransformLimbs / 3 && an + bn >= 3 * kTransformLimbs)) {
    if (an <= 3 * bn || an < 2 * kTransformLimbs) return multiplyByTransform(r, a, an, b, bn);
  } else if (an < 4 * kTransformLimbs) {
    Scratch<1024> scratch(scratchFor(an, bn));
    if (!scratch) return false;
    multiplyWithin(r, a, an, b, bn, scratch.get());
    return true;
  }
  // Pieces of a as long as b, of twice the length where that is still balanced with the transform.
  const Size step = bn >= kTransformLimbs ? 2 * bn : bn;
  Scratch<1024> piece(step + bn);
  if (!piece) return false;
  clear(r, bn);
  for (Size i = 0; i < an; i += step) {
    const Size n = an - i < step ? an - i : step;
    // r[i … i+bn) holds what came from below.
    if (!multiplyAny(piece.get(), a + i, n, b, bn)) return false;
    const Limb carry = add(r + i, piece.get(), r + i, bn);
    addLimb(r + i + bn, piece.get() + bn, n, carry);
  }
  return true;
}

bool multiplyAny(Limb* r, const Limb* a, Size an, const Limb* b, Size bn) {
  if (an == 0 || bn == 0) {
    clear(r, an + bn);
    return true;
  }
  return an >= bn ? multiply(r, a, an, b, bn) : multiply(r, b, bn, a, an);
}

bool square(Limb* r, const Limb* a, Size n) {
  if (n < kKaratsubaSquareLimbs) {
    squareRows(r, a, n);
    return true;
  }
  if (n >= kTransformSquareLimbs) return multiplyByTransform(r, a, n, a, n);
  Scratch<1024> scratch(scratchFor(n, n));
  if (!scratch) return false;
  multiplyWithin(r, a, n, a, n, scratch.get());
  return true;
}

} // namespace krait::bigint
