#include "codegen/emit/cache_pruning.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <ctime>
#include <filesystem>
#include <vector>

namespace krait::codegen::emit {

namespace {

constexpr time_t kGranularity = 5 * 60; // seconds; a use is recorded if the last record is older
constexpr time_t kGrace = 15 * 60;

struct CachedFile {
  std::string path;
  time_t used;
  uint64_t size; // on disk
};

bool touch(const std::string& path) { return utimensat(AT_FDCWD, path.c_str(), nullptr, 0) == 0; }

/// True for the one caller whose turn it is.
bool isDue(const std::string& folder, time_t now) {
  const std::string stamp = folder + "/pruned";
  struct stat s {};
  if (stat(stamp.c_str(), &s) == 0) return now - s.st_mtime >= kGrace && touch(stamp);
  const int file = open(stamp.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  return file >= 0 && close(file) == 0;
}

std::vector<CachedFile> filesOf(const std::string& folder) {
  std::vector<CachedFile> files;
  std::error_code failure;
  using Walk = std::filesystem::recursive_directory_iterator;
  for (Walk at(folder, failure), end; !failure && at != end; at.increment(failure)) {
    struct stat s {};
    if (lstat(at->path().c_str(), &s) == 0 && S_ISREG(s.st_mode))
      files.push_back({at->path(), s.st_mtime, static_cast<uint64_t>(s.st_blocks) * 512});
  }
  return files;
}

} // namespace

std::optional<uint64_t> parseCacheSize(std::string_view text) {
  uint64_t number = 0;
  const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc()) return std::nullopt;
  const std::string_view unit(rest, text.data() + text.size() - rest);
  constexpr std::string_view kUnits = "KMGT";
  if (unit.empty()) return number;
  const size_t power = kUnits.find(unit[0]);
  if (unit.size() > 1 || power == std::string_view::npos) return std::nullopt;
  const unsigned shift = 10 * static_cast<unsigned>(power + 1);
  if (number > UINT64_MAX >> shift) return std::nullopt;
  return number << shift;
}

bool useCached(const std::string& path) {
  struct stat s {};
  if (stat(path.c_str(), &s) != 0) return false;
  return time(nullptr) - s.st_mtime < kGranularity || touch(path) || errno != ENOENT; // it may have gone meanwhile
}

void pruneCache(const std::string& folder, uint64_t limit) {
  const time_t now = time(nullptr);
  if (limit == 0 || !isDue(folder, now)) return;
  std::vector<CachedFile> files = filesOf(folder);
  uint64_t total = 0;
  for (const CachedFile& file : files) total += file.size;
  if (total <= limit) return;
  std::sort(files.begin(), files.end(), [](const CachedFile& a, const CachedFile& b) { return a.used < b.used; });
  for (const CachedFile& file : files) {
    if (total <= limit / 10 * 9 || now - file.used < kGrace) break;
    struct stat s {}; // another process may use it since
    if (lstat(file.path.c_str(), &s) != 0 || s.st_mtime != file.used || unlink(file.path.c_str()) != 0) continue;
    total -= file.size;
    rmdir(std::filesystem::path(file.path).parent_path().c_str()); // if that was its last
  }
}

} // namespace krait::codegen::emit
