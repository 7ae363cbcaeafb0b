// Resuming, throwing into and closing generators of all three kinds.
#include <cstddef>
#include "runtime/exceptions/known_frames.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/code_object.h"
#include "runtime/types/function.h"
#include "runtime/types/generator_protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

Value valueOf(GeneratorObject* g) { return Value(&g->header); }

/// What GeneratorExit does to a frame without handlers: what the expression had put aside dies, newest first, then locals.
void unwindQuietly(GeneratorObject* g) {
  g->status = GenStatus::Running;
  const uint32_t locals = g->code->varCount + g->code->cellCount;
  for (uint32_t i = g->slotCount; i-- > locals;)
    if (g->slots[i]) clear(g->slots[i]);
}

/// Not resumable now: decides between error and exhaustion. `sent` owned.
int32_t refuse(GeneratorObject* g, Value sent, Value* out, bool closing) {
  Ref dropped(sent);
  if (g->answer) return takeAnswer(g, out);
  if (g->status == GenStatus::Running) {
    raise(ValueErrorType, "%s already executing", generatorKind(g));
    return kResumeRaise;
  }
  if (isCoroutine(valueOf(g)) && !closing) {
    raise(RuntimeErrorType, "cannot reuse already awaited coroutine");
    return kResumeRaise;
  }
  if (!sent) return kResumeRaise; // what was thrown in comes out
  *out = newRef(none());
  return kResumeReturn;
}
} // namespace

const char* generatorKind(const GeneratorObject* g) {
  const Type* type = g->header.layout->type;
  return type == &coroutineType ? "coroutine" : type == &asyncGeneratorType ? "async generator" : "generator";
}

/// From here to the next yield, the end, or an exception. Thrown into an except block: what is handled there is the context.
[[gnu::always_inline]] static inline int32_t resumed(GeneratorObject* g, Value sent, Value* out, bool isThrownIntoHandler) {
  ResumeAnchor anchor{{static_cast<Anchor*>(krt_hot.anchor), Anchor::marked(g->function, Anchor::Resume), __builtin_frame_address(0)}, g};
  krt_hot.anchor = &anchor;
  g->handled.previous = krt_hot.handled;
  krt_hot.handled = &g->handled;
  if (isThrownIntoHandler) raiseInstance(errorTake().release());
  g->status = GenStatus::Running;
  const int32_t result = g->code->resume(g, sent, out);
  krt_hot.handled = g->handled.previous;
  krt_hot.anchor = anchor.previous;
  if (result != kResumeYield) [[unlikely]] return generatorEnd(g, result);
  g->status = GenStatus::Suspended;
  return result;
}

[[gnu::cold, gnu::noinline]] static int32_t resumedByError(GeneratorObject* g, Value* out) {
  const bool handles = static_cast<bool>(g->handled.value);
  if (!eventsActive || !krt_hot.raised) return resumed(g, Value(), out, handles);
  const EntryByError entry(g);
  return resumed(g, Value(), out, handles);
}

/// One step of a generator that can take one. Somebody holds it meanwhile.
[[gnu::always_inline]] static inline int32_t step(GeneratorObject* g, Value sent, Value* out) {
  if (!sent && (g->handled.value || eventsActive)) [[unlikely]] return resumedByError(g, out);
  return resumed(g, sent, out, false);
}

[[gnu::noinline]] int32_t generatorStepPlainly(GeneratorObject* g, Value sent, Value* out) { return step(g, sent, out); }

/// Waits for something, or is waited for.
static inline bool isInChain(const GeneratorObject* g) { return g->awaiting.bits | reinterpret_cast<uintptr_t>(g->delegator); }

/// Exhausted, running or failed.
[[gnu::cold, gnu::noinline]] static Value withoutItem(GeneratorObject* g, int32_t result, Value out) {
  if (result == kResumeYield) result = generatorSend(g, none(), &out);
  if (result == kResumeYield) return out;
  if (result == kResumeReturn) decref(out);
  return Value();
}

/// For one that cannot take a step, or has taken it with those who waited for it.
[[gnu::noinline]] static int32_t stepBeyond(GeneratorObject* g, Value sent, Value* out) {
  if (!g->answer || !sent) return generatorSend(g, sent, out);
  decref(sent);
  return takeAnswer(g, out);
}

[[gnu::noinline]] int32_t generatorStep(GeneratorObject* g, Value sent, Value* out) {
  const bool canStep = g->status == GenStatus::Suspended || (g->status == GenStatus::Created && (!sent || isNone(sent)));
  if (!canStep) [[unlikely]] return stepBeyond(g, sent, out);
  return isInChain(g) ? stepOfDelegating(g, sent, out) : step(g, sent, out);
}

