// array.array: machine values of one kind in one block.
#pragma once
#include "runtime/abi/array_codes.h"
#include "runtime/object/protocol.h"
#include "runtime/object/type.h"

namespace krait {

struct ArrayObject;
/// One row per type code.
struct ArrayKind {
  char code;
  const char* format;  // of the buffer protocol
  int64_t itemSize;
  int formatNumber;    // of _array_reconstructor, little endian
  Value (*get)(const uint8_t* item);            // owned
  int32_t (*set)(uint8_t* item, Value v);       // 0, or -1 with TypeError or OverflowError
};
struct ArrayObject {
  Object header;
  int64_t size, allocated;
  uint8_t* items;
  const ArrayKind* kind;
  int64_t exports;     // live buffers: the block must not move
  Value weakrefs;
  uint8_t* at(int64_t i) { return items + i * kind->itemSize; }
};
inline ArrayObject* asArray(Value v) { return v.as<ArrayObject>(); }
extern Type arrayType, arrayIteratorType;
/// By number of the kind.
extern const ArrayKind arrayKinds[kArrayCodes.size()];

/// Null if there is no such code.
const ArrayKind* arrayKindOf(uint32_t code);
/// CPython's growth rule; BufferError while a buffer is exported.
int32_t arrayResize(ArrayObject* a, int64_t size);
/// `size` zero items; not tracked by the collector: an array refers to nothing.
Value newArray(Type* t, const ArrayKind* kind, int64_t size);
Value arrayItem(ArrayObject* a, int64_t i);
/// Whether item `i`, which there is, is equal to v: 1, 0, or -1 with an error.
inline int32_t arrayItemEquals(ArrayObject* a, int64_t i, Value v) {
  Ref item(a->kind->get(a->at(i)));
  if (item.get().bits & v.bits & Value::kIntTag) return item == v; // small ints are words
  return item ? equal(item, v) : -1;
}
/// Appends one value or every item of an iterable.
int32_t arrayInsert(ArrayObject* a, int64_t i, Value v);
int32_t arrayExtend(Value array, Value iterable);
int32_t arrayExtendBytes(ArrayObject* a, const uint8_t* data, int64_t n);

namespace array_methods {
extern const MethodDef table[];
extern const GetSetDef getset[];
Value reconstruct(Value module, const Value* argv);
} // namespace array_methods

} // namespace krait
