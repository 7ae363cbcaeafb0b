// The header of every heap object, and what its layout word points to.
//
//   optional, below the address:   -32 dict   -24 weakrefs   -16 gc.next   -8 gc.prev
//   at the address:                  0 refs     8 layout     16 …
//
// Objects whose layout is kGc carry the two collector links; those of classes
// with a `__dict__` or `__weakref__` (kPrefix) carry all four words. The class
// of an object is layout->type; assigning `__class__` switches the layout.
#pragma once
#include "runtime/abi/value.h"

namespace krait {

struct Type;
struct Layout;

struct Object {
  /// Owned references. Negative: immortal, counted like all others.
  int64_t refs;
  const Layout* layout;
};

constexpr int64_t kImmortal = int64_t{-1} << 62;

struct GcLinks {
  GcLinks* next;
  uint64_t prev; // low bits are collector flags, see memory/gc.h
};

/// How many families of classes a layout lists (object/slot_families.h).
constexpr uint32_t kSlotFamilies = 6;

struct FunctionObject;
/// What instances of a class find under a name (object/method_rows.h).
struct MethodRow {
  Value name;               // an interned str (owned), or null: an empty row
  FunctionObject* function; // of the class or a base (borrowed); null: nothing that a caller may take as it is
};
/// How many a class has. The first is never filled.
constexpr uint64_t kMethodRows = 32;
/// Those of a class of which nothing is known.
extern const MethodRow kNoMethods[kMethodRows];

/// Where the parts of an object are. One per class, plus one "foreign" layout
/// (no inline slots) for objects whose `__class__` was assigned.
struct Layout {
  Type* type;
  uint32_t size;        // bytes from the header; for variable-sized objects without items
  uint32_t itemSize;    // bytes per item, 0: fixed size
  uint32_t flags;       // LayoutFlags
  int32_t dictOffset;   // byte offset of the dict word from the header; 0: no __dict__
  int32_t weakOffset;   // same for the list of weak references; 0: not weakly referable
  uint32_t slotOffset;  // inline attribute slots start here (the order word is 8 bytes below)
  uint32_t slotCount;   // at most kMaxInlineSlots
  int32_t lengthOffset; // of the int64_t that is what len() gives; 0: ask the type (object/slot_table.cpp)
  /// Of the word whose being 0 is falsehood; 0: ask the type. That of the length, or one that never is 0 where the type has no say.
  int32_t truthOffset = lengthOffset;
  const Value* slotNames; // interned strings, slotCount of them
  uint64_t families[kSlotFamilies]; // numbers of those that keep their words where they are here; 0: none
  const MethodRow* methods = kNoMethods; // kMethodRows of them
};

enum LayoutFlags : uint32_t {
  kLayoutGc = 1u << 0,     // collector links below the header
  kLayoutPrefix = 1u << 1, // dict and weakref words below the links
  kLayoutForeign = 1u << 2,
  // Of tuple, or of a class derived from it that leaves this to it (object/slot_table.cpp):
  kLayoutTupleItems = 1u << 3, // items at ints
  kLayoutTupleIter = 1u << 4,  // iteration, and so unpacking
  kLayoutKnownSteps = 1u << 5, // an iterator that krt_next_slow may step without its type's function
  // Of dict, or of a class derived from it that leaves getting, setting and asking for items to it (but what is missing may be its own):
  kLayoutDictItems = 1u << 6,
  kLayoutSaid = kLayoutTupleItems | kLayoutTupleIter | kLayoutDictItems, // by object/slot_table.cpp
};

/// Inline slots remember their order of creation in the order word: low nibble = count, then one nibble per attribute.
/// Layouts with more slots than that have a byte per slot behind them, and the word is the count.
constexpr uint32_t kPackedSlots = 15, kMaxInlineSlots = 40;
constexpr int32_t kPrefixDictOffset = -32, kPrefixWeakOffset = -24;
constexpr size_t kGcHeaderSize = 16, kPrefixHeaderSize = 32;

inline Type* typeOfObject(const Object* o) { return o->layout->type; }
/// Bytes below the header. Prefix words never come without the collector's.
inline size_t headerSize(uint32_t layoutFlags) {
  static_assert(kLayoutGc * kGcHeaderSize + kLayoutPrefix * 8 == kPrefixHeaderSize);
  return (layoutFlags & kLayoutGc) * kGcHeaderSize + (layoutFlags & kLayoutPrefix) * 8;
}
inline size_t headerSize(const Layout* l) { return headerSize(l->flags); }
inline Value* wordAt(Object* o, int64_t offset) {
  return reinterpret_cast<Value*>(reinterpret_cast<char*>(o) + offset);
}
/// len() of what has it in a word (Layout::lengthOffset), and no code is asked; -1 of anything else.
inline int64_t lengthAtHand(Value v) {
  if (!v.isPointer()) return -1;
  const int32_t offset = v.object()->layout->lengthOffset;
  return offset ? *reinterpret_cast<const int64_t*>(reinterpret_cast<const char*>(v.object()) + offset) : -1;
}
/// The same for bool() (Layout::truthOffset): 1, 0 or -1.
inline int32_t truthAtHand(Value v) {
  if (!v.isPointer()) return -1;
  const int32_t offset = v.object()->layout->truthOffset;
  return offset ? *reinterpret_cast<const int64_t*>(reinterpret_cast<const char*>(v.object()) + offset) != 0 : -1;
}

} // namespace krait
