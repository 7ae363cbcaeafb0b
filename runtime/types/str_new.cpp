// Making str objects: the shared '' and one-character Latin-1 strings, raw
// allocation, decoding of UTF-8 that is known to be valid, and the reverse.
#include <algorithm>
#include <cstring>
#include <utility>
#include "runtime/memory/pools.h"
#include "runtime/object/errors.h"
#include "runtime/types/codec.h"
#include "runtime/types/str_data.h"

namespace krait {
namespace {

constexpr SharedChar sharedChar(unsigned c) {
  const char utf8[2] = {static_cast<char>(c < 128 ? c : 0xc0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
  return {{KRAIT_STATIC_HEADER(strType), 1, -1, nameHashOf({utf8, c < 128 ? 1u : 2u}), 1,
           static_cast<uint8_t>((c < 128 ? kStrAscii : 0) | kStrInterned | kStrNameHash), 0},
          {static_cast<uint8_t>(c), 0}};
}
template <size_t... I> constexpr SharedChars makeSharedChars(std::index_sequence<I...>) {
  return {{sharedChar(I)...}};
}

} // namespace

extern "C" {
constinit SharedChars krt_latin1_chars = makeSharedChars(std::make_index_sequence<256>());
alignas(16) constinit SharedChar krt_empty_str = {
    {KRAIT_STATIC_HEADER(strType), 0, -1, nameHashOf({}), 1, kStrAscii | kStrInterned | kStrNameHash, 0}, {0, 0}};
}

Value emptyStr() { return strValue(&krt_empty_str.head); }

/// Any that is not a short one of Latin-1.
[[gnu::noinline]] static StrObject* newStrRawSlow(int64_t length, uint32_t maxChar) {
  const int kind = kindFor(maxChar);
  if (length > (INT64_MAX - 64) / 4 - 1) {
    raiseNoMemory();
    return nullptr;
  }
  // Not newObject: clearing what the caller fills anyway costs as much as filling it.
  const size_t bytes = sizeof(StrObject) + static_cast<size_t>(length + 1) * static_cast<size_t>(kind);
  void* block = bytes <= kSmallLimit && !allocationHooks ? takeBlock(bytes) : nullptr;
  if (!block) [[unlikely]] block = allocate(bytes);
  if (!block) [[unlikely]] return nullptr;
  auto* s = static_cast<StrObject*>(block);
  s->header = {1, &strType.instanceLayout};
  s->length = length;
  s->hash = -1;
  s->nameHash = 0;
  s->kind = static_cast<uint8_t>(kind);
  s->flags = maxChar < 0x80 ? kStrAscii : 0;
  s->methodRow = 0;
  putChar(s->data(), kind, length, 0);
  return s;
}

/// Where a pool has room.
[[gnu::always_inline]] static inline StrObject* newShortStr(size_t length, uint8_t flags) {
  constexpr size_t kShort = kSmallLimit - sizeof(StrObject) - 1;
  auto* s = length <= kShort ? reinterpret_cast<StrObject*>(takeObjectOf<0>(strType, sizeof(StrObject) + length + 1)) : nullptr;
  if (!s) [[unlikely]] return nullptr;
  s->length = static_cast<int64_t>(length);
  s->hash = -1;
  s->nameHash = 0;
  s->kind = 1;
  s->flags = flags;
  s->methodRow = 0;
  s->data()[length] = 0;
  return s;
}

StrObject* newStrRaw(int64_t length, uint32_t maxChar) {
  StrObject* s = maxChar < 0x100 ? newShortStr(static_cast<size_t>(length), maxChar < 0x80 ? kStrAscii : 0) : nullptr;
  return s ? s : newStrRawSlow(length, maxChar);
}

Value newStrFromChar(uint32_t c) {
  if (c < 256) return latin1Char(static_cast<uint8_t>(c));
  StrObject* s = newStrRaw(1, c);
  if (!s) return {};
  putChar(s->data(), s->kind, 0, c);
  return strValue(s);
}

Value newStrAscii(const char* text, size_t n) {
  if (n < 2) return n ? latin1Char(static_cast<uint8_t>(*text)) : emptyStr();
  StrObject* s = newShortStr(n, kStrAscii);
  if (!s) [[unlikely]] {
    s = newStrRawSlow(static_cast<int64_t>(n), 0x7f);
    if (!s) return {};
  }
  copyShortly(s->data(), text, n);
  return strValue(s);
}

Value newStrLatin1(const uint8_t* text, size_t n) { return newStrFrom(text, n); }
Value newStrFromUcs4(const uint32_t* text, size_t n) { return newStrFrom(text, n); }

Value newStr(std::string_view utf8) {
  const auto* p = reinterpret_cast<const uint8_t*>(utf8.data());
  const size_t n = utf8.size();
  if (orOfChars(p, n) < 0x80) return newStrAscii(utf8.data(), n);
  int64_t length = 0;
  uint8_t lead = 0;
  for (size_t i = 0; i < n; ++i) {
    length += (p[i] & 0xc0) != 0x80;
    lead = std::max(lead, p[i]);
  }
  const uint32_t maxChar = lead >= 0xf0 ? 0x10ffff : lead >= 0xc4 ? 0xffff : 0xff; // c4 starts U+0100
  if (length == 1) return newStrFromChar(decodeUtf8Char(p));
  StrObject* s = newStrRaw(length, maxChar);
  if (!s) return {};
  withMutableChars(s, [&](auto* to) {
    for (size_t i = 0; i < n;) {
      if (n - i >= 8 && p[i] < 0x80) { // up to the next that is not ASCII
        uint64_t word;
        std::memcpy(&word, p + i, 8);
        const uint64_t high = word & 0x8080808080808080u;
        const size_t ascii = high ? static_cast<size_t>(__builtin_ctzll(high)) / 8 : 8;
        for (size_t k = 0; k < ascii; ++k) to[k] = p[i + k];
        to += ascii;
        i += ascii;
        continue;
      }
      const uint32_t c = decodeUtf8Char(p + i);
      i += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      *to++ = static_cast<std::remove_reference_t<decltype(*to)>>(c);
    }
  });
  return strValue(s);
}

Utf8::Utf8(Value v) : data_(nullptr), size_(0) {
  const StrObject* s = asStr(v);
  if (s->flags & kStrAscii) {
    data_ = reinterpret_cast<const char*>(s->data());
    size_ = static_cast<size_t>(s->length);
    return;
  }
  int64_t bad = -1;
  withChars(s, [&](auto* p) {
    for (int64_t i = 0; i < s->length; ++i) {
      const uint32_t c = p[i];
      if (isSurrogate(c) && bad < 0) bad = i;
      size_ += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }
  });
  if (bad >= 0) {
    int64_t end = bad + 1;
    while (end < s->length && isSurrogate(s->at(end))) ++end;
    raiseEncodeError("utf-8", v, bad, end, "surrogates not allowed");
    size_ = 0;
    return;
  }
  storage_ = static_cast<char*>(allocate(size_ + 1));
  if (!storage_) return;
  char* to = storage_;
  withChars(s, [&](auto* p) {
    for (int64_t i = 0; i < s->length; ++i) to += encodeUtf8Char(p[i], to);
  });
  *to = 0;
  data_ = storage_;
}

Utf8::~Utf8() {
  if (storage_) deallocate(storage_);
}

} // namespace krait
