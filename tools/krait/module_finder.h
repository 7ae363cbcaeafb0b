// Build-time resolution of imports: which file, or which native module, a name
// stands for. The order is CPython's: built-in (native) modules, the program's
// folder, -I folders, the standard library. It only decides what is compiled in;
// at run time the import protocol asks again.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace krait::tools {

struct FoundModule {
  std::string name; // dotted
  std::string path; // of the source; empty: native, or a namespace package
  std::string native; // symbol of its NativeModule in the runtime; empty: none
  std::string extension; // of a module in C: the shared object; of what runs in the guest: anything
  bool isPackage = false;
  std::vector<std::string> folders; // of a package: where its submodules are
};

class ModuleFinder {
public:
  /// The program's folders are searched before the library's.
  ModuleFinder(std::vector<std::string> own, std::vector<std::string> library);

  /// A top-level module (`package` null) or a submodule of `package`. `name` is dotted.
  std::optional<FoundModule> find(const std::string& name, const FoundModule* package) const;
  /// Whether a file is not the program's own. The library's regression tests are programs.
  bool isLibrary(const std::string& path) const;
  /// Every path that was looked at and is not there: a new file there changes the result.
  const std::vector<std::string>& missed() const { return missed_; }

private:
  std::vector<std::string> folders_, library_;
  mutable std::vector<std::string> missed_;
};

/// More are not compiled for names that are computed.
inline constexpr size_t kManyModules = 64;
/// Dotted names of the modules and packages in a folder and the folders inside it, sorted.
std::vector<std::string> modulesUnder(const std::filesystem::path& folder);
/// The same; nothing if there are more than kManyModules, or more files than a program has.
std::optional<std::vector<std::string>> fewModulesUnder(const std::filesystem::path& folder);
/// Names of the modules and packages in a folder, not of those below, sorted.
std::vector<std::string> modulesIn(const std::filesystem::path& folder);
/// Whether there is a module in C anywhere below a package's folder.
bool hasExtensions(const std::string& folder);
/// The symbol of a native module; empty if there is none of this name.
std::string_view nativeModule(std::string_view name);
/// Whether the native module of this symbol is part of the engine.
bool isEngineModule(std::string_view symbol);
/// The C libraries that the native module of this symbol needs: "ssl".
std::vector<std::string> librariesOf(std::string_view symbol);
/// Whether the native module of this symbol can't be imported where a library is missing.
bool mayMissLibrary(std::string_view symbol);
/// The symbols of all native modules; those that call a C library only `withLibraries`.
std::vector<std::string> allNativeModules(bool withLibraries);

} // namespace krait::tools
