// dict: the C++ interface, and the type's slots. The table is in dict_table.cpp,
// methods in dict_methods.cpp, merging in dict_merge.cpp, views and iterators in
// dict_views.cpp and dict_iterators.cpp, split dicts in dict_split.cpp.
#include "runtime/types/dict.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/module_cells.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/types/dict_methods.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/function.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

using namespace dict_table;

Value newDict(int64_t expected) {
  DictObject* d = allocateDict();
  // As a display of so many items presizes.
  if (expected > usable(8)) {
    constexpr int64_t kMost = (128 << 10) * 2 / 3;
    if (resize(d, expected > kMost ? 17 : log2For((expected * 3 + 1) / 2)) < 0) {
      decref(Value(&d->header));
      return Value();
    }
  }
  return Value(&d->header);
}

// ---- reading ----------------------------------------------------------------

Value dictGet(Value v, Value key, int64_t h) {
  DictObject* d = asDict(v);
  int64_t i = find(d, key, h);
  return i >= 0 ? *dictValueSlot(d->entries[i]) : Value();
}
// Behind the first slot most look-ups still compare nothing: these have no frame.
[[gnu::noinline]] static Value getComparing(Value v, Value key, int64_t found) {
  return valueAt(asDict(v), findComparing(asDict(v), key, found));
}
static inline Value getFollowed(Value v, Value key, int64_t found) {
  return found > kUnknown ? valueAt(asDict(v), found) : getComparing(v, key, found);
}
/// A look-up goes on where the first slot does not tell.
template <auto followed> [[gnu::noinline]] static auto behindFirst(Value v, Value key, int64_t hash) {
  return followed(v, key, follow<true>(asDict(v), key, hash));
}
template <auto followed> [[gnu::noinline]] static auto beyond(Value v, Value key) { return followed(v, key, follow(asDict(v), key)); }
static inline Value getAfter(FirstLook::What what, int64_t number, Value v, Value key) {
  if (what == FirstLook::BehindFirst) return behindFirst<getFollowed>(v, key, number);
  if (what == FirstLook::SameHash) return getComparing(v, key, number);
  return what == FirstLook::Absent ? Value() : beyond<getFollowed>(v, key);
}
Value dictGet(Value v, Value key) {
  const FirstLook look = lookAtOnce(asDict(v), key);
  return look.entry ? look.entry->value : getAfter(look.what, look.number, v, key);
}
Value dictGet(Value v, const char* key) {
  Ref name(newStr(key));
  return name ? dictGet(v, name) : Value();
}
[[gnu::noinline]] static int32_t containsComparing(Value v, Value key, int64_t found) {
  found = findComparing(asDict(v), key, found);
  return found == kError ? -1 : static_cast<bool>(valueAt(asDict(v), found));
}
static inline int32_t containsFollowed(Value v, Value key, int64_t found) {
  return found > kUnknown ? static_cast<bool>(valueAt(asDict(v), found)) : containsComparing(v, key, found);
}
int32_t dictContains(Value v, Value key) {
  const FirstLook look = lookAtOnce(asDict(v), key);
  switch (look.what) {
  [[likely]] case FirstLook::Found: return 1;
  case FirstLook::Absent: return 0;
  case FirstLook::BehindFirst: return behindFirst<containsFollowed>(v, key, look.number);
  case FirstLook::SameHash: return containsComparing(v, key, look.number);
  default: return beyond<containsFollowed>(v, key);
  }
}
bool dictNext(Value v, int64_t* position, Value* key, Value* value, int64_t* h) {
  DictEntry* e = nextLive(asDict(v), position);
  if (!e) return false;
  if (key) *key = e->key;
  if (value) *value = *dictValueSlot(*e);
  if (h) *h = e->hash;
  return true;
}

