// count, cycle, repeat.
#include "runtime/modules/itertools.h"
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/object/type_name.h"
#include "runtime/types/arguments.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/stepping.h"

namespace krait::itertools {

// ---- count ------------------------------------------------------------------

namespace {
struct Count { Object header; Value current, step; };
Count* asCount(Value v) { return v.as<Count>(); }

bool isNumber(Value v) {
  const NumberSlots* n = readyTypeOf(v)->number;
  return isInt(v) || isFloat(v) || (n && (n->index || n->toInt || n->toFloat)) || isInstanceOf(v, complexType);
}
Value countConstruct(Type* t, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments("count", "(start=0, step=1)", args, argv, 2, holder) < 0) return Value();
  if ((argv[0] && !isNumber(argv[0])) || (argv[1] && !isNumber(argv[1])))
    return raise(TypeErrorType, "a number is required");
  Count* c = allocateOf<Count>(t);
  if (!c) return Value();
  const bool counts = argv[0] && argv[0].isPointer() && isInt(argv[0]) && (!argv[1] || argv[1] == Value::ofSmallInt(1)); // True counts from 1
  c->current = !argv[0] ? newInt(0) : counts ? index(argv[0]) : newRef(argv[0]);
  c->step = argv[1] ? newRef(argv[1]) : newInt(1);
  gcTrack(&c->header);
  return Value(&c->header);
}
Value countNext(Value v) {
  Count* c = asCount(v);
  if (int64_t sum; c->current.bits & c->step.bits & Value::kIntTag && !__builtin_add_overflow(c->current.smallInt(), c->step.smallInt(), &sum)) {
    Value result = c->current;
    c->current = newInt(sum);
    return result;
  }
  Value following = krt_add(c->current, c->step);
  if (!following) return Value();
  Value result = c->current;
  c->current = following;
  return result;
}
int64_t countMany(Value v, Value* out, int64_t room) {
  Count* c = asCount(v);
  int64_t n = 0;
  for (int64_t sum; n < room && c->current.bits & c->step.bits & Value::kIntTag; ++n) {
    if (__builtin_add_overflow(c->current.smallInt(), c->step.smallInt(), &sum)) break;
    out[n] = c->current;
    c->current = newInt(sum);
  }
  return n;
}
bool stepIsOne(Count* c) { return isInt(c->step) && intCompare(c->step, Value::ofSmallInt(1)) == 0; }
Value countRepr(Value v) {
  Count* c = asCount(v);
  if (stepIsOne(c)) return formatText("%s(%R)", shortName(typeOf(v)), c->current);
  return formatText("%s(%R, %R)", shortName(typeOf(v)), c->current, c->step);
}
Value countReduce(Value v) {
  Count* c = asCount(v);
  return stepIsOne(c) ? reduction(v, {c->current}) : reduction(v, {c->current, c->step});
}
constexpr MethodDef countMethods[] = {{"__reduce__", countReduce, "($self, /)", kMethodUnsigned}, {}};
} // namespace

static constexpr ManyStepsType makeCountType() {
  Type t = iteratorTypeOf<Count, 2>(countType, "itertools.count", countNext, countMethods, kTypeBaseType, countConstruct, "(start=0, step=1)");
  t.repr = countRepr;
  return withManySteps(t, countMany);
}
constinit ManyStepsType countType = makeCountType();

// ---- cycle ------------------------------------------------------------------

