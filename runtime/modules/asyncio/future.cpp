// asyncio.Future.
#include <cstddef>

#include "runtime/exceptions/exception.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/asyncio/asyncio_objects.h"
#include "runtime/modules/contextvars.h"
#include "runtime/modules/importing/import.h"
#include "runtime/object/names.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::asyncio {

// ---- the states --------------------------------------------------------------------------------

namespace {

/// Hands all callbacks to the loop. Those that were not reached when the loop refuses one are dropped.
int32_t scheduleCallbacks(FutureObject* f) {
  Ref self = Ref::share(valueOf(f)), loop = Ref::share(f->loop);
  if (f->callback) {
    Ref callback(f->callback), context(f->callbackContext);
    f->callback = f->callbackContext = Value();
    if (callSoon(loop, callback, self, context) < 0) return clear(f->callbacks), -1;
  }
  Ref list(f->callbacks);
  f->callbacks = Value();
  for (int64_t i = 0; list && i < asList(list)->size; ++i) {
    Ref pair = Ref::share(asList(list)->items[i]);
    if (callSoon(loop, asTuple(pair)->items[0], self, asTuple(pair)->items[1]) < 0) return -1;
  }
  return 0;
}

} // namespace

int32_t checkAlive(const FutureObject* f) {
  return f->loop ? 0 : fail(RuntimeErrorType, "Future object is not initialized.");
}

int32_t initialise(FutureObject* f, Value loop) {
  for (Value* v = &f->loop; v < &f->dict; ++v) clear(*v);
  f->state = State::Pending;
  f->logTraceback = f->blocking = false;
  Ref own(!loop || isNone(loop) ? getEventLoop() : newRef(loop));
  if (!own) return -1;
  f->loop = newRef(own);
  const int32_t debugging = isDebugging(own);
  if (debugging <= 0 || isFinalizing()) return debugging < 0 ? -1 : 0;
  f->sourceTraceback = call(imports.extractStack);
  return f->sourceTraceback ? 0 : -1;
}

Value setResult(FutureObject* f, Value result) {
  if (checkAlive(f) < 0) return Value();
  if (f->state != State::Pending) return raiseInvalidState("invalid state");
  assign(f->result, newRef(result));
  f->state = State::Finished;
  return scheduleCallbacks(f) < 0 ? Value() : newRef(none());
}

Value setException(FutureObject* f, Value exception) {
  if (checkAlive(f) < 0) return Value();
  if (f->state != State::Pending) return raiseInvalidState("invalid state");
  Ref instance;
  if (isInstanceOf(exception, typeType) && isSubtype(exception.as<Type>(), &BaseExceptionType)) instance.reset(call(exception));
  else instance.reset(newRef(exception));
  if (!instance) return Value();
  if (!isException(instance)) return raise(TypeErrorType, "invalid exception object");
  if (typeOf(instance) == &StopIterationType)
    return raise(TypeErrorType, "StopIteration interacts badly with generators and cannot be raised into a Future");
  assign(f->exceptionTraceback, xnewRef(tracebackOf(instance)));
  assign(f->exception, instance.release());
  f->state = State::Finished;
  if (scheduleCallbacks(f) < 0) return Value();
  f->logTraceback = true;
  return newRef(none());
}

int32_t cancelFuture(FutureObject* f, Value message) {
  if (checkAlive(f) < 0) return -1;
  f->logTraceback = false;
  if (f->state != State::Pending) return 0;
  f->state = State::Cancelled;
  assign(f->cancelMessage, xnewRef(message));
  return scheduleCallbacks(f) < 0 ? -1 : 1;
}

Value makeCancelledError(FutureObject* f) {
  if (f->cancelledError) {
    Value kept = f->cancelledError;
    f->cancelledError = Value();
    return kept;
  }
  return !f->cancelMessage || isNone(f->cancelMessage) ? call(imports.cancelledError) : call(imports.cancelledError, {f->cancelMessage});
}

