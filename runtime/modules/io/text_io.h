// Between the parts of TextIOWrapper: streams (text_io.cpp) and positions in them (text_position.cpp).
#pragma once
#include "runtime/modules/io/io_objects.h"

namespace krait::io {

inline TextIoObject* asTextIo(Value v) { return v.as<TextIoObject>(); }

/// -1 with ValueError for a stream without a buffer, or whose buffer is closed.
int32_t checkAttached(TextIoObject* t);
int32_t checkOpen(TextIoObject* t);
/// Hands what is encoded to the buffer: 0, -1.
int32_t writePending(TextIoObject* t);
/// Drops what was read ahead.
void forgetDecoded(TextIoObject* t);

/// tell() and seek(cookie, whence).
Value tellText(Value self);
Value seekText(Value self, const Value* argv);
/// Puts the decoder into the state it had at a position: 0, -1.
int32_t resetCodec(TextIoObject* t, int64_t position, int64_t flags);

} // namespace krait::io
