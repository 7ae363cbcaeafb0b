// Context: its attributes, the current one, and localcontext().
//
// The current context lives in a ContextVar. What was found there last is kept
// for the thread and the version of its contextvars context.
#include "runtime/modules/decimal/context_methods.h"
#include "runtime/modules/decimal/decimal_objects.h"
#include "runtime/object/call.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/arguments.h"

namespace krait::decimal {

State state;

static const struct { const char* name; Rounding mode; } kRoundings[] = {
    {"ROUND_UP", kUp}, {"ROUND_DOWN", kDown}, {"ROUND_CEILING", kCeiling}, {"ROUND_FLOOR", kFloor},
    {"ROUND_HALF_UP", kHalfUp}, {"ROUND_HALF_DOWN", kHalfDown}, {"ROUND_HALF_EVEN", kHalfEven}, {"ROUND_05UP", k05Up}};

bool roundingArgument(Value v, Rounding* out) {
  if (isStr(v))
    for (auto& r : kRoundings)
      if (strEqual(v, r.name)) return *out = r.mode, true;
  raise(TypeErrorType,
        "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, "
        "ROUND_HALF_EVEN,\n   ROUND_05UP]");
  return false;
}

// ---- the current one ----

RememberedContext remembered;

Value newContextFrom(const ContextObject* from) {
  Value v = allocateOf(&contextType, 0);
  if (!v) return v;
  ContextObject* c = asContext(v);
  if (from) {
    c->settings = from->settings;
    c->traps = from->traps;
    c->status = from->status;
    c->capitals = from->capitals;
  } else {
    c->settings = Settings();
    c->traps = kAnyInvalid | kDivisionByZero | kOverflow;
    c->capitals = 1;
  }
  gcTrack(v.object());
  return v;
}

static void remember(Value context) {
  ThreadState* t = currentThread();
  remembered.thread = t;
  remembered.version = t->contextVersion;
  assign(remembered.context, newRef(context));
}
int32_t setCurrentContext(Value context) {
  Ref token(callMethod(state.contextVariable, NAME(set), {context}));
  if (!token) return -1;
  remember(context);
  return 0;
}
Ref currentContext() {
  if (rememberedContext()) return Ref::share(remembered.context);
  Ref found(callMethod(state.contextVariable, NAME(get), {none()}));
  if (!found) return Ref();
  if (isNone(found)) {
    found.reset(newContextFrom(asContext(state.defaultContext)));
    if (!found) return Ref();
    asContext(found)->status = 0;
    if (setCurrentContext(found) < 0) return Ref();
  }
  remember(found);
  return found;
}
Ref contextArgument(Value v) {
  if (!v || isNone(v)) return currentContext();
  if (isContext(v)) return Ref::share(v);
  raise(TypeErrorType, "optional argument must be a context");
  return Ref();
}
Value getContext(Value) { return currentContext().release(); }
Value setContextFunction(Value, Value v) {
  if (!isContext(v)) return raise(TypeErrorType, "argument must be a context");
  // The templates stay as they are.
  Ref context = Ref::share(v);
  if (v == state.defaultContext || v == state.basicContext || v == state.extendedContext) {
    context.reset(newContextFrom(asContext(v)));
    if (!context) return Value();
    asContext(context)->status = 0;
  }
  return setCurrentContext(context) < 0 ? Value() : none();
}

// ---- attributes ----

static bool wordArgument(Value v, int64_t* out) {
  if (!isInt(v)) return raise(TypeErrorType, "an integer is required"), false;
  int overflow;
  *out = intToInt64(v, &overflow);
  if (overflow) raise(OverflowErrorType, "Python int too large to convert to C ssize_t");
  return !overflow;
}
static int32_t setRange(Value v, int64_t least, int64_t most, const char* message, int64_t* out) {
  if (!v) return fail(AttributeErrorType, "context attributes cannot be deleted");
  int64_t n;
  if (!wordArgument(v, &n)) return -1;
  if (n < least || n > most) return fail(ValueErrorType, "%s", message);
  *out = n;
  return 0;
}
static Value getPrec(Value self, void*) { return newInt(asContext(self)->settings.prec); }
static int32_t setPrec(Value self, Value v, void*) {
  return setRange(v, 1, kMaxPrec, "valid range for prec is [1, MAX_PREC]", &asContext(self)->settings.prec);
}
static Value getEmin(Value self, void*) { return newInt(asContext(self)->settings.emin); }
static int32_t setEmin(Value self, Value v, void*) {
  return setRange(v, kMinEmin, 0, "valid range for Emin is [MIN_EMIN, 0]", &asContext(self)->settings.emin);
}
static Value getEmax(Value self, void*) { return newInt(asContext(self)->settings.emax); }
static int32_t setEmax(Value self, Value v, void*) {
  return setRange(v, 0, kMaxEmax, "valid range for Emax is [0, MAX_EMAX]", &asContext(self)->settings.emax);
}
static Value getCapitals(Value self, void*) { return newInt(asContext(self)->capitals); }
static int32_t setCapitals(Value self, Value v, void*) {
  int64_t n;
  if (setRange(v, 0, 1, "valid values for capitals are 0 or 1", &n) < 0) return -1;
  asContext(self)->capitals = static_cast<int32_t>(n);
  return 0;
}
static Value getClamp(Value self, void*) { return newInt(asContext(self)->settings.clamp); }
static int32_t setClamp(Value self, Value v, void*) {
  int64_t n;
  if (setRange(v, 0, 1, "valid values for clamp are 0 or 1", &n) < 0) return -1;
  asContext(self)->settings.clamp = n;
  return 0;
}
static Value getRounding(Value self, void*) { return newRef(state.roundings[asContext(self)->settings.rounding]); }
static int32_t setRounding(Value self, Value v, void*) {
  if (!v) return fail(AttributeErrorType, "context attributes cannot be deleted");
  return roundingArgument(v, &asContext(self)->settings.rounding) ? 0 : -1;
}
template <bool OfTraps> static Value getSignals(Value self, void*) {
  Value& dict = OfTraps ? asContext(self)->trapsDict : asContext(self)->flagsDict;
  if (!dict) dict = newSignalDict(asContext(self), OfTraps);
  return xnewRef(dict);
}
template <bool OfTraps> static int32_t setSignalsOrList(Value self, Value v, void*) {
  uint32_t bits;
  if (!bitsOfSignals(v, &bits)) return -1;
  (OfTraps ? asContext(self)->traps : asContext(self)->status) = bits;
  return 0;
}

template <bool OfTraps> static int32_t setSignals(Value self, Value v, void*) {
  if (!v) return fail(AttributeErrorType, "context attributes cannot be deleted");
  if (isList(v)) return fail(TypeErrorType, "argument must be a signal dict");
  return setSignalsOrList<OfTraps>(self, v, nullptr);
}

/// Sets what is given and not None, in this order; argv[i] may be null.
static constexpr const char* kContextSignature =
    "(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)";
static int32_t setAttributes(Value self, const Value* argv) {
  using Setter = int32_t (*)(Value, Value, void*);
  static constexpr Setter setters[] = {setPrec, setRounding, setEmin, setEmax, setCapitals, setClamp,
                                       setSignalsOrList<false>, setSignalsOrList<true>};
  for (int i = 0; i < 8; ++i)
    if (argv[i] && !isNone(argv[i]) && setters[i](self, argv[i], nullptr) < 0) return -1;
  return 0;
}

static Value construct(Type* t, const Args&) {
  Value v = allocateOf(t, 0);
  if (!v) return v;
  ContextObject* c = asContext(v);
  const ContextObject* like = state.defaultContext ? asContext(state.defaultContext) : nullptr;
  c->settings = like ? like->settings : Settings();
  c->traps = like ? like->traps : kAnyInvalid | kDivisionByZero | kOverflow;
  c->capitals = like ? like->capitals : 1;
  gcTrack(v.object());
  return v;
}
static int32_t init(Value self, const Args& args) {
  Value argv[8];
  Ref holder[2];
  return bindArguments(nullptr, kContextSignature, args, argv, 8, holder) < 0 ? -1 : setAttributes(self, argv);
}
static int traverse(Object* o, Visit visit, void* context) {
  auto* c = reinterpret_cast<ContextObject*>(o);
  if (int r = visit(c->trapsDict, context)) return r;
  return visit(c->flagsDict, context);
}
static void clearParts(Object* o) {
  auto* c = reinterpret_cast<ContextObject*>(o);
  detachSignalDict(c->trapsDict);
  detachSignalDict(c->flagsDict);
  clear(c->trapsDict);
  clear(c->flagsDict);
}
static void dealloc(Object* o) {
  gcUntrack(o);
  clearParts(o);
  freeObject(o);
}

/// "[A, B]" in the order of the condition bits.
static void addNames(StrBuilder& text, uint32_t bits) {
  text.add('[');
  for (uint32_t bit = 1, left = bits; left; bit <<= 1) {
    if (!(left & bit)) continue;
    for (const Signal& signal : signals) {
      if (!(signal.bits & bit)) continue;
      if (left != bits) text.addAscii(", ");
      text.addAscii(signal.name);
      left &= ~signal.bits;
    }
    left &= ~bit;
  }
  text.add(']');
}
static Value contextRepr(Value self) {
  const ContextObject* c = asContext(self);
  const Settings& s = c->settings;
  StrBuilder text;
  Ref head(formatText("Context(prec=%lld, rounding=%U, Emin=%lld, Emax=%lld, capitals=%d, clamp=%d, flags=", static_cast<long long>(s.prec),
                      state.roundings[s.rounding], static_cast<long long>(s.emin), static_cast<long long>(s.emax), c->capitals, s.clamp));
  if (!head) return Value();
  text.add(head);
  addNames(text, c->status);
  text.addAscii(", traps=");
  addNames(text, c->traps);
  text.add(')');
  return text.take();
}

Value contextCopy(Value self) { return newContextFrom(asContext(self)); }
Value contextReduce(Value self) {
  const ContextObject* c = asContext(self);
  Ref flags(signalsOnly(c->status)), traps(signalsOnly(c->traps));
  if (!flags || !traps) return Value();
  const Settings& s = c->settings;
  Ref args(newTuple({newInt(s.prec), state.roundings[s.rounding], newInt(s.emin), newInt(s.emax), newInt(c->capitals), newInt(s.clamp),
                     flags.get(), traps.get()}));
  return args ? newTuple({asValue(typeOf(self)), args}) : Value();
}
Value clearFlags(Value self) {
  asContext(self)->status = 0;
  return none();
}
Value clearTraps(Value self) {
  asContext(self)->traps = 0;
  return none();
}
Value etinyMethod(Value self) { return newInt(asContext(self)->settings.etiny()); }
Value etopMethod(Value self) { return newInt(asContext(self)->settings.etop()); }

static constexpr GetSetDef getset[] = {{"prec", getPrec, setPrec},
                                       {"Emax", getEmax, setEmax},
                                       {"Emin", getEmin, setEmin},
                                       {"rounding", getRounding, setRounding},
                                       {"capitals", getCapitals, setCapitals},
                                       {"clamp", getClamp, setClamp},
                                       {"traps", getSignals<true>, setSignals<true>},
                                       {"flags", getSignals<false>, setSignals<false>},
                                       {}};
constinit Type contextType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "decimal.Context",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnGetAttr | kTypeOwnSetAttr | kTypeOwnModule,
    .instanceLayout = {.type = &contextType, .size = sizeof(ContextObject), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .repr = contextRepr,
    .init = init,
    .construct = construct,
    .methods = contextMethods,
    .getset = getset,
    .doc = "The precision, exponent range, rounding and traps that operations go by.",
    .constructorSignature = kContextSignature,
};

// ---- localcontext ----

namespace {
struct ManagerObject { Object header; Value local, global; };
ManagerObject* asManager(Value v) { return v.as<ManagerObject>(); }
} // namespace

Value localContext(Value, const Args& args) {
  Value argv[9];
  Ref holder[2];
  if (bindArguments(nullptr,
                    "(ctx=None, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)", args,
                    argv, 9, holder) < 0)
    return Value();
  Ref global = currentContext();
  if (!global) return Value();
  Value like = argv[0] && !isNone(argv[0]) ? argv[0] : global.get();
  if (!isContext(like)) return raise(TypeErrorType, "optional argument must be a context");
  Ref local(newContextFrom(asContext(like)));
  if (!local || setAttributes(local, argv + 1) < 0) return Value();
  Object* o = newObject(&contextManagerType.instanceLayout);
  if (!o) return Value();
  asManager(Value(o))->local = local.release();
  asManager(Value(o))->global = global.release();
  gcTrack(o);
  return Value(o);
}
static Value managerEnter(Value self) {
  return setCurrentContext(asManager(self)->local) < 0 ? Value() : newRef(asManager(self)->local);
}
static Value managerExit(Value self, const Args&) { return setCurrentContext(asManager(self)->global) < 0 ? Value() : boolean(false); }
static int managerTraverse(Object* o, Visit visit, void* context) {
  if (int r = visit(asManager(Value(o))->local, context)) return r;
  return visit(asManager(Value(o))->global, context);
}
static void managerClear(Object* o) {
  clear(asManager(Value(o))->local);
  clear(asManager(Value(o))->global);
}
static void managerDealloc(Object* o) {
  gcUntrack(o);
  managerClear(o);
  freeObject(o);
}
static constexpr MethodDef managerMethods[] = {{"__enter__", managerEnter}, {"__exit__", managerExit}, {}};
constinit Type contextManagerType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "decimal.ContextManager",
    .base = &objectType,
    .instanceLayout = {.type = &contextManagerType, .size = sizeof(ManagerObject), .flags = kLayoutGc},
    .dealloc = managerDealloc,
    .traverse = managerTraverse,
    .clear = managerClear,
    .methods = managerMethods,
};

} // namespace krait::decimal
