// date, and what isocalendar() answers.
#include "runtime/object/parsed_rows.h"
#include "runtime/modules/datetime/datetime_objects.h"
#include "runtime/memory/gc.h"
#include "runtime/types/hash_bytes.h"
#include "runtime/types/str.h"

namespace krait::datetime {

// ---- making ----

static Value allocateDate(Type* t, const Ymd& date) {
  Value v = allocatePart<DateObject>(t, dateType);
  if (!v) return v;
  DateObject* d = asDate(v);
  d->hash = -1;
  d->year = static_cast<uint16_t>(date.year);
  d->month = static_cast<uint8_t>(date.month);
  d->day = static_cast<uint8_t>(date.day);
  return v;
}
Value newDate(Type* t, int64_t year, int64_t month, int64_t day) {
  if (checkDate(year, month, day) < 0) return Value();
  return allocateDate(t, {static_cast<int>(year), static_cast<int>(month), static_cast<int>(day)});
}
Value newDateOf(Type* cls, int year, int month, int day) {
  if (cls == &dateType) return newDate(cls, year, month, day);
  if (cls == &datetimeType) return newDateTime(cls, year, month, day, 0, 0, 0, 0, none(), 0);
  return call(asValue(cls), {newInt(year), newInt(month), newInt(day)});
}

bool argumentsBeforeMissing(const Args& args) {
  int part;
  for (size_t i = 0; args.count < 3 && !args.nameCount() && i < args.count; ++i)
    if (!parsedIntArgument(args[i], &part)) return false;
  return true;
}

static Value construct(Type* t, const Args& args) {
  bool failed;
  Ref state = args.count == 1 ? stateArgument(args, 4, "date", &failed) : Ref();
  if (state) {
    const uint8_t* s = state.as<BytesObject>()->data;
    // By the month a state is told from other text.
    if (s[2] >= 1 && s[2] <= 12) {
      Value v = allocateOf(t, 0);
      if (!v) return v;
      asDate(v)->hash = -1;
      asDate(v)->year = static_cast<uint16_t>(s[0] * 256 + s[1]);
      asDate(v)->month = s[2];
      asDate(v)->day = s[3];
      return v;
    }
  } else if (args.count == 1 && failed) {
    return Value();
  }
  Value argv[3];
  Ref holder[2];
  int year = 0, month = 0, day = 0;
  if (!argumentsBeforeMissing(args)) return Value();
  if (bindArguments(nullptr, "(year, month, day)", args, argv, 3, holder) < 0 || !parsedIntArgument(argv[0], &year) ||
      !parsedIntArgument(argv[1], &month) || !parsedIntArgument(argv[2], &day))
    return Value();
  return newDate(t, year, month, day);
}

static Value fromtimestamp(Value cls, Value timestamp) { return dateFromEpoch(cls.as<Type>(), timestamp); }
static Value today(Value cls) {
  Ref time(importModule("time")), now(time ? callMethod(time, "time") : Value());
  return now ? callMethod(cls, "fromtimestamp", {now}) : Value();
}
static Value fromordinal(Value cls, Value v) {
  int ordinal = 0;
  if (!parsedIntArgument(v, &ordinal)) return Value();
  if (ordinal < 1) return raise(ValueErrorType, "ordinal must be >= 1");
  const Ymd d = dateOf(ordinal);
  return newDateOf(cls.as<Type>(), d.year, d.month, d.day);
}
static Value fromisoformat(Value cls, Value text) {
  if (!isStr(text)) return raise(TypeErrorType, "fromisoformat: argument must be str");
  const Utf8 utf8(text);
  const std::string_view s = utf8.view();
  Ymd d;
  if (!utf8.ok()) errorClear(); // of surrogates
  if (!utf8.ok() || (s.size() != 7 && s.size() != 8 && s.size() != 10) || !parseIsoDate(s, &d))
    return raise(ValueErrorType, "Invalid isoformat string: %R", text);
  return newDateOf(cls.as<Type>(), d.year, d.month, d.day);
}
static Value fromisocalendar(Value cls, const Value* argv) {
  int parts[3] = {0, 0, 0};
  for (int i = 0; i < 3; ++i) {
    if (parsedIntArgument(argv[i], &parts[i])) continue;
    if (errorClearIf(OverflowErrorType)) raise(ValueErrorType, "ISO calendar component out of range");
    return Value();
  }
  Ymd d;
  switch (isoToYmd(parts[0], parts[1], parts[2], &d)) {
  case -4: return raise(ValueErrorType, "Year is out of range: %d", parts[0]);
  case -2: return raise(ValueErrorType, "Invalid week: %d", parts[1]);
  case -3: return raise(ValueErrorType, "Invalid day: %d (range is [1, 7])", parts[2]);
  default: return newDateOf(cls.as<Type>(), d.year, d.month, d.day);
  }
}

// ---- arithmetic, comparison ----

static Value moveBy(Value date, Value delta, int sign) {
  const DateObject* from = asDate(date);
  Ymd to{from->year, from->month, from->day};
  if (!moveDays(&to, sign * int64_t{asDelta(delta)->days})) return raise(OverflowErrorType, "date value out of range");
  if (typeOf(date) == &dateType) return allocateDate(&dateType, to);
  return newDateOf(typeOf(date), to.year, to.month, to.day);
}
static Value dateAdd(Value a, Value b) {
  if (isExact(a, dateType) && isExact(b, deltaType)) return moveBy(a, b, 1);
  if (isDateTime(a) || isDateTime(b)) return notImplemented();
  if (isDate(a)) return isDelta(b) ? moveBy(a, b, 1) : notImplemented();
  return isDelta(a) ? moveBy(b, a, 1) : notImplemented();
}
static Value dateSubtract(Value a, Value b) {
  if (isExact(a, dateType) && isExact(b, dateType)) return newDelta(ordinalOf(asDate(a)) - ordinalOf(asDate(b)), 0, 0);
  if (isDateTime(a) || isDateTime(b) || !isDate(a)) return notImplemented();
  if (isDate(b)) return newDelta(ordinalOf(asDate(a)) - ordinalOf(asDate(b)), 0, 0);
  return isDelta(b) ? moveBy(a, b, -1) : notImplemented();
}
static Value dateCompare(Value a, Value b, int op) {
  if (!isDate(b)) return notImplemented();
  return answerByOrder(compareDates(asDate(a), asDate(b)), op);
}
static void packDate(const DateObject* d, uint8_t* out) {
  out[0] = static_cast<uint8_t>(d->year >> 8);
  out[1] = static_cast<uint8_t>(d->year);
  out[2] = d->month;
  out[3] = d->day;
}
static int64_t dateHash(Value v) {
  if (asDate(v)->hash == -1) {
    uint8_t state[4];
    packDate(asDate(v), state);
    asDate(v)->hash = hashBytes(state, sizeof state);
  }
  return asDate(v)->hash;
}
static bool plainHash(Value v, int64_t* hash) { return *hash = dateHash(v), true; }
static int32_t plainOrder(Value a, Value b) { return signOf(compareDates(asDate(a), asDate(b))); }

// ---- text ----

static Value dateRepr(Value v) {
  const DateObject* d = asDate(v);
  return formatText("%s(%d, %d, %d)", typeOf(v)->name, d->year, d->month, d->day);
}
static Value isoformat(Value v) {
  char text[16];
  return newStrAscii(text, static_cast<size_t>(putDate(text, asDate(v)) - text));
}
static Value dateStr(Value v) { return callMethod(v, "isoformat"); }
static Ymd ymdOf(Value v) { return {asDate(v)->year, asDate(v)->month, asDate(v)->day}; }
static Value ctimeMethod(Value v) { return ctimeText(ymdOf(v), Clock{}); }
static Value timetuple(Value v) { return buildStructTime(ymdOf(v), Clock{}, -1); }
static Value strftimeMethod(Value self, const Value* argv) {
  const bool isMoment = isExact(self, datetimeType);
  if (Value zone = isMoment ? tzinfoOf(asDateTime(self)) : none(); (isMoment || isExact(self, dateType)) && isPlainZone(zone)) {
    Value text = plainStrftime(argv[0], ymdOf(self), isMoment ? asDateTime(self)->clock : Clock{}, zone, true);
    if (text || errorSet()) return text;
  }
  Ref tuple(callMethod(self, "timetuple"));
  return tuple ? wrapStrftime(self, argv[0], tuple, self) : Value();
}
static Value formatMethod(Value self, Value spec) {
  if (!isStr(spec)) return raise(TypeErrorType, "__format__() argument 1 must be str, not %.50T", spec);
  if (!asStr(spec)->length) return str(self);
  if (!isExact(self, dateType) && !isExact(self, datetimeType)) return callMethod(self, "strftime", {spec});
  RecursionLevels level(1);
  return level ? strftimeMethod(self, &spec) : Value();
}

// ---- other methods ----

static Value toordinal(Value v) { return newInt(ordinalOf(asDate(v))); }
static Value weekday(Value v) { return newInt(weekdayOf(ordinalOf(asDate(v)))); }
static Value isoweekday(Value v) { return newInt(weekdayOf(ordinalOf(asDate(v))) + 1); }
static Value newIsoCalendarDate(Type* t, Value year, Value week, Value day) {
  Value v = t->allocate(t, 3);
  if (!v) return v;
  Value parts[] = {year, week, day};
  for (int i = 0; i < 3; ++i) asTuple(v)->items[i] = newRef(parts[i]);
  asTuple(v)->size = 3;
  if (!gcIsTracked(v.object())) gcTrack(v.object());
  return v;
}
static Value isocalendar(Value v) {
  int year = asDate(v)->year;
  const int today = ordinalOf(asDate(v));
  int monday = isoFirstMonday(year);
  if (today < monday) {
    monday = isoFirstMonday(--year);
  } else if (today >= isoFirstMonday(year + 1)) {
    monday = isoFirstMonday(++year);
  }
  return newIsoCalendarDate(&isoCalendarDateType, newInt(year), newInt((today - monday) / 7 + 1), newInt((today - monday) % 7 + 1));
}
static Value replace(Value self, const Value* argv) {
  int year = asDate(self)->year, month = asDate(self)->month, day = asDate(self)->day;
  if (!parsedIntArgument(argv[0], &year) || !parsedIntArgument(argv[1], &month) || !parsedIntArgument(argv[2], &day)) return Value();
  return newDate(typeOf(self), year, month, day);
}
static Value reduce(Value self) {
  uint8_t state[4];
  packDate(asDate(self), state);
  Ref bytes(newBytes(state, 4)), args(bytes ? newTuple({bytes}) : Value());
  return args ? newTuple({asValue(typeOf(self)), args}) : Value();
}

static Value getYear(Value v, void*) { return newInt(asDate(v)->year); }
static Value getMonth(Value v, void*) { return newInt(asDate(v)->month); }
static Value getDay(Value v, void*) { return newInt(asDate(v)->day); }

static constexpr MethodDef methods[] = {
    {"fromtimestamp", fromtimestamp, "($type, timestamp, /)", kMethodClass},
    {"fromordinal", fromordinal, "($type, ordinal, /)", kMethodClass | kMethodUnsigned | kMethodParsed},
    {"fromisoformat", fromisoformat, nullptr, kMethodClass},
    {"fromisocalendar", fromisocalendar, "($type, year, week, day)", kMethodClass | kMethodUnsigned},
    {"today", today, nullptr, kMethodClass},
    {"ctime", ctimeMethod},
    {"strftime", strftimeMethod, "($self, format)", kMethodUnsigned},
    {"__format__", formatMethod},
    {"isoformat", isoformat},
    {"isoweekday", isoweekday},
    {"isocalendar", isocalendar},
    {"timetuple", timetuple},
    {"toordinal", toordinal},
    {"weekday", weekday},
    {"replace", replace, "($self, year=<unrepresentable>, month=<unrepresentable>, day=<unrepresentable>)", kMethodUnsigned},
    {"__reduce__", reduce, "($self, /)", kMethodUnsigned},
    {},
};
static constexpr GetSetDef getset[] = {{"year", getYear}, {"month", getMonth}, {"day", getDay}, {}};
static constexpr NumberSlots number = {.add = dateAdd, .sub = dateSubtract};
constinit PlainKeyType dateType = withPlainKeys(
    {.header = KRAIT_STATIC_HEADER(typeType),
     .name = "datetime.date",
     .base = &objectType,
     .flags = kTypeBaseType | kTypeOwnGetAttr,
     .instanceLayout = {.type = &dateType, .size = sizeof(DateObject)},
     .dealloc = [](Object* o) { releaseObjectOf<0>(dateType, o); },
     .repr = dateRepr,
     .str = dateStr,
     .hash = dateHash,
     .compare = dateCompare,
     .construct = construct,
     .number = &number,
     .methods = methods,
     .getset = getset,
     .doc = "date(year, month, day) --> date object"},
    plainHash, plainOrder);

// ---- IsoCalendarDate ----

static Value isoConstruct(Type* t, const Args& args) {
  Value argv[3];
  Ref holder[2];
  if (bindArguments("IsoCalendarDate", "(year, week, weekday, /)", args, argv, 3, holder) < 0) return Value();
  return newIsoCalendarDate(t, argv[0], argv[1], argv[2]);
}
static Value isoRepr(Value v) {
  Value* p = asTuple(v)->items;
  return formatText("%s(year=%S, week=%S, weekday=%S)", typeOf(v)->name, p[0], p[1], p[2]);
}
static Value isoReduce(Value self) {
  Ref plain(newTupleFrom(asTuple(self)->items, 3)), args(plain ? newTuple({plain}) : Value());
  return args ? newTuple({asValue(&tupleType), args}) : Value();
}
static Value getIsoPart(Value v, void* i) { return newRef(asTuple(v)->items[reinterpret_cast<uintptr_t>(i)]); }
static constexpr MethodDef isoMethods[] = {{"__reduce__", isoReduce}, {}};
static const GetSetDef isoGetset[] = {{"year", getIsoPart, nullptr, nullptr},
                                      {"week", getIsoPart, nullptr, reinterpret_cast<void*>(1)},
                                      {"weekday", getIsoPart, nullptr, reinterpret_cast<void*>(2)},
                                      {}};
constinit Type isoCalendarDateType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "datetime.IsoCalendarDate",
    .base = &tupleType,
    .flags = kTypeTuple | kTypeImmutable,
    .instanceLayout = {.type = &isoCalendarDateType, .size = offsetof(TupleObject, items), .itemSize = sizeof(Value), .flags = kLayoutGc},
    .repr = isoRepr,
    .construct = isoConstruct,
    .methods = isoMethods,
    .getset = isoGetset,
};

} // namespace krait::datetime
