// JSON string literals, both ways.
#include "runtime/modules/json/json_text.h"
#include <array>
#include <iterator>
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_data.h"

namespace krait::json {

Value raiseDecodeError(const char* message, Value text, int64_t position) {
  Ref module(importModule("json.decoder")), cls(module ? getAttr(module, "JSONDecodeError") : Value());
  Ref words(cls ? newStr(message) : Value()), error(words ? call(cls, {words, text, newInt(position)}) : Value());
  return error ? raiseInstance(error.release()) : Value();
}

// ---- scanning ----

/// Four hex digits, or -1.
template <class C> static int32_t hexUnit(const C* p) {
  int32_t unit = 0;
  for (int i = 0; i < 4; ++i) {
    const uint32_t c = p[i], letter = c | 0x20;
    const int32_t digit = c - '0' < 10 ? static_cast<int32_t>(c - '0') : letter - 'a' < 6 ? static_cast<int32_t>(letter - 'a' + 10) : -1;
    if (digit < 0) return -1;
    unit = unit << 4 | digit;
  }
  return unit;
}

static uint32_t simpleEscape(uint32_t c) {
  switch (c) {
  case '"': case '\\': case '/': return c;
  case 'b': return '\b';
  case 'f': return '\f';
  case 'n': return '\n';
  case 'r': return '\r';
  case 't': return '\t';
  default: return 0;
  }
}

/// Where one escape is the next is mostly near: so many characters behind it are looked at, and added, one by one. Only then it pays to
/// look for the end of a run at once.
constexpr int64_t kNear = 8;

/// The rest of a literal that begins behind `begin`, whose first stop is at `end`.
template <class C>
static Value scanEscaped(Value text, const C* p, int64_t begin, int64_t end, bool strict, int64_t* next) {
  const int64_t n = asStr(text)->length;
  StrBuilder out;
  for (int64_t at = begin + 1;; end = plainRun(p, n, at, strict)) {
    if (end > at) out.add(text, at, end);
    at = end;
    // Escapes, and short runs between them.
    for (int64_t plain = 0; plain < kNear; ++at) {
      if (at >= n) return raiseDecodeError("Unterminated string starting at", text, begin);
      const uint32_t c = p[at];
      if (c == '"') {
        *next = at + 1;
        return out.take();
      }
      if (c != '\\') {
        if (c <= 0x1f && strict) return raiseDecodeError("Invalid control character at", text, at);
        out.add(c);
        ++plain;
        continue;
      }
      plain = 0;
      const int64_t escape = at++;
      if (at == n) return raiseDecodeError("Unterminated string starting at", text, begin);
      if (p[at] != 'u') {
        const uint32_t meant = simpleEscape(p[at]);
        if (!meant) return raiseDecodeError("Invalid \\escape", text, escape);
        out.add(meant);
        continue;
      }
      // \uXXXX needs at least one more character, the closing quote.
      const int32_t unit = escape + 6 < n ? hexUnit(p + at + 1) : -1;
      if (unit < 0) return raiseDecodeError("Invalid \\uXXXX escape", text, at);
      at += 4;
      uint32_t meant = static_cast<uint32_t>(unit);
      if (unit >= 0xd800 && unit <= 0xdbff && at + 7 < n && p[at + 1] == '\\' && p[at + 2] == 'u') {
        const int32_t low = hexUnit(p + at + 3);
        if (low < 0) return raiseDecodeError("Invalid \\uXXXX escape", text, at + 2);
        if (low >= 0xdc00 && low <= 0xdfff) {
          meant = 0x10000 + static_cast<uint32_t>((unit - 0xd800) << 10 | (low - 0xdc00));
          at += 6;
        }
      }
      out.add(meant);
    }
  }
}

Value scanString(Value text, int64_t at, bool strict, int64_t* next) {
  const StrObject* s = asStr(text);
  const int64_t n = s->length;
  if (at < 0 || at > n) return raise(ValueErrorType, "end is out of bounds");
  return withChars(s, [&](auto* p) {
    const int64_t end = plainRun(p, n, at, strict);
    if (end == n || p[end] != '"') return scanEscaped(text, p, at - 1, end, strict, next);
    *next = end + 1;
    return strSubstring(text, at, end);
  });
}

// ---- quoting ----

/// The letter that stands for a character behind a backslash; 0 if there is none.
static constexpr char escapeLetter(uint32_t c) {
  switch (c) {
  case '"': case '\\': return static_cast<char>(c);
  case '\b': return 'b';
  case '\f': return 'f';
  case '\n': return 'n';
  case '\r': return 'r';
  case '\t': return 't';
  default: return 0;
  }
}

/// The escape of `c`, of up to twelve characters; the end of it.
static char* putEscape(char* to, uint32_t c) {
  auto putUnit = [&](uint32_t unit) {
    *to++ = '\\', *to++ = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) *to++ = "0123456789abcdef"[unit >> shift & 15];
  };
  if (const char letter = escapeLetter(c)) {
    *to++ = '\\', *to++ = letter;
  } else if (c > 0xffff) {
    putUnit(0xd800 + ((c - 0x10000) >> 10));
    putUnit(0xdc00 + ((c - 0x10000) & 0x3ff));
  } else {
    putUnit(c);
  }
  return to;
}

