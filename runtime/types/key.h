// Hash and equality of keys with the common kinds answered inline: small ints,
// exact str and bytes, identity. Everything else goes to the protocol and may run code.
#pragma once
#include <bit>
#include <cstring>
#include "runtime/object/protocol.h"
#include "runtime/object/slot_functions.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/plain_keys.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

constexpr int64_t kHashModulus = (int64_t{1} << 61) - 1; // a Mersenne prime

inline int64_t smallIntHash(int64_t v) {
  if (v <= -kHashModulus || v >= kHashModulus) [[unlikely]] v %= kHashModulus;
  return v == -1 ? -2 : v;
}
/// hash() of a finite number: its value modulo that prime. The whole mantissa is less than that, and a power of two rotates it.
inline int64_t finiteHash(double d) {
  if (d > -0x1p60 && d < 0x1p60)
    if (const auto whole = static_cast<int64_t>(d); static_cast<double>(whole) == d) return whole == -1 ? -2 : whole;
  constexpr int kBits = 61, kMantissa = 52, kBias = 1023 + kMantissa;
  const auto bits = std::bit_cast<uint64_t>(d);
  const auto exponent = static_cast<unsigned>(bits >> kMantissa & 0x7ff);
  const uint64_t fraction = bits & ((uint64_t{1} << kMantissa) - 1), x = exponent ? fraction | uint64_t{1} << kMantissa : fraction;
  const unsigned turn = ((exponent ? exponent : 1) + (kBits - kBias % kBits)) % kBits;
  const auto h = static_cast<int64_t>((x << turn & kHashModulus) | x >> (kBits - turn));
  return !(bits >> 63) ? h : h == 1 ? -2 : -h;
}
/// The same, and that of infinities.
inline int64_t numberHash(double d) { return d - d == 0 ? finiteHash(d) : d > 0 ? 314159 : -314159; }
/// Whether the hashes that tuples keep hold: no class of tuples has got a __hash__ of its own since.
extern bool tupleHashesHold;
/// Makes a tuple that has not kept its hash do so if that runs no code; false: it does not.
bool tupleKeepsHash(TupleObject* t);
/// The hash of a small int (of most), exact str, bytes or tuple, where that is known without a call. It will stay the same (of a tuple:
/// while tupleHashesHold).
inline bool hashAtOnce(Value v, int64_t* hash) {
  if (v.isSmallInt()) {
    *hash = v.smallInt();
    return static_cast<uint64_t>(*hash) < static_cast<uint64_t>(kHashModulus) || (*hash < -1 && *hash > -kHashModulus);
  }
  if (isExactStr(v)) return (*hash = asStr(v)->hash) != -1;
  if (isExactTuple(v)) return (*hash = asTuple(v)->hash) != 0 && tupleHashesHold;
  return isExactBytes(v) && (*hash = v.as<BytesObject>()->hash) != -1;
}
/// The hash of what leaves that to object: classes, functions, instances. It may change with their class.
int64_t hashByAddress(Value v);
inline bool hashOfAddress(Value v, int64_t* hash) {
  if (!v.isPointer() || typeOfObject(v.object())->hash != hashByAddress) return false;
  *hash = static_cast<int64_t>(v.bits >> 4); // no address is odd
  return true;
}
/// The hash, where that is known without running code.
inline bool hashWithoutCode(Value v, int64_t* hash) { return hashAtOnce(v, hash) || hashOfAddress(v, hash); }
/// hash(v); -1 with an error set.
inline int64_t keyHash(Value v) {
  int64_t h;
  if (hashWithoutCode(v, &h)) return h;
  if (v.isSmallInt()) return smallIntHash(v.smallInt());
  if (v.isImmediateFloat()) return numberHash(v.immediateFloat()); // no NaN is immediate
  if (isExactStr(v)) return strHash(v);
  if (v.isPointer() && v.object()->layout == &complexType.instanceLayout) return complexHash(v);
  return isExactTuple(v) ? tupleHash(v) : hash(v);
}
/// Whether that is for a `__hash__` of its class, which was made in Python, to say.
inline bool hashesItself(Value v) { return v.isPointer() && typeOfObject(v.object())->hash == slot_generics::hashGeneric; }
/// keyHash of what hashAtOnce does not tell: mostly a tuple that was made for this.
inline int64_t askedHash(Value v) {
  if (isExactTuple(v)) return tupleHash(v);
  return hashesItself(v) ? slot_generics::hashGeneric(v) : keyHash(v);
}
/// Equal text of two exact strs as far as that can be told without their characters: 1, 0, or -1.
inline int32_t sameTextAtOnce(Value a, Value b) {
  if (a == b) return 1;
  const StrObject *x = asStr(a), *y = asStr(b);
  return x->length != y->length || x->kind != y->kind || (x->flags & y->flags & kStrInterned) ? 0 : -1;
}
/// Whether `a` and `b` have the same `n` bytes, 2 to 16: by words that may overlap, without a call.
inline bool sameFewBytes(const uint8_t* a, const uint8_t* b, size_t n) {
  const auto differ = [a, b]<class Word>(Word, size_t at) {
    Word x, y;
    std::memcpy(&x, a + at, sizeof x);
    std::memcpy(&y, b + at, sizeof y);
    return x ^ y;
  };
  if (n >= 8) return (differ(uint64_t{}, 0) | differ(uint64_t{}, n - 8)) == 0;
  if (n >= 4) return (differ(uint32_t{}, 0) | differ(uint32_t{}, n - 4)) == 0;
  return (differ(uint16_t{}, 0) | differ(uint16_t{}, n - 2)) == 0;
}
/// Whether two exact strs are the same short text. False: they may still be equal.
inline bool sameShortText(Value a, Value b) {
  const StrObject *x = asStr(a), *y = asStr(b);
  const size_t bytes = static_cast<size_t>(x->length) * x->kind;
  return x->length == y->length && x->kind == y->kind && bytes - 2 <= 14 && sameFewBytes(x->data(), y->data(), bytes);
}
/// Whether two exact tuples have the very same items, as those of places on a grid. False: they may still be equal.
inline bool sameItems(Value a, Value b) {
  if (!isExactTuple(a) || !isExactTuple(b)) return false;
  const TupleObject *x = asTuple(a), *y = asTuple(b);
  if (x->size != y->size) return false;
  for (int64_t i = 0; i < x->size; ++i)
    if (x->items[i] != y->items[i]) return false;
  return true;
}
/// Whether two keys are the same short text or tuples of the very same items. False: they may still be equal.
inline bool equalAtOnce(Value a, Value b) { return isExactStr(b) ? isExactStr(a) && sameShortText(a, b) : sameItems(a, b); }
/// Equal text of two exact strs.
inline bool sameText(Value a, Value b) {
  if (const int32_t same = sameTextAtOnce(a, b); same >= 0) return same;
  const StrObject *x = asStr(a), *y = asStr(b);
  const size_t bytes = static_cast<size_t>(x->length) * x->kind;
  return bytes - 2 <= 14 ? sameFewBytes(x->data(), y->data(), bytes) : std::memcmp(x->data(), y->data(), bytes) == 0;
}
/// Whether exact str `text` is among items[0, n), as far as those are exact strs: 1, 0, or -1.
inline int32_t hasText(const Value* items, int64_t n, Value text) {
  for (int64_t i = 0; i < n; ++i) {
    if (!isExactStr(items[i])) return -1;
    if (sameText(items[i], text)) return 1;
  }
  return 0;
}
/// The same of two exact bytes.
inline bool sameBytes(Value a, Value b) {
  const auto *x = a.as<BytesObject>(), *y = b.as<BytesObject>();
  return x == y || (x->size == y->size && x->data[0] == y->data[0] && std::memcmp(x->data, y->data, static_cast<size_t>(x->size)) == 0); // a zero ends them
}
/// Flags of the types whose comparison is known here and where operators begin.
constexpr uint64_t kNumberKinds = kTypeInt | kTypeFloat | kTypeComplex, kSetKinds = kTypeSet | kTypeFrozenSet;
constexpr uint64_t kPlainKinds = kNumberKinds | kSetKinds | kTypeList | kTypeTuple | kTypeStr | kTypeDict | kTypeNone;
/// Builtin types of which no value of one equals any of the other: str and int, None and list. Nothing that warns (bytes under -b).
inline bool kindsDiffer(const Type* t, const Type* u) {
  if ((t->flags | u->flags) & (kTypeHeap | kTypeRebased)) return false;
  const uint64_t a = t->flags & kPlainKinds, b = u->flags & kPlainKinds, both = a | b;
  return a && b && !(a & b) && both & ~kNumberKinds && both & ~kSetKinds;
}
/// What is compared as a tuple, by every rule: subclasses that leave == and < to it, too.
inline bool comparesAsTuple(Value v) { return v.isPointer() && typeOfObject(v.object())->compare == tupleType.compare; }
inline bool isBool(Value v) { return v == boolean(true) || v == boolean(false); }
/// What equals nothing but itself, as far as its own class says.
inline bool comparesByIdentity(Value v) { return v.isPointer() && typeOfObject(v.object())->compare == objectType.compare; }
/// plainlyEqual of two tuples or lists, plainlyLess of the items of two tuples or lists.
constexpr int kDeepestPlain = 8; // what lies deeper is compared by the protocol, which counts
/// From item i on, where the items are not the same.
int32_t itemsPlainlyEqualFrom(int64_t i, const Value* x, const Value* y, int64_t n, int depth);
inline int32_t itemsPlainlyEqual(const Value* x, const Value* y, int64_t n, int depth) {
  int64_t i = 0;
#pragma clang loop unroll(disable)
  while (i < n && x[i] == y[i]) ++i;
  if (i >= n) return 1;
  return x[i].isSmallInt() && y[i].isSmallInt() ? 0 : itemsPlainlyEqualFrom(i, x, y, n, depth);
}
inline int32_t tuplesPlainlyEqual(const TupleObject* x, const TupleObject* y, int depth) {
  if (x->size != y->size || depth > kDeepestPlain) return -1; // compared item by item all the same
  return itemsPlainlyEqual(x->items, y->items, x->size, depth);
}
inline int32_t listsPlainlyEqual(const ListObject* x, const ListObject* y, int depth) {
  if (x->size != y->size) return 0;
  return depth > kDeepestPlain ? -1 : itemsPlainlyEqual(x->items, y->items, x->size, depth);
}
int32_t itemsPlainlyLess(const Value* x, int64_t m, const Value* y, int64_t n, int depth);
/// a == b as far as that is known without running code: 1, 0, or -1. Immediate numbers, complex ones, bools, exact strs and bytes, tuples and
/// exact lists of them, and what is of different kinds. The same object is equal: for items, which are asked for identity first.
inline int32_t plainlyEqual(Value a, Value b, int depth = 0) {
  if (a == b) return 1;
  if (a.isSmallInt() && b.isSmallInt()) return 0;
  if (a.isImmediateFloat() && b.isImmediateFloat()) return a.immediateFloat() == b.immediateFloat(); // 0.0 and -0.0
  if (!a.isPointer() || !b.isPointer()) {
    double x, y;
    return immediateAsDouble(a, &x) && immediateAsDouble(b, &y) ? x == y : kindsDiffer(typeOf(a), typeOf(b)) ? 0 : -1;
  }
  const Type *t = typeOfObject(a.object()), *u = typeOfObject(b.object());
  if (t == &strType && u == &strType) return sameText(a, b);
  if (t->compare == tupleType.compare && u->compare == tupleType.compare) return tuplesPlainlyEqual(asTuple(a), asTuple(b), depth);
  if (t == &bytesType && u == &bytesType) return sameBytes(a, b);
  if (t == &listType && u == &listType) return listsPlainlyEqual(asList(a), asList(b), depth);
  if (t == &boolType && u == &boolType) return 0;
  if (t == &complexType && u == &complexType)
    return a.as<ComplexObject>()->real == b.as<ComplexObject>()->real && a.as<ComplexObject>()->imag == b.as<ComplexObject>()->imag;
  if (arePlainKeys(t, u)) {
    const int32_t order = orderPlainKeys(a, b);
    return order > 1 ? -1 : order == 0;
  }
  return kindsDiffer(t, u) ? 0 : -1;
}
/// a < b, likewise; exact bytes not, but exact lists.
inline int32_t plainlyLess(Value a, Value b, int depth = 0) {
  if (a.isSmallInt() && b.isSmallInt()) return a.smallInt() < b.smallInt();
  if (!a.isPointer() || !b.isPointer()) {
    double x, y;
    return immediateAsDouble(a, &x) && immediateAsDouble(b, &y) ? x < y : -1;
  }
  if (comparesAsTuple(a) && comparesAsTuple(b))
    return itemsPlainlyLess(asTuple(a)->items, asTuple(a)->size, asTuple(b)->items, asTuple(b)->size, depth);
  if (isExactStr(a) && isExactStr(b)) return strCompare(a, b) < 0;
  if (isBool(a) && isBool(b)) return a == boolean(false) && b == boolean(true);
  if (arePlainKeys(typeOfObject(a.object()), typeOfObject(b.object()))) {
    const int32_t order = orderPlainKeys(a, b);
    return order > 1 ? -1 : order < 0;
  }
  return isExactList(a) && isExactList(b) ? itemsPlainlyLess(asList(a)->items, asList(a)->size, asList(b)->items, asList(b)->size, depth) : -1;
}
/// a == b, identity first; -1 error. Runs code only for others than those.
inline int32_t keysEqual(Value a, Value b) {
  const int32_t plain = plainlyEqual(a, b);
  return plain >= 0 ? plain : equal(a, b);
}

} // namespace krait
