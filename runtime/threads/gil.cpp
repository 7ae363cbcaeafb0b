#include "runtime/threads/gil.h"
#include <cerrno>
#include <ctime>
#include <pthread.h>
#include <unistd.h>
#include "runtime/modules/importing/guest_hooks.h"
#include "runtime/modules/importing/import.h"
#include "runtime/modules/importing/module_locks.h"
#include "runtime/object/errors.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/main_stack.h"

namespace krait {

double switchInterval = 0.005;

namespace {


struct Lock {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t released = PTHREAD_COND_INITIALIZER;
  pthread_cond_t switched = PTHREAD_COND_INITIALIZER;
  bool held = true; // the main thread starts with it
  uint64_t switches = 0;
  int waiting = 0;
};
Lock gil;
bool severalThreads = false;
int64_t running = 0;
bool anyEnded = false;
uint64_t lastSerial = 1;

timespec deadlineAfter(double seconds) {
  timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  auto nanoseconds = t.tv_nsec + static_cast<int64_t>(seconds * 1e9);
  t.tv_sec += nanoseconds / 1000000000;
  t.tv_nsec = nanoseconds % 1000000000;
  return t;
}

void release() {
  pthread_mutex_lock(&gil.mutex);
  gil.held = false;
  pthread_cond_signal(&gil.released);
  pthread_mutex_unlock(&gil.mutex);
}

void acquire(ThreadState* thread) {
  pthread_mutex_lock(&gil.mutex);
  ++gil.waiting;
  while (gil.held) {
    uint64_t seen = gil.switches;
    timespec deadline = deadlineAfter(switchInterval);
    int status = pthread_cond_timedwait(&gil.released, &gil.mutex, &deadline);
    if (status == ETIMEDOUT && gil.held && gil.switches == seen) requestPoll(kPollGil);
  }
  --gil.waiting;
  gil.held = true;
  ++gil.switches;
  pthread_cond_broadcast(&gil.switched);
  pthread_mutex_unlock(&gil.mutex);
  if (isFinalizing() && thread != &mainThread) { // daemon threads stop where they are
    release();
    for (;;) pause();
  }
  krt_hot = thread->saved;
  std::atomic_thread_fence(std::memory_order_seq_cst); // else a request between the two could set the limit before it is stored here
  if (pollRequests.load()) krt_hot.limit = 0;
}

/// At a poll: lets another thread run if one waits.
int32_t yieldLock() {
  ThreadState* thread = currentThread();
  pthread_mutex_lock(&gil.mutex);
  bool wanted = gil.waiting > 0;
  pthread_mutex_unlock(&gil.mutex);
  if (!wanted) return 0;
  thread->saved = krt_hot;
  thread->frame = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  pthread_mutex_lock(&gil.mutex);
  uint64_t seen = gil.switches;
  gil.held = false;
  pthread_cond_signal(&gil.released);
  while (gil.switches == seen && gil.waiting > 0) pthread_cond_wait(&gil.switched, &gil.mutex);
  pthread_mutex_unlock(&gil.mutex);
  acquire(thread);
  return 0;
}

struct Start {
  void (*function)(void*);
  void* context;
  ThreadState* thread;
};

void unlink(ThreadState* thread) {
  if (thread->previous) thread->previous->next = thread->next;
  if (thread->next) thread->next->previous = thread->previous;
}

void clearThread(ThreadState* thread) {
  for (Value* word : {&thread->handledBase.value, &thread->context, &thread->asyncGenFirstIter,
                      &thread->asyncGenFinalizer, &thread->runningLoop, &thread->traceFunction, &thread->profileFunction,
                      &thread->asyncException, &thread->reprStack, &thread->locals})
    clear(*word);
}

void* threadMain(void* argument) {
  auto* start = static_cast<Start*>(argument);
  ThreadState* thread = start->thread;
  thread->stackHigh = reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) + 4 * sizeof(void*);
  thread->ident = static_cast<uint64_t>(pthread_self());
  acquire(thread);
  start->function(start->context);
  delete start;
  --running;
  anyEnded = true;
  leaveThread(thread);
  return nullptr;
}
} // namespace

ThreadState* firstThread() { return &mainThread; }
int64_t threadCount() { return running; }

