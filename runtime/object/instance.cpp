// Instances of classes: attribute storage (inline slots, and a dict that may be
// split over them), and creation, tracing and death.
//
// While an instance has no dict object, its order word lists the slots in use in
// order of creation. Once the dict exists it holds an entry for every non-null slot,
// owns their values as far as tracing is concerned, and keeps the order.
#include "runtime/object/heap_type.h"

#include <algorithm>

#include "runtime/abi/entries.h"
#include "runtime/memory/pools.h"
#include "runtime/object/attributes.h"
#include "runtime/object/loose_instances.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/key.h"

namespace krait {

void orderRemove(Object* o, uint32_t slot) {
  if (packsOrder(o->layout)) {
    uint64_t& order = orderWord(o)->bits;
    for (unsigned at = 4, end = 4 + 4 * (order & 15); at != end; at += 4) {
      if ((order >> at & 15) != slot) continue;
      const uint64_t before = (uint64_t{1} << at) - 1;
      order = ((order & before) | (order >> 4 & ~before)) - 1;
      return;
    }
    return;
  }
  uint8_t *order = orderBytes(o), *end = order + orderCount(o);
  orderWord(o)->bits = static_cast<uint64_t>(std::remove(order, end, static_cast<uint8_t>(slot)) - order);
}

int32_t inlineSlotNamed(const Layout* l, Value name) {
  for (uint32_t i = 0; i < l->slotCount; ++i)
    if (l->slotNames[i] == name) return static_cast<int32_t>(i);
  return -1;
}

Value instanceGet(Object* o, Value name) {
  const Layout* l = o->layout;
  int32_t slot = inlineSlotNamed(l, name);
  if (slot >= 0)
    if (Value v = *inlineSlot(o, static_cast<uint32_t>(slot))) return v;
  Value* word = dictWord(o);
  return word && *word ? dictGet(*word, name) : Value();
}

namespace {

/// Inline slots in use, in order of creation, as they were.
struct SlotOrder {
  uint8_t slots[kMaxInlineSlots];
  uint32_t count;
  explicit SlotOrder(Object* o) : count(orderCount(o)) {
    if (!packsOrder(o->layout)) std::copy_n(orderBytes(o), count, slots);
    else
      for (uint32_t i = 0; i < count; ++i) slots[i] = static_cast<uint8_t>(orderAt(o, i));
  }
};

/// The dict is the one that is split over the slots of `o`, not one that was assigned.
bool isSplitOver(Value d, Object* o) { return asDict(d)->owner == o; }

int32_t removeAttribute(Object* o, Value name, int32_t slot) {
  Value d = *dictWord(o);
  Value* word = slot >= 0 ? inlineSlot(o, static_cast<uint32_t>(slot)) : nullptr;
  if (word && instanceTakeOut(o, word)) return 0;
  if (word && *word) {
    Ref old(*word);
    *word = Value();
    return dictUnlinkWord(d, name) < 0 ? -1 : 0;
  }
  if (!d) return kInstanceLacksName;
  int32_t removed = dictDeleteIfPresent(d, name);
  return removed < 0 ? -1 : removed ? 0 : kInstanceLacksName;
}

/// `more`: for how many further attributes there is to be room.
Value makeDict(Object* o, Value* where, uint32_t more) {
  const Layout* l = o->layout;
  const uint32_t count = l->slotCount ? orderCount(o) : 0;
  Value d = newDict();
  if (!d) return {};
  if (l->slotCount) {
    dictSplitOverInstance(d, o);
    if (count + more && dict_table::resizeTightly(asDict(d), count + more) < 0) {
      decref(d);
      return {};
    }
    DictEntry* entries = asDict(d)->entries;
    const Value* names = l->slotNames;
    Value* const slots = inlineSlot(o, 0);
    const SlotOrder order(o);
    for (uint32_t i = 0; i < count; ++i) {
      const uint32_t slot = order.slots[i];
      entries[i] = {keyHash(names[slot]), newRef(names[slot]), Value::indirect(slots + slot)};
    }
    if (count) dict_table::appended(asDict(d), count);
    orderWord(o)->bits = 0;
  }
  *where = d;
  // Stores into words and entries that sites know do not ask whether the dict is watched.
  gcTrackQuietly(d.object());
  instanceHolds(o, d);
  return d;
}

constexpr uint32_t kRoomBesideSlots = 12;

int32_t addAttribute(Object* o, Value name, int32_t slot, Value v) {
  Value* where = dictWord(o);
  if (slot >= 0) {
    Value* word = inlineSlot(o, static_cast<uint32_t>(slot));
    if (!*where) {
      incref(v);
      *word = v;
      instanceHolds(o, v);
      orderAppend(o, orderWord(o), static_cast<uint64_t>(slot));
      return 0;
    }
    return instanceFill(o, name, word, v);
  }
  // The first that has no slot. Others without one will follow, and slots are to be filled still.
  const Value d = *where ? *where : makeDict(o, where, std::min(o->layout->slotCount + 4, kRoomBesideSlots));
  return d ? dictSet(d, name, v) : -1;
}

} // namespace

int32_t instanceFill(Object* o, Value name, Value* word, Value v) {
  const Value d = *dictWord(o);
  if (!isSplitOver(d, o) || !asDict(d)->strKeysOnly) return dictSet(d, name, v); // a key that is equal may be of a class derived from str
  incref(v);
  *word = v; // which the dict then has an entry for, as for all that is in slots
  if (dictLinkNew(d, name, word) == 0) return 0;
  *word = Value();
  decref(v);
  return -1;
}

int32_t instanceSet(Object* o, Value name, Value v) {
  Value* where = dictWord(o);
  if (!where) return kInstanceHasNoDict;
  int32_t slot = inlineSlotNamed(o->layout, name);
  if (!v) return removeAttribute(o, name, slot);
  if (slot >= 0) {
    Value* word = inlineSlot(o, static_cast<uint32_t>(slot));
    if (*word) {
      instanceHolds(o, v);
      assign(*word, newRef(v));
      return 0;
    }
  }
  return addAttribute(o, name, slot, v);
}

bool instanceTakeOut(Object* o, Value* slot) {
  const Layout* l = o->layout;
  const auto number = static_cast<uint64_t>(slot - inlineSlot(o, 0));
  if (!l->dictOffset || *dictWord(o) || number >= l->slotCount || !*slot) return false;
  const Ref dies(*slot);
  *slot = Value();
  orderRemove(o, static_cast<uint32_t>(number));
  return true;
}

Value instanceDict(Object* o) {
  Value* where = dictWord(o);
  return !where ? Value() : *where ? *where : makeDict(o, where, 0);
}

namespace {

/// Makes the instance forget its dict and slots; what the dict holds stays in it.
Ref detachDict(Object* o) {
  Value* where = dictWord(o);
  if (!*where && o->layout->slotCount && orderWord(o)->bits) instanceDict(o);
  Ref d(*where);
  *where = Value();
  if (d && isSplitOver(d, o)) dictAdoptValues(d);
  return d;
}

/// The end of the dict of an instance that dies. If nobody else holds it, it takes what is in the slots along.
void dropDict(Object* o) {
  Value* where = dictWord(o);
  const Value d = *where;
  if (d.object()->refs != 1 || !isSplitOver(d, o)) {
    Ref dropped = detachDict(o);
    return;
  }
  *where = Value();
  decref(d);
}

/// Attributes die in the order in which they came into being.
void clearSlots(Object* o) {
  if (!o->layout->slotCount) return;
  const SlotOrder order(o);
  orderWord(o)->bits = 0;
  for (uint32_t i = 0; i < order.count; ++i)
    if (Value* word = inlineSlot(o, order.slots[i]); *word) clear(*word);
}

void clearMembers(Object* o, const Type* t) {
  for (; isHeapType(t); t = t->base) {
    const HeapType* h = asHeap(t);
    for (uint32_t i = 0; i < h->memberCount; ++i) {
      Value* word = memberWord(o, h->memberOffset + 8 * i);
      if (*word) clear(*word);
    }
  }
}

/// The dict word belongs to the classes made in Python, not to the builtin base.
bool ownsDictWord(const Layout* l, const Type* builtin) {
  return l->dictOffset && l->dictOffset != builtin->instanceLayout.dictOffset;
}

void releaseAttributes(Object* o, const Type* builtin) {
  if (!ownsDictWord(o->layout, builtin)) return;
  if (*dictWord(o)) dropDict(o);
  else clearSlots(o);
}

} // namespace

Value getInstanceDict(Value o, void*) {
  Value d = o.isPointer() ? instanceDict(o.object()) : Value();
  if (d) return newRef(d);
  return errorSet() ? Value() : raise(AttributeErrorType, "This object has no __dict__");
}

int32_t setInstanceDict(Value o, Value v, void*) {
  Value* where = o.isPointer() ? dictWord(o.object()) : nullptr;
  if (!where) return fail(AttributeErrorType, "This object has no __dict__");
  if (v && !isDict(v))
    return fail(TypeErrorType, "__dict__ must be set to a dictionary, not a '%.200s'", typeOf(v)->name);
  Ref old = detachDict(o.object());
  if (v) {
    gcTrackQuietly(v.object());
    instanceHolds(o.object(), v);
    *where = newRef(v);
  }
  return 0;
}

int32_t replaceInstanceDict(Value o, Value v, void* closure) {
  return v ? setInstanceDict(o, v, closure) : fail(TypeErrorType, "cannot delete __dict__");
}

Value* memberWordAfterText(Object* o, uint32_t offset) {
  const auto* s = reinterpret_cast<const StrObject*>(o);
  const int64_t textBytes = (s->length + 1) * s->kind;
  return wordAt(o, (offset + textBytes + 7) & ~int64_t{7});
}

namespace {

/// An instance whose own part is object's, where that takes more than a block of a pool.
/// `collects`: garbage is looked for first, if that is due.
template <bool collects> [[gnu::cold, gnu::noinline]] Value allocateWordsSlow(HeapType* t) {
  Object* o = newObject(&t->instanceLayout);
  if (!o) return {};
  ++t->header.refs;
  gcState.finalizes |= t->finalize != nullptr;
  // Finalizers of garbage run in the order of the list.
  if (t->linksAtOnce || t->finalize || !isSmallBlock(reinterpret_cast<char*>(o) - t->headerBytes)) {
    gcTrackQuietly(o);
  } else {
    beginLoose(o, t);
  }
  if (collects) gcCollectIfDue();
  return o;
}

template <bool collects> inline Value allocateWords(HeapType* t) {
  const size_t bytes = t->blockBytes;
  if (!bytes || t->finalize || allocationHooks) [[unlikely]] return allocateWordsSlow<collects>(t);
  auto* block = static_cast<char*>(takeBlock(bytes));
  if (!block) [[unlikely]] return allocateWordsSlow<collects>(t);
  clearGrains(block, block + bytes);
  auto* o = reinterpret_cast<Object*>(block + t->headerBytes);
  o->refs = 1;
  o->layout = &t->instanceLayout;
  ++t->header.refs;
  if (t->linksAtOnce) gcTrackQuietly(o);
  else beginLoose(o, t);
  gcCountCreated();
  if (collects) gcCollectIfDue();
  return o;
}

} // namespace

namespace {

/// Any class that fits, from any memory.
[[gnu::noinline]] Value filledSlow(Value cls, Shape* shape, Slot values) {
  Value made = allocateWords<false>(asHeap(cls.as<Type>()));
  if (!made) [[unlikely]] {
    for (uint64_t n = 0; n < shape->count; ++n) decref(values[n]);
    return {};
  }
  Object* o = made.object();
  const Layout* l = o->layout;
  const uint64_t count = shape->count;
  for (uint64_t n = 0; n < count; ++n) {
    instanceHolds(o, values[n]);
    *wordAt(o, static_cast<int64_t>(shape->offsets[n])) = values[n];
  }
  if (shape->order && packsOrder(l)) [[likely]] {
    orderWord(o)->bits = shape->order;
    return made;
  }
  for (uint64_t n = 0; n < count; ++n) {
    const uint64_t slot = (shape->offsets[n] - l->slotOffset) / 8; // of words of __slots__, more than there are
    if (slot < l->slotCount) orderAppend(o, orderWord(o), slot);
  }
  return made;
}

/// What an instance of a class with memberClass holds: words of __slots__, behind the header.
inline Value* membersOf(Object* o) { return reinterpret_cast<Value*>(o + 1); }
inline Value* endOfMembers(Object* o, const HeapType* t) { return wordAt(o, t->instanceLayout.size); }

/// The instance that was filled holds more than numbers.
[[gnu::noinline]] Value holdingAll(Object* o) {
  const HeapType* t = asHeap(typeOfObject(o));
  const Layout* l = &t->instanceLayout;
  const Value* words = t->memberClass ? membersOf(o) : wordAt(o, l->slotOffset);
  const Value* end = t->memberClass ? endOfMembers(o, t) : words + l->slotCount;
  for (; words != end; ++words) instanceHolds(o, *words);
  return Value(o);
}

/// The header of a new instance in a block.
inline Object* beginFilled(char* block, HeapType* t, int64_t headerBytes) {
  auto* o = reinterpret_cast<Object*>(block + headerBytes);
  gcCountCreated();
  o->refs = 1;
  o->layout = &t->instanceLayout;
  ++t->header.refs;
  return o;
}
/// Tells the collector, once the words are filled.
inline Value endFilled(Object* o, HeapType* t, bool areNumbers) {
  if (t->linksAtOnce) {
    gcTrackNewQuietly(o);
    return Value(o);
  }
  gcLinks(o)->next = nullptr;
  beginLoose(o, t);
  return areNumbers ? Value(o) : holdingAll(o);
}

/// As filledSlow, of a class with memberClass and without a finaliser, with a block at hand.
[[gnu::noinline]] Value filledMembers(Value cls, Shape* shape, Slot values) {
  HeapType* t = asHeap(cls.as<Type>());
  auto* block = static_cast<char*>(takeBlockAtHand(t->memberClass - 1));
  if (!block) [[unlikely]] return filledSlow(cls, shape, values);
  Object* o = beginFilled(block, t, t->headerBytes);
  const uint64_t count = shape->count;
  Value *members = membersOf(o), *end = endOfMembers(o, t);
  if (static_cast<uint64_t>(end - members) != count)
    for (Value* at = members; at != end; ++at) *at = Value();
  bool areNumbers = true;
#pragma clang loop unroll(disable) vectorize(disable)
  for (uint64_t n = 0; n < count; ++n) {
    const Value v = *wordAt(o, static_cast<int64_t>(shape->offsets[n])) = values[n];
    areNumbers &= !v.isPointer();
  }
  return endFilled(o, t, areNumbers);
}

} // namespace

// As filledSlow, without the questions, where a class as most are has its slots filled as its __init__ mostly does, with a block at hand.
extern "C" Value krt_instance_filled(Value cls, Shape* shape, Slot values) {
  HeapType* t = asHeap(cls.as<Type>());
  const Layout* l = &t->instanceLayout;
  if (reinterpret_cast<const uint64_t*>(l)[shape->where] != shape->family) [[unlikely]] return instanceFilledAnew(cls, shape, values);
  if (!shape->order || !t->plainClass || t->finalize || allocationHooks) [[unlikely]]
    return t->memberClass && !t->finalize && !allocationHooks ? filledMembers(cls, shape, values) : filledSlow(cls, shape, values);
  auto* block = static_cast<char*>(takeBlockAtHand(t->plainClass - 1));
  if (!block) [[unlikely]] return filledSlow(cls, shape, values);
  Object* o = beginFilled(block, t, kPrefixHeaderSize);
  *wordAt(o, kPrefixDictOffset) = *wordAt(o, kPrefixWeakOffset) = Value();
  Value* slots = wordAt(o, l->slotOffset); // o->layout is not read again: what was stored just now comes late
  slots[-1].bits = shape->order;
  const uint64_t count = shape->count;
  bool areNumbers = true;
#pragma clang loop unroll(disable) vectorize(disable)
  for (uint64_t n = 0; n < count; ++n) { // they are few
    const Value v = slots[n] = values[n];
    areNumbers &= !v.isPointer();
  }
  for (uint64_t n = count; n < l->slotCount; ++n) slots[n] = Value();
  return endFilled(o, t, areNumbers);
}
extern "C" void krt_collect() { gcCollectIfDue(); }

/// Of whatever is laid out as instances of classes made in Python are.
[[gnu::noinline]] static Value allocateAny(Type* t, int64_t items) {
  if (isLooseKind(t)) return allocateWords<true>(asHeap(t));
  const bool collected = t->instanceLayout.flags & kLayoutGc;
  // As in CPython it is in the list before its constructor fills it in.
  if (collected) gcCollectIfDue();
  if (isHeapType(t)) items = std::max<int64_t>(items, asHeap(t)->itemWords);
  Object* o = newObject(&t->instanceLayout, items);
  if (!o) return {};
  if (isHeapType(t)) ++t->header.refs;
  if (collected) gcTrackQuietly(o);
  return o;
}

namespace {

[[gnu::noinline]] Value afterCollection(Object* o) {
  gcTrackedTooMany();
  return Value(o);
}

/// As allocateAny, of a class with plainClass or memberClass and without a finaliser.
inline Value allocateQuickly(HeapType* t, uint8_t sizeClass, int64_t headerBytes) {
  auto* block = static_cast<char*>(takeBlockAtHand(sizeClass - 1));
  if (!block) [[unlikely]] return allocateAny(t, 0);
  clearGrains(block, block + t->blockBytes);
  auto* o = reinterpret_cast<Object*>(block + headerBytes);
  o->refs = 1;
  o->layout = &t->instanceLayout;
  ++t->header.refs;
  if (t->linksAtOnce) gcTrackNewQuietly(o);
  else beginLoose(o, t);
  gcCountCreated();
  if (gcIsDue()) [[unlikely]] return afterCollection(o);
  return Value(o);
}

} // namespace

Value allocateInstance(Type* t, int64_t items) {
  if (isHeapType(t) && !t->finalize && !allocationHooks) [[likely]] {
    HeapType* h = asHeap(t);
    if (h->plainClass) [[likely]] return allocateQuickly(h, h->plainClass, kPrefixHeaderSize);
    if (h->memberClass) return allocateQuickly(h, h->memberClass, h->headerBytes);
  }
  return allocateAny(t, items);
}

int instanceTraverse(Object* o, Visit visit, void* context) {
  Type* t = typeOfObject(o);
  const Layout* l = o->layout;
  for (const Type* c = t; isHeapType(c); c = c->base) {
    const HeapType* h = asHeap(c);
    for (uint32_t i = 0; i < h->memberCount; ++i)
      if (int stop = visit(*memberWord(o, h->memberOffset + 8 * i), context)) return stop;
  }
  Type* builtin = asHeap(t)->builtinBase;
  if (ownsDictWord(l, builtin)) {
    Value d = *dictWord(o);
    if (d) {
      if (int stop = visit(d, context)) return stop;
    } else {
      for (uint32_t i = 0; i < l->slotCount; ++i)
        if (Value v = *inlineSlot(o, i))
          if (int stop = visit(v, context)) return stop;
    }
  }
  if (int stop = visit(asValue(t), context)) return stop;
  return builtin->traverse ? builtin->traverse(o, visit, context) : 0;
}

void instanceClear(Object* o) {
  Type* t = typeOfObject(o);
  Type* builtin = asHeap(t)->builtinBase;
  clearMembers(o, t);
  releaseAttributes(o, builtin);
  if (builtin->clear) builtin->clear(o);
}

namespace {

/// Takes a dying instance from the collector. False: it was queued, and is asked again.
bool leaveCollector(Object* o, HeapType* t) {
  GcLinks* g = gcLinks(o);
  if (trash.depth >= kTrashDepth) [[unlikely]] {
    // It waits as a loose one, so that it is not counted twice.
    if (g->next) {
      gcUntrack(o);
      ++t->loose;
      ++gcState.loose;
    }
    trashPut(o);
    return false;
  }
  ++trash.depth;
  if (g->next) gcUntrack(o);
  else endLoose(t);
  return true;
}

/// As clearSlots, of an instance that nobody can see any more: the words need not be emptied.
inline void dropSlots(Object* o) {
  const Layout* l = o->layout;
  if (!l->slotCount) return;
  Value* slots = wordAt(o, l->slotOffset);
  if (packsOrder(l)) [[likely]] {
    uint64_t order = orderWord(o)->bits;
    for (uint64_t left = order & 15; left; --left)
      if (Value v = slots[(order >>= 4) & 15]) decref(v);
    return;
  }
  const uint8_t *at = orderBytes(o), *end = at + orderCount(o);
  for (; at < end; ++at)
    if (Value v = slots[*at]) decref(v);
}

/// The end of an instance whose own part is object's: as instanceDealloc, without the questions.
[[gnu::noinline]] void wordsDealloc(Object* o, HeapType* t) {
  if (!leaveCollector(o, t)) return;
  const Layout* l = o->layout;
  if (l->weakOffset && *wordAt(o, kPrefixWeakOffset)) [[unlikely]] clearWeakrefs(o);
  // Nobody can see the object any more: the words need not be emptied.
  auto drop = [](Value* words, uint32_t count) {
    for (uint32_t i = 0; i < count; ++i)
      if (Value v = words[i]) decref(v);
  };
  if (t->hasMembers) {
    for (const Type* c = t; isHeapType(c); c = c->base) drop(wordAt(o, asHeap(c)->memberOffset), asHeap(c)->memberCount);
  }
  if (l->dictOffset) {
    if (*wordAt(o, kPrefixDictOffset)) dropDict(o);
    else dropSlots(o);
  }
  void* block = reinterpret_cast<char*>(o) - t->headerBytes;
  forgetInstance(o);
  gcCountReleased();
  releaseBlock(block);
  decref(asValue(t));
  trashcanEnd();
}

/// Lets go of what the slots hold, as long as that lives on: no code runs, so the order is nobody's business. The first that would
/// die, or the end: what stands before it is gone.
inline Value* dropLiving(Value* slots, Value* end) {
  for (Value* at = slots; at != end; ++at) {
    if (!at->isPointer()) [[likely]] continue;
    asm volatile(""); // else both questions are answered before either is asked
    if (!*at) continue;
    Object* item = at->object();
    if (item->refs > 1) {
      --item->refs;
    } else if (item->refs == 1) {
      return at;
    }
  }
  return end;
}

/// The end of an instance that holds nothing any more, of a class that lives on.
inline void endQuickly(Object* o, HeapType* t, int64_t headerBytes) {
  if (gcLinks(o)->next) gcUntrack(o);
  else endLoose(t);
  forgetInstance(o);
  gcCountReleased();
  --t->header.refs;
  releaseBlock(reinterpret_cast<char*>(o) - headerBytes);
}

/// The end of an instance with plainClass whom nobody knows, neither by a weak reference nor by its dict. What the slots before `from`
/// hold is gone.
[[gnu::noinline]] void plainDealloc(Object* o, HeapType* t, Value* from) {
  for (Value* at = wordAt(o, o->layout->slotOffset); at < from; ++at) *at = Value();
  if (!leaveCollector(o, t)) return;
  dropSlots(o);
  forgetInstance(o);
  gcCountReleased();
  releaseBlock(reinterpret_cast<char*>(o) - kPrefixHeaderSize);
  decref(asValue(t));
  trashcanEnd();
}

/// The end of an instance with memberClass and without a finaliser.
[[gnu::noinline]] void membersDealloc(Object* o, HeapType* t) {
  Value *members = membersOf(o), *end = endOfMembers(o, t);
  Value* from = t->header.refs == 1 ? members : dropLiving(members, end); // its class may die with it
  if (from != end) {
    for (Value* at = members; at != from; ++at) *at = Value();
    return wordsDealloc(o, t);
  }
  endQuickly(o, t, t->headerBytes);
}

/// What the quick ways leave.
[[gnu::noinline]] void deallocBeyond(Object* o) {
  Type* t = typeOfObject(o);
  bool collected = o->layout->flags & kLayoutGc;
  Type* builtin = asHeap(t)->builtinBase;
  if (t->finalize && !(collected && gcIsFinalized(o))) {
    // PEP 442: the finalizer may bring the object back.
    o->refs = 1;
    t->finalize(o);
    if (collected) gcSetFinalized(o);
    if (--o->refs > 0) return;
    t = typeOfObject(o);
  }
  if (asHeap(t)->onlyWords) return wordsDealloc(o, asHeap(t));
  if (collected) {
    gcUntrack(o);
    if (!trashcanBeginInstance(o)) return;
  }
  if (o->layout->weakOffset && o->layout->weakOffset != builtin->instanceLayout.weakOffset &&
      *wordAt(o, o->layout->weakOffset))
    clearWeakrefs(o);
  clearMembers(o, t);
  releaseAttributes(o, builtin);
  builtin->dealloc(o);
  decref(asValue(t));
  if (collected) trashcanEnd();
}

} // namespace

void instanceDealloc(Object* o) { // saves no registers
  const Layout* l = o->layout;
  HeapType* t = asHeap(l->type);
  if (!t->plainClass || t->finalize || (wordAt(o, kPrefixDictOffset)->bits | wordAt(o, kPrefixWeakOffset)->bits)) [[unlikely]]
    return t->finalize || !t->onlyWords ? deallocBeyond(o) : t->memberClass ? membersDealloc(o, t) : wordsDealloc(o, t);
  Value *slots = wordAt(o, l->slotOffset), *end = slots + l->slotCount;
  if (t->header.refs == 1) [[unlikely]] return plainDealloc(o, t, slots); // its class dies with it
  if (Value* from = dropLiving(slots, end); from != end) return plainDealloc(o, t, from);
  endQuickly(o, t, kPrefixHeaderSize);
}

} // namespace krait
