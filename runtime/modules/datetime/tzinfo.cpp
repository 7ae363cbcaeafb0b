// tzinfo and timezone, and asking them.
#include "runtime/modules/datetime/datetime_objects.h"

namespace krait::datetime {

Object* utcZone;
Value epochUtc;

// ---- asking ----

static int32_t offsetInRange(Value offset) {
  const int64_t us = shortMicroseconds(offset);
  const int32_t days = asDelta(offset)->days;
  if (days >= -1 && days < 1 && us > -kDay) return 0;
  return fail(ValueErrorType, "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).");
}

static Value askOffset(Value tzinfo, const char* method, Value argument) {
  if (isNone(tzinfo)) return none();
  Ref offset(callMethod(tzinfo, method, {argument}));
  if (!offset || isNone(offset)) return offset.release();
  if (!isDelta(offset))
    return raise(TypeErrorType, "tzinfo.%s() must return None or timedelta, not '%.200s'", method, typeOf(offset)->name);
  return offsetInRange(offset) < 0 ? Value() : offset.release();
}
Value callUtcoffset(Value tzinfo, Value argument) {
  if (isExact(tzinfo, timezoneType)) return newRef(asTimezone(tzinfo)->offset);
  return askOffset(tzinfo, "utcoffset", argument);
}
Value callDst(Value tzinfo, Value argument) { return askOffset(tzinfo, "dst", argument); }
Value callTzname(Value tzinfo, Value argument) {
  if (isNone(tzinfo)) return none();
  Ref name(callMethod(tzinfo, "tzname", {argument}));
  if (!name || isNone(name) || isStr(name)) return name.release();
  return raise(TypeErrorType, "tzinfo.tzname() must return None or a string, not '%s'", typeOf(name)->name);
}

static void formatOffset(char* out, const char* separator, Value offset) {
  int64_t us = shortMicroseconds(offset);
  const char sign = us < 0 ? '-' : '+';
  if (us < 0) us = -us;
  const int seconds = static_cast<int>(us / kSecond), rest = static_cast<int>(us % kSecond);
  out += snprintf(out, 16, "%c%02d%s%02d", sign, seconds / 3600, separator, seconds / 60 % 60);
  if (rest) snprintf(out, 16, "%s%02d.%06d", separator, seconds % 60, rest);
  else if (seconds % 60) snprintf(out, 16, "%s%02d", separator, seconds % 60);
}
int32_t formatUtcoffset(char* out, const char* separator, Value tzinfo, Value argument) {
  out[0] = 0;
  Ref offset(callUtcoffset(tzinfo, argument));
  if (!offset) return -1;
  if (!isNone(offset)) formatOffset(out, separator, offset);
  return 0;
}

// ---- tzinfo ----

static Value tzinfoConstruct(Type* t, const Args&) { return allocateOf(t, 0); }
static Value abstractMethod(const char* name) {
  return raise(NotImplementedErrorType, "a tzinfo subclass must implement %s()", name);
}
static Value tzinfoTzname(Value, Value) { return abstractMethod("tzname"); }
static Value tzinfoUtcoffset(Value, Value) { return abstractMethod("utcoffset"); }
static Value tzinfoDst(Value, Value) { return abstractMethod("dst"); }

static Value tzinfoFromutc(Value self, Value dt) {
  if (!isDateTime(dt)) return raise(TypeErrorType, "fromutc: argument must be a datetime");
  if (!(tzinfoOf(asDateTime(dt)) == self)) return raise(ValueErrorType, "fromutc: dt.tzinfo is not self");
  Ref offset(callUtcoffset(self, dt));
  if (!offset) return Value();
  if (isNone(offset)) return raise(ValueErrorType, "fromutc: non-None utcoffset() result required");
  Ref dst(callDst(self, dt));
  if (!dst) return Value();
  if (isNone(dst)) return raise(ValueErrorType, "fromutc: non-None dst() result required");
  Ref standard(deltaSubtract(offset, dst)), moved(standard ? moveDateTime(dt, standard, 1) : Value());
  if (!moved) return Value();
  if (!isDateTime(moved)) return raise(TypeErrorType, "fromutc: argument must be a datetime"); // whatever its class has made
  dst.reset(callDst(self, moved));
  if (!dst) return Value();
  if (isNone(dst)) return raise(ValueErrorType, "fromutc: tz.dst() gave inconsistent results; cannot convert");
  return shortMicroseconds(dst) ? moveDateTime(moved, dst, 1) : moved.release();
}
static Value tzinfoReduce(Value self) {
  Ref arguments(getAttrOptional(self, NAME(__getinitargs__))), args;
  if (arguments) args.reset(call(arguments));
  else if (!errorSet()) args.reset(emptyTuple());
  Ref state(args ? callMethod(self, NAME(__getstate__)) : Value());
  return state ? newTuple({asValue(typeOf(self)), args.get(), state.get()}) : Value();
}

static constexpr MethodDef tzinfoMethods[] = {
    {"tzname", tzinfoTzname},       {"utcoffset", tzinfoUtcoffset},
    {"dst", tzinfoDst},             {"fromutc", tzinfoFromutc},
    {"__reduce__", tzinfoReduce, "($self, /)", kMethodUnsigned}, {},
};
constinit Type tzinfoType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "datetime.tzinfo",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnGetAttr,
    .instanceLayout = {.type = &tzinfoType, .size = sizeof(Object)},
    .construct = tzinfoConstruct,
    .methods = tzinfoMethods,
    .doc = "Abstract base class for time zone info objects.",
};

