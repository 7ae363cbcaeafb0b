// repr() and ascii() of text.
#include "runtime/types/str_search.h"
#include "runtime/types/str_slots.h"
#include "runtime/unicode/char_types.h"

namespace krait {
namespace {

void addHex(StrBuilder& out, char letter, uint32_t c, int digits) {
  char text[10] = {'\\', letter};
  for (int i = 0; i < digits; ++i) text[2 + i] = "0123456789abcdef"[c >> (4 * (digits - 1 - i)) & 15];
  out.addAscii({text, static_cast<size_t>(digits) + 2});
}

} // namespace

void addRepr(StrBuilder& out, Value v, bool ascii) {
  const StrObject* s = asStr(v);
  bool single = false, twice = false;
  withChars(s, [&](auto* p) {
    for (int64_t i = 0; i < s->length; ++i) {
      single |= p[i] == '\'';
      twice |= p[i] == '"';
    }
  });
  const uint32_t quote = single && !twice ? '"' : '\'';
  out.add(quote);
  withChars(s, [&](auto* p) {
    for (int64_t i = 0; i < s->length; ++i) {
      if constexpr (sizeof *p == 1) { // most of it stands there as it is
        const int64_t end = i + search::plainPrefix(p + i, s->length - i, static_cast<uint8_t>(quote), static_cast<uint8_t>(quote));
        if (end > i) out.addAscii(std::string_view(reinterpret_cast<const char*>(p) + i, static_cast<size_t>(end - i)));
        i = end;
        if (i == s->length) break;
      }
      const uint32_t c = p[i];
      if (c == quote || c == '\\') {
        out.add('\\');
        out.add(c);
      } else if (c == '\t') out.addAscii("\\t");
      else if (c == '\n') out.addAscii("\\n");
      else if (c == '\r') out.addAscii("\\r");
      else if (c < ' ' || c == 0x7f) addHex(out, 'x', c, 2);
      else if (c < 0x7f || (!ascii && unicode::isPrintable(c))) out.add(c);
      else if (c < 0x100) addHex(out, 'x', c, 2);
      else if (c < 0x10000) addHex(out, 'u', c, 4);
      else addHex(out, 'U', c, 8);
    }
  });
  out.add(quote);
}

/// ASCII that stands in these quotes as it is.
template <uint8_t quote> static bool isPlainIn(const StrObject* s) {
  if (!(s->flags & kStrAscii)) return false;
  const uint8_t* p = s->data();
  bool special = false;
  for (int64_t i = 0; i < s->length; ++i) special |= p[i] < ' ' || p[i] == 0x7f || p[i] == quote || p[i] == '\\';
  return !special;
}
static Value quoted(const StrObject* s, uint8_t quote) {
  StrObject* made = newStrRaw(s->length + 2, 0x7f);
  if (!made) return {};
  made->data()[0] = made->data()[s->length + 1] = quote;
  std::memcpy(made->data() + 1, s->data(), static_cast<size_t>(s->length));
  return strValue(made);
}

Value strRepr(Value v) {
  const StrObject* s = asStr(v);
  if (isPlainIn<'\''>(s)) return quoted(s, '\'');
  if (isPlainIn<'"'>(s)) return quoted(s, '"'); // then it has an apostrophe
  StrBuilder out;
  addRepr(out, v, false);
  return out.take();
}

} // namespace krait
