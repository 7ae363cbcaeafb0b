// What belongs to one Python thread. The words that compiled code touches are
// in krt_hot (abi/thread_state.h); the rest is here.
//
// krt_hot.limit is the recursion limit while nothing is asked for, and 0 while
// somebody wants the thread's attention: the next function entry or back edge
// then takes the slow path, which serves the requests and restores the limit.
#pragma once
#include <atomic>
#include "runtime/abi/thread_state.h"
#include "runtime/object/ref.h"

namespace krait {

/// One running function of the IR interpreter, linked innermost first.
/// `frameAddress` orders it among native frames: the interpreter's C++ frame
/// that runs it (a call from there into native code has a lower address).
struct InterpreterActivation {
  InterpreterActivation* previous;
  const CodeInfo* code;
  FunctionObject* function;  // borrowed
  uint32_t site;
  const void* frameAddress;
  Value* locals;             // co_varnames, then cells: borrowed words, null where unbound; may be null
  GeneratorObject* generator; // whose body it is; null in plain functions
  const void* insteadOf;     // the machine frame of compiled code that only entered this: not shown; else null
  Value names;               // the namespace of a class or exec body that runs as bytecode (borrowed); else null
};

/// What trace and profile functions are called for.
enum class TraceEvent : uint8_t { None, Call, Exception, Line, Return, CCall, CException, CReturn, Opcode };

enum PollRequest : uint32_t { kPollSignal = 1, kPollGil = 2, kPollPending = 4, kPollMemory = 8, kPollCollect = 16 };

struct ThreadState {
  HandledExc handledBase;           // bottom of krt_hot.handled
  uint32_t recursionLimit = 1000;
  uint32_t headroom = 0;            // >0 while RecursionError itself is being made
  uint32_t coroutineOriginDepth = 0;
  Value context;                    // contextvars: current Context or null
  uint64_t contextVersion = 1;
  Value asyncGenFirstIter, asyncGenFinalizer; // hooks or null
  Value runningLoop;                // asyncio: loop that runs, or null
  int runningLoopProcess = 0;       // the process that set it
  Value traceFunction, profileFunction;
  void (*nativeProfiler)(Value profiler, bool enter, const CodeInfo* code, Value builtin) = nullptr; // tracing.h
  uint32_t tracing = 0;             // >0 while a trace or profile function runs
  TraceEvent tracedEvent = TraceEvent::None; // what it was called for
  Value asyncException;             // to be raised at the next poll
  Value reprStack;                  // list of objects being printed, or null
  Value locals;                     // dict: id of a _thread._local -> its dict here, or null
  InterpreterActivation* activation = nullptr;
  uintptr_t stackLow = 0, stackHigh = 0; // of the stack that Python runs on; 0: unknown
  uint64_t ident = 0;               // pthread id
  uint64_t serial = 0;              // 1 is the main thread
  HotState saved;                   // krt_hot while another thread runs
  uintptr_t frame = 0;              // frame pointer where it let the GIL go: the walk over its frames begins there
  void (*onExit)(void*) = nullptr;  // called, with the lock held, when the thread is done
  void* exitContext = nullptr;
  ThreadState* previous = nullptr;
  ThreadState* next = nullptr;
};

extern ThreadState mainThread;
inline ThreadState* currentThread() { return krt_hot.thread; }
inline bool onMainThread() { return krt_hot.thread == &mainThread; }

/// Requests not yet served. Async-signal-safe to set through requestPoll.
extern std::atomic<uint32_t> pollRequests;
/// Makes the running thread look at `request` at its next poll. Async-signal-safe.
void requestPoll(uint32_t request);
/// Serves requests now: -1 with what they raised.
int32_t servePoll();
/// Sets the recursion limit, which all threads have (sys.setrecursionlimit has checked the value).
void setRecursionLimit(uint32_t limit);
/// Functions run by poll for requests of other rooms (GIL switching, pending calls): null until they are linked.
extern int32_t (*gilRequestHook)();
extern int32_t (*pendingCallsHook)();

extern "C" {
/// The rest of krt_frame_enter when depth (already counted) is above the limit: 0, or -1 with the count undone.
int32_t krt_frame_enter_slow();
/// The rest of krt_poll when the limit is 0.
int32_t krt_poll_slow();
}

} // namespace krait
