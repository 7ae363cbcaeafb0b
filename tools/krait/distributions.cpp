// See distributions.h.
#include "tools/krait/distributions.h"
#include <fstream>
#include <set>

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

const std::vector<std::string>& Distributions::siblings(const std::filesystem::path& folder, const std::string& name) {
  auto [at, isNew] = folders_.try_emplace(folder);
  if (isNew) {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
      const std::string file = entry.path().filename();
      if (!file.ends_with(".dist-info") && !file.ends_with(".egg-info")) continue;
      std::set<std::string> names = namesIn(entry.path() / "top_level.txt");
      if (names.empty()) names = namesOfFiles(entry.path() / "RECORD");
      for (const std::string& one : names)
        for (const std::string& other : names)
          if (one != other) at->second[one].push_back(other);
    }
  }
  return at->second[name];
}

} // namespace krait::tools
