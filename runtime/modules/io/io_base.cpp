// _IOBase, _RawIOBase, _BufferedIOBase, _TextIOBase: the abstract streams, in
// terms of the methods that subclasses define.
#include <cstring>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/io/io_objects.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::io {

namespace {
Value unsupported; // owned by the module for the life of the process
}

Value unsupportedOperationType() {
  if (unsupported) return unsupported;
  Ref name(internStr("UnsupportedOperation")), bases(newTuple({asValue(&OSErrorType), asValue(&ValueErrorType)})), ns(newDict());
  Ref module(internStr("io"));
  if (!name || !bases || !ns || !module || dictSet(ns, NAME(__module__), module) < 0) return Value();
  unsupported = newType(asValue(&typeType), name, bases, ns, Value());
  return unsupported;
}

Value raiseUnsupported(const char* message) {
  Value t = unsupportedOperationType();
  return t ? raise(*t.as<Type>(), "%s", message) : Value();
}
Value raiseClosed() { return raise(ValueErrorType, "I/O operation on closed file."); }

int ioTraverse(Object* o, Visit visit, void* context) { return visit(reinterpret_cast<IoObject*>(o)->dict, context); }
Value ioConstruct(Type* t, const Args&) {
  Value o = allocateOf(t, 0);
  if (o) gcTrack(o.object());
  return o;
}
void ioClear(Object* o) { clear(reinterpret_cast<IoObject*>(o)->dict); }

int32_t isClosed(Value stream) {
  if (isExact(stream, bytesIoType)) return stream.as<BytesIoObject>()->closed;
  if (isExact(stream, fileIoType)) return stream.as<FileIoObject>()->fd < 0;
  const FileIoObject* file = nullptr;
  if (isNativeBuffered(stream)) file = fileBeneath(stream.as<BufferedObject>());
  else if (isExact(stream, textIoWrapperType) && stream.as<TextIoObject>()->ok && !stream.as<TextIoObject>()->detached) file = fileBeneath(stream.as<TextIoObject>());
  if (file) return file->fd < 0;
  Ref v(getAttr(stream, NAME(closed)));
  return v ? isTrue(v) : -1;
}

bool isOwnMethod(Value stream, Value name) {
  const Value attributes = stream.as<IoObject>()->dict;
  return !attributes || !dictGet(attributes, name);
}

int32_t checkClosed(Value self, const char* message) {
  int32_t c = isClosed(self);
  if (c < 0) return -1;
  return c ? fail(ValueErrorType, "%s", message ? message : "I/O operation on closed file.") : 0;
}

/// Finalizer of every stream: an unclosed one is closed, errors are dropped as CPython's release build does.
void ioFinalize(Object* o) {
  Ref pending = errorTake();
  Value self(o);
  int32_t closed = isClosed(self);
  if (closed < 0) errorClear();
  if (closed == 0) {
    Ref mark(boolean(true));
    if (setAttr(self, "_finalizing", mark) < 0) errorClear();
    Ref r(closeStream(self));
    if (!r) errorClear();
  }
  if (pending) errorRestore(pending.release());
}

void warnUnclosed(Value stream, Value source) {
  Ref r(callMethod(stream, "_dealloc_warn", {source}));
  if (!r) errorClear();
}

bool ioCloseDying(Object* o) {
  // Subclasses' instances and what the collector found were finalized before.
  if (isHeapType(typeOfObject(o)) || gcIsFinalized(o)) return true;
  o->refs = 1;
  ioFinalize(o);
  gcSetFinalized(o);
  return --o->refs == 0;
}

namespace {

Value seekBase(Value, const Args&) { return raiseUnsupported("seek"); }
Value truncateBase(Value, const Args&) { return raiseUnsupported("truncate"); }
Value filenoBase(Value) { return raiseUnsupported("fileno"); }
Value tellBase(Value self) { return callMethod(self, "seek", {Value::ofSmallInt(0), Value::ofSmallInt(1)}); }

Value closedName() {
  static const Value name = internStr("__IOBase_closed");
  return name;
}
Value closedMark(Value self) {
  Value d = instanceDict(self.object());
  return d ? dictGet(d, closedName()) : Value();
}
Value getClosedBase(Value self, void*) {
  Value mark = closedMark(self);
  return errorSet() ? Value() : boolean(static_cast<bool>(mark));
}
Value flushBase(Value self) {
  if (closedMark(self)) return raiseClosed();
  return errorSet() ? Value() : newRef(none());
}
} // namespace

