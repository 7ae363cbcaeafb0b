// The main thread's stack, and how large the others are.
#include "runtime/threads/main_stack.h"

#include <algorithm>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "runtime/threads/thread_state.h"

namespace krait {

namespace {

constexpr size_t kMiB = size_t{1} << 20, kGuard = 64 * 1024;

/// Of address space and data, what may be used.
size_t roomForAll() {
  size_t room = SIZE_MAX;
  for (const auto resource : {RLIMIT_AS, RLIMIT_DATA}) {
    rlimit limit;
    if (getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) room = std::min<size_t>(room, limit.rlim_cur);
  }
  return room;
}

size_t mainStackBytes() { return std::min(roomForAll() / 8, size_t{1} << 30) & ~(kMiB - 1); }

/// [low, mainThread.stackHigh) is ours; its lowest pages are never to be reached.
void beginAt(uintptr_t low) {
  mprotect(reinterpret_cast<void*>(low), kGuard, PROT_NONE);
  mainThread.stackLow = low + kGuard;
}

} // namespace

size_t reserveMainStack() {
  const size_t bytes = std::max(mainStackBytes(), kMiB);
  void* stack = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED) return 0;
  mainThread.stackHigh = reinterpret_cast<uintptr_t>(stack) + bytes;
  beginAt(reinterpret_cast<uintptr_t>(stack));
  return bytes;
}

void shrinkMainStack() {
  // What other threads do not see: how deep the main one is.
  if (!onMainThread() || !mainThread.stackLow) return;
  const auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  if (here < mainThread.stackLow || here > mainThread.stackHigh) return;
  constexpr size_t kSpare = 4 * kMiB; // below the frames that run
  const size_t bytes = std::max(mainStackBytes(), ((mainThread.stackHigh - here) | (kMiB - 1)) + 1 + kSpare);
  const uintptr_t from = mainThread.stackLow - kGuard, to = mainThread.stackHigh - bytes;
  if (to <= from || bytes > mainThread.stackHigh - from) return;
  munmap(reinterpret_cast<void*>(from), to - from);
  beginAt(to);
}

void noteStack(ThreadState* thread) {
  pthread_attr_t attributes;
  void* low = nullptr;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return;
  pthread_attr_getstack(&attributes, &low, &size);
  pthread_attr_destroy(&attributes);
  thread->stackLow = reinterpret_cast<uintptr_t>(low);
  thread->stackHigh = reinterpret_cast<uintptr_t>(low) + size;
}

size_t threadStackBytes(size_t wanted) {
  // Frames of native code are larger than CPython's; what is not touched costs addresses alone.
  constexpr size_t kUsual = 64 * kMiB, kSmallest = 16 * kMiB;
  if (wanted) return std::max(wanted, kSmallest);
  return std::clamp(roomForAll() / 64, kSmallest, kUsual) & ~(kMiB - 1);
}

} // namespace krait
