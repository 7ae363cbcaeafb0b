// BufferedRWPair: a reader and a writer under one roof.
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/io/io_objects.h"
#include "runtime/object/names.h"
#include "runtime/types/arguments.h"
#include "runtime/types/int.h"

namespace krait::io {

namespace {

RwPairObject* self_(Value v) { return v.as<RwPairObject>(); }

int32_t init(Value self, const Args& args) {
  Value argv[3];
  Ref holder[2];
  if (bindArguments("BufferedRWPair", "(reader, writer, buffer_size=8192, /)", args, argv, 3, holder) < 0) return -1;
  int64_t size = argv[2] ? toSize(argv[2]) : kDefaultBufferSize;
  if (size == -1 && errorSet()) return -1;
  assign(self_(self)->reader, newBuffered(&bufferedReaderType, argv[0], size));
  if (!self_(self)->reader) return -1;
  assign(self_(self)->writer, newBuffered(&bufferedWriterType, argv[1], size));
  return self_(self)->writer ? 0 : -1;
}

Value forward(Value part, const char* method, const Args& args) {
  if (!part) return raise(ValueErrorType, "I/O operation on uninitialized object");
  Ref f(getAttr(part, method));
  return f ? call(f, args) : Value();
}
Value readMethod(Value self, const Args& a) { return forward(self_(self)->reader, "read", a); }
Value read1Method(Value self, const Args& a) { return forward(self_(self)->reader, "read1", a); }
Value peekMethod(Value self, const Args& a) { return forward(self_(self)->reader, "peek", a); }
Value readintoMethod(Value self, const Args& a) { return forward(self_(self)->reader, "readinto", a); }
Value readinto1Method(Value self, const Args& a) { return forward(self_(self)->reader, "readinto1", a); }
Value readableMethod(Value self, const Args& a) { return forward(self_(self)->reader, "readable", a); }
Value writeMethod(Value self, const Args& a) { return forward(self_(self)->writer, "write", a); }
Value flushMethod(Value self, const Args& a) { return forward(self_(self)->writer, "flush", a); }
Value writableMethod(Value self, const Args& a) { return forward(self_(self)->writer, "writable", a); }
Value closeMethod(Value self, const Args& a) {
  Ref w(forward(self_(self)->writer, "close", a));
  Ref pending = errorTake();
  Ref r(forward(self_(self)->reader, "close", a));
  if (pending) return errorChainContext(pending.release()), Value();
  return r.release();
}
Value isattyMethod(Value self, const Args& a) {
  Ref w(forward(self_(self)->writer, "isatty", a));
  if (!w) return Value();
  int32_t yes = isTrue(w);
  if (yes < 0) return Value();
  return yes ? w.release() : forward(self_(self)->reader, "isatty", a);
}
Value getClosed(Value self, void*) {
  if (!self_(self)->writer) return raise(RuntimeErrorType, "the BufferedRWPair object is being garbage-collected");
  return getAttr(self_(self)->writer, NAME(closed));
}
int traverse(Object* o, Visit visit, void* context) {
  auto* p = reinterpret_cast<RwPairObject*>(o);
  if (int r = visit(p->reader, context)) return r;
  if (int r = visit(p->writer, context)) return r;
  return ioTraverse(o, visit, context);
}
void clearParts(Object* o) {
  clear(reinterpret_cast<RwPairObject*>(o)->reader);
  clear(reinterpret_cast<RwPairObject*>(o)->writer);
  ioClear(o);
}
void dealloc(Object* o) {
  gcUntrack(o);
  if (reinterpret_cast<IoObject*>(o)->weakrefs) clearWeakrefs(o);
  clearParts(o);
  freeObject(o);
}

constinit const MethodDef methods[] = {
    {"read", readMethod},         {"read1", read1Method},   {"peek", peekMethod},         {"readinto", readintoMethod},
    {"readinto1", readinto1Method}, {"write", writeMethod}, {"flush", flushMethod},       {"close", closeMethod},
    {"readable", readableMethod}, {"writable", writableMethod}, {"isatty", isattyMethod}, {},
};
constinit const GetSetDef getset[] = {{"closed", getClosed}, {}};

} // namespace

constinit Type bufferedRwPairType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_io.BufferedRWPair",
    .base = &bufferedIoBaseType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &bufferedRwPairType, .size = sizeof(RwPairObject), .flags = kLayoutGc,
                       .dictOffset = offsetof(IoObject, dict), .weakOffset = offsetof(IoObject, weakrefs)},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .init = init,
    .construct = ioConstruct,
    .methods = methods,
    .getset = getset,
    .constructorSignature = "(reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)",
};

} // namespace krait::io
