// The methods of set and frozenset.
#include "runtime/types/set_methods.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/set_table.h"

namespace krait::set_methods {

using namespace set_table;

/// Does `operation` with the key; an unhashable set is tried again as a frozenset.
static int32_t withHashable(Value s, Value key, int32_t (*operation)(Value, Value)) {
  int32_t r = operation(s, key);
  if (r >= 0 || !hasTypeFlag(key, kTypeSet) || !errorClearIf(TypeErrorType)) return r;
  Ref frozen(newFrozenSet(key));
  return frozen ? operation(s, frozen) : -1;
}

int32_t containsItem(Value s, Value item) { return withHashable(s, item, setContains); }

static Value methodContains(Value self, Value item) {
  int32_t r = containsItem(self, item);
  return r < 0 ? Value() : boolean(r);
}
static Value methodAdd(Value self, Value item) { return setAdd(self, item) < 0 ? Value() : none(); }
static Value methodRemove(Value self, Value item) {
  int32_t r = withHashable(self, item, setDiscard);
  if (r == 0) return raiseKeyError(item);
  return r < 0 ? Value() : none();
}
static Value methodDiscard(Value self, Value item) {
  return withHashable(self, item, setDiscard) < 0 ? Value() : none();
}
static Value methodPop(Value self) {
  SetObject* s = asSet(self);
  if (!s->used) {
    Ref text(newStr("pop from an empty set"));
    return raiseKeyError(text);
  }
  int64_t at = s->finger & s->mask;
  SetEntry* e = set_table::next(s, &at);
  if (!e) at = 0, e = set_table::next(s, &at); // from the start again
  Value key = e->key;
  *e = {Value(), -1};
  noteLive(s, e, false);
  --s->used;
  s->finger = at;
  return key;
}
static Value methodClear(Value self) {
  clear(asSet(self));
  return none();
}
static Value methodCopy(Value self) { return copyOf(self); }
static Value frozensetCopy(Value self) { return isExact(self, frozensetType) ? newRef(self) : copyOf(self); }

static Value methodUpdate(Value self, const Value* argv) {
  RecursionLevels level(1);
  if (!level) return Value();
  for (int64_t i = 0; i < asTuple(argv[0])->size; ++i)
    if (setUpdate(self, asTuple(argv[0])->items[i]) < 0) return Value();
  return none();
}
static Value methodUnion(Value self, const Value* argv) {
  Ref result(copyOf(self));
  if (!result) return Value();
  for (int64_t i = 0; i < asTuple(argv[0])->size; ++i) {
    Value other = asTuple(argv[0])->items[i];
    if (other != self && setUpdate(result, other) < 0) return Value();
  }
  return result.release();
}
static Value methodIntersection(Value self, const Value* argv) {
  if (asTuple(argv[0])->size == 0) return copyOf(self);
  Ref result = Ref::share(self);
  for (int64_t i = 0; result && i < asTuple(argv[0])->size; ++i)
    result = Ref(intersection(result, asTuple(argv[0])->items[i]));
  return result.release();
}
static Value methodIntersectionUpdate(Value self, const Value* argv) {
  Ref result(methodIntersection(self, argv));
  if (!result) return Value();
  swapBodies(asSet(self), asSet(result));
  return none();
}
static Value methodDifference(Value self, const Value* argv) {
  int64_t n = asTuple(argv[0])->size;
  if (n == 0) return copyOf(self);
  Ref result(difference(self, asTuple(argv[0])->items[0]));
  for (int64_t i = 1; result && i < n; ++i)
    if (differenceUpdate(result, asTuple(argv[0])->items[i]) < 0) return Value();
  return result.release();
}
static Value methodDifferenceUpdate(Value self, const Value* argv) {
  for (int64_t i = 0; i < asTuple(argv[0])->size; ++i)
    if (differenceUpdate(self, asTuple(argv[0])->items[i]) < 0) return Value();
  return none();
}
static Value methodSymmetricDifferenceUpdate(Value self, Value other) {
  return symmetricDifferenceUpdate(self, other) < 0 ? Value() : none();
}
static Value methodIsSubset(Value self, Value other) {
  int32_t r = isSubset(self, other);
  return r < 0 ? Value() : boolean(r);
}
static Value methodIsSuperset(Value self, Value other) {
  if (isAnySet(other)) return methodIsSubset(other, self);
  Ref it(iterate(other));
  if (!it) return Value();
  for (;;) {
    Ref item(krait::next(it));
    if (!item) return errorSet() ? Value() : boolean(true);
    int32_t r = setContains(self, item);
    if (r <= 0) return r < 0 ? Value() : boolean(false);
  }
}
static Value methodIsDisjoint(Value self, Value other) {
  if (self == other) return boolean(asSet(self)->used == 0);
  if (isExact(other, setType) || isExact(other, frozensetType)) {
    const int32_t r = isDisjoint(self, other);
    return r < 0 ? Value() : boolean(r);
  }
  Ref it(iterate(other));
  if (!it) return Value();
  for (;;) {
    Ref item(krait::next(it));
    if (!item) return errorSet() ? Value() : boolean(true);
    int32_t r = setContains(self, item);
    if (r) return r < 0 ? Value() : boolean(false);
  }
}
static Value methodReduce(Value self) {
  Ref list(toList(self));
  Ref args(list ? newTuple({list}) : Value());
  Ref state(args ? callMethod(self, NAME(__getstate__)) : Value());
  return state ? newTuple({asValue(typeOf(self)), args, state}) : Value();
}
static Value methodSizeof(Value self) {
  SetObject* s = asSet(self);
  return newInt(basicSize(typeOf(self)) + (s->table == s->smallTable ? 0 : (s->mask + 1) * 16));
}

#define SHARED_ROWS                                                                                           \
  {"__contains__", methodContains, "($self, object, /)", kMethodCoexist},                                    \
      {"difference", methodDifference, "($self, /, *others)", kMethodUnsigned},                                               \
      {"intersection", methodIntersection, "($self, /, *others)", kMethodUnsigned},                                           \
      {"isdisjoint", methodIsDisjoint}, {"issubset", methodIsSubset}, \
      {"issuperset", methodIsSuperset}, {"__reduce__", methodReduce},      \
      {"__sizeof__", methodSizeof, "($self, /)"},                                                            \
      {"symmetric_difference", symmetricDifference},                                    \
      {"union", methodUnion, "($self, /, *others)", kMethodUnsigned}, {"__class_getitem__", newGenericAlias, nullptr, kMethodClass}

constinit const MethodDef setTable[] = {
    SHARED_ROWS,
    {"add", methodAdd},
    {"clear", methodClear},
    {"copy", methodCopy},
    {"discard", methodDiscard},
    {"difference_update", methodDifferenceUpdate, "($self, /, *others)", kMethodUnsigned},
    {"intersection_update", methodIntersectionUpdate, "($self, /, *others)", kMethodUnsigned},
    {"pop", methodPop},
    {"remove", methodRemove},
    {"symmetric_difference_update", methodSymmetricDifferenceUpdate},
    {"update", methodUpdate, "($self, /, *others)", kMethodUnsigned},
    {},
};
constinit const MethodDef frozensetTable[] = {SHARED_ROWS, {"copy", frozensetCopy}, {}};

} // namespace krait::set_methods
