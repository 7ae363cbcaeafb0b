#include "runtime/modules/zoneinfo/rules.h"

#include <algorithm>

#include "runtime/modules/datetime/datetime_objects.h"

namespace krait::zoneinfo {

constexpr int64_t kDay = 86400, kHour = 3600;
constexpr int kEpochOrdinal = 719163;

int64_t YearlyMoment::inYear(int year) const {
  int64_t days = datetime::ordinalOf(year, 1, 1) - kEpochOrdinal;
  if (form == Form::MonthWeekDay) {
    // Week 5 is the last in which the day occurs.
    const int first = datetime::ordinalOf(year, month, 1), sunday = (datetime::weekdayOf(first) + 1) % 7;
    int at = (day - sunday + 7) % 7 + (week - 1) * 7;
    if (at >= datetime::daysInMonth(year, month)) at -= 7;
    days = first + at - kEpochOrdinal;
  } else {
    days += day - 1 + (form == Form::Julian && day >= 59 && datetime::isLeap(year));
  }
  return days * kDay + seconds;
}

static bool isBetween(int64_t start, int64_t at, int64_t end) { return start < end ? start <= at && at < end : !(end <= at && at < start); }

const TimeType& Rule::atLocal(int64_t at, int year, bool fold) const {
  int64_t from = start.inYear(year), to = end.inYear(year);
  // The smaller offset's time begins after a gap and ends after a fold, for the first of two equal local times; for the
  // second from before the gap to before the fold.
  if (fold == (difference() >= 0)) to -= difference();
  else from += difference();
  return isBetween(from, at, to) ? summer : standard;
}

const TimeType& Rule::atUtc(int64_t at, int year, bool* fold) const {
  const int64_t from = start.inYear(year) - standard.offset, to = end.inYear(year) - summer.offset;
  const int64_t twice = difference() > 0 ? to : from, length = difference() > 0 ? difference() : -difference();
  *fold = twice <= at && at < twice + length;
  return isBetween(from, at, to) ? summer : standard;
}

// ---- the text of a rule -------------------------------------------------------------------------

namespace {

/// Reads along a rule. Each function leaves the text alone where it answers false.
struct Reader {
  std::string_view text;

