// What a build put into an executable, for --report, --licenses and --sbom.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>
#include "tools/krait/link_map.h"

namespace krait::tools {

struct BuiltModule {
  std::string name, path;
  std::string object; // as the linker's map names it; empty: native, a part of the runtime
  bool isOwn = false;
};

struct BuiltProgram {
  std::vector<BuiltModule> modules;
  std::map<std::string, std::string> importers; // by module: whose import made it part, or in parentheses what else did
  std::map<std::string, uint64_t> data; // data files in it, by path, with their sizes
  std::string engineReason; // why it can run source text; empty: it cannot
  std::string output;
  uint64_t size = 0;
  std::vector<LinkedPiece> pieces;
  std::vector<std::string> atStart, whenCalled; // shared libraries; the latter as "ssl"
};

/// Sizes of modules and other parts, import chains, libraries.
std::string reportOf(const BuiltProgram& program);

/// What the executable contains, under which licences, and the texts that must go with it. `stdlib`: the library's folder;
/// `sitePackages`: folders of installed packages.
std::string noticesOf(const BuiltProgram& program, const std::string& stdlib, const std::vector<std::string>& sitePackages);

/// A software bill of materials: CycloneDX 1.5 in JSON. The parts of contentsOf, modules with the SHA-256 of their source, and the
/// libraries that it loads. The same program gives the same text: it has neither time nor serial number.
std::string bomOf(const BuiltProgram& program, const std::string& stdlib, const std::vector<std::string>& sitePackages);

} // namespace krait::tools
