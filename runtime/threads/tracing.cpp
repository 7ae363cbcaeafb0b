#include "runtime/threads/tracing.h"
#include <vector>
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/generator_protocol.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

bool eventsObserved = false;
bool eventsActive = false;

namespace {

std::vector<FrameObject*> remembered; // owned: f_trace must survive between events
const NativeProfiler* nativeProfiler = nullptr;

void updateActive() {
  ThreadState* thread = currentThread();
  eventsActive = thread->traceFunction || thread->profileFunction || nativeProfiler;
}

Value valueOf(FrameObject* frame) { return Value(&frame->header); }

FrameObject* findRemembered(const CodeInfo* code, const void* address) {
  for (size_t i = remembered.size(); i-- > 0;)
    if (remembered[i]->address == address && remembered[i]->code == code) return remembered[i];
  return nullptr;
}

/// The frame object of an activation if one is known: borrowed.
FrameObject* knownFrame(const FrameCursor& cursor) {
  if (GeneratorObject* g = cursor.generator()) return g->frame ? g->frame.as<FrameObject>() : nullptr;
  return findRemembered(cursor.code(), cursor.address());
}

/// Calls a listener with (frame, event, argument): owned, null if it raised; then listening ends.
Value notify(Value listener, FrameObject* frame, Value event, Value argument) {
  ThreadState* thread = currentThread();
  if (thread->tracing) return newRef(none());
  ++thread->tracing;
  Ref keep = Ref::share(listener), pending = errorTake();
  Value result = call(listener, {valueOf(frame), event, argument});
  --thread->tracing;
  if (!result) {
    setTraceFunction(Value());
    setProfileFunction(Value());
    return Value();
  }
  errorRestore(pending.release());
  return result;
}

/// An event for the frame's own trace function: -1 if it raised.
int32_t notifyLocal(FrameObject* frame, Value event, Value argument) {
  if (!frame->trace) return 0;
  Ref result(notify(frame->trace, frame, event, argument));
  if (!result) {
    clear(frame->trace);
    return -1;
  }
  if (!isNone(result)) assign(frame->trace, result.release());
  return 0;
}

int32_t notifyProfile(FrameObject* frame, Value event, Value argument) {
  Ref result(notify(currentThread()->profileFunction, frame, event, argument));
  return result ? 0 : -1;
}

int32_t onCall(const FrameCursor& cursor) {
  ThreadState* thread = currentThread();
  if (nativeProfiler) nativeProfiler->event(nativeProfiler->context, true, cursor.code(), Value());
  if (!thread->traceFunction && !thread->profileFunction) return 0;
  FrameObject* f = frameFor(cursor);
  if (!f) return errorSet() ? -1 : 0;
  Ref keep(valueOf(f));
  if (thread->traceFunction) {
    Ref local(notify(thread->traceFunction, f, NAME(call), none()));
    if (!local) return -1;
    if (!thread->tracing) assign(f->trace, isNone(local) ? Value() : local.release());
  }
  return thread->profileFunction ? notifyProfile(f, NAME(call), none()) : 0;
}

/// The activation ends, or a generator is suspended, with `value`.
int32_t onReturn(FrameObject* frame, const CodeInfo* code, Value value) {
  if (nativeProfiler) nativeProfiler->event(nativeProfiler->context, false, code, Value());
  if (!frame) return 0;
  ThreadState* thread = currentThread();
  static const Value event = internStr("return"); // a keyword: no row of names.def
  if (thread->traceFunction && notifyLocal(frame, event, value) < 0) return -1;
  return thread->profileFunction ? notifyProfile(frame, event, value) : 0;
}

} // namespace

void setTraceFunction(Value function) {
  assign(currentThread()->traceFunction, xnewRef(function));
  updateActive();
}

void setProfileFunction(Value function) {
  assign(currentThread()->profileFunction, xnewRef(function));
  updateActive();
}

void setNativeProfiler(const NativeProfiler* profiler) {
  nativeProfiler = profiler;
  updateActive();
}

