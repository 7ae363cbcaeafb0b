// chain, accumulate, zip_longest.
#include "runtime/modules/itertools.h"
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/result_tuple.h"
#include "runtime/types/sequence.h"
#include "runtime/types/stepping.h"

namespace krait::itertools {

Value reduction(Value self, std::initializer_list<Value> args, Value state) {
  Ref tuple(newTuple(args));
  if (!tuple) return Value();
  return state ? newTuple({asValue(typeOf(self)), tuple, state}) : newTuple({asValue(typeOf(self)), tuple});
}

// ---- chain ------------------------------------------------------------------

namespace {
struct Chain { Object header; Value active, source; }; // they die in this order
Chain* asChain(Value v) { return v.as<Chain>(); }

Value makeChain(Type* t, Value iterables) {
  Ref source(iterate(iterables));
  Chain* c = source ? allocateOf<Chain>(t) : nullptr;
  if (!c) return Value();
  c->source = source.release();
  gcTrack(&c->header);
  return Value(&c->header);
}
Value chainConstruct(Type* t, const Args& args) {
  if (rejectsKeywords(t, chainType) && checkNoKeywords("chain", args) < 0) return Value();
  Ref iterables(newTupleFrom(args.values, args.count));
  return iterables ? makeChain(t, iterables) : Value();
}
Value chainFromIterable(Value cls, Value iterables) { return makeChain(cls.as<Type>(), iterables); }
[[gnu::noinline]] Value chainAdvance(Chain* c) {
  for (;;) {
    if (!c->source) return Value();
    if (!c->active) {
      Ref source = Ref::share(c->source), iterable(next(source));
      Value it = iterable ? iterate(iterable) : Value();
      if (!it) {
        clear(c->source);
        return Value();
      }
      assign(c->active, it);
    }
    Ref active = Ref::share(c->active);
    const Value item = stepHeld(active); // mostly no list, tuple or range: those step before
    if (item || endOfSteps() < 0) return item;
    clear(c->active);
  }
}
/// The exact list that is the next item of an iterator over a list or tuple (borrowed; it is the last item then); else null.
Value takeNextList(Value source) {
  const bool inList = isExact(source, listIteratorType);
  if (!inList && !isExact(source, tupleIteratorType)) return Value();
  const Value container = inList ? source.as<ListIterator>()->list : source.as<TupleIterator>()->tuple;
  int64_t& index = inList ? source.as<ListIterator>()->index : source.as<TupleIterator>()->index;
  if (!container || index >= (inList ? asList(container)->size : asTuple(container)->size)) return Value();
  const Value item = (inList ? asList(container)->items : asTuple(container)->items)[index];
  if (!isExactList(item)) return Value();
  ++index;
  return item;
}
/// From the end of a list to the beginning of the next one, with the same iterator: nobody else has it, and no list dies.
[[gnu::always_inline]] inline bool goOnToNextList(Chain* c) {
  if (!c->active || !isExact(c->active, listIteratorType) || c->active.object()->refs != 1 || !c->source) return false;
  auto* it = c->active.as<ListIterator>();
  if (!it->list || it->list.object()->refs == 1 || it->index < asList(it->list)->size) return false;
  const Value following = takeNextList(c->source);
  if (!following) return false;
  assign(it->list, newRef(following));
  it->index = 0;
  return true;
}
[[gnu::noinline]] Value chainOn(Chain* c) {
  while (goOnToNextList(c))
    if (const Value item = stepAtOnce(c->active)) return item;
  return chainAdvance(c);
}
/// The same where the items come out of a chain of chains; only the innermost one moves.
[[gnu::noinline]] Value chainWithin(Chain* c) {
  const Chain* innermost = c;
  while (innermost->active && isExact(innermost->active, chainType)) innermost = asChain(innermost->active);
  const Value item = innermost->active ? stepAtOnce(innermost->active) : Value();
  return item ? item : chainOn(c);
}
Value chainNext(Value v) {
  Chain* c = asChain(v);
  if (c->active) [[likely]] {
    if (const Value item = stepAtOnce(c->active)) return item;
    if (isExact(c->active, chainType)) return chainWithin(c);
  }
  return chainOn(c);
}
int64_t chainMany(Value v, Value* out, int64_t room) {
  Chain* c = asChain(v);
  int64_t n = 0;
  do {
    if (!c->active) return n;
    Ref active = Ref::share(c->active); // a collection may end it meanwhile
    const int64_t more = takeMany(active, out + n, room - n);
    if (more < 0) return dropMany(out, n, nullptr, 0);
    n += more;
  } while (n < room && goOnToNextList(c));
  return n;
}
Value chainReduce(Value v) {
  Chain* c = asChain(v);
  if (!c->source) return reduction(v, {});
  Ref state(c->active ? newTuple({c->source, c->active}) : newTuple({c->source}));
  return reduction(v, {}, state);
}
Value chainSetState(Value v, Value state) {
  if (!isTuple(state)) return raise(TypeErrorType, "state is not a tuple");
  int64_t n = asTuple(state)->size;
  if (n < 1 || n > 2)
    return raise(TypeErrorType, "function takes %s %d argument%s (%zd given)", n < 1 ? "at least" : "at most",
                 n < 1 ? 1 : 2, n < 1 ? "" : "s", n);
  for (int64_t i = 0; i < n; ++i)
    if (!isIterator(asTuple(state)->items[i])) return raise(TypeErrorType, "Arguments must be iterators.");
  assign(asChain(v)->source, newRef(asTuple(state)->items[0]));
  assign(asChain(v)->active, n == 2 ? newRef(asTuple(state)->items[1]) : Value());
  return none();
}
constexpr MethodDef chainMethods[] = {
    {"from_iterable", chainFromIterable, "($type, iterable, /)", kMethodClass},
    {"__reduce__", chainReduce, "($self, /)", kMethodUnsigned},
    {"__setstate__", chainSetState, "($self, state, /)", kMethodUnsigned},
    {"__class_getitem__", newGenericAlias, nullptr, kMethodClass},
    {},
};
} // namespace

Value newChain(Value a, Value b) {
  Ref both(newTuple({a, b}));
  return both ? makeChain(&chainType, both) : Value();
}

constinit ManyStepsType chainType = withManySteps(
    iteratorTypeOf<Chain, 2>(chainType, "itertools.chain", chainNext, chainMethods, kTypeBaseType, chainConstruct), chainMany);

// ---- accumulate -------------------------------------------------------------

namespace {
struct Accumulate { Object header; Value function, total, iterator, initial; }; // null where absent; they die in this order
Accumulate* asAccumulate(Value v) { return v.as<Accumulate>(); }

Value accumulateConstruct(Type* t, const Args& args) {
  Value argv[3];
  Ref holder[2];
  if (bindArguments("accumulate", "(iterable, func=None, *, initial=None)", args, argv, 3, holder) < 0) return Value();
  Ref it(iterate(argv[0]));
  Accumulate* a = it ? allocateOf<Accumulate>(t) : nullptr;
  if (!a) return Value();
  a->iterator = it.release();
  if (argv[1] && !isNone(argv[1])) a->function = newRef(argv[1]);
  if (argv[2] && !isNone(argv[2])) a->initial = newRef(argv[2]);
  gcTrack(&a->header);
  return Value(&a->header);
}
Value accumulateNext(Value v) {
  Accumulate* a = asAccumulate(v);
  if (a->initial) {
    Ref initial(a->initial);
    a->initial = Value();
    assign(a->total, newRef(initial));
    return initial.release();
  }
  Ref item(stepThrough(a->iterator));
  if (!item) return Value();
  if (int64_t sum; !a->function && a->total.bits & item.get().bits & Value::kIntTag && !__builtin_add_overflow(a->total.smallInt(), item.get().smallInt(), &sum)) {
    a->total = newInt(sum);
    return newRef(a->total);
  }
  if (!a->total) {
    a->total = newRef(item);
    return item.release();
  }
  Ref before = Ref::share(a->total); // whom this runs may ask for more
  Ref total(a->function ? call(a->function, {before, item}) : krt_add(before, item));
  before.reset();
  item.reset();
  if (!total) return Value();
  assign(a->total, newRef(total));
  return total.release();
}
Value accumulateReduce(Value v) {
  Accumulate* a = asAccumulate(v);
  Value function = a->function ? a->function : none();
  if (a->initial) {
    Ref first(newTuple({a->initial}));
    Ref chained(newChain(first, a->iterator));
    return chained ? reduction(v, {chained, function}, none()) : Value();
  }
  if (a->total && isNone(a->total)) {
    // None as state would mean "no total": restart behind a None.
    Ref first(newTuple({none()}));
    Ref chained(newChain(first, a->iterator));
    Ref inner(chained ? call(asValue(typeOf(v)), {chained, function}) : Value());
    Ref args(inner ? newTuple({inner, Value::ofSmallInt(1), none()}) : Value());
    return args ? newTuple({asValue(&isliceType), args}) : Value();
  }
  return reduction(v, {a->iterator, function}, a->total ? a->total : none());
}
Value accumulateSetState(Value v, Value state) {
  assign(asAccumulate(v)->total, isNone(state) ? Value() : newRef(state));
  return none();
}
constexpr MethodDef accumulateMethods[] = {
    {"__reduce__", accumulateReduce, "($self, /)", kMethodUnsigned}, {"__setstate__", accumulateSetState, "($self, state, /)", kMethodUnsigned}, {}};
} // namespace

constinit Type accumulateType = iteratorTypeOf<Accumulate, 4>(accumulateType, "itertools.accumulate", accumulateNext,
                                                              accumulateMethods, kTypeBaseType, accumulateConstruct, "(iterable, func=None, *, initial=None)");

// ---- zip_longest ------------------------------------------------------------

namespace {
struct ZipLongest { Object header; Value iterators, kept, fill; int64_t active; }; // list; ended iterators are None
ZipLongest* asZip(Value v) { return v.as<ZipLongest>(); }

Value zipLongestConstruct(Type* t, const Args& args) {
  Value fill = none();
  for (size_t i = 0; i < args.nameCount(); ++i) {
    if (!strEqual(asTuple(args.names)->items[i], "fillvalue"))
      return raise(TypeErrorType, "zip_longest() got an unexpected keyword argument");
    fill = args[args.count + i];
  }
  Ref iterators(newList(0));
  for (size_t i = 0; i < args.count; ++i) {
    Ref it(iterate(args[i]));
    if (!it || listAppend(iterators, it) < 0) return Value();
  }
  ZipLongest* z = allocateOf<ZipLongest>(t);
  if (!z) return Value();
  z->iterators = iterators.release();
  z->fill = newRef(fill);
  z->active = static_cast<int64_t>(args.count);
  gcTrack(&z->header);
  return Value(&z->header);
}
/// The next item of the iterator at `i`, or what fills in for it (owned); null: all have ended, or an error.
inline Value zipLongestItem(ZipLongest* z, int64_t i) {
  Value it = asList(z->iterators)->items[i];
  if (isNone(it)) return newRef(z->fill);
  if (Value item = stepOf(it)) return item;
  if (errorSet()) return z->active = 0, Value();
  if (--z->active == 0) return Value();
  assign(asList(z->iterators)->items[i], none());
  return newRef(z->fill);
}
Value zipLongestNext(Value v) {
  ZipLongest* z = asZip(v);
  const int64_t n = asList(z->iterators)->size;
  if (n == 0 || z->active == 0) return Value();
  if (isReusable(z->kept)) return refillTuple(z->kept, [z](int64_t i) { return zipLongestItem(z, i); });
  if (n == 2) {
    Ref first(zipLongestItem(z, 0));
    Value second = first ? zipLongestItem(z, 1) : Value();
    return second ? reusePair(z->kept, first.release(), second) : Value();
  }
  Ref result(newTuple(n));
  if (!result) return Value();
  gcUntrack(result.get().object()); // nobody finds it half full
  for (int64_t i = 0; i < n; ++i) {
    Value item = zipLongestItem(z, i);
    if (!item) return Value();
    asTuple(result)->items[i] = item;
  }
  gcTrack(result.get().object());
  if (!z->kept) z->kept = newRef(result);
  return result.release();
}
Value zipLongestReduce(Value v) {
  ZipLongest* z = asZip(v);
  int64_t n = asList(z->iterators)->size;
  Ref args(newTuple(n));
  for (int64_t i = 0; i < n; ++i) {
    Value it = asList(z->iterators)->items[i];
    asTuple(args)->items[i] = isNone(it) ? emptyTuple() : newRef(it);
  }
  return newTuple({asValue(typeOf(v)), args, z->fill});
}
Value zipLongestSetState(Value v, Value state) {
  assign(asZip(v)->fill, newRef(state));
  return none();
}
constexpr MethodDef zipLongestMethods[] = {
    {"__reduce__", zipLongestReduce, "($self, /)", kMethodUnsigned}, {"__setstate__", zipLongestSetState, "($self, state, /)", kMethodUnsigned}, {}};
} // namespace

constinit Type zipLongestType = iteratorTypeOf<ZipLongest, 3>(zipLongestType, "itertools.zip_longest", zipLongestNext,
                                                              zipLongestMethods, kTypeBaseType, zipLongestConstruct);

} // namespace krait::itertools
