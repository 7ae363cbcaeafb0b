// UTF-16 and UTF-32 in both byte orders.
#include "runtime/types/byte_output.h"
#include "runtime/types/codec_errors.h"
#include "runtime/types/str_slots.h"

namespace krait {
namespace {

constexpr const char* utf16Names[] = {"utf-16-le", "utf-16", "utf-16-be"};
constexpr const char* utf32Names[] = {"utf-32-le", "utf-32", "utf-32-be"};

uint32_t unit16(const uint8_t* p, bool big) { return big ? p[0] << 8 | p[1] : p[1] << 8 | p[0]; }
uint32_t unit32(const uint8_t* p, bool big) {
  return big ? static_cast<uint32_t>(p[0]) << 24 | p[1] << 16 | p[2] << 8 | p[3]
             : static_cast<uint32_t>(p[3]) << 24 | p[2] << 16 | p[1] << 8 | p[0];
}
void add16(ByteOutput& out, uint32_t c, bool big) {
  out.add(static_cast<uint8_t>(big ? c >> 8 : c));
  out.add(static_cast<uint8_t>(big ? c : c >> 8));
}
void add32(ByteOutput& out, uint32_t c, bool big) {
  for (int i = 0; i < 4; ++i) out.add(static_cast<uint8_t>(c >> (big ? 24 - 8 * i : 8 * i)));
}

bool hasSurrogates(const StrObject* s) {
  if (s->kind == 1) return false;
  return withChars(s, [&](auto* p) {
    bool some = false;
    for (int64_t i = 0; i < s->length; ++i) some |= isSurrogate(p[i]);
    return some;
  });
}
/// Text without surrogates as units of this kind, `extra` of which (a byte order mark) go first.
template <class Unit> Value encodeUnits(const StrObject* s, bool big, int extra) {
  return withChars(s, [&](auto* p) -> Value {
    constexpr bool kPairs = sizeof(Unit) == 2 && sizeof *p == 4;
    int64_t count = s->length + extra;
    if constexpr (kPairs)
      for (int64_t i = 0; i < s->length; ++i) count += p[i] >= 0x10000;
    if (count > INT64_MAX / 8) return raiseNoMemory();
    Value out = newBytes(nullptr, static_cast<size_t>(count) * sizeof(Unit));
    if (!out) return {};
    uint8_t* to = out.as<BytesObject>()->data;
    const auto write = [to, p, n = s->length, extra](auto ordered) {
      int64_t k = 0;
      const auto put = [&](uint32_t c) {
        const Unit unit = ordered(static_cast<Unit>(c));
        std::memcpy(to + k++ * static_cast<int64_t>(sizeof(Unit)), &unit, sizeof unit);
      };
      if (extra) put(0xfeff);
      for (int64_t i = 0; i < n; ++i) {
        if (kPairs && p[i] >= 0x10000) {
          put(0xd7c0 + (static_cast<uint32_t>(p[i]) >> 10));
          put(0xdc00 + (p[i] & 0x3ff));
        } else {
          put(p[i]);
        }
      }
    };
    if (big) write([](Unit unit) { return sizeof(Unit) == 2 ? static_cast<Unit>(__builtin_bswap16(static_cast<uint16_t>(unit))) : static_cast<Unit>(__builtin_bswap32(unit)); });
    else write([](Unit unit) { return unit; });
    return out;
  });
}

/// Both encoders: `width` bytes per unit.
Value encodeWide(Value v, const char* errors, int order, int width) {
  const StrObject* s = asStr(v);
  const bool big = order > 0;
  if (!hasSurrogates(s)) return width == 2 ? encodeUnits<uint16_t>(s, big, order == 0) : encodeUnits<uint32_t>(s, big, order == 0);
  const char* name = width == 2 ? utf16Names[order + 1] : utf32Names[order + 1];
  const SurrogateForm form = width == 2 ? (big ? SurrogateForm::Utf16Big : SurrogateForm::Utf16Little)
                                        : (big ? SurrogateForm::Utf32Big : SurrogateForm::Utf32Little);
  EncodeErrors handler(name, v, errors, form);
  ByteOutput out;
  if (!out.reserve(s->length * width + 4)) return {};
  auto add = [&](uint32_t c) {
    if (width == 4) return add32(out, c, big);
    if (c < 0x10000) return add16(out, c, big);
    add16(out, 0xd7c0 + (c >> 10), big);
    add16(out, 0xdc00 + (c & 0x3ff), big);
  };
  if (order == 0) add(0xfeff);
  for (int64_t i = 0; i < s->length;) {
    const uint32_t c = s->at(i);
    if (!isSurrogate(c)) {
      add(c);
      ++i;
      continue;
    }
    const int64_t end = i + 1;
    int64_t next;
    Ref replacement;
    if (!handler.handle(i, end, "surrogates not allowed", replacement, &next)) return {};
    if (isBytes(replacement)) {
      if (bytesView(replacement).size() % static_cast<size_t>(width)) return handler.raiseStrict(i, end, "surrogates not allowed"), Value();
      out.add(bytesView(replacement));
    } else {
      const StrObject* r = asStr(replacement);
      if (!(r->flags & kStrAscii)) return handler.raiseStrict(i, end, "surrogates not allowed"), Value();
      for (int64_t k = 0; k < r->length; ++k) add(r->at(k));
    }
    i = next;
  }
  return out.take();
}

} // namespace

Value encodeUtf16(Value v, const char* errors, int order) { return encodeWide(v, errors, order, 2); }
Value encodeUtf32(Value v, const char* errors, int order) { return encodeWide(v, errors, order, 4); }

Value decodeUtf16(const uint8_t* data, size_t n, const char* errors, int* order, int64_t* consumed) {
  int64_t at = 0;
  if (*order == 0 && n >= 2) {
    if (unit16(data, false) == 0xfeff) *order = -1, at = 2;
    else if (unit16(data, true) == 0xfeff) *order = 1, at = 2;
  }
  const bool big = *order > 0;
  DecodeErrors handler(utf16Names[big ? 2 : 0], data, n, errors, big ? SurrogateForm::Utf16Big : SurrogateForm::Utf16Little);
  StrBuilder out;
  while (at < handler.size()) {
    const uint8_t* p = handler.data() + at;
    const int64_t left = handler.size() - at;
    const char* reason;
    int64_t bad;
    if (left < 2) {
      if (consumed) break;
      reason = "truncated data", bad = left;
    } else {
      const uint32_t c = unit16(p, big);
      if (!isSurrogate(c)) {
        out.add(c);
        at += 2;
        continue;
      }
      if (c >= 0xdc00) {
        reason = "illegal encoding", bad = 2;
      } else if (left < 4) {
        if (consumed) break;
        reason = "unexpected end of data", bad = left;
      } else {
        const uint32_t low = unit16(p + 2, big);
        if (low >= 0xdc00 && low < 0xe000) {
          out.add(0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00));
          at += 4;
          continue;
        }
        reason = "illegal UTF-16 surrogate", bad = 2;
      }
    }
    if (!handler.handle(at, at + bad, reason, out, &at)) return {};
  }
  if (consumed) *consumed = at;
  return out.take();
}

