// product, permutations, combinations, combinations_with_replacement: index
// vectors over pools of items, stepped in lexicographic order.
#include "runtime/modules/itertools.h"
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/int.h"
#include "runtime/types/result_tuple.h"
#include "runtime/types/sequence.h"

namespace krait::itertools {

namespace {

struct Combinatoric {
  Object header;
  Value pool;        // tuple of items; product: tuple of tuples
  Value result;      // the tuple that was handed out last, filled again when nobody else holds it; null before
  int64_t* indices;  // r of them; permutations: n
  int64_t* cycles;   // permutations: r of them
  Value* chosen;     // r of them, behind the indices in their block: what was handed out last, borrowed from the pools
  int64_t r;
  bool started, stopped;
  bool moved;        // __setstate__ has changed the indices since
  bool holds;        // chosen owns its items, in the place of a tuple that nobody has seen and that was not made: there is no result
};
Combinatoric* as(Value v) { return v.as<Combinatoric>(); }
int64_t poolSize(Combinatoric* c) { return asTuple(c->pool)->size; }

void combinatoricDealloc(Object* o) {
  auto* c = reinterpret_cast<Combinatoric*>(o);
  gcUntrack(o);
  xdecref(c->pool);
  xdecref(c->result);
  for (int64_t i = c->holds ? c->r : 0; i-- > 0;) decref(c->chosen[i]); // as a tuple dies
  deallocate(c->indices);
  deallocate(c->cycles);
  freeObject(o);
}
int combinatoricTraverse(Object* o, Visit visit, void* context) {
  auto* c = reinterpret_cast<Combinatoric*>(o);
  for (int64_t i = 0; c->holds && i < c->r; ++i)
    if (int r = visit(c->chosen[i], context)) return r;
  return traverseWords<2>(o, visit, context);
}
/// Room for `n` indices and, behind them, `more` items.
int64_t* newIndices(int64_t n, int64_t more = 0) {
  if (more > INT64_MAX / 16 || n > INT64_MAX / 16 - more) return raiseNoMemory(), nullptr;
  n += more;
  return static_cast<int64_t*>(allocateZeroed(static_cast<size_t>(n ? n : 1) * sizeof(int64_t)));
}

/// The last tuple, which nobody else holds, with what was chosen in it from `from` on.
[[gnu::noinline]] Value refilled(Combinatoric* c, int64_t from) {
  TupleObject* t = asTuple(c->result);
  Value result = newRef(c->result);
  gcTrack(&t->header); // one of plain items is not watched; these may need it
  for (int64_t i = from; i < t->size; ++i) {
    const Value old = t->items[i];
    t->items[i] = newRef(c->chosen[i]);
    decref(old); // lives on in its pool
  }
  t->hash = 0;
  return result;
}
/// Chooses itemAt(0 … r-1), which are borrowed; those below `from` are as in the last tuple. Where it begins to differ.
template <class ItemAt> [[gnu::always_inline]] inline int64_t choose(Combinatoric* c, int64_t from, ItemAt itemAt) {
  if (c->moved) [[unlikely]] {
    c->moved = false;
    from = 0;
  }
#pragma clang loop unroll(disable) vectorize(disable)
  for (int64_t i = from; i < c->r; ++i) c->chosen[i] = itemAt(i);
  return from;
}
/// The tuple of what was chosen, which is as the last one below `from`.
Value handOut(Combinatoric* c, int64_t from) {
  const Value last = c->result;
  if (isReusable(last)) [[unlikely]] return refilled(c, from);
  const Value made = newTupleFrom(c->chosen, static_cast<size_t>(c->r)); // at once: one of plain items is not watched
  if (!made) return made;
  c->result = newRef(made);
  xdecref(last);
  return made;
}
/// Makes the tuple that what was chosen stands for, where it does. False with MemoryError.
[[gnu::noinline]] bool makeHeld(Combinatoric* c) {
  const Value made = newTupleFrom(c->chosen, static_cast<size_t>(c->r));
  if (!made) return false;
  c->result = made;
  c->holds = false;
  for (int64_t i = 0; i < c->r; ++i) decref(c->chosen[i]); // the tuple has them
  return true;
}
/// A step: `advance` chooses what is next and says where it begins to differ from the last, or -1 at the end.
template <int64_t advance(Combinatoric*)> Value stepBy(Value v) {
  if (as(v)->holds && !makeHeld(as(v))) [[unlikely]] return Value();
  const int64_t from = advance(as(v));
  return from < 0 ? Value() : handOut(as(v), from);
}
/// The next pair, if it differs from the last one in its second item alone, which moves up in `pool`. Nothing runs.
[[gnu::always_inline]] inline bool nextSecond(Combinatoric* c, const TupleObject* pool, Value* out) {
  const int64_t index = c->indices[1] + 1;
  if (index >= pool->size || c->stopped || c->moved) return false;
  const Value next = pool->items[index], old = c->chosen[1];
  out[0] = newRef(c->chosen[0]);
  out[1] = newRef(next);
  c->indices[1] = index;
  c->chosen[1] = newRef(next);
  decref(old); // lives on in its pool
  return true;
}
/// A step of pairs that are taken apart at once: none is made until somebody wants one. `secondPool`: what the second items are of, or null,
/// if they do not move up in it.
template <int64_t advance(Combinatoric*), const TupleObject* secondPool(Combinatoric*) = nullptr> int32_t pairBy(Value v, Value* out) {
  Combinatoric* c = as(v);
  if constexpr (secondPool != nullptr)
    if (c->holds && nextSecond(c, secondPool(c), out)) [[likely]] return 2; // of pairs alone
  if (c->r != 2 || (c->started && !c->holds)) {
    out[0] = stepBy<advance>(v);
    return out[0] ? 1 : errorSet() ? -1 : 0;
  }
  const Value before[] = {c->chosen[0], c->chosen[1]};
  const bool held = c->holds;
  c->holds = false; // a collection at the end of a product finds these here
  const int64_t from = advance(c);
  if (from >= 0) [[likely]] {
    c->holds = true;
    for (int64_t i = 0; i < 2; ++i) {
      out[i] = newRef(c->chosen[i]);
      if (held && i < from) continue;
      incref(c->chosen[i]);
      if (held) decref(before[i]); // lives on in its pool
    }
    return 2;
  }
  if (held && c->result) { // as a product's end has it
    decref(before[0]);
    decref(before[1]);
  } else if (held) {
    c->chosen[0] = before[0];
    c->chosen[1] = before[1];
    c->holds = true;
  }
  return errorSet() ? -1 : 0;
}
/// Several, of which the last one is remembered as any would be.
template <int64_t advance(Combinatoric*)> int64_t manyBy(Value v, Value* out, int64_t room) {
  Combinatoric* c = as(v);
  const Value before = c->result;
  if (!before || isReusable(before)) return 0;
  int64_t n = 0;
  while (n < room && advance(c) >= 0) {
    out[n] = newTupleFrom(c->chosen, static_cast<size_t>(c->r));
    if (!out[n]) [[unlikely]] return dropMany(out, n, nullptr, 0);
    ++n;
  }
  if (n && c->result == before) assign(c->result, newRef(out[n - 1])); // else the end has put down another
  return n;
}
/// The items of the pool at the r indices, of which those below `from` have not changed.
[[gnu::always_inline]] inline int64_t select(Combinatoric* c, int64_t from) {
  return choose(c, from, [items = asTuple(c->pool)->items, indices = c->indices](int64_t i) { return items[indices[i]]; });
}
Value indexTuple(const int64_t* indices, int64_t n) {
  Ref result(newTuple(n));
  for (int64_t i = 0; i < n; ++i) asTuple(result)->items[i] = newInt(indices[i]);
  return result.release();
}
/// Reads one index of a state tuple, clipped to [0, top].
bool readIndex(Value state, int64_t i, int64_t top, int64_t* out) {
  int64_t v = toInt64(asTuple(state)->items[i]);
  if (v == -1 && errorSet()) return false;
  *out = v < 0 ? 0 : v > top ? top : v;
  return true;
}

// ---- product ----------------------------------------------------------------

Value productConstruct(Type* t, const Args& args) {
  int64_t repeat = 1;
  for (size_t i = 0; i < args.nameCount(); ++i) {
    Value name = asTuple(args.names)->items[i];
    if (!strEqual(name, "repeat")) return raise(TypeErrorType, "'%U' is an invalid keyword argument for product()", name);
    repeat = toSize(args[args.count + i]);
    if (repeat == -1 && errorSet()) return Value();
    if (repeat < 0) return raise(ValueErrorType, "repeat argument cannot be negative");
  }
  int64_t given = static_cast<int64_t>(args.count), n = 0;
  if (repeat && __builtin_mul_overflow(given, repeat, &n)) return raise(OverflowErrorType, "repeat argument too large");
  if (n > INT64_MAX / 16) return raise(OverflowErrorType, "repeat argument too large");
  Ref pools(newTuple(n));
  if (!pools) return Value();
  bool empty = false;
  for (int64_t i = 0; i < n; ++i) {
    Value pool = i < given ? toTuple(args[static_cast<size_t>(i)]) : newRef(asTuple(pools)->items[i - given]);
    if (!pool) return Value();
    empty |= asTuple(pool)->size == 0;
    asTuple(pools)->items[i] = pool;
  }
  int64_t* indices = newIndices(n, n);
  Combinatoric* c = indices ? allocateOf<Combinatoric>(t) : nullptr;
  if (!c) return Value();
  c->pool = pools.release();
  c->indices = indices;
  c->chosen = reinterpret_cast<Value*>(indices + n);
  c->r = n;
  c->stopped = empty;
  gcTrack(&c->header);
  return Value(&c->header);
}
int64_t productAdvance(Combinatoric* c) {
  if (c->stopped) return -1;
  int64_t changed = 0;
  if (c->started) {
    int64_t i = c->r - 1;
    for (; i >= 0; --i) {
      if (++c->indices[i] < asTuple(asTuple(c->pool)->items[i])->size) break;
      c->indices[i] = 0;
    }
    changed = i < 0 ? 0 : i;
    c->stopped = i < 0;
  }
  c->started = true;
  changed = choose(c, changed, [pools = asTuple(c->pool)->items, indices = c->indices](int64_t i) {
    return asTuple(pools[i])->items[indices[i]];
  });
  if (!c->stopped) [[likely]] return changed;
  xdecref(handOut(c, changed)); // the tuple has begun again: it is what the iterator keeps alive
  return -1;
}
Value productReduce(Value v) {
  Combinatoric* c = as(v);
  Ref empty(emptyTuple());
  if (c->stopped) return reduction(v, {empty});
  if (!c->started) return newTuple({asValue(typeOf(v)), c->pool});
  Ref indices(indexTuple(c->indices, c->r));
  return newTuple({asValue(typeOf(v)), c->pool, indices});
}
Value productSetState(Value v, Value state) {
  Combinatoric* c = as(v);
  if (!isTuple(state) || asTuple(state)->size != c->r) return raise(ValueErrorType, "invalid arguments");
  for (int64_t i = 0; i < c->r; ++i) {
    int64_t size = asTuple(asTuple(c->pool)->items[i])->size;
    if (size == 0) {
      c->stopped = true;
      return none();
    }
    if (!readIndex(state, i, size - 1, &c->indices[i])) return Value();
  }
  c->started = c->moved = true;
  return none();
}
Value productSizeof(Value v) { return newInt(56 + as(v)->r * 8); }

// ---- r items of one pool ----------------------------------------------------

/// Shared by the three: (iterable, r) or null.
Combinatoric* make(Type* t, Value iterable, Value length, bool optional) {
  int64_t r = 0;
  if (!optional && (r = toSize(length)) == -1 && errorSet()) return nullptr; // before anything is iterated over
  Ref pool(toTuple(iterable));
  if (!pool) return nullptr;
  if (optional) {
    r = asTuple(pool)->size;
    if (length && !isNone(length)) {
      if (!isInt(length)) {
        raise(TypeErrorType, "Expected int as r");
        return nullptr;
      }
      r = toSize(length);
      if (r == -1 && errorSet()) return nullptr;
    }
  }
  if (r < 0) {
    raise(ValueErrorType, "r must be non-negative");
    return nullptr;
  }
  auto* c = allocateOf<Combinatoric>(t);
  if (!c) return nullptr;
  c->pool = pool.release();
  c->r = r;
  return c;
}
Value finish(Combinatoric* c, int64_t indexCount, bool ascending) {
  Ref held(Value(&c->header));
  c->indices = newIndices(indexCount, c->stopped ? 0 : c->r);
  if (!c->indices) return Value();
  c->chosen = reinterpret_cast<Value*>(c->indices + indexCount);
  if (ascending)
    for (int64_t i = 0; i < indexCount; ++i) c->indices[i] = i;
  gcTrack(&c->header);
  return held.release();
}
/// Two positional or named arguments (iterable, r), `r` optional or not.
template <bool kOptional> int32_t arguments(const char* name, const Args& args, Value* argv) {
  Ref holder[2];
  return bindArguments(name, kOptional ? "(iterable, r=None)" : "(iterable, r)", args, argv, 2, holder);
}

Value combinationsConstruct(Type* t, const Args& args) {
  Value argv[2];
  if (arguments<false>("combinations", args, argv) < 0) return Value();
  Combinatoric* c = make(t, argv[0], argv[1], false);
  if (!c) return Value();
  c->stopped = c->r > poolSize(c);
  return finish(c, c->r, true);
}
int64_t combinationsAdvance(Combinatoric* c) {
  if (c->stopped) return -1;
  int64_t n = poolSize(c), r = c->r, changed = 0;
  if (c->started) {
    int64_t* const indices = c->indices;
    int64_t i = r - 1;
    while (i >= 0 && indices[i] == i + n - r) --i;
    if (i < 0) {
      c->stopped = true;
      return -1;
    }
    changed = i;
    int64_t index = indices[i];
#pragma clang loop unroll(disable) vectorize(disable)
    for (; i < r; ++i) indices[i] = ++index;
  }
  c->started = true;
  return select(c, changed);
}
Value replacementConstruct(Type* t, const Args& args) {
  Value argv[2];
  if (arguments<false>("combinations_with_replacement", args, argv) < 0) return Value();
  Combinatoric* c = make(t, argv[0], argv[1], false);
  if (!c) return Value();
  c->stopped = poolSize(c) == 0 && c->r > 0;
  return finish(c, c->r, false);
}
int64_t replacementAdvance(Combinatoric* c) {
  if (c->stopped) return -1;
  int64_t n = poolSize(c), r = c->r, changed = 0;
  if (c->started) {
    int64_t i = r - 1;
    while (i >= 0 && c->indices[i] == n - 1) --i;
    if (i < 0) {
      c->stopped = true;
      return -1;
    }
    changed = i;
    int64_t index = c->indices[i] + 1;
    for (; i < r; ++i) c->indices[i] = index;
  }
  c->started = true;
  return select(c, changed);
}
Value selectionReduce(Value v) {
  Combinatoric* c = as(v);
  Ref r(newInt(c->r)), empty(emptyTuple());
  if (c->stopped) return reduction(v, {empty, r});
  if (!c->started) return reduction(v, {c->pool, r});
  Ref indices(indexTuple(c->indices, c->r));
  return reduction(v, {c->pool, r}, indices);
}
template <bool kReplacement> Value selectionSetState(Value v, Value state) {
  Combinatoric* c = as(v);
  int64_t n = poolSize(c);
  if (!isTuple(state) || asTuple(state)->size != c->r) return raise(ValueErrorType, "invalid arguments");
  for (int64_t i = 0; i < c->r; ++i)
    if (!readIndex(state, i, kReplacement ? n - 1 : i + n - c->r, &c->indices[i])) return Value();
  c->started = c->moved = true;
  return none();
}

// ---- permutations -----------------------------------------------------------

Value permutationsConstruct(Type* t, const Args& args) {
  Value argv[2];
  if (arguments<true>("permutations", args, argv) < 0) return Value();
  Combinatoric* c = make(t, argv[0], argv[1], true);
  if (!c) return Value();
  int64_t n = poolSize(c);
  c->stopped = c->r > n;
  c->cycles = newIndices(c->r);
  if (!c->cycles) {
    decref(Value(&c->header));
    return Value();
  }
  for (int64_t i = 0; i < c->r; ++i) c->cycles[i] = n - i;
  return finish(c, n, true);
}
int64_t permutationsAdvance(Combinatoric* c) {
  if (c->stopped) return -1;
  int64_t n = poolSize(c), r = c->r, changed = 0;
  if (c->started) {
    int64_t *const indices = c->indices, *const cycles = c->cycles;
    int64_t i = r - 1;
    for (; i >= 0; --i) {
      if (--cycles[i] == 0) {
        const int64_t index = indices[i];
        for (int64_t k = i; k < n - 1; ++k) {
          indices[k] = indices[k + 1];
          asm("" : "+r"(k)); // there are few: no call
        }
        indices[n - 1] = index;
        cycles[i] = n - i;
      } else {
        std::swap(indices[i], indices[n - cycles[i]]);
        break;
      }
    }
    if (i < 0) {
      c->stopped = true;
      return -1;
    }
    changed = i;
  } else if (n == 0 && r > 0) {
    return -1;
  }
  c->started = true;
  return select(c, changed);
}
Value permutationsReduce(Value v) {
  Combinatoric* c = as(v);
  Ref r(newInt(c->r)), empty(emptyTuple());
  if (c->stopped) return reduction(v, {empty, r});
  if (!c->started) return reduction(v, {c->pool, r});
  Ref indices(indexTuple(c->indices, poolSize(c))), cycles(indexTuple(c->cycles, c->r));
  Ref state(newTuple({indices, cycles}));
  return reduction(v, {c->pool, r}, state);
}
Value permutationsSetState(Value v, Value state) {
  Combinatoric* c = as(v);
  int64_t n = poolSize(c);
  if (!isTuple(state) || asTuple(state)->size != 2) return raise(TypeErrorType, "state is not a tuple");
  Value indices = asTuple(state)->items[0], cycles = asTuple(state)->items[1];
  if (!isTuple(indices) || !isTuple(cycles) || asTuple(indices)->size != n || asTuple(cycles)->size != c->r)
    return raise(ValueErrorType, "invalid arguments");
  for (int64_t i = 0; i < n; ++i)
    if (!readIndex(indices, i, n - 1, &c->indices[i])) return Value();
  for (int64_t i = 0; i < c->r; ++i) {
    if (!readIndex(cycles, i, n - i, &c->cycles[i])) return Value();
    if (c->cycles[i] < 1) c->cycles[i] = 1;
  }
  c->started = c->moved = true;
  return none();
}

constexpr MethodDef productMethods[] = {{"__reduce__", productReduce, "($self, /)", kMethodUnsigned},
                                        {"__setstate__", productSetState, "($self, state, /)", kMethodUnsigned},
                                        {"__sizeof__", productSizeof, "($self, /)", kMethodUnsigned},
                                        {}};
constexpr MethodDef combinationsMethods[] = {{"__reduce__", selectionReduce, "($self, /)", kMethodUnsigned},
                                             {"__setstate__", selectionSetState<false>, "($self, state, /)", kMethodUnsigned},
                                             {}};
constexpr MethodDef replacementMethods[] = {{"__reduce__", selectionReduce, "($self, /)", kMethodUnsigned},
                                            {"__setstate__", selectionSetState<true>, "($self, state, /)", kMethodUnsigned},
                                            {}};
constexpr MethodDef permutationsMethods[] = {{"__reduce__", permutationsReduce, "($self, /)", kMethodUnsigned},
                                             {"__setstate__", permutationsSetState, "($self, state, /)", kMethodUnsigned},
                                             {}};

const TupleObject* secondOfPools(Combinatoric* c) { return asTuple(asTuple(c->pool)->items[1]); }
const TupleObject* onlyPool(Combinatoric* c) { return asTuple(c->pool); }

template <int64_t advance(Combinatoric*), const TupleObject* secondPool(Combinatoric*) = nullptr>
constexpr ManyStepsType combinatoricType(Type& type, const char* name, const MethodDef* methods, Value (*construct)(Type*, const Args&),
                                         const char* signature = nullptr) {
  Type t = iteratorTypeOf<Combinatoric, 2>(type, name, stepBy<advance>, methods, kTypeBaseType, construct, signature);
  t.dealloc = combinatoricDealloc;
  t.traverse = combinatoricTraverse;
  return withManySteps(t, manyBy<advance>, pairBy<advance, secondPool>);
}

} // namespace

constinit ManyStepsType productType = combinatoricType<productAdvance, secondOfPools>(productType, "itertools.product", productMethods, productConstruct);
constinit ManyStepsType combinationsType =
    combinatoricType<combinationsAdvance, onlyPool>(combinationsType, "itertools.combinations", combinationsMethods, combinationsConstruct, "(iterable, r)");
constinit ManyStepsType replacementType = combinatoricType<replacementAdvance, onlyPool>(
    replacementType, "itertools.combinations_with_replacement", replacementMethods, replacementConstruct, "(iterable, r)");
constinit ManyStepsType permutationsType =
    combinatoricType<permutationsAdvance>(permutationsType, "itertools.permutations", permutationsMethods, permutationsConstruct, "(iterable, r=None)");

} // namespace krait::itertools