namespace {
Value raiseCancelled(FutureObject* f) {
  Value error = makeCancelledError(f);
  return error ? raiseInstance(error) : Value();
}
} // namespace

int32_t outcomeOf(FutureObject* f, Value* out) {
  if (f->state == State::Cancelled) return raiseCancelled(f), -1;
  if (f->state == State::Pending) return raiseInvalidState("Result is not set."), -1;
  f->logTraceback = false;
  if (f->exception) {
    setTraceback(f->exception, f->exceptionTraceback);
    clear(f->exceptionTraceback);
    *out = newRef(f->exception);
    return 1;
  }
  *out = newRef(f->result ? f->result : none());
  return 0;
}

int32_t addDoneCallback(FutureObject* f, Value callback, Value context) {
  if (!f->loop) return fail(RuntimeErrorType, "uninitialized Future object");
  if (f->state != State::Pending) return callSoon(f->loop, callback, valueOf(f), context);
  if (!f->callback && !f->callbacks) {
    f->callback = newRef(callback);
    f->callbackContext = newRef(context);
    return 0;
  }
  Ref pair(newTuple({callback, context}));
  if (pair && !f->callbacks) f->callbacks = newList(0);
  return pair && f->callbacks ? listAppend(f->callbacks, pair) : -1;
}

// ---- methods -----------------------------------------------------------------------------------