  bool take(char c) {
    if (text.empty() || text[0] != c) return false;
    text.remove_prefix(1);
    return true;
  }
  /// Between `least` and `most` digits.
  bool number(size_t least, size_t most, int* out) {
    size_t n = 0;
    int v = 0;
    while (n < text.size() && n < most && text[n] >= '0' && text[n] <= '9') v = v * 10 + (text[n++] - '0');
    if (n < least) return false;
    *out = v;
    text.remove_prefix(n);
    return true;
  }
  bool name(std::string* out) {
    auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    size_t n = 0;
    if (take('<')) {
      while (n < text.size() && (isLetter(text[n]) || text[n] == '+' || text[n] == '-' || (text[n] >= '0' && text[n] <= '9'))) ++n;
      if (n == text.size() || text[n] != '>') return false;
    } else {
      while (n < text.size() && isLetter(text[n])) ++n;
    }
    if (n == 0) return false;
    out->assign(text.substr(0, n));
    text.remove_prefix(n);
    take('>');
    return true;
  }
  /// [+-]h[h[h]][:mm[:ss]] of at most so many hours, in seconds.
  bool time(size_t hourDigits, int hoursMost, int64_t* out) {
    const bool negative = take('-');
    if (!negative) take('+');
    int hour, minute = 0, second = 0;
    if (!number(1, hourDigits, &hour) || hour > hoursMost) return false;
    if (take(':') && (!number(2, 2, &minute) || (take(':') && !number(2, 2, &second)))) return false;
    if (minute > 59 || second > 59) return false;
    *out = hour * kHour + minute * 60 + second;
    if (negative) *out = -*out;
    return true;
  }
  bool moment(YearlyMoment* m) {
    if (take('M')) {
      if (!number(1, 2, &m->month) || !take('.') || !number(1, 1, &m->week) || !take('.') || !number(1, 1, &m->day)) return false;
      if (m->month < 1 || m->month > 12 || m->week < 1 || m->week > 5 || m->day > 6) return false;
    } else {
      m->form = take('J') ? YearlyMoment::Form::Julian : YearlyMoment::Form::DayOfYear;
      if (!number(1, 3, &m->day) || m->day > 365 || (m->form == YearlyMoment::Form::Julian && m->day < 1)) return false;
    }
    return !take('/') || time(3, 167, &m->seconds);
  }
};

} // namespace

bool parseRule(std::string_view text, Rule* out, std::string* error) {
  Reader r{text};
  auto fails = [&](const char* why) {
    *error = std::string(why) + " in " + std::string(text);
    return false;
  };
  int64_t west;
  if (!r.name(&out->standard.name)) return fails("Invalid STD format");
  if (!r.time(2, 24, &west)) return fails("Invalid STD offset");
  out->standard.offset = -west;
  if (r.text.empty()) return true;
  if (!r.name(&out->summer.name)) return fails("Invalid DST format");
  out->hasSummer = true;
  out->summer.offset = out->standard.offset + kHour;
  if (!r.text.empty() && r.text[0] != ',') {
    if (!r.time(2, 24, &west)) return fails("Invalid DST offset");
    out->summer.offset = -west;
  }
  out->summer.dst = out->difference();
  for (YearlyMoment* moment : {&out->start, &out->end}) {
    if (!r.take(',')) return fails("Missing transition rules");
    if (!r.moment(moment)) return fails("Malformed transition rule");
  }
  return r.text.empty() || fails("Extraneous characters at end of TZ string");
}

// ---- zones --------------------------------------------------------------------------------------

namespace {

/// A file marks what is daylight time, not by how much it differs from standard time: a neighbouring transition tells.
void findDaylight(const std::vector<uint32_t>& indices, const std::vector<bool>& isDst, std::vector<TimeType>& types) {
  const auto wanted = std::count(isDst.begin(), isDst.end(), true);
  std::ptrdiff_t known = 0;
  for (size_t i = 1; i < indices.size() && known < wanted; ++i) {
    const uint32_t type = indices[i];
    if (!isDst[type] || types[type].dst) continue;
    int64_t dst = 0;
    if (!isDst[indices[i - 1]]) dst = types[type].offset - types[indices[i - 1]].offset;
    if (!dst && i + 1 < indices.size()) {
      if (isDst[indices[i + 1]]) continue; // it may turn up again
      dst = types[type].offset - types[indices[i + 1]].offset;
    }
    if (!dst) continue;
    types[type].dst = dst;
    ++known;
  }
  if (known < wanted)
    for (size_t i = 0; i < types.size(); ++i)
      if (isDst[i] && !types[i].dst) types[i].dst = kHour;
}

void findLocal(Zone& z) {
  for (auto& list : z.local) list = z.utc;
  for (size_t i = 0; i < z.utc.size(); ++i) {
    int64_t first = z.known[i ? z.types[i - 1] : 0].offset, second = z.known[z.types[i]].offset;
    if (i == 0 && z.known.size() == 1) second = first;
    z.local[0][i] += std::max(first, second);
    z.local[1][i] += std::min(first, second);
  }
}

size_t lastUpTo(const std::vector<int64_t>& list, int64_t at) {
  return static_cast<size_t>(std::upper_bound(list.begin(), list.end(), at) - list.begin()) - 1;
}

} // namespace

bool build(std::vector<int64_t> transitions, std::vector<uint32_t> indices, std::vector<TimeType> types, const std::vector<bool>& isDst,
           std::string_view rule, Zone* z, std::string* error) {
  for (uint32_t i : indices)
    if (i >= types.size()) return *error = "Invalid transition index found while reading TZif: " + std::to_string(i), false;
  findDaylight(indices, isDst, types);
  z->utc = std::move(transitions);
  z->types = std::move(indices);
  z->known = std::move(types);
  findLocal(*z);
  const auto standard = std::find(isDst.begin(), isDst.end(), false);
  if (standard != isDst.end()) z->before = z->known[static_cast<size_t>(standard - isDst.begin())];
  else if (!z->types.empty()) z->before = z->known[z->types[0]];
  else z->before.isKnown = false;
  if (!rule.empty()) {
    if (!parseRule(rule, &z->after, error)) return false;
  } else if (z->known.empty()) {
    return *error = "No time zone information found.", false;
  } else {
    z->after.standard = z->types.empty() ? z->known.back() : z->known[z->types.back()];
  }
  // Types that no transition uses are taken to be used.
  z->isFixed = z->known.size() <= 1 && !z->after.hasSummer && (z->known.empty() || z->known[0] == z->after.standard);
  return true;
}

const TimeType& Zone::atLocal(int64_t at, int year, bool fold) const {
  const std::vector<int64_t>& list = local[fold];
  if (!list.empty() && at < list.front()) return before;
  if (list.empty() || at > list.back()) return after.hasSummer ? after.atLocal(at, year, fold) : after.standard;
  return known[types[lastUpTo(list, at)]];
}

const TimeType& Zone::atUtc(int64_t at, int year, bool* fold) const {
  *fold = false;
  if (!utc.empty() && at < utc.front()) return before;
  if ((utc.empty() || at > utc.back()) && after.hasSummer) return after.atUtc(at, year, fold);
  if (utc.empty()) return after.standard;
  const size_t i = lastUpTo(utc, at);
  const TimeType *previous = i ? &known[types[i - 1]] : &before, *now = &known[types[i]];
  if (i == 0 && utc.size() == 1 && at > utc.back()) {
    previous = now;
    now = &after.standard;
  }
  *fold = previous->offset - now->offset > at - utc[i];
  return *now;
}

} // namespace krait::zoneinfo
