// Which loop runs in a thread, which task in a loop, and calling into loops.
#include <pthread.h>
#include <unistd.h>

#include "runtime/modules/asyncio/asyncio_objects.h"
#include "runtime/object/names.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::asyncio {

static int process; // this one, once somebody asked

/// getpid() is a call of the system; only in a forked child is its answer another.
static int thisProcess() {
  if (process) [[likely]] return process;
  pthread_atfork(nullptr, nullptr, [] { process = getpid(); });
  return process = getpid();
}

Value runningLoop() {
  const ThreadState* thread = currentThread();
  return thread->runningLoop && thread->runningLoopProcess == thisProcess() ? thread->runningLoop : Value(); // not in a forked child
}

void setRunningLoop(Value loop) {
  ThreadState* thread = currentThread();
  assign(thread->runningLoop, isNone(loop) ? Value() : newRef(loop));
  thread->runningLoopProcess = thisProcess();
}

Value getEventLoop() {
  if (Value loop = runningLoop()) return newRef(loop);
  Ref policy(call(imports.getEventLoopPolicy));
  return policy ? callMethod(policy, "get_event_loop") : Value();
}

int32_t callSoon(Value loop, Value callback, Value argument, Value context) {
  if (Ref handle{scheduleDirectly(loop, callback, argument, context)}; handle || errorSet()) return handle ? 0 : -1;
  static const Value keyword = newTuple({Ref(internStr("context")).get()});
  Ref method(getAttr(loop, NAME(call_soon)));
  if (!keyword || !method) return -1;
  Value values[3] = {callback};
  size_t count = 1;
  if (argument) values[count++] = argument;
  if (context) values[count] = context;
  Ref handle(call(method, Args{values, count, context ? keyword : Value()}));
  return handle ? 0 : -1;
}

int32_t enterTask(Value loop, Value task) {
  const int64_t others = dictSize(imports.currentTasks);
  Value running = dictSetDefault(imports.currentTasks, loop, task);
  if (!running) return -1;
  if (dictSize(imports.currentTasks) != others) return 0;
  return fail(RuntimeErrorType, "Cannot enter into task %R while another task %R is being executed.", task, running);
}

int32_t leaveTask(Value loop, Value task) {
  if (hash(loop) == -1) return -1; // an empty dict would not ask
  Ref running(dictPop(imports.currentTasks, loop, none()));
  if (!running) return -1;
  if (running.get() == task) return 0;
  if (!isNone(running) && dictSet(imports.currentTasks, loop, running) < 0) return -1;
  return fail(RuntimeErrorType, "Leaving task %R does not match the current task %R.", task, running.get());
}

} // namespace krait::asyncio
