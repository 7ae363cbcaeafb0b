// Reading of BufferedReader and BufferedRandom.
#include <cstring>

#include "runtime/memory/alloc.h"
#include "runtime/modules/io/buffered.h"
#include "runtime/object/names.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait::io {

namespace {

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
  static const Value readall = internStr("readall");
  const bool isFile = isExact(b->raw, fileIoType) && isOwnMethod(b->raw, readall);
  Ref method(isFile ? Value() : getAttrOptional(b->raw, readall));
  if (!method && errorSet()) return Value();
  if (isFile || method) {
    Ref rest(isFile ? fileReadAll(b->raw.as<FileIoObject>()) : call(method));
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

/// The next bytes of those that were read ahead.
Value takeAhead(BufferedObject* b, int64_t n) {
  Value r = newBytes(b->buffer + b->readPos, static_cast<size_t>(n));
  if (r) b->readPos += n;
  return r;
}

Value readExactly(BufferedObject* b, int64_t want) {
  if (!ahead(b) && want && want < b->size) { // what is asked for comes with one read, as a rule
    const int64_t n = fill(b);
    if (n <= 0) return n == -1 ? Value() : n == -2 ? newRef(none()) : newBytes(std::string_view());
  }
  if (want <= ahead(b)) return takeAhead(b, want);
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

Value readIntoBuffer(Value self, Value target, bool once) {
  auto* b = asBuffered(self);
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

/// A line that was read ahead to its end, where nothing stands in the way of taking it; null without an error: it is to be asked for.
inline Value lineAtHand(BufferedObject* b) {
  if (!b->canRead || b->writeEnd || !ahead(b) || !isAtRest(b)) return {};
  const uint8_t* from = b->buffer + b->readPos;
  const auto* newline = static_cast<const uint8_t*>(memchr(from, '\n', static_cast<size_t>(ahead(b))));
  if (!newline) return {};
  const int64_t take = newline - from + 1;
  b->readPos += take;
  return newBytes(from, static_cast<size_t>(take));
}

} // namespace

Value readMethod(Value self, const Value* argv) {
  auto* b = asBuffered(self);
  int64_t n;
  if (!optionalSizeArgument(argv[0], &n)) return Value();
  if (n < -1) return raise(ValueErrorType, "read length must be non-negative or -1");
  if (n > 0 && n <= ahead(b) && b->canRead && !b->writeEnd && isAtRest(b)) return takeAhead(b, n);
  if (n == -1) return bufferedReadAll(b);
  if (checkOpen(b, "read of closed file") < 0) return Value();
  Locked locked(b);
  return !locked.ok() || prepareRead(b) < 0 ? Value() : readExactly(b, n);
}

Value bufferedReadAll(BufferedObject* b) {
  if (checkOpen(b, "read of closed file") < 0) return Value();
  Locked locked(b);
  return !locked.ok() || prepareRead(b) < 0 ? Value() : readAll(b);
}

Value read1Method(Value self, const Value* argv) {
  auto* b = asBuffered(self);
  int64_t n = -1;
  if (!sizeArgument(argv[0], &n)) return Value();
  if (checkOpen(b, "read of closed file") < 0) return Value();
  return bufferedRead1(b, n < 0 ? b->size : n);
}

Value peekMethod(Value self, const Value* argv) {
  auto* b = asBuffered(self);
  int64_t unheeded = 0;
  if (!sizeArgument(argv[0], &unheeded)) return Value();
  if (checkOpen(b, "peek of closed file") < 0) return Value();
  Locked locked(b);
  if (!locked.ok() || prepareRead(b) < 0) return Value();
  if (!ahead(b)) {
    int64_t n = fill(b);
    if (n == -1) return Value();
  }
  return newBytes(ahead(b) ? b->buffer + b->readPos : reinterpret_cast<const uint8_t*>(""), static_cast<size_t>(ahead(b)));
}

Value readintoMethod(Value self, Value target) { return readIntoBuffer(self, target, false); }
Value readinto1Method(Value self, Value target) { return readIntoBuffer(self, target, true); }

Value readlineMethod(Value self, const Value* argv) {
  int64_t n;
  if (!optionalSizeArgument(argv[0], &n)) return {};
  Value line = n < 0 ? lineAtHand(asBuffered(self)) : Value();
  return line || errorSet() ? line : readLine(asBuffered(self), n);
}
Value nextLine(Value self) {
  Value atHand = isNativeBuffered(self) ? lineAtHand(asBuffered(self)) : Value();
  if (atHand || errorSet()) [[likely]] return atHand;
  Ref line(isNativeBuffered(self) ? readLine(asBuffered(self), -1) : callMethod(self, NAME(readline)));
  if (!line) return Value();
  if (!isBytes(line)) return raise(OSErrorType, "readline() should have returned a bytes object, not '%.200T'", line.get());
  return bytesView(line).empty() ? Value() : line.release();
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

} // namespace krait::io
