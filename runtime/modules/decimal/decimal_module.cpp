// _decimal: the module.
#include "runtime/modules/decimal/decimal_objects.h"

namespace krait {
namespace decimal {

static int32_t addConstants(Value module) {
  const struct { const char* name; int64_t value; } numbers[] = {
      {"MAX_PREC", kMaxPrec}, {"MAX_EMAX", kMaxEmax}, {"MIN_EMIN", kMinEmin}, {"MIN_ETINY", kMinEtiny}};
  for (auto& n : numbers)
    if (moduleAdd(module, n.name, newInt(n.value)) < 0) return -1;
  const char* names[] = {"ROUND_UP", "ROUND_DOWN", "ROUND_CEILING", "ROUND_FLOOR", "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN", "ROUND_05UP"};
  for (int i = 0; i < 8; ++i) {
    if (!state.roundings[i]) state.roundings[i] = internStr(names[i]);
    if (moduleAdd(module, names[i], newRef(state.roundings[i])) < 0) return -1;
  }
  for (const char* name : {"HAVE_THREADS", "HAVE_CONTEXTVAR"})
    if (moduleAdd(module, name, boolean(true)) < 0) return -1;
  return moduleAdd(module, "__version__", newStr("1.70")) < 0 || moduleAdd(module, "__libmpdec_version__", newStr("2.5.1")) < 0 ? -1 : 0;
}

/// Decimal is a numbers.Number; SignalDict a MutableMapping; DecimalTuple a namedtuple.
static int32_t joinLibrary() {
  Ref numbers(importModule("numbers")), number(numbers ? getAttr(numbers, "Number") : Value());
  Ref registered(number ? callMethod(number, "register", {asValue(&decimalType)}) : Value());
  state.rational = registered ? getAttr(numbers, "Rational") : Value();
  Ref collections(state.rational ? importModule("collections") : Value());
  Ref title(newStr("DecimalTuple")), fields(newStr("sign digits exponent")), owner(internStr("decimal"));
  state.decimalTuple = collections ? callMethod(collections, "namedtuple", {title, fields}) : Value();
  if (!state.decimalTuple || setAttr(state.decimalTuple, "__module__", owner) < 0) return -1;
  Ref abc(importModule("collections.abc")), mapping(abc ? getAttr(abc, "MutableMapping") : Value());
  if (!mapping) return -1;
  Ref name(newStr("SignalDict")), bases(newTuple({asValue(&signalMixinType), mapping.get()})), ns(newDict());
  if (!bases || !ns || dictSet(ns, NAME(__module__), owner) < 0) return -1;
  state.signalDict = call(asValue(typeOf(mapping)), {name, bases, ns});
  Ref contextvars(state.signalDict ? importModule("_contextvars") : Value()), label(newStr("decimal_context"));
  state.contextVariable = contextvars ? callMethod(contextvars, "ContextVar", {label}) : Value();
  return state.contextVariable ? 0 : -1;
}

static Value makeTemplate(int64_t prec, Rounding rounding, uint32_t traps) {
  Value v = newContextFrom(nullptr);
  if (!v) return v;
  asContext(v)->settings.prec = prec;
  asContext(v)->settings.rounding = rounding;
  asContext(v)->traps = traps;
  return v;
}

static constexpr MethodDef functions[] = {
    {"getcontext", getContext, "($module, /)"},
    {"setcontext", setContextFunction, "($module, context, /)"},
    {"localcontext", localContext, "($module, /, ctx=None, **kwargs)"},
    {},
};

static int execute(Value module) {
  for (Type* t : {&decimalType, &contextType, &signalMixinType, &contextManagerType}) typeReady(t);
  if (addConstants(module) < 0 || addExceptions(module) < 0) return -1;
  if (!state.contextVariable && joinLibrary() < 0) return -1;
  if (!state.defaultContext) {
    constexpr uint32_t usual = kAnyInvalid | kDivisionByZero | kOverflow;
    state.defaultContext = makeTemplate(28, kHalfEven, usual);
    state.basicContext = makeTemplate(9, kHalfUp, usual | kUnderflow | kClamped);
    state.extendedContext = makeTemplate(9, kHalfEven, 0);
    if (!state.defaultContext || !state.basicContext || !state.extendedContext) return -1;
  }
  // The module calls itself as the one that hands on what is in it, which its functions show.
  if (moduleAdd(module, "__name__", newStr("decimal")) < 0 || moduleAddMethods(module, functions) < 0) return -1;
  for (Type* t : {&decimalType, &contextType})
    if (moduleAddType(module, t) < 0) return -1;
  return moduleAdd(module, "DecimalTuple", newRef(state.decimalTuple)) < 0 ||
                 moduleAdd(module, "DefaultContext", newRef(state.defaultContext)) < 0 ||
                 moduleAdd(module, "BasicContext", newRef(state.basicContext)) < 0 ||
                 moduleAdd(module, "ExtendedContext", newRef(state.extendedContext)) < 0
             ? -1
             : 0;
}

} // namespace decimal

extern "C" constinit const NativeModule krt_module_decimal = {"_decimal", nullptr, decimal::execute};

} // namespace krait
