// Copying and merging dicts, with CPython's rules for the resulting table sizes.
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/items.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict_methods.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"

namespace krait {

using namespace dict_table;

/// Without holes and dummies of popitem, so that the same table serves another dict.
static inline bool isCompact(const DictObject* d) {
  return !d->split && !d->owner && d->used == d->entryCount && d->entryCapacity == usable(int64_t{1} << d->log2Index);
}
/// `to` is empty, combined and without a table; takes all live entries of `from` into a table of its size.
static int32_t cloneEntries(DictObject* to, DictObject* from) {
  if (!from->used) return 0;
  if (isCompact(from)) return copyTable(to, from);
  if (resize(to, from->log2Index ? from->log2Index : kMinLog2) < 0) return -1;
  to->strKeysOnly = from->strKeysOnly;
  bool tracked = false;
  auto take = [&](DictEntry& copy, const DictEntry& e, Value value) {
    copy = {e.hash, newRef(e.key), newRef(value)};
    tracked = tracked || (value.isPointer() && (value.object()->layout->flags & kLayoutGc)) ||
              (e.key.isPointer() && (e.key.object()->layout->flags & kLayoutGc));
  };
  int64_t n = 0;
  uint64_t mask = (uint64_t{1} << to->log2Index) - 1;
  for (int64_t i = 0; i < from->entryCount; ++i) {
    const DictEntry& e = from->entries[i];
    if (!isLive(e)) continue;
    take(to->entries[n], e, *dictValueSlot(const_cast<DictEntry&>(e)));
    uint64_t perturb = static_cast<uint64_t>(e.hash), slot = perturb & mask;
    while (indexAt(to, slot) >= 0) {
      perturb >>= 5;
      slot = (slot * 5 + perturb + 1) & mask;
    }
    setIndexAt(to, slot, n++);
  }
  to->entryCount = to->used = n;
  newVersion(to);
  if (tracked) gcTrack(&to->header);
  return 0;
}

static int32_t mergeDict(Value target, Value source, int override) {
  DictObject *d = asDict(target), *other = asDict(source);
  if (other == d || other->used == 0) return 0;
  if (d->used == 0 && !d->split && override == 1 && other->used == other->entryCount &&
      (other->log2Index == kMinLog2 || usable((int64_t{1} << other->log2Index) / 2) < other->used)) {
    dictClear(target);
    if (!d->entries) return cloneEntries(d, other);
  }
  if (usable(d->entries ? int64_t{1} << d->log2Index : 1) < other->used) {
    bool text = (d->strKeysOnly || !d->entries) && other->strKeysOnly;
    if (resize(d, log2For(((d->used + other->used) * 3 + 1) / 2)) < 0) return -1;
    d->strKeysOnly = text;
  }
  int64_t at = 0;
  Value k, x;
  int64_t h;
  const int64_t count = other->entryCount;
  for (;;) {
    if (override == 1) {
      if (mergePlainly(d, other, &at) < 0) return -1;
      if (other->entryCount != count) return fail(RuntimeErrorType, "dict mutated during update");
    }
    if (!dictNext(source, &at, &k, &x, &h)) return 0;
    Ref key = Ref::share(k), value = Ref::share(x);
    if (override == 1) {
      if (dictSet(target, key, h, value) < 0) return -1;
    } else {
      bool added;
      if (!dictFindOrAdd(target, key, h, value, &added)) return -1;
      if (!added && override == 2) {
        raiseKeyError(key);
        return -1;
      }
    }
    if (other->entryCount != count) return fail(RuntimeErrorType, "dict mutated during update");
  }
}

/// The keys of any mapping, all of them before the first value is asked for: list, owned.
static Value keysOf(Value mapping) {
  Ref keys(callMethod(mapping, NAME(keys)));
  Ref it(keys ? iterate(keys) : Value());
  if (it) return toList(it);
  if (keys && errorClearIf(TypeErrorType))
    raise(TypeErrorType, "%.200T.keys() returned a non-iterable (type %.200T)", mapping, keys.get());
  return Value();
}

int32_t dictMerge(Value d, Value mapping, int override) {
  if (isDict(mapping) && typeOf(mapping)->iter == dictType.iter) return mergeDict(d, mapping, override);
  Ref keys(keysOf(mapping));
  if (!keys) return -1;
  for (int64_t i = 0; i < asList(keys)->size; ++i) {
    Ref key = Ref::share(asList(keys)->items[i]);
    if (override != 1) {
      int32_t present = dictContains(d, key);
      if (present < 0) return -1;
      if (present) {
        if (override == 0) continue;
        raiseKeyError(key);
        return -1;
      }
    }
    Ref value(getItem(mapping, key));
    if (!value || dictSet(d, key, value) < 0) return -1;
  }
  return 0;
}

/// dictSet, of a key that is not there, mostly.
[[gnu::always_inline]] static inline int32_t setMostlyNew(Value d, Value key, Value value) {
  int64_t h;
  return hashAtOnce(key, &h) ? dictSet(d, key, h, value) : dictSet(d, key, value);
}
/// The pairs of a zip over lists or tuples, which run no code to be stepped and hold their items, as far as they go.
static int32_t updateFromSequences(Value d, Value zip) {
  constexpr int64_t kMost = 24;
  Value pairs[2 * kMost];
  if (!asDict(d)->entries)
    if (const int64_t count = zipTextsAhead(zip, pairs, kMost)) {
      const int64_t taken = takeFirstTexts(asDict(d), pairs, count);
      zipSkip(zip, taken);
      for (int64_t i = 2 * taken; i < 2 * count; ++i) decref(pairs[i]); // the lists hold them
    }
  for (Value pair[2]; zipOfSequences(zip, pair);) {
    const int32_t done = setMostlyNew(d, pair[0], pair[1]);
    decref(pair[0]);
    decref(pair[1]);
    if (done < 0) return -1;
  }
  return 0;
}

int32_t dictUpdateFromPairs(Value d, Value iterable) {
  Items items(iterable);
  if (!items || (isExact(iterable, zipType) && updateFromSequences(d, iterable) < 0)) return -1;
  const bool isZip = isExact(iterable, zipType);
  for (int64_t i = 0;; ++i) {
    Ref item;
    if (isZip) {
      Value words[2];
      const int32_t count = zipPair(iterable, words);
      if (count <= 0) return count;
      item.reset(words[0]);
      if (count == 2) {
        Ref value(words[1]);
        if (dictSet(d, item, value) < 0) return -1;
        continue;
      }
    } else {
      item.reset(items.next());
    }
    if (!item) return errorSet() ? -1 : 0;
    if (isExactTuple(item) && asTuple(item)->size == 2) {
      // Its items live while it does.
      if (setMostlyNew(d, asTuple(item)->items[0], asTuple(item)->items[1]) < 0) return -1;
      continue;
    }
    Ref pair(toFast(item, ""));
    if (!pair) {
      if (errorMatches(TypeErrorType)) {
        errorClear();
        raise(TypeErrorType, "cannot convert dictionary update sequence element #%zd to a sequence", i);
      }
      return -1;
    }
    int64_t n = isList(pair) ? asList(pair)->size : asTuple(pair)->size;
    if (n != 2)
      return fail(ValueErrorType, "dictionary update sequence element #%zd has length %zd; 2 is required", i, n);
    const Value* words = isList(pair) ? asList(pair)->items : asTuple(pair)->items;
    Ref key = Ref::share(words[0]), value = Ref::share(words[1]);
    if (dictSet(d, key, value) < 0) return -1;
  }
}

/// Of a builtin type without a method `keys`, which most are that give pairs.
static inline bool isWithoutKeys(Value v) {
  return isExact(v, generatorType) || isExact(v, zipType) || isExactList(v) || isExactTuple(v);
}

int32_t dict_methods::updateFrom(Value d, Value other) {
  if (isExactDict(other)) return dictMerge(d, other, 1);
  if (isWithoutKeys(other)) return dictUpdateFromPairs(d, other);
  Ref keys(getAttrOptional(other, NAME(keys)));
  if (keys) return dictMerge(d, other, 1);
  return errorSet() ? -1 : dictUpdateFromPairs(d, other);
}

int32_t dict_methods::updateFromArgs(Value d, const char* callee, const Args& args) {
  if (args.count > 1)
    return fail(TypeErrorType, "%s expected at most 1 argument, got %zd", callee, static_cast<int64_t>(args.count));
  if (args.count && updateFrom(d, args[0]) < 0) return -1;
  const size_t named = args.nameCount();
  if (named && !asDict(d)->used && !asDict(d)->split) dictClear(d); // what is empty begins anew, as with any other dict
  for (size_t i = named ? addTexts(asDict(d), asTuple(args.names)->items, args.values + args.count, named) : 0; i < named; ++i)
    if (dictSet(d, asTuple(args.names)->items[i], args[args.count + i]) < 0) return -1;
  return 0;
}

Value dict_methods::newFrom(const Args& args) {
  Ref d(Value(&allocateDict()->header));
  return updateFromArgs(d, "dict", args) < 0 ? Value() : d.release();
}

Value dictCopy(Value v) {
  DictObject* d = asDict(v);
  if (isCompact(d) && isExactDict(v)) return copyCompact(d);
  Ref copy(Value(&allocateDict()->header));
  if (!d->used) return copy.release();
  if (typeOf(v)->iter == dictType.iter && d->used >= d->entryCount * 2 / 3) {
    if (cloneEntries(asDict(copy), d) < 0) return Value();
    return copy.release();
  }
  return dictMerge(copy, v, 1) < 0 ? Value() : copy.release();
}

extern "C" int32_t krt_dict_update(Value d, Value mapping) {
  if (dictMerge(d, mapping, 1) == 0) return 0;
  if (errorMatches(AttributeErrorType)) {
    errorClear();
    return fail(TypeErrorType, "'%.200s' object is not a mapping", typeOf(mapping)->name);
  }
  return -1;
}

} // namespace krait
