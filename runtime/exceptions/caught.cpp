#include "runtime/exceptions/caught.h"

#include <algorithm>

#include "runtime/abi/entries.h"
#include "runtime/exceptions/known_frames.h"
#include "runtime/exceptions/parameter_cells.h"
#include "runtime/object/ref.h"
#include "runtime/threads/thread_state.h"

namespace krait {

void listCaught(TracebackObject* tb) {
  tb->handledBy = krt_hot.thread;
  tb->lastCaught = nullptr;
  tb->nextCaught = krt_hot.caught;
  if (krt_hot.caught) krt_hot.caught->lastCaught = tb;
  krt_hot.caught = tb;
}

void unlistCaught(TracebackObject* tb) {
  if (!tb->handledBy) return;
  TracebackObject*& first = tb->handledBy == krt_hot.thread ? krt_hot.caught : tb->handledBy->saved.caught;
  (tb->lastCaught ? tb->lastCaught->nextCaught : first) = tb->nextCaught;
  if (tb->nextCaught) tb->nextCaught->lastCaught = tb->lastCaught;
  tb->handledBy = nullptr;
}

FrameObject* shareFrame(const void* address, FrameObject* frame, const Value* locals, uint32_t count) {
  for (const TracebackObject* tb = krt_hot.caught; tb && tb->address == address && !frame; tb = tb->nextCaught) frame = tb->frame;
  Ref held;
  if (frame) held = Ref::share(Value(&frame->header));
  const bool holdsAnything = std::any_of(locals, locals + count, [](Value v) { return static_cast<bool>(v); });
  if (!frame && holdsAnything && isCaughtAt(address)) {
    const Ref first = Ref::share(Value(&krt_hot.caught->header)); // making a frame may run the collector
    frame = newFrame(krt_hot.caught->code, krt_hot.caught->function, krt_hot.caught->site, nullptr);
    if (frame) held.reset(Value(&frame->header));
  }
  while (isCaughtAt(address)) {
    TracebackObject* tb = krt_hot.caught;
    unlistCaught(tb);
    // No error has left it by now that stands in this entry: whatever stands before it did not call it.
    if (TracebackObject* outer = tb->outer; outer && outer->address != address) tb->outer = nullptr;
    if (!tb->frame && frame) {
      tb->frame = frame;
      incref(Value(&frame->header));
    }
  }
  return held ? held.release().as<FrameObject>() : nullptr;
}

extern "C" {

/// Called by generated code: our chain of frame pointers starts with its frame.
[[gnu::noinline]] void krt_caught_leave(const CodeInfo* code, uint32_t site, Slot locals, uint64_t count) {
  endFrameAt(code, *static_cast<void**>(__builtin_frame_address(0)), site, locals, static_cast<uint32_t>(count));
  placeParameterCells(code, locals);
  krt_leave_locals(locals, count);
}

} // extern "C"
} // namespace krait
