// What an executable contains, part by part, with the licence of each: for --licenses and --sbom.
#pragma once
#include <string>
#include <vector>
#include "tools/krait/built_program.h"

namespace krait::tools {

struct ContainedPart {
  std::string what;    // for people: "parts of GCC's libgcc", "attrs 22.2.0"
  std::string licence; // an SPDX expression, or words where there is none
  std::string text;    // that must go with it; empty: none has to
  bool wantsText = false;
  std::string name, version;                // as its distributor says, the version empty where that is not known
  std::string package;                      // Debian's; empty: of another origin
  std::vector<const BuiltModule*> modules;  // of Python, in the order of the build
};

/// Krait's own, linked archives, Python's standard library and installed packages; modules of the program's author are in none.
/// `stdlib`: the library's folder; `sitePackages`: folders of installed packages. Files that cannot be read leave texts and versions
/// out, and say so in the text.
std::vector<ContainedPart> contentsOf(const BuiltProgram& program, const std::string& stdlib, const std::vector<std::string>& sitePackages);

/// Modules that are in no part: of the program's author.
std::vector<const BuiltModule*> ownModules(const BuiltProgram& program, const std::vector<ContainedPart>& parts);

} // namespace krait::tools
