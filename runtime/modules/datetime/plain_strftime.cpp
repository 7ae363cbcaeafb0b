// strftime of formats that say numbers, names of days and months, offsets, and ASCII text. Nothing but the locale's names and a zone
// that is nobody's own class has a part in these, so they need no struct_time either: as long as the time module's functions,
// which would be asked, are those that it came with.
#include <langinfo.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <string_view>

#include "runtime/modules/datetime/datetime_objects.h"
#include "runtime/object/heap_type.h"
#include "runtime/types/function.h"

namespace krait::datetime {

namespace {

/// The time module as it would be imported, if that is a plain look into sys.modules (borrowed); else null.
Value timeModule() {
  static const Value kName = internStr("time");
  Value time = dictGet(sysModules(), kName);
  return time && isExact(time, moduleType) ? time : Value();
}

/// Whether time.strftime, and time.struct_time if that would be asked for, are nobody else's.
bool isAsMade(bool withStructTime) {
  static const Value kFormat = internStr("strftime"), kStruct = internStr("struct_time");
  Value time = timeModule(), f = time ? dictGet(moduleDict(time), kFormat) : Value();
  Value t = f && withStructTime ? dictGet(moduleDict(time), kStruct) : Value();
  if (errorSet()) errorClear(); // it comes again where it is asked for
  if (!f || !isExact(f, builtinFunctionType)) return false;
  const auto* function = f.as<BuiltinFunctionObject>();
  if (function->self != time || strcmp(function->def->name, "strftime") != 0) return false;
  return !withStructTime || (t && typeOf(t) == &typeType && !isHeapType(t.as<Type>()) && !strcmp(t.as<Type>()->name, "time.struct_time"));
}

/// What a format is about, and the text so far.
class Text {
public:
  Text(const Ymd& date, const Clock& clock, Value zone) : date_(date), clock_(clock), zone_(zone) {}

  bool add(char c) {
    if (to_ == std::end(text_)) return false;
    *to_++ = c;
    return true;
  }
  /// What stands for %code; false: others know it, or there is no room.
  bool addCode(char code);
  Value take() const { return newStrAscii(text_, static_cast<size_t>(to_ - text_)); }

private:
  bool addNumber(int n, int digits) {
    if (std::end(text_) - to_ < digits) return false;
    to_ = putDigits(to_, n, digits);
    return true;
  }
  /// ASCII, or nothing is added.
  bool addText(std::string_view s) {
    if (static_cast<size_t>(std::end(text_) - to_) < s.size()) return false;
    if (!std::all_of(s.begin(), s.end(), [](char c) { return static_cast<signed char>(c) > 0; })) return false;
    to_ = std::copy(s.begin(), s.end(), to_);
    return true;
  }
  /// One of the names that the locale has in a row from `first` on.
  bool addName(nl_item first, int which) { return addText(nl_langinfo(first + which)); }
  /// Letters are codes.
  bool addCodes(std::string_view codes) {
    return std::all_of(codes.begin(), codes.end(), [&](char c) { return c >= 'A' ? addCode(c) : add(c); });
  }
  bool addOffset();
  bool addZone();
  /// The day of the week, Sunday is 0.
  int fromSunday() const { return (weekdayOf(ordinalOf(date_.year, date_.month, date_.day)) + 1) % 7; }

  const Ymd& date_;
  const Clock& clock_;
  Value zone_;
  char text_[512], *to_ = text_;
};

bool Text::addOffset() {
  char text[32];
  if (formatUtcoffset(text, "", zone_, none()) == 0) return addText(text);
  errorClear(); // it comes again
  return false;
}

bool Text::addZone() {
  Ref name(callTzname(zone_, none()));
  if (!name) errorClear(); // likewise
  if (!name || isNone(name)) return static_cast<bool>(name);
  return isExactStr(name) && asStr(name)->flags & kStrAscii && addText(Utf8(name).view());
}

bool Text::addCode(char code) {
  const int year = date_.year, hour = clock_.hour;
  switch (code) {
  case 'Y': return addNumber(year, year > 999 ? 4 : year > 99 ? 3 : year > 9 ? 2 : 1);
  case 'y': return addNumber(year % 100, 2);
  case 'm': return addNumber(date_.month, 2);
  case 'd': return addNumber(date_.day, 2);
  case 'e': return date_.day < 10 ? add(' ') && addNumber(date_.day, 1) : addNumber(date_.day, 2);
  case 'j': return addNumber(daysBeforeMonth(year, date_.month) + date_.day, 3);
  case 'H': return addNumber(hour, 2);
  case 'I': return addNumber((hour + 11) % 12 + 1, 2);
  case 'M': return addNumber(clock_.minute, 2);
  case 'S': return addNumber(clock_.second, 2);
  case 'f': return addNumber(clock_.microsecond, 6);
  case 'w': return addNumber(fromSunday(), 1);
  case 'a': return addName(ABDAY_1, fromSunday());
  case 'A': return addName(DAY_1, fromSunday());
  case 'b': return addName(ABMON_1, date_.month - 1);
  case 'B': return addName(MON_1, date_.month - 1);
  case 'p': return addText(nl_langinfo(hour < 12 ? AM_STR : PM_STR));
  case 'F': return year > 999 && addCodes("Y-m-d");
  case 'T': return addCodes("H:M:S");
  case 'R': return addCodes("H:M");
  case 'D': return addCodes("m/d/y");
  case 'z': return addOffset();
  case 'Z': return addZone();
  case '%': return add('%');
  default: return false;
  }
}

} // namespace

Value plainStrftime(Value format, const Ymd& date, const Clock& clock, Value zone, bool withStructTime) {
  if (!isExactStr(format)) return Value();
  const StrObject* s = asStr(format);
  if (!(s->flags & kStrAscii) || !s->length) return Value();
  const auto* p = reinterpret_cast<const char*>(s->data());
  Text text(date, clock, zone);
  for (int64_t i = 0; i < s->length; ++i) {
    if (!p[i]) return Value();
    if (p[i] != '%' ? !text.add(p[i]) : ++i == s->length || !text.addCode(p[i])) return Value();
  }
  RecursionLevels levels(withStructTime ? 2 : 1); // of the calls that are not made
  return levels && isAsMade(withStructTime) ? text.take() : Value();
}

} // namespace krait::datetime
