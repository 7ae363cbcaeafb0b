#include "tools/krait/search_path.h"
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>

namespace krait::tools {

std::string_view environmentPath() {
  const char* folders = getenv("PYTHONPATH");
  return folders ? folders : "";
}

static std::vector<std::string> libraryFolders(const Options& options) {
  std::vector<std::string> folders;
  if (std::string folder = findStandardLibrary(options.stdlib); !folder.empty()) folders.push_back(std::move(folder));
  if (options.sitePackages)
    for (std::string& site : sitePackagesFolders()) folders.push_back(std::move(site));
  return folders;
}

std::string searchPath(const Options& options, bool hasGuests) {
  std::vector<std::string> folders;
  for (const std::string& folder : options.includes) folders.push_back(std::filesystem::absolute(folder));
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
  for (std::string_view rest = environmentPath(); !rest.empty();) {
    const size_t colon = rest.find(':');
    if (colon != 0) own.emplace_back(rest.substr(0, colon));
    rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
  }
  own.insert(own.end(), options.includes.begin(), options.includes.end());
  for (std::string& folder : libraryFolders(options)) library.push_back(std::move(folder));
  return ModuleFinder(std::move(own), std::move(library));
}

} // namespace krait::tools
