// BytesIO: a buffered stream over memory.
#include <cstring>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/io/io_objects.h"
#include "runtime/object/names.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace krait::io {

namespace {

BytesIoObject* self_(Value v) { return v.as<BytesIoObject>(); }
int32_t checkOpen(BytesIoObject* b) { return b->closed ? (raiseClosed(), -1) : 0; }
int32_t checkExports(BytesIoObject* b) {
  return b->exports ? fail(BufferErrorType, "Existing exports of data: object cannot be re-sized") : 0;
}

int32_t reserve(BytesIoObject* b, int64_t n) {
  if (n <= b->capacity) return 0;
  int64_t want = std::max(n, b->capacity + b->capacity / 8 + 64); // never near the end of int64_t
  auto* p = static_cast<uint8_t*>(reallocate(b->data, static_cast<size_t>(want)));
  if (!p) return -1;
  b->data = p;
  b->capacity = want;
  return 0;
}

int64_t writeBytes(BytesIoObject* b, const void* data, int64_t n) {
  if (n == 0) return 0;
  if (n > INT64_MAX - b->position) return fail(OverflowErrorType, "new buffer size too large");
  if (reserve(b, b->position + n) < 0) return -1;
  if (b->position > b->size) memset(b->data + b->size, 0, static_cast<size_t>(b->position - b->size));
  memcpy(b->data + b->position, data, static_cast<size_t>(n));
  b->position += n;
  b->size = std::max(b->size, b->position);
  return n;
}

Value slice(BytesIoObject* b, int64_t from, int64_t n) {
  return newBytes(n > 0 ? b->data + from : reinterpret_cast<const uint8_t*>(""), static_cast<size_t>(std::max<int64_t>(n, 0)));
}

Value readMethod(Value self, const Value* argv) {
  auto* b = self_(self);
  int64_t n;
  if (!optionalSizeArgument(argv[0], &n) || checkOpen(b) < 0) return Value();
  int64_t left = std::max<int64_t>(b->size - b->position, 0);
  if (n < 0 || n > left) n = left;
  Value r = slice(b, b->position, n);
  if (r) b->position += n;
  return r;
}

int64_t lineLength(BytesIoObject* b, int64_t limit) {
  int64_t left = std::max<int64_t>(b->size - b->position, 0);
  if (limit >= 0) left = std::min(left, limit);
  if (!left) return 0;
  auto* from = b->data + b->position;
  auto* newline = static_cast<uint8_t*>(memchr(from, '\n', static_cast<size_t>(left)));
  return newline ? newline - from + 1 : left;
}
Value readLine(BytesIoObject* b, int64_t limit) {
  int64_t n = lineLength(b, limit);
  Value r = slice(b, b->position, n);
  if (r) b->position += n;
  return r;
}
Value readlineMethod(Value self, const Value* argv) {
  int64_t n;
  if (!optionalSizeArgument(argv[0], &n) || checkOpen(self_(self)) < 0) return Value();
  return readLine(self_(self), n);
}
Value readlinesMethod(Value self, const Value* argv) {
  auto* b = self_(self);
  int64_t hint;
  if (!optionalSizeArgument(argv[0], &hint) || checkOpen(b) < 0) return Value();
  Ref list(newList(0));
  for (int64_t total = 0; list && b->position < b->size && (hint <= 0 || total < hint);) {
    Ref line(readLine(b, -1));
    if (!line || listAppend(list, line) < 0) return Value();
    total += static_cast<int64_t>(bytesView(line).size());
  }
  return list.release();
}
Value nextLine(Value self) {
  auto* b = self_(self);
  if (checkOpen(b) < 0 || b->position >= b->size) return Value();
  const int64_t n = lineLength(b, -1);
  const Value line = newBytes(b->data + b->position, static_cast<size_t>(n));
  if (line) b->position += n;
  return line;
}

Value readintoMethod(Value self, Value target) {
  auto* b = self_(self);
  Buffer view;
  if (!writableArgument("readinto() argument", target, &view)) return Value();
  if (checkOpen(b) < 0) return releaseBuffer(&view), Value();
  int64_t n = std::min(view.bytes, std::max<int64_t>(b->size - b->position, 0));
  if (n) memcpy(view.data, b->data + b->position, static_cast<size_t>(n));
  b->position += n;
  releaseBuffer(&view);
  return newInt(n);
}

Value writeMethod(Value self, Value data) {
  auto* b = self_(self);
  if (checkOpen(b) < 0 || checkExports(b) < 0) return Value();
  if (isExactBytes(data)) { // mostly: nothing has to be asked of them
    const auto* bytes = data.as<BytesObject>();
    return writeBytes(b, bytes->data, bytes->size) < 0 ? Value() : newInt(bytes->size);
  }
  Buffer view;
  if (getBuffer(data, &view, kBufferSimple) < 0) return Value();
  int64_t n = writeBytes(b, view.data, view.bytes);
  releaseBuffer(&view);
  return n < 0 ? Value() : newInt(n);
}

Value seekMethod(Value self, const Value* argv) {
  auto* b = self_(self);
  if (checkOpen(b) < 0) return Value();
  int64_t to = toSize(argv[0]);
  if (to == -1 && errorSet()) return Value();
  int64_t whence = argv[1] ? toInt64(argv[1]) : 0;
  if (whence == -1 && errorSet()) return Value();
  if (whence == 0 && to < 0) return raise(ValueErrorType, "negative seek value %lld", static_cast<long long>(to));
  if (whence == 1) to += b->position;
  else if (whence == 2) to += b->size;
  else if (whence != 0) return raise(ValueErrorType, "invalid whence (%d, should be 0, 1 or 2)", static_cast<int>(whence));
  b->position = std::max<int64_t>(to, 0);
  return newInt(b->position);
}
Value tellMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : newInt(self_(self)->position); }
Value truncateMethod(Value self, const Value* argv) {
  auto* b = self_(self);
  if (checkOpen(b) < 0 || checkExports(b) < 0) return Value();
  int64_t n = b->position;
  if (argv[0] && !isNone(argv[0])) {
    if (!optionalSizeArgument(argv[0], &n)) return Value();
    if (n < 0) return raise(ValueErrorType, "negative size value %lld", static_cast<long long>(n));
  }
  if (n < b->size) b->size = n;
  return newInt(n);
}
Value getvalueMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : slice(self_(self), 0, self_(self)->size); }
Value closeMethod(Value self) {
  auto* b = self_(self);
  if (checkExports(b) < 0) return Value();
  deallocate(b->data);
  b->data = nullptr;
  b->size = b->capacity = 0;
  b->closed = true;
  return newRef(none());
}
Value trueMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : boolean(true); }
Value falseMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : boolean(false); }
Value noneMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : newRef(none()); }
Value getClosed(Value self, void*) { return boolean(self_(self)->closed); }

