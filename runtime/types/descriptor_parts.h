// What the five descriptor types of builtin classes share. For their files only.
#pragma once
#include "runtime/memory/alloc.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/iterators.h"

namespace krait::descriptor_parts {

inline DescriptorObject* descriptor(Value v) { return v.as<DescriptorObject>(); }

Value make(const Type& type, Type* owner, const char* name, const void* def);
void dealloc(Object* o);
int traverse(Object* o, Visit visit, void* context);
/// TypeError unless `o` is an instance of the descriptor's owner.
bool checkInstance(Value self, Value o);

Value name(Value self, void*);
Value qualifiedName(Value self, void*);
Value objclass(Value self, void*);
/// __reduce__: (getattr, (owner, name)).
Value reduce(Value self);

constexpr Layout descriptorLayout(Type& type) {
  return {.type = &type, .size = sizeof(DescriptorObject), .flags = kLayoutGc};
}

} // namespace krait::descriptor_parts
