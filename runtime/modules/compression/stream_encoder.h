// What the compressor objects of bz2 and lzma share: compress(data) until flush() ends the
// stream. The library works without the GIL, under the object's own mutex.
#pragma once
#include <mutex>

#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"

namespace krait {

template <class Stream> struct StreamEncoder {
  Object header;
  std::mutex mutex;
  Stream stream; // the library's, zeroed until it is started
  bool flushed;
};
template <class Stream> StreamEncoder<Stream>* asEncoder(Value v) { return v.as<StreamEncoder<Stream>>(); }

/// Encodes `n` bytes, or with `isEnd` what is left in the stream: bytes (owned), or null with an exception.
template <class Stream> using EncodePart = Value (*)(StreamEncoder<Stream>*, const uint8_t* data, size_t n, bool isEnd);

template <class Stream, EncodePart<Stream> Encode> Value encoderCompress(Value self, Value data) {
  HeldBuffer input;
  if (!input.get(data)) return Value();
  if (asEncoder<Stream>(self)->flushed) return raise(ValueErrorType, "Compressor has been flushed");
  return Encode(asEncoder<Stream>(self), input.data(), static_cast<size_t>(input.size()), false);
}

template <class Stream, EncodePart<Stream> Encode> Value encoderFlush(Value self) {
  if (asEncoder<Stream>(self)->flushed) return raise(ValueErrorType, "Repeated call to flush()");
  asEncoder<Stream>(self)->flushed = true;
  return Encode(asEncoder<Stream>(self), nullptr, 0, true);
}

template <class Stream, EncodePart<Stream> Encode>
constinit inline const MethodDef encoderMethods[] = {
    {"compress", encoderCompress<Stream, Encode>, "($self, data, /)"},
    {"flush", encoderFlush<Stream, Encode>, "($self, /)"},
    {},
};

/// Type::dealloc: `End` gives the stream's memory back.
template <class Stream, auto End> void encoderDealloc(Object* o) {
  auto* encoder = reinterpret_cast<StreamEncoder<Stream>*>(o);
  End(&encoder->stream);
  encoder->mutex.~mutex();
  freeObject(o);
}

} // namespace krait
