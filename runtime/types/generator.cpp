// Generators and coroutines as Python objects, and the entries of compiled code that make and drive them.
#include "runtime/object/audit.h"
#include "runtime/types/generator.h"
#include <cstddef>
#include "runtime/exceptions/frame_walk.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slow_operators.h"
#include "runtime/types/async_step.h"
#include "runtime/types/function.h"
#include "runtime/threads/builtin_events.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/generator_protocol.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

Value iterSelf(Value self) { return newRef(self); }

/// __next__: no StopIteration for a plain end.
Value nextItem(Value self) {
  Value out;
  const int32_t result = generatorStep(asGenerator(self), none(), &out);
  if (result == kResumeYield) return out;
  if (result == kResumeReturn) {
    Ref value(out);
    if (!isNone(value)) raiseStopWithValue(value);
  }
  return Value();
}

int32_t sendSlot(Value self, Value sent, Value* out) { return generatorSend(asGenerator(self), sent, out); }
Value send(Value self, Value v) { return generatorSendValue(asGenerator(self), v); }
Value throwInto(Value self, const Args& args) {
  if (refuseNames(isCoroutine(self) ? "coroutine.throw" : "generator.throw", args) < 0) return Value();
  return generatorThrowArgs(asGenerator(self), args);
}
Value close(Value self) { return generatorClose(asGenerator(self)) < 0 ? Value() : newRef(none()); }

const MethodDef generatorMethods[] = {
    {"send", send},
    {"throw", throwInto},
    {"close", close},
    {},
};
const GetSetDef generatorAttributes[] = {
    {"__name__", generatorGetName, generatorSetName},
    {"__qualname__", generatorGetQualname, generatorSetQualname},
    {"gi_yieldfrom", generatorGetAwaiting},
    {"gi_running", generatorGetRunning},
    {"gi_frame", auditedGet<"gi_frame", generatorGetFrame>},
    {"gi_suspended", generatorGetSuspended},
    {},
};
const MemberDef generatorMembers[] = {{"gi_code", auditedGet<"gi_code", generatorGetCode>}, {}};
const AsyncSlots generatorAsync = {.send = sendSlot};

// ---- coroutines -------------------------------------------------------------------------------

struct CoroutineWrapper {
  Object header;
  Value coroutine;
};
Value wrapped(Value self) { return self.as<CoroutineWrapper>()->coroutine; }

void deallocWrapper(Object* o) {
  gcUntrack(o);
  clear(reinterpret_cast<CoroutineWrapper*>(o)->coroutine);
  freeObject(o);
}
int traverseWrapper(Object* o, Visit visit, void* context) {
  return visit(reinterpret_cast<CoroutineWrapper*>(o)->coroutine, context);
}
void clearWrapper(Object* o) { clear(reinterpret_cast<CoroutineWrapper*>(o)->coroutine); }

Value wrapperNext(Value self) { return nextItem(wrapped(self)); }
Value wrapperSend(Value self, Value v) { return send(wrapped(self), v); }
Value wrapperThrow(Value self, const Args& args) { return throwInto(wrapped(self), args); }
Value wrapperClose(Value self) { return close(wrapped(self)); }

const MethodDef wrapperMethods[] = {
    {"send", wrapperSend},
    {"throw", wrapperThrow},
    {"close", wrapperClose},
    {},
};

constinit Type coroutineWrapperType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "coroutine_wrapper",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &coroutineWrapperType, .size = sizeof(CoroutineWrapper), .flags = kLayoutGc},
    .dealloc = deallocWrapper,
    .traverse = traverseWrapper,
    .clear = clearWrapper,
    .iter = iterSelf,
    .next = wrapperNext,
    .methods = wrapperMethods,
};

Value awaitCoroutine(Value self) {
  auto* w = reinterpret_cast<CoroutineWrapper*>(newObject(&coroutineWrapperType.instanceLayout));
  if (!w) return Value();
  w->coroutine = newRef(self);
  gcTrack(&w->header);
  return Value(&w->header);
}

Value getOrigin(Value self, void*) {
  Value origin = asGenerator(self)->origin;
  return newRef(origin ? origin : none());
}

const MethodDef coroutineMethods[] = {
    {"send", send},
    {"throw", throwInto},
    {"close", close},
    {"__class_getitem__", newGenericAlias, nullptr, kMethodClass},
    {},
};
const GetSetDef coroutineAttributes[] = {
    {"__name__", generatorGetName, generatorSetName},
    {"__qualname__", generatorGetQualname, generatorSetQualname},
    {"cr_await", generatorGetAwaiting},
    {"cr_running", generatorGetRunning},
    {"cr_frame", auditedGet<"cr_frame", generatorGetFrame>},
    {"cr_suspended", generatorGetSuspended},
    {},
};
const MemberDef coroutineMembers[] = {{"cr_code", auditedGet<"cr_code", generatorGetCode>}, {"cr_origin", getOrigin}, {}};
const AsyncSlots coroutineAsync = {.await = awaitCoroutine, .send = sendSlot};

