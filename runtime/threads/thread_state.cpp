// The main thread's state, recursion limit and the slow half of polling.
#include "runtime/threads/thread_state.h"
#include "runtime/memory/alloc.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/signals.h"

namespace krait {

constinit ThreadState mainThread = {};
constinit std::atomic<uint32_t> pollRequests{0};
int32_t (*gilRequestHook)() = nullptr;
int32_t (*pendingCallsHook)() = nullptr;

extern "C" {
constinit HotState krt_hot = {Value(), 0, 1000, &mainThread.handledBase, &mainThread, nullptr, 0, 0, nullptr};
}

// Whoever sees the limit gone sees the request; and either servePoll() takes it, or what servePoll() wrote as the limit was there before.
void requestPoll(uint32_t request) {
  pollRequests.fetch_or(request, std::memory_order_acq_rel);
  __atomic_store_n(&krt_hot.limit, 0u, __ATOMIC_RELEASE);
}

int32_t servePoll() {
  ThreadState* thread = currentThread();
  krt_hot.limit = thread->recursionLimit;
  uint32_t requests = pollRequests.exchange(0, std::memory_order_acq_rel);
  if ((requests & kPollGil) && gilRequestHook && gilRequestHook() < 0) return -1;
  if (requests & kPollSignal) {
    if (onMainThread()) {
      if (runSignalHandlers() < 0) return -1;
    } else {
      pollRequests.fetch_or(kPollSignal, std::memory_order_relaxed); // the main thread sees it when it next runs
    }
  }
  if ((requests & kPollPending) && pendingCallsHook && pendingCallsHook() < 0) return -1;
  if ((requests & kPollMemory) && takeMemoryShortage()) {
    raiseNoMemory();
    return -1;
  }
  if (thread->asyncException) {
    Ref exception(thread->asyncException);
    thread->asyncException = Value();
    krt_raise(exception);
    return -1;
  }
  return 0;
}

void setRecursionLimit(uint32_t limit) {
  auto change = [limit](uint32_t& seen) {
    if (seen) seen = limit; // 0: who polls sees the thread's
  };
  for (ThreadState* thread = &mainThread; thread; thread = thread->next) {
    thread->recursionLimit = limit;
    change(thread->saved.limit);
  }
  change(krt_hot.limit);
}

namespace {
/// Depth is above the thread's limit, and counted. `where` continues the message.
int32_t tooDeep(const char* where) {
  ThreadState* thread = currentThread();
  if (thread->headroom) {
    if (krt_hot.depth <= thread->recursionLimit + 50) return 0; // room for handling the RecursionError
  }
  --krt_hot.depth;
  ++thread->headroom;
  raise(RecursionErrorType, "maximum recursion depth exceeded%s", where);
  --thread->headroom;
  return -1;
}

int32_t enterSlow(const char* where) {
  if (__atomic_load_n(&krt_hot.limit, __ATOMIC_ACQUIRE) == 0 && (pollRequests.load(std::memory_order_relaxed) || currentThread()->asyncException)) {
    if (servePoll() < 0) {
      --krt_hot.depth;
      return -1;
    }
  } else if (__atomic_load_n(&krt_hot.limit, __ATOMIC_ACQUIRE) == 0) {
    krt_hot.limit = currentThread()->recursionLimit;
  }
  return krt_hot.depth > currentThread()->recursionLimit ? tooDeep(where) : 0;
}
} // namespace

extern "C" int32_t krt_frame_enter_slow() { return enterSlow(""); }
extern "C" int32_t krt_poll_slow() { return servePoll(); }

int32_t recursionEnterSlow(const char* where) { return enterSlow(where); }

void RecursionLevels::enter(int32_t levels, const char* where) {
  for (; levels && !failed_; --levels) {
    failed_ = recursionEnter(where) < 0;
    if (!failed_) ++levels_;
  }
}

} // namespace krait
