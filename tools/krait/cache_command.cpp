// The cache's folders: objects/XX/… (.o, .summary) and programs/XX/KEY/python3.11 with programs/XX/KEY.manifest.
#include "tools/krait/cache_command.h"
#include <cstring>
#include <ctime>
#include <elf.h>
#include <filesystem>
#include <fmt/core.h>
#include <sys/stat.h>
#include <vector>
#include "codegen/emit/cache.h"
#include "codegen/emit/cache_pruning.h"
#include "tools/krait/messages.h"
#include "tools/krait/remote/counts.h"
#include "tools/krait/summary.h"

namespace krait::tools {
namespace {

namespace fs = std::filesystem;

enum class Kind { Object, Summary, Program, Manifest, Unfinished, Other };

struct CachedFile {
  fs::path path;
  Kind kind;
  uint64_t size; // on disk
  time_t used;
};

/// Written beside its name and not renamed: by a process that runs, or one that was killed.
bool isUnfinished(const std::string& name) { return name.find(".part") != std::string::npos; }

Kind kindOf(const fs::path& path) {
  const std::string name = path.filename();
  if (isUnfinished(name)) return Kind::Unfinished;
  if (name.ends_with(".o")) return Kind::Object;
  if (name.ends_with(".summary")) return Kind::Summary;
  if (name.ends_with(".manifest")) return Kind::Manifest;
  return path.parent_path().filename().string().size() == 38 ? Kind::Program : Kind::Other;
}

std::vector<CachedFile> cachedFiles(const std::string& cache) {
  std::vector<CachedFile> files;
  for (const char* part : {"/objects", "/programs"}) {
    std::error_code failure;
    for (fs::recursive_directory_iterator at(cache + part, failure), end; !failure && at != end; at.increment(failure)) {
      struct stat s {};
      if (lstat(at->path().c_str(), &s) == 0 && S_ISREG(s.st_mode))
        files.push_back({at->path(), kindOf(at->path()), static_cast<uint64_t>(s.st_blocks) * 512, s.st_mtime});
    }
  }
  return files;
}

std::string inUnits(uint64_t bytes) {
  double size = static_cast<double>(bytes);
  const char* unit = "bytes";
  for (const char* next : {"KiB", "MiB", "GiB", "TiB"})
    if (size >= 1024) size /= 1024, unit = next;
  return unit[0] == 'b' ? fmt::format("{} {}", bytes, unit) : fmt::format("{:.1f} {}", size, unit);
}

/// The team's cache, if there is one or was.
void showRemote(const std::string& cache) {
  std::string error;
  const remote::RemoteCache* store = remote::remoteCache(error);
  if (!error.empty()) reportWarning(error);
  if (store) fmt::print("remote      {}{}\n", store->settings().address.shown, store->settings().mayWrite ? "" : " (read-only)");
  const remote::RemoteCounts counts = remote::readCounts(cache);
  if (store || counts.hits + counts.misses + counts.sent > 0)
    fmt::print("{:<10} {:>8}\n{:<10} {:>8}\n{:<10} {:>8}\n{:<10} {:>8}\n", "  hits", counts.hits, "  misses", counts.misses, "  damaged", counts.damaged, "  sent", counts.sent);
}

int showStatistics(const std::string& cache) {
  const std::vector<CachedFile> files = cachedFiles(cache);
  const char* limit = getenv("KRAIT_CACHE_SIZE");
  fmt::print("cache       {}\nlimit       {}\n", cache, !limit || !*limit ? "4G" : limit[0] == '0' && !limit[1] ? "none" : limit);
  struct Row {
    const char* title;
    Kind kind;
  };
  uint64_t total = 0;
  for (const Row& row : {Row{"objects", Kind::Object}, {"summaries", Kind::Summary}, {"programs", Kind::Program}, {"manifests", Kind::Manifest},
                         {"unfinished", Kind::Unfinished}, {"others", Kind::Other}}) {
    size_t count = 0;
    uint64_t size = 0;
    for (const CachedFile& file : files)
      if (file.kind == row.kind) ++count, size += file.size;
    total += size;
    if (count > 0 || row.kind <= Kind::Program) fmt::print("{:<10} {:>8} {:>14}\n", row.title, count, inUnits(size));
  }
  fmt::print("{:<10} {:>8} {:>14}\n", "all", files.size(), inUnits(total));
  showRemote(cache);
  return 0;
}

int cleanCache(const std::string& cache) {
  uint64_t freed = 0;
  const std::vector<CachedFile> files = cachedFiles(cache);
  for (const CachedFile& file : files) freed += file.size;
  int status = 0;
  for (const char* part : {"/objects", "/programs", "/pruned", remote::kCountsFile}) { // nothing that Krait has not made
    std::error_code failure;
    fs::remove_all(cache + part, failure);
    if (!failure) continue;
    reportError(fmt::format("{}{}: {}", cache, part, failure.message()));
    status = 1;
  }
  if (status == 0) fmt::print("{} files, {}, removed from {}\n", files.size(), inUnits(freed), cache);
  return status;
}

/// An ELF file of which every section is there.
bool isWholeElf(std::string_view bytes) {
  Elf64_Ehdr header;
  if (bytes.size() < sizeof header || !bytes.starts_with(ELFMAG)) return false;
  memcpy(&header, bytes.data(), sizeof header);
  if (header.e_shoff > bytes.size() || header.e_shentsize != sizeof(Elf64_Shdr)) return false;
  Elf64_Shdr section;
  uint64_t count = header.e_shnum;
  for (uint64_t i = 0; i < std::max<uint64_t>(count, 1); ++i) {
    const uint64_t at = header.e_shoff + i * sizeof section;
    if (at > bytes.size() || bytes.size() - at < sizeof section) return false;
    memcpy(&section, bytes.data() + at, sizeof section);
    if (i == 0 && count == 0) count = section.sh_size; // more than fit into the header
    if (section.sh_type != SHT_NOBITS && section.sh_type != SHT_NULL &&
        (section.sh_offset > bytes.size() || bytes.size() - section.sh_offset < section.sh_size))
      return false;
  }
  return true;
}

bool isWhole(const CachedFile& file) {
  if (file.kind == Kind::Unfinished) return time(nullptr) - file.used < 60 * 60; // perhaps being written
  if (file.kind == Kind::Other) return true;
  const auto bytes = codegen::emit::readFile(file.path);
  if (!bytes) return false;
  Summary ignored;
  switch (file.kind) {
  case Kind::Summary: return parseSummary(*bytes, ignored) && bytes->ends_with('\n');
  case Kind::Manifest: return bytes->empty() || bytes->ends_with('\n');
  default: return isWholeElf(*bytes);
  }
}

/// What is damaged is removed, and made again when it is needed.
int verifyCache(const std::string& cache) {
  const std::vector<CachedFile> files = cachedFiles(cache);
  size_t bad = 0;
  for (const CachedFile& file : files) {
    if (isWhole(file)) continue;
    ++bad;
    std::error_code failure;
    if (fs::remove(file.path, failure)) reportWarning(fmt::format("{}: {}; removed", file.path.string(), file.kind == Kind::Unfinished ? "was never finished" : "damaged"));
    else reportError(fmt::format("{}: damaged, and cannot be removed: {}", file.path.string(), failure.message()));
  }
  fmt::print("{} files in {}, {} damaged\n", files.size(), cache, bad);
  return bad == 0 ? 0 : 1;
}

} // namespace

int manageCache(const Options& options) {
  const std::string cache = codegen::emit::cacheFolder();
  const std::string& action = options.files[0];
  return action == "stats" ? showStatistics(cache) : action == "clean" ? cleanCache(cache) : verifyCache(cache);
}

} // namespace krait::tools
