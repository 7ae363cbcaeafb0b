// compress, dropwhile, takewhile, filterfalse, starmap, islice, pairwise.
#include <algorithm>

#include "runtime/modules/itertools.h"
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slow_calls.h"
#include "runtime/types/int.h"
#include "runtime/types/result_tuple.h"
#include "runtime/types/sequence.h"
#include "runtime/types/stepping.h"

namespace krait::itertools {

// ---- a function and an iterator ---------------------------------------------

namespace {
struct Filtering { Object header; Value function, iterator; int64_t state; };
Filtering* asFiltering(Value v) { return v.as<Filtering>(); }

Value filteringConstruct(Type* t, const Args& args) {
  const Type* builtin = t;
  while (builtin->flags & kTypeHeap) builtin = builtin->base;
  const char* name = __builtin_strchr(builtin->name, '.');
  name = name ? name + 1 : builtin->name;
  if (rejectsKeywords(t, *builtin) && checkNoKeywords(name, args) < 0) return Value();
  if (checkPositional(name, args.positional(), 2, 2) < 0) return Value();
  Ref it(iterate(args[1]));
  Filtering* f = it ? allocateOf<Filtering>(t) : nullptr;
  if (!f) return Value();
  f->function = newRef(args[0]);
  f->iterator = it.release();
  gcTrack(&f->header);
  return Value(&f->header);
}
int32_t test(Value function, Value item) {
  Ref answer(callKept(function, item));
  return answer ? isTrue(answer) : -1;
}

Value dropwhileNext(Value v) {
  Filtering* f = asFiltering(v);
  for (;;) {
    Ref item(stepThrough(f->iterator));
    if (!item || f->state) return item.release();
    int32_t drop = test(f->function, item);
    if (drop < 0) return Value();
    if (!drop) {
      f->state = 1;
      return item.release();
    }
  }
}
Value takewhileNext(Value v) {
  Filtering* f = asFiltering(v);
  if (f->state) return Value();
  Ref item(stepThrough(f->iterator));
  if (!item) return Value();
  int32_t take = test(f->function, item);
  if (take > 0) return item.release();
  item.reset(); // which may still take one
  if (take == 0) f->state = 1;
  return Value();
}
Value filterfalseNext(Value v) {
  Filtering* f = asFiltering(v);
  bool plain = isNone(f->function) || f->function == asValue(&boolType);
  for (;;) {
    Ref item(stepThrough(f->iterator));
    if (!item) return Value();
    int32_t good = plain ? isTrue(item) : test(f->function, item);
    if (good < 0) return Value();
    if (!good) return item.release();
  }
}
Value starmapNext(Value v) {
  Filtering* f = asFiltering(v);
  Ref item(stepThrough(f->iterator));
  if (item && isExactTuple(item)) {
    const TupleObject* t = asTuple(item);
    if (t->size == 2) return krt_call2(f->function, newRef(t->items[0]), newRef(t->items[1]));
    if (t->size == 1) return krt_call1(f->function, newRef(t->items[0]));
    if (t->size == 3) return krt_call3(f->function, newRef(t->items[0]), newRef(t->items[1]), newRef(t->items[2]));
  }
  Ref args(item ? toTuple(item) : Value());
  return args ? callTupleDict(f->function, args, Value()) : Value();
}

Value stateReduce(Value v) {
  Filtering* f = asFiltering(v);
  return reduction(v, {f->function, f->iterator}, Ref(newInt(f->state)));
}
Value plainReduce(Value v) { return reduction(v, {asFiltering(v)->function, asFiltering(v)->iterator}); }
Value setState(Value v, Value state) {
  int32_t r = isTrue(state);
  if (r < 0) return Value();
  asFiltering(v)->state = r;
  return none();
}
constexpr MethodDef stateMethods[] = {
    {"__reduce__", stateReduce, "($self, /)", kMethodUnsigned}, {"__setstate__", setState, "($self, state, /)", kMethodUnsigned}, {}};
constexpr MethodDef plainMethods[] = {{"__reduce__", plainReduce, "($self, /)", kMethodUnsigned}, {}};
} // namespace

constinit Type dropwhileType = iteratorTypeOf<Filtering, 2>(dropwhileType, "itertools.dropwhile", dropwhileNext,
                                                            stateMethods, kTypeBaseType, filteringConstruct, "(predicate, iterable, /)");
constinit Type takewhileType = iteratorTypeOf<Filtering, 2>(takewhileType, "itertools.takewhile", takewhileNext,
                                                            stateMethods, kTypeBaseType, filteringConstruct, "(predicate, iterable, /)");
constinit Type filterfalseType = iteratorTypeOf<Filtering, 2>(
    filterfalseType, "itertools.filterfalse", filterfalseNext, plainMethods, kTypeBaseType, filteringConstruct, "(function, iterable, /)");
constinit Type starmapType = iteratorTypeOf<Filtering, 2>(starmapType, "itertools.starmap", starmapNext, plainMethods,
                                                          kTypeBaseType, filteringConstruct, "(function, iterable, /)");

// ---- compress ---------------------------------------------------------------

namespace {
struct Compress { Object header; Value data, selectors; };

Value compressConstruct(Type* t, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments("compress", "(data, selectors)", args, argv, 2, holder) < 0) return Value();
  Ref data(iterate(argv[0])), selectors(data ? iterate(argv[1]) : Value());
  Compress* c = selectors ? allocateOf<Compress>(t) : nullptr;
  if (!c) return Value();
  c->data = data.release();
  c->selectors = selectors.release();
  gcTrack(&c->header);
  return Value(&c->header);
}
Value compressNext(Value v) {
  auto* c = v.as<Compress>();
  for (;;) {
    Ref item(stepThrough(c->data));
    Ref selector(item ? stepThrough(c->selectors) : Value());
    if (!selector) return Value();
    const int32_t r = selector.get().isSmallInt() ? selector.get().smallInt() != 0 : isTrue(selector);
    if (r < 0) return Value();
    if (r) return item.release();
  }
}
Value compressReduce(Value v) { return reduction(v, {v.as<Compress>()->data, v.as<Compress>()->selectors}); }
constexpr MethodDef compressMethods[] = {{"__reduce__", compressReduce, "($self, /)", kMethodUnsigned}, {}};
} // namespace

