// What a time zone does, without Python: the transitions that a TZif file lists, and the POSIX rule for the time after
// them. Seconds count from 1970-01-01, in UTC or, where said, as a local clock shows them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace krait::zoneinfo {

/// A local time type. `isKnown` is false where a file says nothing.
struct TimeType {
  int64_t offset = 0, dst = 0;
  std::string name;
  bool isKnown = true;
  bool operator==(const TimeType& o) const { return offset == o.offset && dst == o.dst && name == o.name && isKnown == o.isKnown; }
};

/// The day and local time at which a rule changes the clock, in any year.
struct YearlyMoment {
  /// Days of a year are counted as CPython does: from 1 in both forms, and a Julian February 28 comes a day late in leap years.
  enum class Form : uint8_t { MonthWeekDay, Julian /* February 29 never counts */, DayOfYear };
  Form form = Form::MonthWeekDay;
  int month = 1, week = 1, day = 0;
  int64_t seconds = 7200; // into the day; may be negative or beyond it
  int64_t inYear(int year) const;
};

struct Rule {
  TimeType standard, summer;
  YearlyMoment start, end;
  bool hasSummer = false;
  int64_t difference() const { return summer.offset - standard.offset; }
  const TimeType& atLocal(int64_t seconds, int year, bool fold) const;
  const TimeType& atUtc(int64_t seconds, int year, bool* fold) const;
};
/// "EST5EDT,M3.2.0,M11.1.0" and the like. False: `error` says why not.
bool parseRule(std::string_view text, Rule* out, std::string* error);

/// A zone, made by build().
struct Zone {
  std::vector<int64_t> utc, local[2]; // transitions; local by fold
  std::vector<uint32_t> types;        // after each transition: an index into `known`
  std::vector<TimeType> known;
  TimeType before;
  Rule after;                         // without summer time: `after.standard`
  bool isFixed = false;               // the answer is the same for every moment

  const TimeType& atLocal(int64_t seconds, int year, bool fold) const;
  const TimeType& atUtc(int64_t seconds, int year, bool* fold) const;
};
/// From a file's contents: transitions and their types, types with their daylight flags, and the rule (may be empty).
/// False: `error` says why not.
bool build(std::vector<int64_t> transitions, std::vector<uint32_t> indices, std::vector<TimeType> types, const std::vector<bool>& isDst,
           std::string_view rule, Zone* out, std::string* error);

} // namespace krait::zoneinfo