/// Whether it is ASCII and stands for itself in a literal.
template <bool kPrintable> static constexpr bool isPlain(uint32_t c) {
  return c != '"' && c != '\\' && c > 0x1f && c < (kPrintable ? 0x7f : 0x80);
}
template <bool kPrintable> static constexpr auto kPlain = [] {
  std::array<bool, 128> plain{};
  for (uint32_t c = 0; c < plain.size(); ++c) plain[c] = isPlain<kPrintable>(c);
  return plain;
}();

/// From `at` on, up to the end or to where no escape has been for a while; answers where that is.
template <bool kPrintable, class C> static int64_t addNear(StrBuilder& out, const C* p, int64_t at, int64_t n) {
  char ascii[240], *to = ascii;
  auto flush = [&] {
    out.addAscii({ascii, static_cast<size_t>(to - ascii)});
    to = ascii;
  };
  for (int64_t plain = 0; at < n && plain < kNear; ++at) {
    const uint32_t c = p[at];
    if (c < 0x80 && kPlain<kPrintable>[c]) {
      *to++ = static_cast<char>(c), ++plain;
    } else if (kPrintable || c < 0x80) {
      to = putEscape(to, c), plain = 0;
    } else {
      flush();
      out.add(c), ++plain;
    }
    if (std::end(ascii) - to < 12) flush();
  }
  flush();
  return at;
}

template <bool kPrintable, class C> static void addChars(StrBuilder& out, Value text, const C* p) {
  const int64_t n = asStr(text)->length;
  for (int64_t at = 0; at < n;) {
    const int64_t end = plainRun<kPrintable>(p, n, at, true);
    if (end > at) out.add(text, at, end);
    at = addNear<kPrintable>(out, p, end, n);
  }
}

void addQuoted(StrBuilder& out, Value text, bool ascii) {
  out.add('"');
  withChars(asStr(text), [&](auto* p) { return ascii ? addChars<true>(out, text, p) : addChars<false>(out, text, p); });
  out.add('"');
}

Value quoted(Value text, bool ascii) {
  StrBuilder out;
  addQuoted(out, text, ascii);
  return out.take();
}

static Value quotedArgument(Value text, bool ascii) {
  if (!isStr(text)) return raise(TypeErrorType, "first argument must be a string, not %.80s", typeOf(text)->name);
  return quoted(text, ascii);
}
Value encodeBasestring(Value, Value text) { return quotedArgument(text, false); }
Value encodeBasestringAscii(Value, Value text) { return quotedArgument(text, true); }

} // namespace krait::json
