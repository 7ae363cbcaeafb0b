// _datetime: layouts of its objects and what its files share. None of them is
// watched by the collector, as in CPython: a tzinfo that refers back is not found.
//
// Arithmetic goes by the proleptic Gregorian calendar in days (1 is 0001-01-01)
// and, for whole points in time, microseconds since then: both fit 64 bits.
#pragma once
#include <cstdio>
#include "runtime/memory/alloc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/names.h"
#include "runtime/object/ordering.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/modules/parsed_int.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/plain_keys.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::datetime {

/// Of fewer than a year, a month and a day, those that are there are looked at before one is missed: false, with an error.
bool argumentsBeforeMissing(const Args& args);
constexpr int kMinYear = 1, kMaxYear = 9999, kMaxOrdinal = 3652059, kMaxDeltaDays = 999999999;
constexpr int64_t kMicrosecond = 1, kSecond = 1000000, kDay = 86400 * kSecond;

struct DeltaObject {
  Object header;
  int64_t hash;                       // -1: not yet computed, in all of these
  int32_t days, seconds, microseconds; // seconds and microseconds not negative
};
struct DateObject {
  Object header;
  int64_t hash;
  uint16_t year;
  uint8_t month, day;
};
struct Clock {
  uint8_t hour, minute, second, fold;
  int32_t microsecond;
  int64_t inDay() const { return ((hour * 60 + minute) * 60 + second) * kSecond + microsecond; }
};
struct DateTimeObject : DateObject {
  Clock clock;
  Value tzinfo; // owned, or null for None
};
struct TimeObject {
  Object header;
  int64_t hash;
  Clock clock;
  Value tzinfo;
};
struct TimezoneObject { Object header; Value offset, name; /* name may be null */ };

extern PlainKeyType deltaType, dateType, datetimeType;
extern Type timeType, tzinfoType, timezoneType, isoCalendarDateType;
extern Object* utcZone; // timezone.utc, owned by the module for ever
extern Value epochUtc;  // 1970-01-01T00:00Z

inline DeltaObject* asDelta(Value v) { return v.as<DeltaObject>(); }
inline DateObject* asDate(Value v) { return v.as<DateObject>(); }
inline DateTimeObject* asDateTime(Value v) { return v.as<DateTimeObject>(); }
inline TimeObject* asTime(Value v) { return v.as<TimeObject>(); }
inline TimezoneObject* asTimezone(Value v) { return v.as<TimezoneObject>(); }
inline bool isDelta(Value v) { return isInstanceOf(v, deltaType); }
inline bool isDate(Value v) { return isInstanceOf(v, dateType); }
inline bool isDateTime(Value v) { return isInstanceOf(v, datetimeType); }
inline bool isTime(Value v) { return isInstanceOf(v, timeType); }
inline bool isTzinfo(Value v) { return isInstanceOf(v, tzinfoType); }
inline Value tzinfoOf(const DateTimeObject* d) { return d->tzinfo ? d->tzinfo : none(); }
inline Value tzinfoOf(const TimeObject* t) { return t->tzinfo ? t->tzinfo : none(); }

/// An instance of `t`, which is `own` or derived from it. Of `own` itself only the header is set.
template <class X> Value allocatePart(Type* t, const Type& own) {
  Object* o = t == &own ? takeObjectOf<0>(own, sizeof(X)) : nullptr;
  return o ? Value(o) : allocateOf(t, 0);
}

// ---- calendar.cpp: no errors except where said ----
struct Ymd { int year, month, day; };
bool isLeap(int year);
int daysInMonth(int year, int month);
int daysBeforeMonth(int year, int month);
int ordinalOf(int year, int month, int day);
inline int ordinalOf(const DateObject* d) { return ordinalOf(d->year, d->month, d->day); }
Ymd dateOf(int ordinal);
/// So many days later; false if the calendar has no such day.
bool moveDays(Ymd* date, int64_t days);
/// -1, 0 or 1.
inline int32_t signOf(int64_t order) { return (order > 0) - (order < 0); }
/// Negative, 0, positive as a is before, on or after b.
inline int compareDates(const DateObject* a, const DateObject* b) {
  auto packed = [](const DateObject* d) { return d->year << 16 | d->month << 8 | d->day; };
  return packed(a) - packed(b);
}
inline int weekdayOf(int ordinal) { return (ordinal + 6) % 7; } // Monday is 0
int isoFirstMonday(int year);
/// 0; -4 year, -2 week, -3 weekday out of range.
int isoToYmd(int year, int week, int day, Ymd* out);
int32_t checkDate(int64_t year, int64_t month, int64_t day);                                        // -1 ValueError
int32_t checkTime(int64_t hour, int64_t minute, int64_t second, int64_t microsecond, int64_t fold); // -1 ValueError
/// None or a tzinfo, else TypeError.
int32_t checkTzinfo(Value v);
inline int64_t microsecondsOf(const DateTimeObject* d) { return ordinalOf(d) * kDay + d->clock.inDay(); }