namespace {
struct Cycle { Object header; Value iterator, saved; int64_t index; bool firstPass; };
Cycle* asCycle(Value v) { return v.as<Cycle>(); }

Value cycleConstruct(Type* t, const Args& args) {
  if (rejectsKeywords(t, cycleType) && checkNoKeywords("cycle", args) < 0) return Value();
  if (checkPositional("cycle", args.positional(), 1, 1) < 0) return Value();
  Ref it(iterate(args[0]));
  Ref saved(it ? newList(0) : Value());
  Cycle* c = saved ? allocateOf<Cycle>(t) : nullptr;
  if (!c) return Value();
  c->iterator = it.release();
  c->saved = saved.release();
  gcTrack(&c->header);
  return Value(&c->header);
}
/// The first time through; null without an error at its end.
[[gnu::noinline]] Value cycleFirst(Cycle* c) {
  Ref iterator = Ref::share(c->iterator);
  Value item = stepOf(iterator);
  if (item) {
    if (!c->firstPass && listAppend(c->saved, item) < 0) {
      decref(item);
      return Value();
    }
    return item;
  }
  if (!errorSet()) clear(c->iterator);
  return Value();
}
Value cycleNext(Value v) {
  Cycle* c = asCycle(v);
  if (c->iterator) {
    Value item = cycleFirst(c);
    if (item || errorSet()) return item;
  }
  ListObject* saved = asList(c->saved);
  if (saved->size == 0) return Value();
  if (c->index >= saved->size) c->index = 0; // __setstate__ was given the list
  Value item = newRef(saved->items[c->index]);
  if (++c->index >= saved->size) c->index = 0;
  return item;
}
int64_t cycleMany(Value v, Value* out, int64_t room) {
  Cycle* c = asCycle(v);
  const ListObject* saved = asList(c->saved);
  if (c->iterator || c->index >= saved->size || saved->header.refs != 1) return 0; // a list that others have may grow with each item
  for (int64_t i = 0; i < room; ++i) {
    out[i] = newRef(saved->items[c->index]);
    if (++c->index >= saved->size) c->index = 0;
  }
  return room;
}
Value cycleReduce(Value v) {
  Cycle* c = asCycle(v);
  Ref it = Ref(xnewRef(c->iterator));
  if (!it) {
    it.reset(iterate(c->saved));
    if (it && c->index) {
      Ref index(newInt(c->index));
      Ref done(callMethod(it, NAME(__setstate__), {index}));
      if (!done) return Value();
    }
  }
  Ref first(boolean(!c->iterator || c->firstPass));
  Ref state(it ? newTuple({c->saved, first}) : Value());
  return state ? reduction(v, {it}, state) : Value();
}
Value cycleSetState(Value v, Value state) {
  if (!isTuple(state)) return raise(TypeErrorType, "state is not a tuple");
  if (asTuple(state)->size != 2 || !isList(asTuple(state)->items[0]))
    return raise(TypeErrorType, "argument 1 must be list, not %.50s",
                 asTuple(state)->size ? typeOf(asTuple(state)->items[0])->name : "nothing");
  int64_t first = toInt64(asTuple(state)->items[1]);
  if (first == -1 && errorSet()) return Value();
  Cycle* c = asCycle(v);
  assign(c->saved, newRef(asTuple(state)->items[0]));
  c->firstPass = first != 0;
  c->index = 0;
  return none();
}
constexpr MethodDef cycleMethods[] = {
    {"__reduce__", cycleReduce, "($self, /)", kMethodUnsigned}, {"__setstate__", cycleSetState, "($self, state, /)", kMethodUnsigned}, {}};
} // namespace

constinit ManyStepsType cycleType = withManySteps(
    iteratorTypeOf<Cycle, 2>(cycleType, "itertools.cycle", cycleNext, cycleMethods, kTypeBaseType, cycleConstruct, "(iterable, /)"), cycleMany);

// ---- repeat -----------------------------------------------------------------

namespace {
struct Repeat { Object header; Value item; int64_t left; }; // left -1: for ever
Repeat* asRepeat(Value v) { return v.as<Repeat>(); }

Value repeatConstruct(Type* t, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments("repeat", "(object, times=-1)", args, argv, 2, holder) < 0) return Value();
  int64_t left = -1;
  if (argv[1]) {
    left = toSize(argv[1]);
    if (left == -1 && errorSet()) return Value();
    if (left < 0) left = 0;
  }
  Repeat* r = allocateOf<Repeat>(t);
  if (!r) return Value();
  r->item = newRef(argv[0]);
  r->left = left;
  gcTrack(&r->header);
  return Value(&r->header);
}
Value repeatNext(Value v) {
  Repeat* r = asRepeat(v);
  if (r->left == 0) return Value();
  if (r->left > 0) --r->left;
  return newRef(r->item);
}
int64_t repeatMany(Value v, Value* out, int64_t room) {
  Repeat* r = asRepeat(v);
  const int64_t n = r->left < 0 || r->left > room ? room : r->left;
  if (r->left > 0) r->left -= n;
  for (int64_t i = 0; i < n; ++i) out[i] = newRef(r->item);
  return n;
}
Value repeatRepr(Value v) {
  Repeat* r = asRepeat(v);
  if (r->left < 0) return formatText("%s(%R)", shortName(typeOf(v)), r->item);
  return formatText("%s(%R, %zd)", shortName(typeOf(v)), r->item, r->left);
}
Value repeatHint(Value v) {
  if (asRepeat(v)->left < 0) return raise(TypeErrorType, "len() of unsized object");
  return newInt(asRepeat(v)->left);
}
Value repeatReduce(Value v) {
  Repeat* r = asRepeat(v);
  if (r->left < 0) return reduction(v, {r->item});
  Ref left(newInt(r->left));
  return reduction(v, {r->item, left});
}
constexpr MethodDef repeatMethods[] = {
    {"__length_hint__", repeatHint, "($self, /)", kMethodUnsigned}, {"__reduce__", repeatReduce, "($self, /)", kMethodUnsigned}, {}};
} // namespace

static constexpr ManyStepsType makeRepeatType() {
  Type t =
      iteratorTypeOf<Repeat, 1>(repeatType, "itertools.repeat", repeatNext, repeatMethods, kTypeBaseType, repeatConstruct);
  t.repr = repeatRepr;
  return withManySteps(t, repeatMany);
}
constinit ManyStepsType repeatType = makeRepeatType();

} // namespace krait::itertools
