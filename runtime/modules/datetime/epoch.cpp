// Seconds since 1970: the system's clock and its local time zone.
#include <cerrno>
#include <cmath>
#include <ctime>
#include "runtime/modules/datetime/datetime_objects.h"

namespace krait::datetime {

// Seconds here count from the day before 0001-01-01, unless they are said to be epoch's.
constexpr int64_t kEpoch = int64_t{719163} * 86400, kFoldSeconds = 24 * 3600;

int32_t timestampOf(Value v, int64_t* seconds, int* microseconds) {
  if (isFloat(v)) {
    const double d = floatValue(v);
    if (std::isnan(d)) return fail(ValueErrorType, "Invalid value NaN (not a number)");
    double whole, part = std::modf(d, &whole) * 1e6;
    double rounded = std::round(part);
    if (std::fabs(part - rounded) == 0.5) rounded = 2.0 * std::round(part / 2.0);
    if (rounded >= 1e6) {
      rounded -= 1e6;
      whole += 1.0;
    } else if (rounded < 0) {
      rounded += 1e6;
      whole -= 1.0;
    }
    if (!(whole >= -9223372036854775808.0 && whole < 9223372036854775808.0))
      return fail(OverflowErrorType, "timestamp out of range for platform time_t");
    *seconds = static_cast<int64_t>(whole);
    *microseconds = static_cast<int>(rounded);
    return 0;
  }
  *microseconds = 0;
  Ref n(index(v));
  if (!n) return -1;
  int overflow;
  *seconds = intToInt64(n, &overflow);
  return overflow ? fail(OverflowErrorType, "timestamp out of range for platform time_t") : 0;
}

static int32_t breakDown(int64_t epochSeconds, bool local, tm* out) {
  const time_t t = epochSeconds;
  errno = 0;
  if (local ? localtime_r(&t, out) : gmtime_r(&t, out)) return 0;
  if (errno == EOVERFLOW) return fail(OverflowErrorType, "timestamp out of range for platform time_t");
  return raiseOsError(errno ? errno : EINVAL), -1;
}

/// INT64_MIN with ValueError when the year is not one of ours.
static int64_t secondsOf(int year, int month, int day, int hour, int minute, int second) {
  if (year < kMinYear || year > kMaxYear) {
    raise(ValueErrorType, "year %d is out of range", year);
    return INT64_MIN;
  }
  return ((int64_t{ordinalOf(year, month, day)} * 24 + hour) * 60 + minute) * 60 + second;
}
/// The local clock at a UTC time, both in our seconds.
static int64_t localAt(int64_t utc) {
  tm t;
  if (breakDown(utc - kEpoch, true, &t) < 0) return INT64_MIN;
  return secondsOf(t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
}

int64_t localToEpoch(const DateTimeObject* d) {
  const int64_t t = microsecondsOf(d) / kSecond;
  const bool fold = d->clock.fold;
  int64_t at = localAt(t);
  if (at == INT64_MIN) return at;
  const int64_t a = at - t, u1 = t - a;
  const int64_t t1 = localAt(u1);
  if (t1 == INT64_MIN) return t1;
  int64_t b;
  if (t1 == t) {
    // One solution; look for an earlier one, or with fold a later one.
    const int64_t u2 = fold ? u1 + kFoldSeconds : u1 - kFoldSeconds;
    at = localAt(u2);
    if (at == INT64_MIN) return at;
    b = at - u2;
    if (a == b) return u1 - kEpoch;
  } else {
    b = t1 - u1;
  }
  const int64_t u2 = t - b, t2 = localAt(u2);
  if (t2 == INT64_MIN) return t2;
  if (t2 == t) return u2 - kEpoch;
  if (t1 == t) return u1 - kEpoch;
  // Neither: the time is in a gap.
  return (fold ? std::min(u1, u2) : std::max(u1, u2)) - kEpoch;
}

Value datetimeFromEpoch(Type* cls, int64_t seconds, int microseconds, Value tzinfo, bool local) {
  tm t;
  if (breakDown(seconds, local, &t) < 0) return Value();
  const int second = t.tm_sec < 59 ? t.tm_sec : 59, year = t.tm_year + 1900;
  int fold = 0;
  if (isNone(tzinfo) && local) {
    const int64_t now = secondsOf(year, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, second);
    if (now == INT64_MIN) return Value();
    // Was the clock put back within a day before?
    int64_t before = localAt(kEpoch + seconds - kFoldSeconds);
    if (before == INT64_MIN) return Value();
    const int64_t transition = now - before - kFoldSeconds;
    if (transition < 0) {
      before = localAt(kEpoch + seconds + transition);
      if (before == INT64_MIN) return Value();
      fold = before == now;
    }
  }
  if (checkDate(year, t.tm_mon + 1, t.tm_mday) < 0) return Value();
  const Clock clock{static_cast<uint8_t>(t.tm_hour), static_cast<uint8_t>(t.tm_min), static_cast<uint8_t>(second),
                    static_cast<uint8_t>(fold), microseconds};
  return newDateTimeOf(cls, {year, t.tm_mon + 1, t.tm_mday}, clock, tzinfo);
}

Value localTimezone(int64_t epochSeconds) {
  tm t;
  if (breakDown(epochSeconds, true, &t) < 0) return Value();
  Ref offset(newDelta(0, t.tm_gmtoff, 0)), name(offset ? newStr(t.tm_zone ? t.tm_zone : "") : Value());
  return name ? newTimezone(offset, name) : Value();
}

Value dateFromEpoch(Type* cls, Value timestamp) {
  int64_t seconds;
  if (isFloat(timestamp)) {
    const double d = floatValue(timestamp);
    if (std::isnan(d)) return raise(ValueErrorType, "Invalid value NaN (not a number)");
    const double whole = std::floor(d);
    if (!(whole >= -9223372036854775808.0 && whole < 9223372036854775808.0))
      return raise(OverflowErrorType, "timestamp out of range for platform time_t");
    seconds = static_cast<int64_t>(whole);
  } else {
    int unused;
    if (timestampOf(timestamp, &seconds, &unused) < 0) return Value();
  }
  tm t;
  if (breakDown(seconds, true, &t) < 0) return Value();
  return newDateOf(cls, t.tm_year + 1900, t.tm_mon + 1, t.tm_mday);
}

} // namespace krait::datetime
