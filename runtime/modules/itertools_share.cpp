// tee and groupby: iterators that share what they read.
#include <algorithm>

#include "runtime/memory/pools.h"
#include "runtime/modules/itertools.h"
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slow_calls.h"
#include "runtime/types/arguments.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/key.h"
#include "runtime/types/sequence.h"
#include "runtime/types/stepping.h"

namespace krait::itertools {

// ---- tee --------------------------------------------------------------------
// A linked list of blocks of items read so far, shared by all branches.

namespace {
constexpr int64_t kBlock = 57;
struct TeeData { Object header; Value iterator, next; int64_t count; bool running; Value items[kBlock]; };
struct Tee { Object header; Value data; int64_t index; Value weakrefs; };
Tee* asTee(Value v) { return v.as<Tee>(); }

Value newData(Value iterator) {
  auto* d = reinterpret_cast<TeeData*>(newObject(&teeDataType.instanceLayout));
  d->iterator = newRef(iterator);
  gcTrack(&d->header);
  return Value(&d->header);
}
void dataRelease(Object* o) {
  auto* d = reinterpret_cast<TeeData*>(o);
  int64_t n = d->count;
  d->count = 0;
  clear(d->iterator);
  for (int64_t i = 0; i < n; ++i) clear(d->items[i]);
  // A long chain of blocks dies one by one, not recursively.
  Value following = d->next;
  d->next = Value();
  while (following && following.object()->refs == 1) {
    auto* block = following.as<TeeData>();
    Value after = block->next;
    block->next = Value();
    decref(following);
    following = after;
  }
  xdecref(following);
}
void dataDealloc(Object* o) {
  gcUntrack(o);
  dataRelease(o);
  freeObject(o);
}
int dataTraverse(Object* o, Visit visit, void* context) {
  auto* d = reinterpret_cast<TeeData*>(o);
  if (int r = visit(d->iterator, context)) return r;
  for (int64_t i = 0; i < d->count; ++i)
    if (int r = visit(d->items[i], context)) return r;
  return visit(d->next, context);
}
Value dataItem(TeeData* d, int64_t i) {
  if (i < d->count) return newRef(d->items[i]);
  if (d->running) return raise(RuntimeErrorType, "cannot re-enter the tee iterator");
  d->running = true;
  Value item = stepOf(d->iterator);
  d->running = false;
  if (!item) return item;
  d->items[d->count++] = item;
  return newRef(item);
}
Value dataNextBlock(TeeData* d) {
  if (!d->next) d->next = newData(d->iterator);
  return newRef(d->next);
}
Value dataReduce(Value v) {
  auto* d = v.as<TeeData>();
  Ref items(newTupleFrom(d->items, static_cast<size_t>(d->count)));
  Ref list(items ? toList(items) : Value());
  return list ? reduction(v, {d->iterator, list, d->next ? d->next : none()}) : Value();
}
Value dataConstruct(Type* t, const Args& args) {
  if (checkPositional("teedataobject", args, 3, 3) < 0) return Value();
  if (!isList(args[1])) return raise(TypeErrorType, "argument 2 must be list, not %.50G", args[1]);
  Ref data(newData(args[0]));
  auto* d = data.as<TeeData>();
  int64_t n = asList(args[1])->size;
  if (n > kBlock || (!isNone(args[2]) && (n != kBlock || !isExact(args[2], teeDataType))))
    return raise(ValueErrorType, "Invalid arguments");
  for (int64_t i = 0; i < n; ++i) d->items[i] = newRef(asList(args[1])->items[i]);
  d->count = n;
  if (!isNone(args[2])) d->next = newRef(args[2]);
  return data.release();
}
constexpr MethodDef dataMethods[] = {{"__reduce__", dataReduce, "($self, /)", kMethodUnsigned}, {}};

Value newTee(Value data, int64_t index) {
  auto* t = reinterpret_cast<Tee*>(newObject(&teeType.instanceLayout));
  t->data = newRef(data);
  t->index = index;
  gcTrack(&t->header);
  return Value(&t->header);
}
Value teeFrom(Value iterable) {
  Ref it(iterate(iterable));
  if (!it) return Value();
  if (isInstanceOf(it, teeType)) return newTee(asTee(it)->data, asTee(it)->index);
  Ref data(newData(it));
  return newTee(data, 0);
}
void teeDealloc(Object* o) {
  gcUntrack(o);
  auto* t = reinterpret_cast<Tee*>(o);
  if (t->weakrefs) clearWeakrefs(o);
  xdecref(t->data);
  freeObject(o);
}
Value teeNext(Value v) {
  Tee* t = asTee(v);
  if (const TeeData* d = t->data.as<TeeData>(); t->index < d->count) return newRef(d->items[t->index++]); // another branch has read it
  if (t->index >= kBlock) {
    Value following = dataNextBlock(t->data.as<TeeData>());
    if (!following) return Value();
    assign(t->data, following);
    t->index = 0;
  }
  Ref data = Ref::share(t->data);
  Value item = dataItem(data.as<TeeData>(), t->index);
  if (item) ++t->index;
  return item;
}
int64_t teeMany(Value v, Value* out, int64_t room) {
  Tee* t = asTee(v);
  Ref data = Ref::share(t->data);
  auto* d = data.as<TeeData>();
  if (t->index == d->count && t->index < kBlock && !d->running) {
    d->running = true;
    const int64_t n = takeMany(d->iterator, d->items + d->count, std::min(room, kBlock - d->count));
    d->running = false;
    if (n < 0) return n;
    d->count += n;
  }
  const int64_t from = t->index, n = std::min(room, d->count - from);
  for (int64_t i = 0; i < n; ++i) out[i] = newRef(d->items[from + i]);
  if (n > 0) t->index += n;
  return n;
}
Value teeCopy(Value v) { return newTee(asTee(v)->data, asTee(v)->index); }
Value teeConstruct(Type*, const Args& args) {
  if (checkNoKeywords("_tee", args) < 0 || checkPositional("_tee", args, 1, 1) < 0) return Value();
  return teeFrom(args[0]);
}
Value teeReduce(Value v) {
  Ref empty(emptyTuple()), args(newTuple({empty}));
  Ref index(newInt(asTee(v)->index));
  Ref state(newTuple({asTee(v)->data, index}));
  return newTuple({asValue(typeOf(v)), args, state});
}
Value teeSetState(Value v, Value state) {
  if (!isTuple(state)) return raise(TypeErrorType, "state is not a tuple");
  if (asTuple(state)->size != 2 || !isExact(asTuple(state)->items[0], teeDataType))
    return raise(TypeErrorType, "state is not a tuple of a tee data object and an index");
  int64_t i = toIndex(asTuple(state)->items[1], &OverflowErrorType);
  if (i == -1 && errorSet()) return Value();
  if (i < 0 || i > kBlock) return raise(ValueErrorType, "Index out of range");
  assign(asTee(v)->data, newRef(asTuple(state)->items[0]));
  asTee(v)->index = i;
  return none();
}
constexpr MethodDef teeMethods[] = {
    {"__copy__", teeCopy, "($self, /)", kMethodUnsigned},
    {"__reduce__", teeReduce, "($self, /)", kMethodUnsigned},
    {"__setstate__", teeSetState, "($self, state, /)", kMethodUnsigned},
    {},
};
} // namespace

constinit Type teeDataType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "itertools._tee_dataobject",
    .base = &objectType,
    .flags = kTypeOwnGetAttr,
    .instanceLayout = {.type = &teeDataType, .size = sizeof(TeeData), .flags = kLayoutGc},
    .dealloc = dataDealloc,
    .traverse = dataTraverse,
    .clear = dataRelease,
    .construct = dataConstruct,
    .methods = dataMethods,
};
constinit ManyStepsType teeType = withManySteps({
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "itertools._tee",
    .base = &objectType,
    .flags = 0,
    .instanceLayout =
        {.type = &teeType, .size = sizeof(Tee), .flags = kLayoutGc, .weakOffset = offsetof(Tee, weakrefs)},
    .dealloc = teeDealloc,
    .traverse = traverseWords<1>,
    .iter = selfIterator,
    .next = teeNext,
    .construct = teeConstruct,
    .methods = teeMethods,
    .constructorSignature = "(iterable, /)",
}, teeMany);

