// The global interpreter lock: only its holder touches objects and krt_hot.
//
// While a program has one thread, nothing here is locked. Handing over means
// exchanging the contents of krt_hot with the thread's `saved`. A thread that
// has waited for one switch interval asks the holder to let go at its next poll.
#pragma once
#include "runtime/threads/thread_state.h"

namespace krait {

/// Seconds that a waiting thread lets the holder run (sys.setswitchinterval).
extern double switchInterval;

/// Starts a thread that calls function(context) holding the lock; 0, or -1 with RuntimeError.
/// *ident is its pthread id. `stackBytes` 0: the default.
int32_t startThread(void (*function)(void*), void* context, size_t stackBytes, uint64_t* ident);
/// Threads started here that still run.
int64_t threadCount();
/// For a host (modules/importing/guest_hooks.h) whose threads come and go. The calling thread, which nobody started here, gets a state.
ThreadState* adoptThread();
/// It ends: its state, too. Gives the lock away, which it holds.
void leaveThread(ThreadState* thread);
/// There may be such threads: who blocks gives the lock away from now on.
void expectThreads();
/// From now on the lock is taken, by all: who held it without, the main thread, is outside and gives it up.
void shareLock();
/// The lock, for the calling thread.
void takeLock(ThreadState* thread);
void giveLock();
/// In the child of fork(): it has one thread, which holds the lock.
void gilAfterFork();
/// All thread states, the main one first (linked by `next`).
ThreadState* firstThread();

} // namespace krait
