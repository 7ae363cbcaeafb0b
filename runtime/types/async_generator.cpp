// Async generators, and the awaitables that their methods return.
//
// The body's `yield v` hands out a wrapped v, so that it can be told from what
// its `await`s hand to the event loop: a step ends with StopIteration(v) when a
// wrapped value arrives, and passes everything else on. Compiled code that awaits a step gets v without the
// exception (AsyncSlots::send).
#include <cstddef>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/audit.h"
#include "runtime/object/protocol.h"
#include "runtime/exceptions/exception.h"
#include "runtime/threads/thread_state.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/async_step.h"
#include "runtime/types/generator_protocol.h"
#include "runtime/types/sequence.h"

namespace krait {
namespace {

struct WrappedValue {
  Object header;
  Value value;
};

enum class StepState : uint8_t { Init, Iterating, Closed };

/// asend(value) and __anext__() (`throws` false); athrow(*arguments) and aclose() (`throws`, arguments null).
struct Step {
  Object header;
  GeneratorObject* generator; // owned
  Value argument;             // value to send (null: None), or tuple of athrow's arguments, or null: aclose
  StepState state;
};
Step* asStep(Value v) { return v.as<Step>(); }

// ---- wrapped values ---------------------------------------------------------------------------

/// Dead objects are kept for the next: a wrapped value lives from a `yield` to the step that takes it, a step from one
/// iteration to the next, and there are as many as generators iterate over one another.
class Spare {
public:
  /// Instead of freeObject, of an untracked object whose words are all null.
  void keep(Object* o) {
    if (count_ == kMost) return freeObject(o);
    objects_[count_++] = o;
  }
  Object* take(const Layout& layout) {
    if (count_ == 0) return newObject(&layout);
    Object* o = objects_[--count_];
    o->layout = &layout;
    o->refs = 1;
    return o;
  }

private:
  static constexpr size_t kMost = 80;
  Object* objects_[kMost];
  size_t count_ = 0;
};
Spare spareValues, spareSteps;

void clearWrapped(Object* o) { clear(reinterpret_cast<WrappedValue*>(o)->value); }
void deallocWrapped(Object* o) {
  clearWrapped(o);
  spareValues.keep(o);
}
int traverseWrapped(Object* o, Visit visit, void* context) {
  return visit(reinterpret_cast<WrappedValue*>(o)->value, context);
}

constinit Type wrappedValueType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "async_generator_wrapped_value",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &wrappedValueType, .size = sizeof(WrappedValue), .flags = kLayoutGc}, // never tracked: nobody keeps one
    .dealloc = deallocWrapped,
    .traverse = traverseWrapped,
    .clear = clearWrapped,
};

/// The value of a wrapper (owned), which is dropped.
Value takeWrapped(Value owned) {
  auto* w = owned.as<WrappedValue>();
  Value v = w->value;
  if (w->header.refs != 1) [[unlikely]] {
    incref(v);
    decref(owned);
    return v;
  }
  w->value = Value();
  spareValues.keep(&w->header);
  return v;
}

/// A step of the generator ended with the pending error.
void endWithError(GeneratorObject* g) {
  if (errorMatches(StopAsyncIterationType) || errorMatches(GeneratorExitType)) g->closed = 1;
  g->runningAsync = 0;
}

/// What a resumption gave (owned, null with or without an error), as the awaiting side sees it.
Value unwrap(GeneratorObject* g, Value result) {
  if (!result) {
    if (!errorSet()) raiseObject(StopAsyncIterationType, Value());
    endWithError(g);
    return Value();
  }
  if (!isWrappedValue(result)) return result;
  Ref wrapped(result);
  raiseStopWithValue(wrapped.as<WrappedValue>()->value);
  g->runningAsync = 0;
  return Value();
}

// ---- asend, __anext__ -------------------------------------------------------------------------

/// What is sent to the generator when `v` is sent to the step: borrowed; null with an error if nothing may be.
Value beginStep(Step* s, Value v) {
  if (s->state == StepState::Closed)
    return raise(RuntimeErrorType, "cannot reuse already awaited __anext__()/asend()");
  if (s->state == StepState::Init) {
    if (s->generator->runningAsync) return raise(RuntimeErrorType, "anext(): asynchronous generator is already running");
    if (isNone(v) && s->argument) v = s->argument;
    s->state = StepState::Iterating;
  }
  s->generator->runningAsync = 1;
  return v;
}

