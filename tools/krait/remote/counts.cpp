#include "tools/krait/remote/counts.h"
#include <cstdio>
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

namespace krait::tools::remote {
namespace {

constexpr size_t kLongest = 128;

RemoteCounts countsIn(int file) {
  RemoteCounts counts;
  char text[kLongest + 1] = "";
  if (pread(file, text, kLongest, 0) <= 0) return {};
  const int read = sscanf(text, "%zu %zu %zu %zu", &counts.hits, &counts.misses, &counts.damaged, &counts.sent);
  return read == 4 ? counts : RemoteCounts{};
}

} // namespace

void addCounts(const std::string& cache, const RemoteCounts& counts) {
  if (counts.hits + counts.misses + counts.sent == 0) return;
  const int file = open((cache + kCountsFile).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) return;
  if (flock(file, LOCK_EX) == 0) {
    const RemoteCounts old = countsIn(file);
    const std::string text = fmt::format("{} {} {} {}\n", old.hits + counts.hits, old.misses + counts.misses,
                                         old.damaged + counts.damaged, old.sent + counts.sent);
    if (pwrite(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size())) (void)!ftruncate(file, static_cast<off_t>(text.size()));
  }
  close(file);
}

RemoteCounts readCounts(const std::string& cache) {
  const int file = open((cache + kCountsFile).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  const RemoteCounts counts = countsIn(file);
  close(file);
  return counts;
}

} // namespace krait::tools::remote
