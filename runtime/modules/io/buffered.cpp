// BufferedReader, BufferedWriter, BufferedRandom.
//
// One buffer serves both directions: it either holds bytes read ahead or bytes
// waiting to be written. Before reading, waiting bytes are flushed; before writing
// (BufferedRandom), the raw stream is moved back over what was read ahead.
#include <atomic>
#include <cerrno>
#include <cstring>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/io/io_objects.h"
#include "runtime/object/names.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::io {

namespace {

BufferedObject* self_(Value v) { return v.as<BufferedObject>(); }

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
/// Bumped when a buffer that somebody waits for is free again.
std::atomic<uint32_t> freedBuffers;

/// Exclusive use of a stream's buffer while in scope, first come, first served: a thread that does nothing but print
/// leaves the others their turn. Held under the GIL, so that no atomic operation is needed unless a thread has to wait.
/// RuntimeError when this thread is at it already (a signal handler, a raw stream).
class Locked {
public:
  explicit Locked(BufferedObject* b) : stream_(b) {
    if (b->user == currentThread()) {
      stream_ = nullptr;
      raise(RuntimeErrorType, "reentrant call inside %R", Value(&b->header));
      return;
    }
    incref(Value(&b->header));
    const uint32_t ticket = b->nextTicket++;
    while (ticket != b->serving) {
      if (isFinalizing()) { // those before us are daemon threads that were stopped for good
        b->serving = ticket;
        break;
      }
      const uint32_t seen = freedBuffers.load();
      Blocking release;
      freedBuffers.wait(seen);
    }
    b->user = currentThread();
  }
  ~Locked() {
    if (!stream_) return;
    stream_->user = nullptr;
    if (++stream_->serving != stream_->nextTicket) {
      ++freedBuffers;
      freedBuffers.notify_all();
    }
    decref(Value(&stream_->header));
  }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;
  bool ok() const { return stream_; }

private:
  BufferedObject* stream_;
};

int64_t ahead(const BufferedObject* b) { return b->readEnd - b->readPos; }

/// One raw read into memory: bytes, 0 at the end, -1 error, -2 would block.
int64_t rawRead(BufferedObject* b, void* out, int64_t n) {
  if (isExact(b->raw, fileIoType) && b->raw.as<FileIoObject>()->readable) return fileRead(b->raw.as<FileIoObject>(), out, n);
  Ref space(newByteArray(nullptr, static_cast<size_t>(n)));
  Ref view(space ? call(asValue(&memoryviewType), {space.get()}) : Value());
  Ref got(view ? callMethod(b->raw, NAME(readinto), {view.get()}) : Value());
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

/// One raw write: bytes taken, -1 error, -2 would block.
int64_t rawWrite(BufferedObject* b, const void* data, int64_t n) {
  if (isExact(b->raw, fileIoType) && b->raw.as<FileIoObject>()->writable) return fileWrite(b->raw.as<FileIoObject>(), data, n);
  Ref bytes(newBytes(data, static_cast<size_t>(n)));
  Ref view(bytes ? call(asValue(&memoryviewType), {bytes.get()}) : Value());
  Ref put(view ? callMethod(b->raw, NAME(write), {view.get()}) : Value());
  if (!put) return -1;
  if (isNone(put)) return -2;
  int64_t count = toIndex(put, &ValueErrorType);
  if (count == -1 && errorSet()) return -1;
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
  if (e) errorRestore(e.release());
  return -1;
}

/// Drops what was read ahead, moving the raw stream back to the logical position.
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

int32_t prepareRead(BufferedObject* b) {
  if (!b->canRead) return raiseUnsupported("read"), -1;
  return b->writeEnd ? flushWrites(b) : 0;
}

/// Refills an empty read buffer: bytes, 0, -1, -2.
int64_t fill(BufferedObject* b) {
  b->readPos = b->readEnd = 0;
  int64_t n = rawRead(b, b->buffer, b->size);
  if (n > 0) b->readEnd = n;
  return n;
}

/// Bytes growing at the end, on the way to a bytes object.
class ByteSink {
public:
  ~ByteSink() { deallocate(data_); }
  uint8_t* space(int64_t n) {
    if (size_ + n > capacity_) {
      int64_t want = std::max(size_ + n, capacity_ * 2);
      auto* p = static_cast<uint8_t*>(reallocate(data_, static_cast<size_t>(want)));
      if (!p) return nullptr;
      data_ = p;
      capacity_ = want;
    }
    return data_ + size_;
  }
  bool add(const void* p, int64_t n) {
    if (n == 0) return true;
    uint8_t* to = space(n);
    if (!to) return false;
    memcpy(to, p, static_cast<size_t>(n));
    size_ += n;
    return true;
  }
  void grew(int64_t n) { size_ += n; }
  int64_t size() const { return size_; }
  Value take() const { return newBytes(size_ ? data_ : reinterpret_cast<const uint8_t*>(""), static_cast<size_t>(size_)); }

private:
  uint8_t* data_ = nullptr;
  int64_t size_ = 0, capacity_ = 0;
};

Value readAll(BufferedObject* b) {
  ByteSink sink;
  if (!sink.add(b->buffer + b->readPos, ahead(b))) return Value();
  b->readPos = b->readEnd = 0;
  Ref method(isExact(b->raw, fileIoType) ? Value() : getAttrOptional(b->raw, Ref(newStr("readall"))));
  if (!method && errorSet()) return Value();
  if (isExact(b->raw, fileIoType)) method.reset(getAttr(b->raw, "readall"));
  if (method) {
    Ref rest(call(method));
    if (!rest) return Value();
    if (isNone(rest)) return sink.size() ? sink.take() : rest.release();
    if (!isBytes(rest)) return raise(TypeErrorType, "readall() should return bytes");
    if (!sink.size()) return rest.release();
    std::string_view data = bytesView(rest);
    return sink.add(data.data(), static_cast<int64_t>(data.size())) ? sink.take() : Value();
  }
  for (;;) {
    int64_t n = fill(b);
    if (n == -1) return Value();
    if (n == -2 && !sink.size()) return newRef(none());
    if (n <= 0) return sink.take();
    if (!sink.add(b->buffer, n)) return Value();
    b->readPos = b->readEnd = 0;
  }
}

Value readExactly(BufferedObject* b, int64_t want) {
  if (want <= ahead(b)) {
    Value r = newBytes(want ? b->buffer + b->readPos : reinterpret_cast<const uint8_t*>(""), static_cast<size_t>(want));
    if (r) b->readPos += want;
    return r;
  }
  ByteSink sink;
  if (!sink.space(want)) return Value();
  sink.add(b->buffer + b->readPos, ahead(b));
  b->readPos = b->readEnd = 0;
  while (sink.size() < want) {
    int64_t left = want - sink.size(), n;
    if (left >= b->size) {
      n = rawRead(b, sink.space(left), left - left % b->size);
      if (n > 0) sink.grew(n);
    } else {
      n = fill(b);
      if (n > 0) {
        int64_t take = std::min(n, left);
        sink.add(b->buffer, take);
        b->readPos = take;
      }
    }
    if (n == -1) return Value();
    if (n == -2 && !sink.size()) return newRef(none());
    if (n <= 0) break;
  }
  return sink.take();
}

Value readMethod(Value self, const Value* argv) {
  auto* b = self_(self);
  int64_t n;
  if (!optionalSizeArgument(argv[0], &n)) return Value();
  if (n < -1) return raise(ValueErrorType, "read length must be non-negative or -1");
  if (checkOpen(b, "read of closed file") < 0) return Value();
  Locked locked(b);
  if (!locked.ok() || prepareRead(b) < 0) return Value();
  return n == -1 ? readAll(b) : readExactly(b, n);
}

Value read1Method(Value self, const Value* argv) {
  auto* b = self_(self);
  int64_t n;
  if (!optionalSizeArgument(argv[0], &n)) return Value();
  if (checkOpen(b, "read of closed file") < 0) return Value();
  return bufferedRead1(b, n < 0 ? b->size : n);
}

Value peekMethod(Value self, const Value*) {
  auto* b = self_(self);
  if (checkOpen(b, "peek of closed file") < 0) return Value();
  Locked locked(b);
  if (!locked.ok() || prepareRead(b) < 0) return Value();
  if (!ahead(b)) {
    int64_t n = fill(b);
    if (n == -1) return Value();
  }
  return newBytes(ahead(b) ? b->buffer + b->readPos : reinterpret_cast<const uint8_t*>(""), static_cast<size_t>(ahead(b)));
}

Value readIntoBuffer(Value self, Value target, bool once) {
  auto* b = self_(self);
  Buffer view;
  if (!writableArgument(once ? "readinto1() argument" : "readinto() argument", target, &view)) return Value();
  if (checkOpen(b, "readinto of closed file") < 0) return releaseBuffer(&view), Value();
  Locked locked(b);
  if (!locked.ok() || prepareRead(b) < 0) return releaseBuffer(&view), Value();
  auto* out = static_cast<uint8_t*>(view.data);
  int64_t done = std::min(ahead(b), view.bytes);
  memcpy(out, b->buffer + b->readPos, static_cast<size_t>(done));
  b->readPos += done;
  int64_t n = 1;
  for (bool again = true; again && n > 0 && done < view.bytes; again = !once) {
    int64_t left = view.bytes - done;
    if (left > b->size) {
      n = rawRead(b, out + done, left);
      if (n > 0) done += n;
    } else if (once && done) {
      break; // no reading ahead when there is something to return
    } else {
      n = fill(b);
      if (n > 0) {
        int64_t take = std::min(n, left);
        memcpy(out + done, b->buffer, static_cast<size_t>(take));
        b->readPos = take;
        done += take;
      }
    }
  }
  releaseBuffer(&view);
  if (n == -1) return Value();
  if (n == -2 && !done) return newRef(none());
  return newInt(done);
}
Value readintoMethod(Value self, Value target) { return readIntoBuffer(self, target, false); }
Value readinto1Method(Value self, Value target) { return readIntoBuffer(self, target, true); }

/// A line of at most `limit` bytes (-1: any).
Value readLine(BufferedObject* b, int64_t limit) {
  if (checkOpen(b, "readline of closed file") < 0) return Value();
  Locked locked(b);
  if (!locked.ok() || prepareRead(b) < 0) return Value();
  ByteSink sink;
  for (;;) {
    int64_t have = ahead(b), look = limit >= 0 ? std::min(have, limit - sink.size()) : have;
    const uint8_t* from = b->buffer + b->readPos;
    auto* newline = static_cast<const uint8_t*>(look ? memchr(from, '\n', static_cast<size_t>(look)) : nullptr);
    int64_t take = newline ? newline - from + 1 : look;
    bool whole = newline || (limit >= 0 && sink.size() + take == limit);
    if (whole && !sink.size()) {
      b->readPos += take;
      return newBytes(take ? from : reinterpret_cast<const uint8_t*>(""), static_cast<size_t>(take));
    }
    if (!sink.add(from, take)) return Value();
    b->readPos += take;
    if (whole) return sink.take();
    int64_t n = fill(b);
    if (n == -1) return Value();
    if (n <= 0) return sink.take();
  }
}
Value readlineMethod(Value self, const Value* argv) {
  int64_t n;
  return !optionalSizeArgument(argv[0], &n) ? Value() : readLine(self_(self), n);
}
Value nextLine(Value self) {
  Ref line(isNativeBuffered(self) ? readLine(self_(self), -1) : callMethod(self, NAME(readline)));
  if (!line) return Value();
  if (!isBytes(line)) return raise(OSErrorType, "readline() should have returned a bytes object, not '%.200T'", line.get());
  return bytesView(line).empty() ? Value() : line.release();
}

Value writeMethod(Value self, Value data) {
  auto* b = self_(self);
  if (checkReady(b) < 0) return Value();
  if (!b->canWrite) return raiseUnsupported("write");
  Buffer view;
  if (getBuffer(data, &view, kBufferSimple) < 0) return Value();
  int32_t r = bufferedWrite(b, view.data, view.bytes);
  int64_t n = view.bytes;
  releaseBuffer(&view);
  return r < 0 ? Value() : newInt(n);
}

Value flushMethod(Value self) {
  auto* b = self_(self);
  if (checkOpen(b, "flush of closed file") < 0) return Value();
  if (!b->canWrite) return callMethod(b->raw, NAME(flush)); // what was read ahead stays
  Locked locked(b);
  if (!locked.ok() || flushWrites(b) < 0) return Value();
  return b->canRead && rewindReads(b) < 0 ? Value() : newRef(none());
}

Value closeMethod(Value self) {
  auto* b = self_(self);
  if (checkReady(b) < 0) return Value();
  int32_t c = rawClosed(b);
  if (c < 0) return Value();
  if (c) return newRef(none());
  if (b->finalizing) warnUnclosed(b->raw, self);
  Ref flushed(callMethod(self, NAME(flush)));
  Ref pending = errorTake();
  Locked locked(b);
  if (!locked.ok()) return Value();
  Ref r(callMethod(b->raw, NAME(close)));
  deallocate(b->buffer);
  b->buffer = nullptr;
  b->readPos = b->readEnd = b->writeEnd = 0;
  if (pending) return errorChainContext(pending.release()), Value();
  return r.release();
}

Value warnMethod(Value self, Value source) {
  auto* b = self_(self);
  if (b->ok && b->raw) warnUnclosed(b->raw, source);
  return newRef(none());
}

Value tellMethod(Value self) {
  auto* b = self_(self);
  if (checkReady(b) < 0) return Value();
  int64_t n = rawTell(b);
  return n < 0 ? Value() : newInt(n - ahead(b) + b->writeEnd);
}

Value seekMethod(Value self, const Value* argv) {
  auto* b = self_(self);
  if (checkOpen(b, "seek of closed file") < 0) return Value();
  int64_t whence = argv[1] ? toInt64(argv[1]) : 0;
  if (whence == -1 && errorSet()) return Value();
  if (whence < 0 || whence > 4) return raise(ValueErrorType, "whence value %d unsupported", static_cast<int>(whence));
  Ref seekable(callMethod(b->raw, "seekable"));
  if (!seekable) return Value();
  int32_t able = isTrue(seekable);
  if (able < 0) return Value();
  if (!able) return raiseUnsupported("File or stream is not seekable.");
  int64_t target = toInt64(argv[0]);
  if (target == -1 && errorSet()) return Value();
  Locked locked(b);
  if (!locked.ok()) return Value();
  if (whence != 2 && b->canRead && ahead(b)) {
    // Inside what was read ahead: only move.
    int64_t current = rawTell(b);
    if (current < 0) return Value();
    int64_t offset = whence == 0 ? target - (current - ahead(b)) : target;
    if (offset >= -b->readPos && offset <= ahead(b)) {
      b->readPos += offset;
      return newInt(current - ahead(b));
    }
  }
  if (b->writeEnd && flushWrites(b) < 0) return Value();
  if (whence == 1) target -= ahead(b);
  int64_t n = rawSeek(b, target, whence);
  if (n < 0) return Value();
  b->readPos = b->readEnd = 0;
  return newInt(n);
}

Value truncateMethod(Value self, const Value* argv) {
  auto* b = self_(self);
  if (checkOpen(b, "truncate of closed file") < 0) return Value();
  if (!b->canWrite) return raiseUnsupported("truncate");
  Locked locked(b);
  if (!locked.ok() || flushWrites(b) < 0 || rewindReads(b) < 0) return Value();
  Ref where(argv[0] && !isNone(argv[0]) ? newRef(argv[0]) : tellMethod(self));
  return where ? callMethod(b->raw, NAME(truncate), {where.get()}) : Value();
}

Value detachMethod(Value self) {
  auto* b = self_(self);
  if (checkReady(b) < 0) return Value();
  Ref r(callMethod(self, NAME(flush)));
  if (!r) return Value();
  Value raw = b->raw;
  b->raw = Value();
  b->detached = true;
  b->ok = false;
  return raw;
}

Value forwardTo(Value self, const char* method) {
  auto* b = self_(self);
  return checkReady(b) < 0 ? Value() : callMethod(b->raw, method);
}
Value seekableMethod(Value self) { return forwardTo(self, "seekable"); }
Value filenoMethod(Value self) { return forwardTo(self, "fileno"); }
Value isattyMethod(Value self) { return forwardTo(self, "isatty"); }
Value readableMethod(Value self) { return self_(self)->canRead ? forwardTo(self, "readable") : boolean(false); }
Value writableMethod(Value self) { return self_(self)->canWrite ? forwardTo(self, "writable") : boolean(false); }

Value sizeofMethod(Value self) { return newInt(static_cast<int64_t>(sizeof(BufferedObject)) + self_(self)->size); }
Value noPickle(Value self, const Args&) { return raise(TypeErrorType, "cannot pickle '%.200T' object", self); }

Value reprMethod(Value self) {
  const char* type = typeOf(self)->name;
  Ref typeName(type ? newStr(type) : getAttr(asValue(typeOf(self)), NAME(__qualname__)));
  if (!typeName) return Value();
  Ref name(getAttrOptional(self, NAME(name)));
  if (!name) {
    if (errorSet() && !errorMatches(ValueErrorType)) return Value();
    errorClear();
    return formatText("<%U>", typeName.get());
  }
  int32_t r = reprEnter(self);
  if (r != 0) return r > 0 ? raise(RuntimeErrorType, "reentrant call inside %S.__repr__", typeName.get()) : Value();
  Value text = formatText("<%U name=%R>", typeName.get(), name.get());
  reprLeave(self);
  return text;
}

Value getRaw(Value self, void*) {
  Value raw = self_(self)->raw;
  return newRef(raw ? raw : none());
}
Value getClosed(Value self, void*) {
  auto* b = self_(self);
  return checkReady(b) < 0 ? Value() : getAttr(b->raw, NAME(closed));
}
Value getName(Value self, void*) {
  auto* b = self_(self);
  return checkReady(b) < 0 ? Value() : getAttr(b->raw, NAME(name));
}
Value getMode(Value self, void*) {
  auto* b = self_(self);
  return checkReady(b) < 0 ? Value() : getAttr(b->raw, NAME(mode));
}
Value getFinalizing(Value self, void*) { return boolean(self_(self)->finalizing); }
int32_t setFinalizing(Value self, Value v, void*) {
  self_(self)->finalizing = v && isTrue(v) > 0;
  return 0;
}

Value construct(Type* t, const Args&) {
  Value o = allocateOf(t, 0);
  if (o) gcTrack(o.object());
  return o;
}

int32_t initialise(Value self, Value raw, int64_t size, bool canRead, bool canWrite) {
  auto* b = self_(self);
  b->ok = b->detached = false;
  if (size <= 0) return fail(ValueErrorType, "buffer size must be strictly positive");
  auto require = [&](const char* method, const char* message) {
    Ref r(callMethod(raw, method));
    if (!r) return false;
    if (r.get() == boolean(true)) return true;
    int32_t t = isTrue(r);
    if (t == 0) raiseUnsupported(message);
    return t > 0;
  };
  if (canRead && !require("readable", "File or stream is not readable.")) return -1;
  if (canWrite && !require("writable", "File or stream is not writable.")) return -1;
  auto* buffer = static_cast<uint8_t*>(reallocate(b->buffer, static_cast<size_t>(size)));
  if (!buffer) return -1;
  b->buffer = buffer;
  b->size = size;
  b->readPos = b->readEnd = b->writeEnd = 0;
  b->canRead = canRead;
  b->canWrite = canWrite;
  assign(b->raw, newRef(raw));
  b->ok = true;
  return 0;
}

template <bool Read, bool Write> int32_t init(Value self, const Args& args) {
  Value argv[2];
  Ref holder[2];
  const char* name = Read && Write ? "BufferedRandom" : Read ? "BufferedReader" : "BufferedWriter";
  if (bindArguments(name, "(raw, buffer_size=8192)", args, argv, 2, holder) < 0) return -1;
  int64_t size = kDefaultBufferSize;
  if (argv[1]) {
    size = toIndex(argv[1], &OverflowErrorType);
    if (size == -1 && errorSet()) return -1;
  }
  if (Read && Write) {
    Ref able(callMethod(argv[0], "seekable"));
    if (!able) return -1;
    if (isTrue(able) == 0) return raiseUnsupported("File or stream is not seekable."), -1;
  }
  return initialise(self, argv[0], size, Read, Write);
}

int traverse(Object* o, Visit visit, void* context) {
  if (int r = visit(reinterpret_cast<BufferedObject*>(o)->raw, context)) return r;
  return ioTraverse(o, visit, context);
}
void clearParts(Object* o) {
  reinterpret_cast<BufferedObject*>(o)->ok = false;
  clear(reinterpret_cast<BufferedObject*>(o)->raw);
  ioClear(o);
}
void dealloc(Object* o) {
  if (!ioCloseDying(o)) return;
  gcUntrack(o);
  auto* b = reinterpret_cast<BufferedObject*>(o);
  if (b->weakrefs) clearWeakrefs(o);
  clearParts(o);
  deallocate(b->buffer);
  freeObject(o);
}

#define READ_ROWS                                                                                             \
  {"read", readMethod, "($self, size=-1, /)"}, {"read1", read1Method, "($self, size=-1, /)"},                 \
      {"peek", peekMethod, "($self, size=0, /)"}, {"readinto", readintoMethod, "($self, buffer, /)"},         \
      {"readinto1", readinto1Method, "($self, buffer, /)"}, {"readline", readlineMethod, "($self, size=-1, /)"}
#define COMMON_ROWS                                                                                           \
  {"flush", flushMethod}, {"close", closeMethod},                                 \
      {"_dealloc_warn", warnMethod},                                                    \
      {"seek", seekMethod, "($self, target, whence=0, /)"}, {"tell", tellMethod},               \
      {"truncate", truncateMethod, "($self, pos=None, /)"}, {"detach", detachMethod},           \
      {"seekable", seekableMethod}, {"readable", readableMethod},                 \
      {"writable", writableMethod}, {"fileno", filenoMethod},                     \
      {"isatty", isattyMethod}, {"__sizeof__", sizeofMethod},                     \
      {"__reduce__", noPickle}, {"__reduce_ex__", noPickle}

constinit const MethodDef readerMethods[] = {READ_ROWS, COMMON_ROWS, {}};
constinit const MethodDef writerMethods[] = {{"write", writeMethod, "($self, buffer, /)"}, COMMON_ROWS, {}};
constinit const MethodDef randomMethods[] = {READ_ROWS, {"write", writeMethod, "($self, buffer, /)"}, COMMON_ROWS, {}};
constinit const GetSetDef getset[] = {
    {"raw", getRaw}, {"closed", getClosed}, {"name", getName}, {"mode", getMode}, {"_finalizing", getFinalizing, setFinalizing}, {},
};

} // namespace

int32_t bufferedFlush(BufferedObject* b) {
  Locked locked(b);
  return locked.ok() ? flushWrites(b) : -1;
}

int32_t bufferedWrite(BufferedObject* b, const void* data, int64_t n) {
  Locked locked(b);
  if (!locked.ok()) return -1;
  const int32_t closed = b->buffer ? rawClosed(b) : 1;
  if (closed) return closed < 0 ? -1 : fail(ValueErrorType, "write to closed file");
  if (ahead(b) && rewindReads(b) < 0) return -1;
  b->readPos = b->readEnd = 0;
  if (n <= b->size - b->writeEnd) {
    memcpy(b->buffer + b->writeEnd, data, static_cast<size_t>(n));
    b->writeEnd += n;
    return 0;
  }
  if (flushWrites(b) < 0) return -1;
  auto* p = static_cast<const uint8_t*>(data);
  int64_t left = n;
  while (left > b->size) {
    int64_t put = rawWrite(b, p, left);
    if (put == -1) return -1;
    if (put == -2) {
      // Keep what fits, report how much was taken.
      memcpy(b->buffer, p, static_cast<size_t>(b->size));
      b->writeEnd = b->size;
      return wouldBlock(n - left + b->size);
    }
    p += put;
    left -= put;
    if (servePoll() < 0) return -1;
  }
  memcpy(b->buffer, p, static_cast<size_t>(left));
  b->writeEnd = left;
  return 0;
}

Value bufferedRead1(BufferedObject* b, int64_t n) {
  Locked locked(b);
  if (!locked.ok() || prepareRead(b) < 0) return Value();
  if (n == 0) return newBytes(std::string_view());
  if (!ahead(b)) {
    int64_t got = fill(b);
    if (got == -1) return Value();
  }
  int64_t take = std::min(n, ahead(b));
  Value r = newBytes(take ? b->buffer + b->readPos : reinterpret_cast<const uint8_t*>(""), static_cast<size_t>(take));
  if (r) b->readPos += take;
  return r;
}

Value newBuffered(Type* type, Value raw, int64_t size) {
  Ref o(construct(type, Args{}));
  bool canRead = type != &bufferedWriterType, canWrite = type != &bufferedReaderType;
  if (!o || initialise(o, raw, size, canRead, canWrite) < 0) return Value();
  return o.release();
}

#define KRAIT_BUFFERED_TYPE(variable, text, methodTable, initFunction)                                        \
  constinit Type variable = {                                                                                 \
      .header = KRAIT_STATIC_HEADER(typeType),                                                                \
      .name = text,                                                                                           \
      .base = &bufferedIoBaseType,                                                                            \
      .flags = kTypeBaseType,                                                                                 \
      .instanceLayout = {.type = &variable, .size = sizeof(BufferedObject), .flags = kLayoutGc,               \
                         .dictOffset = offsetof(IoObject, dict), .weakOffset = offsetof(IoObject, weakrefs)}, \
      .dealloc = dealloc,                                                                                     \
      .traverse = traverse,                                                                                   \
      .clear = clearParts,                                                                                    \
      .finalize = ioFinalize,                                                                                 \
      .repr = reprMethod,                                                                                     \
      .next = nextLine,                                                                                       \
      .init = initFunction,                                                                                   \
      .construct = construct,                                                                                 \
      .methods = methodTable,                                                                                 \
      .getset = getset,                                                                                       \
      .constructorSignature = "(raw, buffer_size=8192)",                                                      \
  }
namespace {
constexpr auto initReader = init<true, false>;
constexpr auto initWriter = init<false, true>;
constexpr auto initRandom = init<true, true>;
} // namespace
KRAIT_BUFFERED_TYPE(bufferedReaderType, "_io.BufferedReader", readerMethods, initReader);
KRAIT_BUFFERED_TYPE(bufferedWriterType, "_io.BufferedWriter", writerMethods, initWriter);
KRAIT_BUFFERED_TYPE(bufferedRandomType, "_io.BufferedRandom", randomMethods, initRandom);

} // namespace krait::io