Value asendSend(Value self, Value v) {
  Step* s = asStep(self);
  v = beginStep(s, v);
  if (!v) return Value();
  Value result = unwrap(s->generator, generatorSendValue(s->generator, v));
  if (!result) s->state = StepState::Closed;
  return result;
}

int32_t asendInto(Value self, Value sent, Value* out) {
  Step* s = asStep(self);
  GeneratorObject* g = s->generator;
  Value v = beginStep(s, sent);
  if (v != sent) {
    xincref(v);
    decref(sent);
    if (!v) return kResumeRaise;
  }
  int32_t result = generatorStep(g, v, out);
  if (result == kResumeYield) {
    if (!isWrappedValue(*out)) {
      gcTrack(&s->header); // from now on others can see it
      return result;
    }
    *out = takeWrapped(*out);
    g->runningAsync = 0;
    result = kResumeReturn;
  } else {
    if (result == kResumeReturn) {
      clear(*out);
      raiseObject(StopAsyncIterationType, Value());
      result = kResumeRaise;
    }
    endWithError(g);
  }
  s->state = StepState::Closed;
  return result;
}

Value asendThrow(Value self, const Args& args) {
  Step* s = asStep(self);
  if (s->state == StepState::Closed)
    return raise(RuntimeErrorType, "cannot reuse already awaited __anext__()/asend()");
  Value result = unwrap(s->generator, generatorThrowArgs(s->generator, args));
  if (!result) s->state = StepState::Closed;
  return result;
}

Value asendNext(Value self) { return asendSend(self, none()); }

Value closeStep(Value self) {
  asStep(self)->state = StepState::Closed;
  return newRef(none());
}

// ---- athrow, aclose ---------------------------------------------------------------------------

/// aclose() got a value out of the generator.
Value ignoredExit(Step* s) {
  s->generator->runningAsync = 0;
  s->state = StepState::Closed;
  return raise(RuntimeErrorType, "async generator ignored GeneratorExit");
}

/// A step of athrow or aclose ended with the pending error.
Value endOfThrow(Step* s) {
  s->generator->runningAsync = 0;
  s->state = StepState::Closed;
  if (!s->argument && (errorMatches(StopAsyncIterationType) || errorMatches(GeneratorExitType))) {
    errorClear();
    raiseStopIteration(Value());
  }
  return Value();
}

Value startThrow(Step* s, Value v) {
  GeneratorObject* g = s->generator;
  bool closing = !s->argument;
  if (g->runningAsync) {
    s->state = StepState::Closed;
    return raise(RuntimeErrorType, "%s(): asynchronous generator is already running", closing ? "aclose" : "athrow");
  }
  if (g->closed) {
    s->state = StepState::Closed;
    return raiseObject(StopAsyncIterationType, Value());
  }
  if (!isNone(v)) return raise(RuntimeErrorType, "can't send non-None value to a just-started coroutine");
  s->state = StepState::Iterating;
  g->runningAsync = 1;
  if (closing) {
    g->closed = 1;
    Ref result(generatorThrow(g, asValue(&GeneratorExitType), Value(), Value()));
    if (!result) return endOfThrow(s);
    return isWrappedValue(result) ? ignoredExit(s) : result.release();
  }
  TupleObject* arguments = asTuple(s->argument);
  if (checkPositional("athrow", Args{arguments->items, static_cast<size_t>(arguments->size), Value()}, 1, 3) < 0) return Value(); // it goes on "running"
  Value result = unwrap(g, generatorThrow(g, arguments->items[0], arguments->size > 1 ? arguments->items[1] : Value(),
                                          arguments->size > 2 ? arguments->items[2] : Value()));
  return result ? result : endOfThrow(s);
}

Value athrowSend(Value self, Value v) {
  Step* s = asStep(self);
  GeneratorObject* g = s->generator;
  if (s->state == StepState::Closed)
    return raise(RuntimeErrorType, "cannot reuse already awaited aclose()/athrow()");
  if (g->status == GenStatus::Closed) {
    s->state = StepState::Closed;
    return raiseStopIteration(Value());
  }
  if (s->state == StepState::Init) return startThrow(s, v);
  Ref result(generatorSendValue(g, v));
  if (s->argument) return unwrap(g, result.release());
  if (!result) return endOfThrow(s);
  return isWrappedValue(result) ? ignoredExit(s) : result.release();
}

