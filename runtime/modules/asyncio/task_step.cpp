// How a task drives its coroutine: one step sends into it, or throws; what it hands out decides when the next step comes.
#include <cstddef>

#include "runtime/abi/code.h"
#include "runtime/exceptions/exception.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/asyncio/asyncio_objects.h"
#include "runtime/object/names.h"
#include "runtime/types/function.h"
#include "runtime/types/generator_protocol.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::asyncio {

namespace {

Value step(TaskObject* t, Value exception);

// ---- what the loop calls -----------------------------------------------------------------------

struct StepObject {
  Object header;
  Value task, exception; // exception may be null
};

Value callStep(Value self, const Args& args) {
  if (args.nameCount()) return raise(TypeErrorType, "function takes no keyword arguments");
  if (args.count) return raise(TypeErrorType, "function takes no positional arguments");
  auto* s = self.as<StepObject>();
  Ref task = Ref::share(s->task), exception = Ref::share(s->exception);
  return step(asTask(task), exception);
}
int traverseStep(Object* o, Visit visit, void* context) {
  auto* s = reinterpret_cast<StepObject*>(o);
  if (int stop = visit(s->task, context)) return stop;
  return visit(s->exception, context);
}
void clearStep(Object* o) {
  clear(reinterpret_cast<StepObject*>(o)->task);
  clear(reinterpret_cast<StepObject*>(o)->exception);
}
void deallocStep(Object* o) {
  gcUntrack(o);
  clearStep(o);
  freeObject(o);
}
Value getSelf(Value self, void*) { return newRef(self.as<StepObject>()->task ? self.as<StepObject>()->task : none()); }
constinit const GetSetDef stepGetset[] = {{"__self__", getSelf}, {}};

/// The callback of what a task waits for.
Value wakeUp(Value self, Value future) {
  Ref task = Ref::share(self), error;
  if (isExactFuture(future)) {
    Value found;
    const int32_t kind = checkAlive(asFuture(future)) < 0 ? -1 : outcomeOf(asFuture(future), &found);
    Ref owner(kind < 0 ? Value() : found);
    if (kind == 0) return step(asTask(task), Value());
    if (kind > 0) return step(asTask(task), owner);
  } else if (Ref(callMethod(future, "result"))) {
    return step(asTask(task), Value());
  }
  error = errorTake();
  return step(asTask(task), error);
}
constinit const MethodDef wakeUpDefinition = {"task_wakeup", wakeUp};

// ---- a step ------------------------------------------------------------------------------------

/// The next step raises RuntimeError in the coroutine.
Value failSoon(TaskObject* t, Value message) {
  Ref text(message), error(text ? newException(RuntimeErrorType, text) : Value());
  return error && stepSoon(t, error) == 0 ? newRef(none()) : Value();
}

Value loopOf(Value future) {
  Ref get(getAttrOptional(future, NAME(get_loop)));
  if (get) return call(get);
  return errorSet() ? Value() : getAttr(future, "_loop");
}

/// The task waits for `future`, which its coroutine handed out.
Value waitFor(TaskObject* t, Value future) {
  Value self = valueOf(&t->future);
  Ref wrapper(newBuiltinFunction(&wakeUpDefinition, self, Value()));
  if (!wrapper) return Value();
  if (isExactFuture(future)) {
    if (addDoneCallback(asFuture(future), wrapper, t->context) < 0) return Value();
  } else {
    Ref add(getAttr(future, "add_done_callback")), names(add ? newTuple({Ref(internStr("context")).get()}) : Value());
    Value words[] = {wrapper.get(), t->context};
    Ref added(names ? call(add, Args{words, 1, names}) : Value());
    if (!added) return Value();
  }
  assign(t->waiter, newRef(future));
  if (!t->mustCancel) return newRef(none());
  Ref cancel(getAttr(future, "cancel")), names(cancel ? newTuple({Ref(internStr("msg")).get()}) : Value());
  Value message = t->future.cancelMessage ? t->future.cancelMessage : none();
  Ref answer(names ? call(cancel, Args{&message, 0, names}) : Value());
  const int32_t accepted = answer ? isTrue(answer) : -1;
  if (accepted > 0) t->mustCancel = false;
  return accepted < 0 ? Value() : newRef(none());
}

/// The coroutine handed out `what`.
Value handle(TaskObject* t, Value what) {
  Value self = valueOf(&t->future);
  bool blocking;
  Ref loop;
  if (what == self) return failSoon(t, formatText("Task cannot await on itself: %R", self));
  if (isExactFuture(what)) {
    loop = Ref::share(asFuture(what)->loop);
    blocking = asFuture(what)->blocking;
  } else {
    if (isNone(what)) return stepSoon(t, Value()) < 0 ? Value() : newRef(none());
    Ref flag(getAttrOptional(what, NAME(_asyncio_future_blocking)));
    if (!flag && errorSet()) return Value();
    if (!flag || isNone(flag)) {
      if (isExact(what, generatorType))
        return failSoon(t, formatText("yield was used instead of yield from for generator in task %R with %R", self, what));
      return failSoon(t, formatText("Task got bad yield: %R", what));
    }
    const int32_t set = isTrue(flag);
    loop.reset(set < 0 ? Value() : loopOf(what));
    if (!loop) return Value();
    blocking = set;
  }
  if (loop.get() != t->future.loop) return failSoon(t, formatText("Task %R got Future %R attached to a different loop", self, what));
  if (!blocking) return failSoon(t, formatText("yield was used instead of yield from in task %R with %R", self, what));
  if (isExactFuture(what)) asFuture(what)->blocking = false;
  else if (setAttr(what, NAME(_asyncio_future_blocking), boolean(false)) < 0) return Value();
  return waitFor(t, what);
}

/// The coroutine has raised what is pending.
Value finishWithError(TaskObject* t) {
  Ref error = errorTake();
  if (exceptionMatches(error, imports.cancelledError)) {
    assign(t->future.cancelledError, error.release());
    return cancelFuture(&t->future, Value()) < 0 ? Value() : newRef(none());
  }
  Ref set(setException(&t->future, error));
  if (!set) return Value();
  if (isInstanceOf(error, KeyboardInterruptType) || isInstanceOf(error, SystemExitType)) {
    errorRestore(error.release());
    return Value();
  }
  return newRef(none());
}

Value runStep(TaskObject* t, Value thrown) {
  Value self = valueOf(&t->future);
  if (t->future.state != State::Pending) {
    Ref nothing(newStr(""));
    return raiseInvalidState("__step(): already done: %R %R", self, thrown ? thrown : nothing.get());
  }
  Ref error = Ref::share(thrown);
  if (t->mustCancel) {
    if (!error || !exceptionMatches(error, imports.cancelledError)) {
      error.reset(makeCancelledError(&t->future));
      if (!error) return Value();
    }
    t->mustCancel = false;
  }
  clear(t->waiter);
  if (!t->coroutine) return raise(RuntimeErrorType, "uninitialized Task object");
  Ref coroutine = Ref::share(t->coroutine);
  Value out;
  const bool sends = !error;
  if (!sends) errorRestore(error.release());
  const int32_t kind = sendBeyond(coroutine, sends ? newRef(none()) : Value(), &out);
  if (kind == kResumeRaise) return finishWithError(t);
  Ref result(out);
  if (kind == kResumeYield) return handle(t, result);
  if (!t->mustCancel) return setResult(&t->future, result);
  t->mustCancel = false; // cancelled while it came to its end
  Ref message = Ref::share(t->future.cancelMessage);
  return cancelFuture(&t->future, message) < 0 ? Value() : newRef(none());
}

Value step(TaskObject* t, Value exception) {
  Ref self = Ref::share(valueOf(&t->future)), loop = Ref::share(t->future.loop);
  if (checkAlive(&t->future) < 0 || enterTask(loop, self) < 0) return Value();
  Ref done(runStep(t, exception)), pending = errorTake();
  const int32_t left = leaveTask(loop, self);
  if (pending) errorRestore(pending.release());
  return left < 0 ? Value() : done.release();
}

} // namespace

constinit Type taskStepType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "TaskStepMethWrapper",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &taskStepType, .size = sizeof(StepObject), .flags = kLayoutGc},
    .dealloc = deallocStep,
    .traverse = traverseStep,
    .clear = clearStep,
    .call = callStep,
    .getset = stepGetset,
};

int32_t stepSoon(TaskObject* t, Value exception) {
  Object* o = newObject(&taskStepType.instanceLayout);
  if (!o) return -1;
  auto* s = reinterpret_cast<StepObject*>(o);
  s->task = newRef(valueOf(&t->future));
  s->exception = xnewRef(exception);
  gcTrack(o);
  Ref callback{Value(o)};
  return callSoon(t->future.loop, callback, Value(), t->context);
}

} // namespace krait::asyncio