/// What stands behind a descriptor of a builtin type, defaultdict's, that takes one argument; else null.
static const MethodDef* builtinMethod(Value found, const Type* t) {
  if (!isExact(found, methodDescriptorType)) return nullptr;
  const auto* descriptor = found.as<DescriptorObject>();
  const auto* method = static_cast<const MethodDef*>(descriptor->def);
  return method->kind == CallKind::OneArg && isSubtype(t, descriptor->owner) ? method : nullptr;
}
[[gnu::noinline]] static Value subscriptFailed(Value v, Value key) {
  if (!isExactDict(v)) {
    if (Value missing = typeLookup(typeOf(v), NAME(__missing__))) {
      const int operatorLevels = isHeapType(typeOf(v)) ? 1 : 0; // the operator calls dict.__getitem__
      if (const MethodDef* method = builtinMethod(missing, typeOf(v))) {
        RecursionLevels levels(operatorLevels + 1);
        return levels ? method->oneArg(v, key) : Value();
      }
      RecursionLevels level(operatorLevels);
      return level ? callUnbound(missing, v, &key, 1) : Value();
    }
  }
  return raiseKeyError(key);
}
[[gnu::noinline]] static Value subscriptComparing(Value v, Value key, int64_t found) {
  found = findComparing(asDict(v), key, found);
  if (found == kError) return Value();
  const Value value = valueAt(asDict(v), found);
  return value ? newRef(value) : subscriptFailed(v, key);
}
static inline Value subscriptFollowed(Value v, Value key, int64_t found) {
  if (found <= kUnknown) return subscriptComparing(v, key, found);
  const Value value = valueAt(asDict(v), found);
  return value ? newRef(value) : subscriptFailed(v, key);
}
Value dictSubscript(Value v, Value key) {
  const FirstLook look = lookAtOnce(asDict(v), key);
  switch (look.what) {
  [[likely]] case FirstLook::Found: return newRef(look.entry->value);
  case FirstLook::Absent: return subscriptFailed(v, key);
  case FirstLook::BehindFirst: return behindFirst<subscriptFollowed>(v, key, look.number);
  case FirstLook::SameHash: return subscriptComparing(v, key, look.number);
  default: return beyond<subscriptFollowed>(v, key);
  }
}

// ---- writing ----------------------------------------------------------------

Value* dictWordOfName(Value d, Value name) {
  DictObject* o = asDict(d);
  if (!o->strKeysOnly) return nullptr;
  int64_t i = dict_table::findText(o, name, strHash(name));
  return i < 0 ? nullptr : dictValueSlot(o->entries[i]);
}

int32_t dictSet(Value v, Value key, int64_t h, Value value) {
  return dict_table::set(asDict(v), key, h, value);
}
[[gnu::noinline]] static int32_t setBeyond(Value v, Value key, Value value) {
  const int64_t h = askedHash(key);
  return h == -1 ? -1 : dictSet(v, key, h, value);
}
int32_t dictSet(Value v, Value key, Value value) {
  int64_t h;
  if (!hashWithoutCode(key, &h)) return setBeyond(v, key, value);
  DictEntry* e = entryAtOnce(asDict(v), key, h);
  if (!e || (value.isPointer() && (v.object()->refs < 0 || !gcLinks(v.object())->next))) return dict_table::set(asDict(v), key, h, value);
  Value old = e->value;
  e->value = newRef(value);
  decref(old);
  return 0;
}
int32_t dictSet(Value v, const char* key, Value value) {
  Ref name(internStr(key));
  return name ? dictSet(v, name, value) : -1;
}

[[gnu::noinline]] static Value* findOrAddBeyond(Value v, Value key, int64_t h, Value value, bool* added) {
  DictObject* d = asDict(v);
  int64_t i = find(d, key, h);
  if (i == kError) return nullptr;
  if (added) *added = i < 0;
  if (i < 0) {
    if (insertNew(d, key, h, value) < 0) return nullptr;
    i = d->entryCount - 1;
    // Tracking may have run code that changed the dict.
    if (i < 0 || d->entries[i].key != key) i = find(d, key, h);
  }
  return i < 0 ? nullptr : dictValueSlot(d->entries[i]);
}
Value* dictFindOrAdd(Value v, Value key, int64_t h, Value value, bool* added) {
  DictEntry* e = entryAtOnce(asDict(v), key, h);
  if (!e) return findOrAddBeyond(v, key, h, value, added);
  if (added) *added = false;
  return &e->value;
}
[[gnu::noinline]] static Value setDefaultBeyond(Value v, Value key, Value value) {
  int64_t h = keyHash(key);
  if (h == -1) return Value();
  Value* word = findOrAddBeyond(v, key, h, value, nullptr);
  return word ? *word : Value();
}
Value dictSetDefault(Value v, Value key, Value value) {
  const DictEntry* e = entryAtOnce(asDict(v), key);
  return e ? e->value : setDefaultBeyond(v, key, value);
}

