#include "runtime/threads/tracing.h"
#include <utility>
#include "runtime/abi/observers.h"
#include "runtime/exceptions/known_frames.h"
#include "runtime/builtins/hooks.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/function.h"
#include "runtime/types/generator_protocol.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

bool eventsObserved = false;
bool eventsActive = false;

namespace {

void updateActive() {
  ThreadState* thread = currentThread();
  eventsActive = thread->traceFunction || thread->profileFunction;
}

/// Tells a profile function in C++, if that is what listens.
bool tellNative(bool enter, const CodeInfo* code, Value builtin) {
  ThreadState* thread = currentThread();
  if (!thread->nativeProfiler || !thread->profileFunction) return false;
  Ref profiler = Ref::share(thread->profileFunction);
  ++thread->tracing;
  thread->nativeProfiler(profiler, enter, code, builtin);
  --thread->tracing;
  return true;
}

Value valueOf(FrameObject* frame) { return Value(&frame->header); }

Value nameOf(TraceEvent event) {
  static const Value kReturn = internStr("return"), kOpcode = internStr("opcode");
  switch (event) {
  case TraceEvent::Call: return NAME(call);
  case TraceEvent::Exception: return NAME(exception);
  case TraceEvent::Line: return NAME(line);
  case TraceEvent::CCall: return NAME(c_call);
  case TraceEvent::CException: return NAME(c_exception);
  case TraceEvent::CReturn: return NAME(c_return);
  case TraceEvent::Opcode: return kOpcode;
  default: return kReturn;
  }
}

/// Calls a listener with (frame, event, argument): owned, null if it raised; then listening ends.
Value notify(Value listener, FrameObject* frame, TraceEvent event, Value argument) {
  ThreadState* thread = currentThread();
  if (thread->tracing) return newRef(none());
  ++thread->tracing;
  const TraceEvent before = thread->tracedEvent;
  thread->tracedEvent = event;
  Ref keep = Ref::share(listener), pending = errorTake();
  Value result = call(listener, {valueOf(frame), nameOf(event), argument});
  thread->tracedEvent = before;
  --thread->tracing;
  if (!result) {
    setTraceFunction(Value());
    setProfileFunction(Value());
    addTracedEntry(frame);
    return Value();
  }
  errorRestore(pending.release());
  return result;
}

/// An event for the frame's own trace function: -1 if it raised.
int32_t notifyLocal(FrameObject* frame, TraceEvent event, Value argument) {
  if (!frame->trace) return 0;
  Ref result(notify(frame->trace, frame, event, argument));
  if (!result) {
    clear(frame->trace);
    return -1;
  }
  if (!isNone(result)) assign(frame->trace, result.release());
  return 0;
}

int32_t notifyProfile(FrameObject* frame, TraceEvent event, Value argument) {
  Ref result(notify(currentThread()->profileFunction, frame, event, argument));
  return result ? 0 : -1;
}

/// `line`, unless 0, stands for where the cursor is.
int32_t onCall(const FrameCursor& cursor, int32_t line = 0) {
  ThreadState* thread = currentThread();
  const bool told = tellNative(true, cursor.code(), Value());
  if (!thread->traceFunction && (told || !thread->profileFunction)) return 0;
  FrameObject* f = frameFor(cursor);
  if (!f) return errorSet() ? -1 : 0;
  Ref keep(valueOf(f));
  // The first line of a function is an event, wherever that is; the rest of the line where a generator was left is none.
  if (!f->tracedLine) f->tracedLine = cursor.resumed() && cursor.resumed()->state ? std::max(frameLine(f), 0) : -1;
  if (thread->traceFunction) {
    Ref local(notify(thread->traceFunction, f, TraceEvent::Call, none()));
    if (!local) return -1;
    if (!thread->tracing && !isNone(local)) assign(f->trace, local.release());
  }
  if (!thread->profileFunction || told) return 0;
  const int32_t before = std::exchange(f->line, line ? line : f->line);
  const int32_t status = notifyProfile(f, TraceEvent::Call, none());
  f->line = before;
  return status;
}

/// The activation ends, or a generator is suspended, with `value`.
int32_t onReturn(FrameObject* frame, const CodeInfo* code, Value value) {
  const bool told = tellNative(false, code, Value());
  if (!frame) return 0;
  ThreadState* thread = currentThread();
  if (thread->traceFunction && notifyLocal(frame, TraceEvent::Return, value) < 0) return -1;
  return thread->profileFunction && !told ? notifyProfile(frame, TraceEvent::Return, value) : 0;
}

} // namespace

