// bytes, bytearray, and the buffer protocol they and memoryview speak.
#pragma once
#include <string_view>
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

struct BytesObject { Object header; int64_t size; int64_t hash; uint8_t data[]; /* NUL after the last */ };
struct ByteArrayObject { Object header; int64_t size, capacity; uint8_t* start; uint8_t* block; int64_t exports, front; };

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
void releaseBuffer(Buffer* b);                  // idempotent
/// For Type::buffer of objects with one flat block of bytes. 0, -1 BufferError.
int32_t fillBuffer(Buffer* out, Value owner, void* data, int64_t bytes, bool readOnly, uint32_t flags);
/// Order 'C', 'F' or 'A' (either).
bool bufferIsContiguous(const Buffer& b, char order);
/// Copies a buffer of any shape into b.bytes flat bytes, in order 'C' or 'F' ('A': as it lies if dense).
void copyBufferBytes(const Buffer& b, uint8_t* to, char order);
/// b'' and the one-byte objects are shared and immortal; generated code uses them too.
struct alignas(16) SharedByte { // a BytesObject of up to one byte
  Object header;
  int64_t size, hash;
  uint8_t text[2];
};
struct SharedBytes { SharedByte of[256]; };
extern "C" SharedBytes krt_single_bytes;
extern "C" SharedByte krt_empty_bytes;

inline bool isBytes(Value v) { return v.isPointer() && (typeOfObject(v.object())->flags & kTypeBytes); }
inline bool isExactBytes(Value v) { return v.isPointer() && v.object()->layout == &bytesType.instanceLayout; }
/// A buffer held for a scope, once. Of bytes themselves, as almost always, nothing has to be asked or told.
class HeldBuffer {
public:
  HeldBuffer() {}
  ~HeldBuffer() {
    if (bytes_) decref(bytes_);
    else if (asked_) releaseBuffer(&buffer_);
  }
  HeldBuffer(const HeldBuffer&) = delete;
  HeldBuffer& operator=(const HeldBuffer&) = delete;
  bool get(Value o, uint32_t flags = kBufferSimple) {
    if (!isExactBytes(o) || flags & kBufferWritable) return ask(o, flags);
    bytes_ = newRef(o);
    data_ = o.as<BytesObject>()->data;
    size_ = o.as<BytesObject>()->size;
    return true;
  }
  uint8_t* data() const { return data_; }
  int64_t size() const { return size_; }
  /// size() flat bytes, whatever shape they have.
  void copyTo(uint8_t* to) const;

private:
  bool ask(Value o, uint32_t flags);
  Value bytes_;
  uint8_t* data_ = nullptr;
  int64_t size_ = 0;
  bool asked_ = false;
  union { Buffer buffer_; }; // if asked_
};

Value newBytes(const void* data, size_t n);     // data null: uninitialised (n > 1)
inline Value newBytes(std::string_view s) { return newBytes(s.data(), s.size()); }
inline std::string_view bytesView(Value v) {
  auto* b = v.as<BytesObject>();
  return {reinterpret_cast<const char*>(b->data), static_cast<size_t>(b->size)};
}
/// Room for what a call is about to put there, of which the first bytes become an object: neither cleared nor copied.
class BytesRoom {
public:
  /// False with MemoryError, or OverflowError for more than an object can have. n >= 0.
  bool make(int64_t n);
  uint8_t* data() const { return bytes_.as<BytesObject>()->data; }
  size_t size() const { return size_; }
  /// The first `used`, once.
  Value take(int64_t used);
  Value take() { return take(static_cast<int64_t>(size_)); }

private:
  Ref bytes_;
  size_t size_ = 0;
};
Value newByteArray(const void* data, size_t n); // data null: zeros
inline bool isByteArray(Value v) { return v.isPointer() && (typeOfObject(v.object())->flags & kTypeByteArray); }

} // namespace krait
