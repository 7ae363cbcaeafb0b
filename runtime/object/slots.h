// The table of special methods: which name stands for which slot of a type, and
// the functions that lead from a method call to a slot (wrappers, for builtin
// types) and from a slot to a method (generic functions, for classes in Python).
#pragma once
#include <cstddef>
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

struct StrObject;
struct DescriptorObject;

/// Where in a type a slot is: one of the tables, and the byte offset in it.
enum class SlotTable : uint8_t { Main, Number, Sequence, Mapping, Async };

struct SlotDef {
  StrObject* name;
  SlotTable table;
  bool keywords;        // the wrapper takes keyword arguments (__init__, __call__)
  uint16_t offset;
  /// Calls the slot function `slot` with a method call's arguments. Null: the row makes no wrapper (__new__, __del__, …).
  Value (*wrapper)(Value self, const Args& args, void* slot, const SlotDef* def);
  void* generic;        // what a class that defines the method in Python has in the slot; may be null
  const char* doc;      // __doc__ of the wrapper, with the signature line
};

extern const SlotDef slotTable[];
extern const size_t slotTableSize;

/// The function in a slot of `t`, or null.
void* slotRead(const Type* t, const SlotDef& d);
/// Chooses the functions of all slots (or of those called `name`) of a heap type from what its MRO now says.
void slotsUpdateAll(Type* t);
/// Whether subscripts and iteration of instances are a tuple's own, and length and truth a builtin container's, for those who look
/// without asking (LayoutFlags, Layout::lengthOffset).
void noteContainer(Type* t);
void slotsUpdate(Type* t, Value name);
/// The same for `t` and those of its subclasses that inherit the name from it.
void slotsUpdateTree(Type* t, Value name);
/// Whether `name` (interned) names a slot.
bool isSlotName(Value name);

/// Calls what `descr`, found on self's type, is, with `self` in front. Owned result.
Value callUnbound(Value descr, Value self, const Value* args, size_t count);
/// callUnbound without arguments. Null without an error where a descriptor raises as it is asked for the method: that CPython does not tell
/// where it has another answer.
Value callIfGotten(Value descr, Value self);
/// type(self).name(self, args…): AttributeError when absent.
Value callSpecial(Value self, Value name, const Value* args, size_t count);

// Slot functions with a fixed meaning that others compare with.
int64_t hashNotImplemented(Value v);
Value nextNotImplemented(Value v);
Value slotGetAttr(Value o, Value name);
Value slotGetAttrHook(Value o, Value name);
int32_t objectInit(Value self, const Args& args);
Value slotConstruct(Type* t, const Args& args);
int32_t slotInit(Value self, const Args& args);

} // namespace krait