Value getbufferMethod(Value self) {
  if (checkOpen(self_(self)) < 0) return Value();
  Object* o = newObject(&bytesIoBufferType.instanceLayout);
  if (!o) return Value();
  reinterpret_cast<BytesIoBufferObject*>(o)->source = newRef(self);
  gcTrack(o);
  Ref exporter{Value(o)};
  return call(asValue(&memoryviewType), {exporter.get()});
}

Value getstateMethod(Value self) {
  Ref content(getvalueMethod(self)), position(newInt(self_(self)->position));
  Value d = self_(self)->dict;
  Ref copy(content ? (d ? dictCopy(d) : newRef(none())) : Value());
  return copy ? newTuple({content.get(), position.get(), copy.get()}) : Value();
}
Value setstateMethod(Value self, Value state) {
  auto* b = self_(self);
  if (checkOpen(b) < 0) return Value();
  if (!isTuple(state) || asTuple(state)->size < 3)
    return raise(TypeErrorType, "%.200T.__setstate__ argument should be 3-tuple, got %.200T", self, state);
  if (checkExports(b) < 0) return Value();
  b->size = b->position = 0;
  Ref r(writeMethod(self, asTuple(state)->items[0]));
  if (!r) return Value();
  Value at = asTuple(state)->items[1];
  if (!isInt(at)) return raise(TypeErrorType, "second item of state must be an integer, not %.200T", at);
  int64_t position = toSize(at);
  if (position == -1 && errorSet()) return Value();
  if (position < 0) return raise(ValueErrorType, "position value cannot be negative");
  b->position = position;
  Value d = asTuple(state)->items[2];
  if (!isNone(d)) {
    if (!isDict(d))
      return raise(TypeErrorType, "third item of state should be a dict, got a %.200T", d);
    Value mine = instanceDict(self.object());
    if (!mine || dictMerge(mine, d, 1) < 0) return Value();
  }
  return newRef(none());
}
Value sizeofMethod(Value self) { return newInt(static_cast<int64_t>(sizeof(BytesIoObject)) + self_(self)->capacity); }

