// The table is changed by the holder of the GIL alone; who waits gives the GIL back and sleeps until some lock was released.
#include "runtime/modules/importing/module_locks.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <pthread.h>

#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/gil.h"

namespace krait {

namespace {

struct Lock {
  pthread_t owner;
  uint32_t count = 0, waiting = 0;
};

// Never destroyed: threads may still import when the program ends.
auto& locks = *new std::map<std::string, Lock, std::less<>>;
auto& waits = *new std::map<pthread_t, const Lock*>; // what a thread waits for
auto& mutex = *new std::mutex;
auto& released = *new std::condition_variable;
uint64_t releases = 0; // guarded by `mutex` while the GIL is not held

bool closesCircle(pthread_t self, const Lock* lock) {
  while (lock->count) {
    if (lock->owner == self) return true;
    auto next = waits.find(lock->owner);
    if (next == waits.end()) return false;
    lock = next->second;
  }
  return false;
}

} // namespace

bool lockModule(std::string_view name) {
  const pthread_t self = pthread_self();
  Lock& lock = locks[std::string(name)];
  while (lock.count && lock.owner != self) {
    if (closesCircle(self, &lock)) return false;
    waits[self] = &lock;
    ++lock.waiting;
    const uint64_t seen = releases;
    {
      Blocking release;
      std::unique_lock guard(mutex);
      released.wait(guard, [&] { return releases != seen; });
    }
    --lock.waiting;
    waits.erase(self);
  }
  lock.owner = self;
  ++lock.count;
  return true;
}

void unlockModule(std::string_view name) {
  auto found = locks.find(name);
  if (found == locks.end() || found->second.count == 0) return;
  Lock& lock = found->second;
  if (--lock.count) return;
  const bool wanted = lock.waiting != 0;
  if (!wanted) locks.erase(found);
  std::lock_guard guard(mutex);
  ++releases;
  if (wanted) released.notify_all();
}

bool modulesAreLocked() { return !locks.empty(); }

void moduleLocksAfterFork() {
  new (&mutex) std::mutex;
  new (&released) std::condition_variable;
  waits.clear();
  for (auto lock = locks.begin(); lock != locks.end();) {
    lock->second.waiting = 0;
    if (lock->second.count && lock->second.owner == pthread_self()) ++lock;
    else lock = locks.erase(lock);
  }
}

} // namespace krait
