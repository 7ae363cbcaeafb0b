// Loose instances: those that hold nothing which can be in a cycle.
//
// An instance of a class made in Python begins outside the collector's lists, and enters its generation's list with the
// first attribute that is a container itself. Until then it costs collections nothing: it holds numbers, strings and None,
// so no cycle leads through it. What people see stays as if it were in the list:
//   - `next` is null and `prev` says when it was born, from which follows the generation it belongs to;
//   - who asks for all objects finds the loose ones by walking the allocator's blocks: only blocks up to 512 bytes can be
//     loose, and an instance that dies takes its layout out of its block;
//   - when garbage is found, the loose instances that only garbage refers to join it;
//   - a class counts its loose instances. When nothing but they seems to hold a class, they enter the list: the class
//     may hold them.
// Every store into a word of an instance tells the collector: instanceHolds.
#pragma once
#include <vector>

#include "runtime/memory/gc.h"
#include "runtime/object/heap_type.h"

namespace krait {

/// `v` is no number, string or other thing that holds nothing: `o` enters its list, if it is loose. Runs no code.
[[gnu::cold, gnu::noinline]] void linkInstanceFor(Object* o, Value v);
/// Enters the list whatever it holds.
[[gnu::cold, gnu::noinline]] void linkInstance(Object* o);

/// Before or after `v` is stored in a word of the instance `o`.
inline void instanceHolds(Object* o, Value v) {
  // Objects without links are told apart over there: below the header is always memory.
  if (v.isPointer() && !gcLinks(o)->next) [[unlikely]] linkInstanceFor(o, v);
}

inline bool isLooseKind(const Type* t) { return isHeapType(t) && asHeap(t)->onlyWords; }
inline bool isLoose(Object* o) { return isLooseKind(typeOfObject(o)) && !gcLinks(o)->next; }

/// A new instance of `t` that nobody has seen, in a small block.
inline void beginLoose(Object* o, HeapType* t) {
  gcLinks(o)->prev = gcState.birth;
  ++t->loose;
  ++gcState.loose;
}
inline void endLoose(HeapType* t) {
  --t->loose;
  --gcState.loose;
}
/// The instance, out of its list or never in one, is freed: walks must not find it.
inline void forgetInstance(Object* o) { o->layout = nullptr; }

/// `visit` for every loose instance whose class is one of these, or of any class (null). It may link what it visits.
void forEachLoose(const std::vector<HeapType*>* of, void (*visit)(Object* o, void* context), void* context);
int generationOfLoose(const Object* o);

} // namespace krait