int32_t dictDeleteIfPresent(Value v, Value key) {
  DictObject* d = asDict(v);
  Value oldKey, old;
  int64_t i = removeFollowing(d, key, &oldKey, &old);
  if (i <= kUnknown) {
    i = findComparing(d, key, i);
    if (i >= 0) removeEntry(d, i, &oldKey, &old);
  }
  if (i < 0) return i == kError ? -1 : 0;
  decref(oldKey);
  xdecref(old);
  return 1;
}
int32_t dictDelete(Value v, Value key) {
  int32_t r = dictDeleteIfPresent(v, key);
  if (r == 1) return 0;
  if (r == 0) raiseKeyError(key);
  return -1;
}
Value dictPop(Value v, Value key, Value fallback) {
  DictObject* d = asDict(v);
  int64_t i = kEmpty;
  if (d->used) {
    int64_t h = keyHash(key);
    if (h == -1) return Value();
    i = find(d, key, h);
    if (i == kError) return Value();
  }
  if (i < 0) return fallback ? newRef(fallback) : raiseKeyError(key);
  Value oldKey, old;
  removeEntry(d, i, &oldKey, &old);
  decref(oldKey);
  return old;
}

/// Of entries that no dict has any more.
[[gnu::always_inline]] static inline void releaseEntries(DictEntry* entries, int64_t n) {
  for (const DictEntry *e = entries, *end = entries + n; e != end; ++e) {
    if (!e->key) continue;
    decref(e->key);
    xdecref(e->value);
  }
  releaseBlock(entries);
}
/// Moves what the owner's words hold into the entries, which are about to die.
static void emptyOwnerWords(DictEntry* entries, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    Value& value = entries[i].value;
    if (!value.isIndirect()) continue;
    Value* word = dictValueSlot(entries[i]);
    value = *word;
    *word = Value();
  }
}
void dictClear(Value v) {
  DictObject* d = asDict(v);
  if (!d->entries) return;
  DictEntry* entries = d->entries;
  int64_t n = d->entryCount;
  if (d->split) emptyOwnerWords(entries, n);
  d->entries = nullptr;
  d->index = nullptr;
  d->used = d->entryCount = d->entryCapacity = 0;
  d->log2Index = 0;
  d->strKeysOnly = true;
  d->firstLive = 0;
  newVersion(d);
  releaseEntries(entries, n);
}

Value dictKeysList(Value v) {
again:
  int64_t n = asDict(v)->used;
  Ref list(newList(n));
  if (!list) return Value();
  if (asDict(v)->used != n) goto again; // making the list collected garbage
  int64_t at = 0, i = 0;
  for (Value key; i < n && dictNext(v, &at, &key, nullptr);) asList(list)->items[i++] = newRef(key);
  asList(list)->size = i;
  return list.release();
}
Value dictValuesList(Value v) {
again:
  int64_t n = asDict(v)->used;
  Ref list(newList(n));
  if (!list) return Value();
  if (asDict(v)->used != n) goto again;
  int64_t at = 0, i = 0;
  for (Value value; i < n && dictNext(v, &at, nullptr, &value);) asList(list)->items[i++] = newRef(value);
  asList(list)->size = i;
  return list.release();
}
Value dictItemsList(Value v) {
again:
  int64_t n = asDict(v)->used;
  Ref list(newList(n));
  if (!list) return Value();
  for (int64_t i = 0; i < n; ++i) {
    Value pair = newTuple(2);
    if (!pair) return Value();
    asList(list)->items[i] = pair;
  }
  if (asDict(v)->used != n) goto again;
  int64_t at = 0, i = 0;
  for (Value key, value; i < n && dictNext(v, &at, &key, &value); ++i) {
    TupleObject* pair = asTuple(asList(list)->items[i]);
    pair->items[0] = newRef(key);
    pair->items[1] = newRef(value);
  }
  return list.release();
}

Value dictWordsList(Value v) {
  Ref list;
  do { // making it may collect, which may change the dict
    list.reset(newList(2 * dictSize(v)));
    if (!list) return Value();
  } while (asList(list)->size != 2 * dictSize(v));
  gcUntrack(list.get().object());
  Value* word = asList(list)->items;
  int64_t at = 0;
  for (Value key, value; dictNext(v, &at, &key, &value);) {
    *word++ = newRef(key);
    *word++ = newRef(value);
  }
  return list.release();
}

// ---- entries of compiled code -----------------------------------------------

