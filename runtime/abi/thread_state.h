// The words that compiled code touches on every call. One global, whose
// contents are exchanged when the GIL changes hands.
#pragma once
#include "runtime/abi/value.h"

namespace krait {

/// Exceptions being handled, innermost first; generators own one item each.
struct HandledExc {
  Value value; // owned exception or null
  HandledExc* previous;
};

struct ThreadState; // threads/thread_state.h
struct TracebackObject; // exceptions/exception.h

struct HotState {
  Value raised;         // pending exception instance (owned), null when none
  uint32_t depth;       // Python frames now active
  uint32_t limit;       // depth > limit: slow path (recursion limit, or a poll request sets it to 0)
  HandledExc* handled;  // never null
  ThreadState* thread;
  void* anchor;         // innermost native-to-Python entry, see exceptions/frame_walk.h
  uint64_t traced;      // 1 while sys.settrace is on: functions with the event observer may run in another engine
  uint64_t frames;      // running activations whose frame object is remembered, see exceptions/known_frames.h
  TracebackObject* caught; // entries of running activations that will hold their frames, innermost first: exceptions/caught.h
};

extern "C" HotState krt_hot;

} // namespace krait