int32_t init(Value self, const Args& args) {
  Value argv[1];
  Ref holder[2];
  if (bindArguments("BytesIO", "(initial_bytes=b'')", args, argv, 1, holder) < 0) return -1;
  auto* b = self_(self);
  if (checkExports(b) < 0) return -1;
  b->size = b->position = 0;
  b->closed = false;
  if (!argv[0] || isNone(argv[0])) return 0;
  Ref r(writeMethod(self, argv[0]));
  b->position = 0;
  return r ? 0 : -1;
}
void dealloc(Object* o) {
  gcUntrack(o);
  auto* b = reinterpret_cast<BytesIoObject*>(o);
  if (b->weakrefs) clearWeakrefs(o);
  clear(b->dict);
  deallocate(b->data);
  freeObject(o);
}

constinit const MethodDef methods[] = {
    {"read", readMethod, "($self, size=-1, /)"},
    {"read1", readMethod, "($self, size=-1, /)"},
    {"readline", readlineMethod, "($self, size=-1, /)"},
    {"readlines", readlinesMethod, "($self, size=None, /)"},
    {"readinto", readintoMethod, "($self, buffer, /)"},
    {"write", writeMethod, "($self, b, /)"},
    {"seek", seekMethod, "($self, pos, whence=0, /)"},
    {"tell", tellMethod, "($self, /)"},
    {"truncate", truncateMethod, "($self, size=None, /)"},
    {"getvalue", getvalueMethod, "($self, /)"},
    {"getbuffer", getbufferMethod, "($self, /)"},
    {"close", closeMethod, "($self, /)"},
    {"flush", noneMethod, "($self, /)"},
    {"isatty", falseMethod, "($self, /)"},
    {"readable", trueMethod, "($self, /)"},
    {"writable", trueMethod, "($self, /)"},
    {"seekable", trueMethod, "($self, /)"},
    {"__getstate__", getstateMethod},
    {"__setstate__", setstateMethod},
    {"__sizeof__", sizeofMethod},
    {},
};
constinit const GetSetDef getset[] = {{"closed", getClosed}, {}};

int32_t exportBuffer(Value self, Buffer* out, uint32_t) {
  auto* b = self_(self.as<BytesIoBufferObject>()->source);
  if (checkOpen(b) < 0) return -1;
  out->owner = newRef(self);
  out->data = b->data ? static_cast<void*>(b->data) : const_cast<char*>("");
  out->bytes = b->size;
  out->readOnly = false;
  ++b->exports;
  return 0;
}
void releaseExport(Value self, Buffer*) { --self_(self.as<BytesIoBufferObject>()->source)->exports; }
int traverseExport(Object* o, Visit visit, void* context) { return visit(reinterpret_cast<BytesIoBufferObject*>(o)->source, context); }
void clearExport(Object* o) { clear(reinterpret_cast<BytesIoBufferObject*>(o)->source); }
void deallocExport(Object* o) {
  gcUntrack(o);
  clearExport(o);
  freeObject(o);
}
constinit const BufferSlots exportSlots = {exportBuffer, releaseExport};

} // namespace

constinit Type bytesIoType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_io.BytesIO",
    .base = &bufferedIoBaseType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &bytesIoType, .size = sizeof(BytesIoObject), .flags = kLayoutGc,
                       .dictOffset = offsetof(IoObject, dict), .weakOffset = offsetof(IoObject, weakrefs)},
    .dealloc = dealloc,
    .traverse = ioTraverse,
    .clear = ioClear,
    .next = nextLine,
    .init = init,
    .construct = ioConstruct,
    .methods = methods,
    .getset = getset,
    .constructorSignature = "(initial_bytes=b'')",
};

constinit Type bytesIoBufferType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_io._BytesIOBuffer",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &bytesIoBufferType, .size = sizeof(BytesIoBufferObject), .flags = kLayoutGc},
    .dealloc = deallocExport,
    .traverse = traverseExport,
    .clear = clearExport,
    .buffer = &exportSlots,
};

} // namespace krait::io
