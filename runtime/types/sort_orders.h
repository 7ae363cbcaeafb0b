// What the keys of a sort are alike, and the orders of such keys, which need no call.
#pragma once
#include <cstring>
#include "runtime/types/float.h"
#include "runtime/types/key.h"

namespace krait {

/// Float: immediate and no -0.0, which is another word than its equal. Latin: exact strs of one byte per character. Truth: bools.
enum class KeyKind { SmallInt, Float, AnyFloat, Latin, Str, Truth, General };

inline KeyKind kindOfKey(Value v) {
  if (v.isSmallInt()) return KeyKind::SmallInt;
  if (v.isImmediateFloat()) return v == Value::immediateOf(-0.0) ? KeyKind::AnyFloat : KeyKind::Float;
  if (isExactStr(v)) return asStr(v)->kind == 1 ? KeyKind::Latin : KeyKind::Str;
  if (isBool(v)) return KeyKind::Truth;
  return isExactFloat(v) ? KeyKind::AnyFloat : KeyKind::General;
}
inline KeyKind joinKinds(KeyKind a, KeyKind b) {
  if (a == b) return a;
  auto isText = [](KeyKind k) { return k == KeyKind::Latin || k == KeyKind::Str; };
  auto isFloating = [](KeyKind k) { return k == KeyKind::Float || k == KeyKind::AnyFloat; };
  if (isText(a) && isText(b)) return KeyKind::Str;
  return isFloating(a) && isFloating(b) ? KeyKind::AnyFloat : KeyKind::General;
}

/// The items of an exact tuple or list.
struct Row {
  explicit Row(Value v)
      : items(isExactTuple(v) ? asTuple(v)->items : asList(v)->items), size(isExactTuple(v) ? asTuple(v)->size : asList(v)->size) {}
  const Value* items;
  int64_t size;
};

// less(a, b) as TimSort asks; order(a, b) is negative, positive, or 0 where neither is known to be less.

struct SmallIntOrder {
  int less(Value a, Value b) const { return static_cast<int64_t>(a.bits) < static_cast<int64_t>(b.bits); }
  int order(Value a, Value b) const { return less(a, b) ? -1 : a.bits != b.bits; }
};
struct FloatOrder {
  int less(Value a, Value b) const { return a.immediateFloat() < b.immediateFloat(); }
};
struct AnyFloatOrder { // some on the heap: NaNs and extreme exponents
  int less(Value a, Value b) const { return floatValue(a) < floatValue(b); }
  int order(Value a, Value b) const {
    const double x = floatValue(a), y = floatValue(b);
    return x < y ? -1 : x > y;
  }
};
struct LatinOrder {
  int less(Value a, Value b) const {
    StrObject *x = asStr(a), *y = asStr(b);
    const uint8_t *p = x->data(), *q = y->data();
    if (p[0] != q[0]) return p[0] < q[0]; // an empty one has its NUL there
    const int64_t n = x->length < y->length ? x->length : y->length;
    if (n >= 4) { // most texts differ in what one word holds
      const uint64_t a8 = n >= 8 ? word(p) : pair(p, n), b8 = n >= 8 ? word(q) : pair(q, n);
      if (a8 != b8) return a8 < b8;
      if (n <= 8) return x->length < y->length;
    }
    const int c = std::memcmp(p, q, static_cast<size_t>(n));
    return c ? c < 0 : x->length < y->length;
  }
  /// Eight bytes, the first the highest.
  static uint64_t word(const uint8_t* p) {
    uint64_t w;
    std::memcpy(&w, p, sizeof w);
    return __builtin_bswap64(w);
  }
  static uint32_t half(const uint8_t* p) {
    uint32_t w;
    std::memcpy(&w, p, sizeof w);
    return __builtin_bswap32(w);
  }

private:
  /// The same for four to eight bytes: the last four may overlap the first.
  static uint64_t pair(const uint8_t* p, int64_t n) { return static_cast<uint64_t>(half(p)) << 32 | half(p + n - 4); }
};
struct StrOrder {
  int less(Value a, Value b) const { return strCompare(a, b) < 0; }
  int order(Value a, Value b) const { return strCompare(a, b); }
};
struct TruthOrder {
  static int of(Value v) { return v == boolean(true); }
  int less(Value a, Value b) const { return of(a) < of(b); }
  int order(Value a, Value b) const { return of(a) - of(b); }
};
/// Of any: -1 without an error where that is not known without running code.
struct OrderWithoutCode {
  int less(Value a, Value b) const { return plainlyLess(a, b); }
};

} // namespace krait
