// unicode_escape, raw_unicode_escape, and the escapes of bytes literals.
#include <cstdio>
#include "runtime/types/byte_output.h"
#include "runtime/types/codec_errors.h"
#include "runtime/types/str_slots.h"
#include "runtime/unicode/names.h"

namespace krait {
namespace {

int hexValue(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void addEscape(ByteOutput& out, uint32_t c) {
  char text[16];
  const int n = snprintf(text, sizeof text, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
  out.add(text, n);
}

/// Up to `digits` hexadecimal digits at p: how many there are, and their value.
int readHex(const uint8_t* p, int64_t n, int digits, uint32_t* value) {
  int i = 0;
  *value = 0;
  for (; i < digits && i < n; ++i) {
    const int digit = hexValue(p[i]);
    if (digit < 0) break;
    *value = *value << 4 | static_cast<uint32_t>(digit);
  }
  return i;
}

/// One-letter escapes shared by text and bytes: the character, or -1.
int simpleEscape(uint8_t c) {
  switch (c) {
  case '\\': case '\'': case '"': return c;
  case 'b': return '\b';
  case 'f': return '\f';
  case 't': return '\t';
  case 'n': return '\n';
  case 'r': return '\r';
  case 'v': return '\v';
  case 'a': return '\a';
  default: return -1;
  }
}

uint32_t readOctal(const uint8_t* p, int64_t n, int64_t* at) {
  uint32_t c = 0;
  for (int i = 0; i < 3 && *at < n && p[*at] >= '0' && p[*at] <= '7'; ++i) c = c * 8 + p[(*at)++] - '0';
  return c;
}

} // namespace

Value encodeUnicodeEscape(Value v) {
  const StrObject* s = asStr(v);
  ByteOutput out;
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->at(i);
    if (c == '\\') out.add("\\\\");
    else if (c == '\t') out.add("\\t");
    else if (c == '\n') out.add("\\n");
    else if (c == '\r') out.add("\\r");
    else if (c >= ' ' && c < 0x7f) out.add(static_cast<uint8_t>(c));
    else addEscape(out, c);
  }
  return out.take();
}

Value encodeRawUnicodeEscape(Value v) {
  const StrObject* s = asStr(v);
  ByteOutput out;
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->at(i);
    if (c < 0x100) out.add(static_cast<uint8_t>(c));
    else addEscape(out, c);
  }
  return out.take();
}

Value decodeUnicodeEscape(const uint8_t* data, size_t n, const char* errors, int64_t* consumed) {
  DecodeErrors handler("unicodeescape", data, n, errors);
  StrBuilder out;
  int64_t at = 0, invalid = -1;
  while (at < handler.size()) {
    const uint8_t* p = handler.data();
    const int64_t size = handler.size(), start = at;
    if (p[at] != '\\') {
      out.add(p[at++]);
      continue;
    }
    const char* reason = "\\ at end of string";
    if (++at >= size) {
      if (consumed) {
        at = start;
        break;
      }
    } else {
      const uint8_t c = p[at++];
      if (c == '\n') continue;
      if (const int simple = simpleEscape(c); simple >= 0) {
        out.add(static_cast<uint32_t>(simple));
        continue;
      }
      if (c >= '0' && c <= '7') {
        --at;
        const uint32_t value = readOctal(p, size, &at);
        if (value > 0377 && invalid < 0) invalid = start;
        out.add(value);
        continue;
      }
      if (c == 'x' || c == 'u' || c == 'U') {
        const int digits = c == 'x' ? 2 : c == 'u' ? 4 : 8;
        reason = c == 'x' ? "truncated \\xXX escape" : c == 'u' ? "truncated \\uXXXX escape" : "truncated \\UXXXXXXXX escape";
        uint32_t value;
        const int found = readHex(p + at, size - at, digits, &value);
        at += found;
        if (found == digits) {
          if (value < 0x110000) {
            out.add(value);
            continue;
          }
          reason = "illegal Unicode character";
        } else if (consumed && at >= size) {
          at = start;
          break;
        }
      } else if (c == 'N') {
        reason = "malformed \\N character escape";
        if (at >= size) {
          if (consumed) {
            at = start;
            break;
          }
        } else if (p[at] == '{') {
          int64_t end = at + 1;
          while (end < size && p[end] != '}') ++end;
          if (end >= size) {
            if (consumed) {
              at = start;
              break;
            }
            at = size;
          } else if (end > at + 1) {
            const std::string_view name(reinterpret_cast<const char*>(p) + at + 1, static_cast<size_t>(end - at - 1));
            at = end + 1;
            const uint32_t value = unicode::lookupName(name);
            if (value != unicode::kNoChar) {
              out.add(value);
              continue;
            }
            reason = "unknown Unicode character name";
          } else {
            ++at;
          }
        }
      } else {
        if (invalid < 0) invalid = start;
        out.add('\\');
        out.add(c);
        continue;
      }
    }
    if (!handler.handle(start, at, reason, out, &at)) return {};
  }
  if (consumed) *consumed = at;
  if (invalid >= 0 && invalid + 1 < handler.size()) {
    const uint8_t c = handler.data()[invalid + 1];
    const int32_t failed = c >= '4' && c <= '7'
        ? warn(DeprecationWarningType, 1, "invalid octal escape sequence '\\%.3s'", reinterpret_cast<const char*>(handler.data()) + invalid + 1)
        : warn(DeprecationWarningType, 1, "invalid escape sequence '\\%c'", c);
    if (failed < 0) return {};
  }
  return out.take();
}

Value decodeRawUnicodeEscape(const uint8_t* data, size_t n, const char* errors, int64_t* consumed) {
  DecodeErrors handler("rawunicodeescape", data, n, errors);
  StrBuilder out;
  int64_t at = 0;
  while (at < handler.size()) {
    const uint8_t* p = handler.data();
    const int64_t size = handler.size(), start = at;
    if (p[at] != '\\') {
      out.add(p[at++]);
      continue;
    }
    if (at + 1 >= size) {
      if (consumed) break;
      out.add('\\');
      ++at;
      continue;
    }
    const uint8_t c = p[at + 1];
    if (c != 'u' && c != 'U') {
      out.add('\\');
      out.add(c);
      at += 2;
      continue;
    }
    const int digits = c == 'u' ? 4 : 8;
    uint32_t value;
    const int found = readHex(p + at + 2, size - at - 2, digits, &value);
    at += 2 + found;
    if (found == digits && value < 0x110000) {
      out.add(value);
      continue;
    }
    const char* reason = found == digits ? "\\Uxxxxxxxx out of range" : c == 'u' ? "truncated \\uXXXX escape" : "truncated \\UXXXXXXXX escape";
    if (found < digits && consumed && at >= size) {
      at = start;
      break;
    }
    if (!handler.handle(start, at, reason, out, &at)) return {};
  }
  if (consumed) *consumed = at;
  return out.take();
}

Value decodeByteEscapes(const uint8_t* p, size_t length, const char* errors) {
  const auto n = static_cast<int64_t>(length);
  ByteOutput out;
  int64_t invalid = -1;
  for (int64_t at = 0; at < n;) {
    const int64_t start = at;
    if (p[at] != '\\') {
      out.add(p[at++]);
      continue;
    }
    if (++at >= n) return raise(ValueErrorType, "Trailing \\ in string");
    const uint8_t c = p[at++];
    if (c == '\n') continue;
    if (const int simple = simpleEscape(c); simple >= 0) {
      out.add(static_cast<uint8_t>(simple));
    } else if (c >= '0' && c <= '7') {
      --at;
      const uint32_t value = readOctal(p, n, &at);
      if (value > 0377 && invalid < 0) invalid = start;
      out.add(static_cast<uint8_t>(value));
    } else if (c == 'x') {
      uint32_t value;
      const int found = readHex(p + at, n - at, 2, &value);
      if (found == 2) {
        out.add(static_cast<uint8_t>(value));
        at += 2;
        continue;
      }
      switch (errorModeOf(errors)) {
      case ErrorMode::Strict: return raise(ValueErrorType, "invalid \\x escape at position %zd", static_cast<size_t>(start));
      case ErrorMode::Replace: out.add('?'); break;
      case ErrorMode::Ignore: break;
      default: return raise(ValueErrorType, "decoding error; unknown error handling code: %.400s", errors);
      }
      at += found;
    } else {
      if (invalid < 0) invalid = start;
      out.add('\\');
      out.add(c);
    }
  }
  if (invalid >= 0) {
    const uint8_t c = p[invalid + 1];
    const int32_t failed = c >= '4' && c <= '7'
        ? warn(DeprecationWarningType, 1, "invalid octal escape sequence '\\%.3s'", reinterpret_cast<const char*>(p) + invalid + 1)
        : warn(DeprecationWarningType, 1, "invalid escape sequence '\\%c'", c);
    if (failed < 0) return {};
  }
  return out.take();
}

Value encodeByteEscapes(const uint8_t* p, size_t n) {
  ByteOutput out;
  for (size_t i = 0; i < n; ++i) {
    const uint8_t c = p[i];
    if (c == '\'' || c == '\\') out.add('\\'), out.add(c);
    else if (c == '\t') out.add("\\t");
    else if (c == '\n') out.add("\\n");
    else if (c == '\r') out.add("\\r");
    else if (c >= ' ' && c < 0x7f) out.add(c);
    else addEscape(out, c);
  }
  return out.take();
}

} // namespace krait
