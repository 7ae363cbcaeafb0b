// Builtin functions on iterables: all any iter len max min next sorted.
#include "runtime/builtins/functions.h"
#include "runtime/builtins/items_at_hand.h"
#include "runtime/object/items.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slow_calls.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/set_methods.h"
#include "runtime/types/str.h"

namespace krait {

/// How many of the items, from the first on, are small ints, bools or None that are `stop`'s opposite.
static int64_t countPlainly(const Value* items, int64_t n, bool stop) {
  const Value other = boolean(!stop);
  int64_t i = 0;
  while (i < n && (items[i].isSmallInt() ? (items[i].smallInt() != 0) != stop : items[i] == other || (stop && items[i] == none()))) ++i;
  return i;
}

/// True as soon as an item's truth is `stop`.
static Value findTruth(Value iterable, bool stop) {
  RecursionLevels level(1);
  if (!level) return Value();
  Items items(iterable);
  if (!items) return Value();
  if (isExactList(iterable)) items.skip(countPlainly(asList(iterable)->items, asList(iterable)->size, stop));
  else if (isExactTuple(iterable)) items.skip(countPlainly(asTuple(iterable)->items, asTuple(iterable)->size, stop));
  for (;;) {
    const Value item = items.next();
    if (!item) return errorSet() ? Value() : boolean(!stop);
    if (item == boolean(!stop)) continue; // what a predicate answers, mostly
    if (item == boolean(stop)) return item;
    const int32_t truth = krt_truth(item);
    decref(item);
    if (truth < 0) return Value();
    if (truth == stop) return boolean(stop);
  }
}
static Value allFunction(Value, Value iterable) { return findTruth(iterable, false); }
static Value anyFunction(Value, Value iterable) { return findTruth(iterable, true); }

static Value lenFunction(Value, Value v) {
  int64_t n = length(v);
  return n < 0 ? Value() : newInt(n);
}

static Value iterFunction(Value, const Args& args) {
  if (checkNoKeywords("iter", args) < 0 || checkPositional("iter", args, 1, 2) < 0) return Value();
  if (args.count == 1) return iterate(args[0]);
  if (!isCallable(args[0])) return raise(TypeErrorType, "iter(v, w): v must be callable");
  return newCallableIterator(args[0], args[1]);
}
static Value nextFunction(Value, const Args& args) {
  if (checkNoKeywords("next", args) < 0 || checkPositional("next", args, 1, 2) < 0) return Value();
  Value it = args[0];
  if (!isIterator(it)) return raise(TypeErrorType, "'%.200s' object is not an iterator", typeOf(it)->name);
  Value v = nextWithStop(it);
  if (v) return v;
  if (args.count == 2) {
    if (errorSet() && !errorClearIf(StopIterationType)) return Value();
    return newRef(args[1]);
  }
  return errorSet() ? Value() : raiseStopIteration(Value());
}

static Value sortedFunction(Value, const Args& args) {
  if (args.count != 1)
    return raise(TypeErrorType, "sorted expected 1 argument, got %zd", static_cast<int64_t>(args.count));
  Ref list(toList(args[0])); // before a look at the names: they are the names of the list's sort()
  if (!list) return Value();
  if (args.nameCount() > 2)
    return raise(TypeErrorType, "sort() takes at most 2 keyword arguments (%zd given)", static_cast<int64_t>(args.nameCount()));
  Value key, reverse;
  for (size_t i = 0; i < args.nameCount(); ++i) {
    Value name = asTuple(args.names)->items[i];
    if (name == NAME(key) || strEqual(name, "key")) key = args[args.count + i];
    else if (name == NAME(reverse) || strEqual(name, "reverse")) reverse = args[args.count + i];
    else return raise(TypeErrorType, "'%U' is an invalid keyword argument for sort()", name);
  }
  int64_t descending = reverse ? toInt64(reverse) : 0;
  if (descending == -1 && errorSet()) return Value();
  return listSort(list, key, descending != 0) == 0 ? list.release() : Value();
}

/// The least or greatest of what `next` gives up to a null word, if that is nothing but small ints, or immediate floats; else null.
template <class Next> static inline Value extremeOf(CompareOp op, const Next& next) {
  Value best = next();
  if (best && best.isImmediateFloat()) { // no NaN is one
    while (const Value item = next()) {
      if (!item.isImmediateFloat()) return {};
      const double x = item.immediateFloat(), y = best.immediateFloat();
      if (op == kLt ? x < y : x > y) best = item;
    }
    return best;
  }
  if (!best || !best.isSmallInt()) return {};
  while (const Value item = next()) {
    if (!item.isSmallInt()) return {};
    if (op == kLt ? item.smallInt() < best.smallInt() : item.smallInt() > best.smallInt()) best = item;
  }
  return best;
}
/// The same of a builtin container. If it is null, nothing has happened.
static Value extremeOfNumbers(Value container, CompareOp op) {
  if (isExact(container, setType) || isExact(container, frozensetType)) return set_methods::extremeOfSmallInts(container, op == kGt);
  return takeItemsAtHand(container, [&](const auto& next) { return extremeOf(op, next); });
}

[[gnu::noinline]] static int32_t isBetterAnyhow(Value a, Value b, CompareOp op) {
  if (isExactTuple(a) && isExactTuple(b)) {
    const int32_t known = op == kLt ? plainlyLess(a, b) : plainlyLess(b, a);
    if (known >= 0) return known;
  }
  if (comparesAsInt(a) && comparesAsInt(b)) return op == kLt ? intCompare(a, b) < 0 : intCompare(a, b) > 0;
  return compareBool(a, b, op);
}
/// a op b, for < or >: -1 with an error.
static inline int32_t isBetter(Value a, Value b, CompareOp op) {
  if (a.isSmallInt() && b.isSmallInt()) return op == kLt ? a.smallInt() < b.smallInt() : a.smallInt() > b.smallInt();
  if (isExactStr(a) && isExactStr(b)) {
    const int order = strCompare(a, b);
    return op == kLt ? order < 0 : order > 0;
  }
  return isBetterAnyhow(a, b, op);
}
/// min and max: the item whose key is the first for which `op` holds against every other.
static Value extreme(const Args& args, const char* name, CompareOp op) {
  if (args.count == 1 && !args.names)
    if (const Value best = extremeOfNumbers(args[0], op)) return best;
  if (args.count == 0) return raise(TypeErrorType, "%s expected at least 1 argument, got 0", name);
  Value key, fallback;
  if (args.nameCount() > 2) return raise(TypeErrorType, "%s() takes at most 2 keyword arguments (%zd given)", name, args.nameCount());
  for (size_t i = 0; i < args.nameCount(); ++i) {
    Value word = asTuple(args.names)->items[i];
    if (strEqual(word, "key")) key = args[args.count + i];
    else if (strEqual(word, "default")) fallback = args[args.count + i];
    else return raise(TypeErrorType, "'%U' is an invalid keyword argument for %s()", word, name);
  }
  if (key && isNone(key)) key = Value();
  RecursionLevels level(args.nameCount() ? 0 : 1); // a call with keywords is one anyway
  if (!level) return Value();
  bool several = args.count > 1;
  if (several && fallback)
    return raise(TypeErrorType, "Cannot specify a default for %s() with multiple positional arguments", name);
  Items items(several ? emptyTuple() : args[0]);
  if (!items) return Value();
  Value best, bestKey; // owned; without a key function the item is its own key, and counted once
  for (size_t i = 0;; ++i) {
    const Value item = !several ? items.next() : i < args.count ? newRef(args[i]) : Value();
    if (!item) break;
    const Value itemKey = key ? callKept(key, item) : item;
    const int32_t better = !itemKey ? -1 : !best ? 1 : isBetter(itemKey, bestKey, op);
    if (better > 0) {
      const Value oldKey = key ? bestKey : Value(), old = best;
      best = item;
      bestKey = itemKey;
      xdecref(oldKey);
      xdecref(old);
    } else {
      decref(item);
      if (key) xdecref(itemKey);
      if (better < 0) break;
    }
  }
  if (key) xdecref(bestKey);
  if (errorSet()) {
    xdecref(best);
    return Value();
  }
  if (best) return best;
  if (fallback) return newRef(fallback);
  return raise(ValueErrorType, "%s() arg is an empty sequence", name);
}
static Value minFunction(Value, const Args& args) { return extreme(args, "min", kLt); }
static Value maxFunction(Value, const Args& args) { return extreme(args, "max", kGt); }

extern "C" {
constinit const MethodDef krt_builtin_def_all = {"all", allFunction, "($module, iterable, /)"};
constinit const MethodDef krt_builtin_def_any = {"any", anyFunction, "($module, iterable, /)"};
constinit const MethodDef krt_builtin_def_len = {"len", lenFunction, "($module, obj, /)"};
constinit const MethodDef krt_builtin_def_iter = {"iter", iterFunction};
constinit const MethodDef krt_builtin_def_next = {"next", nextFunction};
constinit const MethodDef krt_builtin_def_sorted = {"sorted", sortedFunction,
                                                    "($module, iterable, /, *, key=None, reverse=False)"};
constinit const MethodDef krt_builtin_def_min = {"min", minFunction};
constinit const MethodDef krt_builtin_def_max = {"max", maxFunction};
}

} // namespace krait