// ---- makers: new references or null with ValueError/OverflowError ----
/// From a total; `t` is timedelta or a subclass (made directly).
Value newDelta(Type* t, int64_t days, int64_t seconds, int64_t microseconds);
inline Value newDelta(int64_t days, int64_t seconds, int64_t microseconds) { return newDelta(&deltaType, days, seconds, microseconds); }
Value newDate(Type* t, int64_t year, int64_t month, int64_t day);
Value newTime(Type* t, int64_t hour, int64_t minute, int64_t second, int64_t microsecond, Value tzinfo, int64_t fold);
Value newDateTime(Type* t, int64_t year, int64_t month, int64_t day, int64_t hour, int64_t minute, int64_t second, int64_t microsecond,
                  Value tzinfo, int64_t fold);
/// Through the class when it is a subclass.
Value newDateOf(Type* cls, int year, int month, int day);
Value newDateTimeOf(Type* cls, const Ymd& date, const Clock& clock, Value tzinfo);
/// `self` + sign * delta, of its class.
Value moveDateTime(Value self, Value delta, int sign);
/// The point `microseconds` (since ordinal 0) in `cls`; OverflowError "date value out of range".
Value newDateTimeAt(Type* cls, int64_t microseconds, Value tzinfo);
Value newTimezone(Value offset, Value name /*may be null*/);

// ---- timedelta ----
inline bool sameDelta(Value a, Value b) {
  return asDelta(a)->days == asDelta(b)->days && asDelta(a)->seconds == asDelta(b)->seconds && asDelta(a)->microseconds == asDelta(b)->microseconds;
}
Value deltaSubtract(Value a, Value b);
/// The whole in microseconds: an int.
Value deltaMicroseconds(Value v);
/// The same where it is known to be less than a few days.
inline int64_t shortMicroseconds(Value v) {
  return asDelta(v)->days * kDay + asDelta(v)->seconds * kSecond + asDelta(v)->microseconds;
}
Value deltaTotalSeconds(Value v);

// ---- tzinfo.cpp ----
/// None or a timedelta of less than a day; `tzinfo` may be None.
Value callUtcoffset(Value tzinfo, Value argument);
Value callDst(Value tzinfo, Value argument);
Value callTzname(Value tzinfo, Value argument);
/// "+hh:mm[:ss[.ffffff]]" with `separator` between, "" for None: into `out` (of 32 bytes). -1 error.
int32_t formatUtcoffset(char* out, const char* separator, Value tzinfo, Value argument);

// ---- format.cpp ----
/// `n` in so many digits, with zeros before it; the end of them.
inline char* putDigits(char* to, int n, int digits) {
  for (int i = digits; i-- > 0; n /= 10) to[i] = static_cast<char>('0' + n % 10);
  return to + digits;
}
/// YYYY-MM-DD; the end of it.
char* putDate(char* to, const DateObject* d);
/// object.strftime: %z, %Z and %f are ours, the rest is time.strftime's.
Value wrapStrftime(Value self, Value format, Value timetuple, Value tzinfoArgument);
/// None, or a zone that runs no code of a program's.
inline bool isPlainZone(Value tzinfo) { return isNone(tzinfo) || isExact(tzinfo, timezoneType); }
/// The same for what takes nobody else; null, with or without an error: something does. `zone` is plain; `withStructTime`: it would go
/// through time.struct_time.
Value plainStrftime(Value format, const Ymd& date, const Clock& clock, Value zone, bool withStructTime); // plain_strftime.cpp
/// The datetime that a text says by a format, where both are plain; null without an error: _strptime knows. plain_strptime.cpp
Value plainStrptime(Value text, Value format);
/// _strptime is about to be asked: what it has now is what is meant.
void noteStrptime(Value module);
/// "hh:mm:ss" and so on by `timespec` (null: auto) into out (of 32 bytes). Its length, or -1 with ValueError.
int32_t formatClock(char* out, const Clock& c, Value timespec);
/// time.struct_time of these.
Value buildStructTime(const Ymd& date, const Clock& clock, int dst);
Value ctimeText(const Ymd& date, const Clock& clock);
/// "type(a, b, …[, tzinfo=…][, fold=1])", or with fold before tzinfo: finishes a repr whose ')' is still missing.
Value finishRepr(const char* head, int fold, Value tzinfo, bool foldFirst);

// ---- parse.cpp ----
bool parseIsoDate(std::string_view text, Ymd* out);
/// hh[:mm[:ss[.f…]]][offset]; tzinfo: new reference or None. 0, 1 no such form, -1 error set.
int parseIsoTime(std::string_view text, Clock* clock, Ref* tzinfo);
/// Where the time's separator stands; -1 nowhere.
int64_t isoSeparator(std::string_view text);

// ---- state for pickling ----
/// What a constructor got as state: bytes, or Latin-1 text from Python 2. Null: not a state; `failed` on errors.
Ref stateArgument(const Args& args, int64_t size, const char* what, bool* failed);

// ---- epoch times (epoch.cpp) ----
/// Seconds and microseconds of a timestamp argument, rounded half to even (or floored to seconds). -1 error.
int32_t timestampOf(Value v, int64_t* seconds, int* microseconds);
Value datetimeFromEpoch(Type* cls, int64_t seconds, int microseconds, Value tzinfo, bool local);
/// Epoch seconds of local time. Check errorSet() on INT64_MIN.
int64_t localToEpoch(const DateTimeObject* d);
Value localTimezone(int64_t epochSeconds);
Value dateFromEpoch(Type* cls, Value timestamp);

} // namespace krait::datetime