Value tee(Value, const Value* argv) {
  int64_t n = argv[1] ? toSize(argv[1]) : 2;
  if (n == -1 && errorSet()) return Value();
  if (n < 0) return raise(ValueErrorType, "n must be >= 0");
  Ref result(newTuple(n));
  if (!result || n == 0) return result.release();
  Ref it(iterate(argv[0]));
  Ref copyMethod(it ? getAttrOptional(it, NAME(__copy__)) : Value());
  if (!it || (!copyMethod && errorSet())) return Value();
  Ref branch(copyMethod ? newRef(it) : teeFrom(it));
  if (!branch) return Value();
  if (!copyMethod) copyMethod.reset(getAttr(branch, NAME(__copy__)));
  if (!copyMethod) return Value();
  asTuple(result)->items[0] = branch.release();
  for (int64_t i = 1; i < n; ++i) {
    asTuple(result)->items[i] = call(copyMethod);
    if (!asTuple(result)->items[i]) return Value();
  }
  return result.release();
}

// ---- groupby ----------------------------------------------------------------

namespace {
struct GroupBy { Object header; Value iterator, function, targetKey, currentKey, currentValue; Object* grouper; };
struct Grouper { Object header; Value parent, targetKey; };
GroupBy* asGroupBy(Value v) { return v.as<GroupBy>(); }

Value groupbyConstruct(Type* t, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments("groupby", "(iterable, key=None)", args, argv, 2, holder) < 0) return Value();
  Ref it(iterate(argv[0]));
  GroupBy* g = it ? allocateOf<GroupBy>(t) : nullptr;
  if (!g) return Value();
  g->iterator = it.release();
  g->function = newRef(argv[1] ? argv[1] : none());
  gcTrack(&g->header);
  return Value(&g->header);
}
/// Reads the next item and its key: 1, 0 exhausted, -1.
int32_t advance(GroupBy* g) {
  Ref item(stepOf(g->iterator));
  if (!item) return errorSet() ? -1 : 0;
  Value key = isNone(g->function) ? newRef(item) : callKept(g->function, item);
  if (!key) return -1;
  Ref oldValue(g->currentValue); // dies when both are in place: what runs then may ask for more
  g->currentValue = item.release();
  assign(g->currentKey, key);
  return 1;
}
int32_t sameKey(Value a, Value b) {
  if (const int32_t plain = plainlyEqual(a, b); plain >= 0) return plain;
  Ref x = Ref::share(a), y = Ref::share(b);
  return equal(x, y);
}
Value newGrouper(Value parent, Value targetKey) {
  auto* g = newObjectOf<Grouper>(grouperType);
  g->parent = newRef(parent);
  g->targetKey = newRef(targetKey);
  asGroupBy(parent)->grouper = &g->header;
  gcTrack(&g->header);
  return Value(&g->header);
}
Value groupbyNext(Value v) {
  GroupBy* g = asGroupBy(v);
  g->grouper = nullptr;
  // Skips what is left of the current group.
  for (;;) {
    if (!g->currentKey) {
    } else if (!g->targetKey) {
      break;
    } else {
      int32_t same = sameKey(g->targetKey, g->currentKey);
      if (same < 0) return Value();
      if (!same && g->currentKey) break; // the comparison may have taken it
    }
    if (advance(g) <= 0) return Value();
  }
  assign(g->targetKey, newRef(g->currentKey)); // the old one's death may take the current one, too
  const Value grouper = newGrouper(v, g->targetKey);
  return newPair(newRef(g->currentKey ? g->currentKey : g->targetKey), grouper);
}
Value groupbyReduce(Value v) {
  GroupBy* g = asGroupBy(v);
  if (g->targetKey && g->currentKey && g->currentValue) {
    Ref state(newTuple({g->currentKey, g->currentValue, g->targetKey}));
    return reduction(v, {g->iterator, g->function}, state);
  }
  return reduction(v, {g->iterator, g->function});
}
Value groupbySetState(Value v, Value state) {
  if (!isTuple(state)) return raise(TypeErrorType, "state is not a tuple");
  if (asTuple(state)->size != 3) return raise(TypeErrorType, "state must have three items");
  GroupBy* g = asGroupBy(v);
  assign(g->currentKey, newRef(asTuple(state)->items[0]));
  assign(g->currentValue, newRef(asTuple(state)->items[1]));
  assign(g->targetKey, newRef(asTuple(state)->items[2]));
  return none();
}
constexpr MethodDef groupbyMethods[] = {
    {"__reduce__", groupbyReduce, "($self, /)", kMethodUnsigned}, {"__setstate__", groupbySetState, "($self, state, /)", kMethodUnsigned}, {}};

