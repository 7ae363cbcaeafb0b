// C declarations of every row of entries.def, and the flags of a row.
#pragma once
#include "runtime/abi/code.h"
#include "runtime/abi/method_kind.h"
#include "runtime/abi/thread_state.h"

namespace krait {

using Owned = Value;
using Slot = Value*;

/// Inline caches: one per site, zero-initialised writable data of the module.
/// The runtime alone knows what is in them.
struct AttrCache {
  const Layout* layout;
  uint64_t version;  // of layout->type when filled
  Value found;       // borrowed class attribute, or null for an inline slot
  uint64_t offset;   // of the inline slot; meaning of the rest is object/attribute_cache.h's
};
using MethodCache = AttrCache;

/// Functions that the class of an object is expected to have under some names (krt_shape_learn).
struct ExpectedMethod {
  Value name;           // interned
  const void* entry;    // the function's; null in interpreted code
  const CodeInfo* code; // there
  MethodKind kind;
  bool asWritten;       // and its default values are those of its text
  uint32_t after;       // Super: the number in the list of what calls super()
};
struct ExpectedMethods {
  static constexpr uint64_t kVersions = 8, kVersionMask = 2 * (kVersions - 1); // versions of classes are odd
  static constexpr uint64_t kNobody = 1; // no class has this version; some have 0, whose place is the first
  static uint64_t place(uint64_t version) { return (version & kVersionMask) / 2; }
  static constexpr uint64_t kWithoutDict = uint64_t{1} << 63; // in a version: instances have no dict, which could hide a method
  // Of classes that have them all, and keep what the shape names where that says, each at its place; kNobody: none.
  uint64_t versions[kVersions]; // compiled code looks here, and, if kWithoutDict is not set, at the word where most objects have their dict
  uint64_t others[kVersions];   // the runtime does: that word is elsewhere, or the place above is taken
  void forget() {
    for (uint64_t n = 0; n < kVersions; ++n) versions[n] = others[n] = kNobody;
  }
  uint64_t count, ofClass;      // the last `ofClass` of them are looked up in the class alone (isOfClass)
  const ExpectedMethod* list;
};

/// Attributes that are expected in inline slots of one object (krt_shape_learn): while word `where` of its layout is this
/// family (object/slot_families.h), which is so for the class that was met and those below it, they are at these offsets.
struct Shape {
  uint64_t where;
  uint64_t family; // 0: nothing is known yet
  uint64_t count;
  const Value* names;   // interned
  uint64_t isWritten;  // stored into, too: a class with its own __setattr__ does not do
  uint64_t order;      // the order word of instances that hold these names alone, if they are the first slots in their order; else 0
  ExpectedMethods* methods; // null: none. Else the class's version is asked instead of the family
  uint64_t offsets[];   // count of them
};

namespace entry_flags {
enum : uint32_t { kHot = 1, kRaises = 2, kRunsCode = 4, kCold = 8, kNoReturn = 16, kStateOnly = 32 };
}

extern "C" {
#define ENTRY(result, name, params, flags) result name params;
#include "runtime/abi/entries.def"
#undef ENTRY
}

} // namespace krait
