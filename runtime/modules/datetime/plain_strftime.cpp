// strftime of formats that say nothing but numbers (%Y, %m, %d, %H, %M, %S, %y, %j, %f) and ASCII text. No locale, zone or C
// library has a part in these, so they need no struct_time either: as long as the time module's functions, which would
// be asked, are those that it came with.
#include <cstring>

#include "runtime/modules/datetime/datetime_objects.h"
#include "runtime/object/heap_type.h"
#include "runtime/types/function.h"

namespace krait::datetime {

namespace {

/// Whether time.strftime, and time.struct_time if that would be asked for, are nobody else's.
bool isAsMade(bool withStructTime) {
  Ref time(importModule("time")), f(time ? getAttr(time, "strftime") : Value());
  Ref t(f && withStructTime ? getAttr(time, "struct_time") : Value());
  if (errorSet()) errorClear(); // it comes again where it is asked for
  if (!f || !isExact(f, builtinFunctionType)) return false;
  const auto* function = f.as<BuiltinFunctionObject>();
  if (function->self != time.get() || strcmp(function->def->name, "strftime") != 0) return false;
  return !withStructTime || (t && typeOf(t) == &typeType && !isHeapType(t.as<Type>()) && !strcmp(t.as<Type>()->name, "time.struct_time"));
}

/// What stands for %code; null: what others know.
char* putNumber(char* to, char code, const Ymd& date, const Clock& c) {
  switch (code) {
  case 'Y': return putDigits(to, date.year, date.year > 999 ? 4 : date.year > 99 ? 3 : date.year > 9 ? 2 : 1);
  case 'y': return putDigits(to, date.year % 100, 2);
  case 'm': return putDigits(to, date.month, 2);
  case 'd': return putDigits(to, date.day, 2);
  case 'j': return putDigits(to, daysBeforeMonth(date.year, date.month) + date.day, 3);
  case 'H': return putDigits(to, c.hour, 2);
  case 'M': return putDigits(to, c.minute, 2);
  case 'S': return putDigits(to, c.second, 2);
  case 'f': return putDigits(to, c.microsecond, 6);
  case '%': return *to = '%', to + 1;
  default: return nullptr;
  }
}

} // namespace

Value plainStrftime(Value format, const Ymd& date, const Clock& clock, bool withStructTime) {
  constexpr int64_t kLongest = 64;
  if (!isExactStr(format)) return Value();
  const StrObject* s = asStr(format);
  if (!(s->flags & kStrAscii) || !s->length || s->length > kLongest) return Value();
  const auto* p = reinterpret_cast<const char*>(s->data());
  char text[kLongest * 3], *to = text; // two characters make six
  for (int64_t i = 0; i < s->length; ++i) {
    if (!p[i]) return Value();
    if (p[i] != '%') *to++ = p[i];
    else if (++i == s->length || !(to = putNumber(to, p[i], date, clock))) return Value();
  }
  RecursionLevels levels(withStructTime ? 2 : 1); // of the calls that are not made
  return levels && isAsMade(withStructTime) ? newStrAscii(text, static_cast<size_t>(to - text)) : Value();
}

} // namespace krait::datetime