// ---- timezone ----

static Value makeTimezone(Value offset, Value name) {
  Object* o = newObject(&timezoneType.instanceLayout);
  if (!o) return Value();
  asTimezone(Value(o))->offset = newRef(offset);
  asTimezone(Value(o))->name = xnewRef(name);
  return Value(o);
}
Value newTimezone(Value offset, Value name) {
  if (!name && utcZone && shortMicroseconds(offset) == 0 && asDelta(offset)->days == 0) return newRef(Value(utcZone));
  const DeltaObject* d = asDelta(offset);
  if ((d->days == -1 && d->seconds == 0 && d->microseconds < 1) || d->days < -1 || d->days >= 1)
    return raise(ValueErrorType,
                 "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not %R.", offset);
  return makeTimezone(offset, name);
}
static Value timezoneConstruct(Type*, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments("timezone", "(offset, name=<unrepresentable>)", args, argv, 2, holder) < 0) return Value();
  if (!isDelta(argv[0])) return raise(TypeErrorType, "timezone() argument 1 must be datetime.timedelta, not %.50T", argv[0]);
  if (argv[1] && !isStr(argv[1])) return raise(TypeErrorType, "timezone() argument 2 must be str, not %.50T", argv[1]);
  return newTimezone(argv[0], argv[1]);
}
static void timezoneDealloc(Object* o) {
  clear(asTimezone(Value(o))->offset);
  clear(asTimezone(Value(o))->name);
  freeObject(o);
}
static Value timezoneCompare(Value a, Value b, int op) {
  if ((op != kEq && op != kNe) || !isInstanceOf(b, timezoneType)) return notImplemented();
  return boolean(sameDelta(asTimezone(a)->offset, asTimezone(b)->offset) == (op == kEq));
}
static int64_t timezoneHash(Value v) { return hash(asTimezone(v)->offset); }

static int32_t timezoneArgument(Value dt, const char* method) {
  if (isNone(dt) || isDateTime(dt)) return 0;
  return fail(TypeErrorType, "%s(dt) argument must be a datetime instance or None, not %.200s", method, typeOf(dt)->name);
}
static Value timezoneRepr(Value v) {
  const char* name = typeOf(v)->name;
  if (v.object() == utcZone) return formatText("%s.utc", name);
  TimezoneObject* z = asTimezone(v);
  return z->name ? formatText("%s(%R, %R)", name, z->offset, z->name) : formatText("%s(%R)", name, z->offset);
}
static Value timezoneStr(Value v) {
  TimezoneObject* z = asTimezone(v);
  if (z->name) return newRef(z->name);
  if (v.object() == utcZone || (shortMicroseconds(z->offset) == 0 && asDelta(z->offset)->days == 0)) return newStr("UTC");
  char text[32];
  formatOffset(text, ":", z->offset);
  return formatText("UTC%s", text);
}
static Value timezoneTzname(Value self, Value dt) { return timezoneArgument(dt, "tzname") < 0 ? Value() : timezoneStr(self); }
static Value timezoneUtcoffset(Value self, Value dt) {
  return timezoneArgument(dt, "utcoffset") < 0 ? Value() : newRef(asTimezone(self)->offset);
}
static Value timezoneDst(Value, Value dt) { return timezoneArgument(dt, "dst") < 0 ? Value() : none(); }
static Value timezoneFromutc(Value self, Value dt) {
  if (!isDateTime(dt)) return raise(TypeErrorType, "fromutc: argument must be a datetime instance");
  if (!(tzinfoOf(asDateTime(dt)) == self)) return raise(ValueErrorType, "fromutc: dt.tzinfo is not self");
  const int64_t at = microsecondsOf(asDateTime(dt)) + shortMicroseconds(asTimezone(self)->offset);
  return newDateTimeAt(typeOf(dt), at, self);
}
static Value timezoneInitargs(Value self) {
  TimezoneObject* z = asTimezone(self);
  return z->name ? newTuple({z->offset, z->name}) : newTuple({z->offset});
}

static constexpr MethodDef timezoneMethods[] = {
    {"tzname", timezoneTzname},   {"utcoffset", timezoneUtcoffset},
    {"dst", timezoneDst},         {"fromutc", timezoneFromutc},
    {"__getinitargs__", timezoneInitargs, "($self, /)", kMethodUnsigned}, {},
};
constinit Type timezoneType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "datetime.timezone",
    .base = &tzinfoType,
    .instanceLayout = {.type = &timezoneType, .size = sizeof(TimezoneObject)},
    .dealloc = timezoneDealloc,
    .repr = timezoneRepr,
    .str = timezoneStr,
    .hash = timezoneHash,
    .compare = timezoneCompare,
    .construct = timezoneConstruct,
    .methods = timezoneMethods,
    .doc = "Fixed offset from UTC implementation of tzinfo.",
};

} // namespace krait::datetime
