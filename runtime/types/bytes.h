// bytes, bytearray, and the buffer protocol they and memoryview speak.
#pragma once
#include <string_view>
#include "runtime/object/type.h"

namespace krait {

struct BytesObject { Object header; int64_t size; int64_t hash; uint8_t data[]; /* NUL after the last */ };
struct ByteArrayObject { Object header; int64_t size, capacity; uint8_t* start; uint8_t* block; int64_t exports; };

/// A view on somebody's memory. `owner` is held.
struct Buffer {
  Value owner;
  void* data = nullptr;
  int64_t bytes = 0, itemSize = 1;
  int32_t dimensions = 1;
  bool readOnly = true;
  const char* format = nullptr;   // struct codes, null: "B"
  const int64_t* shape = nullptr;
  const int64_t* strides = nullptr;
  const int64_t* suboffsets = nullptr;
  void* internal = nullptr;
  int64_t shapeStorage[1] = {0}, strideStorage[1] = {0};
};
enum BufferFlags : uint32_t { kBufferSimple = 0, kBufferWritable = 1, kBufferFormat = 4, kBufferNd = 8, kBufferStrides = 0x18, kBufferFull = 0x11c };
int32_t getBuffer(Value o, Buffer* out, uint32_t flags);  // 0, -1: TypeError "a bytes-like object is required, not '…'"
void releaseBuffer(Buffer* b);

inline bool isBytes(Value v) { return v.isPointer() && (typeOfObject(v.object())->flags & kTypeBytes); }
inline bool isExactBytes(Value v) { return v.isPointer() && typeOfObject(v.object()) == &bytesType; }
Value newBytes(const void* data, size_t n);     // data null: uninitialised (n > 1)
inline Value newBytes(std::string_view s) { return newBytes(s.data(), s.size()); }
inline std::string_view bytesView(Value v) {
  auto* b = v.as<BytesObject>();
  return {reinterpret_cast<const char*>(b->data), static_cast<size_t>(b->size)};
}
Value newByteArray(const void* data, size_t n);

} // namespace krait
