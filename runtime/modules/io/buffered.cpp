// BufferedReader, BufferedWriter, BufferedRandom.
//
// One buffer serves both directions: it either holds bytes read ahead or bytes
// waiting to be written. Before reading, waiting bytes are flushed; before writing
// (BufferedRandom), the raw stream is moved back over what was read ahead.
#include <cerrno>
#include <cstring>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/io/buffered.h"
#include "runtime/object/names.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait::io {

namespace {

Value writeMethod(Value self, Value data) {
  auto* b = asBuffered(self);
  if (checkReady(b) < 0) return Value();
  if (!b->canWrite) return raiseUnsupported("write");
  HeldBuffer view;
  if (!view.get(data)) return Value();
  return bufferedWrite(b, view.data(), view.size()) < 0 ? Value() : newInt(view.size());
}

} // namespace

Value flushBuffered(Value self) {
  auto* b = asBuffered(self);
  if (checkOpen(b, "flush of closed file") < 0) return Value();
  if (!b->canWrite) return flushStream(b->raw); // what was read ahead stays
  Locked locked(b);
  if (!locked.ok() || flushWrites(b) < 0) return Value();
  return b->canRead && rewindReads(b) < 0 ? Value() : newRef(none());
}

Value closeBuffered(Value self) {
  auto* b = asBuffered(self);
  if (checkReady(b) < 0) return Value();
  int32_t c = rawClosed(b);
  if (c < 0) return Value();
  if (c) return newRef(none());
  if (b->finalizing) warnUnclosed(b->raw, self);
  Ref flushed(flushStream(self));
  Ref pending = errorTake();
  Locked locked(b);
  if (!locked.ok()) return Value();
  Ref r(closeStream(b->raw));
  deallocate(b->buffer);
  b->buffer = nullptr;
  b->readPos = b->readEnd = b->writeEnd = 0;
  if (pending) return errorChainContext(pending.release()), Value();
  return r.release();
}

namespace {

Value warnMethod(Value self, Value source) {
  auto* b = asBuffered(self);
  if (b->ok && b->raw) warnUnclosed(b->raw, source);
  return newRef(none());
}

Value tellMethod(Value self) {
  auto* b = asBuffered(self);
  if (checkReady(b) < 0) return Value();
  int64_t n = rawTell(b);
  return n < 0 ? Value() : newInt(n - ahead(b) + b->writeEnd);
}

/// A position in a file; what is out of range is a ValueError here.
bool offsetArgument(Value v, int64_t* out) {
  *out = toInt64(v);
  if (*out != -1 || !errorSet()) return true;
  if (errorMatches(OverflowErrorType)) raise(ValueErrorType, "cannot fit '%.200T' into an offset-sized integer", v);
  return false;
}

Value seekMethod(Value self, const Value* argv) {
  auto* b = asBuffered(self);
  if (checkOpen(b, "seek of closed file") < 0) return Value();
  int64_t whence = argv[1] ? toInt64(argv[1]) : 0;
  if (whence == -1 && errorSet()) return Value();
  if (whence < 0 || whence > 4) return raise(ValueErrorType, "whence value %d unsupported", static_cast<int>(whence));
  Ref seekable(callMethod(b->raw, "seekable"));
  if (!seekable) return Value();
  int32_t able = isTrue(seekable);
  if (able < 0) return Value();
  if (!able) return raiseUnsupported("File or stream is not seekable.");
  int64_t target;
  if (!offsetArgument(argv[0], &target)) return Value();
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
  auto* b = asBuffered(self);
  if (checkOpen(b, "truncate of closed file") < 0) return Value();
  if (!b->canWrite) return raiseUnsupported("truncate");
  Locked locked(b);
  if (!locked.ok() || flushWrites(b) < 0 || rewindReads(b) < 0) return Value();
  Ref where(argv[0] && !isNone(argv[0]) ? newRef(argv[0]) : tellMethod(self));
  return where ? callMethod(b->raw, NAME(truncate), {where.get()}) : Value();
}

Value detachMethod(Value self) {
  auto* b = asBuffered(self);
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
  auto* b = asBuffered(self);
  return checkReady(b) < 0 ? Value() : callMethod(b->raw, method);
}
Value seekableMethod(Value self) { return forwardTo(self, "seekable"); }
Value filenoMethod(Value self) { return forwardTo(self, "fileno"); }
Value isattyMethod(Value self) { return forwardTo(self, "isatty"); }
Value readableMethod(Value self) { return isSubtype(typeOf(self), &bufferedWriterType) ? boolean(false) : forwardTo(self, "readable"); }
Value writableMethod(Value self) { return isSubtype(typeOf(self), &bufferedReaderType) ? boolean(false) : forwardTo(self, "writable"); }

Value sizeofMethod(Value self) { return newInt(static_cast<int64_t>(sizeof(BufferedObject)) + asBuffered(self)->size); }

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
  Value raw = asBuffered(self)->raw;
  return newRef(raw ? raw : none());
}
Value getFinalizing(Value self, void*) { return boolean(asBuffered(self)->finalizing); }
int32_t setFinalizing(Value self, Value v, void*) { return setBoolMember(&asBuffered(self)->finalizing, v); }
Value getClosed(Value self, void*) {
  auto* b = asBuffered(self);
  return checkReady(b) < 0 ? Value() : getAttr(b->raw, NAME(closed));
}
Value getName(Value self, void*) {
  auto* b = asBuffered(self);
  return checkReady(b) < 0 ? Value() : getAttr(b->raw, NAME(name));
}
Value getMode(Value self, void*) {
  auto* b = asBuffered(self);
  return checkReady(b) < 0 ? Value() : getAttr(b->raw, NAME(mode));
}

