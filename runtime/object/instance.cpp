// Instances of classes: attribute storage (inline slots, and a dict that may be
// split over them), and creation, tracing and death.
//
// While an instance has no dict object, its order word lists the slots in use in
// order of creation. Once the dict exists it holds an entry for every non-null slot,
// owns their values as far as tracing is concerned, and keeps the order.
#include "runtime/object/heap_type.h"

#include "runtime/memory/pools.h"
#include "runtime/object/attributes.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"

namespace krait {

void orderRemove(Object* o, uint32_t slot) {
  uint8_t kept[kMaxInlineSlots];
  const uint32_t count = orderCount(o);
  uint32_t keptCount = 0;
  for (uint32_t i = 0; i < count; ++i)
    if (const uint32_t other = orderAt(o, i); other != slot) kept[keptCount++] = static_cast<uint8_t>(other);
  Value* order = orderWord(o);
  order->bits = 0;
  for (uint32_t i = 0; i < keptCount; ++i) orderAppend(o, order, kept[i]);
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

/// The dict is the one that is split over the slots of `o`, not one that was assigned.
bool isSplitOver(Value d, Object* o) { return asDict(d)->owner == o; }

int32_t removeAttribute(Object* o, Value name, int32_t slot) {
  Value d = *dictWord(o);
  Value* word = slot >= 0 ? inlineSlot(o, static_cast<uint32_t>(slot)) : nullptr;
  if (word && *word) {
    Ref old(*word);
    *word = Value();
    if (d) return dictUnlinkWord(d, name) < 0 ? -1 : 0;
    orderRemove(o, static_cast<uint32_t>(slot));
    return 0;
  }
  if (!d) return kInstanceLacksName;
  int32_t removed = dictDeleteIfPresent(d, name);
  return removed < 0 ? -1 : removed ? 0 : kInstanceLacksName;
}

int32_t addAttribute(Object* o, Value name, int32_t slot, Value v) {
  Value* where = dictWord(o);
  if (slot >= 0) {
    Value* word = inlineSlot(o, static_cast<uint32_t>(slot));
    if (!*where) {
      incref(v);
      *word = v;
      orderAppend(o, orderWord(o), static_cast<uint64_t>(slot));
      return 0;
    }
  }
  // A split dict puts the value into the slot by itself.
  Value d = instanceDict(o);
  return d ? dictSet(d, name, v) : -1;
}

} // namespace

int32_t instanceSet(Object* o, Value name, Value v) {
  Value* where = dictWord(o);
  if (!where) return kInstanceHasNoDict;
  int32_t slot = inlineSlotNamed(o->layout, name);
  if (!v) return removeAttribute(o, name, slot);
  if (slot >= 0) {
    Value* word = inlineSlot(o, static_cast<uint32_t>(slot));
    if (*word) {
      assign(*word, newRef(v));
      return 0;
    }
  }
  return addAttribute(o, name, slot, v);
}

Value instanceDict(Object* o) {
  Value* where = dictWord(o);
  if (!where) return {};
  if (*where) return *where;
  const Layout* l = o->layout;
  const uint32_t count = l->slotCount ? orderCount(o) : 0;
  Value d = newDict(count);
  if (!d) return {};
  if (l->slotCount) {
    dictSplitOverInstance(d, o);
    // There is room: this cannot fail.
    for (uint32_t i = 0; i < count; ++i)
      dictLinkNew(d, l->slotNames[orderAt(o, i)], inlineSlot(o, orderAt(o, i)));
    orderWord(o)->bits = 0;
  }
  *where = d;
  return d;
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

void clearSlots(Object* o) {
  const Layout* l = o->layout;
  if (!l->slotCount) return;
  orderWord(o)->bits = 0;
  for (uint32_t i = 0; i < l->slotCount; ++i) {
    Value* word = inlineSlot(o, i);
    if (*word) clear(*word);
  }
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
  if (*dictWord(o)) Ref dropped = detachDict(o);
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
  if (v) *where = newRef(v);
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

Value allocateInstance(Type* t, int64_t items) {
  const Layout& l = t->instanceLayout;
  if (isHeapType(t) && asHeap(t)->plainInstances) [[likely]] {
    const size_t bytes = kPrefixHeaderSize + l.size;
    if (Object* o = takeObject(&l, bytes)) [[likely]] {
      clearGrains(o + 1, reinterpret_cast<char*>(o) + l.size);
      ++t->header.refs;
      gcTrack(o);
      return o;
    }
  }
  Object* o = newObject(&t->instanceLayout, items);
  if (!o) return {};
  if (isHeapType(t)) {
    ++t->header.refs;
    if (t->instanceLayout.flags & kLayoutGc) {
      // A collected builtin base may still have to put its parts in order.
      if (asHeap(t)->builtinBase->instanceLayout.flags & kLayoutGc) gcTrackQuietly(o);
      else gcTrack(o);
    }
  }
  return o;
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

/// The end of an object that only has attributes: as instanceDealloc, without the questions.
void plainDealloc(Object* o, Type* t) {
  gcUntrack(o);
  if (!trashcanBeginInstance(o)) return;
  if (*wordAt(o, kPrefixWeakOffset)) clearWeakrefs(o);
  if (*wordAt(o, kPrefixDictOffset)) {
    Ref dropped = detachDict(o);
  } else {
    const Layout* l = o->layout;
    Value* slots = wordAt(o, l->slotOffset);
    // Nobody can see the object any more: the words need not be emptied.
    for (uint32_t i = 0; i < l->slotCount; ++i)
      if (Value v = slots[i]) decref(v);
  }
  releaseObject(o);
  decref(asValue(t));
  trashcanEnd();
}

} // namespace

void instanceDealloc(Object* o) {
  Type* t = typeOfObject(o);
  if (asHeap(t)->plainInstances && !t->finalize) [[likely]] return plainDealloc(o, t);
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

} // namespace krait