namespace {

int32_t init(Value self, const Args& args) {
  Value argv[1];
  Ref holder[2];
  if (bindArguments("Future", "(*, loop=None)", args, argv, 1, holder) < 0) return -1;
  return initialise(asFuture(self), argv[0]);
}

Value result(Value self) {
  if (!asFuture(self)->loop) return raiseInvalidState("Future object is not initialized.");
  Value found;
  const int32_t kind = outcomeOf(asFuture(self), &found);
  return kind < 0 ? Value() : kind ? raiseInstance(found) : found;
}

Value exception(Value self) {
  FutureObject* f = asFuture(self);
  if (!f->loop) return raiseInvalidState("Future object is not initialized.");
  if (f->state == State::Cancelled) return raiseCancelled(f);
  if (f->state == State::Pending) return raiseInvalidState("Exception is not set.");
  f->logTraceback = false;
  return newRef(f->exception ? f->exception : none());
}

Value setResultMethod(Value self, Value v) { return setResult(asFuture(self), v); }
Value setExceptionMethod(Value self, Value v) { return setException(asFuture(self), v); }

Value addCallback(Value self, const Value* argv) {
  Ref context(argv[1] && !isNone(argv[1]) ? newRef(argv[1]) : copyCurrentContext());
  return context && addDoneCallback(asFuture(self), argv[0], context) == 0 ? newRef(none()) : Value();
}

Value removeCallback(Value self, Value wanted) {
  FutureObject* f = asFuture(self);
  if (checkAlive(f) < 0) return Value();
  int64_t removed = 0;
  if (Ref first = Ref::share(f->callback); first) {
    const int32_t same = equal(first, wanted);
    if (same < 0) return Value();
    if (same) {
      clear(f->callback);
      clear(f->callbackContext);
      ++removed;
    }
  }
  Ref kept(newList(0));
  if (!kept) return Value();
  for (int64_t i = 0; f->callbacks && i < asList(f->callbacks)->size; ++i) { // comparing may change the list
    Ref pair = Ref::share(asList(f->callbacks)->items[i]);
    const int32_t same = equal(asTuple(pair)->items[0], wanted);
    if (same < 0 || (!same && listAppend(kept, pair) < 0)) return Value();
  }
  if (!f->callbacks) return newInt(removed);
  removed += asList(f->callbacks)->size - asList(kept)->size;
  assign(f->callbacks, asList(kept)->size ? kept.release() : Value());
  return newInt(removed);
}

Value cancelMethod(Value self, const Value* argv) {
  const int32_t done = cancelFuture(asFuture(self), argv[0]);
  return done < 0 ? Value() : boolean(done);
}
Value cancelled(Value self) { return boolean(asFuture(self)->loop && asFuture(self)->state == State::Cancelled); }
Value done(Value self) { return boolean(asFuture(self)->loop && asFuture(self)->state != State::Pending); }
Value getLoop(Value self) { return checkAlive(asFuture(self)) < 0 ? Value() : newRef(asFuture(self)->loop); }
Value makeError(Value self) { return makeCancelledError(asFuture(self)); }
Value subscript(Value cls, Value item) { return newGenericAlias(cls, item); }

Value reprOf(Value self) { return checkAlive(asFuture(self)) < 0 ? Value() : call(imports.futureRepr, {self}); }

// ---- attributes --------------------------------------------------------------------------------

int32_t setFlag(bool* flag, Value v) {
  if (!v) return fail(AttributeErrorType, "cannot delete attribute");
  const int32_t truth = isTrue(v);
  if (truth >= 0) *flag = truth;
  return truth < 0 ? -1 : 0;
}
Value getBlocking(Value self, void*) { return boolean(asFuture(self)->loop && asFuture(self)->blocking); }
int32_t setBlocking(Value self, Value v, void*) {
  return checkAlive(asFuture(self)) < 0 ? -1 : setFlag(&asFuture(self)->blocking, v);
}
Value getLogTraceback(Value self, void*) {
  return checkAlive(asFuture(self)) < 0 ? Value() : boolean(asFuture(self)->logTraceback);
}
int32_t setLogTraceback(Value self, Value v, void*) {
  bool on = false;
  if (setFlag(&on, v) < 0) return -1;
  if (on) return fail(ValueErrorType, "_log_traceback can only be set to False");
  asFuture(self)->logTraceback = false;
  return 0;
}
Value getLoopAttribute(Value self, void*) { return newRef(asFuture(self)->loop ? asFuture(self)->loop : none()); }
Value getCallbacks(Value self, void*) {
  FutureObject* f = asFuture(self);
  if (checkAlive(f) < 0) return Value();
  if (!f->callback) return newRef(f->callbacks ? f->callbacks : none());
  Ref first(newTuple({f->callback, f->callbackContext})), all(first ? newList(0) : Value());
  if (!all || listAppend(all, first) < 0 || (f->callbacks && listExtend(all, f->callbacks) < 0)) return Value();
  return all.release();
}
Value getResult(Value self, void*) {
  if (checkAlive(asFuture(self)) < 0) return Value();
  return newRef(asFuture(self)->result ? asFuture(self)->result : none());
}
Value getException(Value self, void*) {
  if (checkAlive(asFuture(self)) < 0) return Value();
  return newRef(asFuture(self)->exception ? asFuture(self)->exception : none());
}
Value getSourceTraceback(Value self, void*) {
  return newRef(asFuture(self)->loop && asFuture(self)->sourceTraceback ? asFuture(self)->sourceTraceback : none());
}
Value getCancelMessage(Value self, void*) { return newRef(asFuture(self)->cancelMessage ? asFuture(self)->cancelMessage : none()); }
int32_t setCancelMessage(Value self, Value v, void*) {
  if (!v) return fail(AttributeErrorType, "cannot delete attribute");
  assign(asFuture(self)->cancelMessage, newRef(v));
  return 0;
}
Value getState(Value self, void*) {
  if (checkAlive(asFuture(self)) < 0) return Value();
  switch (asFuture(self)->state) {
  case State::Pending: return internStr("PENDING");
  case State::Cancelled: return internStr("CANCELLED");
  case State::Finished: break;
  }
  return internStr("FINISHED");
}

} // namespace

// ---- life --------------------------------------------------------------------------------------

int futureTraverse(Object* o, Visit visit, void* context) {
  auto* f = reinterpret_cast<FutureObject*>(o);
  for (Value* v = &f->loop; v <= &f->dict; ++v)
    if (int stop = visit(*v, context)) return stop;
  return 0;
}

void futureClear(Object* o) {
  auto* f = reinterpret_cast<FutureObject*>(o);
  for (Value* v = &f->loop; v <= &f->dict; ++v) clear(*v);
}

