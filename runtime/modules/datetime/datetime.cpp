// datetime: a date and a clock reading, with an optional time zone.
//
// Those with a zone are compared and subtracted by their UTC times, unless both
// have the very same tzinfo: then by what the clock shows.
#include <algorithm>
#include <cstring>
#include <ctime>
#include "runtime/object/parsed_rows.h"
#include "runtime/modules/datetime/datetime_objects.h"
#include "runtime/types/hash_bytes.h"
#include "runtime/types/str.h"

namespace krait::datetime {

// ---- making ----

static Value allocateDateTime(Type* t, const Ymd& date, const Clock& clock, Value tzinfo) {
  Value v = allocatePart<DateTimeObject>(t, datetimeType);
  if (!v) return v;
  DateTimeObject* d = asDateTime(v);
  d->hash = -1;
  d->year = static_cast<uint16_t>(date.year);
  d->month = static_cast<uint8_t>(date.month);
  d->day = static_cast<uint8_t>(date.day);
  d->clock = clock;
  d->tzinfo = isNone(tzinfo) ? Value() : newRef(tzinfo);
  return v;
}
Value newDateTime(Type* t, int64_t year, int64_t month, int64_t day, int64_t hour, int64_t minute, int64_t second, int64_t microsecond,
                  Value tzinfo, int64_t fold) {
  if (checkDate(year, month, day) < 0 || checkTime(hour, minute, second, microsecond, fold) < 0 || checkTzinfo(tzinfo) < 0) return Value();
  const Clock clock{static_cast<uint8_t>(hour), static_cast<uint8_t>(minute), static_cast<uint8_t>(second), static_cast<uint8_t>(fold),
                    static_cast<int32_t>(microsecond)};
  return allocateDateTime(t, {static_cast<int>(year), static_cast<int>(month), static_cast<int>(day)}, clock, tzinfo);
}
Value newDateTimeOf(Type* cls, const Ymd& date, const Clock& c, Value tzinfo) {
  if (cls == &datetimeType)
    return newDateTime(cls, date.year, date.month, date.day, c.hour, c.minute, c.second, c.microsecond, tzinfo, c.fold);
  Value v = call(asValue(cls), {newInt(date.year), newInt(date.month), newInt(date.day), newInt(c.hour), newInt(c.minute),
                                newInt(c.second), newInt(c.microsecond), tzinfo});
  if (v && c.fold && isDateTime(v)) asDateTime(v)->clock.fold = c.fold;
  return v;
}
static Clock clockOf(int64_t inDay) {
  const auto seconds = static_cast<int>(inDay / kSecond);
  return {static_cast<uint8_t>(seconds / 3600), static_cast<uint8_t>(seconds / 60 % 60), static_cast<uint8_t>(seconds % 60), 0,
          static_cast<int32_t>(inDay % kSecond)};
}
Value newDateTimeAt(Type* cls, int64_t at, Value tzinfo) {
  if (at < kDay || at / kDay > kMaxOrdinal) return raise(OverflowErrorType, "date value out of range");
  return newDateTimeOf(cls, dateOf(static_cast<int>(at / kDay)), clockOf(at % kDay), tzinfo);
}

static Value construct(Type* t, const Args& args) {
  bool failed = false;
  Ref state = stateArgument(args, 10, "datetime", &failed);
  if (failed) return Value();
  if (state) {
    const uint8_t* s = state.as<BytesObject>()->data;
    const int month = s[2] & 0x7f;
    if (month >= 1 && month <= 12) {
      if (args.count == 2 && !isNone(args[1]) && !isTzinfo(args[1])) return raise(TypeErrorType, "bad tzinfo state arg");
      const Clock clock{s[4], s[5], s[6], static_cast<uint8_t>(s[2] >> 7), (s[7] << 16) | (s[8] << 8) | s[9]};
      return allocateDateTime(t, {s[0] * 256 + s[1], month, s[3]}, clock, args.count == 2 ? args[1] : none());
    }
  }
  Value argv[9];
  Ref holder[2];
  int part[7] = {0, 0, 0, 0, 0, 0, 0}, fold = 0;
  if (!argumentsBeforeMissing(args)) return Value();
  if (bindArguments(nullptr, "(year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)", args, argv, 9, holder) < 0)
    return Value();
  for (int i = 0; i < 7; ++i)
    if (!parsedIntArgument(argv[i], &part[i])) return Value();
  if (!parsedIntArgument(argv[8], &fold)) return Value();
  return newDateTime(t, part[0], part[1], part[2], part[3], part[4], part[5], part[6], argv[7] ? argv[7] : none(), fold);
}
static void dealloc(Object* o) {
  clear(asDateTime(Value(o))->tzinfo);
  releaseObjectOf<0>(datetimeType, o);
}

// ---- class methods ----

static Value nowIn(Value cls, Value tzinfo, bool local) {
  timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return datetimeFromEpoch(cls.as<Type>(), t.tv_sec, static_cast<int>(t.tv_nsec / 1000), tzinfo, local);
}
static Value fromUtcOf(Value tzinfo, Value owned) {
  Ref utc(owned);
  return utc && !isNone(tzinfo) ? callMethod(tzinfo, "fromutc", {utc}) : utc.release();
}
static Value now(Value cls, const Value* argv) {
  Value tz = argv[0] ? argv[0] : none();
  return checkTzinfo(tz) < 0 ? Value() : fromUtcOf(tz, nowIn(cls, tz, isNone(tz)));
}
static Value utcnow(Value cls) { return nowIn(cls, none(), false); }
static Value fromtimestamp(Value cls, const Value* argv) {
  Value tz = argv[1] ? argv[1] : none();
  int64_t seconds;
  int us;
  if (checkTzinfo(tz) < 0 || timestampOf(argv[0], &seconds, &us) < 0) return Value();
  return fromUtcOf(tz, datetimeFromEpoch(cls.as<Type>(), seconds, us, tz, isNone(tz)));
}
static Value utcfromtimestamp(Value cls, Value timestamp) {
  int64_t seconds;
  int us;
  return timestampOf(timestamp, &seconds, &us) < 0 ? Value() : datetimeFromEpoch(cls.as<Type>(), seconds, us, none(), false);
}
static Value strptime(Value cls, const Value* argv) {
  if (!isStr(argv[0])) return raise(TypeErrorType, "strptime() argument 1 must be str, not %.50G", argv[0]);
  if (!isStr(argv[1])) return raise(TypeErrorType, "strptime() argument 2 must be str, not %.50G", argv[1]);
  if (cls == asValue(&datetimeType))
    if (Value v = plainStrptime(argv[0], argv[1]); v || errorSet()) return v;
  Ref module(importModule("_strptime"));
  if (module && isExact(module, moduleType)) noteStrptime(module);
  return module ? callMethod(module, "_strptime_datetime", {cls, argv[0], argv[1]}) : Value();
}
static Value combine(Value cls, const Value* argv) {
  if (!isDate(argv[0])) return raise(TypeErrorType, "combine() argument 1 must be datetime.date, not %.50T", argv[0]);
  if (!isTime(argv[1])) return raise(TypeErrorType, "combine() argument 2 must be datetime.time, not %.50T", argv[1]);
  const DateObject* d = asDate(argv[0]);
  return newDateTimeOf(cls.as<Type>(), {d->year, d->month, d->day}, asTime(argv[1])->clock, argv[2] ? argv[2] : tzinfoOf(asTime(argv[1])));
}
/// The text with a T for a surrogate where a separator may be, which nothing else than a separator can replace; null with no error set
/// for what is too short.
static Value withoutSurrogate(Value text) {
  const StrObject* s = asStr(text);
  if (s->length < 7) return Value();
  for (const int64_t at : {7, 8, 10}) {
    if (at >= s->length) break;
    if (s->at(at) < 0xd800 || s->at(at) > 0xdfff) continue;
    Ref head(strSubstring(text, 0, at)), tail(strSubstring(text, at + 1, s->length)), t(newStr("T"));
    Ref start(head && t ? strConcat(head, t) : Value());
    return start && tail ? strConcat(start, tail) : Value();
  }
  return newRef(text);
}
static Value fromisoformat(Value cls, Value text) {
  if (!isStr(text)) return raise(TypeErrorType, "fromisoformat: argument must be str");
  Ref clean(withoutSurrogate(text));
  if (!clean) return errorSet() ? Value() : raise(ValueErrorType, "Invalid isoformat string: %R", text);
  const Utf8 utf8(clean);
  if (!utf8.ok()) errorClear(); // of other surrogates
  const std::string_view s = utf8.view();
  const int64_t separator = utf8.ok() ? isoSeparator(s) : -1;
  Ymd date;
  Clock clock{};
  Ref tzinfo = Ref::share(none());
  bool good = separator >= 0 && parseIsoDate(s.substr(0, static_cast<size_t>(separator)), &date);
  auto at = static_cast<size_t>(separator);
  if (good && at < s.size()) {
    const auto lead = static_cast<uint8_t>(s[at]);
    at += lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    const int form = parseIsoTime(s.substr(std::min(at, s.size())), &clock, &tzinfo);
    if (form < 0) return Value();
    good = form == 0;
  }
  if (!good) return raise(ValueErrorType, "Invalid isoformat string: %R", text);
  return newDateTimeOf(cls.as<Type>(), date, clock, tzinfo);
}

// ---- arithmetic ----

static Value utcoffset(Value self) { return callUtcoffset(tzinfoOf(asDateTime(self)), self); }
/// The offsets of both, in this order. False with an error.
static bool offsetsOf(Value a, Value b, Ref& x, Ref& y) {
  x.reset(utcoffset(a));
  y.reset(x ? utcoffset(b) : Value());
  return static_cast<bool>(y);
}

Value moveDateTime(Value self, Value delta, int sign) {
  const DateTimeObject* from = asDateTime(self);
  int64_t days = sign * int64_t{asDelta(delta)->days};
  Clock clock = from->clock;
  clock.fold = 0;
  if (const int64_t rest = sign * (asDelta(delta)->seconds * kSecond + asDelta(delta)->microseconds)) {
    int64_t inDay = clock.inDay() + rest;
    if (inDay >= kDay) inDay -= kDay, ++days;
    else if (inDay < 0) inDay += kDay, --days;
    clock = clockOf(inDay);
  }
  Ymd date{from->year, from->month, from->day};
  if (!moveDays(&date, days)) return raise(OverflowErrorType, "date value out of range");
  if (typeOf(self) == &datetimeType) return allocateDateTime(&datetimeType, date, clock, tzinfoOf(from));
  return newDateTimeOf(typeOf(self), date, clock, tzinfoOf(from));
}
static Value datetimeAdd(Value a, Value b) {
  if (isDateTime(a)) return isDelta(b) ? moveDateTime(a, b, 1) : notImplemented();
  return isDelta(a) && isDateTime(b) ? moveDateTime(b, a, 1) : notImplemented();
}
static Value datetimeSubtract(Value a, Value b) {
  if (!isDateTime(a)) return notImplemented();
  if (isDelta(b)) return moveDateTime(a, b, -1);
  if (!isDateTime(b)) return notImplemented();
  int64_t us = microsecondsOf(asDateTime(a)) - microsecondsOf(asDateTime(b));
  if (!(tzinfoOf(asDateTime(a)) == tzinfoOf(asDateTime(b)))) {
    Ref x, y;
    if (!offsetsOf(a, b, x, y)) return Value();
    if (isNone(x) != isNone(y)) return raise(TypeErrorType, "can't subtract offset-naive and offset-aware datetimes");
    if (!isNone(x)) us -= shortMicroseconds(x) - shortMicroseconds(y);
  }
  return newDelta(0, 0, us);
}

// ---- comparison, hash ----

/// The offset with the other fold: differs from `offset` in what PEP 495 calls a problematic time. 1, 0, -1 error.
static int32_t isProblematic(Value v, Value offset) {
  Ref other(newRef(v));
  const DateTimeObject* d = asDateTime(v);
  Clock clock = d->clock;
  clock.fold = !clock.fold;
  Ref flipped(allocateDateTime(&datetimeType, {d->year, d->month, d->day}, clock, tzinfoOf(d)));
  Ref theirs(flipped ? utcoffset(flipped) : Value());
  if (!theirs) return -1;
  if (isNone(theirs) || isNone(offset)) return !(theirs.get() == offset);
  return !sameDelta(theirs, offset);
}

/// Below, at or above zero. Of one zone: by what their clocks show.
static int64_t orderInZone(const DateTimeObject* a, const DateTimeObject* b) {
  const int date = compareDates(a, b);
  return date ? date : a->clock.inDay() - b->clock.inDay();
}
static Value datetimeCompare(Value a, Value b, int op) {
  if (!isDateTime(b)) {
    if (!isDate(b)) return notImplemented();
    // date's own comparison must not get its turn.
    if (op == kEq || op == kNe) return boolean(op == kNe);
    return raise(TypeErrorType, "can't compare %s to %s", typeOf(a)->name, typeOf(b)->name);
  }
  if (asDateTime(a)->tzinfo == asDateTime(b)->tzinfo) return answerByOrder(orderInZone(asDateTime(a), asDateTime(b)), op);
  int64_t d = microsecondsOf(asDateTime(a)) - microsecondsOf(asDateTime(b));
  Ref x, y;
  if (!offsetsOf(a, b, x, y)) return Value();
  if (isNone(x) != isNone(y)) {
    if (op == kEq || op == kNe) return boolean(op == kNe);
    return raise(TypeErrorType, "can't compare offset-naive and offset-aware datetimes");
  }
  if (!isNone(x) && !sameDelta(x, y)) {
    // CPython subtracts them then, which asks again.
    Ref left, right;
    if (!offsetsOf(a, b, left, right)) return Value();
    if (isNone(left) != isNone(right)) return raise(TypeErrorType, "can't subtract offset-naive and offset-aware datetimes");
    if (!isNone(left)) d -= shortMicroseconds(left) - shortMicroseconds(right);
  }
  if (d == 0 && (op == kEq || op == kNe)) {
    int32_t problem = isProblematic(a, x);
    if (problem == 0) problem = isProblematic(b, y);
    if (problem < 0) return Value();
    if (problem) d = 1;
  }
  return answerByOrder(d, op);
}
static void packDateTime(const DateTimeObject* d, bool withFold, uint8_t* out) {
  const Clock& c = d->clock;
  const uint8_t bytes[10] = {static_cast<uint8_t>(d->year >> 8),
                             static_cast<uint8_t>(d->year),
                             static_cast<uint8_t>(d->month | (withFold && c.fold ? 0x80 : 0)),
                             d->day,
                             c.hour,
                             c.minute,
                             c.second,
                             static_cast<uint8_t>(c.microsecond >> 16),
                             static_cast<uint8_t>(c.microsecond >> 8),
                             static_cast<uint8_t>(c.microsecond)};
  std::copy(bytes, bytes + 10, out);
}
static int64_t datetimeHash(Value v) {
  DateTimeObject* d = asDateTime(v);
  if (d->hash != -1) return d->hash;
  // Both folds of a time are equal among themselves: the offset is that of the first.
  Ref first = Ref::share(v);
  if (d->clock.fold) {
    Clock clock = d->clock;
    clock.fold = 0;
    first.reset(allocateDateTime(&datetimeType, {d->year, d->month, d->day}, clock, tzinfoOf(d)));
    if (!first) return -1;
  }
  Ref offset(utcoffset(first));
  if (!offset) return -1;
  if (isNone(offset)) {
    uint8_t state[10];
    packDateTime(d, false, state);
    return d->hash = hashBytes(state, sizeof state);
  }
  Ref utc(newDelta(0, 0, microsecondsOf(d) - shortMicroseconds(offset)));
  return utc ? d->hash = hash(utc) : -1;
}
/// What has a zone asks it; what it kept is all that is known then.
static bool plainHash(Value v, int64_t* hash) {
  const DateTimeObject* d = asDateTime(v);
  if (d->hash == -1 && d->tzinfo) return false;
  return (*hash = datetimeHash(v)) != -1 || (errorClear(), false);
}
static int32_t plainOrder(Value a, Value b) {
  const DateTimeObject *x = asDateTime(a), *y = asDateTime(b);
  return x->tzinfo == y->tzinfo ? signOf(orderInZone(x, y)) : 2;
}

// ---- text ----

static Value datetimeRepr(Value v) {
  const DateTimeObject* d = asDateTime(v);
  const Clock& c = d->clock;
  char text[256];
  int n = snprintf(text, sizeof text, "%.150s(%d, %d, %d, %d, %d", typeOf(v)->name, d->year, d->month, d->day, c.hour, c.minute);
  if (c.second || c.microsecond) n += snprintf(text + n, sizeof text - static_cast<size_t>(n), ", %d", c.second);
  if (c.microsecond) snprintf(text + n, sizeof text - static_cast<size_t>(n), ", %d", c.microsecond);
  return finishRepr(text, c.fold, d->tzinfo, /*foldFirst=*/true);
}
static Value isoText(Value self, uint32_t separator, Value timespec) {
  const DateTimeObject* d = asDateTime(self);
  char date[80], clock[32], zone[32];
  char* end = putDate(date, d);
  *end = 0;
  const int32_t size = formatClock(clock, d->clock, timespec);
  if (size < 0) return Value();
  if (!d->tzinfo && separator < 0x80) {
    *end++ = static_cast<char>(separator);
    std::memcpy(end, clock, static_cast<size_t>(size));
    return newStrAscii(date, static_cast<size_t>(end + size - date));
  }
  if (formatUtcoffset(zone, ":", tzinfoOf(d), self) < 0) return Value();
  StrBuilder text;
  text.addAscii(date);
  text.add(separator);
  text.addAscii(clock);
  text.addAscii(zone);
  return text.take();
}
static Value isoformat(Value self, const Value* argv) {
  if (argv[0] && !isStr(argv[0])) return raise(TypeErrorType, "isoformat() argument 1 must be a unicode character, not %.50T", argv[0]);
  if (argv[0] && asStr(argv[0])->length != 1) return raise(TypeErrorType, "isoformat() argument 1 must be a unicode character, not str");
  if (argv[1] && !isStr(argv[1])) return raise(TypeErrorType, "isoformat() argument 2 must be str, not %.50T", argv[1]);
  return isoText(self, argv[0] ? asStr(argv[0])->at(0) : 'T', argv[1]);
}
static Value datetimeStr(Value v) {
  if (isExact(v, datetimeType)) return isoText(v, ' ', Value());
  Ref space(newStr(" "));
  return callMethod(v, "isoformat", {space});
}
static Ymd ymdOf(Value v) { return {asDate(v)->year, asDate(v)->month, asDate(v)->day}; }
static Value ctimeMethod(Value v) { return ctimeText(ymdOf(v), asDateTime(v)->clock); }

// ---- other methods ----

static Value dateMethod(Value v) { return newDate(&dateType, asDate(v)->year, asDate(v)->month, asDate(v)->day); }
static Value clockAsTime(Value v, Value tzinfo) {
  const Clock& c = asDateTime(v)->clock;
  return newTime(&timeType, c.hour, c.minute, c.second, c.microsecond, tzinfo, c.fold);
}
static Value timeMethod(Value v) { return clockAsTime(v, none()); }
static Value timetz(Value v) { return clockAsTime(v, tzinfoOf(asDateTime(v))); }
static Value dst(Value self) { return callDst(tzinfoOf(asDateTime(self)), self); }
static Value tzname(Value self) { return callTzname(tzinfoOf(asDateTime(self)), self); }

static Value timetuple(Value self) {
  int flag = -1;
  if (asDateTime(self)->tzinfo) {
    Ref d(dst(self));
    if (!d) return Value();
    if (!isNone(d)) flag = shortMicroseconds(d) != 0;
  }
  return buildStructTime(ymdOf(self), asDateTime(self)->clock, flag);
}
static Value utctimetuple(Value self) {
  Ref offset(utcoffset(self));
  if (!offset) return Value();
  if (isNone(offset)) return buildStructTime(ymdOf(self), asDateTime(self)->clock, 0);
  const int64_t at = microsecondsOf(asDateTime(self)) - shortMicroseconds(offset);
  if (at < kDay || at / kDay > kMaxOrdinal) return raise(OverflowErrorType, "date value out of range");
  return buildStructTime(dateOf(static_cast<int>(at / kDay)), clockOf(at % kDay), 0);
}
static Value timestamp(Value self) {
  const DateTimeObject* d = asDateTime(self);
  if (d->tzinfo) {
    Ref since(datetimeSubtract(self, epochUtc));
    return since ? deltaTotalSeconds(since) : Value();
  }
  const int64_t seconds = localToEpoch(d);
  if (seconds == INT64_MIN && errorSet()) return Value();
  return newFloat(static_cast<double>(seconds) + d->clock.microsecond / 1e6);
}

static Value replace(Value self, const Value* argv) {
  const DateTimeObject* d = asDateTime(self);
  const Clock& c = d->clock;
  int part[7] = {d->year, d->month, d->day, c.hour, c.minute, c.second, c.microsecond}, fold = c.fold;
  for (int i = 0; i < 7; ++i)
    if (!parsedIntArgument(argv[i], &part[i])) return Value();
  if (!parsedIntArgument(argv[8], &fold)) return Value();
  return newDateTime(typeOf(self), part[0], part[1], part[2], part[3], part[4], part[5], part[6], argv[7] ? argv[7] : tzinfoOf(d), fold);
}

static Value zoneOfLocal(Value self) {
  const int64_t seconds = localToEpoch(asDateTime(self));
  return seconds == INT64_MIN && errorSet() ? Value() : localTimezone(seconds);
}
static Value astimezone(Value self, const Value* argv) {
  Value tz = argv[0] ? argv[0] : none();
  if (checkTzinfo(tz) < 0) return Value();
  Ref own = Ref::share(tzinfoOf(asDateTime(self)));
  if (isNone(own)) own.reset(zoneOfLocal(self));
  if (!own) return Value();
  if (own.get() == tz) return newRef(self);
  Ref offset(callUtcoffset(own, self));
  if (offset && isNone(offset)) {
    own.reset(zoneOfLocal(self));
    if (!own || own.get() == tz) return own ? newRef(self) : Value();
    offset.reset(callUtcoffset(own, self));
  }
  Ref result(offset ? moveDateTime(self, offset, -1) : Value());
  if (!result) return Value();
  if (!isDateTime(result)) return raise(TypeErrorType, "fromutc: argument must be a datetime"); // whatever its class has made
  const DateTimeObject* r = asDateTime(result);
  Ref zone = Ref::share(tz);
  if (isNone(tz)) {
    zone.reset(localTimezone((microsecondsOf(r) - microsecondsOf(asDateTime(epochUtc)) - (r->clock.microsecond)) / kSecond));
    if (!zone) return Value();
  }
  if (r->tzinfo) assign(asDateTime(result)->tzinfo, newRef(zone));
  else result.reset(allocateDateTime(typeOf(result), ymdOf(result), r->clock, zone));
  return result ? callMethod(zone, "fromutc", {result}) : Value();
}

static Value reduceFor(Value self, bool withFold) {
  uint8_t state[10];
  packDateTime(asDateTime(self), withFold, state);
  Ref bytes(newBytes(state, 10)), args;
  if (bytes) args.reset(asDateTime(self)->tzinfo ? newTuple({bytes, asDateTime(self)->tzinfo}) : newTuple({bytes}));
  return args ? newTuple({asValue(typeOf(self)), args}) : Value();
}
static Value reduceEx(Value self, const Value* argv) {
  int protocol = 0;
  return intArgument(argv[0], &protocol) ? reduceFor(self, protocol > 3) : Value();
}
static Value reduce(Value self) { return reduceFor(self, false); }

template <uint8_t Clock::*Part> static Value getPart(Value v, void*) { return newInt(asDateTime(v)->clock.*Part); }
static Value getMicrosecond(Value v, void*) { return newInt(asDateTime(v)->clock.microsecond); }
static Value getTzinfo(Value v, void*) { return newRef(tzinfoOf(asDateTime(v))); }

static constexpr MethodDef methods[] = {
    {"now", now, "($type, /, tz=None)", kMethodClass},
    {"utcnow", utcnow, nullptr, kMethodClass},
    {"fromtimestamp", fromtimestamp, "($type, timestamp, tz=None)", kMethodClass | kMethodUnsigned},
    {"utcfromtimestamp", utcfromtimestamp, "($type, timestamp, /)", kMethodClass | kMethodUnsigned | kMethodParsed},
    {"strptime", strptime, "($type, date_string, format, /)", kMethodClass | kMethodUnsigned | kMethodParsed},
    {"combine", combine, "($type, date, time, tzinfo=<unrepresentable>)", kMethodClass | kMethodUnsigned},
    {"fromisoformat", fromisoformat, nullptr, kMethodClass},
    {"date", dateMethod},
    {"time", timeMethod},
    {"timetz", timetz},
    {"ctime", ctimeMethod},
    {"timetuple", timetuple},
    {"timestamp", timestamp},
    {"utctimetuple", utctimetuple},
    {"isoformat", isoformat, "($self, sep='T', timespec='auto')", kMethodUnsigned},
    {"utcoffset", utcoffset},
    {"tzname", tzname},
    {"dst", dst},
    {"replace", replace,
     "($self, year=<unrepresentable>, month=<unrepresentable>, day=<unrepresentable>, hour=<unrepresentable>, minute=<unrepresentable>, "
     "second=<unrepresentable>, microsecond=<unrepresentable>, tzinfo=<unrepresentable>, *, fold=<unrepresentable>)", kMethodUnsigned},
    {"astimezone", astimezone, "($self, tz=None)", kMethodUnsigned},
    {"__reduce_ex__", reduceEx, "($self, protocol, /)", kMethodUnsigned},
    {"__reduce__", reduce, "($self, /)", kMethodUnsigned},
    {},
};
static constexpr GetSetDef getset[] = {
    {"hour", getPart<&Clock::hour>},     {"minute", getPart<&Clock::minute>}, {"second", getPart<&Clock::second>},
    {"microsecond", getMicrosecond},     {"tzinfo", getTzinfo},               {"fold", getPart<&Clock::fold>},
    {},
};
static constexpr NumberSlots number = {.add = datetimeAdd, .sub = datetimeSubtract};
constinit PlainKeyType datetimeType = withPlainKeys(
    {.header = KRAIT_STATIC_HEADER(typeType),
     .name = "datetime.datetime",
     .base = &dateType,
     .flags = kTypeBaseType | kTypeOwnGetAttr,
     .instanceLayout = {.type = &datetimeType, .size = sizeof(DateTimeObject)},
     .dealloc = dealloc,
     .repr = datetimeRepr,
     .str = datetimeStr,
     .hash = datetimeHash,
     .compare = datetimeCompare,
     .construct = construct,
     .number = &number,
     .methods = methods,
     .getset = getset,
     .doc = "A point in time: datetime(year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)."},
    plainHash, plainOrder);

} // namespace krait::datetime