int32_t traceFrame(FrameObject* frame, TraceEvent event) {
  if (!frame->trace) return 0;
  Ref keep = Ref::share(valueOf(frame));
  return notifyLocal(frame, event, none());
}

int32_t traceStop(Value returned) {
  const ThreadState* thread = currentThread();
  FrameCursor cursor;
  FrameObject* frame = thread->traceFunction && !thread->tracing && cursor ? knownFrame(cursor) : nullptr;
  if (!frame || !frame->trace) return 0;
  Ref keep = Ref::share(valueOf(frame));
  frame->site = cursor.site();
  raiseStopIteration(returned);
  Ref stop = errorTake();
  Ref argument(newTuple({asValue(&StopIterationType), stop.get(), none()}));
  return argument ? notifyLocal(frame, TraceEvent::Exception, argument) : -1;
}

void setTraceFunction(Value function) {
  krt_hot.traced = function.bits != 0;
  assign(currentThread()->traceFunction, xnewRef(function));
  if (function) noteTracedLines();
  updateActive();
}

void setProfileFunction(Value function) {
  currentThread()->nativeProfiler = nullptr;
  assign(currentThread()->profileFunction, xnewRef(function));
  updateActive();
}

void setNativeProfiler(NativeProfiler function, Value profiler) {
  setProfileFunction(profiler);
  currentThread()->nativeProfiler = function;
}

Value profiledBuiltin(Value callable, Value self) {
  const ThreadState* thread = currentThread();
  if (!thread->profileFunction || thread->nativeProfiler || thread->tracing || !isExact(callable, methodDescriptorType)) return newRef(callable);
  return methodDescriptorType.descrGet(callable, self, Value());
}

int32_t traceBuiltinCall(Value builtin) {
  if (currentThread()->tracing) return 0;
  if (tellNative(true, nullptr, builtin)) return 0;
  FrameCursor cursor;
  if (!currentThread()->profileFunction || !cursor) return 0;
  FrameObject* frame = frameFor(cursor);
  Ref keep(frame ? valueOf(frame) : Value());
  return frame ? notifyProfile(frame, TraceEvent::CCall, builtin) : -1;
}

Value traceBuiltinReturn(Value builtin, Value result) {
  if (currentThread()->tracing) return result;
  if (tellNative(false, nullptr, builtin)) return result;
  FrameCursor cursor;
  if (!currentThread()->profileFunction || !cursor) return result;
  Ref owned(result), pending = errorTake();
  FrameObject* frame = frameFor(cursor);
  Ref keep(frame ? valueOf(frame) : Value());
  if (!frame || notifyProfile(frame, owned ? TraceEvent::CReturn : TraceEvent::CException, builtin) < 0) return Value();
  errorRestore(pending.release());
  return owned.release();
}

static thread_local EntryByError* entriesByError; // the innermost

EntryByError::EntryByError(GeneratorObject* g) : waiting_(g), outer_(std::exchange(entriesByError, this)) {}
EntryByError::~EntryByError() { entriesByError = outer_; }

bool EntryByError::arrives(const GeneratorObject* g) {
  for (EntryByError* entry = entriesByError; g && entry; entry = entry->outer_)
    if (entry->waiting_ == g) return entry->waiting_ = nullptr, true;
  return false;
}

/// Whether code tells of itself.
static bool isObserved(const CodeInfo* code) { return code->module && (code->module->observers & kObservedEvents); }

/// Whether the bytecode's engine tells of what generators do between their calls and returns; or nobody may.
static bool toldElsewhere() { return currentThread()->traceFunction || currentThread()->tracing; }