constinit Type compressType = iteratorTypeOf<Compress, 2>(compressType, "itertools.compress", compressNext,
                                                          compressMethods, kTypeBaseType, compressConstruct, "(data, selectors)");

// ---- islice -----------------------------------------------------------------

namespace {
struct Islice { Object header; Value iterator; int64_t following, stop, step, count; }; // stop -1: none
Islice* asIslice(Value v) { return v.as<Islice>(); }

/// None or an int 0 <= x <= sys.maxsize.
int32_t bound(Value v, int64_t* out, const char* message) {
  if (isNone(v)) return 0;
  int64_t i = toIndex(v, &OverflowErrorType);
  if (i < 0) {
    errorClear();
    return fail(ValueErrorType, "%s", message);
  }
  *out = i;
  return 0;
}
Value isliceConstruct(Type* t, const Args& args) {
  if (rejectsKeywords(t, isliceType) && checkNoKeywords("islice", args) < 0) return Value();
  if (checkPositional("islice", args.positional(), 2, 4) < 0) return Value();
  int64_t start = 0, stop = -1, step = 1;
  constexpr const char* kStop = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
  constexpr const char* kIndex = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
  if (args.count == 2) {
    if (bound(args[1], &stop, kStop) < 0) return Value();
  } else {
    if (bound(args[2], &stop, kStop) < 0 || bound(args[1], &start, kIndex) < 0) return Value();
  }
  if (args.count == 4 && !isNone(args[3])) {
    step = toIndex(args[3], &OverflowErrorType);
    if (step < 1) {
      errorClear();
      return raise(ValueErrorType, "Step for islice() must be a positive integer or None.");
    }
  }
  Ref it(iterate(args[0]));
  Islice* s = it ? allocateOf<Islice>(t) : nullptr;
  if (!s) return Value();
  s->iterator = it.release();
  s->following = start;
  s->stop = stop;
  s->step = step;
  gcTrack(&s->header);
  return Value(&s->header);
}
/// One more item was taken: where the following one is.
inline void isliceTaken(Islice* s) {
  ++s->count;
  const int64_t old = s->following;
  if (__builtin_add_overflow(old, s->step, &s->following) || (s->stop != -1 && s->following > s->stop))
    s->following = s->stop == -1 ? INT64_MAX : s->stop;
}
/// The item of an iterator that does not step at once, where that is the following one.
[[gnu::noinline]] Value isliceStep(Islice* s) {
  Ref iterator = Ref::share(s->iterator); // a step may end the slice meanwhile
  const Value item = stepHeld(iterator);
  if (item) [[likely]] isliceTaken(s);
  else clear(s->iterator);
  return item;
}
/// Passes over items that their container goes on holding: nobody sees them come and go.
void isliceSkip(Islice* s, Value iterator) {
  const bool inList = isExact(iterator, listIteratorType);
  if (!inList && !isExact(iterator, tupleIteratorType)) return;
  const Value container = inList ? iterator.as<ListIterator>()->list : iterator.as<TupleIterator>()->tuple;
  if (!container) return;
  int64_t& index = inList ? iterator.as<ListIterator>()->index : iterator.as<TupleIterator>()->index;
  const int64_t n = std::min(s->following - s->count, (inList ? asList(container)->size : asTuple(container)->size) - index);
  if (n <= 0) return;
  index += n;
  s->count += n;
}
[[gnu::noinline]] Value isliceAnyhow(Islice* s) {
  Ref iterator = Ref::share(s->iterator); // a step or a death may end the slice meanwhile
  isliceSkip(s, iterator);
  while (s->count < s->following) {
    Value skipped = stepThrough(iterator);
    if (!skipped) {
      clear(s->iterator);
      return Value();
    }
    decref(skipped); // which may take an item that then counts
    ++s->count;
  }
  Value item = s->stop != -1 && s->count >= s->stop ? Value() : stepThrough(iterator);
  if (!item) {
    clear(s->iterator);
    return Value();
  }
  isliceTaken(s);
  return item;
}
Value isliceNext(Value v) {
  Islice* s = asIslice(v);
  if (!s->iterator) return Value();
  if (s->count >= s->following && (s->stop == -1 || s->count < s->stop)) {
    if (const Value item = stepAtOnce(s->iterator)) [[likely]] {
      isliceTaken(s);
      return item;
    }
    return isliceStep(s);
  }
  return isliceAnyhow(s);
}
/// The same of a list or tuple, of which some are passed over.
int64_t isliceSome(Islice* s, Value* out, int64_t room) {
  const Value iterator = s->iterator;
  if (!isExact(iterator, listIteratorType) && !isExact(iterator, tupleIteratorType)) return 0;
  int64_t n = 0;
  for (; n < room; ++n) {
    isliceSkip(s, iterator);
    if (s->count < s->following || (s->stop != -1 && s->count >= s->stop)) break;
    out[n] = stepAtOnce(iterator);
    if (!out[n]) break;
    isliceTaken(s);
  }
  return n;
}
int64_t isliceMany(Value v, Value* out, int64_t room) {
  Islice* s = asIslice(v);
  if (!s->iterator) return 0;
  if (s->step != 1 || s->count != s->following) return isliceSome(s, out, room);
  if (s->stop != -1) room = std::min(room, s->stop - s->count);
  if (room <= 0) return 0;
  Ref iterator = Ref::share(s->iterator); // a collection may end the slice meanwhile
  const int64_t n = takeMany(iterator, out, room);
  if (n > 0) s->following = s->count += n;
  return n;
}
Value isliceReduce(Value v) {
  Islice* s = asIslice(v);
  if (!s->iterator) {
    Ref it(iterate(emptyTuple()));
    return reduction(v, {it, Value::ofSmallInt(0)}, Value::ofSmallInt(0));
  }
  Ref start(newInt(s->following)), stop(s->stop == -1 ? none() : newInt(s->stop)), step(newInt(s->step)),
      count(newInt(s->count));
  return reduction(v, {s->iterator, start, stop, step}, count);
}
Value isliceSetState(Value v, Value state) {
  int64_t count = toIndex(state, &OverflowErrorType);
  if (count == -1 && errorSet()) return Value();
  asIslice(v)->count = count;
  return none();
}
constexpr MethodDef isliceMethods[] = {
    {"__reduce__", isliceReduce, "($self, /)", kMethodUnsigned}, {"__setstate__", isliceSetState, "($self, state, /)", kMethodUnsigned}, {}};
} // namespace

