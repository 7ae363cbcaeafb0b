// What was installed together: the top-level names of a distribution (PyPA's core metadata: *.dist-info and *.egg-info).
#pragma once
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace krait::tools {

/// Folders are read once.
class Distributions {
public:
  /// The other top-level modules and packages that came with `name` into this folder; none where nothing says so.
  const std::vector<std::string>& siblings(const std::filesystem::path& folder, const std::string& name) { return known(folder)[name].siblings; }
  /// The folders (or files: of old eggs) of metadata of what `name` came with into this folder.
  const std::vector<std::filesystem::path>& metadata(const std::filesystem::path& folder, const std::string& name) { return known(folder)[name].metadata; }

private:
  struct Origin {
    std::vector<std::string> siblings;
    std::vector<std::filesystem::path> metadata;
  };
  using Origins = std::map<std::string, Origin>; // by top-level name
  Origins& known(const std::filesystem::path& folder);
  std::map<std::filesystem::path, Origins> folders_;
};

/// Modules that the distribution offers to whoever looks for plugins: of its entry points those in `groups`.
std::vector<std::string> pluginModules(const std::filesystem::path& metadata, const std::set<std::string>& groups);

} // namespace krait::tools
