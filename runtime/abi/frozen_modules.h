// Modules of the standard library that CPython 3.11 carries frozen. Their code says that its file is "<frozen NAME>", which
// is what tracebacks, warnings and profiles show, without text; the module's own __file__ is where its source is.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

namespace krait {

inline constexpr std::string_view kFrozenModules[] = {
    "_collections_abc",      "_sitebuiltins",
    "abc",                   "codecs",
    "genericpath",           "importlib._bootstrap",
    "importlib._bootstrap_external", "importlib.machinery",
    "importlib.util",        "io",
    "ntpath",                "os",
    "posixpath",             "runpy",
    "site",                  "stat",
    "zipimport",
};

inline bool isFrozenName(std::string_view name) { return std::ranges::find(kFrozenModules, name) != std::end(kFrozenModules); }

/// The file name in the code of the module whose source is at `path`, if the standard library is the folder `library`.
inline std::string codeFilename(std::string_view path, std::string_view library) {
  constexpr std::string_view kSuffix = ".py";
  if (library.empty() || !path.starts_with(library) || !path.ends_with(kSuffix)) return std::string(path);
  std::string name(path.substr(library.size(), path.size() - library.size() - kSuffix.size()));
  if (name.empty() || name.front() != '/') return std::string(path);
  name.erase(0, 1);
  std::replace(name.begin(), name.end(), '/', '.');
  return isFrozenName(name) ? "<frozen " + name + ">" : std::string(path);
}

} // namespace krait
