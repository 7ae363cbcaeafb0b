// Dates and times as text and as struct_time.
#include "runtime/modules/datetime/datetime_objects.h"

namespace krait::datetime {

static constexpr const char* kDayNames[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static constexpr const char* kMonthNames[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

int32_t formatClock(char* out, const Clock& c, Value timespec) {
  enum { kHours, kMinutes, kSeconds, kMilliseconds, kMicroseconds } precision;
  if (!timespec || strEqual(timespec, "auto")) precision = c.microsecond ? kMicroseconds : kSeconds;
  else if (strEqual(timespec, "hours")) precision = kHours;
  else if (strEqual(timespec, "minutes")) precision = kMinutes;
  else if (strEqual(timespec, "seconds")) precision = kSeconds;
  else if (strEqual(timespec, "milliseconds")) precision = kMilliseconds;
  else if (strEqual(timespec, "microseconds")) precision = kMicroseconds;
  else return fail(ValueErrorType, "Unknown timespec value");
  char* to = putDigits(out, c.hour, 2);
  if (precision >= kMinutes) *to++ = ':', to = putDigits(to, c.minute, 2);
  if (precision >= kSeconds) *to++ = ':', to = putDigits(to, c.second, 2);
  if (precision == kMilliseconds) *to++ = '.', to = putDigits(to, c.microsecond / 1000, 3);
  else if (precision == kMicroseconds) *to++ = '.', to = putDigits(to, c.microsecond, 6);
  *to = 0;
  return static_cast<int32_t>(to - out);
}
char* putDate(char* to, const DateObject* d) {
  to = putDigits(to, d->year, 4);
  *to++ = '-';
  to = putDigits(to, d->month, 2);
  *to++ = '-';
  return putDigits(to, d->day, 2);
}

Value ctimeText(const Ymd& date, const Clock& c) {
  char text[64];
  snprintf(text, sizeof text, "%s %s %2d %02d:%02d:%02d %04d", kDayNames[weekdayOf(ordinalOf(date.year, date.month, date.day))],
           kMonthNames[date.month - 1], date.day, c.hour, c.minute, c.second, date.year);
  return newStr(text);
}

Value finishRepr(const char* head, int fold, Value tzinfo, bool foldFirst) {
  StrBuilder text;
  text.addAscii(head);
  if (fold && foldFirst) text.addAscii(", fold=1");
  if (tzinfo && !isNone(tzinfo)) {
    Ref zone(repr(tzinfo));
    if (!zone) return Value();
    text.addAscii(", tzinfo=");
    text.add(zone);
  }
  if (fold && !foldFirst) text.addAscii(", fold=1");
  text.addAscii(")");
  return text.take();
}

Value buildStructTime(const Ymd& date, const Clock& c, int dst) {
  Ref time(importModule("time"));
  if (!time) return Value();
  const int ordinal = ordinalOf(date.year, date.month, date.day), inYear = daysBeforeMonth(date.year, date.month) + date.day;
  const int fields[] = {date.year, date.month, date.day, c.hour, c.minute, c.second, weekdayOf(ordinal), inYear, dst};
  Ref tuple(newTuple(9));
  if (!tuple) return Value();
  for (int i = 0; i < 9; ++i) asTuple(tuple)->items[i] = newInt(fields[i]);
  return callMethod(time, "struct_time", {tuple});
}

static bool addZoneName(StrBuilder& out, Value tzinfo, Value argument) {
  Ref name(callTzname(tzinfo, argument));
  if (!name) return false;
  if (isNone(name)) return true;
  // It goes through time.strftime: its percent signs are doubled.
  Ref one(newStr("%")), two(newStr("%%")), doubled(callMethod(name, NAME(replace), {one, two}));
  if (!doubled) return false;
  if (!isStr(doubled)) return raise(TypeErrorType, "tzname.replace() did not return a string"), false;
  if (!Utf8(doubled).ok()) return false;
  out.add(doubled);
  return true;
}

Value wrapStrftime(Value self, Value format, Value timetuple, Value argument) {
  if (!isStr(format)) return raise(TypeErrorType, "strftime() argument 1 must be str, not %.50G", format);
  if (!Utf8(format).ok()) return Value(); // time.strftime takes surrogates, these methods do not
  StrBuilder ours;
  // A date has neither zone nor microseconds.
  Ref zone = Ref::share(isDateTime(self) ? tzinfoOf(asDateTime(self)) : isTime(self) ? tzinfoOf(asTime(self)) : none());
  const int microsecond = isDateTime(self) ? asDateTime(self)->clock.microsecond : isTime(self) ? asTime(self)->clock.microsecond : 0;
  const StrObject* s = asStr(format);
  int64_t n = 0; // a zero ends it
  while (n < s->length && s->at(n)) ++n;
  for (int64_t i = 0; i < n; ++i) {
    const uint32_t c = s->at(i);
    if (c != '%' || i + 1 == n) {
      ours.add(c);
      continue;
    }
    const uint32_t code = s->at(++i);
    char text[32];
    switch (code) {
    case 'z':
      if (formatUtcoffset(text, "", zone, argument) < 0) return Value();
      ours.addAscii(text);
      break;
    case 'Z':
      if (!addZoneName(ours, zone, argument)) return Value();
      break;
    case 'f':
      snprintf(text, sizeof text, "%06d", microsecond);
      ours.addAscii(text);
      break;
    default:
      ours.add(c);
      ours.add(code);
    }
  }
  Ref made(ours.take());
  if (!made) return Value();
  Ref changed(newStr(Utf8(made).data())); // likewise in what a zone is called
  Ref time(changed ? importModule("time") : Value());
  return time ? callMethod(time, "strftime", {changed, timetuple}) : Value();
}

} // namespace krait::datetime
