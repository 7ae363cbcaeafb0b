// timedelta: days, seconds, microseconds, normalised.
//
// Where products and quotients are concerned the whole is one int of microseconds,
// which does not fit 64 bits.
#include <cmath>
#include "runtime/modules/datetime/datetime_objects.h"

namespace krait::datetime {

static int64_t floorDivide64(int64_t a, int64_t b, int64_t* rest) {
  int64_t q = a / b, r = a % b;
  if (r < 0) {
    r += b;
    --q;
  }
  *rest = r;
  return q;
}

Value newDelta(Type* t, int64_t days, int64_t seconds, int64_t microseconds) {
  if (static_cast<uint64_t>(microseconds) >= kSecond) seconds += floorDivide64(microseconds, kSecond, &microseconds);
  if (static_cast<uint64_t>(seconds) >= 86400) days += floorDivide64(seconds, 86400, &seconds);
  if (days != static_cast<int32_t>(days)) return raise(OverflowErrorType, "Python int too large to convert to C int");
  if (days < -kMaxDeltaDays || days > kMaxDeltaDays)
    return raise(OverflowErrorType, "days=%lld; must have magnitude <= %d", static_cast<long long>(days), kMaxDeltaDays);
  Value v = allocatePart<DeltaObject>(t, deltaType);
  if (!v) return v;
  DeltaObject* d = asDelta(v);
  d->hash = -1;
  d->days = static_cast<int32_t>(days);
  d->seconds = static_cast<int32_t>(seconds);
  d->microseconds = static_cast<int32_t>(microseconds);
  return v;
}

Value deltaMicroseconds(Value v) {
  const DeltaObject* d = asDelta(v);
  // Up to 146,000 years at once.
  if (d->days > -50000000 && d->days < 50000000) return newInt(d->days * kDay + d->seconds * kSecond + d->microseconds);
  Ref days(intMul(newInt(d->days), newInt(kDay)));
  return days ? intAdd(days, newInt(d->seconds * kSecond + d->microseconds)) : Value();
}

/// Of a total that a subclass of int has made, which need not be one.
static Value deltaFromAnything(Type* t, Value total) {
  int64_t rest[2]; // microseconds, then seconds
  Ref whole = Ref::share(total);
  for (int i = 0; i < 2; ++i) {
    Ref pair(divmod(whole, newInt(i ? 86400 : kSecond)));
    if (!pair) return Value();
    if (!isTuple(pair))
      return raise(TypeErrorType, "unexpected return type from divmod(): expected tuple, got '%.200s'", typeOf(pair)->name);
    if (asTuple(pair)->size != 2) return raise(ValueErrorType, "divmod() returned a tuple of an unexpected size");
    rest[i] = toIndex(asTuple(pair)->items[1], &OverflowErrorType);
    if (rest[i] == -1 && errorSet()) return Value();
    whole.reset(newRef(asTuple(pair)->items[0]));
  }
  const int64_t days = toIndex(whole, &OverflowErrorType);
  return days == -1 && errorSet() ? Value() : newDelta(t, days, rest[1], rest[0]);
}

static Value deltaFromMicroseconds(Type* t, Value total) {
  if (!isInt(total)) return deltaFromAnything(t, total);
  int overflow;
  const int64_t small = intToInt64(total, &overflow);
  if (!overflow) return newDelta(t, 0, 0, small);
  Ref pair(intDivmod(total, newInt(kDay)));
  if (!pair) return Value();
  const int64_t days = intToInt64(asTuple(pair)->items[0], &overflow);
  if (overflow) return raise(OverflowErrorType, "Python int too large to convert to C int");
  return newDelta(t, days, 0, intToInt64(asTuple(pair)->items[1], &overflow));
}

// ---- construction ----

/// sum += number * factor; what is less than a microsecond goes to `leftover`. False: error.
static bool accumulate(const char* tag, Ref& sum, Value number, int64_t factor, double* leftover) {
  if (isInt(number)) {
    Ref product(multiply(number, newInt(factor)));
    if (!product) return false;
    sum.reset(add(sum, product));
    return static_cast<bool>(sum);
  }
  if (!isFloat(number)) {
    raise(TypeErrorType, "unsupported type for timedelta %s component: %s", tag, typeOf(number)->name);
    return false;
  }
  double whole;
  double fraction = std::modf(floatValue(number), &whole);
  Ref units(newIntFromDouble(whole)), product(units ? intMul(units, newInt(factor)) : Value());
  if (!product) return false;
  sum.reset(intAdd(sum, product));
  if (!sum || fraction == 0.0) return static_cast<bool>(sum);
  fraction = std::modf(static_cast<double>(factor) * fraction, &whole);
  Ref more(newIntFromDouble(whole));
  if (!more) return false;
  sum.reset(intAdd(sum, more));
  *leftover += fraction;
  return static_cast<bool>(sum);
}

static bool isOdd(Value n) { return intToUint64Mask(n) & 1; }

/// The usual call: small ints by name, each by the parameter's own name and once. False: it is another; nothing is done.
static bool takesNamedParts(const Args& args, int64_t parts[3] /* days, seconds, microseconds */) {
  static const struct { Value name; int part; int64_t factor; } units[] = {
      {internStr("days"), 0, 1}, {internStr("hours"), 1, 3600}, {internStr("minutes"), 1, 60}, {internStr("seconds"), 1, 1},
      {internStr("milliseconds"), 2, 1000}, {internStr("microseconds"), 2, 1}, {internStr("weeks"), 0, 7}};
  if (args.count) return false;
  unsigned seen = 0;
  for (size_t k = 0; k < args.nameCount(); ++k) {
    const Value name = asTuple(args.names)->items[k], n = args.values[k];
    size_t i = 0;
    while (i < std::size(units) && units[i].name != name) ++i;
    if (i == std::size(units) || seen >> i & 1 || !n.isSmallInt() || std::abs(n.smallInt()) >= 1000000000) return false;
    seen |= 1u << i;
    parts[units[i].part] += n.smallInt() * units[i].factor;
  }
  return true;
}

static Value construct(Type* t, const Args& args) {
  int64_t parts[3] = {};
  if (takesNamedParts(args, parts)) return newDelta(t, parts[0], parts[1], parts[2]);
  Value argv[7];
  Ref holder[2];
  if (bindArguments("__new__", "(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)", args, argv, 7, holder) < 0)
    return Value();
  static constexpr struct { int index; const char* tag; int64_t factor; } units[] = {
      {2, "microseconds", 1},        {3, "milliseconds", 1000},       {1, "seconds", kSecond},  {4, "minutes", 60 * kSecond},
      {5, "hours", 3600 * kSecond},  {0, "days", kDay},               {6, "weeks", 7 * kDay},
  };
  // Plain small numbers, the usual case.
  int64_t days = 0, seconds = 0, microseconds = 0;
  bool simple = true;
  for (int i = 0; i < 7; ++i) simple &= !argv[i] || (argv[i].isSmallInt() && std::abs(argv[i].smallInt()) < 1000000000);
  if (simple) {
    auto at = [&](int i) { return argv[i] ? argv[i].smallInt() : 0; };
    days = at(0) + at(6) * 7;
    seconds = at(1) + at(4) * 60 + at(5) * 3600;
    microseconds = at(2) + at(3) * 1000;
    return newDelta(t, days, seconds, microseconds);
  }
  Ref sum(newInt(0));
  double leftover = 0;
  for (auto& u : units)
    if (argv[u.index] && !accumulate(u.tag, sum, argv[u.index], u.factor, &leftover)) return Value();
  if (leftover != 0) {
    // To the nearest microsecond; a tie makes the sum even.
    double whole = std::round(leftover);
    if (std::fabs(whole - leftover) == 0.5) {
      const int odd = isOdd(sum);
      whole = 2.0 * std::round((leftover + odd) * 0.5) - odd;
    }
    Ref more(newIntFromDouble(whole));
    if (!more) return Value();
    sum.reset(intAdd(sum, more));
    if (!sum) return Value();
  }
  return deltaFromMicroseconds(t, sum);
}

// ---- arithmetic ----

static Value deltaAdd(Value a, Value b) {
  if (!isDelta(a) || !isDelta(b)) return notImplemented();
  const DeltaObject *x = asDelta(a), *y = asDelta(b);
  return newDelta(int64_t{x->days} + y->days, x->seconds + y->seconds, x->microseconds + y->microseconds);
}
Value deltaSubtract(Value a, Value b) {
  if (!isDelta(a) || !isDelta(b)) return notImplemented();
  const DeltaObject *x = asDelta(a), *y = asDelta(b);
  return newDelta(int64_t{x->days} - y->days, x->seconds - y->seconds, x->microseconds - y->microseconds);
}
static Value deltaNegative(Value v) {
  const DeltaObject* d = asDelta(v);
  return newDelta(-int64_t{d->days}, -d->seconds, -d->microseconds);
}
static Value deltaPositive(Value v) {
  const DeltaObject* d = asDelta(v);
  return newDelta(d->days, d->seconds, d->microseconds);
}
static Value deltaAbsolute(Value v) { return asDelta(v)->days < 0 ? deltaNegative(v) : deltaPositive(v); }
static int32_t deltaTruth(Value v) { return asDelta(v)->days || asDelta(v)->seconds || asDelta(v)->microseconds; }

/// round-half-even(a / b), both int.
static Value divideNearest(Value a, Value b) {
  Ref pair(intDivmod(a, b));
  if (!pair) return Value();
  Value q = asTuple(pair)->items[0], r = asTuple(pair)->items[1];
  // 0 <= r/b < 1: compare 2r with b.
  Ref twice(intAdd(r, r));
  if (!twice) return Value();
  const int order = intCompare(twice, b) * (intSign(b) < 0 ? -1 : 1);
  return order > 0 || (order == 0 && isOdd(q)) ? intAdd(q, newInt(1)) : newRef(q);
}

/// v * f, or v / f when `inverse`: exactly, by the ratio that the float is.
static Value scaleByFloat(Value v, Value f, bool inverse) {
  Ref ratio(callMethod(f, "as_integer_ratio")), total(ratio ? deltaMicroseconds(v) : Value());
  if (!total) return Value();
  if (!isTuple(ratio))
    return raise(TypeErrorType, "unexpected return type from as_integer_ratio(): expected tuple, got '%.200s'", typeOf(ratio)->name);
  if (asTuple(ratio)->size != 2) return raise(ValueErrorType, "as_integer_ratio() must return a 2-tuple");
  for (int i = 0; i < 2; ++i)
    if (!isInt(asTuple(ratio)->items[i])) return raise(TypeErrorType, "unexpected type in the tuple from as_integer_ratio()");
  Ref product(intMul(total, asTuple(ratio)->items[inverse])), result;
  if (product) result.reset(divideNearest(product, asTuple(ratio)->items[!inverse]));
  return result ? deltaFromMicroseconds(&deltaType, result) : Value();
}

static Value deltaMultiply(Value a, Value b) {
  if (!isDelta(a)) std::swap(a, b);
  if (!isDelta(a)) return notImplemented();
  if (isFloat(b)) return scaleByFloat(a, b, false);
  if (!isInt(b)) return notImplemented();
  Ref total(deltaMicroseconds(a)), product(total ? multiply(b, total) : Value());
  return product ? deltaFromMicroseconds(&deltaType, product) : Value();
}
static Value deltaFloorDivide(Value a, Value b) {
  if (!isDelta(a) || !(isDelta(b) || isInt(b))) return notImplemented();
  Ref x(deltaMicroseconds(a)), y(isDelta(b) ? deltaMicroseconds(b) : newRef(b));
  Ref q(!x || !y ? Value() : isDelta(b) ? intFloorDiv(x, y) : floorDivide(x, y));
  return !q || isDelta(b) ? q.release() : deltaFromMicroseconds(&deltaType, q);
}
static Value deltaTrueDivide(Value a, Value b) {
  if (!isDelta(a)) return notImplemented();
  if (isFloat(b)) return scaleByFloat(a, b, true);
  if (!isDelta(b) && !isInt(b)) return notImplemented();
  Ref x(deltaMicroseconds(a)), y(isDelta(b) ? deltaMicroseconds(b) : newRef(b));
  if (!x || !y) return Value();
  if (isDelta(b)) return intTrueDiv(x, y);
  Ref q(divideNearest(x, y));
  return q ? deltaFromMicroseconds(&deltaType, q) : Value();
}
static Value deltaRemainder(Value a, Value b) {
  if (!isDelta(a) || !isDelta(b)) return notImplemented();
  Ref x(deltaMicroseconds(a)), y(deltaMicroseconds(b)), r(x && y ? intMod(x, y) : Value());
  return r ? deltaFromMicroseconds(&deltaType, r) : Value();
}
static Value deltaDivmod(Value a, Value b) {
  if (!isDelta(a) || !isDelta(b)) return notImplemented();
  Ref x(deltaMicroseconds(a)), y(deltaMicroseconds(b)), pair(x && y ? intDivmod(x, y) : Value());
  Ref rest(pair ? deltaFromMicroseconds(&deltaType, asTuple(pair)->items[1]) : Value());
  return rest ? newTuple({asTuple(pair)->items[0], rest.get()}) : Value();
}

// ---- comparison, text ----

/// Below, at or above zero.
static int64_t orderOfDeltas(Value a, Value b) {
  const DeltaObject *x = asDelta(a), *y = asDelta(b);
  if (x->days != y->days) return int64_t{x->days} - y->days;
  return x->seconds != y->seconds ? x->seconds - y->seconds : x->microseconds - y->microseconds;
}
static int32_t plainOrder(Value a, Value b) { return signOf(orderOfDeltas(a, b)); }
static Value compareDeltas(Value a, Value b, int op) {
  return isDelta(a) && isDelta(b) ? answerByOrder(orderOfDeltas(a, b), op) : notImplemented();
}
static Value stateOf(Value v) {
  const DeltaObject* d = asDelta(v);
  return newTuple({newInt(d->days), newInt(d->seconds), newInt(d->microseconds)});
}
static int64_t deltaHash(Value v) {
  if (asDelta(v)->hash == -1) {
    Ref state(stateOf(v));
    if (!state) return -1;
    asDelta(v)->hash = hash(state);
  }
  return asDelta(v)->hash;
}
static bool plainHash(Value v, int64_t* hash) { return (*hash = deltaHash(v)) != -1 || (errorClear(), false); }
static Value deltaRepr(Value v) {
  const DeltaObject* d = asDelta(v);
  StrBuilder text;
  Ref head(formatText("%s(", typeOf(v)->name));
  if (!head) return Value();
  text.add(head);
  const char* separator = "";
  auto add = [&](const char* name, int32_t n) {
    if (!n) return;
    Ref part(formatText("%s%s=%d", separator, name, n));
    if (part) text.add(part);
    separator = ", ";
  };
  add("days", d->days);
  add("seconds", d->seconds);
  add("microseconds", d->microseconds);
  text.addAscii(*separator ? ")" : "0)");
  return text.take();
}
static Value deltaStr(Value v) {
  const DeltaObject* d = asDelta(v);
  char clock[64], days[64] = "";
  int n = snprintf(clock, sizeof clock, "%d:%02d:%02d", d->seconds / 3600, d->seconds / 60 % 60, d->seconds % 60);
  if (d->microseconds) snprintf(clock + n, sizeof clock - static_cast<size_t>(n), ".%06d", d->microseconds);
  if (d->days) snprintf(days, sizeof days, "%d day%s, ", d->days, d->days == 1 || d->days == -1 ? "" : "s");
  return formatText("%s%s", days, clock);
}

// ---- methods ----

Value deltaTotalSeconds(Value v) {
  Ref total(deltaMicroseconds(v));
  return total ? intTrueDiv(total, newInt(kSecond)) : Value();
}
static Value reduce(Value v) {
  Ref state(stateOf(v));
  return state ? newTuple({asValue(typeOf(v)), state}) : Value();
}

static constexpr MethodDef methods[] = {
    {"total_seconds", deltaTotalSeconds, "($self, /)", kMethodUnsigned}, {"__reduce__", reduce, "($self, /)", kMethodUnsigned}, {}};
static constexpr MemberDef members[] = {
    {"days", MemberKind::Int32, offsetof(DeltaObject, days), true},
    {"seconds", MemberKind::Int32, offsetof(DeltaObject, seconds), true},
    {"microseconds", MemberKind::Int32, offsetof(DeltaObject, microseconds), true},
    {},
};
static constexpr NumberSlots number = {
    .add = deltaAdd,
    .sub = deltaSubtract,
    .mul = deltaMultiply,
    .mod = deltaRemainder,
    .divmod = deltaDivmod,
    .neg = deltaNegative,
    .pos = deltaPositive,
    .abs = deltaAbsolute,
    .truth = deltaTruth,
    .floordiv = deltaFloorDivide,
    .truediv = deltaTrueDivide,
};
constinit PlainKeyType deltaType = withPlainKeys(
    {.header = KRAIT_STATIC_HEADER(typeType),
     .name = "datetime.timedelta",
     .base = &objectType,
     .flags = kTypeBaseType | kTypeOwnGetAttr,
     .instanceLayout = {.type = &deltaType, .size = sizeof(DeltaObject)},
     .dealloc = [](Object* o) { releaseObjectOf<0>(deltaType, o); },
     .repr = deltaRepr,
     .str = deltaStr,
     .hash = deltaHash,
     .compare = compareDeltas,
     .construct = construct,
     .number = &number,
     .methods = methods,
     .members = members,
     .doc = "Difference between two datetime values.\n\n"
     "timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)"},
    plainHash, plainOrder);

} // namespace krait::datetime
