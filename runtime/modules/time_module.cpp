// The time module: clocks, sleeping, struct_time and strftime.
#include <cerrno>
#include <climits>
#include <cmath>
#include <cstring>
#include <ctime>
#include <string>
#include <sys/times.h>
#include <unistd.h>

#include "runtime/modules/parsed_int.h"
#include "runtime/object/names.h"
#include "runtime/object/parsed_rows.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/threads/timeout.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codec.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"

namespace krait {

namespace {

constinit const char* const timeFields[] = {"tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec",
                                            "tm_wday", "tm_yday", "tm_isdst", "tm_zone", "tm_gmtoff"};
constinit const StructSequenceDef timeDef = {timeFields, 9, 11};
KRAIT_STRUCT_SEQUENCE_TYPE(structTimeType, "time.struct_time", kTypeOwnModule);

constexpr int64_t kNs = 1000000000;

int64_t nanoseconds(clockid_t clock) {
  timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * kNs + t.tv_nsec;
}
Value seconds(int64_t ns) { return newFloat(static_cast<double>(ns / kNs) + static_cast<double>(ns % kNs) * 1e-9); }

template <clockid_t Clock> Value clockSeconds(Value) {
  timespec t;
  clock_gettime(Clock, &t);
  return newFloat(static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9);
}
template <clockid_t Clock> Value clockNanoseconds(Value) { return newInt(nanoseconds(Clock)); }

int32_t clockArgument(Value v, clockid_t* out) { return parsedIntArgument(v, out) ? 0 : -1; }
/// "name() takes exactly 2 arguments (1 given)"
bool countExactly(const char* name, const Args& args, size_t count) {
  if (checkNoKeywords(name, args) < 0) return false;
  if (args.count == count) return true;
  raise(TypeErrorType, "%s() takes exactly %zu argument%s (%zu given)", name, count, count == 1 ? "" : "s", args.count);
  return false;
}
Value clockGettime(Value, Value id) {
  clockid_t c;
  timespec t;
  if (clockArgument(id, &c) < 0) return Value();
  if (clock_gettime(c, &t) < 0) return raiseOsError(errno);
  return seconds(t.tv_sec * kNs + t.tv_nsec);
}
Value clockGettimeNs(Value, Value id) {
  clockid_t c;
  timespec t;
  if (clockArgument(id, &c) < 0) return Value();
  if (clock_gettime(c, &t) < 0) return raiseOsError(errno);
  return newInt(t.tv_sec * kNs + t.tv_nsec);
}
Value setClock(clockid_t clock, int64_t s, int64_t ns) {
  const timespec t = {s, ns};
  return clock_settime(clock, &t) < 0 ? raiseOsError(errno) : newRef(none());
}
Value clockSettime(Value, const Args& args) {
  clockid_t c;
  if (!countExactly("clock_settime", args, 2) || clockArgument(args[0], &c) < 0) return Value();
  if (!isFloat(args[1])) {
    const int64_t s = toInt64(args[1]);
    return s == -1 && errorSet() ? Value() : setClock(c, s, 0);
  }
  const double whole = std::floor(toDouble(args[1]));
  return setClock(c, static_cast<int64_t>(whole), static_cast<int64_t>((toDouble(args[1]) - whole) * kNs));
}
Value clockSettimeNs(Value, const Args& args) {
  clockid_t c;
  if (!countExactly("clock_settime", args, 2) || clockArgument(args[0], &c) < 0) return Value();
  if (!isInt(args[1])) return raise(TypeErrorType, "expect int, got %.200T", args[1]);
  const int64_t ns = toInt64(args[1]);
  if (ns == -1 && errorSet()) return Value();
  const int64_t s = ns / kNs - (ns % kNs < 0);
  return setClock(c, s, ns - s * kNs);
}
/// The clock of a thread's processor time.
Value threadClock(Value, const Args& args) {
  if (!countExactly("pthread_getcpuclockid", args, 1)) return Value();
  if (!isInt(args[0])) return raise(TypeErrorType, "pthread_getcpuclockid() argument 1 must be int, not %.50G", args[0]);
  const int64_t thread = toInt64(args[0]);
  if (thread == -1 && errorSet()) return Value();
  clockid_t c;
  if (const int error = pthread_getcpuclockid(static_cast<pthread_t>(thread), &c)) return raiseOsError(error);
  return newInt(c);
}
Value clockGetres(Value, Value id) {
  clockid_t c;
  timespec t;
  if (clockArgument(id, &c) < 0) return Value();
  if (clock_getres(c, &t) < 0) return raiseOsError(errno);
  return seconds(t.tv_sec * kNs + t.tv_nsec);
}

Value sleepFunction(Value, Value v) {
  double s;
  if (secondsOf(v, 1, &s) < 0) return Value();
  if (s < 0) return raise(ValueErrorType, "sleep length must be non-negative");
  int64_t deadline;
  if (__builtin_add_overflow(nanoseconds(CLOCK_MONOTONIC), static_cast<int64_t>(s * 1e9), &deadline)) deadline = INT64_MAX;
  for (;;) {
    timespec t = {deadline / kNs, deadline % kNs};
    int r;
    {
      Blocking release;
      r = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, nullptr);
    }
    if (r == 0) return pollRequests.load() && servePoll() < 0 ? Value() : newRef(none()); // a signal may have come before the sleep
    if (r != EINTR) return raiseOsError(r);
    if (servePoll() < 0) return Value();
  }
}

Value makeTime(const tm& t, const char* zone, long offset) {
  Value v[] = {newInt(t.tm_year + 1900), newInt(t.tm_mon + 1), newInt(t.tm_mday), newInt(t.tm_hour), newInt(t.tm_min), newInt(t.tm_sec),
               newInt((t.tm_wday + 6) % 7), newInt(t.tm_yday + 1), newInt(t.tm_isdst), newStr(zone), newInt(offset)};
  return newStructSequence(&structTimeType, &timeDef, v);
}

/// Seconds argument (None: now), floored.
int32_t secondsArgument(Value v, time_t* out) {
  if (!v || isNone(v)) {
    *out = time(nullptr);
    return 0;
  }
  if (isFloat(v)) {
    double d = floatValue(v);
    if (std::isnan(d)) return fail(ValueErrorType, "Invalid value NaN (not a number)");
    if (std::fabs(d) > 9.2e18) return fail(OverflowErrorType, "timestamp out of range for platform time_t");
    *out = static_cast<time_t>(std::floor(d));
    return 0;
  }
  Ref i(index(v));
  if (!i) return -1;
  int overflow;
  *out = intToInt64(i, &overflow);
  return overflow ? fail(OverflowErrorType, "timestamp out of range for platform time_t") : 0;
}
Value gmtimeFunction(Value, const Value* argv) {
  time_t s;
  tm t;
  if (secondsArgument(argv[0], &s) < 0) return Value();
  if (!gmtime_r(&s, &t)) return raiseOsError(errno);
  return makeTime(t, t.tm_zone, 0);
}
Value localtimeFunction(Value, const Value* argv) {
  time_t s;
  tm t;
  if (secondsArgument(argv[0], &s) < 0) return Value();
  if (!localtime_r(&s, &t)) return raiseOsError(errno);
  return makeTime(t, t.tm_zone, t.tm_gmtoff);
}

int32_t timeTuple(Value v, tm* out, const char* function) {
  *out = tm{};
  if (!isTuple(v)) return fail(TypeErrorType, "Tuple or struct_time argument required");
  if (asTuple(v)->size != 9) return fail(TypeErrorType, "%s(): illegal time tuple argument", function);
  int64_t n[9];
  for (int i = 0; i < 9; ++i) {
    n[i] = toInt64(asTuple(v)->items[i]);
    if (n[i] == -1 && errorSet()) return -1;
    if (n[i] > INT_MAX) return fail(OverflowErrorType, "signed integer is greater than maximum");
    if (n[i] < INT_MIN) return fail(OverflowErrorType, "signed integer is less than minimum");
  }
  if (n[0] < INT_MIN + 1900LL) return fail(OverflowErrorType, "year out of range");
  out->tm_year = static_cast<int>(n[0] - 1900);
  out->tm_mon = static_cast<int>(n[1] - 1);
  out->tm_mday = static_cast<int>(n[2]);
  out->tm_hour = static_cast<int>(n[3]);
  out->tm_min = static_cast<int>(n[4]);
  out->tm_sec = static_cast<int>(n[5]);
  out->tm_wday = static_cast<int>((n[6] + 1) % 7);
  out->tm_yday = static_cast<int>(n[7] - 1);
  out->tm_isdst = static_cast<int>(n[8]);
  if (typeOf(v) == &structTimeType) {
    Value offset = asTuple(v)->items[10];
    if (isInt(offset)) out->tm_gmtoff = toInt64(offset);
  }
  return 0;
}

/// Ranges as time.strftime demands them; zeros are lifted to the first month and day.
int32_t checkRanges(tm* t) {
  if (t->tm_mon == -1) t->tm_mon = 0;
  else if (t->tm_mon < 0 || t->tm_mon > 11) return fail(ValueErrorType, "month out of range");
  if (t->tm_mday == 0) t->tm_mday = 1;
  else if (t->tm_mday < 0 || t->tm_mday > 31) return fail(ValueErrorType, "day of month out of range");
  if (t->tm_hour < 0 || t->tm_hour > 23) return fail(ValueErrorType, "hour out of range");
  if (t->tm_min < 0 || t->tm_min > 59) return fail(ValueErrorType, "minute out of range");
  if (t->tm_sec < 0 || t->tm_sec > 61) return fail(ValueErrorType, "seconds out of range");
  if (t->tm_wday < 0) return fail(ValueErrorType, "day of week out of range");
  if (t->tm_yday == -1) t->tm_yday = 0;
  else if (t->tm_yday < 0 || t->tm_yday > 365) return fail(ValueErrorType, "day of year out of range");
  return 0;
}

Value asctimeText(const tm& t) {
  static const char* const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static const char* const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char buffer[64];
  snprintf(buffer, sizeof buffer, "%s %s%3d %.2d:%.2d:%.2d %d", days[t.tm_wday], months[t.tm_mon], t.tm_mday, t.tm_hour, t.tm_min,
           t.tm_sec, 1900 + t.tm_year);
  return newStr(buffer);
}
Value asctimeFunction(Value, const Value* argv) {
  tm t;
  if (argv[0]) {
    if (timeTuple(argv[0], &t, "asctime") < 0 || checkRanges(&t) < 0) return Value();
  } else {
    time_t now = time(nullptr);
    localtime_r(&now, &t);
  }
  return asctimeText(t);
}
Value ctimeFunction(Value, const Value* argv) {
  time_t s;
  tm t;
  if (secondsArgument(argv[0], &s) < 0) return Value();
  if (!localtime_r(&s, &t)) return raiseOsError(errno);
  return asctimeText(t);
}
Value mktimeFunction(Value, Value v) {
  tm t;
  if (timeTuple(v, &t, "mktime") < 0) return Value();
  t.tm_wday = -1;
  time_t s = mktime(&t);
  if (s == -1 && t.tm_wday == -1) return raise(OverflowErrorType, "mktime argument out of range");
  return newFloat(static_cast<double>(s));
}

Value strftimeFunction(Value, const Value* argv) {
  if (!isStr(argv[0])) return raise(TypeErrorType, "strftime() argument 1 must be str, not %.50G", argv[0]);
  tm t;
  if (argv[1]) {
    if (timeTuple(argv[1], &t, "strftime") < 0 || checkRanges(&t) < 0) return Value();
    if (t.tm_isdst < -1) t.tm_isdst = -1;
    if (t.tm_isdst > 1) t.tm_isdst = 1;
    // The zone name follows from whether daylight saving is in force; where that is not known, there is none.
    time_t now = time(nullptr);
    tm zone;
    localtime_r(&now, &zone);
    t.tm_zone = t.tm_isdst < 0 ? "" : tzname[t.tm_isdst];
    if (typeOf(argv[1]) == &structTimeType && isStr(asTuple(argv[1])->items[9])) {
      static thread_local std::string kept;
      Utf8 name(asTuple(argv[1])->items[9]);
      if (!name.ok()) return Value();
      kept = name.view();
      t.tm_zone = kept.c_str();
    }
  } else {
    time_t now = time(nullptr);
    localtime_r(&now, &t);
  }
  const Ref encoded(encodeUtf8(argv[0], "surrogatepass"));
  if (!encoded) return Value();
  const std::string_view format = bytesView(encoded);
  if (format.empty()) return newRef(emptyStr());
  if (format.find('\0') != std::string_view::npos) return raise(ValueErrorType, "embedded null character");
  std::string out;
  for (size_t capacity = format.size() * 4 + 256;; capacity *= 2) {
    out.resize(capacity);
    size_t n = strftime(out.data(), capacity, format.data(), &t);
    // An empty result is legitimate for formats such as %Z or %p.
    if (n > 0 || capacity > format.size() * 256 + 65536) {
      out.resize(n);
      break;
    }
  }
  return decodeUtf8(reinterpret_cast<const uint8_t*>(out.data()), out.size(), "surrogatepass");
}

Value strptimeFunction(Value, const Args& args) {
  Ref module(importModule("_strptime"));
  Ref f(module ? getAttr(module, "_strptime_time") : Value());
  return f ? call(f, args) : Value();
}

int32_t addZone(Value module) {
  tzset();
  // Offsets of January and July tell standard from daylight saving time.
  time_t now = time(nullptr);
  tm today;
  gmtime_r(&now, &today);
  auto at = [&](int month, tm* out) {
    tm t{};
    t.tm_year = today.tm_year;
    t.tm_mon = month;
    t.tm_mday = 1;
    t.tm_isdst = -1;
    time_t s = mktime(&t);
    localtime_r(&s, out);
  };
  tm january, july;
  at(0, &january);
  at(6, &july);
  bool southern = january.tm_gmtoff > july.tm_gmtoff;
  const tm &standard = southern ? july : january, &summer = southern ? january : july;
  Ref first(newStr(standard.tm_zone)), second(newStr(summer.tm_zone));
  if (!first || !second) return -1;
  if (moduleAdd(module, "timezone", newInt(-standard.tm_gmtoff)) < 0 || moduleAdd(module, "altzone", newInt(-summer.tm_gmtoff)) < 0 ||
      moduleAdd(module, "daylight", newInt(january.tm_gmtoff != july.tm_gmtoff)) < 0)
    return -1;
  return moduleAdd(module, "tzname", newTuple({first.get(), second.get()}));
}
Value tzsetFunction(Value module) { return addZone(module) < 0 ? Value() : newRef(none()); }

Value getClockInfo(Value, const Value* argv) {
  if (!isStr(argv[0])) return raise(TypeErrorType, "get_clock_info() argument 1 must be str, not %.50G", argv[0]);
  struct Info { const char *name, *implementation; bool monotonic, adjustable; clockid_t clock; };
  static const Info infos[] = {
      {"time", "clock_gettime(CLOCK_REALTIME)", false, true, CLOCK_REALTIME},
      {"monotonic", "clock_gettime(CLOCK_MONOTONIC)", true, false, CLOCK_MONOTONIC},
      {"perf_counter", "clock_gettime(CLOCK_MONOTONIC)", true, false, CLOCK_MONOTONIC},
      {"process_time", "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true, false, CLOCK_PROCESS_CPUTIME_ID},
      {"thread_time", "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false, CLOCK_THREAD_CPUTIME_ID},
  };
  for (const Info& i : infos) {
    if (!strEqual(argv[0], i.name)) continue;
    timespec r;
    clock_getres(i.clock, &r);
    Ref d(newDict()), text(newStr(i.implementation)), resolution(seconds(r.tv_sec * kNs + r.tv_nsec));
    if (!d || !text || !resolution || dictSet(d, "implementation", text) < 0 || dictSet(d, "monotonic", boolean(i.monotonic)) < 0 ||
        dictSet(d, "adjustable", boolean(i.adjustable)) < 0 || dictSet(d, "resolution", resolution) < 0)
      return Value();
    return callTupleDict(asValue(&simpleNamespaceType), emptyTuple(), d);
  }
  return raise(ValueErrorType, "unknown clock");
}

constinit const MethodDef methods[] = {
    {"time", clockSeconds<CLOCK_REALTIME>, "()", kMethodUnsigned},
    {"time_ns", clockNanoseconds<CLOCK_REALTIME>, "()", kMethodUnsigned},
    {"monotonic", clockSeconds<CLOCK_MONOTONIC>, "()", kMethodUnsigned},
    {"monotonic_ns", clockNanoseconds<CLOCK_MONOTONIC>, "()", kMethodUnsigned},
    {"perf_counter", clockSeconds<CLOCK_MONOTONIC>, "()", kMethodUnsigned},
    {"perf_counter_ns", clockNanoseconds<CLOCK_MONOTONIC>, "()", kMethodUnsigned},
    {"process_time", clockSeconds<CLOCK_PROCESS_CPUTIME_ID>, "()", kMethodUnsigned},
    {"process_time_ns", clockNanoseconds<CLOCK_PROCESS_CPUTIME_ID>, "()", kMethodUnsigned},
    {"thread_time", clockSeconds<CLOCK_THREAD_CPUTIME_ID>, "()", kMethodUnsigned},
    {"thread_time_ns", clockNanoseconds<CLOCK_THREAD_CPUTIME_ID>, "()", kMethodUnsigned},
    {"clock_gettime", clockGettime, "(clk_id, /)", kMethodUnsigned | kMethodParsed},
    {"clock_gettime_ns", clockGettimeNs, "(clk_id, /)", kMethodUnsigned | kMethodParsed},
    {"clock_settime", clockSettime},
    {"clock_settime_ns", clockSettimeNs},
    {"pthread_getcpuclockid", threadClock},
    {"clock_getres", clockGetres, "(clk_id, /)", kMethodUnsigned | kMethodParsed},
    {"sleep", sleepFunction, "(seconds, /)", kMethodUnsigned},
    {"gmtime", gmtimeFunction, "(seconds=None, /)", kMethodUnsigned | kMethodParsed},
    {"localtime", localtimeFunction, "(seconds=None, /)", kMethodUnsigned | kMethodParsed},
    {"asctime", asctimeFunction, "(tuple=None, /)", kMethodUnsigned},
    {"ctime", ctimeFunction, "(seconds=None, /)", kMethodUnsigned | kMethodParsed},
    {"mktime", mktimeFunction, "(tuple, /)", kMethodUnsigned},
    {"strftime", strftimeFunction, "(format, tuple=None, /)", kMethodUnsigned | kMethodParsed},
    {"strptime", strptimeFunction, nullptr, kMethodParsed},
    {"tzset", tzsetFunction},
    {"get_clock_info", getClockInfo, "(name, /)", kMethodUnsigned | kMethodParsed},
    {},
};

int execute(Value module) {
  structSequenceReady(&structTimeType, &timeDef);
  static const struct { const char* name; int value; } clocks[] = {
      {"CLOCK_REALTIME", CLOCK_REALTIME}, {"CLOCK_MONOTONIC", CLOCK_MONOTONIC}, {"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW},
      {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID}, {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID},
      {"CLOCK_BOOTTIME", CLOCK_BOOTTIME}, {"CLOCK_TAI", CLOCK_TAI}, {"_STRUCT_TM_ITEMS", 11}};
  for (auto& c : clocks)
    if (moduleAdd(module, c.name, newInt(c.value)) < 0) return -1;
  return moduleAddType(module, &structTimeType) < 0 ? -1 : addZone(module);
}

} // namespace

extern "C" constinit const NativeModule krt_module_time = {"time", methods, execute};

} // namespace krait
