// Where modules are looked for: when a program is built, and when it runs.
#pragma once
#include <string>
#include <string_view>
#include <vector>
#include "tools/krait/installation.h"
#include "tools/krait/module_finder.h"
#include "tools/krait/options.h"

namespace krait::tools {

/// As sys.path has it: modules are found in it, and `__file__` shows it, from any working folder.
std::string absoluteFolder(const std::string& folder);
/// PYTHONPATH, which the program reads again when it runs: its folders, absolute.
std::string environmentPath();
/// sys.path of the program after its own folder and PYTHONPATH, in CPython's order.
std::string searchPath(const Options& options, bool hasGuests);
/// Looks in the program's folder (empty: none), PYTHONPATH, -I folders and the libraries.
ModuleFinder makeFinder(const std::string& programFolder, const Options& options, const Installation& installation);

} // namespace krait::tools
