// Between the parts of TextIOWrapper: streams (text_io.cpp), their codecs (text_codec.cpp), reading, writing, and positions
// in them (text_position.cpp).
#pragma once
#include "runtime/modules/io/io_objects.h"
#include "runtime/types/str.h"

namespace krait::io {

inline TextIoObject* asTextIo(Value v) { return v.as<TextIoObject>(); }

/// -1 with ValueError for a stream without a buffer, or whose buffer is closed.
int32_t checkAttached(TextIoObject* t);
int32_t checkOpenSlowly(TextIoObject* t);
inline int32_t checkOpen(TextIoObject* t) {
  const FileIoObject* file = t->ok && !t->detached ? fileBeneath(t) : nullptr;
  return file && file->fd >= 0 ? 0 : checkOpenSlowly(t);
}
/// To be called when one of what it depends on was set.
inline void learnToTakeAscii(TextIoObject* t) {
  const bool translates = t->newlines.write[0] != '\n' && !t->newlines.universal;
  t->takesAscii = t->writable && t->encodes != NativeCodec::None && !translates && !t->lineBuffering && !t->writeThrough;
}
/// Hands what is encoded to the buffer: 0, -1.
int32_t writePending(TextIoObject* t);

/// Those of ours that know these for both directions (`codec`) and for writing (`encodes`), or None.
void chooseCodecs(TextIoObject* t, Value encoding, Value errors);
const char* codecName(NativeCodec c);
/// Makes the encoder and decoder of an encoding that is not native, for the directions that the stream has.
int32_t makeCodecs(TextIoObject* t);
/// Decodes by the native codec, after the bytes that were carried over; an incomplete end is carried unless `final`.
Value decodeNative(TextIoObject* t, const uint8_t* p, int64_t n, bool final);

/// For reading: -1 if the stream is not open or not readable. What waits to be written goes first.
int32_t prepareRead(TextIoObject* t);
/// Reads and decodes one chunk: 1 something, 0 end of file, -1 error.
int32_t readChunk(TextIoObject* t, int64_t hint);
/// Characters that were read ahead, the next n of them (negative: all), and forgetting them.
inline int64_t available(TextIoObject* t) { return t->decoded ? asStr(t->decoded)->length - t->decodedPos : 0; }
Value takeDecoded(TextIoObject* t, int64_t n);
void forgetDecoded(TextIoObject* t);
/// A line, of at most `limit` characters if that is not negative; everything to the end.
Value readLine(TextIoObject* t, int64_t limit);
Value readAllText(TextIoObject* t);

/// tell() and seek(cookie, whence).
Value tellText(Value self);
Value seekText(Value self, const Value* argv);
/// Puts the decoder into the state it had at a position: 0, -1.
int32_t resetCodec(TextIoObject* t, int64_t position, int64_t flags);

} // namespace krait::io
