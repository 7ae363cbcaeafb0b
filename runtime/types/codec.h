// Codecs between str and bytes. The common encodings are native and need no
// import of `encodings`; others go through the registry (codec_registry.h).
//
// Decoders take `consumed`: null means the data is complete; else an incomplete
// sequence at the end is left, and *consumed says how many bytes were used.
// `errors` names the handler; null is "strict".
#pragma once
#include <string_view>
#include "runtime/object/errors.h"
#include "runtime/object/ref.h"
#include "runtime/types/bytes.h"
#include "runtime/types/str.h"

namespace krait {

/// Raises UnicodeEncodeError for code points [start, end) of `text`.
[[gnu::cold]] Value raiseEncodeError(const char* encoding, Value text, int64_t start, int64_t end, const char* reason);
/// Raises UnicodeDecodeError for bytes [start, end) of the data.
[[gnu::cold]] Value raiseDecodeError(const char* encoding, const uint8_t* data, size_t n, int64_t start, int64_t end,
                                     const char* reason);

/// An optional name (of an encoding, a file of sqlite's, a semaphore …) as a C string: null for a null value and None; not ok() with an
/// error set when it has surrogates or NULs.
class Utf8Argument {
public:
  explicit Utf8Argument(Value name);
  bool ok() const { return ok_; }
  const char* text() const { return text_; }
  ~Utf8Argument();
  Utf8Argument(const Utf8Argument&) = delete;
  Utf8Argument& operator=(const Utf8Argument&) = delete;

private:
  Ref name_; // whose text it is, or
  char* storage_ = nullptr; // a copy
  const char* text_ = nullptr;
  bool ok_ = true;
};

/// s.encode(encoding), and the text of data by it, where that is the constant name of a native codec. Null without an error: it is another.
Value encodeByConstant(Value s, Value encoding);
Value decodeByConstant(const uint8_t* data, size_t n, Value encoding);
/// str(object, encoding, errors): any bytes-like object. Runs code for codecs that are not native.
Value decodeObject(Value object, const char* encoding, const char* errors);

// ---- native codecs. Byte order: -1 little, 1 big, 0 native with a byte order mark.
Value encodeUtf8(Value s, const char* errors);
Value decodeUtf8(const uint8_t* data, size_t n, const char* errors, int64_t* consumed = nullptr);
Value encodeUtf16(Value s, const char* errors, int order);
/// *order: in: as above, out: the order found.
Value decodeUtf16(const uint8_t* data, size_t n, const char* errors, int* order, int64_t* consumed = nullptr);
Value encodeUtf32(Value s, const char* errors, int order);
Value decodeUtf32(const uint8_t* data, size_t n, const char* errors, int* order, int64_t* consumed = nullptr);
Value encodeUtf7(Value s, const char* errors);
Value decodeUtf7(const uint8_t* data, size_t n, const char* errors, int64_t* consumed = nullptr);
Value encodeLatin1(Value s, const char* errors);
Value encodeAscii(Value s, const char* errors);
Value decodeAscii(const uint8_t* data, size_t n, const char* errors);
Value encodeCharmap(Value s, Value mapping, const char* errors);
Value decodeCharmap(const uint8_t* data, size_t n, Value mapping, const char* errors);
Value encodeUnicodeEscape(Value s);
Value decodeUnicodeEscape(const uint8_t* data, size_t n, const char* errors, int64_t* consumed = nullptr);
Value encodeRawUnicodeEscape(Value s);
Value decodeRawUnicodeEscape(const uint8_t* data, size_t n, const char* errors, int64_t* consumed = nullptr);
/// The escapes of bytes literals. Errors: strict, ignore or replace.
Value decodeByteEscapes(const uint8_t* data, size_t n, const char* errors);
Value encodeByteEscapes(const uint8_t* data, size_t n);

/// The code point that starts at p: valid UTF-8, or surrogates encoded the same way.
inline uint32_t decodeUtf8Char(const uint8_t* p) {
  if (p[0] < 0x80) return p[0];
  if (p[0] < 0xe0) return (p[0] & 31u) << 6 | (p[1] & 63u);
  if (p[0] < 0xf0) return (p[0] & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
  return (p[0] & 7u) << 18 | (p[1] & 63u) << 12 | (p[2] & 63u) << 6 | (p[3] & 63u);
}

} // namespace krait
