// The program that -m names.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include "tools/krait/messages.h"
#include "tools/krait/program.h"
#include "tools/krait/search_path.h"
#include "tools/krait/source_module.h"

namespace krait::tools {

/// What a module that runs others (see implied_imports.def) is asked to run: a.b.C.method, or a file as a/b.py.
static std::vector<std::string> modulesNamedBy(std::string_view runner, const std::vector<std::string>& arguments) {
  bool runsModules = false;
#define RUNNER_OF_MODULES(name) runsModules |= runner == name;
#include "tools/krait/implied_imports.def"
  std::vector<std::string> names;
  if (!runsModules) return names;
  for (std::string name : arguments) {
    if (name.starts_with('-') || name.empty()) continue;
    if (name.ends_with(".py")) {
      name.resize(name.size() - 3);
      std::replace(name.begin(), name.end(), '/', '.');
    }
    if (name.find('/') == std::string::npos) names.push_back(std::move(name));
  }
  return names;
}

/// The module of a dotted name, through its packages.
static std::optional<FoundModule> findDotted(const std::string& name, const ModuleFinder& finder) {
  std::optional<FoundModule> found;
  for (size_t dot = 0; dot != std::string::npos;) {
    dot = name.find('.', dot + 1);
    const FoundModule* package = found ? &*found : nullptr;
    std::optional<FoundModule> next = finder.find(name.substr(0, dot), package);
    found = std::move(next);
    if (!found) break;
  }
  return found;
}

bool findProgramModule(const std::string& name, Options& options, const Installation& installation, ProgramSource& source) {
  source.folder = std::filesystem::current_path();
  ModuleFinder finder = makeFinder(source.folder, options, installation);
  std::optional<FoundModule> found = findDotted(name, finder);
  if (!found && !options.sitePackages) {
    options.sitePackages = true;
    finder = makeFinder(source.folder, options, installation);
    found = findDotted(name, finder);
  }
  const bool isPackage = found && found->isPackage;
  if (isPackage) {
    const FoundModule package = *found;
    found = finder.find(name + ".__main__", &package);
  }
  if (!found || found->path.empty()) {
    if (isPackage) fmt::print(stderr, "krait: No module named {0}.__main__; '{0}' is a package and cannot be directly executed\n", name);
    else fmt::print(stderr, "krait: No module named {}\n", name);
    return false;
  }
  std::string error;
  source.filename = found->path;
  source.moduleName = found->name;
  source.named = modulesNamedBy(found->name, options.arguments);
  if (readSource(found->path, source.bytes, error)) return true;
  reportError(error);
  return false;
}

} // namespace krait::tools