int32_t initialise(Value self, Value raw, int64_t size, bool canRead, bool canWrite) {
  auto* b = asBuffered(self);
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
  // A file that was opened for it need not be asked.
  const FileIoObject* file = isPlainFile(raw) ? raw.as<FileIoObject>() : nullptr;
  if (canRead && !(file && file->readable) && !require("readable", "File or stream is not readable.")) return -1;
  if (canWrite && !(file && file->writable) && !require("writable", "File or stream is not writable.")) return -1;
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
    size = toSize(argv[1]);
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
  {"flush", flushBuffered}, {"close", closeBuffered},                                                             \
      {"_dealloc_warn", warnMethod},                                                                          \
      {"seek", seekMethod, "($self, target, whence=0, /)"}, {"tell", tellMethod},                             \
      {"truncate", truncateMethod, "($self, pos=None, /)"}, {"detach", detachMethod},                         \
      {"seekable", seekableMethod}, {"readable", readableMethod},                                             \
      {"writable", writableMethod}, {"fileno", filenoMethod},                                                 \
      {"isatty", isattyMethod}, {"__sizeof__", sizeofMethod}

constinit const MethodDef readerMethods[] = {READ_ROWS, COMMON_ROWS, {}};
constinit const MethodDef writerMethods[] = {{"write", writeMethod, "($self, buffer, /)"}, COMMON_ROWS, {}};
constinit const MethodDef randomMethods[] = {READ_ROWS, {"write", writeMethod, "($self, buffer, /)"}, COMMON_ROWS, {}};
constinit const GetSetDef getset[] = {{"closed", getClosed}, {"name", getName}, {"mode", getMode}, {}};
constinit const MemberDef members[] = {
    {"raw", getRaw}, {"_finalizing", getFinalizing, setFinalizing}, {},
};

} // namespace

static int32_t writeLocked(BufferedObject* b, const void* data, int64_t n) {
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

int32_t bufferedWrite(BufferedObject* b, const void* data, int64_t n) {
  if (n > b->size - b->writeEnd || ahead(b) || !isAtRest(b)) return writeLocked(b, data, n);
  b->readPos = b->readEnd = 0;
  memcpy(b->buffer + b->writeEnd, data, static_cast<size_t>(n));
  b->writeEnd += n;
  return 0;
}

Value newBuffered(Type* type, Value raw, int64_t size) {
  Ref o(ioConstruct(type, Args{}));
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
      .construct = ioConstruct,                                                                               \
      .methods = methodTable,                                                                                 \
      .getset = getset,                                                                                       \
      .members = members,                                                                                     \
      .constructorSignature = "(raw, buffer_size=DEFAULT_BUFFER_SIZE)",                                       \
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
