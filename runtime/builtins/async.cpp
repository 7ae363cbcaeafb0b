// aiter, and anext with its default.
#include "runtime/builtins/functions.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/generator_protocol.h"

namespace krait {

namespace {

/// anext(it, default): awaits `wrapped`; the end of the iteration becomes the default.
struct AnextAwaitable { Object header; Value wrapped, fallback; };
AnextAwaitable* asAwaitable(Value v) { return v.as<AnextAwaitable>(); }

void awaitableDealloc(Object* o) {
  gcUntrack(o);
  xdecref(reinterpret_cast<AnextAwaitable*>(o)->wrapped);
  xdecref(reinterpret_cast<AnextAwaitable*>(o)->fallback);
  freeObject(o);
}
int awaitableTraverse(Object* o, Visit visit, void* context) {
  auto* a = reinterpret_cast<AnextAwaitable*>(o);
  if (int r = visit(a->wrapped, context)) return r;
  return visit(a->fallback, context);
}
Value awaitableSelf(Value v) { return newRef(v); }

/// The result of a step: StopAsyncIteration turns into a return of the default.
Value finish(Value v, Value result) {
  if (result || !errorClearIf(StopAsyncIterationType)) return result;
  return raiseStopIteration(asAwaitable(v)->fallback);
}
/// The iterator behind what is awaited; a coroutine's is made by its __await__.
Value awaitedIterator(Value v) {
  const Value wrapped = asAwaitable(v)->wrapped;
  // A coroutine may wait for something already: for what an earlier step led to.
  Ref it(isCoroutine(wrapped) ? newRef(wrapped) : krt_await_iter(newRef(wrapped), 0));
  if (!it || readyTypeOf(it)->next) return it.release();
  const AsyncSlots* slots = readyTypeOf(it)->async;
  return slots && slots->await ? slots->await(it) : it.release();
}
Value awaitableNext(Value v) {
  Ref it(awaitedIterator(v));
  if (!it) return Value();
  UnaryFn step = typeOf(it)->next;
  return step ? finish(v, step(it)) : raise(TypeErrorType, "'%.200s' object is not an iterator", typeOf(it)->name);
}
/// Passes send, throw and close on to the awaited iterator.
Value proxy(Value v, const char* method, const Args& args) {
  Ref it(awaitedIterator(v));
  Ref bound(it ? getAttr(it, method) : Value());
  return bound ? finish(v, call(bound, args)) : Value();
}
Value awaitableSend(Value v, const Args& args) { return proxy(v, "send", args); }
Value awaitableThrow(Value v, const Args& args) { return proxy(v, "throw", args); }
Value awaitableClose(Value v, const Args& args) { return proxy(v, "close", args); }

constexpr MethodDef awaitableMethods[] = {
    {"send", awaitableSend}, {"throw", awaitableThrow}, {"close", awaitableClose}, {}};
constexpr AsyncSlots awaitableAsync = {.await = awaitableSelf};

constinit Type anextAwaitableType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "anext_awaitable",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &anextAwaitableType, .size = sizeof(AnextAwaitable), .flags = kLayoutGc},
    .dealloc = awaitableDealloc,
    .traverse = awaitableTraverse,
    .iter = awaitableSelf,
    .next = awaitableNext,
    .async = &awaitableAsync,
    .methods = awaitableMethods,
};

} // namespace

static Value aiterFunction(Value, Value o) {
  const AsyncSlots* slots = readyTypeOf(o)->async;
  if (!slots || !slots->aiter)
    return raise(TypeErrorType, "'%.200s' object is not an async iterable", typeOf(o)->name);
  Value it = slots->aiter(o);
  if (it && (!readyTypeOf(it)->async || !readyTypeOf(it)->async->anext)) {
    Ref wrong(it);
    return raise(TypeErrorType, "aiter() returned not an async iterator of type '%.100s'", typeOf(it)->name);
  }
  return it;
}
static Value anextFunction(Value, const Args& args) {
  if (checkNoKeywords("anext", args) < 0 || checkPositional("anext", args, 1, 2) < 0) return Value();
  const AsyncSlots* slots = readyTypeOf(args[0])->async;
  if (!slots || !slots->anext)
    return raise(TypeErrorType, "'%.200s' object is not an async iterator", typeOf(args[0])->name);
  Ref awaitable(slots->anext(args[0]));
  if (!awaitable || args.count == 1) return awaitable.release();
  auto* a = reinterpret_cast<AnextAwaitable*>(newObject(&anextAwaitableType.instanceLayout));
  a->wrapped = awaitable.release();
  a->fallback = newRef(args[1]);
  gcTrack(&a->header);
  return Value(&a->header);
}

extern "C" {
constinit const MethodDef krt_builtin_def_aiter = {"aiter", aiterFunction, "($module, async_iterable, /)"};
constinit const MethodDef krt_builtin_def_anext = {"anext", anextFunction};
}

} // namespace krait