Value athrowThrow(Value self, const Args& args) {
  Step* s = asStep(self);
  if (s->state == StepState::Closed)
    return raise(RuntimeErrorType, "cannot reuse already awaited aclose()/athrow()");
  Ref result(generatorThrowArgs(s->generator, args));
  if (s->argument) return unwrap(s->generator, result.release());
  if (result && isWrappedValue(result)) return ignoredExit(s);
  if (!result && (errorMatches(StopAsyncIterationType) || errorMatches(GeneratorExitType))) {
    errorClear();
    return raiseStopIteration(Value());
  }
  return result.release();
}

Value athrowNext(Value self) { return athrowSend(self, none()); }

// ---- the step types ---------------------------------------------------------------------------

void clearStep(Object* o) {
  auto* s = reinterpret_cast<Step*>(o);
  clear(s->argument);
  if (GeneratorObject* g = s->generator) {
    s->generator = nullptr;
    s->state = StepState::Closed;
    decref(Value(&g->header));
  }
}
void deallocStep(Object* o) {
  gcUntrack(o);
  auto* s = reinterpret_cast<Step*>(o);
  if (s->argument) clear(s->argument);
  GeneratorObject* g = s->generator;
  s->generator = nullptr;
  s->state = StepState::Closed;
  spareSteps.keep(o);
  if (g) decref(&g->header);
}
int traverseStep(Object* o, Visit visit, void* context) {
  auto* s = reinterpret_cast<Step*>(o);
  if (s->generator)
    if (int stop = visit(Value(&s->generator->header), context)) return stop;
  return visit(s->argument, context);
}
Value stepSelf(Value self) { return newRef(self); }

const MethodDef asendMethods[] = {
    {"send", asendSend},
    {"throw", asendThrow},
    {"close", closeStep},
    {},
};
const MethodDef athrowMethods[] = {
    {"send", athrowSend},
    {"throw", athrowThrow},
    {"close", closeStep},
    {},
};
const AsyncSlots asendAsync = {.await = stepSelf, .send = asendInto}, athrowAsync = {.await = stepSelf};

#define STEP_TYPE(self, text, nextFunction, methodTable, asyncSlots)                                         \
  constinit Type self = {                                                                                     \
      .header = KRAIT_STATIC_HEADER(typeType),                                                                \
      .name = text,                                                                                           \
      .base = &objectType,                                                                                    \
      .flags = kTypeDisallowInstantiation,                                                                    \
      .instanceLayout = {.type = &self, .size = sizeof(Step), .flags = kLayoutGc},                            \
      .dealloc = deallocStep,                                                                                 \
      .traverse = traverseStep,                                                                               \
      .clear = clearStep,                                                                                     \
      .iter = stepSelf,                                                                                       \
      .next = nextFunction,                                                                                   \
      .async = &asyncSlots,                                                                                   \
      .methods = methodTable,                                                                                 \
  };
STEP_TYPE(asendType, "async_generator_asend", asendNext, asendMethods, asendAsync)
STEP_TYPE(athrowType, "async_generator_athrow", athrowNext, athrowMethods, athrowAsync)

/// Untracked.
Step* makeStep(const Type& type, Value generator) {
  auto* s = reinterpret_cast<Step*>(spareSteps.take(type.instanceLayout));
  if (!s) return nullptr;
  s->generator = asGenerator(generator);
  incref(generator);
  s->state = StepState::Init;
  return s;
}
Value newStep(const Type& type, Value generator, Value argument) {
  Step* s = makeStep(type, generator);
  if (!s) return Value();
  s->argument = xnewRef(argument);
  gcTrack(&s->header);
  return Value(&s->header);
}

// ---- the generator ------------------------------------------------------------------------------

/// The first step of an async generator tells the event loop about it (sys.set_asyncgen_hooks).
[[gnu::noinline]] int32_t callHooksFirst(GeneratorObject* g) {
  const Value self(&g->header);
  g->hooksCalled = 1;
  ThreadState* thread = currentThread();
  g->origin = xnewRef(thread->asyncGenFinalizer);
  Ref hook = Ref::share(thread->asyncGenFirstIter);
  if (!hook) return 0;
  Ref result(call(hook, {self}));
  return result ? 0 : -1;
}

int32_t callHooks(Value self) { return asGenerator(self)->hooksCalled ? 0 : callHooksFirst(asGenerator(self)); }

Value iterSelf(Value self) { return newRef(self); }