void futureDealloc(Object* o) {
  Type* type = typeOfObject(o);
  // Subclasses' instances and what the collector found were finalized before.
  if (!(type->flags & kTypeHeap) && !gcIsFinalized(o)) {
    o->refs = 1;
    type->finalize(o);
    gcSetFinalized(o);
    if (--o->refs > 0) return;
  }
  gcUntrack(o);
  if (reinterpret_cast<FutureObject*>(o)->weakrefs) clearWeakrefs(o);
  type->clear(o);
  freeObject(o);
}

void reportToLoop(FutureObject* f, Value message, const char* about, Value exception) {
  Ref self = Ref::share(valueOf(f)), context(message ? newDict() : Value());
  auto put = [&](const char* key, Value v) {
    Ref name(internStr(key));
    return name && dictSet(context, name, v) == 0;
  };
  Ref answer;
  if (context && put("message", message) && put(about, self) && (!exception || put("exception", exception)) &&
      (!f->sourceTraceback || put("source_traceback", f->sourceTraceback)))
    answer.reset(callMethod(f->loop, "call_exception_handler", {context}));
  if (!answer) errorUnraisable(nullptr, self);
}

void futureFinalize(Object* o) {
  auto* f = reinterpret_cast<FutureObject*>(o);
  if (!f->logTraceback || !f->exception) return;
  f->logTraceback = false;
  Ref saved = errorTake();
  Ref name(getAttr(asValue(typeOfObject(o)), NAME(__name__)));
  Ref message(name ? formatText("%S exception was never retrieved", name.get()) : Value());
  Ref exception = Ref::share(f->exception);
  reportToLoop(f, message, "future", exception);
  if (saved) errorRestore(saved.release());
}

namespace {

constinit const MethodDef methods[] = {
    {"result", result, "($self, /)"},
    {"exception", exception, "($self, /)"},
    {"set_result", setResultMethod, "($self, result, /)"},
    {"set_exception", setExceptionMethod, "($self, exception, /)"},
    {"add_done_callback", addCallback, "($self, fn, /, *, context=<unrepresentable>)"},
    {"remove_done_callback", removeCallback, "($self, fn, /)"},
    {"cancel", cancelMethod, "($self, /, msg=None)"},
    {"cancelled", cancelled, "($self, /)"},
    {"done", done, "($self, /)"},
    {"get_loop", getLoop, "($self, /)"},
    {"_make_cancelled_error", makeError, "($self, /)"},
    {"__class_getitem__", subscript, nullptr, kMethodClass},
    {},
};
constinit const GetSetDef getset[] = {
    {"_state", getState},
    {"_asyncio_future_blocking", getBlocking, setBlocking},
    {"_loop", getLoopAttribute},
    {"_callbacks", getCallbacks},
    {"_result", getResult},
    {"_exception", getException},
    {"_log_traceback", getLogTraceback, setLogTraceback},
    {"_source_traceback", getSourceTraceback},
    {"_cancel_message", getCancelMessage, setCancelMessage},
    {"__dict__", getInstanceDict, setInstanceDict},
    {},
};
constinit const AsyncSlots asyncSlots = {.await = awaitFuture};

} // namespace

constinit Type futureType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_asyncio.Future",
    .base = &objectType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &futureType, .size = sizeof(FutureObject), .flags = kLayoutGc,
                       .dictOffset = offsetof(FutureObject, dict), .weakOffset = offsetof(FutureObject, weakrefs)},
    .dealloc = futureDealloc,
    .traverse = futureTraverse,
    .clear = futureClear,
    .finalize = futureFinalize,
    .repr = reprOf,
    .iter = awaitFuture,
    .init = init,
    .construct = [](Type* t, const Args&) {
      Value made = allocateOf(t, 0);
      if (made && !gcIsTracked(made.object())) gcTrack(made.object());
      return made;
    },
    .async = &asyncSlots,
    .methods = methods,
    .getset = getset,
    .constructorSignature = "(*, loop=None)",
};

} // namespace krait::asyncio
