// Exceptions, and the mappings that a context's flags and traps are.
#include "runtime/modules/decimal/decimal_objects.h"

namespace krait::decimal {

// In the order in which CPython looks for the one to raise.
Signal signals[kSignals] = {{"InvalidOperation", kAnyInvalid, nullptr}, {"FloatOperation", kFloatOperation, nullptr},
                            {"DivisionByZero", kDivisionByZero, nullptr}, {"Overflow", kOverflow, nullptr},
                            {"Underflow", kUnderflow, nullptr}, {"Subnormal", kSubnormal, nullptr}, {"Inexact", kInexact, nullptr},
                            {"Rounded", kRounded, nullptr}, {"Clamped", kClamped, nullptr}};
// What InvalidOperation may mean: named in its message.
static Signal conditions[] = {{"InvalidOperation", kInvalidOperation, nullptr}, {"ConversionSyntax", kConversionSyntax, nullptr},
                              {"DivisionImpossible", kDivisionImpossible, nullptr}, {"DivisionUndefined", kDivisionUndefined, nullptr},
                              {"InvalidContext", kInvalidContext, nullptr}};

static Type* makeException(Value module, const char* name, std::initializer_list<Value> bases) {
  Ref ns(newDict()), text(internStr(name)), owner(internStr("decimal")), parents(newTuple(bases));
  if (!ns || !text || !owner || !parents || dictSet(ns, NAME(__module__), owner) < 0) return nullptr;
  Value made = newType(asValue(&typeType), text, parents, ns, Value());
  if (!made || moduleAdd(module, name, newRef(made)) < 0) return nullptr;
  return made.as<Type>();
}

int32_t addExceptions(Value module) {
  static Type* base;
  if (base) {
    // Imported once more: the same classes.
    if (moduleAdd(module, "DecimalException", newRef(asValue(base))) < 0) return -1;
    for (const Signal& s : signals)
      if (moduleAdd(module, s.name, newRef(asValue(s.type))) < 0) return -1;
    for (const Signal& s : conditions)
      if (moduleAdd(module, s.name, newRef(asValue(s.type))) < 0) return -1;
    return 0;
  }
  base = makeException(module, "DecimalException", {asValue(&ArithmeticErrorType)});
  if (!base) return -1;
  auto find = [](const char* name) {
    for (Signal& s : signals)
      if (std::string_view(s.name) == name) return asValue(s.type);
    return Value();
  };
  auto make = [&](const char* name, std::initializer_list<Value> bases) {
    Type* t = makeException(module, name, bases);
    for (Signal& s : signals)
      if (std::string_view(s.name) == name) s.type = t;
    return t != nullptr;
  };
  const Value root = asValue(base);
  if (!make("Clamped", {root}) || !make("InvalidOperation", {root}) || !make("DivisionByZero", {root, asValue(&ZeroDivisionErrorType)}) ||
      !make("Inexact", {root}) || !make("Rounded", {root}) || !make("Subnormal", {root}) ||
      !make("Overflow", {find("Inexact"), find("Rounded")}) || !make("Underflow", {find("Inexact"), find("Rounded"), find("Subnormal")}) ||
      !make("FloatOperation", {root, asValue(&TypeErrorType)}))
    return -1;
  const Value invalid = asValue(signals[0].type);
  conditions[0].type = signals[0].type;
  for (int i = 1; i < 5; ++i) {
    Signal& s = conditions[i];
    s.type = s.bits == kDivisionUndefined ? makeException(module, s.name, {invalid, asValue(&ZeroDivisionErrorType)})
                                          : makeException(module, s.name, {invalid});
    if (!s.type) return -1;
  }
  return 0;
}

static int32_t addSignals(Value list, uint32_t bits, const Signal* from, const Signal* to) {
  for (; from != to; ++from)
    if (bits & from->bits && listAppend(list, asValue(from->type)) < 0) return -1;
  return 0;
}
Value signalsAsList(uint32_t bits) {
  Ref list(newList(0));
  if (!list || addSignals(list, bits, std::begin(conditions), std::end(conditions)) < 0 ||
      addSignals(list, bits, signals + 1, signals + kSignals) < 0)
    return Value();
  return list.release();
}

Value signalsOnly(uint32_t bits) {
  Ref list(newList(0));
  return list && addSignals(list, bits, signals, signals + kSignals) == 0 ? list.release() : Value();
}

int32_t raiseTrapped(ContextObject* c, uint32_t status) {
  if (exhausted) {
    exhausted = false;
    return raiseNoMemory(), -1;
  }
  c->status |= status;
  const uint32_t trapped = status & c->traps;
  for (const Signal& s : signals) {
    if (!(trapped & s.bits)) continue;
    Ref list(signalsAsList(trapped));
    if (list) raiseObject(*s.type, list);
    return -1;
  }
  return 0;
}

static void raiseUnknownSignal() {
  raise(KeyErrorType,
        "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, Subnormal, "
        "Inexact, Rounded,\n   Clamped]");
}

uint32_t bitsOfSignal(Value type) {
  for (const Signal& s : signals)
    if (asValue(s.type) == type) return s.bits;
  raiseUnknownSignal();
  return 0;
}

static bool listBits(Value list, uint32_t* out) {
  *out = 0;
  for (int64_t i = 0; i < asList(list)->size; ++i) {
    uint32_t bits = 0;
    for (const Signal& s : signals)
      if (asValue(s.type) == asList(list)->items[i]) bits = s.bits;
    if (!bits) {
      // The named conditions are accepted too.
      for (const Signal& s : conditions)
        if (asValue(s.type) == asList(list)->items[i]) bits = s.bits;
    }
    if (!bits) {
      raiseUnknownSignal();
      return false;
    }
    *out |= bits;
  }
  return true;
}

// ---- SignalDict ----

static SignalDictObject* asSignals(Value v) { return v.as<SignalDictObject>(); }
static uint32_t& bitsOf(Value v) {
  SignalDictObject* d = asSignals(v);
  if (!d->context) return d->own;
  return d->ofTraps ? d->context->traps : d->context->status;
}
static bool isSignalDict(Value v) { return state.signalDict && typeOf(v) == state.signalDict.as<Type>(); }

bool bitsOfSignals(Value v, uint32_t* out) {
  if (isList(v)) return listBits(v, out);
  if (isSignalDict(v)) return *out = bitsOf(v), true;
  if (!isDict(v)) return raise(TypeErrorType, "argument must be a signal dict"), false;
  if (dictSize(v) != kSignals) return raise(KeyErrorType, "invalid signal dict"), false;
  *out = 0;
  for (const Signal& s : signals) {
    Value flag = dictGet(v, asValue(s.type));
    if (!flag) {
      if (!errorSet()) raise(KeyErrorType, "invalid signal dict");
      return false;
    }
    const int32_t truth = isTrue(flag);
    if (truth < 0) return false;
    if (truth) *out |= s.bits;
  }
  return true;
}

Value newSignalDict(ContextObject* c, bool ofTraps) {
  Value v = allocateOf(state.signalDict.as<Type>(), 0);
  if (!v) return v;
  asSignals(v)->context = c;
  asSignals(v)->ofTraps = ofTraps;
  return v;
}
void detachSignalDict(Value dict) {
  if (!dict) return;
  asSignals(dict)->own = bitsOf(dict);
  asSignals(dict)->context = nullptr;
}

static Value mixinNew(Type* t, const Args&) { return allocateOf(t, 0); }
static int64_t mixinLength(Value) { return kSignals; }
static Value mixinIter(Value) {
  Ref keys(newTuple(kSignals));
  if (!keys) return Value();
  for (int i = 0; i < kSignals; ++i) asTuple(keys)->items[i] = newRef(asValue(signals[i].type));
  return iterate(keys);
}
static Value mixinGetItem(Value self, Value key) {
  const uint32_t bits = bitsOfSignal(key);
  return bits ? boolean(bitsOf(self) & bits) : Value();
}
static int32_t mixinSetItem(Value self, Value key, Value v) {
  if (!v) return fail(ValueErrorType, "signal keys cannot be deleted");
  const uint32_t bits = bitsOfSignal(key);
  const int32_t truth = bits ? isTrue(v) : -1;
  if (truth < 0) return -1;
  if (truth) bitsOf(self) |= bits;
  else bitsOf(self) &= ~bits;
  return 0;
}
static Value mixinRepr(Value self) {
  StrBuilder text;
  text.add('{');
  for (int i = 0; i < kSignals; ++i) {
    Ref part(formatText("%s<class 'decimal.%s'>:%s", i ? ", " : "", signals[i].name, bitsOf(self) & signals[i].bits ? "True" : "False"));
    if (!part) return Value();
    text.add(part);
  }
  text.add('}');
  return text.take();
}
static Value mixinCompare(Value a, Value b, int op) {
  if (op != kEq && op != kNe) return notImplemented();
  uint32_t theirs;
  if (isSignalDict(b)) {
    theirs = bitsOf(b);
  } else if (isDict(b)) {
    if (!bitsOfSignals(b, &theirs)) {
      if (!errorClearIf(KeyErrorType)) return Value();
      return notImplemented();
    }
  } else {
    return notImplemented();
  }
  // A signal is raised when any of its bits is.
  bool same = true;
  for (const Signal& s : signals) same &= !(bitsOf(a) & s.bits) == !(theirs & s.bits);
  return boolean(same == (op == kEq));
}
static Value mixinCopy(Value self) {
  Ref d(newDict());
  for (const Signal& s : signals)
    if (!d || dictSet(d, asValue(s.type), boolean(bitsOf(self) & s.bits)) < 0) return Value();
  return d.release();
}
static constexpr MethodDef mixinMethods[] = {{"copy", mixinCopy}, {}};
static constexpr MappingSlots mixinMapping = {.length = mixinLength, .subscript = mixinGetItem, .setSubscript = mixinSetItem};
constinit Type signalMixinType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "decimal.SignalDictMixin",
    .base = &objectType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &signalMixinType, .size = sizeof(SignalDictObject)},
    .repr = mixinRepr,
    .hash = hashNotImplemented,
    .compare = mixinCompare,
    .iter = mixinIter,
    .construct = mixinNew,
    .mapping = &mixinMapping,
    .methods = mixinMethods,
};

} // namespace krait::decimal
