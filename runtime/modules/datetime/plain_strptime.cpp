// strptime of ASCII text by formats that say numbers, names of days and months, and text. _strptime would make a regular expression of the
// format, whose first way through is the one that is gone here; where that does not lead to the end, or to a date that there is, it is
// asked: it may find another one, and has the words for what is wrong.
#include <langinfo.h>

#include <algorithm>
#include <string_view>

#include "runtime/modules/datetime/datetime_objects.h"
#include "runtime/object/call.h"
#include "runtime/unicode/char_types.h"

namespace krait::datetime {

namespace {

/// The functions of _strptime that make datetimes, as they were when it was first asked: they hold for ever.
struct Asked {
  static constexpr int kCount = 2;
  Value module, functions[kCount];
} asked;

Value functionOf(Value module, int n) {
  static const Value kNames[Asked::kCount] = {internStr("_strptime"), internStr("_strptime_datetime")};
  return dictGet(moduleDict(module), kNames[n]);
}
/// Whether they are still what would be asked.
bool isAsMade() {
  static const Value kName = internStr("_strptime");
  if (!asked.module || dictGet(sysModules(), kName) != asked.module) return false;
  for (int n = 0; n < Asked::kCount; ++n)
    if (functionOf(asked.module, n) != asked.functions[n]) return false;
  return true;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// What is read, and what it said so far.
class Reader {
public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool literal(char c) {
    if (rest_.empty() || lower(rest_.front()) != lower(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool spaces() {
    if (rest_.empty() || !unicode::isSpace(static_cast<uint8_t>(rest_.front()))) return false;
    while (!rest_.empty() && unicode::isSpace(static_cast<uint8_t>(rest_.front()))) rest_.remove_prefix(1);
    return true;
  }
  /// What %code takes; false: none, or others know it.
  bool code(char c);
  /// Null: not to the end, or there is no such time.
  Value take() const;

private:
  /// `n` digits.
  bool digits(size_t n, int* out) {
    if (rest_.size() < n || !std::all_of(rest_.begin(), rest_.begin() + n, isDigit)) return false;
    *out = 0;
    for (size_t i = 0; i < n; ++i) *out = *out * 10 + (rest_[i] - '0');
    rest_.remove_prefix(n);
    return true;
  }
  /// Two digits of a number in these bounds, else one.
  bool number(int least, int most, int* out) {
    const std::string_view before = rest_;
    if (digits(2, out) && *out >= least && *out <= most) return true;
    rest_ = before;
    return digits(1, out) && *out >= least;
  }
  bool day() {
    if (!literal(' ')) return number(1, 31, &date_.day);
    return digits(1, &date_.day) && date_.day > 0;
  }
  bool fraction() {
    size_t n = 0;
    while (n < 6 && n < rest_.size() && isDigit(rest_[n])) ++n;
    if (!digits(n, &microsecond_) || n == 0) return false;
    for (; n < 6; ++n) microsecond_ *= 10;
    return true;
  }
  /// One of `count` names that the locale has in a row from `first` on, the longest.
  bool name(nl_item first, int count, int* which) {
    size_t longest = 0;
    for (int i = 0; i < count; ++i) {
      const std::string_view s = nl_langinfo(first + i);
      if (s.empty() || std::any_of(s.begin(), s.end(), [](char c) { return static_cast<signed char>(c) < 0; })) return false;
      const bool isIt = s.size() <= rest_.size() && std::equal(s.begin(), s.end(), rest_.begin(), [](char a, char b) { return lower(a) == lower(b); });
      if (!isIt || s.size() <= longest) continue;
      longest = s.size();
      *which = i;
    }
    rest_.remove_prefix(longest);
    return longest > 0;
  }
  bool monthNamed(nl_item first) {
    if (!name(first, 12, &date_.month)) return false;
    ++date_.month;
    return true;
  }
  /// Each may come once, and of those that say the same only one.
  bool isFirst(uint32_t what) { return !(said_ & what) && (said_ |= what); }

  enum : uint32_t { kYear = 1, kMonth = 2, kDay = 4, kHour = 8, kMinute = 16, kSecond = 32, kFraction = 64, kDayName = 128, kLongDayName = 256, kHalf = 512, kTwelve = 1024 };
  std::string_view rest_;
  Ymd date_{1900, 1, 1};
  int hour_ = 0, minute_ = 0, second_ = 0, microsecond_ = 0, half_ = 0;
  uint32_t said_ = 0;
};

bool Reader::code(char c) {
  int ignored;
  switch (c) {
  case 'Y': return isFirst(kYear) && digits(4, &date_.year);
  case 'y':
    if (!isFirst(kYear) || !digits(2, &date_.year)) return false;
    date_.year += date_.year <= 68 ? 2000 : 1900;
    return true;
  case 'm': return isFirst(kMonth) && number(1, 12, &date_.month);
  case 'b': return isFirst(kMonth) && monthNamed(ABMON_1);
  case 'B': return isFirst(kMonth) && monthNamed(MON_1);
  case 'd': return isFirst(kDay) && day();
  case 'H': return isFirst(kHour) && number(0, 23, &hour_);
  case 'I': return isFirst(kHour) && number(1, 12, &hour_) && (said_ |= kTwelve);
  case 'p': return isFirst(kHalf) && name(AM_STR, 2, &half_);
  case 'M': return isFirst(kMinute) && number(0, 59, &minute_);
  case 'S': return isFirst(kSecond) && number(0, 61, &second_);
  case 'f': return isFirst(kFraction) && fraction();
  case 'a': return isFirst(kDayName) && name(ABDAY_1, 7, &ignored);
  case 'A': return isFirst(kLongDayName) && name(DAY_1, 7, &ignored);
  case '%': return literal('%');
  default: return false;
  }
}

Value Reader::take() const {
  if (!rest_.empty() || date_.year < kMinYear || date_.day > daysInMonth(date_.year, date_.month) || second_ > 59) return Value();
  const int hour = said_ & kTwelve ? hour_ % 12 + 12 * half_ : hour_;
  return newDateTime(&datetimeType, date_.year, date_.month, date_.day, hour, minute_, second_, microsecond_, none(), 0);
}

std::string_view asciiOf(Value v) {
  const StrObject* s = asStr(v);
  return {reinterpret_cast<const char*>(s->data()), static_cast<size_t>(s->length)};
}

} // namespace

Value plainStrptime(Value text, Value format) {
  if (!isExactStr(text) || !isExactStr(format) || !(asStr(text)->flags & asStr(format)->flags & kStrAscii) || eventsActive || !isAsMade()) return Value();
  RecursionLevels levels(2); // of the calls that are not made
  if (!levels) return errorClear(), Value(); // it comes again
  Reader reader(asciiOf(text));
  const std::string_view codes = asciiOf(format);
  for (size_t i = 0; i < codes.size(); ++i) {
    if (unicode::isSpace(static_cast<uint8_t>(codes[i]))) {
      while (i + 1 < codes.size() && unicode::isSpace(static_cast<uint8_t>(codes[i + 1]))) ++i;
      if (!reader.spaces()) return Value();
    } else if (codes[i] != '%' ? !reader.literal(codes[i]) : ++i == codes.size() || !reader.code(codes[i])) {
      return Value();
    }
  }
  return reader.take();
}

void noteStrptime(Value module) {
  if (asked.module) return;
  Value functions[Asked::kCount];
  for (int n = 0; n < Asked::kCount; ++n)
    if (!(functions[n] = functionOf(module, n))) return;
  asked.module = newRef(module);
  for (int n = 0; n < Asked::kCount; ++n) asked.functions[n] = newRef(functions[n]);
}

} // namespace krait::datetime
