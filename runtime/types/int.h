// int: immediate 63-bit integers, and heap integers in sign and magnitude (runtime/bigint).
#pragma once
#include "runtime/abi/observers.h"
#include "runtime/object/type.h"

namespace krait {

struct IntObject {
  Object header;
  int64_t size;      // number of limbs, negative for a negative number; may be 0 or hold a small value
  uint64_t limbs[];  // least significant first, no leading zero limb
};

extern "C" Value krt_int_slow(int64_t v);       // heap int for what does not fit 63 bits, or is to be an object
/// Whether v has no identity of its own: it is immediate, whatever the program observes.
inline bool isSharedInt(int64_t v) { return v >= -5 && v <= 256; }
inline Value newInt(int64_t v) {
  return (krt_numbers_are_objects ? isSharedInt(v) : Value::fitsSmall(v)) ? Value::ofSmallInt(v) : krt_int_slow(v);
}
Value newIntUnsigned(uint64_t v);
Value newIntFromDouble(double d);               // truncates; ValueError/OverflowError for NaN/inf
/// Python's int(text, base): base 0 or 2..36; ValueError with CPython's text, also for over-long input.
Value intFromText(const char* utf8, size_t size, int base, Value original);
/// Decimal text of any int object (ValueError past sys.int_info limits): str.
Value intToText(Value v, int base, bool prefix);
inline bool isInt(Value v) { return v.isSmallInt() || (v.isPointer() && (typeOfObject(v.object())->flags & kTypeInt)); }
inline bool isExactInt(Value v) { return v.isSmallInt() || (v.isPointer() && v.object()->layout == &intType.instanceLayout); }
/// Can serve as an index: an int or a type with __index__.
inline bool hasIndex(Value v) {
  if (v.isSmallInt()) return true;
  const Type* t = readyTypeOf(v);
  return t->number && t->number->index;
}
/// Value of an int if it fits; *overflow = -1/0/+1 otherwise. Never raises.
int64_t intToInt64(Value v, int* overflow);
/// The same of an exact int object of one limb; false of any other.
inline bool readShortInt(Value v, int64_t* value) {
  if (!v.isPointer() || v.object()->layout != &intType.instanceLayout) return false;
  const auto* i = v.as<IntObject>();
  if ((i->size != 1 && i->size != -1) || static_cast<int64_t>(i->limbs[0]) < 0) return false;
  *value = i->size * static_cast<int64_t>(i->limbs[0]);
  return true;
}
uint64_t intToUint64Mask(Value v);              // modulo 2^64
double intToDouble(Value v);                    // correctly rounded; -1.0 with OverflowError when too large
int intSign(Value v);
size_t intBitLength(Value v);
int intCompare(Value a, Value b);               // any two ints: -1, 0, 1
/// What is compared as an int: of subclasses that leave that to it, too.
inline bool comparesAsInt(Value v) { return v.isSmallInt() || (v.isPointer() && typeOfObject(v.object())->compare == intType.compare); }
int64_t intHash(Value v);                       // modulo 2^61-1, as CPython
Value intFromBytes(const uint8_t* data, size_t size, bool littleEndian, bool isSigned);
int32_t intToBytes(Value v, uint8_t* out, size_t size, bool littleEndian, bool isSigned); // OverflowError
// Arithmetic on any two int objects (bool and subclasses included), exact results.
Value intAdd(Value a, Value b);
Value intSub(Value a, Value b);
Value intMul(Value a, Value b);
Value intFloorDiv(Value a, Value b);
Value intMod(Value a, Value b);
Value intDivmod(Value a, Value b);
Value intTrueDiv(Value a, Value b);
Value intPow(Value a, Value b, Value mod);
Value intShiftLeft(Value a, Value b);
Value intShiftRight(Value a, Value b);
Value intAnd(Value a, Value b);
Value intOr(Value a, Value b);
Value intXor(Value a, Value b);
Value intNegate(Value a);

} // namespace krait
