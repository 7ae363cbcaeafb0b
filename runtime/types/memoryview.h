// memoryview: a window on a buffer, of any shape. Several views share one
// managed buffer, released when the last of them is.
#pragma once
#include "runtime/types/bytes.h"

namespace krait {

/// Holds the exporter's buffer; counted by the views on it.
struct ManagedBuffer {
  Object header;
  Buffer master;
  int64_t exports;   // views not yet released
  bool released;
};

struct MemoryViewObject {
  Object header;
  ManagedBuffer* managed; // owned
  Buffer view;            // shape, strides, suboffsets are ours, format is static or the master's; owner is null
  int64_t hash;
  int64_t exports;        // buffers handed out
  bool released;
  Value weakrefs;
  int64_t arrays[];       // shape, strides, suboffsets: view.dimensions each
};

struct ManyStepsType;
extern Type managedBufferType;
extern ManyStepsType memoryIteratorType;
inline bool isMemoryView(Value v) { return v.isPointer() && typeOfObject(v.object()) == &memoryviewType; }
inline MemoryViewObject* asView(Value v) { return v.as<MemoryViewObject>(); }

Value newMemoryView(Value object);
/// Over the items of a view of one dimension.
Value newMemoryIterator(Value view);
/// That its memory is no longer there.
inline bool memoryReleased(Value view) { return asView(view)->released || asView(view)->managed->released; }
/// Item `i`, which there is, of a view of one dimension; null with an error if the view was released or its items cannot be read.
Value memoryItemAnyhow(Value view, int64_t i);
inline Value memoryItem(Value view, int64_t i) {
  const Buffer& b = asView(view)->view;
  if (b.format[0] != 'B' || b.format[1] || b.suboffsets || memoryReleased(view)) return memoryItemAnyhow(view, i);
  return Value::ofSmallInt(static_cast<const uint8_t*>(b.data)[i * b.strides[0]]);
}
/// One item of native format code `code` as a Python value, and back (0, -1). Supported codes: c b B ? h H i I l L q Q n N f d P.
Value unpackItem(char code, const void* p);
int32_t packItem(char code, void* p, Value v, const char* format);
/// Size of an item of a native single-code format ("B", "@l"), or 0: not supported.
int64_t nativeItemSize(const char* format, char* code);
/// The same format as a string that lives for ever; of a supported format.
const char* staticFormat(const char* format);
/// A comparison of items of formats a and b of any struct syntax: 1 equal, 0 not, -1 error.
int32_t viewsEqual(const Buffer& a, const Buffer& b);

} // namespace krait
