// Future and Task as asyncio has them natively, and what their files share.
//
// A future's callbacks are kept as CPython keeps them: the first one in two words of its own, further ones as (callback, context)
// pairs in a list. A task is a future that drives a coroutine: `step` sends into it, what it yields is waited for by a callback.
#pragma once
#include "runtime/object/protocol.h"

namespace krait::asyncio {

enum class State : uint8_t { Pending, Cancelled, Finished };

struct FutureObject {
  Object header;
  Value loop;                     // null: __init__ has not run
  Value callback, callbackContext; // the first callback, or null
  Value callbacks;                // list of pairs, or null
  Value exception, exceptionTraceback, result, sourceTraceback, cancelMessage, cancelledError, dict; // or null
  Value weakrefs;
  State state;
  bool logTraceback; // nobody has asked for the exception yet
  bool blocking;     // handed out by __await__, not yet taken note of by a task
};

struct TaskObject {
  FutureObject future;
  Value waiter, coroutine, name, context; // owned or null; `name` is a number until somebody asks
  int64_t cancelRequests;
  bool mustCancel, logDestroyPending;
};

extern Type futureType, taskType, futureIteratorType, taskStepType;
inline FutureObject* asFuture(Value v) { return v.as<FutureObject>(); }
inline TaskObject* asTask(Value v) { return v.as<TaskObject>(); }
inline Value valueOf(FutureObject* f) { return Value(&f->header); }
/// A Future or a Task, and of no subclass: what needs no attribute look-ups.
inline bool isExactFuture(Value v) { return isExact(v, futureType) || isExact(v, taskType); }

/// What asyncio's Python half provides; owned, set when the module is made.
struct Imports {
  Value getEventLoopPolicy, futureRepr, taskRepr, taskGetStack, taskPrintStack, isCoroutine, extractStack;
  Value invalidStateError, cancelledError; // classes
  Value allTasks, currentTasks;            // WeakSet, dict from loop to task
};
extern Imports imports;
/// Raises imports.invalidStateError.
Value raiseInvalidState(const char* format, Value a = Value(), Value b = Value());

// ---- loops (running_loop.cpp) ----
/// The loop that runs in this thread (borrowed), or null without error.
Value runningLoop();
void setRunningLoop(Value loop); // None: none
/// The running loop, else the policy's (owned).
Value getEventLoop();
/// loop.call_soon(callback[, argument][, context=context]): 0, -1. argument and context may be null.
int32_t callSoon(Value loop, Value callback, Value argument, Value context);
int32_t enterTask(Value loop, Value task);
int32_t leaveTask(Value loop, Value task);

// ---- loops that are asyncio's own (plain_loop.cpp) ----
/// loop.get_debug(): 1, 0, -1.
int32_t isDebugging(Value loop);
/// call_soon's Handle (owned). Null without error: the loop has to be called. `argument` may be null.
Value scheduleDirectly(Value loop, Value callback, Value argument, Value context);
/// all_tasks knows it from now on: 0, -1.
int32_t registerTask(Value task);

// ---- futures (future.cpp) ----
/// Future.__init__ with `loop` null or None for the current one.
int32_t initialise(FutureObject* f, Value loop);
/// RuntimeError unless __init__ has run.
int32_t checkAlive(const FutureObject* f);
Value setResult(FutureObject* f, Value result);
Value setException(FutureObject* f, Value exception);
/// Whether it was pending: 1, 0, -1. `message` null or None: none.
int32_t cancelFuture(FutureObject* f, Value message);
/// 1: *out is the exception that it ended with (owned); 0: *out the result (owned); -1: CancelledError or InvalidStateError raised.
int32_t outcomeOf(FutureObject* f, Value* out);
/// The CancelledError to raise for it (owned); forgets the one that was kept.
Value makeCancelledError(FutureObject* f);
int32_t addDoneCallback(FutureObject* f, Value callback, Value context);
/// Tells the loop's exception handler; `about`: the key under which the future is named. Errors go to sys.unraisablehook.
void reportToLoop(FutureObject* f, Value message, const char* about, Value exception);
int futureTraverse(Object* o, Visit visit, void* context);
void futureClear(Object* o);
void futureDealloc(Object* o);
void futureFinalize(Object* o);
Value awaitFuture(Value self);

// ---- tasks (task_step.cpp) ----
/// Schedules a step of the task; `exception` (may be null) is thrown into the coroutine.
int32_t stepSoon(TaskObject* t, Value exception);

} // namespace krait::asyncio