/// The event of the running generator's entry by an error.
static int32_t traceEntryByError(const CodeInfo* code, uint32_t site) {
  if (!entriesByError || toldElsewhere()) return 0;
  const FrameCursor cursor;
  return cursor && isObserved(cursor.code()) && EntryByError::arrives(cursor.resumed()) ? onCall(cursor, lineOfSite(code, site)) : 0;
}

void forgetEntryByError() {
  if (const FrameCursor cursor; entriesByError && cursor) EntryByError::arrives(cursor.resumed());
}

int32_t traceResumption(Value receiver) {
  if (toldElsewhere()) return 0;
  const FrameCursor cursor;
  const GeneratorObject* g = cursor ? cursor.resumed() : nullptr;
  return g && g->awaiting == receiver && isObserved(cursor.code()) ? onCall(cursor) : 0;
}

int32_t traceSuspension(Value value) {
  if (toldElsewhere()) return 0;
  const FrameCursor cursor;
  return cursor && cursor.resumed() && isObserved(cursor.code()) ? krt_trace_return(value) : 0;
}

void traceException(const CodeInfo* code, uint32_t site, const void* address, bool raisedHere, bool leaving) {
  if (!eventsActive) return;
  Ref exception = errorTake();
  if (!exception) return;
  if (traceEntryByError(code, site) < 0) return;
  FrameObject* frame = knownFrame(code, address);
  if (FrameCursor cursor; !frame && cursor && cursor.address() == address) frame = knownFrame(cursor); // a generator's
  Ref keep(frame ? newRef(valueOf(frame)) : Value());
  bool failed = false;
  if (frame && raisedHere && currentThread()->traceFunction) {
    Value traceback = tracebackOf(exception);
    Ref argument(newTuple({asValue(typeOf(exception)), exception, traceback ? traceback : none()}));
    failed = !argument || notifyLocal(frame, TraceEvent::Exception, argument) < 0;
  }
  if (leaving && !failed && isObserved(code)) {
    const bool told = frame && raisedHere && !currentThread()->traceFunction;
    if (told) frame->line = lineOfSite(code, site); // the call of this function is no place of the code's
    failed = onReturn(frame, code, none()) < 0;
    if (told) frame->line = 0;
  }
  if (!failed) errorRestore(exception.release());
}

extern "C" {

int32_t krt_trace_event(int32_t event) {
  if (!eventsActive || currentThread()->tracing) return 0;
  FrameCursor cursor;
  if (!cursor) return 0;
  if (event == kTraceCall) return onCall(cursor);
  FrameObject* frame = currentThread()->traceFunction ? knownFrame(cursor) : nullptr;
  if (!frame) return 0;
  frame->site = cursor.site(); // also where nobody wants to hear of it: later events tell the line
  const int32_t line = frameLine(frame);
  const bool isSame = event == kTraceLine && line == frame->tracedLine; // statements of one line are one event
  frame->tracedLine = line;
  return frame->traceLines && !isSame ? traceFrame(frame, TraceEvent::Line) : 0;
}

int32_t krt_trace_takes(FunctionObject* f) {
  return f && !currentThread()->tracing && krt_engine_hooks && krt_engine_hooks->canRunBytecode(f->code);
}

/// Called by generated code: our chain of frame pointers starts with its frame.
[[gnu::noinline]] Value krt_trace_run(FunctionObject* f, Slot argv) {
  return krt_engine_hooks->runBytecode(f, argv, *static_cast<void**>(__builtin_frame_address(0)));
}

int32_t krt_trace_return(Value value) {
  if (!eventsActive || currentThread()->tracing) return 0;
  FrameCursor cursor;
  if (!cursor) return 0;
  FrameObject* frame = knownFrame(cursor);
  Ref keep(frame ? newRef(valueOf(frame)) : Value());
  const ThreadState* thread = currentThread();
  if (!frame && cursor.resumed() && thread->profileFunction && !thread->nativeProfiler) { // one that went on without an event
    frame = frameFor(cursor);
    if (!frame) return -1;
    keep.reset(valueOf(frame));
  }
  if (frame) frame->site = cursor.site();
  return onReturn(frame, cursor.code(), value);
}

} // extern "C"
} // namespace krait
