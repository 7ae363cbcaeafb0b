// The proleptic Gregorian calendar.
#include "runtime/modules/datetime/datetime_objects.h"

namespace krait::datetime {

static constexpr int kDays[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
static constexpr int kDaysBefore[] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

bool isLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
int daysInMonth(int year, int month) { return month == 2 && isLeap(year) ? 29 : kDays[month]; }
int daysBeforeMonth(int year, int month) { return kDaysBefore[month] + (month > 2 && isLeap(year)); }

static int daysBeforeYear(int year) {
  const int y = year - 1;
  return y * 365 + y / 4 - y / 100 + y / 400;
}

int ordinalOf(int year, int month, int day) { return daysBeforeYear(year) + daysBeforeMonth(year, month) + day; }

// By C. Neri and L. Schneider, "Euclidean affine functions and their application to calendar algorithms" (2022): years begin in March, so
// that the day that some have comes last, and quotients are products. The months' lengths from there are those of 153 days in five months.
Ymd dateOf(int ordinal) {
  const uint32_t fromMarch = static_cast<uint32_t>(ordinal) + 305, n = 4 * fromMarch + 3; // days since 1 March of the year 0
  const uint32_t century = n / 146097, inCentury = n % 146097 / 4;
  const uint32_t m = 4 * inCentury + 3;
  const uint64_t product = uint64_t{2939745} * m; // of 2^32 / 1461
  const auto year = static_cast<uint32_t>(product >> 32), inYear = static_cast<uint32_t>(product) / 2939745 / 4;
  const uint32_t k = 2141 * inYear + 197913;
  const bool isNext = inYear >= 306; // January, February
  return {static_cast<int>(100 * century + year + isNext), static_cast<int>((k >> 16) - (isNext ? 12 : 0)), static_cast<int>((k & 0xffff) / 2141) + 1};
}

bool moveDays(Ymd* date, int64_t days) {
  const int64_t day = date->day + days;
  if (day >= 1 && day <= 28) { // every month has these
    date->day = static_cast<int>(day);
    return true;
  }
  const int64_t ordinal = ordinalOf(date->year, date->month, date->day) + days;
  if (ordinal < 1 || ordinal > kMaxOrdinal) return false;
  *date = dateOf(static_cast<int>(ordinal));
  return true;
}

int isoFirstMonday(int year) {
  const int first = ordinalOf(year, 1, 1), weekday = (first + 6) % 7, monday = first - weekday;
  return weekday > 3 ? monday + 7 : monday;
}

int isoToYmd(int year, int week, int day, Ymd* out) {
  if (year < kMinYear || year > kMaxYear) return -4;
  if (week <= 0 || week >= 53) {
    // Years that begin on a Thursday, and leap years that begin on a Wednesday, have 53.
    const int first = weekdayOf(ordinalOf(year, 1, 1));
    if (week != 53 || !(first == 3 || (first == 2 && isLeap(year)))) return -2;
  }
  if (day <= 0 || day >= 8) return -3;
  const int ordinal = isoFirstMonday(year) + (week - 1) * 7 + day - 1;
  if (ordinal < 1) {
    // Only the first days of year 1 can be before it.
    *out = {0, 12, 31 + ordinal};
    return 0;
  }
  *out = dateOf(ordinal);
  return 0;
}

int32_t checkDate(int64_t year, int64_t month, int64_t day) {
  if (year < kMinYear || year > kMaxYear) return fail(ValueErrorType, "year %d is out of range", static_cast<int>(year));
  if (month < 1 || month > 12) return fail(ValueErrorType, "month must be in 1..12");
  if (day < 1 || day > daysInMonth(static_cast<int>(year), static_cast<int>(month)))
    return fail(ValueErrorType, "day is out of range for month");
  return 0;
}

int32_t checkTime(int64_t hour, int64_t minute, int64_t second, int64_t microsecond, int64_t fold) {
  if (hour < 0 || hour > 23) return fail(ValueErrorType, "hour must be in 0..23");
  if (minute < 0 || minute > 59) return fail(ValueErrorType, "minute must be in 0..59");
  if (second < 0 || second > 59) return fail(ValueErrorType, "second must be in 0..59");
  if (microsecond < 0 || microsecond > 999999) return fail(ValueErrorType, "microsecond must be in 0..999999");
  if (fold != 0 && fold != 1) return fail(ValueErrorType, "fold must be either 0 or 1");
  return 0;
}

int32_t checkTzinfo(Value v) {
  if (isNone(v) || isTzinfo(v)) return 0;
  return fail(TypeErrorType, "tzinfo argument must be None or of a tzinfo subclass, not type '%s'", typeOf(v)->name);
}

Ref stateArgument(const Args& args, int64_t size, const char* what, bool* failed) {
  *failed = false;
  if (args.hasNames() || args.count < 1 || args.count > 2) return Ref();
  Value state = args[0];
  if (isBytes(state)) return state.as<BytesObject>()->size == size ? Ref::share(state) : Ref();
  if (!isStr(state) || asStr(state)->length != size) return Ref();
  Ref bytes(encodeStr(state, "latin-1", nullptr));
  if (bytes) return bytes;
  *failed = true;
  if (errorClearIf(UnicodeEncodeErrorType))
    raise(ValueErrorType, "Failed to encode latin1 string when unpickling a %s object. pickle.load(data, encoding='latin1') is assumed.", what);
  return Ref();
}

} // namespace krait::datetime
