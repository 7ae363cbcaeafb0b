#include "runtime/guest/locks.h"
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

} // namespace

void threadsBegin() {
  if (severalThreads || !isLoaded()) return;
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
  isFine_ = isOurs;
  if (!severalThreads || !isOurs) return;
  PyThreadState* state = py.PyEval_SaveThread();
  open_.emplace();
  py.PyEval_RestoreThread(state);
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
