#include "tools/krait/progress.h"
#include <fmt/core.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace krait::tools {

Progress::Progress(size_t total) : total_(total) {
  const char* terminal = getenv("TERM");
  isShown_ = total > 1 && isatty(STDERR_FILENO) && terminal && std::string_view(terminal) != "dumb";
}

Progress::~Progress() {
  if (isShown_ && begun_ > 0) fmt::print(stderr, "\r\33[K");
}

void Progress::begin(const std::string& what) {
  if (!isShown_) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  std::string line = fmt::format("[{}/{}] {}", ++begun_, total_, what);
  winsize window{}; // a line that wraps could not be rewritten
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 1 && line.size() >= window.ws_col) line.resize(window.ws_col - 1u);
  fmt::print(stderr, "\r\33[K{}", line);
  fflush(stderr);
}

} // namespace krait::tools