/// An iterator of a generator function marked by types.coroutine.
bool isIterableCoroutine(Value v) {
  return isGenerator(v) && (asGenerator(v)->code->flags & kCodeIterableCoroutine);
}

Value raiseNotAwaitable(Value o, int32_t context) {
  switch (context) {
  case 1:
  case 2:
    return raise(TypeErrorType, "'async with' received an object from %s that does not implement __await__: %.100T",
                 context == 1 ? "__aenter__" : "__aexit__", o);
  default: return raise(TypeErrorType, "object %.100T can't be used in 'await' expression", o);
  }
}

/// Throws the pending exception into a receiver that is no generator.
int32_t throwIntoObject(Value receiver, Value* out) {
  Ref pending = errorTake();
  if (ThrownArguments* thrown = thrownArguments; thrown && thrown->receiver == receiver) {
    thrownArguments = nullptr;
    *out = call(thrown->method, Args{thrown->words, thrown->count, {}});
    if (*out) return kResumeYield;
    *out = takeStopValue();
    return *out ? kResumeReturn : kResumeRaise;
  }
  Ref method(getAttrOptional(receiver, NAME(throw)));
  if (!method) {
    if (!errorSet()) errorRestore(pending.release());
    return kResumeRaise;
  }
  *out = call(method, {pending});
  if (*out) return kResumeYield;
  *out = takeStopValue();
  return *out ? kResumeReturn : kResumeRaise;
}

int32_t throwIntoReceiver(Value receiver, Value* out) {
  if (errorMatches(GeneratorExitType)) {
    Ref exit = errorTake();
    if (closeIterator(receiver) == 0) errorRestore(exit.release());
    return kResumeRaise;
  }
  if (isGenerator(receiver) || isCoroutine(receiver)) {
    Ref keep = Ref::share(receiver);
    int32_t result = generatorSend(asGenerator(receiver), Value(), out);
    if (result != kResumeRaise) return result;
    *out = takeStopValue();
    return *out ? kResumeReturn : kResumeRaise;
  }
  return throwIntoObject(receiver, out);
}

/// What a step of an iterator came to: `*out` is its item, or null.
int32_t resultOfStep(Value* out) {
  if (*out) return kResumeYield;
  if (errorSet()) {
    *out = takeStopValue();
    return *out ? kResumeReturn : kResumeRaise;
  }
  *out = newRef(none()); // a plain end
  return kResumeReturn;
}

/// Whether the type's slot is all there is to a step. One that a class of the program's has would drop the value of its StopIteration.
bool stepsBySlot(const Type* type) { return type->next && !(type->flags & kTypeHeap); }

/// `*justEnds`: it was an iterator's step that came to nothing, without an exception.
int32_t sendToObject(Value receiver, Value sent, Value* out, bool* justEnds) {
  Ref value(sent);
  const Type* type = readyTypeOf(receiver);
  *out = !isNone(value) || !type->next ? callMethod(receiver, NAME(send), {value})
         : stepsBySlot(type)         ? type->next(receiver)
                                     : callMethod(receiver, NAME(__next__));
  *justEnds = !*out && !errorSet();
  return resultOfStep(out);
}

} // namespace

constinit Type generatorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "generator",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnGetAttr,
    KRAIT_GENERATOR_LAYOUT(generatorType),
    .iter = iterSelf,
    .next = nextItem,
    .async = &generatorAsync,
    .methods = generatorMethods,
    .getset = generatorAttributes,
    .members = generatorMembers,
};

constinit Type coroutineType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "coroutine",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnGetAttr,
    KRAIT_GENERATOR_LAYOUT(coroutineType),
    .async = &coroutineAsync,
    .methods = coroutineMethods,
    .getset = coroutineAttributes,
    .members = coroutineMembers,
};

/// While somebody listens, what ends by an exception that nobody else sees is reported: a generator that returns None
/// is an iterator that just ends, as builtin ones are, if it is asked for an item; all others raise StopIteration.
static int32_t reported(int32_t result, bool justEnds, Value* out) {
  if (result != kResumeReturn || !eventsActive || justEnds) return result;
  if (traceStop(*out) == 0) return result;
  clear(*out);
  return kResumeRaise;
}

