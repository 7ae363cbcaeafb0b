// Zip files whose bytes depend on their content alone: no time of day, no owner.
#pragma once
#include <string>
#include <vector>

namespace krait::tools {

struct ZipEntry {
  std::string name; // with slashes
  std::string bytes;
  bool isExecutable = false;
};

/// The entries in their order, atomically. False with a message for the user.
bool writeZip(const std::string& path, const std::vector<ZipEntry>& entries, std::string& error);

} // namespace krait::tools
