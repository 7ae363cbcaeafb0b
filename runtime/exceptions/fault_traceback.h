// Tracebacks written where nothing may be allocated or run: in signal handlers and
// by a watchdog. Text goes straight to a descriptor; names are shortened and escaped.
#pragma once
#include <cstdint>

namespace krait {

/// Where a signal interrupted the calling thread.
struct Interruption {
  uintptr_t frame, counter; // frame pointer and program counter
};

/// Writes bytes, ignoring errors. Async-signal-safe, as all here.
void faultWrite(int fd, const char* text);
/// "Stack (most recent call first):" and the frames of the thread that runs. `at` null: it calls this itself.
void dumpOwnStack(int fd, const Interruption* at);
/// The stacks of all threads, the newest first. The calling thread has the GIL; `isCurrent`: it is what the event is about,
/// and is called so.
void dumpAllStacks(int fd, const Interruption* at, bool isCurrent = true);

} // namespace krait