static int32_t send(Value receiver, Value sent, Value* out, bool* justEnds) {
  if (isGenerator(receiver) || isCoroutine(receiver)) return generatorStep(asGenerator(receiver), sent, out);
  Type* type = typeOf(receiver);
  if (type->async && type->async->send) return type->async->send(receiver, sent, out);
  return sendToObject(receiver, sent, out, justEnds);
}

[[gnu::noinline]] int32_t sendBeyond(Value receiver, Value sent, Value* out) {
  if (!sent) return throwIntoReceiver(receiver, out);
  bool justEnds = false;
  const bool asksForItem = isNone(sent) && isGenerator(receiver);
  const int32_t result = send(receiver, sent, out, &justEnds);
  return reported(result, justEnds || (asksForItem && isNone(*out)), out);
}

extern "C" {

// As an iterator, a generator that returned something ends by an exception, of which sendBeyond tells.
Value krt_next_watched(Value iterator) {
  if (eventsActive && isExact(iterator, generatorType)) {
    Value answer;
    const int32_t done = sendBeyond(iterator, newRef(none()), &answer);
    if (done == kResumeYield) return answer;
    if (done == kResumeReturn) decref(answer);
    return Value();
  }
  if (!eventsActive) return krt_next(iterator);
  Value item;
  readyTypeOf(iterator);
  {
    const BuiltinRuns running; // what map and the like call is no call of the statement's
    item = nextWithStop(iterator);
  }
  if (item || !errorMatches(StopIterationType)) return item;
  // Raised by the program's __next__, and handed on by iterators that end with it.
  if (const Ref returned(takeStopValue()); returned && eventsActive) traceStop(returned);
  return Value();
}

/// To listeners, what waits is left with each value that it hands on, and entered with each answer. What is thrown in passes it
/// by, and so does the value that comes of that; as under CPython, it goes on silently if the receiver ends by it.
[[gnu::noinline]] static int32_t sendHeard(Value receiver, Owned sent, Slot out) {
  const bool throws = !sent;
  if (!throws && traceResumption(receiver) < 0) {
    decref(sent);
    return kResumeRaise;
  }
  const int32_t result = isAsyncGenerator(receiver) ? stepOfLoop(receiver, out) : sendBeyond(receiver, sent, out);
  if (throws) {
    if (result == kResumeReturn) forgetEntryByError();
    return result;
  }
  if (result != kResumeYield || traceSuspension(*out) == 0) return result;
  clear(*out);
  return kResumeRaise;
}
int32_t krt_send(Value receiver, Owned sent, Slot out) {
  *out = Value();
  if (eventsActive) [[unlikely]] return sendHeard(receiver, sent, out);
  if ((isCoroutine(receiver) || isGenerator(receiver)) && sent) [[likely]] return generatorStep(asGenerator(receiver), sent, out);
  if (isAsyncGenerator(receiver)) return stepOfLoop(receiver, out);
  return sendBeyond(receiver, sent, out);
}

void krt_generator_set_awaiting(GeneratorObject* g, Value receiver) { setAwaiting(g, receiver); }

Value krt_yield_from_iter_slow(Owned v) {
  Ref o(v);
  if (isCoroutine(o)) {
    FrameCursor cursor; // the code that runs does not know of types.coroutine, its generator does
    const bool mayWait = cursor && ((cursor.code()->flags & kCodeCoroutine) ||
                                    (cursor.generator() && isIterableCoroutine(Value(&cursor.generator()->header))));
    if (!mayWait)
      return raise(TypeErrorType, "cannot 'yield from' a coroutine object in a non-coroutine generator");
    return o.release();
  }
  return iterate(o);
}

Value krt_await_iter_slow(Owned v, int32_t context) {
  Ref o(v);
  if (isCoroutine(o)) {
    if (asGenerator(o)->awaiting && asGenerator(o)->status == GenStatus::Suspended && !isExecuting(asGenerator(o)))
      return raise(RuntimeErrorType, "coroutine is being awaited already");
    return o.release();
  }
  if (isAsyncStep(o) || isIterableCoroutine(o)) return o.release();
  Type* type = typeOf(o);
  typeReady(type);
  if (!type->async || !type->async->await) return raiseNotAwaitable(o, context);
  Ref iterator(type->async->await(o));
  if (!iterator) return Value();
  if (isCoroutine(iterator) || isIterableCoroutine(iterator))
    return raise(TypeErrorType, "__await__() returned a coroutine");
  if (!isIterator(iterator))
    return raise(TypeErrorType, "__await__() returned non-iterator of type '%.100T'", iterator.get());
  return iterator.release();
}

} // extern "C"
} // namespace krait
