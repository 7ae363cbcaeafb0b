// Builtin types become complete in two steps, both on demand: typeInherit copies
// the slots that a type leaves unset from its bases; typeReady makes what Python
// code can look at: dict, bases, MRO.
#include <cstdlib>
#include <cstring>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/docs.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/object/subclasses.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace {

template <class T> void inheritWord(T& own, T base) {
  if (!own) own = base;
}

/// A table of function pointers: what `own` leaves null comes from `base`. A builtin type's
/// table is constant, so a mixed one is a new block, made once per type and never freed.
template <class Slots> void inheritTable(const Slots*& own, const Slots* base) {
  if (!base || own == base) return;
  if (!own) {
    own = base;
    return;
  }
  constexpr size_t kWords = sizeof(Slots) / sizeof(void*);
  void* mixed[kWords];
  memcpy(mixed, own, sizeof(Slots));
  auto* from = reinterpret_cast<void* const*>(base);
  bool changed = false;
  for (size_t i = 0; i < kWords; ++i) {
    if (mixed[i] || !from[i]) continue;
    mixed[i] = from[i];
    changed = true;
  }
  if (!changed) return;
  void* block = ::operator new(sizeof(Slots));
  memcpy(block, mixed, sizeof(Slots));
  own = static_cast<const Slots*>(block);
}

void inheritFrom(Type* t, const Type* base) {
  inheritWord(t->dealloc, base->dealloc);
  inheritWord(t->traverse, base->traverse);
  inheritWord(t->clear, base->clear);
  inheritWord(t->finalize, base->finalize);
  inheritWord(t->repr, base->repr);
  inheritWord(t->str, base->str);
  // Equality and hash go together.
  if (!t->compare && !t->hash) {
    t->compare = base->compare;
    t->hash = base->hash;
  } else if (!t->hash) {
    t->hash = hashNotImplemented;
  }
  inheritWord(t->compare, base->compare);
  inheritWord(t->call, base->call);
  if (!t->getAttr && !t->setAttr) {
    t->getAttr = base->getAttr;
    t->setAttr = base->setAttr;
  }
  inheritWord(t->getAttr, base->getAttr);
  inheritWord(t->setAttr, base->setAttr);
  inheritWord(t->iter, base->iter);
  inheritWord(t->next, base->next);
  inheritWord(t->descrGet, base->descrGet);
  inheritWord(t->descrSet, base->descrSet);
  inheritWord(t->init, base->init);
  // Builtin types directly below object are made by calling them only if they say how.
  if (base != &objectType && !(t->flags & kTypeDisallowInstantiation)) inheritWord(t->construct, base->construct);
  inheritTable(t->number, base->number);
  inheritTable(t->sequence, base->sequence);
  inheritTable(t->mapping, base->mapping);
  inheritTable(t->async, base->async);
  inheritWord(t->buffer, base->buffer);
  inheritWord(t->instanceLayout.dictOffset, base->instanceLayout.dictOffset);
  inheritWord(t->instanceLayout.weakOffset, base->instanceLayout.weakOffset);
  t->flags |= base->flags & (kTypeInt | kTypeList | kTypeTuple | kTypeBytes | kTypeStr | kTypeDict | kTypeException |
                             kTypeType | kTypeFloat | kTypeSet | kTypeFrozenSet | kTypeByteArray | kTypeComplex |
                             kTypeSequence | kTypeMapping | kTypeMatchSelf);
}

/// Keys of the dict are interned, so that lookups usually end at the first compare.
Ref keyOf(const char* name) { return Ref(internStr(std::string_view(name))); }

void put(Type* t, Value name, Value owned) {
  Ref v(owned);
  if (!v || dictSet(t->dict, name, v) < 0) abort();
}
bool has(Type* t, Value name) { return dictContains(t->dict, name) > 0; }

/// The flag of a type that restates its base's slot, or 0.
uint64_t restatingFlag(const SlotDef& d) {
  if (d.table != SlotTable::Main) return 0;
  switch (d.offset) {
  case offsetof(Type, getAttr): return kTypeOwnGetAttr;
  case offsetof(Type, setAttr): return kTypeOwnSetAttr;
  case offsetof(Type, str): return kTypeOwnStr;
  case offsetof(Type, init): return kTypeOwnInit;
  default: return 0;
  }
}

/// Inherited slots need no entry of their own, unless the type says so: the lookup arrives at the base's.
bool setsItself(const Type* t, const SlotDef& d, void* f) {
  if (t->flags & restatingFlag(d)) return true;
  return !(t->base && slotRead(t->base, d) == f) && !(t->secondBase && slotRead(t->secondBase, d) == f);
}

void addWrappers(Type* t) {
  for (size_t i = 0; i < slotTableSize; ++i) {
    const SlotDef& d = slotTable[i];
    if (!d.wrapper) continue;
    void* f = slotRead(t, d);
    if (!f || !setsItself(t, d, f)) continue;
    Value name(reinterpret_cast<const Object*>(d.name));
    if (has(t, name)) continue;
    if (f == reinterpret_cast<void*>(hashNotImplemented)) put(t, name, none());
    else put(t, name, newWrapperDescriptor(t, &d));
  }
}

