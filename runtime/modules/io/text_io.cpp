// TextIOWrapper: text over a buffered binary stream.
//
// UTF-8, ASCII and Latin-1 are decoded and encoded here; other encodings go through
// the codec registry's incremental decoder and encoder. Written text is encoded at
// once and collected in `pending`. Read text stands in `decoded`, from `decodedPos`.
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/io/text_io.h"
#include "runtime/object/names.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codec_registry.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::io {

int32_t checkAttached(TextIoObject* t) {
  if (t->ok && !t->detached) return 0;
  return t->detached ? fail(ValueErrorType, "underlying buffer has been detached")
                     : fail(ValueErrorType, "I/O operation on uninitialized object");
}
int32_t checkOpen(TextIoObject* t) {
  if (checkAttached(t) < 0) return -1;
  if (isNativeBuffered(t->buffer)) {
    auto* b = t->buffer.as<BufferedObject>();
    if (b->ok && isExact(b->raw, fileIoType)) return b->raw.as<FileIoObject>()->fd < 0 ? (raiseClosed(), -1) : 0;
  }
  int32_t c = isClosed(t->buffer);
  if (c < 0) return -1;
  return c ? (raiseClosed(), -1) : 0;
}

namespace {

NativeCodec nativeCodec(Value encoding, Value errors) {
  if (!strEqual(errors, "strict") && !strEqual(errors, "surrogateescape") && !strEqual(errors, "replace") &&
      !strEqual(errors, "ignore") && !strEqual(errors, "backslashreplace"))
    return NativeCodec::None;
  Utf8 text(encoding);
  if (!text.ok()) return errorClear(), NativeCodec::None;
  std::string plain;
  for (char c : text.view())
    if (c != '-' && c != '_' && c != ' ') plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  if (plain == "utf8" || plain == "u8" || plain == "cp65001") return NativeCodec::Utf8;
  if (plain == "ascii" || plain == "usascii") return NativeCodec::Ascii;
  if (plain == "latin1" || plain == "iso88591" || plain == "latin" || plain == "l1") return NativeCodec::Latin1;
  return NativeCodec::None;
}

const char* codecName(NativeCodec c) {
  return c == NativeCodec::Utf8 ? "utf-8" : c == NativeCodec::Ascii ? "ascii" : "latin-1";
}

// ---- writing -----------------------------------------------------------------------------------

} // namespace

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
  bool direct = (s->flags & kStrAscii) && t->codec != NativeCodec::None;
  direct = direct || (t->codec == NativeCodec::Latin1 && s->kind == 1);
  if (direct) return addPending(t, s->data(), s->length);
  Ref bytes;
  Utf8 handler(t->errors);
  if (!handler.ok()) return -1;
  if (t->codec != NativeCodec::None) {
    bytes.reset(encodeStr(text, codecName(t->codec), handler.data()));
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

// ---- reading -----------------------------------------------------------------------------------

} // namespace

void forgetDecoded(TextIoObject* t) {
  clear(t->decoded);
  t->decodedPos = 0;
  clear(t->snapshotInput);
  clear(t->snapshotFlags);
}

