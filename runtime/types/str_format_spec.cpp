// format(str, spec): what of the mini-language text allows.
#include "runtime/types/format_spec.h"
#include "runtime/types/str_slots.h"

namespace krait {

Value formatStr(Value v, Value specText) {
  if (asStr(specText)->length == 0) return strExact(v);
  FormatSpec spec;
  if (parseFormatSpec(v, specText, 's', '<', &spec) < 0) return {};
  if (spec.type != 's') return raiseUnknownFormatCode(spec.type, v);
  if (spec.sign == ' ') return raise(ValueErrorType, "Space not allowed in string format specifier");
  if (spec.sign) return raise(ValueErrorType, "Sign not allowed in string format specifier");
  if (spec.noNegativeZero) return raise(ValueErrorType, "Negative zero coercion (z) not allowed in string format specifier");
  if (spec.alternate) return raise(ValueErrorType, "Alternate form (#) not allowed in string format specifier");
  if (spec.align == '=') return raise(ValueErrorType, "'=' alignment not allowed in string format specifier");
  Ref text(spec.precision >= 0 && spec.precision < asStr(v)->length ? strSubstring(v, 0, spec.precision) : strExact(v));
  return text ? padField(spec, text) : Value();
}

} // namespace krait
