// The data files that are put into the executable (docs/embedded-files.md).
#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include "codegen/emit/cache.h"
#include "codegen/emit/cache_pruning.h"
#include "codegen/emit/data_object.h"
#include "tools/krait/messages.h"
#include "tools/krait/program_build.h"

namespace krait::tools {

namespace fs = std::filesystem;

namespace {

/// More of one package is put in only if --embed asks for it, in bytes.
constexpr uint64_t kMuchData = 64 << 20;

/// What a package's code mentions that looks for files of it.
constexpr const char* kLooksForFiles[] = {"__file__", "__path__", "get_data", "resources", "importlib_resources", "resource_filename", "resource_stream",
                                          "resource_string", "files", "package_data", "PackageLoader", "PackageResourceLoader"};

bool isData(const fs::path& path) {
  for (const char* code : {".py", ".pyc", ".pyi", ".pyx", ".pxd", ".so", ".c", ".h", ".cpp", ".typed"})
    if (path.extension() == code) return false;
  return true;
}

std::string normal(const fs::path& path) { return fs::absolute(path).lexically_normal(); }

/// All files in a folder that `wanted` says yes to.
template <class Wanted> void collect(const fs::path& folder, std::vector<std::string>& files, Wanted wanted) {
  std::error_code ignored;
  for (auto at = fs::recursive_directory_iterator(folder, ignored); at != fs::recursive_directory_iterator(); at.increment(ignored)) {
    if (at->path().filename() == "__pycache__") at.disable_recursion_pending();
    else if (fs::is_regular_file(at->path(), ignored) && wanted(at->path())) files.push_back(normal(at->path()));
  }
}

uint64_t sizeOf(const std::vector<std::string>& files) {
  uint64_t size = 0;
  std::error_code ignored;
  for (const std::string& f : files) size += fs::file_size(f, ignored);
  return size;
}

} // namespace

/// Whether what is compiled in of a package looks for files beside it.
bool ProgramBuild::usesData(const std::string& top) const {
  auto looks = [](const std::vector<std::string>& mentions) {
    return std::ranges::any_of(kLooksForFiles, [&](const char* word) { return std::ranges::binary_search(mentions, word); });
  };
  return std::ranges::any_of(units_, [&](const auto& unit) {
    if (GuestPackages::topOf(unit->found.name) != top) return false;
    return looks(unit->summary.mentions) || std::ranges::any_of(unit->summary.functions, [&](const auto& f) { return looks(f.mentions); });
  });
}

/// The data files of a package that is compiled in; none if they are too many to be put in unasked.
std::vector<std::string> ProgramBuild::packageData(const std::string& top, bool isAsked) const {
  std::vector<std::string> files;
  const auto found = modules_.find(top);
  if (found == modules_.end() || !found->second) return files;
  for (const std::string& folder : found->second->folders) collect(folder, files, isData);
  if (isAsked) return files;
  if (const uint64_t size = sizeOf(files); size > kMuchData) {
    report(Message{.isWarning = true, .name = "package-data", .text = fmt::format("the data files of {} ({} MB) are not put into the executable, which will look for them in {}; --embed {} puts them in", top, size >> 20,
                                                                                 found->second->folders[0], top), .file = {}, .position = {}, .line = {}});
    return {};
  }
  return files;
}

/// Whether the program can ask for the metadata of what is installed.
bool ProgramBuild::usesMetadata() const {
  return std::ranges::any_of(std::array{"importlib.metadata", "importlib_metadata", "pkg_resources"}, [&](const char* module) {
    const auto found = modules_.find(module);
    return found != modules_.end() && found->second;
  });
}

/// Of the distribution that a module's package came with.
std::vector<std::filesystem::path> ProgramBuild::metadataOf(const Unit& unit) {
  const std::string top = GuestPackages::topOf(unit.found.name);
  const auto found = modules_.find(top);
  if (isStandard(unit.found) || found == modules_.end() || !found->second || found->second->path.empty()) return {};
  const fs::path place = found->second->isPackage ? fs::path(found->second->path).parent_path() : fs::path(found->second->path);
  return distributions_.metadata(place.parent_path(), top);
}

/// What importlib.metadata reads of the packages that are compiled in.
std::vector<std::string> ProgramBuild::metadataFiles() {
  std::vector<std::string> files;
  if (!usesMetadata()) return files;
  for (const auto& unit : units_) {
    if (unit->found.name.find('.') != std::string::npos) continue;
    for (const fs::path& metadata : metadataOf(*unit)) {
      if (!fs::is_directory(metadata)) files.push_back(normal(metadata));
      else
        for (const char* name : {"METADATA", "PKG-INFO", "entry_points.txt", "top_level.txt"})
          if (fs::is_regular_file(metadata / name)) files.push_back(normal(metadata / name));
    }
  }
  return files;
}

/// All that are put in; nothing after an error.
std::optional<std::vector<std::string>> ProgramBuild::dataFiles() {
  std::vector<std::string> files;
  std::set<std::string> asked;
  for (const std::string& what : options_.embeds) {
    std::error_code ignored;
    if (const auto found = modules_.find(what); found != modules_.end() && found->second && found->second->isPackage) {
      asked.insert(what);
      const auto more = packageData(what, true);
      files.insert(files.end(), more.begin(), more.end());
    } else if (fs::is_regular_file(what, ignored)) {
      files.push_back(normal(what));
    } else if (fs::is_directory(what, ignored)) {
      collect(what, files, [](const fs::path&) { return true; });
    } else {
      reportError(fmt::format("--embed {}: neither a package of the program, nor a file or folder", what));
      return std::nullopt;
    }
  }
  if (!options_.noPackageData) {
    std::set<std::string> seen;
    for (const auto& unit : units_) {
      const std::string top = GuestPackages::topOf(unit->found.name);
      if (isStandard(unit->found) || unit->found.path.starts_with(installation_.ownModules + "/") || !seen.insert(top).second || asked.contains(top) || !usesData(top)) continue;
      const auto more = packageData(top, false);
      files.insert(files.end(), more.begin(), more.end());
    }
    const auto more = metadataFiles();
    files.insert(files.end(), more.begin(), more.end());
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

/// The object that has them, in the cache; empty if there are none, nothing after an error.
std::optional<std::string> ProgramBuild::dataObject() {
  if (options_.command != Command::Build || options_.isExtension) return "";
  const auto paths = dataFiles();
  if (!paths) return std::nullopt;
  if (paths->empty()) return "";
  std::vector<codegen::emit::DataFile> files;
  std::string key = installation_.identity + " data " + options_.target;
  for (const std::string& path : *paths) {
    auto bytes = codegen::emit::readFile(path);
    if (!bytes) continue; // of another user
    data_[path] = bytes->size();
    key += path + codegen::emit::contentHash({*bytes});
    files.push_back({path, std::move(*bytes)});
  }
  const std::string object = cachePath(codegen::emit::contentHash({key}), ".data.o");
  std::string error;
  if (codegen::emit::useCached(object) || codegen::emit::writeFileAtomically(object, codegen::emit::writeDataObject(files, *installation_.target), error)) return object;
  reportError(error);
  return std::nullopt;
}

} // namespace krait::tools
