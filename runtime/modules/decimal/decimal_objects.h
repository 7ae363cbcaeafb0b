// _decimal: Decimal, Context and what stands around them.
//
// A Decimal is a header, a cached hash and a Number. Every operation that a
// context governs ends in raiseConditions(), which sets the context's flags and
// raises what it traps.
#pragma once
#include <new>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/modules/decimal/small.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::decimal {

struct DecimalObject {
  Object header;
  int64_t hash; // -1: not yet computed
  Number n;
};
struct ContextObject {
  Object header;
  Settings settings;
  uint32_t traps, status;
  int32_t capitals;
  Value trapsDict, flagsDict; // SignalDict, made when asked for
};
/// A mapping from signals to booleans: a window on one word of a context, or on its own once that died.
struct SignalDictObject {
  Object header;
  ContextObject* context; // borrowed, null when it is gone
  bool ofTraps;
  uint32_t own;
};

extern Type decimalType, contextType, signalMixinType, contextManagerType;
inline DecimalObject* asDecimal(Value v) { return v.as<DecimalObject>(); }
inline const Number& numberOf(Value v) { return asDecimal(v)->n; }
inline ContextObject* asContext(Value v) { return v.as<ContextObject>(); }
inline bool isDecimal(Value v) { return isInstanceOf(v, decimalType); }
inline bool isContext(Value v) { return isInstanceOf(v, contextType); }

/// Classes and objects that the module makes when imported; owned for ever.
struct State {
  Value rational, decimalTuple, contextVariable, signalDict /*class*/;
  Value defaultContext, basicContext, extendedContext;
  Value roundings[8];
};
extern State state;

// ---- signals.cpp ----
/// Signals in CPython's order, with the condition bits each stands for.
struct Signal { const char* name; uint32_t bits; Type* type; };
constexpr int kSignals = 9;
extern Signal signals[kSignals];
int32_t addExceptions(Value module);
int32_t raiseTrapped(ContextObject* c, uint32_t status);
/// Adds `status` to the context's flags; -1 with the exception of a trapped one.
inline int32_t raiseConditions(ContextObject* c, uint32_t status) {
  if (exhausted || (status & c->traps)) [[unlikely]] return raiseTrapped(c, status);
  c->status |= status;
  return 0;
}
/// Bits of a signal class; 0 with KeyError.
uint32_t bitsOfSignal(Value type);
/// Bits of a list of signals or of a mapping from all signals. False with an error.
bool bitsOfSignals(Value v, uint32_t* out);
/// Classes of the conditions, for messages; and of the signals that they are.
Value signalsAsList(uint32_t bits);
Value signalsOnly(uint32_t bits);
Value newSignalDict(ContextObject* c, bool ofTraps);
void detachSignalDict(Value dict);

// ---- context.cpp ----
/// The context of this thread and task: owned.
Ref currentContext();
/// The same, borrowed until Python code runs; null if it has to be looked up first.
struct RememberedContext {
  ThreadState* thread;
  uint64_t version;
  Value context; // owned
};
extern RememberedContext remembered;
inline ContextObject* rememberedContext() {
  ThreadState* t = currentThread();
  return remembered.thread == t && remembered.version == t->contextVersion && remembered.context ? asContext(remembered.context) : nullptr;
}
int32_t setCurrentContext(Value context);
Value newContextFrom(const ContextObject* from /*null: the default one*/);
/// None or null: the current one; else a Context or TypeError. Null with an error.
Ref contextArgument(Value v);
/// A rounding by its name; false with TypeError.
bool roundingArgument(Value v, Rounding* out);
Value getContext(Value);
Value setContextFunction(Value, Value v);
Value localContext(Value, const Args& args);

// ---- decimal_new.cpp: new references or null ----
Value newDecimal(Type* t);
/// A Decimal, 0.
inline Value newDecimal() {
  Object* o = takeObjectOf<0>(decimalType, sizeof(DecimalObject));
  if (!o) [[unlikely]] return newDecimal(&decimalType);
  auto* d = reinterpret_cast<DecimalObject*>(o);
  d->hash = -1;
  new (&d->n) Number;
  return Value(o);
}
/// Exactly, whatever the context's precision; for int, str, tuple, float, Decimal.
Value decimalExact(Type* t, Value v, ContextObject* c);
/// Rounded into the context.
Value decimalInContext(Value v, ContextObject* c);
Value decimalFromInt(Type* t, Value v, ContextObject* c);
Value decimalFromFloat(Type* t, Value v, ContextObject* c);
/// An operand: Decimal or int, else TypeError (`required`) or NotImplemented in *out. False: no Decimal in *out.
bool operand(Value v, ContextObject* c, bool required, Ref* out);
Value intOf(const Number& n, Rounding mode);
Value decimalNew(Type* t, const Args& args);

// ---- decimal_format.cpp ----
Value decimalText(Value v, bool engineering, bool capitals);
Value formatDecimal(Value self, Value spec, Value overrides /*may be null*/);

// ---- operations shared by Decimal's and Context's methods ----
template <UnaryOperation* Operation> Value applyUnary(Value a, ContextObject* c) {
  Value r = newDecimal();
  if (!r) return r;
  uint32_t status = 0;
  constexpr auto quick = small::unaryOf<Operation>();
  if (!quick || !quick(asDecimal(r)->n, numberOf(a), c->settings, status)) Operation(asDecimal(r)->n, numberOf(a), c->settings, status);
  if ((status || exhausted) && raiseConditions(c, status) < 0) return decref(r), Value();
  return r;
}
template <BinaryOperation* Operation> Value applyToNumbers(const Number& a, const Number& b, ContextObject* c) {
  Value r = newDecimal();
  if (!r) return r;
  uint32_t status = 0;
  constexpr auto quick = small::binaryOf<Operation>();
  if (!quick || !quick(asDecimal(r)->n, a, b, c->settings, status)) Operation(asDecimal(r)->n, a, b, c->settings, status);
  if ((status || exhausted) && raiseConditions(c, status) < 0) return decref(r), Value();
  return r;
}
template <BinaryOperation* Operation> Value applyBinary(Value a, Value b, ContextObject* c) {
  return applyToNumbers<Operation>(numberOf(a), numberOf(b), c);
}
Value powerOf(Value a, Value b, Value modulus /*None: without*/, ContextObject* c);
Value divmodOf(Value a, Value b, ContextObject* c);
const char* numberClass(const Number& n, const Settings& s);
Value compareTotalOf(Value a, Value b, bool magnitude);
Value copyOf(Value a, bool negative);
bool sameQuantum(const Number& a, const Number& b);
bool isNormal(const Number& n, const Settings& s);
bool isSubnormal(const Number& n, const Settings& s);

} // namespace krait::decimal
