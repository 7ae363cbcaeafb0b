// The rows of the slot table. The order matters in two ways: rows that share a slot
// stand together, and where two slots serve one name the first one's wrapper is the
// one a builtin type shows.
#include <cstddef>
#include <cstring>
#include <iterator>

#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slot_functions.h"
#include "runtime/object/subclasses.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_intern.h"

namespace krait {

using namespace slot_wrappers;
using namespace slot_generics;

#define MAIN(name, slot, wrapper, generic, doc)                                                               \
  {&krn_##name, SlotTable::Main, false, offsetof(Type, slot), wrapper, reinterpret_cast<void*>(generic), doc}
#define MAINKW(name, slot, wrapper, generic, doc)                                                             \
  {&krn_##name, SlotTable::Main, true, offsetof(Type, slot), wrapper, reinterpret_cast<void*>(generic), doc}
#define NUM(name, slot, wrapper, generic, doc)                                                                \
  {&krn_##name, SlotTable::Number, false, offsetof(NumberSlots, slot), wrapper,                               \
   reinterpret_cast<void*>(generic), doc}
#define SEQ(name, slot, wrapper, generic, doc)                                                                \
  {&krn_##name, SlotTable::Sequence, false, offsetof(SequenceSlots, slot), wrapper,                           \
   reinterpret_cast<void*>(generic), doc}
/// Classes made in Python have the method in another slot.
#define SEQONLY(name, slot, wrapper, doc)                                                                     \
  {&krn_##name, SlotTable::Sequence, false, offsetof(SequenceSlots, slot), wrapper, nullptr, doc}
#define MAP(name, slot, wrapper, generic, doc)                                                                \
  {&krn_##name, SlotTable::Mapping, false, offsetof(MappingSlots, slot), wrapper,                             \
   reinterpret_cast<void*>(generic), doc}
#define ASYNC(name, slot, wrapper, generic, doc)                                                              \
  {&krn_##name, SlotTable::Async, false, offsetof(AsyncSlots, slot), wrapper,                                 \
   reinterpret_cast<void*>(generic), doc}
#define BINARY(slot, name, rname, symbol)                                                                     \
  NUM(name, slot, binaryLeft, (numberBinary<&NumberSlots::slot, &krn_##name, &krn_##rname>),                  \
      #name "($self, value, /)\n--\n\nReturn self" symbol "value."),                                          \
  NUM(rname, slot, binaryRight, (numberBinary<&NumberSlots::slot, &krn_##name, &krn_##rname>),                \
      #rname "($self, value, /)\n--\n\nReturn value" symbol "self.")
#define INPLACE(slot, name, symbol)                                                                           \
  NUM(name, slot, binaryLeft, (method1<&krn_##name>), #name "($self, value, /)\n--\n\nReturn self" symbol "value.")
#define UNARY(slot, name, text)                                                                               \
  NUM(name, slot, unary, (method0<&krn_##name>), #name "($self, /)\n--\n\n" text)
#define COMPARE(name, op, symbol)                                                                             \
  MAIN(name, compare, (richCompare<op>), compareGeneric, #name "($self, value, /)\n--\n\nReturn self" symbol "value.")

const SlotDef slotTable[] = { // in the order in which a class's dict shows them
    MAIN(__repr__, repr, unary, reprGeneric, "__repr__($self, /)\n--\n\nReturn repr(self)."),
    MAIN(__hash__, hash, hashed, hashGeneric, "__hash__($self, /)\n--\n\nReturn hash(self)."),
    MAINKW(__call__, call, called, callGeneric,
           "__call__($self, /, *args, **kwargs)\n--\n\nCall self as a function."),
    MAIN(__str__, str, unary, strGeneric, "__str__($self, /)\n--\n\nReturn str(self)."),
    MAIN(__getattribute__, getAttr, binaryLeft, slotGetAttrHook,
         "__getattribute__($self, name, /)\n--\n\nReturn getattr(self, name)."),
    MAIN(__getattr__, getAttr, nullptr, slotGetAttrHook, nullptr),
    MAIN(__setattr__, setAttr, setAttribute, setAttrGeneric,
         "__setattr__($self, name, value, /)\n--\n\nImplement setattr(self, name, value)."),
    MAIN(__delattr__, setAttr, delAttribute, setAttrGeneric,
         "__delattr__($self, name, /)\n--\n\nImplement delattr(self, name)."),
    COMPARE(__lt__, kLt, "<"),
    COMPARE(__le__, kLe, "<="),
    COMPARE(__eq__, kEq, "=="),
    COMPARE(__ne__, kNe, "!="),
    COMPARE(__gt__, kGt, ">"),
    COMPARE(__ge__, kGe, ">="),
    MAIN(__iter__, iter, unary, iterGeneric, "__iter__($self, /)\n--\n\nImplement iter(self)."),
    MAIN(__next__, next, nextItem, nextGeneric, "__next__($self, /)\n--\n\nImplement next(self)."),
    MAIN(__get__, descrGet, descriptorGet, descrGetGeneric,
         "__get__($self, instance, owner=None, /)\n--\n\nReturn an attribute of instance, which is of type owner."),
    MAIN(__set__, descrSet, descriptorSet, descrSetGeneric,
         "__set__($self, instance, value, /)\n--\n\nSet an attribute of instance to value."),
    MAIN(__delete__, descrSet, descriptorDelete, descrSetGeneric,
         "__delete__($self, instance, /)\n--\n\nDelete an attribute of instance."),
    MAINKW(__init__, init, initialize, slotInit,
           "__init__($self, /, *args, **kwargs)\n--\n\nInitialize self.  See help(type(self)) for accurate signature."),
    MAIN(__new__, construct, nullptr, slotConstruct, nullptr),
    MAIN(__del__, finalize, deleted, finalizeGeneric, "__del__($self, /)\n--\n\n"),

    ASYNC(__await__, await, unary, (method0<&krn___await__>),
          "__await__($self, /)\n--\n\nReturn an iterator to be used in await expression."),
    ASYNC(__aiter__, aiter, unary, (method0<&krn___aiter__>),
          "__aiter__($self, /)\n--\n\nReturn an awaitable, that resolves in asynchronous iterator."),
    ASYNC(__anext__, anext, unary, (method0<&krn___anext__>),
          "__anext__($self, /)\n--\n\nReturn a value or raise StopAsyncIteration."),

    BINARY(add, __add__, __radd__, "+"),
    BINARY(sub, __sub__, __rsub__, "-"),
    BINARY(mul, __mul__, __rmul__, "*"),
    BINARY(mod, __mod__, __rmod__, "%"),
    NUM(__divmod__, divmod, binaryLeft, (numberBinary<&NumberSlots::divmod, &krn___divmod__, &krn___rdivmod__>),
        "__divmod__($self, value, /)\n--\n\nReturn divmod(self, value)."),
    NUM(__rdivmod__, divmod, binaryRight, (numberBinary<&NumberSlots::divmod, &krn___divmod__, &krn___rdivmod__>),
        "__rdivmod__($self, value, /)\n--\n\nReturn divmod(value, self)."),
    NUM(__pow__, pow, ternaryLeft, powGeneric,
        "__pow__($self, value, mod=None, /)\n--\n\nReturn pow(self, value, mod)."),
    NUM(__rpow__, pow, ternaryRight, powGeneric,
        "__rpow__($self, value, mod=None, /)\n--\n\nReturn pow(value, self, mod)."),
    UNARY(neg, __neg__, "-self"),
    UNARY(pos, __pos__, "+self"),
    UNARY(abs, __abs__, "abs(self)"),
    NUM(__bool__, truth, truthOf, truthGeneric, "__bool__($self, /)\n--\n\nTrue if self else False"),
    UNARY(invert, __invert__, "~self"),
    BINARY(lshift, __lshift__, __rlshift__, "<<"),
    BINARY(rshift, __rshift__, __rrshift__, ">>"),
    BINARY(and_, __and__, __rand__, "&"),
    BINARY(xor_, __xor__, __rxor__, "^"),
    BINARY(or_, __or__, __ror__, "|"),
    UNARY(toInt, __int__, "int(self)"),
    UNARY(toFloat, __float__, "float(self)"),
    INPLACE(iadd, __iadd__, "+="),
    INPLACE(isub, __isub__, "-="),
    INPLACE(imul, __imul__, "*="),
    INPLACE(imod, __imod__, "%="),
    NUM(__ipow__, ipow, ternaryLeft, ipowGeneric, "__ipow__($self, value, /)\n--\n\nReturn self**=value."),
    INPLACE(ilshift, __ilshift__, "<<="),
    INPLACE(irshift, __irshift__, ">>="),
    INPLACE(iand, __iand__, "&="),
    INPLACE(ixor, __ixor__, "^="),
    INPLACE(ior, __ior__, "|="),
    BINARY(floordiv, __floordiv__, __rfloordiv__, "//"),
    BINARY(truediv, __truediv__, __rtruediv__, "/"),
    INPLACE(ifloordiv, __ifloordiv__, "//="),
    INPLACE(itruediv, __itruediv__, "/="),
    NUM(__index__, index, unary, (method0<&krn___index__>),
        "__index__($self, /)\n--\n\nReturn self converted to an integer, if self is suitable for use as an index into a list."),
    BINARY(matmul, __matmul__, __rmatmul__, "@"),
    INPLACE(imatmul, __imatmul__, "@="),

    MAP(__len__, length, lengthOf, lengthGeneric, "__len__($self, /)\n--\n\nReturn len(self)."),
    MAP(__getitem__, subscript, binaryLeft, (method1<&krn___getitem__>),
        "__getitem__($self, key, /)\n--\n\nReturn self[key]."),
    MAP(__setitem__, setSubscript, setSubscriptOf, setSubscriptGeneric,
        "__setitem__($self, key, value, /)\n--\n\nSet self[key] to value."),
    MAP(__delitem__, setSubscript, delSubscriptOf, setSubscriptGeneric,
        "__delitem__($self, key, /)\n--\n\nDelete self[key]."),

    SEQ(__len__, length, lengthOf, lengthGeneric, "__len__($self, /)\n--\n\nReturn len(self)."),
    SEQONLY(__add__, concat, binaryLeft, "__add__($self, value, /)\n--\n\nReturn self+value."),
    SEQONLY(__mul__, repeat, repeated, "__mul__($self, value, /)\n--\n\nReturn self*value."),
    SEQONLY(__rmul__, repeat, repeated, "__rmul__($self, value, /)\n--\n\nReturn value*self."),
    SEQ(__getitem__, item, itemAt, itemGeneric, "__getitem__($self, key, /)\n--\n\nReturn self[key]."),
    SEQ(__setitem__, setItem, setItemAt, setItemGeneric,
        "__setitem__($self, key, value, /)\n--\n\nSet self[key] to value."),
    SEQ(__delitem__, setItem, delItemAt, setItemGeneric, "__delitem__($self, key, /)\n--\n\nDelete self[key]."),
    SEQ(__contains__, contains, containedIn, containsGeneric,
        "__contains__($self, key, /)\n--\n\nReturn key in self."),
    SEQONLY(__iadd__, inplaceConcat, binaryLeft,
        "__iadd__($self, value, /)\n--\n\nImplement self+=value."),
    SEQONLY(__imul__, inplaceRepeat, repeated, "__imul__($self, value, /)\n--\n\nImplement self*=value."),
};
const size_t slotTableSize = sizeof slotTable / sizeof *slotTable;

namespace {

const void* tableOf(const Type* t, SlotTable table) {
  switch (table) {
  case SlotTable::Main: return t;
  case SlotTable::Number: return t->number;
  case SlotTable::Sequence: return t->sequence;
  case SlotTable::Mapping: return t->mapping;
  case SlotTable::Async: return t->async;
  }
  return nullptr;
}
void** slotAddress(HeapType* t, const SlotDef& d) {
  void* table = nullptr;
  switch (d.table) {
  case SlotTable::Main: table = static_cast<Type*>(t); break;
  case SlotTable::Number: table = &t->numberSlots; break;
  case SlotTable::Sequence: table = &t->sequenceSlots; break;
  case SlotTable::Mapping: table = &t->mappingSlots; break;
  case SlotTable::Async: table = &t->asyncSlots; break;
  }
  return reinterpret_cast<void**>(static_cast<char*>(table) + d.offset);
}

bool sameSlot(const SlotDef& a, const SlotDef& b) { return a.table == b.table && a.offset == b.offset; }
Value nameOf(const SlotDef& d) { return reinterpret_cast<const Object*>(d.name); }

/// The builtin type whose dict holds `descr` as a method of its own, or null.
Type* builtinOwner(Value descr) {
  Type* kind = typeOf(descr);
  if (kind != &wrapperDescriptorType && kind != &methodDescriptorType) return nullptr;
  Type* owner = descr.as<DescriptorObject>()->owner;
  return isHeapType(owner) ? nullptr : owner;
}

/// Decides one slot from the rows [first, end) that name methods for it.
void updateSlot(HeapType* t, const SlotDef* first, const SlotDef* end) {
  void* specific = nullptr;
  void* generic = nullptr;
  bool useGeneric = false;
  bool isNext = first->table == SlotTable::Main && first->offset == offsetof(Type, next);
  for (const SlotDef* d = first; d != end; ++d) {
    Value descr = typeLookup(t, nameOf(*d));
    if (!descr) {
      if (isNext) specific = reinterpret_cast<void*>(nextNotImplemented);
      continue;
    }
    // A builtin's method under another name (`__str__ = int.__repr__`) is like any other callable.
    bool ownName = descr.isPointer() && builtinOwner(descr) && descr.as<DescriptorObject>()->name == nameOf(*d);
    if (Type* owner = ownName ? builtinOwner(descr) : nullptr; owner && isSubtype(t, owner)) {
      // The builtin's own function, unless two rows disagree about whose it is.
      void* f = slotRead(owner, *d);
      if (!f) {
        // The name is served by another slot of the owner; here the method is reached through that one.
        if (!d->generic || typeOf(descr) == &wrapperDescriptorType) continue;
        generic = d->generic;
        useGeneric = true;
      } else if (!specific || specific == f) {
        specific = f;
      } else {
        generic = d->generic;
        useGeneric = true;
      }
    } else if (isConstructorFunction(descr) && d->name == &krn___new__) {
      // A class that loses its __new__ goes on looking it up, which object.__new__ then holds against arguments.
      specific = reinterpret_cast<void*>(t->construct);
    } else if (isNone(descr) && d->name == &krn___hash__) {
      specific = reinterpret_cast<void*>(hashNotImplemented);
    } else {
      useGeneric = true;
      generic = d->generic;
    }
  }
  if (useGeneric && !generic) generic = first->generic;
  *slotAddress(t, *first) = useGeneric ? generic : specific;
}

/// The rows by their names' hashes, made when a class first asks: chains of row numbers plus one, in the order of the table.
struct RowsByName {
  static constexpr size_t kBuckets = 256;
  uint8_t first[kBuckets], next[std::size(slotTable)];

  static size_t bucketOf(StrObject* name) { return strNameHash(name) % kBuckets; }
  void fill() {
    for (size_t row = std::size(slotTable); row-- > 0;) {
      uint8_t& head = first[bucketOf(slotTable[row].name)];
      next[row] = head;
      head = static_cast<uint8_t>(row + 1);
    }
    isFilled = true;
  }
  /// Keys of a dict that type() is called with need not be interned.
  static bool isCalled(const SlotDef& row, StrObject* name) {
    return row.name == name || (!(name->flags & kStrInterned) && strEqual(nameOf(row), Value(&name->header)));
  }
  /// `visit` for the rows called `name`.
  template <class Visit> void forEach(StrObject* name, Visit visit) {
    if (!isFilled) fill();
    for (size_t number = first[bucketOf(name)]; number; number = next[number - 1])
      if (isCalled(slotTable[number - 1], name)) visit(slotTable + number - 1);
  }
  bool isFilled;
};
static_assert(std::size(slotTable) < 256);
constinit RowsByName rowsByName = {};

} // namespace

static auto lengthSlot(const Type* t) {
  return t->sequence && t->sequence->length ? t->sequence->length : t->mapping ? t->mapping->length : nullptr;
}

/// Builtin containers say it themselves.
static int32_t lengthOffset(const Type* t) {
  const Type* base = isHeapType(t) ? asHeap(t)->builtinBase : t->base;
  const bool isBases = base && lengthSlot(t) == lengthSlot(base) && !(t->number && t->number->truth);
  return isBases ? base->instanceLayout.lengthOffset : 0;
}

/// Of storing a class may have a slot of its own because it deletes in its own way (Counter): then what it has under the name tells.
static bool leavesItemsToDict(Type* t) {
  if (!(t->flags & kTypeDict) || !t->mapping || t->mapping->subscript != dictType.mapping->subscript) return false;
  if (!t->sequence || t->sequence->contains != dictType.sequence->contains) return false;
  if (t->mapping->setSubscript == dictType.mapping->setSubscript) return true;
  return isHeapType(t) && t->mro && typeLookup(t, NAME(__setitem__)) == typeLookup(&dictType, NAME(__setitem__));
}

void noteContainer(Type* t) {
  if (isHeapType(t) || !t->instanceLayout.lengthOffset) t->instanceLayout.lengthOffset = lengthOffset(t);
  const bool hasSay = (t->number && t->number->truth) || lengthSlot(t);
  t->instanceLayout.truthOffset = hasSay ? t->instanceLayout.lengthOffset : offsetof(Object, layout);
  uint32_t& flags = t->instanceLayout.flags;
  flags &= ~kLayoutSaid;
  if (leavesItemsToDict(t)) flags |= kLayoutDictItems;
  if (!(t->flags & kTypeTuple)) return;
  if (t->mapping && t->mapping->subscript == tupleType.mapping->subscript) flags |= kLayoutTupleItems;
  if (t->iter == tupleType.iter) flags |= kLayoutTupleIter;
}

void* slotRead(const Type* t, const SlotDef& d) {
  const void* table = tableOf(t, d.table);
  return table ? *reinterpret_cast<void* const*>(static_cast<const char*>(table) + d.offset) : nullptr;
}

bool isSlotName(Value name) {
  auto* s = asStr(name);
  if (s->length < 6 || s->kind != 1 || s->data()[0] != '_' || s->data()[1] != '_') return false;
  bool found = false;
  rowsByName.forEach(s, [&](const SlotDef*) { found = true; });
  return found;
}

void slotsUpdateAll(Type* t) {
  for (const SlotDef *d = std::begin(slotTable), *end; d != std::end(slotTable); d = end) {
    end = d + 1;
    while (end != std::end(slotTable) && sameSlot(*d, *end)) ++end;
    updateSlot(asHeap(t), d, end);
  }
  noteContainer(t);
}

void slotsUpdate(Type* t, Value name) {
  rowsByName.forEach(asStr(name), [t](const SlotDef* d) {
    const SlotDef *first = d, *end = d + 1;
    while (first != std::begin(slotTable) && sameSlot(first[-1], *d)) --first;
    while (end != std::end(slotTable) && sameSlot(*d, *end)) ++end;
    updateSlot(asHeap(t), first, end);
  });
  noteContainer(t);
}

void slotsUpdateTree(Type* t, Value name) {
  if (name == NAME(__hash__)) tupleHashesForget(t);
  if (isHeapType(t)) slotsUpdate(t, name); // of a builtin type, only the classes below it follow
  forEachSubclass(
      t,
      [](Type* sub, void* context) {
        Value n = *static_cast<Value*>(context);
        if (isHeapType(sub) && dictContains(sub->dict, n) == 0) slotsUpdateTree(sub, n);
        return true;
      },
      &name);
}

} // namespace krait