namespace {

/// Length of the incomplete UTF-8 sequence at the end of p[0…n): 0 to 3.
int incompleteTail(const uint8_t* p, int64_t n) {
  for (int back = 1; back <= 3 && back <= n; ++back) {
    uint8_t c = p[n - back];
    if (c < 0x80) return 0;
    if (c >= 0xc0) {
      int need = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
      return need > back ? back : 0;
    }
  }
  return 0;
}

Value decodeNative(TextIoObject* t, const uint8_t* p, int64_t n, bool final) {
  Utf8 handler(t->errors);
  if (!handler.ok()) return Value();
  Ref joined;
  if (t->carrySize) {
    joined.reset(newByteArray(nullptr, static_cast<size_t>(t->carrySize + n)));
    if (!joined) return Value();
    uint8_t* all = joined.as<ByteArrayObject>()->start;
    memcpy(all, t->carry, static_cast<size_t>(t->carrySize));
    memcpy(all + t->carrySize, p, static_cast<size_t>(n));
    p = all;
    n += t->carrySize;
    t->carrySize = 0;
  }
  if (t->codec == NativeCodec::Utf8 && !final) {
    int tail = incompleteTail(p, n);
    memcpy(t->carry, p + n - tail, static_cast<size_t>(tail));
    t->carrySize = tail;
    n -= tail;
  }
  return decodeBytes(p, static_cast<size_t>(n), codecName(t->codec), handler.data());
}

/// Makes the encoder and decoder of an encoding that is not native, for the directions that the stream has.
int32_t makeCodecs(TextIoObject* t) {
  clear(t->encoder);
  clear(t->decoder);
  t->carrySize = 0;
  t->pendingCr = false;
  if (t->codec != NativeCodec::None) return 0;
  Ref codecs(importModule("codecs"));
  auto make = [&](const char* factoryName) {
    Ref factory(codecs ? callMethod(codecs, factoryName, {t->encoding}) : Value());
    return factory ? call(factory, {t->errors}) : Value();
  };
  if (t->readable && !(t->decoder = make("getincrementaldecoder"))) return -1;
  if (!t->writable) return 0;
  t->encoder = make("getincrementalencoder");
  if (!t->encoder || !t->seekable) return t->encoder ? 0 : -1;
  // In the middle of a file no byte order mark is written.
  Ref position(callMethod(t->buffer, NAME(tell)));
  if (!position) return -1;
  int32_t start = equal(position, Value::ofSmallInt(0));
  if (start != 0) return start < 0 ? -1 : 0;
  return Ref(callMethod(t->encoder, "setstate", {Value::ofSmallInt(0)})) ? 0 : -1;
}

Value bytesOf(const uint8_t* carry, int carrySize, Value input) {
  if (!carrySize) return newRef(input);
  std::string all(reinterpret_cast<const char*>(carry), static_cast<size_t>(carrySize));
  all.append(bytesView(input));
  return newBytes(all);
}

/// Reads and decodes one chunk: 1 something, 0 end of file, -1 error.
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

int64_t available(TextIoObject* t) { return t->decoded ? asStr(t->decoded)->length - t->decodedPos : 0; }
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
  Ref bytes(callMethod(t->buffer, NAME(read)));
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

// ---- methods -----------------------------------------------------------------------------------

Value writeMethod(Value self, Value text) {
  if (!isStr(text)) return raise(TypeErrorType, "write() argument must be str, not %.50G", text);
  int64_t n = asStr(text)->length;
  return textWrite(asTextIo(self), text) < 0 ? Value() : newInt(n);
}
Value readMethod(Value self, const Value* argv) {
  auto* t = asTextIo(self);
  int64_t n;
  if (checkAttached(t) < 0 || !optionalSizeArgument(argv[0], &n) || prepareRead(t) < 0) return Value();
  if (n < 0) return readAllText(t);
  StrBuilder out;
  while (out.length() < n) {
    if (available(t)) {
      int64_t take = std::min(n - out.length(), available(t));
      out.add(t->decoded, t->decodedPos, t->decodedPos + take);
      t->decodedPos += take;
      continue;
    }
    int32_t r = readChunk(t, n - out.length());
    if (r < 0) return Value();
    if (r == 0) break;
  }
  return out.take();
}
Value readlineMethod(Value self, const Value* argv) {
  int64_t n;
  if (checkAttached(asTextIo(self)) < 0 || !optionalSizeArgument(argv[0], &n)) return Value();
  return readLine(asTextIo(self), n);
}
Value nextLine(Value self) {
  auto* t = asTextIo(self);
  if (checkAttached(t) < 0) return Value();
  t->telling = false;
  if (t->decoded && !t->pendingSize && t->readable && isExact(self, textIoWrapperType)) {
    // Most lines stand in what was read ahead.
    const int64_t end = findLineEnd(t->decoded, t->decodedPos, t->newlines);
    if (end > t->decodedPos) return checkOpen(t) < 0 ? Value() : takeDecoded(t, end - t->decodedPos);
  }
  Ref line(isExact(self, textIoWrapperType) ? readLine(t, -1) : callMethod(self, NAME(readline)));
  if (!line) return Value();
  if (!isStr(line)) return raise(OSErrorType, "readline() should have returned a str object, not '%.200T'", line.get());
  if (asStr(line)->length) return line.release();
  t->telling = t->seekable;
  return Value();
}

Value flushMethod(Value self) {
  auto* t = asTextIo(self);
  if (checkOpen(t) < 0) return Value();
  t->telling = t->seekable;
  return textFlush(t) < 0 ? Value() : newRef(none());
}

Value closeMethod(Value self) {
  auto* t = asTextIo(self);
  if (checkAttached(t) < 0) return Value();
  int32_t c = isClosed(t->buffer);
  if (c < 0) return Value();
  if (c) return newRef(none());
  if (t->finalizing) warnUnclosed(t->buffer, self);
  Ref flushed(callMethod(self, NAME(flush)));
  Ref pending = errorTake();
  Ref r(callMethod(t->buffer, NAME(close)));
  if (pending) return errorChainContext(pending.release()), Value();
  return r.release();
}

Value detachMethod(Value self) {
  auto* t = asTextIo(self);
  if (checkAttached(t) < 0) return Value();
  Ref r(callMethod(self, NAME(flush)));
  if (!r) return Value();
  Value b = t->buffer;
  t->buffer = Value();
  t->detached = true;
  return b;
}

Value truncateMethod(Value self, const Value* argv) {
  auto* t = asTextIo(self);
  if (checkAttached(t) < 0) return Value();
  Ref r(callMethod(self, NAME(flush)));
  return r ? callMethod(t->buffer, NAME(truncate), {argv[0] ? argv[0] : none()}) : Value();
}

Value forwardTo(Value self, const char* method) {
  return checkAttached(asTextIo(self)) < 0 ? Value() : callMethod(asTextIo(self)->buffer, method);
}
Value filenoMethod(Value self) { return forwardTo(self, "fileno"); }
Value isattyMethod(Value self) { return forwardTo(self, "isatty"); }
Value readableMethod(Value self) { return forwardTo(self, "readable"); }
Value writableMethod(Value self) { return forwardTo(self, "writable"); }
Value seekableMethod(Value self) { return forwardTo(self, "seekable"); }
Value noPickle(Value self, const Args&) { return raise(TypeErrorType, "cannot pickle '%.200T' object", self); }

Value reconfigureMethod(Value self, const Value* argv) {
  auto* t = asTextIo(self);
  auto given = [](Value v) { return v && !isNone(v); };
  if (checkAttached(t) < 0) return Value();
  // encoding, errors, newline, line_buffering, write_through
  bool codecChanges = given(argv[0]) || given(argv[1]) || argv[2];
  if (t->decoded && available(t) && codecChanges)
    return raiseUnsupported("It is not possible to set the encoding or newline of stream after the first read");
  Newlines newlines = t->newlines;
  if (argv[2] && parseNewline(argv[2], &newlines) < 0) return Value();
  Ref r(callMethod(self, NAME(flush)));
  if (!r) return Value();
  if (given(argv[0]) || given(argv[1])) {
    Ref strict(newStr("strict"));
    Value encoding = given(argv[0]) ? argv[0] : t->encoding;
    Value errors = given(argv[1]) ? argv[1] : given(argv[0]) ? strict.get() : t->errors;
    if (!isStr(encoding) || !isStr(errors)) return raise(TypeErrorType, "reconfigure() argument must be str, not %.50G", isStr(encoding) ? errors : encoding);
    Ref name(strEqual(encoding, "locale") ? newStr(localeEncoding()) : newRef(encoding));
    if (!name) return Value();
    t->codec = nativeCodec(name, errors);
    assign(t->encoding, name.release());
    assign(t->errors, newRef(errors));
    if (makeCodecs(t) < 0) return Value();
  }
  t->newlines = newlines;
  if (given(argv[3])) {
    int32_t b = isTrue(argv[3]);
    if (b < 0) return Value();
    t->lineBuffering = b;
  }
  if (given(argv[4])) {
    int32_t b = isTrue(argv[4]);
    if (b < 0) return Value();
    t->writeThrough = b;
  }
  return newRef(none());
}

Value reprMethod(Value self) {
  auto* t = asTextIo(self);
  if (!t->ok) return raise(ValueErrorType, "I/O operation on uninitialized object");
  int32_t entered = reprEnter(self);
  if (entered != 0) return entered > 0 ? raise(RuntimeErrorType, "reentrant call inside %T.__repr__", self) : Value();
  Ref name(getAttrOptional(self, NAME(name)));
  if (!name) errorClear();
  Ref mode(getAttrOptional(self, NAME(mode)));
  if (!mode) errorClear();
  const char* type = typeOf(self)->name;
  StrBuilder out;
  bool ok = true;
  auto add = [&](Value owned) {
    Ref text(owned);
    ok = ok && text;
    if (ok) out.add(text.get());
  };
  out.add('<');
  add(type ? newStr(type) : getAttr(asValue(typeOf(self)), NAME(__qualname__)));
  if (name) add(formatText(" name=%R", name.get()));
  if (mode) add(formatText(" mode=%R", mode.get()));
  add(formatText(" encoding=%R>", t->encoding));
  reprLeave(self);
  return ok ? out.take() : Value();
}

// ---- attributes --------------------------------------------------------------------------------

Value getBufferAttribute(Value self, void*) {
  Value b = asTextIo(self)->buffer;
  return newRef(b ? b : none());
}
int32_t checkInitialised(TextIoObject* t) {
  return t->ok ? 0 : fail(ValueErrorType, "I/O operation on uninitialized object");
}
Value getEncoding(Value self, void*) { return checkInitialised(asTextIo(self)) < 0 ? Value() : newRef(asTextIo(self)->encoding); }
Value getErrors(Value self, void*) { return checkInitialised(asTextIo(self)) < 0 ? Value() : newRef(asTextIo(self)->errors); }
Value getLineBuffering(Value self, void*) { return boolean(asTextIo(self)->lineBuffering); }
Value getWriteThrough(Value self, void*) { return boolean(asTextIo(self)->writeThrough); }
Value getNewlinesAttribute(Value self, void*) {
  auto* t = asTextIo(self);
  if (checkAttached(t) < 0) return Value();
  return t->newlines.universal ? newlinesSeen(t->newlines.seen) : newRef(none());
}
Value getName(Value self, void*) { return checkAttached(asTextIo(self)) < 0 ? Value() : getAttr(asTextIo(self)->buffer, NAME(name)); }
Value getClosed(Value self, void*) { return checkAttached(asTextIo(self)) < 0 ? Value() : getAttr(asTextIo(self)->buffer, NAME(closed)); }
Value getChunkSize(Value self, void*) { return newInt(asTextIo(self)->chunkSize); }
int32_t setChunkSize(Value self, Value v, void*) {
  if (!v) return fail(AttributeErrorType, "cannot delete attribute");
  int64_t n = toIndex(v, &ValueErrorType);
  if (n == -1 && errorSet()) return -1;
  if (n <= 0) return fail(ValueErrorType, "a strictly positive integer is required");
  asTextIo(self)->chunkSize = n;
  return 0;
}
Value getFinalizing(Value self, void*) { return boolean(asTextIo(self)->finalizing); }
int32_t setFinalizing(Value self, Value v, void*) {
  asTextIo(self)->finalizing = v && isTrue(v) > 0;
  return 0;
}

// ---- construction ------------------------------------------------------------------------------

Value construct(Type* type, const Args&) {
  Value o = allocateOf(type, 0);
  if (!o) return Value();
  asTextIo(o)->newlines = Newlines{};
  asTextIo(o)->chunkSize = kDefaultBufferSize;
  gcTrack(o.object());
  return o;
}

int32_t initialise(Value self, Value buffer, Value encoding, Value errors, Value newline, bool lineBuffering, bool writeThrough) {
  auto* t = asTextIo(self);
  t->ok = t->detached = false;
  if (errors && !isNone(errors) && !isStr(errors))
    return fail(TypeErrorType, "TextIOWrapper() argument 'errors' must be str or None, not %.50G", errors);
  if (encoding && !isNone(encoding) && !isStr(encoding))
    return fail(TypeErrorType, "TextIOWrapper() argument 'encoding' must be str or None, not %.50G", encoding);
  if (parseNewline(newline, &t->newlines) < 0) return -1;
  Ref name(encoding && !isNone(encoding) && !strEqual(encoding, "locale") ? newRef(encoding) : newStr(localeEncoding()));
  Ref handler(errors && !isNone(errors) ? newRef(errors) : newStr("strict"));
  if (!name || !handler) return -1;
  if ((!encoding || isNone(encoding)) && warnDefaultEncoding(1) < 0) return -1;
  if (Utf8 text(handler); !text.ok() || checkCodecNames(nullptr, text.data()) < 0) return -1;
  t->codec = nativeCodec(name, handler);
  if (t->codec == NativeCodec::None) {
    Ref codecs(importModule("codecs"));
    Ref info(codecs ? callMethod(codecs, "lookup", {name.get()}) : Value());
    if (!info) return -1;
    Ref isText(getAttrOptional(info, Ref(newStr("_is_text_encoding"))));
    if (isText && isTrue(isText) == 0)
      return fail(LookupErrorType, "%R is not a text encoding; use codecs.open() to handle arbitrary codecs", name.get());
    errorClear();
  }
  assign(t->buffer, newRef(buffer));
  assign(t->encoding, name.release());
  assign(t->errors, handler.release());
  forgetDecoded(t);
  t->pendingSize = 0;
  t->lineBuffering = lineBuffering;
  t->writeThrough = writeThrough;
  auto ask = [&](const char* method, bool* answer) {
    Ref able(callMethod(buffer, method));
    int32_t truth = able ? isTrue(able) : -1;
    *answer = truth > 0;
    return truth >= 0;
  };
  if (!ask("readable", &t->readable) || !ask("writable", &t->writable) || !ask("seekable", &t->seekable)) return -1;
  t->telling = t->seekable;
  if (makeCodecs(t) < 0) return -1;
  t->ok = true;
  return 0;
}

int32_t init(Value self, const Args& args) {
  Value argv[6];
  Ref holder[2];
  if (bindArguments("TextIOWrapper",
                    "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)", args, argv,
                    6, holder) < 0)
    return -1;
  int32_t line = argv[4] ? isTrue(argv[4]) : 0, through = argv[5] ? isTrue(argv[5]) : 0;
  if (line < 0 || through < 0) return -1;
  return initialise(self, argv[0], argv[1], argv[2], argv[3], line, through);
}

template <class F> int eachPart(TextIoObject* t, F f) {
  for (Value* v : {&t->buffer, &t->encoding, &t->errors, &t->encoder, &t->decoder, &t->decoded, &t->snapshotInput, &t->snapshotFlags})
    if (int r = f(v)) return r;
  return 0;
}
int traverse(Object* o, Visit visit, void* context) {
  if (int r = eachPart(reinterpret_cast<TextIoObject*>(o), [&](Value* v) { return visit(*v, context); })) return r;
  return ioTraverse(o, visit, context);
}
void clearParts(Object* o) {
  auto* t = reinterpret_cast<TextIoObject*>(o);
  t->ok = false;
  eachPart(t, [](Value* v) { return clear(*v), 0; });
  ioClear(o);
}
void dealloc(Object* o) {
  if (!ioCloseDying(o)) return;
  gcUntrack(o);
  auto* t = reinterpret_cast<TextIoObject*>(o);
  if (t->weakrefs) clearWeakrefs(o);
  clearParts(o);
  deallocate(t->pending);
  freeObject(o);
}

constinit const MethodDef methods[] = {
    {"write", writeMethod, "($self, text, /)"},
    {"read", readMethod, "($self, size=-1, /)"},
    {"readline", readlineMethod, "($self, size=-1, /)"},
    {"flush", flushMethod, "($self, /)"},
    {"close", closeMethod, "($self, /)"},
    {"detach", detachMethod, "($self, /)"},
    {"seek", seekText, "($self, cookie, whence=0, /)"},
    {"tell", tellText, "($self, /)"},
    {"truncate", truncateMethod, "($self, pos=None, /)"},
    {"fileno", filenoMethod, "($self, /)"},
    {"isatty", isattyMethod, "($self, /)"},
    {"readable", readableMethod, "($self, /)"},
    {"writable", writableMethod, "($self, /)"},
    {"seekable", seekableMethod, "($self, /)"},
    {"reconfigure", reconfigureMethod,
     "($self, /, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)"},
    {"__reduce__", noPickle},
    {"__reduce_ex__", noPickle},
    {},
};
constinit const GetSetDef getset[] = {
    {"buffer", getBufferAttribute},
    {"encoding", getEncoding},
    {"errors", getErrors},
    {"line_buffering", getLineBuffering},
    {"write_through", getWriteThrough},
    {"newlines", getNewlinesAttribute},
    {"name", getName},
    {"closed", getClosed},
    {"_CHUNK_SIZE", getChunkSize, setChunkSize},
    {"_finalizing", getFinalizing, setFinalizing},
    {},
};

} // namespace

