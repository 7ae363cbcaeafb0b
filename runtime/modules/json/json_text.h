// _json: strings, which scanner and encoder share.
#pragma once
#include <bit>
#include <cstring>
#include "runtime/object/ref.h"
#include "runtime/types/str.h"

namespace krait::json {

extern Type scannerType, encoderType;

/// First quote, backslash or (strict) control character of p[at, n), or n; with kPrintable, also what is no printable ASCII.
template <bool kPrintable = false, class C> int64_t plainRun(const C* p, int64_t n, int64_t at, bool strict) {
  if constexpr (sizeof(C) == 1) {
    using Bytes [[gnu::vector_size(16)]] = uint8_t;
    using Flags = bool __attribute__((ext_vector_type(16)));
    for (; at + 16 <= n; at += 16) {
      Bytes b;
      std::memcpy(&b, p + at, 16);
      auto stops = (b == '"') | (b == '\\');
      if (strict) stops |= b <= 0x1f;
      if (kPrintable) stops |= b >= 0x7f;
      if (const auto marks = std::bit_cast<uint16_t>(__builtin_convertvector(stops, Flags))) return at + std::countr_zero(marks);
    }
    // The rest, eight at a time: the lowest byte marked is one of them.
    constexpr uint64_t kOnes = 0x0101010101010101, kTops = kOnes * 0x80;
    auto below = [](uint64_t word, uint64_t most) { return (word - kOnes * most) & ~word & kTops; };
    for (; at + 8 <= n; at += 8) {
      uint64_t word;
      std::memcpy(&word, p + at, 8);
      uint64_t marks = below(word ^ kOnes * '"', 1) | below(word ^ kOnes * '\\', 1);
      if (strict) marks |= below(word, 0x20);
      if (kPrintable) marks |= (word | (word + kOnes)) & kTops;
      if (marks) return at + (std::countr_zero(marks) >> 3);
    }
  }
  while (at < n && p[at] != '"' && p[at] != '\\' && (p[at] > 0x1f || !strict) && (p[at] < 0x7f || !kPrintable)) ++at;
  return at;
}
/// The string literal whose first character (after the quote) is at `at`; *next is left behind its closing quote.
/// Null with JSONDecodeError.
Value scanString(Value text, int64_t at, bool strict, int64_t* next);
/// json.decoder.JSONDecodeError(message, text, position). Null.
Value raiseDecodeError(const char* message, Value text, int64_t position);

/// The literal of `text` with its quotes; `ascii`: other characters as \uXXXX too.
Value quoted(Value text, bool ascii);
void addQuoted(StrBuilder& out, Value text, bool ascii);

Value encodeBasestring(Value, Value text);
Value encodeBasestringAscii(Value, Value text);

} // namespace krait::json