// The loop holds its iterator.
[[gnu::noinline]] Value generatorNext(GeneratorObject* g) {
  if (g->status >= GenStatus::Running) [[unlikely]] return withoutItem(g, kResumeYield, Value());
  Value out;
  const int32_t result = isInChain(g) ? stepOfDelegating(g, none(), &out) : step(g, none(), &out);
  return result == kResumeYield ? out : withoutItem(g, result, out);
}

[[gnu::noinline]] int32_t generatorSend(GeneratorObject* g, Value sent, Value* out, bool closing) {
  if (g->status >= GenStatus::Running) return refuse(g, sent, out, closing);
  if (g->status == GenStatus::Created && sent && !isNone(sent)) {
    decref(sent);
    raise(TypeErrorType, "can't send non-None value to a just-started %s", generatorKind(g));
    return kResumeRaise;
  }
  Ref keep = Ref::share(valueOf(g));
  return isInChain(g) ? stepOfDelegating(g, sent, out) : step(g, sent, out);
}

void raiseStopWithValue(Value v) { raiseStopIteration(v); }

Value takeStopValue() {
  if (!errorMatches(StopIterationType)) return Value();
  Ref stop = errorTake();
  Value v = static_cast<StopIterationObject*>(asException(stop))->value;
  return newRef(v ? v : none());
}

namespace {
Value finishStep(GeneratorObject* g, int32_t result, Value out) {
  if (result == kResumeYield) return out;
  if (result == kResumeReturn) {
    Ref value(out);
    if (isAsyncGenerator(valueOf(g))) raiseObject(StopAsyncIterationType, Value());
    else raiseStopWithValue(value);
  }
  return Value();
}
} // namespace

Value generatorSendValue(GeneratorObject* g, Value sent) {
  Value out;
  int32_t result = generatorSend(g, newRef(sent), &out);
  return finishStep(g, result, out);
}

ThrownArguments* thrownArguments;

namespace {

/// What the innermost of the generators that wait for one another waits for, if that is no generator; else null.
Value delegateOf(GeneratorObject* g) {
  while (g->status == GenStatus::Suspended && g->awaiting) {
    if (!isGenerator(g->awaiting) && !isCoroutine(g->awaiting)) return g->awaiting;
    g = asGenerator(g->awaiting);
  }
  return {};
}

bool isGeneratorExit(Value type) {
  if (isException(type)) type = asValue(typeOf(type));
  return hasTypeFlag(type, kTypeType) && (type.as<Type>()->flags & kTypeException) && isSubtype(type.as<Type>(), &GeneratorExitType);
}

/// Leaves it to the delegate's own throw what it makes of the arguments. Sets `done` unless it has none.
Value throwToDelegate(GeneratorObject* g, Value delegate, Value type, Value value, Value traceback, bool& done) {
  Ref receiver = Ref::share(delegate), method(getAttrOptional(delegate, NAME(throw)));
  done = method || errorSet();
  if (!method) return {};
  ThrownArguments arguments{receiver, method, {type, value, traceback}, traceback ? 3u : value ? 2u : 1u};
  if (traceback && !value) arguments.words[1] = none();
  thrownArguments = &arguments;
  raiseObject(BaseExceptionType, Value());
  Value out;
  const int32_t result = generatorSend(g, Value(), &out);
  thrownArguments = nullptr;
  return finishStep(g, result, out);
}

} // namespace

Value generatorThrow(GeneratorObject* g, Value type, Value value, Value traceback) {
  if (Value delegate = delegateOf(g); delegate && !isGeneratorExit(type)) {
    bool done = false;
    Value result = throwToDelegate(g, delegate, type, value, traceback, done);
    if (done) return result;
  }
  if (traceback && isNone(traceback)) traceback = Value();
  if (traceback && !isExact(traceback, tracebackType))
    return raise(TypeErrorType, "throw() third argument must be a traceback object");
  Ref exception;
  if (hasTypeFlag(type, kTypeType) && (type.as<Type>()->flags & kTypeException)) {
    if (value && isException(value) && isInstanceOf(value, *type.as<Type>())) {
      exception = Ref::share(value);
    } else if (value && isTuple(value)) {
      exception.reset(call(type, Args{asTuple(value)->items, static_cast<size_t>(asTuple(value)->size), Value()}));
    } else {
      exception.reset(instantiate(type, value && !isNone(value) ? value : Value()));
    }
    if (exception && !isException(exception)) {
      raise(TypeErrorType, "calling %R should have returned an instance of BaseException, not %s", type, typeOf(exception)->name);
      exception.reset();
    }
    if (!exception) exception = errorTake(); // what making it raised is thrown instead
  } else if (isException(type)) {
    if (value && !isNone(value)) return raise(TypeErrorType, "instance exception may not have a separate value");
    exception = Ref::share(type);
  } else {
    return raise(TypeErrorType, "exceptions must be classes or instances deriving from BaseException, not %T", type);
  }
  if (traceback) setTraceback(exception, traceback);
  errorRestore(exception.release());
  Value out;
  int32_t result = generatorSend(g, Value(), &out);
  return finishStep(g, result, out);
}

