// Which files of a project its wheel has, and which of them are compiled.
#pragma once
#include <map>
#include <string>
#include <vector>
#include "tools/krait/project_file.h"

namespace krait::tools {

/// A module, or a package with all its modules, that becomes one extension.
struct CompiledPart {
  std::string name;                  // dotted
  std::string source;                // its file below the root; a package's is its __init__.py
  bool isPackage = false;
  std::vector<std::string> replaced; // files below the root that the wheel does not need then
};

struct ProjectLayout {
  std::string root;                         // the project's folder, or src/ in it
  std::vector<std::string> files;           // below the root, sorted, with slashes
  std::vector<CompiledPart> parts;
};

/// False after reporting.
bool findLayout(const Project& project, ProjectLayout& layout);

} // namespace krait::tools