int32_t textFlush(TextIoObject* t) {
  if (writePending(t) < 0) return -1;
  if (isExact(t->buffer, bufferedWriterType) && t->buffer.as<BufferedObject>()->ok) return bufferedFlush(t->buffer.as<BufferedObject>());
  return Ref(callMethod(t->buffer, NAME(flush))) ? 0 : -1;
}

int32_t textWrite(TextIoObject* t, Value text) {
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

Value newTextIo(Value buffer, Value encoding, Value errors, Value newline, bool lineBuffering, bool writeThrough) {
  Ref o(construct(&textIoWrapperType, Args{}));
  if (!o || initialise(o, buffer, encoding, errors, newline, lineBuffering, writeThrough) < 0) return Value();
  return o.release();
}

constinit Type textIoWrapperType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_io.TextIOWrapper",
    .base = &textIoBaseType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &textIoWrapperType, .size = sizeof(TextIoObject), .flags = kLayoutGc,
                       .dictOffset = offsetof(IoObject, dict), .weakOffset = offsetof(IoObject, weakrefs)},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .finalize = ioFinalize,
    .repr = reprMethod,
    .next = nextLine,
    .init = init,
    .construct = construct,
    .methods = methods,
    .getset = getset,
    .constructorSignature =
        "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
};

} // namespace krait::io
