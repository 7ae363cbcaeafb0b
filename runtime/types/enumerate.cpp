// enumerate and reversed.
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_state.h"
#include "runtime/types/iterators.h"
#include "runtime/types/many_steps.h"
#include "runtime/types/result_tuple.h"
#include "runtime/types/stepping.h"

namespace krait {

static Value self(Value v) { return newRef(v); }

// ---- enumerate --------------------------------------------------------------

namespace {
EnumerateObject* asEnumerate(Value v) { return v.as<EnumerateObject>(); }
} // namespace

static void enumerateDealloc(Object* o) {
  gcUntrack(o);
  auto* e = reinterpret_cast<EnumerateObject*>(o);
  xdecref(e->iterator);
  xdecref(e->result);
  dropHeld(e->held);
  xdecref(e->index);
  releaseObjectOf<kLayoutGc>(enumerateType, o);
}
static int enumerateTraverse(Object* o, Visit visit, void* context) {
  auto* e = reinterpret_cast<EnumerateObject*>(o);
  if (int r = visit(e->iterator, context)) return r;
  if (int r = visitHeld(e->held, visit, context)) return r;
  return visit(e->result, context);
}
/// Fills in (iterable, start=0) with this constructor's own wording of errors.
static int32_t enumerateArguments(const Args& args, Value* iterable, Value* start) {
  const size_t named = args.nameCount(), total = args.count + named;
  if (total == 0 || (total > 2 && args.count == 0)) return fail(TypeErrorType, "enumerate() missing required argument 'iterable'");
  if (total > 2)
    return fail(TypeErrorType, "enumerate() takes at most 2 arguments (%zd given)", static_cast<int64_t>(total));
  Value* const names = named ? asTuple(args.names)->items : nullptr;
  // Only where both have names may the second come first.
  const bool turned = named == 2 && strEqual(names[0], "start");
  const char* const wanted[] = {turned ? "start" : "iterable", turned ? "iterable" : "start"};
  Value* const places[] = {turned ? start : iterable, turned ? iterable : start};
  for (size_t i = 0; i < total; ++i) {
    if (i >= args.count && !strEqual(names[i - args.count], wanted[i]))
      return fail(TypeErrorType, "'%U' is an invalid keyword argument for enumerate()", names[i - args.count]);
    *places[i] = args[i];
  }
  return 0;
}
static Value enumerateConstruct(Type* t, const Args& args) {
  Value iterable, start;
  Ref holder[2];
  if (args.count == 1 && !args.names) iterable = args[0];
  else if (t != &enumerateType) {
    Value both[2];
    if (bindArguments("enumerate", "(iterable, start=0)", args, both, 2, holder) < 0) return Value();
    iterable = both[0];
    start = both[1];
  } else if (enumerateArguments(args, &iterable, &start) < 0) return Value();
  Ref first(start ? index(start) : newInt(0));
  Ref it(first ? iterate(iterable) : Value());
  if (!it) return Value();
  Value v = t == &enumerateType ? Value(&newObjectOf<EnumerateObject>(enumerateType)->header) : allocateOf(t, 0);
  if (!v) return v;
  asEnumerate(v)->iterator = it.release();
  asEnumerate(v)->index = first.release();
  asEnumerate(v)->held[0] = kHoldsNothing;
  gcTrack(v.object());
  return v;
}
/// Owned index and item; false: there is none, or an error.
static bool enumerateStep(EnumerateObject* e, Value* pair) {
  const Value item = stepThrough(e->iterator);
  if (!item) return false;
  Value index = e->index;
  int64_t following;
  if (index.isSmallInt() && !__builtin_add_overflow(index.smallInt(), 1, &following)) {
    e->index = newInt(following);
  } else {
    Value more = intAdd(index, Value::ofSmallInt(1));
    if (!more) {
      decref(item);
      return false;
    }
    e->index = more;
  }
  pair[0] = index;
  pair[1] = item;
  return true;
}
static Value enumerateNext(Value v) {
  Value pair[2];
  if (!enumerateStep(asEnumerate(v), pair)) return Value();
  return nextPair(asEnumerate(v)->result, asEnumerate(v)->held, pair[0], pair[1]);
}
int32_t enumeratePair(Value v, Value* out) {
  EnumerateObject* e = asEnumerate(v);
  if (!enumerateStep(e, out)) return endOfSteps();
  if (e->result) return joinPair(e->result, out);
  hold(e->result, e->held[0], out[1]); // the count is a number
  return 2;
}
int64_t enumerateMany(Value v, Value* out, int64_t room) {
  EnumerateObject* e = asEnumerate(v);
  // Somebody holds the first pair, so that the others are new.
  if (!e->result || isReusable(e->result) || krt_numbers_are_objects) return 0;
  if (!e->index.isSmallInt() || e->index.smallInt() > Value::kSmallMax - room) return 0;
  return makeMany(e->iterator, out, room, [e](Value item) {
    const Value index = e->index; // a collection may step it meanwhile
    e->index = Value::ofSmallInt(index.smallInt() + 1);
    return newPair(index, item);
  });
}
static Value enumerateReduce(Value v) {
  EnumerateObject* e = asEnumerate(v);
  Ref args(newTuple({e->iterator, e->index}));
  return args ? newTuple({asValue(typeOf(v)), args}) : Value();
}
static constexpr MethodDef enumerateMethods[] = {
    {"__reduce__", enumerateReduce, "($self, /)", kMethodUnsigned},
    {"__class_getitem__", newGenericAlias, nullptr, kMethodClass},
    {},
};
constinit Type enumerateType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "enumerate",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnGetAttr | kTypeMadeFlat,
    .instanceLayout = {.type = &enumerateType, .size = sizeof(EnumerateObject), .flags = kLayoutGc},
    .dealloc = enumerateDealloc,
    .traverse = enumerateTraverse,
    .iter = self,
    .next = enumerateNext,
    .construct = enumerateConstruct,
    .make = [](Value a) { return enumerateConstruct(&enumerateType, {&a, a ? size_t{1} : 0, {}}); },
    .methods = enumerateMethods,
    .doc = "Pairs of a count, from start, and the items of an iterable.",
    .constructorSignature = "(iterable, start=0)",
};

