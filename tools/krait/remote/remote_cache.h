// The store that this process shares objects with. It is talked with by threads of its own, so that whatever a store or the way to it
// does, nobody waits for longer than docs/team-cache.md says.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include "tools/krait/remote/settings.h"
#include "tools/krait/remote/store.h"

namespace krait::tools::remote {

struct RemoteCounts {
  size_t hits = 0, misses = 0, damaged = 0, sent = 0;
};

class RemoteCache {
public:
  explicit RemoteCache(Settings settings) : settings_(std::move(settings)), left_(settings_.patience) {}

  /// Asks for objects by their names in the local cache. `receive` is called, on this thread, for each one that is there and whole. Returns
  /// when all are answered, or the time is over.
  void fetch(std::span<const std::string> objects, const std::function<void(size_t, std::string)>& receive);
  /// Begins to send an object, if this process may. From any thread.
  void offer(const std::string& object, std::string bytes);
  /// Waits until what was offered is sent, or the time is over.
  void finish();

  /// What has gone wrong since the last call, for people. Each thing once.
  std::vector<std::string> takeWarnings();
  /// Since the last call.
  RemoteCounts takeCounts();
  /// Whether a thread still talks with the store: it may never come back, and cannot be ended.
  bool isBusy();
  const Settings& settings() const { return settings_; }

private:
  struct Task {
    bool isPut = false;
    size_t index = 0;
    std::string object, bytes;
  };
  struct Answer {
    size_t index = 0;
    std::string bytes; // empty: absent
  };
  using Clock = std::chrono::steady_clock;
  using Lock = std::unique_lock<std::mutex>;

  void add(Lock&, Task task);
  void work();
  void perform(RemoteStore& store, Task& task);
  void giveUp(Lock&, std::string why);
  void waitWhile(Lock&, const std::function<bool()>& isUnfinished, const std::function<void()>& onChange);

  const Settings settings_;
  std::mutex mutex_;
  std::condition_variable hasTask_, hasChanged_;
  std::deque<Task> tasks_;
  std::deque<Answer> answers_;
  size_t threads_ = 0, idle_ = 0;
  size_t asked_ = 0, unsent_ = 0; // answers, and objects, that are waited for
  Clock::duration left_;          // of the time that may be waited
  size_t whole_ = 0;              // bytes that have come or gone since the wait began
  bool isGivenUp_ = false;
  std::vector<std::string> warnings_;
  RemoteCounts counts_;
};

/// Of this process, so that a store that has failed stays left alone in its other builds; null if the environment names none. What is wrong with the
/// environment's text is told once, in `error`. Never destroyed: its threads may outlive main.
RemoteCache* remoteCache(std::string& error);

} // namespace krait::tools::remote
