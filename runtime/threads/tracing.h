// Events of running code, for sys.settrace, sys.setprofile and the native profiler.
//
// Code compiled with the event observer calls krt_trace_event and
// krt_trace_return at function starts, lines and returns; builtin functions
// report themselves. All of it costs one test while nobody listens.
#pragma once
#include "runtime/exceptions/exception.h"
#include "runtime/exceptions/frame_walk.h"

namespace krait {

/// The main module, or code compiled since, listens to events: so all code compiled at run time reports them.
extern bool eventsObserved;
/// Somebody listens: builtin calls are reported.
extern bool eventsActive;

void setTraceFunction(Value function);   // null: none
void setProfileFunction(Value function); // null: none

/// A profile function in C++: called for calls and returns of Python code (`code`) and of builtin functions (`builtin`), both of
/// which go unreported while it runs. `enter` false: it returns, or is left by an error. Raises nothing.
using NativeProfiler = void (*)(Value profiler, bool enter, const CodeInfo* code, Value builtin);
/// It listens in place of a profile function, which sys.getprofile says is `profiler` (borrowed).
void setNativeProfiler(NativeProfiler function, Value profiler);

/// The frame's own trace function is called for a line or an opcode: -1 if it raised.
int32_t traceFrame(FrameObject* frame, TraceEvent event);
/// An iterator has ended, with this value, by an exception that the running frame never sees: the event for it. -1 as above.
int32_t traceStop(Value returned);

/// What profile functions are told of a call of `callable` (owned): of a method that a type has, the method of `self`.
Value profiledBuiltin(Value callable, Value self);
/// Around a builtin's call while eventsActive: -1 if a listener raised.
int32_t traceBuiltinCall(Value builtin);
/// `result` owned, null with an error: the same, or null if a listener raised.
Value traceBuiltinReturn(Value builtin, Value result);

/// A suspended generator goes on by an error, which its code does not tell of as of a call: it is one where the error arrives,
/// which is after the generators that it waits for have had it. Lives as long as the step.
class EntryByError {
public:
  explicit EntryByError(GeneratorObject* g);
  ~EntryByError();
  EntryByError(const EntryByError&) = delete;
  /// Whether it is the arrival in `g` that is now to be told of.
  static bool arrives(const GeneratorObject* g);

private:
  GeneratorObject* waiting_; // borrowed; null: told of
  EntryByError* outer_;
};
/// The calling generator, which may be resumed, sends a value to what it waits for: -1 if a listener raised.
int32_t traceResumption(Value receiver);
/// It hands on a value of that.
int32_t traceSuspension(Value value);
/// It goes on although an error was thrown in.
void forgetEntryByError();
/// An error passed through, or left, an activation (called as its traceback entry is made).
void traceException(const CodeInfo* code, uint32_t site, const void* address, bool raisedHere, bool leaving);

} // namespace krait
