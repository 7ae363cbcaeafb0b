// The methods that bytes and bytearray share. Each works on the range of bytes
// of `self`, whichever of the two it is, and makes its results of the same type.
#pragma once
#include "runtime/types/bytes.h"
#include "runtime/object/protocol.h"

namespace krait {

struct ByteRange {
  const uint8_t* data;
  int64_t size;
};
/// Of a bytes or bytearray object: valid until it is resized.
inline ByteRange byteRange(Value v) {
  if (isBytes(v)) return {v.as<BytesObject>()->data, v.as<BytesObject>()->size};
  return {v.as<ByteArrayObject>()->start, v.as<ByteArrayObject>()->size};
}
/// New object of self's exact base type.
Value makeLike(Value self, const void* data, int64_t n);
/// The unchanged text as a result: bytes itself, or a copy of a bytearray.
Value sameBytes(Value self);
/// An item: int in range(256). False with an error.
bool byteArgument(Value v, uint8_t* out, const char* rangeMessage = "byte must be in range(0, 256)");
/// Text of repr(): b'…'. bytearray escapes every apostrophe.
Value bytesRepr(ByteRange r, const char* before, const char* after, bool alwaysEscape = false);

// ---- sequence behaviour (byte_sequence.cpp)
int64_t byteLength(Value self);
Value byteConcat(Value self, Value other);
/// a + b for `a += b` of exact bytes: consumes `a` on success only, and extends it in place when nobody else holds it.
Value bytesAppend(Value a, Value b);
/// Of exact bytes.
bool bytesEqual(Value a, Value b);
int bytesOrder(Value a, Value b);
/// b[from:to] of exact bytes; bounds are not negative.
Value bytesSlice(Value b, int64_t from, int64_t to);
Value byteRepeat(Value self, int64_t n);
int32_t byteContains(Value self, Value v);
Value byteCompare(Value a, Value b, int op);
Value byteSubscript(Value self, Value key);
Value byteModulo(Value self, Value args);
// ---- searching (byte_find.cpp)
Value byteFind(Value, const Args&), byteRfind(Value, const Args&), byteIndex(Value, const Args&),
    byteRindex(Value, const Args&), byteCount(Value, const Args&), byteStartswith(Value, const Args&),
    byteEndswith(Value, const Args&);
Value byteReplace(Value, const Value*), byteRemoveprefix(Value, Value), byteRemovesuffix(Value, Value);
Value byteTranslate(Value, const Value*), byteMaketrans(Value, const Value*);
// ---- taking apart and joining (byte_split.cpp)
Value byteSplit(Value, const Value*), byteRsplit(Value, const Value*), byteSplitlines(Value, const Value*);
Value bytePartition(Value, Value), byteRpartition(Value, Value), byteJoin(Value, Value);
Value byteStrip(Value, const Value*), byteLstrip(Value, const Value*), byteRstrip(Value, const Value*);
// ---- letters and padding (byte_case.cpp)
Value byteUpper(Value), byteLower(Value), byteTitle(Value), byteCapitalize(Value), byteSwapcase(Value);
Value byteIsAlnum(Value), byteIsAlpha(Value), byteIsAscii(Value), byteIsDigit(Value), byteIsLower(Value),
    byteIsSpace(Value), byteIsTitle(Value), byteIsUpper(Value);
Value byteCenter(Value, const Value*), byteLjust(Value, const Value*), byteRjust(Value, const Value*),
    byteZfill(Value, Value), byteExpandtabs(Value, const Value*);
// ---- text (byte_text.cpp)
Value byteDecode(Value, const Value*), byteHex(Value, const Value*), byteFromHex(Value, Value);
/// The arguments of hex(), whose conversion may run code that changes the bytes: parsed before anything points at them.
struct HexGroups {
  int group = 1;
  uint32_t separator = 0;
  bool separated = false;
  bool parse(Value sep, Value bytesPerSep);
};
/// Hex digits of a range.
Value hexText(ByteRange r, const HexGroups& groups);

/// Rows of both method tables.
#define KRAIT_BYTE_METHODS                                                                                             \
  {"capitalize", byteCapitalize}, {"center", byteCenter, "($self, width, fillchar=b' ', /)"}, {"count", byteCount, nullptr, kMethodPositional},    \
      {"decode", byteDecode, "($self, /, encoding='utf-8', errors='strict')"}, {"endswith", byteEndswith, nullptr, kMethodPositional},             \
      {"expandtabs", byteExpandtabs, "($self, /, tabsize=8)"}, {"find", byteFind, nullptr, kMethodPositional},                                     \
      {"fromhex", byteFromHex, "($type, string, /)", kMethodClass},                                                    \
      {"hex", byteHex, "($self, /, sep=<unrepresentable>, bytes_per_sep=1)"}, {"index", byteIndex, nullptr, kMethodPositional}, {"isalnum", byteIsAlnum},       \
      {"isalpha", byteIsAlpha}, {"isascii", byteIsAscii}, {"isdigit", byteIsDigit}, {"islower", byteIsLower},          \
      {"isspace", byteIsSpace}, {"istitle", byteIsTitle}, {"isupper", byteIsUpper},                                    \
      {"join", byteJoin, "($self, iterable_of_bytes, /)"}, {"ljust", byteLjust, "($self, width, fillchar=b' ', /)"},   \
      {"lower", byteLower}, {"lstrip", byteLstrip, "($self, bytes=None, /)"},                                          \
      {"maketrans", byteMaketrans, "(frm, to, /)", kMethodStatic}, {"partition", bytePartition, "($self, sep, /)"},    \
      {"replace", byteReplace, "($self, old, new, count=-1, /)"},                                                      \
      {"removeprefix", byteRemoveprefix, "($self, prefix, /)"},                                                        \
      {"removesuffix", byteRemovesuffix, "($self, suffix, /)"}, {"rfind", byteRfind, nullptr, kMethodPositional}, {"rindex", byteRindex, nullptr, kMethodPositional},          \
      {"rjust", byteRjust, "($self, width, fillchar=b' ', /)"}, {"rpartition", byteRpartition, "($self, sep, /)"},     \
      {"rsplit", byteRsplit, "($self, /, sep=None, maxsplit=-1)"},                                                     \
      {"rstrip", byteRstrip, "($self, bytes=None, /)"}, {"split", byteSplit, "($self, /, sep=None, maxsplit=-1)"},     \
      {"splitlines", byteSplitlines, "($self, /, keepends=False)"}, {"startswith", byteStartswith, nullptr, kMethodPositional},                    \
      {"strip", byteStrip, "($self, bytes=None, /)"}, {"swapcase", byteSwapcase}, {"title", byteTitle},                \
      {"translate", byteTranslate, "($self, table, /, delete=b'')"}, {"upper", byteUpper},                             \
  {                                                                                                                    \
    "zfill", byteZfill, "($self, width, /)"                                                                            \
  }

} // namespace krait
