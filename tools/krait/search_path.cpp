#include "tools/krait/search_path.h"
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <sstream>

namespace krait::tools {

std::string absoluteFolder(const std::string& folder) {
  const std::filesystem::path path = std::filesystem::absolute(folder).lexically_normal();
  return path.has_filename() || path == path.root_path() ? path : path.parent_path();
}

std::string environmentPath() {
  const char* folders = getenv("PYTHONPATH");
  std::string all;
  for (std::string_view rest = folders ? folders : ""; !rest.empty();) {
    const size_t colon = rest.find(':');
    if (colon != 0) all += (all.empty() ? "" : ":") + absoluteFolder(std::string(rest.substr(0, colon)));
    rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
  }
  return all;
}

static std::vector<std::string> libraryFolders(const Options& options) {
  std::vector<std::string> folders;
  if (std::string folder = findStandardLibrary(options.stdlib); !folder.empty()) folders.push_back(std::move(folder));
  if (options.sitePackages)
    for (std::string& site : sitePackagesFolders()) folders.push_back(std::move(site));
  return folders;
}

std::string searchPath(const Options& options, bool hasGuests) {
  std::vector<std::string> folders = options.includes;
  const std::string library = findStandardLibrary(options.stdlib);
  for (std::string& folder : libraryFolders(options)) {
    const bool isStandard = folder == library;
    if (isStandard) folders.push_back(std::filesystem::path(folder).parent_path() / "python311.zip");
    folders.push_back(std::move(folder));
    if (isStandard) folders.push_back(library + "/lib-dynload");
  }
  if (hasGuests && !options.sitePackages) // where they are found without being asked for
    for (std::string& site : sitePackagesFolders()) folders.push_back(std::move(site));
  return fmt::format("{}", fmt::join(folders, ":"));
}

ModuleFinder makeFinder(const std::string& programFolder, const Options& options, const Installation& installation) {
  std::vector<std::string> own, library{installation.ownModules};
  if (!programFolder.empty()) own.push_back(programFolder);
  std::istringstream environment(environmentPath());
  for (std::string folder; std::getline(environment, folder, ':');) own.push_back(folder);
  own.insert(own.end(), options.includes.begin(), options.includes.end());
  for (std::string& folder : libraryFolders(options)) library.push_back(std::move(folder));
  return ModuleFinder(std::move(own), std::move(library));
}

} // namespace krait::tools