extern "C" Value krt_dict_new(Slot pairs, uint64_t count) {
  Ref d(newDict(static_cast<int64_t>(count)));
  bool ok = static_cast<bool>(d);
  const uint64_t taken = ok ? takeTexts(asDict(d), pairs, static_cast<int64_t>(count)) : 0;
  if (taken == count) return d.release();
  // Nothing dies before the dict is whole, or has failed; then, as on CPython's stack, the last one first.
  for (uint64_t i = 0; i < 2 * taken; ++i) incref(pairs[i]);
  for (uint64_t i = taken; ok && i < count; ++i) ok = dictSet(d, pairs[2 * i], pairs[2 * i + 1]) == 0;
  if (!ok) d.reset();
  for (uint64_t i = 2 * count; i-- > 0;) decref(pairs[i]);
  return d.release();
}
extern "C" int32_t krt_dict_set(Value d, Value key, Value v) { return dictSet(d, key, v); }
[[gnu::noinline]] static Value getOtherwise(Value d, Owned key, Owned otherwise, FirstLook::What what, int64_t number) {
  Value v = xnewRef(getAfter(what, number, d, key));
  decref(key);
  if (v || errorSet()) return xdecref(otherwise), v;
  return otherwise ? otherwise : none();
}
extern "C" Value krt_dict_get(Value d, Owned key, Owned otherwise) {
  const FirstLook look = lookAtOnce(asDict(d), key);
  if (!look.entry) [[unlikely]] return getOtherwise(d, key, otherwise, look.what, look.number);
  if (isLastReference(key) || (otherwise && isLastReference(otherwise))) return getOtherwise(d, key, otherwise, FirstLook::Unknown, kNobody);
  const Value v = newRef(look.entry->value);
  decref(key);
  xdecref(otherwise);
  return v;
}

// ---- slots ------------------------------------------------------------------

[[gnu::noinline]] static void deallocDeep(Object* o) {
  gcUntrack(o);
  auto* d = reinterpret_cast<DictObject*>(o);
  DictEntry* entries = d->entries;
  if (d->split == kDictInstance && entries) emptyOwnerWords(entries, d->entryCount); // whose owner dies, too
  if (!trashcanBegin(o)) return;
  d->entries = nullptr;
  if (d->split == kDictCells) {
    moduleDictDies(d);
    if (entries) emptyOwnerWords(entries, d->entryCount);
  }
  if (entries) releaseEntries(entries, d->entryCount);
  releaseObjectOf<kLayoutGc>(dictType, o);
  trashcanEnd();
}
static void dictDealloc(Object* o) {
  auto* d = reinterpret_cast<DictObject*>(o);
  // One that is not tracked holds no containers, which could hold others.
  if (gcLinks(o)->next || d->split || o->layout != &dictType.instanceLayout) return deallocDeep(o);
  if (d->entries) releaseEntries(d->entries, d->entryCount);
  releaseCollected(o);
}
static int dictTraverse(Object* o, Visit visit, void* context) {
  auto* d = reinterpret_cast<DictObject*>(o);
  for (int64_t i = 0; i < d->entryCount; ++i) {
    const DictEntry& e = d->entries[i];
    if (!e.key) continue;
    if (!d->strKeysOnly)
      if (int r = visit(e.key, context)) return r;
    // An owner does not visit words that its dict refers to.
    if (int r = visit(*dictValueSlot(const_cast<DictEntry&>(e)), context)) return r;
  }
  return 0;
}
static void dictClearSlot(Object* o) { dictClear(Value(o)); }

static Value dictConstruct(Type* t, const Args& args) {
  if (t == &dictType) return Value(&allocateDict()->header);
  Value v = allocateOf(t, 0);
  if (!v) return v;
  asDict(v)->strKeysOnly = true;
  return v;
}
static int32_t dictInit(Value self, const Args& args) { return dict_methods::updateFromArgs(self, "dict", args); }

static int64_t dictLength(Value v) { return asDict(v)->used; }
static int32_t dictSetSubscript(Value v, Value key, Value value) {
  return value ? dictSet(v, key, value) : dictDelete(v, key);
}

static Value dictRepr(Value v) {
  if (asDict(v)->used == 0) return newStr("{}");
  int32_t entered = reprEnter(v);
  if (entered < 0) return Value();
  if (entered > 0) return newStr("{...}");
  StrBuilder out;
  out.addAscii("{");
  bool ok = true, first = true;
  int64_t at = 0;
  for (Value k, x; ok && dictNext(v, &at, &k, &x);) {
    Ref key = Ref::share(k), value = Ref::share(x);
    if (!first) out.addAscii(", ");
    first = false;
    Ref text(repr(key));
    if (!text) {
      ok = false;
      break;
    }
    out.add(text.get());
    out.addAscii(": ");
    text.reset(repr(value));
    if (!text) {
      ok = false;
      break;
    }
    out.add(text.get());
  }
  reprLeave(v);
  if (!ok) return Value();
  out.addAscii("}");
  return out.take();
}

