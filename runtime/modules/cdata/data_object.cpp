// The Data type: memory of its own or a view of somebody else's, as a buffer with the format that its class tells.
#include <cstdlib>
#include <cstring>
#include <memory>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/cdata/cdata.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::cdata {

bool addressArgument(Value v, uint8_t** out) {
  if (!isInt(v)) return raise(TypeErrorType, "an address must be an int, not %T", v), false;
  *out = reinterpret_cast<uint8_t*>(intToUint64Mask(v));
  return true;
}

namespace {

Value construct(krait::Type* type, const Args&) { return allocateOf(type, 0); }
int32_t init(Value, const Args&) { return 0; }

int traverse(Object* o, Visit visit, void* context) {
  auto* d = reinterpret_cast<DataObject*>(o);
  int stop = visit(d->base, context);
  return stop ? stop : visit(d->objects, context);
}
void clearParts(Object* o) {
  auto* d = reinterpret_cast<DataObject*>(o);
  clear(d->objects);
}
void dealloc(Object* o) {
  gcUntrack(o);
  auto* d = reinterpret_cast<DataObject*>(o);
  if (d->weakrefs) clearWeakrefs(o);
  if (d->owns) free(d->address);
  clear(d->objects);
  clear(d->base);
  freeObject(o);
}

/// The class tells format, item size and shape in `_buffer_`: (str, int, tuple of int).
int32_t getBytes(Value self, Buffer* out, uint32_t flags) {
  DataObject* d = asData(self);
  static const Value name = internStr("_buffer_");
  Value told = typeLookup(typeOf(self), name);
  if (!told || !isTuple(told) || asTuple(told)->size != 3) return fillBuffer(out, self, d->address, d->size, false, flags);
  const Value* part = asTuple(told)->items;
  const int64_t dimensions = asTuple(part[2])->size;
  out->owner = newRef(self);
  out->data = d->address;
  out->bytes = d->size;
  out->itemSize = part[1].smallInt();
  out->dimensions = static_cast<int32_t>(dimensions);
  out->readOnly = false;
  out->format = flags & kBufferFormat ? reinterpret_cast<const char*>(asStr(part[0])->data()) : nullptr;
  auto* numbers = new int64_t[static_cast<size_t>(dimensions) * 2 + 1];
  out->internal = numbers;
  int64_t stride = out->itemSize;
  for (int64_t i = dimensions - 1; i >= 0; --i) {
    numbers[i] = asTuple(part[2])->items[i].smallInt();
    numbers[dimensions + i] = stride;
    stride *= numbers[i];
  }
  if (flags & kBufferNd) out->shape = numbers;
  if ((flags & kBufferStrides) == kBufferStrides) out->strides = numbers + dimensions;
  ++d->exports;
  return 0;
}
void releaseBytes(Value self, Buffer* b) {
  if (!b->internal) return;
  delete[] static_cast<int64_t*>(b->internal);
  --asData(self)->exports;
}

Value needsFree(Value self, void*) { return boolean(asData(self)->owns); }

constinit const MemberDef members[] = {
    {"_b_base_", MemberKind::ObjectNone, offsetof(DataObject, base)},
    {"_objects", MemberKind::ObjectNone, offsetof(DataObject, objects), false},
    {"_index_", MemberKind::Int64, offsetof(DataObject, index), false},
    {},
};
constinit const GetSetDef getset[] = {{"_b_needsfree_", needsFree}, {}};
constinit const BufferSlots buffer = {.get = getBytes, .release = releaseBytes};

// ---- a buffer of another object, held ----------------------------------------------------------

struct HeldBufferObject {
  Object header;
  Buffer buffer;
};
void deallocHeld(Object* o) {
  releaseBuffer(&reinterpret_cast<HeldBufferObject*>(o)->buffer);
  freeObject(o);
}

/// hold(object) -> (address, size, holder): the memory of a writable buffer, which stays exported while the holder lives.
Value hold(Value, Value v) {
  auto* held = reinterpret_cast<HeldBufferObject*>(newObject(&heldBufferType.instanceLayout));
  if (!held) return Value();
  Ref keep(Value(&held->header));
  held->buffer = Buffer();
  if (getBuffer(v, &held->buffer, kBufferWritable) < 0) return Value();
  Ref address(newIntUnsigned(reinterpret_cast<uintptr_t>(held->buffer.data)));
  return newTuple({address, newInt(held->buffer.bytes), keep});
}

// ---- functions ---------------------------------------------------------------------------------

bool dataArgument(Value v) {
  if (isInstanceOf(v, dataType)) return true;
  raise(TypeErrorType, "expected CData instance");
  return false;
}

/// allocate(data, size): memory of its own, zeroed.
Value allocateMemory(Value, const Value* argv) {
  int64_t size = 0;
  if (!dataArgument(argv[0]) || !sizeArgument(argv[1], &size)) return Value();
  DataObject* d = asData(argv[0]);
  // 16-byte aligned, as vector types want it.
  void* memory = aligned_alloc(16, (static_cast<size_t>(size) + 31) / 16 * 16);
  if (!memory) return raiseNoMemory();
  memset(memory, 0, static_cast<size_t>(size));
  if (d->owns) free(d->address);
  d->address = static_cast<uint8_t*>(memory);
  d->size = size;
  d->owns = true;
  return newRef(argv[0]);
}
/// attach(data, address, size, base, index): a view of other memory, which `base` (or None) keeps alive.
Value attach(Value, const Value* argv) {
  uint8_t* address;
  int64_t size = 0, index = 0;
  if (!dataArgument(argv[0]) || !addressArgument(argv[1], &address) || !sizeArgument(argv[2], &size) || !sizeArgument(argv[4], &index)) return Value();
  DataObject* d = asData(argv[0]);
  if (d->owns) free(d->address);
  d->owns = false;
  d->address = address;
  d->size = size;
  d->index = index;
  assign(d->base, isNone(argv[3]) ? Value() : newRef(argv[3]));
  return newRef(argv[0]);
}
Value resizeMemory(Value, const Value* argv) {
  int64_t size = 0;
  if (!dataArgument(argv[0]) || !sizeArgument(argv[1], &size)) return Value();
  DataObject* d = asData(argv[0]);
  if (!d->owns) return raise(ValueErrorType, "Memory cannot be resized because this object doesn't own it");
  if (d->exports) return raise(ValueErrorType, "Memory cannot be resized because it is exported");
  void* memory = realloc(d->address, static_cast<size_t>(size) + 16);
  if (!memory) return raiseNoMemory();
  d->address = static_cast<uint8_t*>(memory);
  if (size > d->size) memset(d->address + d->size, 0, static_cast<size_t>(size - d->size));
  d->size = size;
  return newRef(none());
}
Value addressOf(Value, Value v) { return dataArgument(v) ? newIntUnsigned(reinterpret_cast<uintptr_t>(asData(v)->address)) : Value(); }
Value sizeOf(Value, Value v) { return dataArgument(v) ? newInt(asData(v)->size) : Value(); }

constinit const MethodDef functions[] = {
    {"allocate", allocateMemory, "(data, size, /)"},
    {"attach", attach, "(data, address, size, base, index, /)"},
    {"resize", resizeMemory, "(data, size, /)"},
    {"address", addressOf},
    {"size", sizeOf},
    {"hold", hold},
    {},
};

int execute(Value module) {
  if (moduleAddMethods(module, memoryMethods) < 0 || moduleAddMethods(module, callMethods) < 0) return -1;
  for (krait::Type* t : {&ffiTypeType, &closureType}) typeReady(t);
  return moduleAdd(module, "Data", newRef(asValue(&dataType)));
}

/// Unlike hashNotImplemented it does not name the class.
int64_t unhashable(Value) { return fail(TypeErrorType, "unhashable type"); }

} // namespace

constinit krait::Type dataType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_ctypes._CData",
    .base = &objectType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &dataType, .size = sizeof(DataObject), .flags = kLayoutGc, .weakOffset = offsetof(DataObject, weakrefs)},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .hash = unhashable,
    .init = init,
    .construct = construct,
    .buffer = &buffer,
    .getset = getset,
    .members = members,
};

constinit krait::Type heldBufferType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_ctypes.buffer",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &heldBufferType, .size = sizeof(HeldBufferObject)},
    .dealloc = deallocHeld,
};

} // namespace krait::cdata

extern "C" constinit const krait::NativeModule krt_module_cdata = {"_cdata", krait::cdata::functions, krait::cdata::execute};
