// "[17/99] compiling email.parser" on a terminal, one line that is rewritten; nothing elsewhere.
#pragma once
#include <cstddef>
#include <mutex>
#include <string>

namespace krait::tools {

class Progress {
public:
  explicit Progress(size_t total);
  /// Removes the line.
  ~Progress();
  /// Something is begun. From any thread.
  void begin(const std::string& what);

private:
  std::mutex mutex_;
  size_t total_, begun_ = 0;
  bool isShown_;
};

} // namespace krait::tools