static void link(ThreadState* thread) {
  thread->recursionLimit = currentThread()->recursionLimit;
  thread->handledBase = {Value(), nullptr};
  thread->serial = ++lastSerial;
  thread->saved = {Value(), 0, thread->recursionLimit, &thread->handledBase, thread, nullptr, 0, 0, nullptr};
  thread->next = mainThread.next;
  thread->previous = &mainThread;
  if (thread->next) thread->next->previous = thread;
  mainThread.next = thread;
}

ThreadState* adoptThread() {
  auto* thread = new ThreadState();
  pthread_mutex_lock(&gil.mutex);
  link(thread);
  pthread_mutex_unlock(&gil.mutex);
  thread->ident = static_cast<uint64_t>(pthread_self());
  noteStack(thread);
  return thread;
}

void leaveThread(ThreadState* thread) {
  clearThread(thread);
  errorClear();
  if (thread->onExit) thread->onExit(thread->exitContext);
  unlink(thread);
  release();
  delete thread;
}

void expectThreads() {
  gilRequestHook = yieldLock;
  severalThreads = true;
}

void shareLock() {
  mainThread.saved = krt_hot;
  release();
}

void takeLock(ThreadState* thread) { acquire(thread); }

void giveLock() {
  ThreadState* thread = currentThread();
  thread->saved = krt_hot;
  thread->frame = *static_cast<uintptr_t*>(__builtin_frame_address(0));
  release();
}

int32_t startThread(void (*function)(void*), void* context, size_t stackBytes, uint64_t* ident) {
  auto* thread = new ThreadState();
  link(thread);
  if (krt_guest_hooks) krt_guest_hooks->threadsBegin();
  gilRequestHook = yieldLock;
  severalThreads = true;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, threadStackBytes(stackBytes));
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_t id;
  auto* start = new Start{function, context, thread};
  int status = pthread_create(&id, &attributes, threadMain, start);
  if (status == EAGAIN && pthread_attr_setstacksize(&attributes, kSmallestThreadStack) == 0) // for want of addresses?
    status = pthread_create(&id, &attributes, threadMain, start);
  // Of a thread that was joined a moment ago the system may have the stack still.
  for (int i = 0; status == EAGAIN && anyEnded && i < 50; ++i) {
    usleep(1000);
    status = pthread_create(&id, &attributes, threadMain, start);
  }
  pthread_attr_destroy(&attributes);
  if (status != 0) {
    unlink(thread);
    delete thread;
    delete start;
    return fail(RuntimeErrorType, "can't start new thread");
  }
  ++running;
  *ident = static_cast<uint64_t>(id);
  return 0;
}

void gilAfterFork() {
  gil = Lock();
  ThreadState* self = currentThread();
  // The other threads do not exist here. Their states may hold objects in any condition: they are left alone.
  mainThread.next = self == &mainThread ? nullptr : self;
  self->next = nullptr;
  self->previous = self == &mainThread ? nullptr : &mainThread;
  running = self == &mainThread ? 0 : 1;
  moduleLocksAfterFork();
}

/// The calling thread's state while it is inside a Blocking that let the GIL go.
static thread_local ThreadState* blocked = nullptr;

/// A host's lock goes with ours.
static void tellHost(bool blocks) {
  if (krt_guest_hooks) krt_guest_hooks->blocking(blocks);
}

Blocking::Blocking() : thread_(severalThreads ? currentThread() : nullptr) {
  if (!thread_) return;
  int saved = errno;
  thread_->saved = krt_hot;
  // The caller's frame, which lasts as long as this object.
  thread_->frame = *static_cast<uintptr_t*>(__builtin_frame_address(0));
  blocked = thread_;
  release();
  tellHost(true);
  errno = saved;
}

Blocking::~Blocking() {
  if (!thread_) return;
  int saved = errno;
  blocked = nullptr;
  acquire(thread_);
  tellHost(false);
  errno = saved;
}

Unblocking::Unblocking() : thread_(blocked) {
  if (!thread_) return;
  frame_ = thread_->frame;
  blocked = nullptr;
  acquire(thread_);
  tellHost(false);
}

Unblocking::~Unblocking() {
  if (!thread_) return;
  thread_->saved = krt_hot;
  thread_->frame = frame_;
  blocked = thread_;
  release();
  tellHost(true);
}

} // namespace krait
