#include "tools/krait/module_finder.h"
#include <algorithm>
#include <sys/stat.h>
#include "codegen/emit/target.h"
#include "runtime/abi/frozen_modules.h"

namespace krait::tools {
namespace {

struct NativeRow {
  std::string_view name, symbol;
  bool callsLibrary, isOfEngine;
  std::string_view library, others;
};
constexpr NativeRow kNatives[] = {
#define KRAIT_NATIVE_MODULE(identifier, name) {name, "krt_module_" #identifier, false, false, "", ""},
#define KRAIT_LIBRARY_MODULE(identifier, name, library, others) {name, "krt_module_" #identifier, true, false, #library, others},
#define KRAIT_ENGINE_MODULE(identifier, name) {name, "krt_module_" #identifier, false, true, "", ""},
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

/// In the order in which CPython looks for them. Of the machine that builds, whatever it builds for: its packages are those that are found.
const std::string kExtensionSuffixes[] = {codegen::emit::hostTarget().extensionSuffix(), ".abi3.so"};

struct SearchLimit {
  size_t modules = SIZE_MAX, files = SIZE_MAX; // files of any kind
};
/// More are no program's.
constexpr SearchLimit kFew{kManyModules, 1000};

bool isName(std::string_view text) {
  auto isPart = [](char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80); };
  return !text.empty() && !(text[0] >= '0' && text[0] <= '9') && std::all_of(text.begin(), text.end(), isPart);
}

class ModuleCollector {
public:
  explicit ModuleCollector(SearchLimit limit) : limit_(limit) {}
  /// Nothing when there are too many.
  std::optional<std::vector<std::string>> collect(const std::filesystem::path& folder) {
    if (!collect(folder.empty() ? "." : folder, "")) return std::nullopt;
    std::sort(names_.begin(), names_.end());
    return std::move(names_);
  }

private:
  bool collect(const std::filesystem::path& folder, const std::string& prefix) {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
      if (++files_ > limit_.files) return false;
      const std::string stem = entry.path().stem();
      if (!isName(stem)) continue;
      if (entry.is_regular_file(ignored) && entry.path().extension() == ".py") {
        if (stem != "__init__") names_.push_back(prefix + stem);
        else if (!prefix.empty()) names_.push_back(prefix.substr(0, prefix.size() - 1));
        if (names_.size() > limit_.modules) return false;
      } else if (entry.is_directory(ignored) && !entry.is_symlink(ignored) && !entry.path().has_extension() && stem != "__pycache__") {
        if (!collect(entry.path(), prefix + stem + ".")) return false;
      }
    }
    return true;
  }

  const SearchLimit limit_;
  size_t files_ = 0;
  std::vector<std::string> names_;
};

} // namespace

std::vector<std::string> modulesUnder(const std::filesystem::path& folder) { return *ModuleCollector(SearchLimit()).collect(folder); }
std::optional<std::vector<std::string>> fewModulesUnder(const std::filesystem::path& folder) { return ModuleCollector(kFew).collect(folder); }

std::vector<std::string> modulesIn(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const std::string stem = entry.path().stem();
    const bool isModule = entry.path().extension() == ".py" ? stem != "__init__" : isFile(entry.path() / "__init__.py");
    if (isModule && isName(stem)) names.push_back(stem);
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool hasExtensions(const std::string& folder) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, ignored))
    for (const std::string& suffix : kExtensionSuffixes)
      if (entry.path().native().ends_with(suffix)) return true;
  return false;
}

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

std::vector<std::string> librariesOf(std::string_view symbol) {
  std::vector<std::string> libraries;
  for (const NativeRow& row : kNatives) {
    if (row.symbol != symbol || row.library.empty()) continue;
    libraries.emplace_back(row.library);
    for (std::string_view rest = row.others; !rest.empty();) {
      libraries.emplace_back(rest.substr(0, rest.find(' ')));
      rest.remove_prefix(std::min(rest.size(), libraries.back().size() + 1));
    }
  }
  return libraries;
}

bool mayMissLibrary(std::string_view symbol) {
  const std::vector<std::string> libraries = librariesOf(symbol);
  return !libraries.empty() && libraries[0] != "none";
}

std::vector<std::string> allNativeModules(bool withLibraries) {
  std::vector<std::string> symbols;
  for (const NativeRow& row : kNatives)
    if (withLibraries || !row.callsLibrary) symbols.emplace_back(row.symbol);
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
  FoundModule found{.name = name, .path = {}, .native = std::string(nativeModule(name)), .extension = {}, .isPackage = false, .folders = {}};
  if (!found.native.empty()) return found;
  const std::string last = name.substr(name.rfind('.') + 1);
  // What CPython carries frozen is not looked for in folders: no file of the program's hides it.
  const bool isFrozen = !package && !library_.empty() && isFrozenName(name);
  for (const std::string& folder : package ? package->folders : isFrozen ? library_ : folders_) {
    const std::string base = folder + "/" + last;
    if (isFile(base + "/__init__.py")) {
      found.path = base + "/__init__.py";
      found.isPackage = true;
      found.folders = {base};
      return found;
    }
    for (const std::string& suffix : kExtensionSuffixes)
      if (isFile(base + suffix)) {
        found.extension = base + suffix;
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