Value grouperNext(Value v) {
  auto* me = v.as<Grouper>();
  GroupBy* g = asGroupBy(me->parent);
  if (g->grouper != &me->header) return Value();
  while (!g->currentKey)
    if (advance(g) <= 0) return Value();
  int32_t same = sameKey(me->targetKey, g->currentKey);
  if (same <= 0) return Value();
  Value item = g->currentValue;
  g->currentValue = Value();
  clear(g->currentKey);
  return item;
}
void grouperDealloc(Object* o) {
  auto* me = reinterpret_cast<Grouper*>(o);
  if (me->parent && asGroupBy(me->parent)->grouper == o) asGroupBy(me->parent)->grouper = nullptr;
  gcUntrack(o);
  xdecref(me->parent);
  xdecref(me->targetKey);
  releaseCollected(o);
}
Value grouperConstruct(Type*, const Args& args) {
  if (checkPositional("_grouper", args, 2, 2) < 0) return Value();
  if (!isInstanceOf(args[0], groupbyType))
    return raise(TypeErrorType, "_grouper() argument 1 must be itertools.groupby, not %.50G", args[0]);
  return newGrouper(args[0], args[1]);
}
Value grouperReduce(Value v) {
  auto* me = v.as<Grouper>();
  if (asGroupBy(me->parent)->grouper != &me->header) {
    Ref f(builtinByName("iter")), empty(emptyTuple()), args(newTuple({empty}));
    return f && args ? newTuple({f, args}) : Value();
  }
  return reduction(v, {me->parent, me->targetKey});
}
constexpr MethodDef grouperMethods[] = {{"__reduce__", grouperReduce, "($self, /)", kMethodUnsigned}, {}};
} // namespace

constinit Type groupbyType = iteratorTypeOf<GroupBy, 5>(groupbyType, "itertools.groupby", groupbyNext, groupbyMethods,
                                                        kTypeBaseType, groupbyConstruct, "(iterable, key=None)");
constinit Type grouperType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "itertools._grouper",
    .base = &objectType,
    .flags = kTypeOwnGetAttr,
    .instanceLayout = {.type = &grouperType, .size = sizeof(Grouper), .flags = kLayoutGc},
    .dealloc = grouperDealloc,
    .traverse = traverseWords<2>,
    .iter = selfIterator,
    .next = grouperNext,
    .construct = grouperConstruct,
    .methods = grouperMethods,
};

} // namespace krait::itertools
