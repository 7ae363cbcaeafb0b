// Buffered streams: whose turn it is at the buffer, and what passes between the buffer and the raw stream.
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "runtime/modules/importing/import.h"
#include "runtime/modules/io/buffered.h"
#include "runtime/object/names.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/gil.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait::io {

namespace {

/// Bumped when a buffer that somebody waits for is free again.
std::atomic<uint32_t> freedBuffers;

} // namespace

int32_t checkReady(BufferedObject* b) {
  if (b->ok && b->raw) return 0;
  return b->detached ? fail(ValueErrorType, "raw stream has been detached") : fail(ValueErrorType, "I/O operation on uninitialized object");
}
int32_t rawClosed(BufferedObject* b) {
  if (isExact(b->raw, fileIoType)) return b->raw.as<FileIoObject>()->fd < 0;
  return isClosed(b->raw);
}
int32_t checkOpen(BufferedObject* b, const char* message) {
  if (checkReady(b) < 0) return -1;
  int32_t c = rawClosed(b);
  if (c < 0) return -1;
  return c ? fail(ValueErrorType, "%s", message) : 0;
}

void Locked::refuse() {
  raise(RuntimeErrorType, "reentrant call inside %R", Value(&stream_->header));
  stream_ = nullptr;
}

void Locked::wait() {
  using Clock = std::chrono::steady_clock;
  const auto begun = Clock::now();
  for (const uint32_t ticket = stream_->nextTicket++; ticket != stream_->serving || stream_->user;) {
    if (isFinalizing()) { // those before us are daemon threads that were stopped for good
      stream_->serving = ticket;
      break;
    }
    if (ticket == stream_->serving && Clock::now() - begun > std::chrono::duration<double>(switchInterval)) stream_->isHandedOver = true;
    const uint32_t seen = freedBuffers.load();
    Blocking release;
    freedBuffers.wait(seen);
  }
  ++stream_->serving;
  stream_->isHandedOver = false;
}

void Locked::wakeOthers() {
  ++freedBuffers;
  freedBuffers.notify_all();
}

/// Takes an OSError away that says EINTR.
static bool wasInterrupted() {
  if (!errorMatches(OSErrorType)) return false;
  Ref error(errorTake());
  Ref number(getAttr(error, "errno"));
  if (number && number.get() == Value::ofSmallInt(EINTR)) return true;
  errorClear();
  errorRestore(error.release());
  return false;
}
/// A method of a stream of a class of Python's own: again after a signal (PEP 475).
static Value callRaw(BufferedObject* b, Value method, Value view) {
  for (;;) {
    if (const Value r = callMethod(b->raw, method, {view}); r || !wasInterrupted()) return r;
  }
}

int64_t rawRead(BufferedObject* b, void* out, int64_t n) {
  if (isExact(b->raw, fileIoType) && b->raw.as<FileIoObject>()->readable) return fileRead(b->raw.as<FileIoObject>(), out, n);
  Ref space(newByteArray(nullptr, static_cast<size_t>(n)));
  Ref view(space ? call(asValue(&memoryviewType), {space.get()}) : Value());
  Ref got(view ? callRaw(b, NAME(readinto), view) : Value());
  if (!got) return -1;
  if (isNone(got)) return -2;
  int64_t count = toIndex(got, &ValueErrorType);
  if (count == -1 && errorSet()) {
    Ref cause = errorTake();
    raise(OSErrorType, "raw readinto() failed");
    errorChainCause(cause.release());
    return -1;
  }
  if (count < 0 || count > n)
    return fail(OSErrorType, "raw readinto() returned invalid length %zd (should have been between 0 and %zd)",
                static_cast<size_t>(count), static_cast<size_t>(n));
  memcpy(out, space.as<ByteArrayObject>()->start, static_cast<size_t>(count));
  return count;
}

int64_t rawWrite(BufferedObject* b, const void* data, int64_t n) {
  if (isExact(b->raw, fileIoType) && b->raw.as<FileIoObject>()->writable) return fileWrite(b->raw.as<FileIoObject>(), data, n);
  Ref bytes(newBytes(data, static_cast<size_t>(n)));
  Ref view(bytes ? call(asValue(&memoryviewType), {bytes.get()}) : Value());
  Ref put(view ? callRaw(b, NAME(write), view) : Value());
  if (!put) return -1;
  if (isNone(put)) return -2;
  int64_t count = toIndex(put, &ValueErrorType);
  if (count == -1) errorClear(); // what is no number is a wrong one
  if (count < 0 || count > n)
    return fail(OSErrorType, "raw write() returned invalid length %zd (should have been between 0 and %zd)",
                static_cast<size_t>(count), static_cast<size_t>(n));
  return count;
}

int64_t rawSeek(BufferedObject* b, int64_t to, int64_t whence) {
  Ref r(callMethod(b->raw, NAME(seek), {Ref(newInt(to)).get(), Value::ofSmallInt(whence)}));
  if (!r) return -1;
  int64_t n = toIndex(r, &ValueErrorType);
  if (n < 0 && !errorSet()) return fail(OSErrorType, "Raw stream returned invalid position %lld", static_cast<long long>(n));
  return n;
}
int64_t rawTell(BufferedObject* b) {
  Ref r(callMethod(b->raw, NAME(tell)));
  if (!r) return -1;
  int64_t n = toIndex(r, &ValueErrorType);
  if (n < 0 && !errorSet()) return fail(OSErrorType, "Raw stream returned invalid position %lld", static_cast<long long>(n));
  return n;
}

int32_t wouldBlock(int64_t written) {
  Ref text(newStr("write could not complete without blocking")), n(newInt(written));
  Ref e(call(asValue(&BlockingIOErrorType), {Value::ofSmallInt(EAGAIN), text.get(), n.get()}));
  if (e) raiseInstance(e.release());
  return -1;
}

int32_t rewindReads(BufferedObject* b) {
  int64_t n = ahead(b);
  b->readPos = b->readEnd = 0;
  return n && rawSeek(b, -n, 1) < 0 ? -1 : 0;
}

int32_t flushWrites(BufferedObject* b) {
  int64_t done = 0;
  while (done < b->writeEnd) {
    int64_t n = rawWrite(b, b->buffer + done, b->writeEnd - done);
    // A partial write may mean a signal, whose handler has to run before the next one blocks.
    const bool failed = n < 0 || servePoll() < 0;
    if (n > 0) done += n;
    if (failed) {
      memmove(b->buffer, b->buffer + done, static_cast<size_t>(b->writeEnd - done));
      b->writeEnd -= done;
      return n == -2 ? wouldBlock(0) : -1;
    }
  }
  b->writeEnd = 0;
  return 0;
}

} // namespace krait::io