/// How many entries of both, from the first one on, have the same key and equal values, as far as nobody has to be asked; -1: the next
/// ones of one key have different values.
static int64_t equalEntries(const DictObject* x, const DictObject* y) {
  if (x->split || y->split) return 0;
  int64_t i = 0;
  for (; i < x->entryCount && i < y->entryCount; ++i) {
    const DictEntry &e = x->entries[i], &f = y->entries[i];
    if (!e.key || e.key != f.key) break;
    if (e.value == f.value) continue;
    const int32_t same = plainlyEqual(e.value, f.value);
    if (same <= 0) return same == 0 ? -1 : i;
  }
  return i;
}

/// 1 equal, 0 not, -1 error.
static int32_t dictEqual(Value a, Value b) {
  DictObject *x = asDict(a), *y = asDict(b);
  if (x->used != y->used) return 0;
  int64_t i = equalEntries(x, y);
  if (i < 0) return 0;
  for (; i < x->entryCount; ++i) {
    DictEntry& e = x->entries[i];
    if (!isLive(e)) continue;
    // Dicts that were made alike have the key at the same place.
    int64_t at = i;
    Value value = *dictValueSlot(e);
    Ref key, held; // up to the end: their deaths may change either dict
    if (i >= y->entryCount || y->entries[i].key != e.key) {
      key = Ref::share(e.key);
      held = Ref::share(value);
      at = find(y, key, e.hash);
      if (at == kError) return -1;
    }
    if (at < 0 || !isLive(y->entries[at])) return 0;
    const Value other = *dictValueSlot(y->entries[at]);
    int32_t same = plainlyEqual(value, other);
    if (same < 0) {
      Ref first = Ref::share(value), second = Ref::share(other);
      same = equal(value, other);
    }
    if (same <= 0) return same;
  }
  return 1;
}
static Value dictCompare(Value a, Value b, int op) {
  if (!isDict(a) || !isDict(b) || (op != kEq && op != kNe)) return notImplemented();
  int32_t same = dictEqual(a, b);
  return same < 0 ? Value() : boolean(same == (op == kEq));
}
static Value dictIter(Value v) { return dict_methods::newIterator(dictKeyIteratorType, v); }

static Value dictOr(Value a, Value b) {
  if (!isDict(a) || !isDict(b)) return notImplemented();
  Ref copy(dictCopy(a)); // a class's own copy() is not asked
  if (!copy || dictMerge(copy, b, 1) < 0) return Value();
  return copy.release();
}
static Value dictInplaceOr(Value a, Value b) {
  return dict_methods::updateFrom(a, b) < 0 ? Value() : newRef(a);
}

static constexpr SequenceSlots dictSequence = {.contains = dictContains};
static constexpr MappingSlots dictMapping = {
    .length = dictLength, .subscript = dictSubscript, .setSubscript = dictSetSubscript};
static constexpr NumberSlots dictNumber = {.or_ = dictOr, .ior = dictInplaceOr};

constinit Type dictType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "dict",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeDict | kTypeMapping | kTypeMatchSelf | kTypeOwnGetAttr | kTypeMadeFlat,
    .instanceLayout = {.type = &dictType, .size = sizeof(DictObject), .flags = kLayoutGc | kLayoutDictItems, .lengthOffset = offsetof(DictObject, used)},
    .dealloc = dictDealloc,
    .traverse = dictTraverse,
    .clear = dictClearSlot,
    .repr = dictRepr,
    .hash = hashNotImplemented,
    .compare = dictCompare,
    .iter = dictIter,
    .init = dictInit,
    .construct = dictConstruct,
    .make = [](Value a) { return dict_methods::newFrom({&a, a ? size_t{1} : 0, {}}); },
    .number = &dictNumber,
    .sequence = &dictSequence,
    .mapping = &dictMapping,
    .methods = dict_methods::table,
    .doc = "A mapping in order of insertion: dict(), dict(mapping), dict(iterable of pairs), dict(name=value, ...).",
};

} // namespace krait
