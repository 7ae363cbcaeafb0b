// What `await future` goes through: hands the future out once, and ends with its result.
#include <cstddef>

#include "runtime/abi/code.h"
#include "runtime/exceptions/exception.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/asyncio/asyncio_objects.h"
#include "runtime/types/function.h"
#include "runtime/types/generator_protocol.h"

namespace krait::asyncio {

namespace {

struct IteratorObject {
  Object header;
  Value future; // null: it is over
};

/// ResumeResult; *out owned.
int32_t advance(Value self, Value* out) {
  auto* it = self.as<IteratorObject>();
  if (!it->future) {
    *out = newRef(none());
    return kResumeReturn;
  }
  FutureObject* f = asFuture(it->future);
  if (f->state == State::Pending) {
    if (f->blocking) return fail(RuntimeErrorType, "await wasn't used with future"), kResumeRaise;
    f->blocking = true;
    *out = newRef(it->future);
    return kResumeYield;
  }
  Ref future(it->future);
  it->future = Value();
  Value found;
  const int32_t kind = outcomeOf(f, &found);
  if (kind == 0) return *out = found, kResumeReturn;
  if (kind > 0) raiseInstance(found);
  return kResumeRaise;
}

int32_t sendSlot(Value self, Value sent, Value* out) {
  Ref ignored(sent);
  return advance(self, out);
}

Value next(Value self) {
  Value out;
  const int32_t kind = advance(self, &out);
  if (kind == kResumeYield) return out;
  if (kind == kResumeReturn) {
    Ref value(out);
    if (!isNone(value)) raiseStopWithValue(value);
  }
  return Value();
}
Value sendMethod(Value self, Value) {
  Value out;
  const int32_t kind = advance(self, &out);
  if (kind == kResumeReturn) raiseStopWithValue(Ref(out));
  return kind == kResumeYield ? out : Value();
}

Value throwMethod(Value self, const Args& args) {
  if (checkNoKeywords("throw", args) < 0 || checkPositional("throw", args, 1, 3) < 0) return Value();
  Value type = args[0], value = args.count > 1 && !isNone(args[1]) ? args[1] : Value();
  Value traceback = args.count > 2 && !isNone(args[2]) ? args[2] : Value();
  if (traceback && !isExact(traceback, tracebackType)) return raise(TypeErrorType, "throw() third argument must be a traceback");
  Ref error;
  if (isInstanceOf(type, typeType) && isSubtype(type.as<Type>(), &BaseExceptionType)) {
    error.reset(value && isException(value) ? newRef(value) : instantiate(type, value));
  } else if (isException(type)) {
    if (value) return raise(TypeErrorType, "instance exception may not have a separate value");
    error = Ref::share(type);
  } else {
    return raise(TypeErrorType, "exceptions must be classes deriving BaseException or instances of such a class, not %T", type);
  }
  if (!error) return Value();
  clear(self.as<IteratorObject>()->future);
  if (traceback) setTraceback(error, traceback);
  return raiseInstance(error.release());
}

Value close(Value self) {
  clear(self.as<IteratorObject>()->future);
  return newRef(none());
}

int traverse(Object* o, Visit visit, void* context) { return visit(reinterpret_cast<IteratorObject*>(o)->future, context); }
void clearParts(Object* o) { clear(reinterpret_cast<IteratorObject*>(o)->future); }
void dealloc(Object* o) {
  gcUntrack(o);
  clearParts(o);
  freeObject(o);
}

constinit const MethodDef methods[] = {{"send", sendMethod}, {"throw", throwMethod}, {"close", close}, {}};
constinit const AsyncSlots asyncSlots = {.send = sendSlot};

} // namespace

constinit Type futureIteratorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_asyncio.FutureIter",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &futureIteratorType, .size = sizeof(IteratorObject), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .iter = [](Value self) { return newRef(self); },
    .next = next,
    .async = &asyncSlots,
    .methods = methods,
};

Value awaitFuture(Value self) {
  if (checkAlive(asFuture(self)) < 0) return Value();
  Object* o = newObject(&futureIteratorType.instanceLayout);
  if (!o) return Value();
  reinterpret_cast<IteratorObject*>(o)->future = newRef(self);
  gcTrack(o);
  return Value(o);
}

} // namespace krait::asyncio
