#include "runtime/guest/locks.h"
#include <unistd.h>
#include "runtime/guest/guest.h"
#include "runtime/threads/gil.h"

namespace krait::guest {

bool severalThreads = false;
PyThreadState* mainState = nullptr;
thread_local int Entering::depth_ = 0;

namespace {

/// How many GuestLocks this thread has, from the one that took the lock on.
thread_local int held = 0;
/// It is one of krait's, so that it may take krait's lock.
thread_local bool isOurs = false;
thread_local bool startedHere = false;
thread_local KraitRuns* innermost = nullptr;
/// The main thread has the lock from the time when it was the only one, and gives it away where it leaves the guest.
bool mainStillHolds = false;

/// A thread of a host: where it is.
struct HostThread {
  ThreadState* state = nullptr; // null: it has not called yet
  bool isOutside = true;        // in the host's code, where it needs nothing of krait's
  PyThreadState* saved = nullptr; // while it blocks without the host's lock
  ~HostThread();
};
thread_local HostThread self;
HostThread* first = nullptr; // the one that imported the extension

/// Takes krait's lock, for a thread that holds the host's.
void exchangeLocks() {
  PyThreadState* state = py.PyEval_SaveThread();
  takeLock(self.state);
  py.PyEval_RestoreThread(state);
}

/// The calling thread's first call.
void meet() {
  isOurs = true;
  if (!first) {
    first = &self;
    self.state = &mainThread;
    return;
  }
  if (!severalThreads) {
    while (!first->isOutside) { // in the middle of a conversion, which ran code of the host's
      PyThreadState* state = py.PyEval_SaveThread();
      usleep(100);
      py.PyEval_RestoreThread(state);
      if (severalThreads) break;
    }
    if (!severalThreads) shareLock();
    severalThreads = true;
  }
  self.state = adoptThread();
}

HostThread::~HostThread() {
  if (!state || state == &mainThread) return;
  takeLock(state);
  leaveThread(state);
}

} // namespace

void leaveForHost() {
  self.isOutside = true;
  if (severalThreads) giveLock();
}

void backFromHost() {
  if (severalThreads) exchangeLocks();
  self.isOutside = false;
}

void hostBlocking(bool begins) {
  if (!isExtension || !self.state) return;
  if (begins) {
    self.isOutside = true;
    self.saved = py.PyGILState_Check() ? py.PyEval_SaveThread() : nullptr;
  } else {
    self.isOutside = false;
    if (self.saved) py.PyEval_RestoreThread(self.saved);
    self.saved = nullptr;
  }
}

void threadsBegin() {
  if (severalThreads || !isLoaded()) return;
  if (isExtension) {
    severalThreads = true;
    return;
  }
  isOurs = true;
  if (innermost) {
    innermost->release(); // started in a callback
    mainStillHolds = true;
  } else {
    py.PyEval_SaveThread();
  }
  severalThreads = true;
}

void guestBegins() {
  isOurs = startedHere = true;
  mainState = py.PyThreadState_Get();
}

bool isOnStartingThread() { return startedHere; }

void guestIsReady() {
  if (threadCount() == 0) return;
  severalThreads = true;
  py.PyEval_SaveThread();
}

void guestThreadsBegin() {
  if (innermost) return; // in a callback: later
  isOurs = true;
  severalThreads = true;
  py.PyEval_SaveThread();
}

void GuestLock::take() {
  taken_ = true;
  isOurs = true;
  if (held++ == 0) state_ = py.PyGILState_Ensure();
}

void GuestLock::give() {
  if (taken_) {
    if (--held == 0) py.PyGILState_Release(state_);
  } else if (mainStillHolds && !innermost) {
    mainStillHolds = false;
    py.PyEval_SaveThread();
  }
}

void GuestRuns::begin() { open_.emplace(); }

void GuestRuns::close() {
  PyThreadState* state = py.PyEval_SaveThread();
  open_.reset();
  py.PyEval_RestoreThread(state);
}

KraitLock::KraitLock() {
  if (isExtension) {
    if (!self.state) meet();
    wasOutside_ = self.isOutside;
    if (wasOutside_ && severalThreads) exchangeLocks();
    self.isOutside = false;
    return;
  }
  isFine_ = isOurs;
  if (!severalThreads || !isOurs) return;
  PyThreadState* state = py.PyEval_SaveThread();
  open_.emplace();
  py.PyEval_RestoreThread(state);
}

KraitLock::~KraitLock() {
  if (wasOutside_) leaveForHost();
}

KraitRuns::KraitRuns() : outer_(innermost) {
  innermost = this;
  if (severalThreads) release();
}

void KraitRuns::release() {
  held_ = held;
  held = 0;
  state_ = py.PyEval_SaveThread();
}

KraitRuns::~KraitRuns() {
  innermost = outer_;
  if (!state_) return;
  py.PyEval_RestoreThread(state_);
  held = held_;
}

} // namespace krait::guest
