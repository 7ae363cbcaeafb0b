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

struct HeapType : Type {
  NumberSlots numberSlots;
  SequenceSlots sequenceSlots;
  MappingSlots mappingSlots;
  AsyncSlots asyncSlots;
  Layout foreign;         // what foreignLayout points to
  Type* builtinBase;      // nearest ancestor along `base` that is not a heap type
  uint32_t memberOffset;  // words that this class's __slots__ added
  uint32_t memberCount;
  Value* inlineNames;     // behind instanceLayout.slotNames; owned interned strings
  const Type** ancestors; // behind display
  bool plainInstances;    // object's own part, no words of __slots__, with dict and weakref words below the header
  uint64_t initVersion;   // version for which initFunction holds
  Object* initFunction;   // what making an instance has to call: a FunctionObject; null: not that simple (borrowed)
  Value slotNames;        // tuple: mangled, sorted __slots__ names, or null
  MemberDef* memberDefs;  // rows behind their member descriptors
  char* nameText;         // behind `name` when heapName is not ASCII, else null
};

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

/// Order words: creation order of the inline slots that are in use.
inline Value* orderWord(Object* o) { return wordAt(o, static_cast<int64_t>(o->layout->slotOffset) - 8); }
inline uint32_t orderCount(uint64_t order) { return order & 15; }
inline uint32_t orderAt(uint64_t order, uint32_t i) { return (order >> (4 + 4 * i)) & 15; }
inline uint64_t orderAppend(uint64_t order, uint64_t slot) { return (order | slot << (4 + 4 * (order & 15))) + 1; }
/// `order` without `slot`; unchanged when it is not in it.
uint64_t orderWithout(uint64_t order, uint32_t slot);
/// Number of the inline slot called `name` (interned), or -1.
int32_t inlineSlotNamed(const Layout* l, Value name);
inline Value* inlineSlot(Object* o, uint32_t i) { return wordAt(o, o->layout->slotOffset + 8 * i); }
inline Value* dictWord(Object* o) { return o->layout->dictOffset ? wordAt(o, o->layout->dictOffset) : nullptr; }

/// The attribute in the instance itself (slot or dict): borrowed; null without error if absent.
Value instanceGet(Object* o, Value name);
/// Stores it there (v null: deletes). 0; -1 with an error; 1: no such attribute to delete, 2: the instance has no dict.
int32_t instanceSet(Object* o, Value name, Value v);

} // namespace krait
