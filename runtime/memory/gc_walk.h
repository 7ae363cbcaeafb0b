// What the collector does for each reference of an object. The types that most containers are, and all that are long,
// are walked here, without a call for each reference; the others by their `traverse`.
#pragma once
#include "runtime/memory/gc.h"
#include "runtime/object/heap_type.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait {

/// Has links at all: immortal statics of a collected kind have none.
inline bool hasGcLinks(const Object* o) { return o->refs >= 0 && (o->layout->flags & kLayoutGc); }

/// A tuple of atoms needs no watching.
inline bool holdsAtoms(const TupleObject* t) {
  for (int64_t i = 0; i < t->size; ++i) {
    Value v = t->items[i];
    if (!v) return false; // is being filled in
    if (v.isPointer() && hasGcLinks(v.object()) && (typeOfObject(v.object()) != &tupleType || gcIsTracked(v.object()))) return false;
  }
  return true;
}

template <class Visitor> inline void walkWords(const Value* words, int64_t count, Visitor& visit) {
  for (int64_t i = 0; i < count; ++i)
    if (words[i] && words[i].isPointer()) visit(words[i].object());
}

/// As CPython visits items: the last first. The same one many times in turn, as in `[None] * n`, is visited once with how often.
template <class Visitor> inline void walkItems(const Value* words, int64_t count, Visitor& visit) {
  while (count > 1) {
    const Value v = words[--count];
    if (!v || !v.isPointer()) continue;
    if (words[count - 1] != v) [[likely]] {
      visit(v.object());
      continue;
    }
    int64_t times = 1;
    for (; count > 0 && words[count - 1] == v; --count) ++times;
    visit.several(v.object(), times);
  }
  if (count == 1 && *words && words->isPointer()) visit(words->object());
}

/// An instance whose own part is object's: words of __slots__, the dict or the inline slots.
template <class Visitor> inline void walkInstance(Object* o, HeapType* t, Visitor& visit) {
  if (t->hasMembers) {
    for (const Type* c = t; isHeapType(c); c = c->base)
      walkWords(wordAt(o, asHeap(c)->memberOffset), asHeap(c)->memberCount, visit);
  }
  const Layout* l = o->layout;
  if (l->dictOffset) {
    if (Value d = *wordAt(o, kPrefixDictOffset)) visit(d.object());
    else walkWords(wordAt(o, l->slotOffset), l->slotCount, visit);
  }
  visit.type(t);
}

template <class Visitor> inline void walkDict(DictObject* d, Visitor& visit) {
  for (int64_t i = 0; i < d->entryCount; ++i) {
    DictEntry& e = d->entries[i];
    if (!e.key) continue;
    if (!d->strKeysOnly && e.key.isPointer()) visit(e.key.object());
    if (Value v = *dictValueSlot(e); v && v.isPointer()) visit(v.object());
  }
}

/// In the order of the type's `traverse`: all words from the globals on, but for the weak references.
template <class Visitor> inline void walkFunction(FunctionObject* f, Visitor& visit) {
  const Value* end = &f->codeObject + 1;
  walkWords(&f->globals, &f->weakrefs - &f->globals, visit);
  walkWords(&f->weakrefs + 1, end - (&f->weakrefs + 1), visit);
}

template <class Visitor> inline void walkReferences(Object* o, Visitor& visit) {
  Type* t = typeOfObject(o);
  if (isHeapType(t)) {
    if (asHeap(t)->onlyWords) return walkInstance(o, asHeap(t), visit);
  } else if (t == &listType) {
    auto* l = reinterpret_cast<ListObject*>(o);
    if (!(l->content & kNoCounts)) walkItems(l->items, l->size, visit);
    return;
  } else if (t == &tupleType) {
    auto* tuple = reinterpret_cast<TupleObject*>(o);
    return walkItems(tuple->items, tuple->size, visit);
  } else if (t == &dictType) {
    return walkDict(reinterpret_cast<DictObject*>(o), visit);
  } else if (t == &functionType) {
    return walkFunction(reinterpret_cast<FunctionObject*>(o), visit);
  }
  if (t->flags & kTypeType) visit.isClass(reinterpret_cast<Type*>(o));
  if (!t->traverse) return;
  t->traverse(
      o,
      [](Value v, void* context) {
        if (v && v.isPointer()) (*static_cast<Visitor*>(context))(v.object());
        return 0;
      },
      &visit);
}

} // namespace krait
