// What generators, coroutines and async generators share below their Python
// methods. A generator is a frame that outlives a call; `resume` of its code
// runs it to the next suspension (abi/code.h).
#pragma once
#include "runtime/types/generator.h"

namespace krait {

// Nobody derives from these types.
inline bool isGenerator(Value v) { return v.isPointer() && v.object()->layout == &generatorType.instanceLayout; }
inline bool isCoroutine(Value v) { return v.isPointer() && v.object()->layout == &coroutineType.instanceLayout; }
inline bool isAsyncGenerator(Value v) { return v.isPointer() && v.object()->layout == &asyncGeneratorType.instanceLayout; }
inline GeneratorObject* asGenerator(Value v) { return v.as<GeneratorObject>(); }

/// Sends (`sent` owned; null: throws the pending exception): ResumeResult, *out owned. TypeError for a value sent
/// to a fresh one, ValueError when it is running. `closing`: an exhausted coroutine is no error.
int32_t generatorSend(GeneratorObject* g, Value sent, Value* out, bool closing = false);
/// The same for whoever holds the generator until it has answered.
int32_t generatorStep(GeneratorObject* g, Value sent, Value* out);
/// After the last step (kResumeReturn or kResumeRaise, which it answers): the frame is over.
int32_t generatorEnd(GeneratorObject* g, int32_t result);
/// One step, whatever the generator waits for; nobody waits for it. Somebody holds it meanwhile.
int32_t generatorStepPlainly(GeneratorObject* g, Value sent, Value* out);

// ---- generators that wait for generators (delegation.cpp) ----
/// The step of a generator that waits for something, or that somebody waits for.
int32_t stepOfDelegating(GeneratorObject* g, Value sent, Value* out);
/// Sets `awaiting` (shared; null: nothing).
void setAwaiting(GeneratorObject* g, Value receiver);
/// Whether it may be resumed, closed or thrown into by somebody else than who waits for it: false with ValueError.
bool mayEnter(GeneratorObject* g);
/// Whether its frame is one of those that run.
bool isExecuting(GeneratorObject* g);
/// What a generator that ended in a step of its delegator's left for it: ResumeResult, *out owned.
int32_t takeAnswer(GeneratorObject* g, Value* out);
/// Those who wait for `g` forget what they know of who is innermost.
void forgetInnermost(GeneratorObject* g);

/// Of any receiver that is no async generator (`sent` owned; null: throws the pending exception): ResumeResult, *out owned.
int32_t sendBeyond(Value receiver, Value sent, Value* out);

/// As a method does it: a result that was returned becomes StopIteration (StopAsyncIteration for an async generator).
Value generatorSendValue(GeneratorObject* g, Value sent);
/// Throws what throw(type, value, traceback) describes; the last two may be null.
Value generatorThrow(GeneratorObject* g, Value type, Value value, Value traceback);
/// What throw() was given, for a delegate with a throw of its own: it gets the very arguments. Set while the generator is
/// resumed to hand them on; the pending exception only stands for them.
struct ThrownArguments {
  Value receiver, method;
  Value words[3];
  size_t count;
};
extern ThrownArguments* thrownArguments;
/// throw()'s 1 to 3 positional arguments.
Value generatorThrowArgs(GeneratorObject* g, const Args& args);
/// A pending StopIteration that leaves a generator's body becomes RuntimeError.
void generatorStopped();
/// close(): -1 with an error, e.g. RuntimeError "generator ignored GeneratorExit".
int32_t generatorClose(GeneratorObject* g);
/// Closes any iterator that something was delegated to (its close method may be absent).
int32_t closeIterator(Value iterator);
/// Raises StopIteration(v); v None or null: without arguments.
void raiseStopWithValue(Value v);
/// If the pending exception is a StopIteration: clears it and answers its value (owned), else null.
Value takeStopValue();

/// It is Closed: what it holds but its code and names dies.
void generatorFinish(GeneratorObject* g);
/// Borrowed.
inline Value generatorName(const GeneratorObject* g) { return g->name ? g->name : g->code->name; }
inline Value generatorQualname(const GeneratorObject* g) { return g->qualname ? g->qualname : g->code->qualname; }

/// Type slots.
void generatorDealloc(Object* o);
int generatorTraverse(Object* o, Visit visit, void* context);
void generatorClear(Object* o);
void generatorFinalize(Object* o);
Value generatorRepr(Value self);
/// Attribute functions shared by the three types.
Value generatorGetCode(Value self, void*);
Value generatorGetFrame(Value self, void*);
Value generatorGetRunning(Value self, void*);
Value generatorGetSuspended(Value self, void*);
Value generatorGetAwaiting(Value self, void*);
Value generatorGetName(Value self, void*);
int32_t generatorSetName(Value self, Value v, void*);
Value generatorGetQualname(Value self, void*);
int32_t generatorSetQualname(Value self, Value v, void*);

/// Text for messages: "generator", "coroutine", "async generator".
const char* generatorKind(const GeneratorObject* g);

#define KRAIT_GENERATOR_LAYOUT(self)                                                                          \
  .instanceLayout = {.type = &self,                                                                           \
                     .size = sizeof(GeneratorObject),                                                         \
                     .itemSize = sizeof(Value),                                                               \
                     .flags = kLayoutGc,                                                                      \
                     .weakOffset = offsetof(GeneratorObject, weakrefs)},                                      \
  .dealloc = generatorDealloc, .traverse = generatorTraverse, .clear = generatorClear,                        \
  .finalize = generatorFinalize, .repr = generatorRepr

/// Awaitables of async generators: steps of a running __anext__, asend, athrow or aclose.
Value asyncGeneratorNext(Value self);
/// The same for `async for`, which gives it to nobody; the collector knows it only when it waits for something.
Value asyncGeneratorNextForLoop(Value self);
/// What these return.
bool isAsyncStep(Value v);
/// True for what an async generator's `yield` hands out.
bool isWrappedValue(Value v);

} // namespace krait
