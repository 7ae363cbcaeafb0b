#include "tools/krait/module_finder.h"
#include <sys/stat.h>

namespace krait::tools {
namespace {

struct NativeRow {
  std::string_view name, symbol;
  bool loadsLibrary, isOfEngine;
};
constexpr NativeRow kNatives[] = {
#define KRAIT_NATIVE_MODULE(identifier, name) {name, "krt_module_" #identifier, false, false},
#define KRAIT_LIBRARY_MODULE(identifier, name) {name, "krt_module_" #identifier, true, false},
#define KRAIT_ENGINE_MODULE(identifier, name) {name, "krt_module_" #identifier, false, true},
#include "runtime/abi/modules.def"
#undef KRAIT_NATIVE_MODULE
};

bool isFile(const std::string& path) {
  struct stat s {};
  return stat(path.c_str(), &s) == 0 && S_ISREG(s.st_mode);
}
bool isFolder(const std::string& path) {
  struct stat s {};
  return stat(path.c_str(), &s) == 0 && S_ISDIR(s.st_mode);
}

} // namespace

std::string_view nativeModule(std::string_view name) {
  for (const NativeRow& row : kNatives)
    if (row.name == name) return row.symbol;
  return {};
}

bool isEngineModule(std::string_view symbol) {
  for (const NativeRow& row : kNatives)
    if (row.symbol == symbol) return row.isOfEngine;
  return false;
}

std::vector<std::string> allNativeModules(bool withLibraries) {
  std::vector<std::string> symbols;
  for (const NativeRow& row : kNatives)
    if (withLibraries || !row.loadsLibrary) symbols.emplace_back(row.symbol);
  return symbols;
}

ModuleFinder::ModuleFinder(std::vector<std::string> own, std::vector<std::string> library)
    : folders_(std::move(own)), library_(std::move(library)) {
  folders_.insert(folders_.end(), library_.begin(), library_.end());
}

bool ModuleFinder::isLibrary(const std::string& path) const {
  for (const std::string& folder : library_)
    if (path.starts_with(folder + "/")) return !path.starts_with(folder + "/test/") || path.starts_with(folder + "/test/support/");
  return false;
}

std::optional<FoundModule> ModuleFinder::find(const std::string& name, const FoundModule* package) const {
  FoundModule found{.name = name, .path = {}, .native = std::string(nativeModule(name)), .isPackage = false, .folders = {}};
  if (!found.native.empty()) return found;
  const std::string last = name.substr(name.rfind('.') + 1);
  for (const std::string& folder : package ? package->folders : folders_) {
    const std::string base = folder + "/" + last;
    if (isFile(base + "/__init__.py")) {
      found.path = base + "/__init__.py";
      found.isPackage = true;
      found.folders = {base};
      return found;
    }
    if (isFile(base + ".py")) {
      found.path = base + ".py";
      return found;
    }
    missed_.push_back(base + ".py");
    if (isFolder(base)) found.folders.push_back(base);
  }
  if (found.folders.empty()) return std::nullopt;
  found.isPackage = true; // a namespace package: folders without __init__.py
  return found;
}

} // namespace krait::tools
