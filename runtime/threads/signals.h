// Signals: the handler only sets flags; Python handlers run at the main thread's next poll.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

constexpr int kSignalCount = 65;
/// Python-level disposition of each signal: a callable, or null for default/ignored. Owned.
extern Value signalHandlers[kSignalCount];
/// Marks `signal` as arrived and asks for a poll (what the C-level handler does). Async-signal-safe.
void signalArrived(int signal);
/// Installs signalArrived as the C-level handler of `signal`.
void catchSignal(int signal);
/// Calls the Python handlers of arrived signals: -1 with what one raised. SIGINT without one raises KeyboardInterrupt.
int32_t runSignalHandlers();
/// At startup: SIGINT raises KeyboardInterrupt (unless ignored by the parent), SIGPIPE and SIGXFSZ are ignored.
void initSignals();
/// A descriptor to which signalArrived writes the signal's number (signal.set_wakeup_fd), or -1.
extern int signalWakeupFd;
/// What was run last from a text, or the program, ended by a KeyboardInterrupt, and by none of its subclasses. At the end the process
/// dies by SIGINT then, as after CPython, even if it was caught meanwhile.
extern bool interruptedLast;

} // namespace krait
