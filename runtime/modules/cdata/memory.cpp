// Loading and storing C values at addresses, by the codes of ctypes' simple types.
#include <bit>
#include <cstring>
#include <cwchar>
#include <type_traits>
#include <vector>
#include "runtime/modules/cdata/cdata.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait::cdata {
namespace {

template <class T> T readAs(const uint8_t* from, bool swapped) {
  uint8_t bytes[sizeof(T)];
  memcpy(bytes, from, sizeof(T));
  if (swapped)
    for (size_t i = 0; i < sizeof(T) / 2; ++i) std::swap(bytes[i], bytes[sizeof(T) - 1 - i]);
  T v;
  memcpy(&v, bytes, sizeof(T));
  return v;
}
template <class T> void writeAs(uint8_t* to, T v, bool swapped) {
  uint8_t bytes[sizeof(T)];
  memcpy(bytes, &v, sizeof(T));
  if (swapped)
    for (size_t i = 0; i < sizeof(T) / 2; ++i) std::swap(bytes[i], bytes[sizeof(T) - 1 - i]);
  memcpy(to, bytes, sizeof(T));
}

/// Calls f with a value of the C type that `code` means; false if it is none of the plain numbers.
template <class F> bool withNumber(char code, F f) {
  switch (code) {
  case 'b': f(int8_t{}); return true;
  case 'B': f(uint8_t{}); return true;
  case 'h': f(int16_t{}); return true;
  case 'H': f(uint16_t{}); return true;
  case 'i': f(int32_t{}); return true;
  case 'I': f(uint32_t{}); return true;
  case 'l': case 'q': f(int64_t{}); return true;
  case 'L': case 'Q': case 'P': f(uint64_t{}); return true;
  case 'f': f(float{}); return true;
  case 'd': f(double{}); return true;
  case 'g': f((long double){}); return true;
  default: return false;
  }
}

bool codeArgument(Value v, char* out) {
  if (!isStr(v) || asStr(v)->length != 1) return raise(TypeErrorType, "a code must be one character"), false;
  *out = static_cast<char>(asStr(v)->at(0));
  return true;
}

/// load(code, address, swapped)
Value load(Value, const Value* argv) {
  char code;
  uint8_t* at;
  if (!codeArgument(argv[0], &code) || !addressArgument(argv[1], &at)) return Value();
  const bool swapped = argv[2] && isTrue(argv[2]) > 0;
  Value result;
  if (withNumber(code, [&](auto kind) {
        using T = decltype(kind);
        const T v = readAs<T>(at, swapped);
        if constexpr (std::is_floating_point_v<T>) result = newFloat(static_cast<double>(v));
        else if constexpr (std::is_signed_v<T>) result = newInt(v);
        else result = newIntUnsigned(v);
      }))
    return result;
  switch (code) {
  case 'c': return newBytes(std::string_view(reinterpret_cast<char*>(at), 1));
  case '?': return boolean(*at != 0);
  case 'u': return newStrFromChar(readAs<uint32_t>(at, swapped));
  case 'O': {
    const Value v = readAs<Value>(at, false);
    return v ? newRef(v) : raise(ValueErrorType, "PyObject is NULL");
  }
  default: return raise(ValueErrorType, "unknown code '%c'", code);
  }
}

bool storeNumber(char code, uint8_t* to, Value v, bool swapped) {
  bool good = true;
  withNumber(code, [&](auto kind) {
    using T = decltype(kind);
    if constexpr (std::is_floating_point_v<T>) {
      const double d = toDouble(v);
      good = d != -1.0 || !errorSet();
      if (good) writeAs<T>(to, static_cast<T>(d), swapped);
    } else {
      if (isFloat(v)) {
        raise(TypeErrorType, "int expected instead of float instance");
        good = false;
      } else {
        Ref number(index(v));
        good = static_cast<bool>(number);
        if (good) writeAs<T>(to, static_cast<T>(intToUint64Mask(number)), swapped);
      }
    }
  });
  return good;
}

/// The byte that c_char takes: bytes or bytearray of length 1, or an int.
bool characterOf(Value v, uint8_t* out) {
  if (isBytes(v) && bytesView(v).size() == 1) return *out = static_cast<uint8_t>(bytesView(v)[0]), true;
  if (isByteArray(v) && v.as<ByteArrayObject>()->size == 1) return *out = v.as<ByteArrayObject>()->start[0], true;
  if (isInt(v)) {
    int overflow;
    const int64_t n = intToInt64(v, &overflow);
    if (!overflow && n >= 0 && n < 256) return *out = static_cast<uint8_t>(n), true;
  }
  raise(TypeErrorType, "one character bytes, bytearray or integer expected");
  return false;
}

/// store(code, address, value, swapped)
Value store(Value, const Value* argv) {
  char code;
  uint8_t* at;
  if (!codeArgument(argv[0], &code) || !addressArgument(argv[1], &at)) return Value();
  const bool swapped = argv[3] && isTrue(argv[3]) > 0;
  Value v = argv[2];
  if (withNumber(code, [](auto) {})) return storeNumber(code, at, v, swapped) ? newRef(none()) : Value();
  switch (code) {
  case 'c': return characterOf(v, at) ? newRef(none()) : Value();
  case '?': {
    const int32_t truth = isTrue(v);
    if (truth < 0) return Value();
    *at = truth != 0;
    return newRef(none());
  }
  case 'u':
    if (!isStr(v)) return raise(TypeErrorType, "unicode string expected instead of %s instance", typeOf(v)->name);
    if (asStr(v)->length != 1) return raise(TypeErrorType, "one character unicode string expected");
    writeAs<uint32_t>(at, asStr(v)->at(0), swapped);
    return newRef(none());
  case 'O':
    writeAs<Value>(at, v, false);
    return newRef(none());
  default: return raise(ValueErrorType, "unknown code '%c'", code);
  }
}

/// The object at an address, whose reference was meant for us.
Value takeObject(Value, Value v) {
  uint8_t* at;
  if (!addressArgument(v, &at)) return Value();
  const Value object = readAs<Value>(at, false);
  return object ? object : errorSet() ? Value() : raise(ValueErrorType, "PyObject is NULL");
}
/// Stores an object with a reference of its own.
Value giveObject(Value, const Value* argv) {
  uint8_t* at;
  if (!addressArgument(argv[0], &at)) return Value();
  writeAs<Value>(at, newRef(argv[1]), false);
  return newRef(none());
}

Value wideText(const uint8_t* at, int64_t n) {
  std::vector<uint32_t> text;
  for (int64_t i = 0; n < 0 || i < n; ++i) {
    const auto c = readAs<uint32_t>(at + 4 * i, false);
    if (n < 0 && c == 0) break;
    text.push_back(c);
  }
  return newStrFromUcs4(text.data(), text.size());
}

/// bytes_at(address, size) and wide_at(address, length): -1 means up to a zero.
Value bytesAt(Value, const Value* argv) {
  uint8_t* at;
  int64_t n = -1;
  if (!addressArgument(argv[0], &at) || !sizeArgument(argv[1], &n)) return Value();
  return newBytes(std::string_view(reinterpret_cast<char*>(at), n < 0 ? strlen(reinterpret_cast<char*>(at)) : static_cast<size_t>(n)));
}
Value wideAt(Value, const Value* argv) {
  uint8_t* at;
  int64_t n = -1;
  return addressArgument(argv[0], &at) && sizeArgument(argv[1], &n) ? wideText(at, n) : Value();
}
/// write(address, bytes-like)
Value write(Value, const Value* argv) {
  uint8_t* at;
  HeldBuffer bytes;
  if (!addressArgument(argv[0], &at) || !bytes.get(argv[1])) return Value();
  memmove(at, bytes.data(), static_cast<size_t>(bytes.size()));
  return newRef(none());
}
/// write_wide(address, str)
Value writeWide(Value, const Value* argv) {
  uint8_t* at;
  if (!addressArgument(argv[0], &at)) return Value();
  const StrObject* s = asStr(argv[1]);
  for (int64_t i = 0; i < s->length; ++i) writeAs<uint32_t>(at + 4 * i, s->at(i), false);
  return newRef(none());
}
/// copy(to, from, size)
Value copy(Value, const Value* argv) {
  uint8_t *to, *from;
  int64_t n = 0;
  if (!addressArgument(argv[0], &to) || !addressArgument(argv[1], &from) || !sizeArgument(argv[2], &n)) return Value();
  memmove(to, from, static_cast<size_t>(n));
  return newRef(none());
}
Value bytesAddress(Value, Value v) {
  if (!isBytes(v)) return raise(TypeErrorType, "bytes expected, not %T", v);
  return newIntUnsigned(reinterpret_cast<uintptr_t>(v.as<BytesObject>()->data));
}

} // namespace

constinit const MethodDef memoryMethods[] = {
    {"load", load, "(code, address, swapped=False, /)"},
    {"store", store, "(code, address, value, swapped=False, /)"},
    {"take_object", takeObject},
    {"give_object", giveObject, "(address, object, /)"},
    {"bytes_at", bytesAt, "(address, size, /)"},
    {"wide_at", wideAt, "(address, length, /)"},
    {"write", write, "(address, bytes, /)"},
    {"write_wide", writeWide, "(address, text, /)"},
    {"copy", copy, "(to, source, size, /)"},
    {"bytes_address", bytesAddress},
    {},
};

} // namespace krait::cdata