Value closeBase(Value self) {
  if (closedMark(self)) return newRef(none());
  Ref r(flushStream(self));
  Ref pending = errorTake();
  bool isMarked = true;
  if (isHeapType(typeOf(self))) isMarked = setAttr(self, closedName(), boolean(true)) == 0;
  else if (const Value d = instanceDict(self.object()); d && dictSet(d, closedName(), boolean(true)) < 0) errorClear();
  if (pending) errorChainContext(pending.release());
  return r && isMarked ? newRef(none()) : Value();
}

Value closeStream(Value stream) {
  if (isExact(stream, textIoWrapperType) && isOwnMethod(stream, NAME(close))) return closeText(stream);
  if (isNativeBuffered(stream) && isOwnMethod(stream, NAME(close))) return closeBuffered(stream);
  if (isExact(stream, fileIoType) && isOwnMethod(stream, NAME(close))) return closeFile(stream);
  return callMethod(stream, NAME(close));
}
Value flushStream(Value stream) {
  if (isExact(stream, textIoWrapperType) && isOwnMethod(stream, NAME(flush))) return flushText(stream);
  if (isNativeBuffered(stream) && isOwnMethod(stream, NAME(flush))) return flushBuffered(stream);
  if (isExact(stream, fileIoType) && isOwnMethod(stream, NAME(flush))) return flushBase(stream);
  return callMethod(stream, NAME(flush));
}

