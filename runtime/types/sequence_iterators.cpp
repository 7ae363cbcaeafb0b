// Iterators over list, tuple, any class with __getitem__, and callables.
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_state.h"
#include "runtime/types/iterators.h"
#include "runtime/types/key.h"
#include "runtime/types/many_steps.h"
#include "runtime/types/memoryview.h"

namespace krait {

namespace {

Value self(Value v) { return newRef(v); }

/// The first word after the header is the container, for all of list, tuple and sequence iterators.
struct Plain { Object header; Value container; int64_t index; };

void plainDealloc(Object* o) {
  gcUntrack(o);
  xdecref(reinterpret_cast<Plain*>(o)->container);
  releaseCollected(o);
}
int plainTraverse(Object* o, Visit visit, void* context) {
  return visit(reinterpret_cast<Plain*>(o)->container, context);
}

constexpr int64_t kNoIndex = INT64_MIN;
Value reduceTo(const char* builtin, Value container, int64_t index) {
  Ref f(builtinByName(builtin));
  Ref args(f ? newTuple({container}) : Value());
  if (!args) return Value();
  if (index == kNoIndex) return newTuple({f, args});
  Ref i(newInt(index));
  return newTuple({f, args, i});
}

// ---- list -------------------------------------------------------------------

Value listNext(Value v) {
  auto* it = v.as<ListIterator>();
  if (!it->list) return Value();
  ListObject* l = asList(it->list);
  if (it->index < l->size) return newRef(l->items[it->index++]);
  clear(it->list);
  return Value();
}
Value listHint(Value v) {
  auto* it = v.as<ListIterator>();
  int64_t n = it->list ? asList(it->list)->size - it->index : 0;
  return newInt(n < 0 ? 0 : n);
}
Value listReduce(Value v) {
  auto* it = v.as<ListIterator>();
  if (it->list) return reduceTo("iter", it->list, it->index);
  Ref empty(newList(0));
  return reduceTo("iter", empty, kNoIndex);
}
Value listSetState(Value v, Value state) {
  int64_t i = iteratorState(state);
  if (i == -1 && errorSet()) return Value();
  auto* it = v.as<ListIterator>();
  if (it->list) it->index = i < 0 ? 0 : i > asList(it->list)->size ? asList(it->list)->size : i;
  return none();
}

Value reverseNext(Value v) {
  auto* it = v.as<ListReverseIterator>();
  if (!it->list) return Value();
  ListObject* l = asList(it->list);
  if (it->index >= 0 && it->index < l->size) return newRef(l->items[it->index--]);
  it->index = -1;
  clear(it->list);
  return Value();
}
Value reverseHint(Value v) {
  auto* it = v.as<ListReverseIterator>();
  int64_t n = it->index + 1;
  return newInt(!it->list || asList(it->list)->size < n ? 0 : n);
}
Value reverseReduce(Value v) {
  auto* it = v.as<ListReverseIterator>();
  if (it->list) return reduceTo("reversed", it->list, it->index);
  Ref empty(newList(0));
  return reduceTo("iter", empty, kNoIndex);
}
Value reverseSetState(Value v, Value state) {
  int64_t i = iteratorState(state);
  if (i == -1 && errorSet()) return Value();
  auto* it = v.as<ListReverseIterator>();
  if (it->list) it->index = i < -1 ? -1 : i > asList(it->list)->size - 1 ? asList(it->list)->size - 1 : i;
  return none();
}

// ---- tuple ------------------------------------------------------------------

Value tupleNext(Value v) {
  auto* it = v.as<TupleIterator>();
  if (!it->tuple) return Value();
  TupleObject* t = asTuple(it->tuple);
  if (it->index < t->size) return newRef(t->items[it->index++]);
  clear(it->tuple);
  return Value();
}
Value tupleHint(Value v) {
  auto* it = v.as<TupleIterator>();
  return newInt(it->tuple ? asTuple(it->tuple)->size - it->index : 0);
}
Value tupleReduce(Value v) {
  auto* it = v.as<TupleIterator>();
  return it->tuple ? reduceTo("iter", it->tuple, it->index) : reduceTo("iter", emptyTuple(), kNoIndex);
}
Value tupleSetState(Value v, Value state) {
  int64_t i = iteratorState(state);
  if (i == -1 && errorSet()) return Value();
  auto* it = v.as<TupleIterator>();
  if (it->tuple) it->index = i < 0 ? 0 : i > asTuple(it->tuple)->size ? asTuple(it->tuple)->size : i;
  return none();
}

// ---- __getitem__ ------------------------------------------------------------

Value sequenceNext(Value v) {
  auto* it = v.as<SequenceIterator>();
  if (!it->sequence) return Value();
  if (it->index == INT64_MAX) return raise(OverflowErrorType, "iter index too large");
  Ref held = Ref::share(it->sequence);
  const Type* t = readyTypeOf(held);
  // Of a builtin type, only the length can say that there are no more: no exception is needed to hear it.
  if (!isHeapType(t) && t->sequence && t->sequence->item && t->sequence->length) {
    const int64_t n = t->sequence->length(held);
    if (n >= 0 && it->index >= n) {
      clear(it->sequence);
      return Value();
    }
    if (n < 0) errorClear();
  }
  Value item = sequenceItem(held, it->index);
  if (item) {
    ++it->index;
    return item;
  }
  if (errorMatches(IndexErrorType) || errorMatches(StopIterationType)) {
    errorClear();
    clear(it->sequence);
  }
  return Value();
}
Value sequenceHint(Value v) {
  auto* it = v.as<SequenceIterator>();
  if (!it->sequence) return newInt(0);
  Ref method(lookupSpecial(it->sequence, NAME(__len__)));
  if (!method) return errorSet() ? Value() : notImplemented();
  int64_t n = length(it->sequence);
  if (n < 0) return Value();
  return newInt(n > it->index ? n - it->index : 0);
}
Value sequenceReduce(Value v) {
  auto* it = v.as<SequenceIterator>();
  return it->sequence ? reduceTo("iter", it->sequence, it->index) : reduceTo("iter", emptyTuple(), kNoIndex);
}
Value sequenceSetState(Value v, Value state) {
  int64_t i = iteratorState(state);
  if (i == -1 && errorSet()) return Value();
  auto* it = v.as<SequenceIterator>();
  if (it->sequence) it->index = i < 0 ? 0 : i;
  return none();
}

// ---- memoryview -------------------------------------------------------------

/// The items of a view are counted once: nothing changes its shape.
Value memoryNext(Value v) {
  auto* it = v.as<SequenceIterator>();
  if (!it->sequence) return Value();
  if (it->index < asView(it->sequence)->view.shape[0]) {
    const Value item = memoryItem(it->sequence, it->index);
    if (item) ++it->index;
    return item;
  }
  clear(it->sequence);
  return Value();
}
int64_t memoryMany(Value v, Value* out, int64_t room) {
  auto* it = v.as<SequenceIterator>();
  if (!it->sequence || memoryReleased(it->sequence)) return 0;
  const int64_t left = asView(it->sequence)->view.shape[0] - it->index, n = left < room ? left : room;
  for (int64_t i = 0; i < n; ++i) {
    out[i] = memoryItem(it->sequence, it->index + i);
    if (!out[i]) [[unlikely]] return dropMany(out, i, nullptr, 0);
  }
  it->index += n;
  return n;
}

// ---- iter(callable, sentinel) -----------------------------------------------

void callableDealloc(Object* o) {
  gcUntrack(o);
  xdecref(reinterpret_cast<CallableIterator*>(o)->callable);
  xdecref(reinterpret_cast<CallableIterator*>(o)->sentinel);
  freeObject(o);
}
int callableTraverse(Object* o, Visit visit, void* context) {
  auto* it = reinterpret_cast<CallableIterator*>(o);
  if (int r = visit(it->callable, context)) return r;
  return visit(it->sentinel, context);
}
Value callableNext(Value v) {
  auto* it = v.as<CallableIterator>();
  if (!it->callable) return Value();
  Ref f = Ref::share(it->callable);
  Ref result(krt_call0(f));
  if (result) {
    if (!it->sentinel) return Value(); // exhausted by the call itself
    Ref sentinel = Ref::share(it->sentinel);
    int32_t same = plainlyEqual(sentinel, result);
    if (same < 0) same = equal(sentinel, result);
    if (same == 0) return result.release();
    if (same < 0) return Value();
  } else if (!errorClearIf(StopIterationType)) {
    return Value();
  }
  clear(it->callable);
  clear(it->sentinel);
  return Value();
}
Value callableReduce(Value v) {
  auto* it = v.as<CallableIterator>();
  if (!it->callable || !it->sentinel) return reduceTo("iter", emptyTuple(), kNoIndex);
  Ref f(builtinByName("iter"));
  Ref args(f ? newTuple({it->callable, it->sentinel}) : Value());
  return args ? newTuple({f, args}) : Value();
}

constexpr MethodDef listMethods[] = {{"__length_hint__", listHint, "($self, /)"},
                                     {"__reduce__", listReduce, "($self, /)"},
                                     {"__setstate__", listSetState, "($self, state, /)"},
                                     {}};
constexpr MethodDef reverseMethods[] = {{"__length_hint__", reverseHint, "($self, /)"},
                                        {"__reduce__", reverseReduce, "($self, /)"},
                                        {"__setstate__", reverseSetState, "($self, state, /)"},
                                        {}};
constexpr MethodDef tupleMethods[] = {{"__length_hint__", tupleHint, "($self, /)"},
                                      {"__reduce__", tupleReduce, "($self, /)"},
                                      {"__setstate__", tupleSetState, "($self, state, /)"},
                                      {}};
constexpr MethodDef sequenceMethods[] = {{"__length_hint__", sequenceHint, "($self, /)"},
                                         {"__reduce__", sequenceReduce, "($self, /)"},
                                         {"__setstate__", sequenceSetState, "($self, state, /)"},
                                         {}};
constexpr MethodDef callableMethods[] = {{"__reduce__", callableReduce, "($self, /)"}, {}};

constexpr Type plainType(Type& type, const char* name, UnaryFn next, const MethodDef* methods, uint32_t layoutFlags = 0) {
  return Type{
      .header = KRAIT_STATIC_HEADER(typeType),
      .name = name,
      .base = &objectType,
      .flags = kTypeDisallowInstantiation | kTypeOwnGetAttr,
      .instanceLayout = {.type = &type, .size = sizeof(Plain), .flags = kLayoutGc | layoutFlags},
      .dealloc = plainDealloc,
      .traverse = plainTraverse,
      .iter = self,
      .next = next,
      .methods = methods,
  };
}

} // namespace

Value newSequenceIterator(Value sequence) {
  auto* it = newObjectOf<SequenceIterator>(sequenceIteratorType);
  it->sequence = newRef(sequence);
  gcTrack(&it->header);
  return Value(&it->header);
}
Value newMemoryIterator(Value view) {
  auto* it = newObjectOf<SequenceIterator>(memoryIteratorType);
  it->sequence = newRef(view);
  gcTrack(&it->header);
  return Value(&it->header);
}
Value newCallableIterator(Value callable, Value sentinel) {
  auto* it = newObjectOf<CallableIterator>(callableIteratorType);
  it->callable = newRef(callable);
  it->sentinel = newRef(sentinel);
  gcTrack(&it->header);
  return Value(&it->header);
}

constinit Type listIteratorType = plainType(listIteratorType, "list_iterator", listNext, listMethods);
constinit Type listReverseIteratorType =
    plainType(listReverseIteratorType, "list_reverseiterator", reverseNext, reverseMethods, kLayoutKnownSteps);
constinit Type tupleIteratorType = plainType(tupleIteratorType, "tuple_iterator", tupleNext, tupleMethods);
constinit Type sequenceIteratorType = plainType(sequenceIteratorType, "iterator", sequenceNext, sequenceMethods);
constinit ManyStepsType memoryIteratorType = withManySteps(plainType(memoryIteratorType, "memory_iterator", memoryNext, nullptr), memoryMany);
constinit Type callableIteratorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "callable_iterator",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnGetAttr,
    .instanceLayout = {.type = &callableIteratorType, .size = sizeof(CallableIterator), .flags = kLayoutGc},
    .dealloc = callableDealloc,
    .traverse = callableTraverse,
    .iter = self,
    .next = callableNext,
    .methods = callableMethods,
};

} // namespace krait
