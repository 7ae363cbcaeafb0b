// PyCapsule: nothing of Krait makes one, programs do through ctypes.pythonapi.
#include "runtime/modules/cdata/capsule.h"

#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/object/protocol.h"
#include "runtime/object/ref.h"

namespace krait::cdata {
namespace {

struct CapsuleObject {
  Object header;
  void* pointer; // never null
  const char* name; // the maker's: nobody copies it
  CapsuleDestructor destructor;
  void* context;
};

extern krait::Type capsuleType;

bool isCapsule(Value v) { return v && isExact(v, capsuleType); }

/// Null with a ValueError that names the function.
CapsuleObject* demand(Value v, const char* function) {
  if (isCapsule(v)) return v.as<CapsuleObject>();
  raise(ValueErrorType, "%s called with invalid PyCapsule object", function);
  return nullptr;
}
bool isName(const char* name, const char* other) { return name && other ? strcmp(name, other) == 0 : name == other; }

Value reprCapsule(Value self) {
  auto* c = self.as<CapsuleObject>();
  const char* quote = c->name ? "\"" : "";
  return formatText("<capsule object %s%s%s at %p>", quote, c->name ? c->name : "NULL", quote, static_cast<void*>(c));
}
void deallocCapsule(Object* o) {
  auto* c = reinterpret_cast<CapsuleObject*>(o);
  if (const CapsuleDestructor destructor = c->destructor) {
    c->destructor = nullptr; // a callback's argument lives and dies once more
    o->refs = 1;
    destructor(Value(o));
    if (--o->refs) return;
  }
  freeObject(o);
}

constinit krait::Type capsuleType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "PyCapsule",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &capsuleType, .size = sizeof(CapsuleObject)},
    .dealloc = deallocCapsule,
    .repr = reprCapsule,
};

} // namespace

Value capsuleNew(void* pointer, const char* name, CapsuleDestructor destructor) {
  if (!pointer) return raise(ValueErrorType, "PyCapsule_New called with null pointer");
  Value made(newObject(&capsuleType.instanceLayout));
  if (!made) return made;
  auto* c = made.as<CapsuleObject>();
  c->pointer = pointer;
  c->name = name;
  c->destructor = destructor;
  c->context = nullptr;
  return made;
}
void* capsuleGetPointer(Value v, const char* name) {
  const CapsuleObject* c = demand(v, "PyCapsule_GetPointer");
  if (!c) return nullptr;
  if (isName(name, c->name)) return c->pointer;
  raise(ValueErrorType, "PyCapsule_GetPointer called with incorrect name");
  return nullptr;
}
const char* capsuleGetName(Value v) {
  const CapsuleObject* c = demand(v, "PyCapsule_GetName");
  return c ? c->name : nullptr;
}
CapsuleDestructor capsuleGetDestructor(Value v) {
  const CapsuleObject* c = demand(v, "PyCapsule_GetDestructor");
  return c ? c->destructor : nullptr;
}
void* capsuleGetContext(Value v) {
  const CapsuleObject* c = demand(v, "PyCapsule_GetContext");
  return c ? c->context : nullptr;
}
int capsuleIsValid(Value v, const char* name) {
  return isCapsule(v) && isName(name, v.as<CapsuleObject>()->name);
}
int capsuleSetPointer(Value v, void* pointer) {
  if (!pointer) return raise(ValueErrorType, "PyCapsule_SetPointer called with null pointer"), -1;
  CapsuleObject* c = demand(v, "PyCapsule_SetPointer");
  return c ? (c->pointer = pointer, 0) : -1;
}
int capsuleSetName(Value v, const char* name) {
  CapsuleObject* c = demand(v, "PyCapsule_SetName");
  return c ? (c->name = name, 0) : -1;
}
int capsuleSetDestructor(Value v, CapsuleDestructor destructor) {
  CapsuleObject* c = demand(v, "PyCapsule_SetDestructor");
  return c ? (c->destructor = destructor, 0) : -1;
}
int capsuleSetContext(Value v, void* context) {
  CapsuleObject* c = demand(v, "PyCapsule_SetContext");
  return c ? (c->context = context, 0) : -1;
}

} // namespace krait::cdata
