// Reading and copying the three widths of str. Inline and allocation-free, except
// newStrFrom. For the files of str and the codecs.
#pragma once
#include <cstring>
#include "runtime/types/str.h"

namespace krait {

/// Calls f with a typed pointer to the code points.
template <class F> decltype(auto) withChars(const StrObject* s, F&& f) {
  switch (s->kind) {
  case 1: return f(s->data());
  case 2: return f(reinterpret_cast<const uint16_t*>(s->data()));
  default: return f(reinterpret_cast<const uint32_t*>(s->data()));
  }
}
template <class F> decltype(auto) withMutableChars(StrObject* s, F&& f) {
  switch (s->kind) {
  case 1: return f(s->data());
  case 2: return f(reinterpret_cast<uint16_t*>(s->data()));
  default: return f(reinterpret_cast<uint32_t*>(s->data()));
  }
}

/// The largest code point that strings of this width (and ASCII flag) may hold.
inline uint32_t widthLimit(const StrObject* s) {
  return s->flags & kStrAscii ? 0x7f : s->kind == 1 ? 0xff : s->kind == 2 ? 0xffff : 0x10ffff;
}
inline int kindFor(uint32_t maxChar) { return maxChar < 0x100 ? 1 : maxChar < 0x10000 ? 2 : 4; }

/// All code points or'ed: enough to tell the narrowest kind.
template <class C> uint32_t orOfChars(const C* p, size_t n) {
  C all = 0;
  for (size_t i = 0; i < n; ++i) all |= p[i];
  return all;
}
template <> inline uint32_t orOfChars(const uint8_t* p, size_t n) {
  auto word = [](const uint8_t* at) {
    uint64_t w;
    std::memcpy(&w, at, 8);
    return w;
  };
  auto half = [](const uint8_t* at) {
    uint32_t w;
    std::memcpy(&w, at, 4);
    return w;
  };
  uint64_t wide = 0;
  if (n >= 8) { // the last word may repeat some of the one before
    for (size_t i = 0; i + 8 < n; i += 8) wide |= word(p + i);
    wide |= word(p + n - 8);
  } else if (n >= 4) {
    wide = half(p) | half(p + n - 4);
  } else if (n) {
    wide = p[0] | p[n / 2] | p[n - 1];
  }
  return wide & 0x8080808080808080u ? 0xff : 0x7f;
}
inline uint32_t orOfRange(const StrObject* s, int64_t from, int64_t to) {
  if (s->flags & kStrAscii) return 0x7f;
  return withChars(s, [&](auto* p) { return orOfChars(p + from, static_cast<size_t>(to - from)); });
}

/// As memcpy of one byte or more, without the call for what is short.
inline void copyShortly(uint8_t* to, const void* source, size_t n) {
  const auto* from = static_cast<const uint8_t*>(source);
  if (n > 32) {
    std::memcpy(to, from, n);
  } else if (n >= 16) {
    std::memcpy(to, from, 16);
    std::memcpy(to + n - 16, from + n - 16, 16);
  } else if (n >= 8) {
    std::memcpy(to, from, 8);
    std::memcpy(to + n - 8, from + n - 8, 8);
  } else if (n >= 4) {
    std::memcpy(to, from, 4);
    std::memcpy(to + n - 4, from + n - 4, 4);
  } else {
    const uint8_t first = from[0], middle = from[n / 2], last = from[n - 1];
    to[0] = first;
    to[n / 2] = middle;
    to[n - 1] = last;
  }
}

/// The same of any number; answers where the next are to stand.
inline uint8_t* putShortly(uint8_t* to, const void* source, size_t n) {
  if (n) copyShortly(to, source, n);
  return to + n;
}

/// As memcmp(a, b, n) == 0, without the call for what is short.
inline bool equalShortly(const uint8_t* a, const uint8_t* b, size_t n) {
  auto differ = [&]<class Word>(Word, size_t at) {
    Word x, y;
    std::memcpy(&x, a + at, sizeof x);
    std::memcpy(&y, b + at, sizeof y);
    return x ^ y;
  };
  if (n > 16) return !std::memcmp(a, b, n);
  if (n >= 8) return !(differ(uint64_t{}, 0) | differ(uint64_t{}, n - 8));
  if (n >= 4) return !(differ(uint32_t{}, 0) | differ(uint32_t{}, n - 4));
  return !n || (a[0] == b[0] && a[n / 2] == b[n / 2] && a[n - 1] == b[n - 1]);
}

template <class To, class From> void copyWiden(To* to, const From* from, size_t n) {
  if constexpr (sizeof(To) == sizeof(From)) {
    std::memcpy(to, from, n * sizeof(To));
  } else {
    for (size_t i = 0; i < n; ++i) to[i] = static_cast<To>(from[i]);
  }
}
/// Copies code points [from, to) of `s` to position `at` of an array of width `kind` that can hold them.
inline void copyChars(uint8_t* target, int kind, int64_t at, const StrObject* s, int64_t from, int64_t to) {
  const auto n = static_cast<size_t>(to - from);
  withChars(s, [&](auto* p) {
    switch (kind) {
    case 1: copyWiden(target + at, p + from, n); break;
    case 2: copyWiden(reinterpret_cast<uint16_t*>(target) + at, p + from, n); break;
    default: copyWiden(reinterpret_cast<uint32_t*>(target) + at, p + from, n); break;
    }
  });
}
inline void putChar(uint8_t* data, int kind, int64_t i, uint32_t c) {
  switch (kind) {
  case 1: data[i] = static_cast<uint8_t>(c); break;
  case 2: reinterpret_cast<uint16_t*>(data)[i] = static_cast<uint16_t>(c); break;
  default: reinterpret_cast<uint32_t*>(data)[i] = c; break;
  }
}

/// str of the code points, in the narrowest kind.
template <class C> Value newStrFrom(const C* p, size_t n) {
  if (n == 1) return newStrFromChar(p[0]);
  if (n == 0) return emptyStr();
  const uint32_t all = orOfChars(p, n);
  if constexpr (sizeof(C) == 1)
    if (all < 0x80) return newStrAscii(reinterpret_cast<const char*>(p), n);
  StrObject* s = newStrRaw(static_cast<int64_t>(n), all);
  if (!s) return {};
  withMutableChars(s, [&](auto* to) { copyWiden(to, p, n); });
  return Value(&s->header);
}

inline Value strValue(StrObject* s) { return Value(reinterpret_cast<Object*>(s)); }

/// Encodes one code point (surrogates too) as UTF-8; returns the number of bytes, 1 to 4.
inline size_t encodeUtf8Char(uint32_t c, char* out) {
  if (c < 0x80) return out[0] = static_cast<char>(c), 1;
  if (c < 0x800) {
    out[0] = static_cast<char>(0xc0 | c >> 6);
    out[1] = static_cast<char>(0x80 | (c & 63));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = static_cast<char>(0xe0 | c >> 12);
    out[1] = static_cast<char>(0x80 | (c >> 6 & 63));
    out[2] = static_cast<char>(0x80 | (c & 63));
    return 3;
  }
  out[0] = static_cast<char>(0xf0 | c >> 18);
  out[1] = static_cast<char>(0x80 | (c >> 12 & 63));
  out[2] = static_cast<char>(0x80 | (c >> 6 & 63));
  out[3] = static_cast<char>(0x80 | (c & 63));
  return 4;
}
inline bool isSurrogate(uint32_t c) { return c >= 0xd800 && c < 0xe000; }

} // namespace krait
