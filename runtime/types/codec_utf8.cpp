// UTF-8. Decoding validates first and takes the fast path of newStr when nothing
// is wrong; errors are reported per maximal prefix of a valid sequence.
#include <algorithm>
#include <bit>
#include <cstring>
#include "runtime/types/byte_output.h"
#include "runtime/types/codec_errors.h"
#include "runtime/types/str_slots.h"

namespace krait {
namespace {

bool isContinuation(uint8_t c) { return (c & 0xc0) == 0x80; }

constexpr const char kStart[] = "invalid start byte", kContinuation[] = "invalid continuation byte", kEnd[] = "unexpected end of data";

/// Bytes of the valid sequence at p (n > 0 bytes left), or 0 with the length and reason of the bad one.
int sequenceAt(const uint8_t* p, int64_t n, int* badLength, const char** reason) {
  const uint8_t c = p[0];
  if (c < 0x80) return 1;
  *badLength = 1;
  if (c < 0xc2 || c > 0xf4) return *reason = kStart, 0;
  const int length = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
  if (n < 2) return *reason = kEnd, 0;
  const uint8_t low = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80, high = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
  if (p[1] < low || p[1] > high) return *reason = kContinuation, 0;
  for (int i = 2; i < length; ++i) {
    *badLength = i;
    if (n <= i) return *reason = kEnd, 0;
    if (!isContinuation(p[i])) return *reason = kContinuation, 0;
  }
  return length;
}

/// Length of the valid prefix.
int64_t validPrefix(const uint8_t* p, int64_t n) {
  int64_t i = 0;
  int bad;
  const char* reason;
  while (i < n) {
    if (p[i] < 0x80) {
      uint64_t high = 0;
      for (; i + 8 <= n; i += 8) {
        std::memcpy(&high, p + i, 8);
        high &= 0x8080808080808080u;
        if (high) break;
      }
      if (high) i += __builtin_ctzll(high) / 8;
      else
        while (i < n && p[i] < 0x80) ++i;
      continue;
    }
    if (p[i] >= 0xc2 && p[i] < 0xe0 && i + 1 < n && isContinuation(p[i + 1])) {
      i += 2;
      continue;
    }
    const int length = sequenceAt(p + i, n - i, &bad, &reason);
    if (!length) return i;
    i += length;
  }
  return n;
}

/// Text with one byte per code point, not all ASCII.
Value encodeLatin1Text(const StrObject* s) {
  const uint8_t* p = s->data();
  const int64_t n = s->length;
  int64_t size = n, k = 0;
  for (; n - k >= 8; k += 8) {
    uint64_t word;
    std::memcpy(&word, p + k, 8);
    size += __builtin_popcountll(word & 0x8080808080808080u);
  }
  for (; k < n; ++k) size += p[k] >> 7;
  Value out = newBytes(nullptr, static_cast<size_t>(size));
  if (!out) return {};
  uint8_t* to = out.as<BytesObject>()->data;
  for (int64_t i = 0; i < n;) {
    if (n - i >= 8) {
      uint64_t word;
      std::memcpy(&word, p + i, 8);
      const uint64_t high = word & 0x8080808080808080u;
      std::memcpy(to, &word, 8); // as many bytes are to come
      const int ascii = high ? __builtin_ctzll(high) / 8 : 8;
      i += ascii;
      to += ascii;
      if (!high && (i == n || p[i] < 0x80)) continue;
    }
    const uint8_t c = p[i++];
    if (c < 0x80) {
      *to++ = c;
      continue;
    }
    *to++ = static_cast<uint8_t>(0xc0 | c >> 6);
    *to++ = static_cast<uint8_t>(0x80 | (c & 63));
  }
  return out;
}

/// Text whose bytes are all below c4, none of them a code point beyond ff: decoded while it is validated. Null without an
/// error if it is not valid; `length`: how many bytes begin a code point.
Value decodeLatin1Text(const uint8_t* p, size_t n, int64_t length) {
  StrObject* s = length > 1 ? newStrRaw(length, 0xff) : nullptr;
  if (!s) return {};
  uint8_t *to = s->data(), *const end = to + length;
  for (size_t i = 0; i < n;) {
    uint64_t high = 0;
    if (n - i >= 8 && end - to >= 8) {
      uint64_t word;
      std::memcpy(&word, p + i, 8);
      std::memcpy(to, &word, 8);
      high = word & 0x8080808080808080u;
      const int ascii = high ? __builtin_ctzll(high) / 8 : 8;
      i += static_cast<size_t>(ascii);
      to += ascii;
      if (!high && (i == n || p[i] < 0x80)) continue;
    }
    const uint8_t c = p[i++];
    if (c < 0x80) {
      *to++ = c;
      continue;
    }
    if (c < 0xc2 || i >= n || !isContinuation(p[i])) {
      deallocate(s);
      return {};
    }
    *to++ = static_cast<uint8_t>(c << 6 | (p[i++] & 63));
  }
  return strValue(s);
}

/// The same where all bytes are below f0 and one at least is not below c4: code points of two bytes.
Value decodeWideText(const uint8_t* p, size_t n, int64_t length) {
  StrObject* s = length > 1 ? newStrRaw(length, 0xffff) : nullptr;
  if (!s) return {};
  auto* to = reinterpret_cast<uint16_t*>(s->data());
  size_t i = 0;
  while (i < n) {
    const uint32_t c = p[i];
    if (c < 0x80) {
      *to++ = static_cast<uint16_t>(c);
      ++i;
    } else if (c >= 0xc2 && c < 0xe0 && n - i >= 2 && isContinuation(p[i + 1])) {
      *to++ = static_cast<uint16_t>((c & 31) << 6 | (p[i + 1] & 63));
      i += 2;
    } else if (c >= 0xe0 && n - i >= 3 && isContinuation(p[i + 1]) && isContinuation(p[i + 2])) {
      const uint32_t wide = (c & 15) << 12 | (p[i + 1] & 63u) << 6 | (p[i + 2] & 63u);
      if (wide < 0x800 || isSurrogate(wide)) break;
      *to++ = static_cast<uint16_t>(wide);
      i += 3;
    } else {
      break;
    }
  }
  if (i == n) return strValue(s);
  deallocate(s);
  return {};
}

} // namespace

Value decodeUtf8(const uint8_t* data, size_t n, const char* errors, int64_t* consumed) {
  if (consumed) *consumed = static_cast<int64_t>(n);
  if (orOfChars(data, n) < 0x80) return newStrAscii(reinterpret_cast<const char*>(data), n);
  int64_t length = 0;
  uint8_t highest = 0;
  for (size_t i = 0; i < n; ++i) {
    length += !isContinuation(data[i]);
    highest = std::max(highest, data[i]);
  }
  if (highest < 0xf0)
    if (Value text = highest < 0xc4 ? decodeLatin1Text(data, n, length) : decodeWideText(data, n, length); text || errorSet()) return text;
  int64_t at = validPrefix(data, static_cast<int64_t>(n));
  if (at == static_cast<int64_t>(n)) return newStr({reinterpret_cast<const char*>(data), n});
  DecodeErrors handler("utf-8", data, n, errors, SurrogateForm::Utf8);
  StrBuilder out;
  Ref good(newStr({reinterpret_cast<const char*>(data), static_cast<size_t>(at)}));
  if (!good) return {};
  out.add(good.get());
  while (at < handler.size()) {
    int bad;
    const char* reason;
    const uint8_t* p = handler.data() + at;
    const int length = sequenceAt(p, handler.size() - at, &bad, &reason);
    if (length) {
      out.add(decodeUtf8Char(p));
      at += length;
      continue;
    }
    // The first two bytes of a surrogate wait for the third: the error handler may want all of them.
    const bool surrogateHead = handler.size() - at == 2 && p[0] == 0xed && p[1] >= 0xa0 && p[1] <= 0xbf;
    if (consumed && (reason == kEnd || surrogateHead)) break;
    if (!handler.handle(at, at + (reason == kEnd ? handler.size() - at : bad), reason, out, &at)) return {};
  }
  if (consumed) *consumed = at;
  return out.take();
}

Value encodeUtf8(Value v, const char* errors) {
  const StrObject* s = asStr(v);
  if (s->flags & kStrAscii) return newBytes(s->data(), static_cast<size_t>(s->length));
  if (s->kind == 1) return encodeLatin1Text(s);
  return withChars(s, [&](auto* p) -> Value {
    int64_t size = 0;
    bool surrogates = false;
    for (int64_t i = 0; i < s->length; ++i) {
      const uint32_t c = p[i];
      size += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      surrogates |= isSurrogate(c);
    }
    if (!surrogates) {
      Value out = newBytes(nullptr, static_cast<size_t>(size));
      if (!out) return {};
      char* to = reinterpret_cast<char*>(out.as<BytesObject>()->data);
      for (int64_t i = 0; i < s->length; ++i) {
        [[clang::always_inline]] to += encodeUtf8Char(p[i], to);
      }
      return out;
    }
    EncodeErrors handler("utf-8", v, errors, SurrogateForm::Utf8);
    ByteOutput out;
    char utf8[4];
    for (int64_t i = 0; i < s->length;) {
      if (!isSurrogate(p[i])) {
        out.add(utf8, static_cast<int64_t>(encodeUtf8Char(p[i++], utf8)));
        continue;
      }
      int64_t end = i + 1, next;
      while (end < s->length && isSurrogate(p[end])) ++end;
      Ref replacement;
      if (!handler.handle(i, end, "surrogates not allowed", replacement, &next)) return {};
      if (isBytes(replacement)) {
        out.add(bytesView(replacement));
      } else {
        const StrObject* r = asStr(replacement);
        if (!(r->flags & kStrAscii)) return handler.raiseStrict(i, end, "surrogates not allowed"), Value();
        out.add(r->data(), r->length);
      }
      i = next;
    }
    return out.take();
  });
}

} // namespace krait
