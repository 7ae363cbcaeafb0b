// Items of a memoryview: the native single-letter formats.
#include <cmath>
#include <cstring>
#include "runtime/object/protocol.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/memoryview.h"

namespace krait {
namespace {

template <class T> T load(const void* p) {
  T v;
  std::memcpy(&v, p, sizeof v);
  return v;
}

/// An int in the range of T, stored. -1 with the messages of the reference.
template <class T> int32_t storeInt(void* p, Value v, const char* format) {
  Ref n(index(v));
  if (!n) return errorClearIf(TypeErrorType) ? fail(TypeErrorType, "memoryview: invalid type for format '%s'", format) : -1;
  int overflow = 0;
  bool fits;
  T value;
  if constexpr (sizeof(T) == 8 && static_cast<T>(-1) > 0) {
    fits = intSign(n) >= 0 && intBitLength(n) <= 64;
    value = static_cast<T>(intToUint64Mask(n));
  } else {
    const int64_t wide = intToInt64(n, &overflow);
    value = static_cast<T>(wide);
    fits = !overflow && static_cast<int64_t>(value) == wide;
  }
  if (!fits) return fail(ValueErrorType, "memoryview: invalid value for format '%s'", format);
  std::memcpy(p, &value, sizeof value);
  return 0;
}

} // namespace

int64_t nativeItemSize(const char* format, char* code) {
  if (!format) format = "B";
  if (*format == '@') ++format;
  if (!*format || format[1]) return 0;
  *code = *format;
  switch (*format) {
  case 'c': case 'b': case 'B': case '?': return 1;
  case 'h': case 'H': return 2;
  case 'i': case 'I': case 'f': return 4;
  case 'l': case 'L': case 'q': case 'Q': case 'n': case 'N': case 'd': case 'P': return 8;
  default: return 0;
  }
}

const char* staticFormat(const char* format) {
  static constexpr char all[] = "@c\0@b\0@B\0@?\0@h\0@H\0@i\0@I\0@l\0@L\0@q\0@Q\0@n\0@N\0@f\0@d\0@P";
  const bool native = *format == '@';
  for (const char* p = all;; p += 3)
    if (p[1] == format[native]) return native ? p : p + 1;
}

Value unpackItem(char code, const void* p) {
  switch (code) {
  case 'c': return newBytes(p, 1);
  case 'b': return newInt(load<int8_t>(p));
  case 'B': return newInt(load<uint8_t>(p));
  case '?': return boolean(load<uint8_t>(p) != 0);
  case 'h': return newInt(load<int16_t>(p));
  case 'H': return newInt(load<uint16_t>(p));
  case 'i': return newInt(load<int32_t>(p));
  case 'I': return newInt(load<uint32_t>(p));
  case 'l': case 'q': case 'n': return newInt(load<int64_t>(p));
  case 'L': case 'Q': case 'N': case 'P': return newIntUnsigned(load<uint64_t>(p));
  case 'f': return newFloat(static_cast<double>(load<float>(p)));
  default: return newFloat(load<double>(p));
  }
}

int32_t packItem(char code, void* p, Value v, const char* format) {
  if (*format == '@') ++format; // messages name the code alone
  switch (code) {
  case 'c':
    if (!isBytes(v)) return fail(TypeErrorType, "memoryview: invalid type for format '%s'", format);
    if (v.as<BytesObject>()->size != 1) return fail(ValueErrorType, "memoryview: invalid value for format '%s'", format);
    *static_cast<uint8_t*>(p) = v.as<BytesObject>()->data[0];
    return 0;
  case 'b': return storeInt<int8_t>(p, v, format);
  case 'B': return storeInt<uint8_t>(p, v, format);
  case '?': {
    const int32_t truth = isTrue(v);
    if (truth < 0) return -1;
    *static_cast<uint8_t*>(p) = static_cast<uint8_t>(truth);
    return 0;
  }
  case 'h': return storeInt<int16_t>(p, v, format);
  case 'H': return storeInt<uint16_t>(p, v, format);
  case 'i': return storeInt<int32_t>(p, v, format);
  case 'I': return storeInt<uint32_t>(p, v, format);
  case 'l': case 'q': case 'n': return storeInt<int64_t>(p, v, format);
  case 'P':
    if (isInt(v) && intSign(v) < 0) return storeInt<int64_t>(p, v, format); // an address may be written with a sign
    [[fallthrough]];
  case 'L': case 'Q': case 'N': return storeInt<uint64_t>(p, v, format);
  default: {
    const double d = toDouble(v);
    if (d == -1.0 && errorSet()) return errorClearIf(TypeErrorType) ? fail(TypeErrorType, "memoryview: invalid type for format '%s'", format) : -1;
    if (code == 'd') {
      std::memcpy(p, &d, 8);
    } else {
      const auto narrow = static_cast<float>(d);
      std::memcpy(p, &narrow, 4);
    }
    return 0;
  }
  }
}

} // namespace krait
