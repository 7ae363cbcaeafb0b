// See distributions.h.
#include "tools/krait/distributions.h"
#include <algorithm>
#include <fstream>

namespace krait::tools {

/// One a line.
static std::set<std::string> namesIn(const std::filesystem::path& topLevel) {
  std::set<std::string> names;
  std::ifstream in(topLevel);
  for (std::string line; std::getline(in, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (!line.empty()) names.insert(line);
  }
  return names;
}

/// Of a wheel's list of files, `path,hash,size` each: the folders and modules at its root.
static std::set<std::string> namesOfFiles(const std::filesystem::path& record) {
  std::set<std::string> names;
  std::ifstream in(record);
  for (std::string line; std::getline(in, line);) {
    const size_t end = line.find_first_of("/,");
    if (end == std::string::npos) continue;
    const bool isFolder = line[end] == '/';
    std::string name = line.substr(0, end);
    if (!isFolder && !name.ends_with(".py")) continue;
    if (!isFolder) name.resize(name.size() - 3);
    if (name.find_first_of(".\"") == std::string::npos && name != "__pycache__") names.insert(name); // no metadata, nothing outside
  }
  return names;
}

static bool isMetadata(const std::string& file) { return file.ends_with(".dist-info") || file.ends_with(".egg-info"); }

static std::set<std::string> topLevelNames(const std::filesystem::path& metadata) {
  std::set<std::string> names = namesIn(metadata / "top_level.txt");
  return names.empty() ? namesOfFiles(metadata / "RECORD") : names;
}

/// What "Foo.Bar-1.2.dist-info" is most likely imported as: "foo_bar".
static std::string projectName(const std::string& file) {
  std::string name = file.substr(0, file.find('-'));
  for (char& c : name) c = c == '.' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name.substr(0, name.rfind("_egg-info") == std::string::npos ? name.size() : name.rfind("_egg-info"));
}

Distributions::Origins& Distributions::known(const std::filesystem::path& folder) {
  auto [at, isNew] = folders_.try_emplace(folder);
  if (!isNew) return at->second;
  std::set<std::filesystem::path> all;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
    if (isMetadata(entry.path().filename())) all.insert(entry.path());
  for (const std::filesystem::path& metadata : all) {
    std::set<std::string> names = topLevelNames(metadata);
    if (names.empty()) names.insert(projectName(metadata.filename()));
    for (const std::string& one : names) {
      at->second[one].metadata.push_back(metadata);
      for (const std::string& other : names)
        if (one != other) at->second[one].siblings.push_back(other);
    }
  }
  return at->second;
}

std::vector<std::string> pluginModules(const std::filesystem::path& metadata, const std::set<std::string>& groups) {
  std::vector<std::string> modules;
  std::ifstream in(metadata / "entry_points.txt");
  bool isWanted = false;
  for (std::string line; std::getline(in, line);) {
    std::erase_if(line, [](unsigned char c) { return std::isspace(c); });
    if (line.starts_with('[')) isWanted = groups.contains(line.substr(1, line.size() - 2));
    const size_t equals = line.find('=');
    if (!isWanted || equals == std::string::npos) continue;
    modules.push_back(line.substr(equals + 1, line.find_first_of(":[", equals) - equals - 1));
  }
  return modules;
}

} // namespace krait::tools
