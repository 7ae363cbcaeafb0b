// What the decompressor objects of bz2 and lzma share: input that waits for the next
// call, a limit on the output of one call, and what follows the end of the stream.
// The library works without the GIL, under the object's own mutex.
#pragma once
#include <algorithm>
#include <mutex>
#include <string>

#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/types/bytes.h"
#include "runtime/types/raw_output.h"

namespace krait {

enum class DecodeStep { Progress, End, Failed, NoMemory };

struct StreamDecoder {
  std::mutex mutex;
  std::string pending; // input that is not decoded yet
  Value unused = newBytes(std::string_view());
  bool eof = false, needsInput = true;
};

struct DecoderTraits {
  const char* atEnd; // EOFError of a call after the end
  bool holdsOutput;  // with all input taken and the limit reached, the library may still have output
};

/// Growing room for the output of one call; `limit` < 0: none.
class OutputRoom {
public:
  explicit OutputRoom(int64_t limit) : limit_(limit < 0 ? SIZE_MAX : static_cast<size_t>(limit)) {}
  /// Room to write to; size 0 when the limit is reached. Null: there is no memory.
  char* open(size_t& size) {
    size = std::min(limit_ - out_.size(), std::max<size_t>(8192, out_.size()));
    return reinterpret_cast<char*>(out_.open(size));
  }
  void commit(size_t written) { out_.commit(written); }
  std::string_view text() const { return out_.text(); }

private:
  RawOutput out_;
  size_t limit_;
};

/// decompress(data, max_length): bytes (owned), or null with an exception. `step(in, inSize, out, outSize)` decodes
/// from `in` to `out`, both non-null, and leaves in the sizes what it did not use. `fail()` raises for a step that
/// failed.
template <class Step, class Fail>
Value decodeStream(StreamDecoder& s, Value data, int64_t limit, DecoderTraits traits, Step step, Fail fail) {
  HeldBuffer input;
  if (!input.get(data)) return Value();
  OutputRoom out(limit);
  DecodeStep last = DecodeStep::Progress;
  std::string rest;
  bool wasAtEnd;
  {
    Blocking release;
    std::lock_guard lock(s.mutex);
    wasAtEnd = s.eof;
    if (!wasAtEnd) {
      s.pending.append(reinterpret_cast<const char*>(input.data()), static_cast<size_t>(input.size()));
      const char* in = s.pending.data();
      size_t inSize = s.pending.size(), room;
      bool isFull = false;
      for (;;) {
        char* to = out.open(room);
        size_t left = room;
        isFull = room == 0;
        if (!to) {
          last = DecodeStep::NoMemory;
          break;
        }
        if (isFull || (last = step(in + (s.pending.size() - inSize), inSize, to, left)) == DecodeStep::Failed) break;
        out.commit(room - left);
        if (last == DecodeStep::End || (inSize == 0 && left > 0)) break;
      }
      s.eof = last == DecodeStep::End;
      s.needsInput = last == DecodeStep::Progress && inSize == 0 && !(traits.holdsOutput && isFull);
      rest = s.pending.substr(s.pending.size() - inSize);
      s.pending = s.eof ? std::string() : rest;
    }
  }
  if (wasAtEnd) return raise(EOFErrorType, "%s", traits.atEnd);
  if (last == DecodeStep::NoMemory) return raiseNoMemory();
  if (last == DecodeStep::Failed) return fail();
  if (last == DecodeStep::End && !rest.empty()) assign(s.unused, newBytes(rest));
  return newBytes(out.text());
}

} // namespace krait
