// dict.keys(), .values(), .items(): views that stay in step with the dict. Keys
// and items behave as sets.
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict_methods.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/iterators.h"
#include "runtime/types/key.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace {
struct ViewObject { Object header; Value dict; };
Value dictOf(Value view) { return view.as<ViewObject>()->dict; }
bool isSetView(Value v) { return isInstanceOf(v, dictKeysType) || isInstanceOf(v, dictItemsType); }
} // namespace

Value dictIterated(Value v) {
  const Type* t = typeOf(v);
  if (t == &dictType) return v;
  return t == &dictItemsType || t == &dictKeysType || t == &dictValuesType ? dictOf(v) : Value();
}
int32_t valuesPlainlyContain(Value view, Value v) {
  if (!dictOf(view)) return 0;
  int64_t at = 0;
  while (DictEntry* e = dict_table::nextLive(asDict(dictOf(view)), &at)) {
    const Value item = *dictValueSlot(*e);
    if (item == v) return 1;
    if (item.isSmallInt() && v.isSmallInt()) continue;
    if (const int32_t r = plainlyEqual(item, v)) return r;
  }
  return 0;
}
Value dict_methods::newView(Type& type, Value d) {
  auto* view = newObjectOf<ViewObject>(type);
  view->dict = newRef(d);
  gcTrackNew(&view->header);
  return Value(&view->header);
}

namespace {

void viewDealloc(Object* o) {
  gcUntrack(o);
  xdecref(reinterpret_cast<ViewObject*>(o)->dict);
  releaseCollected(o);
}
int viewTraverse(Object* o, Visit visit, void* context) {
  return visit(reinterpret_cast<ViewObject*>(o)->dict, context);
}
int64_t viewLength(Value v) { return dictOf(v) ? dictSize(dictOf(v)) : 0; }
Value viewMapping(Value v, void*) {
  return newMappingProxy(dictOf(v));
}
Value viewRepr(Value v) {
  int32_t entered = reprEnter(v);
  if (entered < 0) return Value();
  if (entered > 0) return newStr("...");
  Ref list(toList(v));
  Value text = list ? formatText("%s(%R)", typeOf(v)->name, list.get()) : Value();
  reprLeave(v);
  return text;
}

Value iterKeys(Value v) { return dict_methods::newIterator(dictKeyIteratorType, dictOf(v)); }
Value iterValues(Value v) { return dict_methods::newIterator(dictValueIteratorType, dictOf(v)); }
Value iterItems(Value v) { return dict_methods::newIterator(dictItemIteratorType, dictOf(v)); }
Value reversedKeys(Value v) { return dict_methods::newReverseIterator(dictReverseKeyIteratorType, dictOf(v)); }
Value reversedValues(Value v) { return dict_methods::newReverseIterator(dictReverseValueIteratorType, dictOf(v)); }
Value reversedItems(Value v) { return dict_methods::newReverseIterator(dictReverseItemIteratorType, dictOf(v)); }

int32_t keysContains(Value v, Value key) { return dictContains(dictOf(v), key); }
int32_t itemsContains(Value v, Value pair) {
  if (!isTuple(pair) || asTuple(pair)->size != 2) return 0;
  Value found = dictGet(dictOf(v), asTuple(pair)->items[0]);
  if (!found) return errorSet() ? -1 : 0;
  Ref held = Ref::share(found);
  return keysEqual(held, asTuple(pair)->items[1]);
}

/// 1 if every item of `iterable` is in `container`.
int32_t allContained(Value iterable, Value container) {
  Ref it(iterate(iterable));
  if (!it) return -1;
  for (;;) {
    Ref item(next(it));
    if (!item) return errorSet() ? -1 : 1;
    int32_t r = contains(container, item);
    if (r <= 0) return r;
  }
}
Value viewCompare(Value a, Value b, int op) {
  if (!(isAnySet(b) || isSetView(b))) return notImplemented();
  int64_t m = length(a), n = m < 0 ? -1 : length(b);
  if (m < 0 || n < 0) return Value();
  int32_t r = 0;
  switch (op) {
  case kNe:
  case kEq:
    r = m == n ? allContained(a, b) : 0;
    if (op == kNe && r >= 0) r = !r;
    break;
  case kLt: r = m < n ? allContained(a, b) : 0; break;
  case kLe: r = m <= n ? allContained(a, b) : 0; break;
  case kGt: r = m > n ? allContained(b, a) : 0; break;
  case kGe: r = m >= n ? allContained(b, a) : 0; break;
  }
  return r < 0 ? Value() : boolean(r);
}

// ---- set operations: the result is a set ------------------------------------

/// A set of what the view shows. The keys of a dict are taken with the hashes that they have there.
Value setOf(Value v) { return newSet(isExact(v, dictKeysType) && isExactDict(dictOf(v)) ? dictOf(v) : v); }
Value viewSub(Value a, Value b) {
  Ref result(setOf(a));
  if (!result) return Value();
  Ref done(callMethod(result, "difference_update", {b}));
  return done ? result.release() : Value();
}
Value viewAnd(Value a, Value b) {
  // The smaller one is walked; a set on the left belongs to the reflected call.
  if (!isSetView(a)) std::swap(a, b);
  if (isExact(b, setType) && asSet(b)->used >= viewLength(a)) return callMethod(b, "intersection", {a});
  if (isSetView(b) && viewLength(b) > viewLength(a)) std::swap(a, b);
  Ref it(iterate(b));
  Ref result(it ? newSet(Value()) : Value());
  if (!result) return Value();
  for (;;) {
    Ref item(next(it));
    if (!item) return errorSet() ? Value() : result.release();
    int32_t r = contains(a, item);
    if (r < 0 || (r && setAdd(result, item) < 0)) return Value();
  }
}
Value viewOr(Value a, Value b) {
  Ref result(setOf(a));
  return result && setUpdate(result, b) == 0 ? result.release() : Value();
}
/// Of items of two dicts: what both have is looked for with the hashes of the second.
Value itemsXor(Value a, Value b) {
  Ref rest(dictCopy(a)), result(rest ? newSet(Value()) : Value());
  if (!result) return Value();
  int64_t position = 0, hash;
  for (Value k, v; dictNext(b, &position, &k, &v, &hash);) {
    const Ref key = Ref::share(k), theirs = Ref::share(v);
    const int64_t at = dict_table::find(asDict(rest), key, hash);
    if (at == dict_table::kError) return Value();
    const Ref ours = Ref::share(dict_table::valueAt(asDict(rest), at));
    const int32_t isSame = ours ? equal(ours, theirs) : 0;
    if (isSame < 0) return Value();
    if (isSame) { // which the comparison may have changed: it is looked for again
      const int64_t again = dict_table::find(asDict(rest), key, hash);
      if (again < 0) return again == dict_table::kError ? Value() : raiseKeyError(key);
      Value oldKey, old;
      dict_table::removeEntry(asDict(rest), again, &oldKey, &old);
      decref(oldKey);
      xdecref(old);
      continue;
    }
    const Ref pair(newTuple({key, theirs}));
    if (!pair || setAdd(result, pair) < 0) return Value();
  }
  const Ref remaining(callMethod(rest, "items"));
  return remaining && setUpdate(result, remaining) == 0 ? result.release() : Value();
}
Value viewXor(Value a, Value b) {
  if (isInstanceOf(a, dictItemsType) && isInstanceOf(b, dictItemsType)) return itemsXor(dictOf(a), dictOf(b));
  Ref result(setOf(a));
  if (!result) return Value();
  Ref done(callMethod(result, "symmetric_difference_update", {b}));
  return done ? result.release() : Value();
}
Value methodIsDisjoint(Value self, Value other) {
  if (self == other) return boolean(viewLength(self) == 0);
  if (isAnySet(other) || isSetView(other)) {
    int64_t n = length(other);
    if (n < 0) return Value();
    if (n > viewLength(self)) std::swap(self, other);
  }
  Ref it(iterate(other));
  if (!it) return Value();
  for (;;) {
    Ref item(next(it));
    if (!item) return errorSet() ? Value() : boolean(true);
    int32_t r = contains(self, item);
    if (r) return r < 0 ? Value() : boolean(false);
  }
}

constexpr NumberSlots setNumber = {.sub = viewSub, .and_ = viewAnd, .xor_ = viewXor, .or_ = viewOr};
constexpr SequenceSlots keysSequence = {.length = viewLength, .contains = keysContains};
constexpr SequenceSlots itemsSequence = {.length = viewLength, .contains = itemsContains};
constexpr SequenceSlots valuesSequence = {.length = viewLength};
constexpr MethodDef keysMethods[] = {
    {"isdisjoint", methodIsDisjoint, "($self, other, /)"}, {"__reversed__", reversedKeys, "($self, /)"}, {}};
constexpr MethodDef itemsMethods[] = {
    {"isdisjoint", methodIsDisjoint, "($self, other, /)"}, {"__reversed__", reversedItems, "($self, /)"}, {}};
constexpr MethodDef valuesMethods[] = {{"__reversed__", reversedValues, "($self, /)"}, {}};
constexpr GetSetDef viewGetSet[] = {{"mapping", viewMapping}, {}};

} // namespace