Value decodeUtf32(const uint8_t* data, size_t n, const char* errors, int* order, int64_t* consumed) {
  int64_t at = 0;
  if (*order == 0 && n >= 4) {
    if (unit32(data, false) == 0xfeff) *order = -1, at = 4;
    else if (unit32(data, true) == 0xfeff) *order = 1, at = 4;
  }
  const bool big = *order > 0;
  DecodeErrors handler(utf32Names[big ? 2 : 0], data, n, errors, big ? SurrogateForm::Utf32Big : SurrogateForm::Utf32Little);
  StrBuilder out;
  while (at < handler.size()) {
    const int64_t left = handler.size() - at;
    const char* reason;
    int64_t bad = 4;
    if (left < 4) {
      if (consumed) break;
      reason = "truncated data", bad = left;
    } else {
      const uint32_t c = unit32(handler.data() + at, big);
      if (c < 0x110000 && !isSurrogate(c)) {
        out.add(c);
        at += 4;
        continue;
      }
      reason = c < 0x110000 ? "code point in surrogate code point range(0xd800, 0xe000)"
                            : "code point not in range(0x110000)";
    }
    if (!handler.handle(at, at + bad, reason, out, &at)) return {};
  }
  if (consumed) *consumed = at;
  return out.take();
}

} // namespace krait
