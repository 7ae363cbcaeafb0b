// Iterators over dicts. One step function, templated on direction and on what is
// handed out. Changing the dict's size is an error, and so is finding more
// entries than there were.
#include <algorithm>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/attribute_cache.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slow_operators.h"
#include "runtime/types/dict_methods.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/many_steps.h"
#include "runtime/types/result_tuple.h"
#include "runtime/types/sequence.h"

namespace krait {

using namespace dict_table;

namespace {

/// Whether CPython would count the positions of an iterator in attributes that there are, as it does where instances of a class share
/// their keys, and not in entries of the table: then one that was deleted lets those behind it move up.
bool countsAttributes(const DictObject* d) {
  constexpr int64_t kMostSharedKeys = 30;
  return d->split == kDictInstance && d->strKeysOnly && d->entryCount <= kMostSharedKeys;
}

/// Live entry number `n`; null if there is none.
DictEntry* liveEntry(DictObject* d, int64_t n) {
  if (n < 0 || n >= d->used) return nullptr;
  if (d->used == d->entryCount && isLive(d->entries[n])) return d->entries + n;
  int64_t at = 0;
  DictEntry* e = nextLive(d, &at);
  while (e && n-- > 0) e = nextLive(d, &at);
  return e;
}

} // namespace

static DictIterator* asIterator(Value v) { return v.as<DictIterator>(); }

Value dict_methods::newIterator(Type& type, Value d) {
  auto* it = newObjectOf<DictIterator>(type);
  it->dict = newRef(d);
  it->held[0] = it->held[1] = kHoldsNothing;
  it->used = it->remaining = asDict(d)->used;
  gcTrackNew(&it->header);
  return Value(&it->header);
}
extern "C" int32_t krt_dict_iterable_slow(Value v, int32_t view) {
  if (!isDict(v)) return 0;
  const Object* o = v.object();
  Type* t = readyTypeOf(v);
  const Value name = view == 0 ? NAME(keys) : view == 1 ? NAME(values) : NAME(items);
  // An attribute of the instance would hide the method.
  if (t->getAttr != objectType.getAttr || o->layout->slotCount || hasOwnDict(o, o->layout)) return 0;
  const Value own = typeLookup(&dictType, name);
  return own && typeLookup(t, name) == own;
}
extern "C" Value krt_dict_iterator(Value dict, int32_t view) {
  gcCountCreated(); // a view that nobody sees: collections are due by what is created
  gcCountReleased();
  return dict_methods::newIterator(dictIteratorType(view), dict);
}
Value dict_methods::newReverseIterator(Type& type, Value d) {
  const int64_t last = (countsAttributes(asDict(d)) ? asDict(d)->used : asDict(d)->entryCount) - 1;
  const Value it = newIterator(type, d);
  asIterator(it)->position = last;
  return it;
}

namespace {

enum class What { Key, Value, Item };

void exhaust(DictIterator* it) {
  Value d = it->dict;
  it->dict = Value();
  xdecref(d);
}

/// The next entry; null: there is none, or an error.
template <bool kReverse> [[gnu::always_inline]] inline DictEntry* stepEntry(DictIterator* it) {
  if (!it->dict) return nullptr;
  DictObject* d = asDict(it->dict);
  if (it->used != d->used) {
    it->used = -1;
    raise(RuntimeErrorType, "dictionary changed size during iteration");
    return nullptr;
  }
  DictEntry* e = nullptr;
  if (countsAttributes(d)) {
    e = liveEntry(d, it->position);
    it->position += kReverse ? -1 : 1;
  } else if (kReverse) {
    int64_t i = it->position < d->entryCount ? it->position : d->entryCount - 1;
    while (i >= 0 && !isLive(d->entries[i])) --i;
    if (i >= 0) e = &d->entries[i];
    it->position = i - 1;
  } else {
    e = nextLive(d, &it->position);
  }
  if (!e) {
    exhaust(it);
    return nullptr;
  }
  if (!kReverse && it->remaining == 0) {
    exhaust(it);
    raise(RuntimeErrorType, "dictionary keys changed during iteration");
    return nullptr;
  }
  --it->remaining;
  return e;
}

template <What what> [[gnu::always_inline]] inline Value handOut(DictIterator* it, DictEntry* e) {
  if (what == What::Key) return newRef(e->key);
  const Value word = *dictValueSlot(*e);
  if (what == What::Value) return newRef(word);
  return nextPair(it->result, it->held, newRef(e->key), newRef(word));
}
template <What what, bool kReverse> [[gnu::noinline]] Value stepAnyhow(Value self) {
  DictEntry* e = stepEntry<kReverse>(asIterator(self));
  return e ? handOut<what>(asIterator(self), e) : Value();
}
template <What what, bool kReverse> Value step(Value self) {
  DictEntry* e = kReverse ? nullptr : nextAtOnce(asIterator(self));
  return e ? handOut<what>(asIterator(self), e) : stepAnyhow<what, kReverse>(self);
}

void iteratorDealloc(Object* o) {
  gcUntrack(o);
  xdecref(reinterpret_cast<DictIterator*>(o)->dict);
  xdecref(reinterpret_cast<DictIterator*>(o)->result);
  dropHeld(reinterpret_cast<DictIterator*>(o)->held);
  releaseCollected(o);
}
int iteratorTraverse(Object* o, Visit visit, void* context) {
  auto* it = reinterpret_cast<DictIterator*>(o);
  if (int stop = visit(it->dict, context)) return stop;
  if (int stop = visitHeld(it->held, visit, context)) return stop;
  return visit(it->result, context);
}
Value self(Value v) { return newRef(v); }

Value lengthHint(Value v) {
  DictIterator* it = asIterator(v);
  return newInt(it->dict && it->used == asDict(it->dict)->used ? it->remaining : 0);
}
/// (iter, ([what is left],)): dicts cannot be resumed in the middle.
Value reduce(Value v) {
  DictIterator* it = asIterator(v);
  Ref iter(builtinByName("iter"));
  if (!iter) return Value();
  Ref copy(newObject(&typeOf(v)->instanceLayout));
  auto* other = asIterator(copy);
  other->dict = xnewRef(it->dict);
  other->held[0] = other->held[1] = kHoldsNothing;
  other->used = it->used;
  other->position = it->position;
  other->remaining = it->remaining;
  Ref list(toList(copy));
  if (!list) return Value();
  Ref args(newTuple({list}));
  return args ? newTuple({iter, args}) : Value();
}

constexpr MethodDef methods[] = {
    {"__length_hint__", lengthHint, "($self, /)"},
    {"__reduce__", reduce, "($self, /)"},
    {},
};

constexpr Type iteratorType(Type& self_, const char* name, UnaryFn next, bool reversed = false) {
  return Type{
      .header = KRAIT_STATIC_HEADER(typeType),
      .name = name,
      .base = &objectType,
      .flags = kTypeDisallowInstantiation | (reversed ? 0 : kTypeOwnGetAttr),
      .instanceLayout = {.type = &self_, .size = sizeof(DictIterator), .flags = kLayoutGc | kLayoutKnownSteps},
      .dealloc = iteratorDealloc,
      .traverse = iteratorTraverse,
      .iter = self,
      .next = next,
      .methods = methods,
  };
}

} // namespace

constinit Type dictKeyIteratorType = iteratorType(dictKeyIteratorType, "dict_keyiterator", step<What::Key, false>);
constinit Type dictValueIteratorType =
    iteratorType(dictValueIteratorType, "dict_valueiterator", step<What::Value, false>);
/// Of a dict that was not changed, nor is split over an owner. What there is to say at the end, its step says.
template <What what> static int64_t entriesMany(DictIterator* it, Value* out, int64_t room) {
  DictObject* d = it->dict ? asDict(it->dict) : nullptr;
  if (!d || it->used != d->used || d->split) return 0;
  room = std::min(room, it->remaining);
  int64_t n = 0;
  for (; n < room; ++n) {
    const DictEntry* e = nextLive(d, &it->position);
    if (!e) break;
    out[n] = newRef(what == What::Key ? e->key : e->value);
  }
  it->remaining -= n;
  return n;
}
int64_t dictKeysMany(Value iterator, Value* out, int64_t room) { return entriesMany<What::Key>(asIterator(iterator), out, room); }
int64_t dictValuesMany(Value iterator, Value* out, int64_t room) { return entriesMany<What::Value>(asIterator(iterator), out, room); }

/// As diesUnseen, of texts and what is no object alone, and of what never dies: most keys, and many values.
static inline bool isPlainly(Value v) { return !v.isPointer() || v.object()->layout == &strType.instanceLayout || v.object()->refs < 0; }
/// dictItemPair, where nothing is out of the ordinary: an entry that is live, and what was held lives on; else 0.
[[gnu::always_inline]] static inline int32_t itemPairAtOnce(DictIterator* it, Value* out) {
  if (!it->dict || it->result) return 0;
  const DictObject* d = asDict(it->dict);
  if (it->used != d->used || d->split || it->remaining == 0 || it->position >= d->entryCount) return 0;
  const DictEntry& e = d->entries[it->position];
  const Value key = e.key, value = e.value, oldKey = it->held[0], oldValue = it->held[1];
  if (!key) return 0;
  if (!isPlainly(key) || !(oldKey == kHoldsNothing)) { // tuples, instances
    if (!liveOn(oldKey, oldValue)) return 0;
    holdNext(it->held[0], key);
    holdNext(it->held[1], value);
  } else if (!isPlainly(value) || !(oldValue == kHoldsNothing)) {
    if (isLastReference(oldValue)) return 0;
    holdNext(it->held[1], value);
  }
  ++it->position;
  --it->remaining;
  out[0] = newRef(key);
  out[1] = newRef(value);
  return 2;
}
[[gnu::noinline]] static int32_t itemPairSlow(DictIterator* it, Value* out) {
  DictEntry* e = stepEntry<false>(it);
  if (!e) return errorSet() ? -1 : 0;
  return handOutPair(it->result, it->held, newRef(e->key), newRef(*dictValueSlot(*e)), out);
}
int32_t dictItemPair(Value v, Value* out) {
  const int32_t quick = itemPairAtOnce(asIterator(v), out);
  return quick ? quick : itemPairSlow(asIterator(v), out);
}

/// Appends all keys, or all values, to a list that has room for them.
template <What what> static void appendAll(ListObject* l, DictObject* d) {
  int64_t at = 0;
  while (DictEntry* e = nextLive(d, &at)) {
    const Value v = newRef(what == What::Key ? e->key : *dictValueSlot(*e));
    noteContent(l, v);
    l->items[l->size++] = v;
  }
}
template <What what> static int32_t stepInto(ListObject* l, Value d) {
  // An iterator that nobody sees. It counts as a creation, since collections are due by that.
  if (what != What::Item && l->capacity - l->size >= asDict(d)->used) {
    gcCountCreated();
    appendAll<what>(l, asDict(d));
    gcCountReleased();
    return 0;
  }
  DictIterator it{};
  it.dict = newRef(d);
  it.used = it.remaining = asDict(d)->used;
  gcCountCreated();
  while (DictEntry* e = stepEntry<false>(&it)) {
    Value key = what == What::Value ? Value() : newRef(e->key), word = what == What::Key ? Value() : newRef(*dictValueSlot(*e));
    Value item = what == What::Item ? newPair(key, word) : key ? key : word;
    if (!item) break;
    if (l->size == l->capacity) {
      if (listResize(l, l->size + 1) < 0) {
        decref(item);
        break;
      }
      --l->size;
    }
    noteContent(l, item);
    l->items[l->size++] = item;
  }
  xdecref(it.dict);
  gcCountReleased();
  return errorSet() ? -1 : 0;
}
int32_t dictItemsInto(ListObject* l, Value iterable, Value d) {
  const Type* t = typeOf(iterable);
  if (t == &dictItemsType) return stepInto<What::Item>(l, d);
  return t == &dictValuesType ? stepInto<What::Value>(l, d) : stepInto<What::Key>(l, d);
}
constinit Type dictItemIteratorType = iteratorType(dictItemIteratorType, "dict_itemiterator", step<What::Item, false>);
constinit Type dictReverseKeyIteratorType =
    iteratorType(dictReverseKeyIteratorType, "dict_reversekeyiterator", step<What::Key, true>, true);
constinit Type dictReverseValueIteratorType =
    iteratorType(dictReverseValueIteratorType, "dict_reversevalueiterator", step<What::Value, true>, true);
constinit Type dictReverseItemIteratorType =
    iteratorType(dictReverseItemIteratorType, "dict_reverseitemiterator", step<What::Item, true>, true);

} // namespace krait
