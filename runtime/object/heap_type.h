// Classes made at run time: the type object with room for every slot, and how
// their instances live and die.
//
// An instance of a heap type is laid out as
//     the builtin base's part | words of __slots__ | order word | inline slots
// where each class of the chain may have added words, and the inline slots of a
// class extend those of its base only when nothing came between. The words of a
// str come after its text (memberWord), and it has no inline slots.
#pragma once
#include "runtime/object/type.h"

namespace krait {

struct ClassVariable;

struct HeapType : Type {
  NumberSlots numberSlots;
  SequenceSlots sequenceSlots;
  MappingSlots mappingSlots;
  AsyncSlots asyncSlots;
  struct {
    uint64_t version;     // 0: what is found by this layout is known of nobody (versionOf)
    Layout layout;
  } foreign;              // what foreignLayout points to
  Type* builtinBase;      // nearest ancestor along `base` that is not a heap type
  uint32_t memberOffset;  // words that this class's __slots__ added
  uint32_t memberCount;
  Value* inlineNames;     // behind instanceLayout.slotNames; owned interned strings
  const Type** ancestors; // behind display
  bool onlyWords;         // object's own part and words of any kind, with the collector's links: instances may be loose
  bool hasMembers;        // it or a base has words of __slots__
  bool linksAtOnce;       // its instances begin in the collector's lists all the same
  uint8_t headerBytes;    // onlyWords: below an instance
  uint16_t blockBytes;    // onlyWords: of an instance in all; 0: not from a pool
  uint8_t plainClass;     // onlyWords, no words of __slots__, dict and weakref words below the header, from a pool, packing the order of
                          // their slots: 1 + the size class of a block; else 0
  uint8_t memberClass;    // onlyWords, words of __slots__ and nothing else, from a pool: likewise
  uint32_t itemWords;     // derived from tuple: for how many items instances have room at least, null words behind their own
  int64_t loose;          // how many instances are loose (loose_instances.h)
  int64_t linkedLate;     // how many entered a list after their birth
  uint64_t initVersion;   // version for which the next three hold; no version before there was one
  Object* initFunction;   // what making an instance has to call: a FunctionObject; null: not that simple (borrowed)
  Object* plainInit;      // the same where object's __new__ makes it, else null
  Object* newFunction;    // the __new__ that is all that making one calls, likewise
  Value slotNames;        // tuple: mangled, sorted __slots__ names, or null
  MethodRow* methodRows;  // behind instanceLayout.methods; null until it is asked for a method
  MemberDef* memberDefs;  // rows behind their member descriptors
  char* nameText;         // behind `name` when heapName is not ASCII, else null
  ClassVariable* variables; // attributes that are stored again and again (class_variables.h), owned
};

static_assert(offsetof(decltype(HeapType::foreign), layout) == kVersionBelowLayout);

inline HeapType* asHeap(Type* t) { return static_cast<HeapType*>(t); }
inline const HeapType* asHeap(const Type* t) { return static_cast<const HeapType*>(t); }
inline bool isHeapType(const Type* t) { return t->flags & kTypeHeap; }

// ---- instances (instance.cpp) ----
void instanceDealloc(Object* o);
int instanceTraverse(Object* o, Visit visit, void* context);
void instanceClear(Object* o);

/// The word of __slots__ whose member descriptor says `offset`.
Value* memberWordAfterText(Object* o, uint32_t offset);
inline Value* memberWord(Object* o, uint32_t offset) {
  return typeOfObject(o)->flags & kTypeStr ? memberWordAfterText(o, offset) : wordAt(o, offset);
}

/// Order of creation of the inline slots that are in use (kPackedSlots says how it is kept).
inline Value* orderWord(Object* o) { return wordAt(o, static_cast<int64_t>(o->layout->slotOffset) - 8); }
inline bool packsOrder(const Layout* l) { return l->slotCount <= kPackedSlots; }
inline uint8_t* orderBytes(Object* o) { return reinterpret_cast<uint8_t*>(wordAt(o, o->layout->slotOffset + 8 * o->layout->slotCount)); }
/// Bytes of `count` inline slots and of what stands behind them.
inline uint32_t slotsSize(uint32_t count) { return 8 * count + (count > kPackedSlots ? (count + 7) & ~7u : 0); }
inline uint32_t orderCount(Object* o) {
  const uint64_t order = orderWord(o)->bits;
  return static_cast<uint32_t>(packsOrder(o->layout) ? order & 15 : order);
}
inline uint32_t orderAt(Object* o, uint32_t i) {
  return packsOrder(o->layout) ? (orderWord(o)->bits >> (4 + 4 * i)) & 15 : orderBytes(o)[i];
}
/// `order`: the order word of `o`.
inline void orderAppend(Object* o, Value* order, uint64_t slot) {
  if (packsOrder(o->layout)) [[likely]] order->bits = (order->bits | slot << (4 + 4 * (order->bits & 15))) + 1;
  else orderBytes(o)[order->bits++] = static_cast<uint8_t>(slot);
}
/// The order word of a layout that packs it, of slots 0 … count - 1 in this order.
inline uint64_t orderOfFirst(uint64_t count) { return (0xEDCBA98765432100 & ((uint64_t{16} << 4 * count) - 1)) | count; }
/// Takes `slot` out, if it is in it.
void orderRemove(Object* o, uint32_t slot);
/// Number of the inline slot called `name` (interned), or -1.
int32_t inlineSlotNamed(const Layout* l, Value name);
inline Value* inlineSlot(Object* o, uint32_t i) { return wordAt(o, o->layout->slotOffset + 8 * i); }
inline Value* dictWord(Object* o) { return o->layout->dictOffset ? wordAt(o, o->layout->dictOffset) : nullptr; }

/// The attribute in the instance itself (slot or dict): borrowed; null without error if absent.
Value instanceGet(Object* o, Value name);
/// Stores it there (v null: deletes). 0; -1 with an error; 1: no such attribute to delete, 2: the instance has no dict.
int32_t instanceSet(Object* o, Value name, Value v);
/// Deletes what an inline slot holds, of an instance whose dict nobody has asked for; false, and nothing done: it is no such.
bool instanceTakeOut(Object* o, Value* slot);
/// Stores into the empty slot of that name, of an instance that has its dict. 0, or -1 with MemoryError.
int32_t instanceFill(Object* o, Value name, Value* word, Value v);
/// Whether `found`, a descriptor of the class of `o`, answers with the dict that each instance has: what it raises is no AttributeError.
bool givesDict(Value found, Value o);
/// o.__dict__ would be made now, by every rule of attributes: instanceSet does what a store into it would do.
bool dictIsUnmade(Value o);

} // namespace krait
