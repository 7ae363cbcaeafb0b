#include "tools/krait/installation.h"
#include <filesystem>
#include <fstream>
#include <fmt/core.h>
#include <sys/stat.h>

namespace krait::tools {
namespace {

std::string stamp(const std::string& path) {
  struct stat s {};
  if (stat(path.c_str(), &s) != 0) return {};
  return fmt::format("{}:{}.{}", s.st_size, s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
}

} // namespace

bool findInstallation(Installation& found, std::string& error) {
  std::error_code failure;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", failure);
  const std::filesystem::path bin = self.parent_path();
  // Installed: PREFIX/bin/krait and PREFIX/lib/krait. Build tree: BUILD/tools/krait/krait and BUILD/runtime.
  for (const std::filesystem::path& folder : {bin / "../lib/krait", bin / "../../runtime"}) {
    found.archive = (folder / "libkrait_runtime.a").lexically_normal();
    found.engine = (folder / "libkrait_engine.a").lexically_normal();
    found.lazyLibraries = (folder / "libkrait_lazy.a").lexically_normal();
    found.startOrder = (folder / "order.txt").lexically_normal();
    found.hotBitcode = (folder / "hot.bc").lexically_normal();
    found.ownModules = (folder / "lib").lexically_normal();
    if (!std::filesystem::exists(found.archive, failure)) continue;
    std::ifstream options(folder / "link_options");
    for (std::string line; std::getline(options, line);) found.linkOptions.push_back(line);
    found.identity = stamp(self) + "/" + stamp(found.hotBitcode);
    found.linkedIdentity = stamp(found.archive) + "/" + stamp(found.engine) + "/" + stamp(found.startOrder);
    return true;
  }
  error = fmt::format("Krait's runtime (libkrait_runtime.a) was not found beside {}: install Krait again", self.string());
  return false;
}

std::string findStandardLibrary(const std::string& chosen) {
  if (!chosen.empty()) return chosen;
  for (const char* folder : {"/usr/lib/python3.11", "/usr/local/lib/python3.11", "/usr/lib64/python3.11"})
    if (std::filesystem::exists(std::string(folder) + "/os.py")) return folder;
  return {};
}

std::vector<std::string> sitePackagesFolders() {
  std::vector<std::string> folders;
  for (const char* folder : {"/usr/local/lib/python3.11/dist-packages", "/usr/lib/python3/dist-packages"})
    if (std::error_code absent; std::filesystem::exists(folder, absent)) folders.emplace_back(folder);
  return folders;
}

} // namespace krait::tools