void rememberFrame(FrameObject* frame) {
  if (frame->generator || !frame->alive || findRemembered(frame->code, frame->address)) return;
  if (!frame->code->module || !eventsObserved) return; // nobody would say when it ends
  incref(valueOf(frame));
  remembered.push_back(frame);
}

void forgetFrame(FrameObject* frame) {
  for (size_t i = remembered.size(); i-- > 0;)
    if (remembered[i] == frame) {
      remembered.erase(remembered.begin() + static_cast<std::ptrdiff_t>(i));
      frame->alive = false;
      frame->address = nullptr;
      decref(valueOf(frame));
      return;
    }
}

FrameObject* frameFor(const FrameCursor& cursor) {
  if (GeneratorObject* g = cursor.generator()) {
    Value frame = generatorGetFrame(Value(&g->header), nullptr);
    return frame && isExact(frame, frameType) ? frame.as<FrameObject>() : nullptr;
  }
  if (FrameObject* known = findRemembered(cursor.code(), cursor.address())) {
    known->site = cursor.site();
    incref(valueOf(known));
    return known;
  }
  FrameObject* frame = newFrame(cursor.code(), cursor.function(), cursor.site(), cursor.address());
  if (frame && eventsActive) rememberFrame(frame);
  return frame;
}

int32_t traceBuiltinCall(Value builtin) {
  if (currentThread()->tracing) return 0;
  if (nativeProfiler) nativeProfiler->event(nativeProfiler->context, true, nullptr, builtin);
  FrameCursor cursor;
  if (!currentThread()->profileFunction || !cursor) return 0;
  FrameObject* frame = frameFor(cursor);
  Ref keep(frame ? valueOf(frame) : Value());
  return frame ? notifyProfile(frame, NAME(c_call), builtin) : -1;
}

Value traceBuiltinReturn(Value builtin, Value result) {
  if (currentThread()->tracing) return result;
  if (nativeProfiler) nativeProfiler->event(nativeProfiler->context, false, nullptr, builtin);
  FrameCursor cursor;
  if (!currentThread()->profileFunction || !cursor) return result;
  Ref owned(result), pending = errorTake();
  FrameObject* frame = frameFor(cursor);
  Ref keep(frame ? valueOf(frame) : Value());
  if (!frame || notifyProfile(frame, owned ? NAME(c_return) : NAME(c_exception), builtin) < 0) return Value();
  errorRestore(pending.release());
  return owned.release();
}

void traceException(const CodeInfo* code, const void* address, bool raisedHere, bool leaving) {
  if (!eventsActive && remembered.empty()) return;
  Ref exception = errorTake();
  if (!exception) return;
  FrameObject* frame = findRemembered(code, address);
  Ref keep(frame ? newRef(valueOf(frame)) : Value());
  bool failed = false;
  if (frame && raisedHere && currentThread()->traceFunction) {
    Value traceback = tracebackOf(exception);
    Ref argument(newTuple({asValue(typeOf(exception)), exception, traceback ? traceback : none()}));
    failed = !argument || notifyLocal(frame, NAME(exception), argument) < 0;
  }
  if (leaving && !failed) failed = onReturn(frame, code, none()) < 0;
  if (leaving && frame) forgetFrame(frame);
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
  if (!frame->trace || !frame->traceLines) return 0;
  Ref keep = Ref::share(valueOf(frame));
  return notifyLocal(frame, NAME(line), none());
}

int32_t krt_trace_return(Value value) {
  if ((!eventsActive && remembered.empty()) || currentThread()->tracing) return 0;
  FrameCursor cursor;
  if (!cursor) return 0;
  FrameObject* frame = knownFrame(cursor);
  Ref keep(frame ? newRef(valueOf(frame)) : Value());
  if (frame) frame->site = cursor.site();
  int32_t status = onReturn(frame, cursor.code(), value);
  if (frame && !frame->generator) forgetFrame(frame);
  return status;
}

} // extern "C"
} // namespace krait