namespace {

Value falseMethod(Value) { return boolean(false); }
Value isattyBase(Value self) { return checkClosed(self) < 0 ? Value() : boolean(false); }

Value checkAbility(Value self, const char* method, const char* message) {
  Ref r(callMethod(self, method));
  if (!r) return Value();
  if (r.get() != boolean(true)) return raiseUnsupported(message);
  return r.release();
}
Value checkSeekable(Value self) { return checkAbility(self, "seekable", "File or stream is not seekable."); }
Value checkReadable(Value self) { return checkAbility(self, "readable", "File or stream is not readable."); }
Value checkWritable(Value self) { return checkAbility(self, "writable", "File or stream is not writable."); }
Value checkClosedMethod(Value self) { return checkClosed(self) < 0 ? Value() : newRef(none()); }

Value enter(Value self) { return checkClosed(self) < 0 ? Value() : newRef(self); }
Value exitMethod(Value self, const Args&) { return closeStream(self); }
Value iterSelf(Value self) { return checkClosed(self) < 0 ? Value() : newRef(self); }
Value nextLine(Value self) {
  Ref line(callMethod(self, NAME(readline)));
  if (!line) return Value();
  int64_t n = length(line);
  return n > 0 ? line.release() : Value();
}

/// readline by way of peek (if there is one) and read.
Value readlineBase(Value self, const Value* argv) {
  int64_t limit;
  if (!optionalSizeArgument(argv[0], &limit)) return Value();
  Ref peek(getAttrOptional(self, NAME(peek)));
  if (!peek && errorSet()) return Value();
  Ref line(newByteArray(nullptr, 0));
  if (!line) return Value();
  auto lineSize = [&] { return line.as<ByteArrayObject>()->size; };
  while (limit < 0 || lineSize() < limit) {
    int64_t want = 1;
    if (peek) {
      Ref ahead(call(peek, {Value::ofSmallInt(1)}));
      if (!ahead) return Value();
      if (!isBytes(ahead)) return raise(OSErrorType, "peek() should have returned a bytes object, not '%.200T'", ahead.get());
      std::string_view data = bytesView(ahead);
      if (!data.empty()) {
        size_t newline = data.find('\n');
        want = static_cast<int64_t>(newline == std::string_view::npos ? data.size() : newline + 1);
        if (limit >= 0) want = std::min(want, limit - lineSize());
      }
    }
    Ref piece(callMethod(self, NAME(read), {Value::ofSmallInt(want)}));
    if (!piece) return Value();
    if (!isBytes(piece)) return raise(OSErrorType, "read() should have returned a bytes object, not '%.200T'", piece.get());
    if (bytesView(piece).empty()) break;
    Ref grown(callMethod(line, "extend", {piece.get()}));
    if (!grown) return Value();
    if (bytesView(piece).back() == '\n') break;
  }
  auto* b = line.as<ByteArrayObject>();
  return newBytes(b->size ? b->start : reinterpret_cast<const uint8_t*>(""), static_cast<size_t>(b->size));
}

Value readlinesBase(Value self, const Value* argv) {
  int64_t hint;
  if (!optionalSizeArgument(argv[0], &hint)) return Value();
  if (hint <= 0) return toList(self);
  Ref list(newList(0)), it(iterate(self));
  if (!list || !it) return Value();
  for (int64_t total = 0; total <= hint;) {
    Ref line(next(it));
    if (!line) {
      if (errorSet()) return Value();
      break;
    }
    if (listAppend(list, line) < 0) return Value();
    int64_t n = length(line);
    if (n < 0) return Value();
    total += n;
  }
  return list.release();
}

Value writelinesBase(Value self, Value lines) {
  if (checkClosed(self) < 0) return Value();
  Ref it(iterate(lines));
  if (!it) return Value();
  for (;;) {
    Ref line(next(it));
    if (!line) break;
    Ref r(callMethod(self, NAME(write), {line.get()}));
    if (!r) return Value();
  }
  return errorSet() ? Value() : newRef(none());
}

int32_t ioInit(Value, const Args&) { return 0; }
void ioDealloc(Object* o) {
  if (!ioCloseDying(o)) return;
  gcUntrack(o);
  if (reinterpret_cast<IoObject*>(o)->weakrefs) clearWeakrefs(o);
  ioClear(o);
  freeObject(o);
}

constinit const MethodDef baseMethods[] = {
    {"seek", seekBase},
    {"tell", tellBase, "($self, /)"},
    {"truncate", truncateBase},
    {"flush", flushBase, "($self, /)"},
    {"close", closeBase, "($self, /)"},
    {"seekable", falseMethod, "($self, /)"},
    {"readable", falseMethod, "($self, /)"},
    {"writable", falseMethod, "($self, /)"},
    {"_checkClosed", checkClosedMethod},
    {"_checkSeekable", checkSeekable},
    {"_checkReadable", checkReadable},
    {"_checkWritable", checkWritable},
    {"fileno", filenoBase, "($self, /)"},
    {"isatty", isattyBase, "($self, /)"},
    {"__enter__", enter},
    {"__exit__", exitMethod, nullptr, kMethodPositional},
    {"readline", readlineBase, "($self, size=-1, /)"},
    {"readlines", readlinesBase, "($self, hint=-1, /)"},
    {"writelines", writelinesBase, "($self, lines, /)"},
    {},
};
constinit const GetSetDef baseGetSet[] = {
    {"__dict__", getInstanceDict, nullptr},
    {"closed", getClosedBase},
    {},
};

// ---- _RawIOBase --------------------------------------------------------------------------------

Value readAllRaw(Value self) {
  Ref chunks(newList(0));
  for (;;) {
    Ref data(callMethod(self, NAME(read), {Value::ofSmallInt(kDefaultBufferSize)}));
    if (!data) return Value();
    if (isNone(data)) {
      if (asList(chunks)->size == 0) return data.release();
      break;
    }
    if (!isBytes(data)) return raise(TypeErrorType, "read() should return bytes");
    if (bytesView(data).empty()) break;
    if (listAppend(chunks, data) < 0) return Value();
  }
  Ref empty(newBytes(std::string_view()));
  return callMethod(empty, NAME(join), {chunks.get()});
}

Value readRaw(Value self, const Value* argv) {
  int64_t n;
  if (!optionalSizeArgument(argv[0], &n)) return Value();
  if (n < 0) return callMethod(self, "readall");
  Ref space(newByteArray(nullptr, static_cast<size_t>(n)));
  Ref got(space ? callMethod(self, NAME(readinto), {space.get()}) : Value());
  if (!got || isNone(got)) return got.release();
  int64_t count = toIndex(got, &ValueErrorType);
  if (count == -1 && errorSet()) return Value();
  return newBytes(space.as<ByteArrayObject>()->start, static_cast<size_t>(std::min(count, n)));
}

/// What a subclass has to bring; whatever the arguments are.
Value leftToSubclass(Value, const Args&) { return raiseObject(NotImplementedErrorType, Value()); }

constinit const MethodDef rawMethods[] = {
    {"read", readRaw, "($self, size=-1, /)"},
    {"readall", readAllRaw, "($self, /)"},
    {"readinto", leftToSubclass},
    {"write", leftToSubclass},
    {},
};

// ---- _BufferedIOBase, _TextIOBase --------------------------------------------------------------

Value readBuffered(Value, const Args&) { return raiseUnsupported("read"); }
Value read1Buffered(Value, const Args&) { return raiseUnsupported("read1"); }
Value writeUnsupported(Value, const Args&) { return raiseUnsupported("write"); }
Value detachUnsupported(Value, const Args&) { return raiseUnsupported("detach"); }

Value readIntoWith(Value self, Value target, const char* method, const char* argument) {
  Buffer view;
  if (!writableArgument(argument, target, &view)) return Value();
  Ref size(newInt(view.bytes));
  Ref data(callMethod(self, method, {size.get()}));
  Value result;
  if (data && !isBytes(data)) {
    raise(TypeErrorType, "read() should return bytes");
  } else if (data) {
    std::string_view bytes = bytesView(data);
    if (static_cast<int64_t>(bytes.size()) > view.bytes) {
      raise(ValueErrorType, "read() returned too much data: %zd bytes requested, %zd returned",
            static_cast<size_t>(view.bytes), bytes.size());
    } else {
      memcpy(view.data, bytes.data(), bytes.size());
      result = newInt(static_cast<int64_t>(bytes.size()));
    }
  }
  releaseBuffer(&view);
  return result;
}
Value readIntoBuffered(Value self, Value target) { return readIntoWith(self, target, "read", "readinto() argument"); }
Value readInto1Buffered(Value self, Value target) { return readIntoWith(self, target, "read1", "readinto1() argument"); }

constinit const MethodDef bufferedMethods[] = {
    {"detach", detachUnsupported}, {"read", readBuffered},
    {"read1", read1Buffered},      {"write", writeUnsupported},
    {"readinto", readIntoBuffered, "($self, buffer, /)"},
    {"readinto1", readInto1Buffered, "($self, buffer, /)"},
    {},
};

Value readlineText(Value, const Args&) { return raiseUnsupported("readline"); }
Value getNone(Value, void*) { return newRef(none()); }
constinit const MethodDef textMethods[] = {
    {"detach", detachUnsupported}, {"read", readBuffered}, {"readline", readlineText}, {"write", writeUnsupported}, {},
};
constinit const GetSetDef textGetSet[] = {{"encoding", getNone}, {"newlines", getNone}, {"errors", getNone}, {}};

} // namespace

