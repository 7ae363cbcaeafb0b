#include "tools/krait/remote/remote_cache.h"
#include <csignal>
#include <fmt/core.h>
#include <thread>
#include <utility>
#include "tools/krait/remote/entry.h"

namespace krait::tools::remote {

/// Enough to hide the way to a store in another town, few enough for it to be polite.
constexpr size_t kConnections = 8;
/// What a store has to give for its time: several times what compiling gives.
constexpr size_t kBytesPerSecond = 1 << 20;
/// A peer that says nothing is given up by the store's own code long after those who wait for it have gone.
constexpr int kPeerPatience = 3;

/// Signals are the main thread's. SIGPIPE is nobody's: a connection that has ended is an error.
static void blockSignals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

void RemoteCache::add(Lock&, Task task) {
  tasks_.push_back(std::move(task));
  if (idle_ < tasks_.size() && threads_ < kConnections) {
    ++threads_;
    std::thread([this] { work(); }).detach();
  }
  hasTask_.notify_one();
}

void RemoteCache::work() {
  blockSignals();
  const std::unique_ptr<RemoteStore> store = makeStore(settings_.address, settings_.patience * kPeerPatience);
  for (;;) {
    Lock lock(mutex_);
    ++idle_;
    hasTask_.wait(lock, [this] { return !tasks_.empty(); });
    --idle_;
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    perform(*store, task);
  }
}

void RemoteCache::perform(RemoteStore& store, Task& task) {
  std::string error, bytes;
  const std::string name = entryName(task.object);
  const Outcome outcome = task.isPut ? store.put(name, wrapEntry(task.object, task.bytes, settings_.secret), error)
                                     : store.get(name, kLargestEntry, bytes, error);
  std::string damage;
  const bool isWhole = !task.isPut && outcome == Outcome::Done && unwrapEntry(task.object, bytes, settings_.secret, damage);
  Lock lock(mutex_);
  if (isGivenUp_) return; // nobody waits for it any more
  if (outcome == Outcome::Failed) return giveUp(lock, error);
  if (task.isPut) {
    --unsent_;
    ++counts_.sent;
    whole_ += task.bytes.size();
  } else {
    --asked_;
    if (isWhole) ++counts_.hits;
    else ++counts_.misses;
    if (!damage.empty() && ++counts_.damaged == 1) // one for all: there are others where one is
      warnings_.push_back(fmt::format("{}: {} {}, and is not used", settings_.address.shown, name, damage));
    if (isWhole) whole_ += bytes.size();
    answers_.push_back({.index = task.index, .bytes = isWhole ? std::move(bytes) : ""});
  }
  hasChanged_.notify_all();
}

void RemoteCache::giveUp(Lock&, std::string why) {
  isGivenUp_ = true;
  tasks_.clear();
  counts_.misses += asked_;
  asked_ = unsent_ = 0;
  warnings_.push_back(fmt::format("the cache at {} is left alone from here on: {}", settings_.address.shown, why));
  hasChanged_.notify_all();
}

void RemoteCache::waitWhile(Lock& lock, const std::function<bool()>& isUnfinished, const std::function<void()>& onChange) {
  whole_ = 0;
  Clock::time_point last = Clock::now();
  while (isUnfinished()) {
    const bool isInTime = hasChanged_.wait_until(lock, last + left_) == std::cv_status::no_timeout;
    const Clock::time_point now = Clock::now();
    left_ -= now - last;
    left_ += std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(static_cast<double>(whole_) / kBytesPerSecond));
    left_ = std::min<Clock::duration>(left_, settings_.patience);
    whole_ = 0;
    if (!isGivenUp_ && isUnfinished() && (left_ <= Clock::duration::zero() || (!isInTime && answers_.empty())))
      giveUp(lock, fmt::format("it was waited for {:g} s", std::chrono::duration<double>(settings_.patience).count()));
    onChange();
    last = Clock::now(); // what we did ourselves is not the store's fault
  }
}

void RemoteCache::fetch(std::span<const std::string> objects, const std::function<void(size_t, std::string)>& receive) {
  Lock lock(mutex_);
  if (isGivenUp_) return;
  for (size_t i = 0; i < objects.size(); ++i) {
    ++asked_;
    add(lock, {.isPut = false, .index = i, .object = objects[i], .bytes = {}});
  }
  waitWhile(lock, [this] { return asked_ > 0 || !answers_.empty(); }, [&] {
    while (!answers_.empty()) {
      Answer answer = std::move(answers_.front());
      answers_.pop_front();
      if (answer.bytes.empty()) continue;
      lock.unlock();
      receive(answer.index, std::move(answer.bytes));
      lock.lock();
    }
  });
}

void RemoteCache::offer(const std::string& object, std::string bytes) {
  if (!settings_.mayWrite || bytes.size() > kLargestEntry - (1 << 10)) return;
  Lock lock(mutex_);
  if (isGivenUp_) return;
  ++unsent_;
  add(lock, {.isPut = true, .index = 0, .object = object, .bytes = std::move(bytes)});
}

void RemoteCache::finish() {
  Lock lock(mutex_);
  waitWhile(lock, [this] { return unsent_ > 0; }, [] {});
}

std::vector<std::string> RemoteCache::takeWarnings() {
  const Lock lock(mutex_);
  return std::exchange(warnings_, {});
}

RemoteCounts RemoteCache::takeCounts() {
  const Lock lock(mutex_);
  return std::exchange(counts_, {});
}

bool RemoteCache::isBusy() {
  const Lock lock(mutex_);
  return idle_ < threads_;
}

RemoteCache* remoteCache(std::string& error) {
  static std::string complaint;
  static RemoteCache* const cache = [] {
    std::optional<Settings> settings = settingsOfEnvironment(complaint);
    return settings ? new RemoteCache(std::move(*settings)) : nullptr;
  }();
  error = std::exchange(complaint, {});
  return cache;
}

} // namespace krait::tools::remote