Value generatorThrowArgs(GeneratorObject* g, const Args& args) {
  if (checkPositional("throw", args, 1, 3) < 0) return Value();
  return generatorThrow(g, args[0], args.count > 1 ? args[1] : Value(), args.count > 2 ? args[2] : Value());
}

int32_t closeIterator(Value iterator) {
  if (isGenerator(iterator) || isCoroutine(iterator)) return generatorClose(asGenerator(iterator));
  Ref method(getAttrOptional(iterator, NAME(close)));
  if (!method) {
    if (errorSet()) errorUnraisable(nullptr, iterator);
    return 0;
  }
  Ref result(call(method));
  return result ? 0 : -1;
}

int32_t generatorClose(GeneratorObject* g) {
  if (g->status == GenStatus::Closed) return 0;
  if (g->status == GenStatus::Created && !eventsActive) { // it would leave at once, which listeners hear of
    generatorFinish(g);
    return 0;
  }
  if (g->delegator && g->status == GenStatus::Suspended && !mayEnter(g)) return -1;
  if (g->status == GenStatus::Suspended && (g->state & kQuietSuspension) && !g->frame && !eventsActive) {
    Ref keep = Ref::share(valueOf(g));
    unwindQuietly(g);
    generatorFinish(g);
    return 0;
  }
  if (g->status != GenStatus::Running) raiseObject(GeneratorExitType, Value());
  Value out;
  int32_t result = generatorSend(g, g->status == GenStatus::Running ? newRef(none()) : Value(), &out, true);
  if (result == kResumeYield) {
    decref(out);
    return fail(RuntimeErrorType, "%s ignored GeneratorExit", generatorKind(g));
  }
  if (result == kResumeReturn) {
    decref(out);
    return 0;
  }
  return errorClearIf(StopIterationType) || errorClearIf(GeneratorExitType) ? 0 : -1;
}

// ---- attributes -------------------------------------------------------------------------------

Value generatorRepr(Value self) {
  const char* kind = isAsyncGenerator(self) ? "async_generator" : generatorKind(asGenerator(self));
  return formatText("<%s object %S at %p>", kind, generatorQualname(asGenerator(self)), static_cast<void*>(self.object()));
}

Value generatorGetCode(Value self, void*) { return codeObjectOf(asGenerator(self)->code); }

Value generatorGetFrame(Value self, void*) {
  GeneratorObject* g = asGenerator(self);
  if (g->status == GenStatus::Closed) return newRef(none());
  if (!g->frame) {
    FrameObject* frame = newFrame(g->code, g->function, g->site, nullptr);
    if (!frame) return Value();
    frame->generator = self;
    frame->alive = true;
    g->frame = Value(&frame->header);
  }
  return newRef(g->frame);
}

static bool isSuspended(GeneratorObject* g) { return g->status == GenStatus::Suspended && !isExecuting(g); }

Value generatorGetRunning(Value self, void*) { return boolean(isExecuting(asGenerator(self))); }
Value generatorGetSuspended(Value self, void*) { return boolean(isSuspended(asGenerator(self))); }

Value generatorGetAwaiting(Value self, void*) {
  GeneratorObject* g = asGenerator(self);
  return newRef(g->awaiting && isSuspended(g) ? g->awaiting : none());
}

Value generatorGetName(Value self, void*) { return newRef(generatorName(asGenerator(self))); }
int32_t generatorSetName(Value self, Value v, void*) {
  if (!v || !isStr(v)) return fail(TypeErrorType, "__name__ must be set to a string object");
  assign(asGenerator(self)->name, newRef(v));
  return 0;
}
Value generatorGetQualname(Value self, void*) { return newRef(generatorQualname(asGenerator(self))); }
int32_t generatorSetQualname(Value self, Value v, void*) {
  if (!v || !isStr(v)) return fail(TypeErrorType, "__qualname__ must be set to a string object");
  assign(asGenerator(self)->qualname, newRef(v));
  return 0;
}

} // namespace krait
