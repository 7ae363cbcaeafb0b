// The type codes of array: reading and writing one item.
#include <cstring>
#include <limits>
#include "runtime/modules/array.h"
#include "runtime/object/protocol.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

template <class T> T load(const uint8_t* item) {
  T v;
  std::memcpy(&v, item, sizeof v);
  return v;
}
template <class T> int32_t store(uint8_t* item, T v) {
  std::memcpy(item, &v, sizeof v);
  return 0;
}
template <class T> Value getSigned(const uint8_t* item) { return newInt(load<T>(item)); }
template <class T> Value getUnsigned(const uint8_t* item) { return newIntUnsigned(load<T>(item)); }

/// A C long, with the messages of argument parsing.
int32_t longOf(Value v, int64_t* out, const char* tooBig = "Python int too large to convert to C long") {
  Ref i(index(v));
  if (!i) return -1;
  int over;
  *out = intToInt64(i, &over);
  return over ? fail(OverflowErrorType, "%s", tooBig) : 0;
}
/// Argument parsing reads a `Wider` first.
template <class T, class Wider = T> int32_t setSmall(uint8_t* item, Value v, const char* name, const char* wider = nullptr) {
  int64_t i;
  if (longOf(v, &i) < 0) return -1;
  if (i < std::numeric_limits<Wider>::min()) return fail(OverflowErrorType, "%s is less than minimum", wider ? wider : name);
  if (i > std::numeric_limits<Wider>::max()) return fail(OverflowErrorType, "%s is greater than maximum", wider ? wider : name);
  if (i < std::numeric_limits<T>::min()) return fail(OverflowErrorType, "%s is less than minimum", name);
  if (i > std::numeric_limits<T>::max()) return fail(OverflowErrorType, "%s is greater than maximum", name);
  return store(item, static_cast<T>(i));
}
int32_t setInt8(uint8_t* item, Value v) {
  return setSmall<int8_t, int16_t>(item, v, "signed char", "signed short integer");
}
int32_t setUint8(uint8_t* item, Value v) { return setSmall<uint8_t>(item, v, "unsigned byte integer"); }
int32_t setInt16(uint8_t* item, Value v) { return setSmall<int16_t>(item, v, "signed short integer"); }
int32_t setUint16(uint8_t* item, Value v) { return setSmall<uint16_t, int32_t>(item, v, "unsigned short", "signed integer"); }
int32_t setInt32(uint8_t* item, Value v) { return setSmall<int32_t>(item, v, "signed integer"); }
int32_t setLong(uint8_t* item, Value v) {
  int64_t i;
  return longOf(v, &i) < 0 ? -1 : store(item, i);
}
int32_t setLongLong(uint8_t* item, Value v) {
  int64_t i;
  return longOf(v, &i, "int too big to convert") < 0 ? -1 : store(item, i);
}
/// 0 to 2^64-1.
int32_t unsignedOf(Value v, uint64_t* out, const char* negative, const char* tooBig) {
  Ref i(index(v));
  if (!i) return -1;
  if (intSign(i) < 0) return fail(OverflowErrorType, "%s", negative);
  if (intBitLength(i) > 64) return fail(OverflowErrorType, "%s", tooBig);
  *out = intToUint64Mask(i);
  return 0;
}
constexpr const char* kNegative = "can't convert negative value to unsigned int";
int32_t setUint32(uint8_t* item, Value v) {
  uint64_t i;
  if (unsignedOf(v, &i, kNegative, "Python int too large to convert to C unsigned long") < 0) return -1;
  if (i > UINT32_MAX) return fail(OverflowErrorType, "unsigned int is greater than maximum");
  return store(item, static_cast<uint32_t>(i));
}
int32_t setUlong(uint8_t* item, Value v) {
  uint64_t i;
  return unsignedOf(v, &i, kNegative, "Python int too large to convert to C unsigned long") < 0 ? -1 : store(item, i);
}
int32_t setUlongLong(uint8_t* item, Value v) {
  uint64_t i;
  return unsignedOf(v, &i, "can't convert negative int to unsigned", "int too big to convert") < 0 ? -1
                                                                                                     : store(item, i);
}

int32_t realOf(Value v, double* out) {
  if (!isFloat(v)) {
    const NumberSlots* n = readyTypeOf(v)->number;
    if (!hasIndex(v) && !(n && n->toFloat))
      return fail(TypeErrorType, "must be real number, not %.50s", typeOf(v)->name);
  }
  *out = toDouble(v);
  return *out == -1.0 && errorSet() ? -1 : 0;
}
Value getFloat(const uint8_t* item) { return newFloat(static_cast<double>(load<float>(item))); }
Value getDouble(const uint8_t* item) { return newFloat(load<double>(item)); }
int32_t setFloat(uint8_t* item, Value v) {
  double d;
  return realOf(v, &d) < 0 ? -1 : store(item, static_cast<float>(d));
}
int32_t setDouble(uint8_t* item, Value v) {
  double d;
  return realOf(v, &d) < 0 ? -1 : store(item, d);
}
Value getCharacter(const uint8_t* item) {
  uint32_t c = load<uint32_t>(item);
  if (c > 0x10ffff)
    return raise(ValueErrorType, "character U+%x is not in range [U+0000; U+10ffff]", static_cast<int>(c));
  return newStrFromChar(c);
}
int32_t setCharacter(uint8_t* item, Value v) {
  if (!isStr(v)) return fail(TypeErrorType, "array item must be unicode character");
  if (asStr(v)->length != 1) return fail(TypeErrorType, "array item must be unicode character");
  return store(item, asStr(v)->at(0));
}

} // namespace

constinit const ArrayKind arrayKinds[kArrayCodes.size()] = {
    {'b', "b", 1, 1, getSigned<int8_t>, setInt8},        {'B', "B", 1, 0, getUnsigned<uint8_t>, setUint8},
    {'u', "w", 4, 20, getCharacter, setCharacter},       {'h', "h", 2, 4, getSigned<int16_t>, setInt16},
    {'H', "H", 2, 2, getUnsigned<uint16_t>, setUint16},  {'i', "i", 4, 8, getSigned<int32_t>, setInt32},
    {'I', "I", 4, 6, getUnsigned<uint32_t>, setUint32},  {'l', "l", 8, 12, getSigned<int64_t>, setLong},
    {'L', "L", 8, 10, getUnsigned<uint64_t>, setUlong},  {'q', "q", 8, 12, getSigned<int64_t>, setLongLong},
    {'Q', "Q", 8, 10, getUnsigned<uint64_t>, setUlongLong}, {'f', "f", 4, 14, getFloat, setFloat},
    {'d', "d", 8, 16, getDouble, setDouble},
};

const ArrayKind* arrayKindOf(uint32_t code) {
  for (const ArrayKind& k : arrayKinds)
    if (static_cast<uint32_t>(k.code) == code) return &k;
  return nullptr;
}

} // namespace krait
