// ISO 8601, as fromisoformat() reads it.
#include <algorithm>
#include "runtime/modules/datetime/datetime_objects.h"

namespace krait::datetime {

static bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Exactly n digits from `at`, which moves on.
static bool digits(std::string_view s, size_t& at, int n, int* out) {
  if (s.size() - at < static_cast<size_t>(n) || at > s.size()) return false;
  int v = 0;
  for (int i = 0; i < n; ++i, ++at) {
    if (!isDigit(s[at])) return false;
    v = v * 10 + (s[at] - '0');
  }
  *out = v;
  return true;
}

bool parseIsoDate(std::string_view s, Ymd* out) {
  size_t at = 0;
  if (!digits(s, at, 4, &out->year)) return false;
  const bool separated = at < s.size() && s[at] == '-';
  at += separated;
  if (at < s.size() && s[at] == 'W') {
    ++at;
    int week, day = 1;
    if (!digits(s, at, 2, &week)) return false;
    if (at < s.size()) {
      if (separated && s[at++] != '-') return false;
      if (!digits(s, at, 1, &day)) return false;
    }
    return isoToYmd(out->year, week, day, out) == 0;
  }
  if (!digits(s, at, 2, &out->month)) return false;
  if (separated && (at >= s.size() || s[at++] != '-')) return false;
  return digits(s, at, 2, &out->day);
}

/// hh[:]mm[:]ss[.f…] from `at` up to `end`, and a null where the text ends. 0: all of it is read; 1: something is left, or only the zone
/// follows; -1: no such form. As lax as CPython: of a part too many, digits are a fraction, and one character may follow any part.
static int parseClock(std::string_view s, size_t at, size_t end, Clock* c) {
  auto character = [&](size_t i) { return i < s.size() ? s[i] : '\0'; };
  int parts[3] = {0, 0, 0};
  *c = {};
  bool separated = true;
  for (int i = 0; i < 3; ++i) {
    if (!digits(s, at, 2, &parts[i])) return -1;
    c->hour = static_cast<uint8_t>(parts[0]);
    c->minute = static_cast<uint8_t>(parts[1]);
    c->second = static_cast<uint8_t>(parts[2]);
    const char next = character(at++);
    if (i == 0) separated = next == ':';
    if (at >= end) return next != '\0';
    if (separated && next == ':') continue;
    if (next == '.' || next == ',') break;
    if (separated) return -1;
    --at;
  }
  size_t count = std::min<size_t>(end - at, 6);
  int us;
  if (!digits(s, at, static_cast<int>(count), &us)) return -1;
  for (; count < 6; ++count) us *= 10;
  c->microsecond = us;
  while (isDigit(character(at))) ++at;
  return character(at) != '\0';
}

int parseIsoTime(std::string_view s, Clock* clock, Ref* tzinfo) {
  size_t zone = 0;
  while (zone < s.size() && s[zone] != '+' && s[zone] != '-' && s[zone] != 'Z') ++zone;
  *tzinfo = Ref::share(none());
  const int form = parseClock(s, 0, zone, clock);
  if (form < 0) return 1;
  if (zone == s.size()) return form;
  Clock offset{};
  if (s[zone] == 'Z' ? zone + 1 < s.size() && s[zone + 1] : parseClock(s, zone + 1, s.size(), &offset) != 0) return 1;
  const int64_t whole = ((offset.hour * 60 + offset.minute) * 60 + offset.second) * kSecond, us = whole + offset.microsecond;
  if (!whole) { // whatever the fraction is
    *tzinfo = Ref::share(Value(utcZone));
    return 0;
  }
  Ref delta(newDelta(0, 0, s[zone] == '-' ? -us : us));
  tzinfo->reset(delta ? newTimezone(delta, Value()) : Value());
  return *tzinfo ? 0 : -1;
}

int64_t isoSeparator(std::string_view s) {
  const size_t n = s.size();
  if (n == 7) return 7;
  if (s[4] == '-') {
    if (s[5] != 'W') return 10;                     // YYYY-MM-DD
    if (n < 8) return -1;
    if (n <= 8 || s[8] != '-') return 8;            // YYYY-Www
    if (n == 9) return -1;
    return n > 10 && isDigit(s[10]) ? 8 : 10;       // YYYY-Www-## is taken for a separator and an hour
  }
  if (s[4] != 'W') return 8;                        // YYYYMMDD
  size_t at = 7;
  while (at < n && isDigit(s[at])) ++at;
  if (at < 9) return static_cast<int64_t>(at);
  return at % 2 == 0 ? 7 : 8;                       // YYYYWww or YYYYWwwD before digits of a time
}

} // namespace krait::datetime