constinit ManyStepsType isliceType = withManySteps(
    iteratorTypeOf<Islice, 1>(isliceType, "itertools.islice", isliceNext, isliceMethods, kTypeBaseType, isliceConstruct), isliceMany);

// ---- pairwise ---------------------------------------------------------------

namespace {
struct Pairwise { Object header; Value iterator, previous; };

Value pairwiseConstruct(Type* t, const Args& args) {
  if (rejectsKeywords(t, pairwiseType) && checkNoKeywords("pairwise", args) < 0) return Value();
  if (checkPositional("pairwise", args.positional(), 1, 1) < 0) return Value();
  Ref it(iterate(args[0]));
  Pairwise* p = it ? allocateOf<Pairwise>(t) : nullptr;
  if (!p) return Value();
  p->iterator = it.release();
  gcTrack(&p->header);
  return Value(&p->header);
}
/// The next two, owned, if there are as many.
bool pairwiseStep(Pairwise* p, Value* out) {
  if (!p->iterator) return false;
  Ref it = Ref::share(p->iterator);
  if (!p->previous) {
    Value first = stepThrough(it);
    if (!first) {
      clear(p->iterator);
      return false;
    }
    assign(p->previous, first);
  }
  Ref old = Ref::share(p->previous);
  Ref item(stepThrough(it));
  if (!item) {
    clear(p->iterator);
    clear(p->previous);
    return false;
  }
  assign(p->previous, newRef(item));
  out[0] = old.release();
  out[1] = item.release();
  return true;
}
Value pairwiseNext(Value v) {
  Value pair[2];
  return pairwiseStep(v.as<Pairwise>(), pair) ? newPair(pair[0], pair[1]) : Value();
}
int32_t pairwisePair(Value v, Value* out) { return pairwiseStep(v.as<Pairwise>(), out) ? 2 : errorSet() ? -1 : 0; }
int64_t pairwiseMany(Value v, Value* out, int64_t room) {
  auto* p = v.as<Pairwise>();
  if (!p->iterator || !p->previous) return 0;
  Ref iterator = Ref::share(p->iterator);
  return makeMany(iterator, out, room, [p](Value item) {
    const Value old = p->previous; // the pair has it now
    p->previous = newRef(item);
    return newPair(old ? old : none(), item);
  });
}
constexpr MethodDef noMethods[] = {{}};
} // namespace

constinit ManyStepsType pairwiseType = withManySteps(
    iteratorTypeOf<Pairwise, 2>(pairwiseType, "itertools.pairwise", pairwiseNext, noMethods, kTypeBaseType, pairwiseConstruct, "(iterable, /)"), pairwiseMany, pairwisePair);

} // namespace krait::itertools