Value asend(Value self, Value v) { return callHooks(self) < 0 ? Value() : newStep(asendType, self, v); }
Value aclose(Value self) { return callHooks(self) < 0 ? Value() : newStep(athrowType, self, Value()); }
Value athrow(Value self, const Args& args) {
  if (callHooks(self) < 0) return Value(); // how many arguments there are is looked at when they are thrown
  Ref arguments(newTupleFrom(args.values, args.count));
  return arguments ? newStep(athrowType, self, arguments) : Value();
}

Value getRunning(Value self, void*) { return boolean(asGenerator(self)->runningAsync); }

const MethodDef methods[] = {
    {"asend", asend},
    {"athrow", athrow},
    {"aclose", aclose},
    {"__class_getitem__", newGenericAlias, nullptr, kMethodClass},
    {},
};
const GetSetDef attributes[] = {
    {"__name__", generatorGetName, generatorSetName},
    {"__qualname__", generatorGetQualname, generatorSetQualname},
    {"ag_await", generatorGetAwaiting},
    {"ag_frame", auditedGet<"ag_frame", generatorGetFrame>},
    {},
};
const MemberDef members[] = {{"ag_running", getRunning}, {"ag_code", auditedGet<"ag_code", generatorGetCode>}, {}};
const AsyncSlots asyncSlots = {.aiter = iterSelf, .anext = asyncGeneratorNext};

} // namespace

bool isWrappedValue(Value v) { return v.isPointer() && typeOfObject(v.object()) == &wrappedValueType; }

bool isAsyncStep(Value v) { return isExact(v, asendType); }

Value asyncGeneratorNextForLoop(Value self) {
  Step* s = callHooks(self) < 0 ? nullptr : makeStep(asendType, self);
  return s ? Value(&s->header) : Value();
}

// ---- loops of compiled code (async_step.h) -------------------------------------------------------

alignas(16) static constinit ExceptionObject stopAsync = {.header = KRAIT_STATIC_HEADER(StopAsyncIterationType)};
Object* const quietStopAsync = &stopAsync.header;
static Value loopStep; // between krt_send and krt_generator_set_awaiting, between which nothing runs

Value takeLoopStep() {
  const Value step = loopStep;
  loopStep = Value();
  return step;
}

Value generatorForLoop(Value self) {
  if (eventsActive) [[unlikely]] return asyncGeneratorNextForLoop(self);
  return callHooks(self) < 0 ? Value() : newRef(self);
}

/// The body waits for something, and hands out `out` (owned).
[[gnu::noinline]] static int32_t waitInLoop(Value generator, Value* out) {
  Step* s = makeStep(asendType, generator);
  if (!s) {
    clear(*out);
    asGenerator(generator)->runningAsync = 0;
    return kResumeRaise;
  }
  s->state = StepState::Iterating;
  gcTrack(&s->header);
  loopStep = Value(&s->header);
  return kResumeYield;
}

int32_t stepOfLoop(Value generator, Value* out) {
  GeneratorObject* g = asGenerator(generator);
  if (g->runningAsync) [[unlikely]] {
    raise(RuntimeErrorType, "anext(): asynchronous generator is already running");
    return kResumeRaise;
  }
  g->runningAsync = 1;
  const int32_t result = generatorStep(g, none(), out);
  if (result == kResumeYield) [[likely]] {
    if (!isWrappedValue(*out)) return waitInLoop(generator, out);
    *out = takeWrapped(*out);
    g->runningAsync = 0;
    return kResumeReturn;
  }
  if (result == kResumeRaise) {
    endWithError(g);
    return kResumeRaise;
  }
  clear(*out);
  g->closed = 1;
  g->runningAsync = 0;
  krt_hot.raised = Value(quietStopAsync);
  return kStepEnded;
}

Value asyncGeneratorNext(Value self) { return callHooks(self) < 0 ? Value() : newStep(asendType, self, Value()); }

constinit Type asyncGeneratorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "async_generator",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnGetAttr,
    KRAIT_GENERATOR_LAYOUT(asyncGeneratorType),
    .async = &asyncSlots,
    .methods = methods,
    .getset = attributes,
    .members = members,
};

extern "C" Value krt_async_gen_wrap(Owned v) {
  auto* w = reinterpret_cast<WrappedValue*>(spareValues.take(wrappedValueType.instanceLayout));
  if (!w) {
    decref(v);
    return Value();
  }
  w->value = v;
  return Value(&w->header);
}

} // namespace krait
