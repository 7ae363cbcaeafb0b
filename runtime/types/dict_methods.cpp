// The methods of dict.
#include "runtime/types/dict_methods.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/items.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"

namespace krait {

using namespace dict_table;

static Value methodContains(Value self, Value key) {
  int32_t r = dictContains(self, key);
  return r < 0 ? Value() : boolean(r);
}
static Value methodGet(Value self, const Value* argv) {
  Value v = dictGet(self, argv[0]);
  if (v) return newRef(v);
  if (errorSet()) return Value();
  return argv[1] ? newRef(argv[1]) : none();
}
static Value methodSetDefault(Value self, const Value* argv) {
  return xnewRef(dictSetDefault(self, argv[0], argv[1] ? argv[1] : none()));
}
static Value methodPop(Value self, const Value* argv) { return dictPop(self, argv[0], argv[1]); }
static Value methodPopItem(Value self) {
  DictObject* d = asDict(self);
  if (!d->used) return raise(KeyErrorType, "popitem(): dictionary is empty");
  Ref pair(newTuple(2));
  if (!pair) return Value();
  int64_t i = lastEntry(d);
  if (i < 0) return raise(KeyErrorType, "popitem(): dictionary is empty");
  removeEntry(d, i, &asTuple(pair)->items[0], &asTuple(pair)->items[1]);
  --d->entryCount;
  --d->entryCapacity;
  if (d->firstLive > d->entryCount) d->firstLive = static_cast<uint32_t>(d->entryCount);
  return pair.release();
}
static Value methodUpdate(Value self, const Args& args) {
  RecursionLevels level(args.nameCount() ? 0 : 1); // a call with keywords is one anyway
  return level && dict_methods::updateFromArgs(self, "update", args) == 0 ? none() : Value();
}
static Value methodClear(Value self) {
  dictClear(self);
  return none();
}
static Value methodSizeof(Value self) {
  DictObject* d = asDict(self);
  int64_t size = basicSize(typeOf(self));
  if (d->owner) {
    size += 8 * 29; // an instance's: words for the 30 keys that its class has room for, less one for each instance made
  } else if (d->entries) {
    int log2 = d->log2Index, bytes = log2 < 8 ? 0 : log2 < 16 ? 1 : log2 < 32 ? 2 : 3;
    size += 32 + (int64_t{1} << (log2 + bytes)) + usable(int64_t{1} << log2) * (d->strKeysOnly ? 16 : 24);
  }
  return newInt(size);
}
static Value methodFromKeys(Value cls, const Value* argv) {
  Value fill = argv[1] ? argv[1] : none();
  Ref d(call(cls));
  if (!d) return Value();
  bool plain = isExactDict(d);
  const bool isOfSet = isExact(argv[0], setType) || isExact(argv[0], frozensetType);
  if (plain && dictSize(d) == 0 && (isExactDict(argv[0]) || isOfSet)) {
    // Their keys' hashes are known.
    int64_t at = 0, h;
    Value key;
    while (isOfSet ? setNext(argv[0], &at, &key, &h) : dictNext(argv[0], &at, &key, nullptr, &h)) {
      Ref held = Ref::share(key);
      if (dictSet(d, held, h, fill) < 0) return Value();
    }
    return d.release();
  }
  Items items(argv[0]);
  if (!items) return Value();
  for (;;) {
    Ref key(items.next());
    if (!key) return errorSet() ? Value() : d.release();
    int64_t h;
    const bool known = plain && hashAtOnce(key, &h);
    if (known)
      if (const DictEntry* e = dict_table::entryAtOnce(asDict(d), key, h); e && e->value == fill) continue; // it came before
    const int32_t done = !plain ? setItem(d, key, fill) : known ? dictSet(d, key, h, fill) : dictSet(d, key, fill);
    if (done < 0) return Value();
  }
}
static Value methodKeys(Value self) { return dict_methods::newView(dictKeysType, self); }
static Value methodValues(Value self) { return dict_methods::newView(dictValuesType, self); }
static Value methodItems(Value self) { return dict_methods::newView(dictItemsType, self); }
static Value methodReversed(Value self) { return dict_methods::newReverseIterator(dictReverseKeyIteratorType, self); }

const MethodDef dict_methods::table[] = {
    {"__contains__", methodContains, "($self, key, /)", kMethodCoexist},
    {"__getitem__", dictSubscript, "($self, key, /)", kMethodCoexist},
    {"__sizeof__", methodSizeof, "($self, /)"},
    {"get", methodGet, "($self, key, default=None, /)"},
    {"setdefault", methodSetDefault, "($self, key, default=None, /)"},
    {"pop", methodPop, "($self, key, default=<unrepresentable>, /)"},
    {"popitem", methodPopItem, "($self, /)"},
    {"keys", methodKeys, "($self, /)"},
    {"items", methodItems, "($self, /)"},
    {"values", methodValues, "($self, /)"},
    {"update", methodUpdate},
    {"fromkeys", methodFromKeys, "($type, iterable, value=None, /)", kMethodClass},
    {"clear", methodClear, "($self, /)"},
    {"copy", dictCopy, "($self, /)"},
    {"__reversed__", methodReversed, "($self, /)"},
    {"__class_getitem__", newGenericAlias, nullptr, kMethodClass},
    {},
};

} // namespace krait
