// Reading of TextIOWrapper: what was read ahead stands decoded in `decoded`, from `decodedPos`; tell() finds its way back
// by the snapshot of the chunk that it came from.
#include <string>

#include "runtime/modules/io/text_io.h"
#include "runtime/object/names.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::io {

void forgetDecoded(TextIoObject* t) {
  clear(t->decoded);
  t->decodedPos = 0;
  clear(t->snapshotInput);
  clear(t->snapshotFlags);
}

namespace {

Value bytesOf(const uint8_t* carry, int carrySize, Value input) {
  if (!carrySize) return newRef(input);
  std::string all(reinterpret_cast<const char*>(carry), static_cast<size_t>(carrySize));
  all.append(bytesView(input));
  return newBytes(all);
}

} // namespace

int32_t readChunk(TextIoObject* t, int64_t hint) {
  Ref flags, kept;
  if (t->telling && t->decoder) {
    Ref state(callMethod(t->decoder, "getstate"));
    if (!state) return -1;
    if (!isTuple(state) || asTuple(state)->size != 2) return fail(TypeErrorType, "illegal decoder state");
    kept = Ref::share(asTuple(state)->items[0]);
    if (!isBytes(kept))
      return fail(TypeErrorType, "illegal decoder state: the first item should be a bytes object, not '%.200T'", kept.get());
    flags = Ref::share(asTuple(state)->items[1]);
  }
  int64_t want = std::max(t->chunkSize, hint);
  Ref input;
  if (isNativeBuffered(t->buffer) && t->buffer.as<BufferedObject>()->ok) {
    input.reset(bufferedRead1(t->buffer.as<BufferedObject>(), want));
  } else {
    Ref read1(getAttrOptional(t->buffer, Ref(newStr("read1"))));
    if (!read1 && errorSet()) return -1;
    Ref size(newInt(want));
    input.reset(read1 ? call(read1, {size.get()}) : callMethod(t->buffer, NAME(read), {size.get()}));
  }
  if (!input) return -1;
  Buffer view;
  if (getBuffer(input, &view, kBufferSimple) < 0) {
    errorClear();
    return fail(TypeErrorType, "underlying %s() should have returned a bytes-like object, not '%.200T'", "read1", input.get());
  }
  bool final = view.bytes == 0;
  Ref snapshot;
  Ref exactBytes(isBytes(input) ? newRef(input) : newBytes(view.data, static_cast<size_t>(view.bytes)));
  if (t->decoder) {
    if (kept) {
      std::string all(bytesView(kept));
      all.append(static_cast<const char*>(view.data), static_cast<size_t>(view.bytes));
      snapshot.reset(newBytes(all));
    }
  } else {
    snapshot.reset(bytesOf(t->carry, t->carrySize, exactBytes));
    // A \r held back belongs to the snapshot as well.
    if (t->pendingCr && snapshot) {
      std::string all("\r");
      all.append(bytesView(snapshot));
      snapshot.reset(newBytes(all));
    }
  }
  bool crBefore = t->pendingCr;
  Ref text(t->decoder ? callMethod(t->decoder, "decode", {exactBytes.get(), boolean(final)})
                      : decodeNative(t, static_cast<const uint8_t*>(view.data), view.bytes, final));
  releaseBuffer(&view);
  if (!text) return -1;
  if (!isStr(text)) return fail(TypeErrorType, "decoder should return a string result, not '%.200T'", text.get());
  if (t->newlines.universal) text.reset(translateNewlines(text, t->newlines.translate, &t->pendingCr, final, &t->newlines.seen));
  if (!text) return -1;
  int64_t n = asStr(text)->length;
  assign(t->decoded, text.release());
  t->decodedPos = 0;
  assign(t->snapshotInput, snapshot.release());
  assign(t->snapshotFlags, flags.release());
  t->snapshotFinal = final;
  return n > 0 || !final || (crBefore && !final) ? 1 : 0;
}

Value takeDecoded(TextIoObject* t, int64_t n) {
  if (!t->decoded) return newRef(emptyStr());
  int64_t have = available(t);
  if (n < 0 || n > have) n = have;
  Value r = strSubstring(t->decoded, t->decodedPos, t->decodedPos + n);
  if (r) t->decodedPos += n;
  return r;
}

int32_t prepareRead(TextIoObject* t) {
  if (checkOpen(t) < 0) return -1;
  if (!t->readable) return raiseUnsupported("not readable"), -1;
  return writePending(t);
}

Value readLine(TextIoObject* t, int64_t limit) {
  if (prepareRead(t) < 0) return Value();
  StrBuilder line;
  for (;;) {
    if (!available(t)) {
      int32_t r = readChunk(t, 0);
      if (r < 0) return Value();
      if (r == 0) {
        forgetDecoded(t);
        return line.take();
      }
      if (!available(t)) continue;
    }
    // A chunk may end between \r and \n where that matters.
    bool splitsPairs = !t->newlines.translate && !t->newlines.universal && t->newlines.write[1];
    if (splitsPairs && line.length() && asStr(t->decoded)->at(t->decodedPos) == '\n') {
      Ref soFar(line.take());
      if (!soFar) return Value();
      bool afterCr = asStr(soFar)->at(asStr(soFar)->length - 1) == '\r';
      line.add(soFar.get());
      if (afterCr) {
        line.add('\n');
        ++t->decodedPos;
        return line.take();
      }
    }
    int64_t end = findLineEnd(t->decoded, t->decodedPos, t->newlines);
    int64_t take = end >= 0 ? end - t->decodedPos : available(t);
    bool whole = end >= 0;
    if (limit >= 0 && line.length() + take >= limit) {
      take = limit - line.length();
      whole = true;
    }
    if (whole && !line.length()) return takeDecoded(t, take);
    line.add(t->decoded, t->decodedPos, t->decodedPos + take);
    t->decodedPos += take;
    if (whole) return line.take();
  }
}

Value readAllText(TextIoObject* t) {
  const bool isOwn = t->overNative && isOwnMethod(t->buffer, NAME(read)) && !isExact(t->buffer, bufferedWriterType);
  Ref bytes(isOwn ? bufferedReadAll(t->buffer.as<BufferedObject>()) : callMethod(t->buffer, NAME(read)));
  if (!bytes) return Value();
  if (isNone(bytes)) return raise(BlockingIOErrorType, "Read returned None.");
  Ref rest;
  if (t->decoder) {
    rest.reset(callMethod(t->decoder, "decode", {bytes.get(), boolean(true)}));
  } else {
    Buffer view;
    if (getBuffer(bytes, &view, kBufferSimple) < 0) return Value();
    rest.reset(decodeNative(t, static_cast<const uint8_t*>(view.data), view.bytes, true));
    releaseBuffer(&view);
  }
  if (rest && !isStr(rest))
    return raise(TypeErrorType, "decoder should return a string result, not '%.200T'", rest.get());
  if (rest && t->newlines.universal) rest.reset(translateNewlines(rest, t->newlines.translate, &t->pendingCr, true, &t->newlines.seen));
  if (!rest) return Value();
  Ref first(takeDecoded(t, -1));
  forgetDecoded(t);
  return !first ? Value() : asStr(first)->length == 0 ? rest.release() : strConcat(first, rest);
}

} // namespace krait::io