void addMethods(Type* t) {
  for (const MethodDef* m = t->methods; m && m->name; ++m) {
    Ref name = keyOf(m->name);
    if (!(m->flags & kMethodCoexist) && has(t, name)) continue;
    if (m->flags & kMethodStatic) put(t, name, newStaticMethod(Ref(newBuiltinFunction(m, asValue(t), Value()))));
    else if (m->flags & kMethodClass) put(t, name, newClassMethodDescriptor(t, m));
    else put(t, name, newMethodDescriptor(t, m));
  }
  for (const MemberDef* m = t->members; m && m->name; ++m) {
    Ref name = keyOf(m->name);
    if (!has(t, name)) put(t, name, newMemberDescriptor(t, m));
  }
  for (const GetSetDef* g = t->getset; g && g->name; ++g) {
    Ref name = keyOf(g->name);
    if (!has(t, name)) put(t, name, newGetSetDescriptor(t, g));
  }
}

/// An exception that CPython makes as a class statement would: with a word for weak references, which is shown.
bool madeByCall(const Type* t) {
  return (t->flags & kTypeOwnModule) && (t->flags & kTypeException) && t->instanceLayout.weakOffset &&
         !(t->base && t->base->instanceLayout.weakOffset);
}

/// Of the types that CPython makes at run time: exceptions and named tuples, unless they say otherwise, and those that say so.
bool canBeChanged(const Type* t) { return (t->flags & kTypeOwnModule) && (t->flags & (kTypeException | kTypeTuple | kTypeChangeable)); }

void linearize(Type* t) {
  Type* bases[2] = {t->base, t->secondBase};
  int64_t n = !bases[0] ? 0 : bases[1] ? 2 : 1;
  if (!t->bases) {
    Value values[2] = {n > 0 ? asValue(bases[0]) : Value(), n > 1 ? asValue(bases[1]) : Value()};
    t->bases = n ? newTupleFrom(values, static_cast<size_t>(n)) : emptyTuple();
  }
  Value order[32];
  size_t count = 0;
  order[count++] = asValue(t);
  if (n) {
    // With two bases: the second one's ancestors that the first lacks come before the first common one.
    auto* first = asTuple(bases[0]->mro);
    int64_t common = n > 1 ? first->size : 0;
    for (int64_t i = 0; n > 1 && i < first->size; ++i) {
      if (isSubtype(bases[1], first->items[i].as<Type>())) {
        common = i;
        break;
      }
    }
    if (n == 1) common = first->size;
    for (int64_t i = 0; i < common; ++i) order[count++] = first->items[i];
    if (n > 1) {
      auto* second = asTuple(bases[1]->mro);
      for (int64_t i = 0; i < second->size; ++i) order[count++] = second->items[i];
    }
  }
  t->mro = newTupleFrom(order, count);
  // Tuples of what never dies: a collection would only find that out.
  if (n) gcUntrack(t->bases.object());
  gcUntrack(t->mro.object());
}

void makeDisplay(Type* t) {
  t->depth = t->base ? t->base->depth + 1 : 0;
  auto** display = static_cast<const Type**>(::operator new(sizeof(Type*) * (t->depth + 1)));
  if (t->base) memcpy(display, t->base->display, sizeof(Type*) * t->depth);
  display[t->depth] = t;
  t->display = display;
}

} // namespace

void typeInherit(Type* t) {
  if (t->flags & kTypeInherited) return;
  if (!t->base && t != &objectType) t->base = &objectType;
  t->flags |= kTypeInherited;
  if (Type* base = t->base) {
    typeInherit(base);
    inheritFrom(t, base);
  }
  if (Type* second = t->secondBase) {
    typeInherit(second);
    inheritFrom(t, second);
  }
  noteContainer(t);
}

void typeReady(Type* t) {
  if (t->flags & (kTypeReady | kTypeReadying)) return;
  t->flags |= kTypeReadying;
  // CPython's builtin types are ready before the program is: what is made here brings no collection nearer.
  const int64_t counted = gcState.generations[0].count;
  if (!t->base && t != &objectType) t->base = &objectType;
  typeInherit(t);
  for (Type* base : {t->base, t->secondBase})
    if (base) typeReady(base);
  linearize(t);
  makeDisplay(t);
  t->dict = newDict(); // in CPython's order
  const bool constructsItself = (t->flags & kTypeOwnNew) || !(t->base && t->construct == t->base->construct);
  if (t->construct && constructsItself) put(t, NAME(__new__), newConstructorFunction(t));
  addWrappers(t);
  addMethods(t);
  if ((t->flags & kTypeOwnModule) && !has(t, NAME(__module__))) put(t, NAME(__module__), newStr(moduleNameOf(t)));
  if (madeByCall(t)) put(t, NAME(__weakref__), newGetSetDescriptor(t, &weakrefGetSet));
  if (!has(t, NAME(__doc__))) put(t, NAME(__doc__), docValue(typeDoc(t)));
  for (Type* base : {t->base, t->secondBase})
    if (base) addSubclass(base, t);
  gcState.generations[0].count = counted;
  t->flags = (t->flags & ~kTypeReadying) | kTypeReady | (canBeChanged(t) ? 0 : kTypeImmutable);
}

} // namespace krait
