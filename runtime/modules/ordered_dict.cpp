// See ordered_dict.h. Subclasses may override __setitem__ and the like, so every
// method that CPython routes through them does so for other than exact OrderedDicts.
#include "runtime/modules/ordered_dict.h"
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/object/type_name.h"
#include "runtime/types/dict_methods.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"

namespace krait {

using namespace dict_table;

namespace {
bool isOrdered(Value v) { return isInstanceOf(v, orderedDictType); }
bool isPlain(Value v) { return isExact(v, orderedDictType); }
int32_t store(Value d, Value key, Value v) { return isPlain(d) ? dictSet(d, key, v) : setItem(d, key, v); }

// ---- iterators and views ----------------------------------------------------

enum Parts : uint8_t { kKeys = 1, kValues = 2, kItems = 3 };
struct OrderedIterator {
  Object header;
  Value dict;        // null: exhausted
  int64_t position;  // of what comes next; kAtEnd: nothing, whatever the dict gets
  uint64_t version;
  uint8_t parts;
  bool reverse;
};
OrderedIterator* asIterator(Value v) { return v.as<OrderedIterator>(); }
constexpr int64_t kAtEnd = -1;

/// The first that is there, from a place on, in the iterator's direction.
int64_t liveFrom(const OrderedIterator* it, int64_t at) {
  const DictObject* d = asDict(it->dict);
  const int64_t step = it->reverse ? -1 : 1;
  for (; at >= d->firstLive && at < d->entryCount; at += step)
    if (isLive(d->entries[at])) return at;
  return kAtEnd;
}

/// The value of an entry as a look-up by its key gives it: KeyError if the key's hash has changed.
Value valueOf(Value dict, const DictEntry& e) {
  if (asDict(dict)->strKeysOnly || e.key.isSmallInt()) return newRef(e.value);
  Ref key = Ref::share(e.key);
  Value found = dictGet(dict, key);
  return found ? newRef(found) : errorSet() ? Value() : raiseKeyError(key);
}

Value iteratorNext(Value v) {
  OrderedIterator* it = asIterator(v);
  if (!it->dict) return Value();
  DictObject* d = asDict(it->dict);
  if (it->position == kAtEnd || it->version != d->version) {
    const bool atEnd = it->position == kAtEnd, wasCleared = !d->entries;
    clear(it->dict);
    return atEnd ? Value() : raise(RuntimeErrorType, wasCleared ? "OrderedDict changed size during iteration" : "OrderedDict mutated during iteration");
  }
  const DictEntry* e = &d->entries[it->position];
  it->position = liveFrom(it, it->position + (it->reverse ? -1 : 1));
  if (it->parts == kKeys) return newRef(e->key);
  Ref key = Ref::share(e->key), value(valueOf(it->dict, *e));
  if (!value || it->parts == kValues) return value.release();
  return newPair(key.release(), value.release());
}
Value iteratorReduce(Value v) {
  OrderedIterator* it = asIterator(v);
  Ref f(builtinByName("iter"));
  Ref copy(f ? Value(newObject(it->header.layout)) : Value());
  if (!copy) return Value();
  OrderedIterator* other = asIterator(copy);
  Object header = other->header;
  *other = *it;
  other->header = header;
  xincref(other->dict);
  Ref list(toList(copy));
  Ref args(list ? newTuple({list}) : Value());
  return args ? newTuple({f, args}) : Value();
}
constexpr MethodDef iteratorMethods[] = {{"__reduce__", iteratorReduce, "($self, /)", kMethodUnsigned}, {}};
constinit Type orderedIteratorType = iteratorTypeOf<OrderedIterator, 1>(
    orderedIteratorType, "odict_iterator", iteratorNext, iteratorMethods, kTypeDisallowInstantiation);

Value makeIterator(Value d, uint8_t parts, bool reverse) {
  auto* it = reinterpret_cast<OrderedIterator*>(newObject(&orderedIteratorType.instanceLayout));
  it->dict = newRef(d);
  it->version = asDict(d)->version;
  it->parts = parts;
  it->reverse = reverse;
  it->position = liveFrom(it, reverse ? asDict(d)->entryCount - 1 : asDict(d)->firstLive);
  gcTrack(&it->header);
  return Value(&it->header);
}

Value viewDict(Value view) { return ownedWords(view.object())[0]; }
template <uint8_t kParts> Value viewIter(Value v) { return makeIterator(viewDict(v), kParts, false); }
template <uint8_t kParts> Value viewReversed(Value v) { return makeIterator(viewDict(v), kParts, true); }
template <uint8_t kParts>
constexpr MethodDef viewMethods[] = {{"__reversed__", viewReversed<kParts>, "($self, /)", kMethodUnsigned}, {}};

template <uint8_t kParts> constexpr Type viewType(Type& type, Type& base, const char* name) {
  return Type{
      .header = KRAIT_STATIC_HEADER(typeType),
      .name = name,
      .base = &base,
      .flags = kTypeDisallowInstantiation,
      .instanceLayout = {.type = &type, .size = sizeof(Object) + sizeof(Value), .flags = kLayoutGc},
      .dealloc = deallocWords<1>,
      .traverse = traverseWords<1>,
      .iter = viewIter<kParts>,
      .methods = viewMethods<kParts>,
  };
}
constinit Type orderedKeysType = viewType<kKeys>(orderedKeysType, dictKeysType, "odict_keys");
constinit Type orderedValuesType = viewType<kValues>(orderedValuesType, dictValuesType, "odict_values");
constinit Type orderedItemsType = viewType<kItems>(orderedItemsType, dictItemsType, "odict_items");

Value methodKeys(Value self) { return dict_methods::newView(orderedKeysType, self); }
Value methodValues(Value self) { return dict_methods::newView(orderedValuesType, self); }
Value methodItems(Value self) { return dict_methods::newView(orderedItemsType, self); }
Value orderedIter(Value self) { return makeIterator(self, kKeys, false); }
Value methodReversed(Value self) { return makeIterator(self, kKeys, true); }

// ---- filling ----------------------------------------------------------------

int32_t addPairs(Value self, Value pairs) {
  Ref it(iterate(pairs));
  if (!it) return -1;
  for (;;) {
    Ref pair(next(it));
    if (!pair) return errorSet() ? -1 : 0;
    Ref inner(iterate(pair));
    if (!inner) return -1;
    Ref key(next(inner));
    Ref value(key ? next(inner) : Value());
    if (!value) {
      if (!errorSet())
        raise(ValueErrorType, "need more than %d value%s to unpack", key ? 1 : 0, key ? "" : "s");
      return -1;
    }
    Ref extra(next(inner));
    if (extra) return fail(ValueErrorType, "too many values to unpack (expected 2)");
    if (errorSet() || store(self, key, value) < 0) return -1;
  }
}
int32_t updateFrom(Value self, Value other) {
  if (isExactDict(other)) {
    Ref items(dictItemsList(other));
    return items ? addPairs(self, items) : -1;
  }
  Ref keysMethod(getAttrOptional(other, NAME(keys)));
  if (!keysMethod && errorSet()) return -1;
  if (keysMethod) {
    Ref keys(call(keysMethod));
    Ref it(keys ? iterate(keys) : Value());
    if (!it) return -1;
    for (;;) {
      Ref key(next(it));
      if (!key) return errorSet() ? -1 : 0;
      Ref value(getItem(other, key));
      if (!value || store(self, key, value) < 0) return -1;
    }
  }
  Ref itemsMethod(getAttrOptional(other, NAME(items)));
  if (!itemsMethod && errorSet()) return -1;
  if (itemsMethod) {
    Ref items(call(itemsMethod));
    return items ? addPairs(self, items) : -1;
  }
  return addPairs(self, other);
}
int32_t updateFromArgs(Value self, const Args& args) {
  if (args.count > 1)
    return fail(TypeErrorType, "update() takes at most 1 positional argument (%zd given)",
                static_cast<int64_t>(args.count));
  if (args.count && updateFrom(self, args[0]) < 0) return -1;
  for (size_t i = 0; i < args.nameCount(); ++i)
    if (store(self, asTuple(args.names)->items[i], args[args.count + i]) < 0) return -1;
  return 0;
}
Value methodUpdate(Value self, const Args& args) { return updateFromArgs(self, args) < 0 ? Value() : none(); }
int32_t orderedInit(Value self, const Args& args) {
  if (args.count > 1)
    return fail(TypeErrorType, "expected at most 1 arguments, got %zd", static_cast<int64_t>(args.count));
  return updateFromArgs(self, args);
}
Value orderedConstruct(Type* t, const Args&) {
  Value v = allocateOf(t, 0);
  if (!v) return v;
  asDict(v)->strKeysOnly = true;
  gcTrack(v.object());
  return v;
}

// ---- order ------------------------------------------------------------------

/// The entry at one end of a dict that is not empty. What is deleted beyond it is gone through once.
int64_t endEntry(DictObject* d, bool last) {
  if (last) return lastEntry(d);
  int64_t behind = 0;
  nextLive(d, &behind);
  if (!d->split && behind <= UINT32_MAX) d->firstLive = static_cast<uint32_t>(behind - 1);
  return behind - 1;
}

Value methodMoveToEnd(Value self, const Value* argv) {
  int32_t last = argv[1] ? isTrue(argv[1]) : 1;
  DictObject* d = asDict(self);
  if (last >= 0 && !d->used) return raiseKeyError(argv[0]); // which nothing was asked of
  int64_t h = last < 0 ? -1 : keyHash(argv[0]);
  if (h == -1) return Value();
  int64_t i = find(d, argv[0], h);
  if (i < 0) return i == kError ? Value() : raiseKeyError(argv[0]);
  if (i == endEntry(d, last)) return none(); // nothing changes: iterators go on
  Value k, v;
  removeEntry(d, i, &k, &v);
  Ref key(k), value(v);
  return (last ? insertNew(d, key, h, value) : insertFirst(d, key, h, value)) < 0 ? Value() : none();
}

/// Takes the value of `key` out: owned. Null without error if absent. The key must be hashable even where there is nothing to find.
Value popKey(Value self, Value key) {
  if (keyHash(key) == -1) return Value();
  Ref absent(newObject(&objectType.instanceLayout));
  Value v = dictPop(self, key, absent);
  if (v != absent.get()) return v;
  decref(v);
  return Value();
}
Value methodPop(Value self, const Value* argv) {
  Value v = popKey(self, argv[0]);
  if (v || errorSet()) return v;
  return argv[1] ? newRef(argv[1]) : raiseKeyError(argv[0]);
}
Value methodPopItem(Value self, const Value* argv) {
  int32_t last = argv[0] ? isTrue(argv[0]) : 1;
  if (last < 0) return Value();
  DictObject* d = asDict(self);
  if (!d->used) {
    Ref text(newStr("dictionary is empty"));
    return raiseKeyError(text);
  }
  Ref key = Ref::share(d->entries[endEntry(d, last)].key);
  Ref value(popKey(self, key));
  if (!value) return errorSet() ? Value() : raiseKeyError(key);
  return newTuple({key, value});
}
Value methodSetDefault(Value self, const Value* argv) {
  Value fallback = argv[1] ? argv[1] : none();
  if (isPlain(self)) return xnewRef(dictSetDefault(self, argv[0], fallback));
  int32_t present = contains(self, argv[0]);
  if (present < 0) return Value();
  if (present) return getItem(self, argv[0]);
  return setItem(self, argv[0], fallback) < 0 ? Value() : newRef(fallback);
}
Value methodClear(Value self) {
  dictClear(self);
  return none();
}

// ---- whole dicts ------------------------------------------------------------

Value methodCopy(Value self) {
  Ref copy(isPlain(self) ? orderedConstruct(&orderedDictType, Args()) : call(asValue(typeOf(self))));
  if (copy && isPlain(self) && asDict(self)->strKeysOnly) return dictMerge(copy, self, 1) == 0 ? copy.release() : Value();
  Ref keys(copy ? dictKeysList(self) : Value());
  if (!keys) return Value();
  for (int64_t i = 0; i < asList(keys)->size; ++i) {
    Ref value(isPlain(self) ? dictSubscript(self, asList(keys)->items[i]) : getItem(self, asList(keys)->items[i]));
    if (!value || setItem(copy, asList(keys)->items[i], value) < 0) return Value();
  }
  return copy.release();
}
Value methodReduce(Value self) {
  Ref state(callMethod(self, NAME(__getstate__)));
  Ref items(state ? callMethod(self, NAME(items)) : Value());
  Ref it(items ? iterate(items) : Value());
  return it ? newTuple({asValue(typeOf(self)), emptyTuple(), state, none(), it}) : Value();
}
Value orderedRepr(Value self) {
  const char* name = shortName(typeOf(self));
  if (asDict(self)->used == 0) return formatText("%s()", name);
  int32_t entered = reprEnter(self);
  if (entered < 0) return Value();
  if (entered > 0) return newStr("...");
  Ref items(isPlain(self) && asDict(self)->strKeysOnly ? dictItemsList(self) : Value());
  if (!items) {
    Ref view(callMethod(self, NAME(items)));
    items.reset(view ? toList(view) : Value());
  }
  Value text = items ? formatText("%s(%R)", name, items.get()) : Value();
  reprLeave(self);
  return text;
}
Value orderedCompare(Value a, Value b, int op) {
  if (op != kEq && op != kNe) return notImplemented();
  if (!isDict(b)) return notImplemented();
  Ref same(dictType.compare(a, b, kEq));
  if (!same || same.get() == notImplemented()) return same.release();
  int32_t equalNow = same.get() == boolean(true);
  if (equalNow && isOrdered(b)) {
    Ref x(dictKeysList(a)), y(x ? dictKeysList(b) : Value());
    if (!y) return Value();
    equalNow = compareBool(x, y, kEq);
    if (equalNow < 0) return Value();
  }
  return boolean(equalNow == (op == kEq));
}
Value orderedOr(Value a, Value b) {
  if (!isDict(a) || !isDict(b)) return notImplemented();
  Type* t = isOrdered(a) ? typeOf(a) : typeOf(b);
  Ref result(call(asValue(t), {a}));
  return result && updateFrom(result, b) == 0 ? result.release() : Value();
}
Value orderedInplaceOr(Value a, Value b) { return updateFrom(a, b) < 0 ? Value() : newRef(a); }

void orderedDealloc(Object* o) {
  auto* d = reinterpret_cast<OrderedDictObject*>(o);
  if (d->weakrefs) clearWeakrefs(o);
  clear(d->attributes);
  dictType.dealloc(o);
}
int orderedTraverse(Object* o, Visit visit, void* context) {
  if (int r = visit(reinterpret_cast<OrderedDictObject*>(o)->attributes, context)) return r;
  return dictType.traverse(o, visit, context);
}
void orderedClear(Object* o) {
  clear(reinterpret_cast<OrderedDictObject*>(o)->attributes);
  dictType.clear(o);
}

Value methodFromKeys(Value cls, const Value* argv) {
  Ref d(call(cls));
  Ref it(d ? iterate(argv[0]) : Value());
  if (!it) return Value();
  for (;;) {
    Ref key(next(it));
    if (!key) return errorSet() ? Value() : d.release();
    if (store(d, key, argv[1] ? argv[1] : none()) < 0) return Value();
  }
}

constexpr MethodDef orderedMethods[] = {
    {"fromkeys", methodFromKeys, "($type, /, iterable, value=None)", kMethodClass},
    {"setdefault", methodSetDefault, "($self, /, key, default=None)"},
    {"pop", methodPop, "($self, /, key, default=<unrepresentable>)"},
    {"popitem", methodPopItem, "($self, /, last=True)"},
    {"move_to_end", methodMoveToEnd, "($self, /, key, last=True)"},
    {"keys", methodKeys, "($self, /)"},
    {"values", methodValues, "($self, /)"},
    {"items", methodItems, "($self, /)"},
    {"update", methodUpdate},
    {"clear", methodClear, "($self, /)"},
    {"copy", methodCopy, "($self, /)"},
    {"__reduce__", methodReduce, "($self, /)", kMethodUnsigned},
    {"__reversed__", methodReversed, "($self, /)", kMethodUnsigned},
    {},
};
constexpr GetSetDef orderedGetSet[] = {{"__dict__", getInstanceDict, replaceInstanceDict}, {}};
constexpr NumberSlots orderedNumber = {.or_ = orderedOr, .ior = orderedInplaceOr};

} // namespace

constinit Type orderedDictType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "collections.OrderedDict",
    .base = &dictType,
    .flags = kTypeBaseType | kTypeDict | kTypeMapping,
    .instanceLayout = {.type = &orderedDictType,
                       .size = sizeof(OrderedDictObject),
                       .flags = kLayoutGc,
                       .dictOffset = offsetof(OrderedDictObject, attributes),
                       .weakOffset = offsetof(OrderedDictObject, weakrefs)},
    .dealloc = orderedDealloc,
    .traverse = orderedTraverse,
    .clear = orderedClear,
    .repr = orderedRepr,
    .hash = hashNotImplemented,
    .compare = orderedCompare,
    .iter = orderedIter,
    .init = orderedInit,
    .construct = orderedConstruct,
    .number = &orderedNumber,
    .methods = orderedMethods,
    .getset = orderedGetSet,
    .doc = "A dict with operations on its order.",
};

} // namespace krait
