// Operators in general: first the pairs of builtin types that come often, then
// the protocol.
#include "runtime/object/slow_operators.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>

#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slot_functions.h"
#include "runtime/types/byte_iter.h"
#include "runtime/types/byte_methods.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/float.h"
#include "runtime/types/float_power.h"
#include "runtime/types/generator.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/key.h"
#include "runtime/types/percent_format.h"
#include "runtime/types/sequence.h"
#include "runtime/types/set_methods.h"
#include "runtime/types/set_table.h"
#include "runtime/types/str.h"
#include "runtime/types/str_iter.h"
#include "runtime/types/str_slots.h"

namespace krait {

namespace {

/// A small int or exact float as a double that equals it.
inline bool asDouble(Value v, double* out) {
  if (immediateAsDouble(v, out)) return true;
  if (!v.isPointer() || typeOfObject(v.object()) != &floatType) return false;
  *out = v.as<FloatObject>()->value;
  return true;
}

/// Both, of which one at least is a float.
inline bool asDoubles(Value a, Value b, double* x, double* y) {
  return !(a.isSmallInt() && b.isSmallInt()) && asDouble(a, x) && asDouble(b, y);
}

/// Of an int that is an object, if an immediate could hold it.
inline bool asWordOfObject(Value v, int64_t* out) {
  auto* number = v.as<IntObject>();
  if (number->size == 0) return *out = 0, true;
  if ((number->size != 1 && number->size != -1) || number->limbs[0] > static_cast<uint64_t>(Value::kSmallMax)) return false;
  const auto size = static_cast<int64_t>(number->limbs[0]);
  *out = number->size < 0 ? -size : size;
  return true;
}
/// Of an exact int that an immediate could be.
inline bool asWord(Value v, int64_t* out) {
  if (v.isSmallInt()) {
    *out = v.smallInt();
    return true;
  }
  return v.isPointer() && v.object()->layout == &intType.instanceLayout && asWordOfObject(v, out);
}

/// Where numbers are objects, most ints are here rather than on the fast paths.
inline bool asWords(Value a, Value b, int64_t* x, int64_t* y) { return krt_numbers_are_objects && asWord(a, x) && asWord(b, y); }

/// Of a small int, or of True or False, which count as one.
inline bool asSmall(Value v, int64_t* out) {
  if (v.isSmallInt()) return *out = v.smallInt(), true;
  *out = v == boolean(true);
  return isBool(v);
}
/// Of two such, of which one at least is a bool.
inline bool withBool(Value a, Value b, int64_t* x, int64_t* y) { return !(a.isSmallInt() && b.isSmallInt()) && asSmall(a, x) && asSmall(b, y); }

/// The operators on such ints; null for what they leave to the general ones.
inline Value addWords(Value a, Value b) {
  int64_t x, y;
  return asWords(a, b, &x, &y) ? newInt(x + y) : Value();
}
inline Value subWords(Value a, Value b) {
  int64_t x, y;
  return asWords(a, b, &x, &y) ? newInt(x - y) : Value();
}
inline Value mulWords(Value a, Value b) {
  int64_t x, y, product;
  return asWords(a, b, &x, &y) && !__builtin_mul_overflow(x, y, &product) ? newInt(product) : Value();
}
inline Value floorDivWords(Value a, Value b) {
  int64_t x, y;
  return asWords(a, b, &x, &y) && y > 0 ? newInt(x / y - (x % y < 0)) : Value();
}
inline Value modWords(Value a, Value b) {
  int64_t x, y;
  return asWords(a, b, &x, &y) && y > 0 ? newInt(x % y < 0 ? x % y + y : x % y) : Value();
}
template <class Operate> inline Value bitWords(Value a, Value b, Operate operate) {
  int64_t x, y;
  return asWords(a, b, &x, &y) ? newInt(operate(x, y)) : Value();
}

/// Small ints of which at least one is a bool (sums and counts of conditions), or of a class for which `isPlain` says that it
/// does here what int does (members of enumerations).
template <class IsPlain> inline bool asWordsOfDerived(Value a, Value b, int64_t* x, int64_t* y, IsPlain isPlain) {
  auto word = [&](Value v, int64_t* out) {
    if (v.isSmallInt()) return *out = v.smallInt(), true;
    if (v == boolean(true) || v == boolean(false)) return *out = v == boolean(true), true;
    if (!v.isPointer()) return false;
    const Type* t = typeOfObject(v.object());
    return (t->flags & (kTypeInt | kTypeHeap)) == (kTypeInt | kTypeHeap) && isPlain(t) && asWordOfObject(v, out);
  };
  return word(a, x) && word(b, y);
}
template <BinaryFn NumberSlots::*kSlot> inline bool asWordsOfDerived(Value a, Value b, int64_t* x, int64_t* y) {
  return asWordsOfDerived(a, b, x, y, [](const Type* t) {
    return t->number && t->number->*kSlot == intType.number->*kSlot && !t->number->iadd;
  });
}

/// Of exact ints, where a word is not enough: their type's own operators.
inline bool bothInts(Value a, Value b) { return isExactInt(a) && isExactInt(b); }
/// & | ^ of bools, and of one and a small int; null for others.
template <class Operate> inline Value bitBools(Value a, Value b, Operate operate) {
  int64_t x, y;
  if (!withBool(a, b, &x, &y)) return {};
  return a.isSmallInt() || b.isSmallInt() ? newInt(operate(x, y)) : boolean(operate(x, y) != 0);
}
/// & | ^ of exact ints; null for others.
template <class Operate> inline Value bitInts(Value a, Value b, Operate operate, BinaryFn whole) {
  if (!bothInts(a, b)) return {};
  const Value r = bitWords(a, b, operate);
  return r ? r : whole(a, b);
}
inline bool bothComplex(Value a, Value b) { return isExact(a, complexType) && isExact(b, complexType); }

/// What b is lets the operator of a class `l`'s instance come first: of the same class, a small int, or of a builtin class that derives from
/// object alone.
inline bool leavesFirst(const Layout* l, Value b) {
  if (!b.isPointer()) return b.isSmallInt();
  const Layout* m = b.object()->layout;
  return m == l || (m->type->base == &objectType && !(m->type->flags & (kTypeHeap | kTypeRebased)));
}

/// An instance of a class that is neither int's nor made in Python, whose own operator comes first, and mostly has an answer.
template <BinaryFn NumberSlots::* Slot> inline bool byOwnOperator(Value a, Value b, Value* result) {
  if (!a.isPointer()) return false;
  const Layout* l = a.object()->layout;
  if (l->type->flags & (kTypeHeap | kTypeRebased | kTypeInt) || !leavesFirst(l, b)) return false;
  const NumberSlots* slots = l->type->number;
  if (!slots || !(slots->*Slot)) return false;
  *result = (slots->*Slot)(a, b);
  if (!*result || *result != notImplemented()) [[likely]] return true;
  decref(*result);
  return false;
}

/// The same of comparisons.
inline bool compareByOwnOperator(Value a, Value b, int32_t op, Value* result) {
  if (!a.isPointer()) return false;
  const Layout* l = a.object()->layout;
  const Type* t = l->type;
  if (t->flags & (kTypeHeap | kTypeRebased | kTypeInt) || !leavesFirst(l, b)) return false;
  if (!t->compare || !t->number || !t->number->add) return false; // no container
  *result = t->compare(a, b, op);
  if (!*result || *result != notImplemented()) [[likely]] return true;
  decref(*result);
  return false;
}

/// & | ^ of anything but bools.
template <BinaryFn NumberSlots::* Slot, class Operate>
[[gnu::noinline]] Value bitwiseOthers(Value a, Value b, Operate operate, BinaryFn ofInts, const char* sign) {
  if (const Value r = bitInts(a, b, operate, ofInts)) return r;
  if (Value r; byOwnOperator<Slot>(a, b, &r)) return r;
  return binary(a, b, Slot, sign);
}
template <BinaryFn NumberSlots::* Slot, class Operate> inline Value bitwise(Value a, Value b, Operate operate, BinaryFn ofInts, const char* sign) {
  const Value r = bitBools(a, b, operate);
  return r ? r : bitwiseOthers<Slot>(a, b, operate, ofInts, sign);
}

Value consumed(Value a, Value result) {
  if (result) decref(a);
  return result;
}

template <BinaryFn NumberSlots::* Slot, BinaryFn NumberSlots::* Inplace> inline bool augmentedByOwn(Value a, Value b, Value* result) {
  const NumberSlots* slots = a.isPointer() ? a.object()->layout->type->number : nullptr;
  if (!slots || slots->*Inplace || !byOwnOperator<Slot>(a, b, result)) return false;
  *result = consumed(a, *result);
  return true;
}
template <BinaryFn NumberSlots::* Slot, BinaryFn NumberSlots::* Inplace> Value augmented(Value a, Value b, const char* symbol) {
  if (Value r; augmentedByOwn<Slot, Inplace>(a, b, &r)) return r;
  return consumed(a, binaryInplace(a, b, Inplace, Slot, symbol));
}

/// &= |= ^= of anything.
template <BinaryFn NumberSlots::* Slot, BinaryFn NumberSlots::* Inplace, class Operate>
[[gnu::noinline]] Value augmentedBitsOfOthers(Value a, Value b, Operate operate, BinaryFn ofInts, const char* symbol) {
  const Value r = bitInts(a, b, operate, ofInts);
  return r ? consumed(a, r) : augmented<Slot, Inplace>(a, b, symbol);
}
template <BinaryFn NumberSlots::* Slot, BinaryFn NumberSlots::* Inplace, class Operate>
inline Value augmentedBits(Value a, Value b, Operate operate, BinaryFn ofInts, const char* symbol) {
  const Value r = bitBools(a, b, operate); // which are not counted
  return r ? r : augmentedBitsOfOthers<Slot, Inplace>(a, b, operate, ofInts, symbol);
}

/// A plain sequence by a small int: neither has another say in their product.
inline bool isRepetition(Value a, Value b) {
  return b.isSmallInt() && (isExactList(a) || isExactStr(a) || isExactTuple(a) || isExactBytes(a));
}

bool bothStr(Value a, Value b) { return isExactStr(a) && isExactStr(b); }
bool bothBytes(Value a, Value b) { return isExactBytes(a) && isExactBytes(b); }

template <class T> bool compareAs(T x, T y, int32_t op) {
  switch (op) {
  case kLt: return x < y;
  case kLe: return x <= y;
  case kEq: return x == y;
  case kNe: return x != y;
  case kGt: return x > y;
  default: return x >= y;
  }
}

/// Of a class that may have operators of its own, and say what it equals: made in Python, or a mirror of another runtime's.
inline bool mayOwnOperators(Value v) { return v.isPointer() && (typeOfObject(v.object())->flags & (kTypeHeap | kTypeRebased)); }

/// An instance of a class of Python that is no number: its operators are nobody else's.
inline bool isOfOwnClass(Value v) { return v.isPointer() && (typeOfObject(v.object())->flags & (kTypeHeap | kTypeInt)) == kTypeHeap; }

/// Where one at least is of a class that may have its own equality, and both compare as object, int or tuple do; else -1.
int32_t compareDerived(Value a, Value b, int32_t op) {
  if (op == kEq || op == kNe) {
    if (comparesByIdentity(a) && comparesByIdentity(b)) return (a == b) == (op == kEq);
    if (comparesAsTuple(a) && comparesAsTuple(b)) {
      const int32_t same = tuplesPlainlyEqual(asTuple(a), asTuple(b), 0);
      return same < 0 ? -1 : same == (op == kEq);
    }
  }
  int64_t m, n;
  return asWordsOfDerived(a, b, &m, &n, [](const Type* t) { return t->compare == intType.compare; }) ? compareAs(m, n, op) : -1;
}

[[gnu::noinline]] int32_t compareBytes(Value a, Value b, int32_t op) {
  return op == kEq || op == kNe ? bytesEqual(a, b) == (op == kEq) : compareAs(bytesOrder(a, b), 0, op);
}

/// Whether it is None's identity alone that says whether they are equal.
inline bool isNoneTo(Value v) { return comparesByIdentity(v) || !(mayOwnOperators(v) || typeOf(v) == &proxyType); }

/// compareBuiltins of other than two strs.
[[gnu::noinline]] int32_t compareOthers(Value a, Value b, int32_t op) {
  double x, y;
  if (bothBytes(a, b)) return compareBytes(a, b, op);
  if (!(a.isPointer() && b.isPointer()) && asDoubles(a, b, &x, &y)) return compareAs(x, y, op);
  const Type *t = typeOf(a), *u = typeOf(b);
  if ((t->flags | u->flags) & (kTypeHeap | kTypeRebased)) return compareDerived(a, b, op);
  if (t == &intType && u == &intType) {
    int64_t m, n;
    return asWords(a, b, &m, &n) ? compareAs(m, n, op) : compareAs(intCompare(a, b), 0, op);
  }
  if (t == u && !(t->flags & (kPlainKinds | kTypeBytes))) // dates, functions, …
    return (op == kEq || op == kNe) && comparesByIdentity(a) ? (a == b) == (op == kEq) : -1;
  if (op == kEq || op == kNe) {
    int32_t same = -1;
    if (t == &tupleType && u == &tupleType) same = tuplesPlainlyEqual(asTuple(a), asTuple(b), 0);
    else if (t == &listType && u == &listType) same = listsPlainlyEqual(asList(a), asList(b), 0);
    else if (kindsDiffer(t, u)) same = 0;
    if (same >= 0) return same == (op == kEq);
  }
  if (set_methods::isPlainSet(a) && set_methods::isPlainSet(b)) return set_methods::comparePlainly(a, b, op);
  if ((op == kEq || op == kNe) && ((isExactList(a) && isExactList(b)) || (isExactDict(a) && isExactDict(b)))) return -1; // item by item
  if ((op == kLt || op == kGt) && ((isExactTuple(a) && isExactTuple(b)) || (isExactList(a) && isExactList(b))))
    return op == kLt ? plainlyLess(a, b) : plainlyLess(b, a);
  if ((op == kEq || op == kNe) && comparesByIdentity(a) && comparesByIdentity(b)) return (a == b) == (op == kEq);
  if (asDoubles(a, b, &x, &y)) return compareAs(x, y, op);
  if ((op == kEq || op == kNe) && (isNone(a) || isNone(b)) && isNoneTo(isNone(a) ? b : a)) return (a == b) == (op == kEq);
  return -1;
}

/// -1 when it takes the protocol.
inline int32_t compareBuiltins(Value a, Value b, int32_t op) {
  if (!bothStr(a, b)) return compareOthers(a, b, op);
  if (op == kEq || op == kNe) return strEqual(a, b) == (op == kEq);
  return compareAs(strCompare(a, b), 0, op);
}

/// Instances whose class compares by a method in Python: nothing builtin decides.
inline bool comparesByMethod(Value a) { return a.isPointer() && typeOfObject(a.object())->compare == slot_generics::compareGeneric; }

/// Of what a comparison gave (owned); -1: an error.
int32_t truthOf(Value r) {
  if (!r) return -1;
  if (r == boolean(true)) return 1;
  if (r == boolean(false)) return 0;
  Ref held(r);
  return isTrue(r);
}

[[gnu::noinline]] int32_t testByProtocol(Value a, Value b, int32_t op) { return truthOf(compare(a, b, static_cast<CompareOp>(op))); }

[[gnu::noinline]] bool sameLongText(Value a, Value b) { return sameText(a, b); }
/// Equality of two exact strs; short ones without a call.
inline int32_t testTexts(Value a, Value b, int32_t op) {
  int32_t same = sameTextAtOnce(a, b);
  if (same < 0) same = sameShortText(a, b) || sameLongText(a, b);
  return same == (op == kEq);
}

[[gnu::noinline]] int32_t testByMethod(Value a, Value b, int32_t op) { return truthOf(compareByMethod(a, b, static_cast<CompareOp>(op))); }

/// Two exact lists, or two exact tuples.
inline bool bothSequences(Value a, Value b) {
  if (!a.isPointer() || !b.isPointer()) return false;
  const Layout* l = a.object()->layout;
  return l == b.object()->layout && (l == &listType.instanceLayout || l == &tupleType.instanceLayout);
}

[[gnu::noinline]] int32_t testSequences(Value a, Value b, int32_t op) {
  const int32_t same = isExactList(a) ? listsPlainlyEqual(asList(a), asList(b), 0) : tuplesPlainlyEqual(asTuple(a), asTuple(b), 0);
  return same >= 0 ? same == (op == kEq) : testByProtocol(a, b, op);
}

[[gnu::noinline]] int32_t testBeyond(Value a, Value b, int32_t op) {
  Value r;
  if (!compareByOwnOperator(a, b, op, &r)) {
    int32_t quick = comparesByMethod(a) ? -1 : compareBuiltins(a, b, op);
    if (quick >= 0) return quick;
    r = compare(a, b, static_cast<CompareOp>(op));
  }
  return truthOf(r);
}

/// What krt_test_slow has not decided.
[[gnu::noinline]] int32_t testOthers(Value a, Value b, int32_t op) {
  const bool isEquality = op == kEq || op == kNe;
  if (int64_t m, n; withBool(a, b, &m, &n)) return compareAs(m, n, op);
  if (comparesByMethod(a)) return testByMethod(a, b, op);
  if (isEquality && (isNone(a) || isNone(b)) && isNoneTo(isNone(a) ? b : a)) return (a == b) == (op == kEq);
  if (bothBytes(a, b)) return compareBytes(a, b, op);
  if (set_methods::isPlainSet(a) && set_methods::isPlainSet(b)) {
    if (const int32_t holds = set_methods::comparePlainly(a, b, op); holds >= 0) return holds;
  }
  return testBeyond(a, b, op);
}

[[gnu::noinline]] Value addOthers(Value a, Value b) {
  double x, y;
  if (bothStr(a, b)) return strConcat(a, b);
  if (isExactList(a) && isExactList(b)) return listType.sequence->concat(a, b);
  if (isOfOwnClass(a)) return add(a, b);
  if (Value r; byOwnOperator<&NumberSlots::add>(a, b, &r)) return r;
  if (bothBytes(a, b)) return byteConcat(a, b);
  if (Value r = addWords(a, b)) return r;
  if (bothInts(a, b)) return intAdd(a, b);
  if (asDoubles(a, b, &x, &y)) return newFloat(x + y);
  if (isExactTuple(a) && isExactTuple(b)) return tupleType.sequence->concat(a, b);
  if (bothComplex(a, b)) {
    auto *c = a.as<ComplexObject>(), *d = b.as<ComplexObject>();
    return newComplex(c->real + d->real, c->imag + d->imag);
  }
  if (int64_t m, n; asWordsOfDerived<&NumberSlots::add>(a, b, &m, &n)) return newInt(m + n);
  return add(a, b);
}

} // namespace

extern "C" {

Value krt_add_slow(Value a, Value b) {
  int64_t m, n;
  return withBool(a, b, &m, &n) ? newInt(m + n) : addOthers(a, b); // what is counted, mostly
}
Value krt_sub_slow(Value a, Value b) {
  double x, y;
  if (int64_t m, n; withBool(a, b, &m, &n)) return newInt(m - n);
  if (isOfOwnClass(a)) return subtract(a, b);
  if (Value r; byOwnOperator<&NumberSlots::sub>(a, b, &r)) return r;
  if (Value r = subWords(a, b)) return r;
  if (bothInts(a, b)) return intSub(a, b);
  if (asDoubles(a, b, &x, &y)) return newFloat(x - y);
  if (bothComplex(a, b)) {
    auto *c = a.as<ComplexObject>(), *d = b.as<ComplexObject>();
    return newComplex(c->real - d->real, c->imag - d->imag);
  }
  if (int64_t m, n; asWordsOfDerived<&NumberSlots::sub>(a, b, &m, &n)) return newInt(m - n);
  return subtract(a, b);
}
Value krt_mul_slow(Value a, Value b) {
  double x, y;
  if (int64_t m, n, product; withBool(a, b, &m, &n) && !__builtin_mul_overflow(m, n, &product)) return newInt(product);
  if (isOfOwnClass(a)) return multiply(a, b);
  if (Value r; byOwnOperator<&NumberSlots::mul>(a, b, &r)) return r;
  if (Value r = mulWords(a, b)) return r;
  if (bothInts(a, b)) return intMul(a, b);
  if (asDoubles(a, b, &x, &y)) return newFloat(x * y);
  if (isRepetition(a, b)) return typeOf(a)->sequence->repeat(a, b.smallInt());
  if (bothComplex(a, b)) {
    auto *c = a.as<ComplexObject>(), *d = b.as<ComplexObject>();
    return newComplex(c->real * d->real - c->imag * d->imag, c->real * d->imag + c->imag * d->real);
  }
  return multiply(a, b);
}
Value krt_truediv_slow(Value a, Value b) {
  double x, y;
  if (Value r; byOwnOperator<&NumberSlots::truediv>(a, b, &r)) return r;
  // Quotients of ints that are exact as doubles are rounded correctly, too.
  if (asDouble(a, &x) && asDouble(b, &y) && y != 0.0) return newFloat(x / y);
  return trueDivide(a, b);
}
Value krt_floordiv_slow(Value a, Value b) {
  if (const Value r = floorDivWords(a, b)) return r;
  if (double x, y; asDoubles(a, b, &x, &y) && y != 0) return newFloat(krt_floordiv_of_doubles(x, y));
  return bothInts(a, b) ? intFloorDiv(a, b) : floorDivide(a, b);
}
Value krt_mod_slow(Value a, Value b) {
  // Of classes that were not made in Python only str and bytes have an operator for this.
  if (isExactStr(a) && !mayOwnOperators(b)) return strFormatPercent(a, b);
  if (isExactBytes(a) && !mayOwnOperators(b)) return byteModulo(a, b);
  if (const Value r = modWords(a, b)) return r;
  if (double x, y; asDoubles(a, b, &x, &y) && y != 0) return newFloat(krt_mod_of_doubles(x, y));
  return bothInts(a, b) ? intMod(a, b) : remainder(a, b);
}
double krt_library_pow(double base, double exponent) { return std::pow(base, exponent); }
double krt_power_two_anywhere(double x) { return powerTwoAnywhere(x); }
Value krt_pow_slow(Value a, Value b) { return power(a, b, none()); }
Value krt_lshift_slow(Value a, Value b) { return bothInts(a, b) ? intShiftLeft(a, b) : binary(a, b, &NumberSlots::lshift, "<<"); }
Value krt_rshift_slow(Value a, Value b) { return bothInts(a, b) ? intShiftRight(a, b) : binary(a, b, &NumberSlots::rshift, ">>"); }
Value krt_and_slow(Value a, Value b) { return bitwise<&NumberSlots::and_>(a, b, std::bit_and<>(), intAnd, "&"); }
Value krt_or_slow(Value a, Value b) { return bitwise<&NumberSlots::or_>(a, b, std::bit_or<>(), intOr, "|"); }
Value krt_xor_slow(Value a, Value b) { return bitwise<&NumberSlots::xor_>(a, b, std::bit_xor<>(), intXor, "^"); }
Value krt_matmul_slow(Value a, Value b) { return binary(a, b, &NumberSlots::matmul, "@"); }

Value krt_iadd_slow(Value a, Value b) {
  if (int64_t m, n; withBool(a, b, &m, &n)) return consumed(a, newInt(m + n));
  if (bothStr(a, b)) return strAppend(a, b);
  if (isExactList(a) && (isExactList(b) || isExactTuple(b))) // which have no say in it
    return listExtend(a, b) < 0 ? consumed(a, Value()) : a;
  if (bothBytes(a, b)) return bytesAppend(a, b);
  if (isExactBytes(b) && a.isPointer() && a.object()->layout == &bytearrayType.instanceLayout)
    return consumed(a, bytearrayType.sequence->inplaceConcat(a, b));
  double x, y;
  if (Value r; augmentedByOwn<&NumberSlots::add, &NumberSlots::iadd>(a, b, &r)) return r;
  if (Value r = addWords(a, b)) return consumed(a, r);
  if (bothInts(a, b)) return consumed(a, intAdd(a, b));
  if (asDoubles(a, b, &x, &y)) return consumed(a, newFloat(x + y));
  if (int64_t m, n; asWordsOfDerived<&NumberSlots::add>(a, b, &m, &n)) return consumed(a, newInt(m + n));
  return consumed(a, binaryInplace(a, b, &NumberSlots::iadd, &NumberSlots::add, "+="));
}
Value krt_text_add(Value a, Value b) { return bothStr(a, b) ? strConcat(a, b) : krt_add_slow(a, b); }
Value krt_text_iadd(Value a, Value b) { return bothStr(a, b) ? strAppend(a, b) : krt_iadd_slow(a, b); }
Value krt_isub_slow(Value a, Value b) {
  double x, y;
  if (int64_t m, n; withBool(a, b, &m, &n)) return consumed(a, newInt(m - n));
  if (Value r; augmentedByOwn<&NumberSlots::sub, &NumberSlots::isub>(a, b, &r)) return r;
  if (Value r = subWords(a, b)) return consumed(a, r);
  if (bothInts(a, b)) return consumed(a, intSub(a, b));
  if (asDoubles(a, b, &x, &y)) return consumed(a, newFloat(x - y));
  return consumed(a, binaryInplace(a, b, &NumberSlots::isub, &NumberSlots::sub, "-="));
}
Value krt_imul_slow(Value a, Value b) {
  double x, y;
  if (int64_t m, n, product; withBool(a, b, &m, &n) && !__builtin_mul_overflow(m, n, &product)) return consumed(a, newInt(product));
  if (Value r; augmentedByOwn<&NumberSlots::mul, &NumberSlots::imul>(a, b, &r)) return r;
  if (Value r = mulWords(a, b)) return consumed(a, r);
  if (bothInts(a, b)) return consumed(a, intMul(a, b));
  if (asDoubles(a, b, &x, &y)) return consumed(a, newFloat(x * y));
  return consumed(a, binaryInplace(a, b, &NumberSlots::imul, &NumberSlots::mul, "*="));
}
Value krt_itruediv_slow(Value a, Value b) {
  return augmented<&NumberSlots::truediv, &NumberSlots::itruediv>(a, b, "/=");
}
Value krt_ifloordiv_slow(Value a, Value b) {
  return augmented<&NumberSlots::floordiv, &NumberSlots::ifloordiv>(a, b, "//=");
}
Value krt_imod_slow(Value a, Value b) { return augmented<&NumberSlots::mod, &NumberSlots::imod>(a, b, "%="); }
Value krt_ipow_slow(Value a, Value b) { return consumed(a, powerInplace(a, b)); }
Value krt_ilshift_slow(Value a, Value b) {
  return bothInts(a, b) ? consumed(a, intShiftLeft(a, b)) : augmented<&NumberSlots::lshift, &NumberSlots::ilshift>(a, b, "<<=");
}
Value krt_irshift_slow(Value a, Value b) {
  return bothInts(a, b) ? consumed(a, intShiftRight(a, b)) : augmented<&NumberSlots::rshift, &NumberSlots::irshift>(a, b, ">>=");
}
Value krt_iand_slow(Value a, Value b) { return augmentedBits<&NumberSlots::and_, &NumberSlots::iand>(a, b, std::bit_and<>(), intAnd, "&="); }
Value krt_ior_slow(Value a, Value b) { return augmentedBits<&NumberSlots::or_, &NumberSlots::ior>(a, b, std::bit_or<>(), intOr, "|="); }
Value krt_ixor_slow(Value a, Value b) { return augmentedBits<&NumberSlots::xor_, &NumberSlots::ixor>(a, b, std::bit_xor<>(), intXor, "^="); }
Value krt_imatmul_slow(Value a, Value b) { return augmented<&NumberSlots::matmul, &NumberSlots::imatmul>(a, b, "@="); }

Value krt_neg_slow(Value v) { return negative(v); }
Value krt_pos(Value v) { return positive(v); }
Value krt_invert(Value v) { return invert(v); }

// Their fast halves have compared lengths: only the characters are left.
/// The deepest frame that there may be: a comparison, which is a level of its own under CPython, is none that may be done at once.
static inline bool isAtLimit() { return krt_hot.depth >= krt_hot.limit; }
[[gnu::noinline]] static int32_t testAtLimit(Value a, Value b, int32_t op) {
  if ((op == kEq || op == kNe) && bothStr(a, b)) return testTexts(a, b, op); // CPython's bytecode knows texts
  const Ref answer(compare(a, b, static_cast<CompareOp>(op)));
  return answer ? isTrue(answer) : -1;
}
/// Whether an item may be looked for, the first of which `first` is.
static inline bool mayCompare(Value first, Value v) {
  if (!isAtLimit() || first == v) [[likely]] return true;
  const RecursionLevels level(1, " in comparison");
  return static_cast<bool>(level);
}

Value krt_compare_text_slow(Value a, Value text, int32_t op) {
  if (isExactStr(a)) return boolean(strEqual(a, text) == (op == kEq));
  if (kindsDiffer(typeOf(a), &strType)) return boolean(op == kNe);
  return krt_compare_slow(a, text, op);
}
int32_t krt_test_text_slow(Value a, Value text, int32_t op) {
  if (isExactStr(a)) return strEqual(a, text) == (op == kEq);
  if (kindsDiffer(typeOf(a), &strType)) return op == kNe;
  return testBeyond(a, text, op);
}

int32_t krt_known_text_slow(Value a, Value b) {
  if (comparesByIdentity(a) && comparesByIdentity(b)) return a == b;
  if (a == b && !a.isSmallInt() && !isExactStr(a) && !comparesAsTuple(a)) return -1; // a NaN, or a class that has a say in it
  return plainlyEqual(a, b);
}

/// What krt_compare_slow does not tell at once.
[[gnu::noinline]] static Value compareBeyond(Value a, Value b, int32_t op) {
  if (comparesByMethod(a)) return compareByMethod(a, b, static_cast<CompareOp>(op));
  if (Value r; compareByOwnOperator(a, b, op, &r)) return r;
  int32_t r = compareBuiltins(a, b, op);
  return r >= 0 ? boolean(r) : compare(a, b, static_cast<CompareOp>(op));
}
// As below.
Value krt_compare_slow(Value a, Value b, int32_t op) {
  if (isAtLimit()) [[unlikely]] return compare(a, b, static_cast<CompareOp>(op));
  if ((op == kEq || op == kNe) && bothStr(a, b)) return boolean(testTexts(a, b, op));
  return compareBeyond(a, b, op);
}

// Nothing is saved for what takes no more than a look.
int32_t krt_test_slow(Value a, Value b, int32_t op) {
  if (isAtLimit()) [[unlikely]] return testAtLimit(a, b, op);
  if (op == kEq || op == kNe) {
    if (bothStr(a, b)) return testTexts(a, b, op);
    if (bothBytes(a, b)) return compareBytes(a, b, op);
    if (bothSequences(a, b)) return testSequences(a, b, op);
    if (comparesByIdentity(a) && comparesByIdentity(b)) return (a == b) == (op == kEq);
  }
  return testOthers(a, b, op);
}

int32_t krt_truth_slow(Value v) {
  if (v.isImmediateFloat()) return v.immediateFloat() != 0;
  if (const int32_t known = truthAtHand(v); known >= 0) return known;
  const Type* t = v.object()->layout->type;
  return t->flags & kTypeInherited && t->number && t->number->truth ? t->number->truth(v) : isTrue(v);
}

namespace {

/// Whether v is among items[0, n), as far as that is told by a comparison of words each; -1: ask.
inline int32_t hasAtOnce(const Value* items, int64_t n, Value v) {
  if (isExactStr(v)) return hasText(items, n, v);
  if (!v.isSmallInt()) return -1;
  for (int64_t i = 0; i < n; ++i) {
    if (items[i] == v) return 1;
    if (!items[i].isSmallInt()) return -1;
  }
  return 0;
}

/// Bytes and characters by a small int in range; null for all else.
inline Value smallItem(Value o, Value key) {
  const Layout* l = o.object()->layout;
  int64_t i = key.smallInt();
  if (l == &strType.instanceLayout) {
    StrObject* s = asStr(o);
    if (s->kind == 1 && findItem(&i, s->length)) return latin1Char(s->data()[i]);
  } else if (l == &bytearrayType.instanceLayout) {
    auto* b = o.as<ByteArrayObject>();
    if (findItem(&i, b->size)) return Value::ofSmallInt(b->start[i]);
  } else if (l == &bytesType.instanceLayout) {
    auto* b = o.as<BytesObject>();
    if (findItem(&i, b->size)) return Value::ofSmallInt(b->data[i]);
  }
  return {};
}

/// An item of what is a list but for its class `t`, which leaves subscripts to it; null: ask.
inline Value itemOfSubclass(Value o, Value key, const Type* t) {
  if (!t->mapping || t->mapping->subscript != listType.mapping->subscript) return {};
  int64_t i = key.smallInt();
  return findItem(&i, asList(o)->size) ? newRef(asList(o)->items[i]) : Value();
}

inline bool setSmallItem(Value o, Value key, Value v) {
  if (!(key.bits & v.bits & Value::kIntTag) || !o.isPointer() || o.object()->layout != &bytearrayType.instanceLayout) return false;
  auto* b = o.as<ByteArrayObject>();
  int64_t i = key.smallInt();
  if (!findItem(&i, b->size) || static_cast<uint64_t>(v.smallInt()) > 255) return false;
  b->start[i] = static_cast<uint8_t>(v.smallInt());
  return true;
}

} // namespace

Value krt_item_get_slow(Value o, Value key) {
  if (isExactDict(o)) return dictSubscript(o, key);
  if (key.isSmallInt() && o.isPointer()) {
    const Layout* l = o.object()->layout;
    if (int64_t i = key.smallInt(); l->flags & kLayoutTupleItems && findItem(&i, asTuple(o)->size)) return newRef(asTuple(o)->items[i]);
    const Type* t = l->type;
    if (Value item = t->flags & kTypeList ? itemOfSubclass(o, key, t) : smallItem(o, key)) return item;
  }
  if (int64_t i; krt_numbers_are_objects && isExactList(o) && asWord(key, &i) && findItem(&i, asList(o)->size)) return newRef(asList(o)->items[i]);
  return getItem(o, key);
}

int32_t krt_item_set_slow(Value o, Value key, Value v) {
  if (setSmallItem(o, key, v)) return 0;
  return isExactDict(o) ? dictSet(o, key, v) : setItem(o, key, v);
}
int32_t krt_item_del(Value o, Value key) { return isExactDict(o) ? dictDelete(o, key) : delItem(o, key); }

int32_t krt_contains_slow(Value container, Value v) {
  if (container.isPointer()) {
    const Layout* l = container.object()->layout;
    if (l == &dictType.instanceLayout) return dictContains(container, v);
    if (l == &setType.instanceLayout || l == &frozensetType.instanceLayout) {
      int64_t hash; // nothing is saved for what has one
      return hashWithoutCode(v, &hash) || dict_table::hashOther(v, &hash) ? set_table::hasAtOnce(asSet(container), v, hash) : set_methods::containsItem(container, v);
    }
    if (l == &strType.instanceLayout) return strContains(container, v);
    if (l == &tupleType.instanceLayout) {
      if (asTuple(container)->size && !mayCompare(asTuple(container)->items[0], v)) return -1;
      const int32_t has = hasAtOnce(asTuple(container)->items, asTuple(container)->size, v);
      return has >= 0 ? has : tupleType.sequence->contains(container, v);
    }
    if (l == &listType.instanceLayout) {
      if (asList(container)->size && !mayCompare(asList(container)->items[0], v)) return -1;
      const int32_t has = hasAtOnce(asList(container)->items, asList(container)->size, v);
      return has >= 0 ? has : listType.sequence->contains(container, v);
    }
  }
  return contains(container, v);
}

} // extern "C"

} // namespace krait
