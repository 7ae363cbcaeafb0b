// The buffer protocol's two entry points.
#include <cstring>
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"

namespace krait {

int32_t fillBuffer(Buffer* out, Value owner, void* data, int64_t bytes, bool readOnly, uint32_t flags) {
  if (readOnly && (flags & kBufferWritable)) return fail(BufferErrorType, "Object is not writable.");
  out->owner = newRef(owner);
  out->data = data;
  out->bytes = bytes;
  out->itemSize = 1;
  out->dimensions = 1;
  out->readOnly = readOnly;
  out->format = flags & kBufferFormat ? "B" : nullptr;
  out->shapeStorage[0] = bytes;
  out->strideStorage[0] = 1;
  if (flags & kBufferNd) out->shape = out->shapeStorage;
  if ((flags & kBufferStrides) == kBufferStrides) out->strides = out->strideStorage;
  return 0;
}

int32_t getBuffer(Value o, Buffer* out, uint32_t flags) {
  if (isExactBytes(o)) { // most are
    *out = Buffer();
    const auto* bytes = o.as<BytesObject>();
    return fillBuffer(out, o, const_cast<uint8_t*>(bytes->data), bytes->size, true, flags);
  }
  const BufferSlots* slots = readyTypeOf(o)->buffer;
  if (!slots || !slots->get) return fail(TypeErrorType, "a bytes-like object is required, not '%.100s'", typeOf(o)->name);
  *out = Buffer();
  if (slots->get(o, out, flags) < 0) {
    out->owner = Value();
    return -1;
  }
  return 0;
}

void releaseBuffer(Buffer* b) {
  Value owner = b->owner;
  if (!owner) return;
  b->owner = Value();
  if (isExactBytes(owner)) return decref(owner);
  const BufferSlots* slots = readyTypeOf(owner)->buffer;
  if (slots && slots->release) slots->release(owner, b);
  decref(owner);
}

bool HeldBuffer::ask(Value o, uint32_t flags) {
  if (getBuffer(o, &buffer_, flags) < 0) return false;
  asked_ = true;
  data_ = static_cast<uint8_t*>(buffer_.data);
  size_ = buffer_.bytes;
  return true;
}

void HeldBuffer::copyTo(uint8_t* to) const {
  if (asked_) copyBufferBytes(buffer_, to, 'C');
  else if (size_) std::memcpy(to, data_, static_cast<size_t>(size_));
}

bool bufferIsContiguous(const Buffer& b, char order) {
  if (b.suboffsets) return false;
  if (!b.strides || b.bytes == 0) return order != 'F' || b.dimensions <= 1 || !b.shape;
  auto dense = [&](bool rowMajor) {
    int64_t expected = b.itemSize;
    for (int32_t k = 0; k < b.dimensions; ++k) {
      const int32_t i = rowMajor ? b.dimensions - 1 - k : k;
      if (b.shape[i] > 1 && b.strides[i] != expected) return false;
      expected *= b.shape[i];
    }
    return true;
  };
  return (order != 'F' && dense(true)) || (order != 'C' && dense(false));
}

namespace {

/// Copies dimension `k` and inwards; `stride` arrays of the target are implied by writing in order.
void copyDimension(const Buffer& b, const char* from, int32_t k, uint8_t*& to) {
  if (k == b.dimensions) {
    std::memcpy(to, from, static_cast<size_t>(b.itemSize));
    to += b.itemSize;
    return;
  }
  for (int64_t i = 0; i < b.shape[k]; ++i) {
    const char* item = from + i * b.strides[k];
    if (b.suboffsets && b.suboffsets[k] >= 0) item = *reinterpret_cast<char* const*>(item) + b.suboffsets[k];
    copyDimension(b, item, k + 1, to);
  }
}
/// The same with the first index running fastest.
void copyTransposed(const Buffer& b, const char* from, int32_t k, uint8_t*& to) {
  if (k < 0) {
    std::memcpy(to, from, static_cast<size_t>(b.itemSize));
    to += b.itemSize;
    return;
  }
  for (int64_t i = 0; i < b.shape[k]; ++i) copyTransposed(b, from + i * b.strides[k], k - 1, to);
}

} // namespace

void copyBufferBytes(const Buffer& b, uint8_t* to, char order) {
  if (bufferIsContiguous(b, order)) {
    if (b.bytes) std::memcpy(to, b.data, static_cast<size_t>(b.bytes));
    return;
  }
  if (order == 'F' && !b.suboffsets) copyTransposed(b, static_cast<const char*>(b.data), b.dimensions - 1, to);
  else copyDimension(b, static_cast<const char*>(b.data), 0, to);
}

} // namespace krait
