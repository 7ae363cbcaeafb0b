// Arrival flags, and running Python handlers at polls.
#include "runtime/threads/signals.h"
#include <atomic>
#include <cerrno>
#include <csignal>
#include <unistd.h>
#include "runtime/exceptions/frame_walk.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/int.h"

namespace krait {

Value signalHandlers[kSignalCount];
int signalWakeupFd = -1;
bool interruptedLast = false;

namespace {
std::atomic<bool> arrived[kSignalCount];

void onSignal(int signal) {
  int savedErrno = errno;
  signalArrived(signal);
  errno = savedErrno;
}
} // namespace

void signalArrived(int signal) {
  arrived[signal].store(true, std::memory_order_relaxed);
  if (signalWakeupFd >= 0) {
    auto byte = static_cast<unsigned char>(signal);
    [[maybe_unused]] ssize_t written = write(signalWakeupFd, &byte, 1);
  }
  requestPoll(kPollSignal);
}

void catchSignal(int signal) {
  struct sigaction action = {};
  action.sa_handler = onSignal;
  action.sa_flags = SA_ONSTACK;
  sigaction(signal, &action, nullptr);
}

int32_t runSignalHandlers() {
  for (int signal = 1; signal < kSignalCount; ++signal) {
    if (!arrived[signal].exchange(false, std::memory_order_relaxed)) continue;
    Ref handler = Ref::share(signalHandlers[signal]);
    if (!handler) {
      if (signal != SIGINT) continue;
      krt_raise(asValue(&KeyboardInterruptType));
      return -1;
    }
    FrameObject* top = currentFrame(0);
    if (!top && errorSet()) return -1;
    Ref frame(top ? Value(&top->header) : Value());
    Ref result(call(handler, {newInt(signal), frame ? frame.get() : none()}));
    if (!result) {
      for (int rest = signal + 1; rest < kSignalCount; ++rest)
        if (arrived[rest].load(std::memory_order_relaxed)) requestPoll(kPollSignal);
      return -1;
    }
  }
  return 0;
}

void initSignals() {
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  struct sigaction current;
  if (sigaction(SIGINT, nullptr, &current) == 0 && current.sa_handler == SIG_DFL) catchSignal(SIGINT);
}

} // namespace krait
