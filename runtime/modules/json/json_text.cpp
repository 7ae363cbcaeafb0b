// JSON string literals, both ways.
#include "runtime/modules/json/json_text.h"
#include <cstdio>
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

/// Four hex digits at `at`, or -1.
static int32_t hexUnit(const StrObject* s, int64_t at) {
  int32_t unit = 0;
  for (int64_t i = at; i < at + 4; ++i) {
    const uint32_t c = s->at(i);
    const int32_t digit = c >= '0' && c <= '9'   ? static_cast<int32_t>(c - '0')
                          : c >= 'a' && c <= 'f' ? static_cast<int32_t>(c - 'a' + 10)
                          : c >= 'A' && c <= 'F' ? static_cast<int32_t>(c - 'A' + 10)
                                                 : -1;
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

static int64_t plainEnd(const StrObject* s, int64_t at, bool strict) {
  return withChars(s, [&](auto* p) { return plainRun(p, s->length, at, strict); });
}

Value scanString(Value text, int64_t at, bool strict, int64_t* next) {
  const StrObject* s = asStr(text);
  const int64_t begin = at - 1, n = s->length;
  if (at < 0 || at > n) return raise(ValueErrorType, "end is out of bounds");
  int64_t end = plainEnd(s, at, strict);
  if (end < n && s->at(end) == '"') {
    *next = end + 1;
    return strSubstring(text, at, end);
  }
  StrBuilder out;
  for (;; end = plainEnd(s, at, strict)) {
    if (end == n) return raiseDecodeError("Unterminated string starting at", text, begin);
    const uint32_t stop = s->at(end);
    if (stop != '"' && stop != '\\') return raiseDecodeError("Invalid control character at", text, end);
    if (end != at) out.add(text, at, end);
    if (stop == '"') {
      *next = end + 1;
      return out.take();
    }
    if (end + 1 == n) return raiseDecodeError("Unterminated string starting at", text, begin);
    const uint32_t code = s->at(end + 1);
    if (code != 'u') {
      const uint32_t c = simpleEscape(code);
      if (!c) return raiseDecodeError("Invalid \\escape", text, end);
      out.add(c);
      at = end + 2;
      continue;
    }
    // \uXXXX needs at least one more character, the closing quote.
    at = end + 6;
    if (at >= n) return raiseDecodeError("Invalid \\uXXXX escape", text, end + 1);
    int32_t unit = hexUnit(s, end + 2);
    if (unit < 0) return raiseDecodeError("Invalid \\uXXXX escape", text, end + 1);
    if (unit >= 0xd800 && unit <= 0xdbff && at + 6 < n && s->at(at) == '\\' && s->at(at + 1) == 'u') {
      const int32_t low = hexUnit(s, at + 2);
      if (low < 0) return raiseDecodeError("Invalid \\uXXXX escape", text, at + 1);
      if (low >= 0xdc00 && low <= 0xdfff) {
        unit = 0x10000 + ((unit - 0xd800) << 10 | (low - 0xdc00));
        at += 6;
      }
    }
    out.add(static_cast<uint32_t>(unit));
  }
}

// ---- quoting ----

static void addEscape(StrBuilder& out, uint32_t c) {
  switch (c) {
  case '"': out.addAscii("\\\""); return;
  case '\\': out.addAscii("\\\\"); return;
  case '\b': out.addAscii("\\b"); return;
  case '\f': out.addAscii("\\f"); return;
  case '\n': out.addAscii("\\n"); return;
  case '\r': out.addAscii("\\r"); return;
  case '\t': out.addAscii("\\t"); return;
  default: break;
  }
  auto addUnit = [&](uint32_t unit) {
    char text[] = "\\u0000";
    for (int digit = 0; digit < 4; ++digit) text[5 - digit] = "0123456789abcdef"[unit >> 4 * digit & 15];
    out.addAscii({text, 6});
  };
  if (c > 0xffff) addUnit(0xd800 + ((c - 0x10000) >> 10));
  addUnit(c > 0xffff ? 0xdc00 + ((c - 0x10000) & 0x3ff) : c);
}

/// A character that must be escaped, from `at` on.
static int64_t nextEscape(const StrObject* s, int64_t at, bool ascii) {
  return withChars(s, [&](auto* p) { return ascii ? plainRun<true>(p, s->length, at, true) : plainRun(p, s->length, at, true); });
}

void addQuoted(StrBuilder& out, Value text, bool ascii) {
  const StrObject* s = asStr(text);
  out.add('"');
  for (int64_t at = 0; at < s->length;) {
    const int64_t end = nextEscape(s, at, ascii);
    if (end == s->length && at == 0) out.add(text);
    else if (end > at) out.add(text, at, end);
    if (end < s->length) addEscape(out, s->at(end));
    at = end + 1;
  }
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
