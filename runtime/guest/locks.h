// Who may touch what when several threads run. Krait's objects belong to the holder of krait's lock, the guest's to the
// holder of the guest's. A thread that needs both takes krait's first: it never waits for krait's lock while it holds the
// guest's, so neither side can wait for the other in a circle. Compiled code runs with krait's lock, the
// guest's code with the guest's, values cross with both.
//
// As long as krait has started no second thread, nor the guest one, the main thread holds both, and nothing here costs more than a test.
//
// In an extension the roles are those of krait's callbacks all the time: the host calls, holding its own lock. As long as one of
// its threads has called, that one holds both, and an enquiry of another takes over while the first is outside, in the host's code.
#pragma once
#include <optional>
#include "runtime/guest/cpython.h"
#include "runtime/threads/blocking.h"

namespace krait::guest {

extern bool severalThreads;
/// The main thread's state in the guest, from the start on.
extern PyThreadState* mainState;
/// The calling thread has started the guest, and holds its lock; it is ready for use, perhaps by several threads.
void guestBegins();
void guestIsReady();
bool isOnStartingThread();
/// The guest has threads of its own, which krait's main thread would keep waiting: from now on it holds the lock in the guest only.
void guestThreadsBegin();

/// The guest's lock, for a thread that holds krait's.
class GuestLock {
public:
  GuestLock() {
    if (severalThreads) take();
  }
  ~GuestLock() {
    if (severalThreads) give();
  }
  GuestLock(const GuestLock&) = delete;
  GuestLock& operator=(const GuestLock&) = delete;

private:
  void take();
  void give();
  bool taken_ = false;
  PyGILState_STATE state_ = PyGILState_UNLOCKED;
};

/// While the guest's code runs: other threads of krait may.
class GuestRuns {
public:
  GuestRuns() = default;
  ~GuestRuns() { end(); }
  GuestRuns(const GuestRuns&) = delete;
  GuestRuns& operator=(const GuestRuns&) = delete;
  void begin();
  void end() {
    if (open_) [[unlikely]] close();
  }

private:
  void close();
  std::optional<Blocking> open_;
};

/// Krait's lock, for the guest's code that calls back. Both are held inside. False: this thread is none of krait's.
class KraitLock {
public:
  KraitLock();
  ~KraitLock();
  KraitLock(const KraitLock&) = delete;
  KraitLock& operator=(const KraitLock&) = delete;
  explicit operator bool() const { return isFine_; }

private:
  std::optional<Unblocking> open_;
  bool isFine_ = true, wasOutside_ = false;
};

/// While krait's code runs in a callback: other threads of the guest may.
class KraitRuns {
public:
  KraitRuns();
  ~KraitRuns();
  KraitRuns(const KraitRuns&) = delete;
  KraitRuns& operator=(const KraitRuns&) = delete;
  /// Gives the guest's lock away, to take it again at the end.
  void release();

private:
  KraitRuns* outer_;
  PyThreadState* state_ = nullptr;
  int held_ = 0;
};

/// In an extension: the calling thread goes from krait's code into the host's, and comes back.
void leaveForHost();
void backFromHost();
/// GuestHooks::blocking.
void hostBlocking(bool begins);

/// krait starts its second thread.
void threadsBegin();

} // namespace krait::guest
