// Text as number parsers want it: ASCII digits and spaces.
#include "runtime/types/str_slots.h"
#include "runtime/unicode/char_types.h"

namespace krait {

Value strTransformDecimal(Value v) {
  const StrObject* s = asStr(v);
  if (s->flags & kStrAscii) return strExact(v);
  StrBuilder out;
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->at(i);
    const int digit = unicode::decimalValue(c);
    out.add(c < 127 ? c : unicode::isSpace(c) ? ' ' : digit >= 0 ? static_cast<uint32_t>('0' + digit) : '?');
  }
  return out.take();
}

} // namespace krait