#define KRAIT_IO_BASE(variable, text, baseType, methodTable, getsetTable)                                     \
  constinit Type variable = {                                                                                 \
      .header = KRAIT_STATIC_HEADER(typeType),                                                                \
      .name = text,                                                                                           \
      .base = baseType,                                                                                       \
      .flags = kTypeBaseType,                                                                                 \
      .instanceLayout = {.type = &variable, .size = sizeof(IoObject), .flags = kLayoutGc,                     \
                         .dictOffset = offsetof(IoObject, dict), .weakOffset = offsetof(IoObject, weakrefs)}, \
      .dealloc = ioDealloc,                                                                                   \
      .traverse = ioTraverse,                                                                                 \
      .clear = ioClear,                                                                                       \
      .finalize = ioFinalize,                                                                                 \
      .iter = iterSelf,                                                                                       \
      .next = nextLine,                                                                                       \
      .init = ioInit,                                                                                         \
      .construct = ioConstruct,                                                                               \
      .methods = methodTable,                                                                                 \
      .getset = getsetTable,                                                                                  \
  }
KRAIT_IO_BASE(ioBaseType, "_io._IOBase", &objectType, baseMethods, baseGetSet);
KRAIT_IO_BASE(rawIoBaseType, "_io._RawIOBase", &ioBaseType, rawMethods, nullptr);
KRAIT_IO_BASE(bufferedIoBaseType, "_io._BufferedIOBase", &ioBaseType, bufferedMethods, nullptr);
KRAIT_IO_BASE(textIoBaseType, "_io._TextIOBase", &ioBaseType, textMethods, textGetSet);

} // namespace krait::io