// ---- reversed ---------------------------------------------------------------

namespace {
struct ReversedObject { Object header; Value sequence; int64_t index; };
ReversedObject* asReversed(Value v) { return v.as<ReversedObject>(); }
/// What does not change, and whose items are at hand.
bool isTextOrTuple(Value v) { return isExactStr(v) || isExactTuple(v); }
/// An item of one, owned. Null: MemoryError.
Value itemAt(Value sequence, int64_t i) {
  if (isExactTuple(sequence)) return newRef(asTuple(sequence)->items[i]);
  const StrObject* s = asStr(sequence);
  return s->kind == 1 ? latin1Char(s->data()[i]) : newStrFromChar(s->at(i));
}
} // namespace

static void reversedDealloc(Object* o) {
  gcUntrack(o);
  xdecref(reinterpret_cast<ReversedObject*>(o)->sequence);
  freeObject(o);
}
static int reversedTraverse(Object* o, Visit visit, void* context) {
  return visit(reinterpret_cast<ReversedObject*>(o)->sequence, context);
}
static Value reversedConstruct(Type* t, const Args& args) {
  if (rejectsKeywords(t, reversedType) && checkNoKeywords("reversed", args) < 0) return Value();
  if (checkPositional("reversed", args.positional(), 1, 1) < 0) return Value();
  Value sequence = args[0];
  if (isExactList(sequence)) return listReversed(sequence);
  if (!isTextOrTuple(sequence)) {
    const Value method = typeLookup(readyTypeOf(sequence), NAME(__reversed__));
    if (method && !isNone(method)) return callUnbound(method, sequence, nullptr, 0);
    if (method || !isSequence(sequence))
      return raise(TypeErrorType, "'%.200s' object is not reversible", typeOf(sequence)->name);
  }
  int64_t n = length(sequence);
  if (n < 0) return Value();
  Value v = allocateOf(t, 0);
  if (!v) return v;
  asReversed(v)->sequence = newRef(sequence);
  asReversed(v)->index = n - 1;
  gcTrack(v.object());
  return v;
}
static Value reversedNext(Value v) {
  ReversedObject* r = asReversed(v);
  if (r->index >= 0 && isTextOrTuple(r->sequence)) {
    const Value item = itemAt(r->sequence, r->index);
    r->index -= static_cast<bool>(item);
    return item;
  }
  if (r->index >= 0) {
    Ref held = Ref::share(r->sequence);
    if (Value item = sequenceItem(held, r->index)) {
      --r->index;
      return item;
    }
    if (errorMatches(IndexErrorType) || errorMatches(StopIterationType)) errorClear();
  }
  r->index = -1;
  clear(r->sequence);
  return Value();
}
int64_t reversedMany(Value v, Value* out, int64_t room) {
  ReversedObject* r = asReversed(v);
  if (r->index < 0 || !isTextOrTuple(r->sequence)) return 0;
  int64_t n = 0;
  for (; n < room && r->index >= 0; ++n, --r->index) {
    out[n] = itemAt(r->sequence, r->index);
    if (!out[n]) [[unlikely]] return dropMany(out, n, nullptr, 0);
  }
  return n;
}
static Value reversedHint(Value v) {
  ReversedObject* r = asReversed(v);
  if (!r->sequence) return newInt(0);
  int64_t n = length(r->sequence);
  if (n < 0) return Value();
  return newInt(n < r->index + 1 ? 0 : r->index + 1);
}
static Value reversedReduce(Value v) {
  ReversedObject* r = asReversed(v);
  Ref args(newTuple({r->sequence ? r->sequence : emptyTuple()}));
  if (!args) return Value();
  if (!r->sequence) return newTuple({asValue(typeOf(v)), args});
  Ref index(newInt(r->index));
  return newTuple({asValue(typeOf(v)), args, index});
}
static Value reversedSetState(Value v, Value state) {
  int64_t i = iteratorState(state);
  if (i == -1 && errorSet()) return Value();
  ReversedObject* r = asReversed(v);
  if (!r->sequence) return none();
  int64_t n = length(r->sequence);
  if (n < 0) return Value();
  r->index = i < -1 ? -1 : i > n - 1 ? n - 1 : i;
  return none();
}
static constexpr MethodDef reversedMethods[] = {
    {"__length_hint__", reversedHint},
    {"__reduce__", reversedReduce, "($self, /)", kMethodUnsigned},
    {"__setstate__", reversedSetState},
    {},
};
constinit Type reversedType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "reversed",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnGetAttr | kTypeMadeFlat,
    .instanceLayout = {.type = &reversedType, .size = sizeof(ReversedObject), .flags = kLayoutGc},
    .dealloc = reversedDealloc,
    .traverse = reversedTraverse,
    .iter = self,
    .next = reversedNext,
    .construct = reversedConstruct,
    .make = [](Value a) { return reversedConstruct(&reversedType, {&a, a ? size_t{1} : 0, {}}); },
    .methods = reversedMethods,
    .doc = "The items of a sequence from the last to the first.",
    .constructorSignature = "(sequence, /)",
};

} // namespace krait
