// time: a clock reading, with an optional time zone.
#include "runtime/modules/datetime/datetime_objects.h"
#include "runtime/types/hash_bytes.h"
#include "runtime/types/str.h"

namespace krait::datetime {

Value newTime(Type* t, int64_t hour, int64_t minute, int64_t second, int64_t microsecond, Value tzinfo, int64_t fold) {
  if (checkTime(hour, minute, second, microsecond, fold) < 0 || checkTzinfo(tzinfo) < 0) return Value();
  Value v = allocateOf(t, 0);
  if (!v) return v;
  TimeObject* time = asTime(v);
  time->hash = -1;
  time->clock = {static_cast<uint8_t>(hour), static_cast<uint8_t>(minute), static_cast<uint8_t>(second), static_cast<uint8_t>(fold),
                 static_cast<int32_t>(microsecond)};
  time->tzinfo = isNone(tzinfo) ? Value() : newRef(tzinfo);
  return v;
}

static Value construct(Type* t, const Args& args) {
  bool failed = false;
  Ref state = stateArgument(args, 6, "time", &failed);
  if (failed) return Value();
  if (state && (state.as<BytesObject>()->data[0] & 0x7f) < 24) {
    if (args.count == 2 && !isNone(args[1]) && !isTzinfo(args[1])) return raise(TypeErrorType, "bad tzinfo state arg");
    const uint8_t* s = state.as<BytesObject>()->data;
    Value v = allocateOf(t, 0);
    if (!v) return v;
    asTime(v)->hash = -1;
    asTime(v)->clock = {static_cast<uint8_t>(s[0] & 0x7f), s[1], s[2], static_cast<uint8_t>(s[0] >> 7), (s[3] << 16) | (s[4] << 8) | s[5]};
    asTime(v)->tzinfo = args.count == 2 && !isNone(args[1]) ? newRef(args[1]) : Value();
    return v;
  }
  Value argv[6];
  Ref holder[2];
  int part[4] = {0, 0, 0, 0}, fold = 0;
  if (bindArguments(nullptr, "(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)", args, argv, 6, holder) < 0) return Value();
  for (int i = 0; i < 4; ++i)
    if (!parsedIntArgument(argv[i], &part[i])) return Value();
  if (!parsedIntArgument(argv[5], &fold)) return Value();
  return newTime(t, part[0], part[1], part[2], part[3], argv[4] ? argv[4] : none(), fold);
}
static void dealloc(Object* o) {
  clear(asTime(Value(o))->tzinfo);
  freeObject(o);
}

static Value fromisoformat(Value cls, Value text) {
  if (!isStr(text)) return raise(TypeErrorType, "fromisoformat: argument must be str");
  const Utf8 utf8(text);
  std::string_view s = utf8.view();
  Clock c;
  Ref tzinfo;
  // A leading T is allowed, since there can be no date before.
  if (!s.empty() && s[0] == 'T') s.remove_prefix(1);
  if (!utf8.ok()) errorClear(); // of surrogates
  const int form = utf8.ok() ? parseIsoTime(s, &c, &tzinfo) : 1;
  if (form < 0) return Value();
  if (form > 0) return raise(ValueErrorType, "Invalid isoformat string: %R", text);
  if (cls == asValue(&timeType)) return newTime(&timeType, c.hour, c.minute, c.second, c.microsecond, tzinfo, 0);
  return call(cls, {newInt(c.hour), newInt(c.minute), newInt(c.second), newInt(c.microsecond), tzinfo});
}

// ---- comparison ----

static Value utcoffset(Value self) { return callUtcoffset(tzinfoOf(asTime(self)), none()); }
static Value compareTimes(Value a, Value b, int op) {
  if (!isTime(b)) return notImplemented();
  int64_t d = asTime(a)->clock.inDay() - asTime(b)->clock.inDay();
  if (!(tzinfoOf(asTime(a)) == tzinfoOf(asTime(b)))) {
    Ref x(utcoffset(a)), y(x ? utcoffset(b) : Value());
    if (!y) return Value();
    if (isNone(x) != isNone(y)) {
      if (op == kEq || op == kNe) return boolean(op == kNe);
      return raise(TypeErrorType, "can't compare offset-naive and offset-aware times");
    }
    if (!isNone(x)) d -= shortMicroseconds(x) - shortMicroseconds(y);
  }
  return answerByOrder(d, op);
}
static void packTime(const Clock& c, bool withFold, uint8_t* out) {
  out[0] = static_cast<uint8_t>(c.hour | (withFold && c.fold ? 0x80 : 0));
  out[1] = c.minute;
  out[2] = c.second;
  out[3] = static_cast<uint8_t>(c.microsecond >> 16);
  out[4] = static_cast<uint8_t>(c.microsecond >> 8);
  out[5] = static_cast<uint8_t>(c.microsecond);
}
static int64_t timeHash(Value v) {
  TimeObject* t = asTime(v);
  if (t->hash != -1) return t->hash;
  Ref offset(callUtcoffset(tzinfoOf(t), none()));
  if (!offset) return -1;
  if (isNone(offset)) {
    uint8_t state[6];
    packTime(t->clock, false, state);
    return t->hash = hashBytes(state, sizeof state);
  }
  Ref utc(newDelta(0, 0, t->clock.inDay() - shortMicroseconds(offset)));
  return utc ? t->hash = hash(utc) : -1;
}

// ---- text ----

static Value timeRepr(Value v) {
  const TimeObject* t = asTime(v);
  const Clock& c = t->clock;
  char text[256];
  int n = snprintf(text, sizeof text, "%.200s(%d, %d", typeOf(v)->name, c.hour, c.minute);
  if (c.second || c.microsecond) n += snprintf(text + n, sizeof text - static_cast<size_t>(n), ", %d", c.second);
  if (c.microsecond) snprintf(text + n, sizeof text - static_cast<size_t>(n), ", %d", c.microsecond);
  return finishRepr(text, c.fold, t->tzinfo, /*foldFirst=*/false);
}
static Value isoformat(Value self, const Value* argv) {
  if (argv[0] && !isStr(argv[0])) return raise(TypeErrorType, "isoformat() argument 1 must be str, not %.50T", argv[0]);
  char text[32], zone[32];
  if (formatClock(text, asTime(self)->clock, argv[0]) < 0 || formatUtcoffset(zone, ":", tzinfoOf(asTime(self)), none()) < 0) return Value();
  return formatText("%s%s", text, zone);
}
static Value timeStr(Value v) { return callMethod(v, "isoformat"); }
static Value strftimeMethod(Value self, const Value* argv) {
  const Clock& c = asTime(self)->clock;
  if (Value zone = tzinfoOf(asTime(self)); isExact(self, timeType) && isPlainZone(zone)) {
    Value text = plainStrftime(argv[0], {1900, 1, 1}, c, zone, false);
    if (text || errorSet()) return text;
  }
  Ref tuple(newTuple({newInt(1900), newInt(1), newInt(1), newInt(c.hour), newInt(c.minute), newInt(c.second), newInt(0), newInt(1), newInt(-1)}));
  return tuple ? wrapStrftime(self, argv[0], tuple, none()) : Value();
}
static Value formatMethod(Value self, Value spec) {
  if (!isStr(spec)) return raise(TypeErrorType, "__format__() argument 1 must be str, not %.50T", spec);
  return asStr(spec)->length ? callMethod(self, "strftime", {spec}) : str(self);
}

// ---- other methods ----

static Value dst(Value self) { return callDst(tzinfoOf(asTime(self)), none()); }
static Value tzname(Value self) { return callTzname(tzinfoOf(asTime(self)), none()); }
static Value replace(Value self, const Value* argv) {
  const Clock& c = asTime(self)->clock;
  int part[4] = {c.hour, c.minute, c.second, c.microsecond}, fold = c.fold;
  for (int i = 0; i < 4; ++i)
    if (!parsedIntArgument(argv[i], &part[i])) return Value();
  if (!parsedIntArgument(argv[5], &fold)) return Value();
  return newTime(typeOf(self), part[0], part[1], part[2], part[3], argv[4] ? argv[4] : tzinfoOf(asTime(self)), fold);
}
static Value reduceFor(Value self, bool withFold) {
  uint8_t state[6];
  packTime(asTime(self)->clock, withFold, state);
  Ref bytes(newBytes(state, 6)), args;
  if (bytes) args.reset(asTime(self)->tzinfo ? newTuple({bytes, asTime(self)->tzinfo}) : newTuple({bytes}));
  return args ? newTuple({asValue(typeOf(self)), args}) : Value();
}
static Value reduceEx(Value self, const Value* argv) {
  int protocol = 0;
  return intArgument(argv[0], &protocol) ? reduceFor(self, protocol > 3) : Value();
}
static Value reduce(Value self) { return reduceFor(self, false); }

template <uint8_t Clock::*Part> static Value getPart(Value v, void*) { return newInt(asTime(v)->clock.*Part); }
static Value getMicrosecond(Value v, void*) { return newInt(asTime(v)->clock.microsecond); }
static Value getTzinfo(Value v, void*) { return newRef(tzinfoOf(asTime(v))); }

static constexpr MethodDef methods[] = {
    {"isoformat", isoformat, "($self, timespec='auto')", kMethodUnsigned},
    {"strftime", strftimeMethod, "($self, format)", kMethodUnsigned},
    {"__format__", formatMethod},
    {"utcoffset", utcoffset},
    {"tzname", tzname},
    {"dst", dst},
    {"replace", replace,
     "($self, hour=<unrepresentable>, minute=<unrepresentable>, second=<unrepresentable>, microsecond=<unrepresentable>, "
     "tzinfo=<unrepresentable>, *, fold=<unrepresentable>)", kMethodUnsigned},
    {"fromisoformat", fromisoformat, nullptr, kMethodClass},
    {"__reduce_ex__", reduceEx, "($self, protocol, /)", kMethodUnsigned},
    {"__reduce__", reduce, "($self, /)", kMethodUnsigned},
    {},
};
static constexpr GetSetDef getset[] = {
    {"hour", getPart<&Clock::hour>},     {"minute", getPart<&Clock::minute>}, {"second", getPart<&Clock::second>},
    {"microsecond", getMicrosecond},     {"tzinfo", getTzinfo},               {"fold", getPart<&Clock::fold>},
    {},
};
constinit Type timeType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "datetime.time",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnGetAttr,
    .instanceLayout = {.type = &timeType, .size = sizeof(TimeObject)},
    .dealloc = dealloc,
    .repr = timeRepr,
    .str = timeStr,
    .hash = timeHash,
    .compare = compareTimes,
    .construct = construct,
    .methods = methods,
    .getset = getset,
    .doc = "A clock reading within a day: time(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0).",
};

} // namespace krait::datetime
