// Writing of TextIOWrapper: text is encoded at once and collected in `pending`.
#include <cstring>
#include <utility>

#include "runtime/memory/alloc.h"
#include "runtime/modules/io/text_io.h"
#include "runtime/object/names.h"
#include "runtime/types/bytes.h"
#include "runtime/types/str.h"

namespace krait::io {

int32_t writePending(TextIoObject* t) {
  if (!t->pendingSize) return 0;
  // Writing lets other threads run, which may collect anew: what is being written is taken out first.
  uint8_t* data = std::exchange(t->pending, nullptr);
  const int64_t n = std::exchange(t->pendingSize, 0), capacity = std::exchange(t->pendingCapacity, 0);
  Ref buffer = Ref::share(t->buffer);
  int32_t status;
  if (isNativeBuffered(buffer) && buffer.as<BufferedObject>()->ok && buffer.as<BufferedObject>()->canWrite) {
    status = bufferedWrite(buffer.as<BufferedObject>(), data, n);
  } else {
    Ref bytes(newBytes(data, static_cast<size_t>(n)));
    Ref r(bytes ? callMethod(buffer, NAME(write), {bytes.get()}) : Value());
    status = r ? 0 : -1;
  }
  if (t->pending) {
    deallocate(data);
  } else {
    t->pending = data;
    t->pendingCapacity = capacity;
  }
  return status;
}

namespace {

int32_t addPending(TextIoObject* t, const void* data, int64_t n) {
  // Never more than a chunk, unless one text is longer.
  if (t->pendingSize + n > t->chunkSize && writePending(t) < 0) return -1;
  if (t->pendingSize + n > t->pendingCapacity) {
    int64_t want = std::max(t->pendingSize + n, t->chunkSize);
    auto* p = static_cast<uint8_t*>(reallocate(t->pending, static_cast<size_t>(want)));
    if (!p) return -1;
    t->pending = p;
    t->pendingCapacity = want;
  }
  memcpy(t->pending + t->pendingSize, data, static_cast<size_t>(n));
  t->pendingSize += n;
  return 0;
}

/// Encodes and collects `text` (line ends already put right).
int32_t encodeInto(TextIoObject* t, Value text) {
  StrObject* s = asStr(text);
  bool direct = (s->flags & kStrAscii) && t->encodes != NativeCodec::None;
  direct = direct || (t->encodes == NativeCodec::Latin1 && s->kind == 1);
  if (direct) return addPending(t, s->data(), s->length);
  Ref bytes;
  Utf8 handler(t->errors);
  if (!handler.ok()) return -1;
  if (t->encodes != NativeCodec::None) {
    bytes.reset(encodeStr(text, codecName(t->encodes), handler.data()));
  } else {
    bytes.reset(callMethod(t->encoder, "encode", {text}));
  }
  if (!bytes) return -1;
  if (!isBytes(bytes)) return fail(TypeErrorType, "encoder should return a bytes object, not '%.200T'", bytes.get());
  std::string_view data = bytesView(bytes);
  return addPending(t, data.data(), static_cast<int64_t>(data.size()));
}

bool hasChar(StrObject* s, uint32_t c) {
  if (s->kind == 1) return memchr(s->data(), static_cast<int>(c), static_cast<size_t>(s->length)) != nullptr;
  for (int64_t i = 0; i < s->length; ++i)
    if (s->at(i) == c) return true;
  return false;
}

} // namespace

int32_t textFlush(TextIoObject* t) {
  if (writePending(t) < 0) return -1;
  return Ref(flushStream(t->buffer)) ? 0 : -1;
}

static int32_t writeAnyhow(TextIoObject* t, Value text) {
  if (checkOpen(t) < 0) return -1;
  if (!t->writable) return raiseUnsupported("not writable"), -1;
  StrObject* s = asStr(text);
  bool translate = t->newlines.write[0] != '\n' && (!t->newlines.universal);
  bool newline = (translate || t->lineBuffering) && hasChar(s, '\n');
  Ref replaced = Ref::share(text);
  if (translate && newline) {
    Ref from(newStr("\n")), to(newStr(t->newlines.write));
    replaced.reset(callMethod(text, "replace", {from.get(), to.get()}));
    if (!replaced) return -1;
  }
  bool flushNow = t->lineBuffering && (newline || hasChar(s, '\r'));
  if (encodeInto(t, replaced) < 0) return -1;
  if (t->decoded) {
    forgetDecoded(t);
    if (resetCodec(t, 0, 0) < 0) return -1;
  }
  if (t->pendingSize >= t->chunkSize || t->writeThrough || flushNow) {
    if (writePending(t) < 0) return -1;
    if (flushNow && textFlush(t) < 0) return -1;
  }
  return 0;
}

int32_t textWrite(TextIoObject* t, Value text) {
  const StrObject* s = asStr(text);
  const int64_t after = t->pendingSize + s->length;
  const bool fits = (s->flags & kStrAscii) && after < t->chunkSize && after <= t->pendingCapacity;
  const FileIoObject* file = fits && t->ok && !t->detached && t->takesAscii && !t->decoded ? fileBeneath(t) : nullptr;
  if (!file || file->fd < 0) [[unlikely]] return writeAnyhow(t, text);
  memcpy(t->pending + t->pendingSize, s->data(), static_cast<size_t>(s->length));
  t->pendingSize = after;
  return 0;
}

} // namespace krait::io