constinit Type dictKeysType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "dict_keys",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnGetAttr,
    .instanceLayout = {.type = &dictKeysType, .size = sizeof(ViewObject), .flags = kLayoutGc},
    .dealloc = viewDealloc,
    .traverse = viewTraverse,
    .repr = viewRepr,
    .hash = hashNotImplemented,
    .compare = viewCompare,
    .iter = iterKeys,
    .number = &setNumber,
    .sequence = &keysSequence,
    .methods = keysMethods,
    .getset = viewGetSet,
};
constinit Type dictItemsType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "dict_items",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnGetAttr,
    .instanceLayout = {.type = &dictItemsType, .size = sizeof(ViewObject), .flags = kLayoutGc},
    .dealloc = viewDealloc,
    .traverse = viewTraverse,
    .repr = viewRepr,
    .hash = hashNotImplemented,
    .compare = viewCompare,
    .iter = iterItems,
    .number = &setNumber,
    .sequence = &itemsSequence,
    .methods = itemsMethods,
    .getset = viewGetSet,
};
constinit Type dictValuesType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "dict_values",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnGetAttr,
    .instanceLayout = {.type = &dictValuesType, .size = sizeof(ViewObject), .flags = kLayoutGc},
    .dealloc = viewDealloc,
    .traverse = viewTraverse,
    .repr = viewRepr,
    .iter = iterValues,
    .sequence = &valuesSequence,
    .methods = valuesMethods,
    .getset = viewGetSet,
};

} // namespace krait
