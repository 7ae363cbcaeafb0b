// What was installed together: the top-level names of a distribution (PyPA's core metadata: *.dist-info and *.egg-info).
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace krait::tools {

class Distributions {
public:
  /// The other top-level modules and packages that came with `name` into this folder; none where nothing says so. Folders are
  /// read once.
  const std::vector<std::string>& siblings(const std::filesystem::path& folder, const std::string& name);

private:
  using Siblings = std::map<std::string, std::vector<std::string>>;
  std::map<std::filesystem::path, Siblings> folders_;
};

} // namespace krait::tools
