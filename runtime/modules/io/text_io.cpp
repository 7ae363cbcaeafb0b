// TextIOWrapper: text over a buffered binary stream: its methods, attributes and life. How it encodes and decodes is in
// text_codec.cpp, what waits to be written in text_write.cpp, what was read ahead in text_read.cpp.

#include <cstring>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/io/text_io.h"
#include "runtime/object/names.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/arguments.h"
#include "runtime/types/codec_registry.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait::io {

int32_t checkAttached(TextIoObject* t) {
  if (t->ok && !t->detached) return 0;
  return t->detached ? fail(ValueErrorType, "underlying buffer has been detached")
                     : fail(ValueErrorType, "I/O operation on uninitialized object");
}
int32_t checkOpenSlowly(TextIoObject* t) {
  if (checkAttached(t) < 0) return -1;
  if (FileIoObject* file = fileBeneath(t)) return file->fd < 0 ? (raiseClosed(), -1) : 0;
  int32_t c = isClosed(t->buffer);
  if (c < 0) return -1;
  return c ? (raiseClosed(), -1) : 0;
}

namespace {

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
  if (n <= available(t)) return takeDecoded(t, n);
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
/// How long the next line is, if the file is open and what was read ahead is ASCII and has all of the line, which ends with a line
/// feed; else 0.
int64_t lengthOfAsciiLine(TextIoObject* t) {
  const StrObject* s = asStr(t->decoded);
  const Newlines& newlines = t->newlines;
  if (!(s->flags & kStrAscii) || !(newlines.translate || (!newlines.universal && newlines.write[0] == '\n'))) return 0;
  const uint8_t* from = s->data() + t->decodedPos;
  const auto* end = static_cast<const uint8_t*>(std::memchr(from, '\n', static_cast<size_t>(s->length - t->decodedPos)));
  const FileIoObject* file = end ? fileBeneath(t) : nullptr;
  return file && file->fd >= 0 ? end + 1 - from : 0;
}
/// Whether a line may be taken of what was read ahead, if there is one.
inline bool mayHoldLines(const TextIoObject* t) { return t->decoded && !t->pendingSize && t->readable; }
/// The next line if there is nothing to it, else null without an error. Most lines stand in what was read ahead.
inline Value asciiLine(TextIoObject* t) {
  const int64_t n = t->ok && !t->detached && mayHoldLines(t) ? lengthOfAsciiLine(t) : 0;
  if (!n) return {};
  const uint8_t* line = asStr(t->decoded)->data() + t->decodedPos;
  t->decodedPos += n;
  return newStrAscii(reinterpret_cast<const char*>(line), static_cast<size_t>(n));
}
Value readlineMethod(Value self, const Value* argv) {
  auto* t = asTextIo(self);
  Value line = argv[0] ? Value() : asciiLine(t);
  if (line || errorSet()) [[likely]] return line;
  int64_t n = -1;
  if (checkAttached(t) < 0 || !sizeArgument(argv[0], &n)) return Value();
  return readLine(t, n);
}
[[gnu::noinline]] Value nextLineAnyhow(Value self) {
  auto* t = asTextIo(self);
  if (checkAttached(t) < 0) return Value();
  t->telling = false;
  if (isExact(self, textIoWrapperType) && mayHoldLines(t)) {
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
Value nextLine(Value self) {
  auto* t = asTextIo(self);
  Value line = isExact(self, textIoWrapperType) ? asciiLine(t) : Value(); // a class may have a readline() of its own
  if (!line) return errorSet() ? Value() : nextLineAnyhow(self);
  t->telling = false;
  return line;
}

} // namespace

Value flushText(Value self) {
  auto* t = asTextIo(self);
  if (checkOpen(t) < 0) return Value();
  t->telling = t->seekable;
  return textFlush(t) < 0 ? Value() : newRef(none());
}

Value closeText(Value self) {
  auto* t = asTextIo(self);
  if (checkAttached(t) < 0) return Value();
  int32_t c = isClosed(t->buffer);
  if (c < 0) return Value();
  if (c) return newRef(none());
  if (t->finalizing) warnUnclosed(t->buffer, self);
  Ref flushed(flushStream(self));
  Ref pending = errorTake();
  Ref r(closeStream(t->buffer));
  if (pending) return errorChainContext(pending.release()), Value();
  return r.release();
}

namespace {

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
    const Ref oldName = Ref::share(t->encoding), oldErrors = Ref::share(t->errors);
    auto use = [t](Value encoding, Value errors) {
      chooseCodecs(t, encoding, errors);
      assign(t->encoding, newRef(encoding));
      assign(t->errors, newRef(errors));
    };
    use(name, Ref::share(errors));
    if (makeCodecs(t) < 0) return use(oldName, oldErrors), Value();
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
  learnToTakeAscii(t);
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
  StrBuilder out;
  bool ok = true;
  auto add = [&](Value owned) {
    Ref text(owned);
    ok = ok && text;
    if (ok) out.add(text.get());
  };
  out.addAscii("<_io.TextIOWrapper"); // whatever its class
  if (name) add(formatText(" name=%R", name.get()));
  if (mode) add(formatText(" mode=%R", mode.get()));
  add(formatText(" encoding=%R>", t->encoding));
  reprLeave(self);
  return ok ? out.take() : Value();
}

// ---- attributes --------------------------------------------------------------------------------

Value getBufferAttribute(Value self, void*) {
  const Value buffer = asTextIo(self)->buffer;
  return newRef(buffer ? buffer : none());
}
Value getEncoding(Value self, void*) {
  const Value encoding = asTextIo(self)->encoding;
  return newRef(encoding ? encoding : none());
}
Value getLineBuffering(Value self, void*) { return boolean(asTextIo(self)->lineBuffering); }
Value getWriteThrough(Value self, void*) { return boolean(asTextIo(self)->writeThrough); }
Value getFinalizing(Value self, void*) { return boolean(asTextIo(self)->finalizing); }
int32_t setFinalizing(Value self, Value v, void*) { return setBoolMember(&asTextIo(self)->finalizing, v); }
int32_t checkInitialised(TextIoObject* t) {
  return t->ok ? 0 : fail(ValueErrorType, "I/O operation on uninitialized object");
}
Value getErrors(Value self, void*) { return checkInitialised(asTextIo(self)) < 0 ? Value() : newRef(asTextIo(self)->errors); }
Value getNewlinesAttribute(Value self, void*) {
  auto* t = asTextIo(self);
  if (checkAttached(t) < 0) return Value();
  return t->newlines.universal ? newlinesSeen(t->newlines.seen) : newRef(none());
}
Value getName(Value self, void*) { return checkAttached(asTextIo(self)) < 0 ? Value() : getAttr(asTextIo(self)->buffer, NAME(name)); }
Value getClosed(Value self, void*) { return checkAttached(asTextIo(self)) < 0 ? Value() : getAttr(asTextIo(self)->buffer, NAME(closed)); }
Value getChunkSize(Value self, void*) { return checkAttached(asTextIo(self)) < 0 ? Value() : newInt(asTextIo(self)->chunkSize); }
int32_t setChunkSize(Value self, Value v, void*) {
  if (checkAttached(asTextIo(self)) < 0) return -1;
  if (!v) return fail(AttributeErrorType, "cannot delete attribute");
  int64_t n = toIndex(v, &ValueErrorType);
  if (n == -1 && errorSet()) return -1;
  if (n <= 0) return fail(ValueErrorType, "a strictly positive integer is required");
  asTextIo(self)->chunkSize = n;
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

/// The open file beneath a stream of ours, if nothing about the two is out of the ordinary: their attributes are what they were made with.
FileIoObject* isPlainlyOver(Value buffer) {
  if (!isNativeBuffered(buffer) || buffer.as<IoObject>()->dict) return nullptr;
  FileIoObject* file = fileBeneath(buffer.as<BufferedObject>());
  return file && isPlainFile(Value(&file->header)) ? file : nullptr;
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
  chooseCodecs(t, name, handler);
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
  t->overNative = isNativeBuffered(buffer);
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
  FileIoObject* file = isPlainlyOver(buffer);
  if (file) {
    t->readable = buffer.as<BufferedObject>()->canRead && file->readable;
    t->writable = buffer.as<BufferedObject>()->canWrite && file->writable;
    t->seekable = fileSeekable(file) > 0;
  } else if (!ask("readable", &t->readable) || !ask("writable", &t->writable) || !ask("seekable", &t->seekable)) {
    return -1;
  }
  t->telling = t->seekable;
  if (makeCodecs(t) < 0) return -1;
  learnToTakeAscii(t);
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
    {"flush", flushText, "($self, /)"},
    {"close", closeText, "($self, /)"},
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
    {},
};
constinit const GetSetDef getset[] = {
    {"errors", getErrors},
    {"newlines", getNewlinesAttribute},
    {"name", getName},
    {"closed", getClosed},
    {"_CHUNK_SIZE", getChunkSize, setChunkSize},
    {},
};
constinit const MemberDef members[] = {
    {"buffer", getBufferAttribute},
    {"encoding", getEncoding},
    {"line_buffering", getLineBuffering},
    {"write_through", getWriteThrough},
    {"_finalizing", getFinalizing, setFinalizing},
    {},
};

} // namespace

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
    .members = members,
    .constructorSignature =
        "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
};

} // namespace krait::io
