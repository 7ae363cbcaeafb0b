// ASCII letters in bytes and bytearray, and padding.
#include <cstring>
#include "runtime/types/arguments.h"
#include "runtime/types/ascii_case.h"
#include "runtime/types/byte_methods.h"
#include "runtime/types/byte_output.h"

namespace krait {
namespace {

bool isUpper(uint8_t c) { return c >= 'A' && c <= 'Z'; }
bool isLower(uint8_t c) { return c >= 'a' && c <= 'z'; }
bool isAlpha(uint8_t c) { return isUpper(c) || isLower(c); }
bool isDigit(uint8_t c) { return c >= '0' && c <= '9'; }
uint8_t toUpper(uint8_t c) { return isLower(c) ? c - 32 : c; }
uint8_t toLower(uint8_t c) { return isUpper(c) ? c + 32 : c; }

/// f(byte, previous byte or 0) for each.
template <class F> Value mapBytes(Value self, F&& f) {
  const ByteRange r = byteRange(self);
  ByteOutput out;
  if (!out.reserve(r.size)) return {};
  uint8_t* const to = out.data();
  for (int64_t i = 0; i < r.size; ++i) to[i] = f(r.data[i], i ? r.data[i - 1] : uint8_t{0});
  return makeLike(self, to, r.size);
}
/// f(word of bytes) for all.
template <class F> Value mapWordsOf(Value self, F&& f) {
  const ByteRange r = byteRange(self);
  if (r.size < 2) {
    const auto c = static_cast<uint8_t>(r.size ? f(r.data[0]) : 0);
    return makeLike(self, &c, r.size);
  }
  Value made = makeLike(self, nullptr, r.size);
  if (made) mapWords(const_cast<uint8_t*>(byteRange(made).data), byteRange(self).data, static_cast<size_t>(r.size), f);
  return made;
}
template <class F> Value allBytes(Value self, F&& f) {
  const ByteRange r = byteRange(self);
  for (int64_t i = 0; i < r.size; ++i)
    if (!f(r.data[i])) return boolean(false);
  return boolean(r.size > 0);
}

/// Bytes up to a width.
int64_t missing(Value self, int64_t width) { return width > byteLength(self) ? width - byteLength(self) : 0; }

Value pad(Value self, int64_t left, int64_t right, uint8_t fill) {
  const ByteRange r = byteRange(self);
  if (left <= 0 && right <= 0) return sameBytes(self);
  if (left > INT64_MAX - r.size || right > INT64_MAX - r.size - left)
    return isBytes(self) ? raise(OverflowErrorType, "byte string is too large") : raiseNoMemory();
  const int64_t n = left + r.size + right;
  if (n == 1) return makeLike(self, &fill, 1);
  Value out = makeLike(self, nullptr, n);
  if (!out) return {};
  auto* to = const_cast<uint8_t*>(byteRange(out).data);
  std::memset(to, fill, static_cast<size_t>(left));
  std::memcpy(to + left, byteRange(self).data, static_cast<size_t>(r.size));
  std::memset(to + left + r.size, fill, static_cast<size_t>(right));
  return out;
}

bool padArguments(const char* name, const Value* argv, int64_t* width, uint8_t* fill) {
  *fill = ' ';
  if (!sizeArgument(argv[0], width)) return false;
  if (!argv[1]) return true;
  if ((isBytes(argv[1]) || isByteArray(argv[1])) && byteRange(argv[1]).size == 1) {
    *fill = byteRange(argv[1]).data[0];
    return true;
  }
  raise(TypeErrorType, "%s() argument 2 must be a byte string of length 1, not %.50G", name, argv[1]);
  return false;
}

} // namespace

Value byteUpper(Value self) { return mapWordsOf(self, asciiUpper); }
Value byteLower(Value self) { return mapWordsOf(self, asciiLower); }
Value byteSwapcase(Value self) { return mapWordsOf(self, asciiSwapped); }
Value byteTitle(Value self) {
  return mapBytes(self, [](uint8_t c, uint8_t before) { return isAlpha(before) ? toLower(c) : toUpper(c); });
}
Value byteCapitalize(Value self) {
  bool first = true;
  return mapBytes(self, [&first](uint8_t c, uint8_t) {
    const uint8_t to = first ? toUpper(c) : toLower(c);
    first = false;
    return to;
  });
}

Value byteIsAlnum(Value self) { return allBytes(self, [](uint8_t c) { return isAlpha(c) || isDigit(c); }); }
Value byteIsAlpha(Value self) { return allBytes(self, isAlpha); }
Value byteIsDigit(Value self) { return allBytes(self, isDigit); }
Value byteIsSpace(Value self) { return allBytes(self, [](uint8_t c) { return c == ' ' || (c >= 9 && c <= 13); }); }
Value byteIsAscii(Value self) {
  return byteLength(self) == 0 ? boolean(true) : allBytes(self, [](uint8_t c) { return c < 128; });
}
Value byteIsLower(Value self) {
  bool some = false;
  Value none = allBytes(self, [&some](uint8_t c) { some |= isLower(c); return !isUpper(c); });
  return boolean(some && none == boolean(true));
}
Value byteIsUpper(Value self) {
  bool some = false;
  Value none = allBytes(self, [&some](uint8_t c) { some |= isUpper(c); return !isLower(c); });
  return boolean(some && none == boolean(true));
}
Value byteIsTitle(Value self) {
  bool some = false, previous = false;
  Value good = allBytes(self, [&](uint8_t c) {
    const bool fine = isUpper(c) ? !previous : isLower(c) ? previous : true;
    previous = isAlpha(c);
    some |= previous;
    return fine;
  });
  return boolean(some && good == boolean(true));
}

Value byteCenter(Value self, const Value* argv) {
  int64_t width;
  uint8_t fill;
  if (!padArguments("center", argv, &width, &fill)) return {};
  const int64_t margin = missing(self, width);
  if (margin == 0) return sameBytes(self);
  const int64_t left = margin / 2 + (margin & width & 1);
  return pad(self, left, margin - left, fill);
}
Value byteLjust(Value self, const Value* argv) {
  int64_t width;
  uint8_t fill;
  return padArguments("ljust", argv, &width, &fill) ? pad(self, 0, missing(self, width), fill) : Value();
}
Value byteRjust(Value self, const Value* argv) {
  int64_t width;
  uint8_t fill;
  return padArguments("rjust", argv, &width, &fill) ? pad(self, missing(self, width), 0, fill) : Value();
}
Value byteZfill(Value self, Value widthValue) {
  int64_t width;
  if (!sizeArgument(widthValue, &width)) return {};
  const ByteRange r = byteRange(self);
  if (r.size >= width) return sameBytes(self);
  const int64_t zeros = width - r.size;
  const bool sign = r.size && (r.data[0] == '+' || r.data[0] == '-');
  Value out = pad(self, zeros, 0, '0');
  if (out && sign) {
    auto* to = const_cast<uint8_t*>(byteRange(out).data);
    to[0] = to[zeros];
    to[zeros] = '0';
  }
  return out;
}
Value byteExpandtabs(Value self, const Value* argv) {
  int tabSize = 8;
  if (!intArgument(argv[0], &tabSize)) return {};
  const ByteRange r = byteRange(self);
  ByteOutput out;
  int64_t column = 0;
  for (int64_t i = 0; i < r.size; ++i) {
    const uint8_t c = r.data[i];
    if (c == '\t') {
      if (tabSize <= 0) continue;
      int64_t step = tabSize - column % tabSize;
      if (out.size() > INT64_MAX / 8 - step) return raise(OverflowErrorType, "result too long");
      column += step;
      if (!out.reserve(step)) return {};
      while (step-- > 0) out.add(' ');
      continue;
    }
    ++column;
    if (c == '\n' || c == '\r') column = 0;
    out.add(c);
  }
  return out.failed() ? Value() : makeLike(self, out.data(), out.size());
}

} // namespace krait
