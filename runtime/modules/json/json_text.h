// _json: strings, which scanner and encoder share.
#pragma once
#include "runtime/object/ref.h"
#include "runtime/types/str.h"

namespace krait::json {

extern Type scannerType, encoderType;

/// First quote, backslash or (strict) control character of p[at, n), or n.
template <class C> int64_t plainRun(const C* p, int64_t n, int64_t at, bool strict) {
  while (at < n && p[at] != '"' && p[at] != '\\' && (p[at] > 0x1f || !strict)) ++at;
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
