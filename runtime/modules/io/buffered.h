// Between the parts of the buffered streams: what they share with their raw stream and with other threads
// (buffered_raw.cpp), reading (buffered_read.cpp), and everything else (buffered.cpp).
#pragma once
#include "runtime/modules/io/io_objects.h"
#include "runtime/threads/thread_state.h"

namespace krait::io {

inline BufferedObject* asBuffered(Value v) { return v.as<BufferedObject>(); }
/// Bytes that were read ahead.
inline int64_t ahead(const BufferedObject* b) { return b->readEnd - b->readPos; }

/// -1 with ValueError for a stream without a raw one, or (with this message) whose raw one is closed.
int32_t checkReady(BufferedObject* b);
int32_t checkOpen(BufferedObject* b, const char* message);
/// Whether the raw stream is closed: -1 with an error.
int32_t rawClosed(BufferedObject* b);

/// An open file of ours is beneath, and nobody is at the buffer or waits for it.
inline bool isAtRest(const BufferedObject* b) {
  const FileIoObject* file = fileBeneath(b);
  return file && file->fd >= 0 && b->buffer && !b->user && b->nextTicket == b->serving;
}

/// Exclusive use of a stream's buffer while in scope. Whoever comes while it is free has it, even if others wait: where two threads write to one file,
/// each write would else wait for the other thread. Only when the first that waits has not found it free for a switch interval is it handed
/// over, so that a thread that does nothing but print leaves the others their turn. Held under the GIL, so that no atomic operation is needed
/// unless a thread has to wait.
/// RuntimeError when this thread is at it already (a signal handler, a raw stream).
class Locked {
public:
  explicit Locked(BufferedObject* b) : stream_(b) {
    if (b->user == currentThread()) [[unlikely]] {
      refuse();
      return;
    }
    incref(Value(&b->header));
    if (b->user || b->isHandedOver) [[unlikely]] wait();
    b->user = currentThread();
  }
  ~Locked() {
    if (!stream_) return;
    stream_->user = nullptr;
    if (stream_->serving != stream_->nextTicket) [[unlikely]] wakeOthers();
    decref(Value(&stream_->header));
  }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;
  bool ok() const { return stream_; }

private:
  void refuse();
  void wait();
  static void wakeOthers();

  BufferedObject* stream_;
};

/// One raw read into memory: bytes, 0 at the end, -1 error, -2 would block.
int64_t rawRead(BufferedObject* b, void* out, int64_t n);
/// One raw write: bytes taken, -1 error, -2 would block.
int64_t rawWrite(BufferedObject* b, const void* data, int64_t n);
/// The position after it: -1 with an error.
int64_t rawSeek(BufferedObject* b, int64_t to, int64_t whence);
int64_t rawTell(BufferedObject* b);
/// Raises BlockingIOError that says how much was written: -1.
int32_t wouldBlock(int64_t written);
/// Drops what was read ahead, moving the raw stream back to the logical position: 0, -1.
int32_t rewindReads(BufferedObject* b);
/// Writes what waits: 0, -1.
int32_t flushWrites(BufferedObject* b);

// The methods of what can be read.
Value readMethod(Value self, const Value* argv);
Value read1Method(Value self, const Value* argv);
Value peekMethod(Value self, const Value*);
Value readintoMethod(Value self, Value target);
Value readinto1Method(Value self, Value target);
Value readlineMethod(Value self, const Value* argv);
Value nextLine(Value self);

} // namespace krait::io
